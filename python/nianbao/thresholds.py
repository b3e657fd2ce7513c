"""How much is much: what rules about unusual figures compare with, and what an office may set otherwise."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Thresholds(NamedTuple):
    """Each holds for a rule or two; shares are between 0 and 1, money is 万元.

    `moved_times` and `moved_pieces`: a figure that is so many times last year's (or last year's so many times it), and so
    many 件 apart, has moved much (A14, Y03).  `other_share` and `other_pieces`: results under 其他 above both are many (B08).
    `money_times` and `money_most`: an amount that is so many times last year's, or above so much, may be in 元 (V07).
    """

    moved_times: Decimal = Decimal(3)
    moved_pieces: Decimal = Decimal(20)
    other_share: Decimal = Decimal("0.1")
    other_pieces: Decimal = Decimal(5)
    money_times: Decimal = Decimal(10_000)
    money_most: Decimal = Decimal(100_000)


STANDARD = Thresholds()
"""What holds where an office says nothing."""
