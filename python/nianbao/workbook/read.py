"""Reads a workbook of ours back into a report, through calamine and the workbook's own cell map."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from unicodedata import normalize

import python_calamine as calamine

from ..checks.reading import (
    of_figure,
    r02_refused,
    r05_stored_total,
    r05_unsaved_summary,
    r06_not_current,
    unused_figure,
)
from ..checks.structure import s02_no_year
from ..errors import InputError, NianbaoError
from ..figures import Figure, read_figure, show
from ..findings import Finding
from ..form import CellKey, Form
from ..formfile import EDITIONS, load_form
from ..places import SheetPlace, sheet_place
from ..printed import printed
from ..reading import Reading
from ..report import Report, Totals, clean_name, clean_part, clean_text
from ..totals import computed
from .formulas import PLACES
from .layout import TABLE_ROW, lay_out
from .names import META, STAMP, SUMMARY, TEMPLATE_VERSION

NOT_OURS = "请把数据填进本工具的模板（用 nianbao template 生成）"
OLE = b"\xd0\xcf\x11\xe0"
"""How .xls files, and encrypted ones, begin."""
Rows = Sequence[Sequence[Any]]
_DAMAGED = ("不是能读的工作簿，或已损坏", "请用表格软件打开后另存为 .xlsx")
_TRIAL = """
import io, sys, python_calamine
book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
for name in book.sheet_names:
    book.get_sheet_by_name(name).to_python()
