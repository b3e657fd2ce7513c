from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

from builders import busy_report, hybrid
from nianbao.form import Chapter, Form
from nianbao.formfile import load_form
from nianbao.printed import grid_size, head_rows, label_columns, printed

# Every label of the printed form: grid row, grid column, height×width in grid cells, text.
DISCLOSURE_2019 = """
 0 0  1x4  第二十条第（一）项
 1 0  1x1  信息内容
 1 1  1x1  本年新制作数量
 1 2  1x1  本年新公开数量
 1 3  1x1  对外公开总数量
 2 0  1x1  规章
 3 0  1x1  规范性文件
 4 0  1x4  第二十条第（五）项
 5 0  1x1  信息内容
 5 1  1x1  上一年项目数量
 5 2  1x1  本年增/减
 5 3  1x1  处理决定数量
 6 0  1x1  行政许可
 7 0  1x1  其他对外管理服务事项
 8 0  1x4  第二十条第（六）项
 9 0  1x1  信息内容
 9 1  1x1  上一年项目数量
 9 2  1x1  本年增/减
 9 3  1x1  处理决定数量
10 0  1x1  行政处罚
11 0  1x1  行政强制
12 0  1x4  第二十条第（八）项
13 0  1x1  信息内容
13 1  1x1  上一年项目数量
13 2  1x2  本年增/减
14 0  1x1  行政事业性收费
15 0  1x4  第二十条第（九）项
16 0  1x1  信息内容
16 1  1x1  采购项目数量
16 2  1x2  采购总金额
17 0  1x1  政府集中采购
"""
DISCLOSURE_2021 = """
 0 0  1x4  第二十条第（一）项
 1 0  1x1  信息内容
 1 1  1x1  本年制发件数
 1 2  1x1  本年废止件数
 1 3  1x1  现行有效件数
 2 0  1x1  规章
 3 0  1x1  行政规范性文件
 4 0  1x4  第二十条第（五）项
 5 0  1x1  信息内容
 5 1  1x3  本年处理决定数量
 6 0  1x1  行政许可
 7 0  1x4  第二十条第（六）项
 8 0  1x1  信息内容
 8 1  1x3  本年处理决定数量
 9 0  1x1  行政处罚
10 0  1x1  行政强制
11 0  1x4  第二十条第（八）项
12 0  1x1  信息内容
12 1  1x3  本年收费金额（单位：万元）
13 0  1x1  行政事业性收费
"""
REQUESTS_2019 = """
 0 0  3x3  （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）
 0 3  1x7  申请人情况
 1 3  2x1  自然人
 1 4  1x5  法人或其他组织
 1 9  2x1  总计
 2 4  1x1  商业企业
 2 5  1x1  科研机构
 2 6  1x1  社会公益组织
 2 7  1x1  法律服务机构
 2 8  1x1  其他
 3 0  1x3  一、本年新收政府信息公开申请数量
 4 0  1x3  二、上年结转政府信息公开申请数量
 5 0 20x1  三、本年度办理结果
 5 1  1x2  （一）予以公开
 6 1  1x2  （二）部分公开（区分处理的，只计这一情形，不计其他情形）
 7 1  8x1  （三）不予公开
 7 2  1x1  1.属于国家秘密
 8 2  1x1  2.其他法律行政法规禁止公开
 9 2  1x1  3.危及“三安全一稳定”
10 2  1x1  4.保护第三方合法权益
11 2  1x1  5.属于三类内部事务信息
12 2  1x1  6.属于四类过程性信息
13 2  1x1  7.属于行政执法案卷
14 2  1x1  8.属于行政查询事项
15 1  3x1  （四）无法提供
15 2  1x1  1.本机关不掌握相关政府信息
16 2  1x1  2.没有现成信息需要另行制作
17 2  1x1  3.补正后申请内容仍不明确
18 1  5x1  （五）不予处理
18 2  1x1  1.信访举报投诉类申请
19 2  1x1  2.重复申请
20 2  1x1  3.要求提供公开出版物
21 2  1x1  4.无正当理由大量反复申请
22 2  1x1  5.要求行政机关确认或重新出具已获取信息
23 1  1x2  （六）其他处理
24 1  1x2  （七）总计
25 0  1x3  四、结转下年度继续办理
"""
REQUESTS_2021 = (
    REQUESTS_2019[: REQUESTS_2019.index("23 1")].replace(" 5 0 20x1", " 5 0 22x1")
    + """\
23 1  3x1  （六）其他处理
23 2  1x1  1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
24 2  1x1  2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请
25 2  1x1  3.其他
26 1  1x2  （七）总计
27 0  1x3  四、结转下年度继续办理
"""
)
REVIEW = """
 0 0  1x5  行政复议
 0 5  1x10 行政诉讼
 1 0  2x1  结果维持
 1 1  2x1  结果纠正
 1 2  2x1  其他结果
 1 3  2x1  尚未审结
 1 4  2x1  总计
 1 5  1x5  未经复议直接起诉
 1 10 1x5  复议后起诉
 2 5  1x1  结果维持
 2 6  1x1  结果纠正
 2 7  1x1  其他结果
 2 8  1x1  尚未审结
 2 9  1x1  总计
 2 10 1x1  结果维持
 2 11 1x1  结果纠正
 2 12 1x1  其他结果
 2 13 1x1  尚未审结
 2 14 1x1  总计
"""
GRIDS = [
    ("2019", "disclosure", (18, 4), DISCLOSURE_2019),
    ("2019", "requests", (26, 10), REQUESTS_2019),
    ("2019", "review", (4, 15), REVIEW),
    ("2021", "disclosure", (14, 4), DISCLOSURE_2021),
    ("2021", "requests", (28, 10), REQUESTS_2021),
    ("2021", "review", (4, 15), REVIEW),
]
HYBRID = load_form("2021").holding(hybrid(busy_report()).values)


