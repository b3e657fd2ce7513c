from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from builders import AGENCY, any_report, blank_report, busy_report, changed, hybrid, report, without, zero_report
from nianbao.document.facts import facts
from nianbao.document.narrative import narrate
from nianbao.errors import InputError
from nianbao.report import Report
from nianbao.resources import template_path

BLOCKS = {"intro", "disclosure", "requests", "review"}


def said(filled: Report) -> dict[str, str]:
    return narrate(facts(filled), template_path(f"narrative-{filled.edition}.md.j2"))


def requests(text: str) -> str:
    return said(report(f"requests\n{text}"))["requests"]


def office_template(folder: Path, text: str) -> dict[str, str]:
    path = folder / "narrative-office.md.j2"
    path.write_text(text, "utf-8")
    return narrate(facts(busy_report()), path)


def test_the_opening() -> None:
    assert said(zero_report())["intro"] == (
        "根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号文件要求，示例市示例局编制2023年政府信息公开工作年度报告。"
        "本报告由以下部分组成：一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；"
        "四、政府信息公开行政复议、行政诉讼情况；五、存在的主要问题及改进情况；六、其他需要报告的事项。"
        "所列数据的统计期限为2023年1月1日至2023年12月31日。"
    )
    assert "国办公开办函〔2019〕60号文件" in said(zero_report("2019"))["intro"]


def test_without_a_year_no_period_is_stated() -> None:
    sentences = said(Report("2021", None, AGENCY, zero_report().values))
    assert "统计期限" not in sentences["intro"]
    assert "编制本年度政府信息公开工作年度报告" in sentences["intro"]
    assert sentences["requests"].startswith("本年度，未收到")


def test_zero_reads_naturally() -> None:
    sentences = said(zero_report())
    assert sentences["disclosure"] == (
        "2023年，规章、行政规范性文件制发、废止和现行有效件数均为零。"
        "未作出行政许可、行政处罚、行政强制处理决定。未收取行政事业性收费。"
    )
    assert sentences["requests"] == "2023年，未收到政府信息公开申请，没有上年结转的申请。"
    assert sentences["review"] == "2023年，未发生因政府信息公开引起的行政复议和行政诉讼。"


def test_zero_in_the_edition_of_2019() -> None:
    assert said(zero_report("2019"))["disclosure"] == (
        "2020年，规章、规范性文件新制作、新公开和对外公开总数均为零。"
        "未作出行政许可、其他对外管理服务事项、行政处罚、行政强制处理决定。"
        "没有行政事业性收费项目。没有政府集中采购项目。"
    )


def test_many() -> None:
    sentences = said(busy_report())
    assert sentences["disclosure"] == (
        "2023年，行政规范性文件制发2件、废止1件、现行有效7件；规章制发、废止和现行有效件数均为零。"
        "作出行政许可处理决定120件、行政处罚处理决定15件、行政强制处理决定3件。行政事业性收费429.1万元。"
    )
    assert sentences["requests"] == (
        "2023年，新收政府信息公开申请17件，上年结转3件。本年度办结18件，其中予以公开6件、部分公开2件、"
        "不予公开2件、无法提供4件、不予处理2件、其他处理2件。结转下年度继续办理2件。"
    )
    assert sentences["review"] == (
        "2023年，因政府信息公开引起的行政复议6件，其中结果维持3件、结果纠正1件、尚未审结2件；"
        "行政诉讼3件（未经复议直接起诉1件、复议后起诉2件），其中结果维持1件、其他结果1件、尚未审结1件。"
    )


def test_many_in_the_edition_of_2019() -> None:
    assert said(busy_report("2019"))["disclosure"] == (
        "2020年，规范性文件新制作2件、新公开2件、对外公开总数9件；规章新制作、新公开和对外公开总数均为零。"
        "作出行政许可处理决定118件、其他对外管理服务事项处理决定77件、行政处罚处理决定15件，未作出行政强制处理决定。"
        "行政事业性收费项目上一年3项，本年无增减。政府集中采购项目2个，采购总金额75.4394万元。"
    )


@pytest.mark.parametrize(("change", "words"), [(2, "本年增加2项。"), (-3, "本年减少3项。"), (0, "本年无增减。")])
def test_a_change_is_said_in_words(change: int, words: str) -> None:
    assert words in said(changed(busy_report("2019"), {"fees/fee/change": change}))["disclosure"]


def test_a_hybrid_report_counts_its_single_row() -> None:
    assert said(hybrid(busy_report())) == said(busy_report())


def test_one_request() -> None:
    one = changed(
        zero_report(),
        {f"requests/{row}/total": 1 for row in ("received", "outcome.granted", "outcome.total")},
    )
    assert said(one)["requests"] == (
        "2023年，新收政府信息公开申请1件，没有上年结转的申请。本年度办结1件，结果为予以公开。没有结转下年度继续办理的申请。"
    )


def test_several_requests_of_one_outcome() -> None:
    rows = {"received": 3, "outcome.denied.security": 2, "outcome.total": 2, "carried_forward": 1}
    some = changed(zero_report(), {f"requests/{row}/total": number for row, number in rows.items()})
    assert said(some)["requests"].endswith("本年度办结2件，结果均为不予公开。结转下年度继续办理1件。")


