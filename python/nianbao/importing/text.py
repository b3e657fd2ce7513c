"""Reads a report from plain text, as word processors save it: the cells of tables are parted by tabs.

Layouts that keep blank cells are read by cells: a row on each line, its cells parted by tabs; or a cell on each line,
behind a tab, and a blank line after each row; or a row on each line, its cells parted by bars.  Any other text is searched for
labels (`stream`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..places import LinePlace
from ..reading import Reading
from .assemble import Part, assemble
from .grid import Cell, Grid, Row, is_labelled, is_statutory
from .tables import read_tables, refuse_two_versions

_RULE = re.compile(r"[\s|:-]+")
"""The line under the header of a Markdown table."""
_SENTENCE = re.compile(r"[。；！？]\s*$")


def read_text(text: str, source: str) -> Reading:
    """The report in `text`; `source` is what the file is called.  InputError if it has no statutory table."""
    parts = list(_grouped(_tabbed(text)))
    if any(is_statutory(part) for part in parts if not isinstance(part, Cell)):
        reading = assemble(parts, source)
        refuse_two_versions(_each_table(parts), reading)
        return reading
    streamed = _streamed(text, source)
    # No way of reading gives a figure that is not certain: the one that gives more is the better one.  Where bars part the
    # cells, the texts between the tables are certain too.
    barred = list(_grouped(_barred(text)))
    if not any(is_labelled(part) for part in barred if not isinstance(part, Cell)):
        return streamed
    return max(read_tables(barred, source), streamed, key=lambda reading: len(reading.report.values))


def _streamed(text: str, source: str) -> Reading:
    """The report in running text; InputError if tables are there twice with other figures."""
    from .stream import other_tables, stream_parts

    parts = stream_parts(text, source)
    reading = assemble(parts, source, beside=text)
    refuse_two_versions(_each_table([*parts, other_tables(text, source)]), reading)
    return reading


def _each_table(parts: Iterable[Part]) -> list[tuple[str, list[Grid]]]:
    return [("", [part]) for part in parts if not isinstance(part, Cell)]


def _grouped(pieces: Iterable[Cell | Row]) -> Iterator[Part]:
    """Paragraphs, and the rows between two of them as a table; a blank paragraph only parts tables."""
    rows: list[Row] = []
    for piece in pieces:
        if not isinstance(piece, Cell):
            rows.append(piece)
            continue
        if rows:
            yield tuple(rows)
            rows = []
        if piece.text.strip():
            yield piece
    if rows:
        yield tuple(rows)


def _barred(text: str) -> Iterator[Cell | Row]:
    """The paragraphs, and the rows whose cells are parted by bars."""
    for number, line in enumerate(_lines(text), 1):
        if line.count("|") <= 1:
            yield Cell(line, LinePlace(number))
        elif not _RULE.fullmatch(line):
            yield tuple(Cell(cell.strip(), LinePlace(number)) for cell in line.strip().strip("|").split("|"))


def _tabbed(text: str) -> Iterator[Cell | Row]:
    """The paragraphs, and the rows whose cells are parted by tabs."""
    row: list[Cell] = []
    for number, line in enumerate(_lines(text), 1):
        if _is_cell(line):
            row.append(Cell(line[1:], LinePlace(number)))
        elif row and _continues(line):
            row[-1] = row[-1]._replace(text=f"{row[-1].text}\n{line}")
        else:
            if row:
                yield tuple(row)
                row = []
            if "\t" in line and not _SENTENCE.search(line):
                yield tuple(Cell(cell, LinePlace(number)) for cell in line.split("\t"))
            elif line.strip():
                yield Cell(line, LinePlace(number))
    if row:
        yield tuple(row)


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _is_cell(line: str) -> bool:
    """Whether the line is one cell: a tab and its text, if that is no sentence."""
    return line.startswith("\t") and line.count("\t") == 1 and not _SENTENCE.search(line)


def _continues(line: str) -> bool:
    """Whether the line may be the next one of the cell above."""
    return "\t" not in line and line.strip() != "" and not _SENTENCE.search(line)
