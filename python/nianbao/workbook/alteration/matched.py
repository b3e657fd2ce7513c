"""A sheet beside its sheet of the blank workbook: which rows and columns were inserted, removed or repeated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from ...checks.tampering import s03_lines, s08_repeated, s09_repeated, short, v10_lines
from ...findings import Finding
from ...places import SheetPlace, letters
from .alignment import Grid, Lines, Spot, Strip, align
from .opened import Page
from .spelling import shape, squeezed


class Matched(NamedTuple):
    """A sheet of the file, `name`, with the page of the blank workbook that it was; `lines` say where that went."""

    name: str
    is_table: bool
    before: Page
    after: Page
    wanted: Grid
    lines: Lines

    @property
    def inserted(self) -> tuple[list[int], list[int]]:
        """The rows and the columns between others that the blank page does not have."""
        return _unused(self.lines.rows), _unused(self.lines.columns)

    @property
    def removed(self) -> tuple[list[int], list[int]]:
        """The rows and the columns of the blank page that are gone."""
        return _lost(self.wanted.rows, self.lines.rows), _lost(self.wanted.columns, self.lines.columns)

    @property
    def is_moved(self) -> bool:
        """Whether anything does not stand where it stood."""
        return any(number != there for axis in self.lines for number, there in axis.items())

    def at(self, spot: Spot) -> SheetPlace:
        """A cell of the file."""
        return SheetPlace(self.name, *spot)


def match(name: str, before: Page, after: Page, *, is_table: bool) -> Matched:
    """The sheet `name` of a file with the blank page it was made from."""
    if _stands(before, after):
        wanted = before.grid(before.labels())
        lines = Lines(*({number: number for number in range(1, len(axis) + 1)} for axis in wanted))
    else:
        wanted = before.grid(before.labels() | _shapes(before.fixed()))
        lines = align(wanted, after.grid(after.texts() | _shapes(after.formulas)), sure=False)
    return Matched(name, is_table, before, after, wanted, lines)


def _stands(before: Page, after: Page) -> bool:
    """Whether all that tells lines apart is where it was."""
    labels, formulas = before.labels().items(), before.fixed()
    return (
        all(squeezed(str(after.constants.get(spot, ""))) == squeezed(text) for spot, text in labels)
        and formulas.keys() == after.fixed().keys()
        and (before.unlocked, before.merges) == (after.unlocked, after.merges)
    )


def line_changes(matched: Matched) -> Iterator[Finding]:
    """Rows and columns inserted, removed or repeated, neighbours told together."""
    rows, columns = matched.inserted
    repeated = {row: found for row in rows if matched.is_table and (found := _repeated(matched, row))}
    yield from repeated.values()
    tell = s03_lines if matched.is_table else v10_lines
    for first, last in _runs(row for row in rows if row not in repeated):
        yield tell(matched.at((first, 1)), f"插入了{_rows(first, last)}{_unread(matched, 0, first, last)}")
    for first, last in _runs(columns):
        yield tell(matched.at((1, first)), f"插入了{_columns(first, last)}{_unread(matched, 1, first, last)}")
    lost_rows, lost_columns = matched.removed
    for first, last in _runs(lost_rows):
        place = matched.at((_following(matched.lines.rows, first), 1))
        yield tell(place, f"删去了{_named(matched, 0, first, last) or '模板' + _rows(first, last)}")
    for first, last in _runs(lost_columns):
        place = matched.at((1, _following(matched.lines.columns, first)))
        yield tell(place, f"删去了{_named(matched, 1, first, last) or '模板' + _columns(first, last)}")


def _shapes(formulas: Mapping[Spot, str]) -> dict[Spot, str]:
    """Formulas as labels: they too tell one line from another."""
    return {spot: f"={shape(formula)}" for spot, formula in formulas.items()}


def _unread(matched: Matched, axis: int, first: int, last: int) -> str:
    """What stands in inserted lines: nobody reads it there."""
    inside = [
        str(matched.after.constants[spot]) for spot in sorted(matched.after.constants) if first <= spot[axis] <= last
    ]
    return f"，里面的“{short('、'.join(inside))}”没有读取" if inside else ""


def _words(strip: Strip) -> dict[int, str]:
    """The labels of a line that people read."""
    return {across: label for across, label in sorted(strip.labels.items()) if not label.startswith("=")}


def _unused(found: Mapping[int, int]) -> list[int]:
    used = set(found.values())
    return [number for number in range(1, max(used, default=0)) if number not in used]


def _lost(wanted: Sequence[Strip], found: Mapping[int, int]) -> list[int]:
    """What is missing; empty lines below all others are not missed."""
    last = max(found, default=0)
    return [
        number
        for number, strip in enumerate(wanted, start=1)
        if number not in found and (number < last or strip.labels or strip.kind == "formula")
    ]


def _following(found: Mapping[int, int], gone: int) -> int:
    """Where in the file the line `gone` would follow."""
    return 1 + max((there for number, there in found.items() if number < gone), default=0)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]


def _rows(first: int, last: int) -> str:
    return f"第 {first} 行" if first == last else f"第 {first} 至 {last} 行"


def _columns(first: int, last: int) -> str:
    return f" {letters(first)} 列" if first == last else f" {letters(first)} 至 {letters(last)} 列"


def _named(matched: Matched, axis: int, first: int, last: int) -> str:
    """The lines by their labels, in tables by the innermost; "" where one has none."""
    lines = [list(_words(matched.wanted[axis][number - 1]).values()) for number in range(first, last + 1)]
    names = [short(words[-1] if matched.is_table else "、".join(words)) for words in lines if words]
    return "、".join(f"“{name}”{'行列'[axis]}" for name in names) if len(names) == len(lines) else ""


def _repeated(matched: Matched, row: int) -> Finding | None:
    """What is wrong with an inserted row that has the label of another."""
    originals = [here for here in matched.lines.rows if _has_label_of(matched, row, here)]
    if not originals:
        return None
    here = min(originals, key=lambda number: abs(matched.lines.rows[number] - row))
    there = matched.lines.rows[here]
    columns = [column for line, column in matched.before.unlocked if line == here]
    kept = [matched.lines.columns[column] for column in columns if column in matched.lines.columns]
    same = all(_value(matched, row, column) == _value(matched, there, column) for column in kept)
    words = _words(matched.wanted.rows[here - 1])
    return (s08_repeated if same else s09_repeated)(matched.at((row, 1)), words[max(words)], there)


def _has_label_of(matched: Matched, row: int, here: int) -> bool:
    """Whether `row` has the last label of the row `here` of the blank page, which is one to fill."""
    strip = matched.wanted.rows[here - 1]
    words = _words(strip)
    if not words or not strip.kind:
        return False
    spot = (row, matched.lines.columns.get(max(words), 0))
    return squeezed(str(matched.after.constants.get(spot, ""))) == words[max(words)]


def _value(matched: Matched, row: int, column: int) -> object:
    return matched.after.constants.get((row, column))
