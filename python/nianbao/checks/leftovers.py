"""What was left in the texts by a template, by last year's report, or by the report of somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Severity
from ..form import INTRO, SIGNATURE, Form
from ..reading import Reading
from ..report import clean_text
from ..wording import text_name

_MARK = re.compile(
    r"(?<![A-Za-z0-9@./_-])[XxＸｘ]{2,}(?![A-Za-z0-9@./_-])|×{2,}|某某|【待填写[^】]*】"
    r"|待补充|待完善|填写说明|[（(]文字描述[）)]|[（(【]示例[）)】]|示例[：:]|此处(?:填写|插入)"
)
_YEAR = re.compile(r"(\d{4})年度?政府信息公开工作年度报告")
_DAY = r"\d{1,2}月\d{1,2}日"
PERIOD = re.compile(rf"((\d{{4}})年{_DAY})(?:起|开始)?(?:至|到|-|—|－)((?:(\d{{4}})年)?{_DAY})")
"""A period as reports write it: first day and its year, last day and its year, which may be left out."""
_DATED = re.compile(rf"(\d{{4}})年{_DAY}")
_WRITER = re.compile(
    r"(?:^|[，,。；;、])([^，,。；;、（）()《》“”]{2,30}?)(?:现|特|组织)?编制(?:了|并公布)?(?:本|\d{4}年)"
)
_ITSELF = re.compile(r"(?:^本|^我|^由|单位$|机关$)")
_GOVERNMENT = "政府"
_PLACES = ("省", "市", "县", "区", "镇", "乡", "旗", "州", "盟")
_SPACE = re.compile(r"\s+")


def v12_left_over(reading: Reading, form: Form) -> Iterator[Finding]:
    """文字里留有模板或范例的字样（XX、某某、待补充、（文字描述）等）。"""
    agency = reading.report.agency
    for key, text in _texts(reading, form):
        mark = _MARK.search(text.replace(agency, "") if agency else text)
        if mark:
            what = f"{text_name(form, key)}：留有“{mark[0]}”，是模板或范例里的字样。请换成本单位的内容，或删去。"
            yield Finding("V12", Severity.ERROR, what, place=reading.text_places.get(key))


def m02_other_year(reading: Reading, form: Form) -> Iterator[Finding]:
    """引言、落款里的年份与报告年度一致。"""
    year = reading.report.year
    texts = dict(_texts(reading, form))
    if year is None:
        return
    for said in _YEAR.findall(texts.get(INTRO, "")):
        if int(said) != year:
            yield _of_another_year(reading, form, INTRO, f"{said}年", f"本报告是 {year} 年度的")
    _, date = SIGNATURE
    for said in _DATED.findall(texts.get(date, "")):
        if int(said) <= year:
            yield _of_another_year(reading, form, date, texts[date], f"{year} 年度的报告应在下一年公布")


def m03_other_period(reading: Reading, form: Form) -> Iterator[Finding]:
    """写明的统计期限是报告年度的 1 月 1 日至 12 月 31 日。"""
    year = reading.report.year
    for key, text in _texts(reading, form):
        for period in PERIOD.finditer(text) if key == INTRO else ():
            if year is not None and {period[2], period[4] or period[2]} != {str(year)}:
                what = f"{text_name(form, key)}：统计期限写的是“{period[0]}”，本报告是 {year} 年度的。请改正。"
                yield Finding("M03", Severity.ERROR, what, place=reading.text_places.get(key))


def m06_other_agency(reading: Reading, form: Form) -> Iterator[Finding]:
    """引言、落款里的单位是填报单位。"""
    agency, texts = reading.report.agency, dict(_texts(reading, form))
    signature = texts.get(SIGNATURE[0], "")
    named = [(INTRO, name) for name in _WRITER.findall(texts.get(INTRO, ""))]
    named += [(SIGNATURE[0], signature)] if signature else []
    for key, name in named:
        if agency and not _may_be(name, agency):
            what = f"{text_name(form, key)}：写的单位是“{name}”，填报单位是“{agency}”。请核对，改正其中一处。"
            yield Finding("M06", Severity.ERROR, what, place=reading.text_places.get(key))


def _of_another_year(reading: Reading, form: Form, key: str, said: str, due: str) -> Finding:
    what = f"{text_name(form, key)}：写的是“{said}”，{due}。请改正。"
    return Finding("M02", Severity.ERROR, what, place=reading.text_places.get(key))


def _texts(reading: Reading, form: Form) -> Iterator[tuple[str, str]]:
    """The texts that the office wrote, without spaces."""
    for key in form.text_keys:
        if text := _SPACE.sub("", clean_text(reading.report.texts.get(key, ""))):
            yield key, text


def _may_be(name: str, agency: str) -> bool:
    """Whether `name` may mean `agency`: the same, one short for the other, a government by its place, or "we"."""
    if _ITSELF.search(name) or _shortens(name, agency) or _shortens(agency, name):
        return True
    return _GOVERNMENT in name and (_GOVERNMENT in agency or agency.endswith(_PLACES))


def _shortens(short: str, long: str) -> bool:
    """Whether every character of `short` stands in `long`, in the same order: 发改委 in 发展和改革委员会."""
    rest = iter(long)
    return all(letter in rest for letter in short)
