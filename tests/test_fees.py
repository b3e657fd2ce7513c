"""What chapter six owes on the processing fee, and what it says by itself."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nianbao.fees import fee_sentence
from nianbao.report import Fee

NOT_CHARGED, CHARGED = Fee(charged=False), Fee(charged=True, pieces=Decimal(3), yuan=Decimal("120.50"))
SENTENCES = [
    (Fee(), ""),
    (NOT_CHARGED, "本年度未收取信息处理费。"),
    (CHARGED, "本年度收取信息处理费3件，共120.5元。"),
    (Fee(charged=True), ""),
    (Fee(charged=True, pieces=Decimal(3)), ""),
    (Fee(charged=True, yuan=Decimal(30)), ""),
    (Fee(pieces=Decimal(3), yuan=Decimal(30)), ""),
    (CHARGED._replace(charged=False), "本年度未收取信息处理费。"),
]


@pytest.mark.parametrize(("fee", "sentence"), SENTENCES)
def test_the_sentence_says_what_is_known(fee: Fee, sentence: str) -> None:
    assert fee_sentence(fee, "") == sentence
    assert fee_sentence(fee, "无其他需要报告的事项。") == sentence


@pytest.mark.parametrize("fee", [NOT_CHARGED, CHARGED])
def test_an_office_that_wrote_of_the_fee_is_left_its_own_words(fee: Fee) -> None:
    assert fee_sentence(fee, "其他事项。\n信息处理费收取2件。") == ""
