"""正式报告: the whole report as it will read, by formulas: to be printed, or copied into a document."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from ..fees import fee_sentence
from ..form import INTRO, SIGNATURE, CellKey, Chapter
from ..places import SheetPlace
from ..printed import PrintedCell, printed
from ..sentences import generated, load_sentences
from ..totals import definitions
from ..wording import width
from .layout import AGENCY, FIELDS, YEAR, reference
from .names import FAIR
from .page import Page
from .sentences import paragraph_formula
from .status import STATUS, complete_formula, status
from .tables import PRINTED_STYLES, row_heights
from .texts import INDENT, JOINED, SAID, indented

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_COLUMNS, _WIDTH = 15, 4.4
"""The grid of the page: as many columns as table four has, all equally wide."""
_OFFSETS: Mapping[str, tuple[int, ...]] = {
    "disclosure": (0, 3, 7, 11, 15),
    "requests": (0, 1, 3, *range(8, 16)),
    "review": tuple(range(16)),
}
"""Where the columns of each chapter's tables begin in that grid, and where the last one ends."""
NO_AGENCY, NO_YEAR = "【待填写：单位名称】", "【待填写：年度】"
_TABLE_LINE, _ROOMY = 12.5, 1.25
"""Points of a line in the tables, and how much more of their text goes in a column than of the default one."""
_LINE, _LETTERS, _PARAGRAPH, _MOST = 19.5, 32, 16, 32767
"""Points and characters of a line of text; what the end of a paragraph costs in characters; the most that a cell holds."""
_TALLEST = 20
"""Lines of the highest row that a spreadsheet shows."""
_GENERATED = {INTRO: 8, "disclosure": 6, "requests": 5, "review": 6}
"""Lines kept for a generated paragraph."""
_ROOM = {"overview": (20, 9), "problems": (10,), "other": (6,)}
"""Lines kept for a chapter of text while it is blank: chapter one ends its page."""
_FURTHER = 4
"""Further rows for a long chapter of text, hidden while they are not needed."""
_REST, _FITS, _AWAY = 17, 18, 19
"""Hidden columns: what is still to be spread over rows, how many characters of it a row shows, 1 if the row is hidden.

The last two depend on the report, so they stand in no formula: formulas are the same in all workbooks.
"""


class _Writer:
    """The sheet, and the row that is written next."""

    def __init__(self, page: Page, sheet: Worksheet) -> None:
        self.page, self.sheet, self.row = page, sheet, 2
        self.further: list[tuple[Chapter, int]] = []

    def place(self, column: int = 1) -> SheetPlace:
        """A cell of the row that is written next."""
        return SheetPlace(FAIR, self.row, column)

    def line(self, formula: str, text: str, style: str, points: float) -> None:
        """One text across the page."""
        merged = self.page.merge(self.sheet, self.place(), _COLUMNS, style)
        self.page.compute(self.sheet, merged, formula, text, style)
        self.sheet.set_row(self.row - 1, points)
        self.row += 1


def add_fair(page: Page) -> None:
    """The sheet 正式报告."""
    sheet = page.book.add_worksheet(FAIR)
    sheet.set_column(0, _COLUMNS - 1, _WIDTH)
    sheet.set_column(_COLUMNS, _COLUMNS, 2)
    sheet.set_column(_REST - 1, _AWAY - 1, 9, None, {"hidden": True})
    writer = _Writer(page, sheet)
    _add_title(writer)
    _add_paragraph(writer, INTRO, {})
    breaks = []
    for chapter in page.form.chapters:
        if chapter.tables:
            breaks.append(writer.row - 1)
        (_add_tables if chapter.tables else _add_text)(writer, chapter)
    _add_signature(writer)
    _add_banner(writer)
    sheet.set_h_pagebreaks(breaks)
    sheet.print_area(0, 0, writer.row - 2, _COLUMNS - 1)
    sheet.set_paper(9)
    sheet.set_margins(left=0.7, right=0.7, top=0.7, bottom=0.7)
    sheet.set_print_scale(85)  # Excel minds page breaks only where it need not fit the page
    sheet.center_horizontally()
    sheet.repeat_rows(0)
    sheet.set_footer("&C&9— &P —")


