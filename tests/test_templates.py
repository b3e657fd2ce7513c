"""The committed blank templates are what the builder builds, part by part; and the wheel carries what it needs."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from nianbao.commands.workbooks import templates
from nianbao.formfile import EDITIONS

ROOT = Path(__file__).parents[1]


BUILT = [name for name in templates(EDITIONS) if not name.endswith(".j2")]


@pytest.mark.parametrize("name", BUILT)
def test_the_committed_templates_are_current(name: str) -> None:
    committed = ZipFile(ROOT / "templates" / name)
    built = ZipFile(BytesIO(templates(EDITIONS)[name]))
    assert committed.namelist() == built.namelist()
    for part in built.namelist():
        assert committed.read(part) == built.read(part), f"{part}: run `make templates`"


def test_the_wheel_carries_forms_templates_and_demonstration(tmp_path: Path) -> None:
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(tmp_path),
        str(ROOT),
    ]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(ZipFile(wheel).namelist())
    assert {f"nianbao/forms/{name}.toml" for name in ("2019", "2021", "rules")} <= names
    assert {f"nianbao/templates/{path.name}" for path in (ROOT / "templates").iterdir()} <= names
    assert {f"nianbao/demo/data/{path.name}" for path in (ROOT / "python/nianbao/demo/data").iterdir()} <= names
    assert "nianbao/py.typed" in names
