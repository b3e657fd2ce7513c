"""Writes files: whole or not at all, and never over something unasked."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from .errors import OutputError


def write_files(files: Mapping[Path, bytes], inputs: Sequence[Path], *, force: bool) -> None:
    """Write every file, or none: OutputError if one exists (unless `force`), is an input, or cannot be made."""
    for path in files:
        if any(_same(path, each) for each in inputs):
            raise OutputError(path, "输出不能盖掉输入文件", "请换一个文件名")
        if path.is_dir():
            raise OutputError(path, "这是一个文件夹，不能当作输出文件", "请写出文件名")
        if path.exists() and not force:
            raise OutputError(path, "已经存在，没有覆盖", "请换一个名字，或加 --force 覆盖")
    waiting: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            waiting[path] = _beside(path, data)
        for path in files:
            waiting[path].replace(path)
    except OSError as error:
        if isinstance(error, (FileExistsError, NotADirectoryError)):
            raise OutputError(path, "路径中间有一段是文件，不是文件夹", "请换一个位置") from error
        raise OutputError(path, "写不进去", "请检查文件夹权限和磁盘空间，或关闭正打开它的程序") from error
    finally:
        for rest in waiting.values():
            rest.unlink(missing_ok=True)


def _same(path: Path, other: Path) -> bool:
    with contextlib.suppress(OSError):
        return path.samefile(other)
    return False


def _beside(path: Path, data: bytes) -> Path:
    """`data` in a file of a passing name in the folder of `path`, which is made if need be."""
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".nianbao-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).chmod(0o644)
    return Path(name)
