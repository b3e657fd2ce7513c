"""The process that `isolated.run` starts: a job's name and limits are its arguments, a file comes in, JSON goes out."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout, suppress

from ..errors import InputError

OUT_OF_MEMORY, TOO_MUCH = 3, 4
"""What the process returns when its memory, or the room for its answer, does not suffice."""


def _pdf(data: bytes) -> object:
    from .parcel import packed
    from .pdf import contents

    found = contents(data)
    return packed(found.parts), found.pictures


def _xls(data: bytes) -> object:
    from ..workbook.sheets import open_sheets

    sheets = open_sheets(data, "")
    return sum(len(row) for name in sheets.names for row in sheets[name])


JOBS: Mapping[str, Callable[[bytes], object]] = {"pdf": _pdf, "xls": _xls}
"""What can be done to a file: each gives something that JSON can hold, or raises InputError."""


def main(arguments: Sequence[str]) -> int:
    """Does the job that `arguments` name and returns how it ended."""
    job, seconds, memory, most = arguments[0], *map(int, arguments[1:])
    _limit(seconds, memory)
    try:
        # What a library prints is no part of the answer.
        with redirect_stdout(io.StringIO()):
            answer = json.dumps(_done(job, sys.stdin.buffer.read())).encode()
    except Exception as error:
        if _lacks_memory(error):
            return OUT_OF_MEMORY
        raise
    if len(answer) > most:
        return TOO_MUCH
    sys.stdout.buffer.write(answer)
    return 0


def _done(job: str, data: bytes) -> dict[str, object]:
    try:
        return {"found": JOBS[job](data)}
    except InputError as error:
        return {"refused": [error.what, error.remedy]}


def _lacks_memory(error: BaseException | None) -> bool:
    """Whether `error` comes from a lack of memory: libraries wrap what they do not expect."""
    while error is not None:
        if any(isinstance(each, MemoryError) for each in (error, *error.args)):
            return True
        error = error.__cause__ or error.__context__
    return False


def _limit(seconds: int, memory: int) -> None:
    """Sets what limits the system offers: memory, time even if nobody waits any more, and no core file."""
    try:
        import resource
    except ImportError:
        return
    wanted = {resource.RLIMIT_AS: memory, resource.RLIMIT_CPU: seconds + 1, resource.RLIMIT_CORE: 0}
    for what, limit in wanted.items():
        # A stricter limit of the system's own stands; some systems have none to set.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (limit, limit))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
