"""哪一格填错了: slips of the hand planted in sound reports, and how surely the diagnosis leads to them.

``python tests/bench/slips.py`` plants 2,000 of each group and prints the shares.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from builders import busy_report, cell, changed, shared, zero_report
from nianbao.check import balance, check_figures
from nianbao.form import CellKey
from nianbao.formfile import load_form
from nianbao.reading import Reading
from nianbao.report import Report, Totals
from nianbao.suspects import diagnose, hint
from nianbao.totals import computed
from slipping import GROUPS, ONE, Row, families, judged, measured, one_slip, planted, published, slipped

COUNT, ENOUGH = 240, 0.99


@pytest.fixture(scope="module", params=["自拟", "公布"])
def reports(request: pytest.FixtureRequest) -> tuple[Report, ...]:
    """Sound reports: drawn ones, and the published ones where they are at hand."""
    if request.param == "自拟":
        return families()
    shared()
    return published()


def test_there_are_sound_reports_of_both_editions(reports: tuple[Report, ...]) -> None:
    assert len(reports) >= 5
    assert {each.edition for each in reports} == {"2019", "2021"}


def seen(rows: list[Row]) -> Row:
    """All `rows` in one, after a look that slips of each kind were drawn and break something."""
    assert all(len(row.seen) > 20 for row in rows)
    return Row("", "", tuple(verdict for row in rows for verdict in row.verdicts))


def test_of_slips_over_one_cell_the_true_cell_and_figure_are_named(reports: tuple[Report, ...]) -> None:
    found = seen(measured(reports, "一格", COUNT))
    assert found.share("first") >= ENOUGH
    assert found.share("named") >= ENOUGH
    assert found.share("misled") == 0


@pytest.mark.parametrize("group", GROUPS[1:])
def test_what_the_balances_cannot_tell_apart_is_listed_and_never_named(reports: tuple[Report, ...], group: str) -> None:
    found = seen(measured(reports, group, COUNT))
    assert found.share("listed") >= ENOUGH
    assert found.share("misled") == 0


def test_beside_blanks_a_slip_is_listed_and_never_certain() -> None:
    chance = Random(4)
    for kind in ONE:
        for _ in range(12):
            found = one_slip(families(), kind, chance)
            (slip,) = found.cells
            form = load_form(found.wrong.edition)
            beside = [each for each in form.cells_of["requests"] if slip.row == each.row and slip != each]
            blank: dict[CellKey, Decimal | None] = {chance.choice(beside): None}
            verdict = judged(found._replace(wrong=found.wrong._replace(values={**found.wrong.values, **blank})))
            assert verdict.listed
            assert not verdict.misled
            assert not verdict.named


def test_two_slips_in_one_block_of_table_four_are_never_certain(reports: tuple[Report, ...]) -> None:
    chance = Random(5)
    for _ in range(200):
        sound = chance.choice(reports)
        row = chance.choice(load_form(sound.edition).tables["review"].rows).key
        cells = [each for each in load_form(sound.edition).cells_of["review"] if each.row == row]
        wrong = {each: slipped(sound, each, chance.choice(ONE), chance) for each in chance.sample(cells, 2)}
        if found := planted(sound, wrong):
            assert not judged(found).misled


# What is said ---------------------------------------------------------------------------------------------------------


def hints(wrong: Report) -> list[str]:
    form = load_form(wrong.edition)
    return [hint(form, wrong.values, each) for each in diagnose(form, wrong.values, wrong.last, wrong.totals)]


def summed(wrong: Report) -> Report:
    """`wrong` with totals added up after the slip."""
    values = {**wrong.values, **computed(wrong.values, load_form(wrong.edition))}
    return wrong._replace(values=values, totals=Totals.AUTOMATIC)


GRANTED, PARTLY = "requests/outcome.granted", "requests/outcome.partly_granted"
HELD = "requests/outcome.unavailable.not_held"
ROW, OTHER = "“（一）予以公开”行", "“1.本机关不掌握相关政府信息”行"
HINTS: list[tuple[str, dict[str, int | str | None], list[str]]] = [
    ("one", {f"{GRANTED}/company": 3}, [f"若只填错一格，应是{ROW}“商业企业”列，现填 3，应为 1。"]),
    (
        "two",
        {f"{GRANTED}/company": 3, f"{GRANTED}/natural_person": 9},
        [f"若只填错两格，应是{ROW}“自然人”列（现填 9，应为 4）和{ROW}“商业企业”列（现填 3，应为 1）。"],
    ),
    (
        "two diagonals",
        {f"{GRANTED}/natural_person": 5, f"{HELD}/company": 2},
        [
            f"可能是{ROW}“自然人”列（现填 5，应为 4）和{OTHER}“商业企业”列（现填 2，应为 1），或{ROW}“商业企业”列（现填 1，应为 0）和{OTHER}“自然人”列（现填 2，应为 1）。"
        ],
    ),
    (
        "a blank",
        {f"{GRANTED}/company": 3, f"{GRANTED}/law_firm": None},
        [f"可能是{ROW}“商业企业”列（现填 3，应为 1）。"],
    ),
    (
        "two cells of a block that can be",
        {"review/litigation.direct/total": 0},
        [
            "可能是“未经复议直接起诉”部分“结果维持”列（现填 1，应为 0），或“未经复议直接起诉”部分“总计”列（现填 0，应为 1）。"
        ],
    ),
    (
        "the one cell of a block that can be: two slips in it would look the same",
        {"review/litigation.reviewed/total": 0, "review/litigation.reviewed/corrected": 1},
        ["可能是“复议后起诉”部分“总计”列（现填 0，应为 3）。"],
    ),
    ("five cells of one block", {"review/reconsideration/total": 9}, [""]),
    ("three", {f"{GRANTED}/company": 3, f"{GRANTED}/natural_person": 9, f"{GRANTED}/law_firm": 1}, [""]),
    (
        "nothing in common",
        {f"{GRANTED}/company": 3, "review/litigation.direct/upheld": 0, "review/litigation.direct/total": 9},
        [f"若只填错一格，应是{ROW}“商业企业”列，现填 3，应为 1。", ""],
    ),
]


@pytest.mark.parametrize(("changes", "said"), [case[1:] for case in HINTS], ids=[case[0] for case in HINTS])
def test_cells_are_named_where_they_are_few(changes: dict[str, int | str | None], said: list[str]) -> None:
    assert hints(changed(busy_report(), changes)) == said


def test_of_many_the_one_that_last_year_speaks_for_is_to_be_looked_at_first() -> None:
    wrong = summed(changed(busy_report(), {"requests/brought_forward/company": 10}))
    assert hints(wrong) == [""]
    last = {cell("requests/carried_forward/company"): Decimal(1)}
    (said,) = hints(wrong._replace(last=last))
    assert said == "请先核对“二、上年结转政府信息公开申请数量”行“商业企业”列（现填 10，应为 1）。"
    (finding, _) = (each for each in check_figures(Reading("某局", wrong._replace(last=last))) if each.rule == "B01")
    assert finding.message.endswith(said)
    assert str(finding.suspects[0].cell) == "requests/brought_forward/company"
    assert finding.suspects[0].why == (
        "本列（B01）与“总计”列（B01）都不平，差额相同，合计由公式算出，只能核到本列，像是多写一位，改后与上年报告的结转数相等"
    )


def test_a_figure_that_last_year_bears_out_is_looked_at_last() -> None:
    wrong, form = summed(changed(busy_report(), {"requests/received/company": 0})), load_form("2021")
    last = {cell("requests/carried_forward/company"): Decimal(1)}
    (alone,) = diagnose(form, wrong.values, totals=wrong.totals)
    (found,) = diagnose(form, wrong.values, last, wrong.totals)
    brought = cell("requests/brought_forward/company")
    assert alone.suspects[1].cell == found.suspects[-1].cell == brought
    assert len(alone.suspects) == len(found.suspects) > 2
    assert found.suspects[-1].why.endswith("但现填数与上年报告的结转数相等")


SOUND = """
requests
received              140 60 0 0 0 0 200
outcome.granted        80 20 0 0 0 0 100
outcome.partly_granted 60 40 0 0 0 0 100
outcome.total         140 60 0 0 0 0 200
"""


def sound(text: str = SOUND) -> Report:
    return zero_report(text=text)


def test_two_figures_exchanged_along_a_row_are_told_as_such() -> None:
    wrong = changed(sound(), {f"{GRANTED}/natural_person": 20, f"{GRANTED}/company": 80})
    (found,) = diagnose(load_form("2021"), wrong.values)
    assert len(found.corrections) == 1  # no other row has 60 to give
    assert all("两数像是对调了" in each.why for each in found.suspects)


def test_of_rows_that_could_be_exchanged_the_one_whose_figures_are_is_first() -> None:
    wrong = sound("""
        requests
        received              140 0 120 0 0 0 260
        outcome.granted        60 0 100 0 0 0 160
        outcome.partly_granted 20 0  80 0 0 0 100
        outcome.total         140 0 120 0 0 0 260
    """)
    (found,) = diagnose(load_form("2021"), wrong.values)
    assert [[str(each.cell) for each in pair] for pair in found.corrections] == [
        [f"{PARTLY}/natural_person", f"{PARTLY}/research_institute"],
        [f"{GRANTED}/natural_person", f"{GRANTED}/research_institute"],
    ]


def test_a_figure_of_the_neighbour_is_told_as_such() -> None:
    copied = changed(sound(), {f"{GRANTED}/natural_person": 20})
    (found,) = diagnose(load_form("2021"), copied.values)
    assert "像是抄了右边一格的数" in found.suspects[0].why
    moved = changed(sound(), {f"{GRANTED}/natural_person": 0, f"{GRANTED}/company": 80})
    (found,) = diagnose(load_form("2021"), moved.values)
    assert "像是错填到右边一格" in found.suspects[0].why


def test_each_finding_has_the_suspects_that_would_mend_it() -> None:
    wrong = changed(busy_report(), {f"{GRANTED}/company": 3, f"{GRANTED}/natural_person": 9})
    found = {
        (each.rule, each.subject): [str(s.cell) for s in each.suspects]
        for each in balance(load_form("2021"), wrong.values)
    }
    assert sorted(found.values()) == [
        [f"{GRANTED}/company"],
        [f"{GRANTED}/natural_person"],
        [f"{GRANTED}/natural_person", f"{GRANTED}/company"],
    ]
