"""Workbooks filled on the wrong edition go over to the right one: nothing is lost unsaid."""

from __future__ import annotations

from decimal import Decimal

from builders import blank_report, busy_report, cell
from nianbao.check import check_source
from nianbao.checks.reading import r02_refused
from nianbao.findings import Finding, Severity
from nianbao.formfile import load_form
from nianbao.migration import migrated
from nianbao.places import SheetPlace
from nianbao.reading import Reading
from nianbao.report import Report

OLD = busy_report("2019")._replace(year=2022, texts={"overview": "一段。", "other": "二段。"})


def move(report: Report, *findings: Finding) -> tuple[Report, tuple[Finding, ...]]:
    """`report` after its move, and what was found then; `findings` were before."""
    reading = migrated(Reading("x.xlsx", report, findings))
    return reading.report, reading.findings


def test_figures_of_the_same_cells_go_over() -> None:
    moved, _ = move(OLD)
    new = load_form("2021")
    assert (moved.edition, moved.year, moved.texts) == ("2021", 2022, OLD.texts)
    assert moved.values[cell("requests/received/total")] == 17
    assert moved.values[cell("licensing/licence/decisions")] == 117
    assert moved.values[cell("requests/outcome.other/total")] == 2
    assert all(key in new.order for key in moved.values)


def test_what_has_no_cell_is_told_with_its_figure() -> None:
    moved, findings = move(OLD)
    lost = {key: value for key, value in OLD.values.items() if key not in moved.values and value}
    told = "".join(finding.message for finding in findings if finding.severity is Severity.WARNING)
    assert lost[cell("procurement/central/amount")] == Decimal("75.4394")
    assert {key for finding in findings[1:] for key in finding.cells} == set()
    for value in lost.values():
        assert f" {value}" in told
    assert findings[0].severity is Severity.INFO
    assert "已按年度转入 2021 版式" in findings[0].message


def test_a_report_on_its_own_edition_stays_as_it_is() -> None:
    for report in (
        busy_report("2019"),
        busy_report("2021"),
        blank_report("2021"),
        OLD._replace(year=None),
        OLD._replace(year=1999),
    ):
        assert move(report) == (report, ())


def test_zeros_that_have_no_cell_are_not_worth_a_word() -> None:
    values = {key: Decimal(0) for key in load_form("2019").cells}
    assert len(move(Report("2019", 2022, "某局", values))[1]) == 1


def test_what_could_not_be_read_is_told_though_its_cell_is_gone() -> None:
    gone, kept, at = (
        cell("procurement/central/amount"),
        cell("licensing/licence/decisions"),
        SheetPlace("二、主动公开", 9, 3),
    )
    unread = (
        r02_refused("采购总金额", "若干", "认不准是哪个数", at, (gone,)),
        r02_refused("许可", "若干", "认不准", at, (kept,)),
    )
    reading = migrated(Reading("x.xlsx", OLD, unread))
    assert [(each.message, each.cells, each.place) for each in check_source(reading) if each.rule == "R02"] == [
        (unread[0].message, (), at),
        (unread[1].message, (kept,), at),
    ]
