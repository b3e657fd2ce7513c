"""What is wrong with the balances of a report, group by group, and which corrections would mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from types import MappingProxyType

from ..form import CellKey, Form
from ..report import Totals
from ..rules import Assertion
from . import words
from .cases import Case, Changes, suspect
from .equations import Figures, Gaps, Values, effects, linked
from .equations import gaps as all_gaps
from .results import Diagnosis, Together, stated
from .slips import taken_over, weight
from .solving import pairs, singles

_COLUMNS = 3
"""Columns out of balance under which every figure is listed, the total's included: under more it would tell nothing."""
_MARKED = 3
"""How much more has to speak for a correction that stands out: a match with last year, or two figures exchanged."""
_NO_FIGURES: Figures = MappingProxyType({})
_Told = tuple[Changes, Together]


def diagnose(
    form: Form, values: Values, last: Figures = _NO_FIGURES, totals: Totals = Totals.TYPED
) -> tuple[Diagnosis, ...]:
    """Every group of broken equations with the cells in question, in the order of the form.

    `last`: last year's figures that the report is compared with, as far as they are known.
    """
    tested = all_gaps(form, values)
    broken = {assertion: gap for assertion, gap in tested.items() if gap}
    if not broken:
        return ()
    known = {cell: value for cell, value in values.items() if value is not None}
    case = Case(form, known, taken_over(form, last), totals is Totals.AUTOMATIC, frozenset(tested), broken)
    groups = ({each: broken[each] for each in broken if each in group} for group in linked(broken))
    found = _diagnoses(case, groups)
    return tuple(sorted(found, key=lambda each: min(form.order[cell] for a in each.assertions for cell in a.cells)))


def _diagnoses(case: Case, groups: Iterable[Gaps]) -> Iterator[Diagnosis]:
    """One cell for each group of equations; else two, for it or for several of a table; else what several ask for."""
    sums: dict[str, list[Gaps]] = {}
    left: dict[str, list[Gaps]] = {}
    for gaps in groups:
        table = next(iter(gaps)).table.key
        if all(each.defines is None for each in gaps):
            sums.setdefault(table, []).append(gaps)
        elif one := _one(case, gaps):
            yield one
        else:
            left.setdefault(table, []).append(gaps)
    for several in sums.values():
        yield _under_sums(case, _united(several))
    for several in left.values():
        yield from _by_two(case, several)


def _united(groups: Iterable[Gaps]) -> Gaps:
    return {assertion: gap for gaps in groups for assertion, gap in gaps.items()}


def _one(case: Case, gaps: Gaps) -> Diagnosis | None:
    """The group, if one cell mends it."""
    found = case.ranked(gaps, ({cell: step} for cell, step in singles(case.alone, gaps)))
    if not found:
        return None
    every = effects(case.form)
    whole = all(every[change.cell].keys() == gaps.keys() for (change,) in found)
    remark = words.around(case.broken, gaps, whole=whole, only=len(found) == 1)
    told = [(suspect(change, words.why_one(gaps, change) + remark),) for (change,) in found]
    return stated(gaps, told, told, case.alone.effects, unique=whole and len(found) == 1 < len(gaps))


def _by_two(case: Case, groups: Sequence[Gaps]) -> Iterator[Diagnosis]:
    """Groups that no one cell mends; two may also have broken several groups, along a line that holds."""
    rest = []
    for gaps in groups:
        if two := _pairs(case, gaps):
            yield _paired(case, gaps, two)
        else:
            rest.append(gaps)
    united = _united(rest)
    if two := _pairs(case, united) if len(rest) > 1 else []:
        yield _paired(case, united, two)
    else:
        yield from (_several(case, gaps) for gaps in rest)


