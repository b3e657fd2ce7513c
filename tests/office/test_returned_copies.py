"""A returned workbook in LibreOffice: it stays what it is in any format, and its tasks are printed whole."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pdfplumber
import pytest
from lo import convert, needs_office

from nianbao.workbook.names import TODO
from nianbao.workbook.read import read_closely
from test_returned import BROKEN, REQUESTS, back, comments, copy_of, margin, todo

pytestmark = [needs_office, pytest.mark.office]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook that went back."""
    file = tmp_path_factory.mktemp("returned") / "copy.xlsx"
    file.write_bytes(copy_of(back(BROKEN._replace(texts={"overview": "某某局今年公开了信息。"}))))
    return file


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_every_format_is_read_as_it_was(copy: Path, suffix: str, tmp_path: Path) -> None:
    (saved,) = convert([copy], suffix, tmp_path)
    reading, before = (read_closely(file.read_bytes(), file.name) for file in (saved, copy))
    assert reading.report == before.report
    assert reading.findings == before.findings == ()


def test_marks_comments_and_links_survive(copy: Path, tmp_path: Path) -> None:
    (saved,) = convert([copy], "xlsx", tmp_path)
    before, after = (openpyxl.load_workbook(BytesIO(file.read_bytes())) for file in (copy, saved))
    assert comments(after) == comments(before)
    assert margin(after, REQUESTS) == margin(before, REQUESTS)
    assert todo(after) == todo(before)
    assert [cell.hyperlink.location for (cell,) in after[TODO]["D6:D11"]] == [
        cell.hyperlink.location for (cell,) in before[TODO]["D6:D11"]
    ]


def test_the_tasks_are_printed_on_pages_as_wide_as_the_list(copy: Path, tmp_path: Path) -> None:
    (printed,) = convert([copy], "pdf", tmp_path)
    with pdfplumber.open(printed) as document:
        pages = [page for page in document.pages if "问题和改法" in page.extract_text()]
        assert len(pages) == 1
        assert pages[0].width > pages[0].height
        text = pages[0].extract_text()
        assert all(head in text for head in ("序号", "处理情况（请填写）", "①", "⑥", "截止日期：2024年1月20日"))
        (table,) = [
            page for page in document.pages if "填报单位：" in page.extract_text() and "自然人" in page.extract_text()
        ]
        assert "③④" in table.extract_text()
