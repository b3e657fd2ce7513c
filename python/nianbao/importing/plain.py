"""What an .xlsx file says of itself before anybody reads its sheets: the properties of ours, and where each sheet stands.

Taken by pattern, and only where a file is written so plainly that every reader finds the same in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from .archives import Member, inflated, members
from .limits import MIB

_PROPERTY = re.compile(r'<property\b[^<>]*\bname="nianbao(?:\.(\w+))?"[^<>]*>\s*<vt:lpwstr>([^<&]*)</vt:lpwstr>')
_ATTRIBUTES = re.compile(r'((?:\s+[\w:]+="[^"<&]*")+)\s*/?')
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_TARGET = re.compile(r"(?:/xl/)?(worksheets/\w+\.xml)", re.ASCII)
_SHEET = frozenset({"name", "sheetId", "state", "r:id"})
_RELATION = frozenset({"Id", "Type", "Target", "TargetMode"})

Tag = Mapping[str, str]


def stamp(data: bytes) -> Mapping[str, str]:
    """The properties that workbooks of ours have, named as in their cell map; nothing for any other file."""
    return _properties(_part(data, "docProps/custom.xml"))


@lru_cache(maxsize=8)  # the files of one template say the same
def _properties(xml: str) -> Mapping[str, str]:
    return MappingProxyType({name or "nianbao": value for name, value in _PROPERTY.findall(xml)})


def sheet_members(data: bytes) -> Mapping[str, Member]:
    """The members of an .xlsx file that hold its sheets, by the names of those; nothing where that is not plain."""
    book = _tags(_part(data, "xl/workbook.xml"), "sheet", _SHEET)
    relations = _tags(_part(data, "xl/_rels/workbook.xml.rels"), "Relationship", _RELATION)
    at = {member.info.filename.casefold(): member for member in members(data) or ()}
    targets = {each.get("Id", ""): at.get(_name(each.get("Target", ""))) for each in relations}
    found = {each.get("name", ""): targets.get(each.get("r:id", "")) for each in book}
    plain = {name: member for name, member in found.items() if member}
    is_unique = (len(targets), len(plain), len(at)) == (len(relations), len(book), len(members(data) or ()))
    return plain if is_unique else {}


def _name(target: str) -> str:
    match = _TARGET.fullmatch(target)
    return f"xl/{match[1]}".casefold() if match else ""


def _part(data: bytes, name: str) -> str:
    found = (member for member in members(data) or () if member.info.filename == name)
    return next((inflated(data, member, MIB).decode(errors="replace") for member in found), "")


@lru_cache(maxsize=8)  # the files of one template say the same
def _tags(xml: str, name: str, known: frozenset[str]) -> Sequence[Tag]:
    """What every tag of that name says; nothing if one of them could be read in another way."""
    pieces = re.split(rf"<(?:\w+:)?{name}(?=[\s/>])", xml)[1:]
    said = [_ATTRIBUTES.fullmatch(piece.partition(">")[0]) for piece in pieces]
    pairs = [_ATTRIBUTE.findall(match[1]) for match in said if match]
    tags = [dict(each) for each in pairs if known.issuperset(dict(each)) and len(dict(each)) == len(each)]
    return tags if len(tags) == len(pieces) and "<!" not in xml else ()
