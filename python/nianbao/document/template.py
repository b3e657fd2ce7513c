"""The document that a report is written into: the one that is shipped, or an office's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from ..errors import InputError
from ..resources import template_path
from .blank import FILE_NAME
from .cleaning import cleaned, roots_of
from .ooxml import Element, is_on, node, parsed, remove, w
from .package import members, opened
from .placeholders import faults, normalize, places
from .sections import text_width
from .stylesheet import Stylesheet, TextStyle

_REMEDY = "请在 Word 里改好：每个占位符各用一次、单独成段，样式按这些名称建立；也可以从随软件提供的 report.docx 改起"
# What is printed on the pages beside the text.
_BESIDE = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_BOOKMARKS = (w("bookmarkStart"), w("bookmarkEnd"))


class Template(NamedTuple):
    """A checked template with nothing personal left in it.

    `files`: the members of the package by name; `document` the name of its text.  `styles`: the styles of a report by what
    they are for.  `widths`: of the text at each placeholder, in twips.
    """

    files: Mapping[str, bytes]
    document: str
    styles: Mapping[str, TextStyle]
    widths: Mapping[str, int]

    def text(self) -> Element:
        """The text, placeholders and all, to be written into."""
        return parsed(self.files[self.document])


def default_template() -> Template:
    """The template that is shipped."""
    return read_template(template_path(FILE_NAME).read_bytes(), FILE_NAME)


@lru_cache(maxsize=4)
def read_template(data: bytes, name: str) -> Template:
    """The template in a Word file that is called `name`; InputError says all that keeps it from being one."""
    where = f"模板“{name}”"
    package = cleaned(opened(data, where), where)
    main, roots = package.main_document_part, roots_of(package)
    root, styles = roots["document"][0], Stylesheet.of(next(iter(roots["styles"]), node("styles")))
    others = [(called, each) for kind, called in _BESIDE.items() for each in roots[kind]]
    if wrong := [*faults(root, others), *styles.faults()]:
        raise InputError(where, "；".join(dict.fromkeys(wrong)), _REMEDY)
    normalize(root)
    _pair_bookmarks(root)
    at_top = any(is_on(each, "gutterAtTop") for each in roots["settings"])
    widths = {place.name: text_width(place.paragraph, gutter_at_top=at_top) for place in places(root)}
    return Template(members(package), main.partname.membername, styles.text_styles(), widths)


def _pair_bookmarks(root: Element) -> None:
    """Take out the bookmarks that began or ended in a placeholder."""
    starts, ends = ({mark.get(w("id")) for mark in root.iter(each)} for each in _BOOKMARKS)
    for mark in list(root.iter(*_BOOKMARKS)):
        if mark.get(w("id")) not in starts & ends:
            remove(mark)
