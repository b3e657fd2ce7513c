"""Finds the rows and columns of a sheet again after some were inserted, removed or reworded.

Labels decide, in their order; what has no label is placed between its neighbours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

Spot = tuple[int, int]
"""Row and column, counted from 1."""
Pair = tuple[int, int]
"""A strip of the blank form and one of the file, counted from 0."""

_ALIKE, _EDITED = 0.6, 0.9
"""How much of two wordings must agree for one to be the other, edited; and what an edited label counts."""
_LONGEST = 200
"""Characters of the longest label."""


class Strip(NamedTuple):
    """One row or column: labels by where they stand across, the kind of what else is in it ("": nothing), its content."""

    labels: Mapping[int, str]
    kind: str = ""
    content: Sequence[object] = ()


class Grid(NamedTuple):
    """The rows and the columns of a sheet."""

    rows: Sequence[Strip]
    columns: Sequence[Strip]


class Lines(NamedTuple):
    """Where rows and columns of the blank form stand in a file, counted from 1."""

    rows: Mapping[int, int]
    columns: Mapping[int, int]

    def at(self, spot: Spot) -> Spot | None:
        """Where a cell stands, None if that is not certain."""
        row, column = self.rows.get(spot[0]), self.columns.get(spot[1])
        return None if row is None or column is None else (row, column)


class _Gap(NamedTuple):
    """What stands between two pairs, in the blank form and in the file."""

    here: range
    there: range


def strips(labels: Mapping[Spot, str], axis: int, kinds: Mapping[int, str], count: int) -> list[Strip]:
    """The rows (`axis` 0) or columns (`axis` 1) of a sheet; `kinds` are by number, counted from 1."""
    along: dict[int, dict[int, str]] = {}
    for spot, text in labels.items():
        along.setdefault(spot[axis], {})[spot[1 - axis]] = text
    return [Strip(along.get(number, {}), kinds.get(number, "")) for number in range(1, count + 1)]


def align(expected: Grid, actual: Grid, *, sure: bool = True) -> Lines:
    """Where everything of `expected` stands in `actual`.

    What cannot be told for certain is left out; unless `sure`, any label may have replaced another.
    """
    columns = _aligned(expected.columns, actual.columns, None, sure=sure)
    rows = _aligned(expected.rows, actual.rows, columns, sure=sure)
    return Lines(rows, _aligned(expected.columns, actual.columns, rows, sure=sure))


def _aligned(
    expected: Sequence[Strip], actual: Sequence[Strip], across: Mapping[int, int] | None, *, sure: bool
) -> dict[int, int]:
    comparison = _Comparison(expected, actual, across, sure=sure)
    anchors = comparison.anchors()
    if not anchors:
        return {}
    found = dict(anchors)
    for gap in _gaps([(-1, -1), *anchors]):
        found.update(comparison.between(gap))
    here, there = anchors[-1]
    found.update(comparison.below(_Gap(range(here + 1, len(expected)), range(there + 1, len(actual)))))
    for repeated in comparison.repeated(anchors):
        del found[repeated]
    return {here + 1: there + 1 for here, there in sorted(found.items())}


class _Comparison:
    """The strips of the blank form, those of a file, and what they have in common; `across` tells the other axis."""

    def __init__(
        self, expected: Sequence[Strip], actual: Sequence[Strip], across: Mapping[int, int] | None, *, sure: bool
    ) -> None:
        self._expected, self._actual, self._across, self._sure = expected, actual, across, sure
        self._known = frozenset(label for strip in expected for label in strip.labels.values())

    def anchors(self) -> list[Pair]:
        """The pairs, in order, that together have the most labels in common."""
        here, there = len(self._expected), len(self._actual)
        scores = [[max(self._score(row, column), 0) for column in range(there)] for row in range(here)]
        best = [[0.0] * (there + 1) for _ in range(here + 1)]
        for row in reversed(range(here)):
            for column in reversed(range(there)):
                paired = best[row + 1][column + 1] + scores[row][column]
                best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
        return list(_walk(scores, best))

    def between(self, gap: _Gap) -> Iterator[Pair]:
        """The pairs of a gap: by position where nothing was inserted or removed, else by what is in them."""
        pairs = [] if len(gap.here) == len(gap.there) and self._kinds_agree(gap) else self._by_kind(gap)
        yield from pairs
        for inner in _gaps([(gap.here.start - 1, gap.there.start - 1), *pairs, (gap.here.stop, gap.there.stop)]):
            yield from self._by_position(inner) if len(inner.here) == len(inner.there) else self._spacers(inner)

    def below(self, gap: _Gap) -> Iterator[Pair]:
        """The pairs below the last label: a list begins right there, a single cell is where something stands."""
        here = [index for index in gap.here if self._is_unlabelled(index)]
        there = [index for index in gap.there if self._actual[index].kind and not self._is_labelled(index)]
        alone = dict(zip(here, there, strict=False)) if len(here) == 1 else {}
        for pair in self._by_position(gap):
            if pair[0] not in alone or pair[1] in there:
                yield pair
            elif len(there) == 1:
                yield pair[0], there[0]

    def repeated(self, anchors: Sequence[Pair]) -> Iterator[int]:
        """The strips that stand twice, with different content, where only one belongs."""
        bounds = [(-1, -1), *anchors, (len(self._expected), len(self._actual))]
        for before, (here, there), after in zip(bounds, anchors, bounds[2:], strict=False):
            more = after[1] - before[1] > after[0] - before[0]
            if more and any(self._are_rivals(here, there, other) for other in range(before[1] + 1, after[1])):
                yield here

    def _are_rivals(self, here: int, there: int, other: int) -> bool:
        named = max(self._expected[here].labels, default=0)
        one, another = (self._actual[index].content[named:] for index in (there, other))
        return one != another and self._is_named_as(here, other)

    def _is_named_as(self, here: int, other: int) -> bool:
        """Whether a strip has the innermost label of another: what stands before that may span both."""
        wanted, found = self._expected[here].labels, self._actual[other].labels
        if not wanted:
            return False
        at = max(wanted)
        return wanted[at] in (found.values() if self._across is None else {found.get(self._across.get(at, 0))})

    def _score(self, here: int, there: int) -> float:
        """Labels in common, edited ones a little less, less those that others have replaced."""
        kept, edited, replaced = self._compared(here, there)
        return kept + _EDITED * edited - replaced

    def _compared(self, here: int, there: int) -> tuple[int, int, int]:
        """How many labels were kept, edited, and replaced by others; the rest are gone."""
        wanted, found = self._expected[here].labels, self._actual[there].labels
        if not wanted or not found:
            return 0, 0, 0
        if self._across is None:
            return self._compared_loosely(wanted, found)
        both = [(label, found.get(self._across.get(at, 0))) for at, label in wanted.items()]
        kept = sum(label == other for label, other in both)
        edited = sum(self._is_edited(label, other) for label, other in both if other)
        return kept, edited, sum(other is not None for _, other in both) - kept - edited

    def _compared_loosely(self, wanted: Mapping[int, str], found: Mapping[int, str]) -> tuple[int, int, int]:
        """The same while nothing is known of the other axis: wherever the labels stand."""
        missing = list((Counter(wanted.values()) - Counter(found.values())).elements())
        strange = [label for label in found.values() if label not in self._known] if missing else []
        edited = sum(any(self._is_edited(label, other) for other in strange) for label in missing)
        return len(wanted) - len(missing), edited, max(min(len(missing), len(strange)) - edited, 0)

    def _is_edited(self, label: str, other: str) -> bool:
        return label != other and other not in self._known and _alike(label, other)

    def _by_position(self, gap: _Gap) -> Iterator[Pair]:
        return (pair for pair in zip(gap.here, gap.there, strict=False) if not self._sure or self._may_be(*pair))

    def _may_be(self, here: int, there: int) -> bool:
        """Whether nothing speaks against two strips at one position: at most half of the labels are others."""
        kept, edited, replaced = self._compared(here, there)
        return replaced == 0 or 2 * (kept + edited) >= len(self._expected[here].labels)

    def _by_kind(self, gap: _Gap) -> list[Pair]:
        """Strips without labels, told by their kind where there are as many as should be."""
        pairs: list[Pair] = []
        for kind in {self._expected[index].kind for index in gap.here if self._is_unlabelled(index)}:
            here = [index for index in gap.here if self._is_unlabelled(index) and self._expected[index].kind == kind]
            there = [index for index in gap.there if self._actual[index].kind == kind]
            pairs += zip(here, there, strict=True) if len(here) == len(there) else ()
        return sorted(pairs) if _keeps_order(pairs) else []

    def _spacers(self, gap: _Gap) -> Iterator[Pair]:
        """Empty strips: one is as good as the other."""
        here = (index for index in gap.here if not self._expected[index].labels and not self._expected[index].kind)
        there = (index for index in gap.there if not self._actual[index].labels and not self._actual[index].kind)
        return zip(here, there, strict=False)

    def _kinds_agree(self, gap: _Gap) -> bool:
        """Whether nothing seems to have changed places: what should be filled is blank, and what is blank filled."""
        kinds = [(self._expected[here].kind, self._actual[there].kind) for here, there in zip(*gap, strict=True)]
        return not (
            any(here and not there for here, there in kinds) and any(there and not here for here, there in kinds)
        )

    def _is_labelled(self, there: int) -> bool:
        return not self._known.isdisjoint(self._actual[there].labels.values())

    def _is_unlabelled(self, here: int) -> bool:
        strip = self._expected[here]
        return bool(strip.kind) and not strip.labels


def _keeps_order(pairs: Sequence[Pair]) -> bool:
    there = [pair[1] for pair in sorted(pairs)]
    return there == sorted(there)


def _walk(scores: Sequence[Sequence[float]], best: Sequence[Sequence[float]]) -> Iterator[Pair]:
    """The pairs on the way that gathers most."""
    here = there = 0
    while here < len(scores) and there < len(scores[here]):
        if scores[here][there] and best[here][there] == best[here + 1][there + 1] + scores[here][there]:
            yield here, there
            here, there = here + 1, there + 1
        elif best[here][there] == best[here + 1][there]:
            here += 1
        else:
            there += 1


def _alike(label: str, other: str) -> bool:
    from difflib import SequenceMatcher

    longest, both = max(len(label), len(other)), len(label) + len(other)
    close = longest < _LONGEST and 2 * min(len(label), len(other)) >= _ALIKE * both
    return close and SequenceMatcher(None, label, other).ratio() >= _ALIKE


def _gaps(pairs: Sequence[Pair]) -> Iterator[_Gap]:
    for (here, there), (next_here, next_there) in pairwise(pairs):
        yield _Gap(range(here + 1, next_here), range(there + 1, next_there))
