"""Writes what a check found in many files as a web page: one accessible file that needs no other, problems first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ..check import Checked, count_line
from ..findings import Finding, Severity
from .markup import Head, node, page
from .problemlist import Item, Share, Unit, by_rule, sentences, units_of
from .problemstyle import POLICY, SCRIPT, STYLE

_COLUMNS = dict(
    zip(
        ("level", "rule", "place", "message", "suspects", "state"),
        ("程度", "规则", "位置", "问题", "疑似应为", "状态"),
        strict=True,
    )
)
_SHARES = {"unit": "单位", "where": "各处"}
_UNREADABLE = {"unit": "文件", "reason": "原因"}
_BOX = {"type": "checkbox", "checked": "checked", "autocomplete": "off"}
_WORDS = {"type": "search", "id": "words", "autocomplete": "off", "placeholder": "单位、规则、位置、问题"}


class _Part(NamedTuple):
    """One chapter of the page."""

    id: str
    heading: str
    content: list[Element]


def write_problems(
    checked: Sequence[Checked], title: str, whole: Sequence[Finding] = (), told: Sequence[str] = ()
) -> bytes:
    """The web page of everything found in `checked`, in UTF-8: the same findings give the same bytes.

    `whole` are findings about all of them together, which are told first; `told` says how it was checked, and what not.
    Files that could not be read come first, then the reports from the worst to those with remarks only, the same
    findings by rule, and the reports without any.  Of people it says nothing.
    """
    body = node("body", node("a", "跳到正文", class_="skip", href="#main"), _main(checked, title, whole, told))
    body.append(node("script", SCRIPT))
    return page(Head(title, POLICY, STYLE), body)


def _main(checked: Sequence[Checked], title: str, whole: Sequence[Finding], told: Sequence[str]) -> Element:
    units = units_of(checked)
    unread = [unit for unit in units if unit.reading is None]
    wrong = [unit for unit in units if unit.reading and unit.items]
    clean = [unit for unit in units if unit.reading and not unit.items]
    rules = by_rule(units)
    ids = {rule: f"r{number}" for number, rule in enumerate(rules, 1)}
    sizes = f"读不出来 {len(unread)} 份，有问题或说明 {len(wrong)} 份，没有发现问题 {len(clean)} 份。"
    parts = [
        _Part("whole", "汇总整体", [_whole(whole)] if whole else []),
        _Part("unread", "读不出来的文件", [_unreadable(unread, ids)] if unread else []),
        _Part("units", "按单位看", [_section(unit, ids) for unit in wrong]),
        _Part("rules", "按规则看", list(_rules(rules, ids))),
        _Part("clean", "没有发现问题的", [_clean(clean)] if clean else []),
    ]
    shown = [part for part in parts if part.content]
    return node(
        "main",
        node("h1", title),
        node("p", count_line(checked, whole), class_="summary"),
        node("p", sizes, class_="summary"),
        *(node("p", line, class_="summary") for line in told),
        *([_filter(), _contents(shown)] if shown else []),
        *(node("section", node("h2", part.heading), *part.content, id=part.id) for part in shown),
        id="main",
        tabindex="-1",
    )


def _filter() -> Element:
    """What the script shows and serves; without it there is nothing here to use."""
    boxes = (node("label", node("input", **_BOX, value=each.value), " ", _level(each)) for each in Severity)
    return node(
        "div",
        node(
            "label",
            "筛选 ",
            node("input", **_WORDS),
        ),
        node("fieldset", node("legend", "程度"), *boxes),
        node("p", id="shown", role="status"),
        id="filter",
        role="search",
        aria_label="筛选问题",
        hidden="hidden",
    )


def _contents(parts: Iterable[_Part]) -> Element:
    return node("nav", node("ul", *(node("li", _link(part.id, part.heading)) for part in parts)), aria_label="目录")


def _link(target: str, text: str) -> Element:
    return node("a", text, href=f"#{target}")


def _table(caption: str, columns: Mapping[str, str], rows: Iterable[Element], class_: str) -> Element:
    heads = (node("th", label, scope="col", class_=key) for key, label in columns.items())
    return node(
        "table", node("caption", caption), node("thead", node("tr", *heads)), node("tbody", *rows), class_=class_
    )


def _unreadable(units: Sequence[Unit], ids: Mapping[str, str]) -> Element:
    rows = (_unreadable_file(unit, ids) for unit in units)
    return _table(f"共 {len(units)} 份，请先处理", _UNREADABLE, rows, "files")


def _unreadable_file(unit: Unit, ids: Mapping[str, str]) -> Element:
    told = (_told(item, ids) for item in unit.items)
    name = node("th", node("span", unit.name, class_="name"), scope="row", class_="unit")
    return node("tr", name, node("td", node("ul", *told, class_="plain")), id=unit.id, data_unit="", data_group="")


def _whole(findings: Iterable[Finding]) -> Element:
    """What concerns no single report."""
    told = (
        node("li", _level(each.severity), f" {each.rule}　{each.message}", data_level=each.severity.value)
        for each in findings
    )
    return node("ul", *told, class_="plain", data_group="")


def _told(item: Item, ids: Mapping[str, str]) -> Element:
    level, rule = item.finding.severity, item.finding.rule
    said = (_level(level), " ", _link(ids[rule], rule), " ", item.message)
    return node("li", *said, id=item.id, data_level=level.value)


def _section(unit: Unit, ids: Mapping[str, str]) -> Element:
    edition = f"，{unit.reading.report.edition} 版式" if unit.reading else ""
    told = {"place": any(item.place for item in unit.items), "suspects": any(each.suspects for each in unit.findings)}
    columns = {key: label for key, label in _COLUMNS.items() if told.get(key, True)}
    rows = (_row(item, unit, ids, columns) for item in unit.items)
    return node(
        "section",
        node("h3", node("span", unit.name, class_="name")),
        node("p", f"{unit.file}{edition}", class_="note"),
        _table(unit.counts, columns, rows, "findings"),
        id=unit.id,
        data_unit="",
        data_group="",
    )


def _row(item: Item, unit: Unit, ids: Mapping[str, str], columns: Iterable[str]) -> Element:
    finding = item.finding
    cells = {
        "level": node("td", finding.severity.label, class_=f"level {finding.severity.value}"),
        "rule": node("th", _link(ids[finding.rule], finding.rule), scope="row", class_="rule"),
        "place": node("td", item.place, class_="place"),
        "message": node("td", item.message),
        "suspects": node("td", "\n".join(unit.suspected(finding)), class_="suspects"),
        "state": node("td", unit.state(finding), class_="state"),
    }
    return node("tr", *(cells[key] for key in columns), id=item.id, data_level=finding.severity.value)


def _level(severity: Severity) -> Element:
    """The word, to which the style adds a sign: colours say nothing to many people, and on most paper."""
    return node("span", severity.label, class_=severity.value)


def _rules(rules: Mapping[str, Sequence[Share]], ids: Mapping[str, str]) -> Iterator[Element]:
    says = sentences(rules)
    for rule, shares in rules.items():
        size = f"{len(shares)} 份，{sum(len(share.items) for share in shares)} 处"
        yield node(
            "section",
            node("h3", rule),
            *([node("p", f"{says[rule]}。", class_="note")] if rule in says else []),
            _table(size, _SHARES, (_share(share) for share in shares), "shares"),
            id=ids[rule],
            data_group="",
        )


def _share(share: Share) -> Element:
    found = (
        node("li", _level(item.finding.severity), " ", _link(item.id, item.brief), data_finding="")
        for item in share.items
    )
    return node(
        "tr",
        node("th", _link(share.unit.id, share.unit.name), scope="row", class_="unit"),
        node("td", node("ul", *found, class_="plain")),
        data_group="",
    )


def _clean(units: Iterable[Unit]) -> Element:
    told = (
        node("li", node("span", unit.name, class_="name"), " ", node("span", unit.file, class_="note"), data_clean="")
        for unit in units
    )
    return node("ul", *told, class_="plain")
