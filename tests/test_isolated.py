"""What may hang, crash or eat memory does so in a process of its own."""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

import pytest

from hostile import xls
from nianbao.errors import InputError
from nianbao.importing.assemble import Part
from nianbao.importing.grid import Cell
from nianbao.importing.isolated import run
from nianbao.importing.limits import Limits
from nianbao.importing.parcel import packed, unpacked
from nianbao.places import LinePlace, PagePlace, ParagraphPlace, SheetPlace, TablePlace
from pdfs import Text, pdf

MEGABYTE = 1024 * 1024
PLAIN = pdf([[Text(60, 200, "工作报告")]])
PARTS: list[Part] = [
    Cell("一、总体情况", PagePlace(1, 2)),
    ((Cell("规章", TablePlace(1, 2, 3, 4)), Cell("")), (Cell("0", SheetPlace("表", 1, 2)),)),
    Cell("", ParagraphPlace(3)),
    Cell("无", LinePlace(4)),
    (),
]


def object_(number: int, text: str, stream: bytes = b"") -> bytes:
    """An object of a PDF; a reader finds it without a table of contents, too."""
    body = b"\nstream\n" + stream + b"\nendstream" if stream else b""
    return f"{number} 0 obj\n{text.replace('LENGTH', str(len(stream)))}".encode() + body + b"\nendobj\n"


def hostile(*objects: bytes) -> bytes:
    """A PDF of one page that draws object 4."""
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>"
    head = [
        object_(1, "<</Type/Catalog/Pages 2 0 R>>"),
        object_(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>"),
        object_(3, page),
    ]
    return b"%PDF-1.4\n" + b"".join([*head, *objects]) + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


def laughs() -> bytes:
    """Drawings that draw one another, ten times each."""
    levels = [
        object_(
            number,
            f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {number + 1} 0 R>>>>/Length LENGTH>>",
            b"/X Do " * 10,
        )
        for number in range(5, 14)
    ]
    return hostile(object_(4, "<</Length LENGTH>>", b"/X Do"), *levels)


def bomb() -> bytes:
    """A page of 400 MB in 400 KB."""
    packer = zlib.compressobj()
    blanks = b" " * MEGABYTE
    stream = b"".join([*(packer.compress(blanks) for _ in range(400)), packer.flush()])
    return hostile(object_(4, "<</Filter/FlateDecode/Length LENGTH>>", stream))


def refused(data: bytes, allowed: Limits | None = None, job: str = "pdf") -> str:
    with pytest.raises(InputError) as error:
        run(job, data, "甲.pdf", allowed)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_the_answer_comes_back() -> None:
    assert run("pdf", PLAIN, "甲.pdf") == [[["工作报告", "PagePlace", 1, 1]], []]


def test_parts_are_unpacked_as_they_were_packed() -> None:
    assert unpacked(packed(PARTS)) == PARTS


def test_the_cells_of_an_xls_file_are_counted() -> None:
    assert run("xls", xls(20, 5), "甲.xls") == 21 * 6


@pytest.mark.skipif(sys.platform != "linux", reason="the system limits no memory")
def test_an_xls_file_that_takes_too_much_memory_is_given_up() -> None:
    assert refused(xls(65535, 255), Limits(memory=300 * MEGABYTE), "xls").startswith("甲.pdf：读的时候占用内存太多。")


def test_what_takes_too_long_is_given_up() -> None:
    assert refused(laughs(), Limits(seconds=2)).startswith("甲.pdf：文件太复杂，2 秒内读不完。")


@pytest.mark.skipif(sys.platform != "linux", reason="the system limits no memory")
def test_what_takes_too_much_memory_is_given_up() -> None:
    assert refused(bomb(), Limits(memory=300 * MEGABYTE)).startswith("甲.pdf：读的时候占用内存太多。")


def test_an_answer_that_is_too_long_is_refused() -> None:
    assert "读出来的内容太多" in refused(PLAIN, Limits(answer=20))


def test_a_refusal_keeps_its_reason() -> None:
    assert refused(pdf([[Text(60, 200, "锁")]], locked=True)) == "甲.pdf：文件加了打开密码。请去掉密码后另存。"


@pytest.mark.parametrize("job", ["pdf", "no such job"])
def test_a_failure_says_nothing_but_that(job: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert refused(b"%PDF-1.4 no more", job=job) == "甲.pdf：文件损坏，读不下去。请重新取得这份文件。"
    assert capfd.readouterr() == ("", "")


def test_the_folder_where_it_happens_plays_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trap = tmp_path / "pdfplumber.py"
    trap.write_text("raise SystemExit('trapped')")
    monkeypatch.chdir(tmp_path)
    assert run("pdf", PLAIN, "甲.pdf")
    assert list(tmp_path.iterdir()) == [trap]
