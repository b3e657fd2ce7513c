"""What the add-in keeps between two presses of a button: a log, and what commands changed, so that it can be undone."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from ..outputs import write_files
from ..places import SheetPlace

_STEPS = 20
"""Commands of one workbook that can be undone, one after the other."""
_LOG_LIMIT = 1024 * 1024


class Change(NamedTuple):
    """One cell that a command wrote: where, and what stood there before and after, as typed."""

    place: SheetPlace
    before: str
    after: str


class Step(NamedTuple):
    """What one command changed, and what the button is called."""

    command: str
    changes: tuple[Change, ...]


def folder() -> Path:
    """Where the add-in keeps its files."""
    home = Path.home()
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "nianbao"
    local = os.environ.get("LOCALAPPDATA")
    return Path(local) / "nianbao" if local else home / ".local" / "state" / "nianbao"


def log_file() -> Path:
    """Where the add-in writes what went wrong."""
    logs = Path.home() / "Library" / "Logs"
    return logs / "nianbao.log" if sys.platform == "darwin" else folder() / "nianbao.log"


def log(text: str) -> None:
    """Add to the log, which begins anew when it has grown long; a log that cannot be written stops nobody."""
    path = log_file()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        grown = path.is_file() and path.stat().st_size > _LOG_LIMIT
        with path.open("w" if grown else "a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC).astimezone():%Y-%m-%d %H:%M:%S} {text.rstrip()}\n")


def remember(book: str, step: Step) -> None:
    """Keep what a command is about to change in the workbook that lies at, or is called, `book`; OutputError if that fails."""
    _keep(book, [*_steps(book), step][-_STEPS:])


def forget(book: str) -> None:
    """Take back the last `remember`."""
    _keep(book, _steps(book)[:-1])


def last_step(book: str) -> Step | None:
    """What the last command changed that was not undone."""
    return next(reversed(_steps(book)), None)


def _file(book: str) -> Path:
    return folder() / "undo" / f"{crc32(book.encode()):08x}.json"


def _steps(book: str) -> list[Step]:
    try:
        kept = json.loads(_file(book).read_text("utf-8"))
        return [_step(each) for each in kept["steps"]] if kept["book"] == book else []
    except (OSError, ValueError, LookupError, TypeError):
        return []  # never written, or by another version


def _step(kept: Mapping[str, Sequence[Sequence[object]]]) -> Step:
    changes = (
        Change(SheetPlace(str(sheet), int(str(row)), int(str(column))), str(before), str(after))
        for sheet, row, column, before, after in kept["changes"]
    )
    return Step(str(kept["command"]), tuple(changes))


def _keep(book: str, steps: Sequence[Step]) -> None:
    path = _file(book)
    kept = [
        {"command": step.command, "changes": [[*each.place, each.before, each.after] for each in step.changes]}
        for step in steps
    ]
    data = json.dumps({"book": book, "steps": kept}, ensure_ascii=False)
    write_files({path: data.encode()}, (), force=True)
