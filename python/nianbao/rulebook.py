"""Every rule in one table, from the rules file and from the functions that are rules."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import NamedTuple

from .checks.pending import PENDING, Standing
from .checks.register import REGISTER, Listed
from .form import Table
from .formfile import EDITIONS, load_form
from .rules import Rule, load_continuity, load_rules
from .wording import line_name, table_name


class Entry(NamedTuple):
    """One line of the rule table; `editions` names those the rule holds for, `standing` tells whether it is checked."""

    id: str
    severity: str
    editions: tuple[str, ...]
    tables: str
    says: str
    cites: str
    standing: str = Standing.ACTIVE


def entries(editions: tuple[str, ...] = EDITIONS) -> list[Entry]:
    """Every rule that is checked and holds for one of `editions`, sorted by id."""
    return sorted([*_balance(editions), *_functions(editions)])


def catalogue(editions: tuple[str, ...] = EDITIONS) -> list[Entry]:
    """Every rule that anybody has thought of, sorted by id: those that are not checked say why."""
    pending = [Entry(each.id, "", editions, "", each.says, each.why, each.standing) for each in PENDING]
    return sorted([*entries(editions), *pending])


def markdown(rules: Iterable[Entry]) -> str:
    """The rule table as Markdown."""
    lines = ["| 编号 | 状态 | 程度 | 版式 | 表 | 规则 | 依据，或不检查的原因 |", "|---|---|---|---|---|---|---|"]
    lines += [
        f"| {r.id} | {r.standing} | {r.severity} | {'、'.join(r.editions)} | {r.tables} | {r.says} | {r.cites} |"
        for r in rules
    ]
    return "\n".join(lines) + "\n"


def _balance(editions: tuple[str, ...]) -> list[Entry]:
    found: dict[tuple[str, str], Entry] = {}
    for edition in editions:
        form = load_form(edition)
        for rule in (*load_rules(edition), *load_continuity(edition)):
            before = found.get((rule.id, rule.says))
            held = (*before.editions, edition) if before else (edition,)
            tables = "；".join(table_name(form, key) + _line(rule, form.tables[key]) for key in rule.tables)
            found[rule.id, rule.says] = Entry(rule.id, rule.severity.label, held, tables, rule.says, rule.cites)
    return list(found.values())


def _line(rule: Rule, table: Table) -> str:
    """The one line that a rule holds for, where it holds for one only."""
    return "".join(
        line_name(table, rule.for_each, line) for line in table.lines(rule.for_each) if line.key == rule.only
    )


def _functions(editions: tuple[str, ...]) -> list[Entry]:
    return [
        Entry(
            each.id,
            "、".join(severity.label for severity in each.severities),
            held,
            "",
            _sentence(each),
            each.cites,
            Standing.TRIAL if each.beta else Standing.ACTIVE,
        )
        for each in REGISTER
        if (held := tuple(edition for edition in each.editions if edition in editions))
    ]


def _sentence(listed: Listed) -> str:
    return (inspect.getdoc(listed.function) or "").rstrip("。")
