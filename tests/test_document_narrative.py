from __future__ import annotations

import os
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    AGENCY,
    any_report,
    blank_report,
    busy_report,
    changed,
    names,
    numbers,
    report,
    shared,
    without,
    zero_report,
)
from nianbao.document.article import Article, Paragraph, compose
from nianbao.document.facts import NOTHING, Background, Unit, known_numbers
from nianbao.document.narrative import LARGEST, narrate
from nianbao.errors import InputError
from nianbao.formfile import EDITIONS
from nianbao.report import Fee, Report
from nianbao.reportjson import parse
from nianbao.resources import template_path
from nianbao.sentences import generated
from nianbao.workbook.contents import carried

CHAPTERS = ("intro", "disclosure", "requests", "review")


def shipped(filled: Report, background: Background = NOTHING) -> dict[str, str]:
    return narrate(filled, template_path(f"narrative-{filled.edition}.md.j2"), background)


def office_template(folder: Path, text: str, filled: Report | None = None) -> dict[str, str]:
    path = folder / "narrative-office.md.j2"
    path.write_text(text, "utf-8")
    return narrate(filled or busy_report(), path)


def chapters(told: Mapping[str, str]) -> dict[str, str]:
    """What is told of the chapters of tables, and before chapter one."""
    return {key: told[key] for key in CHAPTERS}


def test_the_shipped_templates_say_the_generated_sentences(edition: str) -> None:
    for filled in (zero_report(edition), busy_report(edition), blank_report(edition), Report(edition, None, "")):
        assert chapters(shipped(filled)) == generated(filled)


@given(any_report("2021"))
def test_they_do_so_whatever_the_figures(filled: Report) -> None:
    assert chapters(shipped(filled)) == generated(filled)


def test_both_shipped_templates_word_the_same_things_alike() -> None:
    blocks = [
        dict(re.findall(r"{% block (\w+) %}(.*?){% endblock %}", template_path(name).read_text("utf-8"), re.DOTALL))
        for name in ("narrative-2019.md.j2", "narrative-2021.md.j2")
    ]
    assert list(blocks[0]) == list(blocks[1])
    assert [name for name, text in blocks[0].items() if text != blocks[1][name]] == [
        "overview_disclosure",
        "disclosure",
    ]


def test_the_agency_is_data() -> None:
    name = "{{ 7*7 }}{% raw %}&<b>局"
    assert f"，{name}编制" in shipped(Report("2021", 2023, name))["intro"]


def test_an_office_may_write_its_own_template(tmp_path: Path) -> None:
    text = "{% block requests %}\n{{ period }}共{{ received }}件，\n  收费{{ charged }}万元。\n{% endblock %}"
    assert office_template(tmp_path, text) == {"requests": "2023年共17件，收费429.1万元。"}


def test_an_office_may_add_to_what_is_generated(tmp_path: Path) -> None:
    text = "{% block review %}{{ said.review }}{% if disputes %}均已依法办理。{% endif %}{% endblock %}"
    assert office_template(tmp_path, text)["review"].endswith("尚未审结1件。均已依法办理。")
    assert office_template(tmp_path, text, zero_report())["review"].endswith("行政复议和行政诉讼。")


def test_a_blank_figure_is_none(tmp_path: Path) -> None:
    text = "{% block requests %}{{ '不详' if received is none else received }}，{{ received }}件。{% endblock %}"
    blank = report("requests\nreceived 5 0 0 0 0 0 .")
    assert office_template(tmp_path, text, blank) == {"requests": "不详，【未填】件。"}


