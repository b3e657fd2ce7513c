"""Report JSON: the public contract for figures and texts (string = exact decimal, null = blank, absent = absent)."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from .errors import InputError
from .figures import LONGEST, show, tidy
from .findings import Finding
from .form import CellKey, Form
from .formfile import EDITIONS, load_form
from .places import Place
from .reading import Reading
from .report import (
    PARTICULARS,
    Explanation,
    Fee,
    Filling,
    Report,
    Values,
    clean_name,
    clean_part,
    declared,
)

REMEDY = "请核对报表 JSON 的写法（见说明文档的“报表 JSON”一节）"


def to_data(reading: Reading) -> dict[str, Any]:
    """The JSON object of what was read: figures, texts and the reader's findings."""
    report, form = reading.report, load_form(reading.report.edition)
    data: dict[str, Any] = {"edition": report.edition, "year": report.year, "agency": report.agency}
    data["tables"] = _tables(report.values, form)
    optional = {
        "texts": dict(report.texts),
        "filling": {chapter: filling.name.lower() for chapter, filling in report.filling.items()},
        "particulars": dict(report.particulars),
        "fee": _fee_data(report.fee),
        "last": _tables(report.last, form),
        "explanations": [each._asdict() for each in report.explanations],
        "findings": [finding_data(finding, reading.places) for finding in reading.findings],
        "text_places": {key: str(place) for key, place in reading.text_places.items()},
        "stated": {key: {"text": text, "at": str(place or "")} for key, (text, place) in reading.stated.items()},
    }
    return data | {key: content for key, content in optional.items() if content}


def _tables(values: Values, form: Form) -> dict[str, dict[str, dict[str, str | None]]]:
    tables: dict[str, dict[str, dict[str, str | None]]] = {}
    for cell in sorted(values, key=form.order.__getitem__):
        value = values[cell]
        text = None if value is None else show(value)
        tables.setdefault(cell.table, {}).setdefault(cell.row, {})[cell.column] = text
    return tables


def _fee_data(fee: Fee) -> dict[str, bool | str]:
    figures = {"pieces": fee.pieces, "yuan": fee.yuan}
    said = {} if fee.charged is None else {"charged": fee.charged}
    return said | {key: show(value) for key, value in figures.items() if value is not None}


def finding_data(finding: Finding, places: Mapping[CellKey, Place]) -> dict[str, Any]:
    """The JSON object of one finding; ``at`` is an address in the file the finding is about."""
    place = finding.place
    data: dict[str, Any] = {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "state": finding.state.value,
        "message": finding.message,
        "at": None if place is None else str(place),
        "cells": [{"key": str(cell), "at": str(places[cell]) if cell in places else None} for cell in finding.cells],
        "suspects": [{"key": str(s.cell), "value": show(s.value), "why": s.why} for s in finding.suspects],
    }
    if finding.difference is not None:
        sides = {"left": finding.left, "right": finding.right, "difference": finding.difference}
        data |= {name: show(value) for name, value in sides.items()}
    return data


def parse(text: str, source: str) -> tuple[Reading, ...]:
    """The reports that JSON `text` holds, an object or an array; InputError for what it may not say."""
    try:
        data = json.loads(text, object_pairs_hook=lambda pairs: _unrepeated(pairs, source))
    except (ValueError, RecursionError) as error:
        raise InputError(source, "不是有效的 JSON", "请检查文件内容是否完整") from error
    reports = data if isinstance(data, list) else [data]
    if not reports:
        raise InputError(source, "里面一份报表也没有", REMEDY)
    return tuple(from_data(each, source) for each in reports)


def _unrepeated(pairs: list[tuple[str, object]], source: str) -> dict[str, object]:
    data: dict[str, object] = {}
    for key, value in pairs:
        if key in data:
            raise InputError(source, f"“{key}”写了两次", REMEDY)
        data[key] = value
    return data


def from_data(data: object, source: str) -> Reading:
    """The report that a JSON object describes; InputError, naming the key, for what it may not say."""
    if not isinstance(data, dict) or data.get("edition") not in EDITIONS:
        raise InputError(source, f"不是报表 JSON（缺少 edition，或不是 {'、'.join(EDITIONS)} 之一）", REMEDY)
    if unknown := [key for key in data if key not in _FIELDS]:
        raise InputError(source, f"不认识“{unknown[0]}”", REMEDY)
    for field, kinds in _FIELDS.items():
        if field in data and type(data[field]) not in kinds:
            raise InputError(source, f"“{field}”的内容不对", REMEDY)
    form = load_form(data["edition"])
    values = dict(_values(data.get("tables", {}), form, source))
    for source_row, under in form.source_rows:
        if source_row & values.keys() and under & values.keys():
            raise InputError(source, f"“{min(source_row & values.keys())}”与它下面的各行同时出现", REMEDY)
    filling = dict(_filling(data.get("filling", {}), form, source))
    report = Report(
        form.edition,
        data.get("year"),
        clean_name(data.get("agency") or ""),
        declared(values, filling, form),
        dict(_texts(data.get("texts", {}), form, source)),
        filling=filling,
        particulars=dict(_words(data.get("particulars", {}), PARTICULARS, "particulars", source)),
        fee=_fee(data.get("fee", {}), source),
        last=dict(_last(data.get("last", {}), form, source)),
        explanations=tuple(_explanation(each, source) for each in data.get("explanations", [])),
    )
    return Reading(source, report)


