from __future__ import annotations

import pytest
from hypothesis import given

from builders import AGENCY, any_report, busy_report, zero_report
from nianbao.document.article import Block, Paragraph, Statutory, compose, full_title
from nianbao.formfile import load_form
from nianbao.report import Report

ROLES = [
    ("（一）主动公开", "heading2", ""),
    ("（十二）其他工作", "heading2", ""),
    ("（一）主动公开。全年公开信息若干条。", "body", "（一）主动公开。"),
    ("（一）全年公开信息若干条。", "body", ""),
    ("（一）内容更新不及时，部分栏目解读偏少，回应群众关切还不够主动，需要继续加强相关工作的统筹；", "body", ""),
    ("1.门户网站", "heading3", ""),
    ("2、政务新媒体", "heading3", ""),
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


def test_what_nobody_wrote_is_marked() -> None:
    marked = [b.text for b in blocks_of(busy_report()) if isinstance(b, Paragraph) and b.role == "placeholder"]
    assert marked == [
        "【待填写：一、总体情况】",
        "【待填写：五、存在的主要问题及改进情况】",
        "【待填写：六、其他需要报告的事项】",
    ]


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