TRICKS = [
    # what a block says, what the complaint names
    ("agency.__class__.__mro__", "“.__mro__”"),
    ("received.__class__", "“received.__class__”"),
    ("said.__class__.__base__.__subclasses__()", "“( )”"),
    ("received.adjusted.__func__.__globals__", "“.__globals__”"),
    ("''.__class__", "“.__class__”"),
    ("said.clear()", "“( )”"),
    ("said.clear", "“said.clear”"),
    ("said.update(other=1)", "“( )”"),
    ("said['__class__']", "“[ ]”"),
    ("said|attr('keys')", "“|attr”"),
    ("self.__init__.__globals__", "“.__globals__”"),
    ("self.review()", "“( )”"),
    ("cycler.__init__", "“cycler”"),
    ("range(10)", "“( )”"),
    ("lipsum()", "“( )”"),
    ("'{0.__class__}'.format(agency)", "“( )”"),
    ("'{0.__class__}'|format(agency)", "“|format”"),
    ("'%999999999d' % received", "“%”"),
    ("'甲' * 10**9", "“*”"),
    ("10**10**10", "“**”"),
    ("received / 3", "“/”"),
    ("received // 3", "“//”"),
    ("agency|center(10**9)", "“|center”"),
    ("agency|replace('', agency)", "“|replace”"),
    ("agency|abs(1)", "“|abs”"),
    ("agency ~ agency", "“~”"),
    ("[agency, agency]", "“[ ]”"),
    ("(agency, agency)", "“( )”"),
    ("{'a': agency}", "“{ }”"),
    ("received is divisibleby 3", "“is divisibleby”"),
    ("no_such_fact", "“no_such_fact”"),
    ("said.no_such_text", "“said.no_such_text”"),
    ("units.agency", "“units.agency”"),
    ("loop.last", "“loop”"),
    ("fees_change", "“fees_change”"),
    ("9" * 5000, "太复杂"),
    ("(" * 300 + "1" + ")" * 300, "太复杂"),
    ("received" + " + received" * 60, "嵌套太深"),
    ("- " * 60 + "received", "嵌套太深"),
    ("not " * 2000 + "received", "太复杂"),
    # what is allowed, but not of these
    ("received + agency", "算不出来"),
    ("received + 0.5", "算不出来"),
    ("-agency", "算不出来"),
    ("agency|abs", "算不出来"),
    ("1 if contact > 3", "算不出来"),
    ("said", "算不出来"),
    ("units", "算不出来"),
    ("received > 3", "算不出来"),
    ("1.5", "算不出来"),
]
STATEMENTS = [
    ("{% set a = agency %}", "“set”"),
    ("{% set a %}{{ agency }}{% endset %}", "“set”"),
    ("{% macro a() %}{{ a() }}{% endmacro %}", "“macro”"),
    ("{% call a() %}{% endcall %}", "“call”"),
    ("{% include '../secret' %}", "“include”"),
    ("{% import '../secret' as a %}", "“import”"),
    ("{% from '../secret' import a %}", "“import”"),
    ("{% filter abs %}{% endfilter %}", "“filter”"),
    ("{% with a = agency %}{% endwith %}", "“with”"),
    ("{% autoescape true %}{% endautoescape %}", "“autoescape”"),
    ("{% block review %}{% endblock %}", "“block 里的 block”"),
    ("{% for a in range(10**9) %}{% endfor %}", "不是名单"),
    ("{% for a in said %}{% endfor %}", "不是名单"),
    ("{% for a in agency %}{% endfor %}", "不是名单"),
    ("{% for a in units recursive %}{{ loop(a) }}{% endfor %}", "的 for 写法不能用"),
    ("{% for a, b in units %}{% endfor %}", "的 for 写法不能用"),
    ("{% for received in units %}{% endfor %}", "的 for 写法不能用"),
    ("{% for a in units %}{% for b in units %}{% endfor %}{% endfor %}", "for 里又写了 for"),
    ("{% for a in units %}{{ a.count }}{% endfor %}", "“a.count”"),
    ("{% for a in units %}{% endfor %}{{ a.agency }}", "“a”"),
    ("{% do said.clear() %}", "写法有误"),
    ("{% if received %}", "写法有误"),
    ("{{ received", "写法有误"),
    ("{% if 1 %}" * 120 + "{% endif %}" * 120, "嵌套太深"),
    ("{% if 1 %}" * 900 + "{% endif %}" * 900, "太复杂"),
    ("{{ said.intro }}" * 200, "超过 20000 字"),
]


