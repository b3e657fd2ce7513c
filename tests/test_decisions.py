"""决定: what the office decides about files and units, in a file or on the sheet, followed or told why not."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cities import (
    added,
    decision,
    earlier,
    file_of,
    handed_in,
    member,
    roster,
    summary_of,
    summed,
    taken,
    unit,
    unreadable,
    why_not,
)
from nianbao.check import Checked, open_errors
from nianbao.city.board import EXPLAINED, WRONG, positions
from nianbao.city.decisions import HEADS, Choice, Decision, decisions_on, read_decisions
from nianbao.city.handed import Intake
from nianbao.city.members import By
from nianbao.city.previous import read_previous
from nianbao.errors import InputError
from nianbao.findings import Severity, State
from nianbao.workbook.names import DECISIONS
from nianbao.workbook.sheets import open_sheets

JIA, YI, COUNTY = member("甲局"), member("乙局"), member("示例县", "县区")
ROSTER = roster(member("示例市政府办", "本级"), JIA, YI)
WRONG_FIGURES = {"requests/received/company": 9, "requests/received/total": 25}
FROM_ALL = [handed_in(unit("示例市政府办")), handed_in(unit("甲局"), digest="a" * 64), handed_in(unit("乙局"))]


def lapsed(intake: Intake) -> list[str]:
    """What is said of decisions that were not followed."""
    return [each.message for each in intake.findings if each.message.startswith("决定")]


def read(text: str) -> tuple[Decision, ...]:
    return read_decisions(text.encode(), "decisions.toml")


def test_a_file_of_decisions_is_read() -> None:
    text = """
