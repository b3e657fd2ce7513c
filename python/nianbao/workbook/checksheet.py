"""勾稽校验: every assertion with both sides, the gap, and how it stands; and what other sheets look up here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..form import Chapter
from ..places import SheetPlace, letters
from ..wording import line_name, table_name
from .contents import Entry
from .culprits import HELPERS, helper_formulas
from .formulas import check_formulas
from .layout import AGENCY, EXPLAINED, EXPLANATIONS, YEAR, reference
from .margins import TABLE_ROW, margins
from .names import CHECKS
from .names import EXPLANATIONS as EXPLANATIONS_SHEET
from .page import SMALL, Page, height, write
from .remarks import CHECKS_FIRST
from .status import (
    COUNTS,
    STATUS,
    blank,
    blank_among,
    contrary,
    count_formulas,
    counts,
    entries,
    status,
    status_formula,
    status_formulas,
)
from .verdicts import BROKEN, HINT, HOLDS, UNFILLED, Standing
from .verdicts import EXPLAINED as IS_EXPLAINED

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_HEADS = ("序号", "编号", "表", "行或列", "勾稽关系", "左边", "右边", "相差", "结果")
_WIDTHS = (6, 7, 24, 32, 34, 11, 11, 11, 9)
_LEFT, _GAP, _SHOWN, _WORD, _ABOUT, _COUNT, _OPEN, _PLACE, _LAST = 6, 8, 9, 10, 11, 12, 13, 14, 25
"""Columns: both sides and the gap; the outcome, explained or not; and, hidden, the outcome without regard to explanations,
what explanations call it, a running number of what is still to be dealt with, those in a list without holes, the place;
the last column that may hold anything hidden."""
FIRST_PROBLEM = COUNTS._replace(column=COUNTS.column + 5)
"""Where the address of the first problem stands."""
_STYLES = {HOLDS: "right", BROKEN: "wrong", HINT: "doubtful", UNFILLED: "blank", IS_EXPLAINED: "explained"}
OPEN_LIST = f"OFFSET('{CHECKS}'!${letters(_OPEN)}${CHECKS_FIRST},0,0,MAX(1,MAX('{CHECKS}'!{{count}})),1)"
"""The formula of the problems that still can be explained; `count` is the range of their running numbers."""


def add_checks(page: Page) -> None:
    """The sheet 勾稽校验."""
    sheet = page.book.add_worksheet(CHECKS)
    for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, head, page.styles["column"])
    sheet.set_column(_WORD - 1, _LAST, None, None, {"hidden": True})
    sheet.set_row(0, 32)
    page.across(sheet, (0, 0, 0, len(_HEADS) - 1), CHECKS, "heading")
    for position, standing in enumerate(page.standings):
        _add_standing(page, sheet, position, standing)
    _add_status(page, sheet)
    for word, style in _STYLES.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": page.styles[style]}
        sheet.conditional_format(_column(page, _SHOWN), rule)
    sheet.freeze_panes(CHECKS_FIRST - 1, 0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, CHECKS_FIRST + len(page.standings) - 2, len(_HEADS) - 1)
    sheet.repeat_rows(2)
    sheet.set_footer("&C&9第 &P 页，共 &N 页")


def _column(page: Page, column: int) -> str:
    """The cells of one column, one for each assertion."""
    return f"${letters(column)}${CHECKS_FIRST}:${letters(column)}${CHECKS_FIRST - 1 + len(page.standings)}"


def about_column(page: Page) -> str:
    """Where explanations find what they are about."""
    return f"'{CHECKS}'!{_column(page, _ABOUT)}"


def open_list(page: Page) -> str:
    """The formula for the list of problems that can still be explained."""
    return "=" + OPEN_LIST.format(count=_column(page, _COUNT))


def _add_standing(page: Page, sheet: Worksheet, position: int, standing: Standing) -> None:
    row, assertion = CHECKS_FIRST + position, standing.assertion
    rule, first = assertion.rule, page.layout.at(assertion.cells[0])
    table, line = table_name(page.form, assertion.table.key), line_name(assertion.table, rule.for_each, assertion.line)
    entries: tuple[Entry, ...] = (position + 1, rule.id, table)
    for column, entry in enumerate(entries):
        write(sheet, row - 1, column, entry, page.styles["listed"])
    sheet.set_row(row - 1, max(height(line, SMALL * _WIDTHS[3]), height(rule.says, SMALL * _WIDTHS[4])))
    sheet.write_url(row - 1, 3, f"internal:'{first.sheet}'!{first.a1}", page.styles["listed"], line)
    write(sheet, row - 1, 4, rule.says, page.styles["listed"])
    beside = tuple(SheetPlace(CHECKS, row, column) for column in range(_LEFT, _GAP + 1))
    *sides, word = check_formulas(assertion, page.layout, CHECKS, beside)
    _, left, right = standing.verdict
    figures = (left, right, None if left is None or right is None else left - right)
    for place, formula, figure in zip(beside, sides, figures, strict=True):
        page.compute(sheet, place, formula, figure, "verdict")
    shown, at_word, *hidden = (SheetPlace(CHECKS, row, column) for column in range(_SHOWN, _PLACE + 1))
    page.compute(sheet, shown, _shown_formula(page, row), standing.shown, "verdict")
    page.compute(sheet, at_word, word, standing.word, "hidden")
    for place, formula in zip(hidden[:3], _lookups(page, row), strict=True):
        page.compute(sheet, place, formula, standing.about if place is hidden[0] else "", "hidden")
    write(sheet, row - 1, _PLACE - 1, _address(first), page.styles["hidden"])


def room(page: Page) -> int:
    """How many explanations there is room for."""
    return max(EXPLANATIONS, len(page.contents.report.explanations))


def _shown_formula(page: Page, row: int) -> str:
    """The outcome, or that it is explained: by an entry that names it with the same figures and gives a reason."""
    first, last = EXPLAINED.row, EXPLAINED.row + room(page) - 1
    said, reasons = (f"{EXPLANATIONS_SHEET}!${c}${first}:${c}${last}" for c in "BC")
    about, word = f"{letters(_ABOUT)}{row}", f"{letters(_WORD)}{row}"
    given = f'SUMPRODUCT(({said}={about})*({reasons}<>""))>0'
    return f'=IF({about}="",{word},IF({given},"{IS_EXPLAINED}",{word}))'


def _lookups(page: Page, row: int) -> tuple[str, str, str]:
    """What explanations call a broken assertion, its running number, and the problem with the number of the row."""
    columns = (_LEFT, _LEFT + 1, _WORD, _SHOWN, _ABOUT)
    left, right, word, shown, about = (f"{letters(column)}{row}" for column in columns)
    above = f"{letters(_COUNT)}${CHECKS_FIRST - 1}:{letters(_COUNT)}{row - 1}"
    found = f"INDEX({_column(page, _ABOUT)},MATCH(ROW()-{CHECKS_FIRST - 1},{_column(page, _COUNT)},0))"
    return (
        f'=IF(OR({word}="{BROKEN}",{word}="{HINT}"),B{row}&" "&C{row}&D{row}&"："&{left}&" 对 "&{right},"")',
        f'=IF(AND({about}<>"",{shown}<>"{IS_EXPLAINED}"),MAX({above})+1,"")',
        f'=IFERROR({found},"")',
    )


def _add_status(page: Page, sheet: Worksheet) -> None:
    """The status in words, and hidden: its numbers, and which cell is wrong."""
    found = status(page.form, page.contents.report, page.standings)
    formulas = status_formulas(page.form, _column(page, _SHOWN))
    for offset, (formula, count) in enumerate(zip(formulas, found, strict=True)):
        page.compute(sheet, COUNTS._replace(column=COUNTS.column + offset), formula, count, "hidden")
    page.compute(sheet, FIRST_PROBLEM, *_first_problem(page), "hidden")
    page.compute(sheet, page.merge(sheet, STATUS, len(_HEADS), "name"), status_formula(), str(found), "name")
    for chapter in page.form.chapters:
        if chapter.tables:
            _add_counts(page, sheet, chapter)
        if chapter.tables and margins(page.form, chapter).culprit_row:
            for place, formula in zip(HELPERS, helper_formulas(page.form, page.layout, chapter), strict=True):
                page.compute(sheet, place, formula, None, "hidden")


def _add_counts(page: Page, sheet: Worksheet, chapter: Chapter) -> None:
    """The numbers of one chapter that `status` adds up."""
    form, report = page.form, page.contents.report
    found = blank(form, report, chapter), contrary(form, report, chapter)
    for place, formula, count in zip(
        counts(form, chapter), count_formulas(form, page.layout, chapter), found, strict=True
    ):
        page.compute(sheet, place, formula, count, "hidden")


def _first_problem(page: Page) -> tuple[str, str]:
    """The formula for the address of the first problem, and the address: a broken rule, else what is not filled in."""
    layout = page.layout
    shown, places = _column(page, _SHOWN), _column(page, _PLACE)
    address = '""'
    for chapter in [each for each in page.form.chapters if each.tables][::-1]:
        first = layout.cells[entries(page.form, chapter)[0]]
        problems = "+".join(place.a1 for place in counts(page.form, chapter))
        address = f"IF({problems}>0,{_first_blank(page, chapter, first)},{address})"
    for field in (YEAR, AGENCY):
        address = f'IF({reference(field, CHECKS)}="","{_address(field)}",{address})'
    broken = f'MATCH("{BROKEN}",{shown},0)'
    place = next(_problems(page), None)
    return f'=IF(COUNTIF({shown},"{BROKEN}")>0,INDEX({places},{broken}),{address})', _address(place) if place else ""


def _problems(page: Page) -> Iterator[SheetPlace]:
    """Where problems are, by their weight."""
    report, form = page.contents.report, page.form
    yield from (page.layout.at(each.assertion.cells[0]) for each in page.standings if each.shown == BROKEN)
    yield from (field for field, entry in ((AGENCY, report.agency), (YEAR, report.year)) if not entry)
    for chapter in form.chapters:
        if chapter.tables and (blank(form, report, chapter) or contrary(form, report, chapter)):
            cells = entries(form, chapter)
            down = chapter.tables[0].printed == "down"
            missing = [cell for cell in cells if down and blank_among(report, chapter, [cell])]
            yield page.layout.cells[cells[0]]._replace(row=page.layout.cells[(missing or cells)[0]].row)


def _address(place: SheetPlace) -> str:
    return f"'{place.sheet}'!{place.a1}"


def _first_blank(page: Page, chapter: Chapter, first: SheetPlace) -> str:
    """The address of the first row that lacks a figure, as its remark says."""
    column, last = margins(page.form, chapter).check_column, margins(page.form, chapter).note_row
    if chapter.tables[0].printed == "across":
        return f'"{_address(first)}"'
    remarks = f"'{chapter.sheet}'!${letters(column)}${TABLE_ROW}:${letters(column)}${last}"
    row = f'IFERROR(MATCH("{UNFILLED}*",{remarks},0)+{TABLE_ROW - 1},{first.row})'
    return f"\"'{chapter.sheet}'!{letters(first.column)}\"&{row}"
