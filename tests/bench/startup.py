"""What checking one workbook costs against starting the interpreter: CPU time, in turn, in one run."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from nianbao.demo import published_city
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents

RUNS = 15


def cpu(command: list[str]) -> float:
    """Seconds of CPU that one run of `command` takes, children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print both medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "one.xlsx"
        book.write_bytes(build_workbook(Contents(published_city())))
        check = [sys.executable, "-m", "nianbao", "check", str(book)]
        nothing = [sys.executable, "-c", "pass"]
        cpu(check)
        pairs = [(cpu(check), cpu(nothing)) for _ in range(RUNS)]
    ours, bare = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"nianbao check one.xlsx  {ours * 1000:6.0f} ms of CPU")
    print(f"python -c pass          {bare * 1000:6.0f} ms of CPU")
    print(f"ratio                   {ratio:6.1f}   (asked: at most 10)")


main()
