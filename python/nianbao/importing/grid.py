"""Tables as they stand in a document: ragged rows of cells.

Every importer brings its tables into this shape.  A merged cell stands once, at its upper left; the other
positions it covers are blank or left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..figures import Flag, read_figure
from ..places import Place
from .labels import all_labels, all_signs, normal


class Cell(NamedTuple):
    """The text of one cell, and where it stands."""

    text: str
    place: Place | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written here."""
        return read_figure(self.text, "count").flag is Flag.BLANK

    @property
    def is_figure(self) -> bool:
        """Whether a number is written here, or several run together."""
        kinds = (read_figure(self.text, "change"), read_figure(self.text, "amount"))
        return any(figure.value is not None for figure in kinds) or normal(self.text).isdigit()

    @property
    def is_words(self) -> bool:
        """Whether something is written here that does not stand for a number."""
        return read_figure(self.text, "count").flag is Flag.REFUSED and not self.is_figure


Row = tuple[Cell, ...]
Grid = tuple[Row, ...]


def is_statutory(grid: Iterable[Row]) -> bool:
    """Whether a table has a label that only the tables of the form have."""
    return any(normal(cell.text) in all_signs() for row in grid for cell in row)


def is_labelled(rows: Iterable[Row]) -> bool:
    """Whether a label of the form stands in one of `rows`."""
    return any(normal(cell.text) in all_labels() for row in rows for cell in row)


def quoted(row: Iterable[Cell]) -> str:
    """A row as a message quotes it."""
    return " ".join(" ".join(cell.text.split()) for cell in row if not cell.is_blank)
