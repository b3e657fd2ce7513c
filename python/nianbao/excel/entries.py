"""What commands write into an open workbook: computed from what it says, written nowhere yet."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from ..commands.workbooks import told_of_totals
from ..figures import show
from ..form import last_year
from ..opening import Opened
from ..places import SheetPlace
from ..report import Filling
from ..totals import Filled, fill
from ..wording import cell_name
from .openbook import Found
from .session import Session
from .state import Typed


class TakenOver(NamedTuple):
    """Opening figures for blank cells, last year's figures to compare with, and what stands although it differs."""

    opening: Mapping[SheetPlace, Decimal]
    compared: Mapping[SheetPlace, Decimal]
    kept: tuple[str, ...]


def taken_over(found: Found, opened: Opened, session: Session) -> TakenOver:
    """What a workbook of ours takes over from last year."""
    typed = session.typed(found.places[cell] for cell in opened.values if cell in found.places)
    blank = {place for place, each in typed.items() if found.is_blank(each)}
    opening = {found.places[cell]: value for cell, value in opened.values.items() if found.places.get(cell) in blank}
    compared = {found.ours.find(str(last_year(cell))): value for cell, value in opened.last.items()}
    kept = (
        f"{cell_name(found.form, cell)}：已填 {_shown(typed[place])}，上年是 {show(value)}，没有改动。"
        for cell, value in opened.values.items()
        if (place := found.places.get(cell)) in typed and place not in blank and typed[place].what != float(value)
    )
    return TakenOver(opening, {place: value for place, value in compared.items() if place}, tuple(kept))


def _shown(typed: Typed) -> str:
    """What was typed, in a message."""
    return typed.what if isinstance(typed.what, str) else show(Decimal(f"{typed.what:.15g}"))


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
    wanted = {cell: places[cell] for cell in filled.written if cell in places}
    typed = session.typed(wanted.values())
    written = {cell: filled.written[cell] for cell, place in wanted.items() if found.is_blank(typed[place])}
    told = filled._replace(written=written)
    reading = found.reading._replace(places={**found.reading.places, **places})
    kept = (_kept(place, typed[place]) for cell, place in wanted.items() if cell not in written)
    unread = (finding.message for finding in found.reading.findings if finding.rule == "R02")
    return ComputedTotals(
        {wanted[cell]: value for cell, value in written.items()},
        told,
        (*told_of_totals(told, reading), *kept, *unread),
    )


def _kept(place: SheetPlace, typed: Typed) -> str:
    what = "是公式" if typed.is_formula else f"填的是“{_shown(typed)}”，不是数"
    return f"{place}　{what}，没有改动。"
