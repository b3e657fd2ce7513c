"""What LibreOffice makes of our Word files, read again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lo import convert, needs_office

from builders import AGENCY, any_report, busy_report
from nianbao.document.article import compose
from nianbao.document.docx import write_docx
from nianbao.formfile import EDITIONS
from nianbao.importing.docx import read_docx
from nianbao.importing.files import read_bytes
from nianbao.importing.html import read_html
from nianbao.importing.odt import read_odt
from nianbao.reading import Reading
from nianbao.report import Report
from nianbao.workbook.contents import carried
from written import full

pytestmark = [pytest.mark.office, needs_office]

READERS: dict[str, Callable[[bytes, str], Reading]] = {"odt": read_odt, "html": read_html, "docx": read_docx}
SAID = "（一）总体\n公开 <b>&amp;</b> 信息 1,234 条；“引号” 𠮷，共 5 件。"


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    """Full reports of both editions, and a few random ones."""
    drawn: list[Report] = [full(edition) for edition in EDITIONS]

    @settings(
        max_examples=4,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def draw(data: st.DataObject) -> None:
        drawn.extend(data.draw(any_report(edition, absent=False)) for edition in EDITIONS)

    draw()
    texts = {"overview": SAID, "problems": SAID, "other": SAID}
    return [report._replace(agency=AGENCY, texts=texts) for report in drawn]


@pytest.mark.parametrize("to", READERS)
def test_what_libreoffice_saves_comes_back_in_every_cell_and_text(
    to: str, reports: list[Report], tmp_path: Path
) -> None:
    files = [tmp_path / f"{number}.docx" for number in range(len(reports))]
    for file, report in zip(files, reports, strict=True):
        file.write_bytes(write_docx(compose(carried(report))))
    for report, file, converted in zip(reports, files, convert(files, to, tmp_path / "converted"), strict=True):
        ours = read_docx(file.read_bytes(), "年报")
        assert ours.report.values == report.values
        assert {key: ours.report.texts[key] for key in ("overview", "problems")} == dict.fromkeys(
            ("overview", "problems"), SAID
        )
        reading = READERS[to](converted.read_bytes(), "年报")
        assert reading.report == ours.report
        assert (reading.findings, reading.places) == (ours.findings, ours.places)


def test_plain_text_comes_back_in_every_cell(tmp_path: Path) -> None:
    reports = [busy_report(edition)._replace(texts={"overview": "一段。", "other": "二段。"}) for edition in EDITIONS]
    files = [tmp_path / f"{report.edition}.docx" for report in reports]
    for file, report in zip(files, reports, strict=True):
        file.write_bytes(write_docx(compose(carried(report))))
    for report, converted in zip(reports, convert(files, "txt", tmp_path / "converted"), strict=True):
        (reading,) = read_bytes(converted.read_bytes(), "年报.txt")
        assert reading.report.values == report.values
        assert reading.findings == ()
        assert [reading.report.texts[key] for key in ("overview", "other")] == ["一段。", "二段。"]
