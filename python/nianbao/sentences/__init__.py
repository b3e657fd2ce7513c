"""What a report says where the office wrote nothing: worded once, in ``forms/sentences.toml``, for every output."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from ..form import Form
from ..formfile import load_form, read_definition
from ..report import Report, clean_text
from .file import Script, parse_sentences
from .language import Sentence, tell

SENTENCES_FILE = "forms/sentences.toml"


def load_sentences(edition: str) -> Mapping[str, tuple[Sentence, ...]]:
    """The sentences of `edition` by text key, in file order."""
    return _script(load_form(edition)).texts


def generated(report: Report) -> dict[str, str]:
    """The paragraph of each text key that has sentences; "" where nothing can be said."""
    words = _told(report)
    return {key: tell(words, report.values, sentences) for key, sentences in _script_for(report).texts.items()}


def facts(report: Report) -> dict[str, str | Decimal | None]:
    """What the sentences are made of: every word and quantity by its name in the file; None for a blank."""
    script, told = _script_for(report), _told(report)
    words = {name: word if isinstance(word, str) else word.told(told) for name, word in script.words.items()}
    return words | {name: quantity.value(report.values) for name, quantity in script.quantities.items()}


def one_line(text: str) -> str:
    """`text` as it stands within a line."""
    return " ".join(clean_text(text).split("\n"))


def _told(report: Report) -> dict[str, str]:
    year = "" if report.year is None else str(report.year)
    words = {"agency": report.agency, "year": year, "contact": report.particulars.get("contact", "")}
    return {name: one_line(word) for name, word in words.items()}


def _script_for(report: Report) -> Script:
    return _script(load_form(report.edition).holding(report.values))


@cache
def _script(form: Form) -> Script:
    return parse_sentences(read_definition(SENTENCES_FILE), SENTENCES_FILE, form)
