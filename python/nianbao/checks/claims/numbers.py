"""Numbers as sentences write them: ``1,136``, ``５``, ``十二``, ``1.2万``; what is not exact for certain is no number."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_NARROW = {0xFF10 + digit: 0x30 + digit for digit in range(10)} | {ord("％"): "%", ord("．"): "."}
_WIDE = re.compile("[０-９％．]")
_COMMA = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_GROUPED = "'"
NUMBER = r"(?:(?:\d{1,3}(?:'\d{3})+|\d+)(?:\.\d+)?[万亿]?|[零〇○一二两三四五六七八九十百千万]+)"
"""A number of a text that went through `folded`."""
_DIGITS = {letter: digit for digit, letter in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


class Number(NamedTuple):
    """A number, and by how much the exact one may differ from it: half of the last digit of 1.2万, nothing for 12."""

    value: Decimal
    slack: Decimal = Decimal(0)

    def is_that(self, value: Decimal) -> bool:
        """Whether `value` can have been written so."""
        return abs(self.value - value) <= self.slack


def folded(text: str) -> str:
    """`text` with narrow digits, and thousands parted by a mark that parts nothing else; every place stays the same."""
    return _COMMA.sub(_GROUPED, text.translate(_NARROW) if _WIDE.search(text) else text)


def number(said: str) -> Number | None:
    """The number that `said` is; 三四 and 零五 are none."""
    if not said[0].isdigit():
        value = _in_words(said)
        return None if value is None else Number(Decimal(value))
    scale = _SCALES.get(said[-1], Decimal(1))
    digits = Decimal(said.rstrip("万亿").replace(_GROUPED, ""))
    exact = scale == 1 and digits == digits.to_integral_value()
    return Number(digits * scale, Decimal(0) if exact else last_place(said.rstrip("万亿")) * scale / 2)


def last_place(printed: str) -> Decimal:
    """What one more in the last digit of `printed` would be: 0.01 of 51.85."""
    return Decimal(1).scaleb(-len(printed.partition(".")[2]))


def _in_words(said: str) -> int | None:
    high, ten_thousands, low = said.rpartition("万")
    parts = [_below_ten_thousand(part) for part in (high, low) if part or not ten_thousands]
    if None in parts or (ten_thousands and not high):
        return None
    over = _below_ten_thousand(high) or 0
    return over * 10_000 + (_below_ten_thousand(low) or 0)


def _below_ten_thousand(said: str) -> int | None:
    total, digit = 0, None
    for letter in said:
        if letter in _TENS:
            total += (1 if digit is None else digit) * _TENS[letter]
            digit = None
        elif letter not in _DIGITS or digit:
            return None
        else:
            digit = _DIGITS[letter]
    return total + (digit or 0)
