"""What the generated sentences may say: plain numbers and words, None where the report has no figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from ..figures import tidy
from ..form import CellKey, Line, Table
from ..formfile import load_form
from ..report import Report, clean_text

Number = Decimal | None
Rows = Mapping[str, "Row"]

OUTCOMES = ("granted", "partly_granted", "denied", "unavailable", "declined", "other")


class Row(NamedTuple):
    """One row of a table: its printed label, and its figures by column key."""

    label: str
    figures: Mapping[str, Number]

    @property
    def complete(self) -> bool:
        """Whether every figure is known."""
        return None not in self.figures.values()

    @property
    def zero(self) -> bool:
        """Whether every figure is known to be zero."""
        return all(number == 0 for number in self.figures.values())


class Facts(NamedTuple):
    """One report in numbers and words; every number is None where a cell it needs is blank or absent.

    `received` to `carried_forward` and `outcomes` (by the keys of OUTCOMES) are those of the 总计 column.
    `litigation` is `direct` and `reviewed` taken together.
    """

    year: int | None
    agency: str
    authority: str
    headings: tuple[str, ...]
    documents: tuple[Row, ...]
    decisions: tuple[Row, ...]
    fees: tuple[Row, ...]
    procurement: tuple[Row, ...]
    received: Number
    brought_forward: Number
    concluded: Number
    carried_forward: Number
    outcomes: Mapping[str, Number]
    reconsideration: Row
    litigation: Row
    direct: Row
    reviewed: Row


def facts(report: Report) -> Facts:
    """The facts of `report`."""
    form = load_form(report.edition).holding(report.values)
    tables = {key: _rows(table, report) for key, table in form.tables.items()}
    totals = {key: row.figures["total"] for key, row in tables["requests"].items()}
    direct, reviewed = (tables["review"][f"litigation.{way}"] for way in ("direct", "reviewed"))
    return Facts(
        year=report.year,
        agency=one_line(report.agency),
        authority=form.authority,
        headings=tuple(chapter.heading for chapter in form.chapters),
        documents=_listed(tables, "documents"),
        decisions=_listed(tables, "licensing", "enforcement"),
        fees=_listed(tables, "fees"),
        procurement=_listed(tables, "procurement"),
        received=totals["received"],
        brought_forward=totals["brought_forward"],
        concluded=totals["outcome.total"],
        carried_forward=totals["carried_forward"],
        outcomes={key: _outcome(totals, key) for key in OUTCOMES},
        reconsideration=tables["review"]["reconsideration"],
        litigation=_together("行政诉讼", direct, reviewed),
        direct=direct,
        reviewed=reviewed,
    )


def one_line(text: str) -> str:
    """`text` as it stands within a line."""
    return " ".join(clean_text(text).split("\n"))


def _rows(table: Table, report: Report) -> Rows:
    return {row.key: Row(row.label, _figures(table, row, report)) for row in table.rows}


def _figures(table: Table, row: Line, report: Report) -> Mapping[str, Number]:
    keys = {column.key: CellKey(table.key, row.key, column.key) for column in table.columns}
    values = {column: report.values.get(key) for column, key in keys.items()}
    return {column: None if value is None else tidy(value) for column, value in values.items()}


def _listed(tables: Mapping[str, Rows], *keys: str) -> tuple[Row, ...]:
    """The rows of the tables `keys`, as far as the edition has them."""
    return tuple(row for key in keys for row in tables.get(key, {}).values())


def _outcome(totals: Mapping[str, Number], key: str) -> Number:
    row = f"outcome.{key}"
    return _sum(number for name, number in totals.items() if name == row or name.startswith(f"{row}."))


def _together(label: str, *rows: Row) -> Row:
    return Row(label, {column: _sum(row.figures[column] for row in rows) for column in rows[0].figures})


def _sum(numbers: Iterable[Number]) -> Number:
    total = Decimal(0)
    for number in numbers:
        if number is None:
            return None
        total += number
    return total
