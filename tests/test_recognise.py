from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from builders import cell, rows
from nianbao.errors import InputError
from nianbao.findings import Finding
from nianbao.form import CellKey, Form
from nianbao.formfile import EDITIONS, load_form
from nianbao.importing.grid import Cell, Row, is_statutory
from nianbao.importing.labels import edition_of, labels_of, normal, spellings
from nianbao.importing.recognise import Recognised, recognise
from nianbao.places import LinePlace

DOCUMENTS = "第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n"
LICENSING = "第二十条第（五）项\n信息内容 上一年项目数量 本年增/减 处理决定数量\n"
REVIEW = """
行政复议 行政诉讼
结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉
. . . . . 结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计
"""
SEVEN = "1 2 3 4 5 6 21"
SEVEN_BLANK_FIRST = ". 2 3 4 5 6 20"
FIFTEEN = "1 0 0 0 1 2 0 0 0 2 3 0 0 0 3"


def table(text: str) -> list[Row]:
    """The rows of a table written with spaces between the cells; ``.`` is a blank cell, ``_`` a space in one."""
    return [
        tuple(Cell("" if word == "." else word.replace("_", " "), LinePlace(number)) for word in line.split())
        for number, line in enumerate(filter(str.strip, text.splitlines()), 1)
    ]


def read(text: str, year: int | None = 2023) -> Recognised:
    return recognise(table(text), year, "年报.txt")


def only(found: Recognised) -> Finding:
    (finding,) = found.findings
    return finding


def in_row(path: str, edition: str = "2021") -> tuple[CellKey, ...]:
    name, row = path.split("/")
    return tuple(cell(f"{name}/{row}/{column.key}") for column in load_form(edition).tables[name].columns)


# Labels


def test_no_two_rows_or_columns_share_a_spelling(form: Form) -> None:
    for each in form.tables.values():
        for lines in ((*each.rows, *each.source_rows), each.columns):
            written = [spelling for line in lines for spelling in spellings(line)]
            assert len(written) == len(set(written))
    down = [row for each in form.tables.values() if each.printed == "down" for row in (*each.rows, *each.source_rows)]
    assert len(labels_of(form).rows) == sum(len(spellings(row)) for row in down)


@pytest.mark.parametrize(
    "written",
    [
        "（三）不予公开",
        "(三)不予公开",
        "（三）\n不予\n公开",
        "三)　不 予 公\u200b开",
        "㈢不予公开",
        "\ufeff（三）不予公开 ",
    ],
)
def test_labels_are_compared_without_spaces_and_brackets(written: str) -> None:
    assert normal(written) == normal("（三）不予公开")


@pytest.mark.parametrize("written", ["3.危及“三安全一稳定”", "3、危及「三安全一稳定」", '3．危及"三安全一稳定"'])
def test_quotes_and_numerals_come_in_many_shapes(written: str) -> None:
    found = read(f"{written} {SEVEN}")
    assert found.values == rows(f"requests\noutcome.denied.security {SEVEN}")


@pytest.mark.parametrize(
    ("label", "key"),
    [("（二）部分公开", "outcome.partly_granted"), ("1.逾期不补正", "outcome.other.not_amended")],
)
def test_other_wordings_of_the_form_file_are_known(label: str, key: str) -> None:
    assert read(f"{label} {SEVEN}").values == rows(f"requests\n{key} {SEVEN}")


def test_a_table_is_statutory_by_a_label_that_no_other_has() -> None:
    assert is_statutory(table("（七）总计 5"))
    assert is_statutory(table("渠道 数量\n第二十条第（一）项"))
    assert not is_statutory(table("网站 100\n其他 3\n总计 103"))


# Editions


@pytest.mark.parametrize(
    ("label", "edition"),
    [
        ("本年制发件数", "2021"),
        ("本年新\n制作数量", "2019"),
        ("政府集中采购", "2019"),
        ("3.其他", "2021"),
        ("本年收费金额（单位：万元）", "2021"),
    ],
)
def test_a_label_of_one_edition_tells_the_edition(label: str, edition: str) -> None:
    wrong_year = {"2019": 2023, "2021": 2020}[edition]
    assert edition_of([normal(label)], wrong_year, "年报.txt") == edition


