from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import balanced, blank_report, busy_report, cell, changed, hybrid, report, without, zero_report
from nianbao.check import balance
from nianbao.errors import FormFileError
from nianbao.findings import Severity
from nianbao.form import CellKey, Form
from nianbao.formfile import EDITIONS, load_form
from nianbao.report import Report
from nianbao.rules import (
    Assertion,
    Outcome,
    Verdict,
    all_assertions,
    all_continuity,
    assertions,
    load_rules,
    parse_rules,
)

COUNTS = {
    "2019": {"A07": 2, "A10": 5, "B01": 7, "B02": 23, "B03": 7, "C01": 1, "C02": 1, "C03": 1},
    "2021": {"A01": 4, "B01": 7, "B02": 25, "B03": 7, "C01": 1, "C02": 1, "C03": 1},
}
SPOT_CHECKS = [
    # edition, rule and line, how many cells, the first and the last of them
    ("2021", "A01 documents/regulation", 3, "in_force", "repealed"),
    ("2019", "A07 documents/normative_document", 2, "public", "published"),
    ("2019", "A10 fees/fee", 2, "items_last_year", "change"),
    ("2019", "A10 licensing/other_service", 2, "items_last_year", "change"),
    ("2021", "B01 requests/law_firm", 4, "received", "carried_forward"),
    ("2019", "B01 requests/total", 4, "received", "carried_forward"),
    ("2021", "B02 requests/outcome.total", 7, "total", "other_body"),
    ("2019", "B02 requests/outcome.other", 7, "total", "other_body"),
    ("2021", "B03 requests/total", 22, "outcome.total", "outcome.other.rest"),
    ("2019", "B03 requests/company", 20, "outcome.total", "outcome.other"),
    ("2021", "C01 review/reconsideration", 5, "total", "pending"),
    ("2021", "C02 review/litigation.direct", 5, "total", "pending"),
    ("2019", "C03 review/litigation.reviewed", 5, "total", "pending"),
]
BALANCE = {"received", "brought_forward", "outcome.total", "carried_forward"}


def find(form: Form, rule: str, table: str, line: str) -> Assertion:
    return next(a for a in all_assertions(form) if (a.rule.id, a.table.key, a.line.key) == (rule, table, line))


def broken(form: Form, report: Report) -> set[tuple[str, str]]:
    """(rule, line) of each broken assertion."""
    return {(a.rule.id, a.line.key) for a in all_assertions(form) if a.verdict(report.values).outcome is Outcome.BROKEN}


def expected_of(key: CellKey) -> set[tuple[str, str]]:
    """The rules that a wrong value of `key`, in table three, breaks: those of its row and its column."""
    found = {("B02", key.row)}
    if key.row in BALANCE:
        found |= {("B01", key.column)}
    if key.row.startswith("outcome."):
        found |= {("B03", key.column)}
    return found


def test_every_assertion_is_counted(form: Form) -> None:
    assert Counter(each.rule.id for each in all_assertions(form)) == COUNTS[form.edition]
    assert all_assertions(form) is all_assertions(form)


@pytest.mark.parametrize(("edition", "where", "count", "first", "last"), SPOT_CHECKS)
def test_an_assertion_holds_the_cells_of_its_line(edition: str, where: str, count: int, first: str, last: str) -> None:
    rule, line = where.split()
    assertion = find(load_form(edition), rule, *line.split("/"))
    by_row = assertion.rule.for_each == "row"
    names = [key.column if by_row else key.row for key in assertion.cells]
    assert (len(names), names[0], names[-1]) == (count, first, last)
    assert {f"{key.table}/{key.row if by_row else key.column}" for key in assertion.cells} == {line}


def test_every_cell_of_tables_three_and_four_is_in_a_balance(form: Form) -> None:
    held = {key for assertion in all_assertions(form) for key in assertion.cells}
    assert {key for key in form.cells if key.table in {"requests", "review"}} <= held


def test_rules_say_what_users_need(form: Form) -> None:
    for rule in load_rules(form.edition):
        assert rule.says
        assert rule.remedy.startswith("请")
        assert not rule.remedy.endswith("。")
        assert all(rule.sides)
        assert rule.cites
    severities = {(rule.id, rule.severity) for rule in load_rules("2021")}
    assert {("A01", Severity.ERROR), ("A01", Severity.WARNING)} <= severities
    assert {severity for _, severity in severities - {("A01", Severity.WARNING)}} == {Severity.ERROR}


def test_the_graver_of_two_rules_of_one_id_stands_first(form: Form) -> None:
    order = list(Severity)
    for rule_id in COUNTS[form.edition]:
        ranks = [order.index(rule.severity) for rule in load_rules(form.edition) if rule.id == rule_id]
        assert ranks == sorted(ranks)


def test_a_busy_and_a_zero_report_balance(edition: str) -> None:
    form = load_form(edition)
    for filled in (busy_report(edition), zero_report(edition)):
        assert {each.verdict(filled.values).outcome for each in all_assertions(form)} == {Outcome.HOLDS}


