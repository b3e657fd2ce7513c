"""The committed add-in file: what Excel would stumble over or be led astray by, found by readers that are not ours.

No Excel runs here.  Each check is shown to find what it is there for, in a file that was spoiled.
"""

from __future__ import annotations

import filecmp
import re
import runpy
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import distribution
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from warnings import catch_warnings, simplefilter
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import olefile
import pytest
from pyopenvba import ExcelFile
from python_calamine import CalamineWorkbook

from nianbao.excel import functions, ribbon, udfs

with catch_warnings():
    simplefilter("ignore", DeprecationWarning)  # names of pyparsing
    from oletools.olevba import VBA_Parser

ROOT = Path(__file__).parents[1]
ADDIN = ROOT / "addin" / "nianbao.xlam"
PROJECT, CONTENT_TYPES, RELATIONS = "xl/vbaProject.bin", "[Content_Types].xml", "_rels/.rels"
RIBBON, OLDER_RIBBON = "customUI/customUI14.xml", "customUI/customUI.xml"
RELATION = "http://schemas.microsoft.com/office/{}/relationships/ui/extensibility"
NAMESPACES = {
    RIBBON: "http://schemas.microsoft.com/office/2009/07/customui",
    OLDER_RIBBON: "http://schemas.microsoft.com/office/2006/01/customui",
}
BUTTONS = {
    "填报": {
        "new_report": "新建年报",
        "take_last_year": "从上年提取",
        "import_report": "导入已有报告",
        "rest_zero": "其余填零",
    },
    "审核": {
        "check_all": "全部审核",
        "previous_problem": "上一处",
        "next_problem": "下一处",
        "explain": "出错说明",
        "clear_results": "清除结果",
    },
    "运算": {"fill_totals": "填合计", "undo": "撤销"},
    "汇总": {
        "issue_reports": "下发",
        "merge_reports": "合并下级报表",
        "show_status": "填报状态",
        "return_reports": "生成退回件",
        "trace_figure": "数字来源",
    },
    "成文": {"write_document": "生成报告"},
    "帮助": {"show_rules": "规则说明", "show_version": "版本"},
}
ANY_TIME = {
    "new_report",
    "import_report",
    "issue_reports",
    "merge_reports",
    "return_reports",
    "show_rules",
    "show_version",
}
ANY_BOOK = {"fill_totals", "undo"}
LARGE = {"check_all", "fill_totals", "issue_reports", "merge_reports", "write_document"}
PICTURES = frozenset(
    [
        "AcceptInvitation",
        "AutoSum",
        "Bold",
        "Consolidate",
        "Copy",
        "Cut",
        "FileNew",
        "FileOpen",
        "FilePrint",
        "FileSave",
        "FileSaveAsWordDocx",
        "FileSendAsAttachment",
        "FillDown",
        "FindDialog",
        "Help",
        "ImportExcel",
        "Info",
        "Paste",
        "PasteValues",
        "Redo",
        "ReviewDeleteComment",
        "ReviewNewComment",
        "ReviewNextComment",
        "ReviewPreviousComment",
        "ReviewTrackChanges",
        "TableInsert",
        "Undo",
    ]
)
"""Pictures that come with Office 2010 and later; an unknown name shows an empty button."""
MOST_OF_A_LINE = 1023


class Macro(NamedTuple):
    """A public procedure of a module."""

    name: str
    arguments: int


class Addin:
    """The bytes of an add-in file, taken apart."""

    def __init__(self, content: bytes) -> None:
        package = ZipFile(BytesIO(content))
        self.parts = {name: package.read(name) for name in package.namelist()}
        self.modules = dict(self._modules(content))
        self.compound = olefile.OleFileIO(BytesIO(self.parts[PROJECT]), raise_defects=olefile.DEFECT_INCORRECT)

    @staticmethod
    def _modules(content: bytes) -> Iterator[tuple[str, str]]:
        for _, _, name, source in VBA_Parser("nianbao.xlam", data=content).extract_macros():
            yield name.rpartition(".")[0], source

    def controls(self, part: str) -> list[ET.Element]:
        """Everything in a ribbon that has an id."""
        return [each for each in ET.fromstring(self.parts[part]).iter() if each.get("id")]

    def buttons(self, part: str) -> list[ET.Element]:
        """The buttons of a ribbon."""
        return [each for each in self.controls(part) if each.tag.endswith("}button")]

    def macros(self) -> Iterator[Macro]:
        """The procedures that a ribbon may call."""
        for module, source in self.modules.items():
            for name, arguments in re.findall(r"^Public Sub (\w+)\((.*)\)", source, re.MULTILINE):
                yield Macro(f"{module}.{name}", len(arguments.split(",")) if arguments else 0)

    def procedure(self, module: str, name: str) -> str:
        """The text of one procedure, without what stands behind it."""
        source = self.modules[module]
        start = source.index(f"Function {name}(")
        return source[start : re.compile(r"^End (Sub|Function)", re.MULTILINE).search(source, start).end()]  # type: ignore[union-attr]


