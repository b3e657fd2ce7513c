"""The statutory tables as an office's own workbook has them: nothing of ours around them."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from openpyxl import Workbook

from nianbao.form import CellKey
from nianbao.formfile import load_form
from nianbao.places import SheetPlace
from nianbao.printed import grid_size, printed
from nianbao.report import Report
from nianbao.workbook.sheets import Sheets

Grid = list[list[object]]


def grids(report: Report, *, down: int = 0, right: int = 0, beside: bool = False) -> dict[str, Grid]:
    """Each chapter of tables on a sheet, from row `down` and column `right` on; `beside`: with remarks and figures right of it."""
    found = {}
    for chapter in load_form(report.edition).chapters:
        if chapter.tables:
            rows, columns = grid_size(chapter)
            grid: Grid = [[None] * (right + columns + 2 * beside) for _ in range(down + rows)]
            for cell in printed(chapter):
                value = report.values.get(cell.key) if cell.key else cell.text
                grid[down + cell.row][right + cell.column] = (
                    value if isinstance(value, (str, type(None))) else float(value)
                )
            if beside:
                for number, row in enumerate(grid):
                    row[-1] = float(number) if number % 2 else "备注"
            found[chapter.sheet] = grid
    return found


def title(report: Report) -> Grid:
    """A sheet that says whose report it is, and for which year."""
    return [[f"{report.agency}{report.year}年政府信息公开工作年度报告"]]


def sheets(named: Mapping[str, Grid]) -> Sheets:
    """Grids as the sheets of a workbook."""
    return Sheets(tuple(named), lambda name: named[name], "自制.xlsx")


def place(report: Report, key: CellKey, *, down: int = 0, right: int = 0) -> SheetPlace:
    """Where `grids` puts a figure."""
    chapter = load_form(report.edition).chapter_of[key.table]
    cell = next(each for each in printed(chapter) if each.key == key)
    return SheetPlace(chapter.sheet, down + cell.row + 1, right + cell.column + 1)


def xlsx(named: Mapping[str, Grid], *, text_cells: bool = False, money: SheetPlace | None = None) -> bytes:
    """Grids as the bytes of an .xlsx file; `text_cells`: all formatted as text, `money`: a cell formatted as currency."""
    book, target = Workbook(), BytesIO()
    for name, rows in named.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in sheet.iter_rows(max_row=sheet.max_row if text_cells else 0):
            for cell in cells:
                cell.number_format = "@"
    if money:
        book[money.sheet][money.a1].number_format = '"¥"#,##0.00'
    book.remove(book.worksheets[0])
    book.save(target)
    return target.getvalue()
