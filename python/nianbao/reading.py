"""What came out of a file: a report, where its cells stood, and what the reader had to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .findings import Finding
from .form import CellKey
from .places import Place
from .report import Report


@dataclass(frozen=True, slots=True)
class Reading:
    """`source` is the file's name; `findings` are those of reading (R rules and V03)."""

    source: str
    report: Report
    findings: tuple[Finding, ...] = ()
    places: Mapping[CellKey, Place] = field(default_factory=dict)

    @property
    def noted(self) -> frozenset[CellKey]:
        """The cells that a finding of reading speaks of already."""
        return frozenset(cell for finding in self.findings for cell in finding.cells)

    def place(self, finding: Finding) -> Place | None:
        """Where `finding` stands in the file, as far as known."""
        return finding.place or next((self.places[cell] for cell in finding.cells if cell in self.places), None)
