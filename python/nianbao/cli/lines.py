"""What commands print as text."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

import click

from ..check import Checked, count_line
from ..findings import Finding, Severity
from ..reading import Reading

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def print_checked(checked: Sequence[Checked]) -> None:
    """Each file with its findings, then a line that counts them."""
    print_files(checked)
    print_counts(checked)


def print_files(checked: Iterable[Checked]) -> None:
    """Each file with its findings."""
    for each in checked:
        name = each.reading.report.name if each.reading else "读不出来"
        edition = f"（{each.reading.report.edition} 版式）" if each.reading else ""
        click.secho(f"{each.file}　{name}{edition}", bold=True)
        for finding in each.findings:
            click.echo(f"  {finding_line(finding, each.reading)}")
        if not each.findings:
            click.secho("  没有发现问题。", fg="green")


def print_findings(findings: Iterable[Finding]) -> None:
    """Findings that belong to no single file."""
    for finding in findings:
        click.echo(f"  {finding_line(finding, None)}")


def finding_line(finding: Finding, reading: Reading | None) -> str:
    """One finding, with its place in what was read."""
    place = reading.where(finding) if reading else ""
    label = click.style(finding.severity.label, fg=_COLOURS[finding.severity], bold=True)
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
