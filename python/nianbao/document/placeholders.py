"""The placeholders of a template: which there are, where they stand, and what is wrong with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import chain
from typing import NamedTuple

from .ooxml import Element, is_on, node, path, run, unwrap, w

PARTS = (
    "标题",
    "引言",
    "第一章",
    "第二章",
    "表二",
    "第三章",
    "表三",
    "第四章",
    "表四",
    "第五章",
    "第六章",
    "署名",
)
"""The parts of a report, in reading order; every template has each of them once."""
SIGNATURE_PLACE = PARTS[-1]

# Chinese keyboards have full-width braces.
_MARK = re.compile(r"[{｛]{2}([^{}｛｝]*)[}｝]{2}")
_BRACES = re.compile(r"[{｛]{2}[^{}｛｝]*|[^{}｛｝]*[}｝]{2}")
_BOX = w("txbxContent")
_FOREIGN = frozenset(
    {
        *map(w, ("footnoteReference", "endnoteReference", "sym", "fldChar", "fldSimple", "ptab", "ruby")),
        "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath",
    }
)
_KEPT = frozenset(
    {*map(w, ("drawing", "pict")), "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}
)
_LONGEST_SHOWN = 20


def marked(name: str) -> str:
    """``{{标题}}``."""
    return f"{{{{{name}}}}}"


class Place(NamedTuple):
    """Where a part is to stand: its paragraph, and what stays of that: pictures and breaks, and a section's end."""

    name: str
    paragraph: Element
    before: Sequence[Element]
    after: Sequence[Element]

    @property
    def section(self) -> Element | None:
        """The section that ends with the paragraph."""
        return self.paragraph.find(path("pPr/sectPr"))

    @property
    def starts_page(self) -> bool:
        """Whether the paragraph is set to begin a page."""
        return is_on(self.paragraph, "pPr/pageBreakBefore")

    def is_followed_by(self, other: Place) -> bool:
        """Whether nothing at all is between this place and `other`."""
        parted = self.after or self.section is not None or other.before or other.starts_page
        return not parted and self.paragraph.getnext() is other.paragraph


def places(root: Element) -> list[Place]:
    """The placeholders of a checked text, in order."""
    return [_place(paragraph, match[1].strip()) for paragraph, match in _alone(root)]


def _alone(root: Element) -> Iterator[tuple[Element, re.Match[str]]]:
    for paragraph in root.iter(w("p")):
        if match := _MARK.fullmatch(_own_text(paragraph).strip()):
            yield paragraph, match


def _place(paragraph: Element, name: str) -> Place:
    own = [each for each in paragraph.iter(w("r")) if _is_own(each, paragraph)]
    first = next(number for number, each in enumerate(own) if "".join(each.itertext(w("t"))).strip())
    before, after = (list(filter(_is_kept, runs)) for runs in (own[:first], own[first:]))
    return Place(name, paragraph, before, after)


def _is_kept(each: Element) -> bool:
    return any(child.tag in _KEPT or child.get(w("type")) in {"page", "column"} for child in each)


def normalize(root: Element) -> None:
    """Take each placeholder out of content controls, and make one run of its own of what Word splits into many."""
    for paragraph, _ in list(_alone(root)):
        for control in list(paragraph.iterancestors(w("sdt"))):
            _freed(control)
        for each in list(paragraph.iter(w("r"))):
            if _is_own(each, paragraph):
                _split(each)
    for place in places(root):
        properties = place.paragraph.find(w("pPr"))
        kept = [] if properties is None else [properties]
        place.paragraph[:] = [*kept, *place.before, run(marked(place.name)), *place.after]


def _freed(control: Element) -> None:
    """Put what a content control holds in its place."""
    content = control.find(w("sdtContent"))
    control[:] = [] if content is None else list(content)
    unwrap(control)


def _split(each: Element) -> None:
    """Make of one run as many as it has things in it, set alike."""
    properties = each.find(w("rPr"))
    setting = [] if properties is None else [properties]
    things = [child for child in each if child is not properties]
    each[:] = [node("r", *map(deepcopy, setting), thing) for thing in things]
    unwrap(each)


class _Mention(NamedTuple):
    """A placeholder as somebody wrote it; `where`: what it stands in that is no place for it."""

    name: str
    where: str
    alone: bool


def faults(body: Element, others: Sequence[tuple[str, Element]]) -> Iterator[str]:
    """What is wrong with the placeholders of a text and of its `others`: headers and the like, by kind."""
    paragraphs = [*_paragraphs(body, ""), *chain.from_iterable(_paragraphs(root, kind) for kind, root in others)]
    mentions = list(chain.from_iterable(_mentions(paragraph, where) for paragraph, where in paragraphs))
    named = Counter(mention.name for mention in mentions if not mention.where)
    if missing := [marked(name) for name in PARTS if name not in {mention.name for mention in mentions}]:
        yield f"缺少占位符{'、'.join(missing)}"
    for name in PARTS:
        if named[name] > 1:
            yield f"占位符{marked(name)}出现了 {named[name]} 次"
    for name, where, alone in mentions:
        if name not in PARTS:
            yield f"不认识占位符{marked(name[:_LONGEST_SHOWN])}"
        elif where:
            yield f"占位符{marked(name)}放在了{where}里"
        elif not alone:
            yield f"占位符{marked(name)}没有单独成段"
    for paragraph, _ in paragraphs:
        if rest := _BRACES.search(_MARK.sub("", _own_text(paragraph))):
            yield f"“{rest[0].strip()[:_LONGEST_SHOWN]}”的大括号不成对"


def _paragraphs(root: Element, kind: str) -> Iterator[tuple[Element, str]]:
    for paragraph in root.iter(w("p")):
        yield paragraph, "文本框" if next(paragraph.iterancestors(_BOX), None) is not None else kind


def _mentions(paragraph: Element, where: str) -> Iterator[_Mention]:
    text = _own_text(paragraph)
    for match in _MARK.finditer(text):
        alone = match[0] == text.strip() and not any(each.tag in _FOREIGN for each in _own(paragraph))
        yield _Mention(match[1].strip(), where, alone)


def _own(paragraph: Element) -> Iterator[Element]:
    """What is in a paragraph, not what is in text boxes that hang on it."""
    return (each for each in paragraph.iter() if each is not paragraph and _is_own(each, paragraph))


def _is_own(each: Element, paragraph: Element) -> bool:
    return next(each.iterancestors(w("p")), None) is paragraph


def _own_text(paragraph: Element) -> str:
    texts = (each for each in paragraph.iter(w("t")) if _is_own(each, paragraph))
    return "".join(text.text or "" for text in texts)
