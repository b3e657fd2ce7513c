"""Makes a report of the parts of a document: its paragraphs and tables, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ..errors import NoTablesError
from ..formfile import load_form
from ..reading import Reading
from ..report import Report, clean_part
from .chapters import chapter_paragraphs, chapter_texts, read_title, signed
from .grid import Cell, Grid, Row, is_statutory, quoted
from .headings import other_labels, written_headings
from .recognise import recognise
from .stated import stated

Part = Cell | Grid
"""A paragraph, or a table."""


def assemble(parts: Iterable[Part], source: str, in_doubt: int | None = None, beside: str = "") -> Reading:
    """The report that `parts` make; `source` is what the file is called.  NoTablesError without a statutory table.

    A table that is none of the form's is kept as text, a paragraph for each of its rows.  The year `in_doubt` decides on
    the edition where neither a label nor a title does.  `beside` is what is known of the document, if `parts` are not all.
    """
    paragraphs: list[Cell] = []
    rows: list[Row] = []
    for part in parts:
        if isinstance(part, Cell):
            paragraphs.append(part)
        elif is_statutory(part):
            rows += part
        else:
            paragraphs += _flat(part)
    if not rows:
        raise NoTablesError(source, [each.text for each in paragraphs])
    title = read_title([each.text for each in paragraphs])
    found = recognise(rows, title.year or in_doubt, source)
    body = [each for at, each in enumerate(paragraphs) if at not in title.paragraphs]
    form, lines = load_form(found.edition), [each.text for each in body]
    ends = signed(lines, form)
    lines = ["" if at in ends.values() else line for at, line in enumerate(lines)]
    starts = {**ends, **{key: numbers[0] for key, numbers in chapter_paragraphs(lines, form).items()}}
    texts = {key: clean_part(key, body[at].text) for key, at in ends.items()}
    report = Report(found.edition, title.year, title.agency, found.values, {**chapter_texts(lines, form), **texts})
    places = {key: place for key, at in starts.items() if (place := body[at].place)}
    said = {name: (each.text, each.place) for name, each in stated(body).items()}
    return Reading(
        source,
        report,
        found.findings,
        found.places,
        text_places=places,
        stated=said,
        headings=written_headings(body, rows, form, beside),
        labels=other_labels(form, rows),
    )


def _flat(grid: Grid) -> Iterator[Cell]:
    # Cells of one row on several lines may well be paragraphs that begin with a tab.
    for row in grid:
        for place, cells in groupby(row, key=lambda cell: cell.place):
            yield Cell(quoted(cells), place)
