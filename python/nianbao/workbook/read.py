"""Reads a workbook of ours back into a report, through calamine and the workbook's own cell map."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from unicodedata import normalize

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
from ..fees import FEE
from ..figures import Figure, Flag, read_figure, show, tidy
from ..findings import Finding
from ..form import CellKey, Form, Kind, this_year
from ..formfile import EDITIONS, load_form
from ..places import SheetPlace, sheet_place
from ..printed import printed
from ..reading import Reading
from ..report import (
    PARTICULARS,
    Explanation,
    Fee,
    Filling,
    Report,
    Totals,
    Values,
    clean_name,
    clean_part,
    clean_text,
    declared,
)
from ..totals import computed
from .formulas import PLACES
from .layout import lay_out
from .margins import TABLE_ROW
from .names import CHARGES, META, STAMP, SUMMARY, TEMPLATE_VERSION
from .sheets import Sheets, open_sheets

NOT_OURS = "请把数据填进本工具的模板（用 nianbao template 生成）"
_YEAR = re.compile(r"(\d{4})(?:年度?)?", re.ASCII)


def read_workbook(data: bytes, source: str) -> Reading:
    """The report in a workbook of ours; InputError, naming `source`, if there is none to be read."""
    return _Reader(open_sheets(data, source), source).reading()


def _map(sheets: Sheets) -> dict[str, str]:
    return {str(row[0]): str(row[1]) for row in sheets[META] if len(row) > 1}


Places = Mapping[CellKey, SheetPlace]


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
        said = dict(self._filling())
        automatic = self._is_automatic()
        values = (self._automatic if automatic else self._typed)(places, said)
        filling = {chapter: state for chapter, state in said.items() if self._is_filled(chapter, values)}
        report = Report(
            self._form.edition,
            self._year(),
            clean_name(self._text("agency")),
            values,
            dict(self._texts()),
            Totals.AUTOMATIC if automatic else Totals.TYPED,
            filling,
            {key: text for key in PARTICULARS if (text := clean_name(self._text(key)))},
            self._fee(),
            dict(self._last()),
            tuple(self._explanations()),
        )
        summary = self._named.get("kind") == SUMMARY
        if summary and not any(value is not None for value in values.values()):
            self._findings.append(r05_unsaved_summary(self._form))
        return Reading(self._source, report, tuple(self._findings), places, summary)

    def _place(self, name: str) -> SheetPlace:
        place = self._find(name)
        if place is None:
            raise InputError(self._source, f"单元格对照表里缺少“{name}”", NOT_OURS)
        return place

    def _find(self, name: str) -> SheetPlace | None:
        """Where the cell map says that `name` stands; older templates lack some."""
        sheet, _, a1 = self._named.get(name, "").rpartition("!")
        if not sheet:
            return None
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

    def _typed(self, places: Places, filling: Mapping[str, Filling]) -> Values:
        typed = lay_out(self._form).typed
        where = {cell: self._place(f"typed/{cell}") if cell in typed else place for cell, place in places.items()}
        values = self._declared({cell: self._figure(cell, place) for cell, place in where.items()}, filling)
        stored = self._stored(places)
        off = {
            cell: values[cell] for cell in stored if stored[cell] is not None and not _same(stored[cell], values[cell])
        }
        self._findings += r05_stored_total(stored, off, self._form)
        return values

    def _automatic(self, places: Places, filling: Mapping[str, Filling]) -> Values:
        typed = lay_out(self._form).typed
        entered = {cell: self._figure(cell, place) for cell, place in places.items() if cell not in typed}
        values = self._declared(entered, filling)
        totals, stored = computed(values, self._form), self._stored(places)
        off = {cell: value for cell, value in totals.items() if not _same(stored[cell], value)}
        self._findings += r05_stored_total(stored, off, self._form)
        self._findings += (each for cell in totals if (each := self._unused_figure(cell, totals[cell])))
        return {cell: totals[cell] if cell in totals else values[cell] for cell in places}

    def _declared(self, figures: Mapping[CellKey, Figure], filling: Mapping[str, Filling]) -> Values:
        """The values of `figures`; what was declared to be zero is what nothing was written for."""
        blanks = {cell: figure.value for cell, figure in figures.items() if figure.flag is Flag.BLANK}
        return {cell: figure.value for cell, figure in figures.items()} | dict(declared(blanks, filling, self._form))

    def _is_filled(self, chapter: str, values: Values) -> bool:
        """Whether the blanks of `chapter` can be taken for zero: not while it holds what could not be read."""
        return not any(
            value is None and self._form.chapter_of[cell.table].key == chapter for cell, value in values.items()
        )

    def _stored(self, places: Places) -> Values:
        """What the total cells show."""
        typed = lay_out(self._form).typed
        return {cell: read_figure(self._sheets.at(places[cell]), "count").value for cell in typed}

    def _filling(self) -> Iterator[tuple[str, Filling]]:
        """What the office says of blanks, as far as it says anything else than that there may be some."""
        for chapter in lay_out(self._form).filling:
            said = clean_text(self._text(f"filling/{chapter}"))
            if said not in {"", *Filling}:
                self._refuse("填报状态", said, list(Filling), f"filling/{chapter}")
            elif said not in {"", Filling.OPEN}:
                yield chapter, Filling(said)

    def _refuse(self, field: str, said: str, choices: Sequence[str], name: str) -> None:
        why = f"不是{'、'.join(choices)}之一"
        self._findings.append(r02_refused(f"“{field}”", said, why, self._place(name)))

    def _fee(self) -> Fee:
        said = clean_text(self._text("fee/charged"))
        choices = {word: charged for charged, word in CHARGES.items()}
        if said not in {"", *choices}:
            self._refuse(f"{FEE}收取情况", said, list(choices), "fee/charged")
        return Fee(choices.get(said), self._fee_figure("pieces", "count"), self._fee_figure("yuan", "amount"))

    def _fee_figure(self, name: str, kind: Kind) -> Decimal | None:
        place = self._find(f"fee/{name}")
        figure = read_figure(self._sheets.at(place) if place else None, kind)
        if figure.flag in {Flag.REFUSED, Flag.PLACEHOLDER}:
            why = "认不准是哪个数"
            self._findings.append(r02_refused(FEE, figure.raw, why, place))
        if figure.value is None or kind != "amount" or not set("元万亿") & set(figure.raw):
            return figure.value
        return tidy(figure.value.scaleb(4))  # a unit makes 万元 of a figure

    def _last(self) -> Iterator[tuple[CellKey, Decimal]]:
        for cell in lay_out(self._form).last:
            place = self._find(str(cell))
            value = read_figure(self._sheets.at(place) if place else None, "change").value
            if value is not None:
                yield this_year(cell), value

    def _explanations(self) -> Iterator[Explanation]:
        first = self._find("explanations")
        if first is None:
            return
        for row in range(first.row, len(self._sheets[first.sheet]) + 1):
            places = (first._replace(row=row, column=first.column + n) for n in range(len(Explanation._fields)))
            said = Explanation(*(clean_name(_words(self._sheets.at(place))) for place in places))
            if said.about or said.reason:
                yield said

    def _is_automatic(self) -> bool:
        mode = clean_text(self._text("totals"))
        if mode not in {"", *Totals}:
            self._refuse("合计方式", mode, list(Totals), "totals")
        return mode != Totals.TYPED

    def _unused_figure(self, cell: CellKey, total: Decimal | None) -> Finding | None:
        """A 核对数 typed although totals are automatic: it is checked against the computed one, not used."""
        place = self._place(f"typed/{cell}")
        typed = self._figure(cell, place).value
        return None if typed in {None, total} else unused_figure(cell, typed, total, self._form, place)

    def _text(self, name: str) -> str:
        place = self._find(name)
        return _words(self._sheets.at(place)) if place else ""

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
