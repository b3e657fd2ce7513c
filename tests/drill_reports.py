"""What stands in every file of the drill: who sends which figures, right or spoiled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from builders import Values, busy_report, cell, plus
from drill_figures import settled, shares, texts
from drill_units import ALIASES, CHARGING, CODES, FAULTY, QUIET, UNITS, YEAR, Fault, Unit
from nianbao.demo import published_city
from nianbao.formfile import load_form
from nianbao.report import Fee, Filling, Report, Totals

SHIFT = 3
"""By how much figures differ between two files of one unit, and how far those that do not balance are off."""
LEFT_OUT = frozenset(
    {
        Fault.WRONG_YEAR,
        Fault.WRONG_EDITION,
        Fault.ENCRYPTED,
        Fault.TRUNCATED,
        Fault.VERTICAL,
        Fault.STRANGER,
        Fault.SCAN,
    }
)
"""Faults whose files are not added up."""
TWICE = frozenset({Fault.DUPLICATE, Fault.NEWER, Fault.EQUAL})
"""Faults of two files, the second of which counts."""
_LEVELS = {"部门": "政府部门", "乡镇街道": "乡镇政府、街道办事处", "县区": "县级政府"}


class Sent(NamedTuple):
    """One file: where it lies in the folder (in an archive: behind its name), whose it is, and how it was made.

    `report` is what was written into it, None where nothing can be read.  Documents say less than that, and old workbooks, too:
    no code, no round, no fee apart from the text.
    """

    file: str
    unit: str
    form: str
    report: Report | None


def returned() -> tuple[Sent, ...]:
    """Every file that came in: the units in the order of the roster, the stranger last."""
    true = _true_reports()
    known = [
        each for number, unit in enumerate(UNITS) for each in _files(unit, true.get(unit.name) or _other(unit, number))
    ]
    stranger = Unit("部门", FAULTY[Fault.STRANGER], "book", "文旅局年报.xlsx")
    return (*known, Sent(stranger.file, stranger.name, stranger.form, _other(stranger, len(UNITS))))


def _true_reports() -> Mapping[str, Report]:
    """What the units that count would have said without any fault: they add up to the published table."""
    out = {FAULTY[fault] for fault in LEFT_OUT | {Fault.MISSING}}
    units = [each for each in UNITS if each.name not in out]
    idle = [at for at, unit in enumerate(units) if unit.name in QUIET]
    drawn = shares(published_city(), len(units), idle)
    return {unit.name: _report(unit, UNITS.index(unit), own) for unit, own in zip(units, drawn, strict=True)}


def _other(unit: Unit, number: int) -> Report:
    """The report of a unit that does not count."""
    figures = busy_report().values
    return _report(unit, number, {key: plus(figures, [key]) * (2 + number % 5) for key in figures})


def _report(unit: Unit, number: int, values: Values) -> Report:
    """What the unit with this number on the roster says of itself, with `values`."""
    said = {"code": CODES.get(unit.name, ""), "level": _LEVELS.get(unit.kind, "其他单位"), "round": "1"}
    said["rulemaking"] = "有" if unit.kind == "本级" else "没有"
    fee = Fee(charged=False)
    if unit.name in CHARGING:
        fee = Fee(charged=True, pieces=Decimal(number % 4 + 1), yuan=Decimal(number * 20))
    quiet = dict.fromkeys(("requests", "review"), Filling.ALL_ZERO if unit.name in QUIET else Filling.OPEN)
    filling = {key: state for key, state in quiet.items() if state is not Filling.OPEN}
    particulars = {key: text for key, text in said.items() if text}
    return Report("2021", YEAR, unit.name, values, texts(number), Totals.AUTOMATIC, filling, particulars, fee)


def _files(unit: Unit, report: Report) -> Iterator[Sent]:
    """What one unit sent; of two files the second is the one to use."""
    fault = next((each for each, name in FAULTY.items() if name == unit.name), None)
    names = unit.file.split("|")
    spoiled = _SPOILED[fault](report) if fault in _SPOILED else report
    if fault is Fault.MISSING:
        return
    yield Sent(names[0], unit.name, unit.form, spoiled)
    if fault in TWICE:
        yield Sent(names[1], unit.name, unit.form, _round(report, 2) if fault is Fault.NEWER else report)


def _round(report: Report, number: int) -> Report:
    return report._replace(particulars={**report.particulars, "round": str(number)})


def _with(report: Report, rows: str, column: str) -> Report:
    """`report` with more in some rows of a column of table three, and in the totals that follow."""
    keys = [cell(f"requests/{row}/{column}") for row in rows.split()]
    values = {**report.values, **{key: plus(report.values, [key]) + SHIFT for key in keys}}
    return report._replace(values=settled(values, load_form(report.edition)))


def _shifted(report: Report) -> Report:
    """Other figures that balance as well."""
    return _with(report, "received carried_forward", "natural_person")


def _under_alias(report: Report) -> Report:
    rest = {key: text for key, text in report.particulars.items() if key != "code"}
    return report._replace(agency=ALIASES[report.agency], particulars=rest)


def _nothing(_: Report) -> None:
    return None


_SPOILED: Mapping[Fault | None, Callable[[Report], Report | None]] = {
    Fault.NEWER: _shifted,
    Fault.EQUAL: _shifted,
    Fault.WRONG_YEAR: lambda report: report._replace(year=YEAR - 1),
    Fault.WRONG_EDITION: lambda report: report._replace(edition="2019", values=busy_report("2019").values, fee=Fee()),
    Fault.ENCRYPTED: _nothing,
    Fault.TRUNCATED: _nothing,
    Fault.SCAN: _nothing,
    Fault.ALIAS: _under_alias,
    Fault.UNBALANCED: lambda report: _with(report, "received", "company"),
}
"""What becomes of the report of a unit that makes a mistake, in the first of its files."""
