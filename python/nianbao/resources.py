"""Finds the files that are shipped beside the code: ``templates/``, which an office may change, and the add-in."""

from __future__ import annotations

from pathlib import Path

from .errors import InputError

_PACKAGE = Path(__file__).parent
# The wheel carries the folders inside the package; an editable install has them in the repository.
_HOMES = (_PACKAGE, _PACKAGE.parents[1])


def template_path(name: str) -> Path:
    """Where the shipped file `name` stands, e.g. ``"narrative-2021.md.j2"``; InputError if it is missing."""
    return _find("templates", name, "模板")


def addin_path() -> Path:
    """Where the shipped Excel add-in stands; InputError if it is missing."""
    return _find("addin", "nianbao.xlam", "加载项")


def _find(folder: str, name: str, what: str) -> Path:
    for home in _HOMES:
        if (path := home / folder / name).is_file():
            return path
    raise InputError(f"{what}“{name}”", "找不到这个文件", f"请重新安装 nianbao，或把它放回 {folder} 文件夹")
