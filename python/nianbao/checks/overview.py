"""What the notice asks of chapter one: how long it is, and what it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..findings import Finding, Severity
from ..form import Form
from ..reading import Reading
from ..report import characters
from ..wording import text_name
from .prose import cleaned, said

_GOVERNMENT = "人民政府"
_RESULTS = ("考核", "考评", "评议", "测评", "评估", "评价", "追责", "问责", "追究", "满意度")
"""Words of which a government that tells of assessment, review by society and accountability uses one."""
_PROBLEMS = "problems"


def n13_too_long(reading: Reading, form: Form) -> Iterator[Finding]:
    """总体情况一般不超过1000字（不计空格）。"""
    for chapter in form.chapters:
        text = cleaned(reading.report.texts.get(chapter.key, "")) if chapter.most else ""
        if len(text) > chapter.most and (number := characters(text)) > chapter.most:
            where = text_name(form, chapter.key)
            what = (
                f"{where}：正文共 {number} 字，比通知要求的“原则上不超过 {chapter.most} 字”多 {number - chapter.most} 字。"
                "请压缩，细节可移到其他章。"
            )
            place = reading.text_places.get(chapter.key)
            left, right = Decimal(number), Decimal(chapter.most)
            yield Finding("N13", Severity.WARNING, what, left=left, right=right, place=place, subject=f"{where}字数")


def n14_missing_aspect(reading: Reading, form: Form) -> Iterator[Finding]:
    """总体情况写到主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面；政府的报告还写到考核、评议和追责。"""
    for chapter in form.chapters:
        text = said(reading, chapter.key) if chapter.aspects else ""
        missing = [aspect.label for aspect in chapter.aspects if not aspect.is_spoken_of(text)]
        if text and missing:
            where = text_name(form, chapter.key)
            what = f"{where}：按用词看，没有写到“{'”“'.join(missing)}”。请核对，没有写的请补写；已用别的说法写了的，不必改。"
            yield Finding("N14", Severity.WARNING, what, place=reading.text_places.get(chapter.key), subject=where)
        if text and _owes_results(reading):
            where = text_name(form, chapter.key)
            what = (
                f"{where}：各级人民政府的报告还应写明工作考核、社会评议和责任追究的结果（条例第五十条），"
                "全文没有看到。请补写，没有追究的也写明。"
            )
            yield Finding(
                "N14",
                Severity.WARNING,
                what,
                place=reading.text_places.get(chapter.key),
                subject=f"{where}考核评议追责",
            )


def _owes_results(reading: Reading) -> bool:
    """Whether a government's report, written to the end, says nothing of how its work was judged."""
    report = reading.report
    if not report.agency.strip().endswith(_GOVERNMENT) or not report.texts.get(_PROBLEMS, "").strip():
        return False
    return not any(word in said(reading, key) for key in report.texts for word in _RESULTS)
