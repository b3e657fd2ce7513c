"""How a document writes the form: the headings of its chapters, and labels in other words than the form's.

A heading that the reader does not recognise as one may be there all the same: on a line with the text below it, wrapped over
two, or in other words.  It is looked for before anybody says that it is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ..checks.headings import SUBJECTS
from ..form import Chapter, Form
from ..places import Place
from ..report import clean_text
from .chapters import heading_paragraphs, late_headings, unmarked
from .grid import Cell, Row
from .labels import labels_of, normal

Written = Mapping[str, tuple[str, Place | None]]
"""What is written, and where, by what should be written."""

_CLAUSE = re.compile(r"[^。；;：:，,！？]*")
_LONGEST = 30
"""Characters of a line that may be a heading."""
_FEWEST = 2
"""Headings of a document whose lines are those that were written: where all but one run on with the text, they are lost."""
_ADDED = 6
"""Letters that a heading may have besides those of the form: 第一部分, 政府信息公开."""
_SHORT = 4
"""Letters of a wording such as 总体情况 that sentences begin with as well."""
_UNIT = "万元"


class _Line(NamedTuple):
    """A paragraph that may be a heading: its number, without spaces and marks, and its letters alone."""

    at: int
    text: str
    letters: str


def written_headings(paragraphs: Sequence[Cell], rows: Sequence[Row], form: Form, beside: str = "") -> Written:
    """The headings of chapters among `paragraphs`, as written and in their order; none where lines are lost.

    What stands in `rows` of tables, or in what is known of the document `beside`, is in no order, but there.
    """
    texts = [each.text for each in paragraphs]
    found = heading_paragraphs(texts, form)
    if len(found) < _FEWEST:
        return {}
    known = {**late_headings(texts, form), **found}
    written = {at: (key, unmarked(texts[at])) for key, at in known.items()}
    lines = [_Line(at, bare, normal(bare)) for at, text in enumerate(texts) if (bare := unmarked(text))]
    missing = [chapter for chapter in form.chapters if chapter.key not in known]
    hidden = [chapter for chapter in missing if _is_in(chapter, lines, rows, beside)]
    for chapter in missing:
        start, end = _between(form, chapter, found, len(texts))
        within = [line for line in lines if start < line.at < end and line.at not in written]
        if chapter not in hidden and (line := next(_like(chapter, within), None)):
            written[line.at] = (chapter.key, line.text)
    headings = {key: (text, paragraphs[at].place) for at, (key, text) in sorted(written.items())}
    return _with_hidden(headings, hidden, form)


def _is_in(chapter: Chapter, lines: Sequence[_Line], rows: Sequence[Row], beside: str) -> bool:
    """Whether the heading of `chapter` stands in the document as it should, wherever lines break."""
    heading = normal(chapter.heading)
    cells = (normal(cell.text) for row in rows for cell in row)
    return heading in "".join(line.letters for line in lines) or heading in normal(beside) or heading in "".join(cells)


def _between(form: Form, chapter: Chapter, found: Mapping[str, int], count: int) -> tuple[int, int]:
    """Between which paragraphs the heading of `chapter` would stand."""
    keys = [each.key for each in form.chapters]
    number = keys.index(chapter.key)
    above = [found[key] for key in keys[:number] if key in found]
    below = [found[key] for key in keys[number:] if key in found]
    return max(above, default=-1), min(below, default=count)


def _like(chapter: Chapter, lines: Sequence[_Line]) -> Iterator[_Line]:
    """What among `lines` is the heading of `chapter` in other words, or with its text on the same line."""
    numeral, wording = chapter.heading[0], normal(chapter.heading[1:])
    numbered = re.compile(rf"{numeral}[、.．,，:：]")
    for line in lines:
        is_line = len(line.text) <= _LONGEST and not line.text.endswith(("。", "；", "，"))
        if is_line and (numbered.match(line.text) or (wording in line.letters and _adds_little(line, wording))):
            yield line
    for line in lines:
        clause = _CLAUSE.match(line.text)
        begins = clause[0] if clause else ""
        if numbered.match(begins) and len(begins) <= _LONGEST and re.search(SUBJECTS[chapter.key], begins):
            yield line._replace(text=begins)
        elif len(wording) > _SHORT and line.letters.startswith(wording):
            yield line._replace(text=chapter.heading[2:])


def _adds_little(line: _Line, wording: str) -> bool:
    return len(line.letters) <= len(wording) + _ADDED


def _with_hidden(headings: Written, hidden: Sequence[Chapter], form: Form) -> Written:
    """`headings` with those that are `hidden` in the text, each where it should stand."""
    found = list(headings.items())
    keys = [each.key for each in form.chapters]
    for chapter in hidden:
        before = keys[: keys.index(chapter.key)]
        at = max((number for number, (key, _) in enumerate(found, 1) if key in before), default=0)
        found.insert(at, (chapter.key, (chapter.heading, None)))
    return dict(found)


def other_labels(form: Form, rows: Sequence[Row]) -> Written:
    """The labels in `rows` that are not worded as in `form`, by the form's wording."""
    known, found = _other_wordings(form), dict[str, tuple[str, Place | None]]()
    for row in rows:
        for cell in row:
            label = known.get(letters := normal(cell.text))
            if label and label not in found and not _is_part(letters, normal(label), rows):
                found[label] = ("".join(clean_text(cell.text).split()), cell.place)
    return found


def _is_part(letters: str, label: str, rows: Sequence[Row]) -> bool:
    """Whether a label is only parted over two cells, or names the unit besides."""
    if letters.startswith(label):
        return letters.removeprefix(label).removeprefix("单位") == _UNIT
    rest = label.removeprefix(letters)
    return rest != label and any(
        rest in normal(cell.text) for row in rows for cell in row if normal(cell.text) != letters
    )


@cache
def _other_wordings(form: Form) -> Mapping[str, str]:
    """What offices print instead of a label, with that label."""
    lines = [line for table in form.tables.values() for line in (*table.known_rows, *table.columns)]
    official = frozenset(normal(line.label) for line in lines) | labels_of(form).groups
    return {word: line.label for line in lines for also in line.also if (word := normal(also)) not in official}
