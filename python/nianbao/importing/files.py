"""Opens any file that may hold a report, by its content rather than its name."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from ..errors import InputError
from ..reading import Reading
from ..workbook.names import OLE

_SHEET_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".et")
READABLE = (*_SHEET_SUFFIXES, ".json", ".txt")
"""What a report may come in."""
LOOKED_AT = (*READABLE, ".doc", ".docx", ".wps", ".pdf", ".htm", ".html", ".zip", ".rar", ".7z")
"""What is picked up in a folder: a report in a form that cannot be read yet is told, not passed over."""
STANDARD_INPUT = Path("-")
LIMIT = 64 * 1024 * 1024
"""Bytes of the largest file that is opened; a report has well under one hundredth of it."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Word leaves `[bookmark: …]` at the start of a text: a bracket alone does not make it JSON.
_JSON = re.compile(r"\s*(\{|\[\s*[{\]])")
_ENCODINGS = ("utf-8-sig", "gb18030")


def read_sheets(data: bytes, source: str) -> Reading:
    """The report in a spreadsheet file."""
    from ..workbook.read import read_workbook

    return read_workbook(data, source)


def read_sheets_closely(data: bytes, source: str) -> Reading:
    """The same, with what was altered beside its figures: takes as long again."""
    from ..workbook.read import read_closely

    return read_closely(data, source)


SheetReader = Callable[[bytes, str], Reading]


def read_file(path: Path, sheets: SheetReader = read_sheets) -> tuple[Reading, ...]:
    """The reports in the file at `path` (``-``: standard input); several only in a JSON array, InputError if none.

    Spreadsheet files are read by `sheets`.
    """
    if path == STANDARD_INPUT:
        return read_bytes(sys.stdin.buffer.read(), "标准输入", sheets)
    try:
        if path.stat().st_size > LIMIT:
            raise InputError(path.name, f"文件超过 {LIMIT // 1024 // 1024} MB，不像一份年报", "请检查是否选错文件")
        return read_bytes(path.read_bytes(), path.name, sheets)
    except FileNotFoundError as error:
        raise InputError(path, "找不到这个文件", "请检查文件名和所在文件夹") from error
    except OSError as error:
        raise InputError(path, "打不开这个文件", "请检查是否有权限，或正被别的程序占用") from error


def read_bytes(data: bytes, source: str, sheets: SheetReader = read_sheets) -> tuple[Reading, ...]:
    """The reports in `data`; `source` is what the file is called."""
    if not data.strip():
        raise InputError(source, "文件是空的", "请重新取得这份文件")
    if data.startswith(b"PK\x03\x04"):
        _refuse_word(data, source)
        return (sheets(data, source),)
    if data.startswith(OLE):
        _refuse_encrypted(data, source)
        return (sheets(data, source),)
    return _read_text(_decoded(data, source), source)


def _refuse_word(data: bytes, source: str) -> None:
    if b"word/document.xml" in data:
        raise InputError(source, "是 Word 文件，本版本还不能导入", "请把内容另存为纯文本（.txt）再导入")


def _refuse_encrypted(data: bytes, source: str) -> None:
    if _ENCRYPTED in data:
        raise InputError(source, "文件加了打开密码", "请去掉密码后另存")


def _decoded(data: bytes, source: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if data.startswith(b"%PDF"):
        raise InputError(source, "是 PDF 文件，本版本还不能导入", "请把内容另存为纯文本（.txt）再导入")
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(source, "不是能识别的文件", "请提供本工具的工作簿（.xlsx）、纯文本（.txt）或报表 JSON")


def _read_text(text: str, source: str) -> tuple[Reading, ...]:
    if _JSON.match(text) or source.lower().endswith(".json"):
        from ..reportjson import parse

        return parse(text, source)
    if source.lower().endswith(_SHEET_SUFFIXES):
        raise InputError(source, "扩展名是工作簿，内容却是纯文本", "请找到原来的工作簿，或把扩展名改为 .txt 再导入")
    from .text import read_text

    return (read_text(text, source),)