def _add_banner(writer: _Writer) -> None:
    """草稿 on every page until the report is complete, and a warning while text stands in hidden rows."""
    page = writer.page
    found = status(page.form, page.contents.report, page.standings)
    said = "" if found.is_complete else f"草　稿（{found}）"
    draft = f'IF({complete_formula()},"","草　稿（"&{reference(STATUS, FAIR)}&"）")'
    warnings = [
        f'IF(OR({SheetPlace(FAIR, row, _AWAY).a1}<>1,{SheetPlace(FAIR, row, _REST).a1}=""),"",'
        f'"　“{chapter.heading}”较长，请取消隐藏第 {row} 行")'
        for chapter, row in writer.further
    ]
    merged = page.merge(writer.sheet, SheetPlace(FAIR, 1, 1), _COLUMNS, "draft")
    page.compute(writer.sheet, merged, "=" + "&".join([draft, *warnings]), said, "draft")
    writer.sheet.set_row(0, 22)


def _add_title(writer: _Writer) -> None:
    report, form = writer.page.contents.report, writer.page.form
    agency, year = (reference(field, FAIR) for field in (AGENCY, YEAR))
    named = f'=IF({agency}="","{NO_AGENCY}",{agency})&IF({year}="","{NO_YEAR}",{year}&"年")'
    said = (report.agency or NO_AGENCY) + (NO_YEAR if report.year is None else f"{report.year}年")
    writer.line(named, said, "report_title", 30)
    writer.line(f'="{form.title}"', form.title, "report_title", 30)
    writer.row += 1


def _add_paragraph(writer: _Writer, key: str, cells: Mapping[CellKey, SheetPlace]) -> None:
    """What the office wrote in one cell, or else the generated paragraph, whose figures stand at `cells`."""
    page, report = writer.page, writer.page.contents.report
    note = reference(page.layout.notes[key], FAIR)
    words = {"agency": AGENCY, "year": YEAR, "contact": FIELDS["contact"]}
    expressions = {name: reference(place, FAIR) for name, place in words.items()}
    sentences = load_sentences(page.form.edition)[key]
    made, rest = generated(report)[key], writer.place(_REST)
    formula = paragraph_formula(sentences, lambda cell: cells[cell].a1, expressions)
    page.compute(writer.sheet, rest, formula, made, "hidden")
    own = f'"{INDENT}"&SUBSTITUTE({note},CHAR(10),CHAR(10)&"{INDENT}")'
    said = indented((report.texts.get(key, "") or made).split("\n"))
    formula = f'=IF({note}="",IF({rest.a1}="","","{INDENT}"&{rest.a1}),{own})'
    lines = max(_GENERATED[key], _lines(said)) if report.texts.get(key) else _GENERATED[key]
    writer.line(formula, said, "report_text", min(lines, _TALLEST) * _LINE)


def _add_text(writer: _Writer, chapter: Chapter) -> None:
    """A chapter of text: a row with room for it, and further ones for what is longer, hidden while they are not needed."""
    writer.line(f'="{chapter.heading}"', chapter.heading, "report_heading", 26)
    text, formula = _text(writer.page, chapter), f"={_whole(chapter)}"
    written = writer.page.contents.report.texts.get(chapter.key)
    kept = [min(_lines(text) + 1, _TALLEST)] if written else _ROOM[chapter.key]
    rooms = [*kept, *[_TALLEST] * (len(_ROOM[chapter.key]) - len(kept) + _FURTHER)]
    for number, lines in enumerate(rooms, start=1):
        rest, fits, last = writer.place(_REST), writer.place(_FITS), number == len(rooms)
        head = text if last else _head(text, lines * _LETTERS)
        writer.page.compute(writer.sheet, rest, formula, text, "hidden")
        writer.page.write(writer.sheet, fits, lines * _LETTERS, "hidden")
        first = writer.place().a1
        shown = f"={rest.a1}" if last else _head_formula(rest.a1, fits.a1)
        writer.line(shown, head, "report_text", lines * _LINE)
        if number > 1:
            writer.further.append((chapter, writer.row - 1))
        away = number > len(kept) and not text
        writer.page.write(writer.sheet, fits._replace(column=_AWAY), int(away), "hidden")
        if away:
            writer.sheet.set_row(writer.row - 2, lines * _LINE, None, {"hidden": True})
        text = text[len(head) :].removeprefix("\n")
        after = f"MID({rest.a1},LEN({first})+1,{_MOST})"
        formula = f"=IF(LEFT({after},1)=CHAR(10),MID({after},2,{_MOST}),{after})"


def _lines(text: str) -> int:
    """About how many lines `text` takes."""
    return sum(max(1, ceil(width(line) / (2 * _LETTERS - 2))) for line in text.split("\n"))


