"""The web page of a report: what stands on it, for whom it is readable, and what comes back from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from builders import AGENCY, YEARS, any_report, blank_report, busy_report, changed, hybrid, texts, zero_report
from nianbao.document.article import Paragraph, compose
from nianbao.document.html import write_html
from nianbao.document.webstyle import STYLE, WIDTHS
from nianbao.figures import show
from nianbao.form import SIGNATURE, Chapter
from nianbao.formfile import EDITIONS, load_form
from nianbao.importing.html import read_html
from nianbao.importing.xmlparts import Element
from nianbao.printed import printed
from nianbao.report import PARTICULARS, Fee, Report
from nianbao.workbook.contents import carried

HOSTILE = [
    "<script>alert(1)</script>",
    "</title></style></p><img src=x onerror=alert(1)>",
    "甲 &amp; 乙 &lt; 丙 & 丁 &#65; &nbsp",
    "{{ 7*7 }}{% for x in y %}{# 注释 #}",
    "\"双引号\" '单引号' “引号” `反引号`",
    "<!-- 注释 --> ]]> <![CDATA[",
    "𠮷野家㐂😀👨‍👩‍👧",
    "甲_x000D_乙",
    "甲  乙   丙",
    "\u202e倒写",
    "javascript:alert(1) @import url(http://示例)",
]
SIGNED = {"signature": "示例市示例局", "date": "2024年1月20日"}
LEVELS = "（一）甲\n1.乙\n（二）丙。丁戊\n（三）己"


def root_of(report: Report) -> Element:
    """The page of `report` as a browser parses it."""
    return etree.fromstring(write_html(compose(report)), etree.HTMLParser(encoding="utf-8"))


def found(root: Element, *tags: str) -> list[Element]:
    return list(root.iter(*tags))


def text(element: Element) -> str:
    return "".join(element.itertext())


def lines(root: Element) -> list[str]:
    return [text(element) for element in root.iter("p")]


class Cell(NamedTuple):
    """A cell of a web page's table, where it stands in its grid: columns, rows and groups from 0."""

    element: Element
    rows: range
    columns: range
    section: int

    @property
    def text(self) -> str:
        return text(self.element)


def cells_of(table: Element) -> Iterator[Cell]:
    """The cells of a table, as HTML says that they fall into places; no two may share one."""
    taken: set[tuple[int, int]] = set()
    number = 0
    for section, group in enumerate(table.iterchildren("thead", "tbody")):
        rows = list(group)
        for left, row in enumerate(rows):
            column = 0
            for element in row:
                while (number, column) in taken:
                    column += 1
                height, width = int(element.get("rowspan", "1")), int(element.get("colspan", "1"))
                assert height <= len(rows) - left
                cell = Cell(element, range(number, number + height), range(column, column + width), section)
                places = {(row, column) for row in cell.rows for column in cell.columns}
                assert not places & taken
                taken |= places
                yield cell
            number += 1
    width = len(list(table.iter("col")))
    assert taken == {(row, column) for row in range(number) for column in range(width)}


def tables(root: Element) -> dict[str, list[Element]]:
    """The tables by chapter."""
    return {
        chapter: list(section.iterchildren("table"))
        for section in root.iter("section")
        for chapter in WIDTHS
        if chapter in section.get("class", "").split()
    }


def seen(table: Element) -> list[tuple[str, int, float, float]]:
    """What one sees of a table: of each cell, its text, its height, and where it begins and ends, in percent."""
    columns = [float(column.get("style", "").removeprefix("width:").removesuffix("%")) for column in table.iter("col")]
    edges = [round(edge, 1) for edge in accumulate(columns, initial=0)]
    captions = [(text(caption), 1, 0.0, edges[-1]) for caption in table.iter("caption")]
    cells = [(c.text, len(c.rows), edges[c.columns.start], edges[c.columns.stop]) for c in cells_of(table)]
    return [*captions, *cells]


def expected(chapter: Chapter, report: Report) -> list[tuple[str, int, float, float]]:
    edges = [round(edge, 1) for edge in accumulate(WIDTHS[chapter.key], initial=0)]
    return [
        (
            each.text if each.key is None else show(report.values.get(each.key)),
            each.height,
            edges[each.column],
            edges[each.column + each.width],
        )
        for each in printed(chapter)
    ]


