"""Has LibreOffice, where installed, make a PDF of a report's DOCX file."""

from __future__ import annotations

from ..errors import InputError
from ..importing.office import installed, made_by

_BY_HAND = "请用 Word 或 WPS 打开 .docx 文件，另存为 PDF"


def write_pdf(docx: bytes, source: str) -> bytes:
    """The PDF of `docx`; InputError, naming `source`, without LibreOffice or success."""
    program = installed()
    if program is None:
        raise InputError(source, "本机没有 LibreOffice，不能直接生成 PDF", f"{_BY_HAND}；或安装 LibreOffice 后再试")
    made = made_by(program, docx, "pdf")
    if made is None:
        raise InputError(source, "LibreOffice 没有转成 PDF", _BY_HAND)
    return made
