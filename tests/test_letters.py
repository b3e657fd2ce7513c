"""The texts that go to units: what has to be put right, and that a report is still missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from builders import busy_report, cell, changed
from nianbao.check import Checked, check
from nianbao.city.asking import Return, asked
from nianbao.city.letters import reminder, reminders, return_letter
from nianbao.city.members import Member
from nianbao.errors import InputError
from nianbao.findings import Finding, Severity, State
from nianbao.reading import Reading
from nianbao.report import Report

TODAY, DUE = date(2024, 1, 23), date(2024, 1, 20)
BOOK = "甲局（退回第3轮）.xlsx"
RECEIVED = cell("requests/received/natural_person")


def report(number: str = "2") -> Report:
    said = {"round": number, "preparer": "张三", "contact": "0571-12345678"}
    return busy_report()._replace(agency="甲局", particulars=said)


def finding(rule: str, severity: Severity, message: str, *, state: State = State.OPEN) -> Finding:
    return Finding(rule, severity, message, state=state)


def back(*found: Finding, number: str = "2", deadline: date | None = DUE, summary: bool = False) -> Return:
    """A workbook of ours that goes back for `found`."""
    reading = Reading("甲局.xlsx", report(number), summary=summary, ours=True)
    return Return(Checked(Path("甲局.xlsx"), reading, found), deadline)


def letter(what: Return, today: date = TODAY, workbook: str = BOOK) -> str:
    return return_letter(asked(what), today, workbook)


ERROR = finding("M02", Severity.ERROR, "“一、总体情况”：写的是“2021年”，本报告是 2023 年度的。请改正。")
BLANK = Finding("V02", Severity.WARNING, "三、依申请公开有 1 格没有填。请填写。", (RECEIVED,))


def test_a_unit_is_told_all_that_is_asked_of_it_errors_first() -> None:
    assert letter(back(BLANK, ERROR)) == (
        "甲局：\n"
        "　　你单位报送的 2023 年度政府信息公开工作年度报告（第 2 轮）已经审核，有错误 1 处，提醒 1 处，现予退回。\n"
        "　　请在退回的工作簿“甲局（退回第3轮）.xlsx”上修改，需要修改的地方标有①②③，“待办”表可以逐条转到。"
        "原有的数和文字没有改动，报送轮次已改为 3。\n"
        "　　以下各处必须改正：\n"
        "　　① “一、总体情况”：写的是“2021年”，本报告是 2023 年度的。请改正。\n"
        "　　以下各处请核对，有错就改，没有错的请写明理由：\n"
        "　　② 三、依申请公开“一、本年新收政府信息公开申请数量”行“自然人”列：三、依申请公开有 1 格没有填。请填写。\n"
        "　　报送截止日期是2024年1月20日，现在已逾期 3 天，请抓紧修改，尽快重新报送。"
    )


def test_a_file_that_cannot_be_read_is_asked_for_again() -> None:
    error = InputError("甲局.pdf", "这是扫描件，没有文字", "请交 Word 或 Excel 文件")
    checked = Checked(
        Path("甲局.pdf"), None, (finding("R01", Severity.ERROR, f"读不出来：{error.what}。{error.remedy}。"),)
    )
    assert return_letter(asked(Return(checked, date(2024, 1, 31), "甲局")), TODAY) == (
        "甲局：\n"
        "　　你单位报送的政府信息公开工作年度报告文件读不出来，现予退回，请重新报送。\n"
        "　　以下各处必须改正：\n"
        "　　① 读不出来：这是扫描件，没有文字。请交 Word 或 Excel 文件。\n"
        "　　请修改后于2024年1月31日前重新报送。"
    )


def test_a_summary_is_mended_where_its_figures_come_from() -> None:
    text = letter(back(ERROR, summary=True), workbook="")
    assert "这是一份汇总表，数由各单位的报表相加得出，所以没有另附工作簿。请在有关单位的报表上改正" in text
    assert "轮次已改" not in text


@pytest.mark.parametrize(
    ("deadline", "closing"),
    [
        (None, "请修改后尽快重新报送。"),
        (date(2024, 1, 23), "请修改后于2024年1月23日前重新报送。"),
        (date(2024, 1, 22), "报送截止日期是2024年1月22日，现在已逾期 1 天，请抓紧修改，尽快重新报送。"),
    ],
)
def test_a_letter_closes_with_the_deadline(deadline: date | None, closing: str) -> None:
    assert letter(back(ERROR, deadline=deadline)).splitlines()[-1] == f"　　{closing}"


@pytest.mark.parametrize(("number", "said"), [("", ""), ("两次", ""), ("１", "（第 1 轮）"), ("12", "（第 12 轮）")])
def test_a_letter_says_the_round_where_the_report_does(number: str, said: str) -> None:
    assert f"年度报告{said}已经审核" in letter(back(ERROR, number=number))


def test_nobody_is_asked_again_nor_about_what_the_office_decides() -> None:
    explained = finding("B01", Severity.ERROR, "已说明的。", state=State.EXPLAINED)
    info = finding("R04", Severity.INFO, "已换算。")
    several = finding("G03", Severity.ERROR, "交来 2 份。")
    assert not asked(back(explained, info, several)).is_needed
    other_year = finding("G05", Severity.ERROR, "是 2022 年度的报表。")
    assert "① 是 2022 年度的报表。" in letter(back(explained, info, several, other_year))


def test_a_letter_says_nothing_of_people() -> None:
    broken = changed(report(), {"requests/received/total": 99})
    reading = Reading("甲局.xlsx", broken, ours=True)
    text = letter(Return(Checked(Path("甲局.xlsx"), reading, check(reading)), DUE))
    assert "99" in text
    assert "张三" not in text
    assert "0571" not in text


def test_from_21_on_numbers_stand_in_brackets() -> None:
    many = [finding("V03", Severity.ERROR, f"第 {number} 处。") for number in range(1, 22)]
    lines = letter(back(*many)).splitlines()
    assert "　　⑳ 第 20 处。" in lines
    assert "　　（21） 第 21 处。" in lines


def test_what_an_imported_report_lacks_is_told_with_its_place_there() -> None:
    from nianbao.places import LinePlace

    read = Finding("R02", Severity.ERROR, "原文“1 2”认不准。", (RECEIVED,), Decimal(1), Decimal(2), place=LinePlace(7))
    reading = Reading("甲局.txt", report())
    assert "原文“1 2”认不准。（原件第7行）" in letter(Return(Checked(Path("甲局.txt"), reading, (read,))))


def member(name: str, deadline: date | None = DUE) -> Member:
    return Member(name, "", (), "部门", "", counted=True, contact="李四", telephone="13800000000", deadline=deadline)


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        (
            date(2024, 1, 20),
            "2023 年度政府信息公开工作年度报告应于2024年1月20日前报送，已逾期 3 天，至今没有收到你单位的报告。请尽快报送。",
        ),
        (
            date(2024, 1, 23),
            "2023 年度政府信息公开工作年度报告应于2024年1月23日前报送，今天到期，至今没有收到你单位的报告。请按时报送。",
        ),
        (
            date(2024, 1, 31),
            "2023 年度政府信息公开工作年度报告应于2024年1月31日前报送，还有 8 天，至今没有收到你单位的报告。请按时报送。",
        ),
        (None, "至今没有收到你单位 2023 年度政府信息公开工作年度报告。请尽快报送。"),
    ],
)
def test_a_unit_is_reminded(deadline: date | None, said: str) -> None:
    ending = "已经报送的，请告知报送时间和文件名，以便核对。"
    assert reminder(member("甲局", deadline), 2023, TODAY) == f"甲局：\n　　{said}{ending}"


def test_all_units_are_reminded_together_the_longest_overdue_first() -> None:
    late = [member("丁镇", None), member("甲局"), member("丙局", date(2024, 1, 31)), member("乙局")]
    assert reminders(late, 2023, TODAY) == (
        "各有关单位：\n"
        "　　截至2024年1月23日，还有 4 个单位没有报送 2023 年度政府信息公开工作年度报告：\n"
        "　　2024年1月20日截止，已逾期 3 天（2 个）：甲局、乙局。\n"
        "　　2024年1月31日截止，还有 8 天（1 个）：丙局。\n"
        "　　没有规定截止日期（1 个）：丁镇。\n"
        "　　请尽快报送。已经报送的，请告知报送时间和文件名，以便核对。"
    )
    assert reminders([], 2023, TODAY) == ""
