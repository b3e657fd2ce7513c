"""Which command line pressing a button comes to: a workbook that came by mail has no say in it.

xlwings' module as it is in the committed add-in, run in a real LibreOffice as on Windows: its conditions are decided,
its calls on Windows taken by stand-ins, which write down the command instead of running it.
"""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings
from lo import SOFFICE
from pyopenvba import ExcelFile, VBAModuleKind
from uno_office import Office, bridge, needs_bridge
from xlsxwriter import Workbook

pytestmark = [pytest.mark.office, needs_bridge]

ROOT = Path(__file__).parents[2]
TEXTS: dict[str, str] = runpy.run_path(str(ROOT / "addin/texts.py"))["TEXTS"]
ON_WINDOWS = {"VBA7", "Win64", "Not Mac", 'App = "Microsoft Excel"'}
EVIL = {"INTERPRETER_WIN": "C:\\evil\\python.exe", "PYTHONPATH": "C:\\evil"}
STAND_IN = """\
Public Function Execute(command As String, style, wait)
    Record command
    Execute = 0
End Function

Public Sub Configure(path As String)
    ThisWorkbook.Sheets(1).Range("J1").Value = path
End Sub

Public Function Config(key As String)
    Config = GetConfig(key)
End Function

Public Sub Start()
    RunPython "python text"
End Sub

Public Sub Record(ByVal text As String)
    ThisWorkbook.Sheets(1).Range("H1").Value = text
End Sub
"""
PAIRS = """\
Private names(50) As String
Private values(50) As String
Private many As Integer

Public Sub Add(name, value)
    many = many + 1
    names(many) = name
    values(many) = value
End Sub

Private Function Place(name) As Integer
    Dim i
    For i = 1 To many
        If names(i) = name Then Place = i
    Next
End Function

Public Function Exists(name) As Boolean
    Exists = (Place(name) > 0)
End Function

Public Function Item(name)
    Item = values(Place(name))
End Function
"""
STOOD_IN = {
    "ExpandEnvironmentStrings": "    ExpandEnvironmentStrings = s",
    "FileExists": '    FileExists = (Left(FileSpec, 3) = "C:\\") Or (Dir(FileSpec) <> "")',
    "GetConfigFilePath": '    GetConfigFilePath = ThisWorkbook.Sheets(1).Range("J1").Value',
    "CreateGUID": '    CreateGUID = "guid"',
}
"""Bodies of functions that ask Windows."""
BESIDE = {"GetDirectoryConfigFilePath": '    GetDirectoryConfigFilePath = ActiveWorkbook.Path & "/nianbao.conf"'}
"""That of a function which the module has only as it is shipped."""
REPLACED = {
    'CreateObject("Scripting.Dictionary")': "New Pairs",
    "WScript.Run(": "StandIn.Execute(",
    "Application.Hwnd": "1",
    "Application.Path": '"office"',
    # LibreOffice's End makes the workbook the active one.
    '.Range("A1").End(xlDown)': '.Cells(Application.WorksheetFunction.CountA(sht.Range("A1:A9")), 1)',
    # LibreOffice takes no default for an argument that has a type.
    'Optional default As String = "", Optional source As String = "") As Variant': (
        "Optional default, Optional source) As Variant\n"
        '    If IsMissing(default) Then default = ""\n'
        '    If IsMissing(source) Then source = ""'
    ),
}


def decided(source: str) -> str:
    """VBA without its conditions on where it runs, as on Windows, and without calls on DLLs."""
    lines, taken = [], [True]
    for line in source.split("\n"):
        word, _, condition = line.split(" '")[0].strip().removesuffix(" Then").partition(" ")
        if line.strip() == "#End If":
            taken.pop()
        elif word == "#If":
            taken.append(condition in ON_WINDOWS)
        elif word in {"#Else", "#ElseIf"}:
            taken[-1] = not taken[-1]
        elif all(taken) and word != "#Const" and " Declare " not in f" {line}":
            lines.append(line)
    return "\n".join(lines)


def with_stand_ins(source: str) -> str:
    """The module with what asks Windows replaced."""
    source = decided(source)
    for name, body in (STOOD_IN | (BESIDE if "Function GetDirectoryConfigFilePath(" in source else {})).items():
        source, count = re.subn(
            rf"^((?:Public )?Function {name}\(.*\n)(?:.*\n)*?(?=End Function)",
            lambda found, body=body: found[1] + body + "\n",  # type: ignore[misc]
            source,
            flags=re.MULTILINE,
        )
        assert count == 1, name
    for old, new in REPLACED.items():
        assert old in source, old
        source = source.replace(old, new)
    return source


