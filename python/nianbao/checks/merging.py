"""G rules: files that a summary cannot count, and sums to be confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..figures import show
from ..findings import Finding, Severity, State
from ..form import CellKey
from ..places import Place
from ..report import Values

DECIDED = "决定"
"""The sheet of a summary where the office answers what was asked."""


def g02_unconfirmed(sums: Values, cells: Sequence[CellKey]) -> tuple[Finding, ...]:
    """规章和规范性文件不能直接相加定数（联合发文会重复），各单位之和标“待核”，由办公室核定。"""
    open_ = tuple(cell for cell in cells if sums.get(cell))
    message = (
        "规章和规范性文件是各单位之和，联合发文可能重复计算，已标“待核”。请与司法行政部门核对后，在“调整数”里填核定数。"
    )
    return (Finding("G02", Severity.WARNING, message, open_),) if open_ else ()


def g03_unnamed() -> Finding:
    """每个单位一份：没有填写单位名称的不能计入汇总。"""
    return _left_out("G03", "没有填写单位名称，不知道是哪个单位")


def g03_repeated(agency: str, others: Sequence[str], rounds: str) -> Finding:
    """每个单位一份：同一单位交来几份的，用报送轮次最高的；轮次不能决定的都不计入，等候决定。"""
    files = "、".join(others)
    why = f"“{agency}”另外还交来 {files}，数不相同，{rounds}，分不清用哪一份"
    return _left_out("G03", why, f"请在“{DECIDED}”里选一份“用这一份”")


def g03_same(other: str) -> Finding:
    """同一份报表交来几次的，只计一次。"""
    return _left_out("G03", f"与 {other} 的数完全相同，那一份已经计入", "", Severity.INFO)


def g03_older(other: str, own: int, newer: int) -> Finding:
    """同一单位交来几轮的，用报送轮次最高的一份，不看文件日期。"""
    why = f"报送轮次是 {own or '没有写'}，{other} 是第 {newer} 轮，用的是那一份"
    return _left_out("G03", why, "", Severity.INFO)


def g03_not_chosen(other: str) -> Finding:
    """几份里用哪一份，按办公室的决定。"""
    return _left_out("G03", f"按决定用的是 {other}", "", Severity.INFO)


def g03_unknown(agency: str, why: str, near: Sequence[str]) -> Finding:
    """不在名册里的报表不计入；名称相近的列出来请核对，不猜。"""
    asked = f"（是不是{'、'.join(f'“{name}”' for name in near)}？）" if near else ""
    then = f"是名册里的单位，请在“{DECIDED}”里选“属于该单位”并写单位名称；不该有的，选“不计入”并写原因"
    return _left_out("G03", f"“{agency}”{why}{asked}", then)


def g03_decided_out(reason: str, by: str) -> Finding:
    """办公室决定不计入的，不计入，原因留底。"""
    return _left_out("G03", f"按决定不计入：{reason}" + (f"（{by}）" if by else ""), "", Severity.INFO)


def g03_not_added(member: str) -> Finding:
    """名册里“计入汇总”为“否”的单位，只列出，不相加。"""
    return _left_out("G03", f"名册里“{member}”的“计入汇总”是“否”", "", Severity.INFO)


def g03_missing(names: Sequence[str], overdue: Mapping[str, int]) -> tuple[Finding, ...]:
    """名册里计入汇总的单位各有一份：没有收到的逐一列出，逾期的写明天数。"""
    if not names:
        return ()
    told = "、".join(f"{name}（逾期 {overdue[name]} 天）" if overdue.get(name) else name for name in names)
    then = f"请催报；确实不用报的，在“{DECIDED}”里写上单位，选“不用报”并写原因。"
    return (Finding("G03", Severity.ERROR, f"还有 {len(names)} 个单位没有收到能读的报表：{told}。{then}"),)


def g03_unlisted(count: int) -> Finding:
    """没有给单位名册的，没有核对是否收齐。"""
    message = f"没有给单位名册：收到的 {count} 个单位各计一次，没有核对是否收齐。有名册时请加 --roster。"
    return Finding("G03", Severity.INFO, message)


def g03_lapsed(decision: str, why: str) -> Finding:
    """决定用不上的，说明原因，重新询问。"""
    return Finding("G03", Severity.WARNING, f"决定{decision}没有用上：{why}。请改写或删去这条决定。")


def g07_no_own_office() -> Finding:
    """本级政府机关自己的报告也要计入，而且只计一次。"""
    message = "名册里没有类别是“本级”的单位。本级政府机关（办公室）自己的报告也要计入一次，请核对名册。"
    return Finding("G07", Severity.INFO, message)


def g08_vertical(member: str) -> Finding:
    """垂直管理单位由其系统逐级汇总：文件来了只列出，不相加；哪些是垂直单位由名册写明。"""
    return _left_out("G08", f"名册里“{member}”是垂直管理的单位，只列出，不相加", "", Severity.INFO)


def g09_under(member: str, superior: str) -> Finding:
    """不重复计算：数已由上级单位的汇总计入的下级单位，只列出，不再相加。"""
    return _left_out("G09", f"“{member}”的数由上级“{superior}”的汇总计入，再加就重复了", "", Severity.INFO)


def g10_carried(where: str, due: Decimal, found: Decimal, units: Sequence[str]) -> Finding:
    """各单位上年结转之和等于上年汇总的结转下年度继续办理。"""
    told = f"差在：{'；'.join(units)}。" if units else ""
    message = (
        f"{where}：各单位上年结转之和 {show(found)}，上年汇总的结转下年度继续办理 {show(due)}，"
        f"前者比后者{'多' if found > due else '少'} {show(abs(found - due))}。{told}请核对，确有原因的写明。"
    )
    return Finding("G10", Severity.WARNING, message)


def g11_totals(cell: CellKey, where: str, stated: Decimal, due: Decimal, units: Sequence[str]) -> Finding:
    """汇总表的合计按各格重新计算，与各单位自己的合计之和一致。"""
    told = f"合计不符的单位：{'、'.join(units)}。" if units else ""
    message = (
        f"{where}：各单位填的合计之和 {show(stated)}，按各格相加应为 {show(due)}，相差 {show(abs(stated - due))}。"
        f"{told}请退回这些单位核对。"
    )
    return Finding("G11", Severity.ERROR, message, (cell,), stated, due)


def g11_accepted(found: Finding) -> Finding:
    """合计不符的单位都已说明原因、照原数计入的，汇总表的不符随之算已说明。"""
    message = found.message.removesuffix("请退回这些单位核对。")
    return found._replace(state=State.EXPLAINED, message=f"{message}已说明：这些单位的报表照原数计入。")


def g03_listed(message: str, place: Place | None = None, severity: Severity = Severity.WARNING) -> Finding:
    """名册里的单位写得完整、认得出，上年报告各有一份。"""
    return Finding("G03", severity, message, place=place)


def b07_nothing_taken(message: str) -> Finding:
    """下发的工作簿带入上年报告的结转等数。"""
    return Finding("B07", Severity.WARNING, message)


def g05_not_last_year(message: str) -> Finding:
    """带入上年数的报告是上一年度的。"""
    return Finding("G05", Severity.WARNING, message)


def g05_other_period(year: int | None, edition: str, due: int | None, due_edition: str) -> Finding:
    """汇总的各份报表年度和版式相同，不同的不计入。"""
    if year is None:
        return _left_out("G05", "没有填写年度", f"请核对，是 {due} 年度的请补填年度再交")
    if year != due:
        return _left_out("G05", f"是 {year} 年度的报表，这次汇总的是 {due} 年度", f"请换成 {due} 年度的报表")
    then = f"请用 {due_edition} 版式的模板重填，或用 nianbao import 转成 {due_edition} 版式，核对后再交"
    return _left_out("G05", f"用的是 {edition} 版式，{due} 年度应当用 {due_edition} 版式", then)


def g09_own_summary() -> Finding:
    """不重复计算：本级自己的汇总表不计入；没有写明汇总单位时，汇总表都不计入。"""
    return _left_out("G09", "是汇总表，计入会与各单位重复（下级的汇总表要计入时，请用 --agency 写明本级名称）")


_THEN = "请核对文件后重新汇总"


def _left_out(rule: str, why: str, then: str = _THEN, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(rule, severity, f"没有计入汇总：{why}。{then}{'。' if then else ''}")
