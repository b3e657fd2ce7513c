"""Revision marks: what was inserted stays, what was deleted goes, and nobody can tell."""

from __future__ import annotations

from itertools import takewhile

from .ooxml import Element, path, remove, unwrap, w

_DELETED = ("del", "moveFrom")
_INSERTED = tuple(map(w, ("ins", "moveTo")))
# Marks on either side of what was changed, and what a thing was like before.
_TRACES = tuple(
    w(name)
    for name in (
        *_DELETED,
        *(f"{change}Range{end}" for change in ("moveFrom", "moveTo") for end in ("Start", "End")),
        *(
            f"customXml{change}Range{end}"
            for change in ("Ins", "Del", "MoveFrom", "MoveTo")
            for end in ("Start", "End")
        ),
        *("cellIns", "cellDel", "cellMerge", "numberingChange", "tblGridChange"),
        *(f"{kind}Change" for kind in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "trPr", "tcPr")),
    )
)


def accept_revisions(root: Element) -> None:
    """Make `root` what it is with all its revisions accepted."""
    for tag, mark in (("tr", "trPr/del"), ("tc", "tcPr/cellDel")):
        for element in list(root.iter(w(tag))):
            if element.find(path(mark)) is not None:
                remove(element)
    for tag, inside in (("tr", "tc"), ("tbl", "tr")):
        for element in list(root.iter(w(tag))):
            if next(element.iter(w(inside)), None) is None:
                remove(element)
    ended = [each for each in root.iter(w("p")) if any(_has(each, f"pPr/rPr/{name}") for name in _DELETED)]
    for element in list(root.iter(*_TRACES)):
        remove(element)
    for element in list(root.iter(*_INSERTED)):
        unwrap(element)
    for each in ended:
        _join(each)


def _has(element: Element, names: str) -> bool:
    return element.find(path(names)) is not None


def _join(paragraph: Element) -> None:
    """Put a paragraph whose end was deleted before the text of the next."""
    following = next((each for each in paragraph.itersiblings() if each.tag in {w("p"), w("tbl")}), None)
    if _has(paragraph, "pPr/sectPr") or following is None or following.tag != w("p"):
        return
    content = [each for each in paragraph if each.tag != w("pPr")]
    at = len(list(takewhile(lambda each: each.tag == w("pPr"), following)))
    following[at:at] = content
    remove(paragraph)
