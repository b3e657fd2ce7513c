"""The report as a sequence of blocks, each with its role: what every writer of documents draws."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from ..fees import fee_sentence
from ..form import INTRO, SIGNATURE, Chapter, Form
from ..formfile import load_form
from ..report import Report, clean_text
from ..resources import template_path
from ..sentences import one_line
from .narrative import narrate

ParagraphRole = Literal["title", "body", "heading1", "heading2", "heading3", "placeholder", "signature"]
"""What a paragraph is on the page."""

_SECOND = re.compile(r"（[一二三四五六七八九十]+）")
_THIRD = re.compile(r"\d{1,2}[.．、](?!\d)")
_RUN_IN = re.compile(r"（[一二三四五六七八九十]+）[^。]{1,30}。(?=.)")
_LONGEST_HEADING = 40


class Paragraph(NamedTuple):
    """One paragraph; its first `lead` characters are a heading that the text runs on from."""

    role: ParagraphRole
    text: str
    lead: int = 0


class Statutory(NamedTuple):
    """The printed tables of a chapter stand here."""

    chapter: Chapter


Block = Paragraph | Statutory


def compose(report: Report) -> tuple[Block, ...]:
    """The blocks of `report`: what the office wrote as it stands, and generated sentences where it wrote none."""
    return tuple(_blocks(report, load_form(report.edition)))


def full_title(report: Report) -> str:
    """``某某局2023年`` and the form's title, on two lines; what is not filled in is named."""
    agency = one_line(report.agency) or "【待填写：单位名称】"
    year = "【待填写：年度】" if report.year is None else f"{report.year}年"
    return f"{agency}{year}\n{load_form(report.edition).title}"


def _blocks(report: Report, form: Form) -> Iterator[Block]:
    texts = _texts(report, form)
    yield Paragraph("title", full_title(report))
    yield from _written(texts.get(INTRO, ""))
    for chapter in form.chapters:
        yield Paragraph("heading1", chapter.heading)
        yield from _chapter(chapter, texts.get(chapter.key, ""))
    yield from (Paragraph("signature", texts[key]) for key in SIGNATURE if texts.get(key))


def _texts(report: Report, form: Form) -> Mapping[str, str]:
    """The generated sentences by chapter, and over them what the office wrote."""
    written = {key: clean_text(text) for key, text in report.texts.items()}
    generated = narrate(report, template_path(f"narrative-{report.edition}.md.j2"))
    said = generated | {key: text for key, text in written.items() if text}
    for chapter in form.chapters:
        if chapter.fee and (fee := fee_sentence(report.fee, written.get(chapter.key, ""))):
            said[chapter.key] = "\n".join(filter(None, (said.get(chapter.key), fee)))
    return said


def _chapter(chapter: Chapter, text: str) -> Iterator[Block]:
    yield from _written(text)
    if chapter.tables:
        yield Statutory(chapter)
    elif not text:
        yield Paragraph("placeholder", f"【待填写：{chapter.heading}】")


def _written(text: str) -> Iterator[Paragraph]:
    return (_paragraph(line) for line in text.split("\n") if line.strip())


def _paragraph(line: str) -> Paragraph:
    """`line` with the role its numbering gives it: ``（一）`` and ``1.`` head what follows, if they are no sentences."""
    if _SECOND.match(line):
        if run_in := _RUN_IN.match(line):
            return Paragraph("body", line, run_in.end())
        return Paragraph("heading2" if _is_heading(line) else "body", line)
    return Paragraph("heading3" if _THIRD.match(line) and _is_heading(line) else "body", line)


def _is_heading(line: str) -> bool:
    return len(line) <= _LONGEST_HEADING and not line.endswith(("。", "；", "，", "："))