def test_only_brought_forward_and_nothing_concluded() -> None:
    rows = {"brought_forward": 3, "carried_forward": 3}
    some = changed(zero_report(), {f"requests/{row}/total": number for row, number in rows.items()})
    assert said(some)["requests"] == (
        "2023年，未收到政府信息公开申请，上年结转3件。本年度没有办结的申请。结转下年度继续办理3件。"
    )


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ("received ~ ~ ~ ~ ~ ~ 5", "2023年，新收政府信息公开申请5件。"),
        ("received 0 0 0 0 0 0 0", "2023年，未收到政府信息公开申请。"),
        ("received 5 0 0 0 0 0 .", ""),
        ("brought_forward 0 0 0 0 0 0 5", ""),
        ("outcome.total 0 0 0 0 0 0 5", "本年度办结5件。"),
        ("outcome.total 0 0 0 0 0 0 0", ""),
        ("carried_forward 0 0 0 0 0 0 5", "结转下年度继续办理5件。"),
    ],
)
def test_what_a_blank_leaves_unsaid(rows: str, text: str) -> None:
    assert requests(rows) == text


def test_blank_reports_say_nothing(edition: str) -> None:
    for empty in (blank_report(edition), without(blank_report(edition), "")):
        sentences = said(empty)
        assert [sentences[name] for name in ("disclosure", "requests", "review")] == ["", "", ""]


@pytest.mark.parametrize(
    ("cell", "lost", "left"),
    [
        ("documents/normative_document/issued", "行政规范性文件", "规章制发、废止和现行有效件数均为零"),
        ("enforcement/penalty/decisions", "行政处罚", "行政强制处理决定3件"),
        ("fees/fee/charged", "行政事业性收费", "行政许可处理决定120件"),
    ],
)
def test_a_blank_in_chapter_two_takes_its_clause_with_it(cell: str, lost: str, left: str) -> None:
    text = said(changed(busy_report(), {cell: None}))["disclosure"]
    assert lost not in text
    assert left in text
    assert text.endswith("。")


def test_disputes_of_one_kind() -> None:
    one = changed(zero_report(), {f"review/litigation.direct/{column}": 1 for column in ("upheld", "total")})
    assert said(one)["review"] == (
        "2023年，因政府信息公开引起的行政复议0件；行政诉讼1件（未经复议直接起诉1件），为结果维持。"
    )
    unknown = changed(one, {"review/reconsideration/total": None, "review/litigation.direct/other": None})
    assert said(unknown)["review"] == "2023年，因政府信息公开引起的行政诉讼1件（未经复议直接起诉1件）。"


def test_contradicting_figures_are_listed_not_explained_away() -> None:
    wrong = changed(zero_report(), {f"review/reconsideration/{column}": 2 for column in ("upheld", "other", "total")})
    assert "行政复议2件，其中结果维持2件、其他结果2件；" in said(wrong)["review"]


@given(any_report("2021"))
def test_sentences_are_whole_whatever_the_figures(filled: Report) -> None:
    sentences = said(filled)
    assert set(sentences) == BLOCKS
    for text in [sentences[name] for name in BLOCKS - {"intro"}]:
        assert not text or text.endswith("。")
        assert not any(flaw in text for flaw in ("None", "，，", "，。", "。。", "、。", "；。", "其中。", "\n", "E+"))


def test_the_agency_is_data() -> None:
    name = "{{ 7*7 }}{% raw %}&<b>局"
    assert f"，{name}编制" in said(Report("2021", 2023, name))["intro"]


def test_an_office_may_write_its_own_template(tmp_path: Path) -> None:
    text = "{% block requests %}\n全年{{ received }}件，\n  收费{{ fees[0].figures.charged }}万元。\n{% endblock %}"
    assert office_template(tmp_path, text) == {"requests": "全年17件，收费429.1万元。"}


@pytest.mark.parametrize(
    "trick",
    [
        "agency.__class__.__mro__",
        "fees[0].__class__",
        "fees.__class__.__base__.__subclasses__()",
        "fees[0].label.__init__.__globals__",
        "''.__class__",
        "fees[0].complete.__doc__.__class__",
        "outcomes.clear()",
        "outcomes.update(other=1)",
        "self.__init__.__globals__",
        "cycler.__init__",
        "range(10)",
        "lipsum()",
        "'{0.__class__}'.format(agency)",
    ],
)
def test_the_sandbox_refuses_tricks(tmp_path: Path, trick: str) -> None:
    with pytest.raises(InputError, match="narrative-office"):
        office_template(tmp_path, f"{{% block requests %}}{{{{ {trick} }}}}{{% endblock %}}")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("{{ no_such_fact }}", "no_such_fact"),
        ("{{ received / 0 }}", "无法生成文字"),
        ("{% include '../secret' %}", "无法生成文字"),
        ("\n{{ received", "第 2 行写法有误"),
        ("{{ received + agency }}", "无法生成文字"),
    ],
)
def test_a_faulty_template_is_named(tmp_path: Path, fault: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        office_template(tmp_path, f"{{% block requests %}}{fault}{{% endblock %}}")


def test_a_template_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "narrative-office.md.j2"
    path.write_bytes("{% block requests %}申请{% endblock %}".encode("gbk"))
    with pytest.raises(InputError, match="无法生成文字"):
        narrate(facts(busy_report()), path)


def test_a_template_that_is_not_shipped_is_named() -> None:
    with pytest.raises(InputError, match="narrative-1999"):
        template_path("narrative-1999.md.j2")
