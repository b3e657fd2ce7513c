from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import any_report, busy_report, cell, hybrid, report
from nianbao.errors import InputError
from nianbao.findings import Finding, Severity, Suspect
from nianbao.form import Form
from nianbao.places import LinePlace, SheetPlace
from nianbao.reading import Reading
from nianbao.report import Report
from nianbao.reportjson import REMEDY, finding_data, from_data, parse, to_data

SOURCE = "某局.json"


NO_DECIMALS: list[object] = [
    *(
        "",
        " ",
        "/",
        "1,234",
        "三",
        "NaN",
        "Infinity",
        "-inf",
        "sNaN",
        "1e3",
        "1_0",
        "１２",
        " 12",
        "+5",
        "1.",
        ".5",
        "0x1",
    ),
    *(3, 3.0, True, [], {}, "9" * 40, "1e5000", "1e-5000"),
]


def written(given: Report) -> str:
    return json.dumps(to_data(Reading(SOURCE, given)), ensure_ascii=False)


def with_cell(value: object) -> dict[str, Any]:
    return {"edition": "2021", "year": 2023, "tables": {"requests": {"received": {"company": value}}}}


def test_a_report_is_written_as_the_contract_says() -> None:
    few = report("""
        fees
        fee             429.10
        requests
        received        3402 . ~ ~ ~ ~ 3402
        """)
    few = Report(few.edition, few.year, "示例局", few.values, {"intro": "首段。\n二段。"})
    assert to_data(Reading(SOURCE, few)) == {
        "edition": "2021",
        "year": 2023,
        "agency": "示例局",
        "tables": {
            "fees": {"fee": {"charged": "429.1"}},
            "requests": {"received": {"natural_person": "3402", "company": None, "total": "3402"}},
        },
        "texts": {"intro": "首段。\n二段。"},
    }


def test_figures_are_written_in_the_order_of_the_form(form: Form) -> None:
    full = busy_report(form.edition)
    shuffled = Report(full.edition, full.year, full.agency, dict(reversed(list(full.values.items()))))
    data = to_data(Reading(SOURCE, shuffled))
    assert list(data["tables"]) == list(form.tables)
    assert list(data["tables"]["requests"]) == [row.key for row in form.tables["requests"].rows]


@given(st.sampled_from(("2019", "2021")).flatmap(any_report))
@settings(max_examples=20)
def test_a_report_survives_json(drawn: Report) -> None:
    assert parse(written(drawn), SOURCE) == (Reading(SOURCE, drawn),)


def test_a_hybrid_report_survives_json() -> None:
    full = hybrid(busy_report())
    assert parse(written(full), SOURCE) == (Reading(SOURCE, full),)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("0", 0),
        ("-33", -33),
        ("429.1", Decimal("429.1")),
        ("1.50", Decimal("1.5")),
        ("123456789012345", 123456789012345),
    ],
)
def test_a_value_is_an_exact_decimal(value: str, read: Decimal | int) -> None:
    assert from_data(with_cell(value), SOURCE).report.values == {cell("requests/received/company"): read}


def test_null_is_blank_and_absent_is_absent() -> None:
    assert from_data(with_cell(None), SOURCE).report.values == {cell("requests/received/company"): None}
    assert from_data({"edition": "2021", "year": None, "tables": {}}, SOURCE).report == Report("2021", None, "")


