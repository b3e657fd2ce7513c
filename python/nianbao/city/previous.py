"""A summary made earlier: what the office wrote in it, and what it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..errors import InputError
from ..reading import Reading
from ..report import PARTICULARS, Report
from ..workbook.adjusted import read_adjusting
from ..workbook.cellmap import words
from ..workbook.contents import Adjusting
from ..workbook.names import FILES, STATUS
from ..workbook.read import read_workbook
from ..workbook.sheets import Sheets, open_sheets
from .board import BOARD, DIGEST_HEAD, LOG, RETURNED
from .decisions import Decision, decisions_on
from .units import Row, rows_of


class Previous(NamedTuple):
    """An earlier summary.

    `rows`: its units.  `digests`: the SHA-256 of every file that it knew, by name.  `returned`: the units whose file was
    sent back, with the digest of that file.
    """

    reading: Reading
    rows: tuple[Row, ...]
    said: Adjusting
    decisions: tuple[Decision, ...]
    digests: Mapping[str, str]
    returned: Mapping[str, str]


def read_previous(data: bytes, source: str) -> Previous:
    """The summary in `data`; InputError if it is none."""
    sheets = open_sheets(data, source)
    reading = read_workbook(data, source)
    if not reading.summary:
        raise InputError(source, "不是汇总表", "请指定 nianbao merge 生成的汇总工作簿")
    return read_summary(sheets, reading)


def read_summary(sheets: Sheets, reading: Reading) -> Previous:
    """The summary on `sheets`, which `reading` was read from."""
    form = reading.form
    return Previous(
        reading,
        rows_of(sheets, form),
        read_adjusting(sheets, form),
        decisions_on(sheets),
        {row["文件"]: row[DIGEST_HEAD] for row in _listed(sheets, FILES, LOG)},
        {row["单位"]: row["文件指纹"] for row in _listed(sheets, STATUS, BOARD) if row["状态"] == RETURNED},
    )


def _listed(sheets: Sheets, name: str, heads: Sequence[str]) -> Iterator[Mapping[str, str]]:
    """The rows of a list by its heads; none where the sheet is missing."""
    rows = sheets[name] if name in sheets.names else []
    named = (number for number, row in enumerate(rows, start=1) if tuple(row[: len(heads)]) == tuple(heads))
    for row in rows[next(named, len(rows)) :]:
        yield dict(zip(heads, map(words, row), strict=False))


def carried_over(new: Report, previous: Previous | None) -> Report:
    """`new` with what the office wrote in the earlier summary: texts, particulars, explanations."""
    if previous is None:
        return new
    old = previous.reading.report
    particulars = {key: text for key, text in old.particulars.items() if key in PARTICULARS}
    return new._replace(texts=old.texts, particulars=particulars, explanations=old.explanations)
