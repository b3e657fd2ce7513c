"""Draws a family of units whose reports add up to a given city report.  Drawn figures, invented units."""

from __future__ import annotations

import random
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from ..form import CellKey, Form
from ..formfile import load_form
from ..report import Report, Totals
from ..totals import computed, definitions

UNITS = (
    "示例市人民政府办公室",
    "示例市发展和改革委员会",
    "示例市教育局",
    "示例市公安局",
    "示例市司法局",
    "示例市自然资源和规划局",
    "示例市住房和城乡建设局",
    "示例市交通运输局",
    "示例市市场监督管理局",
    "示例市卫生健康委员会",
    "示例市东湖区人民政府",
    "示例市河口县人民政府",
)
SEED = 20240310
Shares = list[Decimal]


def draw_family(city: Report) -> tuple[Report, ...]:
    """One balanced report for each of `UNITS`, adding up to `city` in every cell."""
    form = load_form(city.edition)
    drawn = _draw(city, form, random.Random(SEED))  # noqa: S311 - figures for show
    units = ({cell: shares[number] for cell, shares in drawn.items()} for number in range(len(UNITS)))
    return tuple(
        city._replace(agency=name, values={**values, **computed(values, form)}, totals=Totals.AUTOMATIC)
        for name, values in zip(UNITS, units, strict=True)
    )


def _draw(city: Report, form: Form, chance: random.Random) -> dict[CellKey, Shares]:
    """The share of every unit in every cell that is not a total."""
    drawn: dict[CellKey, Shares] = {}
    for cell in form.cells:
        if cell not in definitions(form):
            drawn[cell] = _split(city.values[cell] or Decimal(0), chance)
    _settle_documents(drawn, city)
    _settle_requests(drawn, form)
    return drawn


def _split(whole: Decimal, chance: random.Random) -> Shares:
    """`whole` in as many parts as there are units, in steps of its last printed digit."""
    exponent = whole.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    cuts = sorted(chance.randint(0, int(whole / step)) for _ in UNITS[1:])
    edges = [0, *cuts, int(whole / step)]
    return [step * (after - before) for before, after in pairwise(edges)]


def _settle_documents(drawn: dict[CellKey, Shares], city: Report) -> None:
    """Only the government itself makes 规章; no unit issued more documents than it has in force."""
    for column in ("issued", "repealed", "in_force"):
        cell = CellKey("documents", "regulation", column)
        drawn[cell] = [city.values[cell] or Decimal(0), *[Decimal(0)] * (len(UNITS) - 1)]
    issued, in_force = (CellKey("documents", "normative_document", column) for column in ("issued", "in_force"))
    drawn[issued] = _within(sum(drawn[issued], Decimal(0)), drawn[in_force])


def _settle_requests(drawn: dict[CellKey, Shares], form: Form) -> None:
    """What was received follows from the rest, so that every column of every unit balances."""
    table = form.tables["requests"]
    for column in table.columns[:-1]:
        outcomes = [row.key for row in table.rows if row.key.startswith("outcome.") and row.key != "outcome.total"]
        cells = [CellKey(table.key, row, column.key) for row in (*outcomes, "carried_forward")]
        handled = [sum((drawn[cell][unit] for cell in cells), Decimal(0)) for unit in range(len(UNITS))]
        before, received = (CellKey(table.key, row, column.key) for row in ("brought_forward", "received"))
        drawn[before] = _within(sum(drawn[before], Decimal(0)), handled)
        drawn[received] = [whole - part for whole, part in zip(handled, drawn[before], strict=True)]


def _within(whole: Decimal, limits: Iterable[Decimal]) -> Shares:
    """`whole` dealt out evenly, no share above its limit."""
    shares = [Decimal(0) for _ in UNITS]
    limits = list(limits)
    while whole:
        for unit, limit in enumerate(limits):
            if whole and shares[unit] < limit:
                shares[unit] += 1
                whole -= 1
    return shares
