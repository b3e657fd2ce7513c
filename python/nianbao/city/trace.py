"""Where a figure of a summary comes from: unit, value, file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ..errors import InputError
from ..figures import show
from ..form import CellKey, Form
from ..places import SheetPlace
from ..wording import cell_name
from ..workbook.adjusted import added_to
from ..workbook.contents import Adjustment
from ..workbook.layout import lay_out
from .previous import Previous
from .units import Row

_A1 = re.compile(r"(?:'?(?P<sheet>[^'!]+)'?!)?\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>\d+)")


class Share(NamedTuple):
    """What one unit has in a figure."""

    agency: str
    value: Decimal | None
    file: str
    digest: str


class Trace(NamedTuple):
    """A figure of a summary with all that it is made of.

    `shares` are added up; `shown` stand beside it.  `adjustments`, and what they come to in this cell; `confirmed` is what the
    office put in place of the sum, None where it did not.
    """

    cell: CellKey
    total: Decimal | None
    shares: tuple[Share, ...]
    shown: tuple[Share, ...]
    adjustments: tuple[Adjustment, ...]
    adjusted: Decimal
    confirmed: Adjustment | None

    @property
    def added(self) -> Decimal:
        """The sum of the units."""
        return sum((share.value for share in self.shares if share.value is not None), Decimal(0))

    @property
    def due(self) -> Decimal:
        """What the figure must be."""
        return self.confirmed.amount if self.confirmed else self.added + self.adjusted


def trace(previous: Previous, cell: CellKey) -> Trace:
    """Where the figure in `cell` of a summary comes from."""
    form = previous.reading.form
    if not previous.rows:
        raise InputError(previous.reading.source, "没有“分单位”表，查不到来源", "请用 nianbao merge 重新汇总")
    shares = [(row.added, _share(row, cell, previous)) for row in previous.rows]
    adjusted = added_to(previous.said.adjustments, form).get(cell) or Decimal(0)
    touching = tuple(each for each in previous.said.adjustments if added_to([each], form).get(cell) is not None)
    return Trace(
        cell,
        previous.reading.report.values.get(cell),
        tuple(share for added, share in shares if added),
        tuple(share for added, share in shares if not added),
        touching,
        adjusted,
        next((each for each in previous.said.confirmed if each.cell == cell), None),
    )


def _share(row: Row, cell: CellKey, previous: Previous) -> Share:
    return Share(row.agency, row.values.get(cell), row.file, previous.digests.get(row.file, ""))


def named_cell(text: str, form: Form, source: str) -> CellKey:
    """The cell that a clerk names: ``三、依申请公开!D6``, ``D6`` where one sheet only has it, or ``requests/received/total``."""
    said = text.strip().removeprefix("=").replace("！", "!")
    parts = tuple(said.split("/"))
    match = _A1.fullmatch(said)
    places = lay_out(form).cells
    if match:
        a1 = f"{match['column'].upper()}{match['row']}"
        found = [cell for cell, place in places.items() if place.a1 == a1 and match["sheet"] in {None, place.sheet}]
    else:
        found = [cell for cell in form.cells if tuple(cell) == parts]
    if len(found) == 1:
        return found[0]
    if found:
        what = "几张表里都有"
        raise InputError(f"{source} {text}", what, f"请写上表名，如 {places[found[-1]]}")
    sheet = match["sheet"] if match else None
    example = next((place for place in places.values() if place.sheet == sheet), next(iter(places.values())))
    raise InputError(f"{source} {text}", "不是表里填数的格", f"请写成 {example} 这样（表名!单元格）")


def cell_at(place: SheetPlace, form: Form) -> CellKey | None:
    """The cell of the form at `place` of a summary."""
    return next((cell for cell, there in lay_out(form).cells.items() if there == place), None)


def lines(found: Trace, form: Form) -> Iterator[str]:
    """The trace as text, the largest shares first."""
    yield f"{cell_name(form, found.cell)}：{_shown(found.total)}"
    for share in sorted(found.shares, key=lambda share: -(share.value or Decimal(0))):
        if share.value != 0:
            yield f"  {share.agency}　{_shown(share.value)}　{share.file}"
    zeros = sum(share.value == 0 for share in found.shares)
    if zeros:
        yield f"  其余 {zeros} 个单位都是 0"
    yield f"  {len(found.shares)} 个单位之和　{show(found.added)}"
    for each in found.adjustments:
        yield f"  调整数　{cell_name(form, each.cell)} {show(each.amount)}　{each.reason}（{each.by or '没有写填写人'}）"
    if found.confirmed:
        yield f"  核定数　{show(found.confirmed.amount)}　{found.confirmed.reason or '没有写依据'}（{found.confirmed.by or '没有写核定人'}）"
    for share in found.shown:
        yield f"  只列出、没有相加：{share.agency}　{_shown(share.value)}　{share.file}"
    if found.total is not None and found.total != found.due:
        yield f"  表里是 {show(found.total)}，按来源应为 {show(found.due)}：汇总表改动过，请重新汇总。"


def _shown(figure: Decimal | None) -> str:
    return "空白" if figure is None else show(figure)
