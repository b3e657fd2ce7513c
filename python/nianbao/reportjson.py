"""Report JSON: the public contract for figures and texts (string = exact decimal, null = blank, absent = absent)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from .errors import InputError
from .figures import LONGEST, show, tidy
from .findings import Finding
from .form import CellKey, Form
from .formfile import EDITIONS, load_form
from .places import Place
from .reading import Reading
from .report import Report, clean_name, clean_part

REMEDY = "请核对报表 JSON 的写法（见说明文档的“报表 JSON”一节）"


def to_data(reading: Reading) -> dict[str, Any]:
    """The JSON object of what was read: figures, texts and the reader's findings."""
    report = reading.report
    tables: dict[str, dict[str, dict[str, str | None]]] = {}
    order = load_form(report.edition).order
    for cell in sorted(report.values, key=order.__getitem__):
        value = report.values[cell]
        text = None if value is None else show(value)
        tables.setdefault(cell.table, {}).setdefault(cell.row, {})[cell.column] = text
    data: dict[str, Any] = {"edition": report.edition, "year": report.year, "agency": report.agency, "tables": tables}
    if report.texts:
        data["texts"] = dict(report.texts)
    if reading.findings:
        data["findings"] = [finding_data(finding, reading.places) for finding in reading.findings]
    return data


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
    texts = dict(_texts(data.get("texts", {}), form, source))
    agency = clean_name(data.get("agency") or "")
    return Reading(source, Report(form.edition, data.get("year"), agency, values, texts))


_FIELDS: Mapping[str, tuple[type, ...]] = {
    "edition": (str,),
    "year": (int, type(None)),
    "agency": (str, type(None)),
    "tables": (dict,),
    "texts": (dict,),
    "findings": (list,),
}
# Exact decimals as this tool writes them: no exponent, no spaces, no signs but a minus.
_DECIMAL = re.compile(rf"-?(?=.{{1,{LONGEST}}}$)(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)


def _texts(texts: Mapping[str, object], form: Form, source: str) -> Iterator[tuple[str, str]]:
    for key, text in texts.items():
        if key not in form.text_keys or not isinstance(text, str):
            raise InputError(source, f"texts 里的“{key}”不对（可用 {'、'.join(form.text_keys)}，内容为文字）", REMEDY)
        if cleaned := clean_part(key, text):
            yield key, cleaned


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


def _value(value: object, cell: CellKey, source: str) -> Decimal | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise InputError(source, f'“{cell}”的值 {value!r} 不是数（应为 "12" 这样的文字，空格为 null）', REMEDY)
    return tidy(Decimal(value))
