"""What diagnosing comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..findings import Suspect
from ..form import CellKey
from ..rules import Assertion
from .equations import Effect, Gaps

Together = tuple[Suspect, ...]
"""Cells that are to be changed together."""


class Diagnosis(NamedTuple):
    """Broken equations that belong together, and the cells in question, the likeliest first.

    `found`: the suspects by the equations that they would mend.  `corrections`: every smallest set of cells that mends all,
    () where none is known.  `unique`: one cell does, no other could, and at least two equations say so.
    `stands_out`: much more speaks for the first correction than for the next.
    """

    found: Mapping[Assertion, tuple[Suspect, ...]]
    suspects: tuple[Suspect, ...] = ()
    corrections: tuple[Together, ...] = ()
    unique: bool = False
    stands_out: bool = False

    @property
    def assertions(self) -> tuple[Assertion, ...]:
        """The broken equations."""
        return tuple(self.found)


def stated(
    gaps: Gaps,
    listed: Sequence[Together],
    corrections: Sequence[Together],
    reached: Mapping[CellKey, Effect],
    *,
    unique: bool = False,
) -> Diagnosis:
    """The diagnosis of one group: each suspect is `listed` with the equations that a change of it has `reached`."""
    by_key: dict[tuple[CellKey, Decimal], Suspect] = {}
    for each in (each for together in listed for each in together):
        by_key.setdefault((each.cell, each.value), each)
    suspects = tuple(by_key.values())
    found = {gap: tuple(each for each in suspects if gap in reached[each.cell]) for gap in gaps}
    return Diagnosis(found, suspects, tuple(corrections), unique)
