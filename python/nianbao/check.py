"""Checks a report: the balance rules and everything in `checks`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from .checks import CHECKS, FIGURE_CHECKS, Check
from .checks.reading import r03_missing
from .checks.values import x01_lapsed
from .explanations import about, broken_now, reasons, subject
from .figures import show
from .findings import Finding, Severity, State, Suspect, by_place
from .form import Form, is_last_year
from .reading import Reading
from .report import Explanation, Report, Values
from .rules import Assertion, Outcome, all_assertions, all_continuity
from .wording import line_name


class Checked(NamedTuple):
    """One file with everything found in it; `reading` is None where it could not be read.

    `digest`: the SHA-256 of its bytes in hexadecimal, "" if they were not read.
    """

    file: Path
    reading: Reading | None
    findings: tuple[Finding, ...]
    digest: str = ""


def check(reading: Reading) -> tuple[Finding, ...]:
    """Everything wrong with what was read, the reader's own findings included, sorted by place."""
    return _checked(reading, CHECKS)


def check_figures(reading: Reading) -> tuple[Finding, ...]:
    """The same, but for what was left in the texts by a template or another report."""
    return _checked(reading, FIGURE_CHECKS)


def _checked(reading: Reading, checks: Sequence[Check]) -> tuple[Finding, ...]:
    form, report = reading.form, reading.report
    found = [*reading.findings, *balance(form, report.values), *continuity(form, report)]
    for each in checks:
        found += each(reading, form)
    if report.explanations:
        found = list(_with_reasons(form, report, found))
    return by_place(found, form.order)


def check_source(reading: Reading) -> tuple[Finding, ...]:
    """What the R rules find: how the source was read, and what it lacks."""
    form = reading.form
    return by_place([*reading.findings, *r03_missing(reading, form)], form.order)


def balance(form: Form, values: Values) -> Iterator[Finding]:
    """Every balance assertion that does not hold; of one rule on one line only the gravest."""
    broken = _broken(form, all_assertions(form), values)
    if broken:
        yield from _with_suspects(form, values, broken)


def continuity(form: Form, report: Report) -> Iterator[Finding]:
    """Every assertion about this year and the last that does not hold, as far as last year's figures are known."""
    if report.last:
        yield from (finding for _, finding in _broken(form, all_continuity(form), report.both_years))


def _broken(form: Form, assertions: Iterable[Assertion], values: Values) -> list[tuple[Assertion, Finding]]:
    gravity = {severity: number for number, severity in enumerate(Severity)}
    broken: dict[tuple[str, str, str], tuple[Assertion, Finding]] = {}
    for assertion in assertions:
        verdict = assertion.verdict(values)
        if verdict.outcome is Outcome.BROKEN and verdict.left is not None and verdict.right is not None:
            finding = _finding(form, assertion, verdict.left, verdict.right)
            key = (assertion.rule.id, assertion.table.key, assertion.line.key)
            if key not in broken or gravity[finding.severity] < gravity[broken[key][1].severity]:
                broken[key] = (assertion, finding)
    return list(broken.values())


def _with_reasons(form: Form, report: Report, findings: Iterable[Finding]) -> Iterator[Finding]:
    """`findings` with those that the office explained marked so, and its explanations of what no longer is so."""
    given, standing = reasons(report), broken_now(form, report)
    for finding in findings:
        reason = given.get(about(finding.rule, finding.subject, finding.left, finding.right))
        yield finding if reason is None else _explained(finding, reason)
    yield from (x01_lapsed(each) for each in report.explanations if each.about not in standing)


def _explained(finding: Finding, reason: Explanation) -> Finding:
    signed = "，".join(filter(None, (reason.by, reason.date)))
    said = f"已说明：{reason.reason}" + (f"（{signed}）" if signed else "")
    return finding._replace(state=State.EXPLAINED, message=f"{finding.message}{said}")


def _with_suspects(form: Form, values: Values, broken: Iterable[tuple[Assertion, Finding]]) -> Iterator[Finding]:
    """Findings that point at the cells in question, and name the one that would mend all, if there is one."""
    from .suspects import diagnose

    diagnosed = {assertion: diagnosis for diagnosis in diagnose(form, values) for assertion in diagnosis.assertions}
    for assertion, finding in broken:
        diagnosis = diagnosed.get(assertion)
        found = diagnosis.suspects if diagnosis else ()
        suspects = tuple(suspect for suspect in found if suspect.cell in finding.cells)
        hint = _hint(form, values, suspects[0]) if diagnosis and diagnosis.unique else ""
        yield finding._replace(message=finding.message + hint, suspects=suspects)


def _hint(form: Form, values: Values, suspect: Suspect) -> str:
    table, cell = form.tables[suspect.cell.table], suspect.cell
    named = line_name(table, "row", form.row(cell)) + line_name(table, "column", form.column(cell))
    return f"若只填错一格，应是{named}，现填 {show(values.get(cell))}，应为 {show(suspect.value)}。"


def _finding(form: Form, assertion: Assertion, left: Decimal, right: Decimal) -> Finding:
    rule = assertion.rule
    where, cells = subject(form, assertion), tuple(cell for cell in assertion.cells if not is_last_year(cell))
    first, second = rule.sides
    more = "多" if left > right else "少"
    message = (
        f"{where}：「{rule.says}」不成立，{first} {show(left)}，{second} {show(right)}，"
        f"前者比后者{more} {show(abs(left - right))}。{rule.remedy}。"
    )
    return Finding(rule.id, rule.severity, message, cells, left, right, subject=where)


def open_errors(findings: Iterable[Finding]) -> int:
    """How many findings must be dealt with before the report goes out."""
    return sum(finding.is_open_error for finding in findings)


def counted(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity."""
    found = list(findings)
    return {severity: sum(each.severity is severity for each in found) for severity in Severity}


def count_line(checked: Sequence[Checked], findings: Iterable[Finding] = ()) -> str:
    """``共 12 份：错误 1 处，提醒 0 处，说明 2 处。``, `findings` of no single file included."""
    counts = counted([*findings, *(finding for each in checked for finding in each.findings)])
    return f"共 {len(checked)} 份：" + "，".join(f"{each.label} {counts[each]} 处" for each in Severity) + "。"
