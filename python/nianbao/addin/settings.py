"""The settings in which the macros find their Python: the only ones that they read outside the add-in."""

from __future__ import annotations

import shlex

from ..errors import InputError
from .machine import Machine


def settings(machine: Machine) -> bytes:
    """The settings that lead the macros to this Python, as VBA's ``Input #`` reads them; InputError if it cannot."""
    if "WindowsApps" in machine.base:
        # Windows diverts what such a Python writes below AppData to a place that Excel does not see.
        raise InputError(
            machine.python, "这是应用商店版的 Python，装不了加载项", "请改用 python.org 的 Python 或离线安装包"
        )
    if not _speakable(machine):
        where = "文件夹（不要有 % 和生僻字）" if machine.windows else "文件夹（只用英文字母、数字，不要有空格）"
        raise InputError(machine.python, "Excel 的宏读不了这个 Python 的路径", f"请把 Python 装到另一个{where}")
    key, end = ("INTERPRETER_WIN", "\r\n") if machine.windows else ("INTERPRETER_MAC", "\n")
    return f'"{key}","{machine.python}"{end}'.encode(machine.encoding)


def _speakable(machine: Machine) -> bool:
    """Whether the macros can read the interpreter's path and start what it names."""
    if not machine.windows:
        # The script of xlwings puts the path into a shell command unquoted.
        return shlex.quote(machine.python) == machine.python
    try:
        machine.python.encode(machine.encoding)
    except UnicodeEncodeError:
        return False
    return not set(machine.python) & set('%"')


def interpreter(written: str) -> str:
    """The Python that settings name."""
    for line in written.splitlines():
        name, _, value = line.partition(",")
        if name.startswith('"INTERPRETER'):
            return value.strip('"')
    return ""
