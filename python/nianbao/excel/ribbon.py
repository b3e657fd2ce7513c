"""What the buttons of the ribbon do, one function a button.

The macros of the add-in call `press` with the name of one.
"""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import xlwings as xw

from .. import __version__
from ..check import Checked, check, open_errors
from ..commands.files import one_of, read_files
from ..commands.publishing import Wanted, draw_up, write_document
from ..commands.workbooks import count_of_totals, import_files, new_workbook
from ..errors import InputError, NianbaoError
from ..formfile import EDITIONS
from ..importing.files import LOOKED_AT
from ..opening import open_year
from ..report import Filling
from ..rulebook import catalogue
from ..workbook.names import COVER, RESULTS, TEMPLATE_VERSION
from .dialogs import Cancelled
from .editing import change, undo_last
from .entries import taken_over, totals_to_write, undeclared
from .merging import issue_reports, merge_reports, return_reports, show_status, trace_figure
from .openbook import read_book
from .pages import Page
from .results import given, problems, reason_place
from .reviewing import entered, explained, frozen, results, show_results, walk
from .session import Session
from .state import log, log_file
from .talk import agency_in_view, output_file, report_year, tell

# 填报


def new_report(book: xw.Book) -> None:
    """新建年报: a new locked workbook, opened."""
    session = Session(book)
    agency = session.ask.text("单位全称（与公章一致）：", agency_in_view(session))
    year = report_year(session)
    output = output_file(session, "新建年报，保存为：", f"{agency}{year}年度政府信息公开工作年度报告.xlsx")
    session.open(new_workbook(year, agency, None, output).written[0])


def take_last_year(book: xw.Book) -> None:
    """从上年提取: blank opening figures, and last year's figures to compare with, from last year's report."""
    session = Session(book)
    found = read_book(session)
    year = found.reading.report.year
    if found.ours and year is None:
        raise InputError(f"{COVER}“报告年度”", "没有填", "请先填四位年份")
    path = session.ask.file(f"{(year or 0) - 1} 年度的报告：", LOOKED_AT)
    opened = open_year(one_of(read_files([path]), path).report, found.form, year or 0, path.name)
    taken = taken_over(found, opened, session)
    change(session, "从上年提取", {**taken.opening, **taken.compared})
    counts = f"带入上年结转 {len(taken.opening)} 处、用来比较的上年数 {len(taken.compared)} 处。"
    tell(session, counts, [*taken.kept, *(finding.message for finding in opened.findings)])


def import_report(book: xw.Book) -> None:
    """导入已有报告: a report in another format as a workbook, opened."""
    session = Session(book)
    path = session.ask.file("要导入的报告：", LOOKED_AT)
    done = import_files([path], output_file(session, "导入后保存为：", f"{path.stem}（导入）.xlsx"))
    session.open(done.written[0])
    tell(session, f"已导入 {path.name}。", [finding.message for each in done.checked for finding in each.findings])


def rest_zero(book: xw.Book) -> None:
    """其余填零: declares the blanks of the tables in view, or of all tables, to be zero."""
    session = Session(book)
    places = undeclared(read_book(session), session.active)
    if not places:
        raise InputError("填报状态", "这里已经声明空白为 0", "要改回，请在表上方的“填报状态”里重新选")
    names = "、".join(place.sheet for place in places)
    if session.confirm(f"{names}：没有填的格都按 0 计（填报状态改为“{Filling.REST_ZERO}”）。确定吗？"):
        change(session, "其余填零", dict.fromkeys(places, Filling.REST_ZERO.value))


# 审核


def check_all(book: xw.Book) -> None:
    """全部审核: everything that is wrong on the sheet 审核结果, the first problem selected."""
    session = Session(book)
    found = read_book(session)
    if values := frozen(session, found):
        change(session, "固定为数值", values)
        found = read_book(session)
    show_results(session, found)
    listed, _ = results(session)
    walk(session, listed, 0, 1)


def next_problem(book: xw.Book) -> None:
    """下一处: the next problem of the last check."""
    session = Session(book)
    walk(session, *results(session), 1)


def previous_problem(book: xw.Book) -> None:
    """上一处: the problem before it."""
    session = Session(book)
    walk(session, *results(session), -1)


def explain(book: xw.Book) -> None:
    """出错说明: carries the reasons written on 审核结果 over to the sheet 出错说明, and checks again."""
    session = Session(book)
    listed, at = results(session)
    if not given(listed):
        here = reason_place(listed, at)
        session.select(here)
        session.tell(f"请在“{RESULTS}”最后一列写明原因（现在是 {here.a1}），再点一次“出错说明”。")
        return
    found = read_book(session)
    explanations, refused = explained(found, listed)
    change(session, "出错说明", entered(found, explanations))
    if not refused:  # a new list would have no place for their reasons
        show_results(session, read_book(session))
    tell(session, f"写进“出错说明” {len(explanations)} 条。", refused)


