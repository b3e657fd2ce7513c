"""What building one workbook costs against openpyxl opening it: CPU time, in turn, in one run, imports left out."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

RUNS = 9
ASKED = 200
TRIAL = """
import io, time
import openpyxl
from nianbao.workbook.build import blank_workbook

start = time.process_time()
workbook = blank_workbook("2021")
built = time.process_time()
openpyxl.load_workbook(io.BytesIO(workbook))
opened = time.process_time()
blank_workbook("2021")
print(built - start, opened - built, time.process_time() - opened, len(workbook))
"""
"""A process of its own each time: the first workbook pays for reading the form, its rules and its sentences."""


def trial() -> tuple[float, ...]:
    """Seconds of CPU of the first workbook, of opening it, of the next workbook; and its bytes."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", TRIAL]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return tuple(map(float, done.stdout.split()))


def main() -> None:
    """Print the medians and their ratio."""
    trial()
    trials = [trial() for _ in range(RUNS)]
    first, opened, following, size = (statistics.median(column) for column in zip(*trials, strict=True))
    ratio = statistics.median(each[0] / each[1] for each in trials)
    print(f"first blank workbook    {first * 1000:6.0f} ms of CPU   (asked: under {ASKED} ms)")
    print(f"the next ones           {following * 1000:6.0f} ms of CPU   (asked: under {ASKED} ms)")
    print(f"openpyxl opens it       {opened * 1000:6.0f} ms of CPU")
    print(f"ratio                   {ratio:6.2f}")
    print(f"size                    {size / 1000:6.1f} KB          (asked: under 80 KB)")


main()
