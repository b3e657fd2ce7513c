"""Reads the figures people write: ``　0``, ``1,234``, ``减33``, ``429.1万``, ``/``.

Nothing is guessed: what is not one number for certain is refused and keeps its raw text.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .form import Kind


class Flag(StrEnum):
    """What reading a figure took."""

    PLAIN = "plain"
    BLANK = "blank"
    CONVERTED = "converted"
    """A word or unit was turned into a sign or a factor."""
    PLACEHOLDER = "placeholder"
    """A mark that stands for "nothing to say", such as ``/`` or 无."""
    REFUSED = "refused"
    """Not one number for certain."""


class Figure(NamedTuple):
    """What stood in a cell: the number in 件, 项 or 万元 (None unless there is one), and the raw text."""

    value: Decimal | None
    raw: str
    flag: Flag


_BLANK = Figure(None, "", Flag.BLANK)
_NUMBER = r"(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d+)?"
_FIGURE = re.compile(
    rf"(减少|减|下降|增加|新增|增|[+-])?({_NUMBER})(亿元|亿|万元|万|元|件|项|条|个|份|起|宗|次|部)?", re.ASCII
)
_LESS = frozenset({"减少", "减", "下降", "-"})
_WAN = {"亿元": Decimal(10000), "亿": Decimal(10000), "万元": Decimal(1), "万": Decimal(1), "元": Decimal("0.0001")}
_NOTHING = frozenset({"无", "无数据", "不涉及", "未涉及", "暂无"})
_DIGITS = frozenset("0123456789,.")
EXACT = 15
"""Digits that a number of a spreadsheet keeps; a longer one has lost some already."""
LONGEST = 24
"""Characters of the longest figure that is read; sums of such figures stay exact."""
# Full-width signs become narrow, dashes of every kind a minus, what has no width a space.  Nothing else is folded: 5² is not 52.
_UNIFIED = (
    {0xFF01 + offset: 0x21 + offset for offset in range(94)}
    | dict.fromkeys(map(ord, "−–—―‐‑‒﹣─"), "-")
    | dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), " ")
)


def read_figure(raw: object, kind: Kind) -> Figure:
    """The figure in a cell of `kind`; `raw` is text, a number of a spreadsheet, or None."""
    if type(raw) is float:
        return _from_float(raw)
    if raw is None:
        return _BLANK
    if isinstance(raw, str):
        return _from_text(raw, kind)
    return _of_number(raw)


@lru_cache(maxsize=16384)
def _from_float(raw: float) -> Figure:
    return _of_number(raw)


def _of_number(raw: object) -> Figure:
    value = _from_number(raw)
    return Figure(value, str(raw), Flag.REFUSED if value is None else Flag.PLAIN)


def _from_number(raw: object) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, Decimal)):
        return None
    # 15 digits are what a spreadsheet shows of a number; what binary arithmetic adds behind them is dust.
    value = Decimal(f"{raw:.15g}" if isinstance(raw, float) else raw)
    if not value.is_finite() or abs(value.adjusted()) >= LONGEST:
        return None
    has_lost = isinstance(raw, float) and value.adjusted() >= EXACT and value != Decimal(raw)
    return None if has_lost else tidy(value)


def tidy(value: Decimal) -> Decimal:
    """`value` without exponent, trailing zeros and negative zero."""
    if value == value.to_integral_value():
        return Decimal(int(value))
    return Decimal(f"{value:f}".rstrip("0"))


def show(value: Decimal | None) -> str:
    """`value` as it is printed; "" for a blank."""
    return "" if value is None else f"{tidy(value):f}"


@lru_cache(maxsize=4096)
def _from_text(raw: str, kind: Kind) -> Figure:
    parts = raw.translate(_UNIFIED).split()
    text = "".join(parts)
    if not text:
        return Figure(None, raw, Flag.BLANK)
    if text in _NOTHING or not text.strip("-/\\*"):
        return Figure(None, raw, Flag.PLACEHOLDER)
    match = _FIGURE.fullmatch(text)
    if match is None or len(text) > LONGEST or _has_gap(parts):
        return Figure(None, raw, Flag.REFUSED)
    return _of_match(match, raw, kind)


def _has_gap(parts: list[str]) -> bool:
    """Whether white space stands inside the digits: two numbers, or one with a hole in it."""
    return any(left[-1] in _DIGITS and right[0] in _DIGITS for left, right in pairwise(parts))


def _of_match(match: re.Match[str], raw: str, kind: Kind) -> Figure:
    sign, digits, unit = match.groups()
    in_words = sign not in {None, "+", "-"}
    if (in_words and kind != "change") or (unit is not None and (unit in _WAN) != (kind == "amount")):
        return Figure(None, raw, Flag.REFUSED)
    value = Decimal(digits.replace(",", "")) * _WAN.get(unit, 1)
    flag = Flag.CONVERTED if in_words or unit else Flag.PLAIN
    return Figure(tidy(value.copy_negate() if sign in _LESS else value), raw, flag)
