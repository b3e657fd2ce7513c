"""M03: the period that the figures are for, as a report states it, against its year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Severity
from ..form import INTRO, Form
from ..reading import Reading
from ..wording import text_name
from .headings import is_whole
from .leftovers import PERIOD
from .prose import Sentence, said, told, unbroken

_WORDS = ("统计", "期限", "时限")
"""Only a sentence with one of them states the period of the figures: others name days as well."""
_WHOLE_YEAR = ((1, 1), (12, 31))
_DAY = r"(\d{1,2})月(\d{1,2})日"
_NO_DATE = (
    r"(?<!\d)(?:19|20)\d{3,6}年|(?<!\d)(?:19|20)\d{3,6}[月日]|(?<!\d)(?:19|20)\d\d年\d{1,4}日|(?<!\d)\d{1,2}月\d{3,}日"
)
"""Digits too many or too few between 年, 月 and 日: 202020年, 201911日."""
_STATED = r"期限|时限|统计(?:时间|时段|口径|范围|年度|周期)|截[至止]|1月1日|12月31日|起止"
"""What may state a period, in whatever words."""
_NEW = r"成立|组建|挂牌|设立|撤销|合并|转隶|划转"
_NOT_NEW = r"小组|专班|专栏|岗|窗口|基金|机制"
"""What is founded besides offices."""


def m03_days(reading: Reading, form: Form) -> Iterator[Finding]:
    """统计期限从报告年度的 1 月 1 日起，到 12 月 31 日止；当年成立的单位可以晚些起。"""
    year = reading.report.year
    for sentence in _about_period(reading, form) if year else ():
        for period in PERIOD.finditer(sentence.text):
            fits = {int(period[2]), int(period[4] or period[2])} == {year}
            days = (_day(period[1]), _day(period[3]))
            # Another year in the introduction is told by m03_other_period.
            if (fits or sentence.key != INTRO) and (not fits or days != _WHOLE_YEAR):
                begins_later = days[0] != _WHOLE_YEAR[0] and days[1] == _WHOLE_YEAR[1]
                may_be = fits and (begins_later or _is_new(reading, form))
                due = f"统计期限写的是“{period[0]}”，应为 {year} 年 1 月 1 日至 12 月 31 日。"
                then = "当年成立或撤销的，请写明；不是的，请改正。" if may_be else "请改正。"
                severity = Severity.WARNING if may_be else Severity.ERROR
                yield told("M03", severity, sentence, due + then, period.start())


def m03_no_date(reading: Reading, form: Form) -> Iterator[Finding]:
    """统计期限里的日期完整，没有多字少字。"""
    for sentence in _about_period(reading, form):
        if wrong := re.search(_NO_DATE, sentence.text):
            what = f"统计期限里的“{wrong[0]}”不是完整的日期，像是多了或少了字。请改正。"
            yield told("M03", Severity.ERROR, sentence, what, wrong.start())


def m03_unstated(reading: Reading, form: Form) -> Iterator[Finding]:
    """引言写明统计期限。"""
    if is_whole(reading, form) and said(reading, INTRO):
        if any(re.search(_STATED, said(reading, key)) for key in form.text_keys):
            return
        year = f"{reading.report.year} 年 " if reading.report.year else ""
        usual = f"“所列数据的统计期限自 {year}1 月 1 日起至 12 月 31 日止”"
        message = f"{text_name(form, INTRO)}：没有写统计期限。请写明{usual}。"
        yield Finding("M03", Severity.INFO, message, place=reading.text_places.get(INTRO), subject="统计期限")


def _about_period(reading: Reading, form: Form) -> Iterator[Sentence]:
    """The sentences that may state for which days the figures are."""
    for sentence in unbroken(reading, form, INTRO, form.chapters[0].key):
        if any(word in sentence.text for word in _WORDS):
            yield sentence


def _day(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(_DAY, text)[-1]))


def _is_new(reading: Reading, form: Form) -> bool:
    """Whether a text says that the office came or went in the year."""
    when = (str(reading.report.year), "今年", "本年")
    return any(
        re.search(_NEW, each.text) and not re.search(_NOT_NEW, each.text) and any(word in each.text for word in when)
        for each in unbroken(reading, form, INTRO, form.chapters[0].key)
    )
