"""The texts as claims are looked for: passages without spaces, their clauses, and the figures of table three that they may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from ...form import CellKey, Form
from ...reading import Reading
from ...report import Values
from ..prose import Sentence, as_written
from .numbers import Number, folded, number
from .words import NUMBER, Word, letters, read

_SPACE = re.compile(r"\s+")
# What stands between brackets is a remark, and a list may be parted by 、 or 和 behind what is counted.
_CLAUSE = re.compile(r"[^，,；;：:。！？（()）\[\]…]+")
_LIST = re.compile(r"(?<=[件条份宗起个项例篇次%])(?:[、和及与]|以及|并)(?!其他组织)")
_LONGEST_CLAUSE = 120
"""Characters of a clause that is still read: what is longer is no clause, but a text without punctuation."""
LONGEST = 1000
"""Characters of a passage that is still read as a sentence."""
TOTAL = "total"
COUNTS = "u$"
_COUNTED = re.compile(r"[\d零〇○一二两三四五六七八九十百千万亿](?:[件条份宗起个项例篇部次元])")
_NUMBERED = re.compile(r"\d{1,2}[.、](?=\D)")
_DIGIT = re.compile(r"\d")
_OF_ALL = ("均", "全部", "都", "已", "并", "且")


class Clause(NamedTuple):
    """A clause, where it begins in its passage, and its words where something is counted in it."""

    text: str
    at: int
    words: tuple[Word, ...] = ()

    @property
    def letters(self) -> str:
        """The letters of its words."""
        return letters(self.words)

    @property
    def number(self) -> Number | None:
        """What is counted, where that is one number."""
        said = [word.text for word in self.words if word.letter == NUMBER]
        return number(said[0]) if len(said) == 1 else None

    @property
    def measure(self) -> str:
        """件."""
        return next((word.text for word in self.words if word.letter in COUNTS), "")

    def text_of(self, kinds: str) -> str:
        """The first word of one of `kinds`, "" if there is none."""
        return next((word.text for word in self.words if word.letter in kinds), "")


class Part(NamedTuple):
    """A figure that a claim may mean: what it is called, its value (None: blank or not in the report), and its cells."""

    name: str
    value: Decimal | None
    cells: tuple[CellKey, ...]


class Report(NamedTuple):
    """The figures that claims are compared with."""

    form: Form
    values: Values
    last: Mapping[CellKey, Decimal]

    def cell(self, path: str, name: str = "") -> Part:
        """The figure of one cell."""
        key = CellKey(*path.split("/"))
        return Part(name, self.values.get(key), (key,))

    def rows(self, group: str, column: str = TOTAL) -> Part:
        """The sum of the rows of table three that are `group` or stand under it."""
        keys = [row.key for row in self.form.tables["requests"].rows]
        under = [key for key in keys if key == group or key.startswith(f"{group}.")]
        return plus(*(self.cell(f"requests/{key}/{column}") for key in under))


def plus(*parts: Part) -> Part:
    """The sum of `parts`, None where one of them is."""
    values = [part.value for part in parts]
    known = [value for value in values if value is not None]
    value = sum(known, Decimal(0)) if known and len(known) == len(values) else None
    return Part("", value, tuple(dict.fromkeys(cell for part in parts for cell in part.cells)))


def minus(whole: Part, part: Part) -> Part:
    """The difference, None where one of the two is."""
    value = None if whole.value is None or part.value is None else whole.value - part.value
    return Part("", value, (*whole.cells, *part.cells))


def with_any(base: Part, others: tuple[Part, ...]) -> Iterator[Part]:
    """`base`, and `base` with every selection of `others` added."""
    for size in range(len(others) + 1):
        for chosen in combinations(others, size):
            yield plus(base, *chosen)


def passages(reading: Reading, form: Form) -> Iterator[Sentence]:
    """Sentences without spaces, parts that end with a semicolon joined, digits narrow."""
    open_: Sentence | None = None
    for each in as_written(reading, form):
        text = folded(_SPACE.sub("", each.text))
        if open_ is not None and open_.key == each.key and open_.text.endswith("；") and len(open_.text) < LONGEST:
            open_ = open_._replace(text=open_.text + text)
            continue
        if open_ is not None:
            yield open_
        open_ = each._replace(text=text)
    if open_ is not None:
        yield open_


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a passage."""
    for found in _CLAUSE.finditer(text):
        if len(found[0]) > LONGEST:
            continue
        start = found.start()
        for part in _LIST.split(found[0]):
            at = text.index(part, start)
            start = at + len(part)
            if part and len(part) <= _LONGEST_CLAUSE:
                yield Clause(part, at, _words(part))


def _words(clause: str) -> tuple[Word, ...]:
    """The words of a clause with a count, without what is only said of all that was counted, or is the clause's number."""
    if not _COUNTED.search(clause):
        return ()
    start = len(found[0]) if (found := _NUMBERED.match(clause)) else 0
    words = read(clause[start:])
    ends = max(
        (at for at, word in enumerate(words) if word.letter in COUNTS and at and words[at - 1].letter == NUMBER),
        default=0,
    )
    after = "".join(word.text for word in words[ends + 1 :])
    return words[: ends + 1] if after.startswith(_OF_ALL) and not _DIGIT.search(after) else words
