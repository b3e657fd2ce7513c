"""What the figures of table two can mean: who may make 规章, items taken for decisions, amounts in another unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from ..figures import show
from ..findings import Finding, Severity
from ..form import CellKey, Form
from ..reading import Reading
from ..report import Report
from ..thresholds import Thresholds
from ..wording import cell_name, line_name, table_name

CAN_RULE = frozenset({"省级政府", "市级政府"})
"""Units that may make 规章 (立法法: provinces, 设区的市 and 自治州), as the cover calls them."""
CANNOT_RULE = frozenset({"县级政府", "乡镇政府、街道办事处", "政府部门", "其他单位"})
OF_DEPARTMENTS = CANNOT_RULE - {"县级政府"}
"""Units whose charges are those of one office."""
# Compiled where a figure asks for them.
_STATE = ("国务院", "国家", "中华人民共和国", "中国")
_MAY_RULE = r"(?:[省市州]|自治区)(?:(?:人民)?政府)?(?:办公[厅室])?$"
_OFFICE = r"(?<!总)局|厅|(?<!管理)委员会|中心|[站所馆院队]|学校|大学"
_TOWN = r"[镇乡](?:(?:人民)?政府)?(?:(?:党政|综合)?办公室)?|街道(?:办事处)?"
_CANNOT_RULE = rf"(?:(?:县|旗|(?<!自治)区)(?:人民)?政府(?:办公室)?|县|{_TOWN}|{_OFFICE})$"
_ONE_OFFICE = rf"(?:{_OFFICE}|{_TOWN})$"
_PROVINCIAL = r"省|自治区|北京|上海|天津|重庆|兵团|厅$"
_BY_CHANCE = 10
"""Smaller numbers of decisions may equal the number of items by chance."""
_MANY = 5
"""Whoever issues so many documents in one year has older ones that are still in force, unless the office is new."""
_FEN = -6
"""The last decimal of 万元 that is still a coin."""
_YUAN = -2
"""The last decimal of an amount in 元."""
_HUNDREDTH = Decimal("0.01")
_BEYOND = Decimal(10) ** 20
_FEE = CellKey("fees", "fee", "charged")
_PROJECTS = CellKey("procurement", "central", "projects")
_AMOUNT = CellKey("procurement", "central", "amount")


def a04_regulation(reading: Reading, form: Form) -> Iterator[Finding]:
    """没有规章制定权的单位，“规章”行填 0（本年制定的为错误）。"""
    values = reading.report.values
    cells = tuple(cell for cell in form.cells_of["documents"] if cell.row == "regulation")
    filled = tuple(cell for cell in cells if values.get(cell))
    may = _may_rule(reading.report) if filled else True
    if may:
        return
    where = table_name(form, "documents") + line_name(form.tables["documents"], "row", form.row(cells[0]))
    figures = "，".join(f"{form.column(cell).label} {show(values[cell])}" for cell in filled)
    otherwise = "请在封面“规章制定权”选“有”" if reading.ours else "请核对后写明"
    if may is None:
        advice = f"没有规章制定权的，请填 0；有的，{otherwise}"
    else:
        advice = f"本单位没有规章制定权，请填 0；确有的，{otherwise}"
    message = (
        f"{where}：填的是{figures}。规章只由省级、设区的市（自治州）政府和国务院部门制定，"
        f"内部规章制度、规范性文件和上级的规章都不计。{advice}。"
    )
    made = may is False and filled[0] == cells[0]
    yield Finding("A04", Severity.ERROR if made else Severity.WARNING, message, filled, subject=where)


def a06_only_this_year(reading: Reading, form: Form) -> Iterator[Finding]:
    """现行有效件数包括往年制发、仍然有效的，不是只计本年制发的。"""
    values, last, table = reading.report.values, reading.report.last, form.tables["documents"]
    for row in table.rows:
        issued, repealed, in_force = (CellKey("documents", row.key, key) for key in ("issued", "repealed", "in_force"))
        made = values.get(issued)
        # What is known of last year speaks for itself (A02).
        if (
            made is None
            or made < _MANY
            or made != values.get(in_force)
            or values.get(repealed) != 0
            or in_force in last
        ):
            continue
        where = table_name(form, "documents") + line_name(table, "row", row)
        message = (
            f"{where}：现行有效 {show(made)}，与本年制发相同，本年又没有废止，等于说上年末一件有效的也没有，"
            "像是只计了本年制发的。请核对；往年制发、仍然有效的也要计。"
        )
        yield Finding("A06", Severity.WARNING, message, (issued, repealed, in_force), subject=where)


def a11_items_for_decisions(reading: Reading, form: Form) -> Iterator[Finding]:
    """处理决定数量是本年作出的决定件数，不是本年的项目数（上一年项目数量加本年增/减）。"""
    for where, cells, (before, change, decisions) in _items(reading, form):
        if change and decisions >= _BY_CHANCE and decisions == before + change:
            sign = "加" if change > 0 else "减"
            message = (
                f"{where}：处理决定数量 {show(decisions)}，正好是上一年项目数量 {show(before)} {sign}本年{'增' if change > 0 else '减'} "
                f"{show(abs(change))}，像是填了本年的项目数。请核对；处理决定数量填本年作出的决定件数。"
            )
            yield Finding("A11", Severity.WARNING, message, cells, subject=where)


def a12_decisions_without_items(reading: Reading, form: Form) -> Iterator[Finding]:
    """有处理决定的，项目数（上一年项目数量加本年增/减）不为 0。"""
    for where, cells, (before, change, decisions) in _items(reading, form):
        if decisions > 0 and before + change == 0:
            message = (
                f"{where}：处理决定数量是 {show(decisions)}，项目数（上一年 {show(before)}，本年增减 {show(change)}）却是 0。"
                "请核对；本年还有这类事项的，请补填项目数；受其他单位委托办理的，请写明。"
            )
            yield Finding("A12", Severity.WARNING, message, cells, subject=where)


def a15_procurement(reading: Reading, form: Form) -> Iterator[Finding]:
    """政府集中采购的项目数量和总金额，要么都是 0，要么都不是 0。"""
    values = reading.report.values
    projects, amount = values.get(_PROJECTS), values.get(_AMOUNT)
    if projects is not None and amount is not None and bool(projects) != bool(amount):
        where = table_name(form, _AMOUNT.table)
        message = f"{where}：采购项目数量 {show(projects)}，采购总金额 {show(amount)}，一个是 0，一个不是。请核对，改正其中一处。"
        yield Finding("A15", Severity.WARNING, message, (_PROJECTS, _AMOUNT), subject=where)


def a16_unit_of_amount(reading: Reading, form: Form) -> Iterator[Finding]:
    """采购总金额的单位是万元（表上没有印单位，原文没有写明或已换算的，请核对）。"""
    amount, projects = reading.report.values.get(_AMOUNT), reading.report.values.get(_PROJECTS)
    if not amount or amount < 0 or reading.ours or _AMOUNT not in reading.places:
        return  # our workbooks say beside the cell what the unit is, and so does the description of the JSON
    where = cell_name(form, _AMOUNT)
    if any(each.rule == "R04" and _AMOUNT in each.cells for each in reading.findings):
        how = f"原文的数带单位，已换算成 {show(amount)} 万元"
    elif "元" in reading.labels.get(form.column(_AMOUNT).label, ("", None))[0]:
        return
    else:
        how = f"原文没有写单位，已按 {show(amount)} 万元读取"
    message = f"{where}：{how}{_average(amount, projects)}。表上没有印单位，容易误读，请核对；公布时请在文字里写明单位是万元。"
    yield Finding("A16", Severity.WARNING, message, (_AMOUNT,), subject=where)


def v07_yuan(reading: Reading, form: Form, thresholds: Thresholds) -> Iterator[Finding]:
    """行政事业性收费以万元为单位，没有把元填成万元（达到上年的一万倍，或部门超过十万万元）。"""
    report = reading.report
    value, last = report.values.get(_FEE), report.last.get(_FEE)
    if not value or _last_decimal(value) < _YUAN:  # finer than 元 and 分: it was converted
        return
    if last and value >= last * thresholds.money_times:
        why = f"是上年 {show(last)} 万元的 {show((value / last).to_integral_value())} 倍"
    elif value > thresholds.money_most and _is_one_office(report):
        why = f"对一个单位来说太多（超过 {show(thresholds.money_most)} 万元）"
    else:
        return
    where = cell_name(form, _FEE)
    message = (
        f"{where}：填的是 {show(value)}（万元），{why}，像是把元填成了万元。请核对；"
        f"原是 {show(value)} 元的，应填 {show(value.scaleb(-4))}。"
    )
    yield Finding("V07", Severity.WARNING, message, (_FEE,), subject=where)


def v13_finer_than_fen(reading: Reading, form: Form) -> Iterator[Finding]:
    """以万元为单位的金额不超过 6 位小数（0.01 元）。"""
    value = reading.report.values.get(_FEE)
    if value is not None and _last_decimal(value) < _FEN:
        where = cell_name(form, _FEE)
        message = f"{where}：{show(value)} 万元有 {-_last_decimal(value)} 位小数，比 0.01 元还小。请核对金额和单位。"
        yield Finding("V13", Severity.WARNING, message, (_FEE,), subject=where)


def _average(amount: Decimal, projects: Decimal | None) -> str:
    """What a project cost in the mean, which shows best whether the unit is right."""
    if not projects or projects < 0 or amount >= projects * _BEYOND:
        return ""
    return f"，平均每个项目 {show((amount / projects).quantize(_HUNDREDTH, ROUND_HALF_UP))} 万元"


def _items(reading: Reading, form: Form) -> Iterator[tuple[str, tuple[CellKey, ...], tuple[Decimal, Decimal, Decimal]]]:
    """The rows that tell of items and decisions, where all three figures are known."""
    values = reading.report.values
    for key in ("licensing", "enforcement"):
        table = form.tables[key]
        for row in table.rows:
            cells = tuple(CellKey(key, row.key, column) for column in ("items_last_year", "change", "decisions"))
            before, change, decisions = map(values.get, cells)
            if before is not None and change is not None and decisions is not None:
                yield table_name(form, key) + line_name(table, "row", row), cells, (before, change, decisions)


def _may_rule(report: Report) -> bool | None:
    """Whether the office may make 规章: as it says itself, else as its name says; None if neither does."""
    said, level = report.particulars.get("rulemaking", ""), report.particulars.get("level", "")
    name = "".join(report.agency.split())
    if said in {"有", "没有"}:
        return said == "有"
    if name.startswith(_STATE):
        return None
    if level in CAN_RULE | CANNOT_RULE:
        return level in CAN_RULE
    return True if re.search(_MAY_RULE, name) else False if re.search(_CANNOT_RULE, name) else None


def _is_one_office(report: Report) -> bool:
    """Whether the report is for certain that of a department or a town, and of no province."""
    name, level = "".join(report.agency.split()), report.particulars.get("level", "")
    known = level in OF_DEPARTMENTS if level else bool(re.search(_ONE_OFFICE, name))
    return known and not name.startswith(_STATE) and not re.search(_PROVINCIAL, name)


def _last_decimal(value: Decimal) -> int:
    """The power of ten of the last digit that `value` shows."""
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
