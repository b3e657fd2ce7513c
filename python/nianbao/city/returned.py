"""What goes back to the units: a workbook with marks, the letter, and a draft of the document; one folder for each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..errors import OutputError
from ..outputs import file_name
from ..report import Report
from ..workbook.contents import Contents, record
from .asking import Asked, Return, asked
from .letters import return_letter

LETTER = "退回说明.txt"
_NAME = "政府信息公开工作年度报告"
_LONGEST = 60
"""Characters of a unit's name in the names of its folder and its files: systems allow 255 bytes in all."""


def returned_files(returns: Iterable[Return], today: date) -> dict[str, bytes]:
    """Everything that goes back, by relative path; nothing for units that nothing was found wrong with."""
    files, met = dict[str, bytes](), set[str]()
    for back in returns:
        what = asked(back)
        if what.is_needed:
            folder = _free(file_name(what.agency[:_LONGEST]) or "未填单位名称", met)
            files |= {f"{folder}/{name}": data for name, data in _files(what, today).items()}
    return files


def _free(name: str, met: set[str]) -> str:
    """`name`, numbered where a system would take it for one that was met."""
    numbered = (f"{name}-{number}" if number > 1 else name for number in range(1, len(met) + 2))
    free = next(each for each in numbered if each.casefold() not in met)
    met.add(free.casefold())
    return free


def _files(what: Asked, today: date) -> dict[str, bytes]:
    """What one unit gets, by name: the letter alone where no workbook can be made of its report."""
    if what.report is None:
        return {LETTER: _plain(return_letter(what, today))}
    stem = file_name(f"{what.agency[:_LONGEST]}{_year(what.report)}{_NAME}")
    name = f"{stem}（退回第{what.report.particulars['round']}轮）.xlsx"
    try:
        files = {name: _workbook(what, what.report), f"{stem}（草稿）.docx": _draft(what.report)}
    except OutputError as error:  # a paragraph that no cell holds must not keep the others from theirs
        return {LETTER: _plain(f"{return_letter(what, today)}\n　　没有附上工作簿：{error}")}
    return {**files, LETTER: _plain(return_letter(what, today, name))}


def _year(report: Report) -> str:
    return f"{report.year}年度" if report.year else ""


def _workbook(what: Asked, report: Report) -> bytes:
    """The workbook that goes back; of a report that was imported with the record of that."""
    from ..workbook.build import build_workbook

    listings = (record(what.reading),) if what.reading and not what.reading.ours else ()
    return build_workbook(Contents(report, listings=listings, notes=what.notes))


def _draft(report: Report) -> bytes:
    """The document as far as it has come, holes marked."""
    from ..document.article import compose
    from ..document.docx import write_docx

    return write_docx(compose(report))


def _plain(text: str) -> bytes:
    """`text` as every Windows shows it in a double click."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")
