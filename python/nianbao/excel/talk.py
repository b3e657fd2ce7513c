"""What commands ask and tell alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ..commands.files import Output
from ..errors import InputError, NianbaoError
from ..outputs import file_name
from .dialogs import Cancelled
from .openbook import last_report_year, read_book
from .pages import Page
from .session import Session

_SHOWN = 12
"""Lines that fit into a message box."""


def agency_in_view(session: Session) -> str:
    """The name of the office whose report is open; "" if none is."""
    try:
        return read_book(session).reading.report.agency
    except NianbaoError:
        return ""


def report_year(session: Session) -> int:
    """The year that reports are written on, as the person says."""
    year = session.ask.text("报告年度（四位年份）：", str(last_report_year())).strip()
    if not year.isdecimal():
        raise InputError("报告年度", f"“{year}”不是年份", "请写四位年份，如 2023")
    return int(year)


def if_there_is(session: Session, question: str, ask: Callable[[], Path]) -> Path | None:
    """What `ask` brings, for what may be left out: a dialog that is cancelled would stop everything."""
    return ask() if session.confirm(question) else None


def output_file(session: Session, question: str, name: str) -> Output:
    """Where to write, as the person says; `name` is proposed."""
    path = session.ask.new_file(question, file_name(name))
    if session.has_open(path):
        raise InputError(path.name, "正开着，不能覆盖", "请换一个文件名，或关掉它再做一次")
    if path.exists() and not session.confirm(f"{path} 已经存在。要覆盖吗？"):
        raise Cancelled
    return Output(path, path.exists())


def output_folder(session: Session, question: str) -> Output:
    """The folder to write to, as the person says; what is in it is written over only if they agree."""
    folder = session.ask.folder(question)
    used = any(not each.name.startswith(".") for each in folder.iterdir()) if folder.is_dir() else False
    if used and not session.confirm(f"{folder} 里已经有文件，同名的会被覆盖。继续吗？"):
        raise Cancelled
    return Output(folder, used)


def tell(session: Session, summary: str, lines: Sequence[str]) -> None:
    """Say what was done; a list too long for a message goes to a workbook of its own."""
    session.status("")
    if len(lines) > _SHOWN:
        session.show(Page("清单", [("序号", "内容"), *enumerate(lines, start=1)], (8, 120), 1))
        session.activate()
        lines = [*lines[:_SHOWN], f"……共 {len(lines)} 条，全部列在新打开的工作簿里。"]
    session.tell("\n".join([summary, *lines]))
