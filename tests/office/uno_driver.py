"""Drives one LibreOffice: a command and its arguments as a line of JSON on stdin, the answer as one on stdout.

A process of its own, because the bridge to LibreOffice (UNO) belongs to one interpreter of the system, which seldom is
the one that the tests run in.  Imports nothing of ours.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

uno: Any = import_module("uno")

DEADLINE = 120
"""Seconds within which LibreOffice must have started; the same again to end."""
CONTENT = 1 | 2 | 4 | 16
"""Figures, dates, texts and formulas (com.sun.star.sheet.CellFlags)."""
FAILING = 4
"""Formulas that come to an error (com.sun.star.sheet.FormulaResult)."""
RECALCULATION = "/org.openoffice.Office.Calc/Formula/Load"


def properties(**named: object) -> tuple[Any, ...]:
    """Named arguments, as UNO takes them."""
    made = []
    for name, value in named.items():
        made.append(uno.createUnoStruct("com.sun.star.beans.PropertyValue"))
        made[-1].Name, made[-1].Value = name, value
    return tuple(made)


def reach(pipe: str, process: subprocess.Popen[bytes]) -> Any:  # noqa: ANN401 - whatever UNO gives
    """LibreOffice's own context, as soon as it answers."""
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    end = time.monotonic() + DEADLINE
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.05)


