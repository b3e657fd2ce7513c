from __future__ import annotations

from decimal import Decimal

import pytest

from builders import cell
from nianbao.findings import Finding, Severity, State, by_place
from nianbao.form import CellKey
from nianbao.formfile import load_form
from nianbao.places import LinePlace, SheetPlace
from nianbao.reading import Reading
from nianbao.report import Report

FIRST, LATER, LAST = (
    cell("documents/regulation/issued"),
    cell("requests/received/natural_person"),
    cell("review/litigation.reviewed/total"),
)


def finding(rule: str, *cells: CellKey) -> Finding:
    return Finding(rule, Severity.ERROR, rule, cells)


def test_findings_stand_in_the_order_of_the_form() -> None:
    found = [
        finding("B02", LAST),
        finding("C01", FIRST, LAST),
        finding("V02", LATER),
        finding("S02"),
        finding("B01", LATER),
        finding("R03", LAST, LATER),
        finding("R01"),
    ]
    order = load_form("2021").order
    assert [each.rule for each in by_place(found, order)] == ["R01", "S02", "C01", "B01", "R03", "V02", "B02"]
    assert by_place(reversed(found), order) == by_place(found, order)
    assert by_place([], order) == ()


@pytest.mark.parametrize(
    ("severity", "state", "opens"),
    [
        (Severity.ERROR, State.OPEN, True),
        (Severity.ERROR, State.EXPLAINED, False),
        (Severity.ERROR, State.BETA, False),
        (Severity.WARNING, State.OPEN, False),
        (Severity.INFO, State.OPEN, False),
    ],
)
def test_only_an_open_error_must_be_dealt_with(severity: Severity, state: State, opens: bool) -> None:  # noqa: FBT001
    assert Finding("B01", severity, "甲", state=state).is_open_error is opens


def test_the_difference_is_left_minus_right() -> None:
    assert Finding("B01", Severity.ERROR, "甲", left=Decimal(0), right=Decimal(15)).difference == -15
    assert Finding("B01", Severity.ERROR, "甲").difference is None


def test_severities_are_worst_first_and_named_in_words() -> None:
    assert [(str(each), each.label) for each in Severity] == [
        ("error", "错误"),
        ("warning", "提醒"),
        ("info", "说明"),
    ]


def test_a_finding_stands_at_its_place_or_at_its_first_known_cell() -> None:
    place, line = SheetPlace("三、依申请公开", 6, 4), LinePlace(7)
    reading = Reading("某.xlsx", Report("2021", 2023, "某局"), places={LATER: place})
    assert reading.where(finding("B01", FIRST, LATER)) == str(place)
    assert reading.where(finding("B01", FIRST)) == ""
    assert reading.where(finding("S02")) == ""
    assert reading.where(Finding("R02", Severity.ERROR, "甲", (LATER,), place=line)) == str(line)


def test_a_reading_knows_the_cells_its_findings_speak_of() -> None:
    reading = Reading("某", Report("2021", 2023, "某局"), (finding("R02", FIRST, LATER), finding("R06")))
    assert reading.noted == {FIRST, LATER}
