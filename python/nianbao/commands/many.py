"""Reads and checks the reports of many units, on all cores where that is worth it."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..check import Checked, check, check_figures
from ..importing.files import SheetReader, read_sheets, read_sheets_closely
from ..packed import slim
from .files import find_files, read_files, read_one
from .judging import AS_IT_IS, Check, Judge

_ENOUGH = {"fork": 150}
_ENOUGH_ELSEWHERE = 1_000
"""From how many files on another process is worth its start, by how it is started."""
_MOST = 32
"""Processes: Windows waits for 61 at most."""
_CHUNK = 40
"""Files that a process is given at a time, at most."""


class How(NamedTuple):
    """How closely reports are looked at: what reads spreadsheet files, what checks a report, and what it is judged by."""

    sheets: SheetReader
    check: Check
    judge: Judge = AS_IT_IS


QUICKLY = How(read_sheets, check_figures)
"""The figures only."""
DEEPLY = How(read_sheets_closely, check)
"""Texts, too, and what was altered beside the figures."""


def _unheard(_: int) -> None:
    """Nobody wants to know."""


def checked_in(
    paths: Iterable[Path], how: How = QUICKLY, told: Callable[[int], None] = _unheard, processes: int | None = None
) -> list[Checked]:
    """Every report in the files and folders named, checked and kept small; InputError if none can be read at all.

    `told` hears how many files are done.  As many `processes` as there are cores, if that is not said, from the number of
    files on where it pays.
    """
    files = find_files(paths)
    wanted = min(processes or _worthwhile(len(files)), _MOST)
    found = []
    for done, each in enumerate(_alone(files, how) if wanted <= 1 else _shared(files, how, wanted), start=1):
        found += each
        told(done)
        if done % _CHUNK == 0:
            gc.freeze()  # all of it is kept: to search it for garbage again and again would take a twentieth of the time
    gc.unfreeze()
    if found and not any(each.reading for each in found):
        read_files(files[:1], how.sheets)  # raises what it says of the first
    return found


def _worthwhile(files: int) -> int:
    from multiprocessing import get_start_method

    return _cores() if files >= _ENOUGH.get(get_start_method(), _ENOUGH_ELSEWHERE) else 1


def _cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _alone(files: Iterable[Path], how: How) -> Iterator[list[Checked]]:
    return (_checked(file, how) for file in files)


def _shared(files: Sequence[Path], how: How, processes: int) -> Iterator[list[Checked]]:
    """The same in the same order, by several processes; by this one where others cannot be started or break down."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    size = max(1, min(_CHUNK, len(files) // (4 * processes)))
    chunks = [files[at : at + size] for at in range(0, len(files), size)]
    done = 0
    try:
        pool = ProcessPoolExecutor(processes)
        try:
            for found in pool.map(partial(_chunk, how=how), chunks):
                yield from found
                done += len(found)
        finally:
            pool.shutdown(cancel_futures=True)
    except (BrokenProcessPool, OSError, ImportError):
        yield from _alone(files[done:], how)


def _chunk(files: Sequence[Path], how: How) -> list[list[Checked]]:
    return list(_alone(files, how))


def _checked(file: Path, how: How) -> list[Checked]:
    """What was found in one file, or in an archive."""
    found = read_one(file, how.sheets)
    return [_slim(how.judge.judged(each, how.check)) for each in found]


def _slim(checked: Checked) -> Checked:
    return checked._replace(reading=checked.reading and slim(checked.reading, checked.findings))