def _pairs(case: Case, gaps: Gaps) -> list[_Told]:
    """Every two cells that mend the group."""
    remark = words.around(case.broken, gaps)
    every = case.alone.effects
    found = []
    for pair in case.ranked(gaps, pairs(case.alone, gaps)):
        own = [[each for each in gaps if each in every[change.cell]] for change in pair]
        whys = (words.why_two(case.form, pair, at, own[at]) + remark for at in (0, 1))
        found.append((pair, tuple(map(suspect, pair, whys))))
    return found


def _paired(case: Case, gaps: Gaps, two: Sequence[_Told]) -> Diagnosis:
    told = [together for _, together in two]
    found = stated(gaps, told, told, case.alone.effects)
    return found._replace(stands_out=_stands_out([weight(changes) for changes, _ in two]))


def _under_sums(case: Case, gaps: Gaps) -> Diagnosis:
    """Equations out of balance although every total is the sum of its parts: figures that the totals were added up from."""
    two = [] if case.summed else [*_alone(case, gaps), *_pairs(case, gaps)]
    few = len(gaps) <= _COLUMNS
    whole = _before_sums(case, gaps, singles(case.with_totals, gaps)) if few else []
    part = _before_sums(case, gaps, _by_column(case, gaps)) if few and not whole else []
    known = {change.cell for changes, _ in two for change in changes}
    more = [told for told in whole or part if told[0][0].cell not in known]
    every = sorted([*two, *more], key=lambda each: case.lead_rank(each[0]))
    told = [together for _, together in every]
    reached = {**case.alone.effects, **case.with_totals.effects}
    if part or not few:
        return stated(gaps, told, [], reached)
    marked = _stands_out([-case.lead_rank(changes)[0] for changes, _ in every])
    return stated(gaps, told, told, reached)._replace(stands_out=marked)


def _stands_out(weights: Sequence[int]) -> bool:
    return len(weights) > 1 and weights[0] - weights[1] >= _MARKED


def _alone(case: Case, gaps: Gaps) -> list[_Told]:
    """Cells beside blanks that mend equations about sums."""
    found = case.ranked(gaps, ({cell: step} for cell, step in singles(case.alone, gaps)))
    remark = words.around(case.broken, gaps, whole=False)
    return [(changes, (suspect(changes[0], words.why_one(gaps, changes[0]) + remark),)) for changes in found]


def _by_column(case: Case, gaps: Gaps) -> Iterator[tuple[CellKey, Decimal]]:
    """Figures of the columns that are out of balance, each as it would mend its own."""
    for cell, effect in case.with_totals.effects.items():
        own = next((each for each in effect if each.line.key in cell and each in gaps), None)
        if own and effect.keys() <= gaps.keys():
            yield cell, -gaps[own] / effect[own]


def _before_sums(case: Case, gaps: Gaps, steps: Iterable[tuple[CellKey, Decimal]]) -> list[_Told]:
    """Figures that the totals follow; only the figure itself has to be written right."""
    every = case.with_totals.effects
    why = words.why_summed(summed=case.summed)
    found: list[_Told] = []
    for changes in case.ranked(gaps, ({cell: step} for cell, step in steps)):
        own = [each for each in gaps if each in every[changes[0].cell]]
        found.append((changes, (suspect(changes[0], words.why_one(own, changes[0], why)),)))
    return found


def _several(case: Case, gaps: Gaps) -> Diagnosis:
    """A group that takes three cells or more: those of which several equations ask the same."""
    every = case.alone.effects
    asking: dict[tuple[CellKey, Decimal], list[Assertion]] = {}
    for assertion, gap in gaps.items():
        for cell in assertion.cells:
            if counts := every[cell].get(assertion):
                asking.setdefault((cell, -gap / counts), []).append(assertion)
    told = []
    for (change,) in case.ranked(gaps, ({cell: step} for (cell, step), each in asking.items() if len(each) > 1)):
        asked = asking[change.cell, change.meant - change.written]
        told.append((suspect(change, words.why_one(asked, change)),))
    return stated(gaps, told, [], every)
