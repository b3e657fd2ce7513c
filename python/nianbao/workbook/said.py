"""What a workbook of ours says beside its figures: choices, names, texts, explanations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from unicodedata import normalize

from ..checks.reading import r02_refused
from ..checks.structure import s02_no_year
from ..fees import FEE
from ..figures import Flag, read_figure, tidy
from ..findings import Finding
from ..form import CellKey, Form, Kind, is_last_year, this_year
from ..report import (
    PARTICULARS,
    Explanation,
    Fee,
    Filling,
    Totals,
    clean_name,
    clean_part,
    clean_text,
)
from ..rules import all_continuity
from .cellmap import CellMap, words
from .names import CHARGES

_YEAR = re.compile(r"(\d{4})(?:年度?)?", re.ASCII)


class Said:
    """Everything but the figures; `findings` tell what of it could not be read."""

    def __init__(self, cells: CellMap) -> None:
        self.findings: list[Finding] = []
        self._cells, self._form = cells, cells.form
        self.agency = clean_name(cells.text("agency"))
        self.year = self._year()
        self.totals = Totals(self._choice("合计方式", "totals", tuple(Totals)) or Totals.AUTOMATIC)
        self.filling: Mapping[str, Filling] = dict(self._filling())
        self.particulars = {key: text for key in PARTICULARS if (text := _name(cells.text(key)))}
        self.texts = dict(self._texts())
        self.fee = self._fee()
        self.last = dict(self._last())
        self.explanations = tuple(self._explanations())

    def _year(self) -> int | None:
        text, place = normalize("NFKC", self._cells.text("year")).strip(), self._cells.find("year")
        match = _YEAR.fullmatch(text)
        if place and text and match is None:
            self.findings.append(s02_no_year(text, place))
        return int(match[1]) if match else None

    def _choice(self, field: str, name: str, choices: Sequence[str]) -> str:
        """Which of `choices` stands in the cell `name`; "" for none of them, which is told."""
        said = self._cells.text(name)
        chosen = said if said in choices else clean_text(said)
        if chosen in {"", *choices}:
            return chosen
        why = f"不是{'、'.join(choices)}之一"
        self.findings.append(r02_refused(f"“{field}”", chosen, why, self._cells.find(name)))
        return ""

    def _filling(self) -> Iterator[tuple[str, Filling]]:
        """What the office says of blanks, as far as it says anything else than that there may be some."""
        for chapter in self._form.chapters:
            if chapter.tables:
                chosen = self._choice("填报状态", f"filling/{chapter.key}", tuple(Filling))
                if chosen not in {"", Filling.OPEN}:
                    yield chapter.key, Filling(chosen)

    def _texts(self) -> Iterator[tuple[str, str]]:
        lists = {chapter.key for chapter in self._form.chapters if not chapter.tables}
        for key in self._form.text_keys:
            place = self._cells.known(f"texts/{key}")
            cells = _trimmed(self._cells.below(place)) if key in lists else [self._cells.at(place)]
            if text := cells and clean_part(key, "\n".join(map(words, cells))):
                yield key, text

    def _fee(self) -> Fee:
        choices = {word: charged for charged, word in CHARGES.items()}
        chosen = self._choice(f"{FEE}收取情况", "fee/charged", tuple(choices))
        return Fee(choices.get(chosen), self._fee_figure("pieces", "count"), self._fee_figure("yuan", "amount"))

    def _fee_figure(self, name: str, kind: Kind) -> Decimal | None:
        place = self._cells.find(f"fee/{name}")
        figure = read_figure(self._cells.at(place), kind)
        if figure.flag in {Flag.REFUSED, Flag.PLACEHOLDER}:
            self.findings.append(r02_refused(FEE, figure.raw, "认不准是哪个数", place))
        if figure.value is None or kind != "amount" or not set("元万亿") & set(figure.raw):
            return figure.value
        return tidy(figure.value.scaleb(4))  # a unit makes 万元 of a figure

    def _last(self) -> Iterator[tuple[CellKey, Decimal]]:
        for name, cell in _compared(self._form):
            value = read_figure(self._cells.at(self._cells.find(name)), "change").value
            if value is not None:
                yield cell, value

    def _explanations(self) -> Iterator[Explanation]:
        first = self._cells.find("explanations")
        fields = range(len(Explanation._fields))
        columns = (self._cells.below(first and first._replace(column=first.column + right)) for right in fields)
        for entries in zip(*columns, strict=True):
            if any(map(_is_something, entries)):
                explanation = Explanation(*(_name(words(entry)) for entry in entries))
                if explanation.about or explanation.reason:
                    yield explanation


def _name(said: str) -> str:
    return said and clean_name(said)


@cache
def _compared(form: Form) -> tuple[tuple[str, CellKey], ...]:
    """The names that last year's figures have in a cell map, each with the cell of last year's report."""
    compared = (cell for assertion in all_continuity(form) for cell in assertion.cells)
    return tuple((str(cell), this_year(cell)) for cell in dict.fromkeys(filter(is_last_year, compared)))


def _trimmed(values: list[object]) -> list[object]:
    """`values` without the blank ones at the end."""
    while values and not _is_something(values[-1]):
        values.pop()
    return values


def _is_something(value: object) -> bool:
    return value is not None and value != ""
