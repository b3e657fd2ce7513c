"""Files that nobody should send, through the door that every command uses, each with what must be said of it.

Whatever the file: exit 2, or it is read; one Chinese line; no traceback; nothing written, nobody called, nothing left.
"""

from __future__ import annotations

import random
import socket
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from hostile import (
    BOOK,
    DAMAGED,
    EXE,
    LAUGHS,
    LOCKED_BOOK,
    LOCKED_DOCUMENT,
    LOCKED_PDF,
    MEGABYTE,
    PDF,
    PNG,
    RAR,
    SEVEN_ZIP,
    SWOLLEN,
    bombed,
    compound,
    declared,
    docx,
    locked,
    named_in_gbk,
    odf,
    ods,
    overlapping,
    parts,
    spreadsheet,
    squeezed,
    swapped,
    xls,
    xlsx,
)
from markup import zipped
from nianbao.demo import data_files
from nianbao.errors import InputError, NianbaoError
from nianbao.importing.files import read_bytes, read_file
from shell import Shell

READ = ""
NO_TABLES, LARGE = "没有找到法定表格|看不出用的是哪个版式", "范围太大"
DOCUMENT_XML, WORD_TEXT = "word/document.xml", b'<w:t xml:space="preserve">'
PASSWD = b'<!DOCTYPE x [<!ENTITY k SYSTEM "file:///etc/passwd">]>'
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
MERGES = "".join(f'<mergeCell ref="A{2 * at + 1}:B{2 * at + 2}"/>' for at in range(100_000))
SECTIONS = "".join(f'<text:section text:name="{at * 7919 % 99991}">' for at in range(100_000))
TEXT = data_files()["丽水市科学技术局2020.txt"].decode()
JSON = data_files()["宿迁市人民政府2023.json"]


def odt(body: str = "<text:p>x</text:p>") -> bytes:
    return odf("text", f"<office:text>{body}</office:text>")


