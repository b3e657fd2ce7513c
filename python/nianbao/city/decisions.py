"""What the office decided about files and units: recorded, with a reason, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from ..errors import InputError
from ..formfile import office_toml
from ..report import clean_name
from ..workbook.cellmap import words
from ..workbook.names import DECISIONS
from ..workbook.sheets import Sheets

FILE_NAME = "decisions.toml"
"""What the file of decisions beside a folder of reports is called."""
DIGEST = 12
"""How much of a file's SHA-256 names it where people look."""
_ENTRIES = "decision"


class Choice(StrEnum):
    """What can be decided."""

    BELONGS = "属于该单位"
    """The file is the named unit's."""
    USE = "用这一份"
    """Of several files of its unit this one counts."""
    ACCEPT = "照原数计入"
    """The file, or that of the unit, is added up with the errors that it has."""
    LEAVE = "不计入"
    """The file, or every file of the unit, is not added up."""
    NO_REPORT = "不用报"
    """No report is expected of the unit."""


_REASONED = frozenset({Choice.ACCEPT, Choice.LEAVE, Choice.NO_REPORT})
"""What needs a reason."""
_UNDOES = {Choice.LEAVE: (Choice.USE, Choice.ACCEPT), Choice.USE: (Choice.LEAVE,), Choice.ACCEPT: (Choice.LEAVE,)}
"""What was decided of a file before and no longer is, by what is decided now."""


class Decision(NamedTuple):
    """One decision: about the file named `file` ("": about the unit), in words of the office.

    `digest` begins the SHA-256 of the file it was made about; once the file is another one, the decision lapses.
    """

    file: str
    unit: str
    choice: Choice
    reason: str = ""
    by: str = ""
    date: str = ""
    digest: str = ""

    def __str__(self) -> str:
        return f"“{self.file or self.unit}”{self.choice}"

    @property
    def lacks(self) -> str:
        """What is missing before it can be followed, "" if nothing is."""
        if self.choice in _REASONED and not self.reason:
            return "没有写原因"
        if not self.file and self.choice in {Choice.BELONGS, Choice.USE}:
            return "没有写文件"
        if self.file and self.choice is Choice.NO_REPORT:
            return f"这是对单位说的，不写文件；这个文件不要，请选“{Choice.LEAVE}”"
        if not self.unit and (self.choice is Choice.BELONGS or not self.file):
            return "没有写单位"
        return ""


HEADS = ("文件", "问题", "决定", "单位", "原因", "决定人", "日期", "文件指纹")
"""The columns of the sheet 决定."""
_COLUMNS = {"file": 0, "choice": 2, "unit": 3, "reason": 4, "by": 5, "date": 6, "digest": 7}


def read_decisions(data: bytes, source: str) -> tuple[Decision, ...]:
    """The decisions in a TOML file of ``[[decision]]`` tables; InputError for what is none."""
    entries = office_toml(data, source, 'choice = "不计入"')
    listed = entries.pop(_ENTRIES, [])
    if entries or not isinstance(listed, list):
        raise InputError(
            source, f"每条决定要写在 [[{_ENTRIES}]] 下面", f"先写一行 [[{_ENTRIES}]]，下面写 choice、file、unit、reason"
        )
    return tuple(_entry(each, f"{source} 第 {number} 条") for number, each in enumerate(listed, start=1))


def _entry(entry: object, where: str) -> Decision:
    if not isinstance(entry, dict) or not all(isinstance(value, (str, int)) for value in map(_plain, entry.values())):
        raise InputError(where, "写法不对", '请写成 名称 = "内容" 的形式')
    if unknown := sorted(set(entry) - set(_COLUMNS)):
        raise InputError(where, f"没有“{unknown[0]}”这一项", f"可以写 {'、'.join(_COLUMNS)}")
    said = {key: clean_name(str(value)) for key, value in entry.items()}
    choice = said.pop("choice", "")
    if choice not in tuple(Choice):
        raise InputError(where, f"choice 是“{choice}”", f"请写 {'、'.join(Choice)} 之一")
    return Decision(said.pop("file", "").replace("\\", "/"), said.pop("unit", ""), Choice(choice), **said)


def _plain(value: object) -> object:
    """Dates are the only values of TOML beside texts that make sense here."""
    from datetime import date

    return str(value) if isinstance(value, date) else value


def decisions_on(sheets: Sheets) -> tuple[Decision, ...]:
    """The decisions on the sheet 决定 of a summary; questions without an answer are none."""
    return tuple(_decisions(sheets[DECISIONS])) if DECISIONS in sheets.names else ()


def _decisions(rows: Sequence[Sequence[object]]) -> Iterator[Decision]:
    begin = next((number for number, row in enumerate(rows, start=1) if tuple(row[: len(HEADS)]) == HEADS), len(rows))
    for number, row in enumerate(rows[begin:], start=begin + 1):
        said = {key: clean_name(words(row[at])) if at < len(row) else "" for key, at in _COLUMNS.items()}
        choice = said.pop("choice")
        if choice and choice not in tuple(Choice):
            place = f"{DECISIONS}第{number}行"
            raise InputError(place, f"“决定”是“{choice}”", f"请从下拉列表里选 {'、'.join(Choice)} 之一")
        if choice:
            yield Decision(said.pop("file"), said.pop("unit"), Choice(choice), **said)


class Decided(NamedTuple):
    """The decisions that can be followed, by file and by unit; `lapsed` are those that cannot, and why."""

    files: Mapping[str, Mapping[Choice, Decision]]
    units: Mapping[str, Decision]
    lapsed: tuple[tuple[Decision, str], ...]


def followed(decisions: Iterable[Decision], digests: Mapping[str, str]) -> Decided:
    """Which of `decisions` hold for the files at hand (name → SHA-256); of several about one thing the last counts."""
    files: dict[str, dict[Choice, Decision]] = {}
    units: dict[str, Decision] = {}
    lapsed: list[tuple[Decision, str]] = []
    for decision in decisions:
        name = _named(decision, digests)
        if why := decision.lacks or _obsolete(decision, name, digests):
            lapsed.append((decision, why))
        elif decision.file:
            named = files.setdefault(name, {})
            for undone in _UNDOES.get(decision.choice, ()):
                named.pop(undone, None)
            named[decision.choice] = decision
        else:
            units[decision.unit] = decision
    return Decided(files, units, tuple(lapsed))


def _named(decision: Decision, digests: Mapping[str, str]) -> str:
    """The name that a decision's file has among those at hand: the same, or the only one that may be it; else ""."""
    if not decision.file or decision.file in digests:
        return decision.file
    alike = [name for name, digest in digests.items() if _may_be(decision, clean_name(name), digest)]
    return alike[0] if len(alike) == 1 else ""


def _may_be(decision: Decision, name: str, digest: str) -> bool:
    """Whether one name is the end of the other, its folders left out; a file of known content may have been moved."""
    one, other = f"/{decision.file}", f"/{name}"
    if one.endswith(other) or other.endswith(one):
        return True
    known = bool(decision.digest) and digest.startswith(decision.digest.lower())
    return known and one.rpartition("/")[2] == other.rpartition("/")[2]


def _obsolete(decision: Decision, name: str, digests: Mapping[str, str]) -> str:
    if not decision.file:
        return ""
    if not name:
        return "没有这个文件"
    return "" if digests[name].startswith(decision.digest.lower()) else "文件换过了，内容与当时不同"
