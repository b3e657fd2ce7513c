"""S rules: the form as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..form import Form
from ..formfile import EDITIONS, edition_for, load_form
from ..reading import Reading

FIRST_TRIAL_YEAR = 2019
"""For 2019 the notice (国办公开办函〔2019〕60号) only encouraged its form."""


def s02_edition(reading: Reading, form: Form) -> Iterator[Finding]:
    """版式与年度相符：2019、2020 年度用 2019 版式，2021 年度起用 2021 版式。"""
    year = reading.report.year
    if year is None:
        yield Finding("S02", Severity.ERROR, "没有填写报告年度，无法判断应使用的版式。请填写四位年份。")
        return
    if form.serves(year):
        return
    expected = edition_for(year)
    if expected is None:
        message = f"{year} 年度早于统一格式（{EDITIONS[0]} 年度起），不能用本表填报。请核对年度。"
        yield Finding("S02", Severity.ERROR, message)
        return
    severity = Severity.WARNING if year == FIRST_TRIAL_YEAR else Severity.ERROR
    authority = load_form(expected).authority
    message = (
        f"{year} 年度应使用 {expected} 版式（{authority}），现为 {form.edition} 版式。请核对年度，或改用对应的模板。"
    )
    yield Finding("S02", severity, message)
