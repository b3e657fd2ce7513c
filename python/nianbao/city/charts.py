"""The charts of a summary: results, applicants, the units with most applications, last year beside this, disputes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ..form import CellKey, Form, Line
from ..formfile import load_form
from ..report import Report
from ..workbook.contents import Chart, Plotted

MOST_NAMED = 10
"""The most units that have a bar of their own."""
_REQUESTS, _REVIEW, _TOTAL = "requests", "review", "total"
_RECEIVED, _CONCLUDED, _CARRIED = "received", "outcome.total", "carried_forward"
_RESULTS = "outcome."
_PIECES = "件数"
_COMPARED = {_RECEIVED: "本年新收", _CONCLUDED: "本年办结", _CARRIED: "结转下年"}
"""The rows of table three that are held against last year's, in short."""

Received = tuple[str, Decimal | None]
"""A unit, and the applications that it received."""


def charts_of(report: Report, units: Sequence[Received], last: Report | None) -> tuple[Chart, ...]:
    """The charts of a city's `report`, which adds up `units`; with `last` year's report, if that is given."""
    form, year = load_form(report.edition), f"{report.year or ''}年"
    charts = [_results(report, form, year), _applicants(report, form, year), _units(units, year)]
    if last is not None:
        charts.append(_both_years(report, last))
    return (*charts, _disputes(report, form, year))


def _results(report: Report, form: Form, year: str) -> Chart:
    """How applications ended: by （一） to （六）, whatever lines the edition has under them."""
    kinds: dict[str, list[CellKey]] = {}
    for row in form.tables[_REQUESTS].rows:
        if row.key.startswith(_RESULTS) and row.key != _CONCLUDED:
            kinds.setdefault(_kind(row), []).append(CellKey(_REQUESTS, row.key, _TOTAL))
    rows = tuple((_live(report, cells),) for cells in kinds.values())
    note = "表三“总计”列，（三）至（六）各是其下各项之和。"
    return Chart(f"{year}政府信息公开申请办理结果（单位：件）", note, (_PIECES,), tuple(kinds), rows)


def _kind(row: Line) -> str:
    """``（三）不予公开``: the heading that a row stands under, or its own in the shortest wording."""
    group = row.path[1]
    return min((group, *row.also), key=len) if group == row.label else group


def _applicants(report: Report, form: Form, year: str) -> Chart:
    columns = [column for column in form.tables[_REQUESTS].columns if column.key != _TOTAL]
    rows = tuple((_live(report, [CellKey(_REQUESTS, _RECEIVED, column.key)]),) for column in columns)
    others = columns[-1].groups[0]
    received = form.row(CellKey(_REQUESTS, _RECEIVED, _TOTAL)).label
    note = f"表三“{received}”行；自然人以外的都是{others}。"
    return Chart(f"{year}新收申请的申请人（单位：件）", note, (_PIECES,), _labels(columns), rows)


def _units(units: Sequence[Received], year: str) -> Chart:
    """The units that received most, and all others together."""
    known = sorted(((name, figure) for name, figure in units if figure is not None), key=_received, reverse=True)
    top = [each for each in known[:MOST_NAMED] if each[1]]
    others = [figure for _, figure in known[len(top) :]]
    rest = sum(others, Decimal(0))
    bars = [*top, (f"其余 {len(others)} 个单位合计", rest)] if rest else top
    notes = ["各单位报送的数，不含调整数。"]
    if others and not rest:
        notes.append(f"其余 {len(others)} 个单位没有收到申请。")
    if len(known) < len(units):
        notes.append(f"{len(units) - len(known)} 个单位没有填，没有列入。")
    labels, rows = tuple(name for name, _ in bars), tuple((Plotted(figure),) for _, figure in bars)
    title = f"{year}收到申请最多的单位（单位：件）"
    return Chart(title, "".join(notes), (_PIECES,), labels, rows, lying=True, apart=bool(rest))


def _received(unit: tuple[str, Decimal]) -> Decimal:
    return unit[1]


def _both_years(report: Report, last: Report) -> Chart:
    """What came in, was answered and was left, this year beside last."""
    cells = [CellKey(_REQUESTS, row, _TOTAL) for row in _COMPARED]
    rows = tuple((Plotted(last.values.get(cell)), _live(report, [cell])) for cell in cells)
    heads = (f"{last.year}年", f"{report.year}年")
    note = f"表三“总计”列；{last.year}年的数取自该年度报告。"
    return Chart(f"{heads[1]}与{heads[0]}相比（单位：件）", note, heads, tuple(_COMPARED.values()), rows)


def _disputes(report: Report, form: Form, year: str) -> Chart:
    table = form.tables[_REVIEW]
    columns = [column for column in table.columns if column.key != _TOTAL]
    rows = tuple(
        tuple(_live(report, [CellKey(_REVIEW, row.key, column.key)]) for column in columns) for row in table.rows
    )
    return Chart(f"{year}行政复议、行政诉讼结果（单位：件）", "表四。", _labels(columns), _labels(table.rows), rows)


def _live(report: Report, cells: Sequence[CellKey]) -> Plotted:
    """The sum of `cells` of `report`, blank while one of them is."""
    figures = [figure for cell in cells if (figure := report.values.get(cell)) is not None]
    return Plotted(sum(figures, Decimal(0)) if len(figures) == len(cells) else None, tuple(cells))


def _labels(lines: Iterable[Line]) -> tuple[str, ...]:
    return tuple(line.label for line in lines)
