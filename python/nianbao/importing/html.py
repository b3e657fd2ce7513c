"""Reads a report from a web page: the article, without what the site prints around it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from lxml import etree

from ..errors import InputError
from ..reading import Reading
from .blocks import nested_too_deep, parts, read_parts
from .page import article_of, has_statutory_cells, trimmed
from .webtext import blocks
from .xmlparts import Element

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{1,20})", re.IGNORECASE)
_HEAD = 4096
# What a page may say that it is in, and what it is then read as.
_DECLARED = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
}
_CHINESE = "gb18030"
_ATTACHED = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|zip|rar)(?:$|[?#])", re.IGNORECASE)
_SHOWN = ("iframe", "embed", "object")


def read_html(data: bytes, source: str) -> Reading:
    """The report on a web page; `source` is what the file is called.  InputError if it has none or cannot be read."""
    body = _body(decoded(data), source)
    try:
        article = article_of(body)
        return read_parts(trimmed(tuple(parts(blocks(article), source)), body), source)
    except RecursionError as error:
        raise nested_too_deep(source) from error
    except InputError as error:
        raise _elsewhere(body, source) or error from error


def lines_of_html(data: bytes, source: str) -> Iterator[str]:
    """Every piece of text on a page, whatever it says."""
    return map(str, _body(decoded(data), source).itertext())


def decoded(data: bytes) -> str:
    """The text of a page: in the encoding of its byte order mark, in UTF-8 if it is that, in the one that it declares."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    # UTF-8 before what the page says: no page in another encoding passes for it, and many say the wrong thing.
    declared = _CHARSET.search(data[:_HEAD])
    name = "" if declared is None else declared[1].decode("ascii").lower()
    for encoding in ("utf-8", *filter(None, [_DECLARED.get(name)]), _CHINESE):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(_DECLARED.get(name, "utf-8"), errors="replace")


def _body(text: str, source: str) -> Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.replace("\0", "").encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _no_page(source) from error
    body = None if root is None else root.find("body")
    if body is None:
        raise _no_page(source)
    return body


def _no_page(source: str) -> InputError:
    return InputError(source, "不是完整的网页，读不出内容", "请在浏览器中打开网页后重新保存，再导入")


def _elsewhere(body: Element, source: str) -> InputError | None:
    """Where the report is if not on the page: in a file that it links to, in a picture."""
    if has_statutory_cells(body):
        return None
    if name := next(_attachments(body), ""):
        return InputError(source, f"网页上没有法定表格，年报在附件“{name}”里", "请下载附件，导入附件")
    if next(body.iter("img"), None) is not None:
        return InputError(source, "网页上没有法定表格，年报可能是图片", "请提供表格是文字的网页、Word 或 PDF 文件")
    return None


def _attachments(body: Element) -> Iterator[str]:
    """What a page calls the files that it links to or shows, if they may be reports."""
    for element in body.iter("a", *_SHOWN):
        address = element.get("href") or element.get("src") or element.get("data") or ""
        if _ATTACHED.search(address):
            yield "".join("".join(element.itertext()).split()) or address.rpartition("/")[2]
