from __future__ import annotations

import pytest

from nianbao.errors import FormFileError, InputError
from nianbao.form import Aspect, Line
from nianbao.formfile import EDITIONS, edition_for, load_form, parse_form

WHERE = "试表.toml"
FORM = """\
edition = "试"
title = "报告"
authority = "某文"
first_year = 2030

[[chapters]]
key = "one"
heading = "一、情况"
sheet = "一"
aspects = [{ label = "人", words = ["人员", "职工"] }, { label = "物", words = ["物资"] }]
most = 500
fee = true

[[chapters.tables]]
key = "things"
columns = [{ key = "made", label = "制作" }, { key = "cost", label = "金额", kind = "amount", span = 2 }]
rows = [
  { key = "all.big", label = "大件", also = ["大"] },
  { key = "all.small", label = "小件", group = "另类", additive = false },
  { key = "all", label = "件", source_only = true },
]
[chapters.tables.groups]
"all" = "全部"
[chapters.tables.hints]
made      = "今年做成的"
"all.big" = "一人搬不动的"
"""
SECOND_TABLE = """
[[chapters.tables]]
key = "{key}"
columns = [{{ key = "made", label = "制作" }}]
rows = [{{ key = "big", label = "大件" }}]
"""
SECOND_CHAPTER = """
[[chapters]]
key = "{key}"
heading = "二、情况"
sheet = "{sheet}"
"""
FAULTS = [
    # what is written, what is written instead, what the message names
    ('title = "报告"', "", ("试表.toml", "缺少字段“title”")),
    ('title = "报告"', "title = 1", ("试表.toml", "字段“title”的类型不对")),
    ('title = "报告"', 'title = "报告"\ntitel = "x"', ("试表.toml", "未知字段“titel”")),
    ('title = "报告"', 'title = "报告"\ntitle = "报告"', ("试表.toml", "不是有效的 TOML")),
    ('title = "报告"', "title = ", ("试表.toml", "不是有效的 TOML")),
    ("first_year = 2030", "first_year = true", ("试表.toml", "字段“first_year”的类型不对")),
    ("first_year = 2030", "first_year = 2030.0", ("试表.toml", "字段“first_year”的类型不对")),
    ("first_year = 2030", 'first_year = "2030"', ("试表.toml", "字段“first_year”的类型不对")),
    ('sheet = "一"', "", ("章 one", "缺少字段“sheet”")),
    ('sheet = "一"', 'sheet = "一"\nsheets = "二"', ("章 one", "未知字段“sheets”")),
    ('key = "one"', "", ("章 ？", "缺少字段“key”")),
    ('key = "things"', "", ("章 one", "表 ？", "缺少字段“key”")),
    ('key = "things"', 'key = "things"\nbaner = "x"', ("章 one", "表 things", "未知字段“baner”")),
    ('key = "things"', 'key = "things"\nprinted = "up"', ("表 things", "“printed”", "“up”")),
    ('key = "things"', "key = 3", ("章 one", "字段“key”的类型不对")),
    ('{ key = "made", label = "制作" }', '{ label = "制作" }', ("表 things", "行列 ？", "缺少字段“key”")),
    ('{ key = "made", label = "制作" }', '{ key = "made" }', ("表 things", "行列 made", "缺少字段“label”")),
    ('{ key = "made", label = "制作" }', '"made"', ("表 things",)),
    ('key = "cost"', 'key = "made"', ("表 things", "“made”重复")),
    ('key = "all.small"', 'key = "all.big"', ("表 things", "“all.big”重复")),
    ('kind = "amount"', 'kind = "money"', ("表 things", "行列 cost", "“kind”", "“money”")),
    ("span = 2", 'span = "2"', ("行列 cost", "字段“span”的类型不对")),
    ("span = 2", "span = 0", ("行列 cost", "“span”")),
    ("additive = false", "additive = 0", ("行列 all.small", "字段“additive”的类型不对")),
    ('also = ["大"]', 'also = "大"', ("行列 all.big", "字段“also”的类型不对")),
    ('also = ["大"]', "also = [1]", ("行列 all.big", "“also”")),
    ('"all" = "全部"', '"all" = 1', ("表 things", "“groups”")),
    ('"all" = "全部"', '"al" = "全部"', ("表 things", "“groups”", "“al”")),
    ("span = 2 }", "span = 2, source_only = true }", ("表 things", "行列 cost", "“source_only”")),
    ('"all.big" = "一人搬不动的"', '"all.big" = 1', ("表 things", "字段“hints”的类型不对")),
    ('"all.big" = "一人搬不动的"', "all.big = 1", ("表 things", "字段“hints”的类型不对")),
    ('"all.big" = "一人搬不动的"', '"all.huge" = "搬不动的"', ("表 things", "“hints”", "“all.huge”")),
    ('key = "all.small"', 'key = "made"', ("表 things", "“hints”", "“made”不是唯一")),
    ('label = "大件"', 'label = "大件", hint = "大的"', ("行列 all.big", "未知字段“hint”")),
    ("most = 500", 'most = "500"', ("章 one", "字段“most”的类型不对")),
    ("most = 500", "most = true", ("章 one", "字段“most”的类型不对")),
    ("most = 500", "most = -1", ("章 one", "“most”", "“-1”")),
    ("fee = true", "fee = 1", ("章 one", "字段“fee”的类型不对")),
    ('words = ["物资"]', 'words = "物资"', ("章 one", "方面 物", "字段“words”的类型不对")),
    ('words = ["物资"]', "words = [1]", ("章 one", "方面 物", "字段“words”的类型不对")),
    ('words = ["物资"]', "words = []", ("章 one", "方面 物", "字段“words”不能为空")),
    ('words = ["物资"]', 'words = ["物资", ""]', ("章 one", "方面 物", "字段“words”不能为空")),
    ('words = ["物资"]', 'words = ["物资"], must = true', ("章 one", "方面 物", "未知字段“must”")),
    (', words = ["物资"]', "", ("章 one", "方面 物", "缺少字段“words”")),
    ('label = "物", ', "", ("章 one", "方面 ？", "缺少字段“label”")),
    ('label = "物"', "label = 1", ("章 one", "方面 1", "字段“label”的类型不对")),
    ('label = "物"', 'label = "人"', ("章 one", "“人”重复")),
    ('{ label = "物", words = ["物资"] }', '"物"', ("章 one", "字段“aspects”的类型不对")),
    (FORM, FORM[: FORM.index("[[chapters]]")] + 'chapters = ["one"]', ("试表.toml", "“chapters”")),
    (FORM, FORM[: FORM.index("[[chapters]]")] + "chapters = 1", ("试表.toml", "字段“chapters”的类型不对")),
    (FORM, FORM + SECOND_TABLE.format(key="things"), ("“things”重复",)),
    (FORM, FORM + SECOND_CHAPTER.format(key="one", sheet="二"), ("“one”重复",)),
    (FORM, FORM + SECOND_CHAPTER.format(key="two", sheet="一"), ("“一”重复",)),
    (FORM, FORM + SECOND_CHAPTER.format(key="two", sheet="二") + SECOND_TABLE.format(key="things"), ("“things”重复",)),
]


