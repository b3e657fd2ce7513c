"""Settings and fixtures that all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from openpyxl.worksheet.merge import MergedCellRange

from drill import Drill, build_drill, drill_in
from nianbao.demo import run
from nianbao.form import Form
from nianbao.formfile import EDITIONS, load_form
from shell import Shell

if TYPE_CHECKING:
    import xlwings as xw
    from uno_office import Office

# No database: a run leaves nothing behind.  Failures print what reproduces them.  The same draws every time where a
# failure would stop somebody else (CI), new ones everywhere else.
settings.register_profile(
    "nianbao",
    max_examples=10,
    deadline=None,
    database=None,
    derandomize=os.environ.get("CI") == "true",
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("nianbao")

# When openpyxl loads a workbook it draws the borders of merged cells anew: two thirds of the time, and of no use here.
MergedCellRange.format = lambda _: None


@pytest.fixture(params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> str:
    """Each edition of the form in turn."""
    return str(request.param)


@pytest.fixture
def form(edition: str) -> Form:
    """The form of each edition in turn."""
    return load_form(edition)


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """The command line."""
    return Shell(monkeypatch, capsys)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a demonstration leaves; copy it before anything changes it."""
    folder = tmp_path_factory.mktemp("shown") / "demo"
    assert list(run(folder))
    return folder


@pytest.fixture(scope="session")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Drill:
    """The files of the drill, made once for all processes of a run; copy them before anything changes them."""
    every = tmp_path_factory.getbasetemp()
    folder = (every.parent if "PYTEST_XDIST_WORKER" in os.environ else every) / "drill"
    with FileLock(f"{folder}.lock"):
        return drill_in(folder) if folder.is_dir() else build_drill(folder)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A LibreOffice that all tests of a process work with, one after the other."""
    from uno_office import running

    with running(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="session")
def excel() -> Iterator[xw.App]:
    """A LibreOffice that xlwings takes for Excel, for all tests of a process."""
    import engine

    with engine.excel() as app:
        yield app
