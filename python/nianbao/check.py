"""Checks a report: the balance rules and everything in `checks`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from .checks import CHECKS, FIGURE_CHECKS, MEASURED, Check, Measured
from .checks.reading import r03_missing
from .checks.register import BETA, OTHERS
from .checks.values import x01_lapsed
from .explanations import broken_now, name_of, reasons, subject
from .figures import show
from .findings import Finding, Severity, State, by_place
from .form import CellKey, Form, is_last_year
from .reading import Reading
from .report import Explanation, Report, Totals, Values
from .rules import Assertion, Outcome, all_assertions, all_continuity
from .thresholds import STANDARD, Thresholds

Figures = Mapping[CellKey, Decimal]


class Checked(NamedTuple):
    """One file with everything found in it; `reading` is None where it could not be read.

    `digest`: the SHA-256 of its bytes in hexadecimal, "" if they were not read.
    """

    file: Path
    reading: Reading | None
    findings: tuple[Finding, ...]
    digest: str = ""


def check(reading: Reading, thresholds: Thresholds = STANDARD) -> tuple[Finding, ...]:
    """Everything wrong with what was read, the reader's own findings included, sorted by place."""
    return _checked(reading, Looked(CHECKS, MEASURED), thresholds)


def check_figures(reading: Reading, thresholds: Thresholds = STANDARD) -> tuple[Finding, ...]:
    """The same, but for the texts, and for what is unusual only."""
    return _checked(reading, Looked(FIGURE_CHECKS, (), OTHERS), thresholds)


class Looked(NamedTuple):
    """What a check looks at; `passed_over` are the ids of the rules that it says nothing of."""

    checks: Sequence[Check]
    measured: Sequence[Measured]
    passed_over: frozenset[str] = frozenset()


def _checked(reading: Reading, looked: Looked, thresholds: Thresholds) -> tuple[Finding, ...]:
    form, report = reading.form, reading.report
    found = [*reading.findings, *balance(form, report.values, report.last, report.totals), *continuity(form, report)]
    for each in looked.checks:
        found += each(reading, form)
    for one in looked.measured:
        found += one(reading, form, thresholds)
    if BETA:
        found = [each._replace(state=State.BETA) if each.rule in BETA else each for each in found]
    if report.explanations:
        found = list(_with_reasons(form, report, found, looked.passed_over))
    return by_place(found, form.order)


def check_source(reading: Reading) -> tuple[Finding, ...]:
    """What the R rules find: how the source was read, and what it lacks."""
    form = reading.form
    return by_place([*reading.findings, *r03_missing(reading, form)], form.order)


def balance(
    form: Form, values: Values, last: Figures = MappingProxyType({}), totals: Totals = Totals.TYPED
) -> Iterator[Finding]:
    """Every balance assertion that does not hold; of one rule on one line only the gravest.

    `last`, last year's figures, and how `totals` came about help to tell which cell is wrong.
    """
    broken = _broken(form, all_assertions(form), values)
    if broken:
        yield from _with_suspects(form, values, broken, last, totals)


def continuity(form: Form, report: Report) -> Iterator[Finding]:
    """Every assertion about this year and the last that does not hold, as far as last year's figures are known."""
    if report.last:
        yield from (finding for _, finding in _broken(form, all_continuity(form), report.both_years))


def _broken(form: Form, assertions: Iterable[Assertion], values: Values) -> list[tuple[Assertion, Finding]]:
    broken: dict[tuple[str, str, str], tuple[Assertion, Finding]] = {}
    for assertion in assertions:
        verdict = assertion.verdict(values)
        if verdict.outcome is Outcome.BROKEN and verdict.left is not None and verdict.right is not None:
            finding = _finding(form, assertion, verdict.left, verdict.right)
            key = (assertion.rule.id, assertion.table.key, assertion.line.key)
            if key not in broken or finding.severity.rank < broken[key][1].severity.rank:
                broken[key] = (assertion, finding)
    return list(broken.values())


def _with_reasons(
    form: Form, report: Report, findings: Sequence[Finding], passed_over: frozenset[str]
) -> Iterator[Finding]:
    """`findings` with those that the office explained marked so, and its explanations of what no longer is so.

    Whether one of a rule that was `passed_over` has lapsed is not known.
    """
    given, values = reasons(report), report.values
    names = [name_of(each, values) for each in findings]
    standing = broken_now(form, report).union(names)
    for name, finding in zip(names, findings, strict=True):
        reason = given.get(name)
        yield finding if reason is None else _explained(finding, reason)
    judged = (each for each in report.explanations if each.about.partition(" ")[0] not in passed_over)
    yield from (x01_lapsed(each) for each in judged if each.about not in standing)


def _explained(finding: Finding, reason: Explanation) -> Finding:
    signed = "，".join(filter(None, (reason.by, reason.date)))
    said = f"已说明：{reason.reason}" + (f"（{signed}）" if signed else "")
    return finding._replace(state=State.EXPLAINED, message=f"{finding.message}{said}")


def _with_suspects(
    form: Form, values: Values, broken: Iterable[tuple[Assertion, Finding]], last: Figures, totals: Totals
) -> Iterator[Finding]:
    """Findings that point at the cells in question, and name those that would mend all, if they are few."""
    from .suspects import diagnose, hint

    diagnosed = {each: one for one in diagnose(form, values, last, totals) for each in one.assertions}
    for assertion, finding in broken:
        if diagnosis := diagnosed.get(assertion):
            told = hint(form, values, diagnosis)
            yield finding._replace(message=finding.message + told, suspects=diagnosis.found[assertion])
        else:
            yield finding


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
    """How many findings there are of each severity, those of rules on trial left out."""
    found = [each.severity for each in findings if each.state is not State.BETA]
    return {severity: found.count(severity) for severity in Severity}


def counts_line(findings: Iterable[Finding]) -> str:
    """``错误 1 处，提醒 2 处，其中已说明 1 处``, what there is."""
    found = list(findings)
    counts, explained = counted(found), sum(each.state is State.EXPLAINED for each in found)
    told = [f"{each.label} {counts[each]} 处" for each in Severity if counts[each]]
    return "，".join([*told, *([f"其中已说明 {explained} 处"] if explained else [])])


def count_line(checked: Sequence[Checked], findings: Iterable[Finding] = ()) -> str:
    """``共 12 份：错误 1 处，提醒 0 处，说明 2 处。``, `findings` of no single file included."""
    found = [*findings, *(finding for each in checked for finding in each.findings)]
    counts, trial = counted(found), sum(each.state is State.BETA for each in found)
    line = f"共 {len(checked)} 份：" + "，".join(f"{each.label} {counts[each]} 处" for each in Severity)
    return f"{line}；试行规则 {trial} 处。" if trial else f"{line}。"
