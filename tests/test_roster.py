"""The roster: what is read from it, what it refuses, and which unit a report is from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import lo
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.city.entries import check_sign, read_day
from nianbao.city.members import By, Member, Roster
from nianbao.city.roster import read_roster
from nianbao.errors import InputError
from nianbao.findings import Severity
from nianbao.places import LinePlace, SheetPlace
from nianbao.report import Report
from nianbao.workbook.roster import COLUMNS, HEAD_ROW, KINDS, SHEET, blank_roster

HEADS = "单位名称*,统一代码,曾用名/简称,类别*,上级,计入汇总*,联系人,电话,截止日期"
CODE, OTHER = "11320000MB00000014", "1132000001400000X8"
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def code(first: str) -> str:
    """A code with the right last character."""
    return first + check_sign(first)


def rostered(*lines: str, heads: str = HEADS) -> Roster:
    """The roster with these CSV lines below its heads, on line 2 and so on."""
    return read_roster("\n".join((heads, *lines)).encode(), "名册.csv")


def refused(*lines: str, heads: str = HEADS) -> str:
    """Why a roster with these lines is refused."""
    with pytest.raises(InputError) as caught:
        rostered(*lines, heads=heads)
    return str(caught.value)


def workbook(*rows: Sequence[object]) -> bytes:
    """The blank roster with these rows filled in."""
    book = openpyxl.load_workbook(BytesIO(blank_roster()))
    for number, row in enumerate(rows, start=HEAD_ROW + 1):
        for column, value in enumerate(row, start=1):
            book[SHEET].cell(number, column, value)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def from_unit(name: str, its_code: str = "") -> Report:
    """A report with nothing but a name and a code."""
    return Report("2021", 2026, name, particulars={"code": its_code} if its_code else {})


def test_a_filled_template_is_read_whole() -> None:
    good = code("11320000MB0000001")
    row = ("示例市教育局", good, "教育局、市教委", "部门", "", "是", "张三", 13800000000, datetime(2027, 1, 20))  # noqa: DTZ001
    roster = read_roster(workbook(row, ("示例市税务局", None, None, "垂直", None, "否")), "单位名册.xlsx")
    first = Member(
        *("示例市教育局", good, ("教育局", "市教委"), "部门", "", True, "张三", "13800000000", date(2027, 1, 20))
    )
    second = Member(*("示例市税务局", "", (), "垂直", "", False, "", "", None))
    assert roster.members == (first, second)
    assert roster.findings == ()


def test_the_blank_roster_is_told_to_be_empty() -> None:
    with pytest.raises(InputError, match="一个单位也没有"):
        read_roster(blank_roster(), "单位名册.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_is_read_in_every_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    text = f"单位名册\r\n\r\n{HEADS}\r\n示例市教育局,,教委、教体局,部门,,是,,,2027年1月20日\r\n".replace(",", delimiter)
    (member,) = read_roster(text.encode(encoding), "名册.csv").members
    assert (member.name, member.aliases, member.deadline) == ("示例市教育局", ("教委", "教体局"), date(2027, 1, 20))


@lo.needs_office
@pytest.mark.office
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_other_spreadsheets_say_the_same(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / "名册.xlsx"
    good = code("11320000MB0000001")
    row = ("示例市教育局", good, "教育局", "部门", "", "是", "", "010-1", datetime(2027, 1, 20))  # noqa: DTZ001
    file.write_bytes(workbook(row))
    (converted,) = lo.convert([file], suffix, tmp_path)
    assert (
        read_roster(converted.read_bytes(), converted.name).members == read_roster(file.read_bytes(), "x.xlsx").members
    )


def test_columns_stand_in_any_order_and_what_is_not_used_is_told() -> None:
    roster = rostered("1,是,示例市教育局,部门,甲", heads="序号,计入汇总,单位名称,类 别,科室")
    assert roster.members[0][:6] == ("示例市教育局", "", (), "部门", "", True)
    (finding,) = roster.findings
    assert finding.severity is Severity.INFO
    assert "“序号”、“科室”" in finding.message


def test_rows_that_say_nothing_are_passed_over_and_counted() -> None:
    roster = rostered("1,甲局,部门,是", "2,,,", "", "4,乙局,部门,是,无此上级", heads="序号,单位名称,类别,计入汇总,上级")
    assert [each.name for each in roster.members] == ["甲局", "乙局"]
    assert roster.findings[-1].place == LinePlace(5)


@pytest.mark.parametrize("sign", ["、", "，", ",", ";", "；", "／", "/", "\n"])
def test_aliases_are_parted_at_every_sign(sign: str) -> None:
    (member,) = rostered(f'甲局,,"甲{sign} 甲委{sign}甲局{sign}甲{sign}",部门,,是').members
    assert member.aliases == ("甲", "甲委")


def test_all_that_has_to_be_mended_is_told_at_once() -> None:
    message = refused(
        ",,,部门,,是", "甲局,,,局,,是", "乙局,,,部门,,", ",,,,,否", "丙局,,,部门,,计入,,,下周五", "#N/A,,,部门,,是"
    )
    for part in (
        "第2、5行没有写单位名称",
        "第3行类别“局”不是本级、部门、乡镇街道、县区、垂直之一",
        "第4行没有选计入汇总",
        "第5行没有选类别",
        "第6行计入汇总“计入”不是是、否之一",
        "第6行截止日期“下周五”看不懂",
        "第7行单位名称是公式出错的“#N/A”",
    ):
        assert part in message
    assert message.startswith("名册.csv：有 7 种地方要改：")


def test_rows_in_a_row_are_named_as_one() -> None:
    assert "第2-5、7行没有选类别" in refused(*(f"单位{n},,,,,是" for n in "甲乙丙丁"), "戊,,,部门,,是", "己,,,,,是")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("甲局,,,部门,,是", "甲 局,,,部门,,是"), "第2-3行的名称或简称都有“甲局”"),
        (("甲局,,,部门,,是", "乙局,,甲局,部门,,是"), "第2-3行的名称或简称都有“甲局”"),
        (("甲局,,办（一）,部门,,是", "丙局,,,部门,,是", "乙局,,办(一),部门,,是"), "第2、4行的名称或简称都有“办(一)”"),
        ((f"甲局,{CODE},,部门,,是", f"乙局,{CODE.lower()},,部门,,是"), f"第2-3行的统一代码都有“{CODE}”"),
    ],
)
def test_no_name_and_no_code_stands_for_two(lines: tuple[str, ...], told: str) -> None:
    assert told in refused(*lines)


def test_a_code_of_a_published_register_has_its_own_check_sign() -> None:
    # GB 32100-2015 gives this example.
    assert check_sign("91350100M000100Y4") == "3"


@given(st.text(SIGNS, min_size=17, max_size=17), st.integers(0, 16), st.integers(1, 30))
def test_one_wrong_character_of_a_code_is_always_told(first: str, at: int, by: int) -> None:
    right = code(first)
    wrong = right[:at] + SIGNS[(SIGNS.index(right[at]) + by) % 31] + right[at + 1 :]
    assert rostered(f"甲局,{right},,部门,,是").findings == ()
    (finding,) = rostered(f"甲局,{wrong},,部门,,是").findings
    assert "校验位" in finding.message
    assert finding.place == LinePlace(2)


@pytest.mark.parametrize(("entry", "kept"), [("1132", "1132"), ("无", ""), ("／", ""), ("1.132E+17", "")])
def test_what_is_no_code_matches_no_report(entry: str, kept: str) -> None:
    roster = rostered(f"甲局,{entry},,部门,,是")
    assert roster.members[0].code == kept
    assert roster.match(from_unit("别的", entry)).by is (By.CODE if kept else By.NOTHING)
    assert len(roster.findings) == (entry.startswith("1"))


def test_a_code_that_became_a_number_is_told_with_its_cell() -> None:
    roster = read_roster(workbook(("甲局", 113200001234567890, None, "部门", None, "是")), "名册.xlsx")
    assert roster.members[0].code == ""
    assert "末几位已丢失" in roster.findings[0].message
    assert roster.findings[0].place == SheetPlace(SHEET, HEAD_ROW + 1, 2)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-1-20", date(2027, 1, 20)),
        ("2027/1/20", date(2027, 1, 20)),
        ("2027.01.20", date(2027, 1, 20)),
        ("２０２７年1月20日", date(2027, 1, 20)),
        ("2027-01-20 00:00:00", date(2027, 1, 20)),
        ("46407", date(2027, 1, 20)),
        ("2027-2-29", None),
        ("2027-1/20", None),
        ("1月20日", None),
        ("27-1-20", None),
        ("0227-1-20", None),
        ("1/20/2027", None),
        ("99999", None),
        ("20270120", None),
        ("46407.5", None),
    ],
)
def test_a_day_is_a_day_or_nothing(text: str, day: date | None) -> None:
    assert read_day(text) == day


def test_a_vertical_unit_is_never_added() -> None:
    roster = rostered("甲局,,,垂直,,是", "乙局,,,垂直,,否", "丙局,,,部门,,否", "丁局,,,部门,,是")
    assert [each.added for each in roster.members] == [False, False, False, True]
    (finding,) = roster.findings
    assert "第2行“甲局”" in finding.message


def test_a_superior_that_nobody_is_is_told() -> None:
    roster = rostered(
        "甲县,,,县区,,是", "甲镇,,,乡镇街道,甲县,是", "乙镇,,,乡镇街道,乙县,是", "丙镇,,,乡镇街道,丙镇,是"
    )
    assert [each.message[:9] for each in roster.findings] == ["名册第4行“乙镇”", "名册第5行“丙镇”"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("单位名称,类别\n甲局,部门", "“计入汇总”"),
        ("单位名称,类别,计入汇总,类别*\n甲局,部门,是,部门", "“类别”出现几次"),
        ('单位名称,类别,计入汇总\n"甲局,部门,是\n乙局,部门,是', "引号不成对"),
        ("", "文件是空的"),
        ("<html><body><table></table></body></html>", "不是表格文件"),
    ],
)
def test_what_is_no_roster_is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_roster(text.encode(), "名册.csv")


def test_of_several_sheets_the_one_named_so_is_the_roster() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook(("甲局", None, None, "部门", None, "是"))))
    copy = book.copy_worksheet(book[SHEET])
    copy.cell(HEAD_ROW + 1, 1, "旧局")
    book.move_sheet(copy, -1)
    for name, expected in ((SHEET, "甲局"), ("新", "")):
        book[book.sheetnames[1]].title = name
        target = BytesIO()
        book.save(target)
        if expected:
            assert [each.name for each in read_roster(target.getvalue(), "x").members] == [expected]
        else:
            with pytest.raises(InputError, match="都像名册"):
                read_roster(target.getvalue(), "x")


def test_a_sheet_that_takes_up_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_LIMITS", "cells=100000")
    book = openpyxl.load_workbook(BytesIO(workbook(("甲局", None, None, "部门", None, "是"))))
    book[SHEET].cell(5000, 100, "远")
    target = BytesIO()
    book.save(target)
    with pytest.raises(InputError, match="范围太大"):
        read_roster(target.getvalue(), "x")


UNITS = (
    f"示例市教育局,{CODE},市教委、教体局（旧）,部门,,是",
    f"示例市体育局,{OTHER},,部门,,是",
    "示例市发展和改革委员会,,,部门,,是",
    "示例市司法局,,,部门,,是",
)


@pytest.mark.parametrize(
    ("name", "its_code", "expected", "by"),
    [
        ("示例市教育体育局", CODE, "示例市教育局", By.CODE),
        ("", "11320000mb000000 14", "示例市教育局", By.CODE),
        ("示例市教育局", CODE, "示例市教育局", By.CODE),
        ("示例市 教育局", "", "示例市教育局", By.NAME),
        ("示例市司法局", "不知道", "示例市司法局", By.NAME),
        ("教体局[旧]", "", "示例市教育局", By.ALIAS),
        ("示例市教委", "", None, By.NOTHING),
        ("教育局", "", None, By.NOTHING),
        ("", "", None, By.NOTHING),
        ("示例市体育局", CODE, None, By.TWO),
        ("市教委", OTHER, None, By.TWO),
    ],
)
def test_a_report_is_from_whom_its_code_or_name_says(name: str, its_code: str, expected: str | None, by: By) -> None:
    match = rostered(*UNITS).match(from_unit(name, its_code))
    assert (match.member and match.member.name, match.by) == (expected, by)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("发改委", "示例市发展和改革委员会"),
        ("示例市教肓局", "示例市教育局"),
        ("市教体委", "示例市教育局"),
        ("教育局", "示例市教育局"),
    ],
)
def test_names_that_are_alike_are_only_asked_about(name: str, near: str) -> None:
    match = rostered(*UNITS).match(from_unit(name))
    assert match.member is None
    assert match.near[0].name == near
    assert len(match.near) <= 3


@pytest.mark.parametrize("name", ["", "湖州烟草公司", "局"])
def test_what_is_like_no_name_is_near_nobody(name: str) -> None:
    assert rostered(*UNITS).match(from_unit(name)).near == ()


@given(st.data())
def test_a_name_that_lacks_a_character_is_asked_about(data: st.DataObject) -> None:
    roster = rostered(*UNITS)
    member = data.draw(st.sampled_from(roster.members))
    at = data.draw(st.integers(0, len(member.name) - 1))
    match = roster.match(from_unit(member.name[:at] + member.name[at + 1 :]))
    assert match.member is None
    assert member in match.near


def test_the_columns_of_the_template_are_all_read() -> None:
    assert ",".join(column.head for column in COLUMNS) == HEADS
    assert {each.kind for each in rostered(*(f"{kind}甲,,,{kind},,否" for kind in KINDS)).members} == set(KINDS)
