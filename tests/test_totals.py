from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import (
    any_report,
    balanced,
    blank_report,
    busy_report,
    cell,
    changed,
    hybrid,
    report,
    without,
    zero_report,
)
from nianbao.errors import FormFileError
from nianbao.form import CellKey, Form
from nianbao.formfile import load_form
from nianbao.report import Report, Totals
from nianbao.rules import Assertion, Outcome, all_assertions, assertions, parse_rules
from nianbao.totals import computed, definitions, fill, in_order, settled

CORNER = cell("requests/outcome.total/total")


def held(filled: Report) -> Form:
    return load_form(filled.edition).holding(filled.values)


def outcomes(filled: Report) -> set[tuple[str, Outcome]]:
    return {(a.rule.id, a.verdict(filled.values).outcome) for a in all_assertions(held(filled))}


def leaves(full: Report) -> Report:
    """`full` with every total blank."""
    totals = definitions(held(full))
    return full._replace(values={key: None if key in totals else value for key, value in full.values.items()})


@pytest.mark.parametrize(("edition", "count"), [("2019", 23 + 6 + 3), ("2021", 25 + 6 + 3)])
def test_the_totals_of_a_form(edition: str, count: int) -> None:
    form = load_form(edition)
    assert len(definitions(form)) == count
    assert {key for key in form.cells if key.column == "total"} <= set(definitions(form))
    assert {key for key in definitions(form) if key.column != "total"} == {
        key for key in form.cells if key.row == "outcome.total" and key.column != "total"
    }


def test_addends_come_before_their_sums(form: Form) -> None:
    order = list(definitions(form))
    for key, assertion in definitions(form).items():
        assert assertion.defines == key
        assert all(order.index(addend) < order.index(key) for addend in assertion.cells[1:] if addend in order)


def test_the_corner_is_filled_by_the_first_rule_and_checked_by_the_other(form: Form) -> None:
    defining = [each.rule.id for each in all_assertions(form) if each.defines == CORNER]
    assert defining == ["B02", "B03"]
    assert definitions(form)[CORNER].rule.id == "B02"
    wrong = fill(changed(leaves(busy_report(form.edition)), {"requests/outcome.granted/total": 7}), form).report
    assert wrong.values[CORNER] == 18
    assert ("B03", Outcome.BROKEN) in outcomes(wrong)


RULE = """
[[rules]]
id = "Z0{number}"
tables = ["requests"]
for_each = "row"
equation = "{equation}"
severity = "error"
says = "甲"
sides = ["左", "右"]
remedy = "请改"
cites = "某条"
"""


def unrolled(*equations: str) -> tuple[Assertion, ...]:
    text = "".join(RULE.format(number=number, equation=equation) for number, equation in enumerate(equations))
    form = load_form("2021")
    return tuple(each for rule in parse_rules(text, "试", "2021") for each in assertions(rule, form))


@pytest.mark.parametrize(
    ("equations", "message"),
    [
        (("total = company + total",), "requests/received/total 由自己算出"),
        (("total = company", "company = law_firm", "law_firm = total"), "合计互相依赖：.*requests/.*/company.* → "),
    ],
)
def test_a_cycle_is_an_error_of_the_rules_file(equations: tuple[str, ...], message: str) -> None:
    with pytest.raises(FormFileError, match=message):
        in_order(unrolled(*equations))


def test_a_sum_is_ordered_after_its_addends_wherever_it_is_declared() -> None:
    order = [key.column for key in in_order(unrolled("total = company", "company = law_firm")) if key.row == "received"]
    assert order == ["company", "total"]


def test_fill_computes_the_blank_totals(edition: str) -> None:
    full = busy_report(edition)
    filled = fill(leaves(full), load_form(edition))
    assert filled.report == full
    assert dict(filled.written) == {key: full.values[key] for key in definitions(load_form(edition))}
    assert not filled.differing


def test_fill_leaves_a_stated_total_alone_and_lists_it() -> None:
    stated = changed(leaves(busy_report()), {"requests/received/total": 71, "review/reconsideration/total": 6})
    filled = fill(stated, load_form("2021"))
    assert filled.report.values[cell("requests/received/total")] == 71
    assert filled.differing == {cell("requests/received/total"): (Decimal(71), Decimal(17))}
    assert cell("requests/received/total") not in filled.written
    assert cell("review/reconsideration/total") not in filled.written


