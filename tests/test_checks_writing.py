"""N12 and N17: numbers that were never filled in, and slips of the pen."""

from __future__ import annotations

import pytest

from builders import busy_report, shared
from nianbao.checks.writing import n12_no_number, n17_mistyped
from nianbao.findings import Severity
from nianbao.importing.files import read_file
from nianbao.reading import Reading


def reading(text: str, key: str = "overview") -> Reading:
    return Reading("年报.xlsx", busy_report()._replace(texts={key: text}))


MISSING = [
    ("全年主动公开政府信息  条，其中网站公开 12 条。", "主动公开政府信息____条"),
    ("全年主动公开信息   条。", "公开信息____条"),
    ("全年主动公开信息 条，更新及时。", "公开信息____条"),
    ("共收到政府信息公开申请  件，均按期答复。", "公开申请____件"),
    ("主动公开　条，", "公开____条"),
    ("收到  件政府信息公开申请，", "收到____件"),
    ("制发规范性文件____件，废止__件。", "____件"),
    ("举办培训（  ）次。", "____次"),
    ("收到____件政府信息公开申请。", "____件"),
    ("全年公开信息共条，其中公文类2条。", "公开信息共条"),
    ("主动公开政府信息条。", "公开政府信息条"),
    ("全年共受理申请共计件，全部办结。", "共计件"),
    ("召开会议  次、开展培训  期。", "开展培训____期"),
    ("全年共  件，均已办结。", "共____件"),
]
FILLED = [
    "",
    "全年公开信息   383条。",
    "全年公开信息 383 条，",
    "全年公开信息三百八十三条。",
    "没有出台规范性文件，没有政府信息公开申请件，也未收到复议申请。",
    "逐条对照《条例》，一条条落实，件件有回音。",
    "公开 条例 全文，符合 条件 的 项目 公开。",
    "主动公开信息条目清晰，公开信息条线分明。",
    "主 动 公 开 政 府 信 息 383 条 ，收 到 申 请 件 ，及 时 办 理 。",
    "按申请 件办理、加强信件、办件管理。",
    "收到 项目申报材料。",
    "第二十条第（一）项、（二）项信息。",
    "中共 党员2个支部。",
    "本年收费金额合计  元",
    "受理 事项、办理 文件、发布 条例、解答 次数。",
    "及时答复申请件。",
    "我局 及时 办理申请 件，按期 答复。",
    "申请人类型：（ ）个人（ ）单位，（  ）项目类。",
    "共条目30个，总计项目数5个。",
]


@pytest.mark.parametrize(("text", "hole"), MISSING)
def test_a_number_is_missing(text: str, hole: str) -> None:
    source = reading(text)
    findings = list(n12_no_number(source, source.form))
    assert [each.severity for each in findings] == [Severity.ERROR]
    assert hole in findings[0].message


@pytest.mark.parametrize("text", FILLED)
def test_nothing_is_missing(text: str) -> None:
    source = reading(text)
    assert not list(n12_no_number(source, source.form))


SLIPS = [
    ("深入落实《条列》要求。", "“《条列”像是误写，应是“《条例”"),
    ("按照政府信息公开条列办理。", "应是“信息公开条例”"),
    ("未发生行政法复议。", "应是“行政复议”"),
    ("属于过程性性信息。", "应是“过程性”"),
    ("公开预算信息。。二是办好申请。", "“。。”像是误写，应是“。”"),
    ("一是公开，，二是解读。", "应是“，”"),
    ("及时更新，。", "“，。”像是误写，只能用一个标点"),
]
RIGHT = [
    "",
    "《条例》逐条列明。",
    "条列式说明。",
    "规范行政复议。",
    "待续。。。",
    "依法公开，及时更新；逐项列出。",
    "过程性信息",
]


@pytest.mark.parametrize(("text", "words"), SLIPS)
def test_slips_of_the_pen(text: str, words: str) -> None:
    source = reading(text, "problems")
    (finding,) = n17_mistyped(source, source.form)
    assert finding.severity is Severity.INFO
    assert words in finding.message


@pytest.mark.parametrize("text", RIGHT)
def test_no_slips(text: str) -> None:
    source = reading(text)
    assert not list(n17_mistyped(source, source.form))


def test_real_reports() -> None:
    slips = {}
    for path in [*shared().glob("data/*/*.txt"), *shared().glob("data/*/*.pdf")]:
        for source in read_file(path):
            assert not list(n12_no_number(source, source.form)), path
            slips[path.name[:3]] = len(list(n17_mistyped(source, source.form)))
    assert {name: number for name, number in slips.items() if number} == {"002": 2}