def clear_results(book: xw.Book) -> None:
    """清除结果: deletes the sheet 审核结果."""
    session = Session(book)
    waiting = given(problems(session.sheets()))
    if waiting and not session.confirm(f"有 {len(waiting)} 条原因还没有写进“出错说明”，清除后就没有了。确定清除吗？"):
        return
    session.remove(RESULTS)
    session.status("")


# 运算


def fill_totals(book: xw.Book) -> None:
    """填合计: blank totals of any workbook that holds the statutory tables; what was stated stands."""
    session = Session(book)
    found = read_book(session)
    computed = totals_to_write(found, session)
    refused = change(session, "填合计", computed.entries)
    lines = [f"{place}　没有写进去（可能是合并的格）。" for place in refused]
    tell(session, count_of_totals(computed.filled), [*computed.lines, *lines])


def undo(book: xw.Book) -> None:
    """撤销: restores what the last command of this tab changed."""
    session = Session(book)
    undone = undo_last(session)
    left = [f"{place}　后来改动过，没有恢复。" for place in undone.left]
    tell(session, f"已撤销“{undone.command}”，恢复 {undone.restored} 格。", left)


# 成文


def write_report(book: xw.Book) -> None:
    """生成报告: the document of the report; a draft only, if wanted, while errors are open."""
    session = Session(book)
    reading = read_book(session).reading
    (draft,) = draw_up([Checked(Path(book.fullname), reading, check(reading))], Wanted())
    errors = open_errors(draft.checked.findings)
    told = [f"还有 {errors} 处错误，点“全部审核”查看。"] if errors else []
    told += [finding.message for finding in draft.lacking]
    if told and not session.confirm("\n".join(["不能生成正式报告：", *told, "要先生成一份草稿吗？"])):
        return
    suffix = "（草稿）" if told else ""
    name = f"{reading.report.agency}{reading.report.year or ''}年政府信息公开工作年度报告{suffix}.docx"
    done = write_document(draft, output_file(session, "报告保存为：", name))
    if done.written:
        session.tell(f"已写入 {done.written[0]}")
    else:
        tell(session, "文档与工作簿不一致，没有保存：", [finding.message for finding in done.findings])


# 帮助


def show_rules(book: xw.Book) -> None:
    """规则说明: every rule in a new workbook."""
    heads = ("编号", "状态", "程度", "版式", "表", "规则", "依据，或不检查的原因")
    rows = [
        (each.id, each.standing, each.severity, "、".join(each.editions), each.tables, each.says, each.cites)
        for each in catalogue(EDITIONS)
    ]
    Session(book).show(Page("规则说明", [heads, *rows], (8, 9, 10, 12, 40, 60, 40), 1))


def show_version(book: xw.Book) -> None:
    """版本: what is installed, and where the log is."""
    lines = (
        f"nianbao {__version__}，模板版本 {TEMPLATE_VERSION}，版式 {'、'.join(EDITIONS)}",
        f"xlwings {xw.__version__}，Python {platform.python_version()}：{sys.executable}",
        f"运行记录：{log_file()}",
    )
    Session(book).tell("\n".join(lines))


class Button(NamedTuple):
    """A button: what stands on it, and what it does."""

    label: str
    does: Callable[[xw.Book], None]


BUTTONS: Mapping[str, Button] = {
    "new_report": Button("新建年报", new_report),
    "take_last_year": Button("从上年提取", take_last_year),
    "import_report": Button("导入已有报告", import_report),
    "rest_zero": Button("其余填零", rest_zero),
    "check_all": Button("全部审核", check_all),
    "previous_problem": Button("上一处", previous_problem),
    "next_problem": Button("下一处", next_problem),
    "explain": Button("出错说明", explain),
    "clear_results": Button("清除结果", clear_results),
    "fill_totals": Button("填合计", fill_totals),
    "undo": Button("撤销", undo),
    "issue_reports": Button("下发", issue_reports),
    "merge_reports": Button("合并下级报表", merge_reports),
    "show_status": Button("填报状态", show_status),
    "return_reports": Button("生成退回件", return_reports),
    "trace_figure": Button("数字来源", trace_figure),
    "write_document": Button("生成报告", write_report),
    "show_rules": Button("规则说明", show_rules),
    "show_version": Button("版本", show_version),
}


def press(name: str) -> None:
    """Do what a button does, on the workbook it was pressed on.  Whatever stops it is a message, never a traceback."""
    run(name, Session.caller().book)


def run(name: str, book: xw.Book) -> None:
    """Do what a button does, on `book`."""
    button, session = BUTTONS[name], Session(book)
    try:
        with session.busy(f"正在{button.label}……"):
            button.does(book)
    except Cancelled:
        session.status("")
    except NianbaoError as error:
        _stop(session, f"{button.label}：{error}", str(error))
    except Exception as error:  # noqa: BLE001 - no traceback ever reaches a user
        what = f"程序内部出错（{type(error).__name__}：{' '.join(str(error).split())}）。"
        _stop(session, f"{button.label}：{traceback.format_exc()}", f"{what}请把这一行和运行记录报告给维护者。")


def _stop(session: Session, record: str, message: str) -> None:
    log(record)
    session.status("")
    session.warn(f"{message}\n\n运行记录：{log_file()}")
