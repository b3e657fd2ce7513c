"""How many cells the sheets of a spreadsheet take up: their reader makes every cell between the first and the last.

A sheet whose last cell is XFD1048576 would cost it all the memory there is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from xml.parsers import expat

from ..errors import InputError
from .archives import DAMAGED, Member, inflated, members
from .limits import Limits, limits

_ADDRESSED = (
    (26 * 99, re.compile(rb'<c(?! r="[A-Z][0-9]{1,2}")')),
    (26 * 999, re.compile(rb'<c(?! r="[A-Z][0-9]{1,3}")')),
    (702 * 99, re.compile(rb'<c(?! r="[A-Z]{1,2}[0-9]{1,2}")')),
    (702 * 999, re.compile(rb'<c(?! r="[A-Z]{1,2}[0-9]{1,3}")')),
)
"""How many cells there are up to Z99, Z999, ZZ99 and ZZ999, and what finds a cell that stands elsewhere or does not say."""
_DATA, _MERGED = b"sheetData", b"mergeCell"
_MERGE = rb"mergeCell\s+ref\s*=\s*[\"']([A-Za-z]+)(\d+):([A-Za-z]+)(\d+)"
_NAMED = r"([A-Za-z]+)(\d+)"
_CELLS = ("table:table-cell", "table:covered-table-cell")
_FILLED = ("office:value-type", "calcext:value-type", "table:formula")


class _TooManyError(Exception):
    """Stops counting."""


def guard_sheets(data: bytes, source: str, allowed: Limits | None = None) -> None:
    """InputError, naming `source`, if the sheets of an .xlsx or .ods file take up more cells than are allowed.

    The file has passed `guard_zip`.
    """
    allowed = allowed or limits()
    found = members(data, allowed.entries) or ()
    _guard(lambda: (_sheet(each, inflated(data, each, allowed.total)) for each in found), source, allowed)


def guard_parts(parts: Collection[bytes], source: str, allowed: Limits) -> None:
    """The same for some sheets of an .xlsx file, inflated already."""
    _guard(lambda: ((xml, _Spreadsheet) for xml in parts), source, allowed)


def _guard(sheets: Callable[[], Iterable[_Sheet | None]], source: str, allowed: Limits) -> None:
    try:
        fits = any(_fits(filter(None, sheets()), allowed, closely=closely) for closely in (False, True))
    except expat.ExpatError as error:
        raise InputError(source, *DAMAGED) from error
    if not fits:
        raise InputError(source, *too_large(allowed))


def too_large(allowed: Limits) -> tuple[str, str]:
    """What is said of sheets that take up more cells than are allowed, and what to do."""
    what = f"工作表用到的范围太大（超过 {allowed.cells:,} 格），不像一份年报"
    return what, "请删去表格以外多余的行、列和合并格，再保存"


def _fits(sheets: Iterable[_Sheet], allowed: Limits, *, closely: bool) -> bool:
    """Whether all sheets together are small enough; at first sight, a sheet counts as large as its addresses are long."""
    rest = allowed.cells
    try:
        for xml, counter in sheets:
            rest -= _merged(xml)
            at_most = None if closely else _at_most(xml)
            rest -= counter(rest).count(xml) if at_most is None else at_most
            if rest < 0:
                return False
    except _TooManyError:
        return False
    return True


def _sheet(member: Member, xml: bytes) -> _Sheet | None:
    """What a reader of the file may take for a sheet, wherever it stands."""
    if member.info.filename == "content.xml":
        return xml, _OpenDocument
    return (xml, _Spreadsheet) if _DATA in xml else None


def _at_most(xml: bytes) -> int | None:
    """More cells than a sheet has, if it is written as spreadsheet programs do and small; else None."""
    cells = xml[xml.find(_DATA) : xml.rfind(_DATA)]
    if not cells or b":c" in cells:
        return None
    return next((most for most, elsewhere in _ADDRESSED if not elsewhere.search(cells)), None)


def _merged(xml: bytes) -> int:
    """How many cells of a sheet are merged."""
    first, last = xml.find(_MERGED), xml.rfind(_MERGED)
    return _merged_in(xml[first : xml.find(b">", last)]) if first >= 0 else 0


@lru_cache(maxsize=64)  # they are the same in all files of one template
def _merged_in(xml: bytes) -> int:
    found = re.findall(_MERGE, xml)
    return sum(
        (1 + abs(_column(right) - _column(left))) * (1 + abs(int(bottom) - int(top)))
        for left, top, right, bottom in found
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


class _Counter:
    """Counts the cells of a sheet up to the last one that is filled; _TooManyError where they are more than `most`."""

    def __init__(self, most: int) -> None:
        self._most, self._done = most, 0
        self._row = self._column = self._last = self._width = self._filled = 0

    def count(self, xml: bytes) -> int:
        """The cells of the sheets that `xml` holds."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._opened
        parser.EndElementHandler = self._closed
        parser.StartDoctypeDeclHandler = self._refused
        parser.Parse(xml, True)  # noqa: FBT003 - that was all
        self._sheet_ends()
        return self._done

    def _opened(self, name: str, attributes: Mapping[str, str]) -> None:
        raise NotImplementedError

    def _closed(self, name: str) -> None:
        """By default, nothing follows from the end of an element."""

    @staticmethod
    def _refused(*_: object) -> None:
        raise expat.ExpatError

    def _fill(self, row: int, column: int) -> None:
        self._filled += 1
        self._last, self._width = max(self._last, row), max(self._width, column)
        if self._done + max(self._last * self._width, self._filled) > self._most:
            raise _TooManyError

    def _sheet_ends(self) -> None:
        self._done += self._last * self._width
        self._row = self._last = self._width = 0


class _Spreadsheet(_Counter):
    """A sheet of an .xlsx file; rows and cells may lack their address."""

    def _opened(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            self._column += 1
            if match := re.fullmatch(_NAMED, attributes.get("r", "")):
                self._column, self._row = _column(match[1].encode()), int(match[2])
        elif local in {"v", "is", "f"}:
            self._fill(self._row, self._column)
        elif local == "row":
            self._row, self._column = _number(attributes.get("r"), self._row + 1), 0


class _OpenDocument(_Counter):
    """The content of an .ods file, where rows and cells may stand for many."""

    _end = _repeated = 0
    """The last filled column of the row, and how often the row stands."""

    def _opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _CELLS:
            self._column += _number(attributes.get("table:number-columns-repeated"), 1)
            if any(sign in attributes for sign in _FILLED):
                self._end = self._column
        elif name == "text:p":
            self._end = self._column
        elif name == "table:table-row":
            self._column = self._end = 0
            self._repeated = _number(attributes.get("table:number-rows-repeated"), 1)

    def _closed(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._repeated
            if self._end:
                self._fill(self._row, self._end)
        elif name == "table:table":
            self._sheet_ends()


def _number(said: str | None, otherwise: int) -> int:
    return int(said) if said and said.isascii() and said.isdigit() else otherwise


_Sheet = tuple[bytes, type[_Counter]]
