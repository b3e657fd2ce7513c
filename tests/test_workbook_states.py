"""How far a report has come, as its workbook says it: filling states, the status, explanations, the fee, the texts."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from books import built, rewritten, shown, typed_in
from builders import blank_report, busy_report, cell, changed, compared, zero_report
from nianbao.check import check, open_errors
from nianbao.explanations import broken_now
from nianbao.formfile import EDITIONS, load_form
from nianbao.places import SheetPlace
from nianbao.reading import Reading
from nianbao.report import PARTICULARS, Explanation, Fee, Filling, Report, Totals, characters
from nianbao.workbook.layout import EXPLAINED, FIELDS, lay_out
from nianbao.workbook.names import CHECKS, COVER, EXPLANATIONS
from nianbao.workbook.status import status
from nianbao.workbook.texts import SAID
from nianbao.workbook.verdicts import standings

LAYOUT = lay_out(load_form("2021"))
CLOSED = (Filling.REST_ZERO, Filling.ALL_ZERO)
WRONG = changed(busy_report(), {"requests/outcome.granted/company": 3})
OTHER = "六、其他事项"


def at(path: str) -> SheetPlace:
    """Where the cell that `path` names stands in a workbook of 2021."""
    return LAYOUT.cells[cell(path)]


def chosen(*chapters: str, state: Filling = Filling.REST_ZERO) -> dict[SheetPlace, object]:
    """What choosing `state` for `chapters` puts in a workbook of 2021."""
    return {LAYOUT.filling[chapter]: state.value for chapter in chapters}


def explained(report: Report) -> Report:
    """`report` with a reason for everything that is broken in it."""
    broken = sorted(broken_now(load_form(report.edition), report))
    return report._replace(explanations=tuple(Explanation(about, "台账如此") for about in broken))


# Filling states


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("totals", Totals)
@pytest.mark.parametrize("state", CLOSED)
def test_blanks_that_were_declared_zero_are_zero(edition: str, totals: Totals, state: Filling) -> None:
    layout, form = lay_out(load_form(edition)), load_form(edition)
    choices = {layout.filling[chapter]: state.value for chapter in ("requests", "review")}
    reading = typed_in(blank_report(edition, totals), choices)
    declared = {key: value for key, value in reading.report.values.items() if key.table in {"requests", "review"}}
    assert declared == dict.fromkeys((key for key in form.cells if key in declared), Decimal(0))
    assert {value for key, value in reading.report.values.items() if key not in declared} == {None}
    assert reading.report.filling == {"requests": state, "review": state}
    assert {each.rule for each in check(reading)} == ({"V01"} if totals is Totals.TYPED else {"V01", "R05"})
    again = rewritten(reading)
    assert (again.report, again.findings) == (reading.report, ())


def test_the_cells_of_blanks_hold_a_formula_for_zero_until_something_is_typed() -> None:
    half = blank_report()._replace(filling={"review": Filling.REST_ZERO})
    half = changed(half, {"requests/received/company": 0, "review/reconsideration/upheld": 0})
    half = changed(half, {"requests/received/law_firm": 4, "review/reconsideration/other": 4})
    book = built(half)

    def held(path: str) -> object:
        return book[at(path).sheet][at(path).a1].value

    assert [held(f"requests/received/{column}") for column in ("company", "law_firm")] == [0, 4]
    assert held("review/reconsideration/other") == 4
    assert [held(path) for path in ("requests/received/other_body", "review/reconsideration/upheld")] == [
        '=IF($K$1=1,0,"")',
        '=IF($P$1=1,0,"")',
    ]


def test_a_figure_stands_and_a_deleted_one_is_zero_where_the_rest_is_declared_zero() -> None:
    deleted = {at("requests/received/company"): None, LAYOUT.typed[cell("requests/received/total")]: None}
    reading = typed_in(busy_report(), chosen("requests") | deleted)
    zero = {"requests/received/company": 0, "requests/received/total": 0}
    assert reading.report.values == changed(busy_report(), zero).values
    assert rewritten(reading).report == reading.report
    assert typed_in(busy_report(), deleted).report.values == changed(busy_report(), dict.fromkeys(zero)).values


def test_what_could_not_be_read_is_never_taken_for_zero() -> None:
    unread = {at("review/reconsideration/upheld"): "三件", at("requests/received/company"): "/"}
    reading = typed_in(zero_report(), chosen("disclosure", "requests", "review") | unread)
    blank = {"review/reconsideration/upheld": None, "requests/received/company": None}
    assert reading.report.values == changed(zero_report(), blank).values
    assert reading.report.filling == {"disclosure": Filling.REST_ZERO}
    assert {each.rule for each in reading.findings} == {"R02", "V03"}
    assert rewritten(reading).report == reading.report


def test_an_unknown_filling_state_is_told_and_declares_nothing() -> None:
    reading = typed_in(blank_report(), {LAYOUT.filling["review"]: "填完了"})
    (finding,) = (each for each in reading.findings if each.rule == "R02")
    assert finding.message.startswith("“填报状态”：原文“填完了”不是未填完、已填完，其余空白为0、全表为0之一")
    assert finding.place == LAYOUT.filling["review"]
    assert reading.report.filling == {}
    assert set(reading.report.values.values()) == {None}


def test_figures_under_a_declaration_that_all_is_zero_are_told() -> None:
    reading = typed_in(
        zero_report(), chosen("review", state=Filling.ALL_ZERO) | {at("review/reconsideration/upheld"): 2}
    )
    told = Counter(each.rule for each in check(reading))
    assert told == {"V14": 1, "C01": 1}
    assert open_errors(check(rewritten(reading))) == 2


def test_the_line_above_a_table_says_what_is_still_to_do() -> None:
    contrary = changed(zero_report(), {"requests/received/company": 3})._replace(filling={"requests": Filling.ALL_ZERO})
    lines = {
        "还有 175 格未填": blank_report(),
        "还有 143 格未填": changed(blank_report(totals=Totals.AUTOMATIC), {"requests/received/company": 3}),
        "已填齐": busy_report(),
        "空格按 0 计": zero_report()._replace(filling={"requests": Filling.REST_ZERO}),
        "选的是“全表为0”，却有 1 格填了数，请改正": contrary,
    }
    for line, report in lines.items():
        assert shown(report)["三、依申请公开"][0][3] == line


# The status

AUTOMATIC = Totals.AUTOMATIC
STATUS: list[tuple[str, Report]] = [
    ("齐全", zero_report()),
    ("齐全", busy_report("2019")),
    ("齐全", zero_report()._replace(filling={"review": Filling.ALL_ZERO})),
    ("未填 200 处", blank_report()),
    ("未填 166 处", blank_report(totals=AUTOMATIC)),
    ("未填 202 处", blank_report()._replace(agency="", year=None)),
    ("未填 1 处", busy_report()._replace(year=None)),
    ("未填 1 处", changed(busy_report(), {"licensing/licence/decisions": None})),
    ("不平 2 处", WRONG),
    ("未填 1 处；不平 2 处", WRONG._replace(agency="")),
    ("齐全；已说明 2 处", explained(WRONG)),
    ("不平 1 处；已说明 1 处", explained(WRONG)._replace(explanations=explained(WRONG).explanations[:1])),
    ("不平 2 处", WRONG._replace(explanations=(Explanation("B02 改动前的数", "台账如此"),))),
    ("齐全；提示 1 处", changed(busy_report(), {"documents/normative_document/in_force": 1})),
    ("齐全；提示 2 处", zero_report()._replace(last=dict.fromkeys(compared()[:2], Decimal(5)))),
    (
        "填报状态不符 2 处",
        busy_report()._replace(
            filling={"review": Filling.ALL_ZERO},
            values={
                **busy_report().values,
                **{
                    key: Decimal(0)
                    for key in busy_report().values
                    if key.table == "review" and key.row != "litigation.reviewed"
                },
            },
        ),
    ),
]


@pytest.mark.parametrize(("said", "report"), STATUS)
def test_the_status_says_what_must_be_done_before_the_report_goes_out(said: str, report: Report) -> None:
    form = load_form(report.edition)
    found = status(form, report, standings(form, report))
    assert str(found) == said
    assert found.is_complete == said.startswith("齐全")
    sheets = shown(report)
    assert sheets[COVER][2][2] == said
    assert sheets[CHECKS][1][0] == said


def test_the_cover_calls_complete_what_passes_the_check_without_blanks() -> None:
    for said, report in STATUS:
        found = check(Reading("x", report))
        blank = any(each.rule in {"V01", "V02"} for each in found) or not report.agency
        assert said.startswith("齐全") == (not blank and not open_errors(found)), said


# Beside the tables


def test_both_sides_of_what_is_broken_stand_beside_the_table() -> None:
    last = {cell("requests/carried_forward/company"): Decimal(4)}
    sheet = shown(changed(WRONG, {"requests/received/law_firm": None})._replace(last=last))["三、依申请公开"]
    granted = at("requests/outcome.granted/company")
    assert sheet[granted.row - 1][12] == "✗ 总计 6，六类申请人之和 8，差 -2"
    assert sheet[at("requests/received/company").row - 1][12] == "未填 1 格"
    assert [row[granted.column - 1] for row in sheet[34:37]] == ["✓", "✗ 2≠4\n差 -2", "提示 1≠4\n差 -3"]
    assert sheet[37][3] == "疑似只填错一格：“（一）予以公开”行“商业企业”列（E9），现填 3，应为 1"


def test_an_explained_break_is_shown_as_explained() -> None:
    rows = shown(explained(WRONG))
    assert Counter(row[8] for row in rows[CHECKS][3:]) == {"✓": 44, "已说明": 2, "无上年数": 9}
    assert rows["三、依申请公开"][8][12] == "已说明 总计 6，六类申请人之和 8，差 -2"


def test_the_sheet_of_explanations_says_what_has_become_of_each() -> None:
    (row, column) = explained(WRONG).explanations
    given = (row, column._replace(reason=""), Explanation("B02 改动前的数", "台账如此"))
    rows = shown(WRONG._replace(explanations=given))[EXPLANATIONS][EXPLAINED.row - 1 :]
    assert [line[5] for line in rows[:4]] == ["已说明", "请写明原因", "已失效：数已改动", ""]
    assert [(line[1], line[2]) for line in rows[:3]] == [each[:2] for each in given]


# The fee, and how texts are judged


@pytest.mark.parametrize(
    ("fee", "text", "said"),
    [
        (Fee(charged=False), "", "本年度未收取信息处理费。"),
        (Fee(charged=True, pieces=Decimal(3), yuan=Decimal("12.5")), "无。", "本年度收取信息处理费3件，共12.5元。"),
        (Fee(charged=False), "本机关信息处理费已减免。", ""),
        (Fee(), "无。", ""),
    ],
)
def test_chapter_six_shows_the_sentence_that_it_will_say(fee: Fee, text: str, said: str) -> None:
    sheet = shown(busy_report()._replace(fee=fee, texts={"other": text}))[OTHER]
    hidden = SheetPlace(OTHER, 2, 6)
    assert SAID.replace("$", "") == hidden.a1
    below = LAYOUT.fee["yuan"]._replace(row=LAYOUT.fee["yuan"].row + 1, column=3)
    assert {sheet[place.row - 1][place.column - 1] for place in (hidden, below)} == {said}


def test_what_people_type_of_the_fee() -> None:
    charged, pieces, yuan = LAYOUT.fee.values()
    reading = typed_in(busy_report(), {charged: "已收取", pieces: "3件", yuan: " 1,200.50 "})
    assert reading.report.fee == Fee(charged=True, pieces=Decimal(3), yuan=Decimal("1200.5"))
    assert reading.findings == ()
    for typed, amount in {"120.5元": "120.5", "1.2万元": "12000", 30: "30"}.items():
        assert typed_in(busy_report(), {yuan: typed}).report.fee == Fee(yuan=Decimal(amount))
    reading = typed_in(busy_report(), {charged: "收了", pieces: "三件", yuan: "/"})
    assert reading.report.fee == Fee()
    told = {each.place: each.message for each in reading.findings}
    assert set(told) == {charged, pieces, yuan}
    assert "原文“收了”不是已收取、未收取之一" in told[charged]
    assert all("信息处理费：原文" in told[place] for place in (pieces, yuan))


@pytest.mark.parametrize(("text", "number"), [("", 0), ("一二。", 3), ("　　一 二\n\n　三\n", 3), ("A1，𠮷", 4)])
def test_characters_are_counted_without_white_space(text: str, number: int) -> None:
    assert characters(text) == number


def test_a_chapter_of_text_says_how_long_it_is_and_what_it_lacks() -> None:
    empty = shown(busy_report())
    assert empty["一、总体情况"][4][0] == "正文共 0 字，一般不超过 1000 字"
    assert empty["五、问题及改进"][4][0] == "正文共 0 字"
    aspects = [row[2] for row in empty["一、总体情况"][6:11]]
    assert aspects == ["主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"]
    assert [row[3] for row in empty["一、总体情况"][6:11]] == ["○ 未见"] * 5
    text = "（一）主动公开。\n（二）改版门户网站。\n" + "长" * 982
    full = shown(busy_report()._replace(texts={"overview": text}))["一、总体情况"]
    assert full[4][0] == "正文共 1000 字，一般不超过 1000 字"
    assert [row[3] for row in full[6:11]] == ["✓ 已写到", "○ 未见", "○ 未见", "✓ 已写到", "○ 未见"]
    longer = shown(busy_report()._replace(texts={"overview": text + "长"}))["一、总体情况"]
    assert longer[4][0] == "正文共 1001 字，一般不超过 1000 字（已超过）"


# What else people type


def test_nothing_that_people_write_is_a_formula() -> None:
    hostile = "=HYPERLINK(1)&http://example.invalid"
    report = WRONG._replace(
        particulars=dict.fromkeys(PARTICULARS, hostile),
        explanations=(Explanation(*[hostile] * 4),),
        texts={"signature": hostile, "date": "@x"},
    )
    book = built(report)
    places = [*(FIELDS[name] for name in PARTICULARS), *(EXPLAINED._replace(column=2 + n) for n in range(4))]
    cells = [book[place.sheet][place.a1] for place in places]
    assert {(each.value, each.data_type) for each in cells} == {(hostile, "s")}
    assert rewritten(Reading("x", report)).report == report


def test_more_explanations_than_there_is_room_for_are_kept_and_hold() -> None:
    broken = changed(busy_report(), {"requests/received/total": 7, "review/reconsideration/total": 7})
    lapsed = tuple(Explanation(f"从前的第 {number} 个问题", "台账如此") for number in range(40))
    report = explained(broken)._replace(explanations=(*lapsed, *explained(broken).explanations))
    read = rewritten(Reading("x", report))
    assert read.report == report
    assert open_errors(check(read)) == 0
    rows = len(report.explanations)
    formulas = [str(row[8].value) for row in built(report)[CHECKS].iter_rows(min_row=4)]
    assert all(f"$B${EXPLAINED.row}:$B${EXPLAINED.row + rows - 1}=" in formula for formula in formulas)


def test_dates_and_numbers_that_a_spreadsheet_made_of_what_was_typed_are_text() -> None:
    typed = {FIELDS["code"]: 11110000, FIELDS["filled_on"]: date(2024, 1, 9), FIELDS["round"]: 2.0}
    typed |= {EXPLAINED._replace(column=2): "B02 某行", EXPLAINED._replace(column=5): date(2024, 1, 9)}
    report = typed_in(busy_report(), typed).report
    assert report.particulars == {"code": "11110000", "filled_on": "2024年1月9日", "round": "2"}
    assert report.explanations == (Explanation("B02 某行", "", "", "2024年1月9日"),)
