"""Reads the form definitions shipped with the package; refuses what it does not know."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from .errors import FormFileError, InputError
from .form import Aspect, Chapter, Form, Line, Printed, Table

EDITIONS = ("2019", "2021")


class Field(NamedTuple):
    """What a definition file may say under one key; `default` None means it must say it.

    `kind` is the type of the value, `of` that of the items of a list, and of the values of a table.
    """

    kind: type
    default: Any = None
    of: type = str

    def admits(self, value: object) -> bool:
        """Whether `value` is of the type asked for, item by item."""
        if type(value) is not self.kind:
            return False
        items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return all(type(item) is self.of for item in items)


LINE = {
    "key": Field(str),
    "label": Field(str),
    "group": Field(str, ""),
    "kind": Field(str, "count"),
    "span": Field(int, 1),
    "additive": Field(bool, True),  # noqa: FBT003 - a default, not a flag
    "source_only": Field(bool, False),  # noqa: FBT003 - a default, not a flag
    "also": Field(list, ()),
}
TABLE = {
    "key": Field(str),
    "title": Field(str, ""),
    "corner": Field(str, ""),
    "banner": Field(str, ""),
    "printed": Field(str, "down"),
    "columns": Field(list, of=dict),
    "rows": Field(list, of=dict),
    "groups": Field(dict, {}),
    "hints": Field(dict, {}),
}
ASPECT = {
    "label": Field(str),
    "words": Field(list),
}
CHAPTER = {
    "key": Field(str),
    "heading": Field(str),
    "sheet": Field(str),
    "also": Field(list, ()),
    "aspects": Field(list, (), dict),
    "most": Field(int, 0),
    "fee": Field(bool, False),  # noqa: FBT003 - a default, not a flag
    "tables": Field(list, (), dict),
}
FORM = {
    "edition": Field(str),
    "title": Field(str),
    "authority": Field(str),
    "first_year": Field(int),
    "last_year": Field(int, 0),
    "chapters": Field(list, of=dict),
}
KINDS = ("count", "change", "amount")
PRINTED: Mapping[str, Printed] = {"down": "down", "across": "across"}


@cache
def load_form(edition: str) -> Form:
    """The form of `edition`, e.g. ``"2021"``; InputError if no such edition is shipped."""
    if edition not in EDITIONS:
        raise InputError(f"版式“{edition}”", "没有这个版式", f"可用的版式是 {'、'.join(EDITIONS)}")
    name = f"forms/{edition}.toml"
    return parse_form(read_definition(name), name)


def edition_for(year: int) -> str | None:
    """The edition that reports for `year` use; None before 2019."""
    return next((edition for edition in EDITIONS if load_form(edition).serves(year)), None)


def read_definition(name: str) -> str:
    """The text of a definition file of the package."""
    return (Path(__file__).parent / name).read_text("utf-8")


@cache
def parse_toml(text: str, where: str) -> Mapping[str, Any]:
    """The data of a definition file, not to be changed; FormFileError if it is not TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormFileError(where, f"不是有效的 TOML（{error}）") from error


_LINE = re.compile(r"at line (\d+)")
"""Where the reader of TOML says that it stopped."""


def office_toml(data: bytes, source: str, example: str) -> dict[str, Any]:
    """What an office wrote in a TOML file, say ``example``; InputError, with the line, if it is none."""
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        line = _LINE.search(str(error))
        what = f"不是能读的 TOML 文件{f'，第 {line[1]} 行看不懂' if line else ''}"
        raise InputError(source, what, f'中文要用英文引号 " 括起来，如 {example}；文件存为 UTF-8') from error


def take(data: Mapping[str, Any], fields: Mapping[str, Field], where: str) -> dict[str, Any]:
    """`data` completed with defaults; FormFileError for an unknown, missing or mistyped field."""
    for name in data:
        if name not in fields:
            raise FormFileError(where, f"未知字段“{name}”")
    for name, field in fields.items():
        if name not in data and field.default is None:
            raise FormFileError(where, f"缺少字段“{name}”")
        if name in data and not field.admits(data[name]):
            raise FormFileError(where, f"字段“{name}”的类型不对")
    return {name: data.get(name, field.default) for name, field in fields.items()}


