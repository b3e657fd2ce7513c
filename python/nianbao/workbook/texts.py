"""The chapters of text, and the cells for further words on the sheets of tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..fees import CHARGED, FEE, NOT_CHARGED, fee_sentence
from ..form import INTRO, Chapter
from ..places import SheetPlace, sheet_place
from ..report import BLANKS, Fee, characters
from .layout import PARAGRAPHS, TEXT_ROW
from .limits import limits
from .names import CHARGES
from .page import LINE, Page, height, write

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


TEXT_WIDTH = 72
_SPARE_ROWS = 24
_COUNT_ROW = 5
_PANEL, _PANEL_WIDTHS = 3, (24, 16)
"""The first column right of the text, where what a chapter must say is listed."""
JOINED, SAID = "$F$1", "$F$2"
"""Hidden cells: the paragraphs of a chapter as one text, and the sentence on the processing fee."""
INDENT = "　　"


def add_note(page: Page, sheet: Worksheet, key: str, columns: int, label: str) -> None:
    """One wide cell for a few lines of text."""
    place = page.layout.notes[key]
    head = page.merge(sheet, place._replace(row=place.row - 1), columns, "name")
    page.write(sheet, head, label, "name")
    text = page.contents.report.texts.get(key, "")
    page.write(sheet, page.merge(sheet, place, columns, "paragraph"), text, "paragraph")
    sheet.set_row(place.row - 1, max(4 * LINE, height(text, TEXT_WIDTH)))


def add_text(page: Page, chapter: Chapter) -> None:
    """The sheet of a chapter of text: one paragraph a row."""
    sheet = page.book.add_worksheet(chapter.sheet)
    for column, width in enumerate((TEXT_WIDTH, 2, *_PANEL_WIDTHS)):
        sheet.set_column(column, column, width)
    sheet.set_column(5, 5, 9, None, {"hidden": True})
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, chapter.heading, page.styles["heading"])
    hint = f"从第 {TEXT_ROW} 行起一段一行；可从 Word 里整段复制后直接粘贴到第 {TEXT_ROW} 行。"
    sheet.write_string(1, 0, hint, page.styles["note"])
    if chapter is page.form.chapters[0]:
        label = "报告开头的说明（可不填，不填时按格式自动生成）："
        add_note(page, sheet, INTRO, 1, label)
    _add_count(page, sheet, chapter)
    page.write(sheet, SheetPlace(chapter.sheet, TEXT_ROW - 1, 1), "正文：", "name")
    _add_paragraphs(page, sheet, chapter)
    _add_aspects(page, sheet, chapter)
    if chapter.fee:
        _add_fee(page, sheet, chapter)
    text = page.contents.report.texts.get(chapter.key, "")
    page.compute(sheet, _at(chapter, JOINED), _joined_formula(), indented(text.split("\n")), "hidden")
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(TEXT_ROW - 1, 0)


def _add_paragraphs(page: Page, sheet: Worksheet, chapter: Chapter) -> None:
    """The paragraphs of `chapter`, and blank ones up to the number there is room for; the last takes what is left over."""
    written, most = page.contents.report.texts.get(chapter.key, "").split("\n"), PARAGRAPHS - _SPARE_ROWS
    written[most - 1 :] = ["\n".join(written[most - 1 :])] if len(written) >= most else []
    style = page.styles["paragraph"]
    sheet.fill((TEXT_ROW - 1, 0, TEXT_ROW + PARAGRAPHS - 2, 0), style)
    for row, paragraph in enumerate(written, start=TEXT_ROW - 1):
        if paragraph:
            write(sheet, row, 0, paragraph, style)
            sheet.set_row(row, height(paragraph, TEXT_WIDTH))


def _at(chapter: Chapter, cell: str) -> SheetPlace:
    return sheet_place(chapter.sheet, cell.replace("$", ""))


def indented(lines: Iterable[str]) -> str:
    """`lines` as paragraphs of one text."""
    return "\n".join(INDENT + line for line in lines if line.strip())


def _joined_formula() -> str:
    """The paragraphs that are not blank, one below the other, each indented; until then between marks nobody can type."""
    cells = (f"A{row}" for row in range(TEXT_ROW, TEXT_ROW + PARAGRAPHS))
    text = f"CHAR(1)&{'&CHAR(2)&CHAR(1)&'.join(cells)}&CHAR(2)"
    for mark, shown in (("CHAR(1)&CHAR(2)", '""'), ("CHAR(1)", f'CHAR(10)&"{INDENT}"'), ("CHAR(2)", '""')):
        text = f"SUBSTITUTE({text},{mark},{shown})"
    return f"=MID({text},2,{_MOST})"


_MOST = 32767
_BLANKS = tuple("CHAR(10)" if blank == "\n" else f'"{blank}"' for blank in BLANKS)
"""What is no character of a text, as a formula says it."""


def _add_count(page: Page, sheet: Worksheet, chapter: Chapter) -> None:
    """How long the chapter is, and how long it should be at most."""
    first, last = TEXT_ROW, TEXT_ROW - 1 + PARAGRAPHS
    cells = f"A{first}:A{last}"
    for each in _BLANKS:
        cells = f'SUBSTITUTE({cells},{each},"")'
    count = f"SUMPRODUCT(LEN({cells}))"
    most = f"，一般不超过 {chapter.most} 字" if chapter.most else ""
    long = f'IF({count}>{chapter.most},"（已超过）","")' if chapter.most else '""'
    number = characters(page.contents.report.texts.get(chapter.key, ""))
    said = f"正文共 {number} 字{most}" + ("（已超过）" if chapter.most and number > chapter.most else "")
    page.compute(
        sheet, SheetPlace(chapter.sheet, _COUNT_ROW, 1), f'="正文共 "&{count}&" 字{most}"&{long}', said, "note"
    )


def _add_aspects(page: Page, sheet: Worksheet, chapter: Chapter) -> None:
    """What the notice asks this chapter to speak of, and whether its words show that it does."""
    text = page.contents.report.texts.get(chapter.key, "")
    first, last = TEXT_ROW, TEXT_ROW - 1 + PARAGRAPHS
    if chapter.aspects:
        place = SheetPlace(chapter.sheet, TEXT_ROW - 1, _PANEL)
        page.write(sheet, page.merge(sheet, place, 2, "column"), "应写到的方面（按用词判断，供核对）", "column")
    for row, aspect in enumerate(chapter.aspects, start=TEXT_ROW):
        page.write(sheet, SheetPlace(chapter.sheet, row, _PANEL), aspect.label, "listed")
        found = "+".join(f'SUMPRODUCT(--ISNUMBER(SEARCH("{word}",A{first}:A{last})))' for word in aspect.words)
        spoken = aspect.is_spoken_of(text)
        place = SheetPlace(chapter.sheet, row, _PANEL + 1)
        page.compute(sheet, place, f'=IF({found}>0,"✓ 已写到","○ 未见")', "✓ 已写到" if spoken else "○ 未见", "verdict")


def _add_fee(page: Page, sheet: Worksheet, chapter: Chapter) -> None:
    """The fields of the processing fee, and the sentence they make."""
    fee, layout = page.contents.report.fee, page.layout
    labels = {"charged": "收取情况", "pieces": "件数（件）", "yuan": "金额（元）"}
    entries = {"charged": None if fee.charged is None else CHARGES[fee.charged], "pieces": fee.pieces, "yuan": fee.yuan}
    top = layout.fee["charged"]
    page.write(
        sheet,
        page.merge(sheet, top._replace(row=top.row - 1, column=_PANEL), 2, "column"),
        f"{FEE}（选填后自动写进本章）",
        "column",
    )
    for name in Fee._fields:
        place = layout.fee[name]
        page.write(sheet, place._replace(column=_PANEL), labels[name], "listed")
        page.write(sheet, place, entries[name], "entry")
    sheet.data_validation(layout.fee["charged"].a1, {"validate": "list", "source": list(CHARGES.values())})
    sheet.data_validation(layout.fee["pieces"].a1, limits("count"))
    amount = limits("amount") | {"error_message": "请填不小于 0 的金额，单位：元。"}
    sheet.data_validation(layout.fee["yuan"].a1, amount)
    said = fee_sentence(fee, page.contents.report.texts.get(chapter.key, ""))
    page.compute(sheet, _at(chapter, SAID), _fee_formula(page), said, "hidden")
    place = SheetPlace(chapter.sheet, layout.fee["yuan"].row + 1, _PANEL)
    page.compute(sheet, page.merge(sheet, place, 2, "note"), f"={SAID}", said, "note")
    sheet.set_row(place.row - 1, 3 * LINE)


def _fee_formula(page: Page) -> str:
    charged, pieces, yuan = (page.layout.fee[name].absolute for name in Fee._fields)
    before, between, after = CHARGED
    sentence = f'"{before}"&{pieces}&"{between}"&{yuan}&"{after}"'
    stated = f'IF(COUNT({pieces},{yuan})<2,"",{sentence})'
    by_choice = f'IF({charged}="{CHARGES[False]}","{NOT_CHARGED}",IF({charged}="{CHARGES[True]}",{stated},""))'
    return f'=IF(ISNUMBER(SEARCH("{FEE}",{JOINED})),"",{by_choice})'
