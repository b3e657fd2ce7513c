"""WordprocessingML elements, and how a paragraph is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement

TWIPS = 20
"""Twips in a point."""


def node(tag: str, *children: Element, **attributes: object) -> Element:
    """``<w:tag w:name="value">…</w:tag>``."""
    names = {qn(f"w:{name}"): str(value) for name, value in attributes.items()}
    element = cast("Element", OxmlElement(f"w:{tag}", names))
    element.extend(children)
    return element


def run(text: str, *properties: Element) -> Element:
    """A run of `text`, a line feed being a line break."""
    element = node("r", *([node("rPr", *properties)] if properties else []))
    for number, line in enumerate(text.split("\n")):
        if number:
            element.append(node("br"))
        element.append(_text("t", line))
    return element


def paragraph(style: str, *runs: Element, properties: Sequence[Element] = ()) -> Element:
    """A paragraph of `style`; its own `properties` in the order of the schema."""
    return node("p", node("pPr", node("pStyle", val=style), *properties), *runs)


def field(instruction: str, shown: str) -> list[Element]:
    """The runs of a field that shows `shown` until it is computed."""

    def mark(kind: str) -> Element:
        return node("r", node("fldChar", fldCharType=kind))

    code = node("r", _text("instrText", f" {instruction} "))
    return [mark("begin"), code, mark("separate"), run(shown), mark("end")]


def _text(tag: str, text: str) -> Element:
    element = node(tag)
    element.text = text
    element.set(qn("xml:space"), "preserve")
    return element
