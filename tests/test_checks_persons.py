"""N18: numbers of persons.  All numbers here are invented; the identity numbers are of nobody."""

from __future__ import annotations

import pytest

from builders import busy_report, shared
from nianbao.checks.persons import n18_personal
from nianbao.importing.files import read_file
from nianbao.reading import Reading

# The first digits of no place that exists (11 99 99), and a day that never was.
OLD_IDENTITY = "119999000230001"
CARD = "6200000000000000000"
MOBILE = "13900000012"


def checked(number: str) -> str:
    """An identity number with the check digit that its first 17 digits ask for."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True)) % 11
    return number[:17] + "10X98765432"[rest]


IDENTITY, OTHER_IDENTITY = checked("11999919000230001"), checked("11999919000230004")
WRONG = IDENTITY[:17] + ("1" if IDENTITY[17] != "1" else "2")
PERSONAL = [
    (f"答复张某（{IDENTITY}）的申请。", "身份证号", IDENTITY),
    (f"身份证号：{IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}。", "身份证号", IDENTITY),
    (f"身份证号为{OLD_IDENTITY}的申请人。", "身份证号", OLD_IDENTITY),
    (f"向张某（{MOBILE}）送达答复。", "手机号", MOBILE),
    (f"申请人手机{MOBILE}，已告知。", "手机号", MOBILE),
    ("向张某（139 0000 0012）送达。", "手机号", MOBILE),
    ("向张某（１３９０００００１２３）送达。", "手机号", "13900000123"),
    (f"费用退回银行卡{CARD}。", "银行卡号", CARD),
]
HONEST = [
    "",
    f"联系电话：{MOBILE}。",
    f"咨询电话\n{MOBILE}",
    f"申请人可拨打咨询电话{MOBILE}。",
    "电话：0577-12345678，邮编：325000。",
    f"邮箱：{MOBILE}@example.cn。",
    f"网址 http://example.cn/{MOBILE}.html。",
    f"投资{MOBILE}元。",
    f"文件编号：{MOBILE}。",
    "手机139****0012。",
    "1 3 9 0 0 0 0 0 0 1 2",
    "139000000123456",
    "3.13900000012",
    f"代码{WRONG}。",
    "统一社会信用代码91110000MA00000000。",
    f"批文号{OLD_IDENTITY}。",
    "缴款账号：6200000000000000001。",
    "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
]


def found(text: str, key: str = "overview") -> list[str]:
    reading = Reading("年报.xlsx", busy_report()._replace(texts={key: text}))
    return [each.message for each in n18_personal(reading, reading.form)]


@pytest.mark.parametrize(("text", "kind", "number"), PERSONAL)
def test_numbers_of_persons_are_told_and_not_repeated(text: str, kind: str, number: str) -> None:
    (message,) = found(text)
    assert kind in message
    assert f"“{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}”" in message
    assert number not in "".join(message.split())
    assert number[4:10] not in message


@pytest.mark.parametrize("text", HONEST)
def test_other_numbers(text: str) -> None:
    assert not found(text)


def test_two_numbers_of_one_sentence_are_both_hidden() -> None:
    messages = found(f"张某，{IDENTITY}，{MOBILE}，{OTHER_IDENTITY}。")
    assert len(messages) == 2
    assert not any(number in message for message in messages for number in (IDENTITY, MOBILE, OTHER_IDENTITY))


def test_the_introduction_names_the_offices_own_telephone() -> None:
    assert not found(f"如有疑问，请与综合科（{MOBILE}）商洽。", "intro")
    assert found(f"张某（{IDENTITY}）", "intro")


def test_real_reports_name_nobody() -> None:
    for path in [*shared().glob("data/*/*.txt"), *shared().glob("data/*/*.pdf")]:
        for reading in read_file(path):
            assert not list(n18_personal(reading, reading.form)), path
