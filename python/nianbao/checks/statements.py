"""What an office says did not happen, against the figures of tables three and four.

A claim is compared only where it is about the whole office and the whole year, and where nothing else can be meant: the
words of a clause are all accounted for, or the clause is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from ..figures import show
from ..findings import Finding, Severity
from ..form import CellKey, Form
from ..reading import Reading
from ..report import Report, Values
from ..wording import cell_name, cells_name
from .clauses import Clause, is_own, own_clauses, parts, tight
from .prose import Sentence, as_written, told

# Sets of three Chinese characters or more take a millisecond each to compile; alternatives of other lengths take nothing.
_AND = "(?:以及|或者|、|和|及|或|与)"
_OFFICE = "(?:单位|机关|部门|街道|中心|局|委|办|厅|院)"
_ASKED = (
    "(?:(?:政府|政务)?信息公开的?申请|(?:政府|政务)?信息依申请公开申请|依申请公开(?:(?:政府|政务)?信息)?的?(?:申请|件)"
    "|(?:要求|申请)公开(?:政府|政务)?信息的?申请|公开(?:政府|政务)信息的?申请)(?:表|件|案件|事项)?"
)
"""An application for information; of one kind only (书面申请, 企业申请) is another notion."""
_FROM = (
    f"(?:过|到|任何|一件|一份|公民、?法人{_AND}?其[他它]组织|单位{_AND}个人|申请人|群众|社会公众|向(?:我|本){_OFFICE}"
    "|提出|提交|递交|有关|关于|的)*"
)
_ZERO = "(?:00?|零|０|○|〇)(?:人次|件|条|份|宗|起|次|项|例|个)"
_ALSO = f"(?:{_AND}(?:行政|复议|诉讼|举报|投诉|信访|申诉|案件|申请|情况|{_AND})+)?"
_COUNT = "(?:数量|总数|总量|数|量)?(?:共计?|总计|合计|均?为|是)?"
_RECEIVING = (
    "(?P<no>(?:尚|从|还)?(?:未曾?|没有?)|无)?(?P<got>收到|接到|接收|发生|新收|收)?(?:的|了|过)?"
    f"(?P<none>{_ZERO})?{_FROM}{_ASKED}(?:{_COUNT}(?P<nothing>{_ZERO})|{_ALSO})"
)
_NO_REQUESTS = (
    "政府信息公开零申请",
    "依申请公开零申请",
    "依申请公开为零申请",
    "依申请公开工作零申请",
    "依申请公开实现零申请",
)
_ABOUT = (
    f"(?:因|由|就|对|有关|关于|涉及|针对|任何|公民|法人|其[他它]组织|(?:我|本){_OFFICE}|政府|政务|信息|依申请|公开|工作|事务|事项"
    "|行为|引起|引发|导致|产生|发生|提起|提出|申请|被|的|而|行政|复议|诉讼|举报|投诉|信访|申诉|案件|案|情况|情形|内容|纠纷"
    f"|{_AND})*"
)
_NO = "(?:未曾?|没有?|无)(?:发生|出现|收到|接到|产生|引发|存在|有|涉及)?过?"
_NO_DISPUTE = f"{_NO}{_ABOUT}|(?:收到|发生|受理|办理|涉及)?{_ABOUT}(?:均|都|各自|共)?(?:为|是)?{_ZERO}"
_NOT_CORRECTED = (
    f"{_NO}{_ABOUT}(?:予以|复议机关|人民法院|法院|上级机关|依法)*(?:纠正|撤销|确认违法|责令改正|纠错|败诉)"
    f"(?:的|行政|复议|诉讼|案件|情况|情形|现象|{_AND})*"
    f"|(?:行政|复议|诉讼|案件|结果|{_AND})*被?(?:纠正|撤销|纠错|败诉)(?:的|案件)*(?:均|都)?为?{_ZERO}"
)
_ALL_UPHELD = (
    "(?:均|全部|都|皆|一律)(?:被|获得?|得到|予以|为|是|复议机关|人民法院|法院|上级机关|裁定|判决|决定|依法)*"
    "维持(?=，|,|。|；|;|！|了?原|行政|$)"
)
_PART = "其中|除|上年|去年|往年|另|部分"
_CONCLUDED = "审结|已结|办结|结案|已作出"
_KINDS = {"复议": ("reconsideration",), "诉讼": ("litigation.direct", "litigation.reviewed")}
"""What the blocks of table four are about, by the word that names it."""
_CORRECTED = ("纠正", "撤销", "确认违法", "责令改正", "纠错", "败诉")
_CASES = ("upheld", "corrected", "other", "pending")
_RECEIVED = CellKey("requests", "received", "total")
_NOTHING = ("未", "没", "无", "零", "０", "○", "〇", *(f"0{measure}" for measure in "件条份宗起次项例个"))


class Refuted(NamedTuple):
    """A claim, where it begins in its sentence, and the cells above zero that speak against it."""

    claim: str
    at: int
    cells: tuple[CellKey, ...]
    severity: Severity = Severity.WARNING


def n08_claims(reading: Reading, form: Form) -> Iterator[Finding]:
    """文字说没有收到申请、没有复议诉讼、均获维持、无被纠正的，表三、表四里没有相反的数。"""
    values = reading.report.values
    if not _above_zero([_RECEIVED], values) and not _cells(_KINDS, (*_CASES, "total"), values):
        return  # nothing speaks against anything
    for written in as_written(reading, form):
        if any(word in written.text for word in ("申请", "复议", "诉讼")):
            sentence = tight(written)
            for refuted in _refuted(sentence.text, reading.report):
                yield _finding(sentence, refuted, values, form)


def _refuted(sentence: str, report: Report) -> Iterator[Refuted]:
    if any(word in sentence for word in _NOTHING):
        for clause in own_clauses(sentence, report.agency, report.year):
            yield from _denied(sentence, clause, report)
    claim = re.search(_ALL_UPHELD, sentence) if "维持" in sentence else None
    if claim and (cells := _not_upheld(sentence[: claim.start()], report)):
        yield Refuted("案件全部维持", claim.start(), cells)


def _denied(sentence: str, clause: Clause, report: Report) -> Iterator[Refuted]:
    """What a clause says there was none of, though there was."""
    if not any(word in clause.text for word in _NOTHING):
        return
    if "公开" in clause.text and _says_no_requests(clause, report.agency):
        if cells := _above_zero([_RECEIVED], report.values):
            yield Refuted("没有收到政府信息公开申请", clause.at, cells, Severity.ERROR)
    elif _kinds(clause.text) and _says(_NO_DISPUTE, clause, report.agency):
        for kind in (kind for kind in _KINDS if kind in clause.text):
            if cells := _new_cases(kind, report):
                yield Refuted(f"没有行政{kind}", clause.at, cells)
    elif any(word in clause.text for word in _CORRECTED) and _says(_NOT_CORRECTED, clause, report.agency):
        kinds = _kinds(sentence[: clause.at + len(clause.text)])
        if cells := _cells(kinds, ["corrected"], report.values):
            yield Refuted("没有被纠正的案件", clause.at, cells)


def _finding(sentence: Sentence, refuted: Refuted, values: Values, form: Form) -> Finding:
    number, cells = _sum(refuted.cells, values), refuted.cells
    named = f"{cell_name(form, cells[0])}填的是" if len(cells) == 1 else f"{cells_name(form, cells)}合计"
    rest = "" if refuted.severity is Severity.ERROR else "；口径不同的，请在文中写明"
    what = f"写的是{refuted.claim}，{named} {show(number)} 件。请核对，改正其中一处{rest}。"
    found = told("N08", refuted.severity, sentence, what, refuted.at)
    return found._replace(cells=cells, left=Decimal(0), right=number)


def _says_no_requests(clause: Clause, agency: str) -> bool:
    """Whether a clause says that no application was received, and nothing else."""
    if clause.text in _NO_REQUESTS:
        return True
    claim = re.fullmatch(f"(?P<who>.{{0,20}}?){_RECEIVING}", clause.text) if "申请" in clause.text else None
    if claim is None or not is_own(claim["who"], agency):
        return False
    none = claim["none"] or claim["nothing"]
    return bool(none) if claim["got"] and not claim["no"] else bool(claim["no"]) and not none


def _says(claims: str, clause: Clause, agency: str) -> bool:
    """Whether a clause is one of `claims` and nothing else, but for the office's own name."""
    claim = re.fullmatch(f"(.{{0,20}}?)(?:{claims})", clause.text)
    return claim is not None and is_own(claim[1], agency)