Check = Callable[[Addin], Iterator[str]]


def repeated(values: list[str]) -> list[str]:
    return sorted({value for value in values if values.count(value) > 1})


def ids(addin: Addin) -> Iterator[str]:
    for part in NAMESPACES:
        yield from repeated([each.get("id", "") for each in addin.controls(part)])


def keytips(addin: Addin) -> Iterator[str]:
    for part in NAMESPACES:
        tips = [each.get("keytip", "") for each in addin.buttons(part)]
        yield from repeated(tips)
        yield from (f"{tip!r}" for tip in tips if not re.fullmatch("[A-Z]", tip))


def callbacks(addin: Addin) -> Iterator[str]:
    known = set(addin.macros())
    for part in NAMESPACES:
        for element in ET.fromstring(addin.parts[part]).iter():
            for attribute, name in element.items():
                if attribute.startswith("get") or attribute in {"onAction", "onLoad"}:
                    wanted = Macro(name, 2 if attribute.startswith("get") else 1)
                    yield from [] if wanted in known else [f"{attribute} {name}"]


def pictures(addin: Addin) -> Iterator[str]:
    for part in NAMESPACES:
        named = {each.get("imageMso", "") for each in addin.buttons(part)}
        yield from sorted(named - PICTURES)


def tips(addin: Addin) -> Iterator[str]:
    for button in addin.buttons(RIBBON):
        told = button.get("supertip", "")
        if not (told.endswith("。") and button.get("screentip") and re.search("不动|不改|不受影响|不改动", told)):
            yield button.get("tag", "")


def tags(addin: Addin) -> Iterator[str]:
    for button in addin.buttons(RIBBON):
        tag = button.get("tag", "")
        if not re.fullmatch("[a-z][a-z_]*", tag) or button.get("id") != f"nianbao.{tag}":
            yield tag


def dialects(addin: Addin) -> Iterator[str]:
    newer, older = (addin.parts[part].decode().replace(space, "") for part, space in NAMESPACES.items())
    if newer != older:
        yield "the ribbons differ"
    for part, space in NAMESPACES.items():
        if ET.fromstring(addin.parts[part]).tag != f"{{{space}}}customUI":
            yield part


def relations(addin: Addin) -> Iterator[str]:
    found = {(each.get("Type"), each.get("Target")) for each in ET.fromstring(addin.parts[RELATIONS])}
    for year, part in (("2007", RIBBON), ("2006", OLDER_RIBBON)):
        yield from [] if (RELATION.format(year), part) in found else [part]


def content_type(addin: Addin) -> Iterator[str]:
    for each in ET.fromstring(addin.parts[CONTENT_TYPES]):
        kind = each.get("ContentType")
        if (
            each.get("PartName") == "/xl/workbook.xml"
            and kind != "application/vnd.ms-excel.addin.macroEnabled.main+xml"
        ):
            yield f"{kind}"


def source_text(addin: Addin) -> Iterator[str]:
    for name, source in addin.modules.items():
        if not source.isascii() or "?" in re.sub("'.*", "", source):
            yield f"{name} is not ASCII"
        if source.replace("\r\n", "").count("\n") + source.replace("\r\n", "").count("\r"):
            yield f"{name} has line ends that are not CRLF"
        if max(map(len, source.splitlines())) > MOST_OF_A_LINE:
            yield f"{name} has a line that is too long"


def cache_of_code(addin: Addin) -> Iterator[str]:
    if addin.compound.openstream("VBA/_VBA_PROJECT").read() != bytes.fromhex("CC61FFFF000000"):
        yield "there is compiled code"


