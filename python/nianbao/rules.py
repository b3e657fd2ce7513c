"""Balance rules (勾稽关系): declared once; checked, computed, printed and put into Excel from there.

A `Rule` is one entry of the rules file.  `assertions` unrolls it into one `Assertion` for each row
or column it holds for; every output is made from those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, NamedTuple, get_args

from .equation import Equation, Sum, Term, expand, parse_equation, summed
from .errors import FormFileError
from .findings import Severity
from .form import Axis, CellKey, Form, Line, Table, is_last_year, last_year
from .formfile import EDITIONS, Field, parse_toml, read_definition, take

RULES_FILE = "forms/rules.toml"
LAST = "last."
"""What names of last year's figures begin with."""
RULES = {"rules": Field(list, (), dict), "continuity": Field(list, (), dict)}
RULE = {
    "id": Field(str, ""),
    "ids": Field(dict, {}),
    "editions": Field(list, EDITIONS),
    "tables": Field(list),
    "for_each": Field(str),
    "equation": Field(str),
    "severity": Field(str),
    "says": Field(str),
    "sides": Field(list),
    "remedy": Field(str),
    "cites": Field(str),
}


class Rule(NamedTuple):
    """One balance rule: `says` in the form's words, `sides` names what stands left and right.

    In the equation of a continuity rule, names that begin with ``last.`` stand for figures of last year's report.
    """

    id: str
    tables: tuple[str, ...]
    for_each: Axis
    equation: Equation
    severity: Severity
    says: str
    sides: tuple[str, str]
    remedy: str
    cites: str
    only: str = ""


class Outcome(StrEnum):
    """Whether an assertion holds: a blank among its cells makes it neither true nor false."""

    HOLDS = "✓"
    BROKEN = "✗"
    BLANK = "未填"


class Verdict(NamedTuple):
    """An assertion held against values; both sides are None while a cell is blank."""

    outcome: Outcome
    left: Decimal | None = None
    right: Decimal | None = None


_BLANK = Verdict(Outcome.BLANK)


@dataclass(frozen=True, eq=False)
class Assertion:
    """One rule, applied to one row or column."""

    rule: Rule
    table: Table
    line: Line
    left: tuple[Term, ...]
    right: tuple[Term, ...]

    def cell(self, name: str) -> CellKey:
        """The cell that `name` stands for on this line."""
        return cell_on(self.table, self.rule.for_each, self.line, name)

    @cached_property
    def cells(self) -> tuple[CellKey, ...]:
        """The cells on both sides, left first."""
        return tuple(self.cell(term.name) for term in self.left + self.right if not term.constant)

    @cached_property
    def defines(self) -> CellKey | None:
        """The cell this assertion computes, if it does."""
        name = self.rule.equation.defines
        return None if name is None else self.cell(name)

    def verdict(self, values: Mapping[CellKey, Decimal | None]) -> Verdict:
        """Compare both sides."""
        left, right = self._left.over(values), self._right.over(values)
        if left is None or right is None:
            return _BLANK
        holds = self.rule.equation.holds(left, right)
        return Verdict(Outcome.HOLDS if holds else Outcome.BROKEN, left, right)

    def due(self, values: Mapping[CellKey, Decimal | None]) -> Decimal | None:
        """The sum of the right side, which is what a total has to be; None while a cell is blank."""
        return self._right.over(values)

    @cached_property
    def opens(self) -> bool:
        """Whether this says what a cell of a new year takes over: it is computed, and from last year's figures alone."""
        return self.defines is not None and all(is_last_year(cell) for cell in self.cells[1:])

    @cached_property
    def _left(self) -> Sum[CellKey]:
        return summed(self.left, self.cell)

    @cached_property
    def _right(self) -> Sum[CellKey]:
        return summed(self.right, self.cell)


def cell_on(table: Table, for_each: Axis, line: Line, name: str) -> CellKey:
    """The cell where `line` (a row or a column, as `for_each` says) meets the line named `name`, which may be last year's."""
    plain = name.removeprefix(LAST)
    row, column = (line.key, plain) if for_each == "row" else (plain, line.key)
    cell = CellKey(table.key, row, column)
    return cell if plain == name else last_year(cell)


