"""What commands print as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from ..check import Checked, counted
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
            click.echo(f"  {_line(finding, each.reading)}")
        if not each.findings:
            click.secho("  没有发现问题。", fg="green")


def print_findings(findings: Iterable[Finding]) -> None:
    """Findings that belong to no single file."""
    for finding in findings:
        click.echo(f"  {_line(finding, None)}")


def _line(finding: Finding, reading: Reading | None) -> str:
    place = reading.where(finding) if reading else ""
    label = click.style(finding.severity.label, fg=_COLOURS[finding.severity], bold=True)
    return f"{label} {finding.rule}　{f'{place}　' if place else ''}{finding.message}"


def print_counts(checked: Sequence[Checked], findings: Iterable[Finding] = ()) -> None:
    """``共 12 份：错误 1 处，提醒 0 处，说明 2 处。``, `findings` of no single file included."""
    counts = counted([*findings, *(finding for each in checked for finding in each.findings)])
    click.echo(f"共 {len(checked)} 份：" + "，".join(f"{each.label} {counts[each]} 处" for each in Severity) + "。")
