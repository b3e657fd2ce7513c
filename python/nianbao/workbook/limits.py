"""What a spreadsheet lets people type, by the kind of a cell."""

from __future__ import annotations

from typing import Any

from ..form import Kind

_KINDS: dict[str, dict[str, Any]] = {
    "count": {
        "validate": "integer",
        "criteria": ">=",
        "value": 0,
        "error_message": "请填不小于 0 的整数（件数），没有发生的填 0。",
    },
    "change": {
        "validate": "integer",
        "criteria": "between",
        "minimum": -(10**9),
        "maximum": 10**9,
        "error_message": "请填整数：增加填正数，减少填负数，没有变化填 0。",
    },
    "amount": {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "error_message": "请填不小于 0 的金额，单位：万元，不写“元”“万”等字。",
    },
}


def limits(kind: Kind) -> dict[str, Any]:
    """The data validation of a cell of `kind`."""
    return {"ignore_blank": True, "error_title": "填写有误", **_KINDS[kind]}
