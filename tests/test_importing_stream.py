"""The statutory tables in running text, cells parted by anything or by nothing."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import AGENCY, any_report, balanced, busy_report, cell, changed, shared
from markup import Td, Trs, article, page, table, tables_of
from nianbao.errors import InputError
from nianbao.figures import show
from nianbao.formfile import load_form
from nianbao.importing.html import read_html
from nianbao.importing.stream import stream_parts
from nianbao.importing.text import read_text
from nianbao.places import LinePlace
from nianbao.reading import Reading
from nianbao.report import Report
from nianbao.reportjson import to_data
from plain import grids

SEPARATORS = [" ", " | ", "|", "\n", "\n|\n", "   ", "\u3000", "\n\n"]


def written(report: Report, separator: str = " ", line: str = "\n") -> str:
    """A report as text extractors leave it: cells parted by `separator`, rows by `line`; blank cells are gone."""
    lines = [f"{report.agency}{report.year}年政府信息公开工作年度报告", "一、总体情况", "本年度加强工作。"]
    headings = {chapter.sheet: chapter.heading for chapter in load_form(report.edition).chapters}
    for name, grid in grids(report).items():
        lines.append(headings[name])
        for row in grid:
            shown = (
                show(Decimal(str(each))) if isinstance(each, float) else str(each) for each in row if each is not None
            )
            lines.append(separator.join(shown))
    return line.join([*lines, "五、存在的主要问题及改进情况", "没有。", "六、其他需要报告的事项", "无。"])


def wrong(reading: Reading, report: Report) -> dict[str, tuple[object, object]]:
    """The cells that were read as something else."""
    values = reading.report.values
    return {str(key): (values[key], report.values[key]) for key in values if values[key] != report.values[key]}


@pytest.mark.parametrize("separator", SEPARATORS)
def test_cells_parted_by_anything(edition: str, separator: str) -> None:
    reading = read_text(written(busy_report(edition), separator), "x.txt")
    assert reading.report.values == busy_report(edition).values
    assert reading.findings == ()
    assert (reading.report.agency, reading.report.year) == (AGENCY, busy_report(edition).year)
    assert dict(reading.report.texts) == {"overview": "本年度加强工作。", "problems": "没有。", "other": "无。"}


@given(data=st.data())
def test_no_cell_is_read_wrong_however_the_text_runs(data: st.DataObject) -> None:
    edition = data.draw(st.sampled_from(["2019", "2021"]))
    drawn = data.draw(balanced(edition) | any_report(edition, absent=False))
    report = Report(edition, drawn.year, AGENCY, drawn.values)
    separator, line = data.draw(st.sampled_from([*SEPARATORS, ""])), data.draw(st.sampled_from(["\n", "", " "]))
    try:
        reading = read_text(written(report, separator, line), "x.txt")
    except InputError:
        return
    assert wrong(reading, report) == {}


def test_bars_keep_blank_cells() -> None:
    text = """某局2023年政府信息公开工作年度报告
