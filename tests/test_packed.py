"""What is kept of many reports: the same figures, in little memory."""

from __future__ import annotations

import pickle

from hypothesis import given

from builders import any_report, busy_report, cell, changed, hybrid
from nianbao.check import check
from nianbao.packed import packed, slim
from nianbao.places import SheetPlace
from nianbao.reading import Reading
from nianbao.report import Report


@given(any_report("2021"))
def test_packed_values_are_the_values(report: Report) -> None:
    kept = packed(report.values, report.edition)
    assert dict(kept) == dict(report.values) == dict(kept.items())
    assert len(kept) == len(report.values)


@given(any_report("2019"))
def test_they_survive_the_way_to_another_process(report: Report) -> None:
    kept = packed(report.values, report.edition)
    assert dict(pickle.loads(pickle.dumps(kept))) == dict(report.values)


def test_blank_zero_and_absent_stay_three_things() -> None:
    blank, zero, absent = (cell(f"requests/received/{name}") for name in ("company", "law_firm", "other_body"))
    values = dict(changed(busy_report(), {str(blank): None, str(zero): 0}).values)
    del values[absent]
    kept = packed(values, "2021")
    assert kept[blank] is None
    assert kept[zero] == 0
    assert absent not in kept


def test_rows_that_only_sources_print_are_kept() -> None:
    report = hybrid(busy_report())
    assert dict(packed(report.values, "2021")) == dict(report.values)


def test_equal_figures_are_one_object() -> None:
    one, other = (packed(busy_report().values, "2021") for _ in range(2))
    key = cell("requests/received/natural_person")
    assert one[key] is other[key]


def test_places_are_kept_where_findings_point() -> None:
    wrong = changed(busy_report(), {"requests/received/total": 99})
    places = {key: SheetPlace("表", number, 1) for number, key in enumerate(wrong.values, start=1)}
    reading = Reading("x", wrong, places=places)
    findings = check(reading)
    kept = slim(reading, findings)
    named = {key for finding in findings for key in finding.cells}
    assert named <= kept.places.keys() < places.keys()
    assert [kept.where(each) for each in findings] == [reading.where(each) for each in findings]
