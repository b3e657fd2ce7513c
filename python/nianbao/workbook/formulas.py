"""Balance rules and totals as native Excel formulas.  Text only; no function newer than Excel 2010."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from ..equation import Relation, Term
from ..form import CellKey, is_last_year
from ..places import SheetPlace
from ..report import Totals
from ..rules import Assertion
from .layout import MODE, Layout, refer, reference
from .names import PLACES
from .verdicts import NO_LAST_YEAR, UNFILLED, broken_word

UNLIKE: dict[Relation, str] = {"=": "≠", ">=": "<", "<=": ">"}
"""How the sides of a broken rule stand to one another, by its relation."""


class CheckFormulas(NamedTuple):
    """The row of one assertion on 勾稽校验: both sides, the gap, and how it stands."""

    left: str
    right: str
    gap: str
    word: str


@cache
def check_formulas(assertion: Assertion, layout: Layout, sheet: str, beside: tuple[SheetPlace, ...]) -> CheckFormulas:
    """The formulas of `assertion` for `sheet`; `beside` are the cells of left side, right side and gap."""
    left, right, gap = (place.a1 for place in beside)
    blank = _blank(assertion, layout, sheet)
    holds = f'IF({gap}{assertion.rule.equation.relation}0,"✓","{broken_word(assertion)}")'
    return CheckFormulas(
        f'=IF({blank},"",{_side(assertion, assertion.left, layout, sheet)})',
        f'=IF({left}="","",{_side(assertion, assertion.right, layout, sheet)})',
        f'=IF({left}="","",ROUND({left}-{right},{PLACES}))',
        f'=IF({gap}="",{_why_blank(assertion, layout, sheet)},{holds})',
    )


@cache
def broken_formula(assertion: Assertion, layout: Layout, sheet: str) -> str:
    """True while `assertion` has no blank and does not hold; for a conditional format on `sheet`."""
    left, right = (_side(assertion, terms, layout, sheet, fixed=True) for terms in (assertion.left, assertion.right))
    gap = f"ROUND({left}-({right}),{PLACES})"
    blank = _blank(assertion, layout, sheet, fixed=True)
    return f"=AND(NOT({blank}),NOT({gap}{assertion.rule.equation.relation}0))"


@cache
def total_formula(assertion: Assertion, layout: Layout) -> str:
    """What a total cell shows: its 核对数 under 手工填报, else the sum once every addend is there."""
    cell = assertion.cells[0]
    sheet = layout.cells[cell].sheet
    typed, mode = reference(layout.typed[cell], sheet), reference(MODE, sheet, fixed=True)
    stated = f'IF({typed}="",{nothing(cell, layout)},{typed})'
    summed = (
        f'IF({_too_few(assertion.cells[1:], layout, sheet)},"",'
        f"ROUND({_side(assertion, assertion.right, layout, sheet)},{PLACES}))"
    )
    return f'=IF({mode}="{Totals.TYPED}",{stated},{summed})'


def zero_formula(cell: CellKey, layout: Layout) -> str:
    """What an entry cell shows until something is typed over it: 0 once blanks are declared to be zero."""
    return f"={nothing(cell, layout)}"


def nothing(cell: CellKey, layout: Layout) -> str:
    """What a blank at `cell` stands for, as seen from its own sheet."""
    return f'IF({_closed(cell, layout, layout.cells[cell].sheet)}=1,0,"")'


def _closed(cell: CellKey, layout: Layout, sheet: str) -> str:
    return reference(layout.closed_on[layout.at(cell).sheet], sheet, fixed=True)


@cache
def _years(assertion: Assertion) -> tuple[tuple[CellKey, ...], tuple[CellKey, ...]]:
    """The cells of this year, and those of the last."""
    before = tuple(filter(is_last_year, assertion.cells))
    return tuple(cell for cell in assertion.cells if cell not in before), before


@cache
def _cells(assertion: Assertion) -> Mapping[str, CellKey]:
    """The cells by the names that terms have for them."""
    names = (term.name for term in assertion.left + assertion.right if not term.constant)
    return dict(zip(names, assertion.cells, strict=True))


@cache
def _ranges(cells: tuple[CellKey, ...], layout: Layout, sheet: str, *, fixed: bool) -> str:
    return ",".join(refer(sorted(map(layout.at, cells)), sheet, fixed=fixed))


def _blank(assertion: Assertion, layout: Layout, sheet: str, *, fixed: bool = False) -> str:
    """True while a figure of `assertion` is missing."""
    now, before = _years(assertion)
    missing = _too_few(now, layout, sheet, fixed=fixed)
    return f"OR({missing},{_count(before, layout, sheet, fixed=fixed)})" if before else missing


def _why_blank(assertion: Assertion, layout: Layout, sheet: str) -> str:
    _, before = _years(assertion)
    return f'IF({_count(before, layout, sheet)},"{NO_LAST_YEAR}","{UNFILLED}")' if before else f'"{UNFILLED}"'


def _too_few(cells: tuple[CellKey, ...], layout: Layout, sheet: str, *, fixed: bool = False) -> str:
    """True while one of `cells` of this year holds no number and is not declared to be zero."""
    ranges = _ranges(cells, layout, sheet, fixed=fixed)
    return f"{missing_formula(ranges, len(cells), _closed(cells[0], layout, sheet))}>0"


def _count(cells: tuple[CellKey, ...], layout: Layout, sheet: str, *, fixed: bool = False) -> str:
    return f"COUNT({_ranges(cells, layout, sheet, fixed=fixed)})<{len(cells)}"


def missing_formula(ranges: str, count: int, closed: str) -> str:
    """How many of the `count` cells in `ranges` hold no number; where blanks are zero (`closed` is 1), how many hold words."""
    return f"(IF({closed}=1,COUNTA({ranges}),{count})-COUNT({ranges}))"


def _side(assertion: Assertion, terms: tuple[Term, ...], layout: Layout, sheet: str, *, fixed: bool = False) -> str:
    """``D6+D7``, or ``SUM(D8:D28)`` where there are many; ``N(D6)``, 0 even in LibreOffice while D6 is empty."""
    cells = _cells(assertion)
    if len(terms) > 2 and all(term.sign > 0 and not term.constant for term in terms):  # noqa: PLR2004
        return f"SUM({_ranges(tuple(cells[term.name] for term in terms), layout, sheet, fixed=fixed)})"
    texts = [
        term.name if term.constant else reference(layout.at(cells[term.name]), sheet, fixed=fixed) for term in terms
    ]
    if len(terms) == 1 and not terms[0].constant:
        texts = [f"N({texts[0]})"]
    signed = "".join(("+" if term.sign > 0 else "-") + text for term, text in zip(terms, texts, strict=True))
    return signed.removeprefix("+")
