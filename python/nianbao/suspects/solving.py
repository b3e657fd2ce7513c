"""The smallest changes that close the gaps of broken equations, and open none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ..form import CellKey
from .equations import Effect, Gaps, Moves

Steps = Mapping[CellKey, Decimal]
"""By how much each of some cells is to change."""


def singles(moves: Moves, gaps: Gaps) -> Iterator[tuple[CellKey, Decimal]]:
    """Every cell that alone closes all of `gaps`, and by how much it is to change."""
    for cell in moves.alike.get(frozenset(gaps), ()):
        effect = moves.effects[cell]
        (step, *others) = (-gap / effect[assertion] for assertion, gap in gaps.items())
        if all(step == other for other in others):
            yield cell, step


def pairs(moves: Moves, gaps: Gaps) -> list[Steps]:
    """Every two cells that together close all of `gaps`, each needed, where the equations say by how much each changes.

    One of the two stands in the shortest broken equation; and one has an equation of its own, which says its change.
    """
    if len(gaps) > 2 * moves.widest:
        return []
    found: dict[frozenset[tuple[CellKey, Decimal]], Steps] = {}
    for cell in min(gaps, key=lambda each: len(each.cells)).cells:
        effect = moves.effects[cell]
        for step in {-gap / effect[assertion] for assertion, gap in gaps.items() if assertion in effect}:
            rest = _left(gaps, effect, step)
            for other, more in singles(moves, rest) if 0 < len(rest) <= moves.widest else ():
                if other != cell:
                    found.setdefault(frozenset({(cell, step), (other, more)}), {cell: step, other: more})
    return list(found.values())


def _left(gaps: Gaps, effect: Effect, step: Decimal) -> Gaps:
    """What is broken after a change by `step`."""
    rest = dict(gaps)
    for assertion, weight in effect.items():
        rest[assertion] = rest.get(assertion, Decimal(0)) + weight * step
        if not rest[assertion]:
            del rest[assertion]
    return rest
