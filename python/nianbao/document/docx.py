"""Writes a report as DOCX: an official document with the statutory tables, in the template of the office or in ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import NamedTuple

from ..form import INTRO, CellKey
from ..formfile import load_form
from .article import SIGNED, TITLE, Article, Block, Paragraph, Statutory, full_title, tables_of
from .filling import fill
from .flow import is_text, kept
from .ooxml import HALF_POINTS, TWIPS, Element, node, paragraph, run, serialized
from .package import PROPERTIES, properties, zipped
from .placeholders import SIGNATURE_PLACE, Place, places
from .signature import Signed, signed
from .styles import RUN_IN
from .stylesheet import TextStyle
from .tables import statutory_table
from .template import Template, default_template

# In twips, between a text and the table under it.
_GAP = 80
_CHARACTER = 100
"""What Word calls one character of an indent."""


class _Page(NamedTuple):
    """What a stretch of the report is set with: figures, styles, the width of its lines in twips, and the signature."""

    values: Mapping[CellKey, Decimal | None]
    styles: Mapping[str, TextStyle]
    width: int
    signature: Sequence[Signed]


def write_docx(article: Article, template: Template | None = None) -> bytes:
    """The DOCX file of `article` in `template`, ours if none is given: the same of both gives the same bytes."""
    template = template or default_template()
    root, parts = template.text(), _parts_by_name(article)
    lines = _signature(parts[SIGNATURE_PLACE], template)
    parts = {**parts, SIGNATURE_PLACE: [Paragraph("signature", line.text) for line in lines]}
    # All places are known before anything is written: what was typed is never taken for one.
    for flow in _flows(places(root)):
        page = _Page(article.report.values, template.styles, template.widths[flow[0].name], lines)
        blocks = list(chain.from_iterable(parts[place.name] for place in flow))
        elements = iter(list(_elements(blocks, page)))
        for place in flow:
            fill(place, list(islice(elements, len(parts[place.name]))))
    title, subject = full_title(article.report).replace("\n", ""), load_form(article.report.edition).title
    written = {template.document: serialized(root), PROPERTIES.membername: properties(title, subject).blob}
    return zipped({**template.files, **written})


def _parts_by_name(article: Article) -> Mapping[str, Sequence[Block]]:
    """The parts of `article` by the names of their placeholders."""
    keys = {"标题": TITLE, "引言": INTRO, SIGNATURE_PLACE: SIGNED}
    for number, chapter in zip("一二三四五六", load_form(article.report.edition).chapters, strict=True):
        keys |= {f"第{number}章": chapter.key, f"表{number}": tables_of(chapter.key)}
    return {name: article.parts.get(key, ()) for name, key in keys.items()}


def _signature(blocks: Sequence[Block], template: Template) -> list[Signed]:
    """The lines of the signature."""
    line = template.widths[SIGNATURE_PLACE] / template.styles["signature"].pitch
    return signed([block.text for block in blocks if isinstance(block, Paragraph)], line)


def _flows(found: Iterable[Place]) -> Iterator[list[Place]]:
    """The places that nothing parts from one another, taken together."""
    flow: list[Place] = []
    for place in found:
        if flow and not flow[-1].is_followed_by(place):
            yield flow
            flow = []
        flow.append(place)
    yield flow


def _elements(blocks: Sequence[Block], page: _Page) -> Iterator[Element]:
    """One element for each of `blocks`."""
    together = frozenset(kept(blocks, page.width // page.styles["body"].pitch))
    lines = iter(page.signature)
    for number, (block, following) in enumerate(zip(blocks, [*blocks[1:], None], strict=False)):
        if isinstance(block, Statutory):
            yield statutory_table(block.chapter, page.values, page.styles, page.width)
            continue
        setting = [node("keepNext")] if number in together else []
        if isinstance(following, Statutory) and is_text(block):
            setting.append(node("spacing", after=_GAP))
        if block.role == "signature":
            setting += _indent(next(lines).right, page.styles[block.role])
        yield _paragraph(block, setting, page.styles)


def _paragraph(block: Paragraph, setting: Sequence[Element], styles: Mapping[str, TextStyle]) -> Element:
    if block.role == "placeholder":
        return paragraph(styles["body"].key, run(block.text, node("highlight", val="yellow")), properties=setting)
    lead, rest = block.text[: block.lead], block.text[block.lead :]
    runs = [run(lead, node("rStyle", val=styles[RUN_IN].key))] if lead else []
    return paragraph(styles[block.role].key, *runs, run(rest), properties=setting)


def _indent(right: float, style: TextStyle) -> list[Element]:
    """How a line of the signature is set, unless the office sets its signature elsewhere than at the right.

    Characters can be counted only if figures stand as close to Chinese characters as these to one another.
    """
    if not style.at_right:
        return []
    twips = round(right * style.half_points * TWIPS / HALF_POINTS)
    close = [node("autoSpaceDE", val=0), node("autoSpaceDN", val=0)]
    return [*close, node("ind", rightChars=round(right * _CHARACTER), right=twips)]
