"""What stands beside and below the tables: 核对数, last year's figures, and what does not hold, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..form import CellKey, Chapter
from ..places import SheetPlace, letters, sheet_place
from ..printed import grid_size, label_columns
from ..report import Totals
from ..totals import definitions
from .culprits import culprit, culprit_formula, culprit_place, culprit_text
from .formulas import missing_formula
from .layout import rectangles, refer
from .limits import limits
from .margins import TABLE_ROW, Margins, concerning, margins, sideways
from .page import LINE, Page
from .remarks import mark, mark_formula, remark, remark_formula
from .status import blank_among, entry_blocks
from .texts import add_note
from .verdicts import BROKEN, HINT, Standing

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_FIGURE, _REMARK = 12, 58
Numbered = tuple[int, Standing]


def add_margins(page: Page, sheet: Worksheet, chapter: Chapter) -> None:
    """Everything outside the printed page of a sheet of tables."""
    found = margins(page.form, chapter)
    _add_widths(sheet, chapter, found)
    _add_register(page, sheet, chapter, found)
    _add_last_year(page, sheet, chapter, found)
    _add_row_remarks(page, sheet, chapter, found)
    _add_column_remarks(page, sheet, chapter, found)
    if found.culprit_row:
        _add_culprit(page, sheet, chapter, found.culprit_row)
    for key, (formula, words) in page.contents.marks.items():
        if page.form.chapter_of[key.table] is chapter:
            page.compute(sheet, page.layout.cells[key]._replace(column=found.mark_column), formula, words, "name")
    add_note(page, sheet, chapter.key, grid_size(chapter)[1], "本章其他文字说明（可不填）：")


def _add_widths(sheet: Worksheet, chapter: Chapter, found: Margins) -> None:
    columns = grid_size(chapter)[1]
    sheet.set_column(columns, columns, 2)
    for column in (found.typed_column, *found.last_columns.values()):
        if column:
            sheet.set_column(column - 1, column - 1, _FIGURE)
    sheet.set_column(found.check_column - 1, found.check_column - 1, _REMARK)


def _of(page: Page, chapter: Chapter) -> list[Numbered]:
    concerned = set(concerning(page.form, chapter))
    return [(n, standing) for n, standing in enumerate(page.standings) if standing.assertion in concerned]


def _add_register(page: Page, sheet: Worksheet, chapter: Chapter, found: Margins) -> None:
    """核对数: the office's own totals, from its register; they stand out once there is any application."""
    cells = [key for key in page.layout.typed if page.form.chapter_of[key.table] is chapter]
    if not cells:
        return
    typed = page.contents.report.totals is Totals.TYPED
    for key in cells:
        place, value = page.layout.typed[key], page.contents.report.values.get(key) if typed else None
        if key in page.contents.formulas:
            page.compute(sheet, place, page.contents.formulas[key], value, "given")
        else:
            page.write(sheet, place, value, "register")
    if found.typed_column:
        page.write(sheet, SheetPlace(chapter.sheet, TABLE_ROW, found.typed_column), "核对数\n（总计）", "side")
    if found.typed_row:
        _label(page, sheet, chapter, found.typed_row, "核对数：按台账填" + _labels(page, chapter, found.typed_row))
    blocks = rectangles(page.layout.typed[key] for key in cells)
    hint = {"input_title": "核对数", "input_message": _REGISTER_HINT, "other_cells": []}
    figures = entry_blocks(page.form, page.layout, chapter)
    busy = "+".join(f'COUNTIF({_fixed(block)},">0")' for block in figures)
    look = {
        "type": "formula",
        "criteria": f"={busy}>0",
        "format": page.styles["wanted"],
        "multi_range": " ".join(blocks),
    }
    sheet.conditional_format(blocks[0], look)
    for block in blocks:
        sheet.data_validation(block, limits("count") | hint)


