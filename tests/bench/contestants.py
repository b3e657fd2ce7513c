"""What somebody would write to add up many workbooks, each as a program: no checks, a row a unit, and the sums.

    python contestants.py NAME FOLDER OUTPUT [COUNT]

Prints the sums and the seconds of CPU that the files took, imports left out.
"""

from __future__ import annotations

import json
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from nianbao.formfile import load_form
from nianbao.places import SheetPlace
from nianbao.workbook.layout import AGENCY, lay_out

FORM = load_form("2021")
PLACES = lay_out(FORM).cells
SHEETS = (AGENCY.sheet, *dict.fromkeys(PLACES[cell].sheet for cell in FORM.cells))
Row = list[Any]


def picked(rows: dict[str, Sequence[Sequence[Any]]]) -> Row:
    """The name and the figures of a unit, from the rows of its sheets."""
    return [_at(rows, AGENCY), *(_at(rows, PLACES[cell]) for cell in FORM.cells)]


def _at(rows: dict[str, Sequence[Sequence[Any]]], place: SheetPlace) -> Any:  # noqa: ANN401 - what stands in a cell
    return rows[place.sheet][place.row - 1][place.column - 1]


def pandas_default(files: Sequence[Path], output: Path) -> list[float]:
    """`read_excel` of each file, one frame, `to_excel`."""
    import pandas as pd

    read = (pd.read_excel(file, sheet_name=list(SHEETS), header=None) for file in files)
    frame = pd.DataFrame([picked({name: sheet.to_numpy().tolist() for name, sheet in each.items()}) for each in read])
    sums = frame.iloc[:, 1:].astype(float).sum()
    frame.to_excel(output, index=False)
    return [float(each) for each in sums]


def openpyxl_default(files: Sequence[Path], output: Path) -> list[float]:
    """`load_workbook` of each file, and one workbook written."""
    import openpyxl

    made = openpyxl.Workbook()
    page: Any = made.active
    sums = [0.0] * len(FORM.cells)
    for file in files:
        book = openpyxl.load_workbook(file, data_only=True)
        row = [book[place.sheet][place.a1].value for place in (AGENCY, *(PLACES[cell] for cell in FORM.cells))]
        page.append(row)
        sums = [before + float(figure or 0) for before, figure in zip(sums, row[1:], strict=True)]
    page.append(["合计", *sums])
    made.save(output)
    return sums


def expert(files: Sequence[Path], output: Path) -> list[float]:
    """calamine, and XlsxWriter with constant memory."""
    import python_calamine
    import xlsxwriter

    sums = [0.0] * len(FORM.cells)
    with xlsxwriter.Workbook(str(output), {"constant_memory": True}) as made:
        page = made.add_worksheet()
        for number, file in enumerate(files):
            book = python_calamine.CalamineWorkbook.from_path(str(file))
            row = picked({name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in SHEETS})
            page.write_row(number, 0, row)
            sums = [before + float(figure or 0) for before, figure in zip(sums, row[1:], strict=True)]
        page.write_row(len(files), 0, ["合计", *sums])
    return sums


def inflating(files: Sequence[Path], _: Path) -> list[float]:
    """The least that reading takes: the members that hold the four sheets and their texts, inflated."""
    kept = {f"xl/worksheets/sheet{number}.xml" for number in (1, 3, 4, 5)} | {"xl/sharedStrings.xml", "xl/workbook.xml"}
    for file in files:
        with zipfile.ZipFile(file) as package:
            for name in kept:
                package.read(name)
    return []


def ours(files: Sequence[Path], _: Path) -> list[float]:
    """Our own reading and checking, and the sums; no summary."""
    from nianbao.commands.many import checked_in

    reports = [each.reading.report for each in checked_in(files) if each.reading]
    return [float(sum((each.values[cell] or Decimal(0) for each in reports), Decimal(0))) for cell in FORM.cells]


CONTESTANTS: dict[str, Callable[[Sequence[Path], Path], list[float]]] = {
    each.__name__: each for each in (pandas_default, openpyxl_default, expert, inflating, ours)
}


def main(name: str, folder: str, output: str, count: str = "") -> None:
    """Run one of them."""
    files = sorted(Path(folder).iterdir())[: int(count) if count else None]
    _imported(("pandas", "openpyxl", "xlsxwriter", "python_calamine"), name)
    start = time.process_time()
    sums = CONTESTANTS[name](files, Path(output))
    print(json.dumps({"sums": [round(each, 6) for each in sums], "seconds": time.process_time() - start}))


def _imported(libraries: Iterable[str], name: str) -> None:
    for library in libraries:
        if name.startswith(library):
            __import__(library)


if __name__ == "__main__":
    main(*sys.argv[1:])
