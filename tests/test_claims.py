"""Numbers in the texts: what they are taken to mean, which are wrong, and above all which are left alone."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import balanced, busy_report, cell, changed, shared, without
from nianbao.checks.claims import claims, numbers_in_texts
from nianbao.checks.claims.numbers import folded, number
from nianbao.document.facts import Background
from nianbao.document.narrative import narrate
from nianbao.findings import Finding, Severity
from nianbao.importing.files import read_file
from nianbao.reading import Reading
from nianbao.report import Report
from nianbao.resources import template_path

# The figures of the busy report: 17 came in, 3 were left from last year, 18 concluded, 2 left over.
OFFICE, PLACE, TOWN = "示例市交通运输局", "示例区人民政府", "示例市某水镇人民政府"


def reading(text: str, agency: str = OFFICE, edition: str = "2021", **changes: Report) -> Reading:
    report = changes.get("report") or busy_report(edition)
    return Reading("某局.docx", report._replace(agency=agency, texts={"overview": text}))


def found(text: str, agency: str = OFFICE, edition: str = "2021") -> list[Finding]:
    read = reading(text, agency, edition)
    return list(numbers_in_texts(read, read.form))


def understood(text: str, agency: str = OFFICE, edition: str = "2021") -> list[tuple[str, int]]:
    read = reading(text, agency, edition)
    return [(claim.rule, int(claim.number.value)) for _, claim in claims(read, read.form)]


WRONG = [
    # the text, the rule, what it says and what the table says
    ("2023年，我局共收到政府信息公开申请19件。", "N01", 19, 17),
    ("全年受理依申请公开１９件，均已答复。", "N01", 19, 17),
    ("本年度新收政府信息公开申请20件，上年结转3件。", "N01", 20, 17),
    ("全年共收到十九件政府信息公开申请。", "N01", 19, 17),
    ("（二）依申请公开。2023年度市交通局办理政府信息公开申请26件。", "N01", 26, 17),
    ("2023年1月1日至12月31日，本机关收到政府信息公开申请1,017件。", "N01", 1017, 17),
    ("全年收到政府信息公开申请17件，办结16件。", "N02", 16, 18),
    ("2023年办结政府信息公开申请21件。", "N02", 21, 18),
    ("全年收到政府信息公开申请17件，按时办结19件。", "N02", 19, 18),
    ("收到政府信息公开申请20件，其中予以公开9件、部分公开2件。", "N03", 9, 6),
    ("收到政府信息公开申请20件。其中，予以公开6件，部分公开5件。", "N03", 5, 2),
    ("收到政府信息公开申请20件；予以公开和部分公开9件；无法提供4件。", "N03", 9, 8),
    ("全年收到政府信息公开申请17件，不予公开7件，无法提供4件，不予处理2件，其他处理2件。", "N03", 7, 2),
    ("全年收到政府信息公开申请17件，上年结转4件。", "N04", 4, 3),
    ("全年收到政府信息公开申请17件，3件结转下年度继续办理。", "N04", 3, 2),
    ("全年收到政府信息公开申请17件，结转至2024年4件。", "N04", 4, 2),
    ("全年收到政府信息公开申请17件，涉及自然人12件。", "N01", 12, 9),
    ("全年制发行政规范性文件3件。", "N05", 3, 2),
    ("设立规范性文件库，集中公开现行有效行政规范性文件9件。", "N05", 9, 7),
    ("本年度废止规范性文件4件。", "N05", 4, 1),
    ("全年作出行政处罚决定18件。", "N06", 18, 15),
    ("2023年，我局收取行政事业性收费430.2万元。", "N06", 430, 429),
    ("因政府信息公开被申请行政复议7件、被提起行政诉讼5件。", "N07", 7, 6),
]


@pytest.mark.parametrize(("text", "rule", "said", "right"), WRONG)
def test_a_number_that_is_none_of_the_figures_it_can_mean_is_told(text: str, rule: str, said: int, right: int) -> None:
    told = next(each for each in found(text) if each.left is not None and int(each.left) == said)
    assert (told.rule, told.severity) == (rule, Severity.WARNING)
    assert told.right is not None
    assert int(told.right) == right
    assert told.cells
    assert told.message.startswith("“一、总体情况”：写的")
    assert "请核对后改正文字或表格" in told.message
    assert "原文：“" in told.message


RIGHT = [
    "2023年，我局共收到政府信息公开申请17件，上年结转3件，办结18件，结转下年度2件。",
    "全年收到政府信息公开申请20件（含上年结转3件），办结18件，2件结转下年继续办理。",
    "全年办理政府信息公开申请18件，其中予以公开6件、部分公开2件、不予公开2件、无法提供4件、不予处理2件、其他处理2件。",
    "全年办理政府信息公开申请18件，予以公开8件。",
    "全年收到政府信息公开申请17件，其中予以公开4件。",
    "全年制发行政规范性文件2件，废止1件，现行有效规范性文件7件。",
    "2023年，我局收取行政事业性收费429万元。",
    "2023年，我局收取行政事业性收费4291000元。",
    "2023年，我局收取行政事业性收费4290999.6元。",
    "作出行政许可决定120件、行政处罚决定15件。",
    "因政府信息公开被申请行政复议4件、被提起行政诉讼3件。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_number_that_is_one_of_the_figures_it_can_mean_is_right(text: str) -> None:
    assert understood(text)
    assert not found(text)


SILENT = [
    # another year, a part of the year, all years
    "2022年，我局共收到政府信息公开申请99件。",
    "去年共收到政府信息公开申请99件。",
    "与上年收到99件相比，政府信息公开申请有所减少。",
    "1月至10月，我局共收到政府信息公开申请99件。",
    "上半年，我局共收到政府信息公开申请99件。",
    "截至2023年底，累计收到政府信息公开申请99件。",
    "累计收到政府信息公开申请99件。",
    "十四五以来，共收到政府信息公开申请99件。",
    "2021年至2023年收到政府信息公开申请99件。",
    "截至2024年1月10日，收到政府信息公开申请99件。",
    # somebody else, or a part of the office
    "全市共收到政府信息公开申请99件。",
    "市政府办公室共收到政府信息公开申请99件。",
    "其中市公路中心收到政府信息公开申请99件。",
    "我局下属单位收到政府信息公开申请99件。",
    "局办公室牵头，协助区县办理，共办理政府信息公开申请99件。",
    "通过政府网站，共收到政府信息公开申请99件。",
    "通过信函收到政府信息公开申请99件。",
    "收到网上政府信息公开申请99件。",
    "收到自然人政府信息公开申请99件。",
    # not exact, not counted so, something else
    "共收到政府信息公开申请99余件。",
    "共收到政府信息公开申请约99件。",
    "共收到政府信息公开申请99件次。",
    "共收到政府信息公开申请三四件。",
    "共收到行政许可申请99件。",
    "共收到申请99件。",
    "我局共发文99件，其中主动公开9件，依申请公开99件。",
    "全年收到咨询99件，办结98件。",
    "全年收到咨询99件。办结98件。",
    "收到政府信息公开申请17件，主动公开信息99条。办结98件。",
    "召开会议99次，收到政府信息公开申请。",
    "全年收到政府信息公开申请17件，其中市公路中心较多，办结98件。",
    "全年收到政府信息公开申请17件，其中网上申请9件，予以公开99件。",
    "全年收到政府信息公开申请17件，办结举报99件。",
    "全年收到政府信息公开申请17件，按时办结12件。",
    "全年收到政府信息公开申请17件，主动公开信息99件。",
    # documents, decisions, fees and disputes that are other notions
    "转发上级规范性文件99件。",
    "以市政府名义制发规范性文件99件。",
    "代拟并出台规范性文件99件。",
    "解读规范性文件99件。",
    "公开行政许可事项99项，行政处罚事项98项。",
    "公开行政处罚信息99条。",
    "受理行政许可99件。",
    "废止规范性文件4件，宣布失效3件。",
    "作出行政许可决定100件、不予许可决定20件。",
    "作出行政处罚决定9件，当场处罚6件。",
    "指导各部门出台规范性文件99件。",
    "联合市财政局出台规范性文件99件。",
    "全年收到因政府信息公开引起的行政复议99件。",
    "减免行政事业性收费99万元。",
    "办理行政复议案件99件。",
    "收到行政复议申请99件。",
    "因政府信息公开申请行政复议0件，提起行政诉讼0件。",
    "行政诉讼99件。",
]


@pytest.mark.parametrize("text", SILENT)
def test_a_number_that_may_mean_something_else_is_left_alone(text: str) -> None:
    assert not found(text)


SCOPES = [
    (PLACE, "2023年，全区共收到政府信息公开申请99件。", True),
    (PLACE, "2023年，我区各级行政机关收到政府信息公开申请99件。", True),
    (PLACE, "2023年，示例区收到政府信息公开申请99件。", True),
    (PLACE, "规范办理依申请公开2023年全区受理政府信息公开申请99件。", True),
    (PLACE, "2023年，全市共收到政府信息公开申请99件。", False),
    (PLACE, "2023年，区政府收到政府信息公开申请99件。", False),
    (PLACE, "2023年，区政府办公室收到政府信息公开申请99件。", False),
    (PLACE, "2023年，共收到政府信息公开申请99件。", False),
    (PLACE, "2023年，制发行政规范性文件99件。", False),
    (PLACE, "集中公开现行有效行政规范性文件99件。", True),
    (TOWN, "2023年，我镇共收到政府信息公开申请99件。", True),
    (TOWN, "2023年，共收到政府信息公开申请99件。", True),
    (TOWN, "2023年，全区共收到政府信息公开申请99件。", False),
    (TOWN, "2023年，示例村收到政府信息公开申请99件。", False),
    (OFFICE, "2023年，市交通运输局收到政府信息公开申请99件。", True),
    (OFFICE, "2023年，市公安局收到政府信息公开申请99件。", False),
    ("", "2023年，共收到政府信息公开申请99件。", False),
]


@pytest.mark.parametrize(("agency", "text", "told"), SCOPES)
def test_a_number_is_compared_where_it_is_about_all_of_the_office(agency: str, text: str, told: bool) -> None:  # noqa: FBT001
    assert bool(found(text, agency)) is told


def test_figures_that_are_blank_or_absent_are_not_compared() -> None:
    text = "我局共收到政府信息公开申请99件，上年结转99件。"
    blank = changed(busy_report(), {"requests/received/total": None, "requests/brought_forward/total": None})
    absent = without(busy_report(), "requests/received", "requests/brought_forward")
    for report in (blank, absent):
        read = reading(text, report=report)
        assert not list(numbers_in_texts(read, read.form))


def test_the_older_form_has_other_columns_of_documents_and_a_sum_of_purchases() -> None:
    right = "出台规范性文件2件，废止规范性文件9件，现行有效规范性文件99件。采购项目2项，采购总金额75.4394万元。"
    wrong = "出台规范性文件3件。采购项目4项，采购总金额76万元。"
    assert not found(right, edition="2019")
    assert [each.rule for each in found("2020年" + wrong, edition="2019")] == ["N05", "N06", "N06"]


PERCENTAGES = [
    ("全年收到政府信息公开申请60件，其中不予公开5件，占0.08%。", 0.08),
    ("全年收到来件60件，其中不予公开5件，占比8.33%。", None),
    ("全年收到来件60件，其中不予公开5件，占8.3%。", None),
    ("全年收到来件60件，其中不予公开5件，占8%。", None),
    ("全年收到来件60件，其中一类5件，占全市的1.2%。", None),
    ("全年收到来件约60件，其中一类5件，占1.2%。", None),
    ("一类5件，占1.2%。", None),
    ("公开信息120条，比上年增加20条，增长20%。", None),
    ("公开信息120条，比上年增加20条，增长16.7%。", 16.7),
    ("公开信息120条，较上年100条增长20%。", None),
    ("公开信息120条，较上年100条增长12%。", 12),
    ("公开信息由上年的100条增加到120条，增长120%。", 120),
    ("公开信息80条，较上年100条下降20%。", None),
    ("公开信息80条，较上年100条下降25%。", 25),
    ("公开信息120条，比上年增加约20条，增长10%。", None),
    ("公开信息120条，同比增长99%。", None),
    ("公开信息120条，其中网站100条，比上年增加20条，增长20%。", None),
    ("其中政策类20条，占10%，通知类10条，占5%。", None),
    ("办结率100%，同比提高3个百分点。", None),
]


@pytest.mark.parametrize(("text", "said"), PERCENTAGES)
def test_percentages_are_computed_again(text: str, said: float | None) -> None:
    told = [each for each in found(text) if each.rule == "N09"]
    assert [float(each.left or 0) for each in told] == ([] if said is None else [said])


GROWTH = [
    ("2023年，我局共收到政府信息公开申请17件，同比增长70%。", {"received": 10}, False),
    ("2023年，我局共收到政府信息公开申请17件，同比增长7%。", {"received": 10}, True),
    ("2023年，我局共收到政府信息公开申请20件，同比增长66.67%。", {"received": 10, "brought_forward": 2}, False),
    ("2023年，我局共收到政府信息公开申请20件，同比增长66.63%。", {"received": 10, "brought_forward": 2}, True),
    ("2023年，我局共收到政府信息公开申请17件，同比下降15%。", {"received": 20}, False),
    ("2023年，我局共收到政府信息公开申请17件，同比增长7%。", {}, False),
    ("2023年，我局共收到政府信息公开申请30件，同比增长7%。", {"received": 10}, False),
]


@pytest.mark.parametrize(("text", "last", "told"), GROWTH)
def test_a_change_against_last_year_is_computed_from_last_years_report(
    text: str,
    last: Mapping[str, int],
    told: bool,  # noqa: FBT001
) -> None:
    zero = dict.fromkeys(("received", "brought_forward"), 0) if last else {}
    figures = {cell(f"requests/{row}/total"): Decimal(value) for row, value in {**zero, **last}.items()}
    read = reading(text, report=busy_report()._replace(last=figures))
    assert [each.rule for each in numbers_in_texts(read, read.form) if each.rule == "N09"] == ["N09"] * told


SUMS = [
    ("公开信息62条，其中政务动态32条，统计数据31条。", 63),
    ("公开信息62条，其中政务动态31条，统计数据31条。", None),
    ("公开信息62条，其中政务动态12条，统计数据31条。", None),
    ("公开信息62条，其中政务动态12条，其他31条。", 43),
    ("公开信息62条，其中政务动态31条，其他信息31条。", None),
    ("公开信息62条，分别为政务动态12条、统计数据31条。", 43),
    ("公开信息62条，包括：机构职能12条；政务动态20条；其他信息20条。", 52),
    ("公开信息62余条，其中政务动态32条，统计数据31条。", None),
    ("公开信息62条，其中政务动态32余条，统计数据31条。", None),
    ("公开信息62条，其中网站公开52条，政务动态31条。", None),
    ("公开信息62条，其中政务动态32条，召开会议31次。", None),
    ("收到来信62件，其中办结40件，满意30件。", None),
    ("收到申请20件，其中自然人15件，网上申请18件。", None),
    ("收到申请20件，其中予以公开15件，其他处理3件。", None),
    ("公开信息62条，其中政务动态32条（含专题31条），统计数据30条。", None),
    ("公开信息62条，其中政务动态32条，占51.6%，统计数据30条，占48.4%。", None),
    ("公开信息62条，其中政务动态32条，政策解读10条，转载信息30条。", None),
    ("公开信息62条，其中政务动态32条、统计数据30条；制发公告40条。", None),
]


@pytest.mark.parametrize(("text", "total"), SUMS)
def test_a_list_that_is_to_add_up_does(text: str, total: int | None) -> None:
    told = [each for each in found(text) if each.rule == "N10"]
    assert [int(each.right or 0) for each in told] == ([] if total is None else [total])


NUMBERS = [
    ("12", 12, 0),
    ("1,136", 1136, 0),
    ("１２", 12, 0),
    ("1.2万", 12000, 500),
    ("3万", 30000, 5000),
    ("十二", 12, 0),
    ("一百零五", 105, 0),
    ("两千三百", 2300, 0),
    ("一万二千", 12000, 0),
    ("〇", 0, 0),
]


@pytest.mark.parametrize(("said", "value", "slack"), NUMBERS)
def test_numbers_are_read_as_they_are_written(said: str, value: int, slack: int) -> None:
    assert number(folded(said)) == (Decimal(value), Decimal(slack))


@pytest.mark.parametrize("said", ["三四", "万", "一二"])
def test_what_is_not_one_number_is_none(said: str) -> None:
    assert number(said) is None


REAL = {
    "seeds/000": {"N01": [0]},
    "seeds/001": {},
    "seeds/002": {},
    "seeds/003": {"N05": [4], "N06": [9, 429]},
    "seeds/004": {},
    "reports/hongze_2023": {"N01": [21]},
    "reports/pingtan_2019": {},
    "reports/pingtan_2020": {"N01": [21]},
    "reports/pingtan_2021": {"N01": [70], "N02": [69], "N04": [1]},
    "reports/pingtan_2022": {"N01": [75, 72, 3], "N05": [698], "N07": [1, 2]},
}


@pytest.mark.parametrize("name", REAL)
def test_published_reports_are_read_and_nothing_false_is_said_of_them(name: str) -> None:
    folder, start = name.split("/")
    (path,) = (shared() / "data" / folder).glob(f"{start}*.txt")
    (read,), (exact,) = read_file(path), read_file(shared() / "data" / f"{name}.json")
    values = {**exact.report.values, **read.report.values}
    whole = read._replace(report=read.report._replace(values=values))
    said: dict[str, list[int]] = {}
    for _, claim in claims(whole, whole.form):
        said.setdefault(claim.rule, []).append(int(claim.number.value))
    assert said == REAL[name]
    assert not list(numbers_in_texts(whole, whole.form))


@given(st.data())
def test_what_we_write_from_the_figures_is_never_wrong(data: st.DataObject) -> None:
    edition = data.draw(st.sampled_from(("2019", "2021")))
    filled, last = data.draw(balanced(edition)), data.draw(balanced(edition))
    told = narrate(filled, template_path(f"narrative-{edition}.md.j2"), Background(last=last))
    texts = {key: told.get(key, "") for key in ("intro", "disclosure", "requests", "review")}
    texts["overview"] = "\n".join(text for block, text in told.items() if block.startswith("overview"))
    read = Reading("某局.docx", filled._replace(texts=texts))
    assert [each.message for each in numbers_in_texts(read, read.form)] == []


def test_sentences_that_were_written_before_the_figures_changed_are_found() -> None:
    old = busy_report()
    told = narrate(old, template_path("narrative-2021.md.j2"))
    changes: dict[str, int | str | None] = {
        "requests/received/total": 18,
        "requests/outcome.granted/total": 5,
        "requests/outcome.total/total": 17,
        "requests/carried_forward/total": 4,
        "documents/normative_document/issued": 3,
        "licensing/licence/decisions": 121,
        "fees/fee/charged": "428.1",
        "review/reconsideration/total": 9,
    }
    new = changed(old, changes)._replace(texts={key: told[key] for key in ("disclosure", "requests", "review")})
    read = Reading("某局.docx", new)
    rules = [each.rule for each in numbers_in_texts(read, read.form)]
    assert rules == ["N05", "N06", "N06", "N01", "N02", "N03", "N04", "N07"]


@pytest.mark.parametrize("piece", ["一", "9", "9件；", "其中9件，", "收到政府信息公开申请", "占9%，比", "申请"])
def test_long_nonsense_is_read_to_its_end(piece: str) -> None:
    assert not found(piece * 20_000)
