"""Opens what is locked for as long as something is written, and locks it again as it was.

Excel's own objects are handled here, as pywin32 gives them on Windows and appscript on macOS.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ..errors import InputError

_ALLOWED = (
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
)
"""What a locked sheet may allow, in the order of the arguments of Worksheet.Protect."""
_OTHER_PASSWORD = ("加了别的保护密码，写不进去", "请先在“审阅”里撤销保护")
Lock = Callable[[str], object]
_MAC = sys.platform == "darwin"


def is_locked(cells: Any) -> bool:  # noqa: ANN401 - Excel's own object
    """Whether one of the `cells` refuses to be written while its sheet is protected."""
    return bool((cells.locked.get() if _MAC else cells.Locked) is not False)


@contextmanager
def opened_sheet(sheet: Any, name: str, password: str) -> Iterator[None]:  # noqa: ANN401 - Excel's own object
    """Take the protection off a sheet, and put it on again as it was; InputError if it has another password.

    A sheet that was protected without a password, as others' are, gets none.
    """
    if not (sheet.protect_contents.get() if _MAC else sheet.ProtectContents):
        yield
        return
    lock = _sheet_lock_mac(sheet) if _MAC else _sheet_lock(sheet)
    used = next((each for each in ("", password) if _unprotect(sheet, each)), None)
    if used is None:
        raise InputError(f"工作表“{name}”", *_OTHER_PASSWORD)
    try:
        yield
    finally:
        lock(used)


def _unprotect(sheet: Any, password: str) -> bool:  # noqa: ANN401 - Excel's own object
    """Whether a password takes the protection off; Excel refuses a wrong one by an error of its own kind."""
    try:
        sheet.unprotect(password=password) if _MAC else sheet.Unprotect(password)
    except Exception:  # noqa: BLE001 - pywin32 and appscript have each their own
        return False
    return not (sheet.protect_contents.get() if _MAC else sheet.ProtectContents)


@contextmanager
def opened_structure(book: Any, name: str) -> Iterator[None]:  # noqa: ANN401 - Excel's own object
    """Take the protection off the structure of a workbook, and put it on again; InputError if it has a password."""
    if not (book.protect_structure.get() if _MAC else book.ProtectStructure):
        yield
        return
    windows = bool(book.protect_windows.get() if _MAC else book.ProtectWindows)
    try:
        book.unprotect() if _MAC else book.Unprotect("")
    except Exception as error:
        raise InputError(name, *_OTHER_PASSWORD) from error
    try:
        yield
    finally:
        if _MAC:
            book.protect_workbook(structure=True, windows=windows)
        else:
            book.Protect("", True, windows)  # noqa: FBT003 - COM takes them by position


def _sheet_lock(sheet: Any) -> Lock:  # noqa: ANN401 - Excel's own object
    """What locks a sheet again, with a password, as it is locked now."""
    drawings, scenarios = bool(sheet.ProtectDrawingObjects), bool(sheet.ProtectScenarios)
    allowed = [bool(getattr(sheet.Protection, each)) for each in _ALLOWED]
    return lambda password: sheet.Protect(password, drawings, True, scenarios, False, *allowed)  # noqa: FBT003 - by position


def _sheet_lock_mac(sheet: Any) -> Lock:  # noqa: ANN401 - Excel's own object
    """The same on macOS, where Excel does not tell what a locked sheet allows: what our templates do."""
    drawings, scenarios = sheet.protect_drawing_objects.get(), sheet.protect_scenarios.get()
    return lambda password: sheet.protect_worksheet(
        password=password,
        drawing_objects=drawings,
        worksheet_contents=True,
        scenarios=scenarios,
        allow_formatting_columns=True,
        allow_formatting_rows=True,
    )
