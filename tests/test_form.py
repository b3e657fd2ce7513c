from __future__ import annotations

import pytest

from builders import busy_report, cell, hybrid, without
from nianbao.form import CellKey, Form
from nianbao.formfile import EDITIONS, load_form, parse_form

SHAPES = {  # table: printed rows × columns
    "2019": {
        "documents": (2, 3),
        "licensing": (2, 3),
        "enforcement": (2, 3),
        "fees": (1, 2),
        "procurement": (1, 2),
        "requests": (23, 7),
        "review": (3, 5),
    },
    "2021": {
        "documents": (2, 3),
        "licensing": (1, 1),
        "enforcement": (2, 1),
        "fees": (1, 1),
        "requests": (25, 7),
        "review": (3, 5),
    },
}
SIGNED = {f"{table}/{row}/change" for table, row in [
    ("licensing", "licence"),
    ("licensing", "other_service"),
    ("enforcement", "penalty"),
    ("enforcement", "coercion"),
    ("fees", "fee"),
]}  # fmt: skip
KINDS = {
    "2019": {"change": SIGNED, "amount": {"procurement/central/amount"}},
    "2021": {"change": set[str](), "amount": {"fees/fee/charged"}},
}
CHAPTERS = ["overview", "disclosure", "requests", "review", "problems", "other"]
THREE = {f"outcome.other.{row}" for row in ("not_amended", "fee_unpaid", "rest")}


@pytest.mark.parametrize(("edition", "cells"), [("2019", 198), ("2021", 200)])
def test_the_form_has_its_printed_cells(edition: str, cells: int) -> None:
    form = load_form(edition)
    assert len(form.cells) == len(set(form.cells)) == cells


def test_tables_have_their_rows_and_columns(form: Form) -> None:
    assert {key: (len(t.rows), len(t.columns)) for key, t in form.tables.items()} == SHAPES[form.edition]


def test_chapters_stand_in_order_and_own_their_tables(form: Form) -> None:
    assert [chapter.key for chapter in form.chapters] == CHAPTERS
    assert [chapter.heading[:2] for chapter in form.chapters] == ["一、", "二、", "三、", "四、", "五、", "六、"]
    chapters = {key: chapter.key for key, chapter in form.chapter_of.items()}
    assert chapters == {key: key if key in {"requests", "review"} else "disclosure" for key in SHAPES[form.edition]}


def test_each_cell_has_its_kind(form: Form) -> None:
    for kind, expected in KINDS[form.edition].items():
        assert {str(key) for key in form.cells if form.kind(key) == kind} == expected


def test_only_documents_are_not_added_up_in_a_summary(form: Form) -> None:
    assert {key.table for key in form.cells if not form.row(key).additive} == {"documents"}


def test_cells_are_ordered_as_they_are_read(form: Form) -> None:
    assert sorted(form.cells, key=form.order.__getitem__) == list(form.cells)
    assert form.cells[0].table == "documents"
    assert form.cells[-1] == cell("review/litigation.reviewed/total")
    requests = [key for key in form.cells if key.table == "requests"]
    assert requests[7] == cell("requests/brought_forward/natural_person")


def test_a_cell_knows_its_row_and_column() -> None:
    form = load_form("2021")
    key = cell("requests/outcome.denied.security/company")
    assert form.row(key).path == ("三、本年度办理结果", "（三）不予公开", "3.危及“三安全一稳定”")
    assert form.column(key).path == ("法人或其他组织", "商业企业")
    assert str(key) == "requests/outcome.denied.security/company"


@pytest.mark.parametrize(
    ("year", "edition"), [(2018, None), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2022, "2021"), (2040, "2021")]
)
def test_an_edition_serves_its_years(year: int, edition: str | None) -> None:
    assert [each for each in EDITIONS if load_form(each).serves(year)] == ([edition] if edition else [])


def test_a_cell_is_hinted_at_by_its_row_and_then_its_column() -> None:
    form = load_form("2021")
    row, column = form.hint(cell("review/litigation.direct/upheld")).split("\n")
    assert row == form.hint(cell("review/litigation.direct/total")).split("\n")[0]
    assert column == form.hint(cell("review/reconsideration/upheld")).split("\n")[1]
    assert "直接" in row
    assert "维持" in column


