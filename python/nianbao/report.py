"""A filled form: the values one agency reported for one year.  The waist of the program."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from .form import SIGNATURE, CellKey

# What no document can show and no spreadsheet keeps: control characters, lone surrogates, non-characters.
_UNPRINTABLE = dict.fromkeys(
    [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)


_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])


class Totals(StrEnum):
    """How the totals of a report come about."""

    AUTOMATIC = "自动合计"
    """The workbook computes them."""
    TYPED = "手工填报"
    """The office states them, and the balance rules check them."""


class Report(NamedTuple):
    """One filled form.

    `values`: exact numbers by cell (件 for counts, 万元 for amounts); None = left blank; a cell that
    is missing was not in the source.  `texts`: by `Form.text_keys`; paragraphs are
    parted by line feeds.  `year` is None where none is stated.
    """

    edition: str
    year: int | None
    agency: str
    values: Mapping[CellKey, Decimal | None] = MappingProxyType({})
    texts: Mapping[str, str] = MappingProxyType({})
    totals: Totals = Totals.TYPED

    @property
    def name(self) -> str:
        """``某某局 2023 年度``."""
        return f"{self.agency or '（未填单位）'} {self.year or '（未填年份）'} 年度"


def clean_text(text: str) -> str:
    """`text` as a report keeps it: line feeds only, nothing unprintable, no blank edges of lines or text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").translate(_UNPRINTABLE).split("\n")
    return "\n".join(line.strip() for line in lines).strip("\n")


def clean_name(text: str) -> str:
    """`text` as the name of an agency: one line, nothing invisible that would make two names of one."""
    return clean_text(clean_text(text).translate(_INVISIBLE).replace("\n", ""))


def clean_part(key: str, text: str) -> str:
    """`text` as a report keeps it under `key` of its texts: the signature and its date are one line each."""
    return clean_name(text) if key in SIGNATURE else clean_text(text)
