"""What a report says beside its figures: file name, contact, date, plans and legal ground."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from builders import busy_report, shared
from nianbao.check import check
from nianbao.findings import Severity, State
from nianbao.importing.files import read_file
from nianbao.reading import Reading

HEADINGS = {"overview": ("一、总体情况", None), "problems": ("五、存在的主要问题及改进情况", None)}
OFFICE = "示例市示例局"


def found(
    rule: str, texts: Mapping[str, str] | None = None, agency: str = OFFICE, level: str = "", year: int | None = 2023
) -> list[str]:
    edition = "2019" if year and year <= 2020 else "2021"
    report = busy_report(edition)._replace(
        texts=texts or {}, agency=agency, year=year, particulars={"level": level} if level else {}
    )
    told = [each for each in check(Reading("年报.txt", report, headings=HEADINGS)) if each.rule == rule]
    assert all(each.severity in {Severity.WARNING, Severity.INFO} for each in told)
    return [each.message for each in told]


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("示例局2022年年报.docx", True),
        ("2022年度示例局政府信息公开工作年度报告.docx", True),
        ("示例局2021政府信息公开年报.xlsx", True),
        ("示例局2023年年报.docx", False),
        ("示例局年报.docx", False),
        ("示例局2024年公布的年报.docx", False),
        ("20240115示例局2022年年报.docx", False),  # the day it was made says that it is no old one
        ("2022年年报修改为2023年年报.docx", False),
        ("示例局年报（2021版式）.xlsx", False),
        ("2021年模板示例局年报.xlsx", False),
        ("国办公开办函2021-30号年报.docx", False),
        ("pingtan_2022.txt", False),
        ("标准输入", False),
    ],
)
def test_the_year_of_the_file_name(name: str, is_told: bool) -> None:  # noqa: FBT001 - a case of the table
    told = [each for each in check(Reading(name, busy_report())) if each.rule == "M02"]
    assert [each.severity for each in told] == ([Severity.WARNING] if is_told else [])


def test_no_year_no_comparison_with_the_file_name() -> None:
    reading = Reading("示例局2022年年报.docx", busy_report()._replace(year=None))
    assert not [each for each in check(reading) if each.rule == "M02"]


@pytest.mark.parametrize(
    ("texts", "is_told"),
    [
        ({"intro": "本单位依法编制本报告。"}, True),
        ({"intro": "如有疑问，请与办公室联系（电话：0000-0000000）。"}, False),
        ({"intro": "本单位依法编制本报告。", "other": "咨询请致电0000-0000000。"}, False),
        ({"intro": "地址：示例路1号。"}, False),
        ({"overview": "今年的工作如期完成。"}, False),
        ({}, False),
    ],
)
def test_whom_to_ask(texts: dict[str, str], is_told: bool) -> None:  # noqa: FBT001 - a case of the table
    assert bool(found("M04", texts)) == is_told


DATES = [
    # the date, the office, its level as the cover has it, and when it is due or ""
    ("2024年1月31日", OFFICE, "", ""),
    ("2024年2月1日", OFFICE, "", "政府部门的2023 年度报告应在 2024 年 1 月 31 日前公布"),
    ("2024年4月16日", OFFICE, "", "写的是 2024 年 4 月 16 日"),
    ("二〇二四年四月十六日", OFFICE, "", "写的是 2024 年 4 月 16 日"),
    ("二○二四年一月三十一日", OFFICE, "", ""),
    ("2024年2月20日", "示例县人民政府", "", ""),
    ("2024年2月21日", "示例县人民政府", "", "县级政府的2023 年度报告应在 2024 年 2 月 20 日前公布"),
    ("2024年3月1日", "示例市人民政府", "", ""),  # of which rank, the name does not say
    ("2024年3月1日", "示例市人民政府", "县级政府", "2024 年 2 月 20 日前"),
    ("2024年3月11日", "示例市人民政府", "", "2024 年 3 月 10 日前"),
    ("2024年3月20日", "重庆市人民政府", "", ""),
    ("2024年3月31日", "示例省人民政府", "", ""),
    ("2024年4月1日", "示例省人民政府", "", "最晚应在 2024 年 3 月 31 日前"),
    ("2024年2月2日", "示例镇人民政府", "", "2024 年 1 月 31 日前"),
    ("2024年2月2日", "示例街道办事处", "", "2024 年 1 月 31 日前"),
    ("2024年2月10日", "示例区人民政府", "", ""),
    ("2024年2月10日", "示例自治区人民政府", "", ""),
    ("2024年2月10日", "示例市人民政府办公室", "", ""),
    ("2024年2月10日", "示例经济开发区管理委员会", "", ""),
    ("2024年2月10日", "国家税务总局示例市税务局", "", ""),
    ("2024年2月10日", "示例市政务服务中心", "其他单位", ""),
    ("2024年2月10日", "示例市政务服务中心", "政府部门", "2024 年 1 月 31 日前"),
    ("2023年12月31日", OFFICE, "", ""),  # too early: M02
    ("2024年1月", OFFICE, "", ""),
    ("", OFFICE, "", ""),
]


@pytest.mark.parametrize(("date", "agency", "level", "words"), DATES)
def test_when_a_report_is_due(date: str, agency: str, level: str, words: str) -> None:
    told = found("M05", {"date": date}, agency, level)
    assert [words in message for message in told] == ([True] if words else [])


def test_rules_on_trial_are_told_apart() -> None:
    reading = Reading("x", busy_report()._replace(texts={"date": "2024年4月16日"}))
    assert [each.state for each in check(reading) if each.rule == "M05"] == [State.BETA]


PLANS = [
    ("2023年，我局将进一步规范依申请公开工作。", "把 2023 年写成了今后的打算，本报告是 2023 年度的"),
    ("下一步工作打算：2022年我局将继续加强培训。", "把 2022 年写成了今后的打算"),
    ("2024年，我局将进一步规范依申请公开工作。", ""),
    ("2023年，我局将政府信息公开列入议事日程。", ""),
    ("2022年年报提出2023年将继续加强培训，今年已经落实。", ""),
    ("对照2022年报告，2023年将进一步规范的承诺均已兑现。", ""),
    ("2023年公开信息30条，今后将继续努力。", ""),
    ("2023年，我局信息公开有序推进，下一步将进一步加强。", ""),
]


@pytest.mark.parametrize(("text", "words"), PLANS)
def test_plans_are_for_later(text: str, words: str) -> None:
    told = found("M07", {"problems": text})
    assert [words in message for message in told] == ([True] if words else [])


NEW, OLD = "国办公开办函〔2021〕30号", "国办公开办函〔2019〕60号"
GROUNDS = [
    (2023, f"根据《格式》（{NEW}）编制。", ""),
    (
        2023,
        f"根据《通知》（{OLD}）编制。",
        "引用的是“国办公开办函〔2019〕60号”，2023 年度报告的格式依据是国办公开办函〔2021〕30号",
    ),
    (2023, "根据《通知》（国办公开办函[2019]60号）编制。", "引用的是“国办公开办函[2019]60号”"),
    (2023, "根据《通知》（国办公开办函\n〔2019〕 60 号）编制。", "引用的是"),
    (2021, f"原格式（{OLD}）停用，按新格式（{NEW}）编制。", ""),
    (2020, f"根据《通知》（{OLD}）编制。", ""),
    (2020, f"根据《格式》（{NEW}）编制。", "2020 年度报告的格式依据是国办公开办函〔2019〕60号"),
    (2023, "根据《办法》（国办函〔2020〕109号）收费。", ""),
    (2023, "根据通知（国办公开办函〔2022〕8号）编制。", ""),
]


@pytest.mark.parametrize(("year", "text", "words"), GROUNDS)
def test_the_notice_that_the_form_follows(year: int, text: str, words: str) -> None:
    told = found("M08", {"intro": text}, year=year)
    assert [words in message for message in told] == ([True] if words else [])


@pytest.mark.parametrize(("name", "rules"), [("000", []), ("001", []), ("002", ["M04"]), ("003", ["M04"]), ("004", [])])
def test_real_reports(name: str, rules: list[str]) -> None:
    (reading,) = read_file(next(Path(shared(), "data", "seeds").glob(f"{name}_*.txt")))
    told = [each.rule for each in check(reading) if each.rule in {"M02", "M04", "M05", "M07", "M08"}]
    assert told == rules
