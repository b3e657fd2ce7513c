"""Suspects: the cells that, set right, would make broken balances hold again.

Balances that hold speak for the cells they contain.  A cell stands out if all its balances, and no others, are
broken and ask for the same change of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from .figures import show
from .findings import Suspect
from .form import CellKey, Form, Kind
from .rules import Assertion, Outcome, all_assertions

Gaps = Mapping[Assertion, Decimal]
Figures = Mapping[CellKey, Decimal]

_POSSIBLE: Mapping[Kind, Callable[[Decimal], bool]] = {
    "count": lambda value: value >= 0 and value == value.to_integral_value(),
    "change": lambda value: value == value.to_integral_value(),
    "amount": lambda value: value >= 0,
}


class Diagnosis(NamedTuple):
    """Broken equations linked by common cells, and the cells in question; `unique`: that one cell mends them all."""

    assertions: tuple[Assertion, ...]
    suspects: tuple[Suspect, ...]
    unique: bool


class _Request(NamedTuple):
    """What several broken equations would each have instead of the figure in a cell."""

    cell: CellKey
    value: Decimal
    assertions: tuple[Assertion, ...]


def diagnose(form: Form, values: Mapping[CellKey, Decimal | None]) -> tuple[Diagnosis, ...]:
    """Every group of broken equations with the cells in question, in the order of the form."""
    gaps = {assertion: gap for assertion in _equations(form) if (gap := _gap(assertion, values))}
    known = {cell: value for cell, value in values.items() if value is not None}
    groups = sorted(_linked(gaps), key=lambda group: min(form.order[cell] for each in group for cell in each.cells))
    return tuple(_diagnosis(form, known, {each: gaps[each] for each in gaps if each in group}) for group in groups)


def demanded(form: Form, values: Mapping[CellKey, Decimal | None], cell: CellKey) -> Mapping[Assertion, Decimal]:
    """What each equation with `cell` in it demands of the cell, as far as its other cells are known."""
    others = {**values, cell: Decimal(0)}
    found = {}
    for assertion in _equations(form):
        weight = _weights(assertion).get(cell, 0)
        verdict = assertion.verdict(others)
        if weight and verdict.left is not None and verdict.right is not None:
            found[assertion] = (verdict.right - verdict.left) / weight
    return found


def slip(written: Decimal, meant: Decimal) -> str:
    """How the hand slipped when it wrote one figure for another, as far as it shows; "" where it does not."""
    if written == -meant:
        return "正负号填反"
    wrong, right = show(written), show(meant)
    if not (wrong + right).isdecimal() or "0" in {wrong, right}:
        return ""
    if right in _shorter(wrong):
        return "多写一位"
    if wrong in _shorter(right):
        return "少写一位"
    return "两位数字颠倒" if wrong in _swapped(right) else ""


def _shorter(digits: str) -> set[str]:
    return {digits[:at] + digits[at + 1 :] for at in range(len(digits))}


def _swapped(digits: str) -> set[str]:
    return {digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(len(digits) - 1)}


@cache
def _equations(form: Form) -> tuple[Assertion, ...]:
    return tuple(each for each in all_assertions(form) if each.rule.equation.relation == "=")


@cache
def _equations_of(form: Form) -> Mapping[CellKey, frozenset[Assertion]]:
    found: dict[CellKey, set[Assertion]] = {}
    for assertion in _equations(form):
        for cell in assertion.cells:
            found.setdefault(cell, set()).add(assertion)
    return {cell: frozenset(assertions) for cell, assertions in found.items()}


def _gap(assertion: Assertion, values: Mapping[CellKey, Decimal | None]) -> Decimal | None:
    """By how much the left side of a broken equation exceeds the right one."""
    outcome, left, right = assertion.verdict(values)
    return None if outcome is not Outcome.BROKEN or left is None or right is None else left - right


def _linked(assertions: Iterable[Assertion]) -> list[list[Assertion]]:
    """`assertions` parted into groups that have no cell in common with one another."""
    groups: list[list[Assertion]] = []
    for assertion in assertions:
        cells = set(assertion.cells)
        apart = [group for group in groups if all(cells.isdisjoint(each.cells) for each in group)]
        joined = [each for group in groups if group not in apart for each in group]
        groups = [*apart, [*joined, assertion]]
    return groups


def _diagnosis(form: Form, known: Figures, broken: Gaps) -> Diagnosis:
    requests = sorted(_requests(known, broken), key=lambda request: form.order[request.cell])
    possible = [request for request in requests if _POSSIBLE[form.kind(request.cell)](request.value)]
    of_cell = _equations_of(form)
    mending = [each for each in possible if of_cell[each.cell] == set(each.assertions) == broken.keys()]
    crossing = [each for each in possible if len(each.assertions) > 1]
    suspects = (Suspect(each.cell, each.value, _why(each, known)) for each in mending or crossing)
    return Diagnosis(tuple(broken), tuple(suspects), unique=len(mending) == 1)


def _requests(known: Figures, broken: Gaps) -> Iterator[_Request]:
    """Every figure that `broken` ask for, with all that ask for it."""
    asking: dict[tuple[CellKey, Decimal], list[Assertion]] = {}
    for assertion, gap in broken.items():
        for cell, weight in _weights(assertion).items():
            asking.setdefault((cell, known[cell] - gap / weight), []).append(assertion)
    for (cell, value), assertions in asking.items():
        yield _Request(cell, value, tuple(assertions))


@cache
def _weights(assertion: Assertion) -> Mapping[CellKey, int]:
    """How often each cell counts in the left side less the right one, where it counts."""
    signs = [term.sign for term in assertion.left if not term.constant]
    signs += [-term.sign for term in assertion.right if not term.constant]
    found: dict[CellKey, int] = {}
    for cell, sign in zip(assertion.cells, signs, strict=True):
        found[cell] = found.get(cell, 0) + sign
    return {cell: weight for cell, weight in found.items() if weight}


def _why(request: _Request, known: Figures) -> str:
    lines: dict[str, list[str]] = {}
    for assertion in sorted(request.assertions, key=lambda each: each.rule.for_each != "row"):
        lines.setdefault(_this_line(assertion), []).append(assertion.rule.id)
    named = "与".join(f"{line}（{'、'.join(ids)}）" for line, ids in lines.items())
    broken = "都不平，差额相同" if len(request.assertions) > 1 else "不平"
    slipped = slip(known[request.cell], request.value)
    return named + broken + (f"，像是{slipped}" if slipped else "")


def _this_line(assertion: Assertion) -> str:
    if assertion.rule.for_each == "column":
        return "本列"
    return "本部分" if assertion.table.printed == "across" else "本行"
