"""The text of a paragraph of a Word file, as its reader sees it: WordprocessingML in a few names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .blocks import lowered, raised, struck
from .xmlparts import Element

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The namespace that Strict Open XML has for `MAIN`."""
_OFFICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ALTERNATE, _CHOICE, _FALLBACK = (f"{_OFFICE}{name}" for name in ("AlternateContent", "Choice", "Fallback"))
_FORMULAS = frozenset({f"{_MATHS}oMath", f"{_MATHS}oMathPara"})
_OFF = frozenset({"0", "false", "off"})
# As Word itself marks a field: its instruction stands between the first two, its result between the last two.
_BEGIN, _SEPARATE, _END = _FIELD = "\x13\x14\x15"
_FIELD_MARKS = {"begin": _BEGIN, "separate": _SEPARATE, "end": _END}
_FIELD_MARK = re.compile(f"([{_FIELD}])")
_CONTENTS = "Table of Contents"


def w(name: str) -> str:
    """``{namespace}name``."""
    return f"{{{MAIN}}}{name}"


_RUN, _TEXT, _FIELD_CHARACTER, _CONTROL, _RUBY = map(w, ("r", "t", "fldChar", "sdt", "ruby"))
_WRAPPERS = frozenset(
    map(w, ("sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo"))
)
_DELETED = frozenset(map(w, ("del", "moveFrom")))
_SIGNS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
    # A character of a symbol font: nobody knows which.
    w("sym"): "\ufffd",
}


def content(parent: Element) -> Iterator[Element]:
    """What stands in `parent`, wrapped or not: neither deleted, nor a hint what to fill in, nor there twice."""
    for element in parent:
        if element.tag in _WRAPPERS:
            yield from content(element)
        elif element.tag == _CONTROL:
            if not _is_idle(element):
                yield from content(element)
        elif element.tag == _ALTERNATE:
            yield from content(chosen(element))
        else:
            yield element


def _is_idle(control: Element) -> bool:
    """Whether a content control holds what is no text of the document: a table of contents, a placeholder."""
    properties = control.find(w("sdtPr"))
    if properties is None or next(control.iter(w("tc")), None) is not None:
        return False
    galleries = (value(gallery) for gallery in properties.iter(w("docPartGallery")))
    return _CONTENTS in galleries or _is_on(properties, "showingPlcHdr")


def is_gone(element: Element) -> bool:
    """Whether `element` is deleted, or one of two versions of the same content and not the one that counts."""
    parent = element.getparent()
    twice = element.tag == _FALLBACK and parent is not None and chosen(parent) is not element
    return twice or element.tag in _DELETED


def text_of(paragraph: Element) -> str:
    """The text of a paragraph, with line feeds where its lines are broken by hand."""
    text = "".join(_pieces(paragraph))
    return _results(text) if _FIELD_MARK.search(text) else text


def _pieces(parent: Element) -> Iterator[str]:
    for element in content(parent):
        if element.tag == _RUN:
            yield _run(element)
        elif element.tag in _FORMULAS:
            yield "".join(text.text or "" for text in element.iter(f"{_MATHS}t"))


def _run(run: Element) -> str:
    properties = run.find(w("rPr"))
    text = "".join(map(_sign, content(run)))
    if properties is None:
        return text
    if _is_on(properties, "vanish"):
        return "".join(_FIELD_MARK.findall(text))
    if _is_on(properties, "strike") or _is_on(properties, "dstrike"):
        text = struck(text)
    align = properties.find(w("vertAlign"))
    setting = {"superscript": raised, "subscript": lowered}.get(value(align)) if align is not None else None
    return setting(text) if setting else text


def _sign(element: Element) -> str:
    if element.tag == _TEXT:
        return element.text or ""
    if element.tag == _FIELD_CHARACTER:
        return _FIELD_MARKS.get(element.get(w("fldCharType"), ""), "")
    if element.tag == _RUBY:
        return "".join(piece for base in element.iterchildren(w("rubyBase")) for piece in _pieces(base))
    return _SIGNS.get(str(element.tag), "")


def _is_on(properties: Element, name: str) -> bool:
    found = properties.find(w(name))
    return found is not None and value(found) not in _OFF


def value(element: Element) -> str:
    """The attribute ``w:val``, "" if there is none."""
    return element.get(w("val"), "")


def chosen(alternate: Element) -> Element:
    """What of several versions of the same content counts."""
    choice = alternate.find(_CHOICE)
    return choice if choice is not None else next(alternate.iterchildren(_FALLBACK), alternate)


def _results(text: str) -> str:
    """`text` without the instructions of its fields."""
    shown: list[str] = []
    fields: list[str] = []
    for piece in _FIELD_MARK.split(text):
        if piece == _BEGIN:
            fields.append(piece)
        elif piece in _FIELD_MARKS.values():
            fields = [*fields[:-1], piece] if piece == _SEPARATE and fields else fields[:-1]
        elif _BEGIN not in fields:
            shown.append(piece)
    return "".join(shown)
