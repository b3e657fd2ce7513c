"""What comes off the printer: one page for each table, and a document that holds every figure."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lo import convert, needs_office

from builders import busy_report
from nianbao.demo import published_city
from nianbao.document.article import compose
from nianbao.document.docx import write_docx
from nianbao.figures import show
from nianbao.formfile import load_form
from nianbao.report import Report
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler (pdftotext) is not installed")
pytestmark = [needs_office, needs_poppler, pytest.mark.office]

TABLES = {"xlsx": 2, "docx": 1}
"""How often each table is printed: a workbook has its own sheet for it, and 正式报告."""


def pages(pdf: Path) -> list[str]:
    """The text of every page, without spaces."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True)
    return [re.sub(r"[ \n]", "", page) for page in done.stdout.decode().split("\f")]


def ends(report: Report) -> list[tuple[str, str]]:
    """A label at the beginning and one at the end of the tables of each chapter."""
    chapters = [chapter for chapter in load_form(report.edition).chapters if chapter.tables]
    down = [(each.tables[0].rows[0].label, each.tables[-1].rows[-1].label) for each in chapters[:2]]
    return [*down, ("未经复议直接起诉", "复议后起诉")]


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_every_table_stands_on_one_page(kind: str, tmp_path: Path) -> None:
    reports = {"2019": busy_report("2019"), "2021": published_city()}
    files = []
    for name, report in reports.items():
        files.append(tmp_path / f"{name}.{kind}")
        files[-1].write_bytes(build_workbook(Contents(report)) if kind == "xlsx" else write_docx(compose(report)))
    for report, pdf in zip(reports.values(), convert(files, "pdf", tmp_path), strict=True):
        text = pages(pdf)
        for first, last in ends(report):
            whole = [page for page in text if first in page and last in page and "相差结果" not in page]
            assert len(whole) >= TABLES[kind], (report.edition, first, last)
        figures = {show(value) for value in report.values.values() if value is not None}
        assert not [figure for figure in figures if figure not in "".join(text)]