def chapter(form: Form, key: str) -> Chapter:
    return next(each for each in form.chapters if each.key == key)


def labels(of: Chapter) -> list[str]:
    """The labels of `of` as the tables above write them, with single spaces."""
    return [f"{c.row} {c.column} {c.height}x{c.width} {c.text}" for c in printed(of) if c.role != "value"]


@pytest.mark.parametrize(("edition", "key", "size", "table"), GRIDS)
def test_the_printed_form_is_the_official_one(edition: str, key: str, size: tuple[int, int], table: str) -> None:
    of = chapter(load_form(edition), key)
    assert grid_size(of) == size
    assert labels(of) == [" ".join(line.split()) for line in table.split("\n") if line]


@pytest.mark.parametrize("form", [load_form("2019"), load_form("2021"), HYBRID], ids=["2019", "2021", "hybrid"])
def test_every_place_of_the_grid_belongs_to_one_cell(form: Form) -> None:
    for of in form.chapters:
        cells = printed(of)
        taken = Counter(
            place
            for cell in cells
            for place in product(range(cell.row, cell.row + cell.height), range(cell.column, cell.column + cell.width))
        )
        assert set(taken.values()) <= {1}
        if cells:
            assert set(taken) == set(product(*map(range, grid_size(of))))


@pytest.mark.parametrize("form", [load_form("2019"), load_form("2021"), HYBRID], ids=["2019", "2021", "hybrid"])
def test_the_values_are_the_cells_of_the_form_in_reading_order(form: Form) -> None:
    values = [cell for of in form.chapters for cell in printed(of) if cell.role == "value"]
    assert [cell.key for cell in values] == list(form.cells)
    assert {cell.text for cell in values} == {""}
    assert {cell.height for cell in values} == {1}
    assert not [
        cell for of in form.chapters for cell in printed(of) if cell.role != "value" and (cell.key or not cell.text)
    ]


@pytest.mark.parametrize(("key", "role"), [("requests", "label"), ("review", "head")])
def test_a_value_stands_beside_its_row_and_under_its_column(form: Form, key: str, role: str) -> None:
    cells = printed(chapter(form, key))
    for value in (cell for cell in cells if cell.key):
        beside = [c.text for c in cells if c.role == "label" and c.row <= value.row < c.row + c.height]
        above = [c.text for c in cells if c.role == "head" and c.column <= value.column < c.column + c.width]
        assert value.key
        row, column = form.row(value.key).path, form.column(value.key).path
        if role == "label":
            assert (tuple(beside), tuple(above)) == (row, ("申请人情况", *column))
        else:
            assert (beside, tuple(above)) == ([], row + column)


def test_heads_and_labels_take_their_rows_and_columns(form: Form) -> None:
    assert [head_rows(chapter(form, key)) for key in ("requests", "review")] == [3, 3]
    tables = form.tables
    assert [label_columns(tables[key]) for key in ("documents", "fees", "requests", "review")] == [1, 1, 3, 0]


def test_a_hybrid_report_prints_the_single_row() -> None:
    lines = labels(chapter(HYBRID, "requests"))
    assert lines == [" ".join(line.split()) for line in REQUESTS_2019.split("\n") if line]
    assert labels(chapter(HYBRID, "review")) == [" ".join(line.split()) for line in REVIEW.split("\n") if line]


def test_a_chapter_without_tables_prints_no_cells(form: Form) -> None:
    assert [of.key for of in form.chapters if not printed(of)] == ["overview", "problems", "other"]
