"""The Excel add-in is put where Excel and its macros look, told which Python to use, and taken away again."""

from __future__ import annotations

import os
import re
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao import __version__
from nianbao.addin.install import install, uninstall
from nianbao.addin.machine import Machine, Shipped, places, shipped, this_machine
from nianbao.addin.settings import interpreter, settings
from nianbao.addin.status import status
from nianbao.cli import nianbao
from nianbao.errors import InputError, NianbaoError, OutputError
from nianbao.resources import addin_path
from shell import Shell

ROOT = Path(__file__).parents[1]
PARTS = Shipped(b"the add-in", "xlwings-1.applescript", b"the script")
SETTLED = {
    "win32": {
        "AppData/Roaming/Microsoft/Excel/XLSTART/nianbao.xlam": PARTS.addin,
        ".nianbao/nianbao.conf": f'"INTERPRETER_WIN","{sys.executable}"\r\n'.encode(),
    },
    "darwin": {
        "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel/nianbao.xlam": PARTS.addin,
        "Library/Containers/com.microsoft.Excel/Data/nianbao.conf": f'"INTERPRETER_MAC","{sys.executable}"\n'.encode(),
        "Library/Application Scripts/com.microsoft.Excel/xlwings-1.applescript": PARTS.script,
    },
}


def machine_at(home: Path, system: str, python: str = sys.executable) -> Machine:
    """A machine of `system` whose user lives in `home`."""
    return Machine(system, home, home / "AppData" / "Roaming", python, encoding="gbk" if system == "win32" else "utf-8")


@pytest.fixture(params=SETTLED)
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    """A machine of each system in turn, with nothing on it."""
    return machine_at(tmp_path, request.param)


def held(home: Path) -> dict[str, bytes]:
    """Every file below `home`."""
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def wrongs(machine: Machine, parts: Shipped = PARTS) -> dict[str, str]:
    """What is wrong with each part of the installation."""
    return {part.what: part.wrong for part in status(machine, parts) if part.wrong}


