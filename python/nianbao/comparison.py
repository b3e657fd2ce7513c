"""Compares two reports, say a workbook and the page that was published: their titles, cell by cell, text by text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .checks.publication import p02_figure, p02_missing, p02_text
from .errors import InputError
from .findings import Finding, by_place
from .form import CellKey, Form
from .formfile import load_form
from .reading import Reading
from .wording import blocks, cells_name, text_name

_SPACE = re.compile(r"\s+")


def compare(one: Reading, other: Reading) -> tuple[Finding, ...]:
    """Every difference between two reports, placed in the first; InputError if they cannot be compared.

    Nothing is compared that one of them does not have because it could not be read: the findings of reading tell that.
    """
    if one.report.edition != other.report.edition:
        what = f"是 {other.report.edition} 版式，{one.source} 是 {one.report.edition} 版式，不能逐格比较"
        raise InputError(other.source, what, "请核对是不是同一年度的报告")
    form = load_form(one.report.edition)
    found = [*_titles(one, other), *_figures(one, other, form), *_missing(one, other), *_texts(one, other, form)]
    return by_place(found, form.order)


def _titles(one: Reading, other: Reading) -> Iterator[Finding]:
    """Whether both, as far as they say, are of the same year and office, whose name may begin with that of its place."""
    names, reports = (one.source, other.source), (one.report, other.report)
    years = (f"{reports[0].year or ''}", f"{reports[1].year or ''}")
    if all(years) and years[0] != years[1]:
        yield p02_text("标题（年度）", years, names, None)
    agencies = (_SPACE.sub("", reports[0].agency), _SPACE.sub("", reports[1].agency))
    if all(agencies) and not any(each.endswith(agencies[0]) and each.endswith(agencies[1]) for each in agencies):
        yield p02_text("标题（单位名称）", agencies, names, None)


def _figures(one: Reading, other: Reading, form: Form) -> Iterator[Finding]:
    names = (one.source, other.source)
    for cell, value in one.report.values.items():
        if cell in other.report.values and other.report.values[cell] != value:
            yield p02_figure(cell, (value, other.report.values[cell]), names, form, one.places.get(cell))


def _missing(one: Reading, other: Reading) -> Iterator[Finding]:
    for has, lacks in ((one, other), (other, one)):
        gone = [cell for cell in has.report.values if cell not in lacks.report.values and cell not in lacks.noted]
        for block in blocks(gone, has.form):  # only its own form is sure to have a row that offices print otherwise
            yield p02_missing(tuple(block), cells_name(has.form, block), lacks.source, has.source)


def _texts(one: Reading, other: Reading, form: Form) -> Iterator[Finding]:
    names = (one.source, other.source)
    for key in form.text_keys:
        texts = (_bare(one, key), _bare(other, key))
        if texts[0] != texts[1]:
            yield p02_text(text_name(form, key), texts, names, one.text_places.get(key))


def _bare(reading: Reading, key: str) -> str:
    """A text without what typesetting changes: spaces and the ends of lines."""
    return _SPACE.sub("", reading.report.texts.get(key, ""))


def cells_compared(one: Reading, other: Reading) -> int:
    """How many cells both have."""
    both: list[CellKey] = [cell for cell in one.report.values if cell in other.report.values]
    return len(both)