def caller(addin: Addin) -> Iterator[str]:
    """With xlwings' other module, what is active would never be worked on, but the add-in itself."""
    source = addin.modules["xlwings"]
    for needed in ('" --wb=" & """" & ActiveWorkbook.Name &', 'ParameterString + "|" + ActiveWorkbook.Name'):
        yield from [] if source.count(needed) == 1 else [needed]
    for line in re.findall(r"^.*ThisWorkbook.*$", source, re.MULTILINE):
        if "--wb" in line or "BOOK_CALLER" in line:
            yield line
    for name in ("NB_CHECK", "NB_BALANCE", "NB_EXPECTED"):
        yield from [] if ", ActiveWorkbook, " in addin.procedure("NianbaoFunctions", name) else [name]


def configuration(addin: Addin) -> Iterator[str]:
    """A workbook that came by mail must not say what is run, nor what is imported."""
    source = addin.modules["xlwings"]
    if 'Const PROJECT_NAME As String = "nianbao"' not in source:
        yield "another project's configuration is read"
    if "ActiveWorkbook" in addin.procedure("xlwings", "GetConfig"):
        yield "the active workbook configures"
    if "GetDirectoryConfigFilePath" in source:
        yield "a file beside the workbook configures"
    if '".py"' in source:
        yield "code in sheets is looked for"
    if "ADD_WORKBOOK_TO_PYTHONPATH" in source or ".FullName &" in source:
        yield "the folder of a workbook is imported from"
    if '"INTERPRETER", "python' in source:
        yield "there is a default interpreter"
    if source.count(" -B -P -c ") != source.count(" -c "):
        yield "the current folder is imported from"
    if '"cmd.exe' in source:
        yield "cmd.exe may be anybody's"


def notice(addin: Addin) -> Iterator[str]:
    if "' changed for nianbao:" not in addin.modules["xlwings"]:
        yield "the changes are not told"


def messages(addin: Addin) -> Iterator[str]:
    for name, source in addin.modules.items():
        calls = len(re.findall(r"\bMsgBox\b|\.Popup\b", re.sub("'.*", "", source)))
        if calls != (name == "NianbaoMessage"):
            yield f"{name} speaks for itself"


CHECKS: tuple[Check, ...] = (
    ids,
    keytips,
    callbacks,
    pictures,
    tips,
    tags,
    dialects,
    relations,
    content_type,
    source_text,
    cache_of_code,
    caller,
    configuration,
    notice,
    messages,
)


@cache
def committed() -> Addin:
    return Addin(ADDIN.read_bytes())


def in_part(part: str, old: str, new: str) -> bytes:
    """The add-in with every `old` in one part of the package replaced."""
    made = BytesIO()
    with ZipFile(made, "w") as package:
        for name, content in committed().parts.items():
            assert name != part or old.encode() in content
            package.writestr(name, content.replace(old.encode(), new.encode()) if name == part else content)
    return made.getvalue()


def in_module(module: str, old: str, new: str) -> bytes:
    """The add-in with every `old` in one module of macros replaced."""
    with TemporaryDirectory() as folder:
        book = Path(folder) / "book.xlam"
        with ExcelFile(ADDIN) as file:
            spoiled = file.vba_project().get_module(module)
            assert old in spoiled.body
            spoiled.body = spoiled.body.replace(old, new)
            file.save(book)
        return book.read_bytes()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_no_fault(check: Check) -> None:
    assert list(check(committed())) == []


