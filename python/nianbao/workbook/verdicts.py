"""How every assertion stands, in the words of the workbook: what its formulas show, worked out in Python."""

from __future__ import annotations

from typing import NamedTuple

from ..explanations import about, reasons, subject
from ..findings import Severity
from ..form import Form, is_last_year
from ..report import Report
from ..rules import Assertion, Outcome, Verdict
from .margins import listed

HOLDS, BROKEN, HINT, UNFILLED, NO_LAST_YEAR, EXPLAINED = "✓", "✗", "提示", "未填", "无上年数", "已说明"
"""How an assertion stands: a broken rule that is no error is a hint."""


class Standing(NamedTuple):
    """One assertion: its sides, its word (BROKEN or HINT whether explained or not), and what explanations call it."""

    assertion: Assertion
    verdict: Verdict
    word: str
    about: str
    explained: bool

    @property
    def shown(self) -> str:
        """The word that is shown in the end."""
        return EXPLAINED if self.explained else self.word


def broken_word(assertion: Assertion) -> str:
    """The word for `assertion` while it does not hold."""
    return BROKEN if assertion.rule.severity is Severity.ERROR else HINT


def standings(form: Form, report: Report) -> tuple[Standing, ...]:
    """Every assertion of `report`, in the order of 勾稽校验."""
    given, values = reasons(report), report.both_years
    found = []
    for assertion in listed(form):
        verdict = assertion.verdict(values)
        named = about(assertion.rule.id, subject(form, assertion), verdict.left, verdict.right)
        called = named if verdict.outcome is Outcome.BROKEN else ""
        word = _word(assertion, verdict, report)
        found.append(Standing(assertion, verdict, word, called, called in given))
    return tuple(found)


def _word(assertion: Assertion, verdict: Verdict, report: Report) -> str:
    if verdict.outcome is Outcome.HOLDS:
        return HOLDS
    if verdict.outcome is Outcome.BROKEN:
        return broken_word(assertion)
    values = report.both_years
    lacking = any(is_last_year(cell) and values.get(cell) is None for cell in assertion.cells)
    return NO_LAST_YEAR if lacking else UNFILLED