@cache
def load_rules(edition: str) -> tuple[Rule, ...]:
    """The balance rules of `edition`, in file order."""
    return parse_rules(read_definition(RULES_FILE), RULES_FILE, edition)


@cache
def balance_ids() -> frozenset[str]:
    """The ids of all rules that are equations: what a workbook can tell by itself, and its offices can explain in it."""
    return frozenset(rule.id for each in EDITIONS for rule in (*load_rules(each), *load_continuity(each)))


@cache
def load_continuity(edition: str) -> tuple[Rule, ...]:
    """The rules of `edition` that compare a report with last year's, in file order."""
    return parse_rules(read_definition(RULES_FILE), RULES_FILE, edition, "continuity")


def parse_rules(text: str, where: str, edition: str, part: str = "rules") -> tuple[Rule, ...]:
    """The rules under `part` of a rules file that hold for `edition`; FormFileError for what it may not say."""
    return tuple(
        rule
        for number, entry in enumerate(take(parse_toml(text, where), RULES, where)[part], start=1)
        for rule in _rules(entry, f"{where}，第 {number} 条 {entry.get('id', '')}", edition, part)
    )


def assertions(rule: Rule, form: Form) -> Iterator[Assertion]:
    """One assertion per row or column that `rule` holds for."""
    where = f"{RULES_FILE}，{rule.id}"
    for table in _tables(form, rule.tables, where):
        lines = [line for line in table.lines(rule.for_each) if rule.only in {"", line.key}]
        if not lines:
            raise FormFileError(where, f"“{rule.only}”不在表中")
        equation = expand(rule.equation, _names(table, rule.for_each), where)
        for line in lines:
            yield Assertion(rule, table, line, equation.left, equation.right)


@cache
def all_assertions(form: Form) -> tuple[Assertion, ...]:
    """Every balance assertion of `form`, in the order of the rules file."""
    return tuple(assertion for rule in load_rules(form.edition) for assertion in assertions(rule, form))


@cache
def all_continuity(form: Form) -> tuple[Assertion, ...]:
    """Every assertion that compares this year with the last, in the order of the rules file."""
    return tuple(assertion for rule in load_continuity(form.edition) for assertion in assertions(rule, form))


def _tables(form: Form, keys: Iterable[str], where: str) -> Iterator[Table]:
    for key in keys:
        if key not in form.tables:
            raise FormFileError(where, f"{form.edition} 版式没有“{key}”表")
        yield form.tables[key]


def _names(table: Table, for_each: Axis) -> tuple[str, ...]:
    names = tuple(line.key for line in table.lines("column" if for_each == "row" else "row"))
    return (*names, *(f"{LAST}{name}" for name in names))


def _rules(entry: Mapping[str, Any], where: str, edition: str, part: str) -> Iterator[Rule]:
    data = take(entry, RULE, where)
    one, several, editions = data.pop("id"), data.pop("ids"), data.pop("editions")
    if bool(one) == bool(several):
        raise FormFileError(where, "“id”和“ids”要有且只有一个")
    if data["severity"] not in tuple(Severity):
        raise FormFileError(where, f"字段“severity”不能是“{data['severity']}”")
    if data["for_each"] not in get_args(Axis):
        raise FormFileError(where, f"字段“for_each”不能是“{data['for_each']}”")
    if unknown := [edition for edition in editions if edition not in EDITIONS]:
        raise FormFileError(where, f"字段“editions”不能有“{unknown[0]}”")
    if len(data["sides"]) != 2:  # noqa: PLR2004 - left and right
        raise FormFileError(where, "字段“sides”要有左右两项")
    data |= {
        "severity": Severity(data["severity"]),
        "sides": tuple(data["sides"]),
        "tables": tuple(data["tables"]),
        "equation": parse_equation(data["equation"], where),
    }
    compares = any(name.startswith(LAST) for name in data["equation"].names)
    if compares != (part == "continuity"):
        raise FormFileError(where, f"“{LAST}”（上年数）要写在 continuity 里，也只有那里有")
    for only, rule_id in (several.items() or [("", one)]) if edition in editions else ():
        yield Rule(**data, id=rule_id, only=only)
