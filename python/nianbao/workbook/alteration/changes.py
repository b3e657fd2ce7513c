"""What was changed in the cells of a sheet that nobody fills: labels, formulas, merges, locks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ...checks.tampering import s03_label, v10_formula, v10_merges, v10_unlocked, v10_written
from ...findings import Finding
from ...places import SheetPlace
from ..layout import refer
from ..names import COVER
from .alignment import Spot
from .matched import Matched
from .opened import Box
from .parts import LISTS
from .spelling import Reference, plain, shape, squeezed


class Names(NamedTuple):
    """What the sheets of the blank workbook are called in a file; `moved` once any of them, or of their lines, is gone or moved."""

    now: Mapping[str, str]
    moved: bool


def cell_changes(matched: Matched, names: Names, filled: Iterable[Spot]) -> Iterator[Finding]:
    """Every change to cells; `filled` are those that the builder fills though they are locked."""
    yield from _labels(matched)
    yield from _formulas(matched, names)
    yield from _merges(matched)
    yield from _locks(matched)
    yield from _written(matched, filled)


def _labels(matched: Matched) -> Iterator[Finding]:
    for spot, text in matched.before.labels().items():
        at = matched.lines.at(spot)
        if at is None or _is_covered(matched, at):
            continue
        new = matched.after.formulas.get(at) or matched.after.constants.get(at)
        if new is None or squeezed(str(new)) != squeezed(text):
            yield s03_label(matched.at(at), text, None if new is None else str(new), is_head=matched.is_table)


def _formulas(matched: Matched, names: Names) -> Iterator[Finding]:
    """Formulas that were replaced, altered or removed, those of each kind told together."""
    changed: dict[str, list[tuple[Spot, str, str | None]]] = {}
    for spot, formula in matched.before.fixed().items():
        at = matched.lines.at(spot)
        if at is None or _is_covered(matched, at):
            continue
        now, constant = matched.after.formulas.get(at), matched.after.constants.get(at)
        if now is None:
            kind = "removed" if constant is None else "constant"
            changed.setdefault(kind, []).append((at, formula, None if constant is None else str(constant)))
        elif now != formula and not _says_the_same(formula, now, matched, names):
            changed.setdefault("altered", []).append((at, formula, now))
    for kind, cells in changed.items():
        at, old, new = cells[0]
        yield v10_formula(
            matched.at(at), _addresses(matched, (each[0] for each in cells)), old, new, constant=kind == "constant"
        )


def _says_the_same(formula: str, now: str, matched: Matched, names: Names) -> bool:
    """Whether only the spelling differs; references are not compared where lines moved, for programs adjust them."""
    if names.moved:
        return shape(formula) == shape(now)

    def renamed(reference: Reference) -> Reference:
        sheet = names.now.get(reference.sheet, reference.sheet)
        return reference._replace(sheet="" if sheet == matched.name else sheet)

    def own(reference: Reference) -> Reference:
        return reference._replace(sheet="" if reference.sheet == matched.name else reference.sheet)

    return plain(formula, renamed) == plain(now, own)


def _merges(matched: Matched) -> Iterator[Finding]:
    wanted = {box for each in matched.before.merges if (box := _moved(matched, each))}
    content = {at for spot in _content(matched) if (at := matched.lines.at(spot))}
    added = [box for box in sorted(matched.after.merges - wanted) if any(_within(spot, box) for spot in content)]
    for box in sorted(wanted - matched.after.merges):
        new = next((other for other in added if _overlap(box, other)), None)
        yield v10_merges(matched.at(box[:2]), _range(box), new and _range(new))
    left = [box for box in added if not any(_overlap(box, other) for other in wanted - matched.after.merges)]
    for box in left:
        yield v10_merges(matched.at(box[:2]), None, _range(box))


def _moved(matched: Matched, box: Box) -> Box | None:
    """Where a merged range is now; None if no more than one cell is left of it."""
    top, left, bottom, right = box
    rows = [there for row, there in matched.lines.rows.items() if top <= row <= bottom]
    columns = [there for column, there in matched.lines.columns.items() if left <= column <= right]
    if len(rows) * len(columns) == 0 or (min(rows) == max(rows) and min(columns) == max(columns)):
        return None
    return min(rows), min(columns), max(rows), max(columns)


def _locks(matched: Matched) -> Iterator[Finding]:
    cells = (matched.lines.at(spot) for spot in (*matched.before.labels(), *matched.before.fixed()))
    open_ = sorted(at for at in cells if at in matched.after.unlocked)
    if open_:
        yield v10_unlocked(matched.at(open_[0]), _addresses(matched, open_))


def _written(matched: Matched, filled: Iterable[Spot]) -> Iterator[Finding]:
    """Words in locked cells that are blank in the template."""
    known = {matched.lines.at(spot) for spot in (*_content(matched), *filled)}
    rows, columns = (set(numbers) for numbers in matched.inserted)
    texts = matched.after.labels()
    rows |= {row for (row, _), text in texts.items() if matched.name == COVER and text in LISTS}
    new = sorted(spot for spot in texts if spot not in known and spot[0] not in rows and spot[1] not in columns)
    if new:
        yield v10_written(matched.at(new[0]), texts[new[0]], len(new) - 1)


def _content(matched: Matched) -> Iterator[Spot]:
    page = matched.before
    yield from (*page.constants, *page.formulas, *page.unlocked)


def _is_covered(matched: Matched, spot: Spot) -> bool:
    """Whether another cell was merged over this one."""
    return any(_within(spot, box) and spot != box[:2] for box in matched.after.merges)


def _within(spot: Spot, box: Box) -> bool:
    return box[0] <= spot[0] <= box[2] and box[1] <= spot[1] <= box[3]


def _overlap(box: Box, other: Box) -> bool:
    return box[0] <= other[2] and other[0] <= box[2] and box[1] <= other[3] and other[1] <= box[3]


def _range(box: Box) -> str:
    return f"{SheetPlace('', *box[:2]).a1}:{SheetPlace('', *box[2:]).a1}"


def _addresses(matched: Matched, spots: Iterable[Spot]) -> list[str]:
    """Cells by their addresses, neighbours in a column joined."""
    down = sorted(spots, key=lambda spot: (spot[1], spot[0]))
    return refer(map(matched.at, down), matched.name)