def _kinds(text: str) -> tuple[str, ...]:
    """The kinds of disputes of the last clause that speaks of any."""
    for clause in reversed(parts(text)):
        if kinds := tuple(kind for kind in _KINDS if kind in clause):
            return kinds
    return ()


def _above_zero(cells: Iterable[CellKey], values: Values) -> tuple[CellKey, ...]:
    return tuple(cell for cell in cells if (values.get(cell) or 0) > 0)


def _cells(kinds: Iterable[str], columns: Iterable[str], values: Values) -> tuple[CellKey, ...]:
    """The cells of `kinds` in `columns` of table four that are above zero."""
    return _above_zero(
        (CellKey("review", row, column) for kind in kinds for row in _KINDS[kind] for column in columns), values
    )


def _sum(cells: Iterable[CellKey], values: Values) -> Decimal:
    return sum((values[cell] or Decimal(0) for cell in cells), Decimal(0))


def _new_cases(kind: str, report: Report) -> tuple[CellKey, ...]:
    """The cells with cases of `kind`; none where all of them may have been pending last year."""
    cells = _cells([kind], _CASES, report.values) or _cells([kind], ["total"], report.values)
    old = (report.last.get(CellKey("review", row, "pending"), Decimal(0)) for row in _KINDS[kind])
    return cells if _sum(cells, report.values) > sum(old, Decimal(0)) else ()


def _not_upheld(before: str, report: Report) -> tuple[CellKey, ...]:
    """The cells with cases that were not upheld, of the kinds spoken of `before`; none where only some are meant."""
    kinds = _kinds(before)
    upheld = show(_sum(_cells(kinds, ["upheld"], report.values), report.values))
    of_others = any(int(year) != report.year for year in re.findall(r"(\d{4})年", before))
    if of_others or re.search(_PART, before) or upheld in re.findall(r"\d+", before):
        return ()
    columns = ["corrected", "other"] if re.search(_CONCLUDED, before) else ["corrected", "other", "pending"]
    return _cells(kinds, columns, report.values)
