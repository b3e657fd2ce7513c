"""The page of problems: what stands on it and in which order, for whom it is readable, and what it cannot be made to do."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from builders import busy_report, cell, changed
from nianbao.check import Checked, check, count_line
from nianbao.checks.reading import r01_unreadable
from nianbao.document.problems import write_problems
from nianbao.errors import InputError
from nianbao.findings import Finding, Severity, State, Suspect
from nianbao.importing.xmlparts import Element
from nianbao.places import LinePlace, SheetPlace
from nianbao.reading import Reading
from nianbao.report import Explanation, Report

ERROR, WARNING, INFO = Severity
HOSTILE = [
    "<script>alert(1)</script>",
    "</title></style></script><img src=x onerror=alert(1)>",
    "甲 &amp; 乙 &lt; 丙 & 丁",
    "\"双引号\" '单引号' onclick=x",
    "<!-- 注释 --> ]]> <![CDATA[",
    "javascript:alert(1) http://示例 url(x)",
    "\u202e倒写 𠮷野家",
]
WRONG = changed(busy_report(), {"requests/outcome.granted/company": 3})
"""Row 予以公开 and column 商业企业 do not add up."""
COLUMN = "B03 三、依申请公开“商业企业”列：2 对 4"
READ = Reading("x", busy_report())


def unit(name: str, *findings: Finding, reading: Reading = READ) -> Checked:
    """A report of the office `name`, in a file of that name."""
    renamed = reading._replace(report=reading.report._replace(agency=name))
    return Checked(Path(f"{name}.xlsx"), renamed, findings)


def checked(report: Report, name: str = "示例局") -> Checked:
    reading = Reading("x", report)
    return unit(name, *check(reading), reading=reading)


def unreadable(name: str, why: str = "文件加了打开密码") -> Checked:
    return Checked(Path(name), None, (r01_unreadable(InputError(name, why, "请去掉密码后另存")),))


def finding(
    severity: Severity, message: str = "有问题。请改正。", rule: str = "V02", *, explained: bool = False
) -> Finding:
    return Finding(rule, severity, message, state=State.EXPLAINED if explained else State.OPEN)


def page(*files: Checked, title: str = "校验结果") -> Element:
    """The page as a browser parses it."""
    return etree.fromstring(write_problems(files, title), etree.HTMLParser(encoding="utf-8"))


def text(element: Element) -> str:
    return "".join(element.itertext())


def texts(root: Element, path: str) -> list[str]:
    return [text(each) for each in nodes(root, path)]


def nodes(root: Element, path: str) -> list[Element]:
    found = root.xpath(path)
    assert isinstance(found, list)
    return [each for each in found if isinstance(each, etree._Element)]  # noqa: SLF001


def row(root: Element) -> dict[str, str]:
    """The only finding on the page, by column."""
    heads = texts(root, "//section[@id='units']//thead//th")
    return dict(zip(heads, texts(root, "//section[@id='units']//tbody/tr/*"), strict=True))


MANY = (
    unit("说明局", finding(INFO, "仅供参考。", "R04")),
    unit("清白局"),
    unit("错误局", finding(WARNING), finding(ERROR, "错了。请改。", "R03"), finding(ERROR, "又错了。请改。", "V04")),
    unreadable("加密.xlsx"),
    unit("已说明局", finding(ERROR, explained=True)),
    unit("提醒局", finding(WARNING, "提醒。"), finding(WARNING, "再提醒。")),
    unit("一错局", finding(ERROR)),
)


def test_what_cannot_be_read_comes_first_and_then_the_worst() -> None:
    root = page(*MANY)
    assert texts(root, "//h2") == ["读不出来的文件", "按单位看", "按规则看", "没有发现问题的"]
    assert [each.strip() for each in texts(root, "//section[@id='unread']//tbody/tr/*")] == [
        "加密.xlsx",
        "错误 R01 读不出来：文件加了打开密码。请去掉密码后另存。",
    ]
    assert [each.get("id") for each in nodes(root, "//*[@data-unit]")] == [f"u{number}" for number in range(1, 7)]
    order = ["错误局", "一错局", "提醒局", "已说明局", "说明局"]
    assert texts(root, "//section[@id='units']//h3") == [f"{name} 2023 年度" for name in order]
    assert [each.split() for each in texts(root, "//section[@id='clean']//li")] == [
        ["清白局", "2023", "年度", "清白局.xlsx"]
    ]


def test_within_a_report_the_gravest_comes_first() -> None:
    root = page(MANY[2])
    assert texts(root, "//caption")[0] == "错误 2 处，提醒 1 处"
    assert texts(root, "//section[@id='units']//tbody//td[@class='state']") == ["待改正", "待改正", "待核对"]
    assert texts(root, "//section[@id='units']//tbody//th") == ["R03", "V04", "V02"]


def test_the_summary_is_the_sentence_of_the_check() -> None:
    first, second = texts(page(*MANY), "//p[@class='summary']")
    assert first == count_line(MANY) == "共 7 份：错误 5 处，提醒 3 处，说明 1 处。"
    assert second == "读不出来 1 份，有问题或说明 5 份，没有发现问题 1 份。"


def test_the_rules_with_their_sentences_follow_the_gravest_and_most_frequent_first() -> None:
    root = page(*MANY)
    assert texts(root, "//section[@id='rules']//h3") == ["V02", "R01", "R03", "V04", "R04"]
    assert "来源里缺少法定表格的行或整张表。" in texts(root, "//section[@id='rules']//p")
    assert texts(root, "//section[@id='rules']//caption")[0] == "4 份，5 处"
    linked = [each.get("href", "") for each in nodes(root, "//section[@id='rules']//th/a")]
    names = {text(nodes(root, f"//*[@id='{href[1:]}']//*[@class='name']")[0]) for href in linked}
    assert names == {
        "加密.xlsx",
        *(f"{name} 2023 年度" for name in ("错误局", "一错局", "提醒局", "已说明局", "说明局")),
    }


severities = st.sampled_from(Severity)
rules = st.sampled_from(["B02", "V02", "R04", "Z99"])
findings = st.builds(
    lambda s, r, n, e: finding(s, f"第 {n} 件。", r, explained=e), severities, rules, st.integers(0, 9), st.booleans()
)
units = st.one_of(
    st.builds(lambda n, f: unit(f"{n}局", *f), st.integers(0, 3), st.lists(findings, max_size=5)),
    st.builds(lambda n: unreadable(f"{n}.xls"), st.integers(0, 3)),
)


@given(st.lists(units, max_size=6))
def test_every_finding_stands_once_by_unit_and_once_by_rule(files: list[Checked]) -> None:
    root = page(*files)
    every = [each for file in files for each in file.findings]
    shown = nodes(root, "//*[@data-level]")
    assert Counter(each.get("data-level") for each in shown) == Counter(each.severity.value for each in every)
    told = Counter(texts(root, "//section[@id='units']//tr/td[not(@class)]"))
    assert told == Counter(each.message for file in files if file.reading for each in file.findings)
    links = [each.get("href", "") for each in nodes(root, "//li[@data-finding]/a")]
    assert sorted(links) == sorted(f"#{each.get('id')}" for each in shown)
    assert len(texts(root, "//*[@class='name']")) == len(files)


@given(st.lists(units, max_size=6))
def test_every_link_leads_somewhere_on_the_page(files: list[Checked]) -> None:
    root = page(*files)
    ids = [each.get("id") for each in nodes(root, "//*[@id]")]
    assert len(ids) == len(set(ids))
    assert {each.get("href") for each in nodes(root, "//a")} <= {f"#{each}" for each in ids}


def test_a_finding_says_where_what_and_what_it_may_have_been() -> None:
    key = cell("requests/outcome.granted/company")
    places = {each: SheetPlace("三、依申请公开", 9, 5) for each in [key]}
    file = checked(WRONG)
    assert file.reading
    (found,) = (each for each in file.findings if each.rule == "B03")
    shown = row(page(file._replace(reading=file.reading._replace(places=places), findings=(found,))))
    assert shown.pop("问题") == found.message
    assert shown == {
        "程度": "错误",
        "规则": "B03",
        "位置": "三、依申请公开!E9",
        "疑似应为": "三、依申请公开!E9：现填 3，应为 1（本行（B02）与本列（B03）都不平，差额相同；表内其余勾稽关系都平）",
        "状态": "待改正",
    }


def test_of_several_suspects_each_is_named_in_words_where_there_is_no_address() -> None:
    suspects = tuple(
        Suspect(cell(f"requests/received/{each}"), Decimal(7), "本行不平") for each in ("company", "total")
    )
    shown = row(page(unit("甲局", finding(ERROR)._replace(suspects=suspects))))
    start = "三、依申请公开“一、本年新收政府信息公开申请数量”行"
    assert shown["疑似应为"] == f"{start}“商业企业”列：现填 1，应为 7\n{start}“总计”列：现填 17，应为 7"


def test_columns_that_would_be_empty_are_left_out() -> None:
    assert [*row(page(unit("甲局", finding(ERROR))))] == ["程度", "规则", "问题", "状态"]
    at = finding(ERROR)._replace(place=LinePlace(3))
    assert row(page(unit("甲局", at)))["位置"] == "第3行"


def test_what_the_office_explained_says_why_but_not_who() -> None:
    told = Explanation(COLUMN, "台账如此", "张三", "2024年1月9日")
    root = page(checked(WRONG._replace(explanations=(told,)), "民政局"))
    assert texts(root, "//td[@class='state']") == ["待改正", "已说明：台账如此"]
    assert "错误 2 处，其中已说明 1 处" in texts(root, "//caption")
    assert text(root).count("台账如此") == 1
    assert texts(root, "//li[@data-finding]")[1] == "错误 三、依申请公开“商业企业”列：2 对 4（已说明）"
    assert "张三" not in text(root)
    assert "2024年1月9日" not in text(root)


def test_nobody_is_named() -> None:
    particulars = dict.fromkeys(("contact", "preparer", "reviewer", "head"), "李四13800000000")
    assert "李四" not in text(page(checked(WRONG._replace(particulars=particulars))))


def test_files_go_by_their_names_and_of_the_same_name_by_their_folders() -> None:
    files = ("/home/li/年报/甲/表.xlsx", "/home/li/年报/乙/表.xlsx", "/home/li/年报/乙/另表.xlsx")
    shown = texts(page(*(unreadable(each) for each in files)), "//*[@class='name']")
    assert shown == ["甲/表.xlsx", "乙/表.xlsx", "另表.xlsx"]
    assert b"home" not in write_problems([unreadable(each) for each in files], "x")


def test_names_that_no_text_can_hold_are_written_as_far_as_they_can_be() -> None:
    root = page(unreadable("甲\udcff\x00乙.xlsx"), title="甲\udcff")
    assert texts(root, "//*[@class='name'] | //h1") == ["甲?", "甲乙.xlsx"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_hostile_becomes_markup(hostile: str) -> None:
    def written(word: str) -> Element:
        bad = finding(ERROR, f"{word}。请改。")._replace(subject=word, place=SheetPlace(word, 1, 1))
        return page(unit(word, bad), unit(word), unreadable(word), title=word)

    root, plain = written(hostile), written("甲")
    shape = [(each.tag, sorted(each.attrib)) for each in root.iter()]
    assert shape == [(each.tag, sorted(each.attrib)) for each in plain.iter()]
    assert texts(root, "//h1") == [hostile]
    assert texts(root, "//h3/span")[0] == f"{hostile} 2023 年度"
    assert texts(root, "//td[not(@class)]")[1:2] == [f"{hostile}。请改。"]


def policy(root: Element) -> dict[str, str]:
    (meta,) = nodes(root, "//meta[@http-equiv='Content-Security-Policy']")
    return dict(each.split(" ", 1) for each in (meta.get("content") or "").split("; "))


def source(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def test_only_the_script_and_the_style_of_the_page_itself_are_allowed() -> None:
    root = page(*MANY)
    (script,), (style,) = nodes(root, "//script"), nodes(root, "//style")
    assert policy(root) == {
        "default-src": "'none'",
        "script-src": source(text(script)),
        "style-src": source(text(style)),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert nodes(root, "//*[@style]") == []
    assert not [name for each in root.iter() for name in each.attrib if str(name).startswith("on")]


def test_nothing_is_fetched() -> None:
    written = write_problems(MANY, "x").decode()
    assert re.findall(r"https?:|//[a-z]|url\(|@import|\bsrc=", written) == []
    assert not nodes(page(*MANY), "//link | //img | //iframe | //form")


def test_without_the_script_all_is_there_but_the_filter() -> None:
    assert [each.get("id") for each in nodes(page(*MANY), "//*[@hidden]")] == ["filter"]
    values = [each.get("value") for each in nodes(page(*MANY), "//*[@id='filter']//input[@type='checkbox']")]
    assert values == [each.value for each in Severity]


def test_it_can_be_read_by_ear() -> None:
    root = page(*MANY)
    assert nodes(root, "/html[@lang='zh-CN']")
    assert texts(root, "/html/body/*[1][self::a]") == ["跳到正文"]
    levels = [int(str(each.tag)[1]) for each in nodes(root, "//h1 | //h2 | //h3")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))
    tables = nodes(root, "//table")
    assert len(tables) == 11
    assert [len(nodes(each, "caption[string()]")) for each in tables] == [1] * len(tables)
    assert not nodes(root, "//th[not(@scope)] | //tbody/tr[not(th[@scope='row'])] | //thead//th[@scope!='col']")
    assert all(nodes(each, "ancestor::label") for each in nodes(root, "//input"))


def test_the_level_is_a_word_and_a_sign_and_not_only_a_colour() -> None:
    root = page(*MANY)
    assert {text(each) for each in nodes(root, "//td[contains(@class, 'level')]")} == {"错误", "提醒", "说明"}
    (style,) = texts(root, "//style")
    signs = {each.value: re.findall(rf'\.{each.value}::before {{ content: "(.)"', style) for each in Severity}
    assert len({*map(str, signs.values())}) == len(signs)
    assert all(signs.values())


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_all_text_stands_out_from_every_ground() -> None:
    (style,) = texts(page(*MANY), "//style")
    inks = re.findall(r"(?:[{ ]color|--error|--warning|--info): #([0-9a-f]{6})", style)
    grounds = re.findall(r"background: #([0-9a-f]{6})", style)
    assert len(inks) >= 5
    assert all((luminance(ground) + 0.05) / (luminance(ink) + 0.05) >= 4.5 for ink in inks for ground in grounds)


@pytest.mark.parametrize(
    ("files", "sections"), [([], []), ([unit("清白局")], ["clean"]), ([unreadable("x.xls")], ["unread", "rules"])]
)
def test_little_input_makes_a_short_page(files: Sequence[Checked], sections: list[str]) -> None:
    root = page(*files)
    assert [each.get("id") for each in nodes(root, "//main/section")] == sections
    assert texts(root, "//nav//a") == texts(root, "//h2")
    assert texts(root, "//p[@class='summary']")[0] == count_line(files)


def test_the_same_findings_give_the_same_bytes() -> None:
    assert write_problems(MANY, "x") == write_problems(list(MANY), "x")
    assert write_problems(MANY, "x").startswith(b'<!DOCTYPE html>\n<html lang="zh-CN">')


def test_a_city_fits_into_two_megabytes() -> None:
    found = check(Reading("x", WRONG))
    written = write_problems([unit(f"第{n}局", *found * 3) for n in range(340)], "x")
    assert len(nodes(etree.fromstring(written, etree.HTMLParser(encoding="utf-8")), "//*[@data-level]")) == 340 * 6
    assert len(written) < 2_200_000
