"""调整数: what the office adds to the sums, or puts in their place, survives the next merge and stands in the figures."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from builders import blank_report, cell
from cities import earlier, handed_in, idle, summary_of, summed, unit
from nianbao.city.merge import Merged
from nianbao.city.previous import read_previous
from nianbao.form import CellKey
from nianbao.formfile import EDITIONS, load_form
from nianbao.places import sheet_place
from nianbao.totals import definitions
from nianbao.workbook.adjusted import added_to, adjustable, position, read_adjusting, to_confirm
from nianbao.workbook.build import blank_workbook
from nianbao.workbook.contents import Adjusting, Adjustment
from nianbao.workbook.layout import lay_out
from nianbao.workbook.names import ADJUSTMENTS
from nianbao.workbook.sheets import Sheets, open_sheets

FORM = load_form("2021")
GRANTED = cell("requests/outcome.granted/company")
IN_FORCE = cell("documents/normative_document/in_force")
FIRST = 13
"""The row of the first adjustment."""


def adjustment(path: str, amount: int | str, reason: str = "漏报") -> Adjustment:
    return Adjustment(cell(path), Decimal(amount), reason, "张三", "2024-2-1")


def two(said: Adjusting) -> Merged:
    """The sum of two units, with what the office says of it."""
    return summed([handed_in(unit("甲局")), handed_in(idle("乙局"))], said=said)


def named(key: CellKey) -> str:
    return position(key, FORM, lay_out(FORM))


def typed(workbook: bytes, entries: Mapping[str, object]) -> bytes:
    """`workbook` with `entries` typed on the sheet, by address."""
    book = openpyxl.load_workbook(BytesIO(workbook))
    for address, entry in entries.items():
        book[ADJUSTMENTS][address] = entry
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def read(entries: Mapping[str, object]) -> Adjusting:
    """What is read of an empty sheet with `entries`."""
    rows = [list(row) for row in open_sheets(EMPTY, "x")[ADJUSTMENTS]]
    for address, entry in entries.items():
        place = sheet_place(ADJUSTMENTS, address)
        rows[place.row - 1][place.column - 1] = entry
    return read_adjusting(Sheets([ADJUSTMENTS], lambda _: rows, "x"), FORM)


EMPTY = summary_of(two(Adjusting()))


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_cell_is_added_confirmed_or_follows_from_others(edition: str) -> None:
    form = load_form(edition)
    kinds = [set(adjustable(form)), set(to_confirm(form)), set(definitions(form))]
    assert sum(map(len, kinds)) == len(form.cells) == len(set().union(*kinds))
    assert {key.table for key in kinds[1]} == {"documents"}


def test_an_adjustment_changes_its_cell_and_every_total_above_it() -> None:
    said = Adjusting(adjustments=(adjustment("requests/outcome.granted/company", 3),))
    before, after = two(Adjusting()).report.values, two(said).report.values
    moved = {str(key): (after[key] or 0) - (before[key] or 0) for key in after if after[key] != before[key]}
    assert moved == {
        "requests/outcome.granted/company": 3,
        "requests/outcome.granted/total": 3,
        "requests/outcome.total/company": 3,
        "requests/outcome.total/total": 3,
    }
    assert two(said).sums[GRANTED] == 1


def test_several_adjustments_of_one_cell_are_added() -> None:
    paths = ["fees/fee/charged", "fees/fee/charged", "review/reconsideration/upheld"]
    amounts = added_to([adjustment(path, at) for path, at in zip(paths, ("0.1", "-0.3", "1"), strict=True)], FORM)
    assert amounts == {
        cell("fees/fee/charged"): Decimal("-0.2"),
        cell("review/reconsideration/upheld"): 1,
        cell("review/reconsideration/total"): 1,
    }
    assert added_to([], FORM) == {}


def test_an_adjustment_fills_a_cell_that_no_unit_filled() -> None:
    said = Adjusting(adjustments=(adjustment("fees/fee/charged", 5),))
    assert summed([handed_in(blank_report())], said=said).report.values[cell("fees/fee/charged")] == 5


def test_a_confirmed_figure_takes_the_place_of_the_sum_and_ends_the_warning() -> None:
    said = Adjusting(confirmed=tuple(Adjustment(key, Decimal(4), "") for key in to_confirm(FORM)))
    merged = two(said)
    assert merged.report.values[IN_FORCE] == 4
    assert merged.sums[IN_FORCE] == 7
    assert [each.rule for each in merged.findings] == ["G03"]
    one = two(said._replace(confirmed=said.confirmed[:1]))
    assert IN_FORCE in next(each for each in one.findings if each.rule == "G02").cells


def test_what_was_said_survives_the_next_merge_word_for_word() -> None:
    said = Adjusting(
        confirmed=(Adjustment(IN_FORCE, Decimal(4), "市司法局〔2024〕1号", "李四", "1月31日"),),
        adjustments=(
            adjustment("requests/outcome.granted/company", -2, "=与甲局重复"),
            adjustment("fees/fee/charged", "0.000001"),
        ),
    )
    first = earlier(two(said))
    assert first.said == said
    assert first.reading.report.values == two(said).report.values
    assert earlier(two(first.said)).said == said


def test_what_people_type_is_read() -> None:
    entries = {
        f"A{FIRST}": named(GRANTED),
        f"C{FIRST}": "１，２００",
        f"D{FIRST}": "补报",
        f"A{FIRST + 5}": str(lay_out(FORM).cells[GRANTED]),
        f"C{FIRST + 5}": -3,
        f"D{FIRST + 5}": "重复",
        "C10": 4,
    }
    said = read(entries)
    assert said.unread == ()
    assert [each.cell for each in (*said.adjustments, *said.confirmed)] == [GRANTED, GRANTED, to_confirm(FORM)[5]]
    assert [each.amount for each in (*said.adjustments, *said.confirmed)] == [1200, -3, 4]


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ({"A": named(GRANTED), "C": 3}, "没有写原因"),
        ({"A": named(GRANTED), "C": 3, "D": "　 "}, "没有写原因"),
        ({"A": named(GRANTED), "C": "三个", "D": "漏报"}, "不是数字"),
        ({"A": named(GRANTED), "D": "漏报"}, "不是数字"),
        ({"A": "三、依申请公开!Z99　别的", "C": 3, "D": "漏报"}, "认不出位置"),
        ({"C": 3, "D": "漏报"}, "认不出位置"),
        ({"D": "漏报"}, "认不出位置"),
        ({"A": named(cell("requests/received/total")), "C": 3, "D": "漏报"}, "这一格不在这里调整"),
        ({"A": named(IN_FORCE), "C": 3, "D": "漏报"}, "这一格不在这里调整"),
    ],
)
def test_what_cannot_be_followed_is_told_and_stays_where_it_was_written(entries: dict[str, object], why: str) -> None:
    said = read({f"{column}{FIRST + 2}": entry for column, entry in entries.items()})
    assert (said.adjustments, len(said.unread)) == ((), 1)
    assert str(said.unread[0]) == f"调整数第{FIRST + 2}行“{entries.get('A', '')}”：{why}"
    more = said._replace(adjustments=tuple(adjustment("fees/fee/charged", at) for at in range(3)))
    again = earlier(two(more)).said
    assert again.unread == said.unread
    assert again.adjustments == more.adjustments


def test_a_confirmed_figure_that_is_no_number_is_told_and_stays() -> None:
    said = read({"C10": "待定", "D10": "等市司法局"})
    assert str(said.unread[0]).endswith("：不是数字")
    assert said.confirmed == ()
    again = earlier(two(said))
    assert again.said.unread == said.unread
    assert again.reading.report.values[to_confirm(FORM)[5]] == 7


def test_the_list_offers_what_can_be_adjusted_and_nothing_else() -> None:
    book = openpyxl.load_workbook(BytesIO(EMPTY))
    sheet = book[ADJUSTMENTS]
    (rule,) = (each for each in sheet.data_validations.dataValidation if each.type == "list")
    assert str(rule.sqref) == f"A{FIRST}:A{FIRST + 59}"
    offered = [row[0].value for row in sheet[rule.formula1.lstrip("=").replace("$", "")]]
    assert offered == [named(key) for key in adjustable(FORM)]


def test_a_workbook_without_the_sheet_says_nothing() -> None:
    assert read_adjusting(open_sheets(blank_workbook("2021"), "x"), FORM) == Adjusting()


def test_a_summary_saved_by_another_program_keeps_what_was_said() -> None:
    entries = {f"A{FIRST}": named(GRANTED), f"C{FIRST}": 2, f"D{FIRST}": "漏报", f"F{FIRST}": "2月1日"}
    previous = read_previous(typed(EMPTY, entries), "汇总.xlsx")
    assert previous.said.adjustments == (Adjustment(GRANTED, Decimal(2), "漏报", "", "2月1日"),)
    assert [row.agency for row in previous.rows] == ["甲局", "乙局"]
