"""Last year's reports, in whatever form they are, each beside this year's of the same office."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ..errors import InputError
from ..opening import refuse_other_year
from ..reading import Reading
from ..report import Report, clean_name
from ..settings import UNSET, Settings
from .files import find_files, read_files


class Before(NamedTuple):
    """Last year's reports; `only`: there is one, for one report, whatever the office was called then."""

    reports: tuple[Report, ...] = ()
    only: bool = False

    def of(self, report: Report, settings: Settings = UNSET) -> Report | None:
        """The one before `report`, None if there is none; InputError if there are several, or the only one is of another year."""
        if report.year is None:
            return None
        if self.only:
            (before,) = self.reports
            refuse_other_year(before, report.year, "--last")
            return before._replace(agency=report.agency)
        names = {clean_name(report.agency), *settings.names(report.agency)}
        code = report.particulars.get("code")
        due = [each for each in self.reports if each.year == report.year - 1]
        found = [each for each in due if code and each.particulars.get("code") == code]
        found = found or [each for each in due if clean_name(each.agency) in names]
        if len(found) > 1:
            raise InputError(
                "--last", f"里面有 {len(found)} 份 {report.agency} {report.year - 1} 年度的报告", "请只留一份"
            )
        return found[0] if found else None


NONE_BEFORE = Before()
"""Nothing is known of last year."""


def last_reports(last: Path | None, count: int) -> Before:
    """What is read from `last`, for `count` reports of this year."""
    if last is None:
        return NONE_BEFORE
    reports = tuple(each.reading.report for each in read_files(find_files([last])) if each.reading)
    return Before(reports, only=len(reports) == count == 1)


def compared(reading: Reading, before: Report | None) -> Reading:
    """`reading` beside last year's figures, those of cells that its own edition has, too."""
    if before is None:
        return reading
    figures = {cell: value for cell, value in before.values.items() if value is not None and cell in reading.form.order}
    return reading._replace(report=reading.report._replace(last=figures))
