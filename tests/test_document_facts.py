from __future__ import annotations

from decimal import Decimal

import pytest

from builders import blank_report, busy_report, cell, changed, hybrid, report, without, zero_report
from nianbao.document.facts import OUTCOMES, facts
from nianbao.report import Report


def totals(filled: Report) -> dict[str, Decimal | None]:
    known = facts(filled)
    return {
        "received": known.received,
        "brought_forward": known.brought_forward,
        "concluded": known.concluded,
        "carried_forward": known.carried_forward,
        **known.outcomes,
    }


def test_the_numbers_are_those_of_the_total_column() -> None:
    assert totals(busy_report()) == {
        "received": 17,
        "brought_forward": 3,
        "concluded": 18,
        "carried_forward": 2,
        "granted": 6,
        "partly_granted": 2,
        "denied": 2,
        "unavailable": 4,
        "declined": 2,
        "other": 2,
    }


def test_both_editions_and_a_hybrid_report_tell_the_same_outcomes() -> None:
    busy = busy_report()
    assert totals(busy_report("2019")) == totals(hybrid(busy)) == totals(busy)


def test_blank_and_absent_are_not_zero(edition: str) -> None:
    assert set(totals(blank_report(edition)).values()) == {None}
    assert set(totals(without(zero_report(edition), "requests")).values()) == {None}
    assert set(totals(zero_report(edition)).values()) == {0}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_one_blank_addend_leaves_its_group_unknown(outcome: str) -> None:
    keys = [key for key in zero_report().values if key.row.startswith(f"outcome.{outcome}") and key.column == "total"]
    for key in keys:
        known = facts(changed(zero_report(), {str(key): None})).outcomes
        assert [name for name, number in known.items() if number is None] == [outcome]


def test_blanks_of_single_applicants_do_not_matter() -> None:
    some = changed(zero_report(), {"requests/received/company": None})
    assert facts(some) == facts(zero_report())


def test_litigation_is_both_ways_together() -> None:
    known = facts(busy_report())
    assert known.litigation.figures == {"upheld": 1, "corrected": 0, "other": 1, "pending": 1, "total": 3}
    assert (known.direct.label, known.reviewed.label) == ("未经复议直接起诉", "复议后起诉")
    half = facts(changed(busy_report(), {"review/litigation.direct/total": None}))
    assert half.litigation.figures["total"] is None
    assert half.litigation.figures["upheld"] == 1


def test_rows_know_whether_they_are_complete_and_whether_they_are_zero() -> None:
    regulation, document = facts(busy_report()).documents
    assert (regulation.complete, regulation.zero) == (True, True)
    assert (document.complete, document.zero) == (True, False)
    document = facts(changed(busy_report(), {"documents/normative_document/issued": None})).documents[1]
    assert (document.complete, document.zero) == (False, False)


def test_the_disclosure_of_each_edition() -> None:
    new, old = facts(busy_report()), facts(busy_report("2019"))
    assert [row.label for row in new.decisions] == ["行政许可", "行政处罚", "行政强制"]
    assert [row.figures["decisions"] for row in new.decisions] == [120, 15, 3]
    assert [row.label for row in old.decisions] == ["行政许可", "其他对外管理服务事项", "行政处罚", "行政强制"]
    assert new.fees[0].figures == {"charged": Decimal("429.1")}
    assert old.fees[0].figures == {"items_last_year": 3, "change": 0}
    assert new.procurement == ()
    assert old.procurement[0].figures == {"projects": 2, "amount": Decimal("75.4394")}


def test_numbers_are_tidy() -> None:
    untidy = report("fees\nfee 1.500")
    assert str(facts(untidy).fees[0].figures["charged"]) == "1.5"
    assert cell("fees/fee/charged") in untidy.values


def test_who_and_what_for(edition: str) -> None:
    zero = zero_report(edition)
    known = facts(Report(edition, None, " 示例市\n示例局 ", zero.values))
    assert (known.agency, known.year) == ("示例市 示例局", None)
    assert known.authority.startswith("国办公开办函")
    assert known.headings[0] == "一、总体情况"
    assert len(known.headings) == 6
