"""Says what is installed, and whether the buttons would find their Python."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from .. import __version__
from .machine import Machine, Shipped, content, places
from .settings import interpreter

_AGAIN = "请运行 nianbao addin install"
# What the macros need of a Python, asked with their own switches.
_ASK = "import importlib.util as u, nianbao; assert u.find_spec('xlwings'); print(nianbao.__version__)"


class Part(NamedTuple):
    """One part of an installation as it is found, and what is wrong with it (nothing: "")."""

    what: str
    found: str
    wrong: str = ""


def status(machine: Machine, parts: Shipped) -> tuple[Part, ...]:
    """Each part of the installation, and what is wrong with it."""
    at = places(machine, parts)
    found = [_addin_part(at.addin, parts.addin), *_python_parts(at.settings, machine)]
    if at.script:
        wrong = {None: f"没有安装，{_AGAIN}", parts.script: ""}.get(
            content(at.script), "与 xlwings 自带的不同，请先把它移走"
        )
        found.append(Part("脚本", str(at.script), wrong))
    return tuple(found)


def _addin_part(path: Path, ours: bytes) -> Part:
    from hashlib import sha256

    there = content(path)
    if there is None:
        return Part("加载项", str(path), f"没有安装，{_AGAIN}")
    have, want = sha256(there).hexdigest(), sha256(ours).hexdigest()
    wrong = "" if have == want else f"不是这一版的，这一版的 SHA-256 是 {want}，{_AGAIN}"
    return Part("加载项", f"{path}（SHA-256：{have}）", wrong)


def _python_parts(settings: Path, machine: Machine) -> Sequence[Part]:
    written = content(settings)
    if written is None:
        return (Part("设置", str(settings), f"没有安装，{_AGAIN}"),)
    python = interpreter(written.decode(machine.encoding, "replace"))
    return Part("设置", str(settings)), Part("Python", python or "没有写明", _wrong_python(python))


def _wrong_python(python: str) -> str:
    if not Path(python).is_file():
        return f"没有这个程序，{_AGAIN}"
    version = _version(python)
    if not version:
        return f"里面没有 nianbao 或 xlwings，{_AGAIN}"
    return "" if version == __version__ else f"里面的 nianbao 是 {version}，这一版是 {__version__}，{_AGAIN}"


def _version(python: str) -> str:
    """The version of nianbao that `python` has; empty if it has none, lacks xlwings, or does not start."""
    import subprocess

    try:
        ran = subprocess.run(  # noqa: S603 - the program that the person's own settings name
            [python, "-B", "-P", "-c", _ASK], capture_output=True, text=True, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return ran.stdout.strip()
