from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

from builders import AGENCY, any_report, blank_report, busy_report, zero_report
from nianbao.document.article import Block, Paragraph, Statutory, compose, full_title
from nianbao.document.facts import NOTHING, Background, Unit
from nianbao.formfile import load_form
from nianbao.report import Fee, Report

ROLES = [
    ("（一）主动公开", "heading2", ""),
    ("（十二）其他工作", "heading2", ""),
    ("（一）主动公开。全年公开信息若干条。", "body", "（一）主动公开。"),
    ("（一）全年公开信息若干条。", "body", ""),
    ("（一）内容更新不及时，部分栏目解读偏少，回应群众关切还不够主动，需要继续加强相关工作的统筹；", "body", ""),
    ("1.门户网站", "heading3", ""),
    ("2、政务新媒体", "heading3", ""),
    ("３．查阅场所", "heading3", ""),
    ("12.其他渠道", "heading3", ""),
    ("(二)依申请公开", "heading2", ""),
    ("（二)依申请公开。答复若干件。", "body", "（二)依申请公开。"),
    ("（三）工作是否到位？", "body", ""),
    ("（1）门户网站", "body", ""),
    ("(1)门户网站", "body", ""),
    ("①门户网站", "body", ""),
    ("第一，加强领导", "body", ""),
    ("一是加强领导。二是加强培训。", "body", ""),
    ("12.31前完成", "body", ""),
    ("３．５万件申请", "body", ""),
    ("3.账号由专人值守。", "body", ""),
    ("3.5万件申请", "body", ""),
    ("2023年工作", "body", ""),
    ("一、总体情况", "body", ""),
    ("普通的一段", "body", ""),
]


def written(texts: dict[str, str], edition: str = "2021") -> Report:
    zero = zero_report(edition)
    return Report(edition, zero.year, AGENCY, zero.values, texts)


def blocks_of(filled: Report) -> tuple[Block, ...]:
    return compose(filled).blocks


def paragraphs(filled: Report, heading: str) -> list[Paragraph]:
    """What stands between `heading` and the next table or heading."""
    found: list[Paragraph] = []
    blocks = iter(blocks_of(filled))
    next(block for block in blocks if isinstance(block, Paragraph) and block.text == heading)
    for block in blocks:
        if isinstance(block, Statutory) or block.role == "heading1":
            break
        found.append(block)
    return found


def test_the_order_of_a_report(edition: str) -> None:
    form = load_form(edition)
    blocks = blocks_of(zero_report(edition))
    assert [block.role for block in blocks if isinstance(block, Paragraph)][:2] == ["title", "body"]
    headings = [b.text for b in blocks if isinstance(b, Paragraph) and b.role == "heading1"]
    assert headings == [chapter.heading for chapter in form.chapters]
    assert [b.chapter for b in blocks if isinstance(b, Statutory)] == [c for c in form.chapters if c.tables]


def test_the_title_breaks_before_the_name_of_the_report() -> None:
    assert full_title(zero_report()) == "示例市示例局2023年\n政府信息公开工作年度报告"
    assert full_title(Report("2021", None, "")) == "【待填写：单位名称】【待填写：年度】\n政府信息公开工作年度报告"


def marks(filled: Report, background: Background = NOTHING) -> list[str]:
    """What is marked as missing."""
    blocks = compose(filled, background).blocks
    return [b.text for b in blocks if isinstance(b, Paragraph) and b.role == "placeholder"]


def test_what_nobody_wrote_is_marked() -> None:
    assert marks(busy_report()) == [
        "【待填写：政府信息管理情况，如公开前审查、公开目录更新、文件清理和归档】",
        "【待填写：政府信息公开平台建设情况，如政府网站专栏、政务新媒体、公报和查阅场所】",
        "【待填写：监督保障情况，如机构和人员、业务培训、监督检查】",
        "【待填写：五、存在的主要问题及改进情况】",
        "【待填写：六、其他需要报告的事项】",
    ]


