"""What the figures of table two can mean."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from builders import busy_report, cell, changed, shared, zero_report
from nianbao.check import check
from nianbao.checks.meaning import (
    CAN_RULE,
    CANNOT_RULE,
    OF_DEPARTMENTS,
    a04_regulation,
    a06_only_this_year,
    a11_items_for_decisions,
    a12_decisions_without_items,
    a15_procurement,
    a16_unit_of_amount,
    v07_yuan,
    v13_finer_than_fen,
)
from nianbao.findings import Finding, Severity, State
from nianbao.importing.files import read_file
from nianbao.places import LinePlace
from nianbao.reading import Reading
from nianbao.report import Report
from nianbao.thresholds import STANDARD, Thresholds
from nianbao.workbook.cover import LEVELS

FEE = "fees/fee/charged"
AMOUNT = "procurement/central/amount"
E, W = Severity.ERROR, Severity.WARNING


def of(
    report: Report,
    agency: str = "示例市示例局",
    last: Mapping[str, int | str] | None = None,
    said: Mapping[str, str] | None = None,
) -> Reading:
    """`report` by `agency`, with some of last year's figures, and with what the cover says of the office."""
    figures = {cell(path): Decimal(value) for path, value in (last or {}).items()}
    return Reading("某.docx", report._replace(agency=agency, last=figures, particulars=said or {}))


def regulation(reading: Reading) -> list[Finding]:
    return list(a04_regulation(reading, reading.form))


MADE = zero_report("2021", "documents\nregulation 1 0 5")
IN_FORCE = zero_report("2021", "documents\nregulation 0 0 5")


@pytest.mark.parametrize(
    ("agency", "made", "in_force"),
    [
        ("示例县人民政府", E, W),
        ("示例县", E, W),
        ("示例市示例区人民政府", E, W),
        ("示例自治县人民政府", E, W),
        ("示例县人民政府办公室", E, W),
        ("示例市示例局", E, W),
        ("示例省示例厅", E, W),
        ("示例市发展和改革委员会", E, W),
        ("示例市行政服务中心", E, W),
        ("示例市 图书馆", E, W),
        ("示例镇人民政府", E, W),
        ("示例街道办事处", E, W),
        ("示例乡", E, W),
        # It may be so.
        ("示例市人民政府", None, None),
        ("示例市", None, None),
        ("示例市人民政府办公室", None, None),
        ("示例省人民政府", None, None),
        ("示例省人民政府办公厅", None, None),
        ("示例自治州人民政府", None, None),
        ("示例自治区人民政府", None, None),
        # Not to be seen from the name.
        ("示例综合实验区", W, W),
        ("示例经济技术开发区管理委员会", W, W),
        ("国家示例总局", W, W),
        ("示例集团公司", W, W),
        ("示例海关总署", W, W),
        ("", W, W),
    ],
)
def test_a04_follows_from_the_name(agency: str, made: Severity | None, in_force: Severity | None) -> None:
    for report, expected in ((MADE, made), (IN_FORCE, in_force)):
        assert [each.severity for each in regulation(of(report, agency))] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("agency", "said", "made"),
    [
        ("示例局", {"rulemaking": "有"}, None),
        ("示例市人民政府", {"rulemaking": "没有"}, E),
        ("示例市人民政府", {"level": "县级政府"}, E),
        ("示例", {"level": "市级政府"}, None),
        ("示例", {"level": "省级政府"}, None),
        ("示例", {"level": "乡镇政府、街道办事处"}, E),
        ("示例", {"level": "政府部门"}, E),
        ("国家示例局", {"level": "政府部门"}, W),
        ("示例", {"level": "其他单位"}, E),
        ("示例", {"level": "市级政府", "rulemaking": "没有"}, E),
        ("示例", {"level": "某"}, W),
    ],
)
def test_a04_follows_from_what_the_office_says_of_itself(
    agency: str, said: Mapping[str, str], made: Severity | None
) -> None:
    assert [each.severity for each in regulation(of(MADE, agency, said=said))] == ([made] if made else [])


