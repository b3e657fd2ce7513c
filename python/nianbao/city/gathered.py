"""What the office that drafts lays side by side: the units' texts, and its own figures against the sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..form import CellKey, Chapter, Form, Line
from ..formfile import load_form
from ..report import Report, Values, clean_text
from ..wording import table_name
from ..workbook.contents import Entry, Listing
from ..workbook.names import GAPS, GATHERED
from ..workbook.page import CELL_LIMIT, SMALL, height

UNWRITTEN = "（没有写）"
_UNFILLED, _LACKING = "未填", "没有这一格"
_UNIT_WIDTH, _FIRST_WIDTH, _WIDTH = 20, 80, 60
_LINE, _TALLEST = 12, 409
"""Points of a line of a list, and of the tallest row that a spreadsheet makes: `height` never says more."""
_UNIT = "UTF-16-LE"
"""What spreadsheets count: two bytes a letter, four for rare ones."""


def gathered(reports: Sequence[Report], files: Sequence[str] = ()) -> Listing:
    """文字汇编: the chapters without tables, one row a unit; `files` are the names of the files, in the same order."""
    chapters = [each for each in load_form(reports[0].edition).chapters if not each.tables] if reports else []
    widths = (_UNIT_WIDTH, *(_FIRST_WIDTH if chapter.most else _WIDTH for chapter in chapters))
    named = zip(reports, files or ("",) * len(reports), strict=True)
    rows = tuple(_texts(report, chapters, file) for report, file in named)
    return Listing(
        GATHERED,
        "文字汇编",
        f"{len(rows)} 个单位各章的文字，一行一个单位，供起草时参考。{_told_of_hidden(rows, widths)}",
        (("单位", *(chapter.heading for chapter in chapters)),),
        widths,
        rows,
        frozen=1,
        filtered=True,
    )


def _texts(report: Report, chapters: Sequence[Chapter], file: str) -> tuple[str, ...]:
    texts = (clean_text(report.texts.get(chapter.key, "")) for chapter in chapters)
    return (report.agency, *(fitting(text, file or report.agency) if text else UNWRITTEN for text in texts))


def fitting(text: str, source: str) -> str:
    """`text` as far as a cell can hold it; a cut is told, with the `source` that has all of it."""
    if len(text.encode(_UNIT)) <= 2 * CELL_LIMIT:
        return text
    told = f"\n……（全文太长，一格放不下，后面的没有录入，全文见“{source}”）"
    room = 2 * CELL_LIMIT - len(told.encode(_UNIT))
    return text.encode(_UNIT)[:room].decode(_UNIT, "ignore") + told


def _told_of_hidden(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """How many rows are higher than a spreadsheet can make them."""
    hidden = sum(
        any(height(text, SMALL * width, _LINE) >= _TALLEST for text, width in zip(row, widths, strict=True))
        for row in rows
    )
    return f"其中 {hidden} 行文字太长，屏幕和打印都显示不全：选中那一格，在编辑栏里看全文。" if hidden else ""


class Pair(NamedTuple):
    """One cell of the office's own report beside the sum; `stated` tells a blank from a cell that the report lacks."""

    cell: CellKey
    own: Decimal | None
    summed: Decimal | None
    stated: bool = True

    @property
    def gap(self) -> Decimal | None:
        """How much the office's own figure is above the sum."""
        return None if self.own is None or self.summed is None else self.own - self.summed


def gaps(own: Report, sums: Values, form: Form) -> Listing:
    """差额表: every cell where `own` differs from `sums`, and how many agree."""
    pairs = tuple(_pairs(own, sums, form))
    rows = tuple(_row(pair, form) for pair in pairs if pair.own != pair.summed)
    return Listing(
        GAPS,
        "差额表",
        f"“{own.name}”的报告与各单位相加比较。{_counted(pairs)}差额是报告的数减去相加的数。",
        (("表", "行", "列", "报告的数", "相加的数", "差额", "说明"),),
        (24, 44, 28, 14, 14, 14, 30),
        rows or (("没有差额。", *[""] * 6),),
        filtered=True,
    )


def _pairs(own: Report, sums: Values, form: Form) -> Iterator[Pair]:
    """Every cell that the office's own report prints, in the order of the form."""
    for cell in form.holding(own.values).cells:
        yield Pair(cell, own.values.get(cell), _summed(cell, sums, form), cell in own.values)


def _summed(cell: CellKey, sums: Values, form: Form) -> Decimal | None:
    """The sum for `cell`; for a row that only sources print, that of the rows it stands for, unless one is blank."""
    if not form.row(cell).source_only:
        return sums.get(cell)
    under = [each for each in form.cells if each.column == cell.column and each.row.startswith(f"{cell.row}.")]
    known = [figure for each in under if (figure := sums.get(each)) is not None]
    return sum(known, Decimal(0)) if len(known) == len(under) else None


def _row(pair: Pair, form: Form) -> tuple[Entry, ...]:
    lines = (_path(form.row(pair.cell)), _path(form.column(pair.cell)))
    return (table_name(form, pair.cell.table), *lines, pair.own, pair.summed, pair.gap, _told(pair))


def _path(line: Line) -> str:
    """``（三）不予公开　1.属于国家秘密``: the nearest heading of a line, and its own label."""
    return "　".join(line.path[-2:])


def _told(pair: Pair) -> str:
    """Which side says nothing."""
    if pair.own is None:
        return f"报告{_UNFILLED if pair.stated else _LACKING}"
    return f"各单位{_UNFILLED}" if pair.summed is None else ""


def _counted(pairs: Sequence[Pair]) -> str:
    """How many cells were compared, and what came of it."""
    same = sum(pair.own == pair.summed and pair.own is not None for pair in pairs)
    differing = sum(bool(pair.gap) for pair in pairs)
    blank = sum(pair.own is None and pair.summed is None for pair in pairs)
    rest = {"相同": same, "不同": differing, "只有一边有数": len(pairs) - same - differing - blank, "两边都未填": blank}
    told = "，".join(f"{word} {number} 格" for word, number in rest.items() if number)
    return f"共比较 {len(pairs)} 格：{told}。"
