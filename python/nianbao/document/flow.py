"""Which paragraphs of a report stay on one page with what follows them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TypeGuard

from .article import Block, Paragraph, Statutory
from .signature import width
from .tables import room_beside


def kept(blocks: Sequence[Block], line: float) -> Iterator[int]:
    """The paragraphs that stay on a page with the next: texts that share one with their table, and the last signed.

    `line`: characters to a line of the text.
    """
    for number, block in enumerate(blocks):
        if isinstance(block, Statutory):
            text = list(takewhile(is_text, reversed(blocks[:number])))
            if sum(_lines(each, line) for each in text if is_text(each)) <= room_beside(block.chapter):
                yield from range(number - len(text), number)
        elif block.role == "signature":
            yield number - 1


def is_text(block: Block) -> TypeGuard[Paragraph]:
    """Whether a block is a paragraph of a chapter's text."""
    return isinstance(block, Paragraph) and block.role != "heading1"


def _lines(text: Paragraph, line: float) -> int:
    """About how many lines a paragraph takes, its indent included."""
    return math.ceil((2 + width(text.text)) / line)