def test_a04_the_levels_are_those_of_the_cover() -> None:
    assert set(LEVELS) == CAN_RULE | CANNOT_RULE
    assert OF_DEPARTMENTS < CANNOT_RULE


def test_a04_says_what_is_filled_and_what_to_do() -> None:
    (finding,) = regulation(of(MADE))
    assert finding.message == (
        "二、主动公开 第二十条第（一）项“规章”行：填的是本年制发件数 1，现行有效件数 5。"
        "规章只由省级、设区的市（自治州）政府和国务院部门制定，内部规章制度、规范性文件和上级的规章都不计。"
        "本单位没有规章制定权，请填 0；确有的，请核对后写明。"
    )
    assert finding.cells == (cell("documents/regulation/issued"), cell("documents/regulation/in_force"))
    (unsure,) = regulation(of(MADE, "示例综合实验区"))
    (ours,) = regulation(of(MADE)._replace(ours=True))
    assert ours.message.endswith("确有的，请在封面“规章制定权”选“有”。")
    assert unsure.message.endswith("没有规章制定权的，请填 0；有的，请核对后写明。")


@pytest.mark.parametrize(
    ("made", "severity"), [("5 5 29", E), ("0 5 29", W), ("0 0 7", W), ("0 0 0", None), (". . .", None)]
)
def test_a04_of_the_old_edition(made: str, severity: Severity | None) -> None:
    found = regulation(of(zero_report("2019", f"documents\nregulation {made}")))
    assert [each.severity for each in found] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("figures", "last", "told"),
    [
        ("18 0 18", None, True),
        ("5 0 5", None, True),
        ("4 0 4", None, False),  # a small office begins
        ("18 3 18", None, False),
        ("18 0 19", None, False),
        ("0 0 0", None, False),
        ("18 . 18", None, False),
        ("18 0 .", None, False),
        (". 0 18", None, False),
        ("18 0 18", 0, False),  # a new office
        ("18 0 18", 7, False),  # A02 tells it
    ],
)
def test_a06_only_this_years_documents_are_counted(figures: str, last: int | None, *, told: bool) -> None:
    before = {} if last is None else {"documents/normative_document/in_force": last}
    reading = of(zero_report("2021", f"documents\nnormative_document {figures}"), last=before)
    found = list(a06_only_this_year(reading, reading.form))
    assert [(each.rule, each.severity) for each in found] == ([("A06", W)] if told else [])
    assert all("现行有效 18，" in each.message or "现行有效 5，" in each.message for each in found)


def test_what_tells_of_items_and_decisions_is_of_one_edition() -> None:
    for report in (zero_report("2021"), busy_report("2021")):
        reading = of(report)
        for rule in (a11_items_for_decisions, a12_decisions_without_items, a15_procurement, a16_unit_of_amount):
            assert list(rule(reading, reading.form)) == []
    old = of(busy_report("2019"))
    assert list(a06_only_this_year(old, old.form)) == []


@pytest.mark.parametrize(
    ("row", "figures", "rule"),
    [
        ("licensing\nlicence", "151 -33 118", "A11"),
        ("licensing\nother_service", "10 7 17", "A11"),
        ("enforcement\ncoercion", "126 26 152", "A11"),
        ("licensing\nlicence", "151 0 151", None),  # nothing to say that it is not so
        ("licensing\nlicence", "3 2 5", None),  # by chance
        ("licensing\nlicence", "151 -33 117", None),
        ("licensing\nlicence", "151 . 118", None),
        ("licensing\nlicence", "151 -33 .", None),
        ("licensing\nlicence", "5 -5 0", None),
        ("licensing\nlicence", "0 0 12", "A12"),
        ("enforcement\npenalty", "5 -5 12", "A12"),
        ("licensing\nlicence", "0 0 0", None),
        ("licensing\nlicence", "5 -4 12", None),
        ("licensing\nlicence", ". 0 12", None),
        ("licensing\nlicence", "0 . 12", None),
    ],
)
def test_decisions_beside_items(row: str, figures: str, rule: str | None) -> None:
    reading = of(zero_report("2019", f"{row} {figures}"))
    found = [*a11_items_for_decisions(reading, reading.form), *a12_decisions_without_items(reading, reading.form)]
    assert [(each.rule, each.severity) for each in found] == ([(rule, W)] if rule else [])
    assert all(len(each.cells) == 3 for each in found)


