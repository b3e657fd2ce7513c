from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    AGENCY,
    any_report,
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
from nianbao.form import CellKey
from nianbao.formfile import EDITIONS, load_form, read_definition
from nianbao.report import Report
from nianbao.sentences import SENTENCES_FILE, facts, generated, load_sentences
from nianbao.sentences.file import parse_sentences
from nianbao.sentences.language import tell
from nianbao.workbook.sentences import LONGEST_LITERAL, paragraph_formula

TEXTS = ["intro", "disclosure", "requests", "review"]
OUTCOMES = ("granted", "partly_granted", "denied", "unavailable", "declined", "other")


def requests(text: str) -> str:
    """What is said of a report that holds these rows of table three only."""
    return generated(report(f"requests\n{text}"))["requests"]


def with_totals(**rows: int) -> Report:
    """A report of 0, but for these rows of table three, in the column 总计."""
    return changed(zero_report(), {f"requests/{row.replace('__', '.')}/total": n for row, n in rows.items()})


def test_zero_reads_naturally() -> None:
    assert generated(zero_report()) == {
        "intro": (
            "根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号文件要求，"
            "示例市示例局编制2023年政府信息公开工作年度报告。"
            "本报告由以下部分组成：一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；"
            "四、政府信息公开行政复议、行政诉讼情况；五、存在的主要问题及改进情况；六、其他需要报告的事项。"
            "所列数据的统计期限为2023年1月1日至2023年12月31日。"
        ),
        "disclosure": (
            "2023年，规章、行政规范性文件制发、废止和现行有效件数均为零。"
            "未作出行政许可、行政处罚、行政强制处理决定。未收取行政事业性收费。"
        ),
        "requests": "2023年，未收到政府信息公开申请，没有上年结转的申请。",
        "review": "2023年，未发生因政府信息公开引起的行政复议和行政诉讼。",
    }


def test_zero_in_the_edition_of_2019() -> None:
    said = generated(zero_report("2019"))
    assert said["disclosure"] == (
        "2020年，规章、规范性文件新制作、新公开和对外公开总数均为零。"
        "未作出行政许可、其他对外管理服务事项、行政处罚、行政强制处理决定。"
        "没有行政事业性收费项目。没有政府集中采购项目。"
    )
    assert "国办公开办函〔2019〕60号文件" in said["intro"]
    assert said["requests"] == "2020年，未收到政府信息公开申请，没有上年结转的申请。"


def test_many() -> None:
    said = generated(busy_report())
    assert said["disclosure"] == (
        "2023年，行政规范性文件制发2件、废止1件、现行有效7件；规章制发、废止和现行有效件数均为零。"
        "作出行政许可处理决定120件、行政处罚处理决定15件、行政强制处理决定3件。行政事业性收费429.1万元。"
    )
    assert said["requests"] == (
        "2023年，新收政府信息公开申请17件，上年结转的申请3件。本年度办结18件，其中予以公开6件、部分公开2件、"
        "不予公开2件、无法提供4件、不予处理2件、其他处理2件。结转下年度继续办理2件。"
    )
    assert said["review"] == (
        "2023年，因政府信息公开引起的行政复议6件，其中结果维持3件、结果纠正1件、尚未审结2件。"
        "未经复议直接起诉的政府信息公开行政诉讼1件，为结果维持。"
        "复议后起诉的政府信息公开行政诉讼2件，其中其他结果1件、尚未审结1件。"
    )


def test_many_in_the_edition_of_2019() -> None:
    said = generated(busy_report("2019"))
    assert said["disclosure"] == (
        "2020年，规范性文件新制作2件、新公开2件、对外公开总数9件；规章新制作、新公开和对外公开总数均为零。"
        "作出行政许可处理决定117件、其他对外管理服务事项处理决定77件、行政处罚处理决定15件，未作出行政强制处理决定。"
        "行政事业性收费项目上一年3项，本年无增减。政府集中采购项目2个，采购总金额75.4394万元。"
    )
    assert said["requests"] == generated(busy_report())["requests"].replace("2023", "2020")


def test_a_hybrid_report_counts_its_single_row() -> None:
    assert generated(hybrid(busy_report())) == generated(busy_report())


