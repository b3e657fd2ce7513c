"""What the cells beside the tables say of the rules that do not hold: as text, and as the formula that says it."""

from __future__ import annotations

from collections.abc import Sequence

from ..figures import show
from .formulas import UNLIKE
from .names import CHECKS
from .verdicts import BROKEN, EXPLAINED, HINT, HOLDS, Standing

CHECKS_FIRST = 4
"""The row of 勾稽校验 where the first assertion stands."""
_BROKEN = (BROKEN, HINT, EXPLAINED)


def check_cells(position: int) -> tuple[str, str, str, str]:
    """References to left side, right side, gap and outcome of the assertion at `position` on 勾稽校验."""
    row = CHECKS_FIRST + position
    left, right, gap, word = (f"{CHECKS}!{column}{row}" for column in "FGHI")
    return left, right, gap, word


def remark(standings: Sequence[Standing], missing: int) -> str:
    """One line on the assertions of one row: how many cells are blank, else both sides of the first broken rule, else ✓."""
    if missing:
        return f"未填 {missing} 格"
    for standing in standings:
        if standing.shown in _BROKEN:
            left, right = standing.assertion.rule.sides
            sides = f"{left} {show(standing.verdict.left)}，{right} {show(standing.verdict.right)}"
            return f"{standing.shown} {sides}，差 {_gap(standing)}"
    return HOLDS if any(standing.shown == HOLDS for standing in standings) else ""


def remark_formula(standings: Sequence[tuple[int, Standing]], missing: str) -> str:
    """The formula of `remark`; `standings` with their positions, `missing` an expression for the number of blanks."""
    holds = ",".join(f'{check_cells(position)[3]}="{HOLDS}"' for position, _ in standings)
    text = f'IF(OR({holds}),"{HOLDS}","")' if holds else '""'
    for position, standing in reversed(standings):
        left, right, gap, word = check_cells(position)
        first, second = standing.assertion.rule.sides
        sides = f'{word}&" {first} "&{left}&"，{second} "&{right}&"，差 "&{gap}'
        text = f"IF({_is_broken(word)},{sides},{text})"
    return f'=IF({missing}>0,"未填 "&{missing}&" 格",{text})'


def mark(standing: Standing) -> str:
    """The same in a narrow cell below a column: ``✗ 11≠10`` and the gap."""
    if standing.shown in _BROKEN:
        unlike = UNLIKE[standing.assertion.rule.equation.relation]
        sides = f"{show(standing.verdict.left)}{unlike}{show(standing.verdict.right)}"
        return f"{standing.shown} {sides}\n差 {_gap(standing)}"
    return HOLDS if standing.shown == HOLDS else ""


def mark_formula(position: int, standing: Standing) -> str:
    """The formula of `mark`."""
    left, right, gap, word = check_cells(position)
    unlike = UNLIKE[standing.assertion.rule.equation.relation]
    sides = f'{word}&" "&{left}&"{unlike}"&{right}&CHAR(10)&"差 "&{gap}'
    return f'=IF({_is_broken(word)},{sides},IF({word}="{HOLDS}","{HOLDS}",""))'


def _is_broken(word: str) -> str:
    choices = [f'{word}="{each}"' for each in _BROKEN]
    return f"OR({','.join(choices)})"


def _gap(standing: Standing) -> str:
    _, left, right = standing.verdict
    return "" if left is None or right is None else show(left - right)
