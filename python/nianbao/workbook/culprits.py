"""Which cell of a table is wrong, where one alone would mend every balance: as formulas, and as the text they come to.

A wrong cell stands where a broken row crosses a broken column, if both ask for the same change.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ..figures import show
from ..findings import Suspect
from ..form import Chapter, Form, Table, is_last_year
from ..places import SheetPlace, letters
from ..report import Report
from ..rules import Rule
from ..suspects import diagnose
from ..wording import line_name
from .layout import Layout, rectangles
from .margins import listed
from .names import CHECKS, PLACES
from .remarks import CHECKS_FIRST
from .verdicts import BROKEN, Standing

_NAMED = 4
"""Broken rows or columns that are named one by one; of more, only their number is told."""
HELPERS = tuple(SheetPlace(CHECKS, 2, column) for column in range(11, 18))
"""Cells of 勾稽校验: whether there is one culprit (1 or 0), its row and its column in the table, its value and the right
one, the broken rows and the broken columns in words."""
_UNIQUE, _ROW, _COLUMN, _VALUE, _RIGHT, _ROWS, _COLUMNS = (f"{CHECKS}!{place.absolute}" for place in HELPERS)


class Block(NamedTuple):
    """The assertions of one rule, one below the other on 勾稽校验 from `first` to `last`."""

    rule: Rule
    first: int
    last: int

    def cells(self, column: str) -> str:
        """The cells of the block in one column of the sheet."""
        return f"${column}${self.first}:${column}${self.last}"

    @property
    def broken(self) -> str:
        """An expression for how many of them do not hold."""
        return f'COUNTIF({self.cells("J")},"{BROKEN}")'

    @property
    def position(self) -> str:
        """An expression for the place of the one that does not hold, 0 where there are none or several."""
        return f'IF({self.broken}=1,MATCH("{BROKEN}",{self.cells("J")},0),0)'


class Blocks(NamedTuple):
    """The equations of a table: the one about its rows, those about its columns."""

    table: Table
    row: Block
    columns: tuple[Block, ...]


@cache
def blocks(form: Form, chapter: Chapter) -> Blocks:
    """Where the equations of the one table of `chapter` stand on 勾稽校验."""
    (table,) = chapter.tables
    found: dict[str, Block] = {}
    for row, each in enumerate(listed(form), start=CHECKS_FIRST):
        rule = each.rule
        if each.table == table and rule.equation.relation == "=" and not any(map(is_last_year, each.cells)):
            found[rule.id] = Block(rule, found[rule.id].first if rule.id in found else row, row)
    (row_block,) = (block for block in found.values() if block.rule.for_each == "row")
    return Blocks(table, row_block, tuple(block for block in found.values() if block is not row_block))


@cache
def helper_formulas(form: Form, layout: Layout, chapter: Chapter) -> tuple[str, ...]:
    """The formulas of HELPERS."""
    of = blocks(form, chapter)
    rows, columns = of.table.rows, of.table.columns
    weights = [_array(form, of.table, block, "row") for block in of.columns]
    at_row = [f"INDEX({each},{_ROW})" for each in weights]
    found = [f"IF({w}=0,0,{block.position})" for w, block in zip(at_row, of.columns, strict=True)]
    asked = f"INDEX({of.row.cells('H')},{_ROW})/INDEX({_array(form, of.table, of.row, 'column')},{_COLUMN})"
    (figures,) = rectangles(layout.cells[cell] for cell in of.table.cells())
    chosen = f"AND({_ROW}>0,{_COLUMN}>0)"
    conditions = [_agrees(w, block) for w, block in zip(at_row, of.columns, strict=True)]
    conditions += [f"{_RIGHT}>=0", f"{_RIGHT}=INT({_RIGHT})"]
    return (
        f"=IF(ISNUMBER({_RIGHT}),IF(AND({','.join(conditions)}),1,0),0)",
        f"={of.row.position}",
        f"=IF({_ROW}=0,0,MAX({','.join(found)}))",
        f"=IF({chosen},N(INDEX('{chapter.sheet}'!{figures},{_ROW},{_COLUMN})),\"\")",
        f'=IF(ISNUMBER({_VALUE}),ROUND({_VALUE}-{asked},{PLACES}),"")',
        _named([of.row], len(rows), "行"),
        _named(of.columns, len(columns), "列"),
    )


def _agrees(weight: str, block: Block) -> str:
    """Whether a rule about columns asks for the same: it alone is broken in that column, or the cell is none of its."""
    position = f"MAX(1,{_COLUMN})"
    gap, word = (f"INDEX({block.cells(column)},{position})" for column in "HJ")
    same = f"ROUND({gap}+{weight}*({_RIGHT}-{_VALUE}),{PLACES})=0"
    broken = f'IF({word}="{BROKEN}",{same},FALSE)'
    return f"IF({weight}=0,{block.broken}=0,IF({block.broken}=1,{broken},FALSE))"


def _array(form: Form, table: Table, block: Block, axis: str) -> str:
    """How each line counts in the left side of a rule less its right one."""
    assertion = next(each for each in listed(form) if each.rule is block.rule and each.table == table)
    counts = {term.name: term.sign for term in assertion.left} | {term.name: -term.sign for term in assertion.right}
    lines = table.rows if axis == "row" else table.columns
    return "{" + ",".join(str(counts.get(line.key, 0)) for line in lines) + "}"


def _named(found: Sequence[Block], count: int, unit: str) -> str:
    """The names of the lines on which one of `found` is broken, or their number."""
    lines = [[f'$J${block.first + n}="{BROKEN}"' for block in found] for n in range(count)]
    broken = [each[0] if len(each) == 1 else f"OR({','.join(each)})" for each in lines]
    names = "&".join(f'IF({b},"、"&$D${found[0].first + n},"")' for n, b in enumerate(broken))
    words = "+".join(f'({block.cells("J")}="{BROKEN}")' for block in found)
    number = f"SUMPRODUCT(--({words}>0))"
    return f'=IF({number}>{_NAMED},{number}&" {unit}",MID({names},2,999))'


def culprit_formula(form: Form, layout: Layout, chapter: Chapter) -> str:
    """What to say below the table: the culprit if there is one, else the rows and columns in question."""
    of = blocks(form, chapter)
    first = layout.cells[next(of.table.cells())]
    names = "".join(letters(first.column + n) for n in range(len(of.table.columns)))
    address = f'MID("{names}",{_COLUMN},1)&({_ROW}+{first.row - 1})'
    row, column = (
        f"INDEX({CHECKS}!{block.cells('D')},{at})" for block, at in ((of.row, _ROW), (of.columns[0], _COLUMN))
    )
    one = f'"疑似只填错一格："&{row}&{column}&"（"&{address}&"），现填 "&{_VALUE}&"，应为 "&{_RIGHT}'
    both = f'IF(AND({_ROWS}<>"",{_COLUMNS}<>"")," 与 ","")'
    return f'=IF({_UNIQUE}=1,{one},IF({_ROWS}&{_COLUMNS}="","","请核对："&{_ROWS}&{both}&{_COLUMNS}))'


def culprit_place(first: SheetPlace) -> tuple[str, str]:
    """The formulas for the sheet row and column of the culprit, 0 without one; the table's figures begin at `first`."""
    return (
        f"=IF({_UNIQUE}=1,{_ROW}+{first.row - 1},0)",
        f"=IF({_UNIQUE}=1,{_COLUMN}+{first.column - 1},0)",
    )


