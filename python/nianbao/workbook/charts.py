"""The sheet 图表: Excel's own charts, each beside the small table that it is drawn from.

Bars differ by pattern and by the figures on them, not by colour: most of these sheets are printed in black and white.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..places import SheetPlace
from .contents import Chart, Plotted
from .layout import refer
from .names import CHARTS
from .page import SMALL, Page, height, number

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_ACROSS, _GAP = 8, 1
"""Columns that the charts take, for a chart is as wide as its columns whatever the program, and those between."""
_LABEL_COLUMN = _ACROSS + _GAP + 1
_MOST_HEADS = 4
_WIDTHS = (*[8] * _ACROSS, *[2] * _GAP, 32, *[9] * _MOST_HEADS)
"""Characters of the columns: the charts, a gap, and the tables right of them."""
_ROWS, _ROW = 15, 18
"""The rows of a chart: as many as the title, the note, the head and the lines of the longest table; points of each."""
_SMALL_LINE = 12
_ON_A_PAGE, _SCALE = 2, 74
"""Charts on a landscape page of A4, printed in that many hundredths of their size."""
_TOP = 4
_ABOUT = "图可以选中后复制到 WPS 文字或 Word；右边是画图用的数，灰格随各表自动更新，白格是汇总时的数。"
_LEFT_OUT = "各项都是 0 或没有填，没有画图。"

_EDGE = {"color": "#1F3864", "width": 0.75}
_DARK, _PALE = "#1F4E79", "#DEEBF7"
_FILLS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": _DARK}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": _DARK, "bg_color": "#FFFFFF"}},
    {"fill": {"color": _PALE}},
    {"pattern": {"pattern": "large_check", "fg_color": _DARK, "bg_color": "#FFFFFF"}},
)
"""How the bars of each series are filled: told apart on paper, too."""
_NO_ZEROS = "General;-General;"
"""A chart takes a blank for zero, so neither has a figure at its bar; the table tells which it is."""
_FONT, _TITLE_FONT = {"size": 9}, {"size": 12, "bold": True}


def add_charts(page: Page, charts: Sequence[Chart]) -> None:
    """图表: one chart below the other; those that would show nothing are told in their place."""
    sheet = page.book.add_worksheet(CHARTS)
    for column, characters in enumerate(_WIDTHS):
        sheet.set_column(column, column, characters)
    sheet.set_row(0, 32)
    for row, (text, style) in enumerate((("图表", "name"), (_ABOUT, "small"))):
        page.across(sheet, (row, 0, row, len(_WIDTHS) - 1), text, style)
    _add_all(page, sheet, charts)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.4)
    sheet.set_print_scale(_SCALE)


def _add_all(page: Page, sheet: Worksheet, charts: Sequence[Chart]) -> None:
    """Add the charts, so many to a page."""
    row, on_page, breaks = _TOP, 0, []
    for chart in charts:
        if on_page == _ON_A_PAGE:
            on_page = 0
            breaks.append(row - 2)  # the edge of a chart reaches a little above its first row
        (_add if chart.says_something else _tell)(page, sheet, chart, row)
        on_page += chart.says_something
        row += _height(chart) + 1
    sheet.set_h_pagebreaks(breaks)


def _height(chart: Chart) -> int:
    """How many rows `chart` takes."""
    return _ROWS if chart.says_something else 2


def _tell(page: Page, sheet: Worksheet, chart: Chart, row: int) -> None:
    """Say which chart is left out, and why."""
    for each, (text, style) in enumerate(((chart.title, "name"), (_LEFT_OUT, "small")), start=row - 1):
        page.across(sheet, (each, 0, each, _ACROSS - 1), text, style)


def _add(page: Page, sheet: Worksheet, chart: Chart, row: int) -> None:
    """Add a chart from sheet row `row` on: the picture, and right of it title, note and table."""
    for each in range(row - 1, row - 1 + _ROWS):
        sheet.set_row(each, _ROW)
    for each, (text, style) in enumerate(((chart.title, "name"), (chart.note, "small")), start=row - 1):
        page.across(sheet, (each, _LABEL_COLUMN - 1, each, len(_WIDTHS) - 1), text, style)
    _add_table(page, sheet, chart, row + 2)
    _draw(page, sheet, chart, row)


def _add_table(page: Page, sheet: Worksheet, chart: Chart, row: int) -> None:
    """The figures of `chart`, heads in sheet row `row`."""
    for column, head in enumerate(("", *chart.heads), start=_LABEL_COLUMN):
        page.write(sheet, SheetPlace(CHARTS, row, column), head, "column")
    for down, (label, figures) in enumerate(zip(chart.labels, chart.rows, strict=True), start=row + 1):
        page.write(sheet, SheetPlace(CHARTS, down, _LABEL_COLUMN), label, "listed")
        sheet.set_row(down - 1, max(_ROW, height(label, SMALL * _WIDTHS[_LABEL_COLUMN - 1], _SMALL_LINE)))
        for column, figure in enumerate(figures, start=_LABEL_COLUMN + 1):
            _add_figure(page, sheet, SheetPlace(CHARTS, down, column), figure)


def _add_figure(page: Page, sheet: Worksheet, place: SheetPlace, figure: Plotted) -> None:
    if not figure.cells:
        page.write(sheet, place, figure.value, "head")
        return
    ranges = ",".join(refer(sorted(map(page.layout.at, figure.cells)), CHARTS))
    formula = f'=IF(COUNT({ranges})<{len(figure.cells)},"",SUM({ranges}))'
    page.compute(sheet, place, formula, figure.value, "given")


def _draw(page: Page, sheet: Worksheet, chart: Chart, row: int) -> None:
    """Draw `chart`, which begins in sheet row `row`, from its table."""
    drawn = page.book.add_chart({"type": "bar" if chart.lying else "column"})
    head, first, last, label = row + 1, row + 2, row + 1 + len(chart.labels), _LABEL_COLUMN - 1
    fills = reversed(_FILLS[: len(chart.heads)])  # the last series, where years are compared this one, is the dark one
    for number_, (name, fill) in enumerate(zip(chart.heads, fills, strict=True)):
        column = _LABEL_COLUMN + number_
        drawn.add_series(
            {
                "name": [CHARTS, head, column],
                "name_data": name,
                "categories": [CHARTS, first, label, last, label],
                "values": [CHARTS, first, column, last, column],
                "values_data": [_stored(figures[number_]) for figures in chart.rows],
                "data_labels": {"value": True, "num_format": _NO_ZEROS, "font": _FONT},
                "border": _EDGE,
                "gap": max(60, 360 // (len(chart.labels) * len(chart.heads))),
                **fill,
                **_points(chart),
            }
        )
    _set_looks(drawn, chart)
    sheet.insert_chart(row - 1, 0, drawn, {"description": f"{chart.title}，数字见右边的表"})


def _points(chart: Chart) -> dict[str, Any]:
    """The rest is drawn like a second series, so that nobody takes it for one thing among the others."""
    if not chart.apart:
        return {}
    return {"points": [*[None] * (len(chart.labels) - 1), {"border": _EDGE, **_FILLS[1]}]}


def _stored(figure: Plotted) -> int | float | None:
    return None if figure.value is None else number(figure.value)


def _set_looks(drawn: Any, chart: Chart) -> None:  # noqa: ANN401 - XlsxWriter has no types
    drawn.set_title({"name": chart.title, "name_font": _TITLE_FONT, "overlay": False})
    drawn.set_legend({"position": "bottom", "font": _FONT} if len(chart.heads) > 1 else {"none": True})
    labels = {"num_font": _FONT, "reverse": chart.lying, "major_tick_mark": "none"}
    figures = {"visible": False, "min": 0, "major_gridlines": {"visible": False}}
    drawn.set_x_axis(figures if chart.lying else labels)
    drawn.set_y_axis(labels if chart.lying else figures)
    drawn.set_chartarea({"border": {"color": "#7F7F7F"}, "fill": {"color": "#FFFFFF"}})
    drawn.set_size({"width": _ACROSS * (_WIDTHS[0] * 7 + 5), "height": _ROWS * _ROW * 4 // 3})
