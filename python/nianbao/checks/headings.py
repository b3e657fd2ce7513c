"""S01 and S03 of a document that was read: the wording of its headings and labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from ..findings import Finding, Severity
from ..form import Form
from ..places import ParagraphPlace, Place
from ..reading import Reading

SUBJECTS = {
    "overview": "总体|概况|概述|概要|综述|基本情况|总的情况",
    "disclosure": "主动公开",
    "requests": "申请",
    "review": "复议|诉讼",
    "problems": "问题|不足|改进|困难",
    "other": "其他|其它|需要报告|报告的?事项",
}
"""Words by which one knows which chapter a heading or a list of chapters means, whatever else it says."""


class _Written(NamedTuple):
    """A heading or label as written, and as it should be."""

    text: str
    place: Place | None
    due: str

    def __str__(self) -> str:
        return f"“{self.text}”（{self.place}）" if self.place else f"“{self.text}”"

    @property
    def lacks_number(self) -> bool:
        """Whether nothing but its numeral is missing."""
        return _letters(self.text) == _letters(self.due[1:])

    @property
    def is_other(self) -> bool:
        """Whether it is worded otherwise; marks and spaces are no wording."""
        return not self.lacks_number and _letters(self.text) != _letters(self.due)

    @property
    def shows_number(self) -> bool:
        """Whether a numeral would have been read: Word numbers paragraphs by itself, and web pages lists."""
        return not isinstance(self.place, ParagraphPlace)


def s01_missing(reading: Reading, form: Form) -> Iterator[Finding]:
    """报告有规定的六章，标题一个不少。"""
    if not is_whole(reading, form):
        return
    missing = [f"“{chapter.heading}”" for chapter in form.chapters if chapter.key not in reading.headings]
    if missing:
        which = "这一章" if len(missing) == 1 else f"这 {len(missing)} 章"
        message = f"各章标题：没有读到{''.join(missing)}{which}。请补上标题和内容，没有内容的写“无”。"
        yield Finding("S01", Severity.ERROR, message, subject="缺少的各章标题")


def s01_worded(reading: Reading, form: Form) -> Iterator[Finding]:
    """各章标题的文字、编号、次序与规定的一致。"""
    if not is_whole(reading, form):
        return
    due = {chapter.key: chapter.heading for chapter in form.chapters}
    written = [_Written(text, place, due[key]) for key, (text, place) in reading.headings.items()]
    other = [each for each in written if each.is_other]
    bare = [each for each in written if each.lacks_number and each.shows_number]
    parts = [f"{each}应为“{each.due}”" for each in other]
    parts += [f"{''.join(map(str, bare))}没有编号"] if bare else []
    if moved := _moved(form, list(reading.headings)):
        parts.append(f"{moved}的次序不对")
    if parts:
        message = f"各章标题与规定格式（{form.authority}）不一致：{'；'.join(parts)}。请按规定的标题改正。"
        place = next((each.place for each in (*other, *bare)), None)
        yield Finding("S01", Severity.WARNING, message, place=place, subject="各章标题的写法")


def s03_worded(reading: Reading, form: Form) -> Iterator[Finding]:
    """表格的行、列名称与规定的一致。"""
    written = [_Written(text, place, label) for label, (text, place) in reading.labels.items()]
    if written:
        parts = "；".join(f"{each}应为“{each.due}”" for each in written)
        message = f"表格的行、列名称与规定格式（{form.authority}）不一致：{parts}。数已按规定的行、列读入，请改正名称。"
        yield Finding("S03", Severity.WARNING, message, place=written[0].place, subject="行、列名称的写法")


def is_whole(reading: Reading, form: Form) -> bool:
    """Whether the source is a whole report rather than its tables."""
    return any(chapter.key in reading.headings for chapter in form.chapters if not chapter.tables)


def _letters(text: str) -> str:
    """`text` without spaces and marks, which one writes so and the other otherwise."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def _moved(form: Form, keys: list[str]) -> str:
    """The headings that come after one that they should stand before."""
    due = [chapter.key for chapter in form.chapters]
    numbers = [due.index(key) for key in keys]
    late = [number for at, number in enumerate(numbers) if any(other > number for other in numbers[:at])]
    return "".join(f"“{form.chapters[number].heading}”" for number in late)
