"""The report as blocks, each with its role, part by part: what every writer of documents draws."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

from ..fees import FEE, fee_sentence
from ..form import INTRO, SIGNATURE, Chapter, Form
from ..formfile import load_form
from ..report import Fee, Report, clean_text
from ..resources import template_path
from ..sentences import one_line
from .annex import HEADING
from .facts import NOTHING, Background
from .narrative import narrate
from .overview import SECTIONS, is_government

ParagraphRole = Literal["title", "body", "heading1", "heading2", "heading3", "placeholder", "signature"]
"""What a paragraph is on the page."""

_NUMERALS = "一二三四五六七八九十"
_SECOND = re.compile(rf"[（(][{_NUMERALS}]+[）)]")
_THIRD = re.compile(r"\d{1,2}[.．、](?!\d)")
_RUN_IN = re.compile(rf"[（(][{_NUMERALS}]+[）)][^。]{{1,30}}。(?=.)")
_LONGEST_HEADING = 40
_STOPS = ("。", "；", "，", "：", "！", "？", "…", ";", ",", ":", "!", "?")


class Paragraph(NamedTuple):
    """One paragraph; its first `lead` characters are a heading that the text runs on from.

    `made`: a sentence made from the figures, not one that the office wrote.
    """

    role: ParagraphRole
    text: str
    lead: int = 0
    made: bool = False


class Statutory(NamedTuple):
    """The printed tables of a chapter stand here."""

    chapter: Chapter


Block = Paragraph | Statutory
TITLE = "title"
"""The part that the title is."""
SIGNED = "signature"
"""The part that the signature and its date are."""


class Article(NamedTuple):
    """A report as it is to be published.

    `parts`: the blocks of the title, of the introduction, of each chapter, of its tables (see `tables_of`) and of the
    signature, in this order; a part may be empty.
    """

    report: Report
    parts: Mapping[str, tuple[Block, ...]]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks, in order."""
        return tuple(chain.from_iterable(self.parts.values()))


def tables_of(chapter: str) -> str:
    """The part that the tables of a chapter are."""
    return f"{chapter}/tables"


def compose(
    report: Report, background: Background = NOTHING, template: Path | None = None, notes: Sequence[str] = ()
) -> Article:
    """The document of `report`: what the office wrote as it stands, and sentences made from figures where it wrote none.

    `template` is the office's own for these sentences; what it has no block for, the shipped one says.  `notes` on its
    figures end the last chapter.
    """
    shipped = template_path(f"narrative-{report.edition}.md.j2")
    made = narrate(report, shipped, background, frozenset(_idle(report)))
    if template is not None:
        made |= narrate(report, template, background)
    form = load_form(report.edition)
    parts = {part: tuple(blocks) for part, blocks in _parts(report, form, made, background)}
    if notes:
        parts[form.chapters[-1].key] += (Paragraph("heading2", HEADING), *(Paragraph("body", note) for note in notes))
    return Article(report, parts)


def _idle(report: Report) -> Iterator[str]:
    """The blocks of a template that nothing will be made of: the office wrote those texts."""
    chapters = {chapter.key: chapter for chapter in load_form(report.edition).chapters}
    for key, text in report.texts.items():
        if clean_text(text):
            yield key
            if key in chapters and chapters[key].aspects:
                yield from chain.from_iterable(section.blocks for section in SECTIONS.values())


def full_title(report: Report) -> str:
    """``某某局2023年`` and the form's title, on two lines; what is not filled in is named."""
    agency = one_line(report.agency) or "【待填写：单位名称】"
    year = "【待填写：年度】" if report.year is None else f"{report.year}年"
    return f"{agency}{year}\n{load_form(report.edition).title}"


def _parts(
    report: Report, form: Form, made: Mapping[str, str], background: Background
) -> Iterator[tuple[str, Iterable[Block]]]:
    written = {key: clean_text(text) for key, text in report.texts.items()}
    yield TITLE, [Paragraph("title", full_title(report))]
    yield INTRO, _text(written.get(INTRO, ""), made.get(INTRO, ""))
    for chapter in form.chapters:
        text = list(_text(written.get(chapter.key, ""), made.get(chapter.key, "")))
        if chapter.fee:
            text.extend(_fee(report.fee, written.get(chapter.key, "")))
        if not text:
            text.extend(_unwritten(chapter, made, of_government=is_government(report, background)))
        yield chapter.key, [Paragraph("heading1", chapter.heading), *text]
        if chapter.tables:
            yield tables_of(chapter.key), [Statutory(chapter)]
    yield SIGNED, [Paragraph("signature", written[key]) for key in SIGNATURE if written.get(key)]


def _fee(fee: Fee, written: str) -> Iterator[Paragraph]:
    """What a chapter owes on the processing fee: the sentence, or a mark where a fee was charged and nobody says how much.

    Nothing where the office says nothing of the fee: a chapter that nobody wrote is a hole already, and one that was written
    is the office's to answer for.
    """
    if sentence := fee_sentence(fee, written):
        yield _paragraph(sentence, made=True)
    elif fee.charged and FEE not in written:
        yield Paragraph("placeholder", f"【待填写：{FEE}收取的件数和金额】")


def _unwritten(chapter: Chapter, made: Mapping[str, str], *, of_government: bool) -> Iterator[Paragraph]:
    """What stands in a chapter that nobody wrote: its aspects, with what the figures tell of them, and marks for the rest."""
    if not (chapter.aspects or chapter.tables):
        yield Paragraph("placeholder", f"【待填写：{chapter.heading}】")
    for numeral, aspect in zip(_NUMERALS, chapter.aspects, strict=False):
        section = SECTIONS[aspect.label]
        said = [text for block in section.blocks if (text := made.get(block))]
        yield Paragraph("heading2", f"（{numeral}）{aspect.label}")
        yield from (Paragraph("body", text, made=True) for text in said)
        if not said:
            yield Paragraph("placeholder", section.hole(of_government=of_government))


def _text(written: str, made: str) -> Iterator[Paragraph]:
    """What the office wrote, else what is made from the figures."""
    return (_paragraph(line, made=not written) for line in (written or made).split("\n") if line.strip())


def _paragraph(line: str, *, made: bool) -> Paragraph:
    """`line` with the role its numbering gives it: ``（一）`` and ``1.`` head what follows, if they are no sentences."""
    if _SECOND.match(line):
        if run_in := _RUN_IN.match(line):
            return Paragraph("body", line, run_in.end(), made)
        return Paragraph("heading2" if _is_heading(line) else "body", line, made=made)
    return Paragraph("heading3" if _THIRD.match(line) and _is_heading(line) else "body", line, made=made)


def _is_heading(line: str) -> bool:
    return len(line) <= _LONGEST_HEADING and not line.endswith(_STOPS)
