"""Changes an open workbook so that it can be changed back: Excel itself cannot undo what a program did."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import InputError
from ..places import SheetPlace
from .session import Entry, Session, Typed
from .state import Change, Step, forget, last_step, remember


def change(session: Session, command: str, entries: Mapping[SheetPlace, Entry]) -> None:
    """Write `entries`; what stood there is kept first, under the name of the command."""
    if not entries:
        return
    book, before = _called(session), session.formulas(entries)
    remember(book, Step(command, tuple(Change(place, text, text) for place, text in before.items())))
    session.write(entries)
    forget(book)
    after = session.formulas(entries)
    remember(book, Step(command, tuple(Change(place, text, after[place]) for place, text in before.items())))


def undo_last(session: Session) -> tuple[str, int, tuple[SheetPlace, ...]]:
    """Restore what the last command changed: its name, how many cells, and those left alone, which people changed since."""
    step = last_step(_called(session))
    if step is None:
        raise InputError(session.name, "没有可以撤销的操作", "只能撤销本选项卡写入的内容")
    now = session.formulas(change.place for change in step.changes)
    untouched = [change for change in step.changes if now[change.place] in {change.after, change.before}]
    session.write({change.place: Typed(change.before) for change in untouched})
    forget(_called(session))
    kept = tuple(change.place for change in step.changes if change not in untouched)
    return step.command, len(untouched), kept


def _called(session: Session) -> str:
    return str(session.path or session.name)
