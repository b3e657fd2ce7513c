"""Balance rules and totals as native Excel formulas.  Text only; no function newer than Excel 2010."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..equation import Term
from ..places import SheetPlace
from ..report import Totals
from ..rules import Assertion, Outcome
from .layout import MODE, Layout, refer

PLACES = 6
"""Decimals kept when sides are compared: finer than 0.01 元 in 万元, coarser than binary dust."""


class CheckFormulas(NamedTuple):
    """The row of one assertion on 勾稽校验: both sides, the gap, and ✓, ✗ or 未填."""

    left: str
    right: str
    gap: str
    outcome: str


def check_formulas(assertion: Assertion, layout: Layout, sheet: str, beside: Sequence[SheetPlace]) -> CheckFormulas:
    """The formulas of `assertion` for `sheet`; `beside` are the cells of left side, right side and gap."""
    left, right, gap = (place.a1 for place in beside)
    blank = _blank(assertion, layout, sheet)
    return CheckFormulas(
        f'=IF({blank},"",{_side(assertion, assertion.left, layout, sheet)})',
        f'=IF({blank},"",{_side(assertion, assertion.right, layout, sheet)})',
        f'=IF({left}="","",ROUND({left}-{right},{PLACES}))',
        f'=IF({gap}="","{Outcome.BLANK}",IF({gap}{assertion.rule.equation.relation}0,"{Outcome.HOLDS}","{Outcome.BROKEN}"))',
    )


def broken_formula(assertion: Assertion, layout: Layout, sheet: str) -> str:
    """True while `assertion` has no blank and does not hold; for a conditional format on `sheet`."""
    left, right = (_side(assertion, terms, layout, sheet, fixed=True) for terms in (assertion.left, assertion.right))
    gap = f"ROUND({left}-({right}),{PLACES})"
    blank = _blank(assertion, layout, sheet, fixed=True)
    return f"=AND(NOT({blank}),NOT({gap}{assertion.rule.equation.relation}0))"


def total_formula(assertion: Assertion, layout: Layout) -> str:
    """What a total cell shows: its 核对数 under 手工填报, else the sum once every addend is there."""
    cell = assertion.cells[0]
    sheet = layout.cells[cell].sheet
    (typed,) = refer([layout.typed[cell]], sheet)
    (mode,) = refer([MODE], sheet, fixed=True)
    addends = [layout.cells[each] for each in assertion.cells[1:]]
    count = f"COUNT({','.join(refer(addends, sheet))})<{len(addends)}"
    stated = f'IF({typed}="","",{typed})'
    summed = f'IF({count},"",ROUND({_side(assertion, assertion.right, layout, sheet)},{PLACES}))'
    return f'=IF({mode}="{Totals.TYPED}",{stated},{summed})'


def _blank(assertion: Assertion, layout: Layout, sheet: str, *, fixed: bool = False) -> str:
    """True while a cell of `assertion` holds no number."""
    places = [layout.cells[cell] for cell in assertion.cells]
    return f"COUNT({','.join(refer(places, sheet, fixed=fixed))})<{len(places)}"


def _side(assertion: Assertion, terms: tuple[Term, ...], layout: Layout, sheet: str, *, fixed: bool = False) -> str:
    """``D6+D7``, or ``SUM(D8:D28)`` where there are many."""

    def place(term: Term) -> SheetPlace:
        return layout.cells[assertion.cell(term.name)]

    if len(terms) > 2 and all(term.sign > 0 and not term.constant for term in terms):  # noqa: PLR2004
        return f"SUM({','.join(refer([place(term) for term in terms], sheet, fixed=fixed))})"
    texts = [term.name if term.constant else refer([place(term)], sheet, fixed=fixed)[0] for term in terms]
    signed = "".join(("+" if term.sign > 0 else "-") + text for term, text in zip(terms, texts, strict=True))
    return signed.removeprefix("+")
