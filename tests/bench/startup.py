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


def compare(name: str, command: list[str], asked: str) -> None:
    """Print what a command and an interpreter that does nothing take, and their ratio."""
    nothing = [sys.executable, "-c", "pass"]
    cpu(command)
    pairs = [(cpu(command), cpu(nothing)) for _ in range(RUNS)]
    ours, bare = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"{name}: {ours * 1000:.0f} ms of CPU, python -c pass {bare * 1000:.0f} ms, ratio {ratio:.1f} ({asked})")


def main() -> None:
    """Compare a check, and what Excel's worksheet functions need."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "one.xlsx"
        book.write_bytes(build_workbook(Contents(published_city())))
        compare("nianbao check one.xlsx", [sys.executable, "-m", "nianbao", "check", str(book)], "asked: at most 10")
    functions = [sys.executable, "-c", "import nianbao.excel.functions"]
    compare("import nianbao.excel.functions", functions, "asked: under 300 ms")


main()
