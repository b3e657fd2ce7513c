"""Numbers in the texts against the tables (N01–N07), against one another (N09), and against their sum (N10).

A sentence is read only where nothing in it is left over that could make it speak of something else, and is wrong only
where it is none of the figures that it can mean; everything else is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding
from ...form import Form
from ...reading import Reading
from ..prose import Sentence

# What follows is imported where there are texts: figures are checked a thousand times for every text.
if TYPE_CHECKING:
    from .passages import Report
    from .scope import Office
    from .verdicts import Claim

_LONGEST = 1000
"""Characters of a sentence whose numbers are held against one another."""
_SPEAKS = ("申请", "规范性文件", "规章", "行政许可", "行政处罚", "行政强制", "行政事业性收费", "采购", "复议", "诉讼")


def numbers_in_texts(reading: Reading, form: Form) -> Iterator[Finding]:
    """What the numbers of the texts say wrong."""
    if not any(reading.report.texts.values()):
        return
    for sentence, said in _read(reading, form):
        yield from (_MAKERS[claim.rule](claim, sentence, form) for claim in said if claim.is_wrong)
        if len(sentence.text) <= _LONGEST:
            yield from n09_percentage(sentence, reading, form)
            yield from n10_parts(sentence)


def claims(reading: Reading, form: Form) -> Iterator[tuple[Sentence, Claim]]:
    """Every number of the texts that means figures of the tables for certain, whether right or wrong."""
    for sentence, said in _read(reading, form):
        yield from ((sentence, claim) for claim in said)


def n01_received(claim: Claim, sentence: Sentence, form: Form) -> Finding:
    """文字里收到（受理、办理）的申请件数，与第三张表的新收数或新收加上年结转数一致。"""
    return _told(claim, sentence, form)


def n02_concluded(claim: Claim, sentence: Sentence, form: Form) -> Finding:
    """文字里办结的申请件数，与第三张表“（七）总计”一致。"""
    return _told(claim, sentence, form)


def n03_result(claim: Claim, sentence: Sentence, form: Form) -> Finding:
    """文字里予以公开、部分公开、不予公开、无法提供、不予处理、其他处理的件数，与第三张表各行一致。"""
    return _told(claim, sentence, form)


def n04_carried(claim: Claim, sentence: Sentence, form: Form) -> Finding:
    """文字里上年结转、结转下年度的件数，与第三张表一致。"""
    return _told(claim, sentence, form)


def n05_documents(claim: Claim, sentence: Sentence, form: Form) -> Finding:
    """文字里制发、废止、现行有效的规章和规范性文件件数，与第二张表一致。"""
    return _told(claim, sentence, form)


def n06_powers(claim: Claim, sentence: Sentence, form: Form) -> Finding:
    """文字里许可、处罚、强制决定的件数和收费、采购的金额，与第二张表一致。"""
    return _told(claim, sentence, form)


def n07_disputes(claim: Claim, sentence: Sentence, form: Form) -> Finding:
    """文字里因政府信息公开被申请行政复议、提起行政诉讼的件数，与第四张表一致。"""
    return _told(claim, sentence, form)


def n09_percentage(sentence: Sentence, reading: Reading, form: Form) -> Iterator[Finding]:
    """文字里的百分比，与同一句里的两个数（或上年报告的数）算出来的一致。"""
    if "%" in sentence.text:
        from .shares import wrong_shares

        yield from wrong_shares(sentence, _figures(reading, form))


def n10_parts(sentence: Sentence) -> Iterator[Finding]:
    """文字里“其中”“分别为”之后的各项，加起来不超过前面的总数；列全了的，正好等于总数。"""
    if any(word in sentence.text for word in ("其中", "分别", "包括", "包含")):
        from .parts import wrong_sums

        yield from wrong_sums(sentence)


_MAKERS = {
    "N01": n01_received,
    "N02": n02_concluded,
    "N03": n03_result,
    "N04": n04_carried,
    "N05": n05_documents,
    "N06": n06_powers,
    "N07": n07_disputes,
}


def _told(claim: Claim, sentence: Sentence, form: Form) -> Finding:
    from .verdicts import verdict

    return verdict(claim, sentence, form)


def _figures(reading: Reading, form: Form) -> Report:
    from .passages import Report

    return Report(form, reading.report.values, reading.report.last)


def _read(reading: Reading, form: Form) -> Iterator[tuple[Sentence, tuple[Claim, ...]]]:
    """The passages of the texts, each with what it says of figures of the tables."""
    from .passages import passages
    from .scope import office

    figures, who, goes_on = _figures(reading, form), office(reading.report), False
    for passage in passages(reading, form):
        if who is None or not (goes_on or any(word in passage.text for word in _SPEAKS)):
            goes_on = False
            yield passage, ()
        else:
            said = [*_claims(passage.text, figures, who, goes_on=goes_on)]
            goes_on = None in said
            yield passage, tuple(claim for claim in said if claim is not None)


def _claims(text: str, figures: Report, who: Office, *, goes_on: bool) -> Iterator[Claim | None]:
    """What a passage says of figures of the tables; a None says that the next one may go on with it."""
    from .disputes import dispute_claims
    from .passages import clauses
    from .powers import power_claims
    from .requests import request_claims

    passage = tuple(clauses(text))
    if goes_on or "申请" in text or "公开" in text:
        yield from request_claims(text, passage, figures, who, goes_on=goes_on)
    yield from power_claims(passage, figures, who)
    yield from dispute_claims(passage, figures, who)
