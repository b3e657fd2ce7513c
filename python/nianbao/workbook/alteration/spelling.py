"""One spelling for formulas that say the same, whoever saved them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ...places import SheetPlace, letters, sheet_place

_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}"
_LOST = re.compile(r"(?:'(?:[^']|'')*'!|[^\W\d][\w.、]*!)?(?:#REF!|#@)")
"""A reference whose cell, or whose sheet, was removed."""
_TOKENS = re.compile(
    rf"""(?P<text>"(?:[^"]|"")*")
      |(?:(?:'(?P<quoted>(?:[^']|'')*)'|(?P<bare>[^\W\d][\w.、]*))!)?(?P<first>{_CELL})(?::(?P<last>{_CELL}))?(?![\w.(!])
      |(?P<space>\s+)
      |[\w.$]+|.""",
    re.VERBOSE | re.DOTALL,
)


def squeezed(text: str) -> str:
    """`text` as labels are compared: whoever saves a file may break its lines anew."""
    return "".join(text.split())


class Reference(NamedTuple):
    """A cell or a range in a formula, such as ``D6`` or ``$D$6``; `sheet` is "" for the formula's own."""

    sheet: str
    first: str
    last: str | None

    def __str__(self) -> str:
        return (f"{self.sheet}!" if self.sheet else "") + self.first + (f":{self.last}" if self.last else "")


def same(reference: Reference) -> Reference:
    """`reference` as it is."""
    return reference


def plain(formula: str, rewrite: Callable[[Reference], Reference] = same) -> str:
    """`formula` without its =, without spaces, without quotes about sheets, in capitals; its references rewritten."""
    spelled = "".join(_spelled(token, rewrite) for token in _TOKENS.finditer(formula.removeprefix("=")))
    return spelled.replace("TRUE()", "TRUE").replace("FALSE()", "FALSE")


def shape(formula: str) -> str:
    """`formula`, plainly spelled, whatever it refers to."""
    return _LOST.sub("@", plain(formula, lambda _: Reference("", "@", None)))


def copied(formula: str, source: str, target: str) -> str:
    """`formula` of the cell `source` as it reads when copied to the cell `target` of the same sheet."""
    start, end = sheet_place("", source), sheet_place("", target)
    rows, columns = end.row - start.row, end.column - start.column

    def shifted(cell: str) -> str:
        place = sheet_place("", cell.replace("$", ""))
        column = place.column if cell.startswith("$") else place.column + columns
        row = place.row if "$" in cell[1:] else place.row + rows
        return written(SheetPlace("", row, column), cell)

    return plain(formula, lambda each: each._replace(first=shifted(each.first), last=each.last and shifted(each.last)))


def written(place: SheetPlace, model: str) -> str:
    """The address of `place` with the dollar signs of `model`."""
    return f"{'$' * model.startswith('$')}{letters(place.column)}{'$' * ('$' in model[1:])}{place.row}"


def _spelled(token: re.Match[str], rewrite: Callable[[Reference], Reference]) -> str:
    if token["first"]:
        sheet = token["bare"] or (token["quoted"] or "").replace("''", "'")
        last = token["last"]
        return str(rewrite(Reference(sheet, token["first"].upper(), last and last.upper()))).upper()
    if token["text"]:
        return token["text"]
    return "" if token["space"] else token[0].upper()
