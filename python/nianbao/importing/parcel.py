"""Paragraphs and tables as JSON, on their way from one process to another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..places import LinePlace, PagePlace, ParagraphPlace, Place, SheetPlace, TablePlace
from .assemble import Part
from .grid import Cell

_PLACES = {kind.__name__: kind for kind in (LinePlace, PagePlace, ParagraphPlace, SheetPlace, TablePlace)}


def packed(parts: Iterable[Part]) -> list[Any]:
    """`parts` as JSON holds them: a cell begins with its text, a table is a list of rows."""
    return [
        _cell(part) if isinstance(part, Cell) else [[_cell(cell) for cell in row] for row in part] for part in parts
    ]


def unpacked(parts: Iterable[Any]) -> list[Part]:
    """What `packed` has packed."""
    return [
        _as_cell(part) if part and isinstance(part[0], str) else tuple(tuple(map(_as_cell, row)) for row in part)
        for part in parts
    ]


def _cell(cell: Cell) -> list[Any]:
    return [cell.text, *([type(cell.place).__name__, *cell.place] if cell.place else [])]


def _as_cell(packed: list[Any]) -> Cell:
    text, *place = packed
    return Cell(text, _place(*place) if place else None)


def _place(kind: str, *values: Any) -> Place:  # noqa: ANN401 - JSON
    return _PLACES[kind](*values)
