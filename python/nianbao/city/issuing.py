"""下发: one prefilled report for each unit of the roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..checks.merging import b07_nothing_taken, g03_listed, g05_not_last_year
from ..findings import Finding, Severity
from ..formfile import load_form
from ..opening import empty_report, open_year
from ..outputs import file_name
from ..reading import Reading
from ..report import Report
from ..workbook.contents import Listing
from ..workbook.names import NOTICE
from .members import Match, Member, Roster
from .versions import differ, newest

_LEVELS = {"部门": "政府部门", "乡镇街道": "乡镇政府、街道办事处"}
"""What the kind of a unit says of its level; other kinds may be of several."""
_KEPT = ("level", "rulemaking")
"""What a unit said of itself last year that is so this year."""
_LONGEST = 60
"""Characters of a unit's name in the name of its file: systems allow 255 bytes in all."""


class Issued(NamedTuple):
    """What one unit gets; `findings` tell what of last year could not be taken over."""

    member: Member
    file_name: str
    report: Report
    findings: tuple[Finding, ...] = ()


class LastYear(NamedTuple):
    """Last year's report of each unit that has one; `findings` tell which files were not used."""

    reports: Mapping[Member, Report]
    findings: tuple[Finding, ...] = ()


def issued(
    roster: Roster, year: int, last: Mapping[Member, Report] | None = None, round_number: int = 1
) -> Iterator[Issued]:
    """A report to fill for every unit, in the order of the roster; InputError if there is no form for `year`.

    Units that are not counted get one too.  `last` are last year's reports, where there are any: who has none there is told.
    """
    names = _file_names([each.name for each in roster.members], year)
    for member, name in zip(roster.members, names, strict=True):
        before = None if last is None else last.get(member)
        report = empty_report(year, member.name)._replace(particulars=_particulars(member, before, round_number))
        new = Issued(member, name, report, tuple(_overdue(member, year)))
        yield _opened(new, before, expected=last is not None)


def _overdue(member: Member, year: int) -> Iterator[Finding]:
    """A deadline before the year is over was left from an earlier one."""
    if member.deadline and member.deadline.year <= year:
        message = f"{member.name}：名册里的截止日期是 {member.deadline}，{year} 年度还没有结束。请改名册里的截止日期。"
        yield g03_listed(message)


def _opened(new: Issued, before: Report | None, *, expected: bool) -> Issued:
    """`new` with what its report takes over."""
    if before is None:
        return new._replace(findings=(*new.findings, _without(new.member, new.report))) if expected else new
    opened = open_year(before, load_form(new.report.edition), new.report.year or 0, new.member.name)
    found = tuple(each._replace(message=f"{new.member.name}：{each.message}") for each in opened.findings)
    return new._replace(
        report=new.report._replace(values=opened.values, last=opened.last), findings=(*new.findings, *found)
    )


def _without(member: Member, report: Report) -> Finding:
    last = (report.year or 0) - 1
    message = f"{member.name}：没有找到 {last} 年度的报告，上年结转等数没有带入。请放入上年报告重新下发，或由单位自填。"
    return b07_nothing_taken(message)


def _particulars(member: Member, before: Report | None, round_number: int) -> Mapping[str, str]:
    said = before.particulars if before else {}
    known = {"level": _LEVELS.get(member.kind, "")} | {key: said[key] for key in _KEPT if said.get(key)}
    found = {"code": member.code, **known, "round": str(round_number)}
    return {key: text for key, text in found.items() if text}


def _file_names(agencies: Iterable[str], year: int) -> Iterator[str]:
    """``某某局2024年度政府信息公开工作年度报告.xlsx``, numbered where a system would take two for one."""
    met = set[str]()
    for agency in agencies:
        stem = file_name(f"{agency[:_LONGEST]}{year}年度政府信息公开工作年度报告")
        numbered = (f"{stem}-{number}" if number > 1 else stem for number in range(1, len(met) + 2))
        free = next(each for each in numbered if each.casefold() not in met)
        met.add(free.casefold())
        yield f"{free}.xlsx"


def last_reports(roster: Roster, readings: Iterable[Reading], year: int) -> LastYear:
    """Those of `readings` that a report for `year` takes over from, by unit.

    Of several of one unit that differ the one of the highest round is used, none if that does not decide.
    """
    found, findings = defaultdict[Member, list[Reading]](list), list[Finding]()
    for reading in readings:
        match = roster.match(reading.report)
        if reading.report.year != year - 1:
            said = f"是 {reading.report.year} 年度" if reading.report.year else "没有写年度"
            findings.append(g05_not_last_year(_unused(reading, f"{said}，不是 {year - 1} 年度的报告")))
        elif match.member is None:
            findings.append(g03_listed(_unused(reading, _unknown(match))))
        else:
            found[match.member].append(reading)
    chosen = {member: newest(several) for member, several in found.items()}
    findings += [_several(member, several, chosen[member]) for member, several in found.items() if differ(several)]
    return LastYear({member: each.report for member, each in chosen.items() if each}, tuple(findings))


def _several(member: Member, several: Sequence[Reading], chosen: Reading | None) -> Finding:
    files = "、".join(each.source for each in several)
    if chosen is not None:
        message = f"{member.name}：上年报告有 {len(several)} 份（{files}），用了报送轮次最高的 {chosen.source}。"
        return g03_listed(message, severity=Severity.INFO)
    message = (
        f"{member.name}：上年报告有 {len(several)} 份（{files}），数不相同，分不清用哪一份，都没有用。请只留一份。"
    )
    return g03_listed(message)


def _unused(reading: Reading, why: str) -> str:
    return f"{reading.source}（{reading.report.agency or '没有写单位名称'}）：{why}，没有用。"


def _unknown(match: Match) -> str:
    """Why a report was not recognised, and whose it might be."""
    near = "、".join(f"“{each.name}”" for each in match.near)
    return f"{match.by}（{near}，请核对是不是）" if near else f"{match.by}"


def notice(new: Issued) -> Listing:
    """A sheet that tells a unit what was filled in for it, and until when the report is due."""
    day = new.member.deadline
    due = f"{day.year}年{day.month}月{day.day}日" if day else "没有规定"
    rows = (
        ("单位名称", new.member.name),
        ("单位代码", new.member.code),
        ("报告年度", str(new.report.year)),
        ("报送轮次", new.report.particulars.get("round", "")),
        ("截止日期", due),
        ("上年的数", f"带入 {len(new.report.values)} 格，请核对" if new.report.values else "没有带入"),
        *(("注意", each.message) for each in new.findings),
    )
    return Listing(NOTICE, NOTICE, "由汇总单位填写，供核对。", (("项目", "内容"),), (14, 80), rows)
