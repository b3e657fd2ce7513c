from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import balanced, blank_report, busy_report, cell, changed, hybrid, report, zero_report
from nianbao.form import CellKey
from nianbao.formfile import EDITIONS, load_form
from nianbao.reading import Reading
from nianbao.report import Report, Totals
from nianbao.reportjson import to_data
from nianbao.rules import Assertion, Outcome, all_assertions
from nianbao.suspects import Diagnosis, diagnose, slip
from nianbao.totals import computed, definitions
from shell import spawn

Changes = dict[str, int | str | None]


def diagnosed(wrong: Report) -> tuple[Diagnosis, ...]:
    return diagnose(load_form(wrong.edition).holding(wrong.values), wrong.values)


def named(diagnosis: Diagnosis) -> dict[str, int]:
    """The cells in question with the values that they should have."""
    assert all(suspect.value == int(suspect.value) for suspect in diagnosis.suspects)
    return {str(suspect.cell).split("/", 1)[1]: int(suspect.value) for suspect in diagnosis.suspects}


def rules(diagnosis: Diagnosis) -> str:
    return " ".join(sorted(each.rule.id for each in diagnosis.assertions))


ONE_WRONG = [
    # the cell, what is written there, the broken rules, why it is suspected
    ("outcome.granted/company", 3, "B02 B03", "本行（B02）与本列（B03）都不平，差额相同"),
    ("outcome.granted/total", 66, "B02 B03", "本行（B02）与本列（B03）都不平，差额相同，像是多写一位"),
    ("received/natural_person", 90, "B01 B02", "本行（B02）与本列（B01）都不平，差额相同，像是多写一位"),
    ("received/total", 71, "B01 B02", "本行（B02）与本列（B01）都不平，差额相同，像是两位数字颠倒"),
    ("brought_forward/natural_person", -2, "B01 B02", "本行（B02）与本列（B01）都不平，差额相同，像是正负号填反"),
    ("brought_forward/total", 4, "B01 B02", "本行（B02）与本列（B01）都不平，差额相同"),
    ("outcome.total/natural_person", 1, "B01 B02 B03", "本行（B02）与本列（B01、B03）都不平，差额相同，像是少写一位"),
    ("outcome.total/total", 81, "B01 B02 B03", "本行（B02）与本列（B01、B03）都不平，差额相同，像是两位数字颠倒"),
    ("carried_forward/natural_person", 0, "B01 B02", "本行（B02）与本列（B01）都不平，差额相同"),
    ("carried_forward/total", 3, "B01 B02", "本行（B02）与本列（B01）都不平，差额相同"),
]


@pytest.mark.parametrize(("path", "written", "broken", "why"), ONE_WRONG)
def test_one_wrong_cell_of_table_three_is_named(edition: str, path: str, written: int, broken: str, why: str) -> None:
    sound = busy_report(edition)
    (found,) = diagnosed(changed(sound, {f"requests/{path}": written}))
    assert (found.unique, rules(found)) == (True, broken)
    assert named(found) == {path: sound.values[cell(f"requests/{path}")]}
    assert found.suspects[0].why == f"{why}；表内其余勾稽关系都平"


def test_a_sound_or_empty_report_has_nothing_to_diagnose(edition: str) -> None:
    for sound in (busy_report(edition), zero_report(edition), blank_report(edition), Report(edition, 2023, "")):
        assert diagnosed(sound) == ()


def test_the_single_row_of_a_hybrid_report_can_be_the_wrong_one() -> None:
    (found,) = diagnosed(changed(hybrid(busy_report()), {"requests/outcome.other/company": 7}))
    assert (found.unique, named(found)) == (True, {"outcome.other/company": 0})


def test_an_inequality_is_no_witness() -> None:
    assert diagnosed(changed(busy_report(), {"documents/normative_document/in_force": 0})) == ()


