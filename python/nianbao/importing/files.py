"""Opens any file that may hold a report, by its content rather than its name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from ..errors import InputError, NotOursError
from ..reading import Reading
from .archives import guard_zip
from .limits import guard_text, in_megabytes, limits
from .sniff import Kind, kind

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


def _ours_or_not(ours: SheetReader, data: bytes, source: str) -> Reading:
    try:
        return ours(data, source)
    except NotOursError:
        from ..workbook.sheets import open_sheets
        from .spreadsheet import read_spreadsheet

        return read_spreadsheet(open_sheets(data, source))


def read_file(path: Path, sheets: SheetReader = read_sheets) -> tuple[Reading, ...]:
    """The reports in the file at `path` (``-``: standard input); several only in a JSON array, InputError if none.

    Spreadsheet files are read by `sheets`.
    """
    if path == STANDARD_INPUT:
        return read_bytes(sys.stdin.buffer.read(), "标准输入", sheets)
    try:
        _refuse_large(path.stat().st_size, path.name)
        return read_bytes(path.read_bytes(), path.name, sheets)
    except FileNotFoundError as error:
        raise InputError(path, "找不到这个文件", "请检查文件名和所在文件夹") from error
    except IsADirectoryError as error:
        raise InputError(path, "是文件夹，不是文件", "请指定一个文件") from error
    except OSError as error:
        raise InputError(path, "打不开这个文件", "请检查是否有权限，或正被别的程序占用") from error


def read_bytes(data: bytes, source: str, sheets: SheetReader = read_sheets) -> tuple[Reading, ...]:
    """The reports in `data`, whatever kind of file it is; `source` is what it is called."""
    _refuse_large(len(data), source)
    found = kind(data)
    if data.startswith(b"PK") and found not in _BEGIN_ANYHOW:
        guard_zip(data, source)
    if found in _SHEETS:
        return (_of_sheets(data, source, found, sheets),)
    reader = _READERS.get(found)
    if reader is None:
        from .refusals import refusal

        raise InputError(source, *refusal(found))
    return reader(data, source)


def _refuse_large(size: int, source: str) -> None:
    if size > limits().size:
        what = f"文件有 {in_megabytes(size)}，超过 {in_megabytes(limits().size)}，不像一份年报"
        raise InputError(source, what, "请检查是否选错文件")


_BEGIN_ANYHOW = frozenset({Kind.TEXT, Kind.MHTML, Kind.PDF})
"""What may begin with the letters that zip files begin with."""
_SHEETS = frozenset({Kind.XLSX, Kind.STRICT_XLSX, Kind.ODS, Kind.XLS})


def _of_sheets(data: bytes, source: str, found: Kind, sheets: SheetReader) -> Reading:
    if found is not Kind.XLS:
        from .extents import guard_sheets

        guard_sheets(data, source)
    return sheets(data, source)


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