[[decision]]
file = "部门\\\\甲局.xlsx"
choice = "照原数计入"
reason = "已电话核实"
by = "张三"
date = 2024-02-01
digest = "0123456789ab"
[[decision]]
unit = "乙局"
choice = "不用报"
reason = "已撤并"
"""
    assert read("\ufeff" + text) == (
        Decision("部门/甲局.xlsx", "", Choice.ACCEPT, "已电话核实", "张三", "2024-02-01", "0123456789ab"),
        Decision("", "乙局", Choice.NO_REPORT, "已撤并"),
    )
    assert read("# 还没有\n") == ()


@pytest.mark.parametrize(
    ("text", "message"),
    {
        "[[decision]]\nchoice = 不计入": "不是能读的 TOML 文件",
        "[[decision]]\nchoice = “不计入”": "不是能读的 TOML 文件",
        'file = "a.xlsx"': r"每条决定要写在 \[\[decision\]\] 下面",
        '[decision]\nchoice = "不计入"': r"每条决定要写在 \[\[decision\]\] 下面",
        '[[decisions]]\nchoice = "不计入"': r"每条决定要写在 \[\[decision\]\] 下面",
        'decision = ["不计入"]': r"decisions.toml 第 1 条.*写法不对",
        '[[decision]]\nchoice = "不计入"\nfile = ["a", "b"]': r"第 1 条.*写法不对",
        '[[decision]]\nchoice = "不计入"\nfile = 1.5': r"第 1 条.*写法不对",
        '[[decision]]\nchoice = "不计入"\n"文件" = "a"': "没有“文件”这一项.*可以写 file、choice、unit",
        '[[decision]]\nchoice = "不计入"\n文件 = "a"': "不是能读的 TOML 文件，第 3 行看不懂",
        '[[decision]]\nchoice = "不计入"\n[[decision]]\nfile = "a"': "第 2 条.*choice 是“”.*请写 属于该单位、用这一份",
        '[[decision]]\nchoice = "不要"': "choice 是“不要”",
    }.items(),
)
def test_what_is_no_file_of_decisions_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(text)


def test_a_file_in_another_encoding_is_refused() -> None:
    with pytest.raises(InputError, match="存为 UTF-8"):
        read_decisions('[[decision]]\nchoice = "不计入"'.encode("gbk"), "decisions.toml")


def test_a_file_is_given_to_a_unit() -> None:
    files = [*FROM_ALL[:2], handed_in(unit("乙局办公室"), "x.xlsx")]
    intake = taken(files, roster=ROSTER, decisions=[decision(Choice.BELONGS, "x.xlsx", "乙局")])
    found = file_of(intake, "x.xlsx")
    assert (found.is_added, found.agency, found.by) == (True, "乙局", By.DECISION)
    asked = taken(files, roster=ROSTER, decisions=[decision(Choice.BELONGS, "x.xlsx", "丙局")])
    assert "“乙局办公室”不在名册里" in why_not(asked, "x.xlsx")


def test_a_file_that_cannot_be_read_may_still_be_somebodys() -> None:
    files = [*FROM_ALL[:2], unreadable("x.xlsx")]
    intake = taken(files, roster=ROSTER, decisions=[decision(Choice.BELONGS, "x.xlsx", "乙局")])
    assert file_of(intake, "x.xlsx").agency == "乙局"
    assert {each.member.name: each.state for each in positions(intake, {})}["乙局"] == WRONG


@pytest.mark.parametrize("chosen", ["0.xlsx", "1.xlsx"])
def test_of_several_files_the_chosen_one_counts(chosen: str) -> None:
    files = [handed_in(unit("甲局", {"fees/fee/charged": at}, round="1"), f"{at}.xlsx") for at in range(2)]
    intake = taken([*files, FROM_ALL[2]], roster=ROSTER, decisions=[decision(Choice.USE, chosen)])
    assert added(intake) == [chosen, "乙局.xlsx"]
    (other,) = {"0.xlsx", "1.xlsx"} - {chosen}
    assert why_not(intake, other) == f"没有计入汇总：按决定用的是 {chosen}。"


def test_a_file_is_left_out_with_the_reason() -> None:
    left = decision(Choice.LEAVE, "甲局.xlsx", reason="数字严重失实")
    intake = taken(FROM_ALL, roster=ROSTER, decisions=[left])
    assert why_not(intake, "甲局.xlsx") == "没有计入汇总：按决定不计入：数字严重失实（张三）。"
    assert file_of(intake, "甲局.xlsx").told.findings[0].severity is Severity.INFO
    assert not any("甲局" in each.message for each in intake.findings)


@pytest.mark.parametrize("known", [ROSTER, None])
def test_a_unit_is_left_out_with_all_its_files(known: object) -> None:
    files = [*FROM_ALL, handed_in(unit("甲局", {"fees/fee/charged": 9}, round="2"), "2.xlsx")]
    left = decision(Choice.LEAVE, unit="甲 局", reason="另报")
    intake = taken(files, roster=ROSTER if known else None, decisions=[left])
    assert added(intake) == ["示例市政府办.xlsx", "乙局.xlsx"]


def test_nothing_is_missing_from_a_unit_that_need_not_report() -> None:
    excused = decision(Choice.NO_REPORT, unit="甲局", reason="已撤并")
    intake = taken([FROM_ALL[0], FROM_ALL[2]], roster=ROSTER, decisions=[excused])
    assert intake.findings == ()
    (found,) = (each for each in positions(intake, {}) if each.member == JIA)
    assert (found.state, found.why) == (EXPLAINED, "已撤并")


def test_a_report_that_was_not_expected_is_told() -> None:
    intake = taken(FROM_ALL, roster=ROSTER, decisions=[decision(Choice.NO_REPORT, unit="甲局")])
    assert "甲局.xlsx" in added(intake)
    assert lapsed(intake) == ["决定“甲局”不用报没有用上：收到了这个单位的报表，已经计入。请改写或删去这条决定。"]


def test_figures_that_are_accepted_do_not_make_a_missing_report_good() -> None:
    accepted = decision(Choice.ACCEPT, unit="甲局")
    intake = taken([FROM_ALL[0], FROM_ALL[2]], roster=ROSTER, decisions=[accepted])
    assert "还有 1 个单位没有收到能读的报表：甲局" in intake.findings[0].message


def test_towns_of_a_county_that_need_not_report_are_expected_themselves() -> None:
    town = member("柳林镇", "乡镇街道", superior="示例县")
    excused = decision(Choice.NO_REPORT, unit="示例县", reason="各镇直接报")
    intake = taken([FROM_ALL[0]], roster=roster(ROSTER.members[0], COUNTY, town), decisions=[excused])
    assert "还有 1 个单位没有收到能读的报表：柳林镇" in intake.findings[0].message


@pytest.mark.parametrize("about", ["file", "unit"])
def test_figures_are_added_as_they_are(about: str) -> None:
    wrong = handed_in(unit("甲局", WRONG_FIGURES))
    said = decision(Choice.ACCEPT, *(("甲局.xlsx", "") if about == "file" else ("", "甲局")), reason="确实如此")
    before, after = (taken([wrong, FROM_ALL[0], FROM_ALL[2]], roster=ROSTER, decisions=each) for each in ([], [said]))
    assert open_errors(file_of(before, "甲局.xlsx").checked.findings) > 0
    findings = file_of(after, "甲局.xlsx").checked.findings
    assert open_errors(findings) == 0
    explained = next(each for each in findings if each.state is State.EXPLAINED)
    assert explained.message.endswith("已说明：按决定照原数计入，确实如此")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (decision(Choice.LEAVE, "甲局.xlsx", reason=""), "没有写原因"),
        (decision(Choice.LEAVE, unit="甲局", reason=""), "没有写原因"),
        (decision(Choice.ACCEPT, unit="甲局", reason=""), "没有写原因"),
        (decision(Choice.NO_REPORT, unit="甲局", reason=""), "没有写原因"),
        (decision(Choice.NO_REPORT, "甲局.xlsx", "甲局"), "这是对单位说的，不写文件；这个文件不要，请选“不计入”"),
        (decision(Choice.USE, unit="甲局"), "没有写文件"),
        (decision(Choice.BELONGS, "甲局.xlsx"), "没有写单位"),
        (decision(Choice.LEAVE), "没有写单位"),
        (decision(Choice.LEAVE, "丙局.xlsx"), "没有这个文件"),
        (decision(Choice.LEAVE, unit="丙局"), "名册里没有这个单位"),
        (decision(Choice.LEAVE, "甲局.xlsx", digest="b" * 12), "文件换过了，内容与当时不同"),
    ],
)
def test_a_decision_that_cannot_be_followed_is_told(said: Decision, why: str) -> None:
    intake = taken(FROM_ALL, roster=ROSTER, decisions=[said])
    assert len(added(intake)) == len(FROM_ALL)
    assert lapsed(intake) == [f"决定{said}没有用上：{why}。请改写或删去这条决定。"]


def test_without_a_roster_a_unit_that_sent_nothing_is_told() -> None:
    (told,) = lapsed(taken(FROM_ALL, decisions=[decision(Choice.LEAVE, unit="丙局")]))
    assert "没有收到这个单位的文件" in told


def test_a_decision_holds_for_the_file_it_was_made_about() -> None:
    said = [decision(Choice.LEAVE, "甲局.xlsx", digest=digest) for digest in ("", "aaaaaaaaaaaa", "AAAA")]
    assert all("甲局.xlsx" not in added(taken(FROM_ALL, roster=ROSTER, decisions=[each])) for each in said)


@pytest.mark.parametrize(
    ("said", "digest", "left"),
    [
        ("年报.xlsx", "", "部门/甲/年报.xlsx"),
        ("甲/年报.xlsx", "", "部门/甲/年报.xlsx"),
        ("报送/部门/甲/年报.xlsx", "", "部门/甲/年报.xlsx"),
        ("乙/年报.xlsx", "", ""),
        ("乙/年报.xlsx", "a" * 12, "部门/甲/年报.xlsx"),
        ("乙/年报.xlsx", "b" * 12, ""),
    ],
)
def test_a_moved_file_is_found_and_never_another_units(said: str, digest: str, left: str) -> None:
    files = [handed_in(unit("甲局"), "部门/甲/年报.xlsx", digest="a" * 64), FROM_ALL[2]]
    intake = taken(files, roster=ROSTER, decisions=[decision(Choice.LEAVE, said, digest=digest)])
    assert ["部门/甲/年报.xlsx" in added(intake), len(lapsed(intake))] == ([False, 0] if left else [True, 1])


def test_a_name_that_several_files_have_names_none() -> None:
    files = [handed_in(unit(f"{name}局"), f"{name}/年报.xlsx") for name in "甲乙"]
    intake = taken(files, roster=ROSTER, decisions=[decision(Choice.LEAVE, "年报.xlsx")])
    assert [len(added(intake)), len(lapsed(intake))] == [2, 1]


@pytest.mark.parametrize("last", [Choice.LEAVE, Choice.ACCEPT])
def test_the_last_of_contrary_decisions_counts(last: Choice) -> None:
    first = Choice.ACCEPT if last is Choice.LEAVE else Choice.LEAVE
    intake = taken(FROM_ALL, roster=ROSTER, decisions=[decision(each, "甲局.xlsx") for each in (first, last)])
    assert ("甲局.xlsx" in added(intake)) == (last is Choice.ACCEPT)


def test_a_file_may_be_given_to_a_unit_and_chosen_and_accepted() -> None:
    files = [handed_in(unit("甲局", {"fees/fee/charged": at}), f"{at}.xlsx") for at in range(2)]
    files.append(handed_in(unit("甲办", WRONG_FIGURES), "x.xlsx"))
    all_three = [decision(each, "x.xlsx", "甲局") for each in (Choice.ACCEPT, Choice.USE, Choice.BELONGS)]
    intake = taken([*files, FROM_ALL[2]], roster=ROSTER, decisions=all_three)
    assert added(intake) == ["x.xlsx", "乙局.xlsx"]
    assert open_errors(file_of(intake, "x.xlsx").checked.findings) == 0


# The sheet.


def asked() -> list[Checked]:
    """Files that leave three questions: whose one is, which of two counts, and where a report is."""
    twice = [handed_in(unit("甲局", {"fees/fee/charged": at}), f"甲{at}.xlsx", digest=f"{at}" * 64) for at in range(2)]
    return [*twice, handed_in(unit("陌生局"), "生.xlsx", digest="c" * 64), FROM_ALL[0]]


def answered(workbook: bytes, answers: dict[str, dict[str, str]]) -> bytes:
    """`workbook` with `answers` typed into the rows whose file, or unit, they name."""
    book = openpyxl.load_workbook(BytesIO(workbook))
    sheet = book[DECISIONS]
    assert isinstance(sheet, Worksheet)
    heads = {cell.value: cell.column for cell in sheet[3]}
    assert tuple(heads) == HEADS
    for row in range(4, sheet.max_row + 1):
        name = sheet.cell(row, heads["文件"]).value or sheet.cell(row, heads["单位"]).value
        for head, text in answers.get(str(name), {}).items():
            sheet.cell(row, heads[head]).value = text
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def rows(workbook: bytes) -> list[tuple[str, ...]]:
    """What the sheet says."""
    listed = open_sheets(workbook, "x")[DECISIONS][3:]
    return [tuple(str(each or "") for each in row) for row in listed if any(row)]


ANSWERS = {
    "甲1.xlsx": {"决定": "用这一份", "决定人": "李四"},
    "生.xlsx": {"决定": "不计入", "原因": "外市来件", "日期": "2月1日"},
    "乙局": {"决定": "不用报", "原因": "已撤并"},
}


def test_every_open_question_stands_on_the_sheet() -> None:
    found = rows(summary_of(summed(asked(), roster=ROSTER)))
    assert [(row[0], row[3], row[7]) for row in found] == [
        ("甲0.xlsx", "甲局", "0" * 12),
        ("甲1.xlsx", "甲局", "1" * 12),
        ("生.xlsx", "", "c" * 12),
        ("", "乙局", ""),
    ]
    assert found[0][1].startswith("G03 没有计入汇总：“甲局”另外还交来 甲1.xlsx")
    assert not any(row[2] for row in found)


def test_what_was_answered_is_read_and_settles_the_question() -> None:
    first = answered(summary_of(summed(asked(), roster=ROSTER)), ANSWERS)
    said = decisions_on(open_sheets(first, "x"))
    assert said == (
        Decision("甲1.xlsx", "甲局", Choice.USE, "", "李四", "", "1" * 12),
        Decision("生.xlsx", "", Choice.LEAVE, "外市来件", "", "2月1日", "c" * 12),
        Decision("", "乙局", Choice.NO_REPORT, "已撤并"),
    )
    second = summed(asked(), roster=ROSTER, decisions=said)
    assert added(second.intake) == ["甲1.xlsx", "示例市政府办.xlsx"]
    assert second.intake.findings == ()
    assert [row[2] for row in rows(summary_of(second))] == ["用这一份", "不计入", "不用报"]


def test_decisions_survive_the_next_merge_and_do_not_double() -> None:
    first = answered(summary_of(summed(asked(), roster=ROSTER)), ANSWERS)
    said = decisions_on(open_sheets(first, "x"))
    second = summary_of(summed(asked(), roster=ROSTER, decisions=said))
    assert earlier(summed(asked(), roster=ROSTER, decisions=said)).decisions == said
    third = summed(asked(), roster=ROSTER, decisions=read_previous(second, "汇总.xlsx").decisions)
    assert rows(summary_of(third)) == rows(second)


def test_once_the_file_is_another_the_question_comes_back() -> None:
    said = [decision(Choice.LEAVE, "生.xlsx", digest="c" * 12)]
    other = [*asked()[:2], handed_in(unit("陌生局"), "生.xlsx", digest="d" * 64), FROM_ALL[0]]
    merged = summed(other, roster=ROSTER, decisions=said)
    assert len(lapsed(merged.intake)) == 1
    about = [(row[2], row[7]) for row in rows(summary_of(merged)) if row[0] == "生.xlsx"]
    assert about == [("不计入", "c" * 12), ("", "d" * 12)]


def test_an_answer_that_is_none_of_the_choices_is_told_with_its_row() -> None:
    wrong = answered(summary_of(summed(asked(), roster=ROSTER)), {"生.xlsx": {"决定": "不要"}})
    with pytest.raises(InputError, match=r"决定第6行.*“决定”是“不要”.*请从下拉列表里选"):
        decisions_on(open_sheets(wrong, "x"))