| 申请人情况 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |
|---|---|---|---|---|---|---|---|
| 一、本年新收政府信息公开申请数量 | 3 | | 0 | 0 | 0 | 1 | 4 |
| 3.其他 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
"""
    values = read_text(text, "x.md").report.values
    assert [values[cell(f"requests/received/{key}")] for key in ("natural_person", "company", "total")] == [3, None, 4]


def test_texts_between_tables_parted_by_bars_are_kept() -> None:
    lines = written(busy_report(), " | ").split("\n")
    at = lines.index("三、收到和处理政府信息公开申请情况")
    reading = read_text("\n".join([*lines[: at + 1], "申请都办结了", *lines[at + 1 :]]), "x.md")
    assert reading.report.texts["requests"] == "申请都办结了"
    assert "disclosure" not in reading.report.texts


ROWS = [
    # what stands between two labels, and what is read
    ("7 0 0 0 0 0 7", [7, 0, 0, 0, 0, 0, 7]),
    ("7000007", [7, 0, 0, 0, 0, 0, 7]),
    ("7 000 007", [7, 0, 0, 0, 0, 0, 7]),
    ("10 0 0 0 0 0 10", [10, 0, 0, 0, 0, 0, 10]),
    ("1,234 0 0 0 0 0 1,234", [1234, 0, 0, 0, 0, 0, 1234]),
    ("）7000007（", [7, 0, 0, 0, 0, 0, 7]),
    ("7 0 0 0\n- 3 -\n0 0 7", [7, 0, 0, 0, 0, 0, 7]),
    ("700 0007", [7, 0, 0, 0, 0, 0, 7]),
    ("713000074", None),  # 71|3|… or 7|13|…
    ("230 000023", None),
    ("7 0 0 0 0 7", None),  # a blank cell is lost
    ("7 0 0 0 0 0 7 3", None),
    ("7000008", None),  # what has run together does not add up: there may have been a blank
    ("12 若干 0", None),
    ("", None),
]


@pytest.mark.parametrize(("between", "figures"), ROWS)
def test_figures_that_can_be_nothing_else(between: str, figures: list[int] | None) -> None:
    before, after = "（一）予以公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    text = f"2023年\n一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1 {before}{between}{after} 0 0 0 0 0 0 0 3.其他 0 0 0 0 0 0 0"
    reading = read_text(text, "x.txt")
    row = [value for key, value in reading.report.values.items() if key.row == "outcome.granted"]
    assert row == (figures or [])
    told = [finding.message for finding in reading.findings if finding.rule == "R02"]
    assert any("（一）予以公开" in message for message in told) == bool(told) == (figures is None)


def test_sentences_about_the_tables_are_no_tables() -> None:
    spoken = "2023年，复议后起诉 1 件，结果维持 1 件。（一）予以公开 3 件。"
    text = written(busy_report()).replace("本年度加强工作。", spoken)
    reading = read_text(text, "x.txt")
    assert reading.report.values == busy_report().values
    assert reading.report.texts["overview"] == spoken


@pytest.mark.parametrize("separator", [" ", "\n", " | "])
def test_texts_between_the_tables_are_those_of_their_chapters(separator: str) -> None:
    text = written(busy_report(), separator)
    said = {"requests": "收到自然人申请，\n都办结了。\n法人没有申请。", "review": "行政复议方面，没有被纠正。"}
    for chapter in load_form("2021").chapters:
        if chapter.key in said:
            text = text.replace(chapter.heading, f"{chapter.heading}\n{said[chapter.key]}")
    reading = read_text(text, "x.txt")
    assert reading.report.values == busy_report().values
    assert {key: reading.report.texts.get(key) for key in said} == said
    assert "disclosure" not in reading.report.texts


@pytest.mark.parametrize(("one", "other"), [("商业企业", "科研机构"), ("自然人", "总计")])
def test_columns_in_another_order_are_told(one: str, other: str) -> None:
    head, row, rest = written(busy_report(), "\n").partition("一、本年新收政府信息公开申请数量")
    swapped = head.replace(one, "甲").replace(other, one).replace("甲", other)
    reading = read_text(swapped + row + rest, "x.txt")
    assert not [key for key in reading.report.values if key.table == "requests"]
    assert {key.table for finding in reading.findings for key in finding.cells} == {"requests"}


def test_tables_of_two_years_are_refused() -> None:
    first = written(busy_report())
    before = written(changed(busy_report(), {"requests/received/natural_person": 99}))
    assert read_text(f"{first}\n{first}", "x.txt").report.values == busy_report().values
    with pytest.raises(InputError, match="不止一份"):
        read_text(f"{first}\n{before}", "x.txt")


def test_tables_of_two_years_side_by_side_are_refused() -> None:
    first, before = written(busy_report()), written(changed(busy_report(), {"documents/regulation/issued": 99}))
    table = before[before.index("第二十条") : before.index("三、收到和处理")]
    with pytest.raises(InputError, match="不止一份"):
        read_text(first.replace("三、收到和处理", f"{table}三、收到和处理"), "x.txt")


def test_a_row_that_the_form_does_not_have_is_told() -> None:
    text = written(busy_report()).replace("2.其他法律行政法规禁止公开", "2.别的禁止公开")
    reading = read_text(text, "x.txt")
    assert wrong(reading, busy_report()) == {}
    assert [finding.rule for finding in reading.findings] == ["R02"]
    assert "别的禁止公开 0 0 1 0 0 0 1”不是表里应有的行" in reading.findings[0].message


def test_figures_have_the_line_they_stand_on() -> None:
    text = "2023年\n一、本年新收政府信息公开\n申请数量\n1 0 0 0\n0 0 1\n3.其他 0 0 0 0 0 0 0"
    places = read_text(text, "x.txt").places
    assert places[cell("requests/received/natural_person")] == LinePlace(4)
    assert places[cell("requests/received/total")] == LinePlace(5)


def test_text_without_labels_is_only_text() -> None:
    assert [part[0] for part in stream_parts("一行\n\n二行", "x.txt")] == ["一行", "二行"]


def read_page(rows: Trs) -> Reading:
    """What is read of a web page with `rows` for the table of chapter three."""
    tables = {**tables_of(busy_report()), "requests": rows}
    return read_html(page(article(busy_report(), {key: table(each) for key, each in tables.items()})), "x.html")


@pytest.mark.parametrize("at", [1, 4, 7])
def test_a_figure_over_two_rows_of_a_table_is_told(at: int) -> None:
    rows = tables_of(busy_report())["requests"]
    rows[3][at] = rows[3][at]._replace(rows=2)
    del rows[4][at]
    reading = read_page(rows)
    merged = {"received", "brought_forward"}
    assert [finding.rule for finding in reading.findings] == ["R02", "R02"]
    assert all("有一格占了几行，分不清各数在哪一行" in finding.message for finding in reading.findings)
    assert {key.row for finding in reading.findings for key in finding.cells} == merged
    assert reading.report.values == {key: at for key, at in busy_report().values.items() if key.row not in merged}


def test_a_figure_over_a_row_that_nobody_knows_is_told() -> None:
    rows = tables_of(busy_report())["requests"]
    rows[3][1] = rows[3][1]._replace(rows=2)
    reading = read_page([*rows[:4], [Td("某一行"), *rows[3][2:]], *rows[4:]])
    assert not [key for key in reading.report.values if key.row == "received"]


def test_a_row_that_goes_on_in_a_blank_one_is_read() -> None:
    rows = tables_of(busy_report())["requests"]
    whole = [*rows[:3], [td._replace(rows=2) for td in rows[3]], [], *rows[4:]]
    assert read_page(whole).report.values == busy_report().values
    assert read_page(whole).findings == ()


def tables(name: str) -> dict[tuple[str, str, str], str | None]:
    """The key of a real report."""
    data = json.loads((shared() / "data" / "reports" / f"{name}.json").read_text("utf-8"))
    return flat(data)


def flat(data: dict[str, dict[str, dict[str, dict[str, str | None]]]]) -> dict[tuple[str, str, str], str | None]:
    return {
        (table, row, column): value
        for table, rows in data["tables"].items()
        for row, columns in rows.items()
        for column, value in columns.items()
    }


REAL = {"hongze_2023": 171, "pingtan_2019": 165, "pingtan_2020": 164, "pingtan_2021": 154, "pingtan_2022": 169}
"""How many cells of each text are read for certain; run-on figures of the others can be parted in several ways."""


@pytest.mark.parametrize("name", REAL)
def test_real_reports_have_no_wrong_cell(name: str) -> None:
    key = tables(name)
    text = (shared() / "data" / "reports" / f"{name}.txt").read_text("utf-8")
    reading = read_text(text, f"{name}.txt")
    read = flat(to_data(reading))
    assert {at: value for at, value in read.items() if key[at] != value} == {}
    assert len(read) == REAL[name]
    told = {str(each).replace("/", " ") for finding in reading.findings for each in finding.cells}
    assert {" ".join(at) for at in key if at not in read} <= told | {" ".join(at) for at in key if at[0] == "review"}
