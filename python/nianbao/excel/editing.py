"""Changes an open workbook so that it can be changed back: Excel itself cannot undo what a program did."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from ..errors import InputError
from ..places import SheetPlace
from .pages import Entry
from .session import Session
from .state import Change, Step, Typed, keep, kept


def change(session: Session, command: str, entries: Mapping[SheetPlace, Entry]) -> Collection[SheetPlace]:
    """Write `entries` and give those back that the cells did not take; what stood there is kept, whatever happens."""
    if not entries:
        return ()
    known, before = kept(session.key), session.typed(entries)
    # Kept before anything is written: what cannot be undone is not begun.
    keep(session.key, known._replace(steps=(*known.steps, _step(command, before, before))))
    try:
        session.write(entries)
    finally:
        after = session.typed(entries)
        keep(session.key, known._replace(steps=(*known.steps, _step(command, before, after))))
    return [place for place, typed in after.items() if typed == before[place]]


def _step(command: str, before: Mapping[SheetPlace, Typed], after: Mapping[SheetPlace, Typed]) -> Step:
    written = (place for place in before if before[place] != after[place])
    return Step(command, tuple(Change(place, before[place], after[place]) for place in written))


class Undone(NamedTuple):
    """What was taken back: the command, how many cells, and those left alone, for people changed them since."""

    command: str
    restored: int
    left: tuple[SheetPlace, ...]


def undo_last(session: Session) -> Undone:
    """Restore what the last command changed; InputError if there is none."""
    known = kept(session.key)
    if not known.steps:
        raise InputError(session.name, "没有可以撤销的操作", "只能撤销本选项卡写入的内容")
    *earlier, step = known.steps
    now = session.typed(change.place for change in step.changes)
    untouched = [change for change in step.changes if now.get(change.place) == change.after]
    session.write({change.place: change.before for change in untouched})
    keep(session.key, known._replace(steps=tuple(earlier)))
    left = tuple(change.place for change in step.changes if change not in untouched)
    return Undone(step.command, len(untouched), left)
