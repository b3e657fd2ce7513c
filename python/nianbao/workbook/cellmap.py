"""A workbook of ours by the names that its own cell map gives to places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from ..errors import InputError, NianbaoError, NotOursError
from ..figures import show
from ..form import CellKey, Form
from ..formfile import EDITIONS, load_form
from ..places import SheetPlace, sheet_place
from ..totals import definitions
from .layout import lay_out
from .names import FINGERPRINT, FINGERPRINTS, META, STAMP, SUMMARY, TEMPLATE_VERSION
from .sheets import Sheets

NOT_OURS = "请把数据填进本工具的模板（用 nianbao template 生成）"


class CellMap:
    """The sheets of a file, and where the named places stand in it; NotOursError if the file is none of ours.

    A file that says by its properties that it was made by this build has the places that this build gives: its own map of
    them need not be read.
    """

    def __init__(self, sheets: Sheets, source: str) -> None:
        as_made = _is_as_made(sheets)
        said = sheets.stamp if as_made else _entries(sheets)
        if not _is_ours(said):
            raise NotOursError(source, "不是用本工具模板填写的工作簿", NOT_OURS)
        self.sheets, self.source, self._said = sheets, source, said
        self.form: Form = load_form(said["edition"])
        self._made = _made(self.form) if as_made else None
        self._moved: Mapping[SheetPlace, SheetPlace] | None = None

    @property
    def version(self) -> str:
        """The template version of the file."""
        return self._said[STAMP]

    @property
    def is_current(self) -> bool:
        """Whether the file was made from the template of today."""
        return self.version == TEMPLATE_VERSION

    @property
    def is_summary(self) -> bool:
        """Whether the file is the sum of many."""
        return self._said.get("kind") == SUMMARY

    @property
    def fingerprint(self) -> str:
        """How the file looked before anybody altered it; "" where that was not like the template."""
        return self._said.get(FINGERPRINT, "")

    @property
    def is_comparable(self) -> bool:
        """Whether the file was made by this build, so that it can be held against a blank workbook line by line."""
        return self.fingerprint == FINGERPRINTS[self.form.edition]

    def move(self, moved: Mapping[SheetPlace, SheetPlace]) -> None:
        """From now on look for places where they were `moved` to; for those not among them nowhere."""
        self._moved = moved

    @property
    def is_moved(self) -> bool:
        """Whether places are looked for elsewhere than where they were made."""
        return self._moved is not None

    def known(self, name: str) -> SheetPlace | None:
        """Where `name`, which every template has, stands; None if that place is gone."""
        if name not in (self._said if self._made is None else self._made.named):
            raise InputError(self.source, f"单元格对照表里缺少“{name}”", NOT_OURS)
        return self.find(name)

    def find(self, name: str) -> SheetPlace | None:
        """Where `name`, which older templates may lack, stands."""
        place = self._mapped(name) if self._made is None else self._made.named.get(name)
        return place if place is None or self._moved is None else self._moved.get(place)

    def _mapped(self, name: str) -> SheetPlace | None:
        """Where the file's own map has `name`."""
        sheet, _, a1 = self._said.get(name, "").rpartition("!")
        if not sheet:
            return None
        try:
            return sheet_place(sheet, a1)
        except NianbaoError as error:
            raise InputError(self.source, f"单元格对照表里“{name}”的地址不对", NOT_OURS) from error

    def figures(self) -> Mapping[CellKey, SheetPlace]:
        """Where the figures of the form stand, those whose place is gone left out."""
        if self._made is not None and self._moved is None:
            return self._made.figures
        return {cell: place for cell in self.form.cells if (place := self.known(str(cell)))}

    def entered(self) -> Mapping[CellKey, SheetPlace]:
        """Where the figures that are no totals stand, those whose place is gone left out."""
        if self._made is not None and self._moved is None:
            return self._made.entered
        totals = definitions(self.form)
        return {cell: place for cell, place in self.figures().items() if cell not in totals}

    def typed(self) -> Mapping[CellKey, SheetPlace]:
        """Where totals are typed, those whose place is gone left out."""
        if self._made is not None and self._moved is None:
            return self._made.typed
        return {cell: place for cell in definitions(self.form) if (place := self.known(f"typed/{cell}"))}

    def at(self, place: SheetPlace | None) -> object:
        """What stands at `place`, None for nothing."""
        return self.sheets.at(place) if place else None

    def text(self, name: str) -> str:
        """What the cell `name` says."""
        return words(self.at(self.find(name)))

    def below(self, place: SheetPlace | None) -> list[object]:
        """What stands from `place` on downwards."""
        return self.sheets.below(place) if place else []


@cache
def sheets_read() -> frozenset[str]:
    """The sheets that the report in a workbook of ours is read from."""
    return frozenset(place.sheet for each in EDITIONS for _, place in lay_out(load_form(each)).named())


class _Made(NamedTuple):
    """The places of the template of today."""

    named: Mapping[str, SheetPlace]
    figures: Mapping[CellKey, SheetPlace]
    entered: Mapping[CellKey, SheetPlace]
    typed: Mapping[CellKey, SheetPlace]


@cache
def _made(form: Form) -> _Made:
    layout, totals = lay_out(form), definitions(form)
    figures = {cell: layout.cells[cell] for cell in form.cells}
    entered = {cell: place for cell, place in figures.items() if cell not in totals}
    return _Made(dict(layout.named()), figures, entered, {cell: layout.typed[cell] for cell in totals})


def _is_as_made(sheets: Sheets) -> bool:
    """Whether the properties of a file say that it was made by this build, and nothing speaks against it."""
    stamp = sheets.stamp
    made_by_this = stamp.get(FINGERPRINT, "") == FINGERPRINTS.get(stamp.get("edition", ""))
    return made_by_this and stamp.get(STAMP) == TEMPLATE_VERSION and META in sheets.names


def words(value: object) -> str:
    """What a cell that should hold text says: spreadsheets turn a typed year into a number, and a date into a date."""
    if isinstance(value, float):
        return show(Decimal(f"{value:.15g}"))
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "" if value is None else str(value)


def is_ours(sheets: Sheets) -> bool:
    """Whether a workbook was made by this tool."""
    return _is_ours(_entries(sheets))


def _is_ours(named: Mapping[str, str]) -> bool:
    return STAMP in named and named.get("edition") in EDITIONS


def _entries(sheets: Sheets) -> Mapping[str, str]:
    rows = sheets[META] if META in sheets.names else []
    return {words(row[0]): words(row[1]) for row in rows if len(row) > 1}
