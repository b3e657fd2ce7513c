"""What a report says of itself in its introduction: the period that its figures are for, and whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..checks.leftovers import PERIOD
from .grid import Cell

_ASKED = re.compile(r"(?:地址|邮编|邮政编码|电话|传真|邮箱|电子邮件)[：:]?[^，,；;。]")
_SENTENCE = re.compile(r"[^。！？]*[。！？]?")
_SPACE = re.compile(r"\s+")
_PERIOD, _CONTACT = "period", "contact"


def stated(paragraphs: Sequence[Cell]) -> dict[str, Cell]:
    """The period and the contact that `paragraphs` state, each as written without spaces, at its paragraph."""
    found: dict[str, Cell] = {}
    for paragraph in paragraphs:
        text = _SPACE.sub("", paragraph.text)
        if _PERIOD not in found and (period := PERIOD.search(text)):
            found[_PERIOD] = paragraph._replace(text=f"{period[1]}至{period[3]}")
        if _CONTACT not in found and (contact := "".join(_contact(text))):
            found[_CONTACT] = paragraph._replace(text=contact)
    return found


def _contact(text: str) -> Iterator[str]:
    """The sentences that say whom to ask."""
    return (sentence for sentence in _SENTENCE.findall(text) if len(_ASKED.findall(sentence)) > 1)