NOT_CERTAIN: list[tuple[str, Changes, dict[str, int]]] = [
    (
        "two of different size: both are named, and only they",
        {"outcome.granted/company": 3, "outcome.denied.other_law/law_firm": 9},
        {"outcome.granted/company": 1, "outcome.denied.other_law/law_firm": 0},
    ),
    (
        "two of the same size: the other diagonal would mend it as well, but falls below 0",
        {"outcome.granted/natural_person": 5, "outcome.unavailable.not_held/law_firm": 2},
        {"outcome.granted/natural_person": 4, "outcome.unavailable.not_held/law_firm": 1},
    ),
    (
        "two of the same size: either diagonal mends it",
        {"outcome.granted/natural_person": 5, "outcome.unavailable.not_held/company": 2},
        {
            "outcome.granted/natural_person": 4,
            "outcome.unavailable.not_held/company": 1,
            "outcome.granted/company": 0,
            "outcome.unavailable.not_held/natural_person": 1,
        },
    ),
    (
        "an outcome and the received of one column",
        {"outcome.granted/company": 3, "received/company": 6},
        {"outcome.granted/company": 1, "received/company": 1},
    ),
    (
        "two of one row beside a third: it is named, but does not mend all",
        {"outcome.granted/company": 3, "outcome.denied.inquiry/law_firm": 3, "outcome.denied.inquiry/other_body": 4},
        {"outcome.granted/company": 1},
    ),
    (
        "two of one row",
        {"outcome.granted/company": 3, "outcome.granted/natural_person": 9},
        {"outcome.granted/natural_person": 4, "outcome.granted/company": 1},
    ),
    (
        "two of one column",
        {"outcome.granted/company": 3, "outcome.denied.inquiry/company": 5},
        {"outcome.granted/company": 1, "outcome.denied.inquiry/company": 0},
    ),
    (
        "two of one row that leave its sum as it is: they could be of every row that has as much there",
        {"outcome.granted/natural_person": 6, "outcome.granted/other_body": -2},
        {"outcome.granted/natural_person": 4, "outcome.granted/other_body": 0},
    ),
    (
        "an outcome and the total of one column by the same",
        {"outcome.granted/company": 0, "outcome.total/company": 1},
        {"outcome.granted/company": 1, "outcome.total/company": 2},
    ),
    (
        "a slip that the total of its row was added up from",
        {"outcome.granted/natural_person": 40, "outcome.granted/total": 42},
        {"outcome.granted/natural_person": 4, "outcome.granted/total": 6},
    ),
    (
        "a blank in the row",
        {"outcome.granted/company": 3, "outcome.granted/law_firm": None},
        {"outcome.granted/company": 1},
    ),
    (
        "a blank in the column: of the row, the cells of that column only",
        {"outcome.granted/company": 3, "outcome.denied.inquiry/company": None},
        {"outcome.granted/company": 1},
    ),
    (
        "a blank in one of the three balances of the total",
        {"outcome.total/company": 20, "outcome.denied.inquiry/company": None},
        {"outcome.total/company": 2},
    ),
    (
        "two of one row, one of them in a column with a blank: the first does not ask for what the row asks for",
        {
            "outcome.granted/company": 9,
            "outcome.granted/natural_person": 1,
            "outcome.denied.inquiry/natural_person": None,
        },
        {"outcome.granted/company": 1, "outcome.granted/natural_person": 4},
    ),
    (
        "three of one row",
        {"outcome.granted/company": 3, "outcome.granted/natural_person": 9, "outcome.granted/law_firm": 1},
        {},
    ),
]


@pytest.mark.parametrize(("changes", "suspected"), [case[1:] for case in NOT_CERTAIN], ids=[c[0] for c in NOT_CERTAIN])
def test_what_one_cell_does_not_explain_is_not_certain(changes: Changes, suspected: dict[str, int]) -> None:
    found = diagnosed(changed(busy_report(), {f"requests/{path}": value for path, value in changes.items()}))
    assert not any(each.unique for each in found)
    assert {path: value for each in found for path, value in named(each).items()} == suspected


def test_a_blank_elsewhere_takes_nothing_away() -> None:
    changes: Changes = {"requests/outcome.granted/company": 3, "requests/outcome.denied.inquiry/law_firm": None}
    (found,) = diagnosed(changed(busy_report(), changes))
    assert (found.unique, named(found)) == (True, {"outcome.granted/company": 1})


def test_errors_whose_balances_have_no_cell_in_common_are_told_apart() -> None:
    wrong = {
        "requests/received/law_firm": 5,
        "requests/outcome.granted/company": 3,
        "review/litigation.direct/total": 8,
    }
    first, second, third = diagnosed(changed(busy_report(), wrong))
    assert (first.unique, named(first)) == (True, {"received/law_firm": 3})
    assert (second.unique, named(second)) == (True, {"outcome.granted/company": 1})
    assert (third.unique, rules(third)) == (False, "C02")


