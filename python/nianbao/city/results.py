"""What was found in the reports of the units: one list by unit, one by rule."""

from __future__ import annotations

from collections.abc import Sequence

from ..check import Checked
from ..document.problemlist import Unit, by_rule, sentences, units_of
from ..findings import Severity
from ..workbook.contents import Entry, Listing
from ..workbook.names import BY_RULE, BY_UNIT
from .gathered import fitting

_TONES = {Severity.ERROR.label: "wrong", Severity.WARNING.label: "doubtful"}


def results(checked: Sequence[Checked]) -> tuple[Listing, Listing]:
    """审核结果 by unit, the worst first, and by rule, the gravest first; remarks are told only by unit."""
    units = units_of(checked)
    return _by_unit(units), _by_rule(units)


def _by_unit(units: Sequence[Unit]) -> Listing:
    rows = [row for unit in units for row in _rows(unit)]
    return Listing(
        BY_UNIT,
        "审核结果（按单位，问题多的在前）",
        f"{sum(bool(unit.items) for unit in units)} 份有问题或说明，共 {len(rows)} 处。",
        (("单位", "文件", "程度", "编号", "位置", "问题", "状态"),),
        (28, 30, 7, 7, 24, 84, 24),
        tuple(rows),
        frozen=1,
        filtered=True,
        tones=_TONES,
    )


def _rows(unit: Unit) -> list[tuple[Entry, ...]]:
    return [
        (
            unit.name,
            unit.file,
            item.finding.severity.label,
            item.finding.rule,
            item.place,
            item.message,
            unit.state(item.finding),
        )
        for item in unit.items
    ]


def _by_rule(units: Sequence[Unit]) -> Listing:
    rules = by_rule(units)
    says = sentences(rules)
    rows = [
        (
            rule,
            min((item.finding.severity for share in shares for item in share.items), key=lambda each: each.rank).label,
            says.get(rule, ""),
            len(shares),
            sum(len(share.items) for share in shares),
            fitting("、".join(share.unit.name for share in shares), BY_UNIT),
        )
        for rule, shares in rules.items()
    ]
    return Listing(
        BY_RULE,
        "审核结果（按规则，严重的在前）",
        f"共 {len(rows)} 条规则发现问题或说明。",
        (("编号", "程度", "规则", "份数", "处数", "单位"),),
        (7, 7, 64, 7, 7, 90),
        tuple(rows),
        frozen=1,
        filtered=True,
        tones=_TONES,
    )
