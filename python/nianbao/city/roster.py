"""Reads the roster of units.  Nothing is guessed: what could be taken for two things is told, all of it at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ..checks.merging import g03_listed
from ..errors import InputError
from ..findings import Finding, Severity
from ..places import Place
from ..report import clean_name
from ..workbook.cellmap import words
from ..workbook.roster import COUNTED as YES_NO
from ..workbook.roster import KINDS
from .entries import code_doubt, read_code, read_day
from .members import VERTICAL, Member, Roster, name_key
from .rosterfile import (
    ALIASES,
    CODE,
    CONTACT,
    COUNTED,
    DEADLINE,
    KIND,
    NAME,
    SUPERIOR,
    TELEPHONE,
    Table,
    find_table,
)

_PARTED = re.compile(r"[、，,；;／/\n]")


class _Entry(NamedTuple):
    """One row: what it says, what cannot be taken as it stands, and what is only told."""

    number: int
    member: Member
    problems: tuple[str, ...]
    findings: tuple[Finding, ...]


def read_roster(data: bytes, source: str) -> Roster:
    """The roster in a spreadsheet or CSV file; InputError, with every row that has to be mended, if it cannot be used."""
    table = find_table(data, source)
    entries = [_entry(table, number, row) for number, row in table.rows]
    if not entries:
        raise InputError(source, "名册里一个单位也没有", "请在表头下面一行填一个单位")
    problems = [*_by_row(entries), *_clashes(entries)]
    if problems:
        raise InputError(source, f"有 {len(problems)} 种地方要改：{'；'.join(problems)}", "请改好名册再用")
    found = (finding for each in entries for finding in each.findings)
    return Roster(
        source,
        tuple(each.member for each in entries),
        (*_unused(table), *found, *_superiors(table, entries)),
    )


def _entry(table: Table, number: int, row: Sequence[object]) -> _Entry:
    says = {head: clean_name(words(table.value(row, head))) for head in table.columns}
    code, day = read_code(table.value(row, CODE)), read_day(says.get(DEADLINE, ""))
    parts = map(clean_name, _PARTED.split(words(table.value(row, ALIASES))))
    aliases = {name_key(part): part for part in parts if part and name_key(part) != name_key(says[NAME])}
    member = Member(
        says[NAME],
        code,
        tuple(aliases.values()),
        says[KIND],
        says.get(SUPERIOR, ""),
        says[COUNTED] == YES_NO[0],
        says.get(CONTACT, ""),
        says.get(TELEPHONE, ""),
        day,
    )
    problems = (
        *_unnamed(member.name),
        *_unchosen(KIND, says[KIND], KINDS),
        *_unchosen(COUNTED, says[COUNTED], YES_NO),
        *_undated(says.get(DEADLINE, ""), day),
    )
    return _Entry(number, member, problems, tuple(_doubts(table, number, row, member)))


def _unnamed(name: str) -> Iterator[str]:
    if not name:
        yield f"没有写{NAME}"
    elif name.startswith("#"):
        yield f"{NAME}是公式出错的“{name}”"


def _unchosen(head: str, said: str, choices: Sequence[str]) -> Iterator[str]:
    if said not in choices:
        yield f"{head}“{said}”不是{'、'.join(choices)}之一" if said else f"没有选{head}"


def _undated(said: str, day: date | None) -> Iterator[str]:
    if said and day is None:
        yield f"{DEADLINE}“{said}”看不懂，请写成 2027-1-20 这样"


def _doubts(table: Table, number: int, row: Sequence[object], member: Member) -> Iterator[Finding]:
    """What of a row is used as it stands, and told."""
    if why := code_doubt(table.value(row, CODE), member.code):
        yield _told(f"第{number}行“{member.name}”：{why}", table.place(number, CODE))
    if member.counted and member.kind == VERTICAL:
        why = f"类别是“{VERTICAL}”，计入汇总又填“{YES_NO[0]}”。垂直管理的单位只列出、不相加；要相加请改类别"
        yield _told(f"第{number}行“{member.name}”：{why}。", table.place(number, COUNTED))


def _by_row(entries: Iterable[_Entry]) -> Iterator[str]:
    """What is wrong with single rows, each thing once, with all its rows."""
    rows = defaultdict[str, list[int]](list)
    for each in entries:
        for problem in each.problems:
            rows[problem].append(each.number)
    return (f"第{_numbers(found)}行{problem}" for problem, found in rows.items())


def _clashes(entries: Iterable[_Entry]) -> Iterator[str]:
    """The codes and names that belong to several rows."""
    rows = defaultdict[tuple[str, str], list[int]](list)
    for each in entries:
        named = {("名称或简称", name_key(name)): name for name in each.member.names if name}
        for key in (*named, *([(CODE, each.member.code)] if each.member.code else [])):
            rows[key].append(each.number)
    return (
        f"第{_numbers(found)}行的{what}都有“{key}”，分不清是哪个单位"
        for (what, key), found in rows.items()
        if len(found) > 1
    )


def _numbers(rows: Sequence[int]) -> str:
    """``4、7-9``."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return "、".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def _unused(table: Table) -> Iterator[Finding]:
    if table.unused:
        heads = "、".join(f"“{head}”" for head in table.unused)
        yield _told(f"里的{heads}各列没有用到。要用的请改成模板里的列名。", None, Severity.INFO)


def _superiors(table: Table, entries: Sequence[_Entry]) -> Iterator[Finding]:
    """Superiors that are no other unit of the roster."""
    known = {name_key(name): each.number for each in entries for name in each.member.names}
    for number, member, *_ in entries:
        if member.superior and known.get(name_key(member.superior)) in {None, number}:
            why = "就是它自己" if name_key(member.superior) in known else "不在名册里"
            message = f"第{number}行“{member.name}”：上级“{member.superior}”{why}。请核对；直接报给本办公室的留空。"
            yield _told(message, table.place(number, SUPERIOR))


def _told(message: str, place: Place | None, severity: Severity = Severity.WARNING) -> Finding:
    return g03_listed(f"名册{message}", place, severity)