TABLE_FOUR = [
    # 维持 纠正 其他 未结 总计, and what each would have to be, where that is possible
    ("3 1 0 2 9", {"upheld": 6, "corrected": 4, "other": 3, "pending": 5, "total": 6}),
    ("3 1 0 2 4", {"upheld": 1, "pending": 0, "total": 6}),
    ("1 1 1 1 2", {"total": 4}),
    ("-3 1 1 1 6", {"upheld": 3}),
    ("1 1 1 . 2", {}),
]


@pytest.mark.parametrize(("figures", "suspected"), TABLE_FOUR)
def test_a_block_of_table_four_asks_all_its_cells(figures: str, suspected: dict[str, int]) -> None:
    found = diagnosed(report(f"review\nreconsideration {figures}"))
    told = {path: value for each in found for path, value in named(each).items()}
    assert told == {f"reconsideration/{column}": value for column, value in suspected.items()}
    assert not any(each.unique for each in found)  # one equation is one witness
    assert all(suspect.why.startswith("本部分（C01）不平") for each in found for suspect in each.suspects)


def test_under_automatic_totals_a_wrong_figure_leads_to_its_column_only(edition: str) -> None:
    form = load_form(edition)
    wrong = changed(busy_report(edition), {"requests/outcome.granted/natural_person": 40})
    (found,) = diagnose(form, {**wrong.values, **computed(wrong.values, form)}, totals=Totals.AUTOMATIC)
    assert (rules(found), found.unique) == ("B01 B01", False)
    assert {suspect.cell.column for suspect in found.suspects} == {"natural_person"}
    assert not definitions(form).keys() & {suspect.cell for suspect in found.suspects}
    assert named(found)["outcome.granted/natural_person"] == 4
    assert {named(found)[f"{row}/natural_person"] for row in ("received", "brought_forward")} == {45, 38}


def test_totals_that_may_be_added_up_point_to_figures_with_their_totals_too() -> None:
    wrong = changed(busy_report(), {"requests/received/company": 11, "requests/received/total": 27})
    (found,) = diagnosed(wrong)
    assert [str(suspect.cell) for suspect in found.corrections[0]] == [
        "requests/received/company",
        "requests/received/total",
    ]
    assert {"requests/outcome.granted/company", "requests/carried_forward/total"} <= {
        str(suspect.cell) for suspect in found.suspects
    }
    assert not found.unique


def test_under_automatic_totals_two_columns_out_of_balance_are_listed_each_for_itself() -> None:
    form = load_form("2021")
    wrong = changed(busy_report(), {"requests/received/company": 4, "requests/carried_forward/law_firm": 6})
    (found,) = diagnose(form, {**wrong.values, **computed(wrong.values, form)}, totals=Totals.AUTOMATIC)
    told = named(found)
    assert (told["received/company"], told["carried_forward/law_firm"], found.corrections) == (1, 1, ())
    of_columns = {each.line.key: {suspect.cell.column for suspect in found.found[each]} for each in found.assertions}
    assert of_columns == {"company": {"company"}, "law_firm": {"law_firm"}, "total": {"company", "law_firm"}}


def test_beside_a_blank_the_other_figures_of_the_column_stay_in_question() -> None:
    wrong = changed(busy_report(), {"requests/received/company": 4, "requests/received/law_firm": None})
    (found,) = diagnosed(changed(wrong, {"requests/received/total": None}))
    assert found.suspects[0].why == "本列（B01）不平；同行或同列有空格，不能确定"
    assert (found.unique, named(found)["received/company"]) == (False, 1)
    assert named(found)["outcome.granted/company"] == 4


def test_it_is_told_whether_all_else_holds() -> None:
    here, there = "requests/received/law_firm", "requests/outcome.granted/company"
    (alone,) = diagnosed(changed(busy_report(), {here: 5}))
    assert alone.suspects[0].why.endswith("；表内其余勾稽关系都平")
    for each in diagnosed(changed(busy_report(), {here: 5, there: 3})):
        assert each.suspects[0].why.endswith("；表内另有不平处")


