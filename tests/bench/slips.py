"""Which cell is wrong: 2,000 slips of each group in published and drawn reports, what is found, and how long it takes.

python tests/bench/slips.py [COUNT]
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from nianbao.formfile import load_form
from nianbao.report import Report
from nianbao.suspects import diagnose
from slipping import GROUPS, ONE, TWO, Row, families, measured, published, trials

HEADS = ("次数", "看不出", "在候选中", "排第一", "断定", "断错")


def line(name: str, rows: Sequence[Row]) -> str:
    """One line of the table."""
    verdicts = tuple(verdict for row in rows for verdict in row.verdicts)
    whole = Row("", "", verdicts)
    shares = "".join(f"{whole.share(what):>10.2%}" for what in ("listed", "first", "named"))
    wrong = sum(verdict.misled for verdict in verdicts)
    return f"{len(verdicts):>6}{len(verdicts) - len(whole.seen):>8}{shares}{wrong:>6}  {name}"


def times(reports: Sequence[Report], group: str) -> list[float]:
    """Milliseconds that diagnosing slips of `group` takes."""
    found = []
    for kind in TWO if group == "两格" else ONE:
        for planted in trials(reports, group, kind, 20, 7):
            report, form = planted.wrong, load_form(planted.wrong.edition)
            start = time.perf_counter()
            diagnose(form, report.values, report.last, report.totals)
            found.append((time.perf_counter() - start) * 1000)
    return found


def main(count: int) -> None:
    """Print the tables."""
    for name, reports in (("公布的报告", published()), ("自拟的报告", families())):
        if not reports:
            continue
        print(f"\n{name} {len(reports)} 份\n" + "  ".join(HEADS))
        for group in GROUPS:
            rows = measured(reports, group, count)
            print(line(group, rows))
            for row in rows:
                print(line(f"    {row.kind}", [row]))
            taken = sorted(times(reports, group))
            print(f"        中位 {statistics.median(taken):.2f} 毫秒，最长 {taken[-1]:.2f} 毫秒")


main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
