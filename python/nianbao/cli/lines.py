"""What commands print as text."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

import click

from ..check import Checked, count_line, counts_line
from ..findings import Finding, Severity, State
from ..reading import Reading
from ..wording import chapter_name

_WHOLE, _TRIAL, _EXPLAINED = "全文和各章文字", "试行规则（供参考）", "已说明"
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def print_checked(checked: Sequence[Checked], told: Iterable[str] = ()) -> None:
    """Each file with its findings, then a line that counts them, then what else there is to say."""
    print_files(checked)
    print_counts(checked)
    print_lines(told)


def print_lines(lines: Iterable[str]) -> None:
    """One after the other."""
    for line in lines:
        click.echo(line)


def print_files(checked: Iterable[Checked]) -> None:
    """Each file with its findings, by chapter, what is gravest first; rules on trial apart from the others."""
    for each in checked:
        name = each.reading.report.name if each.reading else "读不出来"
        edition = f"（{each.reading.report.edition} 版式）" if each.reading else ""
        click.secho(f"{each.file}　{name}{edition}", bold=True)
        for heading, findings in grouped(each):
            click.echo(f"  {heading}：{counts_line(findings) or f'{len(findings)} 处'}")
            for finding in findings:
                click.echo(f"    {finding_line(finding, each.reading)}")
        if not each.findings:
            click.secho("  没有发现问题。", fg="green")


def grouped(checked: Checked) -> list[tuple[str, list[Finding]]]:
    """The findings of a file by what they are about, the worst first: the file or its texts, a chapter with its tables."""
    found: dict[str, list[Finding]] = {}
    for finding in sorted(checked.findings, key=_rank):
        found.setdefault(_about(finding, checked.reading), []).append(finding)
    return sorted(found.items(), key=lambda group: (group[0] == _TRIAL, _rank(group[1][0])))


def _about(finding: Finding, reading: Reading | None) -> str:
    if finding.state is State.BETA:
        return _TRIAL
    return chapter_name(reading.form, finding.cells) if reading and finding.cells else _WHOLE


def _rank(finding: Finding) -> tuple[bool, int]:
    """Least for the worst; what the office has explained asks for less than what it has not."""
    return (finding.state is not State.OPEN, finding.severity.rank)


def print_findings(findings: Iterable[Finding]) -> None:
    """Findings that belong to no single file."""
    for finding in findings:
        click.echo(f"  {finding_line(finding, None)}")


def finding_line(finding: Finding, reading: Reading | None) -> str:
    """One finding, with its place in what was read."""
    place = reading.where(finding) if reading else ""
    grave = finding.state is not State.EXPLAINED
    label = click.style(finding.severity.label if grave else _EXPLAINED, fg=_COLOURS[finding.severity], bold=grave)
    return f"{label} {finding.rule}　{f'{place}　' if place else ''}{finding.message}"


def print_counts(checked: Sequence[Checked], findings: Iterable[Finding] = ()) -> None:
    """How much was found, `findings` of no single file included."""
    click.echo(count_line(checked, findings))


_MANY = 20
"""Files whose reading takes long enough to be watched."""


@contextmanager
def counted_up(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """Takes how many of `length` are done, and shows it on a terminal while it lasts."""
    stderr: TextIO = sys.stderr
    if length < _MANY or not stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, label=label, file=stderr, show_pos=True) as bar:
        yield lambda done: bar.update(done - bar.pos)
