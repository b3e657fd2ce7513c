"""变动: what moved since the last merge, and why."""

from __future__ import annotations

from decimal import Decimal

from builders import cell, published
from cities import decision, earlier, handed_in, idle, member, roster, summed, unit
from nianbao.check import Checked
from nianbao.city.changes import Changes, changes, listing, told
from nianbao.city.decisions import Choice
from nianbao.city.merge import Merged
from nianbao.city.previous import Previous
from nianbao.formfile import load_form
from nianbao.report import Report, Values
from nianbao.workbook.contents import Adjusting, Adjustment

FORM = load_form("2021")
FEE, REVIEW = "fees/fee/charged", "review/reconsideration"


def file(report: Report, digest: str = "a", name: str = "") -> Checked:
    return handed_in(report, name, digest=digest * 64)


JIA, YI = file(unit("甲局")), file(idle("乙局"))
FIRST = summed([JIA, YI])
BEFORE: Previous = earlier(FIRST)
MENDED = file(idle("乙局", {f"{REVIEW}/upheld": 2, f"{REVIEW}/total": 2}), "b")


def moved(found: Changes) -> dict[str, tuple[object, object, tuple[str, ...]]]:
    """Before, after and why, by cell."""
    return {str(each.cell): (each.before, each.after, each.why) for each in found.moves}


def since(merged: Merged) -> Changes:
    return changes(BEFORE, merged)


def test_the_same_files_move_nothing_decimals_and_blanks_included() -> None:
    odd = [file(idle("甲局", {FEE: "24252.311082"})), file(published(idle("乙局", {FEE: "0.1"})))]
    odd.append(file(idle("丙局", {FEE: None, "licensing/licence/handled": None})))
    merged = summed(odd)
    assert list(told(changes(earlier(merged), merged))) == ["与上次汇总相比：没有变化。"]
    assert listing(since(FIRST), FORM).rows == (("（没有变动）", None, None, None, ""),)


def test_a_file_that_was_replaced_is_named_with_both_its_fingerprints() -> None:
    found = since(summed([JIA, MENDED]))
    why = "文件 乙局.xlsx 换过，指纹 aaaaaaaaaaaa → bbbbbbbbbbbb"
    assert moved(found) == {
        f"{REVIEW}/upheld": (3, 5, (f"乙局 0 → 2（{why}）",)),
        f"{REVIEW}/total": (6, 8, (f"乙局 0 → 2（{why}）",)),
    }
    assert list(told(found)) == [
        "与上次汇总相比：1 个单位的数不同，汇总表变了 2 格（见“变动”）。",
        f"  乙局：{why}",
    ]
    assert [row[1:4] for row in listing(found, FORM).rows] == [(3, 5, 2), (6, 8, 2)]


def test_another_file_of_the_same_unit_is_named() -> None:
    found = since(summed([JIA, file(idle("乙局", {FEE: 1}), "b", "乙局（改）.xlsx")]))
    assert found.units == {"乙局": "文件由 乙局.xlsx 换成 乙局（改）.xlsx，指纹 aaaaaaaaaaaa → bbbbbbbbbbbb"}


def test_a_file_that_was_only_saved_again_moves_nothing() -> None:
    found = since(summed([JIA, file(idle("乙局"), "c", "新名字.xlsx")]))
    assert (found.moves, found.units) == ((), {})


def test_a_unit_that_came_and_one_that_went_are_named() -> None:
    found = since(summed([YI, file(unit("丙局", {FEE: "430"}))]))
    assert found.units == {"丙局": "这次新计入，文件 丙局.xlsx", "甲局": "这次没有计入，上次的文件是 甲局.xlsx"}
    assert moved(found)[FEE] == (
        Decimal("429.1"),
        430,
        (
            "丙局 没有 → 430（这次新计入，文件 丙局.xlsx）",
            "甲局 429.1 → 没有（这次没有计入，上次的文件是 甲局.xlsx）",
        ),
    )


def test_a_file_that_was_given_to_another_unit_by_decision_is_no_other_file() -> None:
    known = roster(member("甲局"), member("乙局"), member("丙局"))
    before = earlier(summed([JIA, YI], roster=known))
    given = [decision(Choice.BELONGS, "甲局.xlsx", "丙局")]
    found = changes(before, summed([JIA, YI], roster=known, decisions=given))
    assert found.moves == ()
    assert set(found.units) == {"甲局", "丙局"}


def test_adjustments_and_confirmed_figures_are_reasons() -> None:
    granted, in_force = cell("requests/outcome.granted/company"), cell("documents/normative_document/in_force")
    said = Adjusting(
        confirmed=(Adjustment(in_force, Decimal(5), "核定"),),
        adjustments=(Adjustment(granted, Decimal(1), "漏报"),),
    )
    found = moved(since(summed([JIA, YI], said=said)))
    assert found[str(granted)] == (1, 2, ("调整数 没有 → 1",))
    assert found["requests/outcome.total/total"][2] == ("调整数 没有 → 1",)
    assert found[str(in_force)] == (7, 5, ("核定数 没有 → 5",))
    assert len(found) == 5


def test_of_many_units_a_few_are_named() -> None:
    found = since(summed([JIA, YI, *(file(idle(f"{at}街道", {FEE: 1})) for at in range(11))]))
    (why,) = [each.why for each in found.moves]
    assert (len(why), why[-1]) == (9, "等共 11 个单位")


def saying(values: Values) -> Previous:
    """The summary before with other figures in its tables than its units have."""
    report = BEFORE.reading.report._replace(values=values)
    return BEFORE._replace(reading=BEFORE.reading._replace(report=report))


def test_a_summary_that_lost_its_results_is_compared_by_its_units() -> None:
    lost = saying(dict.fromkeys(FORM.cells))
    assert list(told(changes(lost, FIRST))) == ["与上次汇总相比：没有变化。"]
    assert moved(changes(lost, summed([JIA, MENDED]))) == moved(since(summed([JIA, MENDED])))


def test_a_figure_that_was_typed_over_is_told() -> None:
    typed = saying({**BEFORE.reading.report.values, cell(FEE): Decimal(1)})
    assert moved(changes(typed, FIRST)) == {FEE: (1, Decimal("429.1"), ("上次的汇总表里，这一格被改动过",))}
