"""The units that a city or county office expects a report of, and which of them a report is from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple
from unicodedata import normalize

from ..findings import Finding
from ..report import Report, shortens

OWN, VERTICAL = "本级", "垂直"
"""The kinds of units that are the government's own office, and that report up a line of their own."""
_SPACE = re.compile(r"\s+")
_BRACKETS = str.maketrans("[{<〔【〈《〖﹝]}>〕】〉》〗﹞", "(" * 9 + ")" * 9)
_ALIKE = 0.6
"""How like two names are, at least, that are asked about; 1 = the same."""
_ASKED = 3
_LONGEST = 100
"""Characters of a name that are compared: what a document has for a title may be a page long."""


class Member(NamedTuple):
    """One unit of the roster.  `code` is "" and `deadline` None where the roster has none."""

    name: str
    code: str
    aliases: tuple[str, ...]
    kind: str
    superior: str
    counted: bool
    contact: str
    telephone: str
    deadline: date | None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that its reports may bear."""
        return (self.name, *self.aliases)

    @property
    def added(self) -> bool:
        """Whether its figures are part of the sum: those of 垂直 units are shown and never added."""
        return self.counted and self.kind != VERTICAL


class By(StrEnum):
    """What a report was recognised by, or why it was not."""

    CODE = "代码"
    NAME = "名称"
    ALIAS = "曾用名或简称"
    DECISION = "决定"
    TWO = "代码和名称分属两个单位"
    NOTHING = "不在名册里"


class Match(NamedTuple):
    """Which unit a report is from: `member` is None where somebody has to be asked, `near` are those to ask about."""

    member: Member | None
    by: By
    near: tuple[Member, ...] = ()


@dataclass(frozen=True)
class Roster:
    """The units in the order of the roster; no code and no name belongs to two of them."""

    source: str
    members: tuple[Member, ...]
    findings: tuple[Finding, ...] = ()

    def match(self, report: Report) -> Match:
        """The unit that `report` is from, by its code, its name, or a name it is known by; never by likeness.

        One with the code of one unit and a name of another is nobody's: whoever copied a workbook has to say whose it is.
        """
        name = name_key(report.agency)
        found = {By.CODE: self._by_code.get(code_key(report.particulars.get("code", "")))}
        found |= {By.NAME: self._by_name.get(name), By.ALIAS: self._by_alias.get(name)}
        sure = {by: member for by, member in found.items() if member}
        members = tuple(dict.fromkeys(sure.values()))
        if len(members) == 1:
            return Match(members[0], next(iter(sure)))
        return Match(None, By.TWO, members) if members else Match(None, By.NOTHING, self.near(report))

    def superior(self, member: Member) -> Member | None:
        """The unit that `member` names as its superior; None if it names none, or none of the roster."""
        name = name_key(member.superior)
        found = self._by_name.get(name) or self._by_alias.get(name)
        return None if found is member else found

    def above(self, member: Member) -> tuple[Member, ...]:
        """The superior of `member`, that one's own, and so on; none where they lead back to it."""
        found: list[Member] = []
        superior = self.superior(member)
        while superior is not None and superior not in found:
            if superior is member:
                return ()
            found.append(superior)
            superior = self.superior(superior)
        return tuple(found)

    def near(self, report: Report) -> tuple[Member, ...]:
        """The units, at most three, whose names are most like that on `report`: only to ask about."""
        name = name_key(report.agency)[:_LONGEST]
        if not name:
            return ()
        found = {each: max(_likeness(name, name_key(other)) for other in each.names) for each in self.members}
        alike = [each for each in self.members if found[each] >= _ALIKE]
        return tuple(sorted(alike, key=lambda each: -found[each])[:_ASKED])

    @cached_property
    def _by_code(self) -> Mapping[str, Member]:
        return {each.code: each for each in self.members if each.code}

    @cached_property
    def _by_name(self) -> Mapping[str, Member]:
        return {name_key(each.name): each for each in self.members}

    @cached_property
    def _by_alias(self) -> Mapping[str, Member]:
        return {name_key(alias): each for each in self.members for alias in each.aliases}


def name_key(text: str) -> str:
    """`text` as names are compared: without spaces, its letters and brackets of one kind."""
    return _SPACE.sub("", normalize("NFKC", text)).translate(_BRACKETS)


def code_key(text: str) -> str:
    """`text` as codes are compared: without spaces, narrow capitals."""
    return _SPACE.sub("", normalize("NFKC", text)).upper()


def _likeness(one: str, other: str) -> float:
    """From 0 to 1 for what two names have in common; above 1 if one is the other with characters left out."""
    from difflib import SequenceMatcher

    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    short, long = sorted((one, other), key=len)
    return ratio + (len(short) > 1 and shortens(short, long))