def test_a_blank_report_is_neither_right_nor_wrong(edition: str) -> None:
    form = load_form(edition)
    blank = blank_report(edition)
    for values in (blank.values, without(blank, "requests/", "review/").values):
        assert {each.verdict(values) for each in all_assertions(form)} == {Verdict(Outcome.BLANK)}


def of_requests() -> list[tuple[str, CellKey]]:
    """The 161 and 175 cells of table three."""
    return [(edition, key) for edition in EDITIONS for key in load_form(edition).cells if key.table == "requests"]


@pytest.mark.parametrize(("edition", "key"), of_requests(), ids=str)
def test_a_wrong_cell_breaks_its_row_and_column_and_nothing_else(edition: str, key: CellKey) -> None:
    form, old = load_form(edition), busy_report(edition)
    wrong = changed(old, {str(key): str((old.values[key] or 0) + 5)})
    assert broken(form, wrong) == expected_of(key)
    for finding in balance(form, wrong.values):
        line = form.row(key) if finding.rule == "B02" else form.column(key)
        assert finding.message.startswith(f"三、依申请公开“{line.label}”{'行' if finding.rule == 'B02' else '列'}：")
        assert key in finding.cells
        assert abs(finding.difference or 0) == 5


@pytest.mark.parametrize("key", [key for key in load_form("2021").cells if key.table == "review"], ids=str)
def test_a_wrong_cell_of_table_four_breaks_its_group(key: CellKey) -> None:
    old = busy_report()
    wrong = changed(old, {str(key): str((old.values[key] or 0) + 1)})
    rules = {"reconsideration": "C01", "litigation.direct": "C02", "litigation.reviewed": "C03"}
    assert broken(load_form("2021"), wrong) == {(rules[key.row], key.row)}


@given(st.data())
@settings(max_examples=15)
def test_a_balanced_report_breaks_nothing_and_a_wrong_cell_its_own_lines(data: st.DataObject) -> None:
    edition = data.draw(st.sampled_from(("2019", "2021")))
    form = load_form(edition)
    report = data.draw(balanced(edition))
    assert broken(form, report) == set()
    key = data.draw(st.sampled_from([key for key in form.cells if key.table == "requests"]))
    gap = data.draw(st.integers(1, 10**6))
    wrong = changed(report, {str(key): str((report.values[key] or 0) + gap)})
    assert broken(form, wrong) == expected_of(key)


@pytest.mark.parametrize("blank", ["received", "outcome.total", "carried_forward"])
def test_one_blank_leaves_the_assertion_open(blank: str) -> None:
    form = load_form("2021")
    report = changed(busy_report(), {f"requests/{blank}/company": None, "requests/brought_forward/company": 99})
    verdict = find(form, "B01", "requests", "company").verdict(report.values)
    assert verdict == Verdict(Outcome.BLANK)
    assert str(verdict.outcome) == "未填"


def test_a_broken_assertion_gives_both_sides() -> None:
    form = load_form("2021")
    report = changed(busy_report(), {"requests/received/natural_person": 14})
    assert find(form, "B01", "requests", "natural_person").verdict(report.values) == Verdict(
        Outcome.BROKEN, Decimal(16), Decimal(11)
    )


def test_a_hybrid_report_is_summed_with_its_single_row() -> None:
    report = hybrid(busy_report())
    form = load_form("2021").holding(report.values)
    outcomes = {each.verdict(report.values).outcome for each in all_assertions(form)}
    assert outcomes == {Outcome.HOLDS}
    other = cell("requests/outcome.other/natural_person")
    assert other in find(form, "B03", "requests", "natural_person").cells
    wrong = changed(report, {str(other): 2})
    assert broken(form, wrong) == {("B02", "outcome.other"), ("B03", "natural_person")}


def test_opening_figures_come_from_last_year() -> None:
    opening = [each for each in all_continuity(load_form("2021")) if each.opens]
    assert [str(cell) for cell in opening[0].cells] == [
        "requests/brought_forward/natural_person",
        "last.requests/carried_forward/natural_person",
    ]
    tables = {each.table.key for each in all_continuity(load_form("2019")) if each.opens}
    assert tables == {"requests", "licensing", "enforcement", "fees"}


def test_continuity_compares_with_last_year() -> None:
    (_, documents) = [each for each in all_continuity(load_form("2021")) if each.rule.id == "A02"]
    before = report("documents\nnormative_document ~ ~ 9")
    now = report("documents\nnormative_document 2 1 10")._replace(last=before.values)  # type: ignore[arg-type]
    assert documents.verdict(now.both_years) == Verdict(Outcome.HOLDS, Decimal(10), Decimal(10))
    assert documents.verdict(now.values) == Verdict(Outcome.BLANK)
    assert (
        documents.verdict(changed(now, {"documents/normative_document/issued": 3}).both_years).outcome is Outcome.BROKEN
    )


