"""M rules: what a report says beside its figures, its file name, date, plans and legal ground, against its year.

Other years in running text (the rest of M07) are no rule: laws, plans, file numbers and comparisons name them rightly, and
nothing tells them from last year's sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..findings import Finding, Severity
from ..form import INTRO, SIGNATURE, Form
from ..reading import Reading
from ..wording import text_name
from .headings import is_whole
from .prose import Sentence, said, told, unbroken

_, _DATE = SIGNATURE
_ASKED = r"电话|邮箱|邮编|邮政编码|联系(?:地址|方式)|通讯地址|传真|地址[：:]|\d{3,4}[-—－]\d{7,8}"

_FILE_YEAR = r"(?<!\d)(20\d\d)(?:年度?)?(?![^\d]{0,3}[版号])[^\d模板式函]{0,20}?(?:年报|年度报告|政府信息公开)"
"""The year of a report in a file's name: neither a day nor the number of a notice, nor the year of a form."""
_ANY_YEAR = r"(?<!\d)20\d\d(?!\d)"
_DATED_NAME = r"20\d\d(?=\d\d)"

_LEVELS = {
    "省级政府": (3, 31),
    "市级政府": (3, 10),
    "县级政府": (2, 20),
    "乡镇政府、街道办事处": (1, 31),
    "政府部门": (1, 31),
}
"""The last day on which each level publishes its report (条例 art. 49, 国办公开办函〔2021〕30号), as the cover names them."""
_LATEST = (3, 31)
_NAMED = (
    (r"(?:自治州|地区|盟)(?:人民政府|行政公署)$", "市级政府"),
    (r"(?<!北京)(?<!天津)(?<!上海)(?<!重庆)市人民政府$", "市级政府"),  # one of a county's rank publishes even earlier
    (r"[县旗]人民政府$", "县级政府"),
    (r"(?:[镇乡]|苏木)人民政府$|街道办事处$", "乡镇政府、街道办事处"),
    (r"^(?!国家|中国|中华).*[省市县区州旗盟].+局$", "政府部门"),
)
"""What a name says of the level, where it is certain."""

_DIGIT = "〇○零一二三四五六七八九"
_DIGITS = str.maketrans(_DIGIT, "000123456789")
_DAY = rf"([\d{_DIGIT}]{{4}})年([\d十{_DIGIT}]{{1,3}})月([\d十{_DIGIT}]{{1,3}})日"

_WILL = r"将(?:会)?(?:进一步|继续|着力|努力|从以下|重点从|坚持)"
_PLAN = rf"(?:^|[，,；;：:）)])(20\d\d)年度?[，,]?[^，,；;。\d]{{0,10}}{_WILL}"
_RECALLED = r"提出|提到|指出|曾|承诺|原?计划|部署"
"""Who recalls a plan of last year makes none."""

_NOTICE = r"国办公开办函[〔［\[【(（]?(\d{4})[〕］\]】)）]?第?(\d+)号"
_NOTICES = {("2019", "60"): (2019, 2020), ("2021", "30"): (2021, 9999)}
"""The notices about the form, and the first and last year of the reports that follow each."""


class _Day(NamedTuple):
    year: int
    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.year} 年 {self.month} 月 {self.day} 日"


def m02_file_name(reading: Reading, form: Form) -> Iterator[Finding]:
    """文件名里写明的年度不早于报告年度。"""
    year, name = reading.report.year, reading.source
    named = re.search(_FILE_YEAR, name) if year and "20" in name else None
    years = [int(each) for pattern in (_ANY_YEAR, _DATED_NAME) for each in re.findall(pattern, name)]
    if year and named and max(years, default=year) < year:
        which = f"文件名写的是 {named[1]} 年，{form.title}是 {year} 年度的"
        message = f"{which}。请核对是不是选错了文件，或改文件名。"
        yield Finding("M02", Severity.WARNING, message, subject="文件名里的年度")


