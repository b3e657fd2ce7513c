"""Opens any file that may hold a report, by its content rather than its name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from ..errors import InputError, NotOursError
from ..reading import Reading
from .archives import ZIP, guard_zip
from .limits import guard_text, in_megabytes, limits
from .sniff import SHEETS, Kind, kind

if TYPE_CHECKING:
    from ..workbook.sheets import Sheets

READABLE = (
    *(".xlsx", ".xlsm", ".xls", ".ods", ".et", ".docx", ".doc", ".wps", ".odt", ".rtf"),
    *(".pdf", ".htm", ".html", ".mht", ".txt", ".md", ".json"),
)
"""What a report may come in."""
LOOKED_AT = (*READABLE, ".xlsb", ".ofd", ".zip", ".rar", ".7z")
"""What is picked up in a folder: a report in a form that cannot be read is told, not passed over."""
STANDARD_INPUT = Path("-")


def read_sheets(data: bytes, source: str) -> Reading:
    """The report in a spreadsheet file, ours or not."""
    from ..workbook.read import read_workbook

    return _ours_or_not(read_workbook, data, source)


def read_sheets_closely(data: bytes, source: str) -> Reading:
    """The same, with what was altered beside its figures: takes as long again."""
    from ..workbook.read import read_closely

    return _ours_or_not(read_closely, data, source)


SheetReader = Callable[[bytes, str], Reading]


def _ours_or_not(ours: Callable[[bytes, str, Sheets], Reading], data: bytes, source: str) -> Reading:
    sheets = _opened(data, source)
    try:
        return ours(data, source, sheets)
    except NotOursError:
        from .spreadsheet import read_spreadsheet

        return read_spreadsheet(sheets)


def _opened(data: bytes, source: str) -> Sheets:
    """The sheets of a spreadsheet file; of ours no more is looked at than is asked for."""
    from ..workbook.cellmap import sheets_read
    from ..workbook.sheets import Sheets, open_sheets
    from .plain import sheet_members, stamp
    from .reduced import reduced

    known, few = stamp(data), sheets_read()
    parts = sheet_members(data) if known else {}
    small = reduced(data, parts, few & parts.keys(), source) if few & parts.keys() else None
    if small is None:
        return _whole(data, source)
    some = open_sheets(small, source)
    return Sheets(some.names, lambda name: (some if name in few else _whole(data, source))[name], source, known)


@lru_cache(maxsize=1)  # who asks for one more sheet asks for all of them
def _whole(data: bytes, source: str) -> Sheets:
    from ..workbook.sheets import open_sheets
    from .extents import guard_sheets

    if data.startswith(ZIP):
        guard_sheets(data, source)
    return open_sheets(data, source)


def read_file(path: Path, sheets: SheetReader = read_sheets) -> tuple[Reading, ...]:
    """The reports in the file at `path` (``-``: standard input); several only in a JSON array, InputError if none.

    Spreadsheet files are read by `sheets`.
    """
    return read_bytes(contents(path), called(path), sheets)


def called(path: Path) -> str:
    """What a file is called in messages."""
    return "标准输入" if path == STANDARD_INPUT else path.name


def contents(path: Path) -> bytes:
    """What is in the file at `path` (``-``: standard input)."""
    return _enough(sys.stdin.buffer) if path == STANDARD_INPUT else bytes_of(path)


def bytes_of(path: Path) -> bytes:
    """What is in the file at `path`, or as much as shows that it is too large; InputError if it cannot be opened."""
    try:
        with path.open("rb") as file:
            return _enough(file)
    except FileNotFoundError as error:
        raise InputError(path, "找不到这个文件", "请检查文件名和所在文件夹") from error
    except IsADirectoryError as error:
        raise InputError(path, "是文件夹，不是文件", "请指定一个文件") from error
    except OSError as error:
        raise InputError(path, "打不开这个文件", "请检查是否有权限，或正被别的程序占用") from error


def _enough(file: BinaryIO) -> bytes:
    """What is in `file`, or as much as shows that it is too large: what is no file may have no end."""
    return file.read(limits().size + 1)


def unpacked(path: Path) -> dict[str, bytes]:
    """The files in a zip archive by name; nothing of any other file, InputError if it cannot be unpacked."""
    from .archives import files_in

    data = bytes_of(path)
    return files_in(data, path.name) if kind(data) is Kind.ZIP else {}


def read_bytes(data: bytes, source: str, sheets: SheetReader = read_sheets) -> tuple[Reading, ...]:
    """The reports in `data`, whatever kind of file it is; `source` is what it is called."""
    if len(data) > limits().size:
        raise InputError(source, f"文件超过 {in_megabytes(limits().size)}，不像一份年报", "请检查是否选错文件")
    found = kind(data)
    if found in SHEETS:
        guard_file(data, source, found)
        return (sheets(data, source),)
    if data.startswith(b"PK") and found not in _BEGIN_ANYHOW:
        guard_zip(data, source)
    reader = _READERS.get(found)
    if reader is None:
        from .refusals import refusal

        raise InputError(source, *refusal(found, data))
    return reader(data, source)


_BEGIN_ANYHOW = frozenset({Kind.TEXT, Kind.MHTML, Kind.PDF})
"""What may begin with the letters that zip files begin with."""


def guard_book(data: bytes, source: str, found: Kind) -> None:
    """InputError for a spreadsheet file that would grow too large; for .xls, also if its reader does not survive it."""
    from .extents import guard_sheets

    guard_file(data, source, found)
    if found is not Kind.XLS:
        guard_sheets(data, source)


def guard_file(data: bytes, source: str, found: Kind) -> None:
    """The same, but for how many cells its sheets have, which whoever opens them looks at."""
    from .extents import too_large

    if found is not Kind.XLS:
        guard_zip(data, source)
        return
    from .isolated import run

    if cast("int", run("xls", data, source)) > limits().cells:
        raise InputError(source, *too_large(limits()))


def _docx(data: bytes, source: str) -> tuple[Reading, ...]:
    from .docx import read_docx

    return (read_docx(data, source),)


def _odt(data: bytes, source: str) -> tuple[Reading, ...]:
    from .odt import read_odt

    return (read_odt(data, source),)


def _html(data: bytes, source: str) -> tuple[Reading, ...]:
    from .html import read_html

    return (read_html(data, source),)


def _mhtml(data: bytes, source: str) -> tuple[Reading, ...]:
    from .mhtml import page
    from .refusals import refusal

    found = page(data)
    if found is None:
        raise InputError(source, *refusal(Kind.MHTML))
    return _html(found, source)


def _pdf(data: bytes, source: str) -> tuple[Reading, ...]:
    from .pdf import read_pdf

    return (read_pdf(data, source),)


def _json(data: bytes, source: str) -> tuple[Reading, ...]:
    from ..reportjson import parse

    return parse(_decoded(data), source)


def _text(data: bytes, source: str) -> tuple[Reading, ...]:
    from .text import read_text

    text = _decoded(data)
    guard_text([text], source)
    return (read_text(text, source),)


def _decoded(data: bytes) -> str:
    from .sniff import decoded

    return decoded(data) or ""


def _converted(data: bytes, source: str) -> tuple[Reading, ...]:
    """What only LibreOffice can read."""
    from .office import converted

    return read_bytes(converted(data, kind(data), source), source)


_READERS: Mapping[Kind, Callable[[bytes, str], tuple[Reading, ...]]] = {
    Kind.DOCX: _docx,
    Kind.STRICT_DOCX: _docx,
    Kind.ODT: _odt,
    Kind.HTML: _html,
    Kind.MHTML: _mhtml,
    Kind.PDF: _pdf,
    Kind.JSON: _json,
    Kind.TEXT: _text,
    **dict.fromkeys((Kind.DOC, Kind.RTF, Kind.XML_WORD, Kind.FLAT_ODF, Kind.OLD_XLS, Kind.XML_SHEET), _converted),
}
