"""WordprocessingML elements, and how a paragraph is made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement

TWIPS = 20
"""Twips in a point."""
HALF_POINTS = 2
"""Half-points, in which Word counts sizes of type, in a point."""
OFF = frozenset({"0", "false", "off"})
"""What a property says that is switched off."""

_MAIN = nsmap["w"]
_SPACES = {"w": _MAIN}
_RELATIONS = nsmap["r"]
_KEEP_SPACE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
# Chinese and Latin fonts both have these; Word takes the narrow Latin ones unless told.
_SHARED_SIGNS = re.compile("[“”‘’…—·×]")
# What XML cannot hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def w(name: str) -> str:
    """``{namespace}name``."""
    return f"{{{_MAIN}}}{name}"


def path(names: str) -> str:
    """``a/b`` with its namespace."""
    return "/".join(map(w, names.split("/")))


def node(tag: str, *children: Element, **attributes: object) -> Element:
    """``<w:tag w:name="value">…</w:tag>``."""
    element = cast("Element", oxml_parser.makeelement(w(tag), None, _SPACES))
    for name, value in attributes.items():
        element.set(w(name), str(value))
    if children:
        element.extend(children)
    return element


def reference(tag: str, key: str, **attributes: object) -> Element:
    """``<w:tag w:name="value" r:id="key"/>``."""
    names = {**{w(name): str(value) for name, value in attributes.items()}, f"{{{_RELATIONS}}}id": key}
    # Undeclared, the prefix would be what some library or other that was imported registered for the namespace.
    return cast("Element", oxml_parser.makeelement(w(tag), names, {**_SPACES, "r": _RELATIONS}))


def value(element: Element | None, names: str = "") -> str | None:
    """The ``w:val`` of `element`, or of what is at ``a/b`` below it; None if there is no such element."""
    found = element if element is None or not names else element.find(path(names))
    return None if found is None else found.get(w("val"), "")


def is_on(element: Element, names: str) -> bool:
    """Whether `element` has a property at ``a/b`` below it that is not switched off."""
    return value(element, names) not in {None, *OFF}


def run(text: str, *properties: Element) -> Element:
    """A run of `text`, a line feed being a line break."""
    if _SHARED_SIGNS.search(text):
        at = 1 if properties and properties[0].tag == w("rStyle") else 0
        properties = (*properties[:at], node("rFonts", hint="eastAsia"), *properties[at:])
    element = node("r", *([node("rPr", *properties)] if properties else []))
    for number, line in enumerate(text.split("\n")):
        if number:
            element.append(node("br"))
        element.append(_text("t", line))
    return element


def paragraph(style: str, *runs: Element, properties: Sequence[Element] = ()) -> Element:
    """A paragraph of the style with the id `style`; its own `properties` in the order of the schema."""
    return node("p", node("pPr", node("pStyle", val=style), *properties), *runs)


def field(instruction: str, shown: str) -> list[Element]:
    """The runs of a field that shows `shown` until it is computed."""

    def mark(kind: str) -> Element:
        return node("r", node("fldChar", fldCharType=kind))

    code = node("r", _text("instrText", f" {instruction} "))
    return [mark("begin"), code, mark("separate"), run(shown), mark("end")]


def remove(element: Element) -> None:
    """Take `element` out of the tree, with what it holds."""
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def unwrap(element: Element) -> None:
    """Put what `element` holds in its place."""
    if (parent := element.getparent()) is not None:
        at = parent.index(element)
        parent[at : at + 1] = list(element)


def parsed(content: bytes) -> Element:
    """The root of an XML part."""
    return parse_xml(content)


def serialized(root: Element) -> bytes:
    """The bytes of an XML part."""
    return serialize_part_xml(root)


def _text(tag: str, text: str) -> Element:
    element = cast("Element", oxml_parser.makeelement(w(tag), _KEEP_SPACE, _SPACES))
    element.text = _UNWRITABLE.sub("", text)
    return element