@pytest.mark.parametrize(("trick", "words"), [(f"{{{{ {trick} }}}}", words) for trick, words in TRICKS] + STATEMENTS)
def test_a_template_does_no_harm(tmp_path: Path, trick: str, words: str) -> None:
    text = f"{{# 说明\n #}}\n{{% block requests %}}\n{trick}\n{{% endblock %}}"
    with pytest.raises(InputError, match=re.escape(words)) as caught:
        office_template(tmp_path, text)
    assert str(caught.value).startswith("文字模板“narrative-office.md.j2”：第 ")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{% block requests %}\n\n{{ no_such_fact }}{% endblock %}", 3),
        ("{% block requests %}\n{% if received\n > no_such_fact %}{% endif %}{% endblock %}", 3),
        ("{% block requests %}甲\n乙\n{{ contact + 1 }}{% endblock %}", 3),
        ("{% block requests %}\n{{ received }}\n{{ agency", 3),
        ("{% block requests %}{% endblock %}\n\n甲", 3),
        ("{% block requests %}{% endblock %}\n\n{{ agency }}", 3),
        ("{% block requests %}{% endblock %}\n\n{% block nobody %}{% endblock %}", 3),
        ("{% block requests %}{% endblock %}\n\n{% block requests %}{% endblock %}", 3),
        ("\n\n{% extends 'narrative-2021.md.j2' %}", 3),
        ("{# 甲\n乙 #}", 1),
        ("", 1),
    ],
)
def test_the_line_is_named(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(InputError, match=f"：第 {line} 行"):
        office_template(tmp_path, text)


def test_what_a_template_may_say(tmp_path: Path) -> None:
    path = tmp_path / "own.j2"
    path.write_text(
        "\ufeff{% block requests %}{% for unit in units if unit.received > 1 %}{{ loop.index }}.{{ unit.agency }}"
        "{{ unit.received }}件{% if not loop.last %}，{% endif %}{% else %}无{% endfor %}；共{{ units|length }}个，"
        "{{ -received }}、{{ (received - concluded)|abs }}、{{ received + brought_forward - 1 }}、"
        "{% if 3 <= received < 30 and (contact or not units) %}甲{% elif received is none %}乙{% else %}丙{% endif %}"
        "{{ last.received }}{% raw %}{{ 1 }}{% endraw %}\x00{% endblock %}",
        "utf-8",
    )
    units = (Unit("一局", Decimal(3)), Unit("二局", Decimal(1)), Unit(" 三\n局 ", Decimal(13)))
    assert narrate(busy_report(), path, Background(units=units)) == {
        "requests": "1.一局3件，2.三 局13件；共3个，-17、1、19、丙【未填】{{ 1 }}"
    }
    assert narrate(busy_report(), path)["requests"].startswith("无；共0个，-17、1、19、甲")


def test_a_blank_stays_blank_in_a_sum(tmp_path: Path) -> None:
    text = "{% block requests %}{{ received + 1 }}，{{ -received }}{% endblock %}"
    assert office_template(tmp_path, text, blank_report()) == {"requests": "【未填】，【未填】"}
    with pytest.raises(InputError, match=r"第 1 行算不出来.*is not none"):
        office_template(tmp_path, "{% block requests %}{% if received > 3 %}{% endif %}{% endblock %}", blank_report())


def test_a_file_that_is_no_template_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.j2"
    for content, words in [
        ("{% block requests %}申请{% endblock %}".encode("gbk"), "不是 UTF-8 编码"),
        ("{% block requests %}申请{% endblock %}".encode("utf-16"), "不是 UTF-8 编码"),
        (b"a" * (LARGEST + 1), "超过 32 KB"),
    ]:
        path.write_bytes(content)
        with pytest.raises(InputError, match=f"own.j2”：{words}"):
            narrate(busy_report(), path)


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "missing.j2", tmp_path / "pipe"):
        with pytest.raises(InputError, match=f"“{path.name}”：打不开这个文件"):
            narrate(busy_report(), path)