def test_without_a_year_no_period_is_stated() -> None:
    said = generated(Report("2021", None, AGENCY, zero_report().values))
    assert "统计期限" not in said["intro"]
    assert "编制本年度政府信息公开工作年度报告" in said["intro"]
    assert said["requests"].startswith("本年度，未收到")


def test_whom_to_ask() -> None:
    asked = zero_report()._replace(particulars={"contact": " 示例局办公室，0571-00000000\n"})
    assert generated(asked)["intro"].endswith("12月31日。对本报告如有疑问，请联系：示例局办公室，0571-00000000。")
    assert "请联系" not in generated(zero_report()._replace(particulars={"contact": "  ", "preparer": "甲"}))["intro"]


@pytest.mark.parametrize(
    ("last", "change", "words"),
    [
        (3, 2, "行政事业性收费项目上一年3项，本年增加2项。"),
        (3, -3, "行政事业性收费项目上一年3项，本年减少3项。"),
        (3, 0, "行政事业性收费项目上一年3项，本年无增减。"),
        (3, None, "行政事业性收费项目上一年3项。"),
        (0, 0, "没有行政事业性收费项目。"),
        (0, 2, "上一年没有行政事业性收费项目，本年增加2项。"),
        (0, None, ""),
        (None, 2, ""),
    ],
)
def test_a_change_is_said_in_words(last: int | None, change: int | None, words: str) -> None:
    fees = {"fees/fee/items_last_year": last, "fees/fee/change": change}
    said = generated(changed(busy_report("2019"), fees))["disclosure"]
    assert f"处理决定。{words}政府集中采购项目2个" in said


def test_one_request() -> None:
    assert generated(with_totals(received=1, outcome__granted=1, outcome__total=1))["requests"] == (
        "2023年，新收政府信息公开申请1件，没有上年结转的申请。本年度办结1件，结果为予以公开。没有结转下年度继续办理的申请。"
    )


def test_several_requests_of_one_outcome() -> None:
    some = with_totals(received=3, outcome__denied__security=2, outcome__total=2, carried_forward=1)
    assert generated(some)["requests"].endswith("本年度办结2件，结果均为不予公开。结转下年度继续办理1件。")


def test_only_brought_forward_and_nothing_concluded() -> None:
    assert generated(with_totals(brought_forward=3, carried_forward=3))["requests"] == (
        "2023年，未收到政府信息公开申请，上年结转的申请3件。本年度没有办结的申请。结转下年度继续办理3件。"
    )


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ("received ~ ~ ~ ~ ~ ~ 5", "2023年，新收政府信息公开申请5件。"),
        ("received 0 0 0 0 0 0 0", "2023年，未收到政府信息公开申请。"),
        ("received 5 0 0 0 0 0 .", ""),
        ("brought_forward 0 0 0 0 0 0 5", "2023年，上年结转的申请5件。"),
        ("outcome.total 0 0 0 0 0 0 5", "本年度办结5件。"),
        ("outcome.total 0 0 0 0 0 0 0", ""),
        ("outcome.granted 0 0 0 0 0 0 5", ""),
        ("carried_forward 0 0 0 0 0 0 5", "结转下年度继续办理5件。"),
    ],
)
def test_what_a_blank_leaves_unsaid(rows: str, text: str) -> None:
    assert requests(rows) == text


def test_blank_reports_say_nothing(edition: str) -> None:
    for empty in (blank_report(edition), without(blank_report(edition), "")):
        said = generated(empty)
        assert [said[name] for name in TEXTS[1:]] == ["", "", ""]


@pytest.mark.parametrize(
    ("path", "lost", "left"),
    [
        ("documents/normative_document/issued", "行政规范性文件", "规章制发、废止和现行有效件数均为零"),
        ("enforcement/penalty/decisions", "行政处罚", "行政强制处理决定3件"),
        ("fees/fee/charged", "行政事业性收费", "行政许可处理决定120件"),
    ],
)
def test_a_blank_in_chapter_two_takes_its_clause_with_it(path: str, lost: str, left: str) -> None:
    text = generated(changed(busy_report(), {path: None}))["disclosure"]
    assert lost not in text
    assert left in text
    assert text.endswith("。")


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_one_blank_outcome_leaves_the_breakdown_unsaid(outcome: str) -> None:
    keys = [key for key in zero_report().values if key.row.startswith(f"outcome.{outcome}") and key.column == "total"]
    for key in keys:
        holed = changed(busy_report(), {str(key): None})
        assert "本年度办结18件。结转下年度" in generated(holed)["requests"]
        assert [name for name in OUTCOMES if facts(holed)[name] is None] == [outcome]


