from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.form import INTRO, Form
from nianbao.formfile import load_form
from nianbao.importing.chapters import Title, chapter_texts, read_title, signed
from nianbao.report import clean_text

FORM = load_form("2021")
LONG = "国家税务总局示例市示例区税务局第一税务所（办税服务厅）及其所属派出机构联合办公室综合服务处"
TITLES = [
    ("示例市示例局2023年政府信息公开工作年度报告", "示例市示例局", 2023),
    ("2020年示例市示例局政府信息公开工作年度报告", "示例市示例局", 2020),
    ("# 示例市示例局 2021 年政府信息公开 工作年度报告 ", "示例市示例局", 2021),
    ("[bookmark: _GoBack]示例市示例局２０２３年度政府信息公开年度报告", "示例市示例局", 2023),
    ("示例市示例局政府信息公开2022年度工作报告", "示例市示例局", 2022),
    ("示例市示例局政府信息公开工作年度报告（2022年度）", "示例市示例局", 2022),
    ("示例市第101中学2023年度政府信息公开工作年度报告", "示例市第101中学", 2023),
    ("示例市示例局二〇二三年政府信息公开工作年度报告", "示例市示例局", 2023),
    ("示例市示例局二○二三年度政府信息公开工作年度报告", "示例市示例局", 2023),
    ("示例市示例局政府信息公开工作年度报告", "示例市示例局", None),
    ("示例市示例局202020年政府信息公开工作年度报告", "示例市示例局", None),
    ("2023年政府信息公开工作年度报告", "", 2023),
]
WRAPPED = [
    (["示例市示例局2020年度政府信息公开", "工作年度报告"], "示例市示例局", 2020),
    (["示例市示例局", "2020年度政府信息公开工作年度报告"], "示例市示例局", 2020),
    (["示例市示例局2020年", "政府信息公开工作年度报告"], "示例市示例局", 2020),
    ([f"{LONG}2020年", "政府信息公开工作年度报告"], LONG, 2020),
    ([LONG, "2020年政府信息公开工作年度报告"], LONG, 2020),
    ([f"{'示例' * 30}2020年", "政府信息公开工作年度报告"], "示例" * 30, 2020),
    (["示例局(示例中心)2020年", "政府信息公开工作年度报告"], "示例局(示例中心)", 2020),
]
NO_TITLES = [
    "一、总体情况",
    "2023年工作总结报告",
    "示例市示例局政府信息公开工作报告",
    "现将2023年政府信息公开工作年度报告公布如下。",
    "根据《条例》，示例局编制2023年政府信息公开工作年度报告",
    "示例市示例局2023年政府信息公开工作年度报告解读",
]


@pytest.mark.parametrize(("line", "agency", "year"), TITLES)
def test_a_title_names_agency_and_year(line: str, agency: str, year: int | None) -> None:
    assert read_title([line, "本报告共六个部分。"]) == Title(agency, year, frozenset({0}))


@pytest.mark.parametrize(("lines", "agency", "year"), WRAPPED)
def test_a_title_may_be_wrapped_over_two_lines(lines: list[str], agency: str, year: int) -> None:
    assert read_title([*lines, "一、总体情况"]) == Title(agency, year, frozenset({0, 1}))


@pytest.mark.parametrize("line", NO_TITLES)
def test_other_lines_are_no_title(line: str) -> None:
    assert read_title([line]) == Title()


@pytest.mark.parametrize("above", ["附件1", "附件（一）", "（示例市示例局）", "示例局（示例"])
def test_lines_above_the_title_are_not_its_agency(above: str) -> None:
    assert read_title(["索引号：000014349/2023-00001", above, "2023年政府信息公开工作年度报告"]) == Title(
        "", 2023, frozenset({2})
    )


def test_the_name_of_the_page_is_not_its_title() -> None:
    lines = ["政府信息公开工作年度报告", "发布日期：2024-01-30", "示例市示例局2023年政府信息公开工作年度报告"]
    assert read_title(lines) == Title("示例市示例局", 2023, frozenset({2}))


def test_of_two_titles_the_first_counts() -> None:
    lines = [TITLES[0][0], "说明。", "另一局2021年政府信息公开工作年度报告"]
    assert read_title(lines).agency == "示例市示例局"


def test_a_title_stands_at_the_top() -> None:
    assert read_title([*["一段。"] * 50, TITLES[0][0]]) == Title()


HEADINGS = [
    ("一、总体情况", "overview"),
    ("总体情况", "overview"),
    ("工作概况", "overview"),
    ("一、工作基本情况", "overview"),
    ("## 一、 总体概述", "overview"),
    ("[bookmark: _GoBack]一、总体情况", "overview"),
    ("一．总体情况", "overview"),
    ("主动公开政府信息情况", "disclosure"),
    ("二、主动公开政府信息的情况", "disclosure"),
    ("二、行政机关主动公开政府信息情况", "disclosure"),
    ("收到和处理政府信息公开申请情况", "requests"),
    ("三、收到与处理政府信息公开申请的情况", "requests"),
    ("#### 四、政府信息公开行政复议、行政诉讼情况", "review"),
    ("四、政府信息公开行政复议和行政诉讼情况", "review"),
    ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "review"),
    ("     五、存在的主要问题和改进情况", "problems"),
    ("五、存在问题及改进措施", "problems"),
    ("五、政府信息公开工作存在的主要问题及改进情况", None),
    ("六、其他需要报告的事项：", "other"),
    ("其他需要报告的情况", "other"),
    ("六、其他事项", "other"),
    ("六、需要报告的其他事项", "other"),
    ("六、其他需要说明的事项", "other"),
    ("一、2023年总体情况", "overview"),
    ("五、2023年度存在的主要问题及改进情况", "problems"),
    ("存在问题", None),
    ("改进措施", None),
    ("（一）总体情况", None),
    ("1.总体情况", None),
    ("1、主动公开政府信息情况", None),
    ("总体情况良好", None),
    ("总体情况。", None),
    ("一、加强组织领导", None),
    ("其他需要报告的事项：无。", None),
    ("", None),
]


