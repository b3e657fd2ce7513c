"""Reads what may hang, crash or eat memory in a process of its own, with limits of time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping

from ..errors import InputError
from .limits import Limits, limits
from .worker import OUT_OF_MEMORY, TOO_MUCH

_KILLED, _ABORTED = -9, -6
"""How a process ends when there is no memory left: Linux kills it, compiled code gives up."""
_KEPT = ("SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
"""What of the environment the process gets: Windows starts nothing without the first."""
_ELSEWHERE = "请另存为 Word 文件（.docx）、工作簿（.xlsx）或纯文本（.txt）再导入"
_AGAIN = "请重新取得这份文件"


def run(job: str, data: bytes, source: str, allowed: Limits | None = None) -> object:
    """What `job`, one of `worker.JOBS`, makes of `data`; InputError where it refuses, fails or breaks a limit.

    `source` is what the file is called.
    """
    allowed = allowed or limits()
    # -P: what lies in the folder of the file is no module of ours.
    command = [
        sys.executable,
        "-P",
        "-m",
        f"{__package__}.worker",
        job,
        *map(str, (allowed.seconds, allowed.memory, allowed.answer)),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, by the interpreter that runs this one
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(os.environ),
            timeout=allowed.seconds,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise InputError(source, f"文件太复杂，{allowed.seconds} 秒内读不完", _ELSEWHERE) from error
    except OSError as error:
        raise InputError(source, "读这类文件要另起一个进程，系统没有允许", _ELSEWHERE) from error
    return _answer(done, source)


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in ours.items() if name.upper() in _KEPT}
    cache = {"PYTHONDONTWRITEBYTECODE": "1"} if sys.dont_write_bytecode else {}
    return {**kept, **cache, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _answer(done: subprocess.CompletedProcess[bytes], source: str) -> object:
    if done.returncode in {OUT_OF_MEMORY, _KILLED, _ABORTED}:
        raise InputError(source, "读的时候占用内存太多", _ELSEWHERE)
    if done.returncode == TOO_MUCH:
        raise InputError(source, "文件太复杂，读出来的内容太多，不像一份年报", "请检查是否选错文件")
    try:
        answer = json.loads(done.stdout) if done.returncode == 0 else {}
    except ValueError:
        answer = {}
    if "refused" in answer:
        raise InputError(source, *answer["refused"])
    if "found" not in answer:
        raise InputError(source, "文件损坏，读不下去", _AGAIN)
    return answer["found"]
