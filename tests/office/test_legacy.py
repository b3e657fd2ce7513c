"""Older formats, made and read back by a real LibreOffice; and what is said where there is none."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lo import convert, needs_office

from builders import busy_report
from hostile import compound, docx, xlsx
from nianbao.errors import InputError
from nianbao.importing.files import read_sheets
from nianbao.importing.limits import VARIABLE
from nianbao.importing.office import converted
from nianbao.importing.sniff import Kind, kind

SHEET_XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="a"><Table><Row><Cell ss:Formula="=WEBSERVICE(&quot;{url}&quot;)"><Data ss:Type="String">3</Data></Cell></Row></Table></Worksheet></Workbook>"""
RTF = r"{{\rtf1{{\field{{\*\fldinst INCLUDEPICTURE {url} \\d}}}}{{\field{{\*\fldinst INCLUDETEXT {url}}}}} a}}"
WORD_XML = """<?xml version="1.0"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:v="urn:schemas-microsoft-com:vml">
<w:body><w:p><w:r><w:pict><v:shape style="width:9pt;height:9pt"><v:imagedata src="{url}"/></v:shape></w:pict><w:t>a</w:t></w:r></w:p></w:body></w:wordDocument>"""
FLAT = """<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:mimetype="application/vnd.oasis.opendocument.text" office:version="1.3">
<office:body><office:text><text:section text:name="s"><text:section-source xlink:href="{url}" xlink:type="simple"/></text:section>
<text:p>a<draw:frame><draw:image xlink:href="{url}" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p></office:text></office:body></office:document>"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of temporary files: empty in the end, as is what LibreOffice leaves beside it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert [*folder.iterdir()] == []


@needs_office
@pytest.mark.office
@pytest.mark.parametrize(
    ("to", "expected"),
    [("doc:MS Word 97", Kind.DOC), ("rtf", Kind.RTF), ("xml:MS Word 2003 XML", Kind.XML_WORD), ("fodt", Kind.FLAT_ODF)],
    ids=["doc", "rtf", "xml", "fodt"],
)
def test_older_word_files_become_docx(tmp_path: Path, temporary: Path, to: str, expected: Kind) -> None:
    (tmp_path / "a.docx").write_bytes(docx())
    convert([tmp_path / "a.docx"], to, tmp_path)
    (old,) = (tmp_path / to).iterdir()
    assert kind(old.read_bytes()) is expected
    assert kind(converted(old.read_bytes(), expected, old.name)) is Kind.DOCX
    assert temporary.is_dir()


@needs_office
@pytest.mark.office
@pytest.mark.parametrize(
    ("to", "expected"), [("xls:MS Excel 97", Kind.XLS), ("fods", Kind.FLAT_ODF)], ids=["xls", "fods"]
)
def test_older_workbooks_become_xlsx_with_every_figure(
    tmp_path: Path, temporary: Path, to: str, expected: Kind
) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx())
    convert([tmp_path / "a.xlsx"], to, tmp_path)
    (old,) = (tmp_path / to).iterdir()
    assert kind(old.read_bytes()) is expected
    made = converted(old.read_bytes(), expected, old.name)
    assert read_sheets(made, "x").report.values == busy_report().values
    assert temporary.is_dir()


@needs_office
@pytest.mark.office
@pytest.mark.parametrize("text", [SHEET_XML, RTF, WORD_XML, FLAT], ids=["xls", "rtf", "word", "flat"])
def test_a_conversion_calls_nobody(temporary: Path, text: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)  # noqa: FBT003 - its only argument
        data = text.format(url=f"http://127.0.0.1:{server.getsockname()[1]}/x.png").encode()
        assert kind(converted(data, kind(data), "x")) in {Kind.DOCX, Kind.XLSX}
        with pytest.raises(BlockingIOError):
            server.accept()
    assert temporary.is_dir()


def dead_sockets() -> set[Path]:
    """The sockets of offices that are gone: those of other tests' still answer."""
    dead = set()
    for path in Path("/tmp").glob("OSL_PIPE_*_SingleOfficeIPC_*"):
        with socket.socket(socket.AF_UNIX) as asked:
            try:
                asked.connect(str(path))
            except ConnectionRefusedError:
                dead.add(path)
            except FileNotFoundError:
                continue
    return dead


@needs_office
@pytest.mark.office
def test_what_takes_too_long_is_ended_and_leaves_nothing(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "seconds=1")
    before = dead_sockets()
    rows = r"{\trowd\cellx900 \intbl a\cell\row}" * 200_000
    with pytest.raises(
        InputError, match=r"^x：是 RTF 文件，LibreOffice 转换不成。请用 Word 或 WPS 打开后另存为 .docx。$"
    ):
        converted(rf"{{\rtf1 {rows}}}".encode(), Kind.RTF, "x")
    assert dead_sockets() <= before
    assert temporary.is_dir()


@needs_office
@pytest.mark.office
def test_a_damaged_file_is_refused(temporary: Path) -> None:
    with pytest.raises(InputError, match="转换不成"):
        converted(compound({"Workbook": bytes(100)}), Kind.XLS, "x")
    assert temporary.is_dir()


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (Kind.DOC, "是旧版 Word 文件（.doc 或 .wps），本机没有 LibreOffice。请用 Word 或 WPS 打开后另存为 .docx。"),
        (
            Kind.OLD_XLS,
            "是 Excel 95 以前的旧版文件（.xls），本机没有 LibreOffice。请用 Excel 或 WPS 打开后另存为 .xlsx。",
        ),
    ],
)
def test_without_libreoffice_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch, what: Kind, said: str) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError) as refused:
        converted(b"x", what, "旧.doc")
    assert str(refused.value) == f"旧.doc：{said}"
