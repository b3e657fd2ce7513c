"""What the add-in keeps between two presses of a button: a log, and what commands changed, so that it can be undone."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from ..outputs import write_files
from ..places import SheetPlace

_STEPS = 20
"""Commands of one workbook that can be undone, one after the other."""
_LOG_LIMIT = 1024 * 1024


class Typed(NamedTuple):
    """What was typed into a cell: a formula, a number, a text, or nothing ("")."""

    what: str | float
    is_formula: bool = False


class Change(NamedTuple):
    """One cell that a command wrote: where, and what had been typed there before and after."""

    place: SheetPlace
    before: Typed
    after: Typed


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


class Kept(NamedTuple):
    """What is kept of one workbook: the steps that can be undone, and the number of the problem that people are at."""

    steps: tuple[Step, ...] = ()
    at: int = 0


def kept(book: str) -> Kept:
    """What is kept of the workbook `book`; nothing if that was written by another version."""
    try:
        data = json.loads(_file(book).read_text("utf-8"))
        return Kept(tuple(map(_step, data["steps"])), int(data["at"])) if data["book"] == book else Kept()
    except (OSError, ValueError, LookupError, TypeError):
        return Kept()


def keep(book: str, what: Kept) -> None:
    """Keep it; OutputError if it cannot be written."""
    steps = [
        {"command": step.command, "changes": [[*each.place, *each.before, *each.after] for each in step.changes]}
        for step in what.steps[-_STEPS:]
    ]
    data = json.dumps({"book": book, "at": what.at, "steps": steps}, ensure_ascii=False)
    write_files({_file(book): data.encode()}, (), force=True)


def _file(book: str) -> Path:
    return folder() / "undo" / f"{crc32(book.encode()):08x}.json"


def _step(data: Mapping[str, Any]) -> Step:
    changes = (
        Change(SheetPlace(sheet, row, column), Typed(*cell[:2]), Typed(*cell[2:]))
        for sheet, row, column, *cell in data["changes"]
    )
    return Step(data["command"], tuple(changes))
