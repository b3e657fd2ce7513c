"""Which part of a web page is the report, and which are its lines: sites print much around an article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..form import INTRO
from ..formfile import EDITIONS, load_form
from .assemble import Part
from .chapters import chapter_paragraphs, read_title
from .grid import Cell, Grid, is_statutory
from .labels import all_signs, normal
from .webtext import lines
from .xmlparts import Element

_LONGEST_ENTRY, _LONGEST_LABEL = 6, 60
_TOP = 10
_LABELLED = (
    "您?(?:当前|现在)(?:的|所在)?位置|所在位置|位置|(?:信息|文章|稿件)?来源|(?:发布|发文|成文|公开|生成|更新)(?:时间|日期|机构|机关|单位)|索引号|"
    "(?:主题|体裁|信息)分类|发文字号|文号|(?:浏览|阅读|点击|访问)(?:次数|量|数)?|字(?:体|号)(?:大小)?|分享(?:到|至)?|"
    "责任编辑|责编|编辑|审核|作者|主办(?:单位)?|承办(?:单位)?|上一[篇条]|下一[篇条]|网站标识码"
)
_WHOLE = (
    "(?:网站)?首页|打印(?:本页|页面|此页)?|关闭(?:本页|页面|窗口)?|收藏(?:本页)?|分享到?|复制链接|大|中|小|T|"
    "返回(?:顶部|首页|列表)?|回到顶部|上一[篇条]|下一[篇条]|相关(?:链接|文章|文档|阅读|附件|信息)|联系我们|关于我们|"
    "网站(?:地图|声明|纠错)|友情链接|无障碍(?:浏览)?|扫一扫.{0,20}|微信|微博|字体"
)
_FURNITURE = re.compile(
    rf"(?:{_LABELLED})\s*[：:].*|(?:[【\[（(]?(?:{_WHOLE})[：:】\]）)]?[\s|·/>]*)++"
    r"|.*(?:ICP备|公网安备|网站标识码|版权所有|Copyright).*|\d{4}-\d{1,2}-\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?",
    re.IGNORECASE,
)
_LONGEST_FURNITURE = 200
_DATE = re.compile(
    r"[（(]?(?:\d{4}|[〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日[)）]?"
)
_TITLE_END = re.compile(r"[_|｜—–-]")


class _Worth(NamedTuple):
    """What of a report a part of a page holds: its title, the headings of chapters."""

    title: bool
    chapters: frozenset[str]


def article_of(body: Element) -> Element:
    """The smallest part of a page that holds every table of the form, the title and all headings; else all of it."""
    tables = list(dict.fromkeys(_statutory_tables(body)))
    if not tables:
        return body
    around = [element for element in _common(tables) if element.tag != "table"]
    whole = _worth(body)
    at = bisect_left(around, x=True, key=lambda element: _worth(element) == whole)
    return around[at] if at < len(around) else body


def has_statutory_cells(body: Element) -> bool:
    """Whether a cell of some table has a label of the form."""
    return next(_statutory_cells(body), None) is not None


def _statutory_tables(body: Element) -> Iterator[Element]:
    """The tables with labels of the form and figures."""
    for cell in _statutory_cells(body):
        table = next(cell.iterancestors("table"), None)
        if table is not None and any(_content(each).isdigit() for each in table.iter("td", "th")):
            yield table


def _statutory_cells(body: Element) -> Iterator[Element]:
    return (cell for cell in body.iter("td", "th") if _content(cell) in all_signs())


def _content(cell: Element) -> str:
    """The letters and digits of a cell, if they are few enough for a label or figure."""
    text = "".join(cell.itertext())
    return normal(text) if len(text) <= 10 * _LONGEST_LABEL else ""


def _common(elements: Sequence[Element]) -> list[Element]:
    """The elements that hold all of `elements`, from the smallest to the largest."""
    first, *others = ([element, *element.iterancestors()] for element in elements)
    return [each for each in first if all(each in other for other in others)]


def _worth(element: Element) -> _Worth:
    found = lines(element)
    # A line below each: a heading counts whether or not a text follows it.
    chapters = chapter_paragraphs([piece for line in found for piece in (line, "。")], load_form(EDITIONS[-1]))
    # Short labels such as 规章 are entries of menus as well.
    first = next(
        (
            at
            for at, line in enumerate(found)
            if _LONGEST_ENTRY < len(line) <= _LONGEST_LABEL and normal(line) in all_signs()
        ),
        None,
    )
    return _Worth(bool(_titles(found[:first])), frozenset(chapters) - {INTRO})


def _titles(found: Sequence[str]) -> list[int]:
    """Where titles begin among lines."""
    begins = (_begin(found[max(0, at - 1) : at + 1], at) for at, line in enumerate(found) if "报告" in line)
    return [begin for begin in begins if begin is not None]


def _begin(ending: Sequence[str], at: int) -> int | None:
    """Where the title begins that ends with the last of the lines `ending`, line `at` of all."""
    wrapped, alone = read_title(ending).paragraphs, read_title(ending[-1:]).paragraphs
    if len(ending) - 1 in wrapped:
        return at - len(wrapped) + 1
    return at if alone else None


def trimmed(parts: Sequence[Part], body: Element) -> tuple[Part, ...]:
    """`parts` of an article from its title to its date, without what sites print between and below them."""
    texts = [part.text.strip() if isinstance(part, Cell) else "" for part in parts]
    tables = [at for at, part in enumerate(parts) if not isinstance(part, Cell) and _is_filled(part)]
    chapters = chapter_paragraphs(texts, load_form(EDITIONS[-1]))
    starts = [numbers[0] for key, numbers in chapters.items() if key != INTRO]
    top = min([*tables, *starts], default=len(parts))
    titles = _titles(texts[:top])
    start = _start(texts, titles)
    end = _end(texts, max([*tables, *starts], default=len(parts)))
    head = tuple(part for at, part in enumerate(parts[start:top], start) if not _is_furniture(texts[at]))
    given = [] if titles else [Cell(title) for title in _given_titles(body)][:1]
    return (*given, *head, *parts[top:end])


def _is_filled(grid: Grid) -> bool:
    return is_statutory(grid) and any(cell.is_figure for row in grid for cell in row)


def _start(texts: Sequence[str], titles: Sequence[int]) -> int:
    """Where the report begins: with the last title above its text, or one just above that says more."""
    if not titles:
        return 0
    last = titles[-1]
    near = [at for at in titles if at >= last - _TOP + 1]
    alone = read_title(texts[last : last + 2])
    return last if alone.agency and alone.year else near[0]


def _end(texts: Sequence[str], last: int) -> int:
    """Where the report ends, at the earliest below `last`: after its date, or before what the site prints below it."""
    for at in range(last + 1, len(texts)):
        if _is_furniture(texts[at]):
            return at
        if _DATE.fullmatch("".join(texts[at].split())):
            return at + 1
    return len(texts)


def _is_furniture(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_FURNITURE and _FURNITURE.fullmatch(text) is not None


def _given_titles(body: Element) -> Iterator[str]:
    """The titles that a page gives itself, if they are those of a report."""
    root = body.getroottree().getroot()
    metas = (meta.get("content", "") for meta in root.iter("meta") if meta.get("name", "").lower() == "articletitle")
    shown = ("".join(title.itertext()) for title in root.iterfind("head/title"))
    for title in (*metas, *shown):
        short = _TITLE_END.split(title.strip())[0].strip()
        if read_title([short]).paragraphs:
            yield short