@pytest.mark.parametrize(("year", "edition"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2030, "2021")])
@pytest.mark.parametrize("labels", [[], ["规章", "六其他处理"], ["本年制发件数", "本年新制作数量"]])
def test_a_tie_is_decided_by_the_year(labels: list[str], year: int, edition: str) -> None:
    assert edition_of(labels, year, "年报.txt") == edition


@pytest.mark.parametrize("year", [None, 2018, 0])
def test_without_labels_and_year_there_is_no_edition(year: int | None) -> None:
    with pytest.raises(InputError, match=r"^年报.txt：看不出用的是哪个版式"):
        edition_of([], year, "年报.txt")


# Table two


def test_titles_and_headers_tell_table_and_columns() -> None:
    found = read(f"{DOCUMENTS}规章 0 0 0\n行政规范性文件 2 1 7")
    assert found.edition == "2021"
    assert found.values == rows("documents\nregulation 0 0 0\nnormative_document 2 1 7")
    assert found.findings == ()


def test_every_cell_has_its_place() -> None:
    found = read(f"{DOCUMENTS}规章 0 0 0\n行政规范性文件 2 1 7")
    assert found.places[cell("documents/regulation/issued")] == LinePlace(3)
    assert found.places[cell("documents/normative_document/in_force")] == LinePlace(4)
    assert found.places.keys() == found.values.keys()


def test_columns_are_known_by_their_header_not_their_position() -> None:
    text = DOCUMENTS.replace("本年制发件数 本年废止件数 现行有效件数", "现行有效件数 本年制发件数 本年废止件数")
    assert read(f"{text}行政规范性文件 7 2 1").values == rows("documents\nnormative_document 2 1 7")


@pytest.mark.parametrize(
    "header",
    [
        "信息内容 本年制发件数 本年废止件数",
        "信息内容 本年制发件数 本年废止件数 本年废止件数",
        "信息内容 本年制发件数 本年废止件数 现行有效件数 备注",
        "信息内容 本年制发件数 本年废止件数 累计件数",
        "说明 本年制发件数 本年废止件数 现行有效件数",
    ],
)
def test_nothing_is_read_under_a_header_that_is_not_the_forms(header: str) -> None:
    found = read(f"第二十条第（一）项\n{header}\n规章 1 2 3")
    assert found.values == {}
    assert "没有对得上的标题和表头" in only(found).message
    assert only(found).cells == in_row("documents/regulation")


def test_a_row_under_the_title_of_another_table_is_not_read() -> None:
    found = read(f"{LICENSING}行政处罚 1 2 3\n行政许可 4 5 6")
    assert found.values == rows("licensing\nlicence 4 5 6", "2019")
    assert only(found).cells == in_row("enforcement/penalty", "2019")


def test_a_header_does_not_outlive_its_table() -> None:
    text = f"{LICENSING}行政许可 1 2 3\n第二十条第（六）项\n行政处罚 4 5 6"
    found = read(text)
    assert found.values == rows("licensing\nlicence 1 2 3", "2019")
    assert only(found).cells == in_row("enforcement/penalty", "2019")


def test_a_title_ends_the_table_before_it() -> None:
    found = read(f"{LICENSING}第二十条第（六）项\n信息内容 处理决定数量 本年增/减 上一年项目数量\n行政许可 1 2 3")
    assert found.values == {}
    assert only(found).cells == in_row("licensing/licence", "2019")


def test_merged_figures_may_be_padded_with_blanks() -> None:
    text = "第二十条第（五）项 . . .\n信息内容 本年处理决定数量 . .\n行政许可 5 . ."
    assert read(text).values == rows("licensing\nlicence 5")


def test_an_unknown_row_with_figures_is_quoted() -> None:
    found = read(f"{DOCUMENTS}规章 0 0 0\n其他主动公开文件 1 2 3")
    finding = only(found)
    assert (finding.rule, finding.cells, finding.place) == ("R02", (), LinePlace(4))
    assert finding.message == (
        "二、主动公开 第二十条第（一）项：原文“其他主动公开文件 1 2 3”不是表里应有的行，没有采用。请对照原文手工填写。"
    )


