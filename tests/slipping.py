"""Slips of the hand, planted in sound reports: drawn the same in each run, by kind, and what the diagnosis makes of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from builders import AGENCY, APPLICANTS, YEARS, plus
from nianbao.findings import Suspect
from nianbao.form import CellKey, Form
from nianbao.formfile import EDITIONS, load_form
from nianbao.report import Report, Totals
from nianbao.reportjson import from_data
from nianbao.suspects import diagnose, hint
from nianbao.totals import computed, definitions

Wrong = Mapping[CellKey, Decimal]
CERTAIN = "若只填错"


def _scaled(value: Decimal, by: int, chance: Random) -> Decimal:
    return value / by if value and not value % by and chance.random() < 0.5 else value * by


def _at(digits: str, chance: Random) -> int:
    return chance.randrange(len(digits))


def _swapped(value: Decimal, chance: Random) -> Decimal:
    digits = str(value)
    at = _at(digits, chance)
    return Decimal(digits[:at] + digits[at : at + 2][::-1] + digits[at + 2 :])


def _doubled(value: Decimal, chance: Random) -> Decimal:
    digits = str(value)
    at = _at(digits, chance)
    return Decimal(digits[: at + 1] + digits[at:])


def _dropped(value: Decimal, chance: Random) -> Decimal:
    digits = str(value)
    at = _at(digits, chance)
    return Decimal(digits[:at] + digits[at + 1 :] or "0")


def _added(value: Decimal, chance: Random) -> Decimal:
    digits = str(value)
    at = chance.randrange(len(digits) + 1)
    return Decimal(digits[:at] + str(chance.randrange(10)) + digits[at:])


def _misread(value: Decimal, chance: Random) -> Decimal:
    digits = str(value)
    at = _at(digits, chance)
    return Decimal(digits[:at] + str(chance.randrange(10)) + digits[at + 1 :])


HANDS: Mapping[str, Callable[[Decimal, Random], Decimal]] = {
    "两位颠倒": _swapped,
    "多写一遍": _doubled,
    "漏一位": _dropped,
    "添一位": _added,
    "错一位": _misread,
    "正负号": lambda value, _: -value,
    "差一万倍": lambda value, chance: _scaled(value, 10000, chance),
    "差十倍": lambda value, chance: _scaled(value, 10, chance),
    "差百倍": lambda value, chance: _scaled(value, 100, chance),
}
NEIGHBOUR = "抄邻格"
ONE = (*HANDS, NEIGHBOUR)


class Planted(NamedTuple):
    """A report with slips, the report that it should be, and the cells in which the hand slipped."""

    wrong: Report
    sound: Report
    cells: frozenset[CellKey]


class Verdict(NamedTuple):
    """What the diagnosis makes of one planted report.

    `seen`: some equation is broken.  `listed`: every true cell is a candidate.  `first`: the first candidates are the true
    cells with their figures.  `named`: they are named as the only ones.  `misled`: others are named so, or are `unique`.
    """

    seen: bool
    listed: bool = False
    first: bool = False
    named: bool = False
    misled: bool = False


def judged(planted: Planted) -> Verdict:
    """The verdict on `planted`."""
    report = planted.wrong
    form = load_form(report.edition).holding(report.values)
    found = diagnose(form, report.values, report.last, report.totals)
    if not found:
        return Verdict(seen=False)
    sole = [each for each in found if CERTAIN in hint(form, report.values, each)]
    named = [*(each.corrections[0] for each in sole), *(each.suspects for each in found if each.unique)]
    return Verdict(
        seen=True,
        listed={suspect.cell for each in found for suspect in each.suspects} >= planted.cells,
        first=_are_true(planted, [each.corrections[0] if each.corrections else each.suspects[:1] for each in found]),
        named=_are_true(planted, named),
        misled=any(suspect.value != planted.sound.values[suspect.cell] for each in named for suspect in each),
    )


def _are_true(planted: Planted, found: Sequence[Sequence[Suspect]]) -> bool:
    """Whether all that is `found` is right, and no slip is missing."""
    every = [suspect for each in found for suspect in each]
    right = all(suspect.value == planted.sound.values[suspect.cell] for suspect in every)
    return right and {suspect.cell for suspect in every} >= planted.cells


def _cells(form: Form, table: str) -> tuple[CellKey, ...]:
    return form.cells_of[table]


def _near(form: Form, cell: CellKey) -> list[CellKey]:
    table = form.tables[cell.table]
    rows, columns = ([line.key for line in table.lines(axis)] for axis in ("row", "column"))
    row, column = rows.index(cell.row), columns.index(cell.column)
    beside = [(row, column - 1), (row, column + 1), (row - 1, column), (row + 1, column)]
    return [CellKey(cell.table, rows[r], columns[c]) for r, c in beside if 0 <= r < len(rows) and 0 <= c < len(columns)]


def _value(report: Report, cell: CellKey) -> Decimal:
    return report.values[cell] or Decimal(0)


def slipped(report: Report, cell: CellKey, kind: str, chance: Random) -> Decimal:
    """What a hand writes that slips as `kind` says where `cell` should be written."""
    if kind == NEIGHBOUR:
        return _value(report, chance.choice(_near(load_form(report.edition), cell)))
    return HANDS[kind](_value(report, cell), chance)


def planted(report: Report, wrong: Wrong) -> Planted | None:
    """`report` with `wrong` figures, if each of them is wrong."""
    if any(value == report.values[cell] for cell, value in wrong.items()):
        return None
    return Planted(report._replace(values={**report.values, **wrong}), report, frozenset(wrong))


def _tries(make: Callable[[], Planted | None]) -> Planted:
    return next(each for each in (make() for _ in range(100_000)) if each)


def one_slip(reports: Sequence[Report], kind: str, chance: Random, table: str = "requests") -> Planted:
    """One cell of `table` falsified."""

    def make() -> Planted | None:
        report = chance.choice(reports)
        cell = chance.choice(_cells(load_form(report.edition), table))
        return planted(report, {cell: slipped(report, cell, kind, chance)})

    return _tries(make)


Pair = Callable[[Report, Random], Wrong]


def _two(report: Report, chance: Random, same: str = "") -> Wrong:
    """Two independent slips, in one line where `same` says so."""
    first = chance.choice(_cells(load_form(report.edition), "requests"))
    others = [each for each in _cells(load_form(report.edition), "requests") if each != first]
    second = chance.choice([each for each in others if not same or getattr(each, same) == getattr(first, same)])
    return {cell: slipped(report, cell, chance.choice(ONE), chance) for cell in (first, second)}


def _shifted(report: Report, chance: Random) -> Wrong:
    """A figure that stands in the neighbour's cell, its own left empty, that is 0."""
    form = load_form(report.edition)
    cell = chance.choice(_cells(form, "requests"))
    return {cell: Decimal(0), chance.choice(_near(form, cell)): _value(report, cell)}