def test_blanks_of_single_applicants_do_not_matter() -> None:
    assert generated(changed(busy_report(), {"requests/received/company": None})) == generated(busy_report())


def test_disputes_of_one_kind() -> None:
    one = changed(zero_report(), {f"review/litigation.direct/{column}": 1 for column in ("upheld", "total")})
    assert generated(one)["review"] == (
        "2023年，未发生因政府信息公开引起的行政复议。未经复议直接起诉的政府信息公开行政诉讼1件，为结果维持。"
    )
    unknown = changed(one, {"review/reconsideration/total": None, "review/litigation.direct/other": None})
    assert generated(unknown)["review"] == "未经复议直接起诉的政府信息公开行政诉讼1件。"
    pending = changed(zero_report(), {f"review/reconsideration/{column}": 2 for column in ("pending", "total")})
    assert generated(pending)["review"] == (
        "2023年，因政府信息公开引起的行政复议2件，均为尚未审结。未发生因政府信息公开引起的行政诉讼。"
    )


def test_contradicting_figures_are_listed_not_explained_away() -> None:
    wrong = changed(zero_report(), {f"review/reconsideration/{column}": 2 for column in ("upheld", "other", "total")})
    assert "行政复议2件，其中结果维持2件、其他结果2件。" in generated(wrong)["review"]


@given(st.sampled_from(EDITIONS).flatmap(any_report))
def test_sentences_are_whole_whatever_the_figures(filled: Report) -> None:
    said = generated(filled._replace(agency=AGENCY, particulars={"contact": "示例路1号"}))
    assert list(said) == TEXTS
    for text in said.values():
        assert not text or text.endswith("。")
        assert not re.search(r"None|，，|，。|。。|、。|；。|其中。|\n|E\+|(?<![\d事])[件项个]。|\{|\}", text)


def test_facts_are_what_the_sentences_are_made_of() -> None:
    known = facts(busy_report())
    assert {
        name: known[name] for name in ("agency", "year", "period", "contact", "denied", "charged", "litigation")
    } == {
        "agency": AGENCY,
        "year": "2023",
        "period": "2023年",
        "contact": "",
        "denied": 2,
        "charged": Decimal("429.1"),
        "litigation": 3,
    }
    assert facts(busy_report("2019"))["fees_change"] == 0
    assert "charged" not in facts(busy_report("2019"))
    blank = facts(blank_report()._replace(year=None))
    assert [blank[name] for name in ("period", "year", "denied", "handled")] == ["本年度", "", None, None]


# The language, in small.

SMALL = """
[words]
period = { word = "year", after = "年", otherwise = "本年度" }

[quantities.every]
new = "requests/received/total"
old = "requests/brought_forward/total"
all = "new + old"

[quantities.2019]
change = "fees/fee/change"

[[sentences]]
text = "requests"
begin = "{period}，"
clauses = [{ tests = "new", zero = "无", some = "新{new}件" }, { tests = "old", some = "旧{old}件" }]

[[sentences]]
text = "requests"
when_some = "all"
joined = "；"
clauses = [{ items = { new = "新", old = "旧" }, of = "all", begin = "有", each = "{item}{number}", end = "等", one = "只", all = "都" }]

[[sentences]]
text = "disclosure"
editions = ["2019"]
clauses = [{ tests = "change", zero = "平", some = "增{change}", less = "减{-change}" }]

[[sentences]]
text = "intro"
given = "agency"
when_zero = "all"
says = "{agency}：{authority}。"
"""


def small(new: int | None, old: int | None, words: dict[str, str], edition: str = "2021", change: int = 0) -> str:
    """What `SMALL` says, all texts run together."""
    figures = {"requests/received/total": new, "requests/brought_forward/total": old, "fees/fee/change": change}
    values = {cell(path): None if number is None else Decimal(number) for path, number in figures.items()}
    script = parse_sentences(SMALL, "x", load_form(edition))
    return "".join(tell(words, values, sentences) for sentences in script.texts.values())