class Driver:
    """A LibreOffice with at most one workbook open.  Every method without underscore is a command."""

    def __init__(self, soffice: str, profile: str) -> None:
        pipe = f"nianbao{os.getpid()}"
        switches = ["--headless", "--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={pipe};urp;"]
        self._process = subprocess.Popen(
            [soffice, f"-env:UserInstallation={Path(profile).as_uri()}", *switches],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            self._context = reach(pipe, self._process)
            self._desktop = self._service("com.sun.star.frame.Desktop")
            self._helper = self._service("com.sun.star.frame.DispatchHelper")
            self._always_recalculate()
        except BaseException:
            self._kill()
            raise

    def _service(self, name: str) -> Any:  # noqa: ANN401 - whatever UNO gives
        return self._context.ServiceManager.createInstanceWithContext(name, self._context)

    def _always_recalculate(self) -> None:
        """Do not believe the values that a file has stored beside its formulas."""
        provider = self._service("com.sun.star.configuration.ConfigurationProvider")
        access = "com.sun.star.configuration.ConfigurationUpdateAccess"
        settings = provider.createInstanceWithArguments(access, properties(nodepath=RECALCULATION))
        settings.OOXMLRecalcMode = settings.ODFRecalcMode = 0
        settings.commitChanges()

    def end(self) -> None:
        """Leave LibreOffice, gently if it lets us."""
        with suppress(Exception):  # it is gone, or will be
            if self._desktop.terminate():
                self._process.wait(DEADLINE)
        self._kill()

    def _kill(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(DEADLINE)

    def open(self, path: str, *, hidden: bool) -> list[str]:
        """Open a workbook and calculate it; the names of its sheets.  A hidden one is quicker, but crashes if it warns."""
        self._book = self._desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(path), "_blank", 0, properties(Hidden=hidden)
        )
        self._controller = self._book.CurrentController
        self._sheets = {name: self._book.Sheets.getByName(name) for name in self._book.Sheets.ElementNames}
        return list(self._sheets)

    def save(self, path: str) -> None:
        """Save a copy as .xlsx."""
        filtered = properties(FilterName="Calc MS Excel 2007 XML")
        self._book.storeToURL(uno.systemPathToFileUrl(path), filtered)

    def close(self) -> None:
        """Close the workbook and forget what was changed."""
        self._book.close(True)  # noqa: FBT003 - UNO knows no names

    def _range(self, sheet: str, address: str) -> Any:  # noqa: ANN401 - whatever UNO gives
        return self._sheets[sheet].getCellRangeByName(address)

    def values(self, sheet: str) -> list[list[float | str]]:
        """All cells from A1 on; a formula that comes to an error as ``Err:`` and its number."""
        cursor = self._sheets[sheet].createCursor()
        cursor.gotoStartOfUsedArea(False)  # noqa: FBT003 - UNO knows no names
        cursor.gotoEndOfUsedArea(True)  # noqa: FBT003 - UNO knows no names
        rows = [list(row) for row in cursor.getDataArray()]
        top, left = cursor.RangeAddress.StartRow, cursor.RangeAddress.StartColumn
        for cell in cursor.queryFormulaCells(FAILING).Cells:
            place = cell.CellAddress
            rows[place.Row - top][place.Column - left] = f"Err:{cell.getError()}"
        width = left + len(rows[0])
        above: list[list[float | str]] = [[""] * width for _ in range(top)]
        return above + [[""] * left + row for row in rows]

    def read(self, places: list[tuple[str, str]]) -> list[float | str]:
        """Some cells, by sheet and address."""
        cells = (self._range(*place) for place in places)
        return [f"Err:{cell.getError()}" if cell.getError() else cell.getDataArray()[0][0] for cell in cells]

    def write(self, entries: list[tuple[str, str, float | str | None]]) -> list[bool]:
        """Put figures, texts or nothing into cells one after the other; whether each is allowed to be changed."""
        return [self._put(self._range(sheet, address), entry) for sheet, address, entry in entries]

    def _put(self, cell: Any, entry: float | str | None) -> bool:  # noqa: ANN401 - whatever UNO gives
        # Protection is no matter to clearContents, nor to setValue: whether it lets us, only setDataArray tells.
        try:
            cell.setDataArray(((cell.getDataArray()[0][0] if entry is None else entry,),))
        except uno.getClass("com.sun.star.uno.RuntimeException"):
            return False
        if entry is None:
            cell.clearContents(CONTENT)
        return True

    def protected(self, sheet: str) -> bool:
        """Whether a sheet is protected."""
        return bool(self._sheets[sheet].isProtected())

    def unlocked(self, sheet: str) -> list[str]:
        """The blocks of cells that protection leaves open: ``D7:I8``."""
        looks = self._sheets[sheet].getUniqueCellFormatRanges()
        blocks = (look.RangeAddressesAsString.split(",") for look in looks if not look.CellProtection.IsLocked)
        return [block.rpartition(".")[2] for each in blocks for block in each]

    def _dispatch(self, command: str, **arguments: object) -> None:
        self._helper.executeDispatch(self._controller.Frame, f".uno:{command}", "", 0, properties(**arguments))

    def go(self, sheet: str, address: str) -> None:
        """Put the cursor on a cell."""
        self._controller.setActiveSheet(self._sheets[sheet])
        self._dispatch("GoToCell", ToPoint=address)

    def tab(self, times: int) -> Iterator[str]:
        """What the Tab key does on a protected sheet; the cells that the cursor comes to."""
        return (self._tab() for _ in range(times))

    def tab_to(self, address: str, times: int) -> bool:
        """Tab until the cursor is on a cell, if that takes no more than so many times."""
        return self._here() == address or any(self._tab() == address for _ in range(times))

    def _tab(self) -> str:
        self._dispatch("JumpToNextUnprotected")
        return self._here()

    def _here(self) -> str:
        selected = self._controller.getSelection().RangeAddress
        first = self._controller.ActiveSheet.getCellByPosition(selected.StartColumn, selected.StartRow)
        return str(first.AbsoluteName).rpartition(".")[2].replace("$", "")

    def type(self, text: str) -> None:
        """Type into the cell that the cursor is on, and press Enter; protection applies, validity does not."""
        self._dispatch("EnterString", StringName=text)


def answer(driver: Driver, line: str) -> str:
    """The answer to one command; what went wrong under ``error``."""
    name, arguments, named = json.loads(line)
    command: Callable[..., object] = getattr(driver, name)
    try:
        said = command(*arguments, **named)
    except Exception as error:  # noqa: BLE001 - told to the tests
        return json.dumps({"error": repr(error)})
    return json.dumps({"answer": list(said) if isinstance(said, Iterator) else said})


def main(kind: type[Driver] = Driver) -> None:
    """Serve until stdin ends, or whoever runs the tests ends them."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    driver = kind(*sys.argv[1:])
    try:
        for line in sys.stdin:
            print(answer(driver, line), flush=True)  # noqa: T201 - the answer
    finally:
        driver.end()


if __name__ == "__main__":
    main()
