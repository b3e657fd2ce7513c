"""The package: a workbook of one sheet that holds the configuration, the macros, and the ribbon in both dialects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter import Workbook

TITLE = "政务公开年报"
CONFIGURATION = {
    "ADD_WORKBOOK_TO_PYTHONPATH": "false",
    "USE UDF SERVER": "False",
    "SHOW CONSOLE": "False",
    "UDF MODULES": "nianbao.excel.udfs",
}
"""What the add-in sets whatever the user's file says; which interpreter to run, only that file can tell."""
_CREATED = datetime(2025, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_RELATION = "http://schemas.microsoft.com/office/{}/relationships/ui/extensibility"
NEWER, OLDER = ("2009/07/customui", "2006/01/customui")
RIBBONS = (
    ("customUI/customUI14.xml", _RELATION.format("2007"), NEWER),
    ("customUI/customUI.xml", _RELATION.format("2006"), OLDER),
)
"""Part, relation and namespace of the ribbon: for Excel from 2010 on, and for Excel 2007 and WPS."""
_REPLACED = {
    "[Content_Types].xml": (
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        "application/vnd.ms-excel.addin.macroEnabled.main+xml",
    ),
    "_rels/.rels": (
        "</Relationships>",
        "".join(
            f'<Relationship Id="ribbon{number}" Type="{relation}" Target="{part}"/>'
            for number, (part, relation, _) in enumerate(RIBBONS, start=1)
        )
        + "</Relationships>",
    ),
}


def addin(ribbon: str, project: bytes) -> bytes:
    """The bytes of an add-in with a ribbon (customUI of 2009) and a VBA project; the same whenever it is built."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        for name, content in _parts(_workbook(project), ribbon):
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            entry.create_system = 0
            package.writestr(entry, content)
    return made.getvalue()


def _workbook(project: bytes) -> bytes:
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        book.set_properties(
            {"title": TITLE, "comments": "政府信息公开工作年度报告：填报、审核、汇总、成文", "created": _CREATED}
        )
        sheet = book.add_worksheet("nianbao.conf")
        for row, entry in enumerate(CONFIGURATION.items()):
            sheet.write_row(row, 0, entry)
        book.add_vba_project(BytesIO(project), is_stream=True)
        book.set_vba_name("ThisWorkbook")
        sheet.set_vba_name("Sheet1")
    return made.getvalue()


def _parts(workbook: bytes, ribbon: str) -> Iterator[tuple[str, bytes]]:
    with ZipFile(BytesIO(workbook)) as package:
        for name in package.namelist():
            content = package.read(name)
            yield name, _replaced(content.decode(), *_REPLACED[name]).encode() if name in _REPLACED else content
    for part, _, namespace in RIBBONS:
        yield part, _replaced(ribbon, NEWER, namespace).encode()


def _replaced(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise LookupError(f"not once in what XlsxWriter wrote: {old}")
    return text.replace(old, new)
