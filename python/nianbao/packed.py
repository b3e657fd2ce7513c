"""What was read, kept small: a city may have ten thousand reports in memory at once."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import repeat
from types import EllipsisType

from .findings import Finding
from .form import CellKey
from .formfile import load_form
from .reading import Reading
from .report import Values

_Figure = Decimal | EllipsisType | None
"""A figure, None for a blank cell, ... for one that was not in the source."""


class Packed(Mapping[CellKey, Decimal | None]):
    """The values of a report as one row of figures in the order of its form; equal figures are one object."""

    __slots__ = ("_edition", "_row")

    def __init__(self, edition: str, row: tuple[_Figure, ...]) -> None:
        self._edition, self._row = edition, row

    @property
    def _order(self) -> Mapping[CellKey, int]:
        return load_form(self._edition).order

    def __getitem__(self, cell: CellKey) -> Decimal | None:
        figure = self._row[self._order[cell]]
        if isinstance(figure, EllipsisType):
            raise KeyError(cell)
        return figure

    def __iter__(self) -> Iterator[CellKey]:
        return (cell for cell, figure in zip(self._order, self._row, strict=True) if figure is not ...)

    def __len__(self) -> int:
        return len(self._row) - self._row.count(...)

    def items(self) -> ItemsView[CellKey, Decimal | None]:
        """Every cell with its value, in the order of the form."""
        pairs = zip(self._order, self._row, strict=True)
        return {cell: figure for cell, figure in pairs if not isinstance(figure, EllipsisType)}.items()

    def __reduce__(self) -> tuple[object, ...]:
        return _unpacked, (self._edition, " ".join(map(str, self._row)))


def packed(values: Values, edition: str) -> Values:
    """`values` in as little memory as they need."""
    order = load_form(edition).order
    if not values.keys() <= order.keys():
        return values
    figures = map(values.get, order, repeat(...))
    return Packed(edition, tuple(map(_figure, map(str, figures))))


def slim(reading: Reading, findings: tuple[Finding, ...]) -> Reading:
    """`reading` as another process can send it once it is checked, with places only where `findings` point."""
    named = {cell for finding in findings for cell in (*finding.cells, *(each.cell for each in finding.suspects))}
    places = {cell: place for cell, place in reading.places.items() if cell in named} if named else {}
    report = reading.report
    report = report._replace(
        values=packed(report.values, report.edition),
        texts=dict(report.texts),
        filling=dict(report.filling),
        particulars=dict(report.particulars),
        last=dict(report.last),
    )
    return reading._replace(
        report=report,
        places=places,
        text_places=dict(reading.text_places),
        stated=dict(reading.stated),
        headings={},
        labels={},
    )


def _unpacked(edition: str, row: str) -> Packed:
    return Packed(edition, tuple(map(_figure, row.split(" "))))


@lru_cache(maxsize=1 << 16)
def _figure(said: str) -> _Figure:
    """The figure that says so of itself; always the same object."""
    return _NO_NUMBERS[said] if said in _NO_NUMBERS else Decimal(said)


_NO_NUMBERS: Mapping[str, EllipsisType | None] = {str(each): each for each in (None, ...)}
