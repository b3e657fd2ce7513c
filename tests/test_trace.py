"""数字来源: which units, which files, which adjustments a figure of a summary is made of."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from builders import busy_report, cell
from cities import earlier, handed_in, idle, member, roster, summary_of, summed, unit
from nianbao.city.merge import Merged
from nianbao.city.trace import Share, cell_at, lines, named_cell, trace
from nianbao.commands.merging import trace_figure
from nianbao.errors import InputError
from nianbao.form import CellKey
from nianbao.formfile import load_form
from nianbao.places import sheet_place
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Adjusting, Adjustment, Contents
from nianbao.workbook.layout import lay_out

FORM = load_form("2021")
PLACES = lay_out(FORM).cells
GRANTED, TOTAL = cell("requests/outcome.granted/company"), cell("requests/outcome.total/total")
IN_FORCE = cell("documents/normative_document/in_force")
SAID = Adjusting(
    confirmed=(Adjustment(IN_FORCE, Decimal(5), "司法局核定", "李四"),),
    adjustments=(Adjustment(GRANTED, Decimal(-1), "重复", "张三"), Adjustment(GRANTED, Decimal(3), "漏报")),
)
FILES = [
    handed_in(unit("乙局"), "部门/乙局.xlsx", digest="b" * 64),
    handed_in(unit("甲局", {"requests/outcome.granted/company": 5}), "甲局.docx", digest="a" * 64),
    handed_in(idle("丙局"), "丙局.xlsx", digest="c" * 64),
    handed_in(unit("税务局"), "税务局.xlsx", digest="d" * 64),
]
ROSTER = roster(*map(member, ("甲局", "乙局", "丙局")), member("税务局", "垂直", counted=False))
MERGED: Merged = summed(FILES, roster=ROSTER, said=SAID)
SUMMARY = earlier(MERGED)


def test_a_figure_is_traced_to_units_files_and_adjustments() -> None:
    found = trace(SUMMARY, GRANTED)
    assert found.shares == (
        Share("甲局", Decimal(5), "甲局.docx", "a" * 64),
        Share("乙局", Decimal(1), "部门/乙局.xlsx", "b" * 64),
        Share("丙局", Decimal(0), "丙局.xlsx", "c" * 64),
    )
    assert [share.agency for share in found.shown] == ["税务局"]
    assert [found.added, found.adjusted, found.due, found.total] == [6, 2, 8, 8]
    assert found.adjustments == SAID.adjustments
    assert found.confirmed is None


def test_a_total_names_the_adjustments_of_what_it_is_the_sum_of() -> None:
    found = trace(SUMMARY, TOTAL)
    assert found.adjustments == SAID.adjustments
    assert found.adjusted == 2
    assert found.due == found.total == MERGED.report.values[TOTAL]


def test_every_figure_comes_to_what_the_summary_says() -> None:
    assert all(trace(SUMMARY, key).due == trace(SUMMARY, key).total for key in FORM.cells)


def test_the_lines_say_it_largest_first() -> None:
    assert list(lines(trace(SUMMARY, GRANTED), FORM)) == [
        "三、依申请公开“（一）予以公开”行“商业企业”列：8",
        "  甲局　5　甲局.docx",
        "  乙局　1　部门/乙局.xlsx",
        "  其余 1 个单位都是 0",
        "  3 个单位之和　6",
        "  调整数　三、依申请公开“（一）予以公开”行“商业企业”列 -1　重复（张三）",
        "  调整数　三、依申请公开“（一）予以公开”行“商业企业”列 3　漏报（没有写填写人）",
        "  只列出、没有相加：税务局　1　税务局.xlsx",
    ]


def test_a_confirmed_figure_says_who_confirmed_it() -> None:
    found = trace(SUMMARY, IN_FORCE)
    assert [found.added, found.due, found.total] == [14, 5, 5]
    assert "  核定数　5　司法局核定（李四）" in list(lines(found, FORM))


def test_blank_figures_are_called_blank() -> None:
    blank = unit("乙局", {"fees/fee/charged": None})
    found = trace(earlier(summed([handed_in(blank)])), cell("fees/fee/charged"))
    head, share = list(lines(found, FORM))[:2]
    assert head.endswith("列：空白")
    assert share == "  乙局　空白　乙局.xlsx"


def test_a_figure_that_was_changed_by_hand_is_told() -> None:
    values = {**SUMMARY.reading.report.values, GRANTED: Decimal(80)}
    report = SUMMARY.reading.report._replace(values=values)
    changed = SUMMARY._replace(reading=SUMMARY.reading._replace(report=report))
    told = list(lines(trace(changed, GRANTED), FORM))
    assert told[-1] == "  表里是 80，按来源应为 8：汇总表改动过，请重新汇总。"


@pytest.mark.parametrize(
    "text",
    [
        str(PLACES[GRANTED]),
        str(PLACES[GRANTED]).replace("!", "！"),
        f"='{PLACES[GRANTED].sheet}'!{PLACES[GRANTED].absolute}",
        f" {str(PLACES[GRANTED]).lower()} ",
        "requests/outcome.granted/company",
    ],
)
def test_a_cell_is_named_as_people_name_it(text: str) -> None:
    assert named_cell(text, FORM, "汇总.xlsx") == GRANTED


def only_there() -> CellKey:
    """A cell whose address no other sheet has a figure at."""
    addresses = [place.a1 for place in PLACES.values()]
    return next(key for key, place in PLACES.items() if addresses.count(place.a1) == 1)


def test_an_address_that_several_sheets_have_needs_the_sheet() -> None:
    addresses = [place.a1 for place in PLACES.values()]
    shared = next(each for each in addresses if addresses.count(each) > 1)
    with pytest.raises(InputError, match="几张表里都有。请写上表名，如 "):
        named_cell(shared, FORM, "汇总.xlsx")


def test_an_address_alone_will_do_where_one_sheet_only_has_it() -> None:
    key = only_there()
    assert named_cell(PLACES[key].a1, FORM, "汇总.xlsx") == key


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A1", "不是表里填数的格。请写成"),
        ("分单位!F8", "不是表里填数的格"),
        ("三、依申请公开", "不是表里填数的格"),
        ("requests/received", "不是表里填数的格"),
        ("", "不是表里填数的格"),
    ],
)
def test_what_names_no_cell_is_refused_with_an_example(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        named_cell(text, FORM, "汇总.xlsx")


def test_a_place_leads_to_its_cell() -> None:
    assert all(cell_at(place, FORM) == key for key, place in PLACES.items())
    assert cell_at(sheet_place("封面", "A1"), FORM) is None


def test_only_a_summary_can_be_traced(tmp_path: Path) -> None:
    path = tmp_path / "甲局.xlsx"
    path.write_bytes(build_workbook(Contents(busy_report())))
    with pytest.raises(InputError, match="不是汇总表"):
        trace_figure(path, "D8")
    book = openpyxl.load_workbook(BytesIO(summary_of(MERGED)))
    del book["分单位"]
    book.save(path)
    with pytest.raises(InputError, match="没有“分单位”表，查不到来源"):
        trace_figure(path, str(PLACES[GRANTED]))
