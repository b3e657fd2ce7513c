"""What tests are made of: a small language for reports, and strategies that draw them.

    report('''
    requests
    received          9 1 0 0 0 1 11
    brought_forward   . . . . . . .
    ''')

A line of one word names a table; the others are a row's key and its values in the order of the form's columns:
``.`` is a blank cell, ``~`` a cell that is not in the source.  Rows that are not written are not in the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import strategies as st

from nianbao.figures import tidy
from nianbao.form import CellKey, Form, Kind, is_last_year, this_year
from nianbao.formfile import load_form
from nianbao.report import (
    PARTICULARS,
    Explanation,
    Fee,
    Filling,
    Report,
    Totals,
    clean_name,
    clean_part,
    declared,
)
from nianbao.rules import all_continuity

AGENCY = "示例市示例局"
YEARS = {"2019": 2020, "2021": 2023}
APPLICANTS = ("natural_person", "company", "research_institute", "welfare_body", "law_firm", "other_body")
RESULTS = ("upheld", "corrected", "other", "pending")
MOST = 10**15 - 1
ASPECTS = "主动公开、依申请公开、政府信息管理、平台建设、监督保障各项工作有序开展。"
"""Something on each of the matters that chapter one must speak of."""
EMPOWERED = {"rulemaking": "有"}
"""What the cover says of an office that may make 规章."""

Value = Decimal | None
Values = dict[CellKey, Value]


def shared() -> Path:
    """The folder of real reports and design notes beside the repository; the test is skipped without it."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip(f"needs {folder}: the shared folder does not stand beside this checkout")
    return folder


def cell(path: str) -> CellKey:
    """``requests/received/total`` as a key."""
    return CellKey(*path.split("/"))


def rows(text: str, edition: str = "2021") -> Values:
    """The cells that `text` (in the language above) writes."""
    form = load_form(edition)
    values: Values = {}
    table = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        row, *figures = line.split()
        if not figures:
            table = form.tables[row].key
            continue
        keys = [CellKey(table, row, column.key) for column in form.tables[table].columns]
        values |= {key: _value(figure) for key, figure in zip(keys, figures, strict=True) if figure != "~"}
    unknown = [key for key in values if key not in form.order]
    assert not unknown, f"the {edition} form has no {unknown}"
    return values


def _value(figure: str) -> Value:
    return None if figure == "." else Decimal(figure)


def report(text: str, edition: str = "2021", year: int | None = 2023, totals: Totals = Totals.TYPED) -> Report:
    """The report that `text` writes, and nothing else."""
    return Report(edition, year, AGENCY, rows(text, edition), totals=totals)


def zero_report(edition: str = "2021", text: str = "", totals: Totals = Totals.TYPED) -> Report:
    """A report with 0 everywhere, except what `text` writes."""
    zeros: Values = dict.fromkeys(load_form(edition).cells, Decimal(0))
    return Report(edition, YEARS[edition], AGENCY, zeros | rows(text, edition), totals=totals)


def blank_report(edition: str = "2021", totals: Totals = Totals.TYPED) -> Report:
    """A report with every cell left blank."""
    return Report(edition, YEARS[edition], AGENCY, dict.fromkeys(load_form(edition).cells), totals=totals)


def changed(old: Report, changes: Mapping[str, int | str | None]) -> Report:
    """`old` with the cells that `changes` names by path."""
    new = {cell(path): None if value is None else Decimal(value) for path, value in changes.items()}
    return old._replace(values={**old.values, **new})


def without(old: Report, *starts: str) -> Report:
    """`old` as a source has it that lacks the cells whose path starts so."""
    return old._replace(values={key: value for key, value in old.values.items() if not str(key).startswith(starts)})


def published(old: Report) -> Report:
    """What readers of the published report know of `old`: its figures and its texts."""
    return Report(old.edition, old.year, old.agency, old.values, old.texts)


def hybrid(old: Report) -> Report:
    """`old`, of edition 2021, with the one row ``outcome.other`` of 2019 instead of its three."""
    values: Values = {key: value for key, value in old.values.items() if not key.row.startswith("outcome.other.")}
    for column in load_form(old.edition).tables["requests"].columns:
        three = (f"requests/outcome.other.{row}/{column.key}" for row in ("not_amended", "fee_unpaid", "rest"))
        values[CellKey("requests", "outcome.other", column.key)] = plus(old.values, map(cell, three))
    return old._replace(values=values)