def _text(page: Page, chapter: Chapter) -> str:
    """All paragraphs of `chapter`, the sentence on the processing fee among them."""
    report = page.contents.report
    written = report.texts.get(chapter.key, "")
    fee = fee_sentence(report.fee, written) if chapter.fee else ""
    return indented([*written.split("\n"), fee]) or f"{INDENT}{_to_write(chapter)}"


def _whole(chapter: Chapter) -> str:
    """The expression for `_text`."""
    written, fee = (f"'{chapter.sheet}'!{cell}" for cell in (JOINED, SAID))
    alone = f'IF({written}="","{INDENT}{_to_write(chapter)}",{written})'
    both = f'{written}&IF({written}="","",CHAR(10))&"{INDENT}"&{fee}'
    return f'IF({fee}="",{alone},{both})' if chapter.fee else alone


def _to_write(chapter: Chapter) -> str:
    return f"【待填写：{chapter.heading}】"


def _head(text: str, room: int) -> str:
    """As much of `text` as a row of `room` characters shows: whole paragraphs, if there is an end of one."""
    if len(text) + _PARAGRAPH * text.count("\n") <= room:
        return text
    head = text[:room]
    head = head[: max(1, room - _PARAGRAPH * head.count("\n"))]
    return head[: head.rfind("\n")] if "\n" in head else head


def _head_formula(text: str, room: str) -> str:
    """The formula of `_head`; `room` is the cell that says how much."""
    most = f"LEFT({text},{room})"
    head = f"LEFT({text},MAX(1,{room}-{_PARAGRAPH}*({_ends(most)})))"
    last_end = f"FIND(CHAR(1),SUBSTITUTE({head},CHAR(10),CHAR(1),{_ends(head)}))"
    whole = f"LEN({text})+{_PARAGRAPH}*({_ends(text)})<={room}"
    return f"=IF({whole},{text},IFERROR(LEFT({head},{last_end}-1),{head}))"


def _ends(text: str) -> str:
    return f'LEN({text})-LEN(SUBSTITUTE({text},CHAR(10),""))'


def _add_tables(writer: _Writer, chapter: Chapter) -> None:
    """A chapter of tables: what is said of them, and the tables with their declared zeros."""
    writer.line(f'="{chapter.heading}"', chapter.heading, "report_heading", 26)
    top, offsets = writer.row + 1, _OFFSETS[chapter.key]
    cells = {
        cell.key: SheetPlace(FAIR, top + cell.row, 1 + offsets[cell.column])
        for cell in printed(chapter)
        if cell.key is not None
    }
    _add_paragraph(writer, chapter.key, cells)
    widths = tuple((after - before) * _ROOMY * _WIDTH for before, after in pairwise(offsets))
    for points in row_heights(chapter, widths, _TABLE_LINE):
        writer.sheet.set_row(writer.row - 1, points)
        writer.row += 1
    for cell in printed(chapter):
        _add_cell(writer, cell, top, offsets)
    writer.row += 1


def _add_cell(writer: _Writer, cell: PrintedCell, top: int, offsets: tuple[int, ...]) -> None:
    page, sheet = writer.page, writer.sheet
    style = "figure" if cell.key is not None else f"report_{PRINTED_STYLES.get(cell.role, 'head')}"
    first = (top - 1 + cell.row, offsets[cell.column])
    last = (first[0] + cell.height - 1, offsets[cell.column + cell.width] - 1)
    page.across(sheet, (*first, *last), cell.text if cell.key is None else None, style)
    if cell.key is not None:
        place = SheetPlace(FAIR, first[0] + 1, first[1] + 1)
        page.compute(sheet, place, _figure(page, cell.key), page.contents.report.values.get(cell.key), style)


def _figure(page: Page, key: CellKey) -> str:
    """The figure of a table's cell: 0 where one was emptied whose blanks are declared to be zero, nothing for words."""
    closed = page.layout.closed[page.form.chapter_of[key.table].key]
    figure, zero = reference(page.layout.cells[key], FAIR), reference(closed, FAIR)
    emptied = '""' if key in definitions(page.form) else f'IF(AND({zero}=1,{figure}=""),0,"")'
    return f"=IF(ISNUMBER({figure}),{figure},{emptied})"


def _add_signature(writer: _Writer) -> None:
    writer.row += 1
    for key in SIGNATURE:
        signed = reference(FIELDS[key], FAIR)
        writer.line(f'={signed}&""', writer.page.contents.report.texts.get(key, ""), "report_signature", 24)
