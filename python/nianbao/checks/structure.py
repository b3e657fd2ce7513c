"""S rules: the form as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..figures import show
from ..findings import Finding, Severity
from ..form import LAST_YEAR, CellKey, Form
from ..formfile import EDITIONS, edition_for, load_form
from ..places import Place
from ..reading import Reading
from ..report import Values
from ..wording import cell_name, table_name

FIRST_TRIAL_YEAR = 2019
"""For 2019 the notice (国办公开办函〔2019〕60号) only encouraged its form."""


def s02_edition(reading: Reading, form: Form) -> Iterator[Finding]:
    """版式与年度相符：2019、2020 年度用 2019 版式，2021 年度起用 2021 版式。"""
    year = reading.report.year
    if any(finding.rule == "S02" for finding in reading.findings):
        return  # the reader has told already why there is no year
    if year is None:
        yield Finding("S02", Severity.ERROR, "没有填写报告年度，无法判断应使用的版式。请填写四位年份。")
        return
    if form.serves(year):
        return
    expected = edition_for(year)
    if expected is None:
        early = f"早于统一格式（{EDITIONS[0]} 年度起），不能用本表填报"
        message = f"{year} 年度{early if year < LAST_YEAR else '不像一个年份'}。请核对年度。"
        yield Finding("S02", Severity.ERROR, message)
        return
    severity = Severity.WARNING if year == FIRST_TRIAL_YEAR else Severity.ERROR
    authority = load_form(expected).authority
    message = (
        f"{year} 年度应使用 {expected} 版式（{authority}），现为 {form.edition} 版式。请核对年度，或改用对应的模板。"
    )
    yield Finding("S02", severity, message)


def s02_no_year(raw: str, place: Place) -> Finding:
    """报告年度是四位年份。"""
    message = f"封面“报告年度”填的是“{raw}”，不是四位年份，无法判断应使用的版式。请填写四位年份，如 2023。"
    return Finding("S02", Severity.ERROR, message, place=place)


def s02_moved(old: Form, new: Form) -> Finding:
    """用错版式填的工作簿，转入年度应用的版式时，行列名称相同的数照搬，含义有变的请核对。"""
    message = (
        f"原是 {old.edition} 版式，已按年度转入 {new.edition} 版式（{new.authority}）：行、列相同的数照搬。"
        "“处理决定数量”的口径是全部处理决定，“其他处理”分成了几行，请核对；新版式里多出的格要补填。"
    )
    return Finding("S02", Severity.INFO, message)


def s02_left_behind(form: Form, cells: Sequence[CellKey], values: Values, new: Form) -> Finding:
    """转入另一版式时，那个版式没有的格里的数没有带过去，逐一说明。"""
    told = "；".join(f"{cell_name(form, cell)} {show(values[cell])}" for cell in cells)
    return Finding(
        "S02", Severity.WARNING, f"{new.edition} 版式没有下列各格，数没有带过去：{told}。请按新版式的口径重新统计。"
    )


def s04_hybrid(reading: Reading, form: Form) -> Iterator[Finding]:
    """不混用版式：2021 版式的表三“（六）其他处理”分三行，不是 2019 版式的一行。"""
    for table in form.tables.values():
        for row in table.rows:
            if row.source_only:
                cells = tuple(CellKey(table.key, row.key, column.key) for column in table.columns)
                message = (
                    f"{table_name(form, table.key)}：“{row.label}”只有一行，{form.edition} 版式应分开填报。"
                    "请按台账分行填写；转成工作簿时，这一行的数放在最后一项，它上面的各项留空。"
                )
                where = next((reading.places[cell] for cell in cells if cell in reading.places), None)
                yield Finding("S04", Severity.ERROR, message, cells, place=where)


def b07_left_behind(cell: CellKey, value: Decimal, total: Decimal | None, form: Form) -> Finding:
    """上年结转与上年报告一致：上年总计与各栏之和不符的，不带入新的一年。"""
    why = "上年只有总计，没有各栏明细" if total is None else f"各栏相加是 {show(total)}"
    message = f"{cell_name(form, cell)}：上年报告的总计是 {show(value)}，{why}，没有带入。请按台账补填各栏。"
    return Finding("B07", Severity.WARNING, message, (cell,))