def plus(values: Mapping[CellKey, Value], cells: Iterable[CellKey]) -> Decimal:
    """The sum of `cells`, the plain way."""
    return sum((values[key] or Decimal(0) for key in cells), Decimal(0))


BUSY_2021 = """
documents
regulation                    0 0 0
normative_document            2 1 7
licensing
licence                       120
enforcement
penalty                       15
coercion                      3
fees
fee                           429.1
requests
received                      9 1 1 2 3 1 17
brought_forward               2 1 0 0 0 0 3
outcome.granted               4 1 0 1 0 0 6
outcome.partly_granted        1 0 0 0 1 0 2
outcome.denied.state_secret   0 0 0 0 0 0 0
outcome.denied.other_law      0 0 1 0 0 0 1
outcome.denied.security       0 0 0 0 0 0 0
outcome.denied.third_party    1 0 0 0 0 0 1
outcome.denied.internal       0 0 0 0 0 0 0
outcome.denied.deliberative   0 0 0 0 0 0 0
outcome.denied.case_file      0 0 0 0 0 0 0
outcome.denied.inquiry        0 0 0 0 0 0 0
outcome.unavailable.not_held  2 1 0 0 1 0 4
outcome.unavailable.to_make   0 0 0 0 0 0 0
outcome.unavailable.unclear   0 0 0 0 0 0 0
outcome.declined.complaint    0 0 0 0 0 1 1
outcome.declined.repeated     1 0 0 0 0 0 1
outcome.declined.published    0 0 0 0 0 0 0
outcome.declined.excessive    0 0 0 0 0 0 0
outcome.declined.reissue      0 0 0 0 0 0 0
outcome.other.not_amended     1 0 0 0 0 0 1
outcome.other.fee_unpaid      0 0 0 0 0 0 0
outcome.other.rest            0 0 0 1 0 0 1
outcome.total                 10 2 1 2 2 1 18
carried_forward               1 0 0 0 1 0 2
review
reconsideration               3 1 0 2 6
litigation.direct             1 0 0 0 1
litigation.reviewed           0 0 1 1 2
"""
BUSY_2019 = """
documents
regulation                    0 0 0
normative_document            2 2 9
licensing
licence                       151 -33 117
other_service                 4 0 77
enforcement
penalty                       20 2 15
coercion                      5 -5 0
fees
fee                           3 0
procurement
central                       2 75.4394
""" + BUSY_2021[BUSY_2021.index("requests") :].replace("outcome.other.not_amended", "outcome.other").replace(
    "outcome.other.fee_unpaid      0 0 0 0 0 0 0\noutcome.other.rest            0 0 0 1 0 0 1\n", ""
).replace("1 0 0 0 0 0 1\noutcome.total", "1 0 0 1 0 0 2\noutcome.total")


def busy_report(edition: str = "2021") -> Report:
    """An invented report that balances and is zero only here and there."""
    return zero_report(edition, BUSY_2021 if edition == "2021" else BUSY_2019)


@st.composite
def balanced(draw: st.DrawFn, edition: str = "2021") -> Report:
    """Complete reports with which no balance rule finds fault."""
    form = load_form(edition)
    numbers = draw(st.lists(st.integers(0, 10**6), min_size=len(form.cells), max_size=len(form.cells)))
    values: Values = {key: Decimal(number) for key, number in zip(form.cells, numbers, strict=True)}
    _settle_requests(values, form)
    for row in form.tables["review"].rows:
        total = CellKey("review", row.key, "total")
        values[total] = plus(values, (CellKey("review", row.key, column) for column in RESULTS))
    most, least = ("in_force", "issued") if edition == "2021" else ("public", "published")
    for row in form.tables["documents"].rows:
        low = CellKey("documents", row.key, least)
        values[CellKey("documents", row.key, most)] = plus(values, [low]) + 1
    for key in form.cells:
        if form.kind(key) == "amount":
            values[key] = plus(values, [key]).scaleb(-4)
        if form.kind(key) == "change" and draw(st.booleans()):
            values[key] = -plus(values, [key._replace(column="items_last_year")])
    return Report(edition, YEARS[edition], AGENCY, values)


