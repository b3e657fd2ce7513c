"""The sheet 催报退回 of a summary: texts ready to be pasted and sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ..workbook.contents import Entry, Listing
from ..workbook.names import BY_UNIT, LETTERS, STATUS
from .asking import Return, asked
from .board import Position, in_need, not_handed_in
from .gathered import fitting
from .letters import reminder, reminders, return_letter
from .members import Member

_ALL = "全部未报单位"
_REMIND, _RETURN = "催报", "退回"


def letterbox(found: Sequence[Position], year: int, today: date) -> Listing:
    """催报退回: one text for all that are missing, one for each of them, and one for each that has something to put right."""
    rows = tuple(_letters(found, not_handed_in(found), year, today))
    return Listing(
        LETTERS,
        "催报和退回的话（复制后发给单位）",
        "点一格复制，粘贴到微信、QQ 或邮件里。不含联系人和电话，请从名册里找。",
        (("单位", "类别", "文字"),),
        (28, 8, 120),
        rows or (("（没有要催报、退回的单位）", "", ""),),
        frozen=1,
        filtered=True,
    )


def _letters(
    found: Sequence[Position], missing: Sequence[Member], year: int, today: date
) -> Iterator[tuple[Entry, ...]]:
    if missing:
        yield _ALL, _REMIND, fitting(reminders(missing, year, today), STATUS)
    for member in missing:
        yield member.name, _REMIND, reminder(member, year, today)
    for back in returns(found):
        what = asked(back)
        if what.is_needed:
            yield what.agency, _RETURN, fitting(return_letter(what, today), BY_UNIT)


def returns(found: Sequence[Position]) -> Iterator[Return]:
    """What goes back to units: the file that speaks for each, or every one that cannot be used."""
    for each in in_need(found):
        files = (
            [each.main] if each.main else [file for file in each.files if file.problem and file.problem.is_open_error]
        )
        for file in files:
            yield Return(file.told, each.member.deadline, each.member.name)
