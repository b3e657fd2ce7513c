"""Formulas that call the add-in's worksheet functions: without the add-in they show #NAME?."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from operator import attrgetter

from ...checks.tampering import v10_addin_function
from ...findings import Finding
from ...places import SheetPlace, sheet_place
from ..names import FUNCTIONS
from .parts import structure


def addin_functions(data: bytes) -> tuple[SheetPlace, ...]:
    """The cells of an .xlsx file whose formulas call a function of the add-in."""
    found = structure(data)
    places = (
        sheet_place(name, address)
        for name, sheet in (found.sheets if found else {}).items()
        for address, formula in sheet.formulas.items()
        if calls_addin(formula)
    )
    return tuple(sorted(places))


def calls_addin(formula: str) -> bool:
    """Whether a formula calls a function of the add-in."""
    return FUNCTIONS in formula.upper()


def told(places: Collection[SheetPlace]) -> Iterator[Finding]:
    """A finding for each sheet that has such cells."""
    for _, cells in groupby(sorted(places), key=attrgetter("sheet")):
        first, *more = cells
        yield v10_addin_function(first, [each.a1 for each in (first, *more)])
