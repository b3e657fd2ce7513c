"""The parts of a DOCX file around the text: page, page numbers, settings, properties, the archive itself."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.ns import qn
from docx.package import Package

from .ooxml import Element, field, node, paragraph, run
from .styles import fonts, styles

LANGUAGE = "zh-CN"
_LONGEST_PROPERTY = 255
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_MODERN_WORD = "http://schemas.microsoft.com/office/word"
_RELATION = qn("r:id")


def packed(blocks: list[Element], title: str, subject: str) -> bytes:
    """A DOCX file of body elements `blocks`; the same input gives the same bytes."""
    package = Package()
    body = node("body", *blocks)
    document = _part(package, "document", CT.WML_DOCUMENT_MAIN, node("document", body))
    package.relate_to(document, RT.OFFICE_DOCUMENT)
    package.relate_to(_properties(package, title, subject), RT.CORE_PROPERTIES)
    document.relate_to(_part(package, "styles", CT.WML_STYLES, styles()), RT.STYLES)
    document.relate_to(_part(package, "settings", CT.WML_SETTINGS, _settings()), RT.SETTINGS)
    document.relate_to(_part(package, "fontTable", CT.WML_FONT_TABLE, fonts()), RT.FONT_TABLE)
    body.append(_section(_page_number(package, document, "right"), _page_number(package, document, "left")))
    return _archive(package)


def _part(package: Package, name: str, content_type: str, content: Element) -> Part:
    return XmlPart(PackURI(f"/word/{name}.xml"), content_type, content, package)


def _page_number(package: Package, document: Part, side: str) -> str:
    """The id of a footer with ``— 1 —`` one character in from `side`."""
    indent = node("ind", **{f"{side}Chars": 100, side: 280})
    runs = [run("— "), *field("PAGE", "1"), run(" —")]
    content = paragraph("page_number", *runs, properties=(indent, node("jc", val=side)))
    return document.relate_to(_part(package, f"footer_{side}", CT.WML_FOOTER, node("ftr", content)), RT.FOOTER)


def _section(odd: str, even: str) -> Element:
    """A4 with the margins of an official document, 37 and 35, 28 and 26 mm."""
    references = [node("footerReference", type=kind) for kind in ("default", "even")]
    for reference, part in zip(references, (odd, even), strict=True):
        reference.set(_RELATION, part)
    size = node("pgSz", w=11906, h=16838)
    margins = node("pgMar", top=2098, right=1474, bottom=1984, left=1588, header=851, footer=1417, gutter=0)
    return node("sectPr", *references, size, margins)


def _settings() -> Element:
    mode = node("compatSetting", name="compatibilityMode", uri=_MODERN_WORD, val="15")
    return node(
        "settings",
        node("evenAndOddHeaders"),
        node("characterSpacingControl", val="compressPunctuation"),
        node("compat", mode),
    )


def _properties(package: Package, title: str, subject: str) -> Part:
    """Title, subject and language: nothing about who wrote the file, when, or with what."""
    part = CorePropertiesPart(PackURI("/docProps/core.xml"), CT.OPC_CORE_PROPERTIES, CT_CoreProperties.new(), package)
    part.core_properties.title = title[:_LONGEST_PROPERTY]
    part.core_properties.subject = subject
    part.core_properties.language = LANGUAGE
    return part


def _archive(package: Package) -> bytes:
    """The package as saved, with the clock taken out of it."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    package.save(saved)
    with ZipFile(saved) as source, ZipFile(fixed, "w") as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, _EARLIEST), source.read(name), ZIP_DEFLATED)
    return fixed.getvalue()
