"""What a check found: data, never an exception."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from .form import CellKey
from .places import Place


class Severity(StrEnum):
    """How much a finding matters, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """What users read."""
        return {"error": "错误", "warning": "提醒", "info": "说明"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


class State(StrEnum):
    """Whether a finding still asks for action."""

    OPEN = "open"
    EXPLAINED = "explained"
    BETA = "beta"


class Suspect(NamedTuple):
    """A cell that, changed to `value`, would mend what is broken, and why it is suspected."""

    cell: CellKey
    value: Decimal
    why: str


class Finding(NamedTuple):
    """One broken rule, at one place.

    `cells` are the cells concerned, in the order of the form; `place` says where a finding stands
    that concerns none.  `left` and `right` are the two sides of a balance, both or neither given, and `subject` names the
    row or column that a balance is about.
    """

    rule: str
    severity: Severity
    message: str
    cells: tuple[CellKey, ...] = ()
    left: Decimal | None = None
    right: Decimal | None = None
    suspects: tuple[Suspect, ...] = ()
    state: State = State.OPEN
    place: Place | None = None
    subject: str = ""

    @property
    def difference(self) -> Decimal | None:
        """Left minus right."""
        return None if self.left is None or self.right is None else self.left - self.right

    @property
    def is_open_error(self) -> bool:
        """Whether this must be dealt with before the report goes out."""
        return self.severity is Severity.ERROR and self.state is State.OPEN


def by_place(findings: Iterable[Finding], order: Mapping[CellKey, int]) -> tuple[Finding, ...]:
    """Findings about the file first, then those about cells in the order of the form."""

    def key(finding: Finding) -> tuple[int, str]:
        return (min((order[cell] for cell in finding.cells), default=-1), finding.rule)

    return tuple(sorted(findings, key=key))