_FIELDS: Mapping[str, tuple[type, ...]] = {
    "edition": (str,),
    "year": (int, type(None)),
    "agency": (str, type(None)),
    "tables": (dict,),
    "texts": (dict,),
    "filling": (dict,),
    "particulars": (dict,),
    "fee": (dict,),
    "last": (dict,),
    "explanations": (list,),
    "findings": (list,),
    "text_places": (dict,),
    "stated": (dict,),
}
# Exact decimals as this tool writes them: no exponent, no spaces, no signs but a minus.
_DECIMAL = re.compile(rf"-?(?=.{{1,{LONGEST}}}$)(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)


def _texts(texts: Mapping[str, object], form: Form, source: str) -> Iterator[tuple[str, str]]:
    for key, text in texts.items():
        if key not in form.text_keys or not isinstance(text, str):
            raise InputError(source, f"texts 里的“{key}”不对（可用 {'、'.join(form.text_keys)}，内容为文字）", REMEDY)
        if cleaned := clean_part(key, text):
            yield key, cleaned


def _filling(said: Mapping[str, object], form: Form, source: str) -> Iterator[tuple[str, Filling]]:
    states = {each.name.lower(): each for each in Filling}
    chapters = [chapter.key for chapter in form.chapters if chapter.tables]
    for chapter, state in said.items():
        if chapter not in chapters or state not in states:
            what = f"filling 里的“{chapter}”不对（可用 {'、'.join(chapters)}，内容为 {'、'.join(states)} 之一）"
            raise InputError(source, what, REMEDY)
        yield chapter, states[str(state)]


def _words(said: Mapping[str, object], known: Collection[str], where: str, source: str) -> Iterator[tuple[str, str]]:
    for key, text in said.items():
        if key not in known or not isinstance(text, str):
            raise InputError(source, f"{where} 里的“{key}”不对（可用 {'、'.join(known)}，内容为文字）", REMEDY)
        if cleaned := clean_name(text):
            yield key, cleaned


def _fee(said: Mapping[str, object], source: str) -> Fee:
    if unknown := [key for key in said if key not in Fee._fields]:
        raise InputError(source, f"fee 里不认识“{unknown[0]}”", REMEDY)
    charged = said.get("charged")
    if not isinstance(charged, bool | None):
        raise InputError(source, "fee 里的“charged”不对（应为 true 或 false）", REMEDY)
    return Fee(charged, *(_value(said.get(key), f"fee/{key}", source) for key in ("pieces", "yuan")))


def _last(tables: Mapping[str, object], form: Form, source: str) -> Iterator[tuple[CellKey, Decimal]]:
    for cell, value in _values(tables, form, source):
        if value is None:
            raise InputError(source, f"last 里的“{cell}”是空的", REMEDY)
        yield cell, value


def _explanation(data: object, source: str) -> Explanation:
    if not isinstance(data, dict):
        raise InputError(source, "explanations 里的内容不对（每条是一个对象）", REMEDY)
    words = dict(_words(data, Explanation._fields, "explanations", source))
    return Explanation(words.get("about", ""), words.get("reason", ""), words.get("by", ""), words.get("date", ""))


def _values(tables: Mapping[str, object], form: Form, source: str) -> Iterator[tuple[CellKey, Decimal | None]]:
    for table, rows in tables.items():
        for row, columns in _items(rows, table, source):
            for column, value in _items(columns, f"{table}/{row}", source):
                cell = CellKey(table, row, column)
                if cell not in form.order:
                    raise InputError(source, f"{form.edition} 版式没有“{cell}”这一格", REMEDY)
                yield cell, _value(value, cell, source)


def _items(data: object, where: str, source: str) -> Iterator[tuple[str, object]]:
    if not isinstance(data, dict):
        raise InputError(source, f"“{where}”的内容不对（tables 为“表: 行: 列: 数”三层）", REMEDY)
    yield from data.items()


def _value(value: object, cell: CellKey | str, source: str) -> Decimal | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise InputError(source, f'“{cell}”的值 {value!r} 不是数（应为 "12" 这样的文字，空格为 null）', REMEDY)
    return tidy(Decimal(value))
