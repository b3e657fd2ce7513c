"""N13 and N14: how long chapter one is, and what it speaks of."""

from __future__ import annotations

import pytest

from builders import busy_report, shared
from nianbao.check import check
from nianbao.checks.overview import n13_too_long, n14_missing_aspect
from nianbao.importing.files import read_file
from nianbao.reading import Reading
from nianbao.report import characters

ALL = "主动公开若干条，办理依申请公开，加强信息管理，建设公开平台，开展业务培训。"


def reading(texts: dict[str, str], agency: str = "示例市示例局", edition: str = "2021") -> Reading:
    return Reading("年报.xlsx", busy_report(edition)._replace(agency=agency, texts=texts))


@pytest.mark.parametrize(
    ("text", "edition", "over"),
    [
        ("字" * 1000, "2021", 0),
        ("字" * 1001, "2021", 1),
        (" 字　\n" * 1000, "2021", 0),
        (" 字　\n" * 1003, "2021", 3),
        ("字" * 1500, "2019", 0),
        ("", "2021", 0),
    ],
)
def test_length(text: str, edition: str, over: int) -> None:
    source = reading({"overview": text, "problems": "字" * 3000}, edition=edition)
    findings = list(n13_too_long(source, source.form))
    assert [each.difference for each in findings] == ([over] if over else [])
    assert all(f"正文共 {characters(text)} 字" in each.message and f"多 {over} 字" in each.message for each in findings)


ASPECTS = [
    (ALL, ""),
    (ALL.replace("办理依申请公开，", ""), "“依申请公开”"),
    ("主动公开若干条。", "“依申请公开”“政府信息管理”“政府信息公开平台建设”“监督保障”"),
    ("主动公\n开若干条，依申 请公开，三审三校，网站专栏，考核。", ""),
    ("", ""),
    (" \n", ""),
]


@pytest.mark.parametrize(("text", "missing"), ASPECTS)
@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_five_aspects(text: str, missing: str, edition: str) -> None:
    source = reading({"overview": text}, edition=edition)
    findings = list(n14_missing_aspect(source, source.form))
    assert [missing in each.message for each in findings] == ([True] if missing else [])


GOVERNMENTS = [
    ("示例县人民政府", ALL, "存在不足。", True),
    ("示例县人民政府", ALL + "纳入年度考核。", "存在不足。", False),
    ("示例县人民政府", ALL, "开展社会评议，没有责任追究。", False),
    ("示例县人民政府", ALL, "", False),
    ("示例县人民政府", "", "存在不足。", False),
    ("示例县人民政府办公室", ALL, "存在不足。", False),
    ("示例县水利局", ALL, "存在不足。", False),
]


@pytest.mark.parametrize(("agency", "overview", "problems", "is_missing"), GOVERNMENTS)
def test_what_governments_add(agency: str, overview: str, problems: str, *, is_missing: bool) -> None:
    source = reading({"overview": overview, "problems": problems}, agency)
    assert any("工作考核、社会评议和责任追究" in each.message for each in check(source)) is is_missing


def test_real_reports() -> None:
    missing = {}
    for path in [*shared().glob("data/*/*.txt"), *shared().glob("data/*/*.pdf")]:
        for source in read_file(path):
            assert not list(n13_too_long(source, source.form)), path
            missing[path.name[:3]] = [each.message for each in n14_missing_aspect(source, source.form)]
    assert {name: len(told) for name, told in missing.items() if told} == {"001": 1, "002": 1, "004": 1, "hon": 1}
    assert "“依申请公开”" in missing["001"][0]
    assert "“政府信息管理”" in missing["002"][0]
    assert "“政府信息管理”“政府信息公开平台建设”“监督保障”" in missing["004"][0]
    assert "责任追究" in missing["hon"][0]