def test_a11_and_a12_say_what_was_taken_for_what() -> None:
    reading = of(zero_report("2019", "licensing\nlicence 151 -33 118\nenforcement\npenalty 100 5 105\ncoercion 0 0 12"))
    less, more = a11_items_for_decisions(reading, reading.form)
    assert less.message == (
        "二、主动公开 第二十条第（五）项“行政许可”行：处理决定数量 118，正好是上一年项目数量 151 减本年减 33，"
        "像是填了本年的项目数。请核对；处理决定数量填本年作出的决定件数。"
    )
    assert "100 加本年增 5" in more.message
    (without_items,) = a12_decisions_without_items(reading, reading.form)
    assert "处理决定数量是 12，项目数（上一年 0，本年增减 0）却是 0" in without_items.message


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ("0 0", False),
        ("9 429.1", False),
        ("9 0", True),
        ("0 429.1", True),
        (". 429.1", False),
        ("9 .", False),
        ("~ 1", False),
    ],
)
def test_a15_projects_and_money_go_together(figures: str, *, told: bool) -> None:
    reading = of(zero_report("2019", f"procurement\ncentral {figures}"))
    if "~" in figures:
        reading = of(Report("2019", 2020, "示例局", {cell(AMOUNT): Decimal(1)}))
    found = list(a15_procurement(reading, reading.form))
    assert [(each.rule, each.severity, len(each.cells)) for each in found] == ([("A15", W, 2)] if told else [])


def bought(figures: str, **how: object) -> list[Finding]:
    """What A16 says of a document with `figures` for government procurement."""
    reading = of(zero_report("2019", f"procurement\ncentral {figures}"))._replace(places={cell(AMOUNT): LinePlace(9)})
    reading = reading._replace(**how)  # type: ignore[arg-type]
    return list(a16_unit_of_amount(reading, reading.form))


CONVERTED = Finding("R04", Severity.INFO, "原文“429.1万”已读作 429.1（万元）。", (cell(AMOUNT),))


def test_a16_asks_for_the_unit_that_the_form_does_not_print() -> None:
    (plain,) = bought("9 429.1")
    assert plain.message == (
        "二、主动公开 第二十条第（九）项“政府集中采购”行“采购总金额”列：原文没有写单位，已按 429.1 万元读取，"
        "平均每个项目 47.68 万元。表上没有印单位，容易误读，请核对；公布时请在文字里写明单位是万元。"
    )
    (converted,) = bought("9 429.1", findings=(CONVERTED,))
    assert "原文的数带单位，已换算成 429.1 万元，平均" in converted.message
    assert (converted.rule, converted.severity, converted.cells) == ("A16", W, (cell(AMOUNT),))


@pytest.mark.parametrize("figures", ["0 429.1", ". 429.1", "1 99999999999999999999999999"])
def test_a16_tells_no_mean_where_there_is_none_to_judge_by(figures: str) -> None:
    (finding,) = bought(figures)
    assert "平均" not in finding.message


def test_a16_is_silent_where_the_unit_is_known_or_nothing_was_bought() -> None:
    assert bought("9 0") == []
    assert bought("9 .") == []
    assert bought("9 -1") == []
    assert bought("9 429.1", ours=True) == []
    assert bought("9 429.1", places={}) == []  # data, described to be 万元
    assert bought("9 429.1", labels={"采购总金额": ("采购总金额（万元）", None)}) == []
    assert bought("9 429.1", labels={"采购总金额": ("采购金额", None)})


def money(report: Report, thresholds: Thresholds = STANDARD, **how: object) -> list[Finding]:
    reading = of(report, **how)  # type: ignore[arg-type]
    return list(v07_yuan(reading, reading.form, thresholds))


