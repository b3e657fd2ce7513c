"""Sheets that are made, and how Excel is told what a cell is to hold."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import xlwings as xw

from ..places import SheetPlace
from .state import Typed

_HEAD = (220, 230, 241)


class Link(NamedTuple):
    """Words that take to a cell when clicked."""

    text: str
    to: SheetPlace


Entry = str | Decimal | int | Link | Typed | None


class Page(NamedTuple):
    """A sheet to be made: `widths` of its columns in characters, `head` the row of its column headings, from 1."""

    name: str
    rows: Sequence[Sequence[Entry]]
    widths: Sequence[int]
    head: int


def fill(sheet: xw.Sheet, page: Page) -> None:
    """Write `page` on an empty sheet."""
    rows = [[typed_in(entry) for entry in row] + [None] * (len(page.widths) - len(row)) for row in page.rows]
    whole = sheet.range((1, 1), (len(rows), len(page.widths)))
    for column, width in enumerate(page.widths, start=1):
        sheet.range((1, column)).column_width = width
    below = sheet.range((page.head, 1), (len(rows), len(page.widths)))
    below.wrap_text, below.vertical_alignment = True, "top"
    head = sheet.range((page.head, 1), (page.head, len(page.widths)))
    head.font.bold, head.color = True, _HEAD
    if page.head > 1:
        sheet.range((1, 1)).font.bold = True
    whole.value = rows
    below.rows.autofit()


def typed_in(entry: Entry) -> str | float | None:
    """What has to be typed for a cell to hold `entry`: a text behind an apostrophe, lest Excel take it for something else."""
    if isinstance(entry, Link):
        to = f"#'{entry.to.sheet.replace(chr(39), 2 * chr(39))}'!{entry.to.a1}"
        return f"=HYPERLINK({_quoted(to)},{_quoted(entry.text)})"
    if isinstance(entry, Typed):
        return entry.what if entry.is_formula or not isinstance(entry.what, str) else typed_in(entry.what)
    if isinstance(entry, str):
        return f"'{entry}" if entry else None
    return None if entry is None else float(entry)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
