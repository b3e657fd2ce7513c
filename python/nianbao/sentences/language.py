"""The language of the sentences: what a sentence is made of, and what it says of words and figures.

A blank leaves unsaid what needs it, and a clause prints only cells that it has tested: no hole in a text is ever
empty.  A compiler of the same sentences is `workbook.sentences`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from ..figures import show
from ..form import CellKey
from ..report import Values

Words = Mapping[str, str]
Among = Literal["some", "zero"]

SEPARATOR = "、"
"""What stands between the items of a list."""


class Quantity(NamedTuple):
    """A sum of cells."""

    name: str
    cells: tuple[CellKey, ...]

    def value(self, values: Values) -> Decimal | None:
        """The sum; None while a cell is blank."""
        known = [number for cell in self.cells if (number := values.get(cell)) is not None]
        return sum(known, Decimal(0)) if len(known) == len(self.cells) else None


class Number(NamedTuple):
    """A hole in a text for a quantity (`sign` 1) or its negative (-1)."""

    quantity: Quantity
    sign: int


class Word(NamedTuple):
    """A hole in a text for a word and what follows it; `otherwise` stands there where the word is blank."""

    name: str
    after: str = ""
    otherwise: str = ""

    def told(self, words: Words) -> str:
        """What stands in the hole."""
        word = words.get(self.name, "")
        return word + self.after if word else self.otherwise


Hole = str | Number | Word


class Phrase(NamedTuple):
    """Text with holes; plain text is one of its parts."""

    parts: tuple[Hole, ...] = ()


class Clause(NamedTuple):
    """What is said of a quantity that is zero, that is not, and (where `less` is given) that is below zero."""

    tests: Quantity
    zero: Phrase | None
    some: Phrase | None
    less: Phrase | None


class Item(NamedTuple):
    """One thing that a list may name."""

    name: str
    quantity: Quantity
    each: Phrase


class Breakdown(NamedTuple):
    """What the items of a list add up to; `one` (for 1) or `all` precedes the name of an item that is all of it."""

    whole: Quantity
    one: str
    all: str


class Listing(NamedTuple):
    """Names those of its items that are zero, or are not, between `begin` and `end`."""

    items: tuple[Item, ...]
    are: Among
    begin: str
    end: str
    of: Breakdown | None


Part = Phrase | Clause | Listing


class Sentence(NamedTuple):
    """Its parts between `begin` and `end`, if one is said, and if a word is given, a quantity not zero, another zero."""

    parts: tuple[Part, ...]
    begin: Phrase = Phrase()
    joined: str = ""
    end: str = ""
    given: Word | None = None
    when_some: Quantity | None = None
    when_zero: Quantity | None = None


def tell(words: Words, values: Values, sentences: Iterable[Sentence]) -> str:
    """The paragraph that `sentences` make; "" if nothing can be said."""
    return "".join(_sentence(each, words, values) for each in sentences)


def _sentence(sentence: Sentence, words: Words, values: Values) -> str:
    said = [said for part in sentence.parts if (said := _part(part, words, values)) is not None]
    if not (said and _applies(sentence, words, values)):
        return ""
    return _phrase(sentence.begin, words, values) + sentence.joined.join(said) + sentence.end


def _applies(sentence: Sentence, words: Words, values: Values) -> bool:
    given = sentence.given is None or sentence.given.told(words) != ""
    some = sentence.when_some is None or sentence.when_some.value(values) not in {None, 0}
    zero = sentence.when_zero is None or sentence.when_zero.value(values) == 0
    return given and some and zero


def _part(part: Part, words: Words, values: Values) -> str | None:
    if isinstance(part, Listing):
        return _listing(part, words, values)
    phrase = part if isinstance(part, Phrase) else _chosen(part, part.tests.value(values))
    return None if phrase is None else _phrase(phrase, words, values)


def _chosen(clause: Clause, value: Decimal | None) -> Phrase | None:
    if value is None:
        return None
    if value < 0 and clause.less is not None:
        return clause.less
    return clause.some if value else clause.zero


def _listing(listing: Listing, words: Words, values: Values) -> str | None:
    known = {item: value for item in listing.items if (value := item.quantity.value(values)) is not None}
    named = [item for item, value in known.items() if (value == 0) == (listing.are == "zero")]
    if listing.of is not None:
        whole = listing.of.whole.value(values)
        if not whole or len(known) < len(listing.items):
            return None
        if [known[item] for item in named] == [whole]:
            return (listing.of.one if whole == 1 else listing.of.all) + named[0].name
    told = SEPARATOR.join(_phrase(item.each, words, values) for item in named)
    return listing.begin + told + listing.end if named else None


def _phrase(phrase: Phrase, words: Words, values: Values) -> str:
    return "".join(_hole(part, words, values) for part in phrase.parts)


def _hole(part: Hole, words: Words, values: Values) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Word):
        return part.told(words)
    number = part.quantity.value(values)
    return show(number if number is None else part.sign * number)