@pytest.mark.parametrize(
    ("new", "old", "words", "text"),
    [
        (2, 3, {}, "本年度，新2件，旧3件。有新2、旧3等。"),
        (2, 3, {"year": "2023"}, "2023年，新2件，旧3件。有新2、旧3等。"),
        (2, 0, {}, "本年度，新2件。都新。"),
        (0, 1, {}, "本年度，无，旧1件。只旧。"),
        (0, 0, {}, "本年度，无。"),
        (0, 0, {"agency": "某局"}, "本年度，无。某局：国办公开办函〔2021〕30号。"),
        (2, None, {}, "本年度，新2件。"),
        (None, 0, {}, ""),
        (None, None, {"agency": "某局"}, ""),
    ],
)
def test_the_language(new: int | None, old: int | None, words: dict[str, str], text: str) -> None:
    assert small(new, old, words) == text


@pytest.mark.parametrize(("change", "text"), [(0, "平。"), (2, "增2。"), (-2, "减2。")])
def test_signs_and_editions(change: int, text: str) -> None:
    assert small(None, None, {}, "2019", change) == text


REFUSED = [
    # what stands in SMALL, what stands there instead, what the complaint names
    ("{new}", "{newest}", "未知的“newest”"),
    ("{new}", "{old}", "“old”可能未填"),
    ("{new}", "{new", "括号不成对"),
    ('begin = "{period}，"', 'begin = "{new}，"', "“new”可能未填"),
    ("：{authority}", "{all}", "“all”可能未填"),
    ('tests = "new"', 'tests = "brandnew"', "未知的“brandnew”"),
    ('when_some = "all"', 'when_some = "everything"', "未知的“everything”"),
    ('given = "agency"', 'given = "authority"', "未知的“authority”"),
    ('word = "year"', 'word = "month"', "未知的“month”"),
    ('"new + old"', '"new + older"', "未知的“older”"),
    ('"new + old"', '"new - old"', "未知的“new - old”"),
    ('"new + old"', '"all + old"', "未知的“all”"),
    ("requests/received/total", "requests/received/sum", "2021 版式没有“requests/received/sum”"),
    ("requests/received/total", "requests/lost/total", "2021 版式没有“requests/lost/total”"),
    ("requests/received/total", "inquiries/received/total", "2021 版式没有“inquiries/received/total”"),
    ("requests/received/total", "requests/received", "2021 版式没有“requests/received”"),
    ("[quantities.2019]", 'idle = "requests/carried_forward/total"\n[quantities.2019]', "“idle”没有用到"),
    ("[quantities.every]", 'span = { word = "year" }\n[quantities.every]', "“span”没有用到"),
    ("[quantities.2019]", '[quantities.2021]\nnew = "fees/fee/charged"\n[quantities.2019]', "“new”重复"),
    ('new = "req', 'year = "requests/received/natural_person"\nnew = "req', "“year”重复"),
    ("[quantities.2019]", "[quantities.2017]", "未知字段“2017”"),
    ('text = "intro"', 'text = "outro"', "未知的“outro”"),
    ('editions = ["2019"]', 'editions = ["2018"]', "未知的“2018”"),
    ('given = "agency"', 'given = "agency"\njoined = "；"', "未知字段“joined”"),
    (', zero = "无", some = "新{new}件"', "", "分句要有“zero”或“some”"),
    ('zero = "无", some = "新{new}件"', 'zero = "无", less = "少"', "有“less”的还要有“some”"),
    ('zero = "无"', 'none = "无"', "未知字段“none”"),
    ('{ new = "新", old = "旧" }', "{}", "字段“items”不能为空"),
    ('of = "all", ', 'of = "all", are = "zero", ', "字段“are”不能是“zero”"),
    ('of = "all", ', 'of = "all", are = "none", ', "字段“are”不能是“none”"),
    (', one = "只"', "", "缺少字段“one”"),
    ('of = "all", ', "", "未知字段“one”"),
    ('{ new = "新", ', '{ new = "新{old}", ', "“old”可能未填"),
    ('clauses = [{ tests = "new"', 'clauses = []\nrest = [{ tests = "new"', "未知字段“rest”"),
    ("[words]", "[words", "不是有效的 TOML"),
]


