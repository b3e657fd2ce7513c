"""Every example prints what it says it prints.  Run as a program, this writes the expectations anew."""

from __future__ import annotations

import json
import shlex
import shutil
import tempfile
from pathlib import Path

import pytest

from nianbao.demo import data_files, published_city
from nianbao.demo.family import draw_family
from nianbao.reading import Reading
from nianbao.reportjson import to_data
from shell import spawn

EXAMPLES = Path(__file__).parents[1] / "examples"
FOLDERS = sorted(folder.name for folder in EXAMPLES.iterdir() if folder.is_dir())


def transcript(name: str, scratch: Path) -> str:
    """What the commands of an example print, and how each leaves, in a copy of its folder."""
    folder = Path(shutil.copytree(EXAMPLES / name, scratch / name))
    lines = []
    for command in (folder / "cmd.txt").read_text("utf-8").splitlines():
        ran = spawn(*shlex.split(command)[1:], cwd=folder)
        lines += [f"$ {command}", ran.out + ran.err + f"[{ran.code}]", ""]
    return "\n".join(lines)


@pytest.mark.parametrize("name", FOLDERS)
def test_example(name: str, tmp_path: Path) -> None:
    assert transcript(name, tmp_path) == (EXAMPLES / name / "expected.txt").read_text("utf-8")


def test_inputs_are_those_of_the_demonstration() -> None:
    data = data_files()
    for path in EXAMPLES.rglob("*"):
        if path.name in data:
            assert path.read_bytes() == data[path.name], path


def test_units_are_those_that_the_demonstration_draws() -> None:
    for unit in draw_family(published_city()):
        text = (EXAMPLES / "4-汇总" / "各单位" / f"{unit.agency}.json").read_text("utf-8")
        assert json.loads(text) == to_data(Reading("x", unit))


def test_the_summary_is_the_published_table() -> None:
    text = (EXAMPLES / "4-汇总" / "expected.txt").read_text("utf-8")
    start = text.index("{", text.index("--json"))
    printed, _ = json.JSONDecoder().raw_decode(text[start:])
    assert printed["tables"] == to_data(Reading("x", published_city()))["tables"]


if __name__ == "__main__":
    for each in FOLDERS:
        with tempfile.TemporaryDirectory() as scratch:
            (EXAMPLES / each / "expected.txt").write_text(transcript(each, Path(scratch)), "utf-8")
