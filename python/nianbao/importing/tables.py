"""Puts the tables of a document, whose columns are known, into the shape of the form.

Where a table has a grid, a figure belongs to the header above it, whatever stands beside the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import NamedTuple

from ..errors import InputError, NoTablesError
from ..form import CellKey, Form, Line, Table
from ..formfile import load_form
from ..reading import Reading
from ..report import Values
from ..wording import table_name
from .assemble import Part, assemble
from .chapters import read_title
from .grid import Cell, Grid, Row, is_labelled, quoted
from .labelled import Labelled, labelled
from .labels import edition_of, labels_of, normal, spellings
from .limits import guard_text


def read_tables(parts: Iterable[Part], source: str, in_doubt: int | None = None) -> Reading:
    """The report that paragraphs and tables make; `source` is what the file is called.  NoTablesError without a statutory table.

    Every row of a table has all its positions: a merged cell stands at its upper left, blanks at the others.  The year
    `in_doubt` decides on the edition where neither a label nor a title does.
    """
    found = tuple(parts)
    lines = [line for part in found for line in _lines(part)]
    if not any(is_labelled(part) for part in found if not isinstance(part, Cell)):
        raise NoTablesError(source, lines)
    year = read_title(lines).year or in_doubt
    guard_text(lines, source)
    labels = (normal(cell.text) for part in found if not isinstance(part, Cell) for row in part for cell in row)
    form = load_form(edition_of(labels, year, source))
    return assemble((part if isinstance(part, Cell) else tuple(tidied(form, part)) for part in found), source, in_doubt)


def refuse_two_versions(grids: Iterable[tuple[str, Sequence[Grid]]], reading: Reading) -> None:
    """InputError if a document has a table twice, and the figures differ: those of two years or offices, say.

    `grids` come with the name of the sheet that they stand on, "" where there are no sheets.
    """
    said: dict[CellKey, tuple[str, Decimal | None]] = {}
    for name, tables in grids:
        values = _values(tables, reading)
        for key in values.keys() & said.keys():
            other, before = said[key]
            if before != values[key]:
                where = f"在工作表“{other}”和“{name}”里都有" if name else "的表不止一份"
                what = f"“{table_name(reading.form, key.table)}”{where}，数不一样"
                raise InputError(reading.source, what, "请只留要用的一份")
        said |= {key: (name, value) for key, value in values.items()}


def _values(grids: Sequence[Grid], reading: Reading) -> Values:
    """The figures of some tables by themselves."""
    year = reading.report.year or load_form(reading.report.edition).first_year
    with suppress(InputError):
        return read_tables(grids, reading.source, year).report.values
    return {}


def _lines(part: Part) -> Iterator[str]:
    if isinstance(part, Cell):
        yield part.text
    else:
        yield from map(quoted, part)


class _Above(NamedTuple):
    """What stands above a row: the labels over each column, and the columns that a table printed across fills."""

    labels: Mapping[int, frozenset[str]]
    across: tuple[int, ...]


def tidied(form: Form, grid: Grid) -> Iterator[Row]:
    """The rows of a table without what stands beside it, every figure in the place that the form gives it."""
    above = _Above({}, ())
    for row in grid:
        if found := labelled(form, row):
            yield _figures_of(found[0], above) if len(found) == 1 else row
            above = above._replace(across=())
        elif above.across and not any(cell.is_words for cell in row):
            yield _at(row, above.across)
        elif _has_figures(form, row, above):
            yield row
        else:
            yield _heads(form, row)
            above = _after(form, above, row)


def _has_figures(form: Form, row: Row, above: _Above) -> bool:
    """Whether figures stand under the header in a row that bears no row's label."""
    names = labels_of(form).columns
    return (
        sum(not labels.isdisjoint(names) and row[at].is_figure for at, labels in above.labels.items() if at < len(row))
        > 1
    )


def _heads(form: Form, row: Row) -> Row:
    """The labels of the form in a row; another row as it stands."""
    known = tuple(cell if normal(cell.text) in labels_of(form).every else cell._replace(text="") for cell in row)
    return known if any(cell.text for cell in known) else row


def _after(form: Form, above: _Above, row: Row) -> _Above:
    """What stands above the row below `row`."""
    written = {at: normal(cell.text) for at, cell in enumerate(row) if not cell.is_blank}
    if any(label in labels_of(form).titles for label in written.values()):
        return _Above({}, ())
    empty: frozenset[str] = frozenset()
    labels = {**above.labels, **{at: above.labels.get(at, empty) | {label} for at, label in written.items()}}
    return _Above(labels, _across(form, labels))


def _across(form: Form, labels: Mapping[int, frozenset[str]]) -> tuple[int, ...]:
    """The columns under a header that names every cell of a table printed across, in the order of the form."""
    for table in form.tables.values():
        due = [spellings(column) for _ in table.rows for column in table.columns]
        heads = [at for at in sorted(labels) if labels[at] & frozenset().union(*due)]
        fits = len(heads) == len(due) and all(labels[at] & names for at, names in zip(heads, due, strict=True))
        if table.printed == "across" and fits:
            return tuple(heads)
    return ()


def _figures_of(found: Labelled, above: _Above) -> Row:
    """The label and the figures under the header, padded as the form prints them; the row as it stands where that fails."""
    places = _columns(found.table, above)
    if not places or _is_mixed(found, places):
        return found.row
    blank = Cell("")
    padded = [blank] * found.lead
    for at, column in sorted((at, column) for column, at in places.items()):
        padded += [found.row[at], *[blank] * (column.span - 1)]
    return (found.row[found.at], *padded)


def _columns(table: Table, above: _Above) -> Mapping[Line, int]:
    """Where each column of `table` stands; nothing unless that is certain of all, and no two stand in one place."""
    under = {
        column: [at for at, labels in above.labels.items() if labels & spellings(column)] for column in table.columns
    }
    places = {column: at[0] for column, at in under.items() if len(at) == 1}
    return places if len(set(places.values())) == len(table.columns) else {}


def _is_mixed(found: Labelled, places: Mapping[Line, int]) -> bool:
    """Whether a figure stands between the label and the last column under no header, or the row ends too early."""
    last = max(places.values())
    if last >= len(found.row) or min(places.values()) <= found.at:
        return True
    return any(found.row[at].is_figure for at in range(last) if at not in places.values())


def _at(row: Row, places: Sequence[int]) -> Row:
    """The cells of a row at `places`; all of it where a figure stands between them."""
    between = (cell for at, cell in enumerate(row[: places[-1]]) if at not in places)
    if any(cell.is_figure for cell in between) or places[-1] >= len(row):
        return row
    return tuple(row[at] for at in places)
