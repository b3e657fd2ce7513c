"""An office may say why what does not balance is so all the same; the word holds as long as the figures do."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import any_report, busy_report, cell, changed
from nianbao.check import check, open_errors
from nianbao.explanations import broken_now
from nianbao.findings import Finding, State
from nianbao.formfile import EDITIONS, load_form
from nianbao.reading import Reading
from nianbao.report import Explanation, Report
from nianbao.reportjson import parse, to_data
from nianbao.rules import balance_ids
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents
from nianbao.workbook.read import read_workbook
from shell import Shell

WRONG = changed(busy_report(), {"requests/outcome.granted/company": 3})
"""Row 予以公开 and column 商业企业 do not add up."""
ROW, COLUMN = "B02 三、依申请公开“（一）予以公开”行：6 对 8", "B03 三、依申请公开“商业企业”列：2 对 4"
BOTH = (Explanation(ROW, "台账如此"), Explanation(COLUMN, "台账如此", "张三", "2024年1月9日"))


def found(report: Report) -> tuple[Finding, ...]:
    return check(Reading("x", report))


def states(report: Report) -> dict[str, State]:
    return {each.rule: each.state for each in found(report)}


def from_workbook(report: Report) -> Report:
    return read_workbook(build_workbook(Contents(report)), "x.xlsx").report


def from_json(report: Report) -> Report:
    (reading,) = parse(json.dumps(to_data(Reading("x", report))), "x.json")
    return reading.report


def test_what_is_broken_can_be_named() -> None:
    assert broken_now(load_form("2021"), WRONG) == {ROW, COLUMN}
    assert broken_now(load_form("2021"), busy_report()) == frozenset()


def test_an_explained_error_is_no_open_error() -> None:
    assert (states(WRONG), open_errors(found(WRONG))) == ({"B02": State.OPEN, "B03": State.OPEN}, 2)
    half = WRONG._replace(explanations=BOTH[:1])
    assert (states(half), open_errors(found(half))) == ({"B02": State.EXPLAINED, "B03": State.OPEN}, 1)
    whole = WRONG._replace(explanations=BOTH)
    assert (states(whole), open_errors(found(whole))) == ({"B02": State.EXPLAINED, "B03": State.EXPLAINED}, 0)


def test_the_reason_is_told_with_who_gave_it_and_when() -> None:
    told = {each.rule: each.message for each in found(WRONG._replace(explanations=BOTH))}
    assert "已说明：台账如此" in told["B02"]
    assert "（" not in told["B02"].partition("已说明：")[2]
    assert "已说明：台账如此（张三，2024年1月9日）" in told["B03"]


def test_a_difference_from_last_year_can_be_explained() -> None:
    report = busy_report()._replace(last={cell("requests/carried_forward/company"): Decimal(4)})
    assert states(report) == {"B07": State.OPEN}
    (about,) = broken_now(load_form("2021"), report)
    assert about == "B07 三、依申请公开“商业企业”列：1 对 4"
    assert states(report._replace(explanations=(Explanation(about, "机构划转"),))) == {"B07": State.EXPLAINED}


@pytest.mark.parametrize("reason", ["", "台账如此"])
def test_who_names_no_finding_or_gives_no_reason_explains_nothing(reason: str) -> None:
    report = WRONG._replace(explanations=(Explanation(ROW if not reason else "", reason),))
    open_ones = {each.rule: each.state for each in found(report) if each.rule != "X01"}
    assert open_ones == {"B02": State.OPEN, "B03": State.OPEN}


@pytest.mark.parametrize(
    ("changes", "open_rules"),
    [
        ({"requests/outcome.granted/company": 4}, ["B02", "B03"]),  # as broken as before, by other figures
        ({"requests/outcome.granted/company": 1}, []),  # mended
        ({"requests/outcome.granted/company": None}, ["V02"]),  # neither
        ({"requests/outcome.granted/company": 2, "requests/outcome.granted/law_firm": 1}, ["B03", "B03"]),
    ],
)
def test_an_explanation_lapses_once_a_figure_of_it_changes(
    changes: dict[str, int | str | None], open_rules: list[str]
) -> None:
    findings = found(changed(WRONG._replace(explanations=BOTH), changes))
    lapsed = [each for each in findings if each.rule == "X01"]
    assert sorted(each.rule for each in findings if each.state is State.OPEN and each.rule != "X01") == open_rules
    explained = {each.rule for each in findings if each.state is State.EXPLAINED}
    assert len(lapsed) + len(explained) == 2
    assert all("不再有效" in each.message for each in lapsed)
    assert all(any(about in each.message for about in (ROW, COLUMN)) for each in lapsed)


def test_an_explanation_outlives_changes_elsewhere() -> None:
    report = changed(WRONG._replace(explanations=BOTH), {"licensing/licence/decisions": 121})
    assert states(report) == {"B02": State.EXPLAINED, "B03": State.EXPLAINED}


@pytest.mark.parametrize("travel", [from_workbook, from_json])
def test_explanations_travel(travel: Callable[[Report], Report]) -> None:
    report = WRONG._replace(explanations=BOTH)
    assert travel(report) == report
    assert set(states(travel(report)).values()) == {State.EXPLAINED}


@settings(max_examples=10)
@given(st.sampled_from(EDITIONS).flatmap(lambda edition: any_report(edition, absent=False)))
def test_whatever_is_broken_can_be_explained_in_a_workbook(drawn: Report) -> None:
    """An explanation that a workbook has room for is found again by the same name, whatever the figures."""
    broken = sorted(broken_now(load_form(drawn.edition), drawn))
    report = drawn._replace(explanations=tuple(Explanation(about, "台账如此") for about in broken))
    for read in (from_workbook(report), from_json(report)):
        findings = found(read)
        balances = [each for each in findings if each.rule in balance_ids()]
        assert all(each.state is State.EXPLAINED for each in balances)
        assert not [each for each in findings if each.rule == "X01"]


@pytest.mark.parametrize("kind", ["xlsx", "json"])
def test_check_leaves_with_zero_once_every_error_is_explained(shell: Shell, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"局.{kind}"
    for explanations, code in (((), 1), (BOTH[:1], 1), (BOTH, 0)):
        report = WRONG._replace(explanations=explanations)
        if kind == "xlsx":
            file.write_bytes(build_workbook(Contents(report)))
        else:
            file.write_text(json.dumps(to_data(Reading("x", report))), "utf-8")
        assert shell("check", file).code == code
    data = json.loads(shell("check", file, "--format", "json").out)
    assert [each["state"] for each in data["files"][0]["findings"]] == ["explained", "explained"]


def test_check_tells_what_lapsed(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "局.xlsx"
    file.write_bytes(build_workbook(Contents(busy_report()._replace(explanations=BOTH[:1]))))
    ran = shell("check", file)
    assert ran.code == 0
    assert f"提醒 X01　出错说明：“{ROW}”现在没有这个问题，或数已改动，说明不再有效。" in ran.out
