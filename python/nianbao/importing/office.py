"""Has LibreOffice, where installed, turn one format into another: those of older office software into those of today."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from ..errors import InputError
from .limits import limits
from .refusals import refusal
from .sniff import Kind

_TO_WORD = frozenset({Kind.DOC, Kind.RTF, Kind.XML_WORD, Kind.STRICT_DOCX})
_TO_SHEET = frozenset({Kind.XLS, Kind.XLSB, Kind.OLD_XLS, Kind.XML_SHEET, Kind.STRICT_XLSX})
CONVERTIBLE = _TO_WORD | _TO_SHEET | {Kind.FLAT_ODF}
"""What LibreOffice may make something readable of."""

_FOLDERS = (
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard")
# No macro runs, no link is followed; the numbers for "never" differ between Writer and Calc.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_VALUES = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Writer/Content/Update", "Field", "false"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Office.Calc/Formula/Load", "OOXMLRecalcMode", "1"),
    ("Office.Calc/Formula/Load", "ODFRecalcMode", "1"),
    # For people who have a PDF read to them.
    ("Office.Common/Filter/PDF/Export", "UseTaggedPDF", "true"),
)


def converted(data: bytes, kind: Kind, source: str) -> bytes:
    """The .docx or .xlsx that LibreOffice makes of `data`; InputError, naming `source`, without LibreOffice or success."""
    what, remedy = refusal(kind)
    program = installed()
    if program is None or kind not in CONVERTIBLE:
        raise InputError(source, what if program else f"{what}，本机没有 LibreOffice", remedy)
    made = made_by(program, data, _target(data, kind))
    if made is None:
        raise InputError(source, f"{what}，LibreOffice 转换不成", remedy)
    return made


def installed() -> str | None:
    """The program of LibreOffice; None where it is not installed."""
    return next(_programs(), None)


def made_by(program: str, data: bytes, to: str) -> bytes | None:
    """What LibreOffice makes of the file `data` in the format of which `to` is the suffix; None if it does not succeed."""
    with TemporaryDirectory(prefix="nianbao", ignore_cleanup_errors=True) as folder:
        return _convert(program, data, to, Path(folder))


def _target(data: bytes, kind: Kind) -> str:
    is_sheet = kind in _TO_SHEET or (kind is Kind.FLAT_ODF and b"opendocument.spreadsheet" in data[:4096])
    return "xlsx" if is_sheet else "docx"


def _programs() -> Iterator[str]:
    """LibreOffice, wherever it may be installed."""
    yield from filter(None, map(shutil.which, ("soffice", "libreoffice")))
    yield from (place for place in _FOLDERS if Path(place).is_file())


def _convert(program: str, data: bytes, to: str, folder: Path) -> bytes | None:
    """What becomes of `data`; all that happens on the way stays in `folder`."""
    given, profile = folder / "given", folder / "profile"
    given.write_bytes(data)
    (profile / "user").mkdir(parents=True)
    items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _VALUES)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), "utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", *_OPTIONS, "--convert-to", to]
    _run([*command, "--outdir", str(folder), str(given)], folder)
    made = folder / f"given.{to}"
    return made.read_bytes() if made.is_file() else None


def _run(command: list[str], folder: Path) -> None:
    """Runs `command` to its end, or to the end of its time; then everything that it started is ended too."""
    environment = {**os.environ, "TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)}
    quiet = subprocess.DEVNULL
    try:
        started = subprocess.Popen(  # noqa: S603 - a program found where LibreOffice is installed
            command,
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            env=environment,
            cwd=folder,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return
    try:
        started.wait(limits().seconds)
    except subprocess.TimeoutExpired:
        _end(started)
        _meeting_point(folder / "profile").unlink(missing_ok=True)


def _end(started: subprocess.Popen[bytes]) -> None:
    """Ends a process and those that it started: LibreOffice's own launcher would leave the office running."""
    if sys.platform == "win32":
        command = [shutil.which("taskkill") or "taskkill", "/F", "/T", "/PID", str(started.pid)]
        subprocess.run(command, check=False, capture_output=True, timeout=10)  # noqa: S603 - the system's own
    else:
        os.killpg(started.pid, signal.SIGKILL)
    started.wait()


def _meeting_point(profile: Path) -> Path:
    """The socket by which an office finds another with its `profile`; one that is ended by force leaves it there."""
    digest = hashlib.md5(profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    user = os.getuid() if hasattr(os, "getuid") else 0
    return Path("/tmp", f"OSL_PIPE_{user}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}")  # noqa: S108 - its own choice
