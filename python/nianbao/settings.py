"""What an office sets otherwise for its own checks: rules left out, other severities, other thresholds, other names of units.

A file of settings is TOML:

    off = ["N13"]
    [severity]
    A02 = "info"
    [thresholds]
    moved_times = 5
    [aliases]
    "示例市发展和改革委员会" = ["发改委", "市物价局"]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from .errors import InputError
from .findings import Finding, Severity
from .formfile import office_toml
from .report import clean_name
from .thresholds import STANDARD, Thresholds

_PARTS = ("off", "severity", "thresholds", "aliases")
_READING = "R"
"""Rules whose ids begin so tell what could not be read: nobody may leave that out, or make less of it."""


class Settings(NamedTuple):
    """`source` is the file's name, "" where nothing was set."""

    source: str = ""
    off: frozenset[str] = frozenset()
    severities: tuple[tuple[str, Severity], ...] = ()
    thresholds: Thresholds = STANDARD
    aliases: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def names(self, agency: str) -> tuple[str, ...]:
        """The other names that `agency` goes by."""
        return next((names for unit, names in self.aliases if agency in {unit, *names}), ())

    def applied(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """`findings` without those of rules left out, the others as grave as the office has it."""
        if not (self.off or self.severities):
            return tuple(findings)
        severities = dict(self.severities)
        return tuple(
            each._replace(severity=severities.get(each.rule, each.severity))
            for each in findings
            if each.rule not in self.off
        )

    @property
    def told(self) -> tuple[str, ...]:
        """What was set, for people: a report is not judged by other rules without saying so."""
        if not self.source:
            return ()
        said = [f"不检查 {'、'.join(sorted(self.off))}"] if self.off else []
        said += [f"{rule} 按“{severity.label}”" for rule, severity in self.severities]
        said += [
            f"{name} = {value:f}"
            for name, value in self.thresholds._asdict().items()
            if value != getattr(STANDARD, name)
        ]
        said += [f"另认 {len(self.aliases)} 个单位的简称"] if self.aliases else []
        return (f"按 {self.source} 的设置：{'；'.join(said) or '没有改动任何规则'}。",)


UNSET = Settings()
"""Nothing is set otherwise."""


def read_settings(data: bytes, source: str) -> Settings:
    """The settings in a TOML file; InputError for what is none, or names what does not exist."""
    said = office_toml(data, source, 'off = ["N13"]')
    _refuse_unknown(said, _PARTS, source)
    return Settings(
        source,
        frozenset(_rule(each, source) for each in _list(said.get("off", []), f"{source} off")),
        tuple(
            (_rule(rule, source), _severity(value, rule, source))
            for rule, value in sorted(_table(said, "severity", source))
        ),
        _thresholds(_table(said, "thresholds", source), source),
        tuple(
            (clean_name(unit), tuple(map(clean_name, _list(names, f"{source} {unit}"))))
            for unit, names in _table(said, "aliases", source)
        ),
    )


def _refuse_unknown(said: Iterable[str], known: Sequence[str], source: str) -> None:
    if unknown := sorted(set(said) - set(known)):
        raise InputError(source, f"没有“{unknown[0]}”这一项", f"可以写 {'、'.join(known)}")


def _table(said: Mapping[str, Any], name: str, source: str) -> Iterable[tuple[str, Any]]:
    table = said.get(name, {})
    if not isinstance(table, dict):
        raise InputError(source, f"“{name}”的写法不对", f"先写一行 [{name}]，下面写 名称 = 值")
    return table.items()


def _list(value: object, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise InputError(where, "写法不对", '请写成 ["一", "二"] 的形式')
    return value


def _rule(name: str, source: str) -> str:
    if name.startswith(_READING):
        raise InputError(
            source, f"{name} 说的是读不出来的内容，不能关掉，也不能改程度", "请改原文件，或在 nianbao rules 里另选规则"
        )
    if name not in _ids():
        raise InputError(source, f"没有规则“{name}”", "规则编号见 nianbao rules")
    return name


@cache
def _ids() -> frozenset[str]:
    from .rulebook import entries  # few set anything, and every command would wait for the table of all rules

    return frozenset(entry.id for entry in entries())


def _severity(value: object, rule: str, source: str) -> Severity:
    named = {name: each for each in Severity for name in (each.value, each.label)}
    if not isinstance(value, str) or value not in named:
        raise InputError(
            f"{source} {rule}", f"程度写的是“{value}”", f"请写 {'、'.join(each.value for each in Severity)} 之一"
        )
    return named[value]


def _thresholds(said: Iterable[tuple[str, Any]], source: str) -> Thresholds:
    found = dict(said)
    _refuse_unknown(found, Thresholds._fields, source)
    for name, value in found.items():
        if type(value) not in {int, float} or not value > 0:
            raise InputError(f"{source} {name}", f"写的是“{value}”", "请写一个大于 0 的数")
    return STANDARD._replace(**{name: Decimal(str(value)) for name, value in found.items()})
