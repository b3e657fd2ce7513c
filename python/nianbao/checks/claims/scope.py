"""Whether a sentence speaks of the whole office and the whole year of the report.

A number about last year, some months, one channel, one department, or all years together is another number.  Where a word
is not known to be harmless, the sentence is taken to speak of something else.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ...report import Report, shortens
from .words import DATE, YEAR, Word

_PLACES = "省市县区旗州盟"
_TOWNS = "镇乡道"
_GOVERNMENTS = ("人民政府", "政府", "管理委员会", "管委会", "办事处")
_SAYS_NO_SUBJECT = frozenset("ytzmcfkn")
_COMPARED = ("至", "到", "自", "从", "较", "比", "与", "和", "同", "截至", "截止")
_YEAR_BOUNDS = frozenset({"1月1日", "12月31日", "12月底"})
_NARROWS = (
    "其中",
    "上年",
    "去年",
    "前年",
    "往年",
    "历年",
    "近年",
    "同年",
    "上一年",
    "近两年",
    "近三年",
    "近五年",
    "同期",
    "季度",
    "上半年",
    "下半年",
    "月份",
    "月度",
    "十三五",
    "十四五",
    "十五五",
    "名义",
    "代拟",
    "起草",
    "报请",
    "提请",
    "协助",
    "配合",
    "会同",
    "转办",
    "转送",
    "移送",
    "分局",
    "支队",
    "大队",
    "下属",
    "直属",
    "所属",
    "本级",
    "某",
    "任期",
    "至今",
)
_CHANNELS = ("网", "信", "邮", "平台", "系统", "窗口", "公众号", "渠道", "途径", "方式", "形式", "电话", "传真")
_THROUGH = ("通过", "经", "以", "从", "由", "在", "依托", "利用", "针对")
_STOPS = re.compile(r"[，,；;：:、]")
_FIGURES = re.compile(r"(\d{4})年|(\d{1,2}月(?:\d{1,2}日|底)?)")
_ALL_YEARS = re.compile(r"全年|本年|今年|\d{4}年(?!底|末|\d)")


class Office(NamedTuple):
    """Who reports: an office; a town, whose offices do not report themselves; or a place with many that do."""

    name: str
    year: int
    place: str
    is_town: bool


def office(report: Report) -> Office | None:
    """Who reports for which year; None where that is not known."""
    if not report.agency or report.year is None:
        return None
    bare = next((report.agency.removesuffix(each) for each in _GOVERNMENTS if report.agency.endswith(each)), "")
    named = bare or report.agency
    place = named[-1] if bare or named[-1] in _PLACES + _TOWNS else ""
    return Office(report.agency, report.year, place, bool(place) and place in _TOWNS)


def is_whole(lead: tuple[Word, ...], before: str, who: Office) -> bool:
    """Whether what follows `lead` in a clause, with `before` in the sentence, is about all of the office and year."""
    start = _last_year_named(lead)
    before += "".join(word.text for word in lead[:start])
    lead = lead[start:]
    said = before + "".join(word.text for word in lead)
    if any(word in before for word in _NARROWS) or _is_through_a_channel(before) or not _is_of(who.year, said):
        return False
    if "累计" in said and ("截" in said or not _ALL_YEARS.search(said)):
        return False
    while lead and lead[0].letter in _SAYS_NO_SUBJECT:
        lead = lead[1:]
    while lead and lead[-1].letter in _SAYS_NO_SUBJECT:
        lead = lead[:-1]
    return _is_itself("".join(word.text for word in lead), before, who)


def _last_year_named(lead: tuple[Word, ...]) -> int:
    """Where the last year is named that is no end of a period: what stands before it may be a heading without a stop."""
    starts = (
        at
        for at, word in enumerate(lead)
        if word.letter == YEAR and not (at and (lead[at - 1].text.endswith(_COMPARED) or lead[at - 1].letter == DATE))
    )
    return max(starts, default=0)


def _is_through_a_channel(before: str) -> bool:
    return any(
        clause.startswith(_THROUGH) and any(channel in clause for channel in _CHANNELS)
        for clause in _STOPS.split(before)
    )


def _is_of(year: int, said: str) -> bool:
    """Whether every year is `year`, and every day one of its bounds."""
    return all(int(named) == year if named else day in _YEAR_BOUNDS for named, day in _FIGURES.findall(said))


def _is_itself(subject: str, before: str, who: Office) -> bool:
    if who.place and not who.is_town:
        return _is_all_of_the_place(subject, before, who)
    mine = "镇乡街办单机政" if who.is_town else "局委办厅院所站馆处队会社中单部机行公学"
    return (
        not subject
        or (subject[0] in "我本全" and len(subject) > 1 and subject[1] in mine and len(subject) <= len("本行政机关"))
        or (_is_short(subject, who))
    )


def _is_all_of_the_place(subject: str, before: str, who: Office) -> bool:
    whole = tuple(f"{whose}{who.place}" for whose in "全我本")
    rest = subject
    for each in (
        *whole,
        "各级",
        "各部门",
        "各单位",
        "行政机关",
        "政府及其部门",
        "及其部门",
        "政务公开单位",
        "政府信息公开单位",
        "政府",
    ):
        rest = rest.replace(each, "")
    if not rest:
        return any(each in before + subject for each in whole)
    return subject[-1] == who.place and _is_short(subject, who)


def _is_short(subject: str, who: Office) -> bool:
    return len(subject) > 1 and subject[-1] in {who.place or who.name[-1], who.name[-1]} and shortens(subject, who.name)
