"""What the page of problems tells: the reports from the worst to the best, and what it says of each finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..check import Checked, counted, counts_line
from ..explanations import name_of, reasons
from ..figures import show
from ..findings import Finding, Severity, State
from ..formfile import EDITIONS
from ..reading import Reading
from ..report import clean_name, clean_text
from ..rulebook import entries
from ..wording import cell_name

_OPEN: Mapping[Severity, str] = {Severity.ERROR: "待改正", Severity.WARNING: "待核对", Severity.INFO: "供参考"}
_EXPLAINED = "已说明"
_LISTED = 6
"""Cells in question that are listed; of more, the number is told."""


class Item(NamedTuple):
    """One finding with the id of its line on the page, its address in the file ("" if not known) and what is said of it."""

    id: str
    finding: Finding
    place: str
    message: str

    @property
    def brief(self) -> str:
        """What it is about, in a few words: the two sides of a balance, or its place and first sentence."""
        finding = self.finding
        explained = f"（{_EXPLAINED}）" if finding.state is State.EXPLAINED else ""
        if finding.subject and finding.left is not None:
            return f"{finding.subject}：{show(finding.left)} 对 {show(finding.right)}{explained}"
        return "　".join(filter(None, (self.place, self.message.partition("。")[0]))) + explained


class Unit(NamedTuple):
    """One report, or one file that could not be read, with the id of its part of the page."""

    id: str
    name: str
    file: str
    reading: Reading | None
    items: tuple[Item, ...]

    @property
    def findings(self) -> list[Finding]:
        """What was found in it, gravest first."""
        return [item.finding for item in self.items]

    @property
    def counts(self) -> str:
        """``错误 2 处，提醒 1 处，其中已说明 1 处``."""
        return counts_line(self.findings)

    def state(self, finding: Finding) -> str:
        """What is still to be done about it, or the reason that the office gave."""
        if finding.state is State.OPEN:
            return _OPEN[finding.severity]
        if finding.state is State.BETA:
            return "试行规则，供参考"
        report = self.reading.report if self.reading else None
        reason = reasons(report).get(name_of(finding, report.values)) if report else None
        return f"{_EXPLAINED}：{clean_text(reason.reason)}" if reason else _EXPLAINED

    def suspected(self, finding: Finding) -> Iterator[str]:
        """``三、依申请公开!E9：现填 3，应为 4``, the likeliest first; why only where it is one: of several, one is wrong."""
        if self.reading is None or not finding.suspects:
            return
        values, places = self.reading.report.values, self.reading.places
        for cell, value, why in finding.suspects[:_LISTED]:
            named = str(places[cell]) if cell in places else cell_name(self.reading.form, cell)
            told = f"（{why}）" if why and len(finding.suspects) == 1 else ""
            yield f"{named}：现填 {show(values.get(cell))}，应为 {show(value)}{told}"
        if len(finding.suspects) > _LISTED:
            yield f"另有 {len(finding.suspects) - _LISTED} 格也可能"


class Share(NamedTuple):
    """What one rule found in one unit."""

    unit: Unit
    items: Sequence[Item]


def units_of(checked: Sequence[Checked]) -> list[Unit]:
    """What was checked, in the order of the page."""
    files = _file_names(each.file for each in checked)
    return [_unit(f"u{number}", each, files[each.file]) for number, each in enumerate(sorted(checked, key=_gravity), 1)]


def _gravity(checked: Checked) -> tuple[int, ...]:
    """Least for the worst: what is explained asks for less than what is not."""
    still_open = counted(finding for finding in checked.findings if finding.state is State.OPEN)
    asking, every = (still_open[Severity.ERROR], still_open[Severity.WARNING]), counted(checked.findings)
    return (checked.reading is not None, *(-count for count in (*asking, *every.values())))


def _unit(key: str, checked: Checked, file: str) -> Unit:
    reading = checked.reading
    items = tuple(
        Item(f"{key}-{number}", finding, _where(finding, reading), _message(finding))
        for number, finding in enumerate(sorted(checked.findings, key=_rank), 1)
    )
    return Unit(key, reading.report.name if reading else file, file, reading, items)


def _where(finding: Finding, reading: Reading | None) -> str:
    return reading.where(finding) if reading else str(finding.place or "")


def _file_names(files: Iterable[Path]) -> dict[Path, str]:
    """What each file is called: its name, after the folders that tell it from others of this name."""
    tails = {file: ["/".join(file.parts[-size:]) for size in range(1, len(file.parts) + 1)] for file in files}
    met = Counter(tail for each in tails.values() for tail in each)
    return {
        file: clean_name(next((tail for tail in each if met[tail] == 1), str(file))) for file, each in tails.items()
    }


def _message(finding: Finding) -> str:
    """The message without the office's reason, which stands by itself, and without who gave it."""
    told = clean_text(finding.message)
    return told.partition(f"{_EXPLAINED}：")[0] if finding.state is State.EXPLAINED else told


def by_rule(units: Iterable[Unit]) -> dict[str, list[Share]]:
    """Every finding by rule and unit: the gravest rules first, of these what concerns most units."""
    found: dict[str, list[Share]] = {}
    for unit in units:
        for rule in dict.fromkeys(finding.rule for finding in unit.findings):
            share = Share(unit, [item for item in unit.items if item.finding.rule == rule])
            found.setdefault(rule, []).append(share)

    def key(rule: str) -> tuple[int, int, str]:
        worst = min(_rank(item.finding) for share in found[rule] for item in share.items)
        return (worst, -len(found[rule]), rule)

    return {rule: found[rule] for rule in sorted(found, key=key)}


def sentences(rules: Mapping[str, Sequence[Share]]) -> dict[str, str]:
    """What each rule says, in the editions that these reports are of."""
    readings = (share.unit.reading for shares in rules.values() for share in shares)
    editions = tuple(sorted({reading.report.edition for reading in readings if reading}))
    said: dict[str, list[str]] = {}
    for entry in entries(editions or EDITIONS) if rules else []:
        told = said.setdefault(entry.id, [])
        told += [entry.says] if entry.says not in told else []
    return {rule: "；".join(told) for rule, told in said.items()}


def _rank(finding: Finding) -> int:
    return finding.severity.rank
