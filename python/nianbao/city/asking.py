"""What goes back to a unit: its report as it is returned, and what it is asked to put right, worst first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from ..check import Checked, check
from ..checks.tampering import mended
from ..findings import Finding, Severity, State
from ..form import Form
from ..formfile import load_form
from ..migration import migrated
from ..places import SheetPlace
from ..reading import Reading
from ..report import Report
from ..wording import cell_name, cells_name, text_name
from ..workbook.contents import Note, Notes, carried, printed_cell
from ..workbook.layout import AGENCY, EXPLAINED, YEAR, lay_out
from ..workbook.names import COVER, EXPLANATIONS
from .versions import round_of

_MOST = 6
"""Cells that one finding marks, at most: where it concerns more, the first alone."""
_OTHER_PERIOD, _YEAR = "G05", "S02"
_RANK = tuple(Severity)


class Return(NamedTuple):
    """A report that goes back: `name` is what the roster calls the unit, "" if the report itself says it rightly."""

    checked: Checked
    deadline: date | None = None
    name: str = ""


class Asked(NamedTuple):
    """What one unit is asked for.

    `reading` is what was read of its file, as it goes back; `report` what the workbook that goes back holds, None where
    none can: nothing was read, or it is the sum of others.  `told` are sentences on what was changed beside the figures.
    """

    agency: str
    reading: Reading | None
    report: Report | None
    notes: Notes
    told: tuple[str, ...]

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to send back for."""
        return bool(self.notes.items or self.told)


def asked(back: Return) -> Asked:
    """What the unit of `back` is asked for: what is neither explained nor for the office itself to decide."""
    reading, theirs = back.checked.reading, [each for each in back.checked.findings if _is_theirs(each)]
    agency = back.name or (reading.report.agency if reading else "") or back.checked.file.stem
    if reading is None or reading.summary:
        notes = tuple(_unmarked(each, reading) for each in _worst_first(theirs))
        return Asked(agency, reading, None, Notes(notes, back.deadline), ())
    now = migrated(reading) if reading.ours else reading
    found = theirs if now is reading else check(now)
    notes = tuple(_note(each, now) for each in _worst_first(map(mended, found)))
    told = tuple(_restored(theirs)) if now is reading else (_moved(reading, now), *_restored(theirs))
    return Asked(agency, now, _next_round(now.report), Notes(notes, back.deadline), told)


def _restored(findings: Sequence[Finding]) -> Iterator[str]:
    """What the workbook that goes back has as the template has it, other than the one that came."""
    mends = sum(_is_asked(each) and not _is_asked(mended(each)) for each in findings)
    if mends:
        yield f"原工作簿的版式与现行模板不同（{mends} 处），退回的工作簿已恢复原样，请在退回的这份上修改。"


def _moved(before: Reading, after: Reading) -> str:
    old, new = before.report.edition, after.report.edition
    return (
        f"原工作簿用的是 {old} 版式，按年度应使用 {new} 版式；退回的工作簿已转入 {new} 版式，"
        "行、列相同的数照搬，其余各格请补填。"
    )


def _is_theirs(finding: Finding) -> bool:
    """Whether a finding is about what the unit handed in, not about which of several files counts."""
    return not finding.rule.startswith("G") or finding.rule == _OTHER_PERIOD


def _is_asked(finding: Finding) -> bool:
    return finding.state is State.OPEN and finding.severity is not Severity.INFO


def _worst_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(filter(_is_asked, findings), key=lambda each: _RANK.index(each.severity))


def _next_round(report: Report) -> Report:
    """`report` as a workbook holds it that is to be handed in once more."""
    number = max(1, round_of(report)) + 1
    return carried(report)._replace(particulars={**report.particulars, "round": str(number)})


def _unmarked(finding: Finding, reading: Reading | None) -> Note:
    """A finding about a file of which no workbook goes back: with its place in that file."""
    where = _where(finding, reading.form) or reading.where(finding) if reading else ""
    return Note(finding.rule, finding.severity, where, finding.message)


def _note(finding: Finding, reading: Reading) -> Note:
    """A finding with its places in the workbook that goes back."""
    form = load_form(reading.report.edition)
    cells = _marked(finding, form)
    place = cells[0] if cells else _place(finding, reading)
    where, message = _where(finding, reading.form), finding.message
    if not reading.ours and (there := reading.where(finding)):
        message = f"{message}（原件{there}）"
    return Note(finding.rule, finding.severity, where, message, place, cells)


def _marked(finding: Finding, form: Form) -> tuple[SheetPlace, ...]:
    """The cells that show it: those in question, all if they are few, else the first, which of a balance is the total."""
    suspects = [each.cell for each in finding.suspects]
    cells = suspects if 0 < len(suspects) <= _MOST else finding.cells
    few, shown = cells if len(cells) <= _MOST else cells[:1], lay_out(form).cells
    return tuple(dict.fromkeys(shown[printed_cell(cell, form)] for cell in few if cell in form.order))


def _where(finding: Finding, form: Form) -> str:
    """What it is about, in words: those that its message begins with, if any."""
    names = [finding.subject] if finding.subject else [*_of_cells(finding, form), *_named(form)]
    begins = next((name for name in names if finding.message.startswith(name)), "")
    return begins or next(_of_cells(finding, form), "")


def _of_cells(finding: Finding, form: Form) -> Iterator[str]:
    """What the cells of `finding` are called, if they are of one table."""
    if len(finding.cells) == 1:
        yield cell_name(form, finding.cells[0])
    if len({cell.table for cell in finding.cells}) == 1:
        yield cells_name(form, finding.cells)


def _place(finding: Finding, reading: Reading) -> SheetPlace | None:
    """Where that stands in the workbook which no cell of the tables shows."""
    names, place = _named(load_form(reading.report.edition)), finding.place
    for name in names:
        if finding.message.startswith(name):
            return names[name]
    if finding.rule == _YEAR and not reading.report.year:
        return YEAR
    ours = reading.ours and isinstance(place, SheetPlace) and place.sheet in {each.sheet for each in names.values()}
    return place if ours and isinstance(place, SheetPlace) else None


@cache
def _named(form: Form) -> Mapping[str, SheetPlace]:
    """The beginnings of messages about texts and fields, with the places of these."""
    return dict(_names(form))


def _names(form: Form) -> Iterator[tuple[str, SheetPlace]]:
    layout = lay_out(load_form(form.edition))
    for key in form.text_keys:
        yield text_name(form, key), layout.notes.get(key) or layout.paragraphs[key]
    yield f"{COVER}“单位名称”", AGENCY
    yield f"{COVER}“报告年度”", YEAR
    yield EXPLANATIONS, EXPLAINED