def test_an_unknown_row_of_figures_that_are_run_together_is_quoted_too() -> None:
    assert "原文“其他主动公开文件 1 2 3 4”" in only(read(f"{DOCUMENTS}规章 0 0 0\n其他主动公开文件 1_2 3_4")).message


def test_an_unknown_row_is_said_to_stand_where_the_rows_above_it_do() -> None:
    found = read(f"{DOCUMENTS}规章 0 0 0\n2.重复申请 {SEVEN}\n6.其他 {SEVEN}")
    assert only(found).message.startswith("三、依申请公开：原文“6.其他 ")


def test_a_row_of_the_other_edition_is_quoted() -> None:
    text = f"{DOCUMENTS}规章 0 0 0\n第二十条第（九）项\n信息内容 采购项目数量 采购总金额\n政府集中采购 9 429.1"
    found = recognise(table(text.replace("采购项目数量 采购总金额", "数量 金额")), 2023, "年报.txt")
    assert found.edition == "2021"
    assert "原文“政府集中采购 9 429.1”" in only(found).message


def test_rows_without_figures_say_nothing() -> None:
    assert read(f"{DOCUMENTS}. . . .\n单位：件\n规章 0 0 0").findings == ()


# Table three


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("一、本年新收政府信息公开申请数量 {}", "received"),
        ("三、本年度办理结果 （一）予以公开 {}", "outcome.granted"),
        (". （七）总计 {}", "outcome.total"),
        (". （三）不予公开 1.属于国家秘密 {}", "outcome.denied.state_secret"),
        (". . 2.重复申请 {}", "outcome.declined.repeated"),
        ("四、结转下年度继续办理 . . {}", "carried_forward"),
        (". （七）总计 . {}", "outcome.total"),
        ("三、本年度办理结果 （一）予以公开 . {}", "outcome.granted"),
    ],
)
def test_rows_are_known_by_their_label_with_merged_cells_padded_or_not(line: str, key: str) -> None:
    found = read(line.format(SEVEN))
    assert found.values == rows(f"requests\n{key} {SEVEN}")
    assert found.findings == ()


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("（七）总计 1 2 3 4 5 6", 6),
        ("（七）总计", 0),
        ("（七）总计 1 2 3 4 5 6 7 8", 8),
        ("（七）总计 . 1 2 3 4 5 6 7 8", 8),
        (". 四、结转下年度继续办理 . . 0 0 0 0 0 0", 6),
        ("2.重复申请 69365 0 0", 3),
    ],
)
def test_a_row_with_another_count_of_figures_is_quoted_not_read(line: str, count: int) -> None:
    found = read(line)
    assert found.values == {}
    assert f"应有 7 个数，实有 {count} 个，没有采用" in only(found).message
    assert len(only(found).cells) == 7
    assert only(found).place == LinePlace(1)


def test_blanks_of_the_right_count_in_the_wrong_places_are_not_read() -> None:
    found = read("（七）总计 5 1 2 3 4 5 6 .")
    assert found.values == {}
    assert "实有 8 个" in only(found).message


def test_rows_that_have_run_together_are_not_read() -> None:
    found = read(f"1.属于国家秘密 {SEVEN} 2.其他法律行政法规禁止公开 {SEVEN}")
    assert found.values == {}
    assert only(found).cells == in_row("requests/outcome.denied.state_secret") + in_row(
        "requests/outcome.denied.other_law"
    )


def test_figures_before_the_label_are_not_read() -> None:
    assert read(f"12 2.重复申请 {SEVEN}").values == {}


PADDED = f"一、本年新收政府信息公开申请数量 . . {SEVEN}\n"
MERGED = f"一、本年新收政府信息公开申请数量 {SEVEN}\n"


@pytest.mark.parametrize(
    ("line", "sure", "unsure"),
    [
        (f"二、上年结转政府信息公开申请数量 {SEVEN_BLANK_FIRST}", MERGED, PADDED),
        (f"二、上年结转政府信息公开申请数量 . . {SEVEN_BLANK_FIRST}", PADDED, MERGED),
    ],
)
def test_a_blank_beside_a_label_is_read_as_the_other_rows_of_the_document_are(
    line: str, sure: str, unsure: str
) -> None:
    expected = rows(f"requests\nreceived {SEVEN}\nbrought_forward {SEVEN_BLANK_FIRST}")
    assert read(sure + line).values == expected
    found = read(unsure + line)
    assert found.values == rows(f"requests\nreceived {SEVEN}")
    assert "分不清各数在哪一列" in only(found).message
    assert only(found).cells == in_row("requests/brought_forward")


