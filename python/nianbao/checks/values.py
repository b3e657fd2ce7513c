"""V rules: single values and blanks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache

from ..figures import Figure, show
from ..findings import Finding, Severity
from ..form import CellKey, Chapter, Form, Kind
from ..places import Place
from ..reading import Reading
from ..report import Explanation, Filling, Totals
from ..rules import all_assertions
from ..totals import definitions
from ..wording import blocks, cell_name, cells_name
from .applicants import told_otherwise

_ABSENT = _ONE = Decimal(1)
ALL_ZERO = "没有发生的请填 0（选中这些格，键入 0，按 Ctrl+Enter 一次填完）"


def v01_blank_in_disclosure(reading: Reading, form: Form) -> Iterator[Finding]:
    """表二（主动公开）有空格未填。"""
    for message, cells, _ in _blanks(reading, form, [each for each in form.chapters if each.key == "disclosure"]):
        yield Finding("V01", Severity.WARNING, message, cells)


def v02_blank_block(reading: Reading, form: Form) -> Iterator[Finding]:
    """表三、表四有空格未填，成片的空格只说一次；整张表未填为错误。"""
    if all(value is not None for value in reading.report.values.values()):
        return  # a merge asks this of ten thousand complete reports
    others = [each for each in form.chapters if each.key != "disclosure"]
    for message, cells, is_whole in _blanks(reading, form, others, told_otherwise(reading, form)):
        yield Finding("V02", Severity.ERROR if is_whole else Severity.WARNING, message, cells)


def v03_placeholder(cell: CellKey, figure: Figure, form: Form, place: Place | None) -> Finding:
    """用“/”“—”“无”等代替数字；影响合计的为错误。"""
    summed = any(cell in assertion.cells for assertion in all_assertions(form))
    severity = Severity.ERROR if summed else Severity.WARNING
    message = f"{cell_name(form, cell)}：填的是“{' '.join(figure.raw.split())}”，不是数字。没有发生的请填 0。"
    return Finding("V03", severity, message, (cell,), place=place)


def v04_count(reading: Reading, form: Form) -> Iterator[Finding]:
    """件数是不小于 0 的整数。"""
    for cell, value in _in_doubt(reading, form, "count"):
        if value < 0 or not _is_whole(value):
            yield _misfit("V04", Severity.ERROR, form, cell, f"{show(value)} 不是不小于 0 的整数。请核对后填写件数")


def v05_change(reading: Reading, form: Form) -> Iterator[Finding]:
    """本年增/减是整数，减少填负数。"""
    for cell, value in _in_doubt(reading, form, "change"):
        if not _is_whole(value):
            yield _misfit("V05", Severity.ERROR, form, cell, f"{show(value)} 不是整数。增加填正数，减少填负数")


def v06_amount(reading: Reading, form: Form) -> Iterator[Finding]:
    """金额不小于 0，以万元为单位，保留填报的小数。"""
    for cell, value in _in_doubt(reading, form, "amount"):
        if value < 0:
            yield _misfit("V06", Severity.WARNING, form, cell, f"{show(value)} 小于 0。请核对金额（单位：万元）")


def v14_not_zero(reading: Reading, form: Form) -> Iterator[Finding]:
    """声明“全表为0”的表里没有填数。"""
    report = reading.report
    for chapter in form.chapters:
        if report.filling.get(chapter.key) is Filling.ALL_ZERO:
            cells = _entries(form, report.totals)[chapter.key]
            if typed := tuple(cell for cell in cells if report.values.get(cell)):
                message = (
                    f"{chapter.sheet}：填报状态选的是“{Filling.ALL_ZERO}”，却填了 {len(typed)} 个不为 0 的数。"
                    f"确有发生的，请把填报状态改为“{Filling.REST_ZERO}”；没有的，请删去这些数。"
                )
                yield Finding("V14", Severity.ERROR, message, typed)


def x01_lapsed(explanation: Explanation) -> Finding:
    """“出错说明”里说明的问题已不存在，或数已改动，说明失效。"""
    message = f"出错说明：“{explanation.about or explanation.reason}”现在没有这个问题，或数已改动，说明不再有效。请删去，或重新选、重新写。"
    return Finding("X01", Severity.WARNING, message)


def _blanks(
    reading: Reading, form: Form, chapters: Iterable[Chapter], told: frozenset[CellKey] = frozenset()
) -> Iterator[tuple[str, tuple[CellKey, ...], bool]]:
    """What to say of the blanks in `chapters` but those `told` otherwise, which cells they are, and whether a whole table is."""
    values, noted = reading.report.values, reading.noted | told
    for chapter in chapters:
        cells = _entries(form, reading.report.totals)[chapter.key]
        blank = [cell for cell in cells if values.get(cell, _ABSENT) is None and cell not in noted]
        if cells and len(blank) == len(cells):
            yield f"{chapter.sheet}整张表没有填。请填写；{ALL_ZERO}。", tuple(blank), True
            continue
        for block in blocks(blank, form):
            yield f"{cells_name(form, block)}有 {len(block)} 格没有填。{ALL_ZERO}。", tuple(block), False


@cache
def _entries(form: Form, totals: Totals) -> Mapping[str, tuple[CellKey, ...]]:
    """The cells of each chapter that are filled in by hand."""
    computed = definitions(form) if totals is Totals.AUTOMATIC else {}
    return {
        chapter.key: tuple(
            cell for table in chapter.tables for cell in form.cells_of[table.key] if cell not in computed
        )
        for chapter in form.chapters
    }


def _in_doubt(reading: Reading, form: Form, kind: Kind) -> Iterator[tuple[CellKey, Decimal]]:
    """The values of the cells of `kind`, whole numbers from 0 on left out: they fit in any."""
    values = reading.report.values
    for cell in form.cells_of_kind[kind]:
        value = values.get(cell)
        if value is not None and not (value.same_quantum(_ONE) and not value.is_signed()):
            yield cell, value


def _misfit(rule: str, severity: Severity, form: Form, cell: CellKey, what: str) -> Finding:
    return Finding(rule, severity, f"{cell_name(form, cell)}：{what}。", (cell,))


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()