def test_a_template_that_is_not_shipped_is_named() -> None:
    with pytest.raises(InputError, match="narrative-1999"):
        template_path("narrative-1999.md.j2")


def test_what_an_office_typed_is_one_line(tmp_path: Path) -> None:
    text = "{% block intro %}{{ agency }}（{{ contact }}）{% endblock %}"
    filled = Report("2021", 2023, f" {AGENCY}\n办公室 ", particulars={"contact": "0571-00000000\n传真同号"})
    assert office_template(tmp_path, text, filled) == {"intro": f"{AGENCY} 办公室（0571-00000000 传真同号）"}


# With last year's report.


def year_before(filled: Report, changes: Mapping[str, int | str | None] | None = None) -> Background:
    """Last year's report, with the same figures but for `changes`."""
    return Background(changed(filled, changes or {})._replace(year=(filled.year or 0) - 1))


def added(filled: Report, background: Background) -> dict[str, str]:
    """What the report of last year adds to each chapter."""
    told, said = shipped(filled, background), generated(filled)
    assert all(told[key].startswith(said[key]) for key in CHAPTERS)
    return {key: told[key].removeprefix(said[key]) for key in CHAPTERS}


def test_a_busy_year_after_another() -> None:
    last = {
        "requests/received/total": 40,
        "requests/outcome.total/total": 36,
        "requests/carried_forward/total": 2,
        "documents/normative_document/in_force": 6,
        "licensing/licence/decisions": 100,
        "enforcement/penalty/decisions": 16,
        "review/reconsideration/total": 0,
    }
    background = year_before(busy_report(), last)
    assert added(busy_report(), background) == {
        "intro": "",
        "disclosure": "现行有效的行政规范性文件比上年增加1件。行政许可处理决定比上年增加20件，增长20.0%；"
        "行政处罚处理决定比上年减少1件；行政强制处理决定与上年持平。",
        "requests": "办结的申请比上年减少18件，下降50.0%；结转下年度继续办理的申请与上年持平。",
        "review": "行政复议上年为0件；行政诉讼与上年持平。",
    }
    told = shipped(busy_report(), background)
    assert told["overview_disclosure"].endswith("处理决定共138件，比上年增加19件，增长16.0%。")
    assert told["overview_requests"].startswith("2023年，新收政府信息公开申请17件，比上年减少23件，下降57.5%，连同")


@pytest.mark.parametrize(
    ("last", "now", "words"),
    [
        ((0, 0), {}, "行政复议、行政诉讼上年均为0件。"),
        ((0, 3), {}, "行政复议上年为0件；行政诉讼与上年持平。"),
        ((2, 0), {}, "行政复议比上年增加4件；行政诉讼上年为0件。"),
        ((0, 0), {"review/litigation.direct/total": 0, "review/litigation.reviewed/total": 0}, "行政复议上年为0件。"),
        ((0, 0), {"review/reconsideration/total": -1}, "行政诉讼上年为0件。"),
        ((0, 0), {"review/reconsideration/total": None}, "行政诉讼上年为0件。"),
    ],
)
def test_two_kinds_of_which_last_year_had_none_are_said_together(
    last: tuple[int, int], now: dict[str, int | str | None], words: str
) -> None:
    reconsidered, sued = last
    background = year_before(
        busy_report(),
        {
            "review/reconsideration/total": reconsidered,
            "review/litigation.direct/total": sued,
            "review/litigation.reviewed/total": 0,
        },
    )
    assert added(changed(busy_report(), now), background)["review"] == words


def test_growth_of_what_was_received_is_said_once() -> None:
    background = year_before(busy_report(), {"requests/received/total": 40})
    own = busy_report()._replace(texts={"overview": "自己写的。"})
    assert "新收的申请" not in shipped(busy_report(), background)["requests"]
    assert "新收的申请比上年减少23件，下降57.5%；办结的申请" in shipped(own, background)["requests"]


