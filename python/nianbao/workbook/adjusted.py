"""What the office wrote on the sheet 调整数 of a summary: which cells it may be about, what it comes to, how it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from ..figures import read_figure
from ..form import CellKey, Form
from ..report import Values, clean_name
from ..totals import computed, definitions
from .cellmap import words
from .contents import Adjusting, Adjustment, Unread
from .layout import Layout, lay_out
from .names import ADJUSTMENTS
from .sheets import Sheets

CONFIRMED_ROW = 5
"""The row, counted from 1, of the first figure that is confirmed; its heads stand above it."""
ROWS = 60
"""How many adjustments there is room for."""
UNKNOWN, TOTAL, NO_NUMBER, NO_REASON = "认不出位置", "这一格不在这里调整", "不是数字", "没有写原因"
"""Why a row cannot be followed."""
_WIDTH = 6
"""How many columns the office writes in, the sum of the units among them."""


@cache
def to_confirm(form: Form) -> tuple[CellKey, ...]:
    """The cells whose sums count nothing before they are confirmed: a document issued jointly is in several reports."""
    return tuple(cell for cell in form.cells if not form.row(cell).additive)


@cache
def adjustable(form: Form) -> tuple[CellKey, ...]:
    """The cells that can be adjusted; totals follow from them."""
    fixed = {*to_confirm(form), *definitions(form)}
    return tuple(cell for cell in form.cells if cell not in fixed)


def added_to(adjustments: Sequence[Adjustment], form: Form) -> Values:
    """What `adjustments` add to every cell, totals included; None where nothing is added."""
    added: dict[CellKey, Decimal] = {}
    for each in adjustments:
        added[each.cell] = added.get(each.cell, Decimal(0)) + each.amount
    if not added:
        return {}
    totals = computed(dict.fromkeys(form.cells, Decimal(0)) | added, form)
    return {cell: value for cell, value in (dict(totals) | added).items() if value or cell in added}


def position(cell: CellKey, form: Form, layout: Layout) -> str:
    """``三、依申请公开!D6　一、本年新收政府信息公开申请数量／自然人``."""
    return f"{layout.cells[cell]}　{form.row(cell).label}／{form.column(cell).label}"


def first_adjustment(form: Form) -> int:
    """The row of the first adjustment."""
    return CONFIRMED_ROW + len(to_confirm(form)) + 2


def read_adjusting(sheets: Sheets, form: Form) -> Adjusting:
    """What the office wrote on the sheet 调整数, in a summary; `unread` is what of it cannot be followed."""
    if ADJUSTMENTS not in sheets.names:
        return Adjusting()
    rows, first = sheets[ADJUSTMENTS], first_adjustment(form)
    confirmed = list(_read(rows, range(CONFIRMED_ROW, first - 2), to_confirm(form), form))
    adjusted = list(_read(rows, range(first, first + ROWS), adjustable(form), form))
    return Adjusting(
        confirmed=tuple(each for each in confirmed if isinstance(each, Adjustment)),
        adjustments=tuple(each for each in adjusted if isinstance(each, Adjustment)),
        unread=tuple(each for each in (*confirmed, *adjusted) if isinstance(each, Unread)),
    )


def _read(
    rows: Sequence[Sequence[object]], numbers: range, cells: Sequence[CellKey], form: Form
) -> Iterator[Adjustment | Unread]:
    """What stands in the rows of these `numbers` about `cells`; what is confirmed needs no reason."""
    confirms = numbers.start == CONFIRMED_ROW
    for number in numbers:
        row = [*(rows[number - 1] if number <= len(rows) else ()), *[None] * _WIDTH]
        name, reason, by, day = (clean_name(words(row[at])) for at in (0, 3, 4, 5))
        figure = read_figure(row[2], "change")
        if figure.raw.strip() == "" and (confirms or not (name or reason)):
            continue
        cell = named_cell(name, form)
        why = _obstacle(cell, cells, known=figure.value is not None, reasoned=bool(reason) or confirms)
        if why or cell is None or figure.value is None:
            amount = clean_name(figure.raw) if figure.value is None else figure.value
            yield Unread(number, name, amount, reason, by, day, why)
        else:
            yield Adjustment(cell, figure.value, reason, by, day)


def _obstacle(cell: CellKey | None, cells: Sequence[CellKey], *, known: bool, reasoned: bool) -> str:
    """Why a row cannot be followed, "" if it can."""
    if cell not in cells:
        return TOTAL if cell else UNKNOWN
    return NO_NUMBER if not known else "" if reasoned else NO_REASON


def named_cell(name: str | None, form: Form) -> CellKey | None:
    """The cell whose `position` begins as `name` does."""
    return _by_address(form).get(name.split("　")[0]) if name else None


@cache
def _by_address(form: Form) -> Mapping[str, CellKey]:
    return {str(place): cell for cell, place in lay_out(form).cells.items()}
