"""Makes the elements of a web page."""

from __future__ import annotations

from xml.etree.ElementTree import Element

# All others end a line of the source, for people who edit the page: white space there means nothing.
_INLINE = frozenset({"a", "br", "strong", "mark", "col", "th", "td", "span", "label", "input"})


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
