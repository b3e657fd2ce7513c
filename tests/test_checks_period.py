"""M03: the period that a report states."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import busy_report, shared
from nianbao.check import check
from nianbao.importing.files import read_file
from nianbao.reading import Reading
from nianbao.report import Report

HEADINGS = {"overview": ("一、总体情况", None), "problems": ("五、存在的主要问题及改进情况", None)}
CASES = [
    # the text, where it stands, how grave what is found is, and words of it
    ("统计期限自2023年1月1日起至2023年12月31日止。", "intro", "", ""),
    ("统计期限自2023年1月1日至12月31日止。", "intro", "", ""),
    ("所列数据统计时限为２０２３年1月1日—12月31日。", "intro", "", ""),
    (
        "统计期限自2023年1月1日起至12月21日止。",
        "intro",
        "error",
        "“2023年1月1日起至12月21日”，应为 2023 年 1 月 1 日至",
    ),
    ("统计期限为2023年1月1日至2023年11月30日。", "intro", "error", "应为 2023 年 1 月 1 日至 12 月 31 日。请改正。"),
    ("统计期限为2023年1月2日至2023年12月30日。", "intro", "error", "请改正"),
    ("统计期限为2023年3月1日至12月31日。", "intro", "warning", "当年成立或撤销的，请写明"),
    ("我局于2023年3月挂牌成立。统计期限为2023年3月1日至12月31日。", "intro", "warning", "当年成立"),
    ("我局2023年10月撤销。统计期限为2023年1月1日至10月31日。", "intro", "warning", "当年成立或撤销"),
    ("今年成立了领导小组。统计期限为2023年1月1日至10月31日。", "intro", "error", "请改正"),
    ("统计期限自202323年1月1日至2023年12月31日。", "intro", "error", "“202323年”不是完整的日期"),
    ("统计期限自202311日至20231231日。", "intro", "error", "“202311日”不是完整的日期"),
    ("统计期限自2023年1月1日至2023年31日。", "intro", "error", "“2023年31日”不是完整的日期"),
    ("统计期限自20231月1日起。", "intro", "error", "“20231月”不是完整的日期"),
    ("统计数据20200条。", "intro", "", ""),
    ("2023年3月1日至5月31日开展了专项行动。", "intro", "", ""),
    ("培训班于2023年3月1日至3月5日举办。", "overview", "", ""),
    ("所列数据的统计期限是2022年1月1日至2022年12月31日。", "overview", "error", "应为 2023 年 1 月 1 日"),
    ("数据的统计期限是\n2023年1月1日至2023年12\n月31日。", "overview", "", ""),
]


def found(report: Report, headings: dict[str, tuple[str, None]] | None = None) -> list[tuple[str, str]]:
    reading = Reading("年报.txt", report, headings=headings or {})
    return [(each.severity.value, each.message) for each in check(reading) if each.rule == "M03"]


@pytest.mark.parametrize(("text", "key", "severity", "words"), CASES)
def test_the_days_of_the_period(text: str, key: str, severity: str, words: str) -> None:
    told = found(busy_report()._replace(texts={key: text}))
    assert [each for each, _ in told] == ([severity] if severity else [])
    assert all(words in message for _, message in told)


def test_another_year_is_told_once() -> None:
    told = found(busy_report()._replace(texts={"intro": "统计期限自2022年1月1日起至2022年12月31日止。"}))
    assert [each for each, _ in told] == ["error"]


def test_without_a_year_nothing_is_compared() -> None:
    texts = {"intro": "统计期限自2022年1月1日起至2022年12月1日止。"}
    assert found(busy_report()._replace(texts=texts, year=None)) == []


UNSTATED = [
    ({"intro": "本单位依法编制本报告。"}, "info"),
    ({"intro": "本单位依法编制本报告。", "overview": "统计期限同上。"}, ""),
    ({"intro": "所列数据截至2023年底。"}, ""),
    ({"intro": "统计时间为2023年度。"}, ""),
    ({"overview": "今年的工作如期完成。"}, ""),  # no introduction at all
]


@pytest.mark.parametrize(("texts", "severity"), UNSTATED)
def test_a_period_that_is_not_stated(texts: dict[str, str], severity: str) -> None:
    told = found(busy_report()._replace(texts=texts), HEADINGS)
    assert [each for each, _ in told] == ([severity] if severity else [])


def test_only_whole_documents_must_state_it() -> None:
    assert found(busy_report()._replace(texts={"intro": "本单位依法编制本报告。"})) == []


@pytest.mark.parametrize(
    ("name", "severities"),
    [("000", []), ("001", []), ("002", []), ("003", ["info"]), ("004", ["error"])],
)
def test_real_reports(name: str, severities: list[str]) -> None:
    (reading,) = read_file(next(Path(shared(), "data", "seeds").glob(f"{name}_*.txt")))
    assert [each.severity.value for each in check(reading) if each.rule == "M03"] == severities