def put(path: Path, data: bytes = b"x") -> Path:
    """A file with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_everything_is_written_where_it_is_looked_for(machine: Machine) -> None:
    done = install(machine, PARTS)
    assert held(machine.home) == SETTLED[machine.system]
    assert {path.relative_to(machine.home).as_posix() for path in done.written} == set(SETTLED[machine.system])
    assert not done.replaced
    assert wrongs(machine) == {}


def test_what_was_installed_is_removed_and_nothing_else(machine: Machine) -> None:
    neighbours = [put(each.with_name("别人的.txt")) for each in places(machine, PARTS) if each]
    before = held(machine.home)
    install(machine, PARTS)
    assert len(uninstall(machine, PARTS)) == len(SETTLED[machine.system])
    assert held(machine.home) == before
    assert all(each.exists() for each in neighbours)
    assert uninstall(machine, PARTS) == []


def test_an_empty_folder_of_ours_does_not_stay(tmp_path: Path) -> None:
    machine = machine_at(tmp_path, "win32")
    install(machine, PARTS)
    uninstall(machine, PARTS)
    assert not (tmp_path / ".nianbao").exists()
    assert places(machine, PARTS).addin.parent.is_dir()  # Excel's own folder


def test_another_version_is_replaced_and_said(machine: Machine) -> None:
    install(machine, PARTS._replace(addin=b"older"))
    assert "请运行 nianbao addin install" in wrongs(machine)["加载项"]
    assert sha256(PARTS.addin).hexdigest() in wrongs(machine)["加载项"]
    assert install(machine, PARTS).replaced
    assert not install(machine, PARTS).replaced
    assert held(machine.home) == SETTLED[machine.system]


def test_a_script_that_xlwings_did_not_write_stays(tmp_path: Path) -> None:
    machine = machine_at(tmp_path, "darwin")
    script = put(places(machine, PARTS).script or tmp_path, b"changed by somebody")
    assert script not in install(machine, PARTS).written
    assert "脚本" in wrongs(machine)
    uninstall(machine, PARTS)
    assert script.read_bytes() == b"changed by somebody"


def test_whether_excel_was_ever_here(machine: Machine) -> None:
    assert not install(machine, PARTS).excel_seen
    assert install(machine, PARTS).excel_seen


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, to whom no file is forbidden."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.mark.parametrize("attempt", [install, uninstall])
def test_a_file_that_excel_holds(attempt: Callable[[Machine, Shipped], object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o777)
        machine = machine_at(home, "win32")
        with as_nobody():
            install(machine, PARTS)
        place = places(machine, PARTS).addin.parent
        place.chmod(stat.S_IRUSR | stat.S_IXUSR)
        before = held(home)
        with as_nobody(), pytest.raises(OutputError, match="请先退出 Excel"):
            attempt(machine_at(home, "win32", "/another/python"), PARTS._replace(addin=b"newer"))
        place.chmod(stat.S_IRWXU)
        assert held(home) == before


UNUSABLE = [
    # system, path of the Python, encoding that VBA reads, what is wrong
    ("win32", "C:\\程序\\python.exe", "cp1252", "生僻字"),
    ("win32", "C:\\100%\\python.exe", "gbk", "%"),
    ("darwin", "/Users/某某/bin/python", "utf-8", "只用英文字母"),
    ("darwin", "/Users/a b/bin/python", "utf-8", "不要有空格"),
    ("darwin", "/Users/$(x)/python", "utf-8", "只用英文字母"),
]


@pytest.mark.parametrize(("system", "python", "encoding", "message"), UNUSABLE)
def test_a_path_that_macros_cannot_use(system: str, python: str, encoding: str, message: str, tmp_path: Path) -> None:
    machine = machine_at(tmp_path, system, python)._replace(encoding=encoding)
    with pytest.raises(InputError, match=re.escape(message)):
        install(machine, PARTS)
    assert held(tmp_path) == {}


def test_a_python_of_the_app_store_is_refused(tmp_path: Path) -> None:
    machine = machine_at(tmp_path, "win32")._replace(base="C:\\Program Files\\WindowsApps\\Python.3.13_x64")
    with pytest.raises(InputError, match="应用商店"):
        install(machine, PARTS)
    assert held(tmp_path) == {}


NAMES = st.text(st.characters(codec="gbk", exclude_categories=["C"], exclude_characters='<>:"/\\|?*%'), min_size=1)


@given(NAMES)
def test_the_settings_say_which_python(name: str) -> None:
    python = f"C:\\程序 (x86)\\{name}\\python.exe"
    written = settings(machine_at(Path(), "win32", python))
    assert interpreter(written.decode("gbk")) == python
    assert written.endswith(b'.exe"\r\n')
    assert written.count(b"\n") == 1


def pretend(path: Path, lines: str) -> str:
    """A program in place of a Python."""
    put(path, f"#!/bin/sh\n{lines}\n".encode()).chmod(0o755)
    return str(path)


def test_status_looks_at_the_python(machine: Machine) -> None:
    assert set(wrongs(machine)) >= {"加载项", "设置"}
    tried = {
        "/no/such/python": "没有这个程序",
        pretend(machine.home / "a" / "python", "exit 1"): "里面没有 nianbao",
        pretend(machine.home / "b" / "python", "echo 9.9.9"): f"里面的 nianbao 是 9.9.9，这一版是 {__version__}",
        str(put(machine.home / "c" / "python", b"no program")): "里面没有 nianbao",
    }
    for python, wrong in tried.items():
        install(machine._replace(python=python), PARTS)
        assert wrong in wrongs(machine)["Python"], python
    put(places(machine, PARTS).settings, b"broken")
    assert "没有这个程序" in wrongs(machine)["Python"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="Excel runs here")
def test_where_there_is_no_excel(shell: Shell) -> None:
    for name in ("install", "uninstall", "status"):
        ran = shell("addin", name)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == ("Excel 加载项：本机没有 Excel。请用命令行，校验用 nianbao check，其余见 nianbao --help。\n")


def test_this_machine_is_this_one() -> None:
    machine = this_machine()
    assert (machine.system, machine.home, machine.python) == (sys.platform, Path.home(), sys.executable)


def test_what_is_shipped() -> None:
    parts = shipped()
    assert parts.addin == addin_path().read_bytes()
    assert re.fullmatch(r"xlwings-[\d.]+\.applescript", parts.script_name)
    assert b"VbaHandler" in parts.script


def test_the_committed_hash_is_of_the_committed_file() -> None:
    told = (ROOT / "addin" / "SHA256SUMS").read_text("ascii")
    assert told == f"{sha256((ROOT / 'addin' / 'nianbao.xlam').read_bytes()).hexdigest()}  nianbao.xlam\n"


README = (ROOT / "addin" / "README.md").read_text("utf-8")


def test_the_readme_points_at_what_is_there() -> None:
    headings = {line.lstrip("# ").lower().replace(" ", "-") for line in README.splitlines() if line.startswith("#")}
    for target in re.findall(r"\]\(([^)]+)\)", README):
        path, _, heading = target.partition("#")
        assert not path or (ROOT / "addin" / path).exists(), target
        assert not heading or heading in headings, target


def test_the_readme_tells_every_button_and_every_place() -> None:
    labels = re.findall(r'<button [^>]*?\blabel="([^"]+)"', (ROOT / "addin" / "ribbon.xml").read_text("utf-8"))
    assert len(labels) == 19
    for label in labels:
        assert label in README, label
    for path in (Path(name) for files in SETTLED.values() for name in files):
        assert path.parent.name in README, path
        assert path.name in README or path.suffix == ".applescript", path


def test_each_manual_test_has_twelve_steps_with_results() -> None:
    _, *tables = README.partition("## 验收步骤")[2].split("\n### ")
    for table in tables:
        rows = [line.split("|") for line in table.splitlines() if re.match(r"\| \d", line)]
        assert [row[1].strip() for row in rows] == [str(number) for number in range(1, 13)]
        assert all(row[2].strip() and row[3].strip() for row in rows)
    assert len(tables) == 2


def run(machine: Machine, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """``nianbao addin …`` as on `machine`: its exit code and what it prints."""
    code = 0
    try:
        nianbao.main(["addin", *words], prog_name="nianbao", standalone_mode=False, obj=machine)
    except SystemExit as left:
        code = int(str(left.code))
    except NianbaoError as error:
        return 2, str(error)
    return code, capsys.readouterr().out


def test_the_commands_say_what_they_did(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(machine, capsys, "status")
    assert code == 1
    assert "没有安装，请运行 nianbao addin install" in out
    code, out = run(machine, capsys, "install")
    assert code == 0
    for path in places(machine, shipped()):
        assert path is None or f"已写入 {path}\n" in out
    for said in (f"按钮使用的 Python：{sys.executable}", "没有见到 Excel", "退出 Excel 再打开", "解除锁定"):
        assert said in out
    code, out = run(machine, capsys, "status")
    assert (code, out.splitlines()[-1]) == (0, "加载项可以使用。")
    assert sha256(shipped().addin).hexdigest() in out
    put(places(machine, shipped()).addin, b"older")
    assert run(machine, capsys, "status")[0] == 1
    code, out = run(machine, capsys, "install")
    assert "已经换成这一版" in out
    assert "没有见到 Excel" not in out
    code, out = run(machine, capsys, "uninstall")
    assert out.count("已删除") == len(SETTLED[machine.system])
    assert run(machine, capsys, "uninstall") == (0, "没有安装加载项，没有删除任何文件。\n")


def test_help_is_chinese_and_has_an_example(shell: Shell) -> None:
    for words in (("addin",), *(("addin", name) for name in ("install", "uninstall", "status"))):
        ran = shell(*words, "--help")
        assert ran.code == 0
        assert f"用法：nianbao {' '.join(words)}" in ran.out
        assert "例子:\n  nianbao addin" in ran.out
    assert "没有“instal”这个命令。例如：nianbao addin --help" in shell("addin", "instal").err
