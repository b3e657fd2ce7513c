"""数字来源: where a figure of a summary comes from, as the rows of a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..city.previous import Previous
from ..city.trace import Share, Trace, trace
from ..errors import InputError
from ..figures import show
from ..form import CellKey, Form
from ..places import SheetPlace
from ..wording import cell_name
from ..workbook.cellmap import words
from ..workbook.sheets import Sheets
from .pages import Entry, Link, Page

TRACE = "数字来源"
_HEADS = ("序号", "来源", "数", "怎样计入", "文件", "文件指纹（SHA-256）", "说明")
_WIDTHS = (6, 30, 12, 10, 44, 26, 44)
_HEAD_ROW = 4
_BLANK = "空白"
_ADDED, _SHOWN, _CONFIRMED = "相加", "只列出", "代替合计"


def page_of(previous: Previous, cell: CellKey, place: SheetPlace) -> Page:
    """The sheet that lists what the figure in `cell`, at `place` of the summary, is made of, the largest first."""
    form, found = previous.reading.form, trace(previous, cell)
    head: list[Sequence[Entry]] = [
        [TRACE],
        [Link(f"{cell_name(form, cell)}：{_shown(found.total)}（点击转到 {place}）", place)],
        [_sum_line(found)],
        _HEADS,
    ]
    rows = [[number, *row] for number, row in enumerate(_rows(found, form), start=1)]
    return Page(TRACE, [*head, *rows], _WIDTHS, _HEAD_ROW)


def _sum_line(found: Trace) -> str:
    """How the units and the office come to the figure, and whether the summary says the same."""
    parts = [f"{len(found.shares)} 个单位之和 {show(found.added)}"]
    parts += [f"调整 {show(found.adjusted)}"] if found.adjustments else []
    parts += [f"核定为 {show(found.confirmed.amount)}"] if found.confirmed else []
    if found.total is None or found.total == found.due:
        return "，".join(parts) + "。"
    differing = f"表里是 {show(found.total)}，按来源应为 {show(found.due)}"
    return "，".join(parts) + f"。{differing}：汇总表改动过，请重新汇总。"


def _rows(found: Trace, form: Form) -> Iterator[tuple[Entry, ...]]:
    for share in _by_size(found.shares):
        yield _row(share, _ADDED)
    for each in found.adjustments:
        yield (
            "调整数",
            each.amount,
            _ADDED,
            "",
            "",
            f"{cell_name(form, each.cell)}：{each.reason}（{_by(each.by, each.date)}）",
        )
    if said := found.confirmed:
        yield "核定数", said.amount, _CONFIRMED, "", "", f"{said.reason or '没有写依据'}（{_by(said.by, said.date)}）"
    for share in _by_size(found.shown):
        yield _row(share, _SHOWN)


def _row(share: Share, counted: str) -> tuple[Entry, ...]:
    return share.agency, _BLANK if share.value is None else share.value, counted, share.file, share.digest, ""


def _by_size(shares: Sequence[Share]) -> list[Share]:
    """`shares`, the largest first, blanks last."""
    return sorted(shares, key=lambda share: (share.value is None, -(share.value or Decimal(0))))


def _by(name: str, date: str) -> str:
    return "，".join(each for each in (name, date) if each) or "没有写谁填的"


def _shown(figure: Decimal | None) -> str:
    return _BLANK if figure is None else show(figure)


def refuse_other_sheet(sheets: Sheets) -> None:
    """InputError if the workbook has a sheet of that name that is none of ours, and would be lost."""
    rows = sheets[TRACE] if TRACE in sheets.names else []
    if rows and tuple(map(words, [*rows, *[[]] * _HEAD_ROW][_HEAD_ROW - 1])) != _HEADS:
        raise InputError(f"工作表“{TRACE}”", "不是本工具写的，或表头改动过", f"请改名或删去，再按“{TRACE}”")
