"""Rows that are streamed stand in the file as if each of their cells had been written."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell

from nianbao.report import clean_name
from nianbao.workbook.book import new_book
from nianbao.workbook.page import CELL_LIMIT, TooLongError, write
from nianbao.workbook.streamed import Plain

TALL = 33
entries = st.one_of(
    st.none(),
    st.just(""),
    st.integers(-(10**17), 10**17),
    st.decimals(min_value=-(10**12), max_value=10**12, places=4),
    st.text(max_size=12).map(clean_name),
    st.sampled_from(["<&>\"'", " 前后空格 ", "=1+1", "_x0041_", "两行\n文字"]),
)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(entries, min_size=width, max_size=width), min_size=1)
)


def made(rows: list[list[Plain]], *, streamed: bool) -> bytes:
    """A sheet with a head, `rows` and a foot, and another sheet behind it."""
    target = BytesIO()
    book = new_book(target, "甲", "乙")
    looks = [book.add_format({"bold": number % 2, "border": 1}) for number in range(len(rows[0]))]
    sheet = book.add_worksheet("单")
    write(sheet, 1, 0, "头", looks[0])
    for row, each in enumerate(rows, start=2):
        if streamed:
            sheet.stream(row, each, looks, TALL)
            continue
        sheet.set_row(row, TALL)
        for column, entry in enumerate(each):
            write(sheet, row, column, entry, looks[column])
    write(sheet, len(rows) + 3, 0, "尾", looks[0])
    sheet.autofilter(1, 0, len(rows) + 1, len(rows[0]) - 1)
    write(book.add_worksheet("后"), 0, 0, "尾", looks[0])
    book.close()
    return target.getvalue()


def seen(data: bytes) -> list[Any]:
    """Everything about the cells and rows, as openpyxl sees them."""
    book = openpyxl.load_workbook(BytesIO(data))
    found: list[Any] = [book.sheetnames]
    for page in book.worksheets:
        found += [page.dimensions, page.auto_filter.ref, {n: each.height for n, each in page.row_dimensions.items()}]
        found += [
            (each.coordinate, each.data_type, each.value, each.font.b, each.border.top.style)
            for row in page.iter_rows()
            for each in row
            if isinstance(each, Cell)
        ]
    return found


@given(tables)
def test_streamed_rows_are_the_rows_that_were_written(rows: list[list[Plain]]) -> None:
    assert seen(made(rows, streamed=True)) == seen(made(rows, streamed=False))


def test_the_same_rows_give_the_same_bytes() -> None:
    rows: list[list[Plain]] = [[number, Decimal("429.1"), f"第{number}局"] for number in range(300)]
    assert made(rows, streamed=True) == made(rows, streamed=True)


def test_more_text_than_a_cell_holds_is_refused() -> None:
    with pytest.raises(TooLongError, match="单第3行"):
        made([["字" * (CELL_LIMIT + 1)]], streamed=True)
