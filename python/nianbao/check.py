"""Checks a report: the balance rules and everything in `checks`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from .checks import CHECKS
from .checks.reading import r03_missing
from .figures import show
from .findings import Finding, Severity, by_place
from .form import CellKey, Form
from .reading import Reading
from .rules import Assertion, Outcome, all_assertions
from .wording import line_name, table_name


class Checked(NamedTuple):
    """One file with everything found in it; `reading` is None where it could not be read."""

    file: Path
    reading: Reading | None
    findings: tuple[Finding, ...]


def check(reading: Reading) -> tuple[Finding, ...]:
    """Everything wrong with what was read, the reader's own findings included, sorted by place."""
    form = reading.form
    found = [*reading.findings, *balance(form, reading.report.values)]
    for each in CHECKS:
        found += each(reading, form)
    return by_place(found, form.order)


def check_source(reading: Reading) -> tuple[Finding, ...]:
    """What the R rules find: how the source was read, and what it lacks."""
    form = reading.form
    return by_place([*reading.findings, *r03_missing(reading, form)], form.order)


def balance(form: Form, values: Mapping[CellKey, Decimal | None]) -> Iterator[Finding]:
    """Every balance assertion that does not hold; of one rule on one line only the gravest."""
    gravity = {severity: number for number, severity in enumerate(Severity)}
    broken: dict[tuple[str, str, str], Finding] = {}
    for assertion in all_assertions(form):
        verdict = assertion.verdict(values)
        if verdict.outcome is Outcome.BROKEN and verdict.left is not None and verdict.right is not None:
            finding = _finding(form, assertion, verdict.left, verdict.right)
            key = (assertion.rule.id, assertion.table.key, assertion.line.key)
            if key not in broken or gravity[finding.severity] < gravity[broken[key].severity]:
                broken[key] = finding
    yield from broken.values()


def _finding(form: Form, assertion: Assertion, left: Decimal, right: Decimal) -> Finding:
    rule = assertion.rule
    where = table_name(form, assertion.table.key) + line_name(assertion.table, rule.for_each, assertion.line)
    first, second = rule.sides
    more = "多" if left > right else "少"
    message = (
        f"{where}：「{rule.says}」不成立，{first} {show(left)}，{second} {show(right)}，"
        f"前者比后者{more} {show(abs(left - right))}。{rule.remedy}。"
    )
    return Finding(rule.id, rule.severity, message, assertion.cells, left, right)


def open_errors(findings: Iterable[Finding]) -> int:
    """How many findings must be dealt with before the report goes out."""
    return sum(finding.is_open_error for finding in findings)


def counted(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity."""
    found = list(findings)
    return {severity: sum(each.severity is severity for each in found) for severity in Severity}
