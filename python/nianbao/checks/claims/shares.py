"""Percentages in the texts, computed again where both numbers that they come from are there (N09)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ...figures import show
from ...findings import Finding, Severity
from ..prose import Sentence, told
from .numbers import NUMBER, last_place, number
from .passages import Report

_PERCENT = r"(?P<percent>\d+(?:\.\d+)?)%"
_MEASURE = r"(?P<unit>万?(?:件|条|份|宗|起|个|项|例|篇|次|人次|人|期|场|家|元))"
_FIGURE = rf"(?<![\d.])(?P<n>{NUMBER}){_MEASURE}"
_SHARE = rf"{_FIGURE}[，,（(]?占(?:比|总数|总量|总件数|申请总数|申请总量|总申请量|全部申请|比重|比例|的|为|[到达])*{_PERCENT}(?!个?百分点)"
_UP, _DOWN = r"上升|增加|增长|上涨|提高|增", r"减少|下降|降低|下滑|减"
_THEN = r"(?:20\d\d年|上一?年|去年)(?:度)?(?:同期)?的?"
_GROWTH = (
    (
        rf"{_FIGURE}[，,（(]?(?:较|比|与|同比)?(?:{_THEN})?(?:相比)?[，,]?(?:同比)?(?P<way>{_UP}|{_DOWN})了?"
        rf"(?P<more>{NUMBER})(?P=unit)[，,、]?(?:同比)?(?:增幅|降幅|涨幅|增长率|{_UP}|{_DOWN})(?:为|达到?)?{_PERCENT}"
    ),
    (
        rf"{_FIGURE}[，,（(]?(?:较|比|与){_THEN}(?P<then>{NUMBER})(?P=unit)(?:相比)?[，,]?(?:同比)?(?P<way>{_UP}|{_DOWN})了?{_PERCENT}"
    ),
    (
        rf"[由从](?:{_THEN})?的?(?P<then>{NUMBER})(?P<unit>件|条|份|篇|次|人次|项|万元|元)(?P<way>{_UP}|{_DOWN})[到至为](?:20\d\d年|今年|本年)?的?"
        rf"(?P<n>{NUMBER})(?P=unit)[，,]?(?:同比)?(?:增幅|降幅|涨幅|{_UP}|{_DOWN})(?:为|达到?)?{_PERCENT}"
    ),
)
_SINCE = rf"申请(?:共计?|数量)?{_FIGURE}[，,（(]?(?:同比|[较比]{_THEN})(?:相比)?[，,]?(?:同比)?(?P<way>{_UP}|{_DOWN})了?{_PERCENT}"
_VAGUE = r"约|近|超|逾|多|余|以上|不足|左右|全[市区县省]发文|占全"
_CHANGES = re.compile(r"[比较同由从].*[增升涨减降滑]")
_HUNDRED = Decimal(100)
_CAME = ("received", "brought_forward")


def wrong_shares(sentence: Sentence, report: Report) -> Iterator[Finding]:
    """The percentages of a passage that do not come out of the numbers beside them."""
    text = sentence.text
    for found in re.finditer(_SHARE, text) if "占" in text else ():
        yield from _share(found, sentence)
    for pattern in _GROWTH if _CHANGES.search(text) else ():
        for found in re.finditer(pattern, text):
            yield from _growth(found, sentence)
    for found in re.finditer(_SINCE, text) if report.last else ():
        yield from _since_last_year(found, sentence, report)


def _share(found: re.Match[str], sentence: Sentence) -> Iterator[Finding]:
    before = sentence.text[: found.start()]
    part, wholes = number(found["n"]), _same(before, found["unit"])
    # The whole stands before 其中, or in a sentence that is not looked at.
    held = [
        whole for whole in _same(before[: max(0, before.rfind("其中"))], found["unit"]) if part and whole >= part.value
    ]
    if part is None or not held or re.search(_VAGUE, sentence.text[: found.end()]):
        return
    if not any(_is_percent(part.value / whole, found["percent"]) for whole in wholes):
        yield _told(sentence, found, part.value / held[-1], f"{show(part.value)}÷{show(held[-1])}")


def _same(text: str, unit: str) -> list[Decimal]:
    """The numbers of `text` that count in `unit`, zero left out."""
    said = (number(each["n"]) for each in re.finditer(_FIGURE, text) if each["unit"] == unit)
    return [each.value for each in said if each and each.value]


def _growth(found: re.Match[str], sentence: Sentence) -> Iterator[Finding]:
    said = found.groupdict()
    now, other = number(said["n"]), number(said.get("then") or said["more"])
    if now is None or other is None or now.slack or other.slack or re.search(_VAGUE, found[0]):
        return
    grew = bool(re.fullmatch(_UP, said["way"]))
    # The change may be one of a number that stands farther off.
    nows = [now.value, *_same(sentence.text[: found.start()], said["unit"])]
    thens = [other.value if said.get("then") else each + (-other.value if grew else other.value) for each in nows]
    pairs = [(each, then) for each, then in zip(nows, thens, strict=True) if then > 0]
    shares = [(each - then) / then * (1 if grew else -1) for each, then in pairs]
    if shares and not any(_is_percent(share, found["percent"]) for share in shares):
        yield _told(sentence, found, shares[0], f"{show(pairs[0][0])} 与 {show(pairs[0][1])} 相比")


def _since_last_year(found: re.Match[str], sentence: Sentence, report: Report) -> Iterator[Finding]:
    """A change against last year, whose number only last year's report has."""
    now = number(found["n"])
    this = [report.cell(f"requests/{row}/total") for row in _CAME]
    last = [report.last.get(part.cells[0]) for part in this]
    if now is None or None in last or None in [part.value for part in this] or re.search(_VAGUE, found[0]):
        return
    came, before = (part.value or Decimal(0) for part in this)
    came_then, before_then = (value or Decimal(0) for value in last)
    thens = [then for then in (came_then, came_then + before_then) if then]
    if not thens or now.value not in {came, came + before}:
        return
    sign = 1 if re.fullmatch(_UP, found["way"]) else -1
    if any(_is_percent(sign * (now.value - then) / then, found["percent"]) for then in thens):
        return
    then = thens[0] if now.value == came else thens[-1]
    yield _told(sentence, found, sign * (now.value - then) / then, f"{show(now.value)} 与上年报告的 {show(then)} 相比")


def _is_percent(share: Decimal, printed: str) -> bool:
    """Whether `share` can be printed so, rounded or cut off."""
    exact, said, step = share * _HUNDRED, Decimal(printed), last_place(printed)
    return abs(exact - said) <= step / 2 or said <= exact < said + step


def _told(sentence: Sentence, found: re.Match[str], share: Decimal, how: str) -> Finding:
    step = last_place(found["percent"])
    right = (share * _HUNDRED).quantize(min(step, Decimal("0.01")))
    what = f"写的是 {found['percent']}%，按句中的数计算（{how}）应是 {show(right)}%。请核对后改正百分比或件数。"
    finding = told("N09", Severity.WARNING, sentence, what, found.start("percent"))
    return finding._replace(left=Decimal(found["percent"]), right=right)
