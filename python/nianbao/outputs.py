"""Writes files: each whole or not at all, and never over something unasked."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from .errors import OutputError

_NOT_IN_NAMES = {ord(each): "_" for each in '\\/:*?"<>|'} | dict.fromkeys(range(32), "_")


def write_files(files: Mapping[Path, bytes], inputs: Collection[Path], *, force: bool) -> None:
    """Write every file, or none: OutputError if one exists (unless `force`), is an input, or cannot be made.

    Only what `force` has replaced stays replaced when a later file fails.
    """
    waiting: dict[Path, Path] = {}
    made: list[Path] = []
    path = Path()
    try:
        for path in files:
            _refuse(path, inputs, force=force)
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting[path] = path.with_name(f".nianbao-{os.urandom(6).hex()}")
            waiting[path].write_bytes(data)
        for path, passing in waiting.items():
            new = not path.exists()
            passing.replace(path)
            made += [path] if new else []
    except OSError as error:
        _remove(made)
        raise _cannot_write(path, error) from error
    finally:
        _remove(waiting.values())


def file_name(text: str) -> str:
    """`text`, which may be anybody's, as the name of a file on every system."""
    return text.translate(_NOT_IN_NAMES).strip(" .")


def _refuse(path: Path, inputs: Collection[Path], *, force: bool) -> None:
    if any(_same(path, each) for each in inputs):
        raise OutputError(path, "输出不能盖掉输入文件", "请换一个文件名")
    if path.is_dir():
        raise OutputError(path, "这是一个文件夹，不能当作输出文件", "请写出文件名")
    if path.exists() and not force:
        raise OutputError(path, "已经存在，没有覆盖", "请换一个名字，或加 --force 覆盖")


def _same(path: Path, other: Path) -> bool:
    with contextlib.suppress(OSError):
        return path.samefile(other)
    return False


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _cannot_write(path: Path, error: OSError) -> OutputError:
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return OutputError(path, "路径中间有一段是文件，不是文件夹", "请换一个位置")
    if error.errno == errno.ENAMETOOLONG:
        return OutputError(path.parent, "文件名太长", "请换一个短一些的文件名")
    return OutputError(path, "写不进去", "请检查文件夹权限和磁盘空间，或关闭正打开它的程序")
