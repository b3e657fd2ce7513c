"""Numbers that belong to a person and have no place in a published report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Severity
from ..form import INTRO, SIGNATURE, Form
from ..reading import Reading
from .prose import Sentence, as_written, told

_NARROW = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
_BEFORE, _BEHIND = r"(?<![\dA-Za-z._/=-])", r"(?![\dA-Za-z@_]|\.\d)"
_IDENTITY = rf"{_BEFORE}(?:\d{{6}} ?\d{{8}} ?\d{{3}}[\dXx]|\d{{15}}){_BEHIND}"
# Not before a unit: that is an amount.
_MOBILE = (
    rf"{_BEFORE}(?:\+?86[ -]?)?(1[3-9]\d(?:[ -]?\d{{4}}){{2}}){_BEHIND}(?!\s*(?:平方|元|万|亿|件|条|次|人|份|个|项|户))"
)
_CARD = rf"{_BEFORE}(?:\d{{16,19}}|\d{{4}}(?: \d{{4}}){{3}}(?: \d{{1,3}})?){_BEHIND}"
_DIGITS = re.compile(r"\d(?:[ -]?\d){10}")
_PROVINCES = frozenset(
    map(str, (*range(11, 16), 21, 22, 23, *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)))
)
"""The first two digits of identity numbers."""
_WEIGHTS, _CHECK = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
"""The check digit of GB 11643: each digit by its weight, and the letter for what is left of the sum by 11."""
_OLD = 15
"""Digits of an identity number before 1999, which has no check digit."""
_BANK = "62"
"""What numbers of cards of Chinese banks begin with; others are cards only where a card is spoken of."""
_CONTACT = ("联系", "咨询", "电话", "热线", "传真", "邮编", "邮箱", "地址", "客服", "值班")
_PERSON = ("申请人", "当事人", "投诉人", "举报人", "信访人", "来信人", "原告", "村民", "居民", "身份证")
_OFFICES_OWN = ("咨询", "监督", "服务", "办公", "受理", "拨打", "值班", "热线", "可与", "可向")
_NO_PHONE = ("编号", "文号", "单号", "案号", "证号", "账号", "备案号", "代码", "编码")
_NEAR = 20
"""Characters before a sentence that may still say whose number it gives."""


def n18_personal(reading: Reading, form: Form) -> Iterator[Finding]:
    """文字里没有个人的身份证号、手机号、银行卡号（单位对外公布的联系电话除外）。"""
    before = ""
    for written in as_written(reading, form):
        if _DIGITS.search(written.text):
            text = written.text.translate(_NARROW)
            for kind, number in _numbers(written.key, text, before[-_NEAR:]):
                yield _personal(written, text, kind, number)
        before = written.text


def _numbers(key: str, text: str, before: str) -> Iterator[tuple[str, str]]:
    """The numbers of a person that stand in a sentence, the first of each kind."""
    identities = (found[0].replace(" ", "").upper() for found in re.finditer(_IDENTITY, text))
    cards = (found[0].replace(" ", "") for found in re.finditer(_CARD, text))
    phones = re.finditer(_MOBILE, text) if key not in {INTRO, *SIGNATURE} and _is_personal(text, before) else iter(())
    is_card_spoken_of = "卡号" in text or "银行卡" in text
    identity = next((each for each in identities if _is_identity(each, text)), "")
    phone = next((each[1] for each in phones if not _is_no_phone(text[: each.start()])), "")
    card = next((each for each in cards if (is_card_spoken_of or each.startswith(_BANK)) and _is_card(each)), "")
    found = (("身份证号", identity), ("手机号", phone), ("银行卡号", card))
    return ((kind, number) for kind, number in found if number)


def _personal(sentence: Sentence, text: str, kind: str, number: str) -> Finding:
    own = "；是单位对外的电话的，请写明“联系电话”" if kind == "手机号" else ""
    what = f"“{_masked(number)}”像是个人的{kind}，属于个人信息，不应公布。请删去，或隐去中间的数字{own}。"
    hidden = "".join(re.sub(r"\d(?:[ -]?[\dXx]){9,}", lambda found: _masked(found[0]), text).split())
    return told("N18", Severity.WARNING, sentence._replace(text=hidden), what, max(0, hidden.find(_masked(number))))


def _masked(number: str) -> str:
    """``138******78``: nobody reads a number of a person in what a check says."""
    bare = re.sub(r"[ -]", "", number)
    return f"{bare[:3]}{'*' * (len(bare) - 5)}{bare[-2:]}"


def _is_identity(number: str, text: str) -> bool:
    if len(number) == _OLD:
        return number[:2] in _PROVINCES and _is_day(number[8:12]) and ("身份" in text or "证件" in text)
    check = _CHECK[sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % len(_CHECK)]
    return number[:2] in _PROVINCES and number[6:8] in {"19", "20"} and _is_day(number[10:14]) and number[-1] == check


def _is_day(digits: str) -> bool:
    """Whether four digits are a month and a day."""
    return 1 <= int(digits[:2]) <= 12 and 1 <= int(digits[2:]) <= 31  # noqa: PLR2004 - the calendar


def _is_personal(text: str, before: str) -> bool:
    """Whether a telephone number is not the office's own."""
    if any(word in text for word in _PERSON):
        return not any(word in text for word in _OFFICES_OWN)
    return not any(word in before + text for word in _CONTACT)


def _is_no_phone(before: str) -> bool:
    """Whether the words before a number call it something else."""
    return before.rstrip(" ：:为是").endswith(_NO_PHONE)


def _is_card(number: str) -> bool:
    """Luhn: every second digit from the right doubled, its digits added, all together a multiple of ten."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