@pytest.mark.parametrize(
    ("value", "last", "told"),
    [
        ("8500", "0.85", True),
        ("8499", "0.85", False),
        ("8500", "0", False),
        ("0", "0.85", False),
        (None, "0.85", False),
        ("85000000.123", "0.85", False),  # finer than 分: it is 万元
        ("99999", None, False),
        ("100000", None, False),
        ("100000.01", None, True),
        ("251000", None, True),
    ],
)
def test_v07_yuan_for_wan(value: str | None, last: str | None, *, told: bool) -> None:
    found = money(changed(zero_report(), {FEE: value}), last={FEE: last} if last else {})
    assert [(each.rule, each.severity, each.cells) for each in found] == ([("V07", W, (cell(FEE),))] if told else [])


def test_v07_says_why_and_what_it_would_be() -> None:
    (last,) = money(changed(zero_report(), {FEE: 8500}), last={FEE: "0.85"})
    assert last.message == (
        "二、主动公开 第二十条第（八）项“行政事业性收费”行“本年收费金额（单位：万元）”列：填的是 8500（万元），"
        "是上年 0.85 万元的 10000 倍，像是把元填成了万元。请核对；原是 8500 元的，应填 0.85。"
    )
    (much,) = money(changed(zero_report(), {FEE: 251000}))
    assert (
        "对一个单位来说太多（超过 100000 万元），像是把元填成了万元。请核对；原是 251000 元的，应填 25.1。"
        in much.message
    )


@pytest.mark.parametrize(
    ("agency", "said", "told"),
    [
        ("示例镇人民政府", {}, True),
        ("示例县人民政府", {}, False),
        ("示例市人民政府", {}, False),
        ("示例综合实验区", {}, False),
        ("示例省示例局", {}, False),
        ("示例自治区示例厅", {}, False),
        ("国家示例局", {}, False),
        ("示例", {"level": "政府部门"}, True),
        ("示例省示例", {"level": "政府部门"}, False),
        ("示例局", {"level": "县级政府"}, False),
    ],
)
def test_v07_much_is_much_for_a_department_only(agency: str, said: dict[str, str], *, told: bool) -> None:
    assert bool(money(changed(zero_report(), {FEE: 251000}), agency=agency, said=said)) == told


def test_v07_an_office_may_say_how_much_is_much() -> None:
    assert money(changed(zero_report(), {FEE: 500}), Thresholds(money_most=Decimal(400)))
    assert money(changed(zero_report(), {FEE: 500}), Thresholds(money_times=Decimal(100)), last={FEE: 5})


@pytest.mark.parametrize(
    ("value", "told"),
    [("24252.311082", False), ("0.1234567", True), ("0.12345600", False), ("3", False), ("0", False), (None, False)],
)
def test_v13_nothing_is_smaller_than_a_fen(value: str | None, *, told: bool) -> None:
    tidy = value.rstrip("0") if value and "." in value else value  # as readers keep it
    reading = of(changed(zero_report(), {FEE: tidy}))
    found = list(v13_finer_than_fen(reading, reading.form))
    assert [(each.rule, each.severity) for each in found] == ([("V13", W)] if told else [])
    assert all("0.1234567 万元有 7 位小数，比 0.01 元还小" in each.message for each in found)


MINE = {"A04", "A06", "A11", "A12", "A15", "A16", "V07", "V13"}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("seeds/000_*.txt", [("A04", E)]),
        ("seeds/001_*.txt", []),
        ("seeds/002_*.txt", []),
        ("seeds/003_*.txt", [("A11", W), ("A16", W)]),
        ("seeds/004_*.txt", []),
        ("reports/hongze_2023.*", []),
        ("reports/pingtan_2019.*", []),
        ("reports/pingtan_2020.json", [("A04", W)]),
        ("reports/pingtan_202[012].txt", []),
        ("reports/pingtan_202[12].json", []),
        ("reports/suqian_2023.json", []),
    ],
)
def test_real_reports(name: str, told: list[tuple[str, Severity]]) -> None:
    for path in (shared() / "data").glob(name):
        for reading in read_file(path):
            found = [each for each in check(reading) if each.rule in MINE and each.state is State.OPEN]
            assert [(each.rule, each.severity) for each in found] == told, path
