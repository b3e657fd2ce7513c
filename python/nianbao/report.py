"""A filled form: the values one agency reported for one year.  The waist of the program."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from .form import SIGNATURE, CellKey, Form, last_year

# What no document can show and no spreadsheet keeps: control characters, lone surrogates, non-characters.
_UNPRINTABLE = dict.fromkeys(
    [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)


_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])


Values = Mapping[CellKey, Decimal | None]


class Totals(StrEnum):
    """How the totals of a report come about."""

    AUTOMATIC = "自动合计"
    """The workbook computes them."""
    TYPED = "手工填报"
    """The office states them, and the balance rules check them."""


class Filling(StrEnum):
    """What the office says of the tables of one chapter: whether a blank there still has to be filled."""

    OPEN = "未填完"
    REST_ZERO = "已填完，其余空白为0"
    ALL_ZERO = "全表为0"


class Fee(NamedTuple):
    """The processing fee (信息处理费, 国办函〔2020〕109号) of the year: whether any was charged, 件, 元; None = not said."""

    charged: bool | None = None
    pieces: Decimal | None = None
    yuan: Decimal | None = None


class Explanation(NamedTuple):
    """Why what a check found is so all the same; `about` names the finding and the figures it was given for."""

    about: str
    reason: str
    by: str = ""
    date: str = ""


PARTICULARS = ("code", "level", "rulemaking", "contact", "preparer", "reviewer", "head", "filled_on", "round")
"""What an office says of itself beside its name: 单位代码, 单位级别, 规章制定权, 对外联系方式, 填报人, 审核人, 负责人, 填报日期, 报送轮次."""


class Report(NamedTuple):
    """One filled form.

    `values`: exact numbers by cell (件 for counts, 万元 for amounts); None = left blank; a cell that
    is missing was not in the source.  `texts`: by `Form.text_keys`; paragraphs are
    parted by line feeds.  `year` is None where none is stated.  `filling`: by chapter key, OPEN where missing; cells declared
    to be zero are zero in `values`.  `particulars`: by PARTICULARS, as written.  `last`: last year's figures that this
    report is compared with, by the cells of last year.
    """

    edition: str
    year: int | None
    agency: str
    values: Values = MappingProxyType({})
    texts: Mapping[str, str] = MappingProxyType({})
    totals: Totals = Totals.TYPED
    filling: Mapping[str, Filling] = MappingProxyType({})
    particulars: Mapping[str, str] = MappingProxyType({})
    fee: Fee = Fee()
    last: Mapping[CellKey, Decimal] = MappingProxyType({})
    explanations: tuple[Explanation, ...] = ()

    @property
    def both_years(self) -> Values:
        """This year's values, and last year's under the keys that `last_year` gives."""
        return {**self.values, **{last_year(cell): value for cell, value in self.last.items()}}

    @property
    def name(self) -> str:
        """``某某局 2023 年度``."""
        return f"{self.agency or '（未填单位）'} {self.year or '（未填年份）'} 年度"


def declared(values: Values, filling: Mapping[str, Filling], form: Form) -> Values:
    """`values` with 0 for every blank that `filling` declares to be zero."""
    closed = {
        cell
        for chapter in form.chapters
        if filling.get(chapter.key, Filling.OPEN) is not Filling.OPEN
        for table in chapter.tables
        for cell in table.known_cells()
    }
    return {cell: Decimal(0) if value is None and cell in closed else value for cell, value in values.items()}


def clean_text(text: str) -> str:
    """`text` as a report keeps it: line feeds only, nothing unprintable, no blank edges of lines or text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").translate(_UNPRINTABLE).split("\n")
    return "\n".join(line.strip() for line in lines).strip("\n")


BLANKS = " \u3000\u00a0\n"
"""What is no character of a text where the length of it is told."""


def characters(text: str) -> int:
    """How many characters `text` has, white space left out."""
    return sum(letter not in BLANKS for letter in text)


def clean_name(text: str) -> str:
    """`text` as the name of an agency: one line, nothing invisible that would make two names of one."""
    return clean_text(clean_text(text).translate(_INVISIBLE).replace("\n", ""))


def shortens(short: str, long: str) -> bool:
    """Whether every character of `short` stands in `long`, in the same order: 发改委 for 发展和改革委员会."""
    rest = iter(long)
    return all(letter in rest for letter in short)


def clean_part(key: str, text: str) -> str:
    """`text` as a report keeps it under `key` of its texts: the signature and its date are one line each."""
    return clean_name(text) if key in SIGNATURE else clean_text(text)
