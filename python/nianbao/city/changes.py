"""What moved since the last merge, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..figures import show
from ..form import CellKey, Form
from ..formfile import load_form
from ..workbook.adjusted import added_to, position
from ..workbook.contents import Adjusting, Entry, Listing
from ..workbook.layout import lay_out
from ..workbook.names import CHANGES
from .decisions import DIGEST
from .merge import Merged
from .previous import Previous
from .trace import trace
from .units import Row

_NAMED = 8
"""How many units the reason for one figure names."""
_TOUCHED = "上次的汇总表里，这一格被改动过"


class Move(NamedTuple):
    """A figure of the summary that is another one now, and what made it so."""

    cell: CellKey
    before: Decimal | None
    after: Decimal | None
    why: tuple[str, ...]


class Changes(NamedTuple):
    """What moved, and of every unit whose figures are others than last time what became of its file."""

    moves: tuple[Move, ...]
    units: Mapping[str, str]


class _Both(NamedTuple):
    """The units of both summaries, why each is otherwise than before, and what the office said in both."""

    old: Mapping[str, Row]
    new: Mapping[str, Row]
    why: Mapping[str, str]
    said: tuple[Adjusting, Adjusting]


def changes(previous: Previous, merged: Merged) -> Changes:
    """What is otherwise than in the summary before."""
    form = load_form(merged.report.edition)
    old = {row.agency: row for row in previous.rows if row.added}
    new = {
        each.agency: _row(each.name, values, form)
        for each, values in zip(merged.counted, merged.frame.itertuples(index=False), strict=True)
    }
    digests = {each.name: each.checked.digest for each in merged.intake.handed}
    why = {unit: _why(old.get(unit), new.get(unit), previous.digests, digests) for unit in dict.fromkeys((*new, *old))}
    before, after = {cell: _before(previous, cell) for cell in form.cells}, merged.report.values
    both = _Both(old, new, why, (previous.said, merged.said))
    moves = tuple(
        Move(cell, before[cell], after.get(cell), tuple(_reasons(cell, both, form)) or (_TOUCHED,))
        for cell in form.cells
        if before[cell] != after.get(cell)
    )
    return Changes(moves, {unit: told for unit, told in why.items() if _values(old, unit) != _values(new, unit)})


def _before(previous: Previous, cell: CellKey) -> Decimal | None:
    """What the summary said, or what it had to say where it was saved by a program that computes nothing."""
    stated = previous.reading.report.values.get(cell)
    if stated is not None or not previous.rows:
        return stated
    found = trace(previous, cell)
    says_something = found.adjustments or found.confirmed or any(each.value is not None for each in found.shares)
    return found.due if says_something else None


def _values(rows: Mapping[str, Row], unit: str) -> Mapping[CellKey, Decimal | None]:
    return rows[unit].values if unit in rows else {}


def _row(file: str, values: Sequence[Decimal | None], form: Form) -> Row:
    return Row("", "", file, added=True, values=dict(zip(form.cells, values, strict=True)), fee=(None, None))


def _why(old: Row | None, new: Row | None, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    if old is None:
        return f"这次新计入，文件 {new.file if new else ''}"
    if new is None:
        return f"这次没有计入，上次的文件是 {old.file}"
    one, other = before.get(old.file, ""), after.get(new.file, "")
    if one == other:
        return "文件没有变"
    prints = f"指纹 {one[:DIGEST]} → {other[:DIGEST]}"
    return f"文件 {new.file} 换过，{prints}" if old.file == new.file else f"文件由 {old.file} 换成 {new.file}，{prints}"


def _reasons(cell: CellKey, both: _Both, form: Form) -> Iterator[str]:
    """What made one figure move: units, adjustments, confirmed figures."""
    old, new, why, said = both
    moved = [unit for unit in why if _values(old, unit).get(cell) != _values(new, unit).get(cell)]
    for unit in moved[:_NAMED]:
        shares = [_values(rows, unit).get(cell) for rows in (old, new)]
        yield f"{unit} {' → '.join(map(_shown, shares))}（{why[unit]}）"
    if len(moved) > _NAMED:
        yield f"等共 {len(moved)} 个单位"
    for name, figures in (
        ("调整数", [added_to(each.adjustments, form).get(cell) for each in said]),
        ("核定数", [next((one.amount for one in each.confirmed if one.cell == cell), None) for each in said]),
    ):
        if figures[0] != figures[1]:
            yield f"{name} {' → '.join(map(_shown, figures))}"


def _shown(figure: Decimal | None) -> str:
    return "没有" if figure is None else show(figure)


def told(found: Changes) -> Iterator[str]:
    """Lines on what moved."""
    if not found.moves and not found.units:
        yield "与上次汇总相比：没有变化。"
        return
    yield f"与上次汇总相比：{len(found.units)} 个单位的数不同，汇总表变了 {len(found.moves)} 格（见“{CHANGES}”）。"
    for unit, why in found.units.items():
        yield f"  {unit}：{why}"


def listing(found: Changes, form: Form) -> Listing:
    """变动: every figure that moved, and why."""
    layout = lay_out(form)
    rows: list[tuple[Entry, ...]] = [
        (position(each.cell, form, layout), each.before, each.after, _gap(each), "\n".join(each.why))
        for each in found.moves
    ]
    rows += [("（没有变动）", None, None, None, "")] if not rows else []
    return Listing(
        CHANGES,
        "与上次汇总相比的变动",
        f"变了 {len(found.moves)} 格，{len(found.units)} 个单位的数不同。",
        (("位置", "上次", "这次", "相差", "原因"),),
        (50, 12, 12, 10, 90),
        tuple(rows),
        frozen=1,
        filtered=True,
    )


def _gap(move: Move) -> Decimal:
    return (move.after or Decimal(0)) - (move.before or Decimal(0))
