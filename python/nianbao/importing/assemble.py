"""Makes a report of the parts of a document: its paragraphs and tables, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ..formfile import load_form
from ..reading import Reading
from ..report import Report
from .chapters import chapter_texts, read_title
from .grid import Grid, Row, is_statutory, quoted
from .recognise import recognise

Part = str | Grid


def assemble(parts: Iterable[Part], source: str, in_doubt: int | None = None) -> Reading:
    """The report that `parts` make; `source` is what the file is called.  InputError without a statutory table.

    A table that is none of the form's is kept as text, a paragraph for each of its rows.  The year `in_doubt` decides on
    the edition where neither a label nor a title does.
    """
    paragraphs: list[str] = []
    rows: list[Row] = []
    for part in parts:
        if isinstance(part, str):
            paragraphs.append(part)
        elif is_statutory(part):
            rows += part
        else:
            paragraphs += _flat(part)
    title = read_title(paragraphs)
    found = recognise(rows, title.year or in_doubt, source)
    body = [paragraph for at, paragraph in enumerate(paragraphs) if at not in title.paragraphs]
    texts = chapter_texts(body, load_form(found.edition))
    report = Report(found.edition, title.year, title.agency, found.values, texts)
    return Reading(source, report, found.findings, found.places)


def _flat(grid: Grid) -> Iterator[str]:
    # Cells of one row on several lines may well be paragraphs that begin with a tab.
    for row in grid:
        for _, cells in groupby(row, key=lambda cell: cell.place):
            yield quoted(cells)
