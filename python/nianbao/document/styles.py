"""The styles of the report after GB/T 9704-2012: fonts by name, sizes, exact line pitch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from .ooxml import TWIPS, Element, node

_BODY_SIZE = 16
LINE = 579
"""The line pitch in twips: 22 lines to the 225 mm of the text block."""
# 28 characters of 16 pt are wider than 156 mm by a quarter of a point each.
_TIGHT = -5
_INDENT = 2

_SONG, _FANG, _KAI, _HEI, _TITLE = "宋体", "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"
_LATIN = "Times New Roman"
# The GB2312 fonts and the title font are often missing; Windows has these in their place.
_FALLBACKS = {_TITLE: "宋体", _FANG: "仿宋", _KAI: "楷体", _HEI: "SimHei", _SONG: "SimSun"}


class _Style(NamedTuple):
    """A paragraph style: `size` in points, `line`, `before` and `after` in twips.

    `line` is 0 for the font's own pitch, `latin` "" where the Chinese font serves letters too.
    """

    key: str
    name: str
    font: str
    size: int
    line: int = LINE
    align: Literal["left", "center", "right", "both"] = "both"
    latin: str = _LATIN
    indented: bool = False
    spacing: int = 0
    level: int | None = None
    before: int = 0
    after: int = 0
    in_table: bool = False


_PARAGRAPHS = (
    _Style("title", "公文标题", _TITLE, 22, 680, "center", latin="", after=LINE),
    _Style("body", "公文正文", _FANG, _BODY_SIZE, indented=True, spacing=_TIGHT),
    _Style("heading1", "一级标题", _HEI, _BODY_SIZE, latin="", indented=True, spacing=_TIGHT, level=0),
    _Style("heading2", "二级标题", _KAI, _BODY_SIZE, indented=True, spacing=_TIGHT, level=1),
    _Style("heading3", "三级标题", _FANG, _BODY_SIZE, indented=True, spacing=_TIGHT, level=2),
    _Style("signature", "公文落款", _FANG, _BODY_SIZE, align="right", before=LINE),
    _Style("head", "法定表文字", _FANG, 12, 300, "center", in_table=True),
    _Style("number", "法定表数字", _FANG, 12, 300, "center", in_table=True),
    _Style("small_head", "法定表文字（小）", _FANG, 9, 210, "center", in_table=True),
    _Style("small_label", "法定表项目（小）", _FANG, 9, 210, "left", in_table=True),
    _Style("small_number", "法定表数字（小）", _FANG, 9, 210, "center", in_table=True),
    _Style("page_number", "公文页码", _SONG, 14, 0, latin=""),
)
RUN_IN = "run_in"
"""The character style of a heading that its text runs on from."""
_RUN_IN_NAME = "段内标题"
_OUTSIDE = "page_number"

NEEDED = {style.key: (style.name, "paragraph") for style in _PARAGRAPHS if style.key != _OUTSIDE} | {
    RUN_IN: (_RUN_IN_NAME, "character")
}
"""The styles that a report is written in: by what each is for, the name that users see, and its kind."""


def styles() -> Element:
    """The content of ``styles.xml``."""
    return node("styles", _defaults(), *_built_in(), *map(_paragraph_style, _PARAGRAPHS), _run_in())


def fonts() -> Element:
    """The content of ``fontTable.xml``: every font with the name to fall back on."""
    return node("fonts", *_fonts())


def _fonts() -> Iterator[Element]:
    for name, fallback in _FALLBACKS.items():
        family = node("family", val="auto" if name in {_TITLE, _SONG} else "modern")
        yield node("font", node("altName", val=fallback), node("charset", val="86"), family, name=name)
    yield node("font", node("charset", val="00"), node("family", val="roman"), name=_LATIN)


def _defaults() -> Element:
    # Latin text, and so figures, as English: a line must not break inside 2023.
    language = node("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    characters = node("rPr", _font(_FANG, _LATIN), *_size(_BODY_SIZE), language)
    return node("docDefaults", node("rPrDefault", characters), node("pPrDefault"))


def _built_in() -> Iterator[Element]:
    """The styles that Word takes for granted."""
    widow = node("pPr", node("widowControl", val="0"))
    yield node("style", node("name", val="Normal"), node("qFormat"), widow, type="paragraph", default="1", styleId="a")
    yield node("style", node("name", val="Default Paragraph Font"), type="character", default="1", styleId="a0")
    yield node("style", node("name", val="Normal Table"), type="table", default="1", styleId="a1")


def _paragraph_style(style: _Style) -> Element:
    return node(
        "style",
        node("name", val=style.name),
        node("basedOn", val="a"),
        node("qFormat"),
        node("pPr", *_layout(style)),
        node("rPr", _font(style.font, style.latin or style.font), *_spacing(style), *_size(style.size)),
        type="paragraph",
        customStyle="1",
        styleId=style.key,
    )


def _layout(style: _Style) -> Iterator[Element]:
    """Paragraph properties, in the order of the schema."""
    if style.level is not None:
        yield node("keepNext")
    if style.in_table:
        yield node("autoSpaceDE", val="0")
        yield node("autoSpaceDN", val="0")
    pitch = {"line": style.line, "lineRule": "exact"} if style.line else {"line": 240, "lineRule": "auto"}
    yield node("spacing", before=style.before, after=style.after, **pitch)
    indent = _INDENT * (style.size * TWIPS + style.spacing)
    if style.indented:
        yield node("ind", firstLineChars=_INDENT * 100, firstLine=indent)
    if style.align == "right":
        yield node("ind", rightChars=_INDENT * 100, right=indent)
    if style.before:
        # The distance is to the text above, not between the lines of the block.
        yield node("contextualSpacing")
    yield node("jc", val=style.align)
    if style.level is not None:
        yield node("outlineLvl", val=style.level)


def _run_in() -> Element:
    characters = node("rPr", _font(_KAI, _LATIN))
    names = (node("name", val=_RUN_IN_NAME), node("basedOn", val="a0"), node("qFormat"))
    return node("style", *names, characters, type="character", customStyle="1", styleId=RUN_IN)


def _font(chinese: str, latin: str) -> Element:
    return node("rFonts", ascii=latin, hAnsi=latin, eastAsia=chinese, cs=latin)


def _spacing(style: _Style) -> Iterator[Element]:
    if style.spacing:
        yield node("spacing", val=style.spacing)


def _size(points: int) -> tuple[Element, Element]:
    return node("sz", val=points * 2), node("szCs", val=points * 2)
