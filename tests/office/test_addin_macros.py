"""The macros of the add-in, run in a real LibreOffice: which buttons they enable, and what they have Python do.

LibreOffice executes no macro of a project that holds xlwings' module, which calls on Windows.  A stand-in takes its
place and writes down what it is told to run, and the message box writes down what it says.  Everything else is what
stands in the committed file.
"""

from __future__ import annotations

import runpy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import xlwings as xw
from pyopenvba import ExcelFile, VBAModuleKind
from uno_office import Office, needs_bridge, running
from xlsxwriter import Workbook

from nianbao.excel.ribbon import BUTTONS

pytestmark = [pytest.mark.office, needs_bridge]

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").glob("年报填报模板*.xlsx"))
NO_REPORT = ROOT / "templates" / "单位名册.xlsx"
TEXTS: dict[str, str] = runpy.run_path(str(ROOT / "addin/texts.py"))["TEXTS"]
STAND_IN = """\
Public Function RunPython(PythonCommand As String)
    Record PythonCommand
    If InStr(PythonCommand, "'fails'") > 0 Then Err.Raise 5, , "out of order"
    If InStr(PythonCommand, "'loads'") > 0 Then Nianbao.Loaded Nothing
    If InStr(PythonCommand, "'again'") > 0 Then Again
    Record "meanwhile " & States() & " " & Application.Cursor
End Function

Private Sub Again()
    Dim control As New Control
    control.Tag = "check_all"
    Nianbao.Press control
End Sub

Public Function States() As String
    Dim idle, book, report
    Nianbao.IsIdle Nothing, idle
    Nianbao.HasBook Nothing, book
    Nianbao.HasReport Nothing, report
    States = IIf(idle, "idle ", "- ") & IIf(book, "book ", "- ") & IIf(report, "report", "-")
End Function

Public Function Cursor()
    Cursor = Application.Cursor
End Function

Public Sub LoadRibbon()
    Dim bar As New Ribbon
    Nianbao.Loaded bar
End Sub

Public Sub Forget()
    Nianbao.Loaded Nothing
End Sub

Public Sub TellPythonError(written As String)
    NianbaoMessage.TellPythonError Replace(written, "|", vbCrLf)
End Sub

Public Sub Record(ByVal text As String)
    Dim row
    row = 1
    Do While ThisWorkbook.Sheets(1).Cells(row, 8).Value <> ""
        row = row + 1
    Loop
    ThisWorkbook.Sheets(1).Cells(row, 8).Value = text
End Sub
"""
CONTROL = "Public Tag As String\n"
RIBBON = 'Public Sub Invalidate()\n    StandIn.Record "invalidated " & StandIn.States()\nEnd Sub\n'
UNABLE = ("xlwings", "Dictionary", "NianbaoFunctions")
MESSAGE_BOX = "MsgBox message, vbExclamation, NianbaoText.Title()"


def stand_in(folder: Path) -> Path:
    """The add-in with stand-ins for what LibreOffice cannot do."""
    made = folder / "nianbao.xlam"
    with ExcelFile(ROOT / "addin" / "nianbao.xlam") as file:
        project = file.vba_project()
        for name in UNABLE:
            project.delete_module(name)
        message = project.get_module("NianbaoMessage")
        assert message.body.count(MESSAGE_BOX) == 1
        message.body = message.body.replace(MESSAGE_BOX, "StandIn.Record message")
        project.add_module("StandIn", STAND_IN.replace("\n", "\r\n"))
        for name, source in (("Control", CONTROL), ("Ribbon", RIBBON)):
            project.add_module(name, source.replace("\n", "\r\n"), kind=VBAModuleKind.other)
        file.save(made)
    return made


class Addin(NamedTuple):
    """The add-in, loaded."""

    office: Office

    def press(self, tag: str) -> list[str]:
        """What pressing the button with a tag came to."""
        self.office.ask("call", "Nianbao.Press", tag)
        return self.recorded()

    def recorded(self) -> list[str]:
        """What the stand-ins wrote down since they were asked last."""
        lines: list[str] = self.office.ask("recorded")
        return lines

    def do(self, macro: str, *arguments: str) -> str:
        """What a macro says."""
        return str(self.office.ask("result", macro, *arguments))

    def enabled(self, kind: str) -> object:
        """Whether buttons of a kind are enabled."""
        return self.office.ask("call", f"Nianbao.{kind}", "")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addin]:
    folder = tmp_path_factory.mktemp("macros")
    with running(folder / "profile", "uno_macros.py") as office:
        assert set(office.ask("load", str(stand_in(folder)))) >= {"Nianbao", "NianbaoMessage", "NianbaoText", "StandIn"}
        yield Addin(office)


@pytest.fixture
def addin(loaded: Addin) -> Addin:
    """The add-in as it is when Excel has just loaded it."""
    loaded.do("StandIn.Forget")
    loaded.recorded()
    return loaded


@pytest.fixture(params=TEMPLATES, ids=lambda file: file.stem)
def report(addin: Addin, request: pytest.FixtureRequest) -> Iterator[Addin]:
    """An annual report is the active workbook."""
    yield from shown(addin, request.param)


