"""汇总: the reports of many units in one summary, what goes back to them, and where a figure comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ..importing.files import bytes_of
from ..opening import refuse_other_year
from ..report import Report, Values, clean_name
from .files import Done, Output, one_of, read_files
from .gathering import Merging, Progress, gather, unheard

if TYPE_CHECKING:
    from ..city.board import Position
    from ..city.changes import Changes
    from ..city.handed import Intake
    from ..city.merge import Merged
    from ..city.previous import Previous


def merge_files(paths: Sequence[Path], wanted: Merging, output: Output, today: date, told: Progress = unheard) -> Done:
    """Add up the reports of many units in one summary workbook; `today` tells who is overdue."""
    from ..city.board import positions
    from ..city.changes import changes
    from ..city.summary import Story, build_summary

    target = output.file(".xlsx")
    gathered = gather(paths, wanted, output, today, told)
    intake, previous = gathered.intake, gathered.previous
    merged = _merged(intake, wanted, previous)
    back, sent = _going_back(positions(intake, gathered.returned), wanted, today)
    changed = changes(previous, merged) if previous else None
    story = Story(positions(intake, {**gathered.returned, **sent}), today, changed, _report(wanted.own))
    made = {
        target: build_summary(merged, _carried_over(merged, previous), story),
        **_page(merged, wanted, gathered.told),
    }
    output.write({**made, **back}, gathered.inputs(wanted))
    lines = (*gathered.told, *_told_of_previous(previous, changed), *_told_of(back, wanted))
    return Done(list(made), merged.checked, merged.findings, lines)


def return_files(paths: Sequence[Path], wanted: Merging, output: Output, today: date) -> Done:
    """退回: what goes back to the units that have something to put right, in the folder named, and no summary."""
    from ..city.board import positions

    wanted = wanted._replace(returns=output.target)
    gathered = gather(paths, wanted, output, today)
    back, _ = _going_back(positions(gathered.intake, gathered.returned), wanted, today)
    written = output.write(back, gathered.inputs(wanted))
    handed = [each.told for each in gathered.intake.handed]
    return Done(written, handed, gathered.intake.findings, (*gathered.told, *_told_of(back, wanted)))


def _merged(intake: Intake, wanted: Merging, previous: Previous | None) -> Merged:
    from ..city.merge import merge
    from ..workbook.contents import Adjusting

    said = previous.said if previous else Adjusting()
    return merge(intake, clean_name(wanted.agency), said, *_last_year(wanted.last, intake.period[0] or 0))


def _last_year(last: Path | None, year: int) -> tuple[Report | None, Mapping[str, Values]]:
    """Last year's report, and what each unit had in it where it is a summary; InputError for another year's."""
    if last is None:
        return None, {}
    from ..city.units import rows_of
    from ..workbook.sheets import open_sheets

    reading = one_of(read_files([last]), last)
    refuse_other_year(reading.report, year, last.name)
    if not (reading.summary and reading.ours):
        return reading.report, {}
    rows = rows_of(open_sheets(bytes_of(last), last.name), reading.form)
    return reading.report, {row.agency: row.values for row in rows if row.added}


def _report(path: Path | None) -> Report | None:
    return one_of(read_files([path]), path).report if path else None


def _carried_over(merged: Merged, previous: Previous | None) -> Report:
    from ..city.accepting import explained
    from ..city.previous import carried_over

    return explained(carried_over(merged.report, previous), merged.counted)


def _going_back(found: Sequence[Position], wanted: Merging, today: date) -> tuple[dict[Path, bytes], dict[str, str]]:
    """What goes back to the units, and of which file each: nothing unless a folder is named for it."""
    if wanted.returns is None:
        return {}, {}
    from ..city.board import in_need
    from ..city.decisions import DIGEST
    from ..city.letterbox import returns
    from ..city.returned import returned_files

    files = returned_files(returns(found), today)
    sent = {each.member.name: each.main.checked.digest[:DIGEST] for each in in_need(found) if each.main}
    return {wanted.returns / name: data for name, data in files.items()}, sent


def _told_of_previous(previous: Previous | None, changed: Changes | None) -> Iterator[str]:
    """What moved since the summary before, and what the office wrote there that cannot be followed."""
    from ..city.changes import told
    from ..workbook.names import ADJUSTMENTS

    if changed is not None:
        yield from told(changed)
    for each in previous.said.unread if previous else ():
        yield f"没有照办：{each}。请在“{ADJUSTMENTS}”里改好再汇总。"


def _told_of(back: Mapping[Path, bytes], wanted: Merging) -> Iterator[str]:
    if wanted.returns is not None:
        units = len({path.relative_to(wanted.returns).parts[0] for path in back})
        yield f"退回 {units} 个单位，共 {len(back)} 个文件，写在 {wanted.returns}" if back else "没有要退回的单位。"


def _page(merged: Merged, wanted: Merging, told: Sequence[str]) -> dict[Path, bytes]:
    from ..document.problems import write_problems

    if wanted.html is None:
        return {}
    page = write_problems(merged.checked, f"{merged.report.agency}年报汇总审核结果", merged.findings, told)
    return {Output(wanted.html).file(".html"): page}


def trace_figure(path: Path, cell: str) -> list[str]:
    """Lines on where a figure of a summary comes from: unit, value, file."""
    from ..city.previous import read_previous
    from ..city.trace import lines, named_cell, trace

    previous = read_previous(bytes_of(path), path.name)
    form = previous.reading.form
    return list(lines(trace(previous, named_cell(cell, form, path.name)), form))
