"""Runs the macros of an add-in in a LibreOffice: a line of JSON on stdin for each call, the answer as one on stdout.

A process of its own, as `uno_driver` is.
"""

from __future__ import annotations

from typing import Any

from uno_driver import Driver, main, properties, uno

ALWAYS_EXECUTE = 4
"""Macros of any origin run (com.sun.star.document.MacroExecMode)."""
FILTER = "Calc MS Excel 2007 VBA XML"
"""LibreOffice does not take a file for an add-in by itself."""
VALUES = 1 | 2 | 4


class Macros(Driver):
    """A LibreOffice with one add-in loaded, and other workbooks opened and closed."""

    def load(self, path: str) -> list[str]:
        """Load the add-in; the names of its modules."""
        self._addin = self._loaded(path, MacroExecutionMode=ALWAYS_EXECUTE, FilterName=FILTER)
        libraries = self._addin.BasicLibraries
        self._library = next(name for name in libraries.ElementNames if name != "Standard")
        libraries.loadLibrary(self._library)
        return list(libraries.getByName(self._library).ElementNames)

    def unload(self) -> None:
        """Close the add-in."""
        self._addin.close(True)  # noqa: FBT003 - UNO knows no names

    def show(self, path: str) -> None:
        """Open another workbook, which is then the active one; "" for a new one."""
        self._other = self._loaded(path)
        self._other.CurrentController.Frame.activate()

    def hide(self) -> None:
        """Close the other workbook: the add-in itself is the active one."""
        self._other.close(True)  # noqa: FBT003 - UNO knows no names
        self._addin.CurrentController.Frame.activate()

    def _loaded(self, path: str, **named: object) -> Any:  # noqa: ANN401 - whatever UNO gives
        url = uno.systemPathToFileUrl(path) if path else "private:factory/scalc"
        return self._desktop.loadComponentFromURL(url, "_blank", 0, properties(**named))

    def call(self, macro: str, tag: str) -> object:
        """Call back, as the ribbon would for a control with a tag; what the second argument comes to, if there is one."""
        control = self._service("com.sun.star.form.component.CommandButton")
        control.Tag = tag
        given = (control, None) if macro.rpartition(".")[2].startswith(("Has", "Is")) else (control,)
        _, places, values = self._script(macro).invoke(given, (), ())
        return dict(zip(places, values, strict=True)).get(1)

    def result(self, macro: str, *arguments: object) -> object:
        """What a function says."""
        return self._script(macro).invoke(arguments, (), ())[0]

    def _script(self, macro: str) -> Any:  # noqa: ANN401 - whatever UNO gives
        where = f"vnd.sun.star.script:{self._library}.{macro}?language=Basic&location=document"
        return self._addin.ScriptProvider.getScript(where)

    def recorded(self) -> list[str]:
        """What the stand-ins wrote, in column H of the add-in's sheet, which is emptied."""
        column = self._addin.Sheets.getByIndex(0).getCellRangeByName("H1:H20")
        lines = [str(row[0]) for row in column.getDataArray() if row[0] != ""]
        column.clearContents(VALUES)
        return lines


if __name__ == "__main__":
    main(Macros)
