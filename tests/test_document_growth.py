from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import MOST
from nianbao.document.growth import growth, share

GROWTH = [
    # this year, last year, what is said
    (126, 114, "比上年增加12件，增长10.5%"),
    (114, 126, "比上年减少12件，下降9.5%"),
    (126, 126, "与上年持平"),
    (40, 30, "比上年增加10件，增长33.3%"),
    (40, 29, "比上年增加11件"),
    (2, 1, "比上年增加1件"),
    (1, 2, "比上年减少1件"),
    (7, 0, "上年为0件"),
    (0, 7, "比上年减少7件"),
    (0, 700, "比上年减少700件"),
    (0, 0, ""),
    (60, 30, "比上年增加30件，增长100.0%"),
    (330, 30, "比上年增加300件，增长1000.0%"),
    (331, 30, "比上年增加301件，是上年的11.0倍"),
    (3510, 30, "比上年增加3480件，是上年的117.0倍"),
    (8009, 8000, "比上年增加9件，增长0.1%"),
    (8004, 8000, "比上年增加4件，增长0.1%"),
    (8003, 8000, "比上年增加3件"),
    (449, 400, "比上年增加49件，增长12.3%"),
    (351, 400, "比上年减少49件，下降12.3%"),
    (1, 5000, "比上年减少4999件"),
    (MOST, MOST - 1, "比上年增加1件"),
    (None, 7, ""),
    (7, None, ""),
    (-3, 7, ""),
    (7, -3, ""),
]


def figure(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


@pytest.mark.parametrize(("now", "before", "words"), GROWTH)
def test_growth(now: int | None, before: int | None, words: str) -> None:
    assert growth(figure(now), figure(before)) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (41, 100, "41.0%"),
        (1, 30, "3.3%"),
        (1, 29, ""),
        (10, 80, "12.5%"),
        (1, 800, "0.1%"),
        (1, 2001, ""),
        (1999, 2000, ""),
        (30, 30, "100%"),
        (0, 30, ""),
        (31, 30, ""),
        (-1, 30, ""),
        (None, 30, ""),
        (3, None, ""),
    ],
)
def test_share(part: int | None, whole: int | None, words: str) -> None:
    assert share(figure(part), figure(whole)) == words


@given(st.integers(0, MOST), st.integers(0, MOST))
def test_a_difference_is_exact_and_a_percentage_within_half_a_tenth(now: int, before: int) -> None:
    words = growth(Decimal(now), Decimal(before))
    if before and now != before:
        assert f"{abs(now - before)}件" in words
    if words.endswith("%"):
        stated = int(words.rstrip("%").replace(".", "").split("长")[-1].split("降")[-1])
        assert 2 * abs(stated * before - 1000 * abs(now - before)) <= before
