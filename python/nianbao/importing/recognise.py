"""Recognises the statutory tables among the tables of a document, whatever file they came from.

A row is taken only if it is certain which cells of the form it fills; every other row that holds figures becomes
a finding that quotes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..checks.reading import of_figure, r02_refused
from ..errors import NoTablesError
from ..figures import Figure, Flag, read_figure
from ..findings import Finding
from ..form import CellKey, Form
from ..formfile import load_form
from ..places import Place
from .grid import Row, quoted
from .labels import edition_of, normal
from .scan import Candidate, candidates

_ANOTHER = "与前面同名的一行不一致，认不准用哪一行"


class Recognised(NamedTuple):
    """The figures of a document, where they stood, and what reading them found."""

    edition: str
    values: Mapping[CellKey, Decimal | None]
    places: Mapping[CellKey, Place]
    findings: tuple[Finding, ...]


def recognise(rows: Sequence[Row], year: int | None, source: str) -> Recognised:
    """The figures in the `rows` of statutory tables, from top to bottom of the document; NoTablesError if none.

    `year` decides on the edition where no label does.
    """
    if not rows:
        raise NoTablesError(source)
    form = load_form(edition_of((normal(cell.text) for row in rows for cell in row), year, source))
    figures: dict[CellKey, Figure] = {}
    places: dict[CellKey, Place] = {}
    findings: list[Finding] = []
    doubtful: set[CellKey] = set()
    # A row of blanks without a label is a row left empty or a gap in a header: it counts where nothing else does.
    for candidate in sorted(candidates(form, rows), key=lambda candidate: candidate.is_empty):
        read = _figures(form, candidate)
        if candidate.why:
            findings.append(_refused(candidate, candidate.why))
        elif _is_another(candidate, read, figures):
            findings.append(_refused(candidate, _ANOTHER))
            doubtful |= read.keys()
        elif not read.keys() & figures.keys():
            figures |= read
            places |= _places(candidate)
            findings += _remarks(form, read, places)
    if not figures and not findings:
        raise NoTablesError(source)
    sure = {cell: figure for cell, figure in figures.items() if cell not in doubtful}
    values = {cell: figure.value for cell, figure in sure.items() if figure.flag is not Flag.REFUSED}
    return Recognised(form.edition, values, places, tuple(findings))


def _figures(form: Form, candidate: Candidate) -> dict[CellKey, Figure]:
    pairs = zip(candidate.cells, candidate.figures, strict=False)
    return {key: read_figure(cell.text, form.kind(key)) for key, cell in pairs}


def _places(candidate: Candidate) -> dict[CellKey, Place]:
    pairs = zip(candidate.cells, candidate.figures, strict=True)
    return {key: cell.place for key, cell in pairs if cell.place is not None}


def _is_another(candidate: Candidate, read: Mapping[CellKey, Figure], figures: Mapping[CellKey, Figure]) -> bool:
    """Whether a row was found before with other figures, so that nobody knows which of the two is right."""
    differs = any(_said(read[key]) != _said(figures[key]) for key in read.keys() & figures.keys())
    return differs and not candidate.is_empty


def _said(figure: Figure) -> Decimal | str | None:
    return figure.raw if figure.flag is Flag.REFUSED else figure.value


def _refused(candidate: Candidate, why: str) -> Finding:
    place = next((cell.place for cell in candidate.row if not cell.is_blank), None)
    return r02_refused(candidate.where, quoted(candidate.row), why, place, candidate.cells)


def _remarks(form: Form, read: Mapping[CellKey, Figure], places: Mapping[CellKey, Place]) -> list[Finding]:
    found = (of_figure(key, figure, form, places.get(key)) for key, figure in read.items())
    return [finding for finding in found if finding is not None]