def test_what_no_figure_tells_is_marked_too() -> None:
    assert [mark[5:-1].split("，")[0] for mark in marks(blank_report())[:3]] == [
        "主动公开情况",
        "依申请公开情况",
        "政府信息管理情况",
    ]


@pytest.mark.parametrize(
    ("agency", "units", "asked"),
    [
        ("示例市人民政府", 0, True),
        ("示例市人民政府 ", 0, True),
        ("示例区管理委员会", 1, True),
        ("示例区管理委员会", 0, False),
        ("示例市人民政府办公室", 0, False),
    ],
)
def test_a_government_is_asked_for_accountability(agency: str, units: int, asked: bool) -> None:  # noqa: FBT001 - a table's column
    background = Background(units=(Unit("示例局", Decimal(0)),) * units)
    found = marks(zero_report()._replace(agency=agency), background)
    assert any("工作考核、社会评议和责任追究结果" in mark for mark in found) == asked


def test_the_aspects_of_chapter_one(edition: str) -> None:
    overview = load_form(edition).chapters[0]
    found = paragraphs(busy_report(edition), overview.heading)
    numbered = zip("一二三四五", overview.aspects, strict=True)
    assert [each.text for each in found if each.role == "heading2"] == [f"（{n}）{a.label}" for n, a in numbered]
    assert [each.made for each in found] == [False, True, False, True, *[False] * 6]


def test_the_aspects_of_a_busy_report() -> None:
    texts = [each.text for each in paragraphs(busy_report(), "一、总体情况") if each.made]
    assert texts == [
        "2023年，制发行政规范性文件2件。作出行政许可、行政处罚、行政强制处理决定共138件。",
        "2023年，新收政府信息公开申请17件，连同上年结转的3件，共办理20件；到年底办结18件，结转下年度继续办理2件。",
    ]
    texts = [each.text for each in paragraphs(busy_report("2019"), "一、总体情况") if each.made]
    assert texts[0] == (
        "2020年，新制定规范性文件2件。作出行政许可、其他对外管理服务事项、行政处罚、行政强制处理决定共209件。"
    )


def test_the_aspects_of_a_report_of_zeros() -> None:
    assert [each.text for each in paragraphs(zero_report(), "一、总体情况") if each.made] == [
        "2023年，未制发规章和行政规范性文件。未作出行政许可、行政处罚、行政强制处理决定。",
        "2023年，新收和上年结转的政府信息公开申请均为0件。",
    ]


@pytest.mark.parametrize(
    ("texts", "parts"),
    [
        ({}, ["overview"]),
        ({"overview": " \n　"}, ["overview"]),
        ({"requests": "自己写的。"}, ["overview"]),
        ({"overview": "自己写的。"}, ["requests"]),
        ({"overview": "自己写的。", "requests": "自己写的。"}, []),
    ],
)
def test_units_are_told_once(texts: dict[str, str], parts: list[str], edition: str) -> None:
    background = Background(units=(Unit("示例局", Decimal(17)), Unit("示例委", Decimal(0))))
    filled = busy_report(edition)
    article = compose(filled._replace(texts=texts), background)
    whole = compose(filled, background).parts["overview"]
    (sentence,) = (block.text for block in whole if isinstance(block, Paragraph) and "示例局（" in block.text)
    telling = {
        part: block.text.endswith(sentence)
        for part, blocks in article.parts.items()
        for block in blocks
        if isinstance(block, Paragraph) and "本报告汇总" in block.text
    }
    assert telling == dict.fromkeys(parts, True)


FEE_HOLE = "【待填写：信息处理费收取的件数和金额】"
FEES = [
    # the fee, what the office wrote in chapter six, what stands there
    (Fee(charged=True), "无。", ["无。", FEE_HOLE]),
    (Fee(charged=True, pieces=Decimal(2)), "无。", ["无。", FEE_HOLE]),
    (Fee(charged=True, yuan=Decimal(30)), "", [FEE_HOLE]),
    (Fee(charged=True, pieces=Decimal(2), yuan=Decimal(30)), "", ["本年度收取信息处理费2件，共30元。"]),
    (Fee(charged=True), "收取信息处理费2件，共30元。", ["收取信息处理费2件，共30元。"]),
    (Fee(charged=False), "无。", ["无。", "本年度未收取信息处理费。"]),
    (Fee(), "无。", ["无。"]),
    (Fee(), "", ["【待填写：六、其他需要报告的事项】"]),
]


