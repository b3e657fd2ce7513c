"""Reports on web pages, and the oddities of real ones."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from builders import AGENCY, any_report, busy_report, cell, changed, hybrid, published, zero_report
from markup import Td, Trs, article, assert_nothing_wrong, page, table, tables_of, title_of
from nianbao.errors import InputError
from nianbao.formfile import EDITIONS
from nianbao.importing.html import read_html
from nianbao.places import ParagraphPlace, TablePlace
from nianbao.reading import Reading
from nianbao.report import Report

TEXTS = {"intro": "根据条例编制。", "overview": "总体。\n（一）主动公开", "problems": "问题。\n改进。", "other": "无"}


def read(body: str, head: str = '<meta charset="utf-8">') -> Reading:
    return read_html(page(body, head), "年报.html")


def busy(edition: str = "2021") -> Report:
    return busy_report(edition)._replace(texts=TEXTS)


def with_cells(report: Report, change: Callable[[Td], str]) -> str:
    """The article of `report`, the content of every cell written by `change`."""
    tables = {
        key: table([[td._replace(content=change(td)) for td in row] for row in rows])
        for key, rows in tables_of(report).items()
    }
    return article(report, tables)


def with_rows(report: Report, chapter: str, change: Callable[[Trs], Trs]) -> str:
    tables = {key: table(change(rows) if key == chapter else rows) for key, rows in tables_of(report).items()}
    return article(report, tables)


def replaced(old: str, new: str) -> Callable[[Td], str]:
    return lambda td: td.content.replace(old, new)


def assert_read(reading: Reading, report: Report) -> None:
    assert reading.report == report
    assert reading.findings == ()


def refused_rows(reading: Reading) -> set[str]:
    return {key.row for finding in reading.findings if finding.rule == "R02" for key in finding.cells}


# Whatever the figures


@pytest.mark.parametrize("edition", EDITIONS)
@settings(max_examples=15)
@given(data=st.data())
def test_any_figures_come_back_as_they_were_written(edition: str, data: st.DataObject) -> None:
    report = published(data.draw(any_report(edition, absent=False)))._replace(agency=AGENCY, texts=TEXTS)
    assert_read(read(article(report)), report)


def test_a_hybrid_report_comes_back() -> None:
    report = hybrid(busy())
    assert_read(read(article(report)), report)


def test_every_figure_and_text_has_its_place(edition: str) -> None:
    reading = read(article(busy(edition)))
    assert reading.places.keys() == reading.report.values.keys()
    # Cells are counted as one sees them in the row, merged ones once.
    assert reading.places[cell("requests/received/natural_person")] == TablePlace(2, 4, 2)
    assert reading.places[cell("requests/outcome.denied.state_secret/company")] == TablePlace(2, 8, 5)
    assert reading.text_places["intro"] == ParagraphPlace(2)


@given(data=st.data())
def test_a_lost_or_additional_cell_never_fills_a_wrong_cell(data: st.DataObject) -> None:
    report = data.draw(st.sampled_from([busy("2019"), busy("2021"), *map(zero_report, EDITIONS)]))
    tables = tables_of(report)
    rows = tables[data.draw(st.sampled_from(sorted(tables)))]
    heads = [number for number, row in enumerate(rows) if row and not row[-1].is_figure]
    filled = [number for number, row in enumerate(rows) if row and row[-1].is_figure]
    # Several damages of a header and of the rows below it can make a whole table again, of something else.
    for number in data.draw(st.sets(st.sampled_from(filled), max_size=4) | st.sets(st.sampled_from(heads), max_size=1)):
        rows[number] = damaged(data, rows[number])
    body = article(report, {key: table(rows) for key, rows in tables.items()})
    assert_nothing_wrong(report, lambda: read(body))


def damaged(data: st.DataObject, row: list[Td]) -> list[Td]:
    at = data.draw(st.integers(0, len(row) - 1))
    kind = data.draw(st.sampled_from(["lost", "blank", "more", "wider", "narrower"]))
    if kind == "lost":
        return [*row[:at], *row[at + 1 :]]
    if kind in {"blank", "more"}:
        return [*row[:at], Td("" if kind == "blank" else "5"), *row[at:]]
    return [
        *row[:at],
        row[at]._replace(columns=max(1, row[at].columns + (1 if kind == "wider" else -1))),
        *row[at + 1 :],
    ]


@pytest.mark.parametrize("edition", EDITIONS)
@settings(max_examples=15, phases=[Phase.generate])
@given(data=st.data())
def test_rows_in_any_order_and_number_never_fill_a_wrong_cell(edition: str, data: st.DataObject) -> None:
    report = data.draw(any_report(edition, absent=False))
    tables = tables_of(report)
    # Here no cell reaches into the next row: elsewhere another order makes another table.
    tables["disclosure"] = data.draw(st.permutations(tables["disclosure"]))
    body = article(report, {key: table(rows) for key, rows in tables.items()})
    assert_nothing_wrong(report, lambda: read(body))


# What cells look like on real pages: each of these is read all the same

CELLS: dict[str, Callable[[Td], str]] = {
    "paragraphs beside bare text": lambda td: f"<p>{td.content}</p>" if len(td.content) % 2 else td.content,
    "a span around each character": lambda td: "".join(f"<span>{letter}</span>" for letter in td.content),
    "nested spans and fonts": lambda td: f"<p><font><b><span>{td.content}</span></b></font><o:p></o:p></p>",
    "white space of the source": lambda td: f"\n\t\t<p>\n\t\t\t{td.content}\n\t\t</p>\n\t",
    "no-break spaces": lambda td: f"&nbsp;{td.content}&nbsp;" if td.is_figure else td.content,
    "full-width spaces": lambda td: f"　　{td.content}",
    "full-width digits": lambda td: (
        td.content.translate({0x30 + n: 0xFF10 + n for n in range(10)}) if td.is_figure else td.content
    ),
    "a space inside a label": replaced("规章", "规 章"),
    "labels one character a line": lambda td: td.content if td.is_figure else "<br/>".join(td.content),
    "labels a paragraph each character": lambda td: (
        td.content if td.is_figure else "".join(map("<p>{}</p>".format, td.content))
    ),
    "labels broken by the source": lambda td: td.content if td.is_figure else "\n".join(td.content),
    "headers in two paragraphs": replaced("商业企业", "<p>商业</p><p>企业</p>"),
    "number style": replaced("1.", "1、"),
    "half a bracket": replaced("（一）", "一）"),
    "half-width brackets": lambda td: td.content.replace("（", "(").replace("）", ")"),
    "zero-width characters": lambda td: f"\u200b{td.content}\ufeff",
    "nested table of one cell": lambda td: (
        f"<table><tr><td>{td.content}</td></tr></table>" if td.is_figure else td.content
    ),
    "header cells": lambda td: td.content,
    "comments": lambda td: f"{td.content[:1]}<!-- 9 -->{td.content[1:]}",
    "hidden text": lambda td: f"{td.content}<span style='DISPLAY: none'>9</span><i hidden>8</i><script>7</script>",
    "inputs": lambda td: f"<input type='text' value='{td.content}'>" if td.is_figure else td.content,
}


@pytest.mark.parametrize("manner", CELLS)
def test_cells_are_read_however_they_are_marked_up(edition: str, manner: str) -> None:
    assert_read(read(with_cells(busy(edition), CELLS[manner])), busy(edition))


def layout(*cells: str) -> str:
    return table([[Td(content) for content in cells]])


def split(rows: Trs, *, repeat: bool) -> str:
    """Table three as it goes on over a page break, with its header again or without."""
    at = 12
    begin = next(number for number, row in enumerate(rows) if row[0].content.startswith("（三）"))
    top = [[td._replace(rows=min(td.rows, at - number)) for td in row] for number, row in enumerate(rows[:at])]
    result, group = Td("三、本年度办理结果", 1, len(rows) - at - 1), rows[begin][0]
    bottom = [[result, group._replace(rows=begin + group.rows - at), *rows[at]], *rows[at + 1 :]]
    return table(top) + table([*(rows[:3] if repeat else []), *bottom])


def titled_apart(rows: Trs) -> str:
    """The tables of chapter two one by one, each title a paragraph above its table."""
    starts = [number for number, row in enumerate(rows) if row[0].content.startswith("第二十条")]
    ends = [*starts[1:], len(rows)]
    return "".join(
        f"<p>{rows[start][0].content}</p>{table(rows[start + 1 : end])}"
        for start, end in zip(starts, ends, strict=True)
    )


PAGES: dict[str, Callable[[Report], str]] = {
    "all in one cell of a layout": lambda report: layout(article(report)),
    "between other cells of a layout": lambda report: layout("导航", article(report), "专题"),
    "layouts in layouts": lambda report: layout("左", layout("上", layout(article(report)))),
    "a table in a frame": lambda report: article(
        report, {key: layout(table(rows)) for key, rows in tables_of(report).items()}
    ),
    "sections of tables": lambda report: article(report).replace("<table>", "<table><caption></caption><tbody>"),
    "upper case": lambda report: article(report).replace("table", "TABLE").replace("td", "TD").replace("<tr", "<TR"),
    "end tags left out": lambda report: article(report).replace("</td>", "").replace("</tr>", "").replace("</p>", ""),
    "no line is a paragraph": lambda report: article(report).replace("<p>", "<br>").replace("</p>", "<br>"),
    "divisions": lambda report: article(report).replace("<p>", "<div><span>").replace("</p>", "</span></div>"),
    "a row as wide as can be": lambda report: with_rows(
        report, "disclosure", lambda rows: [[row[0]._replace(columns=100)] if len(row) == 1 else row for row in rows]
    ),
    "the same table twice": lambda report: article(report) + table(tables_of(report)["requests"]),
    "titles above the tables": lambda report: article(
        report,
        {key: titled_apart(rows) if key == "disclosure" else table(rows) for key, rows in tables_of(report).items()},
    ),
    "headings without numerals": lambda report: article(report).replace("<p>一、", "<p>").replace("<p>五、", "<p>"),
    "a title on two lines": lambda report: article(report).replace("年政府信息", "年<br>政府信息"),
    "a title on three lines": lambda report: article(report).replace(AGENCY, f"{AGENCY[:3]}<br>{AGENCY[3:]}<br>"),
}


@pytest.mark.parametrize("manner", PAGES)
def test_tables_are_found_however_the_page_arranges_them(edition: str, manner: str) -> None:
    assert_read(read(PAGES[manner](busy(edition))), busy(edition))


@pytest.mark.parametrize("repeat", [True, False], ids=["header again", "no header"])
def test_a_table_goes_on_after_a_page_break_with_its_groups_again(edition: str, *, repeat: bool) -> None:
    report = busy(edition)
    tables = {key: table(rows) for key, rows in tables_of(report).items()}
    broken = split(tables_of(report)["requests"], repeat=repeat)
    assert_read(read(article(report, {**tables, "requests": broken})), report)


# What is not certain is reported


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("693665", Decimal(693665)),  # may have run on, but is one number
        ("1 2", None),
        ("1<br>2", None),
        ("12<sup>1</sup>", None),
        ("1<s>2</s>5", None),
        ("<span style='text-decoration:line-through'>9</span>5", None),
        ("若干", None),
        ("<table><tr><td>1</td><td>2</td></tr></table>", None),
        ("<img src='12.png'>", None),
        ("1,2", None),
    ],
)
def test_what_is_not_one_number_is_refused_in_its_place(written: str, value: Decimal | None) -> None:
    key = cell("requests/received/company")
    marked = changed(busy(), {str(key): 987654})
    reading = read(with_cells(marked, replaced("987654", written)))
    assert reading.report.values.get(key) == value
    assert {key: at for key, at in reading.report.values.items() if key != cell("requests/received/company")} == {
        key: at for key, at in busy().values.items() if key != cell("requests/received/company")
    }
    if value is None:
        (finding,) = reading.findings
        assert (finding.rule, finding.place) == ("R02", TablePlace(2, 4, 3))


@pytest.mark.parametrize(
    ("written", "rule", "value"),
    [("/", "V03", None), ("", "", None), ("减33", "R04", -33), ("+2", "", 2), ("-18", "", -18)],
)
def test_words_and_marks_in_cells_are_read_as_everywhere(written: str, rule: str, value: int | None) -> None:
    key = "licensing/licence/change"
    reading = read(with_cells(changed(busy("2019"), {key: 987654}), replaced("987654", written)))
    assert reading.report.values[cell(key)] == (None if value is None else Decimal(value))
    assert [finding.rule for finding in reading.findings] == [rule] * bool(rule)


def test_money_with_its_unit_is_converted() -> None:
    reading = read(
        with_cells(changed(busy("2019"), {"procurement/central/amount": 987654}), replaced("987654", "75394432.52元"))
    )
    assert reading.report.values[cell("procurement/central/amount")] == Decimal("7539.443252")


def test_two_reports_side_by_side_in_one_table_are_refused() -> None:
    def beside(rows: Trs) -> Trs:
        return [row + row for row in rows]

    reading = read(with_rows(busy(), "requests", beside))
    assert_nothing_wrong(busy(), lambda: reading)
    assert not [key for key in reading.report.values if key.table == "requests"]


def test_two_reports_on_one_page_are_refused() -> None:
    other = changed(busy(), {"requests/received/company": 8})._replace(agency="另一局")
    with pytest.raises(InputError, match="“三、依申请公开”的表不止一份，数不一样。请只留要用的一份"):
        read(layout(article(busy()), article(other)))


def test_a_row_again_with_other_figures_is_told() -> None:
    def again(rows: Trs) -> Trs:
        return [*rows, [td._replace(content="77") if td.is_figure else td for td in rows[3]]]

    reading = read(with_rows(busy(), "requests", again))
    sure = {key: value for key, value in busy().values.items() if key.row != "received"}
    assert reading.report == busy()._replace(values=sure)
    assert refused_rows(reading) == {"received"}


def test_a_cell_too_many_in_a_row_is_told() -> None:
    def shifted(rows: Trs) -> Trs:
        return [*rows[:3], [rows[3][0], Td(""), *rows[3][1:]], *rows[4:]]

    reading = read(with_rows(busy(), "requests", shifted))
    (finding,) = reading.findings
    assert (finding.rule, finding.place) == ("R02", TablePlace(2, 4, 1))
    assert "的格子比表头多" in finding.message
    assert refused_rows(reading) == {"received"}
    assert not [key for key in reading.report.values if key.row == "received"]


def test_a_figure_over_two_columns_is_told() -> None:
    def merged(rows: Trs) -> Trs:
        label, one, _, *others = rows[3]
        return [*rows[:3], [label, one._replace(columns=2), *others], *rows[4:]]

    reading = read(with_rows(busy(), "requests", merged))
    (finding,) = reading.findings
    assert "有一格占了几列" in finding.message
    assert refused_rows(reading) == {"received"}
    assert not [key for key in reading.report.values if key.row == "received"]


def test_a_cell_too_few_before_a_wide_one_is_told() -> None:
    report = busy("2019")

    def short(rows: Trs) -> Trs:
        return [[row[0], *row[2:]] if row[0].content == "行政事业性收费" else row for row in rows]

    reading = read(with_rows(report, "disclosure", short))
    assert refused_rows(reading) == {"fee"}
    assert not [key for key in reading.report.values if key.row == "fee"]


def test_a_wide_figure_below_tables_left_blank_is_read() -> None:
    blank = busy("2019")._replace(values=dict.fromkeys(busy("2019").values))
    report = changed(blank, {"fees/fee/change": 5})
    assert_read(read(article(report)), report)


def test_an_unknown_row_among_the_others_is_told() -> None:
    def regional(rows: Trs) -> Trs:
        return [*rows[:4], [Td("其他主动公开文件"), Td("5"), Td("6"), Td("7")], *rows[4:]]

    reading = read(with_rows(busy("2019"), "disclosure", regional))
    assert reading.report == busy("2019")
    (finding,) = reading.findings
    assert finding.rule == "R02"
    assert "其他主动公开文件 5 6 7" in finding.message


# Pages of government sites

ABOVE = """<div class=top><a href=/>首页</a> <a>政务公开</a><ul><li>领导之窗<li>规章<li>规范性文件</ul>
<table><tr><td>规章<td>其他</table></div><div>当前位置：<a>首页</a> &gt; <a>法定主动公开内容</a> &gt; <a>年报</a></div>"""
BETWEEN = """<div>发布时间：2024-01-20 09:30 来源：示例局 浏览次数：128</div><div>字体：【大 中 小】 【打印本页】</div><div>分享到：</div>"""
BELOW = """<p>示例市示例局</p><p>2024年1月20日</p><p>附件：年报.pdf</p><div>【打印本页】【关闭窗口】</div><div>上一篇：某文</div>"""
FOOTER = """<div>主办单位：示例市人民政府 网站标识码：1234567890</div><p>某ICP备12345678号</p><nav>网站地图</nav>
<div class=list><a>2022年政府信息公开工作年度报告</a><a>2021年政府信息公开工作年度报告</a></div>"""


@pytest.mark.parametrize("inner", [True, False], ids=["in a division of its own", "beside everything else"])
def test_what_a_site_prints_around_a_report_is_no_text_of_it(*, inner: bool) -> None:
    title, _, rest = article(busy()).partition("</h2>")
    body = f"{title}</h2>{BETWEEN}{rest}{BELOW}"
    reading = read(f"{ABOVE}<div>{body}</div>{FOOTER}" if inner else f"{ABOVE}{body}{FOOTER}")
    assert reading.report.values == busy().values
    assert (reading.report.agency, reading.report.year) == (AGENCY, 2023)
    assert reading.report.texts == {**TEXTS, "signature": AGENCY, "date": "2024年1月20日"}
    assert reading.findings == ()


def test_furniture_directly_below_the_last_chapter_is_cut() -> None:
    reading = read(f"{article(busy())}<div>【打印本页】</div><p>扫一扫在手机打开当前页</p><p>友情链接</p><p>省政府</p>")
    assert reading.report.texts == TEXTS


def test_a_title_that_only_the_page_has_is_taken_from_it() -> None:
    body = article(busy()).partition("</h2>")[2]
    for head in (
        f'<meta charset=utf-8><meta name="ArticleTitle" content="{title_of(busy())}"><title>某网</title>',
        f"<meta charset=utf-8><title>{title_of(busy())}_示例市人民政府</title>",
    ):
        assert_read(read(body, head), busy())


def test_a_list_of_other_years_above_is_not_taken_for_the_title() -> None:
    others = "".join(f"<p>某局{year}年政府信息公开工作年度报告</p>" for year in (2020, 2021, 2022))
    assert_read(read(f"<div>{others}</div><div>{article(busy())}</div>"), busy())
    assert_read(read(f"{others}{article(busy())}"), busy())


@pytest.mark.parametrize("tag", ["pre", "textarea"])
def test_a_report_as_plain_text_on_a_page_is_read(tag: str) -> None:
    rows = tables_of(busy())["requests"]
    lines = ["\t".join(td.content for td in row) for row in rows if row[0].content.startswith(("一、", "二、"))]
    text = "\n".join([title_of(busy()), "三、收到和处理政府信息公开申请情况", *lines])
    reading = read(f"<{tag}>{text}</{tag}>")
    wanted = {key: value for key, value in busy().values.items() if key.row in {"received", "brought_forward"}}
    assert reading.report.values == {key: value for key, value in wanted.items() if key.table == "requests"}


# Encodings


@pytest.mark.parametrize(
    ("encoding", "head", "mark"),
    [
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', b""),
        ("gb18030", "<meta charset=GBK>", b""),
        ("gb18030", "", b""),
        ("utf-8", "", b""),
        ("utf-8", "<meta charset=gb2312>", b""),  # what the page says is wrong
        ("utf-8", "", b"\xef\xbb\xbf"),
        ("utf-16-le", "", b"\xff\xfe"),
        ("utf-16-be", "", b"\xfe\xff"),
        ("big5hkscs", "<meta charset=big5>", b""),
    ],
)
def test_a_page_is_read_in_its_encoding(encoding: str, head: str, mark: bytes) -> None:
    body = article(zero_report()).encode(encoding, errors="xmlcharrefreplace").decode(encoding)
    data = mark + page(body, head).decode().encode(encoding)
    assert read_html(data, "年报.html").report == zero_report()


def test_an_xml_declaration_does_not_disturb() -> None:
    data = b'<?xml version="1.0" encoding="gb2312"?>' + page(article(busy()))
    assert read_html(data, "年报.html").report == busy()


# Pages without the report


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<p>某局2023年政府信息公开工作年度报告</p><a href='/a/b.PDF?x=1'>全文下载</a>", "年报在附件“全文下载”里"),
        ("<iframe src='/a/2023.pdf'></iframe>", "年报在附件“2023.pdf”里"),
        ("<p>年报</p><img src=1.jpg><img src=2.jpg>", "年报可能是图片"),
        ("<p>你好</p>", "没有找到法定表格"),
    ],
)
def test_a_page_without_the_tables_says_where_they_may_be(body: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        read(body)


HOSTILE = {
    "nothing": b"",
    "no page": b"\x00\x01\x02",
    "only a comment": b"<!-- x -->",
    "only a head": b"<html><head></head></html>",
    "deep": b"<div>" * 100_000,
    "deep tables": b"<table><tr><td>" * 50_000,
    "deep tables with labels": ("<table><tr><td>总计<td>0<td>" * 5_000).encode(),
    "absurd spans": ("<table>" + "<tr><td colspan=999999999 rowspan=999999999>规章<td>1" * 9_000).encode(),
    "many rows": ("<table>" + "<tr><td>规章<td colspan=250>1" * 9_000).encode(),
    "entities": b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><html><body>&c;</body></html>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_page_is_too_much(name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_html(HOSTILE[name], "年报.html")
    assert "\n" not in str(caught.value)


@given(data=st.data())
def test_no_bytes_are_too_much(data: st.DataObject) -> None:
    whole = page(article(busy()))
    at = data.draw(st.integers(0, len(whole)))
    cut = whole[:at] + data.draw(st.binary(max_size=20)) + whole[data.draw(st.integers(at, len(whole))) :]
    try:
        read_html(cut, "年报.html")
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017 - any bytes may pass
