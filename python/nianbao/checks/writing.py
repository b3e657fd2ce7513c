"""Slips of the pen: a number that was never filled in, words and marks that are plainly mistyped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Severity
from ..form import Form
from ..reading import Reading
from ..wording import text_name
from .prose import as_written, said, told

# Sets of three Chinese characters or more take a millisecond each to compile; alternatives of other lengths take nothing.
_MEASURE = "(?:人次|万元|条|件|份|项|篇|期|场|起|宗|个|次|元)"
_END = r"(?=\s*(?:其中|，|,|。|；|;|、|！|（|\(|）|\)))"
"""A line that ends without a mark may be a heading, or left of a table."""
_DONE = (
    "(?:公开|发布|公布|收到|接到|受理|办理|办结|答复|处理|制发|印发|出台|废止|更新|编发|审核|报送|开展|举办|回复|回应|解读"
    "|新收|结转|制定|清理|转载)"
)
_COUNTED = (
    f"(?:{_DONE}(?:各类|各种|相关|有关|政府|政务|动态|网站|微信|依申请|主动|公开|行政|了|的)*"
    "(?:信息|申请|规范性文件|文件|公文|政策|留言|咨询|培训|会议|活动|决定|案件|稿件|推文|消息|新闻|公告|问题|建议|提案|材料)?"
    "|(?<![公中])共|共计|合计|总计|累计|数量为|总数为)"
)
"""Between these and a measure word there must be a number."""
_BLANK = r"(?:[_＿]{2,}|[（(]\s*[）)])"
_GAP = r"(?P<gap>[^\S\n]+)"
_GAPS = (
    rf"{_BLANK}\s*{_MEASURE}(?:{_END}|(?=政府|政务|信息|申请|规范))",
    f"{_COUNTED}{_GAP}{_MEASURE}{_END}",
    rf"{_DONE}(?:各类|了)?{_GAP}(?:条|件|份|项目?)(?=\s*(?:政府信息|政务信息|信息公开|依申请|规范性文件|行政))",
    # Where nobody writes the measure word without a number, a space or none.
    f"(?:公开|发布|公布)(?:各类|各种|政府|政务|相关|了)*信息(?:共计|合计|累计|总计|共)?条{_END}",
    rf"{_DONE}(?:(?!，|,|、|\d).){{0,12}}(?:共计?|合计|累计|总计)(?:条|件|份额?){_END}",
)
_MEASURES = _MEASURE[3:-1].split("|")
_NEAR_SPACE = tuple(f"{space}{measure}" for space in (" ", "　", "\u00a0") for measure in _MEASURES)
_NEAR_BLANK = (
    *(f"{line}{measure}" for line in "_＿" for measure in _MEASURES),
    *("（）", "()", "（ ", "( ", "（　", "信息条", "共条", "共件", "共份", "计条", "计件", "计份"),
)
"""What stands in every text with such a gap: the patterns are compiled only then."""
_UNNUMBERED = rf"[^\d\s]\s+{_MEASURE}"
_SINGLE = " "
_SPACED = r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])"
_SLIPS = (
    *((wrong, f"应是“{right}”") for wrong, right in (("《条列", "《条例"), ("信息公开条列", "信息公开条例"))),
    *((wrong, f"应是“{right}”") for wrong, right in (("行政法复议", "行政复议"), ("过程性性", "过程性"))),
    *((mark * 2, f"应是“{mark}”") for mark in "。，、；"),
    *((marks, "只能用一个标点") for marks in ("，。", "。，", "、。", "；。", "。；", "，、", "、，")),
)
_AROUND = 10
"""Characters quoted around a slip."""


def n12_no_number(reading: Reading, form: Form) -> Iterator[Finding]:
    """“条”“件”等量词前面的数字没有漏填。"""
    sentences = tuple(as_written(reading, form))
    if not _may_have_gap("\n".join(sentence.text for sentence in sentences)):
        return  # many times quicker than to ask each
    for sentence in sentences:
        if _may_have_gap(sentence.text) and (gap := _gap(sentence.text)):
            hole, text = _shown(sentence.text, gap)
            what = f"“{hole}”里量词前面没有数字，像是漏填了。请补填，一件也没有的填0，或改写这一句。"
            yield told("N12", Severity.ERROR, sentence._replace(text=text), what, text.find(hole))


def n17_mistyped(reading: Reading, form: Form) -> Iterator[Finding]:
    """没有明显的错字和重复的标点（如“条列”“行政法复议”“。。”）。"""
    for key in form.text_keys:
        text = said(reading, key)
        for wrong, meant in _SLIPS:
            if wrong in text and (at := _at(text, wrong)) is not None:
                where, around = text_name(form, key), text[max(0, at - _AROUND) : at + len(wrong) + _AROUND]
                what = f"{where}：“{around}”里的“{wrong}”像是误写，{meant}。请核对。"
                place = reading.text_places.get(key)
                yield Finding("N17", Severity.INFO, what, place=place, subject=f"{where}“{around}”")


def _at(text: str, wrong: str) -> int | None:
    """Where `wrong` stands in `text`, unless it is part of a row of such marks, as where dots are drawn."""
    at = text.find(wrong)
    while at >= 0:
        if text[max(0, at - 1) : at] != wrong[0] and text[at + len(wrong) : at + len(wrong) + 1] != wrong[-1]:
            return at
        at = text.find(wrong, at + 1)
    return None


def _shown(text: str, gap: re.Match[str]) -> tuple[str, str]:
    """What stands where a number is missing, and the whole sentence: the gap as a line to fill in."""
    hole = "".join(re.sub(rf"(?:{_BLANK}|\s+)\s*(?={_MEASURE})", "____", gap[0]).split())
    return hole, "".join(text[: gap.start()].split()) + hole + "".join(text[gap.end() :].split())


def _may_have_gap(text: str) -> bool:
    if any(near in text for near in _NEAR_BLANK):
        return True
    return any(near in text for near in _NEAR_SPACE) and re.search(_UNNUMBERED, text) is not None


def _gap(text: str) -> re.Match[str] | None:
    """Where a number is missing; one space among others, as where every letter stands apart, is no gap."""
    for pattern in _GAPS:
        for found in re.finditer(pattern, text):
            gap = found.groupdict().get("gap", "")
            if gap != _SINGLE or len(re.findall(_SPACED, text)) == 1:
                return found
    return None
