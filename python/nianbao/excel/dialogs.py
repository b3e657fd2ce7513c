"""Asks the person at the screen: for a name, a file, a folder.  Cancelled where they think better of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

TITLE = "政务公开年报"


_FOLDERS = 4
"""msoFileDialogFolderPicker."""
_KINDS = {".xlsx": "Excel 工作簿", ".docx": "Word 文档"}


class Cancelled(Exception):  # noqa: N818 - nothing went wrong
    """The person at the screen thought better of it."""


class Dialogs:
    """Excel's own dialogs, on Windows; `excel` is its Application object."""

    def __init__(self, excel: Any) -> None:  # noqa: ANN401 - Excel's own object
        self._excel = excel

    def text(self, question: str, default: str) -> str:
        """A line of text."""
        return _answer(self._excel.InputBox(question, TITLE, default))

    def file(self, question: str, suffixes: tuple[str, ...]) -> Path:
        """A file that exists."""
        kinds = ";".join(f"*{suffix}" for suffix in suffixes)
        return Path(_answer(self._excel.GetOpenFilename(f"可用的文件 ({kinds}),{kinds}", 1, question)))

    def new_file(self, question: str, name: str) -> Path:
        """Where to write a file; `name` is what is proposed."""
        suffix = Path(name).suffix
        return Path(
            _answer(self._excel.GetSaveAsFilename(name, f"{_KINDS[suffix]} (*{suffix}),*{suffix}", 1, question))
        )

    def folder(self, question: str) -> Path:
        """A folder."""
        dialog = self._excel.FileDialog(_FOLDERS)
        dialog.Title = question
        return Path(_answer(dialog.SelectedItems(1) if dialog.Show() else None))


class AppleDialogs:
    """The system's dialogs, on macOS, where Excel's cannot be had from outside."""

    def text(self, question: str, default: str) -> str:
        """A line of text."""
        return _osascript(
            "text returned of (display dialog (item 1 of a) default answer (item 2 of a))", question, default
        )

    def file(self, question: str, _: tuple[str, ...]) -> Path:
        """A file that exists."""
        return Path(_osascript("POSIX path of (choose file with prompt (item 1 of a))", question))

    def new_file(self, question: str, name: str) -> Path:
        """Where to write a file; `name` is what is proposed."""
        return Path(
            _osascript(
                "POSIX path of (choose file name with prompt (item 1 of a) default name (item 2 of a))", question, name
            )
        )

    def folder(self, question: str) -> Path:
        """A folder."""
        return Path(_osascript("POSIX path of (choose folder with prompt (item 1 of a))", question))


def dialogs(excel: Any) -> Dialogs | AppleDialogs:  # noqa: ANN401 - Excel's own object
    """The dialogs of this system."""
    return AppleDialogs() if sys.platform == "darwin" else Dialogs(excel)


def _answer(said: object) -> str:
    """What was said; dialogs say False or nothing where they were left."""
    if not isinstance(said, str):
        raise Cancelled
    return said


def _osascript(expression: str, *words: str) -> str:
    """What an expression of AppleScript comes to; `words`, its list `a`, are handed over apart from it, as data."""
    script = ("-e", "on run a", "-e", f"return {expression}", "-e", "end run")
    done = subprocess.run(  # noqa: S603 - a program of the system and our own lines
        ["/usr/bin/osascript", *script, *words], capture_output=True, encoding="utf-8", check=False
    )
    return _answer(None if done.returncode else done.stdout.rstrip("\n"))
