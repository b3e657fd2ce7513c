"""Why a figure is so all the same, where a report is no workbook that has room for it: a file beside the reports.

``出错说明.csv`` has the columns of the list that `check --format xlsx` writes, so a list with its reasons filled in will do;
``出错说明.toml`` has ``[[explanation]]`` tables with ``file`` or ``unit``, ``about``, ``reason``, ``by``, ``date``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from ..errors import InputError
from ..explanations import ABOUT, BY, DATE, FILE, HEADS, REASON, UNIT
from ..formfile import office_toml
from ..importing.files import bytes_of
from ..importing.sniff import decoded
from ..reading import Reading
from ..report import Explanation, clean_name

CSV, TOML = "出错说明.csv", "出错说明.toml"
"""What such a file is called."""
_KEYS = dict(zip(("file", "unit", "about", "reason", "by", "date"), HEADS, strict=True))
_ENTRIES = "explanation"


class Given(NamedTuple):
    """An explanation for the file or the unit named; `where` it stands itself."""

    where: str
    file: str
    unit: str
    explanation: Explanation

    def concerns(self, file: Path, reading: Reading) -> bool:
        """Whether it is about the report that `reading` has of `file`."""
        named = Path(self.file.replace("\\", "/")).name
        return (not named or named == file.name) and (not self.unit or self.unit == clean_name(reading.report.agency))


def explanations_beside(paths: Iterable[Path]) -> tuple[Given, ...]:
    """What the files of explanations in the folders named, or beside the files named, say; InputError for what is none."""
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in paths)
    files = (folder / name for folder in folders for name in (CSV, TOML))
    return tuple(each for file in files if file.is_file() for each in _given(file))


def with_explanations(reading: Reading, file: Path, given: Iterable[Given]) -> Reading:
    """`reading` with those of `given` that are about it, after those that it has itself."""
    new = tuple(each.explanation for each in given if each.concerns(file, reading))
    if not new:
        return reading
    report = reading.report
    return reading._replace(report=report._replace(explanations=(*report.explanations, *new)))


def told_of_idle(given: Iterable[Given], read: Sequence[tuple[Path, Reading]]) -> Iterator[str]:
    """A line on each explanation whose file or unit is not there."""
    for each in given:
        if not any(each.concerns(file, reading) for file, reading in read):
            yield f"{each.where}：没有“{each.file or each.unit}”这份报表，说明没有用上。请核对文件名和单位名称。"


def _given(file: Path) -> Iterator[Given]:
    data = bytes_of(file)
    entries = _from_csv(data, file.name) if file.name == CSV else _from_toml(data, file.name)
    for where, entry in entries:
        said = {head: clean_name(entry.get(head) or "") for head in HEADS}
        if not said[REASON]:
            continue  # a list of problems that nobody has said anything of yet
        if not (said[ABOUT] and (said[FILE] or said[UNIT])):
            what = f"写了{REASON}，没有写“{ABOUT}”，或“{FILE}”“{UNIT}”都没有写"
            raise InputError(where, what, f"“{ABOUT}”照 check --format xlsx 清单里的写")
        yield Given(where, said[FILE], said[UNIT], Explanation(said[ABOUT], said[REASON], said[BY], said[DATE]))


def _from_csv(data: bytes, source: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    import csv

    rows = list(csv.reader(StringIO(decoded(data) or "", newline="")))
    head = next((at for at, row in enumerate(rows) if {ABOUT, REASON} <= set(row)), None)
    if head is None:
        raise InputError(
            source, f"没有找到表头（同一行里要有“{ABOUT}”“{REASON}”）", "请用 check --format xlsx 的清单另存为 CSV"
        )
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        yield f"{source} 第 {number} 行", dict(zip(rows[head], row, strict=False))


def _from_toml(data: bytes, source: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    entries = office_toml(data, source, 'reason = "机构划转"').get(_ENTRIES, [])
    if not isinstance(entries, list) or not all(isinstance(each, dict) and set(each) <= set(_KEYS) for each in entries):
        raise InputError(source, "写法不对", f"每条先写一行 [[{_ENTRIES}]]，下面写 {'、'.join(_KEYS)}")
    for number, entry in enumerate(entries, start=1):
        yield f"{source} 第 {number} 条", {_KEYS[key]: str(value) for key, value in entry.items()}
