"""有关数据的说明: what does not add up in a report and why, for chapter six of its document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..explanations import name_of, reasons
from ..figures import show
from ..findings import Finding, State
from ..report import Report, clean_name

HEADING = "有关数据的说明"


def annex(report: Report, findings: Iterable[Finding]) -> tuple[str, ...]:
    """A line on each of `findings` that the office explained, in their order, numbered."""
    return tuple(f"{number}.{line}" for number, line in enumerate(_lines(report, findings), start=1))


def _lines(report: Report, findings: Iterable[Finding]) -> Iterator[str]:
    given = reasons(report)
    for finding in findings:
        name = name_of(finding, report.values)
        if finding.state is State.EXPLAINED and name in given:
            where = finding.subject or name.partition(" ")[2]
            sides = f"（{show(finding.left)} 与 {show(finding.right)}）" if finding.left is not None else ""
            yield f"{where}{sides}：{clean_name(given[name].reason).rstrip('。')}。"
