"""The processing fee (信息处理费), of which chapter six tells: 国办公开办函〔2021〕30号, 国办函〔2020〕109号."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ..fees import FEE, fee_sentence
from ..figures import show
from ..findings import Finding, Severity
from ..form import CellKey, Chapter, Form
from ..reading import Reading
from ..wording import cell_name, text_name
from .clauses import is_own, own_clauses, tight
from .prose import Sentence, as_written, said, told

_NAMED = "处理费"
_SPOKEN = ("处理费", "收费", "检索费", "复制费", "邮寄费", "取费用", "缴费", "费用")
"""In chapter six, also other words for it."""
_SPACE = re.compile(r"\s+")
_ITS = "(?:依申请公开|政府|政务|信息公开|相关|有关|关于|任何|过|的)*(?:信息)?处理费用?"
_NONE = (
    "(?:并?未|没有?|无|不曾)(?:实际|依法|对外|曾|有|向(?:申请人|公民|法人|或者?|和|、|其他组织)+)*"
    f"(?:发生|收取|收到|征收|产生|涉及|收)?{_ITS}(?:等费用|的?情况|的?情形|收入|事项)?"
    f"|(?:收取|收到|征收|发生)?{_ITS}(?:共计?|合计|为|是)?(?:00?|零)元?"
)
"""Clauses that say that no fee was charged."""
_MONEY = r"(?P<money>\d[\d,]*(?:\.\d+)?)(?P<wan>万?)元"
_BEHIND = rf"处理费(?:\d+件|(?!元|费|款|金|资|约|近|余|多|超|均|每|\d).)*{_MONEY}"
_NOT_TAKEN = (
    "通知",
    "应收",
    "应缴",
    "减",
    "免",
    "标准",
    "每",
    "平均",
    "上年",
    "去年",
    "往年",
    "预计",
    "拟",
    "退",
    "其中",
    "除",
)
"""Where amounts are spoken of that were asked for only, or are not this year's."""
_VERBS = ("收取", "收缴", "征收", "实收")
_FILLING = ("实际", "依法", "累计", "合计", "总计", "全年", "共", "已")
_STEP = 10
_TEN_THOUSAND = 10_000
_CELL = CellKey("fees", "fee", "charged")
_TEXTS = ("overview", "problems")


class Amount(NamedTuple):
    """Money that a sentence, or the fields of the workbook (None), names as the fee, in 元."""

    yuan: Decimal
    sentence: Sentence | None
    at: int = 0


def f01_not_told(reading: Reading, form: Form) -> Iterator[Finding]:
    """第六章写明信息处理费的收取情况，没有收取也写明。"""
    chapter, report = _chapter(form), reading.report
    if chapter is None:
        return
    texts = {key: said(reading, key) for key in report.texts}
    written = texts.get(chapter.key, "")
    told_elsewhere = any(_NAMED in text for text in texts.values())
    if (
        not (written or all(texts.get(key) for key in _TEXTS))
        or told_elsewhere
        or any(word in written for word in _SPOKEN)
    ):
        return
    if not fee_sentence(report.fee, written):
        where = text_name(form, chapter.key)
        half = f"“{FEE}”选了收取，件数或金额没有填，句子没有生成" if report.fee.charged else f"没有写{FEE}的收取情况"
        what = f"{where}：{half}。没有收取也应写明，如“本年度未收取{FEE}”。请补写，或在工作簿里选填收取情况，由表生成。"
        yield Finding("F01", Severity.WARNING, what, place=reading.text_places.get(chapter.key), subject=where)


def processing_fee(reading: Reading, form: Form) -> Iterator[Finding]:
    """What is said of the fee, in the texts and in the fields of a workbook, against itself and against table two."""
    chapter, fee = _chapter(form), reading.report.fee
    if chapter is None:
        return
    spoken = [tight(each) for each in as_written(reading, form) if _NAMED in _SPACE.sub("", each.text)]
    stated = [Amount(fee.yuan, None)] if fee.yuan is not None else []
    amounts = [amount for amount in (*_named(spoken), *stated) if amount.yuan > 0]
    taken = [amount for amount in amounts if _is_taken(amount, reading)]
    denied = next((each for each in spoken if _is_denial(each, reading)), None) if taken else None
    if taken and (denied or fee.charged is False):
        yield f02_contradicted(taken[0], denied, form, chapter)
    for amount in amounts:
        if amount.yuan % _STEP:
            yield f03_not_tens(amount, form, chapter)
    value = reading.report.values.get(_CELL)
    if value is not None and any(value == amount.yuan for amount in taken):
        yield f05_in_table(value, form)


