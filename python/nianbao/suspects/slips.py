"""How a hand slips, and how likely that makes a correction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from ..figures import show
from ..form import CellKey, Form, last_year
from ..rules import Assertion, all_continuity
from .equations import Figures

_WAN = 10000
_LONG = 3
"""Digits from which a likeness is hardly chance: one figure in five of two digits is another with one digit wrong."""
_PLAIN = 10
"""Figures below this stand everywhere: that a neighbour has the same says nothing."""
_EXCHANGED, _STRONG, _LIKE, _WEAK, _AGAINST = 8, 4, 2, 1, -3


class Likeness(NamedTuple):
    """How much speaks for a slip, and in words what."""

    weight: int
    words: str


class Change(NamedTuple):
    """A cell, what is written there, what it would have to be, and what speaks for that."""

    cell: CellKey
    written: Decimal
    meant: Decimal
    likeness: Likeness


def slip(written: Decimal, meant: Decimal) -> str:
    """How the hand slipped when it wrote one figure for another, as far as it shows; "" where it does not."""
    if written == -meant:
        return "正负号填反"
    wrong, right = show(written), show(meant)
    if not (wrong + right).isdecimal() or "0" in {wrong, right}:
        return ""
    return _scaled(written, meant) or next((name for name, is_so in _HANDS if is_so(wrong, right)), "")


def _scaled(written: Decimal, meant: Decimal) -> str:
    if _WAN in {written / meant, meant / written}:
        return "少乘了一万" if meant > written else "多乘了一万"
    if written == meant * 100:
        return "多写两个0"
    return "少写两个0" if meant == written * 100 else ""


def _is_shorter(short: str, long: str) -> bool:
    """Whether `short` is `long` without one digit."""
    return short in {long[:at] + long[at + 1 :] for at in range(len(long))}


def _is_swapped(wrong: str, right: str) -> bool:
    return wrong in {right[:at] + right[at + 1] + right[at] + right[at + 2 :] for at in range(len(right) - 1)}


def _is_misread(wrong: str, right: str) -> bool:
    same = [one == other for one, other in zip(wrong, right, strict=False)]
    return len(wrong) == len(right) >= _LONG and same.count(False) == 1


_HANDS = (
    ("多写一位", lambda wrong, right: _is_shorter(right, wrong)),
    ("少写一位", _is_shorter),
    ("两位数字颠倒", _is_swapped),
    ("一位数字写错", _is_misread),
)


@cache
def _opening(form: Form) -> Mapping[CellKey, Assertion]:
    """The rule that says what each cell takes over from last year's report."""
    return {each.defines: each for each in all_continuity(form) if each.defines is not None and each.opens}


def taken_over(form: Form, last: Figures) -> Mapping[CellKey, Decimal]:
    """What cells have to be after last year's report, as far as it is known."""
    if not last:
        return {}
    figures = {last_year(cell): value for cell, value in last.items()}
    due = {cell: assertion.due(figures) for cell, assertion in _opening(form).items()}
    return {cell: value for cell, value in due.items() if value is not None}


def judged(form: Form, known: Figures, before: Figures, cell: CellKey, meant: Decimal) -> Change:
    """The change of `cell` to `meant`; `before` is what cells have to be after last year's report."""
    written = known[cell]
    hand = slip(written, meant)
    if hand:
        long = max(len(show(written)), len(show(meant))) >= _LONG
        found = [Likeness(_LIKE if long else _WEAK, f"像是{hand}")]
    else:
        found = list(_misplaced(form, known, cell, meant))[:1]
    if before.get(cell) == meant:
        found.append(Likeness(_STRONG, "改后与上年报告的结转数相等"))
    elif before.get(cell) == written:
        found.append(Likeness(_AGAINST, "但现填数与上年报告的结转数相等"))
    every = Likeness(sum(each.weight for each in found), "，".join(each.words for each in found))
    return Change(cell, written, meant, every)


def _misplaced(form: Form, known: Figures, cell: CellKey, meant: Decimal) -> Iterator[Likeness]:
    """A neighbour's figure stands here, or this one's there."""
    written = known[cell]
    if max(written, meant) < _PLAIN:
        return
    for side, neighbour in _neighbours(form, cell):
        there = known.get(neighbour, Decimal(0))
        if there >= _PLAIN and there == written:
            yield Likeness(_LIKE, f"像是抄了{side}一格的数")
        if there >= _PLAIN and there == meant:
            yield Likeness(_LIKE, f"像是错填到{side}一格")


@cache
def _neighbours(form: Form, cell: CellKey) -> tuple[tuple[str, CellKey], ...]:
    table = form.tables[cell.table]
    found = []
    for key, axis, sides in (("column", table.columns, "左右"), ("row", table.rows, "上下")):
        keys = [line.key for line in axis]
        at = keys.index(getattr(cell, key))
        for side, near in zip(sides, (at - 1, at + 1), strict=True):
            if 0 <= near < len(keys):
                found.append((f"{side}边", cell._replace(**{key: keys[near]})))
    return tuple(found)


def are_exchanged(changes: Sequence[Change]) -> bool:
    """Whether two figures stand in each other's place."""
    return len(changes) > 1 and (changes[0].written, changes[0].meant) == (changes[1].meant, changes[1].written)


def weight(changes: Sequence[Change]) -> int:
    """How much speaks for changes that belong together."""
    return sum(change.likeness.weight for change in changes) + (_EXCHANGED if are_exchanged(changes) else 0)