def test_a_definition_becomes_a_form() -> None:
    form = parse_form(FORM, WHERE)
    (chapter,) = form.chapters
    (table,) = chapter.tables
    assert (form.edition, form.title, form.authority, form.first_year, form.last_year) == (
        "试",
        "报告",
        "某文",
        2030,
        None,
    )
    assert (chapter.key, chapter.heading, chapter.sheet) == ("one", "一、情况", "一")
    assert (table.key, table.title, table.corner, table.banner, table.printed) == ("things", "", "", "", "down")
    assert table.columns == (Line("made", "制作", hint="今年做成的"), Line("cost", "金额", kind="amount", span=2))
    assert table.rows == (
        Line("all.big", "大件", ("全部",), also=("大",), hint="一人搬不动的"),
        Line("all.small", "小件", ("全部", "另类"), additive=False),
    )
    assert table.source_rows == (Line("all", "件", source_only=True),)
    assert (chapter.aspects, chapter.most, chapter.fee) == (
        (Aspect("人", ("人员", "职工")), Aspect("物", ("物资",))),
        500,
        True,
    )


def test_more_chapters_and_tables_may_follow() -> None:
    text = FORM + SECOND_TABLE.format(key="more") + SECOND_CHAPTER.format(key="two", sheet="二")
    form = parse_form(text, WHERE)
    assert list(form.tables) == ["things", "more"]
    assert [line.hint for line in (*form.tables["more"].rows, *form.tables["more"].columns)] == ["", ""]
    assert (form.chapters[1].aspects, form.chapters[1].most, form.chapters[1].fee) == ((), 0, False)


@pytest.mark.parametrize(("written", "instead", "named"), FAULTS)
def test_what_a_definition_may_not_say_is_refused_and_named(written: str, instead: str, named: tuple[str, ...]) -> None:
    assert written in FORM
    with pytest.raises(FormFileError) as error:
        parse_form(FORM.replace(written, instead, 1), WHERE)
    assert WHERE in str(error.value)
    assert not [part for part in named if part not in str(error.value)]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_editions_of_the_package_load_once(edition: str) -> None:
    assert load_form(edition) is load_form(edition)
    assert load_form(edition).edition == edition


def test_an_edition_that_is_not_shipped_is_refused() -> None:
    with pytest.raises(InputError, match=r"版式“2020”：没有这个版式。可用的版式是 2019、2021。"):
        load_form("2020")


@pytest.mark.parametrize(
    ("year", "edition"), [(0, None), (2018, None), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2099, "2021")]
)
def test_the_edition_for_a_year(year: int, edition: str | None) -> None:
    assert edition_for(year) == edition
