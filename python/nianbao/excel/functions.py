"""What the worksheet functions say, from the values of cells alone: no Excel is needed to call them.

`addin/build.py` makes `udfs.py`, which gives them to Excel, of FUNCTIONS.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import NamedTuple

from ..check import check
from ..errors import NianbaoError
from ..figures import show
from ..findings import Finding, Severity
from ..form import Table
from ..importing.labels import normal, spellings
from ..importing.spreadsheet import read_spreadsheet
from ..places import SheetPlace
from ..reading import Reading
from ..rules import Outcome, Verdict, all_assertions
from ..suspects import demanded
from ..wording import line_name
from ..workbook.sheets import Rows, Sheets

BALANCED, UNFILLED = "平衡", "未填"
_SHOWN = 5
"""Problems that are told one by one; a cell has little room."""


class Argument(NamedTuple):
    """One argument of a worksheet function, as Excel explains it."""

    name: str
    help: str


class Function(NamedTuple):
    """A worksheet function: its name in Excel, what Excel says of it, and which function here it calls.

    `of_cell`: its only argument is a cell, and what is called takes the values of the whole sheet with the row and column of
    the cell in them, counted from 1.
    """

    name: str
    help: str
    arguments: tuple[Argument, ...]
    call: str
    of_cell: bool = False


_TABLE = Argument("table", "表格所在的区域，连同行名和表头一起选。")
FUNCTIONS = (
    Function(
        "NB_CHECK",
        "检查一张法定表格，说出哪里不平、哪里没填；没有问题时显示“平衡”。",
        (_TABLE,),
        "check_table",
    ),
    Function(
        "NB_BALANCE",
        "一列数是否平衡：显示“平衡”“未填”，或两边各是多少、差多少。",
        (_TABLE, Argument("column", "哪一列：表头上的名称，如“总计”，或从左数第几列数。")),
        "balance",
    ),
    Function(
        "NB_EXPECTED",
        "按勾稽关系，这一格应当是多少。",
        (Argument("cell", "表格里的一格。"),),
        "expected",
        of_cell=True,
    ),
)


def check_table(table: Rows) -> str:
    """What is wrong with the statutory tables in a rectangle of cells, in one text; BALANCED for nothing."""
    try:
        reading = _read(table)
    except NianbaoError as error:
        return str(error)
    found = [finding.message for finding in check(reading) if _concerns(finding, reading)]
    more = [f"另有 {len(found) - _SHOWN} 处。"] if len(found) > _SHOWN else []
    return "\n".join([*found[:_SHOWN], *more]) or BALANCED


def balance(table: Rows, column: object) -> str:
    """How one column of a statutory table stands: BALANCED, UNFILLED, or both sides and the gap.

    `column` is its label, or its number among the columns of figures, from 1.
    """
    try:
        reading = _read(table)
    except NianbaoError as error:
        return str(error)
    present = {cell.table for cell in reading.report.values}
    for each in reading.form.tables.values():
        key = _column(each, column)
        if each.key in present and key:
            return _column_balance(reading, each, key)
    return f"表里没有“{_label(column)}”这一列，请写表头上的名称。"


def expected(sheet: Rows, row: int, column: int) -> float | str:
    """The figure that the balances demand of a cell, `row` and `column` counted from 1 in `sheet`; else why there is none."""
    try:
        reading = _read(sheet)
    except NianbaoError as error:
        return str(error)
    here = SheetPlace("", row, column)
    cell = next((cell for cell, place in reading.places.items() if place == here), None)
    if cell is None:
        return "这一格不是法定表格里填数的格。"
    values = dict.fromkeys(sorted(demanded(reading.form, reading.report.values, cell).values()))
    if len(values) > 1:
        return f"认不准：{'或'.join(map(show, values))}。"
    return float(next(iter(values))) if values else "还算不出：同一行或同一列还有空格。"


def _read(values: Rows) -> Reading:
    return read_spreadsheet(Sheets(("",), lambda _: values, "这个区域"), datetime.now(UTC).year - 1)


def _concerns(finding: Finding, reading: Reading) -> bool:
    """Whether a finding is about what is there, rather than about what a part of a report lacks."""
    if finding.severity is Severity.INFO or not finding.cells:
        return finding.rule == "R02"
    return finding in reading.findings or any(cell in reading.report.values for cell in finding.cells)


def _label(column: object) -> str:
    return show(Decimal(f"{column:.15g}")) if isinstance(column, float) else str(column or "").strip()


def _column(table: Table, column: object) -> str:
    """The key of a column by its label or number; "" if `table` has no such column."""
    label = _label(column)
    if label.isdecimal():
        number = int(label)
        return table.columns[number - 1].key if 1 <= number <= len(table.columns) else ""
    return next((line.key for line in table.columns if normal(label) in spellings(line)), "")


def _column_balance(reading: Reading, table: Table, key: str) -> str:
    verdicts = [
        (assertion, assertion.verdict(reading.report.values))
        for assertion in all_assertions(reading.form)
        if assertion.table is table and assertion.rule.for_each == "column" and assertion.line.key == key
    ]
    for assertion, verdict in verdicts:
        if verdict.outcome is Outcome.BROKEN:
            return f"{assertion.rule.id} {_sides(assertion.rule.sides, verdict)}"
    if not verdicts:
        line = next(line for line in table.columns if line.key == key)
        return f"{line_name(table, 'column', line)}没有勾稽关系。"
    return UNFILLED if any(verdict.outcome is Outcome.BLANK for _, verdict in verdicts) else BALANCED


def _sides(sides: tuple[str, ...], verdict: Verdict) -> str:
    left, right = verdict.left or Decimal(0), verdict.right or Decimal(0)
    return f"{sides[0]} {show(left)}，{sides[1]} {show(right)}，差 {show(left - right)}"
