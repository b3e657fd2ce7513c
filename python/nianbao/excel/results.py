"""审核结果: what a check found, as the rows of a sheet, and what people wrote beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..check import counted
from ..errors import InputError, NianbaoError
from ..explanations import about, name_of, reasons
from ..figures import show
from ..findings import Finding, Severity, State
from ..form import CellKey
from ..places import SheetPlace, sheet_place
from ..reading import Reading
from ..rules import balance_ids
from ..workbook.cellmap import words
from ..workbook.names import RESULTS
from ..workbook.sheets import Sheets
from .pages import Entry, Link, Page

_HEADS = (
    "序号",
    "程度",
    "编号",
    "位置（点击转到）",
    "问题和办法",
    "左边",
    "右边",
    "相差",
    "疑似错格",
    "应为",
    "出错说明",
)
_WIDTHS = (6, 8, 7, 24, 64, 9, 9, 9, 14, 9, 36)
HEAD_ROW = 4
_RULE, _PLACE, _LEFT, _RIGHT, _SUSPECT, _REASON = 3, 4, 6, 7, 9, 11
_HINT = (
    "用“上一处”“下一处”逐处查看。核对后确认数字没错、又确实不平的，在最后一列写明原因，再点“出错说明”。"
    "改动数字以后，请再点一次“全部审核”。"
)
EXPLAINED, TRIAL = "已说明", "试行"
_LISTED = 6
"""Cells in question that are listed; of more, the number is told."""
_TO_DEAL_WITH = (Severity.ERROR.label, Severity.WARNING.label)

Key = tuple[str, str, str, str]
"""What tells one finding from another: rule, place, both sides."""


class Problem(NamedTuple):
    """One row of the sheet as it stands there: its number, how grave it is, what it says, and the reason given.

    `place` is where to look first: the one cell that is suspected, else the first that it is about.
    """

    number: int
    grade: str
    key: Key
    message: str
    place: SheetPlace | None
    reason: str

    @property
    def row(self) -> int:
        """Its row on the sheet."""
        return HEAD_ROW + self.number

    @property
    def is_open(self) -> bool:
        """Whether it still has to be dealt with."""
        return self.grade in _TO_DEAL_WITH


def page(reading: Reading, findings: Sequence[Finding], when: str, given: Mapping[Key, str]) -> Page:
    """The sheet that shows `findings`, with the reasons that were `given` on the last one; `when` it was checked."""
    counts = counted(findings)
    told = "，".join(f"{each.label} {counts[each]} 处" for each in Severity)
    head: list[list[Entry]] = [
        [RESULTS],
        [f"{reading.report.name}：{told}。审核时间：{when}。"],
        [_HINT],
        list(_HEADS),
    ]
    rows = [[number, *_row(reading, finding, given)] for number, finding in enumerate(findings, start=1)]
    return Page(RESULTS, [*head, *rows], _WIDTHS, HEAD_ROW)


def _row(reading: Reading, finding: Finding, given: Mapping[Key, str]) -> Iterator[Entry]:
    where, first = reading.where(finding), _first_place(reading, finding)
    explained = finding.state is State.EXPLAINED
    yield EXPLAINED if explained else TRIAL if finding.state is State.BETA else finding.severity.label
    yield finding.rule
    yield Link(where, first) if first else where
    yield finding.message
    yield from (finding.left, finding.right, finding.difference)
    yield from _suspected(reading, finding, first)
    yield _reason(reading, finding) if explained else given.get(key(reading, finding))


def _reason(reading: Reading, finding: Finding) -> str:
    return reasons(reading.report)[name_of(finding, reading.report.values)].reason


def _suspected(reading: Reading, finding: Finding, first: SheetPlace | None) -> tuple[Entry, Entry]:
    """The suspected cell and what it should be; of several, each with that."""
    named = [(_address(reading, suspect.cell, first), suspect.value) for suspect in finding.suspects]
    if len(named) == 1:
        return named[0]
    more = f"，另有 {len(named) - _LISTED} 格也可能" if len(named) > _LISTED else ""
    return "、".join(f"{address}→{show(value)}" for address, value in named[:_LISTED]) + more, None


def _address(reading: Reading, cell: CellKey, first: SheetPlace | None) -> str:
    place = reading.places.get(cell)
    if not isinstance(place, SheetPlace):
        return ""
    return place.a1 if first and place.sheet == first.sheet else str(place)


def key(reading: Reading, finding: Finding) -> Key:
    """What tells `finding` from others."""
    return (finding.rule, reading.where(finding), show(finding.left), show(finding.right))


def named(finding: Finding) -> str:
    """What the sheet 出错说明 calls a finding; "" for one that cannot be explained, only mended."""
    return about(finding.rule, finding.subject, finding.left, finding.right) if finding.rule in balance_ids() else ""


def _first_place(reading: Reading, finding: Finding) -> SheetPlace | None:
    """The first cell that `finding` is about."""
    places = (finding.place, *(reading.places.get(cell) for cell in finding.cells))
    return next((place for place in places if isinstance(place, SheetPlace)), None)


def problems(sheets: Sheets) -> tuple[Problem, ...]:
    """What the sheet 审核结果 of a workbook lists; InputError if that is no list of ours, nothing if there is no such sheet."""
    rows = sheets[RESULTS] if RESULTS in sheets.names else []
    if rows and tuple(map(words, [*rows, *[[]] * HEAD_ROW][HEAD_ROW - 1])) != _HEADS:
        raise InputError(f"工作表“{RESULTS}”", "不是本工具写的，或表头改动过", "请改名或删去，再点“全部审核”")
    return tuple(_problem(number, row) for number, row in enumerate(rows[HEAD_ROW:], start=1))


def _problem(number: int, row: Sequence[object]) -> Problem:
    said = ["", *map(words, row), *[""] * len(_HEADS)]
    found = (said[_RULE], said[_PLACE], said[_LEFT], said[_RIGHT])
    concerned = _place(said[_PLACE])
    suspected = concerned and _place(said[_SUSPECT], concerned.sheet)
    return Problem(number, said[2], found, said[5], suspected or concerned, said[_REASON].strip())


def _place(text: str, here: str = "") -> SheetPlace | None:
    """``三、依申请公开!D7:I29`` → D7; a place without a sheet is on the sheet `here`."""
    sheet, _, address = text.removesuffix(" 等").rpartition("!")
    try:
        return sheet_place(sheet or here, address.partition(":")[0]) if sheet or here else None
    except NianbaoError:
        return None


def given(found: Iterable[Problem]) -> dict[Key, str]:
    """The reasons that people wrote beside problems and that are still to be carried over."""
    return {each.key: each.reason for each in found if each.reason and each.is_open}


def reason_place(found: Sequence[Problem], at: int) -> SheetPlace:
    """Where the reason for problem number `at` is written, or else that for the first."""
    row = next((each.row for each in found if each.number == at), HEAD_ROW + 1)
    return SheetPlace(RESULTS, row, _REASON)


def step(found: Sequence[Problem], at: int, direction: int) -> Problem | None:
    """The next problem to be dealt with after (or before) number `at`, round and round; None if there is none."""
    open_ = [each for each in found if each.is_open]
    after = [each for each in open_ if (each.number > at if direction > 0 else each.number < at)]
    return next(iter((after or open_)[::direction]), None)
