"""Equations between the lines of a table: parsed, expanded, evaluated.

    received + brought_forward = outcome.total + carried_forward

An equation knows names, integers, signs and one of ``= >= <=``.  What a name stands for (a number,
an Excel reference, a printed label) is the caller's.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Generic, Literal, NamedTuple, TypeVar, cast

from .errors import FormFileError

Relation = Literal["=", ">=", "<="]
Key = TypeVar("Key")

_TOKEN = re.compile(r"\s*(?:([A-Za-z_]\w*(?:\.\w+)*(?:\.\*)?|\d+)|(>=|<=|=)|([+-]))")
_HOLDS: Mapping[Relation, Callable[[Decimal, Decimal], bool]] = {
    "=": operator.eq,
    ">=": operator.ge,
    "<=": operator.le,
}


class Term(NamedTuple):
    """A signed name, or a signed integer (`name` is then its digits)."""

    sign: int
    name: str

    @property
    def constant(self) -> bool:
        """Whether this is an integer."""
        return self.name.isdecimal()


class Sum(NamedTuple, Generic[Key]):
    """One side of an equation: what is added, what is taken away, and the constant beside them."""

    added: tuple[Key, ...]
    taken: tuple[Key, ...]
    constant: Decimal

    def over(self, values: Mapping[Key, Decimal | None]) -> Decimal | None:
        """What this comes to; None while something is blank."""
        value = cast("Callable[[Key], Decimal]", values.__getitem__)
        try:  # looking for blanks first would take longer than all the rest
            result = sum(map(value, self.added), self.constant)
            return result - sum(map(value, self.taken)) if self.taken else result
        except (KeyError, TypeError):
            return None


def summed(terms: Iterable[Term], key: Callable[[str], Key]) -> Sum[Key]:
    """`terms` as a sum, each name replaced by what `key` makes of it."""
    parts = tuple(terms)
    added, taken = (
        tuple(key(each.name) for each in parts if each.sign == sign and not each.constant) for sign in (1, -1)
    )
    constants = (each.sign * Decimal(each.name) for each in parts if each.constant)
    return Sum(added, taken, sum(constants, Decimal(0)))


class Equation(NamedTuple):
    """`left relation right`, each side a sum of terms."""

    left: tuple[Term, ...]
    relation: Relation
    right: tuple[Term, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names on both sides, left first, constants left out."""
        return tuple(term.name for term in self.left + self.right if not term.constant)

    @property
    def defines(self) -> str | None:
        """The one name this equation computes: alone on the left of ``=``."""
        (first, *more) = self.left
        alone = not more and first.sign > 0 and not first.constant
        return first.name if alone and self.relation == "=" else None

    def holds(self, left: Decimal, right: Decimal) -> bool:
        """Whether the relation holds between two sums."""
        return _HOLDS[self.relation](left, right)


def parse_equation(text: str, where: str) -> Equation:
    """Parse ``a + b = c.* - 2``; FormFileError, naming `where`, if it is not an equation."""
    sides: list[list[Term]] = [[]]
    relation, sign, expecting_name, position = "", 1, True, 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None or bool(match[1]) != expecting_name or (match[2] and relation):
            raise FormFileError(where, f"第 {position + 1} 个字符起不成公式：{text}")
        position = match.end()
        if match[1]:
            sides[-1].append(Term(sign, match[1]))
        elif match[2]:
            relation, sign = match[2], 1
            sides.append([])
        else:
            sign = -1 if match[3] == "-" else 1
        expecting_name = not match[1]
    if not relation or expecting_name:
        raise FormFileError(where, f"公式不完整：{text}")
    return Equation(tuple(sides[0]), cast("Relation", relation), tuple(sides[1]))


def expand(equation: Equation, keys: Iterable[str], where: str) -> Equation:
    """Replace each ``a.*`` by the keys under ``a``, its own total excepted; refuse unknown names."""
    known = tuple(keys)

    def expanded(terms: Iterable[Term]) -> Iterator[Term]:
        for term in terms:
            found = [term.name] if term.constant else _named(term.name, known)
            if not found:
                raise FormFileError(where, f"公式里的“{term.name}”不在表中")
            yield from (Term(term.sign, name) for name in found)

    return Equation(tuple(expanded(equation.left)), equation.relation, tuple(expanded(equation.right)))


def _named(name: str, known: tuple[str, ...]) -> list[str]:
    if not name.endswith(".*"):
        return [key for key in known if key == name]
    stem = name[:-1]
    return [key for key in known if key.startswith(stem) and key != f"{stem}total"]
