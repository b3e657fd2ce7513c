"""Units whose figures come another way: up a line of their own, or in the total of the unit above them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..checks.merging import g03_not_added, g08_vertical, g09_under
from .handed import Handed
from .members import OWN, VERTICAL, Member, Roster


def placed(handed: Sequence[Handed], roster: Roster) -> list[Handed]:
    """`handed` with those left out of the sum, but shown, of which the roster says that their figures come another way."""
    found = [_aside(each) for each in handed]
    added = {each.member for each in found if each.is_added}
    return [_under(each, roster, added) for each in found]


def _aside(handed: Handed) -> Handed:
    member = handed.member
    if not handed.is_added or member is None or member.added:
        return handed
    problem = g08_vertical(member.name) if member.kind == VERTICAL else g03_not_added(member.name)
    return handed._replace(problem=problem, shown=True)


def _under(handed: Handed, roster: Roster, added: Collection[Member | None]) -> Handed:
    """`handed` left out if a superior, however far up, has its figures in a total that is added."""
    if not handed.is_added or handed.member is None:
        return handed
    above = (each for each in roster.above(handed.member) if each in added and each.kind != OWN)
    superior = next(above, None)
    return handed._replace(problem=g09_under(handed.agency, superior.name), shown=True) if superior else handed


def is_due(member: Member, roster: Roster, excused: Collection[Member]) -> bool:
    """Whether a report of `member` is to be added up: not where a superior is to add it up first."""
    above = (each for each in roster.above(member) if each not in excused)
    return member.added and not any(each.added and each.kind != OWN for each in above)
