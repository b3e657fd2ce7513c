"""R rules: what reading a file found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby

from ..errors import InputError
from ..figures import Figure, Flag, show
from ..findings import Finding, Severity
from ..form import CellKey, Form, Line, Table
from ..places import Place
from ..reading import Reading
from ..totals import definitions
from ..wording import blocks, cell_name, lines_name, table_name
from .values import v03_placeholder


def r01_unreadable(error: InputError) -> Finding:
    """文件读不出来（加密、损坏、不支持的格式等，说明原因）。"""
    return Finding("R01", Severity.ERROR, f"读不出来：{error.what}。{error.remedy}。")


def r02_refused(where: str, raw: str, why: str, place: Place | None, cells: tuple[CellKey, ...] = ()) -> Finding:
    """一行或一个数认不准：个数不对、数字粘连、一格两个数、表边有不认识的行；原文照录，不猜。"""
    message = f"{where}：原文“{' '.join(raw.split())}”{why}，没有采用。请对照原文手工填写。"
    return Finding("R02", Severity.ERROR, message, cells, place=place)


def r03_missing(reading: Reading, form: Form) -> Iterator[Finding]:
    """来源里缺少法定表格的行或整张表。"""
    values, noted = reading.report.values, reading.noted
    for table in form.tables.values():
        if missing := [cell for cell in form.cells_of[table.key] if cell not in values and cell not in noted]:
            message = f"来源里缺少{table_name(form, table.key)}{_what_is_missing(table, missing, form)}。请找到原表补齐，没有发生的填 0。"
            yield Finding("R03", Severity.ERROR, message, tuple(missing))


def r04_converted(cell: CellKey, figure: Figure, form: Form, place: Place | None) -> Finding:
    """带文字或单位的数，已换算后采用（减33、429.1万、元换算万元、3件）。"""
    unit = "（万元）" if form.kind(cell) == "amount" else ""
    message = f"{cell_name(form, cell)}：原文“{' '.join(figure.raw.split())}”已读作 {show(figure.value)}{unit}。请核对是否正确。"
    return Finding("R04", Severity.INFO, message, (cell,), place=place)


def r05_stored_total(
    stored: Mapping[CellKey, Decimal | None], computed: Mapping[CellKey, Decimal | None], form: Form
) -> Iterator[Finding]:
    """保存的合计与公式应得的数不同，或公式没有保存结果；一律按公式重新计算。"""
    empty = tuple(cell for cell in computed if stored[cell] is None)
    if empty:
        message = f"{len(empty)} 个合计格没有保存计算结果（多为其他程序另存所致），已按公式重新计算。用表格软件打开再保存一次即可。"
        yield Finding("R05", Severity.WARNING, message, empty)
    for cell, value in computed.items():
        if (kept := stored[cell]) is None:
            continue
        start = f"{cell_name(form, cell)}：文件里保存的是 {show(kept)}，"
        if value is None:
            message = f"{start}但明细或核对数还没有填全，按公式应为空，没有采用。请补填，没有发生的填 0。"
            yield Finding("R05", Severity.WARNING, message, (cell,))
        else:
            message = f"{start}按公式应为 {show(value)}，相差 {show(kept - value)}，已按公式采用。请用表格软件打开，重新计算后保存。"
            yield Finding("R05", Severity.WARNING, message, (cell,), kept, value)


def r05_unsaved_summary(form: Form) -> Finding:
    """汇总表的公式没有保存结果。"""
    message = "汇总表里的公式没有保存计算结果（多为其他程序另存所致），读不出数。请用表格软件打开再保存一次。"
    return Finding("R05", Severity.ERROR, message, form.cells)


def unused_figure(cell: CellKey, typed: Decimal, total: Decimal | None, form: Form, place: Place) -> Finding:
    """A 核对数 that was typed although totals are automatic: a broken balance where the total can be computed."""
    advice = "合计方式是自动合计，没有采用核对数。请核对明细；要以台账合计为准，请在封面把“合计方式”改为手工填报"
    start = f"{cell_name(form, cell)}：核对数填的是 {show(typed)}，"
    if total is None:
        message = f"{start}明细有空格，还算不出合计；{advice}。"
        return Finding("R05", Severity.WARNING, message, (cell,), place=place)
    message = f"{start}自动合计是 {show(total)}，相差 {show(typed - total)}；{advice}。"
    rule = definitions(form)[cell].rule
    return Finding(rule.id, rule.severity, message, (cell,), typed, total, place=place)


def r06_not_current(what: str) -> Finding:
    """不是本工具当前版本的工作簿（可转入新模板）。"""
    return Finding("R06", Severity.WARNING, f"{what}。请用“nianbao import 本文件 -o 新文件”转入当前模板。")


def of_figure(cell: CellKey, figure: Figure, form: Form, place: Place | None) -> Finding | None:
    """The finding that reading `figure` in `cell` gives rise to, if any."""
    if figure.flag is Flag.CONVERTED:
        return r04_converted(cell, figure, form, place)
    if figure.flag is Flag.PLACEHOLDER:
        return v03_placeholder(cell, figure, form, place)
    if figure.flag is Flag.REFUSED:
        return r02_refused(cell_name(form, cell), figure.raw, "认不准是哪个数", place, (cell,))
    return None


def _what_is_missing(table: Table, missing: list[CellKey], form: Form) -> str:
    """Whole rows first, then what is missing of others."""
    if len(missing) == len(table.rows) * len(table.columns):
        return "整张表"
    counts = Counter(cell.row for cell in missing)
    rows = [row for row in table.rows if counts[row.key] == len(table.columns)]
    rest = [cell for cell in missing if counts[cell.row] < len(table.columns)]
    parts = [_runs(table, rows)] if rows else []
    return "的" + "；".join(parts + [lines_name(form, block) for block in blocks(rest, form)])


def _runs(table: Table, rows: list[Line]) -> str:
    """`rows` as the form lists them: neighbours joined as “…”至“…”."""
    numbered = [(number, row) for number, row in enumerate(table.rows) if row in rows]
    parts = []
    for _, group in groupby(enumerate(numbered), lambda pair: pair[1][0] - pair[0]):
        run = [row for _, (_, row) in group]
        parts.append(f"“{run[0].label}”至“{run[-1].label}”共{len(run)}行" if len(run) > 1 else f"“{run[0].label}”行")
    return "、".join(parts)