def assert_tables_are(report: Report) -> None:
    made = tables(root_of(report))
    chapters = [chapter for chapter in load_form(report.edition).chapters if chapter.tables]
    assert list(made) == [chapter.key for chapter in chapters]
    for chapter in chapters:
        assert [cell for table in made[chapter.key] for cell in seen(table)] == expected(chapter, report)


# The tables


def test_the_tables_look_as_printed(edition: str) -> None:
    assert_tables_are(busy_report(edition))
    assert_tables_are(blank_report(edition))
    assert_tables_are(Report(edition, None, ""))


@settings(max_examples=10)
@given(st.sampled_from(EDITIONS).flatmap(any_report))
def test_every_figure_is_at_its_place(report: Report) -> None:
    assert_tables_are(report)


def test_a_hybrid_report_prints_the_form_of_its_edition() -> None:
    assert_tables_are(hybrid(busy_report()))


def headings_of(cell: Cell, table: Element) -> set[str]:
    """The headings that HTML assigns to a cell: above it, left of it, and those of its column group and row group."""
    groups = [len(group) for group in table.iter("colgroup")]
    bounds = [range(start, stop) for start, stop in pairwise(accumulate(groups, initial=0))]

    def speaks(head: Cell) -> bool:
        above = head.rows.start < cell.rows.start
        beside = head.columns.start < cell.columns.start
        in_columns = bool({*head.columns} & {*cell.columns})
        in_rows = bool({*head.rows} & {*cell.rows})
        group = next(bound for bound in bounds if head.columns.start in bound)
        return {
            "col": above and in_columns,
            "colgroup": above and cell.columns.start in group,
            "row": beside and in_rows,
            "rowgroup": head.rows.start <= cell.rows.start and head.section == cell.section,
        }[head.element.get("scope", "")]

    return {head.text for head in cells_of(table) if head.element.tag == "th" and speaks(head)}


def test_every_figure_is_under_and_beside_its_own_headings_and_no_others(edition: str) -> None:
    form = load_form(edition)
    made = tables(root_of(busy_report(edition)))
    for chapter in form.chapters:
        for table, element in zip(chapter.tables, made.get(chapter.key, []), strict=True):
            figures = [cell for cell in cells_of(element) if cell.element.tag == "td"]
            for key, cell in zip(table.cells(), figures, strict=True):
                paths = {*form.row(key).path, *form.column(key).path, *filter(None, [table.banner])}
                assert headings_of(cell, element) == paths, key


# For whom it is readable


@pytest.fixture(params=["filled", "zero", "blank", "levels"])
def page(request: pytest.FixtureRequest, edition: str) -> Element:
    """Pages of every kind."""
    reports = {
        "filled": busy_report(edition)._replace(texts=SIGNED | {"overview": LEVELS}),
        "zero": zero_report(edition),
        "blank": Report(edition, None, ""),
        "levels": zero_report(edition)._replace(
            texts=dict.fromkeys(load_form(edition).text_keys, "1.甲\n（一）乙\n1.丙")
        ),
    }
    return root_of(reports[request.param])


def test_the_page_says_what_it_is(page: Element) -> None:
    assert page.get("lang") == "zh-CN"
    (title,) = found(page, "title")
    (heading,) = found(page, "h1")
    assert title.text == text(heading).replace("\n", "") != ""
    assert len(found(page, "main")) == len(found(page, "article")) == 1
    named = {meta.get("name"): meta.get("content") for meta in found(page, "meta") if meta.get("name")}
    assert named["viewport"] == "width=device-width, initial-scale=1"
    assert named["ArticleTitle"] == title.text
    assert named["description"]


