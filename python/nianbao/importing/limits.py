"""How much a file may ask of this machine; the environment variable NIANBAO_LIMITS says otherwise."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..errors import InputError

VARIABLE = "NIANBAO_LIMITS"
MIB = 1024 * 1024
_UNITS = {"": 1, "K": 1024, "M": MIB, "G": 1024 * MIB}
_SETTING = r"(?i)\s*([a-z]+)\s*=\s*([1-9]\d{0,14})([KMG]?)B?\s*"


class Limits(NamedTuple):
    """What is refused beyond: a report needs well under one hundredth of it."""

    size: int = 64 * MIB
    """Bytes of a file."""
    entries: int = 5_000
    """Members of a zip file, as .xlsx and .docx files are."""
    total: int = 256 * MIB
    """Bytes of all members, inflated."""
    ratio: int = 200
    """How many times its stored size a large member may inflate to."""
    seconds: int = 45
    """How long a reader that runs by itself may take."""
    memory: int = 1024 * MIB
    """Bytes that it may use, where the system can tell."""
    answer: int = 16 * MIB
    """Bytes that it may give back."""
    cells: int = 1_000_000
    """Cells of all sheets, blank ones between the others included."""
    text: int = 2_000_000
    """Characters of a document."""


def limits(environment: Mapping[str, str] = os.environ) -> Limits:
    """The limits in force, such as ``NIANBAO_LIMITS="total=512M,seconds=120"``; InputError if that cannot be understood."""
    said = environment.get(VARIABLE, "")
    return Limits()._replace(**dict(_setting(part) for part in said.split(",") if part.strip()))


def _setting(part: str) -> tuple[str, int]:
    match = re.fullmatch(_SETTING, part)
    if match is None or match[1].lower() not in Limits._fields:
        known = "、".join(Limits._fields)
        remedy = f"请写成 total=512M,seconds=120 这样，可用的名称是 {known}"
        raise InputError(f"环境变量 {VARIABLE}", f"“{part.strip()}”看不懂", remedy)
    return match[1].lower(), int(match[2]) * _UNITS[match[3].upper()]


def guard_text(texts: Iterable[str], source: str, allowed: Limits | None = None) -> None:
    """InputError, naming `source`, if a document has more text than anybody would search for tables."""
    most = (allowed or limits()).text
    length = 0
    for text in texts:
        length += len(text)
        if length > most:
            raise InputError(source, f"文字太多（超过 {most:,} 字），不像一份年报", "请检查是否选错文件")


def in_megabytes(size: int) -> str:
    """A number of bytes as a message says it."""
    return f"{size / MIB:,.0f} MB" if size >= MIB else f"{size:,} 字节"
