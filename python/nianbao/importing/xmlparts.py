"""The XML parts of documents that are zip archives, read without trust in either."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from lxml import etree

from ..errors import LOCKED, InputError

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest part that is read; the text of a report has well under one hundredth of it."""
_ENCRYPTED = 0x1
_READABLE = (ZIP_STORED, ZIP_DEFLATED)
_DAMAGED = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError)

Element = etree._Element  # noqa: SLF001 - lxml has no other name for it


class Package(NamedTuple):
    """A zip archive that holds a document; `source` is what the file is called, `kind` what it should be."""

    archive: ZipFile
    source: str
    kind: str

    @classmethod
    def of(cls, data: bytes, source: str, kind: str) -> Package:
        """The archive in `data`; InputError if it cannot be opened."""
        try:
            return cls(ZipFile(io.BytesIO(data)), source, kind)
        except _DAMAGED as error:
            raise damaged(source, kind) from error

    @property
    def names(self) -> Sequence[str]:
        """The names of its parts."""
        return self.archive.namelist()

    def part(self, name: str, spaces: Mapping[str, str] = MappingProxyType({})) -> Element:
        """The root of the XML part `name`, the namespaces in `spaces` renamed.

        InputError if it is missing, damaged or unlike what such files have.
        """
        content = self._content(name)
        for old, new in spaces.items():
            content = content.replace(f'"{old}"'.encode(), f'"{new}"'.encode())
        root = _parsed(content, self)
        if root.getroottree().docinfo.doctype:
            raise InputError(self.source, f"{self.kind}里有不该有的文档类型声明", "请用 Word 或 WPS 打开后另存，再导入")
        return root

    def _content(self, name: str) -> bytes:
        try:
            info = self.archive.getinfo(name)
            if info.flag_bits & _ENCRYPTED:
                raise InputError(self.source, *LOCKED)
            if info.compress_type not in _READABLE:
                raise damaged(self.source, self.kind)
            with self.archive.open(info) as part:
                content = part.read(LARGEST + 1)
        except _DAMAGED as error:
            raise damaged(self.source, self.kind) from error
        if len(content) > LARGEST:
            raise InputError(
                self.source, f"正文展开后超过 {LARGEST // 1024 // 1024} MB，不像一份年报", "请检查是否选错文件"
            )
        return content


def damaged(source: str, kind: str) -> InputError:
    """What is said of a file that is no longer what it was."""
    return InputError(source, f"{kind}已损坏，打不开", "请重新取得这份文件，或用 Word、WPS 修复后另存")


def _parsed(content: bytes, package: Package) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise damaged(package.source, package.kind) from error