def f02_contradicted(amount: Amount, denied: Sentence | None, form: Form, chapter: Chapter) -> Finding:
    """写“未收取信息处理费”的，没有收取的金额。"""
    yuan, where = show(amount.yuan), text_name(form, chapter.key)
    first = denied.where if denied else f"工作簿{where}的“收取情况”"
    second = amount.sentence.where if amount.sentence else f"工作簿{where}的“金额（元）”"
    what = f"{first}说未收取{FEE}，{second}却有收取 {yuan} 元。请核对，改正其中一处。"
    if quoted := denied or amount.sentence:
        return told("F02", Severity.ERROR, quoted, what, 0 if denied else amount.at)
    return Finding("F02", Severity.ERROR, f"{where}：{what}", subject=where)


def f03_not_tens(amount: Amount, form: Form, chapter: Chapter) -> Finding:
    """信息处理费的金额是10元的整数倍（国办函〔2020〕109号的收费标准都是10元的倍数）。"""
    what = f"{FEE} {show(amount.yuan)} 元不是 10 元的整数倍，而收费标准都是 10 元的倍数。请核对金额和单位（元、万元）。"
    if amount.sentence:
        return told("F03", Severity.WARNING, amount.sentence, what, amount.at)
    where = text_name(form, chapter.key)
    return Finding("F03", Severity.WARNING, f"{where}：{what}", subject=f"{where}{FEE}")


def f05_in_table(value: Decimal, form: Form) -> Finding:
    """信息处理费（单位：元）没有误填到表二的行政事业性收费（单位：万元）里。"""
    what = (
        f"{cell_name(form, _CELL)}填的 {show(value)} 与第六章{FEE}的 {show(value)} 元是同一个数，像是把{FEE}填到了这里，"
        "而这一格的单位是万元。请核对；行政事业性收费按全年实收填，没有的填0。"
    )
    return Finding("F05", Severity.WARNING, what, (_CELL,), value, value, subject=cell_name(form, _CELL))


def _chapter(form: Form) -> Chapter | None:
    """The chapter that tells of the fee, if the edition has one."""
    return next((chapter for chapter in form.chapters if chapter.fee), None)


def _is_denial(sentence: Sentence, reading: Reading) -> bool:
    """Whether a sentence says that the office took no fee in the year."""
    for clause in own_clauses(sentence.text, reading.report.agency, reading.report.year):
        claim = re.fullmatch(f"(.{{0,20}}?)(?:{_NONE})", clause.text)
        if claim and is_own(claim[1], reading.report.agency):
            return True
    return False


def _is_taken(amount: Amount, reading: Reading) -> bool:
    """Whether the office says that it took `amount` in the year, and nothing narrows that."""
    if amount.sentence is None:
        return True
    text, agency = amount.sentence.text, reading.report.agency
    clauses = (clause.at for clause in own_clauses(text, agency, reading.report.year) if clause.at <= amount.at)
    begins = max(clauses, default=None)
    if begins is None or any(word in text for word in _NOT_TAKEN):
        return False
    before = text[begins : amount.at]
    verb = max(before.rfind(each) for each in _VERBS)
    lead, rest = before[:verb], before[verb:]
    for filling in _FILLING:
        lead = lead.replace(filling, "")
    return verb >= 0 and is_own(lead, agency) and not any(word in rest for word in ("未", "没", "无"))


def _named(sentences: list[Sentence]) -> Iterator[Amount]:
    """Every amount that stands behind the name of the fee, and where the name begins."""
    for sentence in sentences:
        for found in re.finditer(_BEHIND, sentence.text) if "元" in sentence.text else ():
            money = Decimal(found["money"].replace(",", ""))
            yield Amount(money * _TEN_THOUSAND if found["wan"] else money, sentence, found.start())
