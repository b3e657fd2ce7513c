"""What a summary is made from: the files that came in, the roster, the decisions, and the summary before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..check import Checked
from ..errors import InputError, OutputError
from ..importing.files import bytes_of
from ..report import clean_name
from .files import Output, find_files
from .judging import Judge, judge_for
from .many import DEEPLY, QUICKLY, checked_in

if TYPE_CHECKING:
    from ..city.decisions import Decision
    from ..city.handed import Intake
    from ..city.previous import Previous

Progress = Callable[[int], None]
"""Hears how many files are done."""


def unheard(_: int) -> None:
    """Nobody wants to know."""


class Merging(NamedTuple):
    """How a summary is made.

    `agency`: the city's name.  `roster`: the units that it expects reports of.  `last`: last year's summary, or the city's
    report of last year.  `own`: the city's own figures, to be held against the sums.  `previous`: the summary made before,
    whose decisions, adjustments and texts stay; where none is named, the file that is written over.  `decisions`: a file of
    decisions; where none is named, those in or beside the folders.  `returns`: the folder for what goes back to units.
    `html`: where the web page of problems goes.  `rules`: the office's settings of the rules.  `deep`: alterations beside the
    figures, and texts, are looked at, too.
    """

    agency: str = ""
    roster: Path | None = None
    last: Path | None = None
    own: Path | None = None
    previous: Path | None = None
    decisions: Path | None = None
    returns: Path | None = None
    html: Path | None = None
    rules: Path | None = None
    deep: bool = False

    @property
    def named(self) -> list[Path]:
        """The files that it names: inputs, none of which is a unit's report."""
        return [each for each in (self.roster, self.last, self.own, self.previous, self.decisions, self.rules) if each]


class Gathered(NamedTuple):
    """What came in, whose it is, the summary made before, if there is one, and what is to be said of how it was judged."""

    files: Mapping[str, Checked]
    intake: Intake
    previous: Previous | None
    told: tuple[str, ...] = ()

    @property
    def returned(self) -> Mapping[str, str]:
        """The units whose file was sent back before, with the digest of that file."""
        return self.previous.returned if self.previous else {}

    def inputs(self, wanted: Merging) -> list[Path]:
        """Every file that was read: nothing may be written over it."""
        return [*wanted.named, *(each.file for each in self.files.values())]


def gather(paths: Sequence[Path], wanted: Merging, output: Output, today: date, told: Progress = unheard) -> Gathered:
    """Read all that is named; `today` tells who is overdue."""
    _refuse_inside(wanted.returns, paths)
    previous = _previous(wanted, output)
    judge = judge_for(paths, wanted.rules)
    files = _handed_in(paths, wanted, output.target, judge, told)
    intake = _taken_in(paths, files, wanted, previous, today)
    if previous:
        _refuse_other_period(previous, intake)
    return Gathered(files, intake, previous, judge.told(list(files.values())))


def _refuse_inside(returns: Path | None, paths: Sequence[Path]) -> None:
    """OutputError if what goes back to the units would next time be taken for what came from them."""
    for path in paths:
        if returns and path.is_dir() and path.resolve() in {returns.resolve(), *returns.resolve().parents}:
            raise OutputError(
                returns, f"在各单位报表的文件夹 {path} 里，下次汇总会把退回件当成交来的", "请换一个文件夹"
            )


def _previous(wanted: Merging, output: Output) -> Previous | None:
    """The summary made before: the one named, or the one that is to be written over."""
    from ..city.previous import read_previous

    if wanted.previous:
        return read_previous(bytes_of(wanted.previous), wanted.previous.name)
    if not (output.force and output.target.is_file()):
        return None
    try:
        return read_previous(bytes_of(output.target), output.target.name)
    except InputError as error:
        what = "要覆盖的文件不是汇总表，里面的决定和调整数没法保留"
        raise InputError(output.target, what, "请换一个输出文件名，或先移走它") from error


def _refuse_other_period(previous: Previous, intake: Intake) -> None:
    report = previous.reading.report
    if (report.year, report.edition) != intake.period:
        what = f"是 {report.year} 年度的汇总表，这次汇总的是 {intake.period[0]} 年度"
        raise InputError(previous.reading.source, what, "请换一个输出文件名")


def _handed_in(
    paths: Sequence[Path], wanted: Merging, target: Path, judge: Judge, told: Progress
) -> dict[str, Checked]:
    """Every file by the name that people know it by; what the office itself wrote or named is none of them."""
    ours = {path.resolve() for path in (target, wanted.html, *wanted.named) if path}
    found = [path for path in find_files(paths) if path.resolve() not in ours]
    if not found:
        raise InputError(paths[0], "里面没有各单位的报表", "请检查文件夹")
    how = DEEPLY if wanted.deep else QUICKLY
    checked = checked_in(found, how._replace(judge=judge), told)
    return dict(zip(_names([each.file for each in checked], paths), checked, strict=True))


def _names(files: Iterable[Path], paths: Sequence[Path]) -> Iterator[str]:
    """What each file is called: where it is in the folder named; numbered where one file holds several reports."""
    met: dict[str, int] = {}
    for file in files:
        folder = next((path for path in paths if path in file.parents and path.is_dir()), file.parent)
        name = file.relative_to(folder).as_posix()
        met[name] = met.get(name, 0) + 1
        yield name if met[name] == 1 else f"{name}（{met[name]}）"


def _taken_in(
    paths: Sequence[Path], files: Mapping[str, Checked], wanted: Merging, previous: Previous | None, today: date
) -> Intake:
    from ..city.decisions import followed
    from ..city.intake import Rules, take_in
    from ..city.roster import read_roster

    roster = read_roster(bytes_of(wanted.roster), wanted.roster.name) if wanted.roster else None
    decisions = tuple(dict.fromkeys((*(previous.decisions if previous else ()), *_decisions(paths, wanted))))
    decided = followed(decisions, {name: each.digest for name, each in files.items()})
    intake = take_in(files, Rules(clean_name(wanted.agency), roster, decided, today))
    return intake._replace(decisions=decisions)


def _decisions(paths: Sequence[Path], wanted: Merging) -> tuple[Decision, ...]:
    """What the file of decisions says: the one named, or the one in a folder of reports or beside it."""
    from ..city.decisions import FILE_NAME, read_decisions

    folders = [folder for path in paths if path.is_dir() for folder in (path, path.resolve().parent)]
    beside = [folder / FILE_NAME for folder in folders]
    found = [wanted.decisions] if wanted.decisions else [path for path in beside if path.is_file()]
    return tuple(each for path in dict.fromkeys(found) for each in read_decisions(bytes_of(path), path.name))
