"""How much a file may ask: settings, zip files, the cells of sheets, text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import (
    DAMAGED,
    MEGABYTE,
    SWOLLEN,
    bombed,
    docx,
    locked,
    odf,
    ods,
    overlapping,
    parts,
    spreadsheet,
    squeezed,
    xlsx,
)
from markup import zipped
from nianbao.errors import InputError
from nianbao.importing.archives import guard_zip
from nianbao.importing.extents import guard_sheets
from nianbao.importing.limits import VARIABLE, Limits, guard_text, limits
from nianbao.workbook.sheets import open_sheets


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", Limits()),
        ("total=512M,seconds=120", Limits()._replace(total=512 * MEGABYTE, seconds=120)),
        (" Memory = 2g , cells=50k,", Limits()._replace(memory=2048 * MEGABYTE, cells=51_200)),
        ("size=100MB", Limits()._replace(size=100 * MEGABYTE)),
    ],
)
def test_the_environment_sets_limits(said: str, expected: Limits) -> None:
    assert limits({VARIABLE: said}) == expected


@pytest.mark.parametrize(
    "said", ["total", "total=", "total=-1", "total=0", "total=1.5G", "most=3", "total=1T", "total=1;size=2"]
)
def test_a_setting_that_cannot_be_understood_is_told(said: str) -> None:
    with pytest.raises(InputError, match=rf"^环境变量 NIANBAO_LIMITS：“{said}”看不懂。请写成 total=512M"):
        limits({VARIABLE: f"seconds=3,{said}"})


@pytest.mark.parametrize("make", [docx, xlsx, ods])
def test_what_offices_write_passes(make: Callable[[], bytes]) -> None:
    guard_zip(make(), "x")
    guard_sheets(make(), "x")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bombed(docx(), 300), SWOLLEN),
        (bombed(docx(), 300, 1000), SWOLLEN),
        (bombed(docx(), 20), SWOLLEN),
        (overlapping(docx()), DAMAGED),
        (docx()[:-30], DAMAGED),
        (docx()[2000:], DAMAGED),
        (locked(docx()), "加了打开密码"),
        (squeezed(xlsx()), "压缩方法"),
        (zipped({f"{number}.xml": b"" for number in range(5001)}), "超过 5,000 个"),
    ],
    ids=["large", "lying", "dense", "overlapping", "cut", "headless", "locked", "squeezed", "many"],
)
def test_a_zip_file_that_asks_too_much_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        guard_zip(data, "x")


def test_members_are_counted_even_where_each_is_small_enough() -> None:
    whole = zipped({f"{number}.xml": bytes(900_000) for number in range(20)})
    guard_zip(whole, "x", Limits())
    with pytest.raises(InputError, match=SWOLLEN):
        guard_zip(whole, "x", Limits(total=17_999_999))
    guard_zip(whole, "x", Limits(total=18_000_000))


def test_stored_members_that_inflate_to_nothing_more_pass() -> None:
    guard_zip(zipped({"word/media/picture.png": bytes(range(256)) * 8000}, 0), "x", Limits(total=3 * MEGABYTE))


def cells(*at: str) -> str:
    """Rows with a figure at each address."""
    return "".join(f'<row r="{one.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{one}"><v>1</v></c></row>' for one in at)


BLANK = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
SHEETS = [
    # a spreadsheet, whether it is accepted
    (spreadsheet(cells("A1", "J999")), True),
    (spreadsheet(cells("A1", "J20000")), True),
    (spreadsheet(cells("A1", "ZZ999")), True),
    (spreadsheet(cells("A1") + BLANK), True),
    (spreadsheet(cells("A1", "A1048576")), False),
    (spreadsheet(cells("A1", "XFD1048576")), False),
    (spreadsheet(cells("XFD1048576", "A1")), False),
    (spreadsheet(cells("A1", "A1048576").replace('"', "'")), False),
    (spreadsheet(cells("A1", "A1048576").replace("<c ", "<c\n ")), False),
    (spreadsheet(cells("A1", "A1048576").replace("<", "<x:").replace("<x:/", "</x:"), names=' xmlns:x="urn:x"'), False),
    (spreadsheet("<row>" + "<c><v>1</v></c>" * 20_000 + "</row>" + "<row><c><v>1</v></c></row>" * 100), False),
    (
        spreadsheet(
            "<row>" + "<x:c><x:v>1</x:v></x:c>" * 20_000 + "</row>" + "<row><x:c><x:v>1</x:v></x:c></row>" * 100,
            names=' xmlns:x="urn:x"',
        ),
        False,
    ),
    (spreadsheet("<row>" + "<c><v>1</v></c>" * 200 + "</row>" + "<row><c><v>1</v></c></row>" * 100), True),
    (spreadsheet(cells("A1"), '<mergeCells count="1"><mergeCell ref="A1:XFD1"/></mergeCells>'), True),
    (spreadsheet(cells("A1"), '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'), False),
    (spreadsheet("<!DOCTYPE x>" + cells("A1", "A1048576")), False),
    (ods(), True),
    (ods("", 'table:number-rows-repeated="999999"'), True),
    (ods("", 'table:number-rows-repeated="1000001"'), False),
    (ods('table:number-columns-repeated="16384"', 'table:number-rows-repeated="1048576"'), False),
    (odf("spreadsheet", "<broken>"), False),
]


@pytest.mark.parametrize(("data", "accepted"), SHEETS)
def test_sheets_of_more_cells_than_memory_are_refused(data: bytes, accepted: bool) -> None:  # noqa: FBT001 - a table
    if accepted:
        guard_sheets(data, "x", Limits(cells=1_000_000))
    else:
        with pytest.raises(InputError, match=r"范围太大|损坏"):
            guard_sheets(data, "x", Limits(cells=1_000_000))


@given(st.lists(st.tuples(st.integers(1, 1200), st.integers(0, 40)), min_size=1, max_size=5, unique=True))
def test_the_limit_is_the_rectangle_that_the_reader_makes(at: list[tuple[int, int]]) -> None:
    letters = [chr(65 + column) if column < 26 else "A" + chr(39 + column) for _, column in at]
    book = spreadsheet(cells(*(f"{column}{row}" for (row, _), column in zip(at, letters, strict=True))))
    rows = open_sheets(book, "x")["a"]
    size = len(rows) * max(map(len, rows))
    guard_sheets(book, "x", Limits(cells=size))
    with pytest.raises(InputError, match=f"超过 {size - 1:,} 格"):
        guard_sheets(book, "x", Limits(cells=size - 1))


def test_blank_rows_between_filled_ones_count_and_those_below_do_not() -> None:
    blank = '<table:table-row table:number-rows-repeated="{}"><table:table-cell/></table:table-row>'
    row = '<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'

    def book(*rows: str) -> bytes:
        table = "".join(rows)
        return odf(
            "spreadsheet", f'<office:spreadsheet><table:table table:name="a">{table}</table:table></office:spreadsheet>'
        )

    guard_sheets(book(row, blank.format(1_048_575)), "x")
    with pytest.raises(InputError, match="范围太大"):
        guard_sheets(book(row, blank.format(1_048_575), row), "x")


def test_a_sheet_is_one_wherever_it_stands() -> None:
    hidden = parts(spreadsheet(cells("A1", "XFD1048576")))
    hidden["xl/media/picture.png"] = hidden.pop("xl/worksheets/sheet1.xml")
    with pytest.raises(InputError, match="范围太大"):
        guard_sheets(zipped(hidden), "x")


def test_sheets_count_together() -> None:
    book = spreadsheet(cells("A1", "J20"))
    two = zipped({**parts(book), "xl/worksheets/sheet2.xml": parts(book)["xl/worksheets/sheet1.xml"]})
    guard_sheets(two, "x", Limits(cells=400))
    with pytest.raises(InputError, match="范围太大"):
        guard_sheets(two, "x", Limits(cells=399))


def test_too_much_text_is_refused() -> None:
    guard_text(["一", "二三"], "x", Limits(text=3))
    with pytest.raises(InputError, match=r"^x：文字太多（超过 2 字），不像一份年报。"):
        guard_text(["一", "二三"], "x", Limits(text=2))
