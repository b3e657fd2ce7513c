"""What the buttons of the group 汇总 do: workbooks go out, come back, are added up, and are asked about."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path
from typing import NamedTuple

import xlwings as xw

from ..check import count_line
from ..city.previous import Previous, read_previous, read_summary
from ..commands.files import Done
from ..commands.gathering import Merging
from ..commands.merging import merge_files, return_files
from ..commands.workbooks import issue_workbooks
from ..errors import InputError
from ..importing.files import LOOKED_AT
from ..places import SheetPlace
from ..workbook.cellmap import is_ours, words
from ..workbook.names import FILES, STATUS
from .dialogs import Cancelled
from .openbook import Found, read_book
from .session import Session
from .talk import agency_in_view, if_there_is, output_file, output_folder, report_year, tell
from .tracing import page_of, refuse_other_sheet

ROSTERS = (".xlsx", ".csv")
"""What a roster may come in."""
_COUNTS_ROW = 2
"""The row of 填报状态 that says how many units have come how far."""


def issue_reports(book: xw.Book) -> None:
    """下发: a prefilled workbook for every unit of a roster, in a folder."""
    session = Session(book)
    roster = session.ask.file("单位名册：", ROSTERS)
    year = report_year(session)
    last = if_there_is(session, "要从上年的年报带入上年结转等数吗？", lambda: _last_year(session, year - 1))
    done = issue_workbooks(year, roster, last, output_folder(session, "下发的工作簿放在哪个文件夹："))
    tell(session, "".join(done.told), [f"写在 {done.written[0].parent}", *_findings(done)])


def _last_year(session: Session, year: int) -> Path:
    """Last year's reports: one file, a summary or an archive, or a folder."""
    if session.confirm(f"{year} 年度的年报在一个文件里吗（一份年报，或 .zip）？在文件夹里的，请选“否”。"):
        return session.ask.file(f"{year} 年度的年报：", LOOKED_AT)
    return session.ask.folder(f"{year} 年度的年报在哪个文件夹：")


def merge_reports(book: xw.Book) -> None:
    """合并下级报表: a folder of reports added up in a summary, opened; what the office wrote in an earlier one stays."""
    session = Session(book)
    asked = _asked(session)
    output = output_file(session, "汇总表保存为：", _free_name(asked.wanted))
    done = merge_files([asked.folder], asked.wanted, output, _today())
    session.open(done.written[0])
    tell(
        session, f"{count_line(done.checked, done.findings)}每个文件的情况见“{FILES}”。", [*done.told, *_findings(done)]
    )


def return_reports(book: xw.Book) -> None:
    """生成退回件: for every unit with something to put right its workbook with marks, a letter and a draft."""
    session = Session(book)
    asked = _asked(session)
    output = output_folder(session, "退回件放在哪个文件夹：")
    done = return_files([asked.folder], asked.wanted, output, _today())
    tell(session, count_line(done.checked), done.told)


class _Asked(NamedTuple):
    """Where the reports of the units are, and how they are added up."""

    folder: Path
    wanted: Merging


def _asked(session: Session) -> _Asked:
    previous = _previous(session)
    folder = session.ask.folder("各单位的年报在哪个文件夹：")
    agency = session.ask.text("汇总单位的名称：", agency_in_view(session))
    question = "有单位名册吗？没有名册的，不知道谁没有报。"
    roster = if_there_is(session, question, lambda: session.ask.file("单位名册：", ROSTERS))
    return _Asked(folder, Merging(agency, roster, previous=previous))


def _previous(session: Session) -> Path | None:
    """The summary in view, if the office wants to go on from it; what is not saved in it is told."""
    found = _summary_in_view(session)
    if not found or not session.confirm(f"打开的“{session.name}”是汇总表。要沿用里面的决定、调整数和文字吗？"):
        return None
    if session.path is None:
        raise InputError(session.name, "还没有保存到本机的文件夹", "请先保存，再按一次")
    now = read_summary(session.sheets(), found.reading)
    question = f"“{session.name}”里的决定、调整数或文字有改动，还没有保存，带不过去。不要这些改动，继续吗？"
    if _written(now) != _written(read_previous(session.saved(), session.name)) and not session.confirm(question):
        raise Cancelled
    return session.path


def _written(previous: Previous) -> tuple[object, ...]:
    """What the office wrote in a summary."""
    report = previous.reading.report
    return previous.said, previous.decisions, report.texts, report.particulars, report.explanations


def _free_name(wanted: Merging) -> str:
    """A name for the new summary: not that of the one it goes on from, which is open and cannot be written over."""
    names = (f"{wanted.agency}汇总{number if number > 1 else ''}.xlsx" for number in count(1))
    taken = wanted.previous.parent if wanted.previous else None
    return next(name for name in names if taken is None or not (taken / name).exists())


def show_status(book: xw.Book) -> None:
    """填报状态: how far the units have come, in a summary."""
    session = Session(book)
    summary = _summary(session)
    if STATUS not in (sheets := session.sheets()).names:
        raise InputError(session.name, f"没有“{STATUS}”表", "请用“合并下级报表”重新汇总")
    session.select(SheetPlace(STATUS, 1, 1))
    told = words(sheets.at(SheetPlace(STATUS, _COUNTS_ROW, 1)))
    session.tell(f"{summary.reading.report.name}\n{told}")


def trace_figure(book: xw.Book) -> None:
    """数字来源: unit, value and file of the figure that is selected in a summary, on a sheet of their own."""
    session = Session(book)
    summary, place = _summary(session), session.selected()
    cell = next((cell for cell, at in summary.places.items() if at == place), None)
    if cell is None:
        what = f"选中的 {place} 不是法定表格里的数"
        raise InputError(session.name, what, "请在汇总表的法定表格里选中一个数，再按“数字来源”")
    sheets = session.sheets()
    refuse_other_sheet(sheets)
    session.put(page_of(read_summary(sheets, summary.reading), cell, place), place.sheet)


def _summary(session: Session) -> Found:
    """The summary in view; InputError if the workbook is none."""
    if found := _summary_in_view(session):
        return found
    raise InputError(session.name, "不是汇总表", "请先打开用“合并下级报表”生成的汇总工作簿，再按一次")


def _summary_in_view(session: Session) -> Found | None:
    """The summary in view, None if the workbook is none."""
    found = read_book(session) if is_ours(session.sheets()) else None
    return found if found and found.reading.summary else None


def _findings(done: Done) -> list[str]:
    return [finding.message for finding in done.findings]


def _today() -> date:
    """The clerk's day."""
    return date.today()  # noqa: DTZ011 - not that of Greenwich
