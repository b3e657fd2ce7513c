"""How rows, columns and cells of the form are named in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .form import INTRO, SIGNATURE, Axis, CellKey, Form, Line, Table

_SHOWN = 4
_TEXTS = {INTRO: "第一章之前", **dict(zip(SIGNATURE, ("落款单位", "成文日期"), strict=True))}
_WIDE = 0x2000


def table_name(form: Form, key: str) -> str:
    """``三、依申请公开`` or ``二、主动公开 第二十条第（五）项``: sheet, then the table's own title."""
    return f"{form.chapter_of[key].sheet} {form.tables[key].title}".strip()


def chapter_name(form: Form, cells: Sequence[CellKey]) -> str:
    """``三、依申请公开``: the sheet that the first of `cells` stands on."""
    return form.chapter_of[cells[0].table].sheet


def text_name(form: Form, key: str) -> str:
    """``“一、总体情况”``, ``第一章之前``, ``落款单位`` or ``成文日期``: where the text of `key` stands."""
    return _TEXTS.get(key) or next(f"“{chapter.heading}”" for chapter in form.chapters if chapter.key == key)


def line_name(table: Table, axis: Axis, line: Line) -> str:
    """``“1.重复申请”行``; for a table printed across, its rows are blocks of columns."""
    if axis == "row" and table.printed == "across":
        return f"“{line.label}”部分"
    return f"“{line.label}”{'行' if axis == 'row' else '列'}"


def cell_name(form: Form, cell: CellKey) -> str:
    """``三、依申请公开“（七）总计”行“自然人”列``."""
    table = form.tables[cell.table]
    row, column = form.row(cell), form.column(cell)
    return table_name(form, cell.table) + line_name(table, "row", row) + line_name(table, "column", column)


def cells_name(form: Form, cells: Sequence[CellKey]) -> str:
    """The table, rows and columns that `cells` of one table lie in, long lists shortened."""
    return f"{table_name(form, cells[0].table)}{lines_name(form, cells)}"


def lines_name(form: Form, cells: Sequence[CellKey]) -> str:
    """The rows and columns that `cells` lie in: ``“…”至“…”共23行、“…”“…”列``."""
    table = form.tables[cells[0].table]
    rows = [line.label for line in table.rows if any(cell.row == line.key for cell in cells)]
    columns = [line.label for line in table.columns if any(cell.column == line.key for cell in cells)]
    unit = "部分" if table.printed == "across" else "行"
    return f"{_listed(rows)}{unit}、{_listed(columns)}列"


def _listed(labels: Sequence[str]) -> str:
    if len(labels) <= _SHOWN:
        return "".join(f"“{label}”" for label in labels)
    return f"“{labels[0]}”至“{labels[-1]}”共{len(labels)}"


def blocks(cells: Iterable[CellKey], form: Form) -> list[list[CellKey]]:
    """`cells` parted into blocks that touch, side by side or one above the other, in form order."""
    left = {_position(form, cell): cell for cell in sorted(cells, key=form.order.__getitem__)}
    found = []
    while left:
        block, edge = [], [next(iter(left))]
        while edge:
            position = edge.pop()
            if position in left:
                block.append(left.pop(position))
                table, row, column = position
                edge += [(table, row + down, column + right) for down, right in ((0, 1), (0, -1), (1, 0), (-1, 0))]
        found.append(sorted(block, key=form.order.__getitem__))
    return found


def _position(form: Form, cell: CellKey) -> tuple[str, int, int]:
    table = form.tables[cell.table]
    row = next(n for n, line in enumerate(table.rows) if line.key == cell.row)
    column = next(n for n, line in enumerate(table.columns) if line.key == cell.column)
    return (
        (cell.table, 0, row * len(table.columns) + column) if table.printed == "across" else (cell.table, row, column)
    )


def width(text: str) -> int:
    """Columns that `text` takes in a fixed grid: a Chinese character, and Chinese punctuation, takes two."""
    return sum(2 if ord(letter) >= _WIDE else 1 for letter in text)
