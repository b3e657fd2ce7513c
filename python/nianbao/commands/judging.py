"""How reports are judged: by the rules as an office has set them, beside last year's reports, with its explanations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from ..check import Checked, check
from ..findings import Finding
from ..importing.files import SheetReader, bytes_of, read_sheets_closely
from ..reading import Reading
from ..settings import UNSET, Settings, read_settings
from ..thresholds import Thresholds
from .explained import Given, explanations_beside, told_of_idle, with_explanations
from .files import find_files, read_files
from .lastyear import NONE_BEFORE, Before, compared, last_reports

Check = Callable[[Reading, Thresholds], tuple[Finding, ...]]


class Judge(NamedTuple):
    """What reports are judged by, beside the rules themselves."""

    settings: Settings = UNSET
    given: tuple[Given, ...] = ()
    before: Before = NONE_BEFORE

    def judged(self, read: Checked, check_it: Check = check) -> Checked:
        """`read` with all that is found in it."""
        if read.reading is None:
            return read
        reading = with_explanations(read.reading, read.file, self.given)
        reading = compared(reading, self.before.of(reading.report, self.settings))
        if names := self.settings.names(reading.report.agency):
            reading = reading._replace(names=names)
        findings = self.settings.applied(check_it(reading, self.settings.thresholds))
        return read._replace(reading=reading, findings=findings)

    def told(self, checked: Sequence[Checked]) -> tuple[str, ...]:
        """What is to be said of how `checked` were judged."""
        known = [(each.file, each.reading) for each in checked if each.reading]
        return (*self.settings.told, *told_of_idle(self.given, known), *_unmatched(checked, self.before))


AS_IT_IS = Judge()
"""Nothing is set, explained or known of last year."""


class Judged(NamedTuple):
    """What was found in every file, and what is to be said of how it was judged."""

    checked: list[Checked]
    told: tuple[str, ...]


def judge_for(paths: Sequence[Path], rules: Path | None = None) -> Judge:
    """What the reports in `paths` are judged by: the settings named, and the explanations beside them."""
    settings = read_settings(bytes_of(rules), rules.name) if rules else UNSET
    return Judge(settings, explanations_beside(paths))


def judge_files(
    paths: Sequence[Path], last: Path | None = None, rules: Path | None = None, output: Path | None = None
) -> Judged:
    """Check every report in the files and folders named, beside last year's; `output` is where findings go, and no report."""
    read = read_files(_without(find_files(paths), last, output), read_sheets_closely)
    judge = judge_for(paths, rules)._replace(before=last_reports(last, len(read)))
    checked = [judge.judged(each) for each in read]
    return Judged(checked, judge.told(checked))


def check_files(paths: Iterable[Path], sheets: SheetReader = read_sheets_closely) -> list[Checked]:
    """Check every report in the files and folders named, with the explanations beside them."""
    named = list(paths)
    judge = judge_for(named)
    return [judge.judged(each) for each in read_files(find_files(named), sheets)]


def _without(files: Sequence[Path], last: Path | None, output: Path | None) -> list[Path]:
    """`files` but for last year's and what an earlier run left, which may lie among them."""
    left = [each for each in files if output is None or each.resolve() != output.resolve()]
    others = {each.resolve() for each in find_files([last])} if last else set()
    return [each for each in left if each.resolve() not in others] or left


def _unmatched(checked: Sequence[Checked], before: Before) -> list[str]:
    """A line on the reports whose office has none of last year among those named."""
    if not before.reports:
        return []
    names = [
        each.reading.report.agency or each.file.name
        for each in checked
        if each.reading and not each.reading.report.last
    ]
    return [f"--last 里没有这些单位上一年度的报告，没有与上年核对：{'、'.join(names)}。"] if names else []
