"""G rules: files that a summary cannot count, and sums to be confirmed."""

from __future__ import annotations

from ..findings import Finding, Severity
from ..form import Form
from ..places import Place
from ..report import Report


def g02_unconfirmed(report: Report, form: Form) -> tuple[Finding, ...]:
    """规章和规范性文件不能直接相加定数（联合发文会重复），各单位之和标“待核”。"""
    cells = tuple(cell for cell in form.cells if not form.row(cell).additive and report.values.get(cell))
    message = "规章和规范性文件是各单位之和，联合发文可能重复计算，已标“待核”。请与司法行政部门核对后确定。"
    return (Finding("G02", Severity.WARNING, message, cells),) if cells else ()


def g03_unnamed() -> Finding:
    """每个单位一份：没有填写单位名称的不能计入汇总。"""
    return _left_out("G03", "没有填写单位名称，不知道是哪个单位")


def g03_repeated(agency: str, count: int) -> Finding:
    """每个单位一份：同一单位交来几份的，都不计入，等候确认。"""
    return _left_out("G03", f"“{agency}”交来 {count} 份，无法判断用哪一份，都没有计入")


def g03_listed(message: str, place: Place | None = None, severity: Severity = Severity.WARNING) -> Finding:
    """名册里的单位写得完整、认得出，上年报告各有一份。"""
    return Finding("G03", severity, message, place=place)


def b07_nothing_taken(message: str) -> Finding:
    """下发的工作簿带入上年报告的结转等数。"""
    return Finding("B07", Severity.WARNING, message)


def g05_not_last_year(message: str) -> Finding:
    """带入上年数的报告是上一年度的。"""
    return Finding("G05", Severity.WARNING, message)


def g05_other_period(own: str) -> Finding:
    """汇总的各份报表年度和版式相同，不同的不计入。"""
    return _left_out("G05", f"{own}，与多数报表不同")


def g09_own_summary() -> Finding:
    """不重复计算：本级自己的汇总表不计入；没有写明汇总单位时，汇总表都不计入。"""
    return _left_out("G09", "是汇总表，计入会与各单位重复（下级的汇总表要计入时，请用 --agency 写明本级名称）")


def _left_out(rule: str, why: str) -> Finding:
    return Finding(rule, Severity.ERROR, f"没有计入汇总：{why}。请核对文件后重新汇总。")