def test_after_the_older_edition_only_what_both_have_is_compared() -> None:
    filled = busy_report()._replace(year=2021)
    assert added(filled, Background(busy_report("2019"))) == {
        "intro": "",
        "disclosure": "行政许可处理决定比上年增加3件，增长2.6%；行政处罚处理决定与上年持平；行政强制处理决定上年为0件。",
        "requests": "办结的申请与上年持平；结转下年度继续办理的申请与上年持平。",
        "review": "行政复议与上年持平；行政诉讼与上年持平。",
    }
    told = added(busy_report("2019"), year_before(busy_report("2019"), {"documents/normative_document/public": 8}))
    assert told["disclosure"].startswith("对外公开的规范性文件比上年增加1件。行政许可处理决定与上年持平；其他对外管理")


@pytest.mark.parametrize("year", [2021, 2023, 2024, None])
def test_only_the_year_before_is_compared(year: int | None) -> None:
    other = Background(zero_report()._replace(year=year))
    assert shipped(busy_report(), other) == shipped(busy_report())
    assert shipped(busy_report()._replace(year=None), other) == shipped(busy_report()._replace(year=None))


def test_nothing_is_said_of_what_one_year_lacks() -> None:
    for last in (blank_report(), without(blank_report(), "")):
        assert set(added(busy_report(), year_before(last)).values()) == {""}
    assert set(added(blank_report(), year_before(busy_report())).values()) == {""}
    assert set(added(zero_report(), year_before(zero_report())).values()) == {""}


# Chapter one.


def requests(rows: dict[str, int], last: int | None = None) -> str:
    """What chapter one says of a report of 0 with these rows in the column 总计, after a year of `last` new requests."""
    filled = changed(zero_report(), {f"requests/{row}/total": number for row, number in rows.items()})
    background = NOTHING if last is None else year_before(zero_report(), {"requests/received/total": last})
    return shipped(filled, background)["overview_requests"].removeprefix("2023年，")


@pytest.mark.parametrize(
    ("rows", "last", "words"),
    [
        ({}, None, "新收和上年结转的政府信息公开申请均为0件。"),
        ({}, 0, "新收和上年结转的政府信息公开申请均为0件。"),
        ({}, 2, "新收和上年结转的政府信息公开申请均为0件，新收申请比上年减少2件。"),
        ({"received": 1, "outcome.total": 1}, None, "新收政府信息公开申请1件；到年底已办结。"),
        ({"received": 2, "outcome.total": 2}, 1, "新收政府信息公开申请2件，比上年增加1件；到年底均已办结。"),
        (
            {"received": 1, "carried_forward": 1},
            0,
            "新收政府信息公开申请1件，上年为0件；到年底尚未办结，结转下年度继续办理1件。",
        ),
        (
            {"brought_forward": 3, "outcome.total": 3},
            None,
            "没有新收的政府信息公开申请，继续办理上年结转的3件；到年底均已办结。",
        ),
        (
            {"received": 90, "brought_forward": 10, "outcome.total": 80, "carried_forward": 20, "outcome.granted": 30},
            60,
            (
                "新收政府信息公开申请90件，比上年增加30件，增长50.0%，连同上年结转的10件，共办理100件；"
                "到年底办结80件，结转下年度继续办理20件。办结的申请中，予以公开的共30件，占37.5%。"
            ),
        ),
        (
            {"received": 30, "outcome.total": 30, "outcome.partly_granted": 1},
            None,
            "新收政府信息公开申请30件；到年底均已办结。办结的申请中，部分公开的共1件，占3.3%。",
        ),
        (
            {"received": 30, "outcome.total": 30, "outcome.partly_granted": 1, "outcome.granted": 2},
            None,
            "新收政府信息公开申请30件；到年底均已办结。办结的申请中，予以公开和部分公开的共3件，占10.0%。",
        ),
        (
            {"received": 30, "outcome.total": 30, "outcome.granted": 30},
            None,
            "新收政府信息公开申请30件；到年底均已办结。",
        ),
        # figures that contradict one another are stated, not explained
        ({"received": 3, "outcome.total": 2}, None, "新收政府信息公开申请3件；到年底办结2件，结转下年度继续办理0件。"),
        (
            {"received": -1, "brought_forward": 1},
            None,
            "新收政府信息公开申请-1件，连同上年结转的1件，共办理0件；到年底均已办结。",
        ),
    ],
)
def test_requests_in_chapter_one(rows: dict[str, int], last: int | None, words: str) -> None:
    assert requests(rows, last) == words