def shown(addin: Addin, file: Path) -> Iterator[Addin]:
    addin.office.ask("show", str(file))
    yield addin
    addin.office.ask("hide")


def python(tag: str) -> str:
    return f"from nianbao.excel.ribbon import press; press('{tag}')"


@pytest.fixture
def caller(excel: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[xw.App]:
    """A program in which an annual report is the workbook that calls Python; every dialog is left without an answer."""
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    book = excel.books.open(str(shutil.copy(TEMPLATES[0], tmp_path / "年报.xlsx")))
    book.set_mock_caller()
    excel.impl.alerts.clear()
    excel.impl.answers[:] = [False] * 3
    yield excel
    excel.impl.answers.clear()
    for each in list(excel.books):
        each.close()


@pytest.mark.parametrize("tag", BUTTONS)
def test_button_has_python_do_its_command(addin: Addin, caller: xw.App, tag: str) -> None:
    line, meanwhile = addin.press(tag)
    assert meanwhile == "meanwhile - - - 2"  # disabled; the cursor waits
    assert (addin.do("StandIn.States"), addin.do("StandIn.Cursor")) == ("idle book -", "-4143")
    assert line == python(tag)
    exec(line, {})
    assert not [said for said in caller.impl.alerts if said.startswith("程序内部出错")]
    assert not caller.impl.status[-1].startswith("正在")


@pytest.mark.parametrize("tag", ["", "_x", "x1", "Undo", "unDo", "undo ", "x'); y('", "撤销", "undo\n", "a.b"])
def test_what_is_no_command_is_not_passed_on(addin: Addin, tag: str) -> None:
    assert addin.press(tag) == []


def test_report_enables_everything(report: Addin) -> None:
    assert [report.enabled(kind) for kind in ("IsIdle", "HasBook", "HasReport")] == [True, True, True]


def test_any_other_workbook_enables_what_needs_no_report(addin: Addin) -> None:
    for _ in shown(addin, NO_REPORT):
        assert [addin.enabled(kind) for kind in ("IsIdle", "HasBook", "HasReport")] == [True, True, False]


@pytest.mark.parametrize(("sheet", "said"), [("_meta", "others"), ("_meta", ""), ("meta", "nianbao")])
def test_what_only_looks_like_a_report_is_none(addin: Addin, tmp_path: Path, sheet: str, said: str) -> None:
    with Workbook(str(tmp_path / "book.xlsx")) as book:
        book.add_worksheet(sheet).write("A1", said)
    for _ in shown(addin, tmp_path / "book.xlsx"):
        assert addin.enabled("HasReport") is False


def test_ribbon_is_refreshed_before_and_after_a_command(addin: Addin) -> None:
    addin.do("StandIn.LoadRibbon")
    assert addin.recorded() == ["invalidated idle book -"]
    assert addin.press("undo") == [
        "invalidated - - -",
        python("undo"),
        "meanwhile - - - 2",
        "invalidated idle book -",
    ]


def test_failure_is_told_and_buttons_are_enabled_again(addin: Addin) -> None:
    line, told = addin.press("fails")
    assert line == python("fails")
    assert told == TEXTS["MacroFailed"].format("out of order")
    assert (addin.do("StandIn.States"), addin.do("StandIn.Cursor")) == ("idle book -", "-4143")


def test_nothing_starts_while_a_command_runs(addin: Addin) -> None:
    assert addin.press("again") == [python("again"), "meanwhile - - - 2"]


def test_loading_anew_ends_a_command_that_hangs(addin: Addin) -> None:
    assert addin.press("loads") == [python("loads"), "meanwhile idle book - 2"]


@pytest.mark.parametrize("name", ["$(x).xlsx", "a`b.xlsx", "a|b.xlsx", 'a"b.xlsx'])
def test_name_that_a_shell_would_act_on_is_refused(addin: Addin, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    shutil.copy(NO_REPORT, file)
    for _ in shown(addin, file):
        assert addin.press("undo") == [TEXTS["UnsafeName"].format(name)]


@pytest.mark.parametrize("name", ["某局（2023年）100% 'A' & B.xlsx", "x;y,z^.xlsx"])
def test_other_names_are_not(addin: Addin, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    shutil.copy(NO_REPORT, file)
    for _ in shown(addin, file):
        assert addin.press("undo")[0] == python("undo")


@pytest.mark.parametrize("name", TEXTS)
def test_text_is_what_it_was_made_of(addin: Addin, name: str) -> None:
    given = ["甲"] if "{}" in TEXTS[name] else []
    assert addin.do(f"NianbaoText.{name}", *given) == TEXTS[name].format(*given)


@pytest.mark.parametrize(
    ("written", "last"),
    [
        (
            "Traceback (most recent call last):|  File|ModuleNotFoundError: No module named 'nianbao'||",
            "ModuleNotFoundError: No module named 'nianbao'",
        ),
        ("one line", "one line"),
        ("", ""),
    ],
)
def test_of_an_error_the_last_line_is_told(addin: Addin, written: str, last: str) -> None:
    addin.do("StandIn.TellPythonError", written)
    assert addin.recorded() == [TEXTS["PythonFailed"].format(last)]
