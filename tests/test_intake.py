"""What came in from the units: whose each file is, whether it is added up, and who is missing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from builders import busy_report
from cities import added, file_of, handed_in, idle, member, roster, taken, unit, unreadable, why_not
from nianbao.city.board import EXPLAINED, HANDED_IN, MISSING, RETURNED, WRONG, positions
from nianbao.city.handed import Intake
from nianbao.city.members import By, Member, Roster
from nianbao.errors import InputError
from nianbao.explanations import broken_now
from nianbao.findings import Severity
from nianbao.formfile import load_form
from nianbao.report import Explanation, Fee, Report

OFFICE = member("示例市人民政府办公室", "本级")
JIA = member("示例市甲局", code="11320000000000001X", aliases=("甲委",))
YI = member("示例市乙局")
COUNTY = member("示例县", "县区")
TOWN = member("柳林镇", "乡镇街道", superior="示例县")
TAXES = member("示例市税务局", "垂直", counted=False)
ROSTER = roster(OFFICE, JIA, YI, COUNTY, TOWN, TAXES)


def of(*reports: Report, roster: Roster | None = ROSTER, agency: str = "示例市") -> Intake:
    """`reports`, one file of each unit."""
    return taken([handed_in(each) for each in reports], agency, roster)


def states(intake: Intake) -> dict[str, str]:
    """How far each unit has come."""
    return {each.member.name: each.state for each in positions(intake, {})}


@pytest.mark.parametrize(
    ("report", "by"),
    [
        (unit("随便什么局", code="11320000000000001x"), By.CODE),
        (unit("示例市 甲局"), By.NAME),
        (unit("甲委"), By.ALIAS),
    ],
)
def test_a_unit_is_recognised_by_code_name_or_former_name(report: Report, by: By) -> None:
    found = file_of(taken([handed_in(report, "a.xlsx")], roster=ROSTER), "a.xlsx")
    assert (found.member, found.by, found.is_added) == (JIA, by, True)


def test_a_name_that_is_only_like_one_is_asked_about() -> None:
    intake = of(unit("示例市甲局办公室"), unit("示例市乙局"))
    assert added(intake) == ["示例市乙局.xlsx"]
    why = why_not(intake, "示例市甲局办公室.xlsx")
    assert "“示例市甲局办公室”不在名册里（是不是“示例市甲局”" in why
    assert "选“属于该单位”并写单位名称" in why


def test_the_code_of_one_and_the_name_of_another_is_nobodys() -> None:
    intake = of(unit("示例市乙局", code=JIA.code), unit("甲委"))
    assert "代码和名称分属两个单位" in why_not(intake, "示例市乙局.xlsx")
    assert added(intake) == ["甲委.xlsx"]


def test_the_same_content_twice_counts_once() -> None:
    files = [handed_in(unit("示例市甲局"), name) for name in ("a.xlsx", "b/a.xlsx")]
    intake = taken(files, roster=ROSTER)
    assert added(intake) == ["a.xlsx"]
    found = file_of(intake, "b/a.xlsx").problem
    assert found is not None
    assert found.severity is Severity.INFO
    assert found.message == "没有计入汇总：与 a.xlsx 的数完全相同，那一份已经计入。"


def test_the_higher_round_counts_whatever_its_name() -> None:
    two, one = unit("示例市甲局", {"fees/fee/charged": 7}, round="２"), unit("示例市甲局", round="1")
    intake = taken([handed_in(two, "a.xlsx"), handed_in(one, "b（最终）.xlsx")], roster=ROSTER)
    assert added(intake) == ["a.xlsx"]
    assert why_not(intake, "b（最终）.xlsx") == "没有计入汇总：报送轮次是 1，a.xlsx 是第 2 轮，用的是那一份。"


@pytest.mark.parametrize(
    ("rounds", "why"),
    [(("2", "2"), "报送轮次都是 2"), (("", "3"), "有的没有写报送轮次"), (("1", "2", "2"), "第 2 轮有几份")],
)
def test_where_rounds_do_not_decide_people_are_asked(rounds: tuple[str, ...], why: str) -> None:
    files = [
        handed_in(unit("示例市甲局", {"fees/fee/charged": at}, round=said), f"{at}.xlsx")
        for at, said in enumerate(rounds)
    ]
    intake = taken([*files, handed_in(unit("示例市乙局"))], roster=ROSTER)
    assert added(intake) == ["示例市乙局.xlsx"]
    assert all(why in why_not(intake, f"{at}.xlsx") for at in range(len(rounds)))
    assert states(intake)["示例市甲局"] == WRONG


@pytest.mark.parametrize("order", [1, -1])
def test_equal_figures_with_other_fees_are_not_the_same(order: int) -> None:
    """What chapter six says of the fee is added up, too."""
    fees = [Fee(charged=True, pieces=Decimal(pieces), yuan=Decimal(60)) for pieces in (1, 2)]
    files = [handed_in(unit("示例市甲局", round="1")._replace(fee=fee), f"{at}.xlsx") for at, fee in enumerate(fees)]
    intake = taken([*files[::order], handed_in(unit("示例市乙局"))], roster=ROSTER)
    assert added(intake) == ["示例市乙局.xlsx"]


def test_a_document_that_says_nothing_of_fees_is_the_same() -> None:
    book = unit("示例市甲局", round="1")._replace(fee=Fee(charged=True, pieces=Decimal(1), yuan=Decimal(60)))
    intake = taken([handed_in(unit("示例市甲局"), "a.docx"), handed_in(book, "b.xlsx")], roster=ROSTER)
    assert added(intake) == ["b.xlsx"]


@pytest.mark.parametrize(
    ("report", "rule", "why"),
    [
        (unit("示例市甲局")._replace(year=2022), "G05", "是 2022 年度的报表，这次汇总的是 2023 年度"),
        (
            busy_report("2019")._replace(agency="示例市甲局", year=2023),
            "G05",
            "用的是 2019 版式，2023 年度应当用 2021 版式",
        ),
        (unit("示例市甲局")._replace(year=None), "G05", "没有填写年度"),
        (unit(""), "G03", "没有填写单位名称，不知道是哪个单位"),
    ],
)
def test_what_cannot_be_added_is_told_with_its_file(report: Report, rule: str, why: str) -> None:
    files = [handed_in(report, "怪.xlsx"), handed_in(unit("示例市乙局")), handed_in(unit("示例县"))]
    intake = taken(files, roster=ROSTER)
    found = file_of(intake, "怪.xlsx").problem
    assert found is not None
    assert (found.rule, found.is_open_error) == (rule, True)
    assert why in found.message


def test_no_year_prevails() -> None:
    with pytest.raises(InputError, match="2023 年度（2021 版式）、2022 年度（2021 版式）各有 1 份，无法判断汇总哪一种"):
        of(unit("示例市甲局"), unit("示例市乙局")._replace(year=2022))


def test_units_without_a_year_do_not_outvote_one_with() -> None:
    lost = [unit(name)._replace(year=None) for name in ("示例市甲局", "示例市乙局")]
    intake = of(*lost, unit("示例县"))
    assert intake.period == (2023, "2021")
    assert why_not(intake, "示例市甲局.xlsx").endswith("请核对，是 2023 年度的请补填年度再交。")
    with pytest.raises(InputError, match="没有一份报表写明年度"):
        of(*lost)


def test_a_vertical_unit_is_shown_and_not_added() -> None:
    intake = of(unit("示例市税务局"), unit("示例市甲局"))
    found = file_of(intake, "示例市税务局.xlsx")
    assert (found.is_added, found.shown) == (False, True)
    assert (
        why_not(intake, "示例市税务局.xlsx") == "没有计入汇总：名册里“示例市税务局”是垂直管理的单位，只列出，不相加。"
    )
    assert states(intake)["示例市税务局"] == HANDED_IN


def test_a_unit_that_the_roster_does_not_add_is_shown() -> None:
    apart = roster(JIA, member("示例中学", counted=False))
    intake = of(unit("示例中学"), unit("示例市甲局"), roster=apart)
    assert file_of(intake, "示例中学.xlsx").shown
    assert why_not(intake, "示例中学.xlsx") == "没有计入汇总：名册里“示例中学”的“计入汇总”是“否”。"


def test_a_town_is_not_added_beside_the_total_of_its_county() -> None:
    intake = of(unit("示例县"), unit("柳林镇"))
    assert added(intake) == ["示例县.xlsx"]
    assert file_of(intake, "柳林镇.xlsx").shown
    assert why_not(intake, "柳林镇.xlsx") == "没有计入汇总：“柳林镇”的数由上级“示例县”的汇总计入，再加就重复了。"


def test_without_the_total_of_its_county_a_town_is_added() -> None:
    intake = of(unit("柳林镇"))
    assert added(intake) == ["柳林镇.xlsx"]
    assert "示例县" in intake.findings[0].message


def test_levels_are_not_added_twice_however_many_there_are() -> None:
    street = member("柳林街道", "乡镇街道", superior="示例县", counted=False)
    village = member("东村", "乡镇街道", superior="柳林街道")
    intake = of(*map(unit, ("示例县", "柳林街道", "东村")), roster=roster(COUNTY, street, village))
    assert added(intake) == ["示例县.xlsx"]


def test_superiors_in_a_circle_lose_nobody() -> None:
    circle = roster(member("甲", superior="乙"), member("乙", superior="甲"))
    assert len(added(of(unit("甲"), unit("乙"), roster=circle))) == 2


def test_what_reports_to_the_government_itself_is_no_second_level() -> None:
    under = member("示例市政务服务中心", superior="示例市人民政府办公室")
    intake = of(unit("示例市人民政府办公室"), unit("示例市政务服务中心"), roster=roster(OFFICE, under))
    assert len(added(intake)) == 2


def test_a_superior_that_adds_nothing_is_no_second_level() -> None:
    free = member("示例新区", "县区", counted=False)
    town = TOWN._replace(superior="示例新区")
    intake = of(unit("示例新区"), unit("柳林镇"), roster=roster(free, town))
    assert added(intake) == ["柳林镇.xlsx"]


def test_the_citys_own_summary_is_not_added_again_but_a_countys_is() -> None:
    files = [
        handed_in(unit("示例市"), "老.xlsx", summary=True),
        handed_in(unit("示例县"), summary=True),
        handed_in(unit("示例市甲局")),
    ]
    for known in (ROSTER, None):
        intake = taken(files, roster=known)
        assert added(intake) == ["示例县.xlsx", "示例市甲局.xlsx"]
        assert "是汇总表，计入会与各单位重复" in why_not(intake, "老.xlsx")
        assert "示例市" not in states(intake)


def test_without_a_name_no_summary_is_added() -> None:
    intake = taken([handed_in(unit("示例县"), summary=True), handed_in(unit("示例市甲局"))], "", ROSTER)
    assert added(intake) == ["示例市甲局.xlsx"]


def test_who_is_missing_is_told_with_the_days_since_the_deadline() -> None:
    late = JIA._replace(deadline=date(2024, 1, 20))
    intake = of(unit("示例市人民政府办公室"), roster=roster(OFFICE, late, YI, TAXES))
    (found,) = intake.findings
    assert (found.rule, found.severity) == ("G03", Severity.ERROR)
    assert found.message.startswith("还有 2 个单位没有收到能读的报表：示例市甲局（逾期 12 天）、示例市乙局。请催报")
    assert states(intake) == {
        "示例市人民政府办公室": HANDED_IN,
        "示例市甲局": MISSING,
        "示例市乙局": MISSING,
        "示例市税务局": MISSING,
    }


def test_on_the_day_itself_nobody_is_late() -> None:
    today = date(2024, 1, 20)
    for deadline, days in ((today, ""), (today + timedelta(1), ""), (today - timedelta(1), "（逾期 1 天）")):
        known = roster(OFFICE, JIA._replace(deadline=deadline))
        (found,) = taken([handed_in(unit(OFFICE.name))], roster=known, today=today).findings
        assert f"示例市甲局{days}。" in found.message


def test_a_roster_without_the_government_itself_is_told() -> None:
    (found,) = of(unit("示例市甲局"), roster=roster(JIA)).findings
    assert (found.rule, found.severity) == ("G07", Severity.INFO)


def test_a_file_that_cannot_be_read_is_told_and_its_unit_is_missing() -> None:
    intake = taken([unreadable("甲局.xlsx"), handed_in(unit("示例市乙局"))], roster=roster(JIA, YI))
    assert "文件加了打开密码" in why_not(intake, "甲局.xlsx")
    assert any("示例市甲局" in each.message for each in intake.findings)


def test_nothing_that_could_be_added_is_told_by_its_first_reason() -> None:
    two = [handed_in(unit("示例市甲局"), "a.xlsx"), handed_in(idle("示例市甲局"), "b.xlsx")]
    with pytest.raises(InputError, match=r"a\.xlsx.*没有一份报表能计入汇总.*分不清用哪一份.*[^。]。$"):
        taken(two)
    with pytest.raises(InputError, match=r"甲\.xlsx.*没有一份报表能计入汇总.*文件加了打开密码"):
        taken([unreadable("甲.xlsx"), unreadable("乙.xlsx")])
    with pytest.raises(InputError, match="没有一份报表写明年度"):
        taken([])


def test_without_a_roster_every_unit_counts_once_and_that_is_told() -> None:
    files = [handed_in(unit(name)) for name in "甲乙"]
    files += [handed_in(unit("丙", {"fees/fee/charged": at}), f"丙{at}.xlsx") for at in range(2)]
    intake = taken(files)
    assert added(intake) == ["甲.xlsx", "乙.xlsx"]
    (found,) = intake.findings
    assert (found.rule, found.severity) == ("G03", Severity.INFO)
    assert found.message.startswith("没有给单位名册：收到的 2 个单位各计一次，没有核对是否收齐")
    assert states(intake) == {"甲": HANDED_IN, "乙": HANDED_IN, "丙": WRONG}


def test_names_are_compared_without_spaces_and_widths() -> None:
    intake = taken([handed_in(unit("甲局（筹）"), "a.xlsx"), handed_in(unit("甲局 (筹)"), "b.xlsx")])
    assert len(added(intake)) == 1


def test_errors_of_a_unit_show_on_the_board_until_they_are_explained() -> None:
    wrong = handed_in(unit("示例市甲局", {"requests/received/total": 99}), digest="ab" * 32)
    intake = taken([wrong, handed_in(unit("示例市乙局"))], roster=roster(JIA, YI))
    assert states(intake) == {"示例市甲局": WRONG, "示例市乙局": HANDED_IN}
    sent = {each.member.name: each.state for each in positions(intake, {"示例市甲局": "ab" * 6})}
    assert sent["示例市甲局"] == RETURNED
    again = {each.member.name: each.state for each in positions(intake, {"示例市甲局": "cd" * 6})}
    assert again["示例市甲局"] == WRONG


def test_a_unit_may_have_explained_its_errors_itself() -> None:
    wrong = unit("示例市甲局", {"requests/received/total": 99})
    about = broken_now(load_form("2021"), wrong)
    said = wrong._replace(explanations=tuple(Explanation(each, "机构划转") for each in about))
    assert states(of(wrong))["示例市甲局"] == WRONG
    assert states(of(said))["示例市甲局"] == EXPLAINED


def test_members_stay_in_the_order_of_the_roster() -> None:
    intake = of(unit("示例市乙局"), unit("示例市甲局"))
    names: list[Member] = [each.member for each in positions(intake, {})]
    assert names == list(ROSTER.members)
