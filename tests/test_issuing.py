"""下发: what every unit of the roster gets, and what it takes over from last year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import PurePath

import pytest

from builders import busy_report, cell, changed
from nianbao.check import check
from nianbao.city.issuing import Issued, issued, last_reports, notice
from nianbao.city.members import By, Member, Roster
from nianbao.errors import InputError
from nianbao.findings import Severity
from nianbao.reading import Reading
from nianbao.report import Report, Totals
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents, carried
from nianbao.workbook.cover import LEVELS
from nianbao.workbook.names import COVER, NOTICE
from nianbao.workbook.read import read_workbook
from nianbao.workbook.sheets import open_sheets


def unit(
    name: str, code: str = "", kind: str = "部门", *, counted: bool = True, deadline: date | None = None
) -> Member:
    """A unit of the roster."""
    return Member(name, code, (f"原{name}",), kind, "", counted, "张三", "13800000000", deadline)


def report(agency: str, code: str = "", number: str = "", changes: dict[str, int] | None = None) -> Report:
    """The report of `agency` for 2023, handed in for the `number`th time."""
    said = {key: text for key, text in (("code", code), ("round", number)) if text}
    return changed(busy_report()._replace(agency=agency, particulars=said), changes or {})


def reading(name: str, of: Report) -> Reading:
    """`of` as it was read from the file `name`."""
    return Reading(name, of)


JIA, YI, BING = unit("甲局", "1132"), unit("乙镇", kind="乡镇街道"), unit("丙税务局", kind="垂直", counted=False)
ROSTER = Roster("名册.xlsx", (JIA, YI, BING))


def told(new: Issued) -> list[str]:
    """What is said to go with what a unit gets."""
    return [each.message for each in new.findings]


def test_every_unit_gets_a_report_counted_or_not() -> None:
    found = list(issued(ROSTER, 2024, round_number=2))
    assert [each.member for each in found] == [JIA, YI, BING]
    assert [each.file_name for each in found] == [
        f"{name}2024年度政府信息公开工作年度报告.xlsx" for name in ("甲局", "乙镇", "丙税务局")
    ]
    assert [each.report.particulars for each in found] == [
        {"code": "1132", "level": "政府部门", "round": "2"},
        {"level": "乡镇政府、街道办事处", "round": "2"},
        {"round": "2"},
    ]
    assert all(each.report[:3] == ("2021", 2024, each.member.name) for each in found)
    assert all(each.report.totals is Totals.AUTOMATIC and not each.report.values for each in found)
    assert all(each.findings == () for each in found)


def test_levels_are_those_of_the_cover() -> None:
    kinds = ("本级", "部门", "乡镇街道", "县区", "垂直")
    roster = Roster("x", tuple(unit(kind, kind=kind) for kind in kinds))
    levels = [each.report.particulars.get("level") for each in issued(roster, 2024)]
    assert set(levels) - {None} < set(LEVELS)
    assert [kind for kind, level in zip(kinds, levels, strict=True) if level is None] == ["本级", "县区", "垂直"]


def test_last_years_figures_are_taken_over_and_who_has_none_is_told() -> None:
    last = report("甲局（旧名）")._replace(particulars={"level": "其他单位", "rulemaking": "没有", "contact": "旧址"})
    first, second, _ = issued(ROSTER, 2024, {JIA: last})
    assert first.report.values[cell("requests/brought_forward/company")] == 0
    assert first.report.values[cell("requests/brought_forward/natural_person")] == Decimal(1)
    assert cell("requests/brought_forward/total") not in first.report.values
    assert first.report.last
    assert first.report.agency == "甲局"
    assert first.report.particulars == {"code": "1132", "level": "其他单位", "rulemaking": "没有", "round": "1"}
    assert told(first) == []
    assert second.report.values == {}
    assert told(second) == [
        "乙镇：没有找到 2023 年度的报告，上年结转等数没有带入。请放入上年报告重新下发，或由单位自填。"
    ]


def test_a_total_that_was_left_behind_is_told_with_its_unit() -> None:
    first, *_ = issued(ROSTER, 2024, {JIA: report("甲局", changes={"requests/carried_forward/total": 7})})
    (message,) = told(first)
    assert message.startswith("甲局：")
    assert "7" in message


@pytest.mark.parametrize(
    ("deadline", "late"), [(date(2025, 1, 20), False), (date(2024, 12, 31), True), (date(2024, 1, 20), True)]
)
def test_a_deadline_of_another_year_is_told(deadline: date, late: bool) -> None:  # noqa: FBT001
    (new,) = issued(Roster("x", (unit("甲局", deadline=deadline),)), 2024)
    assert [f"截止日期是 {deadline}" in message for message in told(new)] == [True] * late


@pytest.mark.parametrize(("year", "edition"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2099, "2021")])
def test_the_edition_is_that_of_the_year(year: int, edition: str) -> None:
    assert {each.report.edition for each in issued(ROSTER, year)} == {edition}


@pytest.mark.parametrize("year", [2018, 2100, 24])
def test_a_year_without_a_form_is_refused(year: int) -> None:
    with pytest.raises(InputError, match="2019 年度及以后"):
        list(issued(ROSTER, year))


def test_file_names_are_safe_and_never_the_same() -> None:
    names = ["甲/局", "甲:局", "甲局a", "甲局A", "../../x", "很长的名字" * 40, "很长的名字" * 41]
    found = [each.file_name for each in issued(Roster("x", tuple(map(unit, names))), 2024)]
    assert len({name.casefold() for name in found}) == len(names)
    assert all(PurePath(name).name == name and len(name.encode()) < 256 and name.endswith(".xlsx") for name in found)
    assert not any(set(name) & set('\\/:*?"<>|') or name.startswith(".") for name in found)


def test_last_years_reports_are_found_by_code_name_and_alias() -> None:
    mine, theirs, alias = report("改了名的局", "1132"), report("乙 镇"), report("原丙税务局")
    found = last_reports(ROSTER, [reading("1", mine), reading("2", theirs), reading("3", alias)], 2024)
    assert found.reports == {JIA: mine, YI: theirs, BING: alias}
    assert found.findings == ()


@pytest.mark.parametrize(
    ("of", "why"),
    [
        (report("甲局室"), "不在名册里（“甲局”"),
        (report("某某公司"), "不在名册里，没有用"),
        (report("乙镇", "1132"), "代码和名称分属两个单位（“甲局”、“乙镇”"),
        (report("甲局")._replace(year=2022), "2022 年度，不是 2023 年度"),
        (report("甲局")._replace(year=None), "没有写年度"),
        (report(""), "没有写单位名称"),
    ],
)
def test_what_is_not_used_is_told_with_its_file(of: Report, why: str) -> None:
    found = last_reports(ROSTER, [reading("旧表.xlsx", of)], 2024)
    assert found.reports == {}
    (finding,) = found.findings
    assert finding.message.startswith("旧表.xlsx（")
    assert why in finding.message


MORE, MOST = {"licensing/licence/handled": 121}, {"licensing/licence/handled": 122}


@pytest.mark.parametrize(
    ("rounds", "used", "severities"),
    [
        ([("1", {}), ("1", {})], 0, []),
        ([("", {}), ("2", {})], 1, []),
        ([("1", {}), ("2", MORE)], 1, [Severity.INFO]),
        ([("2", MORE), ("10", MOST), ("1", {})], 1, [Severity.INFO]),
        ([("2", MORE), ("1", {}), ("2", MORE)], 0, [Severity.INFO]),
        ([("1", {}), ("1", MORE)], None, [Severity.WARNING]),
        ([("", {}), ("2", MORE)], None, [Severity.WARNING]),
        ([("二", {}), ("2", MORE)], None, [Severity.WARNING]),
    ],
)
def test_of_several_the_highest_round_is_used_or_none(
    rounds: list[tuple[str, dict[str, int]]], used: int | None, severities: list[Severity]
) -> None:
    several = [report("甲局", "", number, changes) for number, changes in rounds]
    found = last_reports(ROSTER, [reading(f"{n}.xlsx", each) for n, each in enumerate(several)], 2024)
    assert found.reports == ({} if used is None else {JIA: several[used]})
    assert [each.severity for each in found.findings] == severities
    assert all(f"{n}.xlsx" in each.message for each in found.findings for n in range(len(several)))


def test_a_workbook_that_was_issued_comes_back_to_its_unit() -> None:
    roster = Roster("x", (unit("甲局", "1132", deadline=date(2025, 1, 20)), YI))
    new, _ = issued(roster, 2024, {roster.members[0]: report("甲局")}, 3)
    data = build_workbook(Contents(carried(new.report), listings=(notice(new),)))
    back = read_workbook(data, new.file_name)
    assert back.report.particulars == new.report.particulars
    assert {key: back.report.values[key] for key in new.report.values} == new.report.values
    assert roster.match(back.report._replace(agency="改名局")) == (new.member, By.CODE, ())
    shown = [str(value) for row in open_sheets(data, "x")[NOTICE] for value in row]
    assert {"2025年1月20日", "1132", "3", f"带入 {len(new.report.values)} 格，请核对"} <= set(shown)
    assert not {"张三", "13800000000"} & {str(value) for row in open_sheets(data, "x")[COVER] for value in row}


def test_what_is_issued_has_no_fault_but_that_it_is_blank() -> None:
    new, *_ = issued(ROSTER, 2024, {JIA: report("甲局")})
    data = build_workbook(Contents(carried(new.report), listings=(notice(new),)))
    assert {each.rule for each in check(read_workbook(data, "x.xlsx"))} <= {"V01", "V02"}
