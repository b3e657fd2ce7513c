"""A LibreOffice that is at work while a test runs: cells are written, read and typed into, as a clerk would."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lo import SOFFICE

from nianbao.places import SheetPlace

Value = float | str
Entry = Decimal | int | str | None


@cache
def bridge() -> str | None:
    """The interpreter that can talk to LibreOffice, if there is one: seldom that of the tests."""
    beside = [str(Path(SOFFICE).resolve().with_name("python"))] if SOFFICE else []
    for python in (sys.executable, "/usr/bin/python3", shutil.which("python3"), *beside):
        if (
            python
            and shutil.which(python)
            and not subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode
        ):
            return python
    return None


needs_bridge = pytest.mark.skipif(
    SOFFICE is None or bridge() is None,
    reason="LibreOffice or its bridge (python3-uno) is missing: tests/office/install.sh",
)


class OfficeError(Exception):
    """LibreOffice refused a command, or is gone."""


class Office:
    """A running LibreOffice, with one workbook open at a time."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, command: str, *arguments: object, **named: object) -> Any:  # noqa: ANN401 - any JSON
        """Have a command of `uno_driver` done."""
        ours, theirs = self._process.stdin, self._process.stdout
        assert ours is not None
        assert theirs is not None
        ours.write(json.dumps([command, arguments, named], default=float) + "\n")
        ours.flush()
        line = theirs.readline()
        said = json.loads(line) if line else {"error": "LibreOffice is gone"}
        if "error" in said:
            raise OfficeError(command, said["error"])
        return said["answer"]

    @contextmanager
    def opened(self, path: Path, *, hidden: bool = True) -> Iterator[Book]:
        """The workbook at `path`, calculated anew whatever it has stored; changes are lost unless saved.

        Only one that is not hidden can tell a clerk, as LibreOffice does, that a cell is protected.
        """
        sheets = self.ask("open", str(path), hidden=hidden)
        try:
            yield Book(self, tuple(sheets))
        finally:
            self.ask("close")


@contextmanager
def running(profile: Path, driver: str = "uno_driver.py") -> Iterator[Office]:
    """A LibreOffice of our own, with its settings in the folder `profile`; it ends with the block."""
    command = [bridge() or "", str(Path(__file__).with_name(driver)), SOFFICE or "", str(profile)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        yield Office(process)
        # Popen closes stdin, at which the driver ends LibreOffice, and waits for it.


class Book(NamedTuple):
    """The open workbook."""

    office: Office
    sheets: tuple[str, ...]

    def values(self, sheet: str) -> dict[tuple[int, int], Value]:
        """What every cell of a sheet shows that shows something, by row and column."""
        rows: Sequence[Sequence[Value]] = self.office.ask("values", sheet)
        return {
            (row, column): value
            for row, values in enumerate(rows, start=1)
            for column, value in enumerate(values, start=1)
            if value != ""
        }

    def read(self, places: Iterable[SheetPlace]) -> list[Value]:
        """What the cells at `places` show."""
        said: list[Value] = self.office.ask("read", [(place.sheet, place.a1) for place in places])
        return said

    def write(self, entries: Mapping[SheetPlace, Entry]) -> list[SheetPlace]:
        """Enter figures, texts, or nothing (None) as protection allows; the places that refused."""
        told = [(place.sheet, place.a1, entry) for place, entry in entries.items()]
        allowed: list[bool] = self.office.ask("write", told)
        return [place for place, done in zip(entries, allowed, strict=True) if not done]

    def is_protected(self, sheet: str) -> bool:
        """Whether a sheet is protected."""
        return bool(self.office.ask("protected", sheet))

    def unlocked(self, sheet: str) -> list[str]:
        """The blocks of cells that can be typed into: ``D7:I8``."""
        blocks: list[str] = self.office.ask("unlocked", sheet)
        return blocks

    def go(self, place: SheetPlace) -> None:
        """Put the cursor on a cell."""
        self.office.ask("go", place.sheet, place.a1)

    def tab(self, times: int = 1) -> list[str]:
        """Press Tab; the cells that the cursor comes to, one after the other."""
        cells: list[str] = self.office.ask("tab", times)
        return cells

    def tab_to(self, place: SheetPlace, times: int) -> bool:
        """Press Tab until the cursor is on the cell, as often as is sensible; whether it came there."""
        return bool(self.office.ask("tab_to", place.a1, times))

    def type(self, text: str) -> None:
        """Type into the cell that the cursor is on, and press Enter."""
        self.office.ask("type", text)

    def saved(self, path: Path) -> bytes:
        """The workbook as LibreOffice saves it."""
        self.office.ask("save", str(path))
        return path.read_bytes()
