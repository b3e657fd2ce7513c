"""Imbalances of a summary that come from units whose figures the office took as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..check import balance
from ..explanations import about, broken_now
from ..findings import Finding, State
from ..formfile import load_form
from ..report import Explanation, Report
from .handed import Handed

_SAID = "按决定照原数计入："


def explained(report: Report, counted: Sequence[Handed]) -> Report:
    """`report`, the sum of `counted`, with an explanation of every imbalance that is that of accepted units and no more."""
    form = load_form(report.edition)
    standing = broken_now(form, report)
    kept = [each for each in report.explanations if not (each.reason.startswith(_SAID) and each.about not in standing)]
    known = {each.about for each in kept}
    new = [each for each in _explanations(report, counted) if each.about not in known]
    return report._replace(explanations=(*kept, *new))


def _explanations(report: Report, counted: Sequence[Handed]) -> Iterator[Explanation]:
    for finding in balance(load_form(report.edition), report.values):
        shares = {each.agency: gap for each in counted if (gap := _gap(each, finding))}
        if shares and sum(shares.values(), Decimal(0)) == finding.difference:
            name = about(finding.rule, finding.subject, finding.left, finding.right)
            yield Explanation(name, f"{_SAID}{'、'.join(shares)}的报表本来不平。")


def _gap(handed: Handed, finding: Finding) -> Decimal:
    """What one unit has of an imbalance, as far as it is explained there."""
    gaps = (
        each.difference
        for each in handed.checked.findings
        if each.state is State.EXPLAINED and (each.rule, each.subject) == (finding.rule, finding.subject)
    )
    return sum((gap for gap in gaps if gap is not None), Decimal(0))
