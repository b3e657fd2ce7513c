"""The labels of the form as offices print them, and which edition they belong to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from ..errors import InputError
from ..form import Form, Line, Table
from ..formfile import EDITIONS, edition_for, load_form

_MARKS = re.compile(r"[\W_]+")


class Labels(NamedTuple):
    """The labels of one edition: rows that hold figures, columns, titles of tables, and every label of any kind.

    `signs` are those that only a statutory table has: a table with one of them is one.
    """

    rows: Mapping[str, tuple[Table, Line]]
    columns: frozenset[str]
    titles: Mapping[str, Table]
    groups: frozenset[str]
    signs: frozenset[str]
    every: frozenset[str]


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """`text` as labels are compared: its letters and digits, whatever their width, and nothing between them."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


@cache
def spellings(line: Line) -> frozenset[str]:
    """Every way to write the label of `line`."""
    return frozenset(map(normal, (line.label, *line.also)))


@cache
def labels_of(form: Form) -> Labels:
    """The labels of `form`."""
    tables = form.tables.values()
    rows = {
        spelling: (table, row)
        for table in tables
        if table.printed == "down"
        for row in (*table.rows, *table.source_rows)
        for spelling in spellings(row)
    }
    groups = frozenset(normal(group) for table in tables for row in table.rows for group in row.groups)
    signs = frozenset(sign for table in tables for sign in _signs(table)) | groups
    columns = frozenset(spelling for table in tables for column in table.columns for spelling in spellings(column))
    titles = {normal(table.title): table for table in tables if table.title}
    return Labels(rows, columns, titles, groups, signs, signs | columns)


def _signs(table: Table) -> Iterator[str]:
    yield from filter(None, (normal(table.title), normal(table.corner)))
    for row in table.rows:
        yield from spellings(row)


@cache
def all_signs() -> frozenset[str]:
    """What tells a statutory table of any edition from other tables."""
    return frozenset().union(*(labels_of(load_form(edition)).signs for edition in EDITIONS))


@cache
def all_labels() -> frozenset[str]:
    """Every label of any edition."""
    return frozenset().union(*(labels_of(load_form(edition)).every for edition in EDITIONS))


@cache
def all_groups() -> frozenset[str]:
    """What any edition prints over several rows."""
    return frozenset().union(*(labels_of(load_form(edition)).groups for edition in EDITIONS))


def edition_of(found: Iterable[str], year: int | None, source: str) -> str:
    """The edition that most of the labels `found` are peculiar to, or else that of `year`; InputError if neither."""
    labels = frozenset(found)
    votes = {edition: len(labels & _peculiar(edition)) for edition in EDITIONS}
    leaders = [edition for edition, count in votes.items() if count == max(votes.values())]
    if len(leaders) == 1:
        return leaders[0]
    edition = None if year is None else edition_for(year)
    if edition is None:
        what = "看不出用的是哪个版式（表头和标题年度都不能说明）"
        raise InputError(source, what, "请在标题中写明年度，如“2023年政府信息公开工作年度报告”")
    return edition


@cache
def _peculiar(edition: str) -> frozenset[str]:
    others = (labels_of(load_form(other)).every for other in EDITIONS if other != edition)
    return labels_of(load_form(edition)).every.difference(*others)
