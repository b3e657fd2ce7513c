"""What a template, last year's report or another office left in the texts."""

from __future__ import annotations

import pytest

from builders import busy_report
from nianbao.check import check
from nianbao.reading import Reading

AGENCY = "示例市发展和改革委员会"
CASES = [
    # the text, where it stands, the rule that it breaks or "", and words of the message
    ("本年度公开信息XX条。", "overview", "V12", "“一、总体情况”：留有“XX”"),
    ("本年度公开信息××条。", "overview", "V12", "留有“××”"),
    ("（文字描述）", "problems", "V12", "“五、存在的主要问题及改进情况”：留有“（文字描述）”"),
    ("某某局高度重视。", "overview", "V12", "留有“某某”"),
    ("待补充", "other", "V12", "“六、其他需要报告的事项”：留有“待补充”"),
    ("示例：今年公开若干条。", "overview", "V12", "留有“示例：”"),
    ("示例市发展和改革委员会认真落实。", "overview", "", ""),
    ("联系邮箱：xxgk@example.cn，网址www.xx.gov.cn/xxgk/。", "intro", "", ""),
    ("完善XXGK系统，规格为3×2。", "overview", "", ""),
    ("建成示例项目两个，打造示例窗口。", "overview", "", ""),
    ("现公布2022年政府信息公开工作年度报告。", "intro", "M02", "第一章之前：写的是“2022年”，本报告是 2023 年度的"),
    ("现公布2023年度政府信息公开工作年度报告。", "intro", "", ""),
    ("按时公布了2022年政府信息公开工作年度报告。", "overview", "", ""),
    ("2023年1月20日", "date", "M02", "成文日期：写的是“2023年1月20日”，2023 年度的报告应在下一年公布"),
    ("2024年1月20日", "date", "", ""),
    ("统计期限为2022年1月1日至2022年12月31日。", "intro", "M03", "统计期限写的是“2022年1月1日至2022年12月31日”"),
    ("统计期限自2023年1月1日起至2023年12月31日止。", "intro", "", ""),
    ("统计期限为2023年3月1日至12月31日。", "intro", "", ""),
    ("统计期限为2022年1月1日至12月31日。", "intro", "M03", "统计期限写的是“2022年1月1日至12月31日”"),
    (
        "根据条例，示例市水利局编制本报告。",
        "intro",
        "M06",
        "写的单位是“示例市水利局”，填报单位是“示例市发展和改革委员会”",
    ),
    ("根据条例，市发改委编制了2023年年度报告。", "intro", "", ""),
    ("根据条例，我委编制2023年年度报告。", "intro", "", ""),
    ("根据条例要求，现编制本报告。", "intro", "", ""),
    ("由本机关编制2023年度报告。", "intro", "", ""),
    ("示例市水利局", "signature", "M06", "落款单位：写的单位是“示例市水利局”"),
    ("示例市发展和改革委员会办公室", "signature", "", ""),
    ("市发展改革委", "signature", "", ""),
]


def found(text: str, key: str, agency: str = AGENCY) -> list[tuple[str, str]]:
    report = busy_report()._replace(agency=agency, texts={key: text})
    return [
        (each.rule, each.message)
        for each in check(Reading("年报.xlsx", report))
        if each.rule in {"V12", "M02", "M03", "M06"}
    ]


@pytest.mark.parametrize(("text", "key", "rule", "words"), CASES)
def test_what_is_left_over(text: str, key: str, rule: str, words: str) -> None:
    told = found(text, key)
    assert [each for each, _ in told] == ([rule] if rule else [])
    assert all(words in message for _, message in told)


@pytest.mark.parametrize(
    ("signature", "agency", "told"),
    [
        ("示例市人民政府办公室", "示例市", False),
        ("示例市人民政府", "示例市人民政府办公室", False),
        ("乙县人民政府办公室", "示例市水利局", True),
    ],
)
def test_a_government_signs_for_its_place(signature: str, agency: str, told: bool) -> None:  # noqa: FBT001 - a table's column
    assert bool(found(signature, "signature", agency)) == told


def test_spaces_and_lines_hide_nothing() -> None:
    assert found("统计期限为2022年1月1日 \n至2022年12月31日", "intro")[0][0] == "M03"
    assert found("待 补\n充", "other")[0][0] == "V12"
