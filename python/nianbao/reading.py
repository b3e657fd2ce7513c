"""What came out of a file: a report, where its cells stood, and what the reader had to say."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from .findings import Finding
from .form import CellKey, Form
from .formfile import load_form
from .places import Place, span
from .report import Report


class Reading(NamedTuple):
    """`source` is the file's name; `findings` are those of reading (R rules and V03).

    `text_places` say where the text of each chapter begins.  `summary` says that the report is itself the sum of many,
    `ours` that it came from a workbook of ours.  `headings` are those that a document writes, by chapter, in its order;
    `labels` those of rows and columns that it writes otherwise, by the form's own wording.
    """

    source: str
    report: Report
    findings: tuple[Finding, ...] = ()
    places: Mapping[CellKey, Place] = MappingProxyType({})
    summary: bool = False
    text_places: Mapping[str, Place] = MappingProxyType({})
    ours: bool = False
    stated: Mapping[str, tuple[str, Place | None]] = MappingProxyType({})
    names: tuple[str, ...] = ()
    headings: Mapping[str, tuple[str, Place | None]] = MappingProxyType({})
    labels: Mapping[str, tuple[str, Place | None]] = MappingProxyType({})

    @property
    def form(self) -> Form:
        """The form as the source printed it, its source-only rows included."""
        return load_form(self.report.edition).holding(self.report.values.keys() | self.noted)

    @property
    def noted(self) -> frozenset[CellKey]:
        """The cells that a finding of reading speaks of already."""
        return frozenset(cell for finding in self.findings for cell in finding.cells)

    def where(self, finding: Finding) -> str:
        """Where `finding` stands in the file, "" if that is not known."""
        if finding.place is not None:
            return str(finding.place)
        places = [self.places[cell] for cell in finding.cells if cell in self.places]
        return span(places) if places else ""
