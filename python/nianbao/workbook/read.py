"""Reads a workbook of ours back into a report, through calamine and the workbook's own cell map."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from ..checks.reading import (
    of_figure,
    r02_refused,
    r05_stored_total,
    r05_unsaved_summary,
    r06_not_current,
    unused_figure,
)
from ..checks.tampering import v10_unsaved
from ..figures import Figure, Flag, read_figure
from ..findings import Finding
from ..form import CellKey
from ..places import SheetPlace
from ..reading import Reading
from ..report import Report, Totals, Values, declared
from ..totals import computed, definitions
from ..wording import cell_name
from .cellmap import CellMap
from .names import PLACES, TEMPLATE_VERSION
from .said import Said
from .sheets import Sheets, open_sheets

_PLAIN = Flag.PLAIN
Places = Mapping[CellKey, SheetPlace]


def read_workbook(data: bytes, source: str, sheets: Sheets | None = None) -> Reading:
    """The report in a workbook of ours, wherever its rows were moved; InputError, naming `source`, if there is none.

    `sheets` are those of `data`, where somebody opened it already.
    """
    cells = CellMap(sheets or open_sheets(data, source), source)
    return _reading(data, cells, _search(data, cells, altered=False))


def read_closely(data: bytes, source: str, sheets: Sheets | None = None) -> Reading:
    """The same, and in its findings everything that was altered in the workbook beside its figures."""
    from .alteration.functions import addin_functions, told

    cells = CellMap(sheets or open_sheets(data, source), source)
    known = _is_unaltered(cells, data)
    findings = [] if known else _search(data, cells, altered=known is False)
    return _reading(data, cells, [*findings, *told(addin_functions(data))])


class Live(NamedTuple):
    """What an open workbook says, and where everything of it stands."""

    reading: Reading
    cells: CellMap


def read_live(sheets: Sheets, saved: bytes) -> Live:
    """The report on the sheets of an open workbook, and in its findings what was altered beside its figures.

    Formulas and locks are seen only in the file as it was last saved (`saved`, b"" if it never was).
    """
    cells = CellMap(sheets, sheets.source)
    known = _is_unaltered(cells, saved)
    findings = _search(saved, cells, altered=known is False)
    if cells.is_moved and known:
        findings = [v10_unsaved()]
    return Live(_reading(b"", cells, findings), cells)


def _is_unaltered(cells: CellMap, data: bytes) -> bool | None:
    """Whether `data`, the file of the workbook, is as the template has it beside its figures; None if that cannot be told."""
    from .alteration.parts import fingerprint, structure

    found = structure(data)
    told = found is not None and cells.is_current and bool(cells.fingerprint)
    return fingerprint(found) == cells.fingerprint if found and told else None


def _search(data: bytes, cells: CellMap, *, altered: bool) -> list[Finding]:
    """Find the places of the cell map again, if rows were moved or the file is known to be `altered`; what is told of that."""
    if not cells.is_current:  # its own cell map says where its figures stand
        return [r06_not_current(f"模板版本是 {cells.version}，当前版本是 {TEMPLATE_VERSION}")]
    from .alteration.locate import locate

    moved = locate(cells.sheets, cells.form, altered=altered)
    if moved is None:
        return []
    cells.move(moved)
    return list(_alterations(data, cells))


def _reading(data: bytes, cells: CellMap, findings: list[Finding]) -> Reading:
    """What the workbook says, after `findings`."""
    said = Said(cells)
    figures = _Figures(data, cells, said)
    values = figures.values()
    report = Report(
        cells.form.edition,
        said.year,
        said.agency,
        values,
        said.texts,
        said.totals,
        {chapter: state for chapter, state in said.filling.items() if figures.is_filled(chapter, values)},
        said.particulars,
        said.fee,
        said.last,
        said.explanations,
    )
    findings = [*findings, *said.findings, *figures.findings]
    if cells.is_summary and not any(value is not None for value in values.values()):
        findings.append(r05_unsaved_summary(cells.form))
    return Reading(cells.source, report, tuple(findings), figures.places, cells.is_summary, ours=True)


def _alterations(data: bytes, cells: CellMap) -> tuple[Finding, ...]:
    from ..checks.tampering import v10_not_comparable
    from .alteration.inspect import explain

    return explain(data, cells.form) if cells.is_comparable else (v10_not_comparable(),)


class _Figures:
    """The figures of one workbook; `findings` tell how they were read."""

    def __init__(self, data: bytes, cells: CellMap, said: Said) -> None:
        self.findings: list[Finding] = []
        self._data, self._cells, self._form, self._said = data, cells, cells.form, said
        totals = definitions(cells.form)
        self.places: Places = cells.figures()
        self._typed = cells.typed()
        shown = {cell: self.places[cell] for cell in totals if cell in self.places}
        stored = zip(shown, cells.sheets.values(shown.values()), strict=True)
        self._stored = {cell: read_figure(raw, "count").value for cell, raw in stored}
        self._unsaved = self._formulas_without_result()

    def values(self) -> Values:
        """What the workbook says; what is not to be found is not among it."""
        if self._said.totals is Totals.TYPED:
            values = self._declared({**self.places, **self._typed})
            totals = {cell: values.get(cell) for cell, stored in self._stored.items() if stored is not None}
        else:
            values = self._declared(self._cells.entered())
            derived = computed(values, self._form)
            totals = {cell: derived[cell] for cell in self._stored}
            self.findings += (each for cell in totals if (each := self._unused_figure(cell, totals[cell])))
            values |= totals
        off = {cell: value for cell, value in totals.items() if not _same(self._stored[cell], value)}
        self.findings += r05_stored_total(self._stored, off, self._form)
        return {cell: values[cell] for cell in self._form.cells if cell in values}

    def is_filled(self, chapter: str, values: Values) -> bool:
        """Whether the blanks of `chapter` can be taken for zero: not while it lacks a figure that could not be read."""
        tables = (key for key, each in self._form.chapter_of.items() if each.key == chapter)
        return all(values.get(cell) is not None for key in tables for cell in self._form.cells_of[key])

    def _declared(self, places: Places) -> dict[CellKey, Decimal | None]:
        """The values at `places`; what was declared to be zero is what nothing was written for."""
        values: dict[CellKey, Decimal | None] = {}
        blanks: dict[CellKey, Decimal | None] = {}
        kinds = self._form.kinds
        for cell, raw in zip(places, self._cells.sheets.values(places.values()), strict=True):
            value, _, flag = figure = read_figure(raw, kinds[cell])
            if flag is not _PLAIN:
                value, _, flag = self._told(cell, figure, places[cell])
                if flag is Flag.BLANK:
                    blanks[cell] = None
            values[cell] = value
        if blanks and self._said.filling:
            values |= declared(blanks, self._said.filling, self._form)
        return values

    def _figure(self, cell: CellKey, place: SheetPlace) -> Figure:
        return self._told(cell, read_figure(self._cells.at(place), self._form.kinds[cell]), place)

    def _told(self, cell: CellKey, figure: Figure, place: SheetPlace) -> Figure:
        """`figure`, and in the findings what is to be said of it."""
        if figure.flag is Flag.BLANK and place in self._unsaved:
            where, why = cell_name(self._form, cell), "是公式，文件里没有保存它的结果"
            self.findings.append(r02_refused(where, self._unsaved[place], why, place, (cell,)))
            return Figure(None, self._unsaved[place], Flag.REFUSED)
        finding = of_figure(cell, figure, self._form, place)
        if finding is not None:
            self.findings.append(finding)
        return figure

    def _unused_figure(self, cell: CellKey, total: Decimal | None) -> Finding | None:
        """A 核对数 typed although totals are automatic: it is checked against the computed one, not used."""
        place = self._typed.get(cell)
        if place is None or (self._cells.at(place) is None and place not in self._unsaved):
            return None
        typed = self._figure(cell, place).value
        return None if typed is None or typed == total else unused_figure(cell, typed, total, self._form, place)

    def _formulas_without_result(self) -> Mapping[SheetPlace, str]:
        """Formulas of the office's own whose results nobody saved; who saves results saves those of the totals too."""
        if all(value is not None for value in self._stored.values()):
            return {}
        from .alteration.unsaved import own_formulas

        return own_formulas(self._data, self._cells.form)


def _same(stored: Decimal | None, value: Decimal | None) -> bool:
    """Equal but for what a spreadsheet's binary arithmetic loses."""
    if stored is None or value is None or stored == value:
        return stored == value
    return abs(stored - value) <= max(abs(value) * Decimal("1e-14"), Decimal(1).scaleb(-PLACES))