def test_a_title_shows_whether_merged_cells_are_padded() -> None:
    line = f"二、上年结转政府信息公开申请数量 {SEVEN_BLANK_FIRST}"
    assert read(f"第二十条第（一）项\n{line}").findings == ()
    assert len(read(f"第二十条第（一）项 . . .\n{line}").findings) == 1
    assert len(read(line).findings) == 1


def test_the_row_of_the_older_edition_goes_to_the_row_kept_for_it() -> None:
    found = read(f"（六）其他处理 {SEVEN}")
    assert found.edition == "2021"
    assert found.values == rows(f"requests\noutcome.other {SEVEN}")


def test_a_group_label_is_no_row() -> None:
    three = f"（六）其他处理 1.逾期不补正 {SEVEN}\n. 2.逾期不缴费 {SEVEN}\n. 3.其他 {SEVEN}"
    expected = "".join(f"outcome.other.{key} {SEVEN}\n" for key in ("not_amended", "fee_unpaid", "rest"))
    assert read(three).values == rows(f"requests\n{expected}")
    assert read(f"（六）其他处理\n{three}").findings == ()
    assert read(f"（六）其他处理 . . . . . . .\n{three}").findings == ()


def test_the_older_row_is_not_read_beside_the_rows_that_replaced_it() -> None:
    found = read(f"（六）其他处理 {SEVEN}\n. 2.逾期不缴费 {SEVEN}")
    assert found.values == rows(f"requests\noutcome.other.fee_unpaid {SEVEN}")
    assert "与它下面的各行同时出现" in only(found).message


@pytest.mark.parametrize("year", [2020, 2023])
def test_a_group_label_before_an_unknown_row_is_no_row_either(year: int) -> None:
    found = read("（六）其他处理 1.逾期了 1 2 3 4 5 6", year)
    assert found.values == {}
    assert only(found).rule == "R02"


def test_a_header_in_another_order_forbids_the_rows_below() -> None:
    header = "商业企业 自然人 科研机构 社会公益组织 法律服务机构 其他 总计"
    found = read(f"{header}\n2.重复申请 {SEVEN}")
    assert found.values == {}
    assert "没有对得上的标题和表头" in only(found).message


def test_the_header_of_the_form_may_stand_on_several_rows() -> None:
    header = """
    （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 申请人情况
    . 自然人 法人或其他组织 总计
    . . 商业企业 科研机构 社会公益组织 法律服务机构 其他 .
    """
    assert read(f"{header}\n2.重复申请 {SEVEN}").values == rows(f"requests\noutcome.declined.repeated {SEVEN}")


# Table four


def review(figures: str = FIFTEEN) -> dict[CellKey, Decimal | None]:
    words = figures.split()
    blocks = zip(("reconsideration", "litigation.direct", "litigation.reviewed"), (0, 5, 10), strict=True)
    return rows("review\n" + "\n".join(f"{key} {' '.join(words[at : at + 5])}" for key, at in blocks))


def test_fifteen_figures_follow_the_header_of_table_four() -> None:
    assert read(REVIEW + FIFTEEN).values == review()


def test_a_block_of_table_four_may_be_blank() -> None:
    figures = ". . . . . 2 0 0 0 2 3 0 0 0 3"
    assert read(REVIEW + figures).values == review(figures)


def test_table_four_may_be_blank_altogether() -> None:
    blank = " ".join(["."] * 15)
    assert read(REVIEW + blank).values == review(blank)
    assert read(f"{REVIEW}{blank}\n{FIFTEEN}").values == review()


