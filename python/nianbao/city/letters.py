"""Texts to paste into a message: 退回 to a unit whose report has to be put right, 催报 to those that have not handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ..findings import Severity
from ..workbook.contents import Note, Notes
from ..workbook.notes import numeral, tally, written
from .asking import Asked
from .members import Member
from .versions import round_of

_INDENT = "　　"
_NAME = "政府信息公开工作年度报告"
_ANSWER = "已经报送的，请告知报送时间和文件名，以便核对。"


def return_letter(asked: Asked, today: date, workbook: str = "") -> str:
    """What goes back to one unit, in words: how much there is, each point, by when, and how.

    `workbook` is the name of the workbook that goes with it, "" if none does.
    """
    paragraphs = (f"{_INDENT}{text}" for text in (_opening(asked), *asked.told, *_means(asked, workbook)))
    return "\n".join([f"{asked.agency}：", *paragraphs, *_points(asked.notes), _closing(asked.notes, today)])


def _opening(asked: Asked) -> str:
    if asked.reading is None:
        return f"你单位报送的{_NAME}文件读不出来，现予退回，请重新报送。"
    report = asked.reading.report
    year = f" {report.year} 年度" if report.year else ""
    turn = f"（第 {round_of(report)} 轮）" if round_of(report) else ""
    found = f"有{tally(asked.notes.items)}" if asked.notes.items else "内容没有发现问题"
    return f"你单位报送的{year}{_NAME}{turn}已经审核，{found}，现予退回。"


def _means(asked: Asked, workbook: str) -> Iterator[str]:
    """Where and how to put it right."""
    if asked.report is not None and workbook:
        turn = asked.report.particulars["round"]
        marks = "，需要修改的地方标有①②③，“待办”表可以逐条转到" if asked.notes.items else ""
        yield f"请在退回的工作簿“{workbook}”上修改{marks}。原有的数和文字没有改动，报送轮次已改为 {turn}。"
    elif asked.reading is not None and asked.reading.summary:
        yield "这是一份汇总表，数由各单位的报表相加得出，所以没有另附工作簿。请在有关单位的报表上改正，重新汇总后报送。"


def _points(notes: Notes) -> Iterator[str]:
    asks = {Severity.ERROR: "以下各处必须改正：", Severity.WARNING: "以下各处请核对，有错就改，没有错的请写明理由："}
    numbered = list(enumerate(notes.items, start=1))
    for severity, ask in asks.items():
        points = [_point(number, note) for number, note in numbered if note.severity is severity]
        yield from (f"{_INDENT}{ask}", *points) if points else ()


def _point(number: int, note: Note) -> str:
    return f"{_INDENT}{numeral(number)} {note.said}"


def _closing(notes: Notes, today: date) -> str:
    if notes.deadline is None:
        return f"{_INDENT}请修改后尽快重新报送。"
    if notes.deadline < today:
        return f"{_INDENT}报送截止日期是{written(notes.deadline)}，现在{_left(notes.deadline, today)}，请抓紧修改，尽快重新报送。"
    return f"{_INDENT}请修改后于{written(notes.deadline)}前重新报送。"


def reminder(member: Member, year: int, today: date) -> str:
    """What to tell one unit that has not handed in."""
    if member.deadline is None:
        state = f"至今没有收到你单位 {year} 年度{_NAME}。请尽快报送。"
    else:
        due, left = written(member.deadline), _left(member.deadline, today)
        then = "请尽快报送。" if member.deadline < today else "请按时报送。"
        state = f"{year} 年度{_NAME}应于{due}前报送，{left}，至今没有收到你单位的报告。{then}"
    return "\n".join([f"{member.name}：", f"{_INDENT}{state}{_ANSWER}"])


def reminders(members: Sequence[Member], year: int, today: date) -> str:
    """What to tell all units together that have not handed in, the longest overdue first; "" if there are none."""
    if not members:
        return ""
    said = f"截至{written(today)}，还有 {len(members)} 个单位没有报送 {year} 年度{_NAME}："
    days = sorted({each.deadline for each in members if each.deadline})
    groups = [*((day, f"{written(day)}截止，{_left(day, today)}") for day in days), (None, "没有规定截止日期")]
    lines = [
        f"{_INDENT}{head}（{len(names)} 个）：{'、'.join(names)}。"
        for day, head in groups
        if (names := [each.name for each in members if each.deadline == day])
    ]
    return "\n".join(["各有关单位：", f"{_INDENT}{said}", *lines, f"{_INDENT}请尽快报送。{_ANSWER}"])


def _left(deadline: date, today: date) -> str:
    """How far off the deadline is, or how long past."""
    days = (deadline - today).days
    if days < 0:
        return f"已逾期 {-days} 天"
    return f"还有 {days} 天" if days else "今天到期"
