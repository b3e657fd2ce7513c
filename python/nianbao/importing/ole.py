"""Compound files, in which older Office, and every Office that encrypts, puts its streams."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_HEADER = struct.Struct("<2xH16xI16xI")
"""Of the header from byte 28 on: the size of sectors, the first of the directory, and of the list of tables."""
_LISTED = 109
"""How many sectors of the allocation table the header itself lists."""
_NONE = 0xFFFFFFFA
"""Numbers from here on are no sectors."""


class Stream(NamedTuple):
    """Something in a compound file: its name, and the bytes of its first sector."""

    name: str
    head: bytes


class _Entry(NamedTuple):
    name: str
    siblings: tuple[int, int]
    child: int
    sector: int


class _Sectors(NamedTuple):
    """The sectors of a compound file, and the numbers of those that hold the allocation table."""

    data: bytes
    size: int
    table: tuple[int, ...]

    def at(self, number: int) -> bytes:
        start = (number + 1) * self.size
        return self.data[start : start + self.size]

    def chain(self, number: int) -> Iterator[bytes]:
        """The sectors from `number` on, each once."""
        seen: set[int] = set()
        while number < _NONE and number not in seen and (sector := self.at(number)):
            seen.add(number)
            yield sector
            number = self._after(number)

    def _after(self, number: int) -> int:
        each = self.size // 4
        if number // each >= len(self.table):
            return _NONE
        place = number % each * 4
        return int.from_bytes(self.at(self.table[number // each])[place : place + 4].ljust(4, b"\xff"), "little")


def streams(data: bytes) -> Mapping[str, Stream]:
    """What lies at the top of a compound file, by name; what lies in objects embedded in it does not."""
    if len(data) < 512:  # noqa: PLR2004 - the header
        return {}
    shift, directory, more = _HEADER.unpack_from(data, 28)
    if shift not in {9, 12}:
        return {}
    sectors = _Sectors(data, 1 << shift, ())
    sectors = sectors._replace(table=tuple(_table(sectors, more)))
    entries = [
        _entry(sector[at : at + _ENTRY])
        for sector in sectors.chain(directory)
        for at in range(0, len(sector) - _ENTRY + 1, _ENTRY)
    ]
    return {each.name: Stream(each.name, sectors.at(each.sector)) for each in _top(entries)}


def _table(sectors: _Sectors, more: int) -> Iterator[int]:
    """The numbers of the sectors that hold the allocation table."""
    yield from _numbers(sectors.data[76 : 76 + 4 * _LISTED])
    seen: set[int] = set()
    while more < _NONE and more not in seen and len(sector := sectors.at(more)) == sectors.size:
        seen.add(more)
        *listed, more = struct.unpack(f"<{sectors.size // 4}I", sector)
        yield from (number for number in listed if number < _NONE)


def _numbers(data: bytes) -> Iterator[int]:
    return (number for (number,) in struct.iter_unpack("<I", data) if number < _NONE)


def _entry(data: bytes) -> _Entry:
    length, _, _, left, right, child = struct.unpack_from("<HBBIII", data, 64)
    name = data[: max(min(length, 64) - 2, 0)].decode("utf-16-le", errors="replace")
    return _Entry(name, (left, right), child, int.from_bytes(data[116:120], "little"))


def _top(entries: list[_Entry]) -> Iterator[_Entry]:
    """The entries directly under the root."""
    due, seen = [entries[0].child] if entries else [], set[int]()
    while due:
        number = due.pop()
        if number < len(entries) and number not in seen:
            seen.add(number)
            due += entries[number].siblings
            yield entries[number]
