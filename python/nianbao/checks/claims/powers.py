"""Numbers of documents, decisions and money in the texts: what table two has (N05, N06).

Table two counts decisions and documents of the whole year; what an office publishes, accepts, or is entitled to do are
other numbers, however alike the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .numbers import Number
from .passages import Clause, Part, Report, plus
from .scope import Office, is_whole
from .verdicts import Claim
from .words import Word

# Over the letters of `words`.
_DOCUMENTS = (
    ("issued", re.compile(r"(.*?)(?:P*(?:tMf*|M[fP]*)Df*|Df*Mf*)#u")),
    ("repealed", re.compile(r"(.*?)(?:Rf*D|Df*R)f*#u")),
    ("in_force", re.compile(r"(.*?)(?:[Pf]*Kf*D|Df*K)f*#u")),
)
_DECISIONS = re.compile(r"(.*?)(?:A?f*E|A[f]*B)f*#u")
_FEES = re.compile(r"(.*?)C?f*Ff*#\$")
_PROJECTS, _AMOUNT = re.compile(r"(.*?)Jf*#u"), re.compile(r"(.*?)Qf*#\$")
_ROWS = {
    "行政许可": "licensing/licence",
    "行政处罚": "enforcement/penalty",
    "行政强制": "enforcement/coercion",
}
_WAN = Decimal(10_000)
_HALF = Decimal("0.5")
_OTHERWISE = {"废止": "失效", "许可": "准予 不予", "处罚": "简易 当场 一般程序 普通程序 不予"}
"""Words beside a number that make it one of several that the table has in one figure."""
_Found = tuple[str, str, re.Match[str], tuple[Part, ...]] | None
"""The rule, what is counted, where that begins in the letters of a clause, and what it may mean."""


def power_claims(passage: tuple[Clause, ...], report: Report, who: Office) -> Iterator[Claim]:
    """What a passage says of documents, decisions, fees and purchases."""
    aside = ""
    for clause in passage:
        understood = clause.words and (
            _documents(clause, report) or _decisions(clause, report) or _money(clause, report)
        )
        if not understood:
            aside += f"，{clause.text}"
            continue
        rule, what, found, may_mean = understood
        if (
            not _is_divided(what, passage)
            and is_whole(_lead(found, clause, who), aside, who)
            and (said := clause.number)
        ):
            yield _claim(rule, what, said, clause, may_mean)


def _is_divided(what: str, passage: tuple[Clause, ...]) -> bool:
    words = next((words for of, words in _OTHERWISE.items() if of in what), "")
    return any(word in clause.text for word in words.split() for clause in passage)


def _lead(found: re.Match[str], clause: Clause, who: Office) -> tuple[Word, ...]:
    lead = clause.words[: found.end(1)]
    if who.place and not who.is_town and "K" in found[0]:
        # The documents in force stand on the site of the place: nobody counts those of one office there.
        return (Word("s", f"全{who.place}", 0), *lead)
    return lead


def _claim(rule: str, what: str, said: Number, clause: Clause, may_mean: tuple[Part, ...]) -> Claim:
    measure = clause.measure
    if measure == "元":
        said, measure = Number(said.value / _WAN, max(said.slack, _HALF) / _WAN), "万元"
    return Claim(rule, what, said, measure, clause.at, may_mean)


def _documents(clause: Clause, report: Report) -> _Found:
    said = clause.letters
    for column, pattern in _DOCUMENTS if "D" in said else ():
        if found := pattern.fullmatch(said):
            what = clause.text_of("D")
            row = "regulation" if what.endswith("规章") else "normative_document"
            options = _documents_of(row, column, found[0][found.end(1) :], report)
            return ("N05", f"{_DONE[column]}的{what}", found, options) if options else None
    return None


_DONE = {"issued": "制发", "repealed": "废止", "in_force": "现行有效"}


def _documents_of(row: str, column: str, said: str, report: Report) -> tuple[Part, ...]:
    """What the edition prints; its older one has no documents repealed or in force, and two columns of new ones."""
    if report.form.edition != "2021":
        new = tuple(report.cell(f"documents/{row}/{key}") for key in ("made", "published"))
        return (new[0], new[1]._replace(name="“本年新公开数量”")) if column == "issued" else ()
    first = report.cell(f"documents/{row}/{column}")
    if column == "issued" and "P" in said and "t" not in said:
        return (first, report.cell(f"documents/{row}/in_force", "“现行有效件数”"))
    if row == "regulation":
        return (first,)
    return (first, plus(first, report.cell(f"documents/regulation/{column}"))._replace(name="连同规章"))


def _decisions(clause: Clause, report: Report) -> _Found:
    found = _DECISIONS.fullmatch(clause.letters)
    if found is None:
        return None
    what = clause.text_of("EB")
    return ("N06", what, found, (report.cell(f"{_ROWS[what[:4]]}/decisions"),))


def _money(clause: Clause, report: Report) -> _Found:
    said = clause.letters
    if report.form.edition == "2021":
        found = _FEES.fullmatch(said)
        return found and ("N06", clause.text_of("F"), found, (report.cell("fees/fee/charged"),))
    if found := _PROJECTS.fullmatch(said):
        return ("N06", clause.text_of("J"), found, (report.cell("procurement/central/projects"),))
    found = _AMOUNT.fullmatch(said)
    return found and ("N06", clause.text_of("Q"), found, _amounts(report))


def _amounts(report: Report) -> tuple[Part, ...]:
    """The sum spent: that form prints no unit, so the figure may be 元 as well as 万元."""
    amount = report.cell("procurement/central/amount")
    value = None if amount.value is None else amount.value / _WAN
    return (amount, amount._replace(value=value))
