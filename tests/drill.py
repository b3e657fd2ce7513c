"""What a city office gets back in February: a roster of 57 units, 60 files in many forms, 14 faults.  All of it is invented.

The figures are drawn so that the units add up to a published table.  Names, figures and faults are the same every time, and
so are the bytes of all files that neither LibreOffice nor openpyxl had a part in.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from builders import Values, cell
from drill_making import made, packed_up, roster
from drill_reports import LEFT_OUT, SHIFT, TWICE, Sent, returned
from drill_units import FAULTY, Fault
from nianbao.demo import published_city
from nianbao.form import CellKey
from nianbao.report import Fee

LOCKS = ("~$示例市公安局2023年度政府信息公开工作年度报告.xlsx", "部门报送.zip/部门/~$商务局.xlsx")
"""What Excel leaves beside workbooks that are open."""
_LATE, _EARLY = 1_708_387_200, 1_706_745_600
"""20 and 1 February 2024, in seconds."""


class Drill(NamedTuple):
    """What came in, and what has to come out.

    `faults`: the files of each fault, all that its unit sent; none of the missing unit.  Of two the second counts (of a
    duplicate either, they are the same).  `counted`: the files that are added up once everything is decided.  `expected`:
    their sum as they stand, in the printed cells.  `published`: the table that the true figures of these units add up to;
    `expected` differs from it in the cells of `off`, by what the unbalanced unit is off.  `fee`: the processing fees of the
    counted files.
    """

    folder: Path
    roster: Path
    sent: tuple[Sent, ...]
    faults: Mapping[Fault, tuple[str, ...]]
    counted: tuple[str, ...]
    expected: Values
    published: Values
    off: Mapping[CellKey, Decimal]
    fee: Fee

    def of(self, file: str) -> Sent:
        """The file of this name."""
        return next(each for each in self.sent if each.file == file)


def drill_in(folder: Path) -> Drill:
    """The drill that was made in `folder`."""
    return _drill(folder, returned())


def build_drill(folder: Path) -> Drill:
    """Make everything in `folder`: the roster, the folder of what came in, and one to work in."""
    sent = returned()
    files = dict(zip((each.file for each in sent), made(sent, folder / "work"), strict=True))
    drill = _drill(folder, sent)
    for name, data in packed_up(files | dict.fromkeys(LOCKS, b"\x06locked")).items():
        path = drill.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for file, seconds in zip(drill.faults[Fault.NEWER], (_LATE, _EARLY), strict=True):
        os.utime(drill.folder / file, (seconds, seconds))
    drill.roster.write_bytes(roster())
    return drill


def _drill(folder: Path, sent: tuple[Sent, ...]) -> Drill:
    faults = {fault: tuple(each.file for each in sent if each.unit == unit) for fault, unit in FAULTY.items()}
    out = {file for fault in LEFT_OUT for file in faults[fault]} | {faults[fault][0] for fault in TWICE}
    counted = tuple(each.file for each in sent if each.file not in out)
    published = dict(published_city().values)
    off = {cell(f"requests/received/{column}"): Decimal(SHIFT) for column in ("company", "total")}
    return Drill(
        folder / "报送",
        folder / "单位名册.xlsx",
        sent,
        faults,
        counted,
        total(sent, counted, published),
        published,
        off,
        _fees(sent, counted),
    )


def total(sent: Collection[Sent], files: Collection[str], cells: Collection[CellKey]) -> Values:
    """What `files` add up to in `cells`, every figure as it stands."""
    reports = [each.report for each in sent if each.file in files and each.report]
    return {key: sum((each.values[key] or Decimal(0) for each in reports), Decimal(0)) for key in cells}


def _fees(sent: Collection[Sent], files: Collection[str]) -> Fee:
    fees = [each.report.fee for each in sent if each.file in files and each.report]
    pieces = sum((each.pieces or Decimal(0) for each in fees), Decimal(0))
    return Fee(any(each.charged for each in fees), pieces, sum((each.yuan or Decimal(0) for each in fees), Decimal(0)))