_REGISTER_HINT = (
    f"封面“合计方式”选“{Totals.TYPED}”时，把登记台账的合计填在这里，用来核对明细、查出填错的格子；"
    f"选“{Totals.AUTOMATIC}”时可不填。"
)


def _labels(page: Page, chapter: Chapter, row: int) -> str:
    """The totals that the 核对数 cells of `row` are for."""
    across = chapter.tables[0].printed == "across"
    return "".join(
        dict.fromkeys(
            f"“{(page.form.column(key) if across else page.form.row(key)).label}”" for key in _line(page, chapter, row)
        )
    )


def _fixed(block: str) -> str:
    """``$D$5:$I$28``."""
    return ":".join(sheet_place("", end).absolute for end in block.split(":"))


def _label(page: Page, sheet: Worksheet, chapter: Chapter, row: int, text: str) -> None:
    """The words left of a line of figures below the tables."""
    columns = (
        label_columns(chapter.tables[0]) or min(page.layout.typed[key].column for key in _line(page, chapter, row)) - 1
    )
    page.write(sheet, page.merge(sheet, SheetPlace(chapter.sheet, row, 1), columns, "side"), text, "side")
    sheet.set_row(row - 1, 2 * LINE)


def _line(page: Page, chapter: Chapter, row: int) -> list[CellKey]:
    """The totals whose 核对数 cells stand in `row`."""
    return [key for key, place in page.layout.typed.items() if (place.sheet, place.row) == (chapter.sheet, row)]


def _add_last_year(page: Page, sheet: Worksheet, chapter: Chapter, found: Margins) -> None:
    """上年数: grey and locked, beside what they are compared with."""
    columns = {line.key: line.label for table in chapter.tables for line in table.columns}
    rows = {line.key: line.label for table in chapter.tables for line in table.rows}
    for key, column in found.last_columns.items():
        page.write(sheet, SheetPlace(chapter.sheet, TABLE_ROW, column), f"上年\n{columns[key]}", "side")
    for key, row in found.last_rows.items():
        _label(page, sheet, chapter, row, f"上年报告：{rows[key]}")
    before = page.contents.report.both_years
    for cell, place in page.layout.last.items():
        if place.sheet == chapter.sheet:
            page.write(sheet, place, before.get(cell), "before")


def _add_row_remarks(page: Page, sheet: Worksheet, chapter: Chapter, found: Margins) -> None:
    """Right of each row: how many of its cells are blank, else what does not hold."""
    page.write(sheet, SheetPlace(chapter.sheet, TABLE_ROW, found.check_column), "校验", "side")
    if chapter.tables[0].printed == "across":
        return
    beside: dict[tuple[str, str], list[Numbered]] = {}
    for number, standing in _of(page, chapter):
        if sideways(standing.assertion):
            beside.setdefault((standing.assertion.table.key, standing.assertion.line.key), []).append(
                (number, standing)
            )
    for table in chapter.tables:
        for row in table.rows:
            cells = [CellKey(table.key, row.key, column.key) for column in table.columns]
            place = page.layout.cells[cells[0]]._replace(column=found.check_column)
            formula, text = _row_remark(page, cells, beside.get((table.key, row.key), []))
            page.compute(sheet, place, formula, text, "remark")
    _paint(page, sheet, f"{letters(found.check_column)}{TABLE_ROW + 1}:{letters(found.check_column)}{found.note_row}")


def _row_remark(page: Page, cells: Sequence[CellKey], beside: Sequence[Numbered]) -> tuple[str, str]:
    entries = [cell for cell in cells if cell not in definitions(page.form)]
    chapter = page.form.chapter_of[cells[0].table]
    closed = page.layout.closed[chapter.key].absolute
    ranges = ",".join(refer((page.layout.cells[cell] for cell in entries), chapter.sheet))
    formula = remark_formula(beside, missing_formula(ranges, len(entries), closed) if entries else "0")
    return formula, remark([standing for _, standing in beside], blank_among(page.contents.report, chapter, entries))


