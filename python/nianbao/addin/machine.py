"""Where an add-in goes on each system, and what goes there."""

from __future__ import annotations

import locale
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from ..errors import InputError
from ..resources import addin_path

ADDIN = "nianbao.xlam"
SETTINGS = "nianbao.conf"


class Machine(NamedTuple):
    """What decides where things go: the system, a person's folders, and the Python that the buttons are to start."""

    system: str
    home: Path
    appdata: Path
    python: str
    base: str = ""
    encoding: str = "ascii"

    @property
    def windows(self) -> bool:
        """Whether this is Windows; otherwise it is macOS."""
        return self.system == "win32"


class Shipped(NamedTuple):
    """What is installed: the add-in, and on macOS the script through which xlwings leaves Excel's sandbox."""

    addin: bytes
    script_name: str
    script: bytes


class Places(NamedTuple):
    """Where the parts go; Windows needs no script."""

    addin: Path
    settings: Path
    script: Path | None


def this_machine() -> Machine:
    """The machine that this runs on."""
    home = Path.home()
    appdata = Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming")
    return Machine(sys.platform, home, appdata, sys.executable, sys.base_prefix, locale.getencoding())


def shipped() -> Shipped:
    """The parts that this version brings."""
    spec = find_spec("xlwings")
    found = sorted(Path(spec.origin).parent.glob("xlwings-*.applescript")) if spec and spec.origin else []
    if not found:
        raise InputError("xlwings", "没有安装，或缺了文件", "请重新安装 nianbao")
    return Shipped(addin_path().read_bytes(), found[0].name, found[0].read_bytes())


def places(machine: Machine, parts: Shipped) -> Places:
    """Where Excel and the macros look on `machine`; InputError where there is no Excel."""
    if machine.windows:
        starting = machine.appdata / "Microsoft" / "Excel" / "XLSTART"
        return Places(starting / ADDIN, machine.home / ".nianbao" / SETTINGS, None)
    if machine.system != "darwin":
        raise InputError("Excel 加载项", "本机没有 Excel", "请用命令行，校验用 nianbao check，其余见 nianbao --help")
    library = machine.home / "Library"
    office = library / "Group Containers" / "UBF8T346G9.Office" / "User Content.localized" / "Startup.localized"
    sandbox = library / "Containers" / "com.microsoft.Excel" / "Data"
    scripts = library / "Application Scripts" / "com.microsoft.Excel"
    return Places(office / "Excel" / ADDIN, sandbox / SETTINGS, scripts / parts.script_name)


def content(path: Path) -> bytes | None:
    """What the file holds; None if there is none."""
    return path.read_bytes() if path.is_file() else None
