"""Where the places of a layout stand in a file whose rows, columns or sheets were moved or reworded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ...form import Form
from ...places import SheetPlace, sheet_place
from ...printed import printed
from ..layout import Layout, lay_out
from ..margins import TABLE_ROW
from .alignment import Grid, Lines, Spot, Strip, align, strips
from .parts import LISTS, blank_file, structure
from .spelling import squeezed

if TYPE_CHECKING:
    from ..sheets import Rows, Sheets

_ENOUGH = 0.5
"""How much of what stands on no other sheet tells a sheet by its contents."""


def locate(sheets: Sheets, form: Form, *, altered: bool) -> Mapping[SheetPlace, SheetPlace] | None:
    """Where the places of the layout of `form` stand in `sheets`, as far as that is certain; None: each in its own place.

    While every label of the tables is in its place nothing more is looked at, unless the file is known to
    have been `altered`.
    """
    if not altered and _stands(sheets, form):
        return None
    blank = _blank(form.edition)
    filled = {name: set(_labels(sheets[name]).values()) for name in sheets.names if name not in LISTS}
    names = same_sheets({name: set(page.labels.values()) for name, page in blank.items()}, filled)
    found: dict[SheetPlace, SheetPlace] = {}
    for name, places in _places(lay_out(form)).items():
        if other := names.get(name):
            lines = _lines(blank[name], places, sheets[other])
            found |= {
                place: SheetPlace(other, *spot) for place in places if (spot := lines.at((place.row, place.column)))
            }
    return found


class _Page(NamedTuple):
    """A sheet of a blank workbook: what its locked cells say, and where formulas will show something."""

    labels: Mapping[Spot, str]
    formulas: frozenset[Spot]


@cache
def _blank(edition: str) -> Mapping[str, _Page]:
    blank = structure(blank_file(edition))
    return {
        name: _Page(
            {_spot(at): squeezed(text) for at, text in sheet.texts.items()}, frozenset(map(_spot, sheet.formulas))
        )
        for name, sheet in (blank.sheets if blank else {}).items()
        if name not in LISTS
    }


def same_sheets(expected: Mapping[str, Collection[str]], actual: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Which sheet is which: told by the texts that no other sheet has, and by its name where they do not tell."""
    likeness: list[tuple[float, bool, str, str]] = []
    for name, texts in expected.items():
        others = {text for other, each in expected.items() if other != name for text in each}
        own = set(texts) - others
        likeness += [
            (len(own & set(found)) / max(len(own), 1), name == other, name, other) for other, found in actual.items()
        ]
    names: dict[str, str] = {}
    for share, namesake, name, other in sorted(likeness, reverse=True):
        if (share >= _ENOUGH or namesake) and name not in names and other not in names.values():
            names[name] = other
    return names


def _stands(sheets: Sheets, form: Form) -> bool:
    """Whether every label of the tables is where it belongs."""
    needed, labels = _standing(form)
    if not needed <= set(sheets.names):
        return False
    found = sheets.values(place for place, _ in labels)
    return all(
        said == text or squeezed(str(said)) == squeezed(text) for said, (_, text) in zip(found, labels, strict=True)
    )


@cache
def _standing(form: Form) -> tuple[frozenset[str], tuple[tuple[SheetPlace, str], ...]]:
    """The sheets that have places of the layout of `form`, and the labels of its tables, each with its place."""
    labels = (
        (SheetPlace(chapter.sheet, TABLE_ROW + cell.row, 1 + cell.column), cell.text)
        for chapter in form.chapters
        for cell in printed(chapter)
        if cell.text
    )
    return frozenset(place.sheet for _, place in lay_out(form).named()), tuple(labels)


def _places(layout: Layout) -> dict[str, list[SheetPlace]]:
    """The places of `layout` by sheet; of paragraphs also the second, for they are a list."""
    places: dict[str, list[SheetPlace]] = {}
    for _, place in layout.named():
        places.setdefault(place.sheet, []).append(place)
    for place in layout.paragraphs.values():
        places[place.sheet].append(place._replace(row=place.row + 1))
    return places


def _labels(rows: Rows) -> dict[Spot, str]:
    return {
        (row, column): squeezed(value)
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if isinstance(value, str) and value.strip()
    }


def _lines(blank: _Page, places: Sequence[SheetPlace], rows: Rows) -> Lines:
    """Where the rows and the columns of a sheet stand now."""
    filled = [*blank.formulas, *((place.row, place.column) for place in places)]
    used = [{spot[axis]: "used" for spot in filled} for axis in (0, 1)]
    counts = [max(*used[axis], *(spot[axis] for spot in blank.labels)) for axis in (0, 1)]
    spare = [counts[axis] - max(spot[axis] for spot in blank.labels) for axis in (0, 1)]
    expected = Grid(*(strips(blank.labels, axis, used[axis], counts[axis]) for axis in (0, 1)))
    labels, both = _labels(rows), (rows, list(zip(*rows, strict=False)))
    actual = Grid(*(_filled(labels, axis, both[axis], spare[axis]) for axis in (0, 1)))
    return align(expected, actual)


def _filled(labels: Mapping[Spot, str], axis: int, lines: Sequence[Sequence[Any]], spare: int) -> list[Strip]:
    """The rows or columns of a file, and `spare` ones that it need not have saved, for they are blank."""
    used = {number: "used" for number, line in enumerate(lines, start=1) if any(map(_is_used, line))}
    found = strips(labels, axis, used, len(lines) + spare)
    contents = [tuple(line) for line in lines] + [()] * spare
    return [strip._replace(content=content) for strip, content in zip(found, contents, strict=True)]


def _is_used(value: object) -> bool:
    return value is not None and value != ""


def _spot(address: str) -> Spot:
    place = sheet_place("", address)
    return place.row, place.column
