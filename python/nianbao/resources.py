"""Finds the files an office may open or replace: those of ``templates/``."""

from __future__ import annotations

from pathlib import Path

from .errors import InputError

_PACKAGE = Path(__file__).parent
# The wheel carries the folder inside the package; an editable install has it in the repository.
_FOLDERS = (_PACKAGE / "templates", _PACKAGE.parents[1] / "templates")


def template_path(name: str) -> Path:
    """Where the shipped file `name` stands, e.g. ``"narrative-2021.md.j2"``; InputError if it is missing."""
    for folder in _FOLDERS:
        if (path := folder / name).is_file():
            return path
    raise InputError(f"模板“{name}”", "找不到这个文件", "请重新安装 nianbao，或把它放回 templates 文件夹")