def _add_column_remarks(page: Page, sheet: Worksheet, chapter: Chapter, found: Margins) -> None:
    """Below each column, or below each block of a table printed across."""
    numbered = [each for each in _of(page, chapter) if not sideways(each[1].assertion)]
    across = chapter.tables[0].printed == "across"
    for rule, row in found.check_rows.items():
        concerned = [each for each in numbered if each[1].assertion.rule.id == rule]
        for number, standing in concerned:
            first = page.layout.at(standing.assertion.cells[-1] if across else standing.assertion.cells[0])
            if across:
                cells = [cell for cell in standing.assertion.cells if cell != standing.assertion.defines]
                left = min(page.layout.cells[cell].column for cell in standing.assertion.cells)
                formula, text = _row_remark(page, cells, [(number, standing)])
                place = SheetPlace(chapter.sheet, row, left)
                page.compute(
                    sheet, page.merge(sheet, place, len(standing.assertion.cells), "below"), formula, text, "below"
                )
            else:
                page.compute(sheet, first._replace(row=row), mark_formula(number, standing), mark(standing), "below")
        if not across and concerned:
            sides = "、".join(concerned[0][1].assertion.rule.sides)
            _label(page, sheet, chapter, row, f"{rule} {sides}")
            sheet.set_row(row - 1, 3 * LINE)
        elif across:
            sheet.set_row(row - 1, 2 * LINE)
    if found.check_rows:
        first_row, last_row = min(found.check_rows.values()), max(found.check_rows.values())
        _paint(page, sheet, f"A{first_row}:{letters(grid_size(chapter)[1])}{last_row}")


def _paint(page: Page, sheet: Worksheet, block: str) -> None:
    """Colour remarks by the word they begin with."""
    for word, style in ((BROKEN, "wrong"), (HINT, "doubtful"), ("未填", "blank")):
        rule = {"type": "text", "criteria": "begins with", "value": word, "format": page.styles[style]}
        sheet.conditional_format(block, rule)


def _add_culprit(page: Page, sheet: Worksheet, chapter: Chapter, row: int) -> None:
    """The line that names the wrong cell, and the mark on that cell."""
    form, layout, report = page.form, page.layout, page.contents.report
    columns = grid_size(chapter)[1]
    page.write(
        sheet,
        page.merge(sheet, SheetPlace(chapter.sheet, row, 1), label_columns(chapter.tables[0]), "side"),
        "哪一格填错了",
        "side",
    )
    place = SheetPlace(chapter.sheet, row, label_columns(chapter.tables[0]) + 1)
    formula, text = culprit_formula(form, layout, chapter), culprit_text(form, layout, report, page.standings, chapter)
    page.compute(sheet, page.merge(sheet, place, columns - place.column + 1, "remark"), formula, text, "remark")
    named = {"type": "formula", "criteria": f'=LEFT({place.absolute},2)="疑似"', "format": page.styles["wrong"]}
    sheet.conditional_format(place.a1, named)
    sheet.set_row(row - 1, 2 * LINE)
    cells = [cell for table in chapter.tables for cell in table.cells()]
    suspect = culprit(form, report, page.standings, chapter)
    found = layout.cells[suspect.cell] if suspect else SheetPlace(chapter.sheet, 0, 0)
    helpers = [layout.closed[chapter.key]._replace(row=below) for below in (2, 3)]
    for helper, each, at in zip(helpers, culprit_place(layout.cells[cells[0]]), (found.row, found.column), strict=True):
        page.compute(sheet, helper, each, at, "hidden")
    here = f"=AND(ROW()={helpers[0].absolute},COLUMN()={helpers[1].absolute})"
    (block,) = rectangles(layout.cells[cell] for cell in cells)
    sheet.conditional_format(block, {"type": "formula", "criteria": here, "format": page.styles["culprit"]})