def with_macros(data: bytes) -> bytes:
    kinds = (
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return zipped(
        {**parts(swapped(data, "[Content_Types].xml", *kinds)), "xl/vbaProject.bin": compound({"VBA": b"Auto_Open"})}
    )


def page(body: str) -> bytes:
    return f"<html><body>{body}</body></html>".encode()


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    # what it is called: how it is made, what must be said of it
    "平炸弹.docx": (lambda: bombed(docx(), 300), SWOLLEN),
    "谎报大小.docx": (lambda: bombed(docx(), 300, 1000), SWOLLEN),
    "谎报大小.xlsx": (lambda: bombed(xlsx(), 300, 1000), SWOLLEN),
    "压缩比.xlsx": (lambda: bombed(xlsx(), 20), SWOLLEN),
    "套层.docx": (
        lambda: zipped({"a.zip": bombed(docx(), 300)}),
        "是 ZIP 压缩包，不是办公文件，里面有“a.zip”等 1 个文件",
    ),
    "各局.docx": (lambda: named_in_gbk("各局/甲局.xlsx", xlsx()), "里面有“各局/甲局.xlsx”等 1 个文件"),
    "重叠.docx": (lambda: overlapping(docx()), DAMAGED),
    "太多.xlsx": (lambda: zipped({**parts(xlsx()), **{f"{at}.xml": b"" for at in range(6000)}}), "超过 5,000 个|损坏"),
    "少见压缩.xlsx": (lambda: squeezed(xlsx()), "压缩方法"),
    "越界名.docx": (lambda: zipped({**parts(docx()), "../../evil.txt": b"x", "/evil.txt": b"x"}), READ),
    "笑.docx": (lambda: declared(docx(), DOCUMENT_XML, WORD_TEXT, LAUGHS, b"&k;"), DAMAGED),
    "笑.xlsx": (lambda: declared(xlsx(), "xl/sharedStrings.xml", b"<t>", LAUGHS, b"&k;"), DAMAGED),
    "笑.odt": (lambda: declared(odt(), "content.xml", b"<text:p>", LAUGHS, b"&k;"), DAMAGED),
    "笑.ods": (lambda: declared(ods(), "content.xml", b"<text:p>", LAUGHS, b"&k;"), DAMAGED),
    "笑.html": (lambda: LAUGHS + page("&k;"), NO_TABLES),
    "外部实体.docx": (lambda: declared(docx(), DOCUMENT_XML, WORD_TEXT, PASSWD, b"&k;"), "损坏|文档类型声明"),
    "外部实体.xlsx": (lambda: declared(xlsx(), "xl/sharedStrings.xml", b"<t>", PASSWD, b"&k;"), DAMAGED),
    "外部实体.odt": (lambda: declared(odt(), "content.xml", b"<text:p>", PASSWD, b"&k;"), "损坏|文档类型声明"),
    "外部实体.html": (lambda: PASSWD + page("&k;"), NO_TABLES),
    "加密.xlsx": (lambda: compound({"EncryptionInfo": b"", "EncryptedPackage": b""}), "打开密码"),
    "加密.docx": (lambda: locked(docx()), "打开密码"),
    "加密.xls": (lambda: compound({"Workbook": LOCKED_BOOK}), "打开密码"),
    "加密.doc": (lambda: compound({"WordDocument": LOCKED_DOCUMENT}), "打开密码"),
    "加密.pdf": (lambda: LOCKED_PDF, "密码"),
    "坏.xls": (lambda: compound({"Workbook": BOOK}), f"{DAMAGED}|{NO_TABLES}"),
    "远.xls": (lambda: xls(5999, 255), LARGE),
    "最后一格.xls": (lambda: xls(65535, 255), f"内存太多|{LARGE}"),
    "近.xls": (lambda: xls(20, 5), NO_TABLES),
    "无表.xlsx": (lambda: spreadsheet("", sheets=""), "."),
    "空表.xlsx": (lambda: spreadsheet(""), "."),
    "最后一格.xlsx": (lambda: spreadsheet(ONE + ONE.replace("A1", "XFD1048576")), LARGE),
    "重复行列.ods": (
        lambda: ods('table:number-columns-repeated="16384"', 'table:number-rows-repeated="1048576"'),
        LARGE,
    ),
    "合并全表.xlsx": (lambda: spreadsheet(ONE, '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), LARGE),
    "十万合并.xlsx": (lambda: spreadsheet(ONE, f"<mergeCells>{MERGES}</mergeCells>"), "."),
    "宏.xlsm": (lambda: with_macros(xlsx()), READ),
    "深.docx": (
        lambda: swapped(docx(), DOCUMENT_XML, b"<w:body>", b"<w:body>" + b"<w:sdt>" * 100_000),
        "损坏|异常地大",
    ),
    "深.odt": (lambda: odt(SECTIONS + "</text:section>" * 100_000), "损坏|太深|异常地大"),
    "深.html": (lambda: page("<div>" * 100_000 + "政府信息公开"), NO_TABLES),
    "深表.html": (lambda: page("<table><tr><td>" * 100_000), NO_TABLES),
    "深.json": (lambda: b'{"a":' * 100_000, "JSON"),
    "深方括号.json": (lambda: b"[" * 100_000, f"JSON|{NO_TABLES}"),
    "一行.txt": (lambda: b"1" * 50 * MEGABYTE, "文字太多"),
    "一行.html": (lambda: page("1" * 50 * MEGABYTE), f"文字太多|{NO_TABLES}"),
    "零字节.txt": ("政府信息\0公开".encode, "不是能识别的文件"),
    "全零.docx": (lambda: bytes(5000), "文件是空的"),
    "无标记.txt": (lambda: TEXT.encode("utf-16-le"), READ),
    "图片.xlsx": (lambda: PNG, "是图片"),
    "程序.docx": (lambda: EXE, "是可执行程序"),
    "网页改名.xls": (lambda: page("<table><tr><td>规章"), NO_TABLES),
    "文本改名.xls": (lambda: "单位,件数\n甲局,3\n".encode("gb18030"), "."),
    "包.rar": (lambda: RAR, "是 RAR 压缩包"),
    "包.7z": (lambda: SEVEN_ZIP, "是 7z 压缩包"),
    "空.pdf": (lambda: PDF, "."),
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty current folder; temporary files lie in a folder that must be empty in the end."""
    temporary = tmp_path / "temporary"
    here = tmp_path / "here"
    temporary.mkdir()
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    yield here
    assert [*temporary.iterdir()] == []


def holds(shell: Shell, file: Path, said: str) -> None:
    """What must hold of every file."""
    before = {*file.parent.iterdir()}
    ran = shell("import", file.name, "--json")
    assert "Traceback" not in ran.err
    assert "root:" not in ran.out + ran.err
    assert {*file.parent.iterdir()} == before
    if said == READ:
        assert (ran.code in {0, 1}, ran.err) == (True, "")
        return
    assert ran.code in {1, 2}
    assert ran.err.count("\n") == 1
    with pytest.raises(InputError, match=said) as refused:
        read_bytes(file.read_bytes(), file.name)
    assert str(refused.value).startswith(f"{file.name}：")


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_in_one_line_or_read(shell: Shell, here: Path, name: str) -> None:
    make, said = FILES[name]
    (here / name).write_bytes(make())
    holds(shell, here / name, said)


@pytest.mark.parametrize("make", [docx, xlsx, lambda: JSON, lambda: PDF], ids=["docx", "xlsx", "json", "pdf"])
def test_a_file_cut_anywhere_is_refused(make: Callable[[], bytes]) -> None:
    whole = make()
    for tenth in range(10):
        with pytest.raises(InputError):
            read_bytes(whole[: len(whole) * tenth // 10 + 1], "x")


def test_what_is_no_file_is_told(shell: Shell, here: Path) -> None:
    (here / "环.docx").symlink_to(here / "环.docx")
    (here / "夹.docx").mkdir()
    with (here / "大.docx").open("wb") as file:
        file.truncate(65 * MEGABYTE)
    for name, said in {"环.docx": "", "夹.docx": "", "大.docx": "超过 64 MB", "无.docx": "找不到"}.items():
        ran = shell("fill", name, "-o", "出.xlsx")
        assert ran.code == 2
        assert ran.err.count("\n") == 1
        assert said in ran.err
    assert {path.name for path in here.iterdir()} == {"环.docx", "夹.docx", "大.docx"}


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no such thing")
def test_what_has_no_end_is_too_large() -> None:
    with pytest.raises(InputError, match=r"^zero：文件超过 64 MB，不像一份年报。"):
        read_file(Path("/dev/zero"))


def calling(url: str) -> dict[str, bytes]:
    """Files that would have `url` fetched."""
    doctype = (
        f'<!DOCTYPE x SYSTEM "{url}/x.dtd" [<!ENTITY % e SYSTEM "{url}/e"> %e; <!ENTITY k SYSTEM "{url}/k">]>'.encode()
    )
    link = f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{{}}" Target="{url}/t" TargetMode="External"/></Relationships>'
    tags = f'<link rel="stylesheet" href="{url}/s.css"><script src="{url}/s.js"></script><img src="{url}/i.png"><iframe src="{url}/f"></iframe><meta http-equiv="refresh" content="0;url={url}/r"><object data="{url}/o"></object>'
    return {
        "实体.docx": declared(docx(), DOCUMENT_XML, WORD_TEXT, doctype, b"&k;"),
        "实体.xlsx": declared(xlsx(), "xl/sharedStrings.xml", b"<t>", doctype, b"&k;"),
        "实体.odt": declared(odt(), "content.xml", b"<text:p>", doctype, b"&k;"),
        "实体.ods": declared(ods(), "content.xml", b"<text:p>", doctype, b"&k;"),
        "模板.docx": swapped(
            docx(), "word/_rels/document.xml.rels", b"</Relationships>", link.format("attachedTemplate").encode()
        ),
        "链接.xlsx": swapped(
            xlsx(), "xl/_rels/workbook.xml.rels", b"</Relationships>", link.format("externalLink").encode()
        ),
        "网页.html": doctype + page(tags),
        "动作.pdf": PDF.replace(b"/Type/Catalog", f"/Type/Catalog/OpenAction<</S/URI/URI({url}/p)>>".encode()),
    }


def test_nobody_is_called(shell: Shell, here: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)  # noqa: FBT003 - its only argument
        for name, data in calling(f"http://127.0.0.1:{server.getsockname()[1]}").items():
            (here / name).write_bytes(data)
            ran = shell("import", name, "--json")
            assert "Traceback" not in ran.err
        with pytest.raises(BlockingIOError):
            server.accept()


def mutated(data: bytes, luck: random.Random) -> bytes:
    """`data` with some of its bytes changed, lost, doubled or moved."""
    content = bytearray(data)
    for _ in range(luck.choice([1, 1, 2, 5, 20])):
        at, length = luck.randrange(len(content) + 1), luck.choice([1, 2, 8, 64, 512])
        piece = bytes(content[at : at + length])
        match luck.randrange(5):
            case 0:
                content[at : at + length] = luck.randbytes(len(piece))
            case 1:
                del content[at : at + length]
            case 2:
                content[at:at] = piece * luck.choice([1, 2, 50])
            case 3:
                content[at : at + len(piece)] = luck.choice(INTERESTING)
            case _:
                other = luck.randrange(len(content) + 1)
                content[other:other] = piece
    return bytes(content)


INTERESTING: Sequence[bytes] = (
    *(
        b"",
        b"\0",
        b"\xff\xff\xff\xff",
        b"-1",
        b"99999999999",
        b"1e999",
        b"NaN",
        b"\xd8\x00",
        b"&#0;",
        b"&lt;",
        b"<",
        b">",
    ),
    *(b'"', b"'", b"</", b"<!--", b"]]>", b"<table>", b'rowspan="65535"', b'colspan="-3"', b"\t\t\t", b"\n", b"%s{}"),
    *("（一）".encode(), "总计".encode(), "\ufeff".encode(), "\u202e".encode(), "１２".encode(), "减".encode()),
)


def mutated_parts(data: bytes, luck: random.Random) -> bytes:
    """The zip file `data`: itself mutated, or one of its members."""
    if luck.randrange(3) == 0:
        return mutated(data, luck)
    members = parts(data)
    name = luck.choice([each for each in members if each.endswith((".xml", ".rels"))])
    return zipped({**members, name: mutated(members[name], luck)}, 0)


FUZZED: dict[str, tuple[Callable[[], bytes], Callable[[bytes, random.Random], bytes], int]] = {
    "docx": (docx, mutated_parts, 250),
    "odt": (odt, mutated_parts, 250),
    "xlsx": (xlsx, mutated_parts, 250),
    "ods": (ods, mutated_parts, 250),
    "html": (lambda: page("<table><tr><td colspan=2>规章</td><td>3</td></tr></table>"), mutated, 300),
    "text": (TEXT.encode, mutated, 200),
    "gb18030": (lambda: TEXT.encode("gb18030"), mutated, 100),
    "json": (lambda: JSON, mutated, 200),
}


@pytest.mark.parametrize("name", FUZZED)
def test_no_mutation_of_a_file_makes_anything_but_a_report_or_a_sentence(name: str) -> None:
    make, change, times = FUZZED[name]
    whole = make()
    for seed in range(times):
        said = refused(change(whole, random.Random(f"{name} {seed}")), f"{seed}.{name}")
        assert said == "" or (said.startswith(f"{seed}.{name}：") and "\n" not in said)


def refused(data: bytes, source: str) -> str:
    """The sentence that `data` is refused with; nothing if it is read."""
    try:
        read_bytes(data, source)
    except NianbaoError as error:
        return str(error)
    return ""


def test_no_mutation_of_a_pdf_fails_in_a_way_of_its_own() -> None:
    """In this process: in its own, whatever goes wrong becomes a sentence."""
    from nianbao.importing.pdf import contents

    failed: set[type] = set()
    for seed in range(200):
        try:
            contents(mutated(PDF, random.Random(f"pdf {seed}")))
        except Exception as error:  # noqa: BLE001 - any of them ends only the process that reads
            failed.add(type(error))
    assert not failed & {MemoryError, RecursionError}