SLIPS = [
    (21, 12, "两位数字颠倒"),
    (1302, 1032, "两位数字颠倒"),
    (122, 12, "多写一位"),
    (10, 1, "多写一位"),
    (12, 132, "少写一位"),
    (1, 10, "少写一位"),
    (-12, 12, "正负号填反"),
    (120000, 12, "多乘了一万"),
    (12, 120000, "少乘了一万"),
    (1200, 12, "多写两个0"),
    (12, 1200, "少写两个0"),
    (1342, 1302, "一位数字写错"),
    (321, 123, ""),
    (13, 12, ""),
    (0, 10, ""),
    (-21, 12, ""),
    ("1.2", 12, ""),
]


@pytest.mark.parametrize(("written", "meant", "name"), SLIPS)
def test_how_the_hand_slipped(written: int | str, meant: int, name: str) -> None:
    assert slip(Decimal(written), Decimal(meant)) == name


def swapped(digits: str, at: int) -> str:
    return digits[:at] + digits[at : at + 2][::-1] + digits[at + 2 :]


def dropped(digits: str, at: int) -> str:
    return digits[:at] + digits[at + 1 :] or "0"


def doubled(digits: str, at: int) -> str:
    return digits[: at + 1] + digits[at:]


HANDS: tuple[Callable[[str, int], str], ...] = (
    swapped,
    dropped,
    doubled,
    lambda digits, _: f"-{digits}",
    lambda digits, _: str(int(digits) + 1),
    lambda digits, _: str(int(digits) - 1),
)


def slipped(key: CellKey, sound: Report, chance: Random) -> Decimal:
    """A wrong figure for a cell of `sound`: its own, written badly, or that of the cell before it."""
    keys = load_form(sound.edition).cells
    values = sound.values
    choice = chance.randrange(len(HANDS) + 1)
    digits = str(values[key] if choice < len(HANDS) else values[keys[keys.index(key) - 1]])
    return Decimal(HANDS[choice](digits, chance.randrange(len(digits))) if choice < len(HANDS) else digits)


def planted(sound: Report, count: int, cells: int, seed: int) -> Iterator[tuple[Report, set[CellKey]]]:
    """`sound` with up to `cells` cells of table three falsified, `count` times, and which they are."""
    chance = Random(seed)
    keys = [key for key in load_form(sound.edition).cells if key.table == "requests"]
    for _ in range(count):
        wrong = {key: slipped(key, sound, chance) for key in chance.sample(keys, cells)}
        yield (
            sound._replace(values={**sound.values, **wrong}),
            {key for key, value in wrong.items() if value != sound.values[key]},
        )


SOUND = st.sampled_from(EDITIONS).flatmap(balanced)


@given(SOUND, st.integers(0, 2**32))
@settings(max_examples=10)
def test_a_planted_slip_is_found_whatever_it_is_and_wherever(sound: Report, seed: int) -> None:
    for wrong, where in planted(sound, 200, 1, seed):
        found = [(s.cell, s.value) for each in diagnosed(wrong) if each.unique for s in each.suspects]
        assert found == [(key, sound.values[key]) for key in where]


def broken(values: Report) -> set[Assertion]:
    form = load_form(values.edition)
    return {each for each in all_assertions(form) if each.verdict(values.values).outcome is Outcome.BROKEN}


@given(SOUND, st.integers(2, 4), st.integers(0, 2**32))
@settings(max_examples=10)
def test_a_certain_answer_mends_all_that_it_is_given_for(sound: Report, cells: int, seed: int) -> None:
    for wrong, where in planted(sound, 30, cells, seed):
        for each in diagnosed(wrong):
            if each.unique:
                (suspect,) = each.suspects
                mended = wrong._replace(values={**wrong.values, suspect.cell: suspect.value})
                assert broken(mended) == broken(wrong) - set(each.assertions)
                # Of two slips none can look like a third: it takes four figures to deceive all balances.
                assert cells > 2 or (suspect.cell in where and suspect.value == sound.values[suspect.cell])


def test_a_sound_report_is_checked_without_it(tmp_path: Path) -> None:
    code = (
        "import sys; from nianbao.cli import main\n"
        "sys.argv[:] = ['nianbao', 'check', sys.argv[1]]\n"
        "try: main()\n"
        "finally: print('nianbao.suspects' in sys.modules)"
    )
    for name, each, needed in (
        ("good.json", busy_report(), "False"),
        ("bad.json", changed(busy_report(), {"requests/received/total": 71}), "True"),
    ):
        path = tmp_path / name
        path.write_text(json.dumps(to_data(Reading(name, each))), "utf-8")
        assert spawn(path, code=code).out.splitlines()[-1] == needed
