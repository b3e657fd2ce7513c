"""The balances of a form as linear equations: what a change of each cell does to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from ..form import CellKey, Form
from ..rules import Assertion, all_assertions
from ..totals import definitions

Gaps = Mapping[Assertion, Decimal]
"""By how much the left side of each equation exceeds its right one."""
Figures = Mapping[CellKey, Decimal]
Values = Mapping[CellKey, Decimal | None]
Effect = Mapping[Assertion, int]
"""By how much each equation's gap grows when a cell grows by one."""
_NONE: Effect = MappingProxyType({})


class Moves(NamedTuple):
    """What single changes do to the equations that can be tested, and which cells do it to the same ones.

    `widest`: the most equations that one of them moves.
    """

    effects: Mapping[CellKey, Effect]
    alike: Mapping[frozenset[Assertion], Sequence[CellKey]]
    widest: int


@cache
def equations(form: Form) -> tuple[Assertion, ...]:
    """The balances of `form` that are equations."""
    return tuple(each for each in all_assertions(form) if each.rule.equation.relation == "=")


@cache
def effects(form: Form) -> Mapping[CellKey, Effect]:
    """What a change of each cell alone does."""
    found: dict[CellKey, dict[Assertion, int]] = {}
    for assertion in equations(form):
        for cell, weight in _weights(assertion).items():
            found.setdefault(cell, {})[assertion] = weight
    return found


@cache
def carried(form: Form) -> Mapping[CellKey, Effect]:
    """What a change of each cell that is no total does where the totals are added up after it."""
    found = {}
    for cell in effects(form):
        if cell not in definitions(form):
            total: dict[Assertion, int] = {}
            for moved, by in followers(form, cell).items():
                for assertion, weight in effects(form)[moved].items():
                    total[assertion] = total.get(assertion, 0) + by * weight
            found[cell] = {assertion: weight for assertion, weight in total.items() if weight}
    return found


@cache
def followers(form: Form, cell: CellKey) -> Mapping[CellKey, int]:
    """By how much `cell` and each total that is added up from it change when it changes by one."""
    found = {cell: 1}
    for total, by in _adding(form).get(cell, ()):
        for moved, more in followers(form, total).items():
            found[moved] = found.get(moved, 0) + by * more
    return found


@cache
def _adding(form: Form) -> Mapping[CellKey, tuple[tuple[CellKey, int], ...]]:
    """The totals that each cell is added to, and how often."""
    found: dict[CellKey, tuple[tuple[CellKey, int], ...]] = {}
    for total, assertion in definitions(form).items():
        for cell, weight in _weights(assertion).items():
            if cell != total:
                found[cell] = (*found.get(cell, ()), (total, -weight))
    return found


def gaps(form: Form, values: Values) -> dict[Assertion, Decimal]:
    """The gap of every equation that has no blank in it."""
    found = {}
    for assertion in equations(form):
        _, left, right = assertion.verdict(values)
        if left is not None and right is not None:
            found[assertion] = left - right
    return found


@lru_cache(maxsize=8)
def moves(form: Form, tested: frozenset[Assertion]) -> Moves:
    """What a change of each cell alone does to the equations that are `tested`."""
    return _moves(effects(form), tested)


@lru_cache(maxsize=8)
def after_sums(form: Form, tested: frozenset[Assertion]) -> Moves:
    """What a change of each cell that is no total does to them, where the totals are added up after it."""
    return _moves(carried(form), tested)


def _moves(every: Mapping[CellKey, Effect], tested: frozenset[Assertion]) -> Moves:
    seen: dict[CellKey, Effect] = {}
    alike: dict[frozenset[Assertion], list[CellKey]] = {}
    for cell, effect in every.items():
        whole = effect.keys() <= tested
        seen[cell] = effect if whole else {each: weight for each, weight in effect.items() if each in tested}
        alike.setdefault(frozenset(seen[cell]), []).append(cell)
    return Moves(seen, alike, max(map(len, alike), default=0))


def linked(assertions: Iterable[Assertion]) -> list[list[Assertion]]:
    """`assertions` parted into groups that have no cell in common with one another."""
    groups: list[list[Assertion]] = []
    for assertion in assertions:
        cells = set(assertion.cells)
        apart = [group for group in groups if all(cells.isdisjoint(each.cells) for each in group)]
        joined = [each for group in groups if group not in apart for each in group]
        groups = [*apart, [*joined, assertion]]
    return groups


def demanded(form: Form, values: Values, cell: CellKey) -> Mapping[Assertion, Decimal]:
    """What each equation with `cell` in it demands of the cell, as far as its other cells are known."""
    others = {**values, cell: Decimal(0)}
    own = effects(form).get(cell, _NONE)
    found = {}
    for assertion, weight in own.items():
        _, left, right = assertion.verdict(others)
        if left is not None and right is not None:
            found[assertion] = (right - left) / weight
    return found


@cache
def _weights(assertion: Assertion) -> Mapping[CellKey, int]:
    """How often each cell counts in the left side less the right one, where it counts."""
    signs = [term.sign for term in assertion.left if not term.constant]
    signs += [-term.sign for term in assertion.right if not term.constant]
    found: dict[CellKey, int] = {}
    for cell, sign in zip(assertion.cells, signs, strict=True):
        found[cell] = found.get(cell, 0) + sign
    return {cell: weight for cell, weight in found.items() if weight}
