"""The title of a report and the texts of its chapters, from the paragraphs of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ..form import INTRO, SIGNATURE, Form
from ..report import clean_text
from .labels import normal

_SPACE = re.compile("[\\s\u200b-\u200d\u2060\ufeff\u00ad]+")
_MARKUP = re.compile(r"^(?:#|\[bookmark:[^\]]*\])+")
_TITLE = re.compile(r"([^：:，,。；;？！]*?)的?政府信息公开(?:工作)?(?:年度)?(?:工作)?报告")
_YEAR = re.compile(r"[(（]?(\d{1,8})年度?[)）]?")
_YEAR_DIGITS = 4
_SPELLED = re.compile("[〇○零一二三四五六七八九]{4}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_TOP = 10
"""Among how many paragraphs the title is looked for."""
_NAME = re.compile(r"(?=.{3})[^\W\d_]+(?:[（(][^\W\d_]{2,}[)）][^\W\d_]*)*")
"""What may be an agency's name on a line of its own, above a title without one: also 某某税务所（办税服务厅）."""
_NUMERAL = re.compile(r"^[一二三四五六][、.．]?")
_SENTENCE = re.compile(r"[。；，]$")
_FILLER = re.compile("20[0-9]{2}年度?|需要(?:报告|说明)|的|主要|工作|行政机关|因|被申请|提起|以及|及|和|与")
_ENDING = re.compile("(?:措施|事项)$")


_NUMBER = "[0-9〇○零一二三四五六七八九十]"
_DATE = re.compile(rf"{_NUMBER}{{4}}年{_NUMBER}{{1,3}}月{_NUMBER}{{1,3}}日")
_SIGNED = re.compile(r"[^\W\d_][^。；！？：:，,]{2,39}(?<!事项|情况|信息|问题|内容|报告|费用|理费|收费)")
"""What may be the name under a report: it is no sentence, with or without its full stop."""


class Title(NamedTuple):
    """What the title of a report says, and which paragraphs it takes up."""

    agency: str = ""
    year: int | None = None
    paragraphs: frozenset[int] = frozenset()


class _Heading(NamedTuple):
    at: int
    chapter: int
    numbered: bool


def read_title(paragraphs: Sequence[str]) -> Title:
    """The title at the top of `paragraphs`, on one line or wrapped over two; an empty one if there is none."""
    found = [title for at in range(min(_TOP, len(paragraphs))) if (title := _title_at(paragraphs, at))]
    # Some pages print the bare name of the report above its title.
    return max(found, key=lambda title: (title.agency != "", title.year is not None), default=Title())


def _title_at(paragraphs: Sequence[str], at: int) -> Title | None:
    """The title that ends with paragraph `at`."""
    alone = _title(paragraphs[at], at)
    if at == 0 or (alone and alone.agency):
        return alone
    above = paragraphs[at - 1]
    wrapped = _title(above + paragraphs[at], at - 1, at)
    return wrapped if wrapped and (alone is None or _NAME.fullmatch(_YEAR.sub("", unmarked(above)))) else alone


def _title(text: str, *paragraphs: int) -> Title | None:
    bare = _SPELLED.sub(lambda year: year[0].translate(_DIGITS), unmarked(text))
    years = _YEAR.findall(bare)
    match = _TITLE.fullmatch(_YEAR.sub("", bare))
    if match is None or "年" not in bare:
        return None
    year = next((int(digits) for digits in years if len(digits) == _YEAR_DIGITS), None)
    return Title(match[1], year, frozenset(paragraphs))


def unmarked(text: str) -> str:
    """`text` without spaces and without the marks that text extractors put before a line."""
    return _MARKUP.sub("", _SPACE.sub("", clean_text(text)))


def chapter_texts(paragraphs: Sequence[str], form: Form) -> Mapping[str, str]:
    """The texts of `paragraphs` by chapter of `form`, without the headings; what stands before the first is the intro."""
    found = chapter_paragraphs(paragraphs, form)
    return {key: "\n".join(clean_text(paragraphs[at]) for at in numbers) for key, numbers in found.items()}


def chapter_paragraphs(paragraphs: Sequence[str], form: Form) -> Mapping[str, Sequence[int]]:
    """Which of `paragraphs` make up the text of each chapter."""
    headings = {at: key for key, at in heading_paragraphs(paragraphs, form).items()}
    kept: dict[str, list[int]] = {}
    key = INTRO
    for at, paragraph in enumerate(paragraphs):
        if at in headings:
            key = headings[at]
        elif clean_text(paragraph):
            kept.setdefault(key, []).append(at)
    return kept


def heading_paragraphs(paragraphs: Sequence[str], form: Form) -> Mapping[str, int]:
    """Which of `paragraphs` is the heading of each chapter, those left out that come after a later one."""
    return {form.chapters[each.chapter].key: each.at for each in _rising(_headings(paragraphs, form))}


def late_headings(paragraphs: Sequence[str], form: Form) -> Mapping[str, int]:
    """The same, but for those left out."""
    found = _headings(paragraphs, form)
    kept = {each.chapter for each in _rising(found)}
    return {form.chapters[each.chapter].key: each.at for each in found if each.chapter not in kept}


def signed(paragraphs: Sequence[str], form: Form) -> Mapping[str, int]:
    """Which of `paragraphs` are the signature and its date, by the keys of their texts: the last two, or the date alone."""
    written = [at for at, paragraph in enumerate(paragraphs) if clean_text(paragraph)]
    if not written or not _DATE.fullmatch(unmarked(paragraphs[written[-1]])):
        return {}
    signature, date = SIGNATURE
    above = paragraphs[written[-2]] if len(written) > 1 else ""
    if _SIGNED.fullmatch(unmarked(above)) and _heading(above, 0, form) is None:
        return {signature: written[-2], date: written[-1]}
    return {date: written[-1]}


def _headings(paragraphs: Sequence[str], form: Form) -> list[_Heading]:
    """Every line that may be a chapter's heading; where a chapter has a numbered one, only those."""
    lines = [_heading(paragraph, at, form) for at, paragraph in enumerate(paragraphs) if clean_text(paragraph)]
    found = list(_without_contents(lines))
    numbered = {heading.chapter for heading in found if heading.numbered}
    return [heading for heading in found if heading.numbered or heading.chapter not in numbered]


def _without_contents(lines: Sequence[_Heading | None]) -> Iterator[_Heading]:
    """The headings among `lines` but for a table of contents: entries one below the other, each a heading again further down."""
    last = {(line.chapter, line.numbered): line.at for line in lines if line}
    for above, line, below in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        if line:
            beside = any(other and other.chapter != line.chapter for other in (above, below))
            if not beside or last[line.chapter, line.numbered] == line.at:
                yield line


def _heading(paragraph: str, at: int, form: Form) -> _Heading | None:
    bare = unmarked(paragraph)
    if _SENTENCE.search(bare):
        return None
    chapter = _chapters(form).get(_core(bare))
    return None if chapter is None else _Heading(at, chapter, _NUMERAL.match(bare) is not None)


def _rising(headings: Sequence[_Heading]) -> Iterator[_Heading]:
    last = -1
    for heading in headings:
        if heading.chapter > last:
            last = heading.chapter
            yield heading


def _core(heading: str) -> str:
    """What is left of a heading when what offices vary is taken out."""
    return _ENDING.sub("情况", _FILLER.sub("", normal(_NUMERAL.sub("", heading))))


@cache
def _chapters(form: Form) -> Mapping[str, int]:
    return {
        _core(heading): number
        for number, chapter in enumerate(form.chapters)
        for heading in (chapter.heading, *chapter.also)
    }