@pytest.mark.parametrize(
    "figures", [FIFTEEN + " 4", FIFTEEN.removeprefix("1 "), "5", "件数 " + FIFTEEN, "共 " * 14 + "1"]
)
def test_another_count_of_figures_in_table_four_is_not_read(figures: str) -> None:
    found = read(REVIEW + figures)
    assert found.values == {}
    assert only(found).cells == tuple(load_form("2021").tables["review"].cells())


@pytest.mark.parametrize(
    "header",
    [
        "行政诉讼 行政复议\n" + REVIEW.strip().split("\n", 1)[1],
        REVIEW.replace("结果维持 结果纠正", "结果纠正 结果维持"),
        REVIEW.replace("未经复议直接起诉 复议后起诉", "复议后起诉 未经复议直接起诉"),
    ],
)
def test_table_four_is_not_read_under_a_header_in_another_order(header: str) -> None:
    found = read(f"{header}\n{FIFTEEN}")
    assert found.values == {}
    assert "没有对得上的标题和表头" in only(found).message


def test_fifteen_figures_without_a_header_are_not_read() -> None:
    found = read(f"2.重复申请 {SEVEN}\n{FIFTEEN}")
    assert found.values == rows(f"requests\noutcome.declined.repeated {SEVEN}")
    assert "不是表里应有的行" in only(found).message


# Figures, repetitions and refusals


def test_a_converted_figure_is_said() -> None:
    found = read(f"{LICENSING}行政许可 151 减33 118")
    assert found.values == rows("licensing\nlicence 151 -33 118", "2019")
    assert (only(found).rule, only(found).place) == ("R04", LinePlace(3))
    assert only(found).cells == (cell("licensing/licence/change"),)


def test_a_placeholder_is_a_blank_and_is_said() -> None:
    found = read(f"{DOCUMENTS}规章 / 无 0")
    assert found.values == rows("documents\nregulation . . 0")
    assert [finding.rule for finding in found.findings] == ["V03", "V03"]


def test_a_figure_that_is_not_one_number_stays_absent() -> None:
    found = read(f"{DOCUMENTS}规章 1_2 若干 0")
    assert found.values == rows("documents\nregulation ~ ~ 0")
    assert [finding.rule for finding in found.findings] == ["R02", "R02"]
    assert only_cells(found) == {cell("documents/regulation/issued"), cell("documents/regulation/repealed")}


def only_cells(found: Recognised) -> set[CellKey]:
    return {key for finding in found.findings for key in finding.cells}


def test_a_row_repeated_after_a_page_break_is_taken_once() -> None:
    found = read(f"2.重复申请 {SEVEN}\n2.重复申请 {SEVEN}")
    assert (found.values, found.findings) == (rows(f"requests\noutcome.declined.repeated {SEVEN}"), ())


def test_a_conversion_is_said_once_only() -> None:
    assert only(read(f"{LICENSING}行政许可 151 减33 118\n行政许可 151 减33 118")).rule == "R04"


def test_a_row_repeated_with_other_figures_is_quoted() -> None:
    found = read(f"2.重复申请 {SEVEN}\n2.重复申请 9 9 9 9 9 9 54")
    assert found.values == {}
    assert "原文“2.重复申请 9 9 9 9 9 9 54”与前面同名的一行不一致，认不准用哪一行" in only(found).message
    assert only(found).place == LinePlace(2)


def test_a_good_row_after_a_bad_one_is_taken() -> None:
    found = read(f"2.重复申请 1 2\n2.重复申请 {SEVEN}")
    assert found.values == rows(f"requests\noutcome.declined.repeated {SEVEN}")
    assert only(found).place == LinePlace(1)


@pytest.mark.parametrize("text", ["", "信息内容", "（三）不予公开", "行政复议 行政诉讼"])
def test_without_any_row_there_is_no_report(text: str) -> None:
    with pytest.raises(InputError, match=r"^年报.txt：没有找到法定表格"):
        read(text)


@pytest.mark.parametrize("edition", EDITIONS)
def test_cells_may_have_no_place(edition: str) -> None:
    row: Sequence[Cell] = [Cell("2.重复申请"), *(Cell(word) for word in SEVEN.split())]
    found = recognise([tuple(row)], {"2019": 2020, "2021": 2021}[edition], "年报.docx")
    assert (found.edition, len(found.values), found.places) == (edition, 7, {})
