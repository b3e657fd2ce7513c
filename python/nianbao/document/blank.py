"""``templates/report.docx``: the report without its words, one placeholder paragraph per part, for an office to restyle."""

from __future__ import annotations

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from docx.package import Package

from .ooxml import Element, field, node, paragraph, reference, run
from .package import members, relate, xml_part, zipped
from .placeholders import PARTS, marked
from .styles import fonts, styles

FILE_NAME = "report.docx"
_MODERN_WORD = "http://schemas.microsoft.com/office/word"
# The look of a placeholder is that of what will stand there.
_LOOKS = {"标题": "title", "引言": "body", "署名": "signature"}


def blank_document() -> bytes:
    """The template that is shipped, the same bytes every time."""
    package = Package()
    body = node("body", *(paragraph(_look(name), run(marked(name))) for name in PARTS))
    document = xml_part(package, "/word/document.xml", CT.WML_DOCUMENT_MAIN, node("document", body))
    for name, content, content_type, relation in (
        ("styles", styles(), CT.WML_STYLES, RT.STYLES),
        ("settings", _settings(), CT.WML_SETTINGS, RT.SETTINGS),
        ("fontTable", fonts(), CT.WML_FONT_TABLE, RT.FONT_TABLE),
    ):
        document.relate_to(xml_part(package, f"/word/{name}.xml", content_type, content), relation)
    body.append(_section(_page_number(package, document, "right"), _page_number(package, document, "left")))
    return zipped(members(relate(package, document)))


def _look(name: str) -> str:
    return _LOOKS.get(name) or ("head" if name.startswith("表") else "heading1")


def _page_number(package: Package, document: Part, side: str) -> str:
    """The id of a footer with ``— 1 —`` one character in from `side`."""
    indent = node("ind", **{f"{side}Chars": 100, side: 280})
    runs = [run("— "), *field("PAGE", "1"), run(" —")]
    content = node("ftr", paragraph("page_number", *runs, properties=(indent, node("jc", val=side))))
    return document.relate_to(xml_part(package, f"/word/footer_{side}.xml", CT.WML_FOOTER, content), RT.FOOTER)


def _section(odd: str, even: str) -> Element:
    """A4 with the margins of an official document, 37 and 35, 28 and 26 mm."""
    footers = [reference("footerReference", key, type=kind) for kind, key in (("default", odd), ("even", even))]
    size = node("pgSz", w=11906, h=16838)
    margins = node("pgMar", top=2098, right=1474, bottom=1984, left=1588, header=851, footer=1417, gutter=0)
    return node("sectPr", *footers, size, margins)


def _settings() -> Element:
    mode = node("compatSetting", name="compatibilityMode", uri=_MODERN_WORD, val="15")
    return node(
        "settings",
        node("evenAndOddHeaders"),
        node("characterSpacingControl", val="compressPunctuation"),
        node("compat", mode),
    )
