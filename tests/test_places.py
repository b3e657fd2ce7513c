from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.errors import NianbaoError
from nianbao.places import LinePlace, Place, SheetPlace, letters, sheet_place, span

COLUMNS = [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]


@pytest.mark.parametrize(("column", "text"), COLUMNS)
def test_columns_are_lettered_as_spreadsheets_do(column: int, text: str) -> None:
    assert letters(column) == text
    assert sheet_place("表", f"{text}1").column == column


def test_a_place_prints_as_users_look_it_up() -> None:
    place = SheetPlace("三、依申请公开", 6, 4)
    assert (str(place), place.a1, place.absolute) == ("三、依申请公开!D6", "D6", "$D$6")
    assert str(LinePlace(12)) == "第12行"


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        (["甲!D6"], "甲!D6"),
        (["甲!D6", "甲!D7"], "甲!D6:D7"),
        (["甲!E7", "甲!D6", "甲!D7", "甲!E6"], "甲!D6:E7"),
        (["甲!D6", "甲!D7", "甲!E6"], "甲!D6 等"),
        (["甲!D6", "甲!D8"], "甲!D6 等"),
        (["甲!D6", "乙!D7"], "甲!D6 等"),
        (["甲!D6", "乙!D6"], "甲!D6 等"),
    ],
)
def test_several_cells_are_named_as_a_block_if_they_are_one(cells: list[str], where: str) -> None:
    assert span([sheet_place(*cell.split("!")) for cell in cells]) == where


@pytest.mark.parametrize(
    "places", [[LinePlace(3)], [LinePlace(3), LinePlace(4)], [LinePlace(3), SheetPlace("甲", 1, 1)]]
)
def test_several_lines_are_named_by_the_first(places: list[Place]) -> None:
    assert span(places) == "第3行"


@given(st.integers(1, 1048576), st.integers(1, 16384))
def test_an_address_is_read_back(row: int, column: int) -> None:
    place = SheetPlace("表", row, column)
    assert sheet_place("表", place.a1) == place


@pytest.mark.parametrize("text", ["", "D", "6", "D0", "d6", "$D$6", "D6:E7", "表!D6", "D 6", "ABCD1"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(NianbaoError, match=r"不是单元格地址") as error:
        sheet_place("表", text)
    assert f"“{text}”" in str(error.value)
