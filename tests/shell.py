"""Runs the command line as a user does, in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from nianbao.cli import main


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


class Shell:
    """`shell("check", path)` runs ``nianbao check path``."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *words: object) -> Ran:
        self._monkeypatch.setattr(sys, "argv", ["nianbao", *map(str, words)])
        self._capsys.readouterr()
        try:
            main()
            code: object = 0
        except SystemExit as left:
            code = left.code or 0
        return Ran(int(str(code)), *self._capsys.readouterr())


def spawn(*words: object, cwd: Path | None = None, code: str = "", given: bytes = b"") -> Ran:
    """The command (or `code`) in a process of its own; `given` is its standard input."""
    start = ["-c", code] if code else ["-m", "nianbao"]
    done = subprocess.run(
        [sys.executable, *start, *map(str, words)],
        cwd=cwd,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        input=given,
        capture_output=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
