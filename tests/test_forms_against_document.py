"""The form files against the design note that copies the two official notices (../shared/design/FORMS.md)."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby

import pytest

from builders import shared
from nianbao.form import Chapter, Line, Table
from nianbao.formfile import EDITIONS, load_form
from nianbao.printed import printed

LABEL = re.compile(r"`([^`]+)`\**(?: \((?:(?:colspan|rowspan) )?\**(\d+)\**\b)?")


@cache
def section(number: str) -> str:
    """The text under the heading `number`, e.g. ``1.3``."""
    text = (shared() / "design" / "FORMS.md").read_text("utf-8")
    match = re.search(rf"^##+ {re.escape(number)} .*?\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert match, f"FORMS.md has no section {number}"
    return match[1]


def rows(number: str) -> list[list[str]]:
    """The body rows of the Markdown table in section `number`, by cell."""
    lines = [line for line in section(number).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def spans(text: str) -> list[tuple[str, int]]:
    """The labels of `text` with their spans."""
    return [(label, int(span or 1)) for label, span in LABEL.findall(text)]


def names(text: str) -> list[str]:
    return [label for label, _ in spans(text)]


def chapter(edition: str, key: str) -> Chapter:
    return next(each for each in load_form(edition).chapters if each.key == key)


def heads(table: Table) -> list[tuple[str, int]]:
    return [(column.label, column.span) for column in table.columns]


def row_labels(edition: str) -> list[list[tuple[str, int]]]:
    """The labels printed on each row of table three, left to right; the span is the one that is not 1."""
    cells = [cell for cell in printed(chapter(edition, "requests")) if cell.role == "label"]
    return [[(cell.text, max(cell.width, cell.height)) for cell in line] for _, line in groupby(cells, lambda c: c.row)]


@pytest.mark.parametrize("edition", EDITIONS)
def test_headings(edition: str) -> None:
    assert [each.heading for each in load_form(edition).chapters] == names(section("1.1"))


def test_disclosure_2021() -> None:
    expected: list[object] = []
    found: list[object] = []
    for title, *cells in rows("1.3"):
        expected += names(title)
        expected += [spans(" ".join(cells))]
    for table in chapter("2021", "disclosure").tables:
        found += [table.title, [(table.corner, 1), *heads(table)], *([(row.label, 1)] for row in table.rows)]
    assert found == expected


def test_disclosure_2019() -> None:
    found = [
        (table.title, table.corner, heads(table), [row.label for row in table.rows])
        for table in chapter("2019", "disclosure").tables
    ]
    expected = [
        (
            title,
            columns.split(" · ")[0].strip("`"),
            [pair for pair in spans(columns) if pair[0] != "信息内容"],
            names(lines),
        )
        for title, columns, lines in rows("2.1")
    ]
    assert found == expected
    assert len(found) == 5


@pytest.mark.parametrize("edition", EDITIONS)
def test_head_of_requests(edition: str) -> None:
    """Section 2.2: the head of 2019 is that of 2021."""
    head = next(line for line in section("1.4").splitlines() if line.startswith("Head:"))
    cells = [cell for cell in printed(chapter(edition, "requests")) if cell.role in {"corner", "head"}]
    corner, *others = cells
    (corner_text, _), *expected = spans(head)
    assert "3×3 corner cell (colspan 3, rowspan 3)" in head
    assert (corner.text, corner.height, corner.width) == (corner_text, 3, 3)
    assert [(cell.text, max(cell.width, cell.height)) for cell in others] == expected
    assert len(expected) == 9


def test_rows_of_requests_2021() -> None:
    assert row_labels("2021") == [spans(labels) for _, _, labels in rows("1.4")]
    assert len(row_labels("2021")) == 25


def test_rows_of_requests_2019() -> None:
    expected = [spans(labels) for _, _, labels in rows("1.4")][:20]
    (results, _), *rest = expected[2]
    expected[2] = [(results, int(_only(r"三 has rowspan \*\*(\d+)\*\*"))), *rest]
    other, total, carried = spans(section("2.2"))
    expected += [[other], [(total[0], 2)], [(carried[0], 3)]]
    assert row_labels("2019") == expected
    assert f"{len(row_labels('2019'))} numeric rows" in section("2.2")


def _only(pattern: str) -> str:
    match = re.search(pattern, section("2.2"))
    assert match
    return match[1]


@pytest.mark.parametrize("edition", EDITIONS)
def test_review(edition: str) -> None:
    """Section 2.3: identical in both editions."""
    named = names(section("1.5").splitlines()[0])
    cells = [cell for cell in printed(chapter(edition, "review")) if cell.role == "head"]
    reconsideration, litigation, direct, reviewed, *results = named
    assert [cell.text for cell in cells] == [reconsideration, litigation, *results, direct, reviewed, *results * 2]
    assert [cell.width for cell in cells if cell.text in {reconsideration, litigation, direct, reviewed}] == [
        5,
        10,
        5,
        5,
    ]


def article(number: int) -> str:
    """``三十六`` for 36."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def hinted(edition: str) -> dict[str, Line]:
    """The rows of table three by the short names of section 1.4, as far as the edition prints them so."""
    (table,) = chapter(edition, "requests").tables
    keys = [key for _, key, _ in rows("1.4")]
    return dict(zip(keys if edition == "2021" else keys[:20], table.rows, strict=False))