def _settle_requests(values: Values, form: Form) -> None:
    """Make the rows and columns of table three add up, by plain sums."""

    def at(row: str, column: str) -> CellKey:
        return CellKey("requests", row, column)

    keys = [row.key for row in form.tables["requests"].rows]
    leaves = [key for key in keys if key.startswith("outcome.") and key != "outcome.total"]
    for column in APPLICANTS:
        total = plus(values, (at(row, column) for row in leaves))
        to_do = total + plus(values, [at("carried_forward", column)])
        brought = min(to_do, plus(values, [at("brought_forward", column)]))
        values |= {
            at("outcome.total", column): total,
            at("brought_forward", column): brought,
            at("received", column): to_do - brought,
        }
    for row in keys:
        values[at(row, "total")] = plus(values, (at(row, column) for column in APPLICANTS))


def numbers(kind: Kind) -> st.SearchStrategy[Decimal]:
    """What a cell of `kind` may hold: sums of it keep to 15 digits, the most that a spreadsheet keeps."""
    most = MOST // 1000
    if kind == "change":
        return st.integers(-most, most).map(Decimal)
    whole = st.integers(0, most)
    if kind == "count":
        return whole.map(Decimal)
    return st.builds(lambda digits, places: tidy(Decimal(digits).scaleb(-places)), whole, st.integers(0, 6))


def texts(edition: str = "2021") -> st.SearchStrategy[dict[str, str]]:
    """Texts of some chapters, as a report keeps them."""
    written = {
        key: st.text(max_size=60).map(partial(clean_part, key)).filter(bool) for key in load_form(edition).text_keys
    }
    return st.fixed_dictionaries({}, optional=written)


def names(least: int = 0) -> st.SearchStrategy[str]:
    """Words on one line, as a report keeps them."""
    return st.text(max_size=20).map(clean_name).filter(lambda name: len(name) >= least)


def fillings(edition: str = "2021") -> st.SearchStrategy[dict[str, Filling]]:
    """What an office declares of the blanks of some chapters."""
    chapters = [chapter.key for chapter in load_form(edition).chapters if chapter.tables]
    closed = st.sampled_from([each for each in Filling if each is not Filling.OPEN])
    return st.fixed_dictionaries({}, optional=dict.fromkeys(chapters, closed))


def fees(edition: str = "2021") -> st.SearchStrategy[Fee]:
    """What an office says of the processing fee, where its form asks for it."""
    if not any(chapter.fee for chapter in load_form(edition).chapters):
        return st.just(Fee())
    return st.builds(Fee, st.none() | st.booleans(), st.none() | numbers("count"), st.none() | numbers("amount"))


def compared(edition: str = "2021") -> list[CellKey]:
    """The cells of last year's report that a rule compares with, by their own keys."""
    cells = (cell for each in all_continuity(load_form(edition)) for cell in each.cells if is_last_year(cell))
    return list(dict.fromkeys(map(this_year, cells)))


def last_figures(edition: str = "2021") -> st.SearchStrategy[dict[CellKey, Decimal]]:
    """Some of last year's figures that a report is compared with."""
    form = load_form(edition)
    figures = {key: numbers(form.kind(key)) for key in compared(edition)}
    return st.just({}) | st.fixed_dictionaries({}, optional=figures)


def explanations() -> st.SearchStrategy[tuple[Explanation, ...]]:
    """Explanations of whatever they say that they are about."""
    drawn = st.builds(Explanation, names(), names(), names(), names()).filter(lambda each: each.about or each.reason)
    return st.lists(drawn, max_size=3).map(tuple)


@st.composite
def any_report(draw: st.DrawFn, edition: str = "2021", *, absent: bool = True) -> Report:
    """Reports of any figures over zeros, blanks or (with `absent`) nothing at all; nothing need add up."""
    form = load_form(edition)
    values: Values = draw(st.sampled_from(_backgrounds(edition)[: 3 if absent else 2])).copy()
    for key in draw(st.sets(st.sampled_from(form.cells), max_size=40)):
        values[key] = draw(st.none() | numbers(form.kind(key)))
    for key in draw(st.sets(st.sampled_from(form.cells), max_size=10)) if absent else ():
        values.pop(key, None)
    filling = draw(fillings(edition))
    return Report(
        edition,
        YEARS[edition],
        draw(names()),
        declared(values, filling, form),
        draw(texts(edition)),
        filling=filling,
        particulars=draw(st.fixed_dictionaries({}, optional=dict.fromkeys(PARTICULARS, names(1)))),
        fee=draw(fees(edition)),
        last=draw(last_figures(edition)),
        explanations=draw(explanations()),
    )


def _backgrounds(edition: str) -> list[Values]:
    cells = load_form(edition).cells
    return [dict.fromkeys(cells, Decimal(0)), dict.fromkeys(cells), {}]
