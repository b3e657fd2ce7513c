"""A workbook of ours by the names that its own cell map gives to places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from ..errors import InputError, NianbaoError, NotOursError
from ..figures import show
from ..form import Form
from ..formfile import EDITIONS, load_form
from ..places import SheetPlace, sheet_place
from .names import FINGERPRINT, FINGERPRINTS, META, STAMP, SUMMARY, TEMPLATE_VERSION
from .sheets import Sheets

NOT_OURS = "请把数据填进本工具的模板（用 nianbao template 生成）"


class CellMap:
    """The sheets of a file, and where the named places stand in it; NotOursError if the file is none of ours."""

    def __init__(self, sheets: Sheets, source: str) -> None:
        named = _entries(sheets)
        if not _is_ours(named):
            raise NotOursError(source, "不是用本工具模板填写的工作簿", NOT_OURS)
        self.sheets, self.source, self._named = sheets, source, named
        self.form: Form = load_form(named["edition"])
        self._moved: Mapping[SheetPlace, SheetPlace] | None = None

    @property
    def version(self) -> str:
        """The template version of the file."""
        return self._named[STAMP]

    @property
    def is_current(self) -> bool:
        """Whether the file was made from the template of today."""
        return self.version == TEMPLATE_VERSION

    @property
    def is_summary(self) -> bool:
        """Whether the file is the sum of many."""
        return self._named.get("kind") == SUMMARY

    @property
    def fingerprint(self) -> str:
        """How the file looked before anybody altered it; "" where that was not like the template."""
        return self._named.get(FINGERPRINT, "")

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
        if name not in self._named:
            raise InputError(self.source, f"单元格对照表里缺少“{name}”", NOT_OURS)
        return self.find(name)

    def find(self, name: str) -> SheetPlace | None:
        """Where `name`, which older templates may lack, stands."""
        sheet, _, a1 = self._named.get(name, "").rpartition("!")
        if not sheet:
            return None
        try:
            place = sheet_place(sheet, a1)
        except NianbaoError as error:
            raise InputError(self.source, f"单元格对照表里“{name}”的地址不对", NOT_OURS) from error
        return place if self._moved is None else self._moved.get(place)

    def at(self, place: SheetPlace | None) -> object:
        """What stands at `place`, None for nothing."""
        return self.sheets.at(place) if place else None

    def text(self, name: str) -> str:
        """What the cell `name` says."""
        return words(self.at(self.find(name)))

    def below(self, place: SheetPlace | None) -> list[object]:
        """What stands from `place` on downwards."""
        if place is None:
            return []
        rows = range(place.row, len(self.sheets[place.sheet]) + 1)
        return [self.sheets.at(place._replace(row=row)) for row in rows]


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