@pytest.mark.parametrize(
    "value",
    NO_DECIMALS,
    ids=lambda value: repr(value)[:20],
)
def test_what_is_no_exact_decimal_is_refused_with_its_key(value: object) -> None:
    with pytest.raises(InputError) as error:
        from_data(with_cell(value), SOURCE)
    assert str(error.value).startswith(f"{SOURCE}：“requests/received/company”的值 ")
    assert str(error.value).endswith(f"。{REMEDY}。")


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ([], "缺少 edition"),
        ("x", "缺少 edition"),
        (None, "缺少 edition"),
        ({}, "缺少 edition"),
        ({"edition": "2020"}, "2019、2021"),
        ({"edition": 2021}, "2019、2021"),
        ({"edition": ["2021"]}, "2019、2021"),
        ({"edition": "2021", "year": "2023"}, "year"),
        ({"edition": "2021", "year": 2023.0}, "year"),
        ({"edition": "2021", "year": True}, "year"),
        ({"edition": "2021", "agency": 5}, "agency"),
        ({"edition": "2021", "agency": []}, "agency"),
        ({"edition": "2021", "table": {}}, "table"),
        ({"edition": "2021", "tables": []}, "tables"),
        ({"edition": "2021", "tables": 0}, "tables"),
        ({"edition": "2021", "tables": {"requests": "x"}}, "requests"),
        ({"edition": "2021", "tables": {"requests": {"received": [1]}}}, "requests/received"),
        ({"edition": "2021", "tables": {"request": {"received": {"company": "1"}}}}, "“request/received/company”"),
        ({"edition": "2021", "tables": {"requests": {"new": {"company": "1"}}}}, "“requests/new/company”"),
        ({"edition": "2021", "tables": {"requests": {"received": {"c2": "1"}}}}, "“requests/received/c2”"),
        ({"edition": "2019", "tables": {"documents": {"regulation": {"issued": "1"}}}}, "2019 版式没有“documents/"),
        ({"edition": "2021", "texts": []}, "texts"),
        ({"edition": "2021", "texts": {"intro": 3}}, "intro"),
        ({"edition": "2021", "texts": {"intro": None}}, "intro"),
        ({"edition": "2021", "texts": {"summary": "甲"}}, "summary"),
    ],
)
def test_what_report_json_may_not_say_is_refused_and_named(data: object, named: str) -> None:
    with pytest.raises(InputError) as error:
        from_data(data, SOURCE)
    assert str(error.value).startswith(f"{SOURCE}：")
    assert named in str(error.value)


@pytest.mark.parametrize(
    "text", ["", "{", '{"edition": "2021"', "[" * 100_000, '{"year": ' + "9" * 5000 + "}"], ids=lambda text: text[:12]
)
def test_what_is_not_json_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=rf"{SOURCE}：不是有效的 JSON。"):
        parse(text, SOURCE)


def test_an_array_holds_several_reports() -> None:
    one, other = busy_report(), busy_report("2019")
    assert parse(f"[{written(one)}, {written(other)}]", SOURCE) == (Reading(SOURCE, one), Reading(SOURCE, other))
    with pytest.raises(InputError, match="一份报表也没有"):
        parse("[]", SOURCE)


def test_a_key_that_is_written_twice_is_refused() -> None:
    text = '{"edition": "2021", "tables": {"requests": {"received": {"company": "1", "company": "2"}}}}'
    with pytest.raises(InputError, match="company"):
        parse(text, SOURCE)


def test_names_and_texts_are_cleaned_and_empty_texts_dropped() -> None:
    data = {
        "edition": "2021",
        "year": 2023,
        "agency": " 某\x00局\ud800\n",
        "texts": {"intro": "　甲\r\n乙 ", "other": " "},
    }
    found = from_data(data, SOURCE).report
    assert found.agency == "某局"
    assert found.texts == {"intro": "甲\n乙"}


def test_a_finding_is_written_as_the_contract_says() -> None:
    key, other = cell("requests/received/natural_person"), cell("requests/received/company")
    place = SheetPlace("三、依申请公开", 6, 4)
    finding = Finding(
        "B01",
        Severity.ERROR,
        "不等",
        (key, other),
        Decimal(0),
        Decimal(15),
        (Suspect(key, Decimal("9.0"), "改此格即平"),),
    )
    assert finding_data(finding, {key: place}) == {
        "rule": "B01",
        "severity": "error",
        "state": "open",
        "message": "不等",
        "at": None,
        "cells": [
            {"key": "requests/received/natural_person", "at": "三、依申请公开!D6"},
            {"key": "requests/received/company", "at": None},
        ],
        "left": "0",
        "right": "15",
        "difference": "-15",
        "suspects": [{"key": "requests/received/natural_person", "value": "9", "why": "改此格即平"}],
    }


def test_a_finding_without_sides_and_cells_says_where_it_stands() -> None:
    finding = Finding("R02", Severity.ERROR, "认不准", place=LinePlace(7))
    data = to_data(Reading(SOURCE, busy_report(), (finding,)))
    assert data["findings"] == [
        {
            "rule": "R02",
            "severity": "error",
            "state": "open",
            "message": "认不准",
            "at": "第7行",
            "cells": [],
            "suspects": [],
        }
    ]
    assert from_data(data, SOURCE).report == busy_report()


def test_the_single_row_and_the_rows_it_stands_for_exclude_each_other() -> None:
    both = {"requests": {"outcome.other": {"total": "5"}, "outcome.other.rest": {"total": None}}}
    with pytest.raises(InputError, match=r"“requests/outcome\.other/total”与它下面的各行同时出现"):
        from_data({"edition": "2021", "tables": both}, SOURCE)
