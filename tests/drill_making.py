"""How the files of the drill are made: by our own writers, by those of older and newer templates, by LibreOffice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
from lo import convert
from openpyxl import Workbook

import excel
from builders import busy_report
from drill_reports import Sent
from drill_units import ALIASES, CODES, UNITS
from hostile import compound
from nianbao.document.article import compose
from nianbao.document.docx import write_docx
from nianbao.document.html import write_html
from nianbao.formfile import load_form
from nianbao.report import Filling, Report
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents, carried
from nianbao.workbook.names import SUMMARY
from nianbao.workbook.roster import HEAD_ROW, SHEET, blank_roster
from oldbooks import NEWEST, in_gbk, stamped, version_one
from pdfs import Picture, pdf

DEADLINE = date(2024, 1, 20)
"""The last day for every unit."""
LABEL = ("2.其他法律行政法规禁止公开", "2.其他法律法规禁止公开")
"""A label of table three that somebody changed: before and after."""
ARCHIVE = ".zip/"
"""What parts the name of an archive from those in it."""
_REQUESTS, _INSERTED = "三、依申请公开", 11
_TELEPHONE = "0000-8{:06}"


def made(sent: Sequence[Sent], folder: Path) -> list[bytes]:
    """The bytes of every file; LibreOffice is started once for each format, and works in `folder`."""
    found = [_MAKERS[each.form](each.report or busy_report()) for each in sent]
    wanted = defaultdict[str, list[int]](list)
    for at, each in enumerate(sent):
        if each.form in _SAVED_AS:
            wanted[_SAVED_AS[each.form]].append(at)
    with ThreadPoolExecutor(2) as pool:
        runs = {to: pool.submit(_saved, [found[at] for at in places], to, folder / to) for to, places in wanted.items()}
        for to, places in wanted.items():
            for at, data in zip(places, runs[to].result(), strict=True):
                found[at] = data
    return found


def _saved(files: Iterable[bytes], to: str, folder: Path) -> list[bytes]:
    """`files` as LibreOffice saves them."""
    folder.mkdir(parents=True)
    sources = [folder / f"{number}.{'docx' if to == 'pdf' else 'xlsx'}" for number, _ in enumerate(files)]
    for source, data in zip(sources, files, strict=True):
        source.write_bytes(data)
    return [each.read_bytes() for each in convert(sources, to, folder)]


def _book(report: Report) -> bytes:
    return build_workbook(Contents(_blank_where_declared(report)))


def _blank_where_declared(report: Report) -> Report:
    """`report` as it is typed: nothing where all is declared to be zero."""
    form = load_form(report.edition)
    zero = {key for key, state in report.filling.items() if state is Filling.ALL_ZERO}
    kept = {key: value for key, value in report.values.items() if form.chapter_of[key.table].key not in zero}
    return report._replace(values=kept)


def _tampered(report: Report) -> bytes:
    book = openpyxl.load_workbook(BytesIO(_book(report)))
    page = book[_REQUESTS]
    (label,) = (each for row in page.iter_rows() for each in row if each.value == LABEL[0])
    label.value = LABEL[1]
    excel.insert(book, _REQUESTS, "row", _INSERTED)
    return _bytes(book)


def _bytes(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _docx(report: Report) -> bytes:
    return write_docx(compose(carried(report)))


def _cut(report: Report) -> bytes:
    whole = _book(report)
    return whole[: len(whole) // 2]


_MAKERS: Mapping[str, Callable[[Report], bytes]] = {
    "book": _book,
    "saved": _book,
    "ods": _book,
    "xls": _book,
    "tampered": _tampered,
    "old": version_one,
    "new": lambda report: stamped(_book(report), NEWEST),
    "summary": lambda report: build_workbook(Contents(report, kind=SUMMARY)),
    "docx": _docx,
    "pdf": _docx,
    "html": lambda report: write_html(compose(carried(report))),
    "locked": lambda _: compound({"EncryptionInfo": b"\x04\0\x04\0", "EncryptedPackage": bytes(512)}),
    "cut": _cut,
    "scan": lambda _: pdf([[Picture()], [Picture()]]),
}
"""How each form of file is made; what `_SAVED_AS` names goes through LibreOffice afterwards."""
_SAVED_AS = {"saved": "xlsx", "tampered": "xlsx", "ods": "ods", "xls": "xls", "pdf": "pdf"}


def roster() -> bytes:
    """The roster, filled in as an office does it."""
    book = openpyxl.load_workbook(BytesIO(blank_roster()))
    page = book[SHEET]
    for number, unit in enumerate(UNITS, start=1):
        counted = "否" if unit.kind == "垂直" else "是"
        contact = (f"示例联络员{number:02}", _TELEPHONE.format(number), DEADLINE)
        row = (unit.name, CODES.get(unit.name), ALIASES.get(unit.name), unit.kind, None, counted, *contact)
        for column, entry in enumerate(row, start=1):
            page.cell(HEAD_ROW + number, column).value = entry
    return _bytes(book)


def packed_up(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """`files` as they lie in the folder: those of an archive in it, under names in GBK."""
    inside, outside = defaultdict[str, dict[str, bytes]](dict), dict[str, bytes]()
    for name, data in files.items():
        archive, parted, member = name.partition(ARCHIVE)
        if parted:
            inside[f"{archive}{parted.rstrip('/')}"][member] = data
        else:
            outside[name] = data
    return outside | {name: in_gbk(members) for name, members in inside.items()}
