"""Published reports go out again: workbook, then Word file, page and PDF, each read back cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from lo import convert, needs_office

from builders import shared
from nianbao.demo import data_files
from nianbao.document.article import Article, compose
from nianbao.document.docx import write_docx
from nianbao.document.html import write_html
from nianbao.document.parity import docx_differences, html_differences, unwritten
from nianbao.form import CellKey
from nianbao.importing.docx import read_docx
from nianbao.importing.files import read_bytes
from nianbao.importing.html import read_html
from nianbao.importing.pdf import read_pdf
from nianbao.report import Report
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import carried, of_reading
from nianbao.workbook.read import read_workbook

OWN = sorted(data_files())
REAL = ("pingtan_2019", "pingtan_2020", "pingtan_2021", "pingtan_2022", "suqian_2023")
"""Every report of the shared folder but the hybrid one, which prints another form."""


class Published(NamedTuple):
    """A report as its workbook holds it, its document, and that as a Word file."""

    report: Report
    article: Article
    document: bytes


def published(data: bytes, name: str) -> Published:
    (reading,) = read_bytes(data, name)
    report = carried(read_workbook(build_workbook(of_reading(reading)), "年报.xlsx").report)
    article = compose(report)
    return Published(report, article, write_docx(article))


@pytest.fixture(params=[*OWN, *REAL])
def each(request: pytest.FixtureRequest) -> Published:
    name = str(request.param)
    if name in OWN:
        return published(data_files()[name], name)
    return published((shared() / "data" / "reports" / f"{name}.json").read_bytes(), f"{name}.json")


def figures(report: Report) -> dict[CellKey, object]:
    return dict(report.values)


def test_word_files_and_pages_give_every_cell_back(each: Published) -> None:
    page = write_html(each.article)
    assert figures(read_docx(each.document, "年报.docx").report) == figures(each.report)
    assert figures(read_html(page, "年报.html").report) == figures(each.report)
    assert docx_differences(each.article, each.document, "年报.docx") == ()
    assert html_differences(each.article, page, "年报.html") == ()


def test_the_reports_of_the_demonstration_are_whole() -> None:
    told = {name: list(unwritten(published(data, name).article)) for name, data in data_files().items()}
    assert [name for name, holes in told.items() if holes] == ["宿迁市人民政府2023.json"]


@needs_office
@pytest.mark.office
def test_the_pdf_of_libreoffice_gives_every_cell_back(tmp_path: Path) -> None:
    made = dict(_all())
    files = [tmp_path / f"{number}.docx" for number in range(len(made))]
    for file, one in zip(files, made.values(), strict=True):
        file.write_bytes(one.document)
    for (name, one), pdf in zip(made.items(), convert(files, "pdf", tmp_path), strict=True):
        assert figures(read_pdf(pdf.read_bytes(), pdf.name).report) == figures(one.report), name


def _all() -> Iterator[tuple[str, Published]]:
    for name in OWN:
        yield name, published(data_files()[name], name)
    folder = Path(__file__).parents[3] / "shared" / "data" / "reports"
    for name in REAL if folder.exists() else ():
        yield name, published((folder / f"{name}.json").read_bytes(), f"{name}.json")