def test_fill_needs_every_addend() -> None:
    form = load_form("2021")
    gap = changed(leaves(busy_report()), {"requests/outcome.granted/company": None})
    filled = fill(gap, form)
    open_still = {key for key in definitions(form) if filled.report.values[key] is None}
    assert {str(key) for key in open_still} == {
        "requests/outcome.granted/total",
        "requests/outcome.total/company",
        "requests/outcome.total/total",
    }
    assert not any(key in filled.written for key in open_still)
    assert filled.report.values[cell("requests/outcome.granted/company")] is None


def test_fill_changes_nothing_but_blank_totals() -> None:
    before = changed(
        leaves(busy_report()), {"requests/outcome.granted/company": None, "licensing/licence/decisions": None}
    )
    after = fill(before, load_form("2021")).report
    kept = {key: value for key, value in before.values.items() if key not in definitions(load_form("2021"))}
    assert {key: after.values[key] for key in kept} == kept
    assert (after.agency, after.year, after.totals, after.texts) == (
        before.agency, before.year, before.totals, before.texts
    )  # fmt: skip


def test_fill_of_nothing_is_nothing(edition: str) -> None:
    filled = fill(blank_report(edition), load_form(edition))
    assert (filled.written, filled.differing) == ({}, {})
    assert filled.report == blank_report(edition)


def test_fill_writes_totals_that_the_source_lacks() -> None:
    source = without(busy_report(), "review/litigation.direct/total")
    filled = fill(source, load_form("2021"))
    assert filled.written == {cell("review/litigation.direct/total"): 1}


def test_fill_of_a_hybrid_report_adds_its_single_row() -> None:
    full = hybrid(busy_report())
    assert fill(leaves(full), held(full)).report == full


@given(st.sampled_from(("2019", "2021")).flatmap(balanced), st.booleans())
@settings(max_examples=20)
def test_what_fill_computed_balances(full: Report, as_hybrid: bool) -> None:  # noqa: FBT001
    start = hybrid(full) if as_hybrid and full.edition == "2021" else full
    filled = fill(leaves(start), held(start))
    assert filled.report == start
    assert {outcome for _, outcome in outcomes(filled.report)} == {Outcome.HOLDS}


@given(st.sampled_from(("2019", "2021")).flatmap(any_report))
@settings(max_examples=20)
def test_after_fill_sums_hold_wherever_they_are_known(drawn: Report) -> None:
    form = load_form(drawn.edition)
    filled = fill(leaves(drawn), form).report
    never = {(rule, Outcome.BROKEN) for rule in ("B02", "C01", "C02", "C03")}
    assert not never & outcomes(filled)
    for assertion in all_assertions(form):
        if assertion.rule.id == "B03" and assertion.line.key != "total":
            assert assertion.verdict(filled.values).outcome is not Outcome.BROKEN
    assert fill(filled, form).written == {}


def test_computed_ignores_stated_totals() -> None:
    form = load_form("2021")
    stated = changed(busy_report(), {"requests/received/total": 71, "requests/outcome.total/company": 5})
    assert computed(stated.values, form) == {key: busy_report().values[key] for key in definitions(form)}
    assert set(computed({}, form).values()) == {None}


@pytest.mark.parametrize(
    ("total", "mode", "value"), [(17, Totals.AUTOMATIC, 17), (71, Totals.TYPED, 71), (None, Totals.AUTOMATIC, 17)]
)
def test_a_workbook_computes_totals_only_when_that_loses_nothing(total: int | None, mode: Totals, value: int) -> None:
    automatic = changed(busy_report(), {"requests/received/total": total})._replace(totals=Totals.AUTOMATIC)
    result = settled(automatic, load_form("2021"))
    assert result.totals is mode
    assert result.values[cell("requests/received/total")] == value


def test_typed_totals_stay_typed() -> None:
    typed = changed(busy_report(), {"requests/received/total": None})
    assert settled(typed, load_form("2021")) is typed


def test_a_total_stated_beside_a_blank_addend_stays_typed() -> None:
    gap = changed(zero_report(totals=Totals.AUTOMATIC), {"review/reconsideration/upheld": None})
    assert settled(gap, load_form("2021")).totals is Totals.TYPED


def test_settled_totals_are_all_there() -> None:
    form = load_form("2021")
    few = report("review\nreconsideration 1 2 3 4 ~", totals=Totals.AUTOMATIC)
    result = settled(few, form)
    assert result.values[cell("review/reconsideration/total")] == Decimal(10)
    blank: CellKey = cell("review/litigation.direct/total")
    assert result.values[blank] is None
    assert set(definitions(form)) <= set(result.values)
