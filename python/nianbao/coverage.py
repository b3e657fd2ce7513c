"""What a check looked at and what it could not, so that its silence means something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .check import Checked
from .form import is_last_year
from .reading import Reading
from .rules import Outcome, all_assertions, all_continuity


class Coverage(NamedTuple):
    """How many balance rules were held against figures, how many wait for a blank; the same against last year; and texts.

    `texts`: how many chapters that need a text have one.
    """

    balanced: int
    waiting: int
    compared: int
    texts: int


def coverage(reading: Reading) -> Coverage:
    """What could be checked of one report."""
    form, report = reading.form, reading.report
    outcomes = [each.verdict(report.values).outcome for each in all_assertions(form)]
    waiting = outcomes.count(Outcome.BLANK)
    both = report.both_years
    known = [each for each in all_continuity(form) if all(cell in both for cell in each.cells if is_last_year(cell))]
    texts = sum(bool(report.texts.get(chapter.key)) for chapter in form.chapters if not chapter.tables)
    return Coverage(len(outcomes) - waiting, waiting, len(known) if report.last else 0, texts)


def told_of_coverage(checked: Sequence[Checked]) -> tuple[str, ...]:
    """What was checked of all files together, and in how many something could not be."""
    readings = [each.reading for each in checked if each.reading]
    if not readings:
        return ()
    found = [coverage(each) for each in readings]
    lines = [_balances(found), _last_year(found), _texts(found)]
    if unread := len(checked) - len(readings):
        lines.append(f"有 {unread} 份读不出来，什么都没有核对")
    return (f"核对范围：{'；'.join(lines)}。",)


def _balances(found: Sequence[Coverage]) -> str:
    done, waiting = sum(each.balanced for each in found), sum(each.waiting for each in found)
    line = f"勾稽关系核对了 {done} 条"
    return line + (f"，另有 {waiting} 条因为有空格或缺数没有核对" if waiting else "")


def _last_year(found: Sequence[Coverage]) -> str:
    without = sum(not each.compared for each in found)
    if not without:
        return "与上年的衔接已核对"
    which = "" if len(found) == 1 else f"有 {without} 份"
    return f"{which}没有上年的数，没有与上年核对（可用 --last 指定上年年报）"


def _texts(found: Sequence[Coverage]) -> str:
    without = sum(not each.texts for each in found)
    if not without:
        return "各章文字已核对"
    which = "" if len(found) == 1 else f"有 {without} 份"
    return f"{which}没有各章文字，文字没有核对"
