"""Summaries for tests: what came in, taken in and merged as `nianbao merge` does it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from builders import busy_report, cell, changed, zero_report
from nianbao.check import Checked, check
from nianbao.checks.reading import r01_unreadable
from nianbao.city.accepting import explained
from nianbao.city.board import positions
from nianbao.city.changes import changes
from nianbao.city.decisions import DIGEST, Choice, Decision, followed
from nianbao.city.handed import Handed, Intake
from nianbao.city.intake import Rules, take_in
from nianbao.city.members import Member, Roster
from nianbao.city.merge import Merged, merge
from nianbao.city.previous import Previous, read_previous
from nianbao.city.summary import Story, build_summary
from nianbao.errors import InputError
from nianbao.formfile import load_form
from nianbao.reading import Reading
from nianbao.report import Fee, Report
from nianbao.reportjson import to_data
from nianbao.workbook.adjusted import to_confirm
from nianbao.workbook.contents import Adjusting, Adjustment, Unread

TODAY = date(2024, 2, 1)
NOTHING_SAID = Adjusting()
CHARGED = {"2019": "procurement/central/amount", "2021": "fees/fee/charged"}
"""A cell that holds 万元."""


def handed_in(report: Report, name: str = "", *, summary: bool = False, digest: str = "") -> Checked:
    """`report` as a checked file."""
    reading = Reading(name or f"{report.agency}.xlsx", report, summary=summary)
    return Checked(Path(reading.source), reading, check(reading), digest)


def unreadable(name: str, why: str = "文件加了打开密码") -> Checked:
    """A file that cannot be read."""
    return Checked(Path(name), None, (r01_unreadable(InputError(name, why, "请去掉密码后另存")),))


def unit(
    agency: str, changes: Mapping[str, int | str | None] | None = None, edition: str = "2021", **particulars: str
) -> Report:
    """The report of `agency`: round, code and so on, and other figures than the usual ones."""
    plain = busy_report(edition)._replace(agency=agency, particulars=particulars)
    return changed(plain, changes or {})


def idle(agency: str, changes: Mapping[str, int | str | None] | None = None, **particulars: str) -> Report:
    """The report of a unit where nothing happened, but for `changes`."""
    plain = zero_report()._replace(agency=agency, particulars=particulars)
    return changed(plain, changes or {})


def taken(
    checked: Iterable[Checked],
    agency: str = "示例市",
    roster: Roster | None = None,
    decisions: Sequence[Decision] = (),
    today: date = TODAY,
) -> Intake:
    """What became of every file."""
    files = {each.file.as_posix(): each for each in checked}
    decided = followed(decisions, {name: each.digest for name, each in files.items()})
    intake = take_in(files, Rules(agency, roster, decided, today))
    return intake._replace(decisions=tuple(decisions))


def file_of(intake: Intake, name: str) -> Handed:
    """What became of one file."""
    return next(each for each in intake.handed if each.name == name)


def why_not(intake: Intake, name: str) -> str:
    """Why a file is not added up, "" if it is."""
    problem = file_of(intake, name).problem
    return problem.message if problem else ""


def added(intake: Intake) -> list[str]:
    """The files that are added up."""
    return [each.name for each in intake.handed if each.is_added]


def summed(
    checked: Iterable[Checked],
    agency: str = "示例市",
    roster: Roster | None = None,
    decisions: Sequence[Decision] = (),
    said: Adjusting = NOTHING_SAID,
) -> Merged:
    """What `checked` add up to."""
    return merge(taken(checked, agency, roster, decisions), agency, said)


def summary_of(merged: Merged) -> bytes:
    """The summary workbook."""
    return build_summary(merged, merged.report, Story(positions(merged.intake, {}), TODAY))


def earlier(merged: Merged) -> Previous:
    """The summary, read back as the one made before."""
    return read_previous(summary_of(merged), "汇总.xlsx")


def member(name: str, kind: str = "部门", **more: object) -> Member:
    """A unit of a roster."""
    plain = Member(name, "", (), kind, "", counted=True, contact="", telephone="", deadline=None)
    return plain._replace(**more)  # type: ignore[arg-type]


def roster(*members: Member) -> Roster:
    """A roster of `members`."""
    return Roster("名册.xlsx", members)


def decision(choice: Choice, file: str = "", unit: str = "", reason: str = "核实过", digest: str = "") -> Decision:
    """What the office decided."""
    return Decision(file, unit, choice, reason, "张三", "2024-2-1", digest)


def put(path: Path, report: Report) -> Path:
    """`report` in a file of its own, the quickest to write and to read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(to_data(Reading(path.name, report)), ensure_ascii=False), "utf-8")
    return path


@cache
def busy_city(edition: str) -> Merged:
    """A sum with something of everything: kinds, a vertical unit, questions, errors, adjustments, a unit that is missing."""
    wrong = {"requests/received/company": 9, "requests/received/total": 25}
    kinds = {"市政府办": "本级", "示例县": "县区", "税务局": "垂直"}
    names = ("市政府办", "甲局", "乙局", "丙局", "丁局", "示例县", "税务局")
    known = roster(*(member(name, kinds.get(name, "部门"), deadline=date(2024, 1, 20)) for name in names))
    reports = [unit(name, edition=edition) for name in ("市政府办", "甲局", "示例县", "税务局")]
    reports[1] = changed(reports[1], wrong)._replace(texts={"overview": "甲局的文字", "problems": "一\n二"})
    if edition == "2021":
        reports[0] = reports[0]._replace(fee=Fee(charged=True, pieces=Decimal(2), yuan=Decimal("60.5")))
    files = [handed_in(each, digest=f"{at}" * 64) for at, each in enumerate(reports)]
    files += [handed_in(unit("丁局", {CHARGED[edition]: at}, edition), f"丁{at}.xlsx") for at in range(2)]
    said = [
        decision(Choice.ACCEPT, "甲局.xlsx", reason="核实过"),
        decision(Choice.NO_REPORT, unit="丙局", reason="已撤并"),
        decision(Choice.LEAVE, "没有.xlsx"),
    ]
    return summed([*files, unreadable("坏.xlsx")], roster=known, decisions=said, said=adjusting(edition))


def adjusting(edition: str) -> Adjusting:
    """What an office may write on 调整数: twice about one cell, in decimals, and what cannot be followed."""
    granted, charged = cell("requests/outcome.granted/company"), cell(CHARGED[edition])
    amounts = ((granted, "3"), (granted, "-1"), (charged, "0.000001"))
    confirmed = to_confirm(load_form(edition))[-1]
    return Adjusting(
        confirmed=(Adjustment(confirmed, Decimal(5), "核定"),),
        adjustments=tuple(Adjustment(key, Decimal(amount), "漏报", "张三", "2月1日") for key, amount in amounts),
        unread=(Unread(14, "没有这一格", "三个", "漏报", "", "", "认不出位置"),),
    )


def busy_summary(edition: str) -> bytes:
    """The summary of `busy_city`, made after another one, with everything that it may tell."""
    merged = busy_city(edition)
    files = [each.checked for each in merged.intake.handed if each.agency in {"市政府办", "税务局"}]
    before = earlier(summed(files, roster=roster(*merged.intake.members)))
    merged = replace(merged, before=merged.report._replace(year=(merged.report.year or 0) - 1))
    own = changed(merged.report, {CHARGED[edition]: 1})
    found = positions(merged.intake, {"示例县": "2" * DIGEST})
    report = explained(merged.report._replace(texts={"overview": "全市的文字"}), merged.counted)
    return build_summary(merged, report, Story(found, TODAY, changes(before, merged), own))