def test_no_heading_skips_a_level(page: Element) -> None:
    levels = [int(str(heading.tag)[1]) for heading in found(page, "h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert levels.count(2) >= 6
    assert max(deeper - level for level, deeper in pairwise(levels)) <= 1


def test_every_table_has_a_name_and_every_heading_a_scope(page: Element) -> None:
    headings = [text(heading) for heading in page.iter("h2")]
    for table in found(page, "table"):
        captions = [text(caption) for caption in table.iterchildren("caption")]
        assert captions or table.get("aria-label") in headings
        assert [text(each) for each in table.iterchildren("thead")]
        for cell in cells_of(table):
            assert (cell.element.tag == "th") == (cell.element.get("scope") is not None)


def test_a_group_of_columns_or_rows_is_that_of_its_heading(page: Element) -> None:
    for table in found(page, "table"):
        cells = list(cells_of(table))
        groups = [*accumulate((len(group) for group in table.iter("colgroup")), initial=0)]
        sections = [len(section) for section in table.iterchildren("thead", "tbody")]
        tall = [cell for cell in cells if cell.element.get("scope") == "rowgroup"]
        assert len(sections) == 2 + 2 * len(tall)
        for cell in cells:
            scope = cell.element.get("scope")
            assert scope != "colgroup" or (cell.columns.start, cell.columns.stop) in pairwise(groups)
            assert scope != "rowgroup" or len(cell.rows) == sections[cell.section]
    assert {th.get("scope") for th in found(page, "th")} == {"col", "colgroup", "row", "rowgroup"}


def test_whoever_has_no_mouse_can_scroll(page: Element) -> None:
    sections = found(page, "section")
    assert [len(list(section.iter("table"))) > 0 for section in sections] == [True] * 3
    headings = [text(heading) for heading in page.iter("h2")]
    for section in sections:
        assert section.get("tabindex") == "0"
        assert any(section.get("aria-label", "").startswith(heading) for heading in headings)


def test_the_page_needs_nothing_and_does_nothing(page: Element) -> None:
    tags = {str(element.tag) for element in page.iter()}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "a", "form", "input", "base", "svg"}
    names = {str(name) for element in page.iter() for name in element.attrib}
    assert names <= {
        *("charset", "http-equiv", "content", "name", "lang", "class", "style", "scope", "rowspan", "colspan"),
        *("tabindex", "aria-label"),
    }
    assert not re.search(r"https?:|//|url\(|@import|@font-face", etree.tostring(page, encoding="unicode"))
    (policy,) = (meta.get("content", "") for meta in page.iter("meta") if meta.get("http-equiv"))
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy


def test_the_style_sheet_speaks_of_what_is_on_the_page() -> None:
    root = root_of(busy_report()._replace(texts=SIGNED | {"overview": LEVELS}))
    classes = {name for element in root.iter() for name in element.get("class", "").split()}
    assert {*re.findall(r"\.([a-z]\w*)(?=[^{}]*\{)", STYLE)} == classes - {"body", "disclosure"}
    assert {round(sum(widths)) for widths in WIDTHS.values()} == {100}


# The text


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_text_comes_out_as_typed(typed: str) -> None:
    keys = load_form("2021").text_keys
    root = root_of(Report("2021", 2023, typed, {}, dict.fromkeys(keys, typed)))
    assert lines(root).count(typed) == len(keys)
    (title,) = found(root, "title")
    assert title.text == f"{typed}2023年政府信息公开工作年度报告"
    assert text(found(root, "h1")[0]) == title.text
    (named,) = (meta.get("content") for meta in root.iter("meta") if meta.get("name") == "ArticleTitle")
    assert named == title.text
    harmless = root_of(Report("2021", 2023, "甲", {}, dict.fromkeys(keys, "乙")))
    assert [element.tag for element in root.iter()] == [element.tag for element in harmless.iter()]


def test_what_no_document_can_hold_is_left_out() -> None:
    root = root_of(Report("2021", 2023, "甲\x00乙\ud800局\x1b", {}, {"overview": "甲\x00乙\ud800丙\t丁\ufffe\x85"}))
    assert "甲乙丙 丁" in lines(root)
    assert text(found(root, "h1")[0]).startswith("甲乙局2023年")


@settings(max_examples=10)
@given(st.sampled_from(EDITIONS).flatmap(any_report))
def test_every_typed_line_stands_on_the_page(report: Report) -> None:
    shown = [text(element) for element in root_of(report).iter("p", "h2", "h3", "h4")]
    typed = [line for words in report.texts.values() for line in words.split("\n") if line]
    assert [line for line in typed if line not in shown] == []


def test_levels_run_in_headings_and_the_signature() -> None:
    root = root_of(zero_report()._replace(texts=SIGNED | {"overview": LEVELS}))
    chapter = [each for each in root.iter("h2", "h3", "h4", "p") if text(each) in LEVELS.split("\n")]
    assert [(each.tag, each.get("class")) for each in chapter] == [
        ("h3", "heading2"),
        ("h4", "heading3"),
        ("p", "body"),
        ("h3", "heading2"),
    ]
    assert [text(strong) for strong in root.iter("strong")] == ["（二）丙。"]
    assert [text(p) for p in root.iter("p") if p.get("class") == "signature"] == list(SIGNED.values())
    assert re.search(r"\.signature \{[^}]*text-align: right", STYLE)


def test_the_title_breaks_before_the_name_of_the_report() -> None:
    (heading,) = found(root_of(zero_report()), "h1")
    (broken,) = heading
    assert (heading.text, broken.tag, broken.tail) == (f"{AGENCY}2023年", "br", "政府信息公开工作年度报告")


def test_holes_of_a_draft_are_marked() -> None:
    blocks = compose(zero_report()).blocks
    holes = [each.text for each in blocks if isinstance(each, Paragraph) and each.role == "placeholder"]
    assert [text(mark) for mark in root_of(zero_report()).iter("mark")] == holes
    assert "【待填写：五、存在的主要问题及改进情况】" in holes


def test_nobody_is_named_whom_the_report_does_not_name() -> None:
    silent = dict.fromkeys((each for each in PARTICULARS if each != "contact"), "某甲")
    assert "某甲" not in write_html(compose(busy_report()._replace(particulars=silent))).decode()


def test_the_same_article_gives_the_same_bytes() -> None:
    page = write_html(compose(busy_report()))
    assert page == write_html(compose(busy_report()))
    assert page.startswith(b'<!DOCTYPE html>\n<html lang="zh-CN">')
    assert b"/>" not in page


# What comes back


@pytest.mark.parametrize("edition", EDITIONS)
@settings(max_examples=15)
@given(data=st.data())
def test_every_cell_and_text_comes_back(edition: str, data: st.DataObject) -> None:
    report = data.draw(any_report(edition, absent=False))
    chapters = {"intro", *(chapter.key for chapter in load_form(edition).chapters)}
    written = data.draw(texts(edition))
    said = {key: sentences(written.get(key, "") or key) for key in sorted(chapters)} | SIGNED
    report = report._replace(agency=AGENCY, texts=said, fee=Fee())
    reading = read_html(write_html(compose(carried(report))), "年报.html")
    assert dict(reading.report.values) == dict(report.values)
    assert (reading.report.edition, reading.report.year, reading.report.agency) == (edition, YEARS[edition], AGENCY)
    assert dict(reading.report.texts) == {key: told(words) for key, words in said.items()}
    assert reading.findings == ()


def sentences(words: str) -> str:
    """`words`, every line a sentence: no reader of web pages takes one for a heading, or for what sites print around."""
    return "\n".join(f"{line}。" for line in words.split("\n") if line)


def told(words: str) -> str:
    """`words` as whoever reads a page without its style sheet does: several spaces are one."""
    return re.sub(" +", " ", words)


def test_what_is_made_from_figures_comes_back_too(edition: str) -> None:
    report = busy_report(edition)._replace(texts=SIGNED | {"overview": LEVELS, "problems": "问题。", "other": "无"})
    article = compose(carried(report))
    reading = read_html(write_html(article), "年报.html")
    assert dict(reading.report.values) == dict(report.values)
    assert {key: reading.report.texts[key] for key in report.texts} == report.texts
    written = "\n".join(text(each) for each in root_of(carried(report)).iter("p", "h3", "h4"))
    assert all(reading.report.texts[key] in written for key in ("intro", "disclosure", "requests", "review"))
    assert set(reading.report.texts) == {*load_form(edition).text_keys}
    assert set(SIGNATURE) <= set(reading.report.texts)


def test_another_digit_comes_back_as_another_digit() -> None:
    written = write_html(compose(changed(busy_report(), {"requests/received/company": 987654})))
    assert companies(written) == 987654
    assert companies(written.replace(b"987654", b"987653")) == 987653


def companies(page: bytes) -> Decimal | None:
    """The requests of companies on a page."""
    (value,) = (v for key, v in read_html(page, "x").report.values.items() if str(key) == "requests/received/company")
    return value