def cited(hint: str) -> set[str]:
    """The articles of the 条例 that `hint` names: ``（条例第十五、三十二条）``."""
    return {each for match in re.findall(r"条例第([十一二三四五六七八九、]+)条", hint) for each in match.split("、")}


@pytest.mark.parametrize("edition", EDITIONS)
def test_hints_name_the_articles_of_their_rows(edition: str) -> None:
    """Section 4: the map from rows to articles; a row marked – has none of its own."""
    mapped = section("4.").split("Row ↔ article map")[1].split(":", 1)[1].strip(" .\n")
    named = {}
    for entry in mapped.split(" · "):
        key, articles = entry.split(" ", 1)
        if "–" not in articles:
            named[key] = {article(int(number)) for number in re.findall(r"\d+", articles)}
    lines = hinted(edition)
    found = {key: cited(lines[key].hint) for key in named if key in lines}
    assert found == {key: articles for key, articles in named.items() if key in lines}
    assert len(found) == (19 if edition == "2021" else 17)


@pytest.mark.parametrize("edition", EDITIONS)
def test_hints_of_disclosure_name_their_items(edition: str) -> None:
    for table in chapter(edition, "disclosure").tables:
        item = table.title.replace("（", "第").replace("）", "").replace("第二十条第第", "第二十条第")
        assert all(row.hint.endswith(f"（条例{item}）") for row in table.rows), table.key


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_chapter_one_must_speak_of(edition: str) -> None:
    """Sections 1.2 and 2.4: the same five aspects, a limit only since 2021."""
    asked = next(line for line in section("1.2").splitlines() if line.startswith("* **总体情况**"))
    aspects = re.search(r"five things – (.*?)\. ", asked)
    assert aspects
    assert [aspect.label for aspect in chapter(edition, "overview").aspects] == aspects[1].split(" / ")
    assert "不超过一千字" in asked
    assert "No 1000-character limit, no fee clause" in section("2.").replace("\n", " ")
    limits = {each.key: each.most for each in load_form(edition).chapters if each.most}
    assert limits == ({"overview": 1000} if edition == "2021" else {})


@pytest.mark.parametrize("edition", EDITIONS)
def test_where_the_processing_fee_is_reported(edition: str) -> None:
    told = [line for line in section("1.1").splitlines() if "信息处理费" in line]
    expected = [each.key for each in load_form(edition).chapters if any(each.heading in line for line in told)]
    found = [each.key for each in load_form(edition).chapters if each.fee]
    assert found == (expected if edition == "2021" else [])
    assert len(expected) == 1
