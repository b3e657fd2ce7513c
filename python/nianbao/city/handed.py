"""One file that came in from a unit, and all of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from ..check import Checked
from ..findings import Finding, Severity
from ..report import Report
from .decisions import Decision
from .members import By, Member

Period = tuple[int | None, str]
"""Year and edition: only reports that share both can be added up."""


class Handed(NamedTuple):
    """One file that came in, under the `name` that people know it by.

    `problem` is why it is not added up, None if it is; `member` the unit that it is from, None while that is not known;
    `shown`: its figures stand beside the sum without being part of it.
    """

    name: str
    checked: Checked
    member: Member | None = None
    by: By = By.NOTHING
    problem: Finding | None = None
    shown: bool = False

    @property
    def told(self) -> Checked:
        """The file with everything found in it, `problem` first; only that where nobody has to do anything about it."""
        found = self.checked.findings
        if self.problem is None or self.problem in found:
            return self.checked
        rest = () if self.problem.severity is Severity.INFO else found
        return self.checked._replace(findings=(self.problem, *rest))

    @property
    def report(self) -> Report | None:
        """What the file holds, None where it could not be read."""
        return self.checked.reading.report if self.checked.reading else None

    @property
    def agency(self) -> str:
        """The unit as the roster calls it; as the file does, where it is none of the roster."""
        return self.member.name if self.member else self.report.agency if self.report else ""

    @property
    def is_added(self) -> bool:
        """Whether its figures are part of the sum."""
        return self.problem is None


class Intake(NamedTuple):
    """All that came in, in the order of the files.

    `due` are the units of the roster that a report is to be added of, none without a roster.  `excused`: units that need
    not report, with the reason.  `findings` are those of no single file.  `decisions`: what the office decided, followed
    or not.
    """

    period: Period
    handed: tuple[Handed, ...]
    members: tuple[Member, ...]
    due: tuple[Member, ...] = ()
    excused: Mapping[Member, str] = MappingProxyType({})
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()