def culprit(form: Form, report: Report, standings: Sequence[Standing], chapter: Chapter) -> Suspect | None:
    """The one figure of the table of `chapter` that would mend all its balances."""
    if not any(each.word == BROKEN and each.assertion.table in chapter.tables for each in standings):
        return None
    found = [each for each in diagnose(form, report.values) if each.assertions[0].table in chapter.tables]
    return found[0].suspects[0] if len(found) == 1 and found[0].unique else None


def culprit_text(form: Form, layout: Layout, report: Report, standings: Sequence[Standing], chapter: Chapter) -> str:
    """The text that `culprit_formula` comes to."""
    (table,) = chapter.tables
    if suspect := culprit(form, report, standings, chapter):
        cell, value, _ = suspect
        named = line_name(table, "row", form.row(cell)) + line_name(table, "column", form.column(cell))
        now = show(report.values.get(cell))
        return f"疑似只填错一格：{named}（{layout.cells[cell].a1}），现填 {now}，应为 {show(value)}"
    of = blocks(form, chapter)
    words = [_shortened(standings, found, unit) for found, unit in (([of.row], "行"), (of.columns, "列"))]
    return "请核对：" + " 与 ".join(filter(None, words)) if any(words) else ""


def _shortened(standings: Sequence[Standing], found: Sequence[Block], unit: str) -> str:
    rules = [block.rule for block in found]
    broken = [each.assertion for each in standings if each.word == BROKEN and each.assertion.rule in rules]
    table, axis = broken[0].table if broken else None, rules[0].for_each
    if table is None:
        return ""
    names = [line_name(table, axis, line) for line in table.lines(axis) if any(each.line == line for each in broken)]
    return f"{len(names)} {unit}" if len(names) > _NAMED else "、".join(names)
