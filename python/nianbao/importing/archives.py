"""Zip files, which most office files are: looked through before anything else inflates them.

Nothing is ever written under a member's name, so absolute names and ``..`` do no harm.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ..errors import LOCKED, InputError
from .limits import MIB, Limits, in_megabytes, limits

ZIP = b"PK\x03\x04"
DAMAGED = ("文件不完整或已损坏，打不开", "请重新取得这份文件，或用原来的软件打开后另存")
_CENTRAL = b"PK\x01\x02"
_LOCAL_SIZE = 30
_ENCRYPTED, _UTF8 = 0x1, 0x800
_MOST = 1032
"""How many bytes one byte of deflated data makes at most."""
_CHUNK = 4 * MIB
_UNREADABLE = (BadZipFile, LookupError, NotImplementedError, OSError, RuntimeError, ValueError)


class Member(NamedTuple):
    """One member of a zip file: its entry in the directory, and where its bytes begin."""

    info: ZipInfo
    start: int

    @property
    def end(self) -> int:
        """Where its bytes end."""
        return self.start + self.info.compress_size


def members(data: bytes, most: int = Limits().entries) -> Sequence[Member] | None:
    """The members of a zip file in the order of its directory; None if it is damaged or has more than `most`."""
    return _members(data, most)


@lru_cache(maxsize=1)  # whoever opens a file asks several times
def _members(data: bytes, most: int) -> Sequence[Member] | None:
    if _entries(data) > most:  # the directory itself can be a bomb
        return None
    try:
        with ZipFile(BytesIO(data)) as package:
            found = tuple(Member(info, _start(data, info)) for info in package.infolist())
    except _UNREADABLE:
        return None
    return None if any(member.start < 0 or member.end > len(data) for member in found) else found


@lru_cache(maxsize=1)
def _entries(data: bytes) -> int:
    """How many entries the directory has at most."""
    return data.count(_CENTRAL)


def names_in(data: bytes) -> list[str]:
    """What the files in a zip are called; Windows writes names in GBK and does not say so."""
    return list(_files(data))


def files_in(data: bytes, source: str) -> dict[str, bytes]:
    """The files in a zip by name; InputError, naming `source`, if it cannot be unpacked or would grow too large."""
    guard_zip(data, source)
    return {name: inflated(data, member, limits().total) for name, member in _files(data).items()}


def _files(data: bytes) -> dict[str, Member]:
    """The files by names that lead nowhere else: no root, no drive, no way up."""
    found = {}
    for member in members(data) or ():
        steps = [step for step in re.split(r"[\\/]", _name(member.info)) if step not in {"", ".", ".."}]
        if steps and not member.info.is_dir():
            found["/".join(steps).replace(":", "：")] = member
    return found


def _name(info: ZipInfo) -> str:
    if info.flag_bits & _UTF8:
        return info.filename
    raw = info.filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _start(data: bytes, info: ZipInfo) -> int:
    """Where the bytes of a member begin; -1 if it has none where the directory says."""
    at = info.header_offset
    if data[at : at + len(ZIP)] != ZIP:
        return -1
    name, extra = (int.from_bytes(data[at + place : at + place + 2], "little") for place in (26, 28))
    return at + _LOCAL_SIZE + name + extra


def inflated(data: bytes, member: Member, most: int) -> bytes:
    """The bytes of a member; not more than `most`, and none if they are damaged."""
    raw = data[member.start : member.end]
    if member.info.compress_type == ZIP_STORED:
        return raw[:most]
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, most)
    except zlib.error:
        return b""


def guard_zip(data: bytes, source: str, allowed: Limits | None = None) -> None:
    """InputError, naming `source`, for a zip file that is damaged, locked, or would inflate beyond what is allowed."""
    allowed = allowed or limits()
    if _entries(data) > allowed.entries:
        raise InputError(source, f"压缩包里的文件超过 {allowed.entries:,} 个，不像一份年报", "请检查文件的来源")
    found = members(data, allowed.entries)
    if found is None or _overlap(found):
        raise InputError(source, *DAMAGED)
    if any(member.info.flag_bits & _ENCRYPTED for member in found):
        raise InputError(source, *LOCKED)
    if any(member.info.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for member in found):
        raise InputError(source, "里面用了办公软件不用的压缩方法", "请用 Word、Excel 或 WPS 打开后另存")
    if any(_is_swollen(member.info, allowed) for member in found) or _exceeds(data, found, allowed.total):
        size = in_megabytes(allowed.total)
        raise InputError(source, f"解压后会异常地大（超过 {size}，或压缩比高得不正常）", "请检查文件的来源，不要打开")


def _overlap(found: Sequence[Member]) -> bool:
    """Whether two members share bytes, as in a bomb without layers."""
    spans = sorted((member.info.header_offset, member.end) for member in found)
    return any(end > start for (_, end), (start, _) in pairwise(spans))


def _is_swollen(info: ZipInfo, allowed: Limits) -> bool:
    return info.file_size > max(MIB, info.compress_size * allowed.ratio)


def _exceeds(data: bytes, found: Sequence[Member], total: int) -> bool:
    """Whether all members together are larger than `total`, whatever they say; inflates only what leaves a doubt."""
    if sum(member.info.file_size for member in found) > total:
        return True
    possible, counted = sum(map(_potential, found)), 0
    if possible <= total:
        return False
    for member in sorted(found, key=_potential, reverse=True):
        if counted + possible <= total:
            return False
        possible -= _potential(member)
        counted += _size(data, member, total - counted)
    return counted > total


def _potential(member: Member) -> int:
    deflated = member.info.compress_type == ZIP_DEFLATED
    return member.info.compress_size * (_MOST if deflated else 1)


def _size(data: bytes, member: Member, most: int) -> int:
    """How large a member really is, counted without keeping it; any number above `most` if larger."""
    if member.info.compress_type == ZIP_STORED:
        return member.info.compress_size
    inflating, size, rest = zlib.decompressobj(-zlib.MAX_WBITS), 0, data[member.start : member.end]
    try:
        while rest and size <= most and not inflating.eof:
            size += len(inflating.decompress(rest, _CHUNK))
            rest = inflating.unconsumed_tail
    except zlib.error:
        pass  # whoever reads it will say so
    return size
