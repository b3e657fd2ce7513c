"""How a figure stands to last year's, and a part to its whole, in words that claim no more than the figures do."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from ..figures import show

LEAST = 30
"""Of fewer than so many 件 no percentage is stated: one 件 would be more than three per cent."""
MOST = 1000
"""A growth above so many per cent is stated as a multiple of last year's figure."""
_ALL = 100
_TENTH = Decimal("0.1")


def growth(now: Decimal | None, before: Decimal | None) -> str:
    """How a number of 件 stands to last year's, as words that follow what was counted; "" where nothing can be said.

    Nothing is said of blanks, of two zeros and of what cannot be a number of 件; no percentage where last year's number is
    below LEAST, and where it would be, or round to, 0 or a fall to nothing.
    """
    if now is None or before is None or min(now, before) < 0 or now == before == 0:
        return ""
    if before == 0:
        return "上年为0件"
    if now == before:
        return "与上年持平"
    change = f"比上年{'增加' if now > before else '减少'}{show(abs(now - before))}件"
    return "，".join(filter(None, (change, _relation(now, before))))


def share(part: Decimal | None, whole: Decimal | None) -> str:
    """How many per cent of `whole` its `part` is; "" where `whole` is below LEAST, `part` is none of it, or rounding hides either."""
    if part is None or whole is None or not 0 < part <= whole or whole < LEAST:
        return ""
    if part == whole:
        return "100%"
    per_cent = _rounded(100 * part / whole)
    return f"{per_cent}%" if 0 < per_cent < _ALL else ""


def _relation(now: Decimal, before: Decimal) -> str:
    if before < LEAST:
        return ""
    per_cent = 100 * (now - before) / before
    if per_cent > MOST:
        return f"是上年的{_rounded(now / before)}倍"
    rounded = _rounded(abs(per_cent))
    if now > before:
        return f"增长{rounded}%" if rounded else ""
    return f"下降{rounded}%" if 0 < rounded < _ALL else ""


def _rounded(value: Decimal) -> Decimal:
    """`value` to one decimal, halves up: 12.25 is 12.3."""
    return value.quantize(_TENTH, ROUND_HALF_UP)