def parse_form(text: str, where: str) -> Form:
    """The form that the definition `text` describes; `where` names it in errors."""
    data = take(parse_toml(text, where), FORM, where)
    chapters = tuple(_chapter(entry, where) for entry in data["chapters"])
    refuse_repetition((chapter.key for chapter in chapters), where)
    refuse_repetition((chapter.sheet for chapter in chapters), where)
    refuse_repetition((table.key for chapter in chapters for table in chapter.tables), where)
    return Form(**data | {"last_year": data["last_year"] or None, "chapters": chapters})


def _chapter(entry: Mapping[str, Any], where: str) -> Chapter:
    where = f"{where}，章 {entry.get('key', '？')}"
    data = take(entry, CHAPTER, where)
    if data["most"] < 0:
        raise FormFileError(where, f"字段“most”不能是“{data['most']}”")
    tables = tuple(_table(table, where) for table in data["tables"])
    aspects = tuple(_aspect(aspect, where) for aspect in data["aspects"])
    refuse_repetition((aspect.label for aspect in aspects), where)
    return Chapter(**data | {"tables": tables, "also": tuple(data["also"]), "aspects": aspects})


def _aspect(entry: Mapping[str, Any], where: str) -> Aspect:
    where = f"{where}，方面 {entry.get('label', '？')}"
    data = take(entry, ASPECT, where)
    if not data["words"] or "" in data["words"]:  # no text, or any text, would do
        raise FormFileError(where, "字段“words”不能为空")
    return Aspect(data["label"], tuple(data["words"]))


def _table(entry: Mapping[str, Any], where: str) -> Table:
    where = f"{where}，表 {entry.get('key', '？')}"
    data = take(entry, TABLE, where)
    if data["printed"] not in PRINTED:
        raise FormFileError(where, f"字段“printed”不能是“{data['printed']}”")
    groups, hints = data.pop("groups"), data.pop("hints")
    columns = tuple(_line(line, groups, hints, where) for line in data.pop("columns"))
    rows = tuple(_line(line, groups, hints, where) for line in data.pop("rows"))
    for lines in (rows, columns):
        refuse_repetition((line.key for line in lines), where)
    _refuse_strays(groups, hints, [line.key for line in (*rows, *columns)], where)
    if misplaced := [column.key for column in columns if column.source_only]:
        raise FormFileError(f"{where}，行列 {misplaced[0]}", "字段“source_only”只用于行")
    return Table(
        **data | {"printed": PRINTED[data["printed"]]},
        columns=columns,
        rows=tuple(row for row in rows if not row.source_only),
        known_rows=rows,
    )


def _refuse_strays(groups: Iterable[str], hints: Iterable[str], keys: Sequence[str], where: str) -> None:
    for stem in groups:
        if not any(key.startswith(f"{stem}.") for key in keys):
            raise FormFileError(where, f"字段“groups”里的“{stem}”下没有行列")
    for hinted in hints:
        if keys.count(hinted) != 1:  # a row and a column may share a key: the hint would serve both
            raise FormFileError(where, f"字段“hints”里的“{hinted}”不是唯一的一行或一列")


def _line(entry: Mapping[str, Any], groups: Mapping[str, str], hints: Mapping[str, str], where: str) -> Line:
    where = f"{where}，行列 {entry.get('key', '？')}"
    data = take(entry, LINE, where)
    if data["kind"] not in KINDS:
        raise FormFileError(where, f"字段“kind”不能是“{data['kind']}”")
    if data["span"] < 1:
        raise FormFileError(where, f"字段“span”不能是“{data['span']}”")
    over = [label for stem, label in groups.items() if data["key"].startswith(f"{stem}.")]
    if own := data.pop("group"):
        over.append(own)
    hint = hints.get(data["key"], "")
    return Line(**data | {"groups": tuple(over), "also": tuple(data["also"]), "hint": hint})


def refuse_repetition(names: Iterable[str], where: str) -> None:
    """FormFileError if one of `names` comes twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise FormFileError(where, f"“{name}”重复")
        seen.add(name)
