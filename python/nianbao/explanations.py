"""Why a figure is so all the same: which finding an explanation is about, and whether it still is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from .figures import show
from .findings import Finding
from .form import Form
from .report import Explanation, Report, Values
from .rules import Assertion, Outcome, all_assertions, all_continuity
from .wording import line_name, table_name

FILE, UNIT, ABOUT, REASON, BY, DATE = HEADS = ("文件", "单位", "问题编号", "说明原因", "说明人", "说明日期")
"""The columns of a file of explanations, and of the list of problems that becomes one when it is filled in."""


def subject(form: Form, assertion: Assertion) -> str:
    """The row or column that `assertion` is about, with its table."""
    return table_name(form, assertion.table.key) + line_name(assertion.table, assertion.rule.for_each, assertion.line)


def about(rule: str, where: str, left: Decimal | None, right: Decimal | None) -> str:
    """What explanations call a broken rule at its `subject`: its figures are part of the name.

    Other figures need another explanation: one that names what no longer is so has lapsed.
    """
    return f"{rule} {where}：{show(left)} 对 {show(right)}"


_FIGURES = 8
"""Figures that are named one by one; of more, their number and sum are."""


def name_of(finding: Finding, values: Values) -> str:
    """What explanations call `finding`: where it is, and the figures that it is about.

    Where it has two sides, these; else what stands in its cells.  A finding of the reader (R rules) has no name: what could
    not be read cannot be explained away.
    """
    if finding.rule.startswith("R"):
        return ""
    where = finding.subject or finding.message.partition("：")[0].partition("。")[0]
    if finding.left is not None:
        return about(finding.rule, where, finding.left, finding.right)
    known = [value for cell in finding.cells if (value := values.get(cell)) is not None]
    figures = (
        "、".join(map(show, known))
        if len(known) <= _FIGURES
        else f"{len(known)} 个数，共 {show(sum(known, Decimal(0)))}"
    )
    return f"{finding.rule} {where}" + (f"：{figures}" if figures else "")


def broken_now(form: Form, report: Report) -> frozenset[str]:
    """What explanations of `report` can be about."""
    values = report.both_years
    found = ((each, each.verdict(values)) for each in (*all_assertions(form), *all_continuity(form)))
    return frozenset(
        about(assertion.rule.id, subject(form, assertion), verdict.left, verdict.right)
        for assertion, verdict in found
        if verdict.outcome is Outcome.BROKEN
    )


def reasons(report: Report) -> Mapping[str, Explanation]:
    """The explanations that give a reason, by what they are about."""
    return {each.about: each for each in report.explanations if each.about and each.reason}
