"""A report with broken balances, and the corrections of it that are possible, the likeliest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from ..findings import Suspect
from ..form import CellKey, Form, Kind
from ..rules import Assertion
from ..totals import definitions
from .equations import Figures, Gaps, Moves, after_sums, moves
from .slips import Change, judged, weight
from .solving import Steps

_POSSIBLE: Mapping[Kind, Callable[[Decimal], bool]] = {
    "count": lambda value: value >= 0 and value == value.to_integral_value(),
    "change": lambda value: value == value.to_integral_value(),
    "amount": lambda value: value >= 0,
}
Changes = tuple[Change, ...]
"""Cells that are to be changed together."""


class Case(NamedTuple):
    """A report with broken balances.

    `tested`: the equations without a blank; `broken`: those of them that do not hold.  `before`: what cells have to be
    after last year's report.  `summed`: the totals are formulas.
    """

    form: Form
    known: Figures
    before: Figures
    summed: bool
    tested: frozenset[Assertion]
    broken: Gaps

    @property
    def alone(self) -> Moves:
        """What each cell does."""
        return moves(self.form, self.tested)

    @property
    def with_totals(self) -> Moves:
        """What each figure does that the totals were added up from."""
        return after_sums(self.form, self.tested)

    def _is_possible(self, cell: CellKey, value: Decimal) -> bool:
        return _POSSIBLE[self.form.kind(cell)](value)

    def ranked(self, gaps: Gaps, found: Iterable[Steps]) -> list[Changes]:
        """Those of `found` that the form allows, the likeliest first.

        A figure that cannot be right, such as -3, is surely wrong: a correction that leaves it as it is is none.
        """
        allowed = [changes for steps in found if (changes := self._changes(steps))]
        cells = {cell for each in gaps for cell in each.cells}
        wrong = {cell for cell in cells if not self._is_possible(cell, self.known[cell])}
        mending = [each for each in allowed if wrong <= {change.cell for change in each}] if wrong else []
        return sorted(mending or allowed, key=self._rank)

    def _changes(self, steps: Steps) -> Changes:
        """`steps` as changes of what is written; () where a cell is blank or cannot hold what it would come to."""
        known = self.known
        if not all(cell in known and self._is_possible(cell, known[cell] + step) for cell, step in steps.items()):
            return ()
        ordered = sorted(steps, key=self.form.order.__getitem__)
        return tuple(judged(self.form, known, self.before, cell, known[cell] + steps[cell]) for cell in ordered)

    def _rank(self, changes: Changes) -> tuple[int, ...]:
        return (-weight(changes), *(self.form.order[change.cell] for change in changes))

    def lead_rank(self, changes: Changes) -> tuple[int, ...]:
        """The rank of the figure that a hand wrote, its total apart."""
        totals = definitions(self.form)
        return self._rank((min(changes, key=lambda change: change.cell in totals),))


def suspect(change: Change, why: str) -> Suspect:
    """The cell of `change` as a suspect."""
    return Suspect(change.cell, change.meant, why)
