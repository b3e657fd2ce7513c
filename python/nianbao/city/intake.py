"""What came in from the units: whose each file is, and whether it is added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ..check import Checked
from ..checks.merging import (
    g03_decided_out,
    g03_lapsed,
    g03_missing,
    g03_unknown,
    g03_unlisted,
    g03_unnamed,
    g05_other_period,
    g07_no_own_office,
    g09_own_summary,
)
from ..errors import InputError
from ..findings import Finding, State
from ..report import Report
from .choosing import one_of_each
from .decisions import Choice, Decided, Decision
from .handed import Handed, Intake, Period
from .levels import is_due, placed
from .members import OWN, By, Match, Member, Roster, name_key


class Rules(NamedTuple):
    """What decides about files: the name of the city, its roster (None: none was given), its decisions, and the day it is."""

    agency: str
    roster: Roster | None
    decided: Decided
    today: date


def take_in(files: Mapping[str, Checked], rules: Rules) -> Intake:
    """Whose each file is and whether it is added up; InputError if no year prevails or nothing can be added.

    A summary under the name of the city is its own earlier one; where the city has no name every summary may be,
    and none is added.
    """
    left = {name: problem for name in files if (problem := _decided_out(name, files[name], rules))}
    usable = [each.reading.report for name, each in files.items() if each.reading and name not in left]
    if files and not usable:
        name, checked = next(iter(files.items()))
        raise _nothing_to_add(name, left.get(name) or checked.findings[0])
    period = _prevailing(usable)
    handed = [_handed(name, each, left.get(name), rules, period) for name, each in files.items()]
    handed = one_of_each(handed, rules.decided)
    handed = placed(handed, rules.roster) if rules.roster else handed
    if not any(each.is_added for each in handed):
        raise next(_nothing_to_add(each.name, each.problem) for each in handed if each.problem)
    return _complete(period, tuple(handed), rules)


def _nothing_to_add(name: str, problem: Finding) -> InputError:
    return InputError(name, "没有一份报表能计入汇总", problem.message.removesuffix("。"))


def _prevailing(reports: Sequence[Report]) -> Period:
    found = Counter((report.year, report.edition) for report in reports if report.year is not None).most_common(2)
    if not found:
        raise InputError("汇总", "没有一份报表写明年度", "请在各工作簿的封面填写报告年度")
    if len(found) > 1 and found[0][1] == found[1][1]:
        both = "、".join(_period_name(period) for period, _ in found)
        what = f"{both}各有 {found[0][1]} 份，无法判断汇总哪一种"
        raise InputError("汇总", what, "请把不同年度的报表分放在不同文件夹")
    return found[0][0]


def _period_name(period: Period) -> str:
    return f"{period[0]} 年度（{period[1]} 版式）" if period[0] else "没有填写年度"


def _decided_out(name: str, checked: Checked, rules: Rules) -> Finding | None:
    """Why the office left a file out, or its unit, None if it did not."""
    decision = _decision(Choice.LEAVE, name, checked, rules)
    return g03_decided_out(decision.reason, decision.by) if decision else None


def _decision(choice: Choice, name: str, checked: Checked, rules: Rules) -> Decision | None:
    """What was decided of a file, or of the unit that it is from."""
    decision = rules.decided.files.get(name, {}).get(choice)
    if decision is not None or checked.reading is None:
        return decision
    named = {name_key(unit): each for unit, each in rules.decided.units.items() if each.choice is choice}
    member = rules.roster.match(checked.reading.report).member if named and rules.roster else None
    names = (*(member.names if member else ()), checked.reading.report.agency)
    return next((named[key] for key in map(name_key, names) if key in named), None)


def _accepted(name: str, checked: Checked, rules: Rules) -> Checked:
    """`checked` with its open errors explained by the office, if it decided to take the figures as they are."""
    decision = _decision(Choice.ACCEPT, name, checked, rules)
    if decision is None:
        return checked
    said = f"已说明：按决定照原数计入，{decision.reason}"
    findings = (
        each._replace(state=State.EXPLAINED, message=f"{each.message}{said}") if each.is_open_error else each
        for each in checked.findings
    )
    return checked._replace(findings=tuple(findings))


def _handed(name: str, checked: Checked, left: Finding | None, rules: Rules, period: Period) -> Handed:
    """A file with the unit it is from, and whether it can be added up whatever the others are."""
    if checked.reading is None:
        match = _matched(name, Report("", None, ""), rules)
        return Handed(name, checked, match.member, match.by, left or checked.findings[0])
    report = checked.reading.report
    match = _matched(name, report, rules)
    handed = Handed(name, _accepted(name, checked, rules), match.member, match.by, left)
    if left is not None:
        return handed
    own = (report.year, report.edition)
    if own != period:
        return handed._replace(problem=g05_other_period(*own, *period))
    if checked.reading.summary and rules.agency in {"", report.agency}:
        return handed._replace(problem=g09_own_summary(), member=None)
    if match.member is None:
        near = [each.name for each in match.near]
        return handed._replace(
            problem=g03_unknown(report.agency, str(match.by), near) if report.agency else g03_unnamed()
        )
    return handed


def _matched(name: str, report: Report, rules: Rules) -> Match:
    """The unit that a file is from: as decided, by the roster, or by its own name where there is no roster."""
    decision = rules.decided.files.get(name, {}).get(Choice.BELONGS)
    agency = decision.unit if decision else report.agency
    if rules.roster is None:
        return Match(_nameless(agency), By.NAME) if agency else Match(None, By.NOTHING)
    if decision:
        match = rules.roster.match(Report(report.edition, report.year, agency))
        return match._replace(by=By.DECISION) if match.member else match
    return rules.roster.match(report)


def _nameless(agency: str) -> Member:
    """A unit of which nothing but its name is known."""
    return Member(agency, "", (), "", "", counted=True, contact="", telephone="", deadline=None)


def _complete(period: Period, handed: tuple[Handed, ...], rules: Rules) -> Intake:
    """The intake with what is missing, and what is to be said of it as a whole."""
    lapsed = [g03_lapsed(str(decision), why) for decision, why in (*rules.decided.lapsed, *_idle(handed, rules))]
    roster = rules.roster
    if roster is None:
        members = tuple(dict.fromkeys(each.member for each in handed if each.member))
        return Intake(period, handed, members, findings=(g03_unlisted(sum(each.is_added for each in handed)), *lapsed))
    excused = dict(_excused(roster, rules.decided))
    there = {each.member for each in handed}
    due = tuple(each for each in roster.members if each not in excused and is_due(each, roster, excused))
    missing = [each for each in due if each not in there]
    overdue = {each.name: days for each in missing if (days := days_over(each, rules.today))}
    own = () if any(each.kind == OWN for each in roster.members) else (g07_no_own_office(),)
    findings = (*roster.findings, *own, *g03_missing([each.name for each in missing], overdue), *lapsed)
    return Intake(period, handed, roster.members, due, excused, findings)


def _idle(handed: Sequence[Handed], rules: Rules) -> Iterable[tuple[Decision, str]]:
    """Decisions about units that change nothing, and why."""
    came = {name_key(each.report.agency) for each in handed if each.report}
    added = {each.member for each in handed if each.is_added}
    for decision in rules.decided.units.values():
        member = _member(decision.unit, rules.roster)
        if member is None and name_key(decision.unit) not in came:
            yield decision, "名册里没有这个单位" if rules.roster else "没有收到这个单位的文件"
        elif decision.choice is Choice.NO_REPORT and member in added:
            yield decision, "收到了这个单位的报表，已经计入"


def _member(unit: str, roster: Roster | None) -> Member | None:
    return roster.match(Report("", None, unit)).member if roster else None


def _excused(roster: Roster, decided: Decided) -> Iterable[tuple[Member, str]]:
    """Units that need not report, and those that are left out by name: nothing is missing from them."""
    about_files = (each for named in decided.files.values() for each in named.values())
    for decision in (*decided.units.values(), *about_files):
        member = _member(decision.unit, roster)
        if member is not None and decision.choice in {Choice.LEAVE, Choice.NO_REPORT}:
            yield member, decision.reason


def days_over(member: Member, today: date) -> int:
    """How many days ago the deadline of a unit was; 0 while it has not passed, or where there is none."""
    return max((today - member.deadline).days, 0) if member.deadline else 0
