"""Reads what is hard to read in a roster: dates, and codes that spreadsheets take for numbers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from unicodedata import normalize

from ..form import LAST_YEAR
from ..report import clean_name
from ..workbook.cellmap import words
from .members import code_key

_DAY = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?: 0{1,2}:00(?::00)?)?|(\d{5})", re.ASCII
)
_FIRST_YEAR = 2000
_EPOCH = date(1899, 12, 30)
"""The day that spreadsheets count from."""
_LOST = re.compile(r"\d(?:\.\d+)?E\+\d\d", re.ASCII)
"""What spreadsheets make of a long number that was not entered as text."""
_EXACT = 10**15
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""What codes are made of (GB 32100); the place of each is its value."""
_LENGTH = 18
_SAYS_SOMETHING = re.compile(r"[0-9A-Z]", re.ASCII)
"""Without any of these an entry such as 无 or ／ is no code."""


def read_day(text: str) -> date | None:
    """The date that `text` is, or the number that stands for one in a spreadsheet."""
    match = _DAY.fullmatch(normalize("NFKC", text))
    if match is None:
        return None
    if match[7]:
        day = _EPOCH + timedelta(days=int(match[7]))
    else:
        try:
            day = date(int(match[1]), int(match[3] or match[5]), int(match[4] or match[6]))
        except ValueError:
            return None
    return day if _FIRST_YEAR <= day.year <= LAST_YEAR else None


def read_code(value: object) -> str:
    """The code in a cell; "" if a spreadsheet has taken it for a number and lost its last digits."""
    code = code_key(clean_name(words(value)))
    return "" if _is_lost(value) or not _SAYS_SOMETHING.search(code) else code


def _is_lost(value: object) -> bool:
    if isinstance(value, str):
        return _LOST.fullmatch(code_key(value)) is not None
    return isinstance(value, (int, float)) and value >= _EXACT


def code_doubt(value: object, code: str) -> str:
    """What is to be said of the `code` that was read from a cell, "" if nothing is."""
    if _is_lost(value):
        return f"统一代码“{words(value)}”被当成了数字，末几位已丢失，没有用。请把这一列设为文本格式，重新填写。"
    if not code:
        return ""
    if len(code) != _LENGTH or not set(code) <= set(_SIGNS):
        return f"统一代码“{code}”不是 18 位的统一社会信用代码。请核对；用的是主管部门的编号就不用改。"
    due = check_sign(code)
    return "" if code[-1] == due else f"统一代码“{code}”的校验位是“{code[-1]}”，按前 17 位应为“{due}”。请核对。"


def check_sign(code: str) -> str:
    """The last character that the first 17 of a unified social credit code call for (GB 32100-2015)."""
    total = sum(_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[: _LENGTH - 1]))
    return _SIGNS[-total % 31]
