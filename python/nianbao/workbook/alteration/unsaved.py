"""Formulas that an office typed into cells of its own, and whose results a program may have failed to save."""

from __future__ import annotations

from collections.abc import Mapping

from ...form import Form
from ...places import SheetPlace, sheet_place
from ..formulas import zero_formula
from ..layout import lay_out
from .parts import structure
from .spelling import shape


def own_formulas(data: bytes, form: Form) -> Mapping[SheetPlace, str]:
    """The formulas in the entry cells of an .xlsx file made from the template of `form`, but for the template's."""
    found, layout = structure(data), lay_out(form)
    ours = shape(zero_formula(form.cells[0], layout))
    return {
        sheet_place(name, address): f"={sheet.formulas[address]}"
        for name, sheet in (found.sheets if found else {}).items()
        for address in sheet.unlocked
        if shape(sheet.formulas.get(address, ours)) != ours
    }
