"""Where a command reads and writes: the reports in the files and folders named, whole outputs or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePath
from typing import NamedTuple

from ..check import Checked, check_source
from ..checks.reading import r01_unreadable
from ..errors import InputError, OutputError
from ..findings import Finding
from ..importing.files import (
    LOOKED_AT,
    READABLE,
    SheetReader,
    called,
    contents,
    read_bytes,
    read_sheets,
    unpacked,
)
from ..outputs import write_files
from ..reading import Reading


class Output(NamedTuple):
    """Where a command writes, a file or a folder, and whether it may replace what is there."""

    target: Path
    force: bool = False

    def file(self, suffix: str) -> Path:
        """The target as a file of one kind; OutputError if its name says another."""
        if self.target.suffix.lower() != suffix and not self.target.is_dir():
            raise OutputError(self.target, f"扩展名应为 {suffix}", "请改文件名")
        return self.target

    def write(self, files: Mapping[Path, bytes], inputs: Iterable[Path] = ()) -> list[Path]:
        """Write every file or none; never over one of `inputs`."""
        write_files(files, list(inputs), force=self.force)
        return list(files)


class Done(NamedTuple):
    """What a command wrote, what it found in each file, what it found in the whole, and what else it has to say."""

    written: list[Path]
    checked: Sequence[Checked] = ()
    findings: tuple[Finding, ...] = ()
    told: tuple[str, ...] = ()


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and in the folders named every file that may hold a report; InputError if a folder has none."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(each for each in path.rglob("*") if _is_looked_at(each) and each.is_file())
        if not inside:
            raise InputError(path, "文件夹里没有工作簿或报表文件", f"请检查文件夹；能读 {' '.join(READABLE)} 文件")
        found += inside
    return list(dict.fromkeys(found))


def _is_looked_at(path: PurePath) -> bool:
    # Office leaves `~$…` locks beside open files, and file managers leave hidden ones.
    return path.suffix.lower() in LOOKED_AT and not path.name.startswith(("~$", "."))


def read_files(paths: Iterable[Path], sheets: SheetReader = read_sheets) -> list[Checked]:
    """Every report in `paths`, zip archives unpacked, with the reader's findings; InputError if none can be read at all."""
    attempts = [each for path in paths for each in _attempts(path, sheets)]
    errors = [error for _, error in attempts if error]
    if errors and not any(checked.reading for checked, _ in attempts):
        raise errors[0]
    return [checked for checked, _ in attempts]


def read_one(path: Path, sheets: SheetReader = read_sheets) -> list[Checked]:
    """Every report in the file at `path`, or in a zip archive; one that cannot be read has a finding that says why."""
    return [checked for checked, _ in _attempts(path, sheets)]


def _attempts(path: Path, sheets: SheetReader) -> Iterator[tuple[Checked, InputError | None]]:
    from hashlib import sha256

    for file, load in _files(path):
        digest = ""
        try:
            data = load()
            digest = sha256(data).hexdigest()
            for reading in read_bytes(data, called(file), sheets):
                yield Checked(file, reading, reading.findings, digest), None
        except InputError as error:
            yield Checked(file, None, (r01_unreadable(error),), digest), error


def _files(path: Path) -> Iterator[tuple[Path, Callable[[], bytes]]]:
    """What gives the bytes of each file; files in an archive are named as if it were a folder."""
    inside = {path / name: data for name, data in _unpacked(path).items()}
    reports = {file: data for file, data in inside.items() if _is_looked_at(file)}
    for file, data in reports.items():
        yield file, partial(bytes, data)
    if not reports:
        yield path, partial(contents, path)


def _unpacked(path: Path) -> Mapping[str, bytes]:
    if path.suffix.lower() != ".zip":
        return {}
    with suppress(InputError):  # whoever reads it will say so
        return unpacked(path)
    return {}


def read_sources(paths: Iterable[Path]) -> list[Checked]:
    """Every report in the files and folders named, with what the R rules find."""
    return [
        each._replace(findings=check_source(each.reading)) if each.reading else each
        for each in read_files(find_files(paths))
    ]


def one_of(checked: Sequence[Checked], path: Path) -> Reading:
    """The only report that was read from `path`; InputError if there are more."""
    readings = [each.reading for each in checked if each.reading]
    if len(readings) != 1:
        raise InputError(path, f"里面有 {len(readings)} 份报表，这里只能用一份", "请指定只含一份报表的文件")
    return readings[0]


def targets(checked: Sequence[Checked], output: Output, suffix: str) -> list[Path]:
    """Where what is made of each report goes, those that could not be read left out: one file, or files in a folder.

    OutputError if one file would have to hold several, or two would have the same name.
    """
    sources = [each.file for each in checked if each.reading]
    if len(checked) == 1 and not output.target.is_dir() and output.target.suffix:
        return [output.file(suffix)]
    if output.target.suffix.lower() == suffix:
        raise OutputError(output.target, f"有 {len(checked)} 份报表，一个文件放不下", "请写一个文件夹")
    found = [output.target / name for name in _names(sources, suffix)]
    for at, path in enumerate(found):
        if path in found[:at]:
            both = f"{sources[found.index(path)]} 和 {sources[at]}"
            raise OutputError(output.target, f"有输入文件同名（{both}），写出来会互相覆盖", "请先改名，或分开处理")
    return found


def _names(sources: Sequence[Path], suffix: str) -> Iterator[str]:
    """The name of each output: its source's, numbered where one source holds several reports."""
    several, met = Counter(sources), Counter[Path]()
    for path in sources:
        met[path] += 1
        yield f"{path.stem}-{met[path]}{suffix}" if several[path] > 1 else f"{path.stem}{suffix}"