@pytest.mark.parametrize(("old", "new", "complaint"), REFUSED)
def test_what_the_file_may_not_say(old: str, new: str, complaint: str) -> None:
    text = SMALL.replace(old, new, 1)
    assert text != SMALL
    with pytest.raises(FormFileError, match=re.escape(complaint)):
        parse_sentences(text, "x", load_form("2021"))


def test_a_sentence_without_clauses_is_refused() -> None:
    text = SMALL + '\n[[sentences]]\ntext = "review"\nclauses = []\n'
    with pytest.raises(FormFileError, match="第 5 句）：字段“clauses”不能为空"):
        parse_sentences(text, "x", load_form("2021"))


def test_every_cell_the_sentences_name_is_printed(edition: str) -> None:
    script = parse_sentences(read_definition(SENTENCES_FILE), "x", load_form(edition))
    named = {cell for quantity in script.quantities.values() for cell in quantity.cells}
    assert named <= set(load_form(edition).cells)
    assert len(script.quantities["other"].cells) == (1 if edition == "2019" else 3)


def test_a_group_is_its_rows_without_their_total() -> None:
    text = SMALL.replace("requests/received/total", "requests/outcome.*/total")
    cells = parse_sentences(text, "x", load_form("2021")).quantities["new"].cells
    assert len(cells) == 21
    assert {key.column for key in cells} == {"total"}
    assert cell("requests/outcome.total/total") not in cells


# The formulas, as text; tests/office calculates them.

FUNCTIONS = {"IF", "AND", "OR", "ISNUMBER", "COUNT", "SUM", "MID", "ROUND"}
PLACED = {"agency": "'封面'!$C$4", "year": "'封面'!$C$5", "contact": "'封面'!$C$12"}


def formulas(edition: str, sheet: str = "") -> dict[str, str]:
    places = {key: f"{sheet}J{60 + number}" for number, key in enumerate(load_form(edition).cells)}
    return {
        key: paragraph_formula(sentences, places.__getitem__, PLACED)
        for key, sentences in load_sentences(edition).items()
    }


def outside_quotes(formula: str) -> str:
    return re.sub(r'"(?:[^"]|"")*"', '""', formula)


def depth(formula: str) -> int:
    levels = [0]
    for sign in outside_quotes(formula):
        levels.append(levels[-1] + (sign == "(") - (sign == ")"))
    assert levels[-1] == 0
    return max(levels)


def test_formulas_stay_within_excel(edition: str) -> None:
    for key, formula in formulas(edition).items():
        assert (key, len(formula) < 4096, depth(formula) < 16) == (key, True, True)
        assert set(re.findall(r"[A-Z]+(?=\()", outside_quotes(formula))) <= FUNCTIONS
        assert max(len(text) for text in re.findall(r'"((?:[^"]|"")*)"', formula)) <= LONGEST_LITERAL
    for formula in formulas(edition, "'三、依申请公开'!").values():
        assert len(formula) < 8192


def test_long_and_quoted_text_in_a_formula() -> None:
    text = SMALL.replace("{agency}：", '说\\"' * 300)
    script = parse_sentences(text, "x", load_form("2021"))

    def refer(key: CellKey) -> str:
        return f"{key.row[0].upper()}1"

    formula = paragraph_formula(script.texts["intro"], refer, {"agency": "A1"})
    assert formula.startswith('=IF(AND(A1<>"",AND(COUNT(R1,B1)=2,ROUND(SUM(R1,B1),6)=0)),"说""说""')
    pieces = re.findall(r'"((?:[^"]|"")*)"', formula.split(",", 4)[-1])
    assert max(len(piece.replace('""', '"')) for piece in pieces) == 255
    assert "".join(pieces).replace('""', '"').startswith('说"' * 300 + "国办")


def test_no_sentences_are_no_text() -> None:
    assert paragraph_formula((), str, {}) == '=""'
    assert tell({}, {}, ()) == ""
