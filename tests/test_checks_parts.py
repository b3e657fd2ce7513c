"""M09: the parts that an introduction announces."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import busy_report, shared
from nianbao.check import check
from nianbao.form import Form
from nianbao.formfile import load_form
from nianbao.importing.files import read_file
from nianbao.reading import Reading

ALL = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
LIST, FIVE, THREE = "、".join(ALL), "、".join(ALL[:5]), "、".join(ALL[:3])


def found(intro: str, present: int) -> list[str]:
    form: Form = load_form("2021")
    headings = {chapter.key: (chapter.heading, None) for chapter in form.chapters[:present]}
    reading = Reading("年报.txt", busy_report()._replace(texts={"intro": intro}), headings=headings)
    return [each.message for each in check(reading) if each.rule == "M09"]


CASES = [
    # the introduction, how many chapters there are (0: no telling), and words of what is found
    (f"本报告由{LIST}等六部分组成。", 6, ""),
    (f"本报告由{LIST}等六部分组成。", 0, ""),
    (f"报告包括{LIST}6个部分。", 6, ""),
    (f"全文共六个部分：{LIST}。", 6, ""),
    (f"全文分为六大部分，包括{LIST}。", 6, ""),
    (f"本报告包括{LIST}。", 6, ""),
    (f"本报告由{'；'.join(ALL)}构成。", 6, ""),
    (f"本报告由示例局编制，包括{LIST}等六个部分。", 6, ""),
    ("本报告由总体情况、主动公开情况、依申请公开情况、复议和诉讼情况、主要问题和改进措施、其他事项六部分组成。", 6, ""),
    ("本报告由示例市人民政府办公室根据条例要求编制。", 6, ""),
    ("本报告分为正文和附件两部分。", 6, ""),
    ("本报告分文字、表格两个部分。", 6, ""),
    ("本报告第六部分说明了收费情况。", 5, ""),
    (f"本报告包括{THREE}等。", 6, ""),  # not all, and it says so
    (f"本报告包括{THREE}、附表。", 6, ""),  # something else as well
    ("报告内容涉及三个方面。", 6, ""),
    ("报告对主动公开、依申请公开的情况作了说明。", 6, ""),
    (f"本报告由{LIST}等六部分组成。", 5, ""),  # which one is missing is told by S01
    (f"本报告由{FIVE}等六部分组成。", 6, "报告说有 6 个部分，列出的是 5 个"),
    (f"本报告由{FIVE}等六部分组成。", 0, "报告说有 6 个部分，列出的是 5 个"),
    (f"全文共五个部分：{LIST}。", 6, "报告说有 5 个部分，列出的是 6 个"),
    (f"全文共五个部分：{FIVE}。", 6, "报告说有 5 个部分，正文有 6 章"),
    ("本报告共分八个部分。", 6, "报告说有 8 个部分，正文有 6 章"),
    ("本报告共分八个部分。", 0, ""),
    (f"本报告主要包括{THREE}。", 6, "报告列出的是 3 个部分，正文有 6 章"),
    (f"本报告主要包括{THREE}。", 0, ""),
    (f"本报告主要包括{THREE}三个部分。", 6, ""),
]


@pytest.mark.parametrize(("intro", "present", "words"), CASES)
def test_announced_listed_and_there(intro: str, present: int, words: str) -> None:
    told = found(intro, present)
    assert [words in message for message in told] == ([True] if words else [])
    assert all("原文：“" in message for message in told)


@pytest.mark.parametrize(("name", "count"), [("000", 0), ("001", 0), ("002", 1), ("003", 0), ("004", 0)])
def test_real_reports(name: str, count: int) -> None:
    (reading,) = read_file(next(Path(shared(), "data", "seeds").glob(f"{name}_*.txt")))
    assert sum(each.rule == "M09" for each in check(reading)) == count
