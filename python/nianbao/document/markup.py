"""Web pages of one file, and their elements."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple
from xml.etree.ElementTree import Element, tostring

# All others end a line of the source, for people who edit the page: white space there means nothing.
_INLINE = frozenset({"a", "br", "strong", "mark", "col", "th", "td", "span", "label", "input"})


class Head(NamedTuple):
    """What a page is called, what it may do, its style sheet, and what else it tells of itself by name."""

    title: str
    policy: str
    style: str
    named: Mapping[str, str] = MappingProxyType({})


def page(head: Head, body: Element) -> bytes:
    """The bytes of a page, in UTF-8, in Chinese."""
    # A long figure is no telephone number.
    named = {"viewport": "width=device-width, initial-scale=1", **head.named, "format-detection": "telephone=no"}
    top = node(
        "head",
        node("meta", charset="utf-8"),
        node("meta", http_equiv="Content-Security-Policy", content=head.policy),
        *(node("meta", name=name, content=content) for name, content in named.items()),
        node("title", head.title),
        node("style", head.style),
    )
    whole = node("html", top, body, lang="zh-CN")
    return f"<!DOCTYPE html>\n{tostring(whole, encoding='unicode', method='html')}".encode(errors="replace")


def node(tag: str, *content: Element | str, **attributes: str) -> Element:
    """``<tag name="value">…</tag>``; ``_`` ends a name that Python keeps for itself, and is ``-`` in others."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    element = Element(tag, named)
    element.tail = "" if tag in _INLINE else "\n"
    for piece in content:
        if not isinstance(piece, str):
            element.append(piece)
        elif len(element):
            element[-1].tail = f"{element[-1].tail or ''}{piece}"
        else:
            element.text = f"{element.text or ''}{piece}"
    return element
