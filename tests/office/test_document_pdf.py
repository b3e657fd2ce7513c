"""The PDF that LibreOffice makes of our Word files: read back, and what is said where there is none."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from lo import needs_office

from builders import AGENCY, busy_report
from nianbao.document.article import compose
from nianbao.document.docx import write_docx
from nianbao.document.pdf import write_pdf
from nianbao.errors import InputError
from nianbao.importing.limits import VARIABLE
from nianbao.importing.pdf import read_pdf
from nianbao.report import PARTICULARS
from nianbao.workbook.contents import carried

TEXTS = {
    "overview": "（一）主动公开。全年公开信息1,234条。\n（二）监督保障。开展培训2次。",
    "problems": "公开<b>&amp;</b>信息的形式还不够多样，{{下一步}}将加强培训。",
    "other": "没有其他需要报告的事项。",
    "signature": "示例市示例局",
    "date": "2024年1月20日",
}


@needs_office
@pytest.mark.office
def test_every_cell_and_text_comes_back(edition: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    silent = dict.fromkeys((each for each in PARTICULARS if each != "contact"), "某甲")
    report = busy_report(edition)._replace(texts=TEXTS, particulars=silent)
    made = write_pdf(write_docx(compose(carried(report))), "年报.docx")
    assert [*tmp_path.iterdir()] == []
    reading = read_pdf(made, "年报.pdf")
    assert dict(reading.report.values) == dict(report.values)
    assert (reading.report.edition, reading.report.year, reading.report.agency) == (edition, report.year, AGENCY)
    assert {key: reading.report.texts[key] for key in TEXTS} == TEXTS
    assert reading.findings == ()
    with pdfplumber.open(BytesIO(made)) as document:
        assert document.metadata["Title"] == f"{AGENCY}{report.year}年政府信息公开工作年度报告"
        assert "Author" not in document.metadata
        assert document.doc.catalog["MarkInfo"] == {"Marked": True}
        assert "某甲" not in "".join(page.extract_text() for page in document.pages)


@needs_office
@pytest.mark.office
def test_what_takes_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv(VARIABLE, "seconds=1")
    long = write_docx(compose(busy_report()._replace(texts={"overview": "甲" * 1_000_000})))
    with pytest.raises(InputError) as refused:
        write_pdf(long, "年报.docx")
    assert str(refused.value) == "年报.docx：LibreOffice 没有转成 PDF。请用 Word 或 WPS 打开 .docx 文件，另存为 PDF。"
    assert [*tmp_path.iterdir()] == []


def test_without_libreoffice_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError) as refused:
        write_pdf(b"", "年报.docx")
    assert str(refused.value) == (
        "年报.docx：本机没有 LibreOffice，不能直接生成 PDF。"
        "请用 Word 或 WPS 打开 .docx 文件，另存为 PDF；或安装 LibreOffice 后再试。"
    )