@pytest.mark.parametrize("row", ["received", "brought_forward", "outcome.total", "carried_forward"])
def test_a_blank_leaves_requests_unsaid_in_chapter_one(row: str) -> None:
    assert shipped(changed(busy_report(), {f"requests/{row}/total": None}))["overview_requests"] == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"documents/regulation/issued": 1}, "2023年，制发规章1件、行政规范性文件2件。作出"),
        ({"documents/regulation/issued": 1, "documents/normative_document/issued": 0}, "2023年，制发规章1件。作出"),
        ({"documents/regulation/issued": None}, "作出行政许可、行政处罚、行政强制处理决定共138件。"),
        ({"licensing/licence/decisions": None}, "2023年，制发行政规范性文件2件。"),
    ],
)
def test_disclosure_in_chapter_one(changes: dict[str, int | str | None], words: str) -> None:
    assert shipped(changed(busy_report(), changes))["overview_disclosure"].startswith(words)


# The units of a city.


def city(*received: int | None, total: int | None = None, expected: int | None = None) -> str:
    """What is said of units that received so many requests, `total` of them together."""
    units = tuple(
        Unit(f"{n}局", None if r is None else Decimal(r)) for n, r in zip("甲乙丙丁戊己庚", received, strict=False)
    )
    whole = sum(r or 0 for r in received) if total is None else total
    filled = changed(zero_report(), {"requests/received/total": whole})
    return shipped(filled, Background(None, units, expected))["overview_units"]


@pytest.mark.parametrize(
    ("received", "words"),
    [
        ((), ""),
        ((0, 0), "本报告汇总了2个单位报送的数据。这些单位均未收到政府信息公开申请。"),
        ((0, None), "本报告汇总了2个单位报送的数据。"),
        ((9, None), "本报告汇总了2个单位报送的数据。"),
        ((9, -1), "本报告汇总了2个单位报送的数据。"),
        ((0, 5), "本报告汇总了2个单位报送的数据。收到政府信息公开申请的单位有1个，即乙局（5件）。"),
        (
            (9, 5, 50, 7, 6, 4, 8),
            (
                "本报告汇总了7个单位报送的数据。收到政府信息公开申请的单位有7个，"
                "其中新收最多的5个单位是丙局（50件）、甲局（9件）、庚局（8件）、丁局（7件）、戊局（6件），"
                "合计占新收总数的89.9%。"
            ),
        ),
        (
            (9, 5, 5, 5, 5, 5, 0),
            (
                "本报告汇总了7个单位报送的数据。收到政府信息公开申请的单位有6个，其中新收最多的1个单位是甲局（9件），"
                "合计占新收总数的26.5%。"
            ),
        ),
        ((1, 1, 1, 1, 1, 1, 0), "本报告汇总了7个单位报送的数据。收到政府信息公开申请的单位有6个。"),
        (
            (3, 2, 2, 2, 1, 1, 1),
            (
                "本报告汇总了7个单位报送的数据。收到政府信息公开申请的单位有7个，"
                "其中新收最多的4个单位是甲局（3件）、乙局（2件）、丙局（2件）、丁局（2件）。"
            ),
        ),
    ],
)
def test_units(received: tuple[int | None, ...], words: str) -> None:
    assert city(*received) == words


