"""What commands write into an open workbook: computed from what it says, written nowhere yet."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from ..commands import told_of_totals
from ..figures import show
from ..form import last_year
from ..opening import Opened
from ..places import SheetPlace
from ..report import Filling
from ..totals import Filled, fill
from ..wording import cell_name
from .openbook import Found
from .session import Session


class TakenOver(NamedTuple):
    """Opening figures for blank cells, last year's figures to compare with, and what stands although it differs."""

    opening: Mapping[SheetPlace, Decimal]
    compared: Mapping[SheetPlace, Decimal]
    kept: tuple[str, ...]


def taken_over(found: Found, opened: Opened) -> TakenOver:
    """What a workbook of ours takes over from last year."""
    values = found.reading.report.values
    blank = [cell for cell in opened.values if values.get(cell) is None and cell in found.places]
    compared = {found.ours.find(str(last_year(cell))): value for cell, value in opened.last.items()}
    kept = (
        f"{cell_name(found.form, cell)}：已填 {show(values[cell])}，上年是 {show(value)}，没有改动。"
        for cell, value in opened.values.items()
        if values.get(cell) not in {None, value}
    )
    return TakenOver(
        {found.places[cell]: opened.values[cell] for cell in blank},
        {place: value for place, value in compared.items() if place},
        tuple(kept),
    )


def undeclared(found: Found, sheet: str) -> list[SheetPlace]:
    """Where the filling state of the tables on `sheet` is chosen, or, if it has none, of all, as far as that is open."""
    states = {each.key: found.ours.find(f"filling/{each.key}") for each in found.form.chapters if each.tables}
    here = {key: place for key, place in states.items() if place and place.sheet == sheet}
    filling = found.reading.report.filling
    return [
        place for key, place in (here or states).items() if place and filling.get(key, Filling.OPEN) is Filling.OPEN
    ]


class ComputedTotals(NamedTuple):
    """Totals for blank cells, and what to tell of them and of those that stand."""

    entries: Mapping[SheetPlace, Decimal]
    filled: Filled
    lines: tuple[str, ...]


def totals_to_write(found: Found, session: Session) -> ComputedTotals:
    """What can be filled in without touching anything that stands there, formulas included."""
    places, filled = found.total_places, fill(found.reading.report, found.form)
    blank = {cell: places[cell] for cell in filled.written if cell in places}
    typed = session.formulas(blank.values())
    written = {cell: filled.written[cell] for cell, place in blank.items() if not typed[place].startswith("=")}
    told = filled._replace(written=written)
    reading = found.reading._replace(places={**found.reading.places, **places})
    formulas = (f"{place}　是公式，没有改动。" for cell, place in blank.items() if cell not in written)
    entries = {blank[cell]: value for cell, value in written.items()}
    return ComputedTotals(entries, told, (*told_of_totals(told, reading), *formulas))
