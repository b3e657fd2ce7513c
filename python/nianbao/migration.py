"""Moves a report onto the edition of the form that its year asks for (FORMS: what changed from 2019 to 2021).

Cells of the same key mean the same in both editions; what only the old one has stays behind, and is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from .checks.structure import s02_left_behind, s02_moved
from .findings import Finding
from .form import CellKey
from .formfile import edition_for, load_form
from .reading import Reading
from .report import Report


def migrated(reading: Reading) -> Reading:
    """`reading` as the edition of its year has it, what is to be said of the move before its findings.

    It stays as it is where its edition is that of its year, or none fits.
    """
    report = reading.report
    due = edition_for(report.year) if report.year is not None else None
    if due in {None, report.edition}:
        return reading
    new = load_form(str(due))
    known = {cell for table in new.tables.values() for cell in table.known_cells()}
    left = [cell for cell, value in report.values.items() if cell not in known and value]
    moved = report._replace(
        edition=new.edition,
        values={cell: value for cell, value in report.values.items() if cell in known},
        texts={key: text for key, text in report.texts.items() if key in new.text_keys},
    )
    read = (each._replace(cells=tuple(cell for cell in each.cells if cell in known)) for each in reading.findings)
    return reading._replace(report=moved, findings=(*_findings(report, moved, left), *read))


def _findings(report: Report, moved: Report, left: list[CellKey]) -> Iterator[Finding]:
    old, new = load_form(report.edition), load_form(moved.edition)
    yield s02_moved(old, new)
    tables = dict.fromkeys(cell.table for cell in left)
    for table in tables:
        yield s02_left_behind(old, [cell for cell in left if cell.table == table], report.values, new)
