"""What a check of one report costs after start-up: all rules, its texts, and the search for the wrong cell.

python checking.py          reports of our own, and the real ones where ../shared is there
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from nianbao.check import check
from nianbao.demo import published_city
from nianbao.form import CellKey
from nianbao.importing.files import read_file
from nianbao.reading import Reading
from nianbao.report import Report

ROUNDS = 30
ASKED = 15
"""Milliseconds."""
SHARED = Path(__file__).parents[3] / "shared" / "data"
COUNTING = "2023年，本机关主动公开政府信息{n}条，收到政府信息公开申请{n}件，办结{n}件，其中予以公开{n}件，部分公开1件。"
PLAIN = "坚持以公开为常态、不公开为例外，健全制度，明确责任，加强对各科室的指导，及时更新公开目录，开展业务培训。" * 3
"""One sentence with figures to three without, as reports have it; 1,000 characters and more in chapter one."""


def readings() -> Iterator[Reading]:
    """A sound report with long texts, the same with two wrong cells, and the real reports."""
    texts = {
        key: "\n".join(COUNTING.format(n=n) + PLAIN for n in range(1, count))
        for key, count in (("overview", 6), ("problems", 3), ("other", 2))
    }
    sound = published_city()._replace(texts=texts)
    yield Reading("本项目的数字和长文", sound)
    yield Reading("错两格", _wrong(sound))
    for path in sorted(SHARED.glob("*/*")):
        if path.suffix in {".txt", ".pdf"}:
            yield from (each._replace(source=path.name) for each in read_file(path))


def _wrong(sound: Report) -> Report:
    values = dict(sound.values)
    cells = [CellKey("requests", "outcome.granted", each) for each in ("company", "natural_person")]
    values |= {cell: (values[cell] or Decimal(0)) + 7 for cell in cells}
    return sound._replace(values=values)


def main() -> None:
    """Print the middle of some rounds for each report, in milliseconds of CPU, and the first check, which loads the rules."""
    worst = 0.0
    for reading in readings():
        times = []
        for turn in range(ROUNDS):
            # Other texts each time: what rules keep of the texts of a report is of no use for the next one.
            texts = {key: text + " " * turn for key, text in reading.report.texts.items()}
            fresh = reading._replace(report=reading.report._replace(texts=texts))
            start = time.process_time()
            check(fresh)
            times.append((time.process_time() - start) * 1000)
        middle = statistics.median(times[1:])
        worst = max(worst, middle)
        print(f"{reading.source:40} {middle:6.1f} ms（第一次 {times[0]:.0f}）")
    print(f"{'worst':40} {worst:6.1f} ms   (asked: under {ASKED})")
    sys.exit(worst >= ASKED)


if __name__ == "__main__":
    main()