def _exchanged(report: Report, chance: Random, near: bool) -> Wrong:  # noqa: FBT001
    form = load_form(report.edition)
    cell = chance.choice(_cells(form, "requests"))
    other = chance.choice(_near(form, cell) if near else _cells(form, "requests"))
    return {cell: _value(report, other), other: _value(report, cell)}


def _both_added(report: Report, chance: Random) -> Wrong:
    cells = chance.sample(_cells(load_form(report.edition), "requests"), 2)
    more = chance.choice((1, 2, 3, 7, 10, 25, 100))
    return {cell: _value(report, cell) + more for cell in cells}


def _with_row_total(report: Report, chance: Random) -> Wrong:
    """A slip that the total of the row was added up from."""
    cells = [each for each in _cells(load_form(report.edition), "requests") if each.column != "total"]
    return _followed(report, chance, chance.choice(cells), {"column": "total"})


def _with_column_total(report: Report, chance: Random) -> Wrong:
    """A slip that the total of the outcomes of a column was added up from."""
    cells = [
        each
        for each in _cells(load_form(report.edition), "requests")
        if each.row.startswith("outcome.") and each.row != "outcome.total"
    ]
    return _followed(report, chance, chance.choice(cells), {"row": "outcome.total"})


def _followed(report: Report, chance: Random, cell: CellKey, at: Mapping[str, str]) -> Wrong:
    wrong, total = slipped(report, cell, chance.choice(ONE), chance), cell._replace(**at)
    return {cell: wrong, total: _value(report, total) + wrong - _value(report, cell)}


TWO: Mapping[str, Pair] = {
    "两处各错各的": _two,
    "同行两处": lambda report, chance: _two(report, chance, "row"),
    "同列两处": lambda report, chance: _two(report, chance, "column"),
    "错填到邻格": _shifted,
    "邻格对调": lambda report, chance: _exchanged(report, chance, near=True),
    "任意两格对调": lambda report, chance: _exchanged(report, chance, near=False),
    "两处多同一个数": _both_added,
    "错数带进行总计": _with_row_total,
    "错数带进列合计": _with_column_total,
}


