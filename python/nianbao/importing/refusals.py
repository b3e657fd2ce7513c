"""What is said about files that cannot be read: what they are, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..errors import LOCKED
from .archives import DAMAGED, names_in
from .sniff import Kind


class Refusal(NamedTuple):
    """What a file is, and what to do, as `InputError` takes them."""

    what: str
    remedy: str


_SAVE_AS_WORD = "请用 Word 或 WPS 打开后另存为 .docx"
_SAVE_AS_SHEET = "请用 Excel 或 WPS 打开后另存为 .xlsx"
_UNPACK = "请解压后再用"
_AGAIN = "请检查是否选错文件"

_REFUSALS: Mapping[Kind, Refusal] = {
    Kind.STRICT_XLSX: Refusal("是 Strict Open XML 格式的工作簿，读不出来", "请另存为普通的“Excel 工作簿（.xlsx）”"),
    Kind.STRICT_DOCX: Refusal("是 Strict Open XML 格式的 Word 文件，读不出来", "请另存为普通的“Word 文档（.docx）”"),
    Kind.XLSB: Refusal("是二进制工作簿（.xlsb），读不出来", _SAVE_AS_SHEET),
    Kind.XLS: Refusal("是旧版 Excel 文件（.xls），读不出来", _SAVE_AS_SHEET),
    Kind.OLD_XLS: Refusal("是 Excel 95 以前的旧版文件（.xls）", _SAVE_AS_SHEET),
    Kind.XML_SHEET: Refusal("是 XML 表格 2003 格式", _SAVE_AS_SHEET),
    Kind.DOC: Refusal("是旧版 Word 文件（.doc 或 .wps）", _SAVE_AS_WORD),
    Kind.XML_WORD: Refusal("是 Word XML 格式", _SAVE_AS_WORD),
    Kind.RTF: Refusal("是 RTF 文件", _SAVE_AS_WORD),
    Kind.FLAT_ODF: Refusal("是单个 XML 的 OpenDocument 文件", "请用原来的软件另存为 .docx 或 .xlsx"),
    Kind.MHTML: Refusal("是单个文件网页（.mht），里面找不到网页正文", "请在浏览器中打开后另存为 .html"),
    Kind.ENCRYPTED: Refusal(*LOCKED),
    Kind.SLIDES: Refusal("是演示文稿，不是年报", _AGAIN),
    Kind.OFD: Refusal("是 OFD 版式文件，本工具不能打开", "请找到制作它的 Word 文件，或转成可复制文字的 PDF"),
    Kind.PICTURE: Refusal("是图片，读不出数", "请提供 Word、网页、工作簿或可复制文字的 PDF"),
    Kind.RAR: Refusal("是 RAR 压缩包，本工具不能打开", _UNPACK),
    Kind.SEVEN_ZIP: Refusal("是 7z 压缩包，本工具不能打开", _UNPACK),
    Kind.GZIP: Refusal("是压缩文件，本工具不能打开", _UNPACK),
    Kind.ZIP: Refusal("是 ZIP 压缩包，不是办公文件", _UNPACK),
    Kind.DAMAGED: Refusal(*DAMAGED),
    Kind.PROGRAM: Refusal("是可执行程序，不是年报", "请不要打开，检查文件的来源"),
    Kind.XML: Refusal("是 XML 文件，不是能识别的年报", "请提供 Word、网页、工作簿、PDF 或纯文本"),
    Kind.EMPTY: Refusal("文件是空的", "请重新取得这份文件"),
    Kind.UNKNOWN: Refusal("不是能识别的文件", "请提供 Word、网页、工作簿、PDF、纯文本（.txt）或报表 JSON"),
}


def refusal(kind: Kind, data: bytes = b"") -> Refusal:
    """What is said of a file of `kind`, with `data` in it, that cannot be read."""
    said = _REFUSALS.get(kind, _REFUSALS[Kind.UNKNOWN])
    inside = names_in(data) if kind is Kind.ZIP else []
    return said._replace(what=f"{said.what}，里面有“{inside[0]}”等 {len(inside)} 个文件") if inside else said
