"""The macros: which modules there are, and the binary part of a package that holds them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from pyopenvba import ExcelFile, VBAModuleKind
from pyopenvba.cfb import CFB
from pyopenvba.vba import VBAProject, split_attribute_header

from changes import changed_module, dictionary
from nianbao.excel.functions import FUNCTIONS
from texts import texts_module
from wrappers import functions_module

OURS = Path(__file__).with_name("vba")
PART = "xl/vbaProject.bin"
NO_CACHE = bytes.fromhex("CC61FFFF000000")
"""What the stream _VBA_PROJECT holds where nothing is compiled (MS-OVBA 2.3.4.1): Excel then compiles the source."""


def sources() -> dict[str, str]:
    """The source of every module, by its file's name: ours, those that are made here, and xlwings'."""
    ours = {file.name: file.read_text("ascii") for file in sorted(OURS.iterdir())}
    made = {
        "NianbaoFunctions.bas": functions_module(),
        "NianbaoText.bas": texts_module(FUNCTIONS),
        "xlwings.bas": changed_module(),
        "Dictionary.cls": dictionary(),
    }
    return {name: "\r\n".join(source.split("\n")) for name, source in (ours | made).items()}


def vba_project(modules: dict[str, str]) -> bytes:
    """A VBA project of `modules` (sources by file name) in a workbook of one sheet."""
    with TemporaryDirectory() as folder:
        book = Path(folder) / "book.xlam"
        with ExcelFile.create_new(book) as file:
            project = file.vba_project()
            project.delete_module("Module1")
            for name, source in modules.items():
                # pyOpenVBA would write a question mark for what its code page does not have.
                _put(project, name, source.encode("ascii").decode())
            project.get_module("Sheet1").body = ""
            file.save()
        with ZipFile(book) as package:
            return _without_cache(package.read(PART))


def _put(project: VBAProject, name: str, source: str) -> None:
    stem, _, suffix = name.partition(".")
    if stem in project.module_names():
        project.get_module(stem).body = split_attribute_header(source)[1]
    else:
        project.add_module(stem, source, kind=VBAModuleKind.other if suffix == "cls" else VBAModuleKind.standard)


def _without_cache(project: bytes) -> bytes:
    file = CFB.from_bytes(project)
    file.write_stream_in_storage("VBA", "_VBA_PROJECT", NO_CACHE)
    return file.to_bytes()  # type: ignore[no-any-return]
