"""What a merge costs against what else somebody would write: CPU time, in turn, in one run; and what it costs at size.

python merging.py                1,000 workbooks, three rounds
python merging.py --files 200    fewer
python merging.py --cores        3,000 workbooks by one process and by two: wall time
python merging.py --size         10,000 workbooks against 1,000: CPU and memory
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from nianbao.demo import published_city
from nianbao.demo.family import draw_family
from nianbao.formfile import load_form
from nianbao.report import Report
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents, carried
from nianbao.workbook.read import read_workbook

HERE = Path(__file__).parent
FAMILIES, SAMPLE, ROUNDS = 5, 50, 3
MIB = 1024
Merge = tuple[str, ...]


class Run(NamedTuple):
    """Seconds of CPU and of wall time of one process with all that it started, and the most memory, in MiB, of any."""

    cpu: float
    wall: float
    memory: float
    said: str


def run(*arguments: str, cores: int = 1) -> Run:
    """Run Python with `arguments` on so many cores."""
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", *arguments],
            stdout=said,
            env=environment,
            preexec_fn=lambda: os.sched_setaffinity(0, allowed),  # noqa: PLW1509 - no threads here
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        said.seek(0)
        text = said.read().decode()
    if process.returncode not in {0, 1}:  # 1: there are findings
        raise SystemExit(text)
    return Run(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / MIB, text)


def workbooks(folder: Path, count: int) -> None:
    """Fill `folder` with `count` different workbooks: drawn figures under names of their own."""
    base = [build_workbook(Contents(carried(each))) for each in _families()]
    names = [each.agency for each in _families()]
    for number in range(count):
        kind = number % len(base)
        renamed = _renamed(base[kind], names[kind], f"示例市第{number + 1:05}局")
        (folder / f"{number + 1:05}.xlsx").write_bytes(renamed)


def _families() -> Iterator[Report]:
    city = published_city()
    for times in range(1, FAMILIES + 1):
        more = {cell: None if value is None else value * times for cell, value in city.values.items()}
        yield from draw_family(city._replace(values=more))


def _renamed(data: bytes, old: str, new: str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in package.namelist():
            made.writestr(
                zipfile.ZipInfo(name), package.read(name).replace(old.encode(), new.encode()), zipfile.ZIP_DEFLATED
            )
    return target.getvalue()


def merged(folder: Path, output: Path, cores: int = 1) -> Run:
    """`nianbao merge`; without an earlier summary, which it would go on from."""
    output.unlink(missing_ok=True)
    return run("-m", "nianbao", "merge", str(folder), "--agency", "示例市", "-o", str(output), cores=cores)


def contestant(name: str, folder: Path, output: Path, count: int) -> tuple[float, list[float], float]:
    """Seconds of CPU for all the files, scaled up where only a sample was read; the sums of what was read; and the memory."""
    total = len(list(folder.iterdir()))
    done = run(str(HERE / "contestants.py"), name, str(folder), str(output), str(count))
    said = json.loads(done.said)
    return done.cpu + said["seconds"] * (total / count - 1), said["sums"], done.memory


def compare(folder: Path, scratch: Path, rounds: int) -> None:
    """Print what each takes, and by how much ours is better or worse."""
    count = len(list(folder.iterdir()))
    sample = min(SAMPLE, count)
    counts = {"pandas_default": sample, "openpyxl_default": sample, "expert": count, "inflating": count, "ours": count}
    times: dict[str, list[float]] = {name: [] for name in ("merge", *counts)}
    memory: dict[str, float] = {}
    for _ in range(rounds):
        done = merged(folder, scratch / "ours.xlsx")
        times["merge"].append(done.cpu)
        memory["merge"] = done.memory
        found = {}
        for name, some in counts.items():
            cpu, found[name], memory[name] = contestant(name, folder, scratch / f"{name}.xlsx", some)
            times[name].append(cpu)
        assert found["pandas_default"] == found["openpyxl_default"]
        assert found["expert"] == found["ours"] == _sums(scratch / "ours.xlsx")
    labels = {
        "merge": "nianbao merge, all checked",
        "ours": "  reading and checking of it",
        "expert": "calamine + XlsxWriter",
        "inflating": "only inflating",
        "pandas_default": f"pandas read_excel ({sample} files, scaled)",
        "openpyxl_default": f"openpyxl ({sample} files, scaled)",
    }
    print(f"{count} workbooks, one core")
    for name, label in labels.items():
        print(f"{label:40} {statistics.median(times[name]):7.1f} s of CPU {memory[name]:5.0f} MiB")
    for name, asked, ours_first in (
        ("pandas_default", "at least 10", False),
        ("openpyxl_default", "at least 20", False),
        ("expert", "at most 2", True),
        ("inflating", "", True),
    ):
        ratios = [
            (ours / other) if ours_first else other / ours
            for ours, other in zip(times["merge"], times[name], strict=True)
        ]
        what = f"ours / {name}" if ours_first else f"{name} / ours"
        print(f"{what:40} {statistics.median(ratios):7.2f}{f'   (asked: {asked})' if asked else ''}")


def _sums(summary: Path) -> list[float]:
    values = read_workbook(summary.read_bytes(), summary.name).report.values
    return [round(float(values[cell] or Decimal(0)), 6) for cell in load_form("2021").cells]


def at_size(folder: Path, small: Path, scratch: Path) -> None:
    """Print what ten times as many files take."""
    few, many = merged(small, scratch / "few.xlsx"), merged(folder, scratch / "many.xlsx")
    counts = [len(list(each.iterdir())) for each in (small, folder)]
    print(f"CPU({counts[1]}) / CPU({counts[0]})        {many.cpu / few.cpu:7.2f}   (asked: at most 11)")
    print(
        f"memory at {counts[1]}            {many.memory:7.0f} MiB (asked: under 250; at {counts[0]}: {few.memory:.0f})"
    )


def on_cores(folder: Path, scratch: Path) -> None:
    """Print what a second process saves."""
    one, two = merged(folder, scratch / "one.xlsx"), merged(folder, scratch / "two.xlsx", 2)
    assert (scratch / "one.xlsx").read_bytes() == (scratch / "two.xlsx").read_bytes()
    print(
        f"{len(list(folder.iterdir()))} workbooks, wall time of 2 processes / of 1: {two.wall / one.wall:.2f} (asked: at most 0.7)"
    )


def main() -> None:
    """Make the workbooks, and compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--cores", action="store_true")
    parser.add_argument("--size", action="store_true")
    asked = parser.parse_args()
    count = asked.files or (3_000 if asked.cores else 10_000 if asked.size else 1_000)
    with tempfile.TemporaryDirectory() as name:
        folder, small, scratch = (Path(name) / each for each in ("files", "few", "made"))
        for each in (folder, small, scratch):
            each.mkdir()
        workbooks(folder, count)
        if asked.cores:
            on_cores(folder, scratch)
        elif asked.size:
            workbooks(small, count // 10)
            at_size(folder, small, scratch)
        else:
            compare(folder, scratch, asked.rounds)


if __name__ == "__main__":
    main()
