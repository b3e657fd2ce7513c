"""Sentences as native Excel formulas: a cell then says what Python says.  Text only; no function newer than Excel 2010.

Every part becomes a condition and a text that is right where the condition holds, so no text is written twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from ..form import CellKey
from ..sentences.language import (
    SEPARATOR,
    Breakdown,
    Clause,
    Hole,
    Item,
    Listing,
    Part,
    Phrase,
    Quantity,
    Sentence,
    Word,
)
from .names import PLACES

LONGEST_LITERAL = 255
"""Characters that Excel accepts between two quotation marks of a formula."""
_REST = 9999


class _Said(NamedTuple):
    """A text that is said while `condition` holds."""

    condition: str
    text: str


class _Sheet(NamedTuple):
    """Where the formula finds cells and words."""

    refer: Callable[[CellKey], str]
    words: Mapping[str, str]

    def sum(self, quantity: Quantity) -> str:
        """The number that `quantity` is, if it is known; rounded, for sums of decimals are binary dust."""
        refs = self._refs([quantity])
        return refs[0] if len(refs) == 1 else f"ROUND(SUM({','.join(refs)}),{PLACES})"

    def known(self, *quantities: Quantity) -> str:
        """True where no cell of `quantities` is blank."""
        refs = self._refs(quantities)
        return f"ISNUMBER({refs[0]})" if len(refs) == 1 else f"COUNT({','.join(refs)})={len(refs)}"

    def is_zero(self, quantity: Quantity) -> str:
        """True where `quantity` is known to be zero: an empty cell would be equal to 0, too."""
        return f"AND({self.known(quantity)},{self.sum(quantity)}=0)"

    def is_some(self, quantity: Quantity) -> str:
        """True where `quantity` is known and not zero: the text of a blank would be unequal to 0, too."""
        return f"AND({self.known(quantity)},{self.sum(quantity)}<>0)"

    def _refs(self, quantities: Iterable[Quantity]) -> list[str]:
        return list(dict.fromkeys(self.refer(cell) for quantity in quantities for cell in quantity.cells))


def paragraph_formula(sentences: Iterable[Sentence], refer: Callable[[CellKey], str], words: Mapping[str, str]) -> str:
    """The formula whose text is the paragraph of `sentences`; "" while nothing can be said.

    `refer` gives the reference of a cell, which holds a number, nothing, or "".  `words` gives the expression of each
    word, such as ``$C$4``; a word it lacks is blank.
    """
    sheet = _Sheet(refer, words)
    return "=" + ("&".join(_sentence(each, sheet) for each in sentences) or '""')


def _sentence(sentence: Sentence, sheet: _Sheet) -> str:
    said = [_part(part, sheet) for part in sentence.parts]
    text = _joined([_phrase(sentence.begin, sheet), _run(said, sentence.joined), _literal(sentence.end)])
    conditions = [*_conditions(sentence, sheet), *_any(part.condition for part in said)]
    return f'IF({_all(conditions)},{text},"")' if conditions else text


def _conditions(sentence: Sentence, sheet: _Sheet) -> Iterator[str]:
    if sentence.given is not None:
        yield f'{_word(sentence.given, sheet)}<>""'
    if sentence.when_some is not None:
        yield sheet.is_some(sentence.when_some)
    if sentence.when_zero is not None:
        yield sheet.is_zero(sentence.when_zero)


def _run(said: list[_Said], mark: str) -> str:
    """Those texts that are said, `mark` between them."""
    if len(said) == 1:
        return said[0].text
    marked = "&".join(f'IF({part.condition},{_joined([_literal(mark), part.text])},"")' for part in said)
    return f"MID({marked},{1 + len(mark)},{_REST})"


def _part(part: Part, sheet: _Sheet) -> _Said:
    if isinstance(part, Phrase):
        return _Said("", _phrase(part, sheet))
    if isinstance(part, Clause):
        return _clause(part, sheet)
    return _listing(part, sheet)


def _clause(clause: Clause, sheet: _Sheet) -> _Said:
    tested = sheet.sum(clause.tests)
    zero, some, less = (each and _phrase(each, sheet) for each in (clause.zero, clause.some, clause.less))
    if some and less:
        some = f"IF({tested}<0,{less},{some})"
    if zero and some:
        return _Said(sheet.known(clause.tests), f"IF({tested}=0,{zero},{some})")
    if some:
        return _Said(sheet.is_some(clause.tests), some)
    return _Said(sheet.is_zero(clause.tests), zero or "")


def _listing(listing: Listing, sheet: _Sheet) -> _Said:
    among = sheet.is_zero if listing.are == "zero" else sheet.is_some
    conditions = [among(item.quantity) for item in listing.items]
    each = [
        _Said(condition, _phrase(item.each, sheet)) for condition, item in zip(conditions, listing.items, strict=True)
    ]
    text = _joined([_literal(listing.begin), _run(each, SEPARATOR), _literal(listing.end)])
    if listing.of is None:
        return _Said(_all(_any(conditions)), text)
    return _breakdown(listing.of, listing.items, text, sheet)


def _breakdown(of: Breakdown, items: tuple[Item, ...], listed: str, sheet: _Sheet) -> _Said:
    """With every item known, its number alone tells whether it is zero."""
    whole, quantities = sheet.sum(of.whole), [item.quantity for item in items]
    some = [f"{sheet.sum(quantity)}<>0" for quantity in quantities]
    condition = f"AND({sheet.known(of.whole, *quantities)},{whole}<>0,OR({','.join(some)}))"
    count = "+".join(f"({each})" for each in some)
    equal = ",".join(f"{sheet.sum(quantity)}={whole}" for quantity in quantities)
    names = "&".join(f'IF({each},{_literal(item.name)},"")' for each, item in zip(some, items, strict=True))
    alone = _joined([f"IF({whole}=1,{_literal(of.one)},{_literal(of.all)})", names])
    return _Said(condition, f"IF(AND({count}=1,OR({equal})),{alone},{listed})")


def _phrase(phrase: Phrase, sheet: _Sheet) -> str:
    return _joined(_hole(part, sheet) for part in phrase.parts)


def _hole(part: Hole, sheet: _Sheet) -> str:
    if isinstance(part, str):
        return _literal(part)
    if isinstance(part, Word):
        return _word(part, sheet)
    return ("-" if part.sign < 0 else "") + sheet.sum(part.quantity)


def _word(word: Word, sheet: _Sheet) -> str:
    place = sheet.words.get(word.name, '""')
    if not (word.after or word.otherwise):
        return place
    return f'IF({place}="",{_literal(word.otherwise)},{place}&{_literal(word.after)})'


def _literal(text: str) -> str:
    pieces = [text[start : start + LONGEST_LITERAL] for start in range(0, len(text), LONGEST_LITERAL)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def _joined(texts: Iterable[str]) -> str:
    return "&".join(text for text in texts if text not in {"", '""'}) or '""'


def _all(conditions: list[str]) -> str:
    return conditions[0] if len(conditions) == 1 else f"AND({','.join(conditions)})"


def _any(conditions: Iterable[str]) -> list[str]:
    """The one condition that any of `conditions` holds; none if one always does."""
    known = list(conditions)
    if "" in known:
        return []
    return known if len(known) == 1 else [f"OR({','.join(known)})"]