@pytest.mark.parametrize(
    ("check", "part", "old", "new", "fault"),
    [
        (ids, RIBBON, 'id="nianbao.undo"', 'id="nianbao.explain"', "nianbao.explain"),
        (ids, OLDER_RIBBON, 'id="nianbao.undo"', 'id="nianbao.explain"', "nianbao.explain"),
        (keytips, RIBBON, 'keytip="U"', 'keytip="E"', "E"),
        (keytips, RIBBON, 'keytip="U"', 'keytip="撤"', "'撤'"),
        (callbacks, RIBBON, 'onLoad="Nianbao.Loaded"', 'onLoad="Nianbao.Load"', "onLoad Nianbao.Load"),
        (callbacks, OLDER_RIBBON, 'onAction="Nianbao.Press"', 'onAction="Press"', "onAction Press"),
        (callbacks, RIBBON, '"Nianbao.HasBook"', '"Nianbao.Press"', "getEnabled Nianbao.Press"),
        (pictures, RIBBON, 'imageMso="AutoSum"', 'imageMso="AutoSumme"', "AutoSumme"),
        (tips, RIBBON, "什么都不改。", "", "previous_problem"),
        (tips, RIBBON, 'screentip="版本"', "", "show_version"),
        (tags, RIBBON, 'tag="undo"', 'tag="undo\')"', "undo')"),
        (tags, RIBBON, 'tag="undo"', 'tag="redo"', "redo"),
        (dialects, OLDER_RIBBON, "撤销", "恢复", "the ribbons differ"),
        (dialects, OLDER_RIBBON, "2006/01", "2009/07", OLDER_RIBBON),
        (relations, RELATIONS, RELATION.format("2007"), RELATION.format("2006"), RIBBON),
        (relations, RELATIONS, OLDER_RIBBON, RIBBON, OLDER_RIBBON),
        (
            content_type,
            CONTENT_TYPES,
            "vnd.ms-excel.addin.macroEnabled",
            "vnd.ms-excel.sheet.macroEnabled",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
    ],
)
def test_faults_of_a_part_are_found(check: Check, part: str, old: str, new: str, fault: str) -> None:
    assert fault in list(check(Addin(in_part(part, old, new))))


@pytest.mark.parametrize(
    ("check", "module", "old", "new", "fault"),
    [
        (callbacks, "Nianbao", "Public Sub HasReport", "Private Sub HasReport", "getEnabled Nianbao.HasReport"),
        (callbacks, "Nianbao", "Press(control As IRibbonControl)", "Press()", "onAction Nianbao.Press"),
        (source_text, "Nianbao", "' The callbacks", "' Les boutons prêts", "Nianbao is not ASCII"),
        (source_text, "NianbaoMessage", "message, vb", '"?" & message, vb', "NianbaoMessage is not ASCII"),
        (source_text, "Nianbao", "' The callbacks", "'" + "x" * 1023, "Nianbao has a line that is too long"),
        (caller, "xlwings", "ActiveWorkbook.Name", "ThisWorkbook.Name", '" --wb=" & """" & ActiveWorkbook.Name &'),
        (caller, "NianbaoFunctions", "ActiveWorkbook", "ThisWorkbook", "NB_CHECK"),
        (
            configuration,
            "xlwings",
            'As String = "nianbao"',
            'As String = "myaddin"',
            "another project's configuration is read",
        ),
        (
            configuration,
            "xlwings",
            "SheetExists(ThisWorkbook",
            "SheetExists(ActiveWorkbook",
            "the active workbook configures",
        ),
        (
            configuration,
            "xlwings",
            "Function GetConfigFilePath",
            "Function GetDirectoryConfigFilePath",
            "a file beside the workbook configures",
        ),
        (configuration, "xlwings", '"UDF MODULES"', '".py"', "code in sheets is looked for"),
        (
            configuration,
            "xlwings",
            '"false"',
            "ActiveWorkbook.FullName & 1",
            "the folder of a workbook is imported from",
        ),
        (configuration, "xlwings", '"INTERPRETER_WIN", "', '"INTERPRETER", "python', "there is a default interpreter"),
        (configuration, "xlwings", 'tail = " -B -P', 'tail = " -B', "the current folder is imported from"),
        (configuration, "xlwings", 'Run(Environ("ComSpec") & "', 'Run("cmd.exe', "cmd.exe may be anybody's"),
        (notice, "xlwings", "changed for nianbao", "as it came", "the changes are not told"),
        (messages, "xlwings", "NianbaoMessage.TellPythonError", "MsgBox", "xlwings speaks for itself"),
    ],
)
def test_faults_of_a_module_are_found(check: Check, module: str, old: str, new: str, fault: str) -> None:
    assert fault in list(check(Addin(in_module(module, old, new))))


def test_compiled_code_is_found() -> None:
    addin = Addin(ADDIN.read_bytes())
    project, versions = addin.parts[PROJECT], (bytes.fromhex("CC61FFFF"), bytes.fromhex("CC61B500"))
    assert project.count(versions[0]) == 1
    addin.compound = olefile.OleFileIO(BytesIO(project.replace(*versions)))
    assert list(cache_of_code(addin)) == ["there is compiled code"]


def test_line_ends_of_a_module_are_looked_at() -> None:
    addin = Addin(ADDIN.read_bytes())
    addin.modules["Nianbao"] = addin.modules["Nianbao"].replace("\r\n", "\n", 1)
    assert list(source_text(addin)) == ["Nianbao has line ends that are not CRLF"]


def test_buttons() -> None:
    (tab,) = (each for each in committed().controls(RIBBON) if each.tag.endswith("}tab"))
    assert tab.get("label") == "政务公开年报"
    assert {
        group.get("label"): {button.get("tag"): button.get("label") for button in group} for group in tab
    } == BUTTONS
    assert {name: button.label for name, button in ribbon.BUTTONS.items()} == {
        name: label for group in BUTTONS.values() for name, label in group.items()
    }


def test_when_buttons_are_enabled() -> None:
    buttons = committed().buttons(RIBBON)
    enabled = {each.get("tag"): each.get("getEnabled", "").removeprefix("Nianbao.") for each in buttons}
    assert {tag for tag, when in enabled.items() if when == "IsIdle"} == ANY_TIME
    assert {tag for tag, when in enabled.items() if when == "HasBook"} == ANY_BOOK
    assert set(enabled.values()) == {"IsIdle", "HasBook", "HasReport"}
    assert {each.get("onAction") for each in buttons} == {"Nianbao.Press"}
    assert {each.get("tag") for each in buttons if each.get("size") == "large"} == LARGE


def test_compound_file_has_no_defect() -> None:
    assert committed().compound.parsing_issues == []


def test_defects_of_a_compound_file_are_told() -> None:
    addin = committed()
    with pytest.raises(OSError, match="OLE"):
        olefile.OleFileIO(BytesIO(addin.parts[PROJECT][:-5000]), raise_defects=olefile.DEFECT_INCORRECT)


def test_sheet_configures_everything_but_the_interpreter() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(ADDIN.read_bytes()))
    assert book.sheet_names == ["nianbao.conf"]
    assert {row[0]: row[1] for row in book.get_sheet_by_index(0).to_python()} == {
        "ADD_WORKBOOK_TO_PYTHONPATH": "false",
        "USE UDF SERVER": "False",
        "SHOW CONSOLE": "False",
        "UDF MODULES": "nianbao.excel.udfs",
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything as `build.py` builds it now."""
    folder = tmp_path_factory.mktemp("built")
    subprocess.run([sys.executable, str(ROOT / "addin/build.py"), "--into", str(folder)], check=True)
    return folder


@pytest.mark.parametrize("file", [ADDIN, Path(udfs.__file__)], ids=lambda file: file.name)
def test_committed_is_what_is_built(built: Path, file: Path) -> None:
    assert filecmp.cmp(built / file.name, file, shallow=False), "make addin"


def test_macros_are_read_back_as_they_were_written(built: Path) -> None:
    written = {
        file.stem: file.read_bytes().decode("ascii") for file in built.iterdir() if file.suffix in {".bas", ".cls"}
    }
    read = committed().modules
    assert "Option" not in read["Sheet1"]
    assert {name: source for name, source in read.items() if name != "Sheet1"} == written


@pytest.mark.parametrize(
    ("source", "end"), [("nothing of it", ""), ("start and start", ""), ("start and no more", "end")]
)
def test_build_stops_where_xlwings_is_another(source: str, end: str) -> None:
    changes = runpy.run_path(str(ROOT / "addin/changes.py"))
    with pytest.raises(LookupError, match="start"):
        changes["replaced"](source, changes["Change"]("start", "ours", end))
    assert changes["replaced"]("a start b end c", changes["Change"]("start", "ours", "end")) == "a ours c"


def test_licence_of_xlwings_is_carried() -> None:
    licence = distribution("xlwings").read_text("licenses/LICENSE.txt")
    assert (ROOT / "addin/LICENSE-xlwings.txt").read_text("utf-8") == licence
    assert "xlwings is distributed under a BSD 3-clause license." in committed().modules["xlwings"]


def test_functions_are_those_of_python() -> None:
    rows = [["一", 1.0]]
    assert udfs.NB_CHECK(rows) == functions.check_table(rows)
    assert udfs.NB_BALANCE(rows, "总计") == functions.balance(rows, "总计")
    given = re.findall(r"Function (NB_\w+)\((.*)\)", committed().modules["NianbaoFunctions"])
    assert {name: arguments.split(", ") for name, arguments in given} == {
        each.name: [argument.name for argument in each.arguments] for each in functions.FUNCTIONS
    }