def test_a_line_without_a_hint_adds_none() -> None:
    text = 'edition = "试"\ntitle = "报告"\nauthority = "某文"\nfirst_year = 2030\n[[chapters]]\nkey = "one"\n'
    text += 'heading = "一、情况"\nsheet = "一"\n[[chapters.tables]]\nkey = "things"\nrows = [{key = "big", label = "大"}]\n'
    text += 'columns = [{key = "made", label = "制"}, {key = "sold", label = "卖"}]\nhints = {sold = "卖出的"}'
    form = parse_form(text, "试表.toml")
    assert [form.hint(each) for each in form.cells] == ["", "卖出的"]


def test_every_row_and_every_cell_has_a_hint(form: Form) -> None:
    for table in form.tables.values():
        assert [row.key for row in table.known_rows if not row.hint] == []
    assert [str(key) for key in form.order if not form.hint(key)] == []


def test_hints_fit_an_input_message_and_are_sentences(form: Form) -> None:
    """Excel shows 255 characters of an input message and refuses more."""
    for table in form.tables.values():
        for line in (*table.known_rows, *table.columns):
            assert len(line.hint) <= 120, line.key
            assert line.hint == "".join(line.hint.split()), line.key
            assert line.hint.endswith(("。", "。）", "）")), line.key
    assert [str(key) for key in form.order if len(form.hint(key)) > 240] == []


def test_no_two_rows_or_columns_of_a_table_have_the_same_hint(form: Form) -> None:
    for table in form.tables.values():
        for lines in (table.known_rows, table.columns):
            assert len({line.hint for line in lines}) == len(lines), table.key
    assert len({form.hint(key) for key in form.order if key.table == "requests"}) == len(
        [key for key in form.order if key.table == "requests"]
    )


def test_an_aspect_is_shown_by_its_own_name_only(form: Form) -> None:
    """A chapter that names an aspect in a heading speaks of it, and by that of no other."""
    (overview,) = (chapter for chapter in form.chapters if chapter.aspects)
    assert overview.key == "overview"
    for aspect in overview.aspects:
        named = [each for each in overview.aspects if any(word in aspect.label for word in each.words)]
        assert named == [aspect]


class TestHybrid:
    """A report in edition 2021 that prints the one row （六）其他处理 of 2019."""

    form = load_form("2021")
    report = hybrid(busy_report())
    held = form.holding(report.values)

    def test_the_single_row_is_known_but_not_printed(self) -> None:
        key = cell("requests/outcome.other/total")
        assert key not in self.form.cells
        assert key in self.form.order
        assert self.form.row(key).source_only

    def test_the_held_form_prints_the_row_in_place_of_the_three(self) -> None:
        rows = [row.key for row in self.held.tables["requests"].rows]
        assert len(rows) == 23
        assert rows[-4:] == ["outcome.declined.reissue", "outcome.other", "outcome.total", "carried_forward"]
        assert len(self.held.cells) == 200 - 14

    def test_the_held_form_orders_the_row_where_it_stands(self) -> None:
        order = self.held.order
        other, total = (cell(f"requests/{row}/natural_person") for row in ("outcome.other", "outcome.total"))
        assert order[cell("requests/outcome.declined.reissue/total")] < order[other] < order[total]
        assert [order[key] for key in self.held.cells] == sorted(order[key] for key in self.held.cells)

    def test_the_held_form_still_knows_the_three_rows(self) -> None:
        """A reader may have refused a figure of one of them: its finding must have a place."""
        for key in self.form.cells:
            assert key in self.held.order
            assert self.held.row(key) == self.form.row(key)

    def test_a_report_with_any_of_the_three_keeps_them(self) -> None:
        values = {**self.report.values, cell("requests/outcome.other.rest/total"): None}
        assert self.form.holding(values) is self.form

    def test_a_report_without_the_row_keeps_the_form(self) -> None:
        assert self.form.holding(busy_report().values) is self.form
        assert self.form.holding({}) is self.form
        lacking = without(busy_report(), *(f"requests/{row}/" for row in THREE))
        assert self.form.holding(lacking.values) is self.form

    def test_the_same_rows_make_the_same_form(self) -> None:
        blanks: dict[CellKey, None] = dict.fromkeys(self.report.values)
        assert self.form.holding(blanks) is self.held

    def test_edition_2019_prints_the_row_itself(self) -> None:
        form = load_form("2019")
        assert not any(table.source_rows for table in form.tables.values())
        assert form.holding(busy_report("2019").values) is form
