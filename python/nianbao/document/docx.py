"""Writes a report as DOCX: an official document with the statutory tables."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TypeGuard

from ..formfile import load_form
from .article import Article, Block, Paragraph, Statutory, full_title
from .ooxml import Element, node, paragraph, run
from .package import packed
from .styles import LINE_LENGTH, RUN_IN
from .tables import room_beside, statutory_table

# In twips, between a text and the table under it.
_GAP = 80


def write_docx(article: Article) -> bytes:
    """The DOCX file of `article`: the same article gives the same bytes."""
    report, blocks = article.report, article.blocks
    kept = frozenset(_kept(blocks))
    elements = [
        statutory_table(block.chapter, report.values)
        if isinstance(block, Statutory)
        else _paragraph(block, list(_setting(block, following, kept=number in kept)))
        for number, (block, following) in enumerate(zip(blocks, [*blocks[1:], None], strict=True))
    ]
    title = full_title(report).replace("\n", "")
    return packed(elements, title, load_form(report.edition).title)


def _paragraph(block: Paragraph, properties: Sequence[Element]) -> Element:
    if block.role == "placeholder":
        marked = run(block.text, node("highlight", val="yellow"))
        return paragraph("body", marked, properties=properties)
    lead, rest = block.text[: block.lead], block.text[block.lead :]
    runs = [run(lead, node("rStyle", val=RUN_IN))] if lead else []
    return paragraph(block.role, *runs, run(rest), properties=properties)


def _setting(block: Block, following: Block | None, *, kept: bool) -> Iterator[Element]:
    if kept:
        yield node("keepNext")
    if isinstance(following, Statutory) and _is_text(block):
        yield node("spacing", after=_GAP)


def _kept(blocks: Sequence[Block]) -> Iterator[int]:
    """The paragraphs that stay on a page with the next: texts that share one with their table, and the last signed."""
    for number, block in enumerate(blocks):
        if isinstance(block, Statutory):
            text = list(takewhile(_is_text, reversed(blocks[:number])))
            if sum(map(_lines, text)) <= room_beside(block.chapter):
                yield from range(number - len(text), number)
        elif block.role == "signature":
            yield number - 1


def _is_text(block: Block) -> TypeGuard[Paragraph]:
    return isinstance(block, Paragraph) and block.role != "heading1"


def _lines(text: Block) -> int:
    """About how many lines of body text a paragraph takes, its indent included."""
    if not isinstance(text, Paragraph):
        return 0
    width = 2 + sum(0.5 if letter.isascii() else 1 for letter in text.text)
    return math.ceil(width / LINE_LENGTH)
