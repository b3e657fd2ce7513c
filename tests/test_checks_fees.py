"""F01, F02, F03 and F05: the processing fee in chapter six, in the fields of a workbook, and in table two."""

from __future__ import annotations

from decimal import Decimal

import pytest

from builders import busy_report, shared, zero_report
from nianbao.check import check
from nianbao.importing.files import read_file
from nianbao.reading import Reading
from nianbao.report import Fee

RULES = {"F01", "F02", "F03", "F05"}
WHOLE = {"overview": "公开若干条。", "problems": "存在不足。"}


def found(texts: dict[str, str], fee: Fee | None = None, edition: str = "2021", fees: str = "0") -> dict[str, str]:
    report = zero_report(edition, f"fees\nfee {fees}") if edition == "2021" else busy_report(edition)
    reading = Reading("年报.xlsx", report._replace(texts=texts, fee=fee or Fee(), agency="示例市水利局"))
    return {each.rule: each.message for each in check(reading) if each.rule in RULES}


def paid(pieces: int | None, yuan: str | None, *, charged: bool | None = True) -> Fee:
    return Fee(charged, None if pieces is None else Decimal(pieces), None if yuan is None else Decimal(yuan))


TOLD = [
    ({"other": "无其他需要报告的事项。"}, None, "没有写信息处理费的收取情况"),
    ({"other": "无"}, paid(None, None), "件数或金额没有填"),
    ({"other": "无"}, paid(None, None, charged=False), ""),
    ({"other": "无"}, paid(2, "420"), ""),
    ({"other": "本年度未收取信息处理费。"}, None, ""),
    ({"other": "未收取政府信息公开处理费，无其他事项。"}, None, ""),
    ({"other": "本机关依申请提供政府信息未收取任何费用。"}, None, ""),
    ({"other": "无", "requests": "未收取信息处理费。"}, None, ""),
    (WHOLE, None, "没有写信息处理费的收取情况"),
    (WHOLE | {"other": " \n"}, None, "没有写信息处理费的收取情况"),
    ({"overview": "公开若干条。"}, None, ""),
    ({"overview": "没有行政事业性收费。", "other": "无"}, None, "没有写信息处理费的收取情况"),
    ({}, None, ""),
]


@pytest.mark.parametrize(("texts", "fee", "words"), TOLD)
def test_chapter_six_tells_of_the_fee(texts: dict[str, str], fee: Fee | None, words: str) -> None:
    told = found(texts, fee)
    assert set(told) == ({"F01"} if words else set())
    assert words in told.get("F01", "")
    assert not found(texts, fee, "2019")


CONTRADICTIONS = [
    ("2023年未收取信息处理费。全年收取信息处理费2件，共420元。", None),
    ("全年收取信息处理费420元。本机关没有收取信息处理费。", None),
    ("2023年，我局未收取信息处理费。我局共收取信息处理费0.042万元。", None),
    ("本年度未收取信息处理费。", paid(2, "420")),
    ("本年度未发生依申请公开信息处理费。", paid(2, "420", charged=None)),
    ("收取信息处理费420元。", paid(None, None, charged=False)),
    ("", paid(2, "420", charged=False)),
    ("全年收取信息处理费0元。", paid(2, "420")),
]
CONSISTENT = [
    ("2023年未收取信息处理费。", None),
    ("2023年未收取信息处理费。", paid(None, None, charged=False)),
    ("2023年未收取信息处理费，无其他事项。", paid(0, "0", charged=False)),
    ("全年收取信息处理费2件，共420元。", paid(2, "420")),
    ("发出收费通知2件、总金额420元，未收取信息处理费。", None),
    ("2022年收取信息处理费420元。2023年未收取信息处理费。", None),
    ("除市医院收取信息处理费420元外，其他单位未收取信息处理费。", None),
    ("市公安局收取信息处理费420元。市水利局未收取信息处理费。", None),
    ("下属单位收取信息处理费420元。我局未收取信息处理费。", None),
    ("应收信息处理费420元。实际未收取信息处理费。", None),
    ("未收取信息处理费，收取行政事业性收费420元。", None),
    ("收取信息处理费0元。未收取信息处理费。", None),
    ("收取信息处理费420元，已全额退还。2023年未收取信息处理费。", None),
    ("按标准收取信息处理费，每件100元。本年度未收取信息处理费。", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "fee"), CONTRADICTIONS)
def test_nothing_and_an_amount(text: str, fee: Fee | None) -> None:
    told = found({"other": text}, fee)
    assert set(told) == {"F02"}
    assert "收取 420 元" in told["F02"]


@pytest.mark.parametrize(("text", "fee"), CONSISTENT)
def test_no_contradiction(text: str, fee: Fee | None) -> None:
    assert not found({"other": text}, fee)


AMOUNTS = [
    ("收取信息处理费425元。", None, "425"),
    ("收取信息处理费3件，共1,205.5元。", None, "1205.5"),
    ("收取信息处理费0.0425万元。", None, "425"),
    ("", paid(2, "425"), "425"),
    ("收取信息处理费420元。", paid(2, "420.00"), ""),
    ("收取信息处理费420.00元。", None, ""),
    ("收取信息处理费1.23万元。", None, ""),
    ("收取信息处理费约425元，平均每件33.5元。", None, ""),
    ("收取行政事业性收费12345.67元，未收取信息处理费。", None, ""),
    ("未收取信息处理费，经费支出425元。", None, ""),
    ("发出信息处理费收费通知2件，收取罚款425元。", None, ""),
]


@pytest.mark.parametrize(("text", "fee", "amount"), AMOUNTS)
def test_amounts_are_tens(text: str, fee: Fee | None, amount: str) -> None:
    told = found({"other": text}, fee)
    assert set(told) == ({"F03"} if amount else set())
    assert not amount or f"信息处理费 {amount} 元不是 10 元的整数倍" in told["F03"]


@pytest.mark.parametrize(
    ("fees", "text", "fee", "is_told"),
    [
        ("420", "收取信息处理费420元。", None, True),
        ("420", "收取信息处理费2件，共420元。", paid(2, "420"), True),
        ("420", "", paid(2, "420"), True),
        ("0.042", "收取信息处理费420元。", None, False),
        ("420.5", "收取信息处理费420元。", None, False),
        (".", "收取信息处理费420元。", None, False),
        ("~", "收取信息处理费420元。", None, False),
        ("0", "收取信息处理费0元。", None, False),
        ("420", "未收取信息处理费。", None, False),
    ],
)
def test_yuan_in_table_two(fees: str, text: str, fee: Fee | None, *, is_told: bool) -> None:
    assert ("F05" in found({"other": text}, fee, fees=fees)) is is_told


def test_real_reports_tell_of_the_fee() -> None:
    for path in [*shared().glob("data/*/*.txt"), *shared().glob("data/*/*.pdf")]:
        for reading in read_file(path):
            assert not RULES.intersection(each.rule for each in check(reading)), path
