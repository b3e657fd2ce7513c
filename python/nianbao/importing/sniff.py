"""What kind of file something is, by its content: suffixes are what people type."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum, auto

from . import ole
from .archives import inflated, members

_HEAD = 4096
_LARGEST_PART = 1024 * 1024


class Kind(StrEnum):
    """The kinds that are told apart: what can be read, what can be converted, and what gets a sentence of its own."""

    XLSX = auto()
    STRICT_XLSX = auto()
    XLSB = auto()
    XLS = auto()
    OLD_XLS = auto()
    ODS = auto()
    XML_SHEET = auto()
    DOCX = auto()
    STRICT_DOCX = auto()
    DOC = auto()
    ODT = auto()
    XML_WORD = auto()
    RTF = auto()
    FLAT_ODF = auto()
    PDF = auto()
    HTML = auto()
    MHTML = auto()
    JSON = auto()
    TEXT = auto()
    ENCRYPTED = auto()
    SLIDES = auto()
    OFD = auto()
    PICTURE = auto()
    RAR = auto()
    SEVEN_ZIP = auto()
    GZIP = auto()
    ZIP = auto()
    DAMAGED = auto()
    PROGRAM = auto()
    XML = auto()
    EMPTY = auto()
    UNKNOWN = auto()


SHEETS = frozenset({Kind.XLSX, Kind.STRICT_XLSX, Kind.ODS, Kind.XLS})
"""The kinds of spreadsheet files that are read as they are."""

_MAGIC = (
    (b"%PDF-", Kind.PDF),
    (b"{\\rtf", Kind.RTF),
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"7z\xbc\xaf\x27\x1c", Kind.SEVEN_ZIP),
    (b"\x1f\x8b", Kind.GZIP),
    (b"BZh", Kind.GZIP),
    (b"\xfd7zXZ\0", Kind.GZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"PK\x07\x08", Kind.ZIP),
    (b"\x89PNG\r\n", Kind.PICTURE),
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"GIF8", Kind.PICTURE),
    (b"II*\0", Kind.PICTURE),
    (b"MM\0*", Kind.PICTURE),
    (b"\x7fELF", Kind.PROGRAM),
    (b"\x09\x00\x04\x00", Kind.OLD_XLS),
    (b"\x09\x02\x06\x00", Kind.OLD_XLS),
    (b"\x09\x04\x06\x00", Kind.OLD_XLS),
    (b"\x09\x08\x08\x00", Kind.OLD_XLS),
    (b"\x09\x08\x10\x00", Kind.OLD_XLS),
)
_MAIN_PARTS = (
    (b"spreadsheetml.sheet.main+xml", Kind.XLSX),
    (b"spreadsheetml.template.main+xml", Kind.XLSX),
    (b"ms-excel.sheet.macroEnabled.main+xml", Kind.XLSX),
    (b"ms-excel.template.macroEnabled.main+xml", Kind.XLSX),
    (b"ms-excel.sheet.binary.macroEnabled.main", Kind.XLSB),
    (b"wordprocessingml.document.main+xml", Kind.DOCX),
    (b"wordprocessingml.template.main+xml", Kind.DOCX),
    (b"ms-word.document.macroEnabled.main+xml", Kind.DOCX),
    (b"ms-word.template.macroEnabledTemplate.main+xml", Kind.DOCX),
    (b"presentationml", Kind.SLIDES),
    (b"ms-powerpoint", Kind.SLIDES),
)
_NAMED_PARTS = (
    ("xl/workbook.xml", Kind.XLSX),
    ("xl/workbook.bin", Kind.XLSB),
    ("word/document.xml", Kind.DOCX),
    ("ppt/presentation.xml", Kind.SLIDES),
    ("OFD.xml", Kind.OFD),
)
_ODF = ((b"spreadsheet", Kind.ODS), (b"text", Kind.ODT), (b"presentation", Kind.SLIDES))
_STRICT = b"purl.oclc.org/ooxml"
_STREAMS = (
    ("EncryptedPackage", Kind.ENCRYPTED),
    ("WordDocument", Kind.DOC),
    ("Workbook", Kind.XLS),
    ("Book", Kind.XLS),
    ("PowerPoint Document", Kind.SLIDES),
)
_WORD_ENCRYPTED = 0x0100
_FILE_PASS = 0x2F
_BIFF_START = 0x09

# Patterns are compiled where they are needed: a workbook needs none.
_TAG = r"(?s)\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<(!doctype\s+html|[a-z][\w:.-]*)"
_ROOTS = {
    "workbook": Kind.XML_SHEET,
    "ss:workbook": Kind.XML_SHEET,
    "w:worddocument": Kind.XML_WORD,
    "pkg:package": Kind.XML_WORD,
    "office:document": Kind.FLAT_ODF,
}
_HTML_ROOTS = frozenset({"html", "head", "body", "meta", "table", "title"})
_HTML = ("<html", "<body", "<table", "<td")
_MAIL = r"(?:[a-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?content-type:\s*multipart/related"
# Word leaves `[bookmark: …]` at the start of a text: a bracket alone does not make it JSON.
_JSON = r"\s*(?:\{\s*[\"}]|\[\s*[{\]])"
_CONTROL = r"[\x00-\x06\x0e-\x12\x16-\x1a\x1c-\x1f\x7f]"
_ORDINARY = r"[\s!-~\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_MARKS = (b"\xff\xfe", b"\xfe\xff")


def kind(data: bytes) -> Kind:
    """What kind of file `data` is."""
    if not data.strip(b"\0\t\n\r\x0b\x0c \xef\xbb\xbf\xff\xfe"):
        return Kind.EMPTY
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if data.startswith(ole.MAGIC[:4]):
        return _compound(data)
    for magic, found in _MAGIC:
        if data.startswith(magic):
            return found
    text = decoded(data)
    return _unwritten(data[:_HEAD]) if text is None else _written(text)


def _unwritten(head: bytes) -> Kind:
    """What kind of file something is that is no text and begins with nothing certain."""
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(b"MZ"):
        return Kind.PROGRAM
    if (head.startswith(b"BM") and head[6:10] == bytes(4)) or head[8:12] == b"WEBP" or head[4:8] == b"ftyp":
        return Kind.PICTURE
    return Kind.UNKNOWN


def _zipped(data: bytes) -> Kind:
    found = members(data)
    if found is None:  # as much as can be told of what is left, or of a bomb
        return Kind.DAMAGED
    parts = {member.info.filename: member for member in found}
    if types := parts.get("[Content_Types].xml"):
        declared = inflated(data, types, _LARGEST_PART)
        if main := next((found for name, found in _MAIN_PARTS if name in declared), None):
            relations = parts.get("_rels/.rels")
            return _strict(main) if relations and _STRICT in inflated(data, relations, _LARGEST_PART) else main
    if (mime := parts.get("mimetype")) and (said := inflated(data, mime, _HEAD)).startswith(b"application/vnd.oasis"):
        return next((found for name, found in _ODF if said.split(b".")[-1].startswith(name)), Kind.UNKNOWN)
    return _named(parts) or Kind.ZIP


def _named(parts: Collection[str]) -> Kind | None:
    return next((found for name, found in _NAMED_PARTS if name in parts), None)


def _strict(main: Kind) -> Kind:
    return {Kind.XLSX: Kind.STRICT_XLSX, Kind.DOCX: Kind.STRICT_DOCX}.get(main, main)


def _compound(data: bytes) -> Kind:
    found = ole.streams(data)
    for name, what in _STREAMS:
        if name in found:
            return Kind.ENCRYPTED if _is_locked(what, found[name].head) else what
    # What is left of a damaged file may still say why it cannot be opened.
    return Kind.ENCRYPTED if _STREAMS[0][0].encode("utf-16-le") in data else Kind.DAMAGED


def _is_locked(what: Kind, head: bytes) -> bool:
    """Whether the first sector of a Word or Excel stream says that what follows is encrypted."""
    if what is Kind.DOC:
        return bool(int.from_bytes(head[10:12], "little") & _WORD_ENCRYPTED)
    if what is not Kind.XLS:
        return False
    at = 4 + int.from_bytes(head[2:4], "little")
    return head[:1] == bytes([_BIFF_START]) and int.from_bytes(head[at : at + 2], "little") == _FILE_PASS


def _written(text: str) -> Kind:
    """What kind of text something is."""
    head = text[:_HEAD].lstrip("\ufeff").lower()
    if re.match(_JSON, head):
        return Kind.JSON
    if tag := re.match(_TAG, head):
        return _marked_up(tag[1], text)
    return Kind.MHTML if re.match(_MAIL, head) else Kind.TEXT


def _marked_up(root: str, text: str) -> Kind:
    if root in _ROOTS:
        return _ROOTS[root]
    start = text[: 16 * _HEAD].lower()
    if root in _HTML_ROOTS or root.startswith("!doctype") or any(tag in start for tag in _HTML):
        return Kind.HTML
    return Kind.XML if text.lstrip("\ufeff \t\r\n").startswith("<?xml") else Kind.TEXT


def decoded(data: bytes) -> str | None:
    """The text that `data` is, in UTF-8, UTF-16 or GB 18030; None if it is no text."""
    if data.startswith(_MARKS):
        return _if_text(data.decode("utf-16", errors="replace"))
    if b"\0" in data:
        return _unmarked(data)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return _if_text(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return None


def _if_text(text: str) -> str | None:
    """`text`, unless it has more control characters than word processors leave in theirs."""
    return text if "\0" not in text and len(re.findall(_CONTROL, text)) * 100 <= len(text) else None


def _unmarked(data: bytes) -> str | None:
    """UTF-16 without a mark at its start, where nearly all of it is Chinese or ASCII."""
    encoding = "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return _if_text(text) if len(re.findall(_ORDINARY, text)) * 20 >= len(text) * 19 else None
