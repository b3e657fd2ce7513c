"""How far the units have come: the sheets 填报状态 and 文件清单."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ..check import counted, open_errors
from ..findings import Finding, Severity, State
from ..workbook.contents import Entry, Listing
from ..workbook.names import BY_UNIT, FILES, STATUS
from .decisions import DIGEST
from .gathered import fitting
from .handed import Handed, Intake
from .intake import days_over
from .members import Member
from .units import ADDED, DUE, SHOWN

MISSING, RETURNED, WRONG, HANDED_IN, EXPLAINED = "未报", "退回", "有错", "已报", "已说明"
"""How far a unit has come."""
BOARD = (
    "序号",
    "单位",
    "类别",
    DUE,
    "状态",
    "截止日期",
    "逾期天数",
    "轮次",
    "错误",
    "提醒",
    "文件",
    "文件指纹",
    "说明",
)
DIGEST_HEAD = "文件指纹（SHA-256）"
LOG = ("序号", "文件", "单位", "认出依据", "年度", "计入汇总", "错误", "提醒", DIGEST_HEAD, "问题")
_NOT_ADDED = "否"
_DUE = {True: ADDED, False: _NOT_ADDED, None: ""}
_TONES = {MISSING: "wrong", WRONG: "wrong", RETURNED: "doubtful", EXPLAINED: "explained"}


class Position(NamedTuple):
    """How far one unit has come: its state, the file that speaks for it (None without one), all its files, and why.

    `due`: whether a report of it is to be added up; None where no roster says so.
    """

    member: Member
    state: str
    main: Handed | None
    files: tuple[Handed, ...] = ()
    why: str = ""
    due: bool | None = None


def positions(intake: Intake, returned: Mapping[str, str]) -> tuple[Position, ...]:
    """Every unit in the order of the roster; `returned`: units whose file was sent back, with the digest of that file."""
    files = defaultdict[Member, list[Handed]](list)
    for each in intake.handed:
        if each.member is not None:
            files[each.member].append(each)
    due = (
        dict.fromkeys(intake.members, None) if not intake.due else {each: each in intake.due for each in intake.members}
    )
    return tuple(
        _position(member, files[member], intake, returned)._replace(due=due[member]) for member in intake.members
    )


def _position(member: Member, files: Sequence[Handed], intake: Intake, returned: Mapping[str, str]) -> Position:
    main = next((each for each in files if each.is_added or each.shown), None)
    if main is None:
        return _without(member, files, intake)
    findings = main.checked.findings
    if open_errors(findings):
        sent = returned.get(member.name) == main.checked.digest[:DIGEST]
        return Position(member, RETURNED if sent else WRONG, main, tuple(files))
    explained = any(each.state is State.EXPLAINED for each in findings)
    return Position(member, EXPLAINED if explained else HANDED_IN, main, tuple(files))


def _without(member: Member, files: Sequence[Handed], intake: Intake) -> Position:
    """A unit that nothing is added up of."""
    if member in intake.excused:
        return Position(member, EXPLAINED, None, tuple(files), intake.excused[member])
    why = next((each.problem.message for each in files if each.problem and each.problem.is_open_error), "")
    if why:
        return Position(member, WRONG, None, tuple(files), why)
    if files:
        return Position(member, EXPLAINED, None, tuple(files), files[0].problem.message if files[0].problem else "")
    return Position(member, MISSING, None, (), "" if member in intake.due else "不计入汇总")


def board(found: Sequence[Position], today: date) -> Listing:
    """填报状态: one row a unit."""
    states = Counter(each.state for each in found)
    told = "，".join(f"{state} {states[state]}" for state in (HANDED_IN, EXPLAINED, WRONG, RETURNED, MISSING))
    return Listing(
        STATUS,
        STATUS,
        f"{_expected(found)}{told}。截至 {today}。",
        (BOARD,),
        (6, 28, 10, 8, 9, 12, 9, 7, 7, 7, 34, 15, 44),
        tuple(_line(number, each, today) for number, each in enumerate(found, start=1)),
        frozen=2,
        filtered=True,
        tones=_TONES,
    )


def _expected(found: Sequence[Position]) -> str:
    if any(each.due is not None for each in found):
        return f"名册里 {len(found)} 个单位，应计入 {sum(bool(each.due) for each in found)} 个："
    return f"没有给单位名册，没有核对是否收齐。交来 {len(found)} 个单位："


def _line(number: int, position: Position, today: date) -> tuple[Entry, ...]:
    member, main = position.member, position.main
    errors, warnings = _counts(main) if main else (None, None)
    overdue = days_over(member, today) if position.state in {MISSING, WRONG, RETURNED} else 0
    return (
        number,
        member.name,
        member.kind,
        _DUE[position.due],
        position.state,
        str(member.deadline or ""),
        overdue or None,
        main.report.particulars.get("round", "") if main and main.report else "",
        errors,
        warnings,
        "\n".join(each.name for each in position.files),
        main.checked.digest[:DIGEST] if main else "",
        position.why or (main.problem.message if main and main.problem else ""),
    )


def _counts(handed: Handed) -> tuple[int, int]:
    """How many errors are open, and how many warnings there are."""
    return open_errors(handed.checked.findings), counted(handed.checked.findings)[Severity.WARNING]


def log(handed: Sequence[Handed]) -> Listing:
    """文件清单: every file that came in, with its SHA-256 and what became of it."""
    added = sum(each.is_added for each in handed)
    return Listing(
        FILES,
        FILES,
        f"共 {len(handed)} 个文件，计入 {added} 个。文件内容有一点不同，指纹就不同。",
        (LOG,),
        (6, 34, 26, 12, 7, 9, 7, 7, 26, 80),
        tuple(_file(number, each) for number, each in enumerate(handed, start=1)),
        frozen=2,
        filtered=True,
    )


def _file(number: int, handed: Handed) -> tuple[Entry, ...]:
    told, report = handed.told.findings, handed.report
    counts = counted(told)
    return (
        number,
        handed.name,
        handed.agency,
        str(handed.by) if handed.member else "",
        report.year if report else None,
        ADDED if handed.is_added else SHOWN if handed.shown else _NOT_ADDED,
        counts[Severity.ERROR],
        counts[Severity.WARNING],
        handed.checked.digest,
        fitting("\n".join(_problems(handed, told)), BY_UNIT),
    )


def _problems(handed: Handed, told: Sequence[Finding]) -> Iterator[str]:
    for each in told:
        if each.severity is not Severity.INFO or each is handed.problem:
            yield f"{each.rule} {each.message}"


def in_need(found: Sequence[Position]) -> Iterator[Position]:
    """The units that have something to put right."""
    return (each for each in found if each.state in {WRONG, RETURNED})


def not_handed_in(found: Collection[Position]) -> list[Member]:
    """The units that something is missing from, and expected."""
    return [each.member for each in found if each.state == MISSING and each.due]
