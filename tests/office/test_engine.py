"""The stand-in for Excel leaves nothing behind, whatever happens to a test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from uno_office import needs_bridge

pytestmark = [needs_bridge, pytest.mark.office]
FAILING = """
import engine
import xlwings as xw

def test(tmp_path):
    with engine.excel() as app:
        assert app.books.add().sheets[0].name == ""
"""
HERE = Path(__file__).parent


def processes(word: str) -> list[str]:
    """The command lines of all processes that have `word` in them, but for this one's."""
    lines = subprocess.run(["ps", "-eo", "pid=,args="], check=True, capture_output=True, encoding="utf-8").stdout
    return [line for line in lines.splitlines() if word in line and int(line.split()[0]) != os.getpid()]


def test_no_process_and_no_profile_is_left_when_a_test_fails(tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    (tmp_path / "test_failing.py").write_text(FAILING, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path / "test_failing.py")]
    environment = os.environ | {"TMPDIR": str(temporary), "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)])}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False, cwd=tmp_path)
    assert "AssertionError" in done.stdout
    assert [path.name for path in temporary.iterdir() if path.name.startswith("nianbao")] == []
    assert processes(str(temporary)) == []
