"""The texts of a report as rules read them: sentence by sentence, quoted as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ..findings import Finding, Severity
from ..form import Form
from ..places import Place
from ..reading import Reading
from ..report import clean_text
from ..wording import text_name

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_UNBROKEN = re.compile(r"[^。！？]+[。！？]?")
_SPACE = re.compile(r"\s+")
_ENDS = "。！？；：;:"
_NUMERALS, _NUMBERED = "0123456789一二三四五六七八九十", "）)、.．"
_HEADING = 15
"""Characters that the lines of a page have at least that was printed to text; a shorter one may be a heading."""
_QUOTED = 60
"""Characters of a sentence that are quoted; what is left out is shown as an ellipsis."""


class Sentence(NamedTuple):
    """A sentence, or a part of one that ends with a semicolon, without spaces, and the text it stands in."""

    key: str
    text: str
    where: str
    place: Place | None


def sentences(reading: Reading, form: Form, *keys: str) -> Iterator[Sentence]:
    """What the office wrote under `keys`, or under all, in the order of the form."""
    for key in keys or form.text_keys:
        where, place = text_name(form, key), reading.text_places.get(key)
        for text in _tight(reading.report.texts.get(key, "")):
            yield Sentence(key, text, where, place)


def as_written(reading: Reading, form: Form, *keys: str) -> Iterator[Sentence]:
    """The same with the spaces that stand in them, lines that go on below joined."""
    for key in keys or form.text_keys:
        where, place = text_name(form, key), reading.text_places.get(key)
        for text in _spaced(reading.report.texts.get(key, "")):
            yield Sentence(key, text, where, place)


def said(reading: Reading, key: str) -> str:
    """All that the office wrote under `key`, without spaces."""
    return _bare(reading.report.texts.get(key, ""))


# A dozen rules read the same ten texts of a report, one after the other.
@lru_cache(maxsize=32)
def cleaned(text: str) -> str:
    """`text` as a report keeps it."""
    return clean_text(text)


@lru_cache(maxsize=32)
def _tight(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (_SPACE.sub("", written) for written in _SENTENCE.findall(cleaned(text)))))


@lru_cache(maxsize=32)
def _spaced(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, _SENTENCE.findall(_unwrapped(cleaned(text))))))


def _unwrapped(text: str) -> str:
    """`text` with the lines joined that are no paragraphs, as where a page was printed to text."""
    lines = [""]
    for line in text.split("\n"):
        last = lines[-1]
        if not last or (len(last) >= _HEADING and last[-1] not in _ENDS and not _is_numbered(line)):
            lines[-1] += line
        else:
            lines.append(line)
    return "\n".join(lines)


def _is_numbered(line: str) -> bool:
    """Whether `line` begins as items of a list do: ``（一）``, ``1.``, ``第一``."""
    bare = line.lstrip("（(")
    rest = bare.lstrip(_NUMERALS)
    return line.startswith("第") or (rest != bare and rest[:1] in _NUMBERED)


@lru_cache(maxsize=32)
def _bare(text: str) -> str:
    return _SPACE.sub("", cleaned(text))


def unbroken(reading: Reading, form: Form, *keys: str) -> Iterator[Sentence]:
    """The sentences under `keys`, or under all, without spaces, semicolons and line ends parting none."""
    for key in keys or form.text_keys:
        if text := said(reading, key):
            where, place = text_name(form, key), reading.text_places.get(key)
            yield from (Sentence(key, each, where, place) for each in _UNBROKEN.findall(text))


def quote(text: str, at: int = 0) -> str:
    """``“…”``: what stands in a sentence around position `at`, all of it where it is short."""
    start = max(0, min(at - _QUOTED // 2, len(text) - _QUOTED))
    end = start + _QUOTED
    return f"“{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}”"


def told(rule: str, severity: Severity, sentence: Sentence, what: str, at: int = 0) -> Finding:
    """A finding about a sentence: where it stands, `what` is wrong and what to do, and the sentence itself."""
    quoted = quote(sentence.text, at)
    message = f"{sentence.where}：{what}原文：{quoted}。"
    return Finding(rule, severity, message, place=sentence.place, subject=quoted)
