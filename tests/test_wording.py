from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import busy_report, cell, hybrid
from nianbao.form import CellKey
from nianbao.formfile import load_form
from nianbao.wording import blocks, cell_name, cells_name, line_name, table_name

FORM = load_form("2021")
HYBRID = FORM.holding(hybrid(busy_report()).values)
NAMES = [
    ("requests/outcome.total/natural_person", "三、依申请公开“（七）总计”行“自然人”列"),
    ("requests/received/total", "三、依申请公开“一、本年新收政府信息公开申请数量”行“总计”列"),
    ("documents/regulation/in_force", "二、主动公开 第二十条第（一）项“规章”行“现行有效件数”列"),
    ("fees/fee/charged", "二、主动公开 第二十条第（八）项“行政事业性收费”行“本年收费金额（单位：万元）”列"),
    ("review/litigation.direct/pending", "四、复议诉讼“未经复议直接起诉”部分“尚未审结”列"),
    ("requests/outcome.other/company", "三、依申请公开“（六）其他处理”行“商业企业”列"),
]


@pytest.mark.parametrize(("path", "name"), NAMES)
def test_a_cell_is_named_by_sheet_row_and_column(path: str, name: str) -> None:
    assert cell_name(FORM, cell(path)) == name
    assert name.startswith(table_name(FORM, cell(path).table))


def test_every_cell_of_table_three_and_four_has_a_name_of_its_own() -> None:
    keys = [key for key in FORM.cells if key.table in {"documents", "enforcement", "review"}]
    assert len({cell_name(FORM, key) for key in keys}) == len(keys)


def test_lines_are_named_by_their_labels() -> None:
    requests, review = FORM.tables["requests"], FORM.tables["review"]
    assert line_name(requests, "row", requests.rows[0]) == "“一、本年新收政府信息公开申请数量”行"
    assert line_name(requests, "column", requests.columns[6]) == "“总计”列"
    assert line_name(review, "row", review.rows[0]) == "“行政复议”部分"
    assert line_name(review, "column", review.columns[0]) == "“结果维持”列"


def keys(*paths: str) -> list[CellKey]:
    return [cell(path) for path in paths]


@pytest.mark.parametrize(
    ("found", "name"),
    [
        (keys("requests/received/company"), "三、依申请公开“一、本年新收政府信息公开申请数量”行、“商业企业”列"),
        (
            keys("enforcement/penalty/decisions", "enforcement/coercion/decisions"),
            "二、主动公开 第二十条第（六）项“行政处罚”“行政强制”行、“本年处理决定数量”列",
        ),
        (
            [key for key in FORM.cells if key.row.startswith("outcome.declined.") and key.column == "law_firm"],
            "三、依申请公开“1.信访举报投诉类申请”至“5.要求行政机关确认或重新出具已获取信息”共5行、“法律服务机构”列",
        ),
        (
            [key for key in FORM.cells if key.row == "reconsideration"],
            "四、复议诉讼“行政复议”部分、“结果维持”至“总计”共5列",
        ),
    ],
)
def test_many_cells_are_named_by_their_rows_and_columns(found: list[CellKey], name: str) -> None:
    assert cells_name(FORM, found) == name


@pytest.mark.parametrize(
    ("paths", "parts"),
    [
        ((), []),
        (("requests/received/company",), [1]),
        (("requests/received/company", "requests/received/research_institute"), [2]),
        (("requests/received/company", "requests/brought_forward/company"), [2]),
        (("requests/received/company", "requests/brought_forward/natural_person"), [1, 1]),
        (("requests/received/total", "requests/brought_forward/natural_person"), [1, 1]),
        (("requests/received/company", "requests/received/welfare_body"), [1, 1]),
        (("licensing/licence/decisions", "enforcement/penalty/decisions"), [1, 1]),
        # On paper the groups of table four stand side by side.
        (("review/reconsideration/total", "review/litigation.direct/upheld"), [2]),
        (("review/reconsideration/upheld", "review/litigation.direct/upheld"), [1, 1]),
    ],
)
def test_cells_that_touch_make_one_block(paths: tuple[str, ...], parts: list[int]) -> None:
    assert [len(block) for block in blocks(keys(*paths), FORM)] == parts


def test_a_block_may_have_any_shape_and_is_listed_in_the_order_of_the_form() -> None:
    corner = keys(
        "requests/brought_forward/company",
        "requests/received/research_institute",
        "requests/received/company",
        "requests/carried_forward/total",
    )
    assert blocks(corner, FORM) == [[corner[2], corner[1], corner[0]], [corner[3]]]


def test_blocks_of_a_hybrid_report_touch_its_single_row() -> None:
    rows = ("outcome.declined.reissue", "outcome.other", "outcome.total")
    (block,) = blocks(keys(*(f"requests/{row}/company" for row in rows)), HYBRID)
    assert [key.row for key in block] == list(rows)


@given(st.sets(st.sampled_from(FORM.cells), max_size=40))
def test_blocks_part_the_cells(chosen: set[CellKey]) -> None:
    found = blocks(chosen, FORM)
    assert sorted(key for block in found for key in block) == sorted(chosen)
    assert all(len({key.table for key in block}) == 1 for block in found)
    assert [FORM.order[block[0]] for block in found] == sorted(FORM.order[block[0]] for block in found)
