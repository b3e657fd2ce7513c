"""What commands ask and tell alike."""

from __future__ import annotations

from collections.abc import Sequence

from ..commands.files import Output
from ..errors import NianbaoError
from ..outputs import file_name
from .dialogs import Cancelled
from .openbook import read_book
from .session import Page, Session

_SHOWN = 12
"""Lines that fit into a message box."""


def agency_in_view(session: Session) -> str:
    """The name of the office whose report is open; "" if none is."""
    try:
        return read_book(session).reading.report.agency
    except NianbaoError:
        return ""


def output_file(session: Session, question: str, name: str) -> Output:
    """Where to write, as the person says; `name` is proposed."""
    path = session.ask.new_file(question, file_name(name))
    if path.exists() and not session.confirm(f"{path} 已经存在。要覆盖吗？"):
        raise Cancelled
    return Output(path, path.exists())


def tell(session: Session, summary: str, lines: Sequence[str]) -> None:
    """Say what was done; a list too long for a message goes to a workbook of its own."""
    session.status("")
    if len(lines) > _SHOWN:
        session.show(Page("清单", [("序号", "内容"), *enumerate(lines, start=1)], (8, 120), 1))
        session.activate()
        lines = [*lines[:_SHOWN], f"……共 {len(lines)} 条，全部列在新打开的工作簿里。"]
    session.tell("\n".join([summary, *lines]))
