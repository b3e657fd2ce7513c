"""Installs and removes: all parts or none, and nothing that is not ours."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ..errors import OutputError
from ..outputs import write_files
from .machine import Machine, Shipped, content, places
from .settings import settings


class Installed(NamedTuple):
    """What an installation wrote, and whether another version of the add-in had to go."""

    written: list[Path]
    replaced: bool
    excel_seen: bool


def install(machine: Machine, parts: Shipped) -> Installed:
    """Write the parts, all or none; another version of the add-in is replaced, a script of the same name is not."""
    at = places(machine, parts)
    seen = (at.addin if machine.windows else at.settings).parents[1].exists()
    replaced = content(at.addin) not in (None, parts.addin)
    # The add-in first: it is the one that an open Excel holds.
    files = {at.addin: parts.addin, at.settings: settings(machine)}
    if at.script and not at.script.exists():
        files[at.script] = parts.script
    try:
        write_files(files, (), force=True)
    except OutputError as error:
        raise _held(at.addin, error.__cause__) or error from error
    return Installed(list(files), replaced, seen)


def uninstall(machine: Machine, parts: Shipped) -> list[Path]:
    """Remove what `install` wrote and return it; a script that is not xlwings' own stays."""
    at = places(machine, parts)
    ours = [at.addin, at.settings]
    if at.script and content(at.script) == parts.script:
        ours.append(at.script)
    removed = [path for path in ours if path.exists()]
    try:
        for path in removed:
            path.unlink()
        if machine.windows and at.settings.parent.is_dir() and not any(at.settings.parent.iterdir()):
            at.settings.parent.rmdir()
    except OSError as error:
        raise _held(at.addin, error) or OutputError(at.addin, "删不掉", "请检查文件夹权限后再试") from error
    return removed


def _held(addin: Path, cause: BaseException | None) -> OutputError | None:
    """The error to tell when `cause` is that Excel, or the system, keeps us from the add-in."""
    if not isinstance(cause, PermissionError):
        return None
    return OutputError(
        addin, "Excel 正开着它，或系统不许改", "请先退出 Excel（系统询问是否允许访问时选“允许”），再试一次"
    )
