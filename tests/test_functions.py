"""The worksheet functions, without Excel."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from builders import busy_report, cell, changed
from nianbao.excel.functions import FUNCTIONS, balance, check_table, expected
from plain import Grid, grids, place
from shell import spawn

REQUESTS, REVIEW = "三、依申请公开", "四、复议诉讼"


def table(changes: Mapping[str, int | None] | None = None, sheet: str = REQUESTS) -> Grid:
    return grids(changed(busy_report(), changes or {}))[sheet]


WRONG: Mapping[str, int | None] = {"requests/outcome.granted/company": 99}
BLANK: Mapping[str, int | None] = {"requests/outcome.granted/company": None}


def test_a_balanced_table_is_said_to_be() -> None:
    assert check_table(table()) == "平衡"
    assert check_table(table(sheet=REVIEW)) == "平衡"


def test_what_is_wrong_is_told_with_the_suspected_cell() -> None:
    row, column = check_table(table(WRONG)).split("\n")
    assert "“（一）予以公开”行" in row
    assert "总计 6，六类申请人之和 104" in row
    assert "“商业企业”列" in column
    assert row.endswith("现填 99，应为 1。")


def test_blanks_and_rows_that_cannot_be_read_are_told() -> None:
    assert "有 1 格没有填" in check_table(table(BLANK))
    grid = table()
    grid[3][4] = "若干"
    assert "“若干”认不准是哪个数" in check_table(grid)


def test_many_problems_are_counted() -> None:
    slips = {
        f"requests/{row}/total": 999 for row in ("received", "brought_forward", "outcome.granted", "carried_forward")
    }
    *shown, last = check_table(table(slips)).split("\n")
    assert len(shown) == 5
    assert last.startswith("另有 ")


def test_what_is_no_table_is_said_in_one_line() -> None:
    assert (
        check_table([["别的", 1.0]])
        == "这个区域：没有找到法定表格。请确认这是政府信息公开工作年度报告，表格是文字而不是图片。"
    )
    assert "没有找到法定表格" in str(balance([["别的"]], 1.0))
    assert "没有找到法定表格" in str(expected([["别的"]], 1, 1))


@pytest.mark.parametrize("column", ["商业企业", " 商业企业 ", 2.0, "2"])
def test_a_column_by_its_name_or_number(column: object) -> None:
    assert balance(table(), column) == "平衡"
    assert balance(table(BLANK), column) == "未填"
    assert balance(table(WRONG), column) == "B03 （七）总计 2，各项办理结果之和 100，差 -98"


def test_columns_that_are_not_there() -> None:
    for column in ("没有", 8.0, 0.0, "", None):
        assert "这一列，请写表头上的名称" in balance(table(), column)
    assert balance(table(sheet=REVIEW), "结果纠正") == "“结果纠正”列没有勾稽关系。"


def asked(changes: Mapping[str, int | None], path: str) -> float | str:
    report = changed(busy_report(), changes)
    at = place(report, cell(path))
    return expected(grids(report)[REQUESTS], at.row, at.column)


def test_what_a_cell_should_be() -> None:
    assert asked(WRONG, "requests/outcome.granted/company") == 1.0
    assert asked(BLANK, "requests/outcome.granted/company") == 1.0
    assert asked({}, "requests/received/natural_person") == 9.0


def test_what_a_cell_should_be_is_not_guessed() -> None:
    assert asked(WRONG, "requests/outcome.granted/total") == "认不准：6或104。"
    gaps = {f"requests/received/{column}": None for column in ("natural_person", "company")}
    assert asked({**gaps, "requests/outcome.total/natural_person": None}, "requests/received/natural_person") == (
        "还算不出：同一行或同一列还有空格。"
    )
    assert expected(table(), 1, 1) == "这一格不是法定表格里填数的格。"


def test_functions_cost_little_and_need_no_excel() -> None:
    code = "import sys, nianbao.excel.functions; print(sorted({'xlwings', 'pandas', 'docx', 'openpyxl'} & set(sys.modules)))"
    assert spawn(code=code).out.strip() == "[]"


def test_what_is_offered_to_excel_is_there() -> None:
    import nianbao.excel.functions as module

    for function in FUNCTIONS:
        assert callable(getattr(module, function.call))
        assert function.name.startswith("NB_")
        assert all(argument.help.endswith("。") for argument in function.arguments)