def m04_no_contact(reading: Reading, form: Form) -> Iterator[Finding]:
    """引言写明联系方式（格式没有规定，通常都写）。"""
    if not is_whole(reading, form) or not said(reading, INTRO):
        return
    if not any(re.search(_ASKED, said(reading, key)) for key in form.text_keys):
        message = f"{text_name(form, INTRO)}：没有写联系方式（地址、邮编、电话、邮箱）。格式没有规定，通常写上，便于群众咨询。"
        yield Finding("M04", Severity.INFO, message, place=reading.text_places.get(INTRO), subject="联系方式")


def m05_late(reading: Reading, form: Form) -> Iterator[Finding]:
    """成文日期不晚于公布期限：部门、乡镇 1 月 31 日，县级 2 月 20 日，市级 3 月 10 日，省级 3 月 31 日。"""
    year, written = reading.report.year, _written_day(said(reading, _DATE))
    if year is None or written is None or written.year <= year:
        return  # M02 tells that it is too early
    level = _level(reading)
    due = _Day(year + 1, *_LEVELS.get(level, _LATEST))
    if written > due:
        limit = f"{level}的{year} 年度报告应在 {due}前公布" if level else f"{year} 年度报告最晚应在 {due}前公布"
        message = f"{text_name(form, _DATE)}：写的是 {written}，{limit}。请核对日期；确实晚了的，请写明原因。"
        yield Finding("M05", Severity.WARNING, message, place=reading.text_places.get(_DATE), subject="成文日期")


def m07_plan(reading: Reading, form: Form) -> Iterator[Finding]:
    """写今后打算的年份晚于报告年度（不是上年报告里留下的）。"""
    year = reading.report.year
    keys = [chapter.key for chapter in form.chapters if "将" in said(reading, chapter.key)] if year else []
    for sentence in unbroken(reading, form, *keys) if keys else ():
        plan = re.search(_PLAN, sentence.text) if "将" in sentence.text else None
        if plan and year and int(plan[1]) <= year and not re.search(_RECALLED, sentence.text):
            what = f"把 {plan[1]} 年写成了今后的打算，本报告是 {year} 年度的，像是上年报告里留下的。请核对。"
            yield told("M07", Severity.WARNING, sentence, what, plan.start())


def m08_ground(reading: Reading, form: Form) -> Iterator[Finding]:
    """引用的格式文件与报告年度相符：2020 年度及以前是〔2019〕60号，2021 年度起是〔2021〕30号。"""
    year = reading.report.year
    if year is None or not form.serves(year):
        return  # S02 tells that the form is not that of the year
    cited = list(_cited(reading, form))
    # Who cites the right one as well tells how the form came about.
    if cited and not any(first <= year <= last for _, _, (first, last) in cited):
        sentence, notice, _ = cited[0]
        what = f"引用的是“{notice[0]}”，{year} 年度报告的格式依据是{form.authority}。请核对。"
        yield told("M08", Severity.WARNING, sentence, what, notice.start())


def _cited(reading: Reading, form: Form) -> Iterator[tuple[Sentence, re.Match[str], tuple[int, int]]]:
    """Where a notice about the form is cited, and the years of the reports that follow it."""
    for key in form.text_keys:
        if "公开办函" in said(reading, key):
            for sentence in unbroken(reading, form, key):
                for notice in re.finditer(_NOTICE, sentence.text):
                    if years := _NOTICES.get((notice[1], notice[2])):
                        yield sentence, notice, years


def _written_day(text: str) -> _Day | None:
    """The day that is written under a report, in digits or characters."""
    written = re.search(_DAY, text)
    if written is None:
        return None
    month, day = _up_to_99(written[2]), _up_to_99(written[3])
    return _Day(int(written[1].translate(_DIGITS)), month, day)


def _up_to_99(text: str) -> int:
    """``12``, ``十二``, ``二十``, ``二十一``."""
    tens, ten, ones = text.translate(_DIGITS).partition("十")
    return int(tens or 1) * 10 + int(ones or 0) if ten else int(tens)


def _level(reading: Reading) -> str:
    """The level of the office as far as it is certain, "" otherwise."""
    stated = reading.report.particulars.get("level", "")
    if stated:
        return stated if stated in _LEVELS else ""
    return _level_of("".join(reading.report.agency.split()))


@cache
def _level_of(agency: str) -> str:
    return next((level for pattern, level in _NAMED if re.search(pattern, agency)), "")
