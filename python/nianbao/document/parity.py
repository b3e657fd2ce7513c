"""What keeps a document from going out: holes, invented numbers, and anything that it says otherwise than the report."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from unicodedata import normalize

from ..checks.publication import p02_lost, p02_number, s01_unwritten
from ..comparison import compare
from ..findings import Finding
from ..formfile import load_form
from ..importing.chapters import read_title
from ..importing.docx import read_docx_and_lines
from ..reading import Reading
from ..wording import text_name
from .article import TITLE, Article, Paragraph, full_title

_SPACE = re.compile(r"\s+")
_HOLE = re.compile(r"【待填写：([^】]+)】")
_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
_QUOTED = re.compile(r"〔\d+〕\d*号?|\d+月\d+日|第\d+[条号]")
"""What says no quantity: the number of a document, a day, an article of law."""


def docx_differences(article: Article, data: bytes, source: str) -> tuple[Finding, ...]:
    """What a Word file made of `article` says otherwise than it: nothing, or the file must not go out."""
    return tuple(_differences(article, *read_docx_and_lines(data, source)))


def html_differences(article: Article, data: bytes, source: str) -> tuple[Finding, ...]:
    """What a page made of `article` says otherwise than it."""
    from ..importing.html import lines_of_html, read_html

    return tuple(_differences(article, read_html(data, source), lines_of_html(data, source)))


def unwritten(article: Article) -> Iterator[Finding]:
    """The holes of a document, those of one part together."""
    form = load_form(article.report.edition)
    for part, blocks in article.parts.items():
        holes = [
            hole
            for block in blocks
            if isinstance(block, Paragraph) and not _is_typed(block)
            for hole in _HOLE.findall(block.text)
        ]
        if holes:
            yield s01_unwritten("封面" if part == TITLE else text_name(form, part), "、".join(holes))


def invented(article: Article, known: Collection[str]) -> Iterator[Finding]:
    """The numbers in sentences made from figures that are none of the `known`: a template says what nobody filled in."""
    for block in article.blocks:
        if isinstance(block, Paragraph) and block.made:
            for number in _NUMBER.findall(_QUOTED.sub("", normalize("NFKC", block.text))):
                if number not in known:
                    yield p02_number(number, block.text)


def _differences(article: Article, written: Reading, lines: Iterable[str]) -> Iterator[Finding]:
    made = article.report
    printed = {cell: made.values.get(cell) for cell in load_form(made.edition).cells}
    # A title tells less than a workbook: of an office whose name ends in a digit, say, not where the year begins.
    title = read_title(full_title(made).split("\n"))
    due = made._replace(values=printed, agency=title.agency, year=title.year)
    yield from compare(Reading("工作簿", due), written._replace(report=written.report._replace(texts=made.texts)))
    said = _bare("".join(lines))
    for part in article.parts.values():
        texts = [block.text for block in part if isinstance(block, Paragraph)]
        if _bare("".join(texts)) not in said:
            yield p02_lost(next((text for text in texts if _bare(text) not in said), texts[0]), written.source)


def _is_typed(block: Paragraph) -> bool:
    """Whether the office wrote it: what it left over there is told by the checks."""
    return block.role not in {"title", "placeholder"} and not block.made


def _bare(text: str) -> str:
    return _SPACE.sub("", text)