def test_units_that_do_not_add_up_have_no_share() -> None:
    assert "占" not in city(90, 5, 5, 5, 5, 4, total=200)
    assert "占" in city(90, 5, 5, 5, 5, 4, total=114)


def test_completeness_is_not_claimed() -> None:
    assert city(0, expected=3).startswith("本报告汇总了1个单位报送的数据，应报送的单位有3个。")
    assert "应报送" not in city(0)


# Whatever the figures.

MEASURED = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?=万元|[件个项元%倍])")


def made(article: Article) -> list[str]:
    """The sentences that come from the figures."""
    return [block.text for block in article.blocks if isinstance(block, Paragraph) and block.made]


def unproven(filled: Report, background: Background) -> list[str]:
    """Numbers in generated sentences that come from nowhere."""
    known = known_numbers(filled, background)
    return [
        number for text in made(compose(filled, background)) for number in MEASURED.findall(text) if number not in known
    ]


@st.composite
def any_background(draw: st.DrawFn, filled: Report) -> Background:
    """Last year's report of either edition, or none, and units."""
    last = draw(st.none() | st.sampled_from(EDITIONS).flatmap(any_report))
    received = st.none() | numbers("count") | st.integers(0, 3).map(Decimal)
    units = draw(st.lists(st.builds(Unit, names(), received), max_size=8))
    year = (filled.year or 0) - 1
    return Background(last and last._replace(year=year), tuple(units), draw(st.none() | st.integers(0, 99)))


@given(st.data(), st.sampled_from(EDITIONS))
def test_every_number_comes_from_the_figures(data: st.DataObject, edition: str) -> None:
    filled = data.draw(any_report(edition))
    assert unproven(filled, data.draw(any_background(filled))) == []


@given(st.data(), st.sampled_from(EDITIONS))
def test_sentences_are_whole_whatever_the_figures(data: st.DataObject, edition: str) -> None:
    filled = data.draw(any_report(edition))._replace(agency=AGENCY, particulars={}, texts={})
    background = data.draw(any_background(filled))
    units = tuple(Unit(AGENCY, unit.received) for unit in background.units)
    for text in made(compose(filled, background._replace(units=units))):
        assert text.endswith("。")
        assert not re.search(
            r"None|【|，，|，。|。。|、。|；。|。；|即。|是。|是，|\n|E\+|(?<![\d事文])[件项个]。", text
        )


def test_known_numbers() -> None:
    filled = busy_report()._replace(fee=Fee(charged=True, pieces=Decimal(44), yuan=Decimal("1230.5")))
    background = year_before(filled, {"requests/received/total": 36})
    assert "16" not in known_numbers(filled)
    assert {"17", "138", "429.1", "2023", "2022", "44", "1230.5"} <= known_numbers(filled)
    assert known_numbers(filled, background) - known_numbers(filled) == {"36", "19", "52.8"}
    units = (Unit("第21局", Decimal(31)), Unit("乙局", None))
    assert {"21", "31", "55"} <= known_numbers(filled, Background(units=units, expected=55))


def test_real_reports_with_the_year_before() -> None:
    folder = shared() / "data" / "reports"
    read = {path.stem: carried(parse(path.read_text("utf-8"), path.name)[0].report) for path in folder.glob("*.json")}
    bare = {name: each._replace(texts={}) for name, each in read.items()}
    for name, filled in bare.items():
        last = bare.get(f"{name[:-4]}{(filled.year or 0) - 1}")
        assert unproven(filled, Background(last)) == []
    told = shipped(bare["pingtan_2022"], Background(bare["pingtan_2021"]))
    assert "新收政府信息公开申请74件，比上年增加4件，增长5.7%" in told["overview_requests"]
    assert "现行有效的行政规范性文件比上年增加33件，增长5.0%。" in told["disclosure"]
    told = shipped(bare["pingtan_2021"], Background(bare["pingtan_2020"]))
    assert "规范性文件比上年" not in told["disclosure"]
    assert "行政许可处理决定比上年增加2015件，增长724.8%" in told["disclosure"]
