"""Draws a family of units whose reports add up to a given city report.  Drawn figures, invented units."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable
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
    units = draw(city, len(UNITS), random.Random(SEED))  # noqa: S311 - figures for show
    return tuple(
        city._replace(agency=name, values={**values, **computed(values, form)}, totals=Totals.AUTOMATIC)
        for name, values in zip(UNITS, units, strict=True)
    )


def draw(city: Report, count: int, chance: random.Random, idle: Collection[int] = ()) -> list[dict[CellKey, Decimal]]:
    """The figures that are no totals of `count` balanced reports that add up to `city`; `idle` ones had no applications.

    The first is the report of the government itself.
    """
    form, drawn = load_form(city.edition), dict[CellKey, Shares]()
    for cell in form.cells:
        if cell not in definitions(form):
            out = idle if cell.table in {"requests", "review"} else ()
            drawn[cell] = _split(city.values[cell] or Decimal(0), count, out, chance)
    _settle_documents(drawn, city, count)
    _settle_requests(drawn, form)
    return [{cell: each[unit] for cell, each in drawn.items()} for unit in range(count)]


def _split(whole: Decimal, count: int, out: Collection[int], chance: random.Random) -> Shares:
    """`whole` in `count` parts, in steps of its last printed digit; those of `out` are 0."""
    exponent = whole.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    cuts = sorted(chance.randint(0, int(whole / step)) for _ in range(count - len(out) - 1))
    parts = (step * (after - before) for before, after in pairwise([0, *cuts, int(whole / step)]))
    return [Decimal(0) if unit in out else next(parts) for unit in range(count)]


def _settle_documents(drawn: dict[CellKey, Shares], city: Report, count: int) -> None:
    """Only the government itself makes 规章; no unit issued more documents than it has in force."""
    for column in ("issued", "repealed", "in_force"):
        cell = CellKey("documents", "regulation", column)
        drawn[cell] = [city.values[cell] or Decimal(0), *[Decimal(0)] * (count - 1)]
    issued, in_force = (CellKey("documents", "normative_document", column) for column in ("issued", "in_force"))
    drawn[issued] = _within(sum(drawn[issued], Decimal(0)), drawn[in_force])


def _settle_requests(drawn: dict[CellKey, Shares], form: Form) -> None:
    """What was received follows from the rest, so that every column of every unit balances."""
    table = form.tables["requests"]
    for column in table.columns[:-1]:
        outcomes = [row.key for row in table.rows if row.key.startswith("outcome.") and row.key != "outcome.total"]
        cells = [CellKey(table.key, row, column.key) for row in (*outcomes, "carried_forward")]
        handled = [sum(parts, Decimal(0)) for parts in zip(*(drawn[cell] for cell in cells), strict=True)]
        before, received = (CellKey(table.key, row, column.key) for row in ("brought_forward", "received"))
        drawn[before] = _within(sum(drawn[before], Decimal(0)), handled)
        drawn[received] = [whole - part for whole, part in zip(handled, drawn[before], strict=True)]


def _within(whole: Decimal, limits: Iterable[Decimal]) -> Shares:
    """`whole` dealt out evenly, no share above its limit."""
    room = list(limits)
    dealt = [Decimal(0) for _ in room]
    while whole:
        for unit, limit in enumerate(room):
            if whole and dealt[unit] < limit:
                dealt[unit] += 1
                whole -= 1
    return dealt