WHERE = "试规则.toml"
RULE = """\
[[rules]]
id = "Z01"
tables = ["requests"]
for_each = "row"
equation = "total = company"
severity = "error"
says = "甲"
sides = ["左", "右"]
remedy = "请改"
cites = "某条"
"""
CONTINUITY = RULE.replace("[[rules]]", "[[continuity]]").replace("= company", "= last.total + company")
FAULTS = [
    ('id = "Z01"', "", ("第 1 条", "“id”", "“ids”")),
    ('id = "Z01"', 'id = "Z01"\nids = { received = "Z02" }', ("第 1 条 Z01", "“id”", "“ids”")),
    ('id = "Z01"', 'ids = { recieved = "Z02" }', ("Z02", "recieved")),
    ('id = "Z01"', "ids = { received = 2 }", ("第 1 条", "“ids”")),
    ('id = "Z01"', "id = 1", ("第 1 条", "字段“id”的类型不对")),
    ('severity = "error"', 'severity = "fatal"', ("第 1 条 Z01", "“severity”", "“fatal”")),
    ('severity = "error"', "", ("第 1 条 Z01", "缺少字段“severity”")),
    ('says = "甲"', 'says = "甲"\nsay = "乙"', ("第 1 条 Z01", "未知字段“say”")),
    ('for_each = "row"', 'for_each = "cell"', ("第 1 条 Z01", "“for_each”", "“cell”")),
    ('"total = company"', '"total = "', ("第 1 条 Z01", "公式不完整")),
    ('"total = company"', '"total = compony"', ("Z01", "“compony”不在表中")),
    ('sides = ["左", "右"]', 'sides = ["左"]', ("第 1 条 Z01", "“sides”")),
    ('sides = ["左", "右"]', 'sides = ["左", 2]', ("第 1 条 Z01", "“sides”")),
    ('sides = ["左", "右"]', 'sides = "左右"', ("第 1 条 Z01", "字段“sides”的类型不对")),
    ('tables = ["requests"]', 'tables = ["request"]', ("Z01", "“request”")),
    ('tables = ["requests"]', "tables = [3]", ("Z01", "“tables”")),
    ('says = "甲"', 'says = "甲"\neditions = ["2022"]', ("第 1 条 Z01", "“editions”", "2022")),
    ("[[rules]]", "[[rule]]", ("未知字段“rule”",)),
    ("[[rules]]", "[rules]", ("“rules”",)),
    (RULE, "rules = 1", ("“rules”",)),
    (RULE, RULE + "[[rules", ("不是有效的 TOML",)),
]


@pytest.mark.parametrize(("written", "instead", "named"), FAULTS)
def test_what_a_rules_file_may_not_say_is_refused_and_named(written: str, instead: str, named: tuple[str, ...]) -> None:
    assert written in RULE
    with pytest.raises(FormFileError) as error:
        unrolled(RULE.replace(written, instead, 1))
    assert not [part for part in named if part not in str(error.value)]


def unrolled(text: str) -> list[Assertion]:
    form = load_form("2021")
    return [each for rule in parse_rules(text, WHERE, "2021") for each in assertions(rule, form)]


def test_a_rule_holds_for_the_lines_it_names() -> None:
    assert len(unrolled(RULE)) == 25
    several = RULE.replace('id = "Z01"', 'ids = { received = "Z02", carried_forward = "Z03" }')
    assert [(each.rule.id, each.line.key) for each in unrolled(several)] == [
        ("Z02", "received"),
        ("Z03", "carried_forward"),
    ]


def test_a_rule_may_be_limited_to_editions() -> None:
    text = RULE.replace('id = "Z01"', 'id = "Z01"\neditions = ["2019"]')
    assert (len(parse_rules(text, WHERE, "2019")), len(parse_rules(text, WHERE, "2021"))) == (1, 0)


@pytest.mark.parametrize(
    ("text", "part", "named"),
    [
        (RULE.replace("= company", "= last.company"), "rules", "上年数"),
        (CONTINUITY.replace("last.", ""), "continuity", "上年数"),
        (CONTINUITY.replace("last.total", "last.totals"), "continuity", "“last.totals”不在表中"),
    ],
)
def test_last_years_figures_stand_in_continuity_rules_only(text: str, part: str, named: str) -> None:
    assert len(parse_rules(CONTINUITY, WHERE, "2021", "continuity")) == 1
    with pytest.raises(FormFileError, match=named):
        [each for rule in parse_rules(text, WHERE, "2021", part) for each in assertions(rule, load_form("2021"))]


def test_constants_are_compared_as_numbers() -> None:
    form = load_form("2019")
    fee = find(form, "A10", "fees", "fee")
    values = {cell("fees/fee/items_last_year"): Decimal(3), cell("fees/fee/change"): Decimal(-4)}
    assert fee.verdict(values) == Verdict(Outcome.BROKEN, Decimal(-1), Decimal(0))
