"""What stands right of and below the tables on a sheet, outside the printed page: where each part of it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from ..form import CellKey, Chapter, Form, is_last_year
from ..printed import grid_size
from ..rules import Assertion, all_assertions, all_continuity
from ..totals import definitions

TABLE_ROW = 4
"""The first row of the tables on their sheets."""


class Margins(NamedTuple):
    """Columns right of the tables and rows below them, counted from 1, None where there is no need of one.

    `typed`: 核对数.  `last`: last year's figures, by the key of the row or column that they come from.  `check`: what
    does not hold, in words (`check_rows` by rule; a table printed across has one for all of its rules).  `culprit`: which
    cell is wrong.  `note`: the office's further words.
    """

    typed_column: int | None
    last_columns: Mapping[str, int]
    check_column: int
    mark_column: int
    typed_row: int | None
    last_rows: Mapping[str, int]
    check_rows: Mapping[str, int]
    culprit_row: int | None
    note_row: int


@cache
def listed(form: Form) -> tuple[Assertion, ...]:
    """Every assertion in the order of the sheet 勾稽校验: those within the year, then those with the last."""
    return (*all_assertions(form), *all_continuity(form))


@cache
def concerning(form: Form, chapter: Chapter) -> tuple[Assertion, ...]:
    """The assertions about the tables of `chapter`."""
    return tuple(each for each in listed(form) if each.table in chapter.tables)


def sideways(assertion: Assertion) -> bool:
    """Whether `assertion` is about a row as printed, so that words on it stand right of the table."""
    return assertion.rule.for_each == "row" and assertion.table.printed == "down"


@cache
def margins(form: Form, chapter: Chapter) -> Margins:
    """Where everything beside and below the tables of `chapter` is."""
    rows, columns = grid_size(chapter)
    beside = [each for each in concerning(form, chapter) if sideways(each)]
    under = [each for each in concerning(form, chapter) if not sideways(each)]
    across = chapter.tables[0].printed == "across"
    right, down = _Counter(columns + 2), _Counter(TABLE_ROW + rows + 1)
    return Margins(
        typed_column=right.one(_defines(form, beside)),
        last_columns=right.each(_last_keys(beside, "column")),
        check_column=right.one(needed=True) or 0,
        mark_column=right.one(needed=True) or 0,
        typed_row=down.one(_defines(form, under)),
        last_rows=down.each(_last_keys(under, "row")),
        check_rows=down.together(each.rule.id for each in under)
        if across
        else down.each(each.rule.id for each in under),
        culprit_row=down.one(bool(beside) and bool(under)),
        note_row=down.skip(2),
    )


class _Counter:
    """Hands out rows or columns one after the other."""

    def __init__(self, first: int) -> None:
        self._next = first

    def one(self, needed: bool) -> int | None:  # noqa: FBT001 - the question itself
        return self.skip(1) if needed else None

    def skip(self, steps: int) -> int:
        self._next += steps
        return self._next - 1

    def each(self, keys: Iterable[str]) -> dict[str, int]:
        return {key: self.skip(1) for key in dict.fromkeys(keys)}

    def together(self, keys: Iterable[str]) -> dict[str, int]:
        return dict.fromkeys(keys, self.skip(1))


def _defines(form: Form, assertions: Iterable[Assertion]) -> bool:
    return any(definitions(form).get(each.defines) is each for each in assertions if each.defines)


def _last_keys(assertions: Iterable[Assertion], part: str) -> list[str]:
    cells: list[CellKey] = [cell for each in assertions for cell in each.cells if is_last_year(cell)]
    return [cell.column if part == "column" else cell.row for cell in cells]
