"""What an .xlsx file says beside its figures: formulas, labels, merges, locks; and a fingerprint of that.

The XML is read by pattern, as spreadsheet programs write it, for every check pays for this.  What is misread
costs no more than the detailed comparison that `inspect` makes when a fingerprint is not the expected one.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from io import BytesIO
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from ..names import (
    ADJUSTMENTS,
    BY_RULE,
    BY_UNIT,
    CHANGES,
    CHARTS,
    COVER,
    DECISIONS,
    FILES,
    GAPS,
    GATHERED,
    LETTERS,
    META,
    NOTICE,
    RECORD,
    RESULTS,
    STATUS,
    TODO,
    UNITS,
)

LISTS = frozenset(
    {
        META,
        RECORD,
        UNITS,
        FILES,
        RESULTS,
        NOTICE,
        TODO,
        STATUS,
        BY_UNIT,
        BY_RULE,
        DECISIONS,
        ADJUSTMENTS,
        GAPS,
        LETTERS,
        GATHERED,
        CHARTS,
        CHANGES,
    }
)
"""Sheets that a workbook of ours may have or lack."""
UNTOLD = "LibreOffice"
"""A program that does not save whether the structure of a workbook is locked."""

_DAMAGED = (BadZipFile, LookupError, NotImplementedError, RuntimeError, ValueError, zlib.error)
_TRUE = ("1", "true")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_CELL = re.compile(  # a cell with something in it
    r'<c r="([A-Z]++\d++)"(?: s="(\d++)")?+(?: t="(\w++)")?+[^>/]*+>'
    r"(?:<f([^>]*+)>(?:([^<]*+)</f>)?+)?+(?:<v>([^<]*+)|<is>(.*?)</is>)?+",
    re.DOTALL,
)
_PHONETIC = re.compile(r"<rPh.*?</rPh>", re.DOTALL)
_TEXT = re.compile(r"<t[^>/]*>([^<]*)</t>")
_FORMAT = re.compile(r"<xf [^>]*?(?:/>|>(.*?)</xf>)", re.DOTALL)
_OPEN = re.compile(r'\blocked="(?:0|false)"')
_MERGE = re.compile(r'<mergeCell ref="([^"]+)"')
_CODE = re.compile(r"&#(?:(\d+)|x([0-9A-Fa-f]+));")
_NAMED = (("&quot;", '"'), ("&apos;", "'"), ("&gt;", ">"))
"""Names of letters that may stand in a text as they are."""
_UNSAID = tuple(letter.encode() for letter in " \t\r\n\u00a0\u3000'")
_LETTERS, _DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"


class Sheet(NamedTuple):
    """One sheet, by address: its formulas, the texts of its locked cells, and what can be typed into."""

    visible: bool
    protected: bool
    formulas: Mapping[str, str]
    texts: Mapping[str, str]
    merges: tuple[str, ...]
    unlocked: tuple[str, ...]


class Structure(NamedTuple):
    """The sheets of a workbook in their order, whether that is locked, and the program that saved the file."""

    sheets: Mapping[str, Sheet]
    protected: bool
    application: str


@lru_cache(maxsize=1)
def structure(data: bytes) -> Structure | None:
    """The structure of an .xlsx file; None if `data` is none.  The last is kept: whoever looks closer asks again."""
    try:
        with ZipFile(BytesIO(data)) as package:
            return _structure(package)
    except _DAMAGED:
        return None


def fingerprint(found: Structure) -> str:
    """The same for all that nobody changed, whatever was typed in and whichever program saved it."""
    own = (line for name, sheet in found.sheets.items() if name not in LISTS for line in _lines(name, sheet))
    said = "\0".join((str(found.protected), *own)).encode()
    for letter in _UNSAID:  # one letter after the other: much faster than `translate`
        said = said.replace(letter, b"")
    said = said.upper().replace(b"TRUE()", b"TRUE").replace(b"FALSE()", b"FALSE")
    return f"{zlib.crc32(said):08x}"


@cache
def blank_file(edition: str) -> bytes:
    """The blank workbook of `edition`, to hold others against."""
    from ..build import blank_workbook

    return blank_workbook(edition)


def _structure(package: ZipFile) -> Structure:
    book = _part(package, "workbook.xml")
    application = _part(package, "/docProps/app.xml").partition("<Application>")[2]
    paths = {each["Id"]: each["Target"] for each in _tags("Relationship", _part(package, "_rels/workbook.xml.rels"))}
    named = {path.rpartition("/")[2]: path for path in paths.values()}
    strings = _part(package, named.get("sharedStrings.xml", "")).replace("<si/>", "<si></si>").split("<si>")[1:]
    unlocked = _unlocked(_part(package, named["styles.xml"]))
    sheets = {}
    for tag in _tags("sheet", book):
        name, visible = _unescaped(tag["name"]), tag.get("state", "visible") == "visible"
        xml = "" if name in LISTS else _part(package, paths[tag["r:id"]])
        sheets[name] = _sheet(xml, strings, unlocked, visible=visible)
    lock = next(_tags("workbookProtection", book), {})
    protected = application.startswith(UNTOLD) or lock.get("lockStructure") in _TRUE
    return Structure(sheets, protected, application.partition("<")[0])


def _part(package: ZipFile, target: str) -> str:
    """The text of a part, "" if there is none; `target` is as the workbook refers to it."""
    name = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    try:
        return package.read(name).decode()
    except KeyError:
        return ""


def _tags(name: str, xml: str) -> Iterator[dict[str, str]]:
    for tag in re.findall(rf"<{name}\b([^>]*)>", xml):
        yield dict(_ATTRIBUTE.findall(tag))


def _unlocked(styles: str) -> frozenset[str]:
    """The numbers of the styles whose cells can be typed into."""
    formats = styles.partition("<cellXfs")[2].partition("</cellXfs>")[0]
    return frozenset(str(number) for number, inside in enumerate(_FORMAT.findall(formats)) if _OPEN.search(inside))


def _sheet(xml: str, strings: Sequence[str], unlocked: Collection[str], *, visible: bool) -> Sheet:
    rows, _, tail = xml.partition("</sheetData>")
    for name, letter in _NAMED:  # all over formulas: at once, not one by one
        rows = rows.replace(name, letter)
    cells = _CELL.findall(rows)
    locked = [cell for cell in cells if cell[1] not in unlocked]
    formulas = {at: _unescaped(formula) for at, _, _, about, formula, _, _ in cells if formula or about}
    if shared := {at: about for at, _, _, about, _, _, _ in cells if "shared" in about}:
        formulas |= _spread(formulas, shared)
    texts = {at: _text(strings[int(value)]) for at, _, kind, _, _, value, _ in locked if kind == "s" and value}
    texts |= {at: _text(inline) for at, _, _, _, _, _, inline in locked if inline}
    protected = next(_tags("sheetProtection", tail), {}).get("sheet") in _TRUE
    open_ = re.findall(rf'<c r="([A-Z]++\d++)" s="(?:{"|".join(sorted(unlocked))})"', rows) if unlocked else []
    return Sheet(visible, protected, formulas, texts, tuple(_MERGE.findall(tail)), tuple(open_))


def _spread(formulas: Mapping[str, str], shared: Mapping[str, str]) -> dict[str, str]:
    """The formulas of cells that refer to the formula of another cell, by address."""
    from .spelling import copied

    groups = {address: dict(_ATTRIBUTE.findall(about)).get("si", "") for address, about in shared.items()}
    firsts = {group: address for address, group in groups.items() if formulas[address]}
    return {
        address: copied(formulas[firsts[group]], firsts[group], address)
        for address, group in groups.items()
        if not formulas[address]
    }


def _text(xml: str) -> str:
    """The text of a string, whose runs may differ in looks."""
    spoken = _PHONETIC.sub("", xml) if "<rPh" in xml else xml
    return _unescaped("".join(_TEXT.findall(spoken)))


def _unescaped(xml: str) -> str:
    if "&" not in xml:
        return xml
    if "&#" in xml:
        xml = _CODE.sub(lambda code: chr(int(code[1] or code[2], 10 if code[1] else 16)), xml)
    for name, letter in _NAMED:
        xml = xml.replace(name, letter)
    return xml.replace("&lt;", "<").replace("&amp;", "&")


def _lines(name: str, sheet: Sheet) -> Iterator[str]:
    """All that is fixed on a sheet; how the cover names further sheets, and what it says right of that, is not."""
    listed = {at for at, text in sheet.texts.items() if text in LISTS} if name == COVER else set()
    listed |= {chr(ord(at[0]) + 1) + at[1:] for at in listed}
    texts = {at: text for at, text in sheet.texts.items() if at not in listed}
    last = max(map(_row, texts), default=0)
    typed = frozenset(sheet.unlocked)
    yield f"{name}{sheet.visible}{sheet.protected}"
    yield from (f"{at}={formula}" for at, formula in sheet.formulas.items() if at not in typed)
    yield from map(":".join, texts.items())
    yield from sorted(sheet.merges)
    # Of the cells below all texts only the columns count: paragraphs have as many as were written.
    yield from sorted({at if _row(at) <= last else at.rstrip(_DIGITS) for at in typed})


def _row(address: str) -> int:
    return int(address.lstrip(_LETTERS))
