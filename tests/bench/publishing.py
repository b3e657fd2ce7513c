"""What writing reports costs against starting the interpreter: CPU time, in turn, in one run, the reading back included."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from nianbao.demo import published_city
from nianbao.report import Report
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents

RUNS = 7
REPORTS = 60
ASKED, ALL_ASKED = 0.6, 12
SENTENCE = (
    "本年度认真落实政府信息公开条例，主动公开与依申请公开同步推进，制度、平台和队伍都有加强，公众获取信息更加方便。"
)
HEADINGS = ("主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障")


def complete() -> Report:
    """A report of which every chapter is written, about as long as offices write them."""
    report = published_city()
    numbered = zip("一二三四五", HEADINGS, strict=True)
    texts = {
        "overview": "\n".join(f"（{numeral}）{heading}\n{SENTENCE * 3}" for numeral, heading in numbered),
        "problems": "\n".join((SENTENCE * 3, f"1.{SENTENCE}", f"2.{SENTENCE}")),
        "other": SENTENCE * 2,
    }
    return report._replace(texts={**report.texts, **texts})


def cpu(*arguments: str) -> float:
    """Seconds of CPU that the interpreter takes over `arguments`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the least that one report takes, beside an interpreter that does nothing, and what sixty take in one process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        offices, documents = folder / "offices", folder / "documents"
        offices.mkdir()
        for number in range(REPORTS):
            named = complete()._replace(agency=f"第{number + 1}局")
            (offices / f"{number:02}.xlsx").write_bytes(build_workbook(Contents(named)))
        report = ("-m", "nianbao", "report", "--force")
        one = (*report, str(offices / "00.xlsx"), "-o", str(folder / "one.docx"))
        pairs = [(cpu(*one), cpu("-c", "pass")) for _ in range(RUNS)]
        ours, bare = map(min, zip(*pairs, strict=True))
        every = min(cpu(*report, str(offices), "-o", str(documents)) for _ in range(2))
        assert len(list(documents.iterdir())) == REPORTS
    print(f"nianbao report, one     {ours:6.2f} s of CPU   (asked: under {ASKED} s)")
    print(f"python -c pass          {bare:6.3f} s of CPU   ratio {ours / bare:.1f}")
    print(
        f"nianbao report, {REPORTS}      {every:6.2f} s of CPU   (asked: under {ALL_ASKED} s), {every / REPORTS:.3f} s each"
    )


main()
