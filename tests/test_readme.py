"""Every command of the two READMEs runs, in the order in which it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from shutil import copytree

import pytest

from nianbao.cli import nianbao
from shell import Shell

ROOT = Path(__file__).parents[1]
# Run by other means: the tests themselves, and what sets a machine up.
ELSEWHERE = re.compile(r"make (demo|test)$|python -m venv |\.venv/\S+ (-m pip install|demo)")


def commands(name: str) -> list[tuple[str, int]]:
    """The lines of the shell blocks of a README, and how each leaves: what else than 0, its remark says."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    lines = [line.partition("  #") for block in blocks for line in block.splitlines() if line]
    return [(line.rstrip(), int("1" in remark)) for line, _, remark in lines]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_command_runs(
    name: str, shell: Shell, demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copytree(demonstration, tmp_path / "demo")
    monkeypatch.chdir(tmp_path)
    lines = commands(name)
    assert len(lines) > 8
    for line, code in lines:
        if not ELSEWHERE.match(line):
            start, *words = shlex.split(line)
            assert start == "nianbao", line
            ran = shell(*words)
            assert (ran.code, ran.err) == (code, ""), line


def test_every_command_is_told() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for name in nianbao.commands:
        assert f"| `{name}` |" in text
        assert f"nianbao {name}" in text or name == "demo"


def test_what_the_readmes_point_at_is_there() -> None:
    for readme in ("README.md", "README.zh-CN.md"):
        for target in re.findall(r"\]\(([^)]+)\)", (ROOT / readme).read_text("utf-8")):
            assert (ROOT / target).exists(), target
