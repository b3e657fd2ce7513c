"""Rows of a long list: made into text at once and kept deflated, until they go into the file."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from ..figures import show
from ..places import letters
from .page import CELL_LIMIT, DIGITS, TooLongError, number

Plain = str | Decimal | int | None
"""What a cell of such a row holds."""
MARK = "<!--rows-->"
"""Stands in a sheet where streamed rows go."""


class Rows:
    """The text of rows that follow one another."""

    def __init__(self) -> None:
        self._packer, self._packed, self._count = zlib.compressobj(1), list[bytes](), 0

    def add(self, row: str) -> None:
        """Add the next row."""
        self._packed.append(self._packer.compress(row.encode()))
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[bytes]:
        unpacker = zlib.decompressobj()
        for piece in filter(None, (*self._packed, self._packer.copy().flush())):
            yield unpacker.decompress(piece)


def cells(sheet: str, row: int, entries: Sequence[Plain], styles: Sequence[int], shared: Callable[[str], int]) -> str:
    """The text of the cells of a row, counted from 1; `styles` are the numbers of their looks, `shared` gives those of texts."""
    said = []
    for entry, (start, style) in zip(entries, _starts(tuple(styles)), strict=True):
        text = _number(entry)
        if text:
            said.append(f"{start}{row}{style}><v>{text}</v></c>")
        elif entry is None or entry == "":
            said.append(f"{start}{row}{style}/>")
        else:
            words = entry if isinstance(entry, str) else show(Decimal(entry))
            if len(words) > CELL_LIMIT:
                raise TooLongError(sheet, row)
            said.append(f'{start}{row}{style} t="s"><v>{shared(words)}</v></c>')
    return "".join(said)


@lru_cache(maxsize=16)
def _starts(styles: Sequence[int]) -> tuple[tuple[str, str], ...]:
    """How the cell of each column begins, before the number of its row and after it."""
    return tuple((f'<c r="{letters(column)}', f'" s="{style}"') for column, style in enumerate(styles, start=1))


def _number(entry: Plain) -> str:
    """A number as a cell holds it; "" for what is none, or has more digits than a cell holds."""
    if entry is None or isinstance(entry, str):
        return ""
    text = str(entry)
    if len(text) <= DIGITS and text.isdecimal():
        return text
    value = Decimal(entry)
    return f"{number(value):.16G}" if len(value.as_tuple().digits) <= DIGITS else ""


def part(xml: bytes, rows: Iterable[bytes] | None) -> Iterator[bytes]:
    """A part of a file, `rows` where they go."""
    if rows is None:
        yield xml
        return
    before, _, after = xml.partition(MARK.encode())
    yield before
    yield from rows
    yield after