def made(file: Path, module: str = "") -> Path:
    """The add-in with stand-ins; with another source of xlwings' module, if one is given."""
    with ExcelFile(ROOT / "addin" / "nianbao.xlam") as addin:
        project = addin.vba_project()
        source = module or project.get_module("xlwings").source
        for name in ("xlwings", "Dictionary", "NianbaoFunctions"):
            project.delete_module(name)
        message = project.get_module("NianbaoMessage")
        message.body = message.body.replace(
            "MsgBox message, vbExclamation, NianbaoText.Title()", "StandIn.Record message"
        )
        ours = with_stand_ins(source.replace("\r\n", "\n"))
        for name, text in (("xlwings", ours), ("StandIn", STAND_IN)):
            project.add_module(name, text.replace("\n", "\r\n"))
        project.add_module("Pairs", PAIRS.replace("\n", "\r\n"), kind=VBAModuleKind.other)
        addin.save(file)
    return file


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    driver, profile = Path(__file__).with_name("uno_macros.py"), tmp_path_factory.mktemp("profile")
    command = [bridge() or "", str(driver), SOFFICE or "", str(profile)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        yield Office(process)


@pytest.fixture
def addin(office: Office, tmp_path: Path) -> Iterator[Office]:
    office.ask("load", str(made(tmp_path / "addin.xlam")))
    yield office
    office.ask("unload")


@pytest.fixture
def user(tmp_path: Path) -> Path:
    """The user's own configuration, as `nianbao addin install` writes it."""
    file = tmp_path / "user.conf"
    file.write_text('"INTERPRETER_WIN","C:\\good\\python.exe"\n', "ascii")
    return file


def mailed(folder: Path, *, sheets: tuple[str, ...] = ("nianbao.conf", "code.py"), beside: bool = True) -> Path:
    """A workbook that names an interpreter and a folder to import from, in sheets and in a file beside it."""
    folder.mkdir()
    book = folder / "a^&calc;x&'.xlsx"
    with Workbook(str(book)) as written:
        for name in sheets:
            sheet = written.add_worksheet(name)
            for row, entry in enumerate(EVIL.items()):
                sheet.write_row(row, 0, entry)
    if beside:
        (folder / "nianbao.conf").write_text("".join(f'"{key}","{value}"\n' for key, value in EVIL.items()), "ascii")
    return book


def started(office: Office, book: Path | None, user: Path | None) -> str:
    """What is run, or told, when a button is pressed."""
    office.ask("result", "StandIn.Configure", str(user or "/none"))
    if book:
        office.ask("show", str(book))
    office.ask("result", "StandIn.Start")
    if book:
        office.ask("hide")
    lines: list[str] = office.ask("recorded")
    return "\n".join(lines)


def test_command_line(addin: Office, user: Path, tmp_path: Path) -> None:
    book = tmp_path / "年报.xlsx"
    shutil.copy(ROOT / "templates" / "单位名册.xlsx", book)
    before, _, after = started(addin, book, user).partition(" -B -P -c ")
    assert before.endswith(' /C C: & cd "C:\\good" & "C:\\good\\python.exe"')
    assert after.startswith(
        '"import xlwings.utils;xlwings.utils.prepare_sys_path(\\"false\\"); python text"  --wb="年报.xlsx" '
    )


def test_workbook_does_not_change_the_command_line(addin: Office, user: Path, tmp_path: Path) -> None:
    hostile, harmless = mailed(tmp_path / "mail"), tmp_path / "x.xlsx"
    shutil.copy(ROOT / "templates" / "单位名册.xlsx", harmless)
    before, named, after = started(addin, harmless, user).partition('--wb="x.xlsx"')
    assert named
    assert started(addin, hostile, user) == f'{before}--wb="{hostile.name}"{after}'


def test_without_configuration_nothing_is_run(addin: Office, tmp_path: Path) -> None:
    assert started(addin, mailed(tmp_path / "mail"), None) == TEXTS["NotConfigured"]


def test_path_of_the_user_is_imported_from(addin: Office, user: Path) -> None:
    user.write_text(user.read_text("ascii") + '"PYTHONPATH","C:\\mine"\n', "ascii")
    assert 'prepare_sys_path(\\"false;;;;;;C:\\\\mine\\");' in started(addin, None, user)


def test_interpreter_that_is_gone_is_told(addin: Office, user: Path) -> None:
    user.write_text('"INTERPRETER_WIN","D:\\gone\\python.exe"\n', "ascii")
    assert started(addin, None, user) == TEXTS["InterpreterMissing"].format("D:\\gone\\python.exe")


@pytest.mark.parametrize(("sheets", "beside"), [(("nianbao.conf",), False), (("any",), True)])
def test_module_as_it_comes_heeds_the_workbook(
    office: Office, user: Path, tmp_path: Path, sheets: tuple[str, ...], *, beside: bool
) -> None:
    """Why it is changed, and that these tests would see it."""
    shipped = (Path(xlwings.__file__).parent / "xlwings_custom_addin.bas").read_text("ascii")
    module = shipped.replace("\r\n", "\n").replace('"myaddin"', '"nianbao"').replace("In Range(", "In sht.Range(")
    office.ask("load", str(made(tmp_path / "addin.xlam", module)))
    try:
        book = mailed(tmp_path / "mail", sheets=sheets, beside=beside)
        assert '"C:\\evil\\python.exe"' in started(office, book, user)
    finally:
        office.ask("unload")


def test_worksheet_functions_start_python_alike(addin: Office, user: Path, tmp_path: Path) -> None:
    addin.ask("result", "StandIn.Configure", str(user))
    addin.ask("show", str(mailed(tmp_path / "mail")))
    command = addin.ask("result", "xlwings.XLPyCommand")
    addin.ask("hide")
    assert '/K ""C:\\good\\python.exe" -B -P -c "import sys, os;import xlwings.utils;' in command
    assert 'prepare_sys_path(\\"false\\");import xlwings; xlwings.serve(' in command
