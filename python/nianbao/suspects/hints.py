"""The sentence that a finding says about the cells in question."""

from __future__ import annotations

from collections.abc import Sequence

from ..figures import show
from ..findings import Suspect
from ..form import Form
from .equations import Values
from .results import Diagnosis
from .words import named

_ALTERNATIVES, _CELLS = 3, 4
"""Corrections that a sentence names at most, and cells in all."""


def hint(form: Form, values: Values, diagnosis: Diagnosis) -> str:
    """The sentence that names the cells which would mend all, where they are few or some stand out; else ""."""
    corrections = diagnosis.corrections
    if 0 < len(corrections) <= _ALTERNATIVES and sum(map(len, corrections)) <= _CELLS:
        return _all(form, values, diagnosis)
    return f"请先核对{_told(form, values, corrections[0])}。" if diagnosis.stands_out else ""


def _all(form: Form, values: Values, diagnosis: Diagnosis) -> str:
    (first, *more) = diagnosis.corrections
    if more:
        return f"可能是{'，或'.join(_told(form, values, each) for each in diagnosis.corrections)}。"
    if len(first) > 1:
        return f"若只填错两格，应是{_told(form, values, first)}。"
    if not diagnosis.unique:  # one equation is one witness, and beside a blank another may be missing
        return f"可能是{_told(form, values, first)}。"
    cell, value, _ = first[0]
    return f"若只填错一格，应是{named(form, cell)}，现填 {show(values.get(cell))}，应为 {show(value)}。"


def _told(form: Form, values: Values, together: Sequence[Suspect]) -> str:
    """``“…”行“…”列（现填 3，应为 1）和“…”行“…”列（现填 1，应为 3）``."""
    return "和".join(
        f"{named(form, cell)}（现填 {show(values.get(cell))}，应为 {show(value)}）" for cell, value, _ in together
    )
