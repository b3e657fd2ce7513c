"""The DOCX package: opened with care, and its members zipped the same way every time."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.coreprops import CT_CoreProperties
from docx.package import Package

from ..errors import InputError
from ..importing.archives import guard_zip
from ..importing.refusals import refusal
from ..importing.sniff import Kind, kind
from .ooxml import Element

LANGUAGE = "zh-CN"
PROPERTIES = PackURI("/docProps/core.xml")
MACROS = ("里面有宏", "请另存为不带宏的“Word 文档（.docx）”")
_DAMAGED = ("文件不完整或已损坏，打不开", "请用 Word 或 WPS 打开后另存为 .docx，再用作模板")
_NO_WORD_FILE = ("不是 Word 文件", "请用 Word 或 WPS 打开后另存为 .docx")
# What python-docx, the zip file and the XML parser raise for what they do not understand.
_UNREADABLE = (
    *(BadZipFile, zlib.error, EOFError, OSError, RuntimeError, SyntaxError),
    *(KeyError, ValueError, AttributeError, TypeError, IndexError),
)
_LONGEST_PROPERTY = 255
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_TEXT_TYPES = frozenset({CT.WML_DOCUMENT_MAIN, CT.WML_DOCUMENT_MAIN.replace("document.main", "template.main")})
# Kinds of which there is something better to say than that they are no Word file.
_TOLD = frozenset(
    {Kind.ENCRYPTED, Kind.STRICT_DOCX, Kind.DAMAGED, Kind.EMPTY, Kind.DOC, Kind.XML_WORD, Kind.RTF, Kind.PROGRAM}
)


def opened(data: bytes, where: str) -> Package:
    """The Word file `data`, called `where`; InputError if it is none, is locked or damaged, or has macros."""
    found = kind(data)
    if found in _TOLD:
        raise InputError(where, *refusal(found))
    if found is not Kind.DOCX:
        raise InputError(where, *_NO_WORD_FILE)
    guard_zip(data, where)
    try:
        package = Package.open(io.BytesIO(data))
        content_type = package.main_document_part.content_type
    except _UNREADABLE as error:
        raise damaged(where) from error
    if not all(part.content_type for part in package.iter_parts()) or not all(
        relation.rId and relation.reltype for relation in package.iter_rels()
    ):
        raise damaged(where)
    if content_type not in _TEXT_TYPES:
        raise InputError(where, *(MACROS if "macroEnabled" in content_type else _NO_WORD_FILE))
    return package


def damaged(where: str) -> InputError:
    """What is said of a Word file that cannot be understood."""
    return InputError(where, *_DAMAGED)


def xml_part(package: Package, name: str, content_type: str, content: Element) -> Part:
    """The part of `package` that is called `name`."""
    return XmlPart(PackURI(name), content_type, content, package)


def properties(title: str = "", subject: str = "") -> Part:
    """Title, subject and language: nothing about who wrote the file, when, or with what."""
    part = CorePropertiesPart(PROPERTIES, CT.OPC_CORE_PROPERTIES, CT_CoreProperties.new(), Package())
    said = part.core_properties
    if title:
        said.title = title[:_LONGEST_PROPERTY]
    if subject:
        said.subject = subject[:_LONGEST_PROPERTY]
    said.language = LANGUAGE
    return part


def members(package: Package) -> Mapping[str, bytes]:
    """What the zip file of `package` holds, by name, in order."""
    saved = io.BytesIO()
    package.save(saved)
    with ZipFile(saved) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip file of `files` that no clock has a part in."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name, _EARLIEST), content, ZIP_DEFLATED)
    return packed.getvalue()


def relate(package: Package, document: Part) -> Package:
    """`package` with its text and its properties."""
    package.relate_to(document, RT.OFFICE_DOCUMENT)
    package.relate_to(properties(), RT.CORE_PROPERTIES)
    return package
