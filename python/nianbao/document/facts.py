"""What a document's sentences are made of: the figures, last year's beside them, shares, and the units of a city."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from ..figures import show
from ..formfile import load_form
from ..report import Report, clean_text
from ..sentences import facts, generated, one_line
from .growth import growth, share

COMPARED = (
    *("received", "brought_forward", "concluded", "carried_forward"),
    *("regulations_in_force", "documents_in_force", "regulations_public", "documents_public"),
    *("licences", "other_services", "penalties", "coercions", "decisions"),
    *("reconsideration", "litigation", "disputes"),
)
"""Numbers of 件 that are compared with last year's, as far as the edition has them."""
OUTCOMES = ("granted", "partly_granted", "disclosed", "denied", "unavailable", "declined", "other")
"""Parts of what was concluded."""
MOST_NAMED = 5
"""The most units that a paragraph names."""
_DECIDED = ("licences", "other_services", "penalties", "coercions")
_FORMAL = ("authority", "headings")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")

Fact = str | int | Decimal | None
Quantities = Mapping[str, Decimal | None]


class Unit(NamedTuple):
    """A unit whose report is part of a city's, and how many applications it received."""

    agency: str
    received: Decimal | None


class Background(NamedTuple):
    """What is known beside a report.

    `last`: last year's report of the same office, its totals settled.  `units`: those that handed in and were added up,
    for a city.  `expected`: how many should have.
    """

    last: Report | None = None
    units: tuple[Unit, ...] = ()
    expected: int | None = None


NOTHING = Background()


class Facts(NamedTuple):
    """What a template may name: words and figures, records of such by name, and lists of units."""

    plain: Mapping[str, Fact]
    records: Mapping[str, Mapping[str, Fact]]
    lists: Mapping[str, tuple[Unit, ...]]


def known_facts(report: Report, background: Background = NOTHING) -> Facts:
    """Everything that is known of `report`."""
    words, now = _words_and_quantities(report)
    last = _last_year(report, background.last)
    before = {name: last.get(name) for name in COMPARED if name in now}
    units = tuple(Unit(one_line(unit.agency), unit.received) for unit in background.units)
    top = _top(units)
    return Facts(
        {**words, **now, **_counts(units, background.expected), "top_share": _top_share(top, units, now["received"])},
        {
            "said": generated(report),
            "last": before,
            "growth": {name: growth(now[name], figure) for name, figure in before.items()},
            "share": {name: share(now[name], now["concluded"]) for name in OUTCOMES},
            "written": {
                key: clean_text(report.texts.get(key, "")) != "" for key in load_form(report.edition).text_keys
            },
        },
        {"units": units, "top": top},
    )


def known_numbers(report: Report, background: Background = NOTHING) -> frozenset[str]:
    """Every number that a generated sentence may state, as it shows it: without sign, unit and per cent sign.

    Not those of the dates and of the document number that the introduction names.
    """
    known = known_facts(report, background)
    facts = [fact for name, fact in known.plain.items() if name not in _FORMAL]
    facts += [fact for name in ("last", "growth", "share") for fact in known.records[name].values()]
    facts += [*map(len, known.lists.values()), *(fact for unit in known.lists["units"] for fact in unit)]
    facts += [report.fee.pieces, report.fee.yuan, None if report.year is None else report.year - 1]
    return frozenset(number for fact in facts for number in numbers_in(_shown(fact)))


def numbers_in(text: str) -> list[str]:
    """The numbers that stand in `text`."""
    return _NUMBER.findall(text)


def _shown(fact: Fact) -> str:
    if fact is None or isinstance(fact, str):
        return fact or ""
    return show(abs(Decimal(fact)))


def _words_and_quantities(report: Report) -> tuple[dict[str, str], dict[str, Decimal | None]]:
    """The facts of the sentences file, and sums that only documents state."""
    found = facts(report)
    words = {name: fact for name, fact in found.items() if isinstance(fact, str)}
    numbers = {name: fact for name, fact in found.items() if not isinstance(fact, str)}
    numbers["decisions"] = _sum(numbers[name] for name in _DECIDED if name in numbers)
    numbers["disclosed"] = _sum((numbers["granted"], numbers["partly_granted"]))
    return words, numbers


def _sum(figures: Iterable[Decimal | None]) -> Decimal | None:
    """The sum; None while a figure is blank."""
    known = list(figures)
    return None if None in known else sum((figure for figure in known if figure is not None), Decimal(0))


def _last_year(report: Report, last: Report | None) -> Quantities:
    """Last year's figures, summed from the cells that make up this year's: what the editions do not share is blank."""
    if last is None or report.year is None or last.year != report.year - 1:
        return {}
    return _words_and_quantities(report._replace(values=last.values))[1]


def _counts(units: tuple[Unit, ...], expected: int | None) -> dict[str, Fact]:
    """How many units handed in, should have, and received applications (None unless every unit says)."""
    known = [unit.received for unit in units if unit.received is not None and unit.received >= 0]
    receiving = sum(figure > 0 for figure in known) if len(known) == len(units) else None
    return {"handed_in": len(units), "expected": expected, "receiving": receiving}


def _top(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The units that received most, none of them while another has as many that there is no room for, or does not say."""
    if any(unit.received is None or unit.received < 0 for unit in units):
        return ()
    ranked = sorted((unit for unit in units if unit.received), key=_received, reverse=True)
    rest = _received(ranked[MOST_NAMED]) if len(ranked) > MOST_NAMED else 0
    return tuple(unit for unit in ranked[:MOST_NAMED] if _received(unit) > rest)


def _received(unit: Unit) -> Decimal:
    return unit.received or Decimal(0)


def _top_share(top: tuple[Unit, ...], units: tuple[Unit, ...], received: Decimal | None) -> str:
    """What share of all applications the units of `top` received; "" if the units do not add up to `received`."""
    whole = sum(map(_received, units), Decimal(0))
    return share(sum(map(_received, top), Decimal(0)), whole) if whole == received else ""
