"""V10, S03, S05, S08, S09: what was changed in a workbook beside its figures, each change named once."""

from __future__ import annotations

from collections.abc import Sequence

from ..findings import Finding, Severity
from ..places import SheetPlace

_MEND = "请改回原样，或用“nianbao import 本文件 -o 新文件”转入新模板"
_LOCK = "请在“审阅”里重新保护（密码 nianbao）"
_SHOWN, _LISTED = 60, 6
_MENDED = frozenset({"S03", "S08", "V10", "R06"})
"""Rules about what a new workbook does not take over."""


def v10_formula(place: SheetPlace, cells: Sequence[str], old: str, new: str | None, *, constant: bool) -> Finding:
    """模板的公式没有被改动、删除或换成固定的数。"""
    first = "（以第一格为例）" if len(cells) > 1 or ":" in cells[0] else ""
    if new is None:
        what = "被删去"
    else:
        what = f"被换成固定内容“{short(new)}”" if constant else f"被改成 {short(new)}，原为 {short(old)}"
    message = f"{_which(place, cells)}公式{what}{first if new else ''}。{_MEND}。"
    return Finding("V10", Severity.ERROR, message, place=place)


def v10_merges(place: SheetPlace, old: str | None, new: str | None) -> Finding:
    """模板的单元格没有另行合并或拆开。"""
    what = "几格被合并成一格" if old is None else "合并的格被拆开" if new is None else f"合并范围变成 {new}"
    message = f"{_which(place, [old or new or place.a1])}{what}。{_MEND}。"
    return Finding("V10", Severity.ERROR, message, place=place)


def v10_unlocked(place: SheetPlace, cells: Sequence[str]) -> Finding:
    """表头和公式所在的格仍然锁定。"""
    message = f"{_which(place, cells)}表头或公式被取消了锁定，容易误改。{_MEND}。"
    return Finding("V10", Severity.WARNING, message, place=place)


def v10_unprotected(place: SheetPlace) -> Finding:
    """各工作表仍受保护。"""
    message = f"工作表“{place.sheet}”被取消了保护，表头和公式容易误改。{_LOCK}。"
    return Finding("V10", Severity.WARNING, message, place=place)


def v10_structure_unprotected() -> Finding:
    """工作簿结构仍受保护。"""
    message = f"工作簿被取消了结构保护，工作表容易误删、误改名。{_LOCK}。"
    return Finding("V10", Severity.WARNING, message)


def v10_written(place: SheetPlace, text: str, others: int) -> Finding:
    """模板锁定的空白处没有另写内容。"""
    more = f"等 {others + 1} 处" if others else ""
    message = f"模板的空白处写了“{short(text)}”{more}，本工具不读取。需要说明的，请写在文字说明里。"
    return Finding("V10", Severity.WARNING, message, place=place)


def v10_lines(place: SheetPlace, what: str) -> Finding:
    """封面、校验等表没有插入或删去行列。"""
    return Finding("V10", Severity.ERROR, f"{what}。{_MEND}。", place=place)


def v10_sheet_missing(name: str) -> Finding:
    """模板的工作表没有被删除。"""
    return Finding("V10", Severity.ERROR, f"工作表“{name}”被删除。{_MEND}。")


def v10_sheet_renamed(place: SheetPlace, name: str) -> Finding:
    """模板的工作表没有改名。"""
    message = f"工作表“{name}”被改名为“{place.sheet}”。请改回原名。"
    return Finding("V10", Severity.WARNING, message, place=place)


def v10_sheet_hidden(place: SheetPlace) -> Finding:
    """模板的工作表没有被隐藏。"""
    return Finding("V10", Severity.WARNING, f"工作表“{place.sheet}”被隐藏。请取消隐藏。", place=place)


def v10_sheet_added(place: SheetPlace) -> Finding:
    """工作簿里另加的工作表不读取。"""
    message = f"模板里没有工作表“{place.sheet}”，本工具不读取。报送前可以删去。"
    return Finding("V10", Severity.INFO, message, place=place)


def v10_addin_function(place: SheetPlace, cells: Sequence[str]) -> Finding:
    """没有用加载项的函数（NB_ 开头），它们在别的电脑上显示 #NAME?。"""
    message = (
        f"{_which(place, cells)}公式用了加载项的函数，在没有装加载项的电脑上会显示 #NAME?。"
        "报送前请固定为数值：选中后复制，再“选择性粘贴”数值；在 Excel 里点“全部审核”也会问要不要固定。"
    )
    return Finding("V10", Severity.WARNING, message, place=place)


def v10_unsaved() -> Finding:
    """打开的工作簿里，行列没有移动。"""
    message = "版式改动过（插了、删了行列，或改了表名、行名），还没有保存。数已按行名、列名找到；要知道改了哪一处，请保存后再审核。"
    return Finding("V10", Severity.WARNING, message)


def v10_not_comparable() -> Finding:
    """版式与模板能够逐项对照。"""
    message = "版式与模板不同，但文件无法逐项对照。请用表格软件打开后另存为 .xlsx，或用“nianbao import 本文件 -o 新文件”转入新模板。"
    return Finding("V10", Severity.WARNING, message)


def s03_label(place: SheetPlace, old: str, new: str | None, *, is_head: bool) -> Finding:
    """行、列名称等文字与表式一致。"""
    what = f"“{short(old)}”被删去" if new is None else f"“{short(old)}”被改成“{short(new)}”"
    message = f"{'表头' if is_head else '文字'}{what}。{_MEND}。"
    return Finding("S03", Severity.WARNING, message, place=place)


def s03_lines(place: SheetPlace, what: str) -> Finding:
    """法定表格没有多出或缺少的行列。"""
    return Finding("S03", Severity.ERROR, f"{what}。{_MEND}。", place=place)


def s05_table_missing(name: str) -> Finding:
    """法定表格都在。"""
    return Finding("S05", Severity.ERROR, f"工作表“{name}”不见了，缺少法定表格。{_MEND}。")


def s08_repeated(place: SheetPlace, label: str, other: int) -> Finding:
    """重复的行数字相同的，只计一次。"""
    message = f"“{label}”行与第 {other} 行重复，数字相同，只计一次。请删去一行。"
    return Finding("S08", Severity.INFO, message, place=place)


def s09_repeated(place: SheetPlace, label: str, other: int) -> Finding:
    """同一行没有以不同的数字重复出现。"""
    message = f"“{label}”行与第 {other} 行重复，数字不同，认不准用哪一行。请核对后删去一行。"
    return Finding("S09", Severity.ERROR, message, place=place)


def mended(finding: Finding) -> Finding:
    """`finding` after the report went into a new workbook: there nothing but figures in doubt is still wrong."""
    if finding.rule not in _MENDED:
        return finding
    return finding._replace(severity=Severity.INFO, message=finding.message.replace(_MEND, "新工作簿已恢复原样"))


def _which(place: SheetPlace, cells: Sequence[str]) -> str:
    """``C3、D5:D9 的``, long lists shortened; "" for the one cell that is the place of the finding."""
    if list(cells) == [place.a1]:
        return ""
    return "、".join(cells[:_LISTED]) + (f" 等 {len(cells)} 处的" if len(cells) > _LISTED else " 的")


def short(text: str) -> str:
    """`text` on one line, its end left out where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
