"""M09: the parts that a report says it has, against those it lists and those it has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Severity
from ..form import INTRO, Form
from ..reading import Reading
from .headings import SUBJECTS, is_whole
from .prose import told, unbroken

_REPORT = r"报告|全文|正文"
_VERB = r"包括|包含|涵盖|分为|分别为|由|分|有|为|[：:]"
"""What a list of parts follows."""
_COUNTED = r"(?<!第)([一二三四五六七八九]|\d{1,2})(?:个|大|个大)?(?:部分|章)"
_NUMBERS = "〇一二三四五六七八九"
_ENDS = r"[一二三四五六七八九\d]{1,2}(?:个|大|个大)?(?:部分|章)|组成|构成"
_TAIL = r"(?:等|共|共计|这|以下|以上|总共)+$"
_JOINED = (
    (r"收到[和与及]处理", "收到处理"),
    (r"复议[、，,和与及]+[^、，,；;]{0,6}?诉讼", "复议诉讼"),
    (r"(?:问题|不足)[、和与及]+(?=[^、，,；;]{0,4}改进)", "问题"),
)
"""What stands between the words of one chapter's name stands between two chapters as well."""
_BETWEEN = r"以及|[、，,；;：:及和与]"
_PRECEDENCE = ("review", "problems", "other", "disclosure", "requests", "overview")
"""Who names several subjects in one item means the first of these: 因信息公开申请提起行政复议."""
_NAMED = ("disclosure", "requests")
"""A list of the parts names at least one of them."""
_FEWEST_LISTED = 2
_FEWEST_CHAPTERS = 4
"""A report of fewer parts is parted otherwise: into text and tables, say."""


def m09_parts(reading: Reading, form: Form) -> Iterator[Finding]:
    """引言所说的部分与列出的、正文里有的一致。"""
    present = len(reading.headings) if is_whole(reading, form) else 0
    for sentence in unbroken(reading, form, INTRO):
        if what := _at_odds(sentence.text, present, form):
            yield told("M09", Severity.WARNING, sentence, f"{what}。请核对，改成一致。")


def _at_odds(text: str, present: int, form: Form) -> str:
    """What a sentence says of the parts of the report that is not so; `present`: how many chapters there are, 0 if unknown."""
    report = re.search(_REPORT, text)
    if report is None:
        return ""
    rest = text[report.end() :]
    counted = re.search(_COUNTED, rest)
    if counted is None and not any(re.search(SUBJECTS[key], rest) for key in _NAMED):
        return ""
    listed = max((_listed(rest[verb.end() :]) for verb in re.finditer(_VERB, rest)), default=0)
    count = _number(counted[1]) if counted else 0
    if count and listed >= _FEWEST_LISTED and count != listed:
        return f"报告说有 {count} 个部分，列出的是 {listed} 个"
    # S01 tells which of the chapters that the form has are missing.
    if present and count >= _FEWEST_CHAPTERS and count not in {present, len(form.chapters)}:
        return f"报告说有 {count} 个部分，正文有 {present} 章"
    if present > listed >= _FEWEST_LISTED and not count:
        return f"报告列出的是 {listed} 个部分，正文有 {present} 章"
    return ""


def _listed(text: str) -> int:
    """How many chapters the list at the beginning of `text` names; 0 if it names something else, or not all."""
    end = re.search(_ENDS, text)
    names = text[: end.start()] if end else text.rstrip("。！？")
    if end is None and names.endswith("等"):
        return 0
    names = re.sub(_TAIL, "", names)
    for composed, single in _JOINED:
        names = re.sub(composed, single, names)
    items = [item for item in re.split(_BETWEEN, names) if item]
    chapters = {next((key for key in _PRECEDENCE if re.search(SUBJECTS[key], item)), "") for item in items}
    return 0 if "" in chapters else len(chapters)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS.index(text)