def two_slips(reports: Sequence[Report], kind: str, chance: Random) -> Planted:
    """Two cells of table three falsified."""

    def make() -> Planted | None:
        report = chance.choice(reports)
        wrong = TWO[kind](report, chance)
        return planted(report, wrong) if len(wrong) == 2 else None

    return _tries(make)


def summed_slip(reports: Sequence[Report], kind: str, chance: Random, totals: Totals) -> Planted:
    """One figure falsified before the totals were added up."""

    def make() -> Planted | None:
        report = chance.choice(reports)
        form = load_form(report.edition)
        cell = chance.choice([each for each in _cells(form, "requests") if each not in definitions(form)])
        found = planted(report, {cell: slipped(report, cell, kind, chance)})
        if found is None:
            return None
        values = {**found.wrong.values, **computed(found.wrong.values, form)}
        return found._replace(wrong=found.wrong._replace(values=values, totals=totals))

    return _tries(make)


def _drawn(edition: str, most: int, chance: Random) -> Report:
    """A sound report with figures up to `most`, zeros among them."""
    form = load_form(edition)
    values: dict[CellKey, Decimal | None] = dict.fromkeys(form.cells, Decimal(0))
    few = most < 20
    for cell in (*_cells(form, "requests"), *_cells(form, "review")):
        if chance.random() < (0.12 if few else 0.5):
            values[cell] = Decimal(chance.randint(1, chance.choice((9, most, most))))
    values |= computed(values, form)
    for column in APPLICANTS:
        received, brought, total, carried = (
            CellKey("requests", row, column)
            for row in ("received", "brought_forward", "outcome.total", "carried_forward")
        )
        due = plus(values, [total, carried])
        values[brought] = min(due, plus(values, [brought]))
        values[received] = due - plus(values, [brought])
    return Report(edition, YEARS[edition], AGENCY, values | computed(values, form))


@cache
def families() -> tuple[Report, ...]:
    """Sound reports of small, middling and large offices, of both editions; drawn, the same in each run."""
    chance = Random(8)
    return tuple(
        _drawn(edition, most, chance) for most in (9, 60, 900, 20000) for edition in EDITIONS for _ in range(5)
    )


def published() -> tuple[Report, ...]:
    """The published reports beside this checkout that balance; () where they are missing."""
    data = Path(__file__).parents[2] / "shared" / "data"
    paths = sorted([*data.glob("reports/*.json"), *data.glob("seeds/*.json")])
    found = (from_data(json.loads(path.read_text("utf-8")), path.name).report for path in paths)
    return tuple(each for each in found if _is_sound(each))


def _is_sound(report: Report) -> bool:
    form = load_form(report.edition)
    cells = (*_cells(form, "requests"), *_cells(form, "review"))
    return all(report.values.get(cell) is not None for cell in cells) and not diagnose(form, report.values)


class Row(NamedTuple):
    """What was found of many slips of one kind."""

    group: str
    kind: str
    verdicts: tuple[Verdict, ...]

    @property
    def seen(self) -> list[Verdict]:
        """Of slips that break a rule at all."""
        return [each for each in self.verdicts if each.seen]

    def share(self, what: str) -> float:
        """How many of those seen are `what`, of one."""
        seen = self.seen
        return sum(getattr(each, what) for each in seen) / len(seen) if seen else 1.0


GROUPS = ("一格", "两格", "表四", "自动合计", "公布的合计")


def trials(reports: Sequence[Report], group: str, kind: str, count: int, seed: int = 2000) -> Iterator[Planted]:
    """`count` slips of one kind, the same in each run."""
    chance = Random(f"{seed} {group} {kind}")
    for _ in range(count):
        if group == "一格":
            yield one_slip(reports, kind, chance)
        elif group == "两格":
            yield two_slips(reports, kind, chance)
        elif group == "表四":
            yield one_slip(reports, kind, chance, "review")
        else:
            yield summed_slip(reports, kind, chance, Totals.AUTOMATIC if group == "自动合计" else Totals.TYPED)


def measured(reports: Sequence[Report], group: str, count: int) -> list[Row]:
    """About `count` slips of the kinds of `group`."""
    kinds = [*TWO] if group == "两格" else [*ONE]
    each = -(-count // len(kinds))
    return [Row(group, kind, tuple(map(judged, trials(reports, group, kind, each)))) for kind in kinds]