@pytest.mark.parametrize(("fee", "typed", "texts"), FEES)
def test_chapter_six_owes_the_fee(fee: Fee, typed: str, texts: list[str]) -> None:
    filled = written({"other": typed})._replace(fee=fee)
    assert [each.text for each in paragraphs(filled, "六、其他需要报告的事项")] == texts
    assert (FEE_HOLE in marks(filled)) == (FEE_HOLE in texts)


def test_sentences_from_figures_are_told_apart() -> None:
    filled = written({"overview": "自己写的。", "problems": "有。"})._replace(fee=Fee(charged=False))
    made = {block.text for block in blocks_of(filled) if isinstance(block, Paragraph) and block.made}
    assert "本年度未收取信息处理费。" in made
    assert len(made) == 5
    assert not made & {"自己写的。", "有。"}


def test_an_office_template_replaces_the_blocks_it_has(tmp_path: Path) -> None:
    template = tmp_path / "own.j2"
    template.write_text(
        "{% block review %}没有复议诉讼。{% endblock %}\n{% block overview_platforms %}有网站。{% endblock %}", "utf-8"
    )
    ours, own = compose(zero_report()), compose(zero_report(), template=template)
    assert own.parts["review"][1] == Paragraph("body", "没有复议诉讼。", made=True)
    assert own.parts["requests"] == ours.parts["requests"]
    assert Paragraph("body", "有网站。", made=True) in own.parts["overview"]
    assert len(own.parts["overview"]) == len(ours.parts["overview"])


def test_what_the_office_wrote_stands_instead() -> None:
    keys = {chapter.key: chapter.heading for chapter in load_form("2021").chapters}
    filled = written({key: f"自己写的{key}。\n\n第二段。" for key in keys} | {"intro": "自己写的开头。"})
    for key, heading in keys.items():
        assert paragraphs(filled, heading) == [Paragraph("body", f"自己写的{key}。"), Paragraph("body", "第二段。")]
    blocks = blocks_of(filled)
    assert blocks[1] == Paragraph("body", "自己写的开头。")
    assert not any(isinstance(block, Paragraph) and block.role == "placeholder" for block in blocks)


@pytest.mark.parametrize("empty", ["", "  ", "\n　\n"])
def test_blank_text_is_no_text(empty: str) -> None:
    assert blocks_of(written({"overview": empty, "requests": empty})) == blocks_of(zero_report())


@pytest.mark.parametrize(("line", "role", "lead"), ROLES)
def test_the_role_of_a_line(line: str, role: str, lead: str) -> None:
    (found,) = paragraphs(written({"overview": line}), "一、总体情况")
    assert (found.role, found.text, found.text[: found.lead]) == (role, line, lead)


def test_a_report_is_signed_only_if_somebody_signed() -> None:
    assert blocks_of(written({"signature": "示例局", "date": "2024年1月20日"}))[-2:] == (
        Paragraph("signature", "示例局"),
        Paragraph("signature", "2024年1月20日"),
    )
    assert blocks_of(written({"date": "2024年1月20日"}))[-1] == Paragraph("signature", "2024年1月20日")
    assert not any(isinstance(b, Paragraph) and b.role == "signature" for b in blocks_of(zero_report()))


@given(any_report("2021"))
def test_every_line_of_the_office_stands_unchanged(filled: Report) -> None:
    typed = [line for text in filled.texts.values() for line in text.split("\n") if line]
    texts = [block.text for block in blocks_of(filled) if isinstance(block, Paragraph)]
    assert [line for line in typed if line not in texts] == []
