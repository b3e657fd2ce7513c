"""Writes a report as a web page: one accessible file that needs no other, as government sites publish it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element

from ..figures import show
from ..form import Chapter
from ..formfile import load_form
from ..printed import PrintedCell, grid_size, head_rows, printed
from ..report import Values
from .article import Article, Block, Paragraph, ParagraphRole, Statutory, full_title
from .markup import Head, node, page
from .webstyle import STYLE, WIDTHS

# Nothing is fetched, run or sent, whatever a text may say; the style sheet stays free to be edited.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_DEPTHS: Mapping[ParagraphRole, int] = {"title": 1, "heading1": 2, "heading2": 3, "heading3": 4}


def write_html(article: Article) -> bytes:
    """The web page of `article`, in UTF-8: the same article gives the same bytes."""
    body = node("body", node("main", node("article", *_blocks(article))))
    return page(_head(article), body)


def _head(article: Article) -> Head:
    title = full_title(article.report).replace("\n", "")
    authority = load_form(article.report.edition).authority
    named = {
        "description": f"{title}，按{authority}规定的格式编制。",
        # What the standard for government sites calls the title of an article.
        "ArticleTitle": title,
    }
    return Head(title, _POLICY, STYLE, named)


def _blocks(article: Article) -> Iterator[Element]:
    depth = 0
    for block in article.blocks:
        if isinstance(block, Paragraph) and block.role in _DEPTHS:
            # A third level may follow the first on paper, but people who listen would look for the second.
            depth = min(_DEPTHS[block.role], depth + 1)
        yield _block(block, article.report.values, depth)


def _block(block: Block, values: Values, depth: int) -> Element:
    if isinstance(block, Statutory):
        return _tables(block.chapter, values)
    if block.role == "placeholder":
        return node("p", node("mark", block.text))
    if block.role in _DEPTHS:
        return node(f"h{depth}", *_lines(block.text), class_=block.role)
    lead, rest = block.text[: block.lead], block.text[block.lead :]
    return node("p", *([node("strong", lead)] if lead else []), rest, class_=block.role)


def _lines(text: str) -> Iterator[Element | str]:
    """`text`, a line feed being a line break."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield node("br")
        yield line


def _tables(chapter: Chapter, values: Values) -> Element:
    """The tables of `chapter`, each by itself: no heading is over the columns of another table."""
    tables = (_table(chapter._replace(tables=(table,)), values) for table in chapter.tables)
    label = f"{chapter.heading}（表格，可左右滚动）"
    return node("section", *tables, class_=f"tables {chapter.key}", tabindex="0", aria_label=label)


def _table(chapter: Chapter, values: Values) -> Element:
    """The only table of `chapter`: its title as the caption, or the chapter's heading as its name."""
    titles = [cell.text for cell in printed(chapter) if cell.role == "title"]
    cells, widths = _fitted([cell for cell in printed(chapter) if cell.role != "title"], WIDTHS[chapter.key])
    top, first, (end, _) = len(titles), head_rows(chapter), grid_size(chapter)

    def rows(of: range) -> Iterator[Element]:
        for row in of:
            yield node("tr", *(_cell(cell, top, values) for cell in cells if cell.row == row))

    # A group under every heading of the first row, beside every label of the first column, that spans several lines.
    wide = (range(cell.column, cell.column + cell.width) for cell in cells if cell.row == top)
    tall = (range(cell.row, cell.row + cell.height) for cell in cells if cell.role == "label" and cell.column == 0)
    return node(
        "table",
        *(node("caption", title) for title in titles),
        *(node("colgroup", *(_column(widths[at]) for at in group)) for group in _groups(range(len(widths)), wide)),
        node("thead", *rows(range(top, first))),
        *(node("tbody", *rows(group)) for group in _groups(range(first, end), tall)),
        **({} if titles else {"aria_label": chapter.heading}),
    )


def _fitted(cells: Sequence[PrintedCell], widths: Sequence[float]) -> tuple[list[PrintedCell], list[float]]:
    """`cells` and `widths` without the grid columns in which no cell begins: they part the columns of another table."""
    starts = sorted({cell.column for cell in cells})

    def fitted(cell: PrintedCell) -> PrintedCell:
        covered = [at for at, start in enumerate(starts) if cell.column <= start < cell.column + cell.width]
        return cell._replace(column=covered[0], width=len(covered))

    columns = pairwise([*starts, len(widths)])
    return [fitted(cell) for cell in cells], [sum(widths[start:stop]) for start, stop in columns]


def _column(width: float) -> Element:
    return node("col", style=f"width:{width:.4g}%")


def _groups(lines: range, taken: Iterable[range]) -> Iterator[range]:
    """`lines` parted where a stretch of several that is `taken` together begins or ends."""
    edges = {edge for stretch in taken if len(stretch) > 1 for edge in (stretch.start, stretch.stop)}
    for start, stop in pairwise(sorted({lines.start, *edges, lines.stop})):
        yield range(start, stop)


def _cell(cell: PrintedCell, top: int, values: Values) -> Element:
    spans = {name: str(size) for name, size in (("rowspan", cell.height), ("colspan", cell.width)) if size > 1}
    if cell.key is not None:
        return node("td", show(values.get(cell.key)), **spans)
    return node("th", cell.text, scope=_scope(cell, top), **spans)


def _scope(cell: PrintedCell, top: int) -> str:
    """What a heading speaks for: a group of columns or rows only where the markup has that group."""
    if cell.role == "label":
        return "rowgroup" if cell.column == 0 and cell.height > 1 else "row"
    return "colgroup" if cell.row == top and cell.width > 1 else "col"
