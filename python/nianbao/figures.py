"""Reads the figures people write: ``　0``, ``1,234``, ``减33``, ``429.1万``, ``/``.

Nothing is guessed: what is not one number for certain is refused and keeps its raw text.
"""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
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


_SPACE = re.compile("[\\s\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
_DASHES = str.maketrans(dict.fromkeys("−–—―‐‑‒﹣─", "-"))
_NUMBER = r"(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d+)?"
_PLAIN = re.compile(rf"([+-]?)({_NUMBER})")
_CHANGE = re.compile(rf"(减少|减|下降|增加|增|新增)({_NUMBER})(?:项|件|个|条)?")
_COUNTED = re.compile(rf"([+-]?)({_NUMBER})(?:件|项|条|个|份|起|宗|次|部)")
_MONEY = re.compile(rf"([+-]?)({_NUMBER})(亿元|亿|万元|万|元)")
_PLACEHOLDER = re.compile(r"[-/\\*]+|无|无数据|不涉及|未涉及|暂无")
_WAN = {"亿元": Decimal(10000), "亿": Decimal(10000), "万元": Decimal(1), "万": Decimal(1), "元": Decimal("0.0001")}


def read_figure(raw: object, kind: Kind) -> Figure:
    """The figure in a cell of `kind`; `raw` is text, a number of a spreadsheet, or None."""
    if raw is None:
        return Figure(None, "", Flag.BLANK)
    if isinstance(raw, str):
        return _from_text(raw, kind)
    if isinstance(raw, (int, float, Decimal)) and not isinstance(raw, bool) and math.isfinite(raw):
        # repr of a float is the shortest text that means it: what the spreadsheet shows, without binary dust.
        return Figure(tidy(Decimal(repr(raw) if isinstance(raw, float) else raw)), str(raw), Flag.PLAIN)
    return Figure(None, str(raw), Flag.REFUSED)


def tidy(value: Decimal) -> Decimal:
    """`value` without exponent, trailing zeros and negative zero."""
    if value == value.to_integral_value():
        return Decimal(int(value))
    return Decimal(f"{value:f}".rstrip("0"))


def show(value: Decimal | None) -> str:
    """`value` as it is printed; "" for a blank."""
    return "" if value is None else f"{tidy(value):f}"


def _from_text(raw: str, kind: Kind) -> Figure:
    text = unicodedata.normalize("NFKC", raw).translate(_DASHES).strip()
    text = _SPACE.sub(" ", text).strip()
    if not text:
        return Figure(None, raw, Flag.BLANK)
    if _PLACEHOLDER.fullmatch(text.replace(" ", "")):
        return Figure(None, raw, Flag.PLACEHOLDER)
    if re.search(r"\d \d|[,.] |\d [,.]", text):  # two numbers, or one with a hole in it
        return Figure(None, raw, Flag.REFUSED)
    text = text.replace(" ", "")
    if match := _PLAIN.fullmatch(text):
        return Figure(_signed(*match.groups()), raw, Flag.PLAIN)
    value = _converted(text, kind)
    return Figure(value, raw, Flag.REFUSED if value is None else Flag.CONVERTED)


def _converted(text: str, kind: Kind) -> Decimal | None:
    if kind == "change" and (match := _CHANGE.fullmatch(text)):
        return _signed("-" if match[1] in {"减少", "减", "下降"} else "", match[2])
    if kind != "amount" and (match := _COUNTED.fullmatch(text)):
        return _signed(match[1], match[2])
    if kind == "amount" and (match := _MONEY.fullmatch(text)):
        return tidy(_signed(match[1], match[2]) * _WAN[match[3]])
    return None


def _signed(sign: str, digits: str) -> Decimal:
    value = Decimal(digits.replace(",", ""))
    return tidy(-value if sign == "-" else value)