"""
_YEAR = re.compile(r"(\d{4})(?:年度?)?", re.ASCII)


class Sheets:
    """The cells of a workbook, each sheet read when first asked for."""

    def __init__(self, book: calamine.CalamineWorkbook, source: str) -> None:
        self._book, self._source, self._read = book, source, dict[str, Rows]()
        self.names = tuple(book.sheet_names)

    def __getitem__(self, name: str) -> Rows:
        if name not in self.names:
            raise InputError(self._source, f"缺少工作表“{name}”", "请不要改名或删除工作表；可用模板重新填写")
        if name not in self._read:
            try:
                self._read[name] = self._book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            except (calamine.CalamineError, ValueError) as error:
                raise InputError(self._source, f"工作表“{name}”损坏，读不出来", "请重新导出或改用备份") from error
        return self._read[name]

    def at(self, place: SheetPlace) -> object:
        """The value of one cell, None where nothing stands."""
        rows = self[place.sheet]
        inside = place.row <= len(rows) and place.column <= len(rows[place.row - 1])
        value: object = rows[place.row - 1][place.column - 1] if inside else None
        return None if value == "" else value


def read_workbook(data: bytes, source: str) -> Reading:
    """The report in a workbook of ours; InputError, naming `source`, if there is none to be read."""
    return _Reader(open_sheets(data, source), source).reading()


def open_sheets(data: bytes, source: str) -> Sheets:
    """The sheets of any spreadsheet file; InputError if it cannot be opened."""
    if data.startswith(OLE) and not _survives(data):
        raise InputError(source, *_DAMAGED)
    try:
        return Sheets(calamine.CalamineWorkbook.from_filelike(BytesIO(data)), source)
    except calamine.PasswordError as error:
        raise InputError(source, "文件加了打开密码", "请去掉密码后另存") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise InputError(source, *_DAMAGED) from error


def _survives(data: bytes) -> bool:
    """Whether reading `data` ends well, tried in a process of its own: damaged .xls files take the reader down."""
    import subprocess

    try:
        tried = subprocess.run(  # noqa: S603 - our own interpreter and our own lines
            [sys.executable, "-c", _TRIAL], input=data, capture_output=True, check=False, timeout=60
        )
    except subprocess.TimeoutExpired:
        return False
    return tried.returncode == 0


def _map(sheets: Sheets) -> dict[str, str]:
    return {str(row[0]): str(row[1]) for row in sheets[META] if len(row) > 1}


class _Reader:
    """One workbook being read."""

    def __init__(self, sheets: Sheets, source: str) -> None:
        named = _map(sheets) if META in sheets.names else {}
        if STAMP not in named or named.get("edition") not in EDITIONS:
            raise InputError(source, "不是用本工具模板填写的工作簿", NOT_OURS)
        self._sheets, self._source, self._named = sheets, source, named
        self._form: Form = load_form(named["edition"])
        self._findings: list[Finding] = []

    def reading(self) -> Reading:
        """Everything the workbook says."""
        if self._named[STAMP] == TEMPLATE_VERSION:
            self._confirm_labels()
        else:  # its own cell map says where its figures stand
            what = f"模板版本是 {self._named[STAMP]}，当前版本是 {TEMPLATE_VERSION}"
            self._findings.append(r06_not_current(what))
        places = {cell: self._place(str(cell)) for cell in self._form.cells}
        automatic = self._is_automatic()
        values = self._automatic(places) if automatic else self._typed(places)
        report = Report(
            self._form.edition,
            self._year(),
            clean_name(self._text("agency")),
            values,
            dict(self._texts()),
            Totals.AUTOMATIC if automatic else Totals.TYPED,
        )
        summary = self._named.get("kind") == SUMMARY
        if summary and not any(value is not None for value in values.values()):
            self._findings.append(r05_unsaved_summary(self._form))
        return Reading(self._source, report, tuple(self._findings), places, summary)

    def _place(self, name: str) -> SheetPlace:
        sheet, _, a1 = self._named.get(name, "").rpartition("!")
        if not sheet:
            raise InputError(self._source, f"单元格对照表里缺少“{name}”", NOT_OURS)
        try:
            return sheet_place(sheet, a1)
        except NianbaoError as error:
            raise InputError(self._source, f"单元格对照表里“{name}”的地址不对", NOT_OURS) from error

    def _confirm_labels(self) -> None:
        """Refuse a workbook whose rows or columns moved: its figures would land in wrong cells."""
        for chapter in self._form.chapters:
            for cell in printed(chapter):
                place = SheetPlace(chapter.sheet, TABLE_ROW + cell.row, 1 + cell.column)
                found = self._sheets.at(place) if cell.text else None
                if cell.text and clean_text(str(found)) != cell.text:
                    what = f"版式被改动：{place} 应为“{cell.text}”，现为“{found or ''}”"
                    raise InputError(self._source, what, "请把数据填入未改动的模板")

    def _figure(self, cell: CellKey, place: SheetPlace) -> Figure:
        figure = read_figure(self._sheets.at(place), self._form.kind(cell))
        finding = of_figure(cell, figure, self._form, place)
        if finding is not None:
            self._findings.append(finding)
        return figure

    def _typed(self, places: Mapping[CellKey, SheetPlace]) -> dict[CellKey, Decimal | None]:
        typed = lay_out(self._form).typed
        where = {cell: self._place(f"typed/{cell}") if cell in typed else place for cell, place in places.items()}
        values = {cell: self._figure(cell, place).value for cell, place in where.items()}
        shown = {cell: read_figure(self._sheets.at(places[cell]), "count").value for cell in typed}
        off = {cell for cell, value in shown.items() if value is not None and not _same(value, values[cell])}
        self._findings += r05_stored_total(shown, {cell: values[cell] for cell in typed if cell in off}, self._form)
        return values

    def _automatic(self, places: Mapping[CellKey, SheetPlace]) -> dict[CellKey, Decimal | None]:
        typed = lay_out(self._form).typed
        values = {cell: self._figure(cell, place).value for cell, place in places.items() if cell not in typed}
        totals = computed(values, self._form)
        stored = {cell: read_figure(self._sheets.at(places[cell]), "count").value for cell in totals}
        off = {cell: value for cell, value in totals.items() if not _same(stored[cell], value)}
        self._findings += r05_stored_total(stored, off, self._form)
        self._findings += (each for cell in totals if (each := self._unused_figure(cell, totals[cell])))
        return {cell: totals[cell] if cell in totals else values[cell] for cell in places}

    def _is_automatic(self) -> bool:
        mode = clean_text(self._text("totals"))
        if mode not in {"", *Totals}:
            choices = "、".join(Totals)
            place = self._place("totals")
            self._findings.append(r02_refused("封面“合计方式”", mode, f"不是{choices}之一", place))
        return mode != Totals.TYPED

    def _unused_figure(self, cell: CellKey, total: Decimal | None) -> Finding | None:
        """A 核对数 typed although totals are automatic: it is checked against the computed one, not used."""
        place = self._place(f"typed/{cell}")
        typed = self._figure(cell, place).value
        return None if typed in {None, total} else unused_figure(cell, typed, total, self._form, place)

    def _text(self, name: str) -> str:
        return _words(self._sheets.at(self._place(name)))

    def _year(self) -> int | None:
        text = normalize("NFKC", self._text("year")).strip()
        match = _YEAR.fullmatch(text)
        if text and match is None:
            self._findings.append(s02_no_year(text, self._place("year")))
        return int(match[1]) if match else None

    def _texts(self) -> Iterator[tuple[str, str]]:
        layout = lay_out(self._form)
        for key in (*layout.notes, *layout.paragraphs):
            place = self._place(f"texts/{key}")
            column = [self._sheets.at(place)] if key in layout.notes else self._below(place)
            if text := clean_part(key, "\n".join(map(_words, column))):
                yield key, text

    def _below(self, place: SheetPlace) -> list[object]:
        rows = range(place.row, len(self._sheets[place.sheet]) + 1)
        return [self._sheets.at(place._replace(row=row)) for row in rows]


def _same(stored: Decimal | None, value: Decimal | None) -> bool:
    """Equal but for what a spreadsheet's binary arithmetic loses."""
    if stored is None or value is None:
        return stored is value
    return abs(stored - value) <= max(abs(value) * Decimal("1e-14"), Decimal(1).scaleb(-PLACES))


def _words(value: object) -> str:
    """What a cell that should hold text says: spreadsheets turn a typed year into a number, and a date into a date."""
    if isinstance(value, float):
        return show(Decimal(f"{value:.15g}"))
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "" if value is None else str(value)
