"""Why a figure is so all the same: which finding an explanation is about, and whether it still is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from .figures import show
from .form import Form
from .report import Explanation, Report
from .rules import Assertion, Outcome, all_assertions, all_continuity
from .wording import line_name, table_name


def subject(form: Form, assertion: Assertion) -> str:
    """The row or column that `assertion` is about, with its table."""
    return table_name(form, assertion.table.key) + line_name(assertion.table, assertion.rule.for_each, assertion.line)


def about(rule: str, where: str, left: Decimal | None, right: Decimal | None) -> str:
    """What explanations call a broken rule at its `subject`: its figures are part of the name.

    Other figures need another explanation: one that names what no longer is so has lapsed.
    """
    return f"{rule} {where}：{show(left)} 对 {show(right)}"


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
