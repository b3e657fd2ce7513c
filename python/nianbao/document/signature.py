"""The signature without a seal, after GB/T 9704-2012: the agency two characters from the right, and below it the date.

The date begins two characters to the right of the agency's first; a date longer than the agency stands two characters
from the right itself, and the agency moves left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_MARGIN = 2
_STEP = 2


class Signed(NamedTuple):
    """A line of the signature, and how many characters it stands from the right."""

    text: str
    right: float


def signed(paragraphs: Sequence[str], line: float) -> list[Signed]:
    """The lines of the signature in `paragraphs`, the last of several being the date; `line`: characters to a line."""
    if len(paragraphs) < 2:  # noqa: PLR2004 - the agency, or the date, alone
        return _block([each for text in paragraphs for each in text.split("\n")], _MARGIN, line)
    agency, date = [each for text in paragraphs[:-1] for each in text.split("\n")], paragraphs[-1]
    longest, length = max(map(width, agency)), max(map(width, date.split("\n")))
    if longest + _MARGIN > line:
        return [*_block(agency, _MARGIN, line), Signed(date, _MARGIN)]
    if length > longest:
        moved = min(_MARGIN + length + _STEP - longest, max(line - longest, 0))
        return [*_block(agency, moved, line), Signed(date, _MARGIN)]
    return [*_block(agency, _MARGIN, line), Signed(date, max(_MARGIN + longest - _STEP - length, 0))]


def width(text: str) -> float:
    """How many characters of its line a text takes."""
    return sum(0.5 if letter.isascii() else 1 for letter in text)


def _block(lines: Sequence[str], right: float, line: float) -> list[Signed]:
    """Lines that begin below one another, the longest `right` characters from the right; too long ones break."""
    longest = max(map(width, lines), default=0)
    if longest + right > line:
        return [Signed(text, right) for text in lines]
    return [Signed(text, right + longest - width(text)) for text in lines]