@pytest.mark.parametrize(("line", "chapter"), HEADINGS)
def test_headings_come_in_many_shapes(line: str, chapter: str | None) -> None:
    texts = chapter_texts(["前言。", line, "正文。"], FORM)
    if chapter is None:
        assert list(texts) == [INTRO]
        assert texts[INTRO] == "\n".join(filter(None, ["前言。", clean_text(line), "正文。"]))
    else:
        assert texts == {INTRO: "前言。", chapter: "正文。"}


def test_every_heading_of_the_form_is_one(form: Form) -> None:
    lines = [line for chapter in form.chapters for line in (chapter.heading, f"{chapter.key}的正文。")]
    assert chapter_texts(lines, form) == {chapter.key: f"{chapter.key}的正文。" for chapter in form.chapters}


def test_paragraphs_keep_their_order_and_lose_their_edges() -> None:
    lines = ["一、总体情况", "　　一段。\r", " ", "（一）二段。\t三。"]
    assert chapter_texts(lines, FORM) == {"overview": "一段。\n（一）二段。 三。"}


def test_chapters_only_rise() -> None:
    lines = ["五、存在的主要问题及改进情况", "甲。", "总体情况", "乙。", "六、其他需要报告的事项", "丙。"]
    assert chapter_texts(lines, FORM) == {"problems": "甲。\n总体情况\n乙。", "other": "丙。"}


def test_where_a_heading_is_numbered_a_line_without_a_number_is_none() -> None:
    lines = ["一、总体情况", "甲。", "主动公开政府信息情况", "乙。", "二、主动公开政府信息情况", "丙。"]
    assert chapter_texts(lines, FORM) == {"overview": "甲。\n主动公开政府信息情况\n乙。", "disclosure": "丙。"}


def test_numbered_and_unnumbered_headings_may_alternate() -> None:
    lines = ["一、总体情况", "甲。", "收到和处理政府信息公开申请情况", "乙。", "五、存在的主要问题和改进情况", "丙。"]
    assert chapter_texts(lines, FORM) == {"overview": "甲。", "requests": "乙。", "problems": "丙。"}


@pytest.mark.parametrize("between", [[], ["前言。"], ["", "前言。", ""]])
def test_a_table_of_contents_begins_no_chapter(between: list[str]) -> None:
    headings = [chapter.heading for chapter in FORM.chapters]
    body = [line for heading in headings for line in (heading, f"{heading[2:]}如下。")]
    texts = dict(chapter_texts(["目录", *headings, *between, *body], FORM))
    assert texts.pop(INTRO).split("\n") == ["目录", *headings, *filter(None, between)]
    assert texts == {chapter.key: f"{chapter.heading[2:]}如下。" for chapter in FORM.chapters}


def test_chapters_without_text_are_no_table_of_contents() -> None:
    headings = [chapter.heading for chapter in FORM.chapters]
    assert chapter_texts([*headings, "无。"], FORM) == {"other": "无。"}


@given(st.lists(st.one_of(st.text(max_size=30), st.sampled_from([line for line, _ in HEADINGS]))))
def test_no_text_is_lost(lines: list[str]) -> None:
    kept = "\n".join(chapter_texts(lines, FORM).values()).split("\n")
    written = [line for paragraph in lines for line in clean_text(paragraph).split("\n") if line]
    lost = [line for line in written if line not in kept]
    headings = {line for line, chapter in HEADINGS if chapter}
    assert all(any(clean_text(heading) == line for heading in headings) for line in lost)


@given(st.lists(st.text(alphabet="示例局 #年度政府信息公开工作报告2023\n（）、", max_size=40), max_size=12))
def test_any_lines_have_a_title_or_none(lines: list[str]) -> None:
    title = read_title(lines)
    assert title.year is None or 0 <= title.year <= 9999
    assert len(title.paragraphs) <= 2


SIGNED = [
    # the last paragraphs, and what is taken for the signature and its date
    (["示例市示例局", "2024年1月20日"], {"signature": "示例市示例局", "date": "2024年1月20日"}),
    (
        ["正文。", "示例市 示例局", "2024 年 1 月 20 日", ""],
        {"signature": "示例市 示例局", "date": "2024 年 1 月 20 日"},
    ),
    (["二〇二四年一月二十日"], {"date": "二〇二四年一月二十日"}),
    (["无其他需要报告的事项。", "2024年1月20日"], {"date": "2024年1月20日"}),
    (["无其他需要报告的事项", "2024年1月20日"], {"date": "2024年1月20日"}),
    (["本年度未收取信息处理费", "2024年1月20日"], {"date": "2024年1月20日"}),
    (["无锡市示例局", "2024年1月20日"], {"signature": "无锡市示例局", "date": "2024年1月20日"}),
    (["六、其他需要报告的事项", "2024年1月20日"], {"date": "2024年1月20日"}),
    (["示例市示例局", "2024年1月20日印发"], {}),
    (["示例市示例局"], {}),
    ([], {}),
]


@pytest.mark.parametrize(("lines", "found"), SIGNED)
def test_signature_and_date_end_a_report(lines: list[str], found: dict[str, str]) -> None:
    assert {key: lines[at] for key, at in signed(lines, FORM).items()} == found
