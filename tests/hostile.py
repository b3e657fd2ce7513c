"""Files that nobody should send: bombs, traps, and what people rename."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_BZIP2, ZipFile, ZipInfo

from builders import busy_report
from markup import zipped
from nianbao.document.article import compose
from nianbao.document.docx import write_docx
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents, carried

MEGABYTE = 1024 * 1024
SWOLLEN, DAMAGED = "解压后会异常地大", "损坏"
"""What is said of a bomb, and of what is broken."""
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + bytes(100)
EXE = b"MZ\x90\0" + bytes(60) + b"!This program cannot be run in DOS mode.\r\r\n$PE\0\0" + bytes(200)
RAR = b"Rar!\x1a\x07\x01\x00" + bytes(100)
SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c\0\x04" + bytes(100)
_ODF = b"application/vnd.oasis.opendocument."
_CELL = '<table:table-cell office:value-type="float" office:value="1" {}><text:p>1</text:p></table:table-cell>'
_ODF_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def parts(data: bytes) -> dict[str, bytes]:
    """The members of a zip file."""
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def named_in_gbk(name: str, content: bytes) -> bytes:
    """A zip file as Windows writes it: the name of its member in GBK, and nothing said of that."""
    raw = name.encode("gbk")
    return zipped({"?" * len(raw): content}).replace(b"?" * len(raw), raw)


def docx() -> bytes:
    """A report as a Word file."""
    return write_docx(compose(carried(busy_report())))


def xlsx() -> bytes:
    """A report as a workbook of ours."""
    return build_workbook(Contents(busy_report()))


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The zip file `data`, a member of it changed or made."""
    members = parts(data)
    return zipped({**members, name: change(members.get(name, b""))})


def swapped(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The zip file `data`, the first `old` in a member replaced."""

    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return with_part(data, name, change)


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with `streams` of up to a sector each."""
    directory = (len(streams) + 4) // 4
    chain = [*range(2, directory + 1), _END, *[_END] * len(streams)]
    table = struct.pack("<128I", _TABLE, *chain, *[_FREE] * (127 - len(chain)))
    entries = [_entry("Root Entry", 5, child=1 if streams else _FREE)]
    for at, name in enumerate(streams, 1):
        entries.append(_entry(name, 2, right=at + 1 if at < len(streams) else _FREE, sector=directory + at))
    sectors = [table, b"".join(entries).ljust(directory * 512, b"\0")]
    return b"".join([_header(), *sectors, *(content[:512].ljust(512, b"\0") for content in streams.values())])


_TABLE, _END, _FREE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF


def _header() -> bytes:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
    return start + bytes(6) + struct.pack("<9I109I", 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0, *[_FREE] * 108)


def _entry(name: str, kind: int, *, child: int = _FREE, right: int = _FREE, sector: int = _END) -> bytes:
    coded = name.encode("utf-16-le")
    start = coded.ljust(64, b"\0") + struct.pack("<HBBIII", len(coded) + 2, kind, 1, _FREE, right, child)
    return start + bytes(36) + struct.pack("<IQ", sector, 4096 * (kind == 2))


BOOK = b"\x09\x08\x10\0\0\x06\x05\0" + bytes(12)
"""How the stream of an .xls file begins."""
_SHEET = BOOK.replace(b"\x06\x05", b"\x06\x10")
_END_OF_PART = b"\x0a\0\0\0"


def xls(row: int, column: int) -> bytes:
    """An .xls file whose only cell stands in that row and column, both from 0."""
    name = struct.pack("<HHIBBBBc", 0x85, 9, 37, 0, 0, 1, 0, b"a")
    cell = struct.pack("<HHHHHd", 0x203, 14, row, column, 0, 1.0)
    return compound({"Workbook": b"".join([BOOK, name, _END_OF_PART, _SHEET, cell, _END_OF_PART])})


LOCKED_BOOK = BOOK + b"\x2f\0\x36\0" + bytes(54)
DOCUMENT = b"\xec\xa5\xc1\0" + bytes(6) + b"\0\0" + bytes(20)
"""How the stream of a .doc file begins."""
LOCKED_DOCUMENT = DOCUMENT[:11] + b"\x01" + DOCUMENT[12:]


def odf(kind: str, body: str) -> bytes:
    """An OpenDocument file."""
    content = f'<?xml version="1.0"?><office:document-content {_ODF_SPACES}><office:body>{body}</office:body></office:document-content>'
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped(
        {"mimetype": _ODF + kind.encode(), "META-INF/manifest.xml": manifest.encode(), "content.xml": content.encode()}
    )


def ods(cell: str = "", row: str = "") -> bytes:
    """A spreadsheet with one cell, which stands as often as attributes say."""
    rows = f"<table:table-row {row}>{_CELL.format(cell)}</table:table-row>"
    return odf(
        "spreadsheet", f'<office:spreadsheet><table:table table:name="a">{rows}</table:table></office:spreadsheet>'
    )


def spreadsheet(
    rows: str, tail: str = "", sheets: str = '<sheet name="a" sheetId="1" r:id="rId1"/>', names: str = ""
) -> bytes:
    """The smallest .xlsx file with `rows` on its sheet."""
    main, relations = (
        f"http://schemas.openxmlformats.org/{path}"
        for path in ("spreadsheetml/2006/main", "officeDocument/2006/relationships")
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"{names}><sheetData>{rows}</sheetData>{tail}</worksheet>',
    }
    return zipped({name: text.encode() for name, text in texts.items()})


def zeros(megabytes: int) -> tuple[bytes, int]:
    """That many megabytes of zeros, deflated, and their check sum."""
    packer, check, block = zlib.compressobj(9, zlib.DEFLATED, -15), 0, bytes(MEGABYTE)
    packed = []
    for _ in range(megabytes):
        packed.append(packer.compress(block))
        check = zlib.crc32(block, check)
    return b"".join([*packed, packer.flush()]), check


def raw_zip(members: Iterable[tuple[str, bytes, int, int, int]], flag: int = 0) -> bytes:
    """A zip file of members whose names, deflated bytes, check sums, sizes and flags are what they are given to be."""
    body, central = b"", b""
    count = 0
    for name, packed, check, size, count_flag in members:
        about = struct.pack("<HHHHHIIIHH", 20, flag | count_flag, 8, 0, 33, check, len(packed), size, len(name), 0)
        central += b"PK\x01\x02" + b"\x14\0" + about + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name.encode()
        body += b"PK\x03\x04" + about + name.encode() + packed
        count += 1
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(central), len(body), 0)
    return body + central + end


def bombed(data: bytes, megabytes: int, said: int | None = None) -> bytes:
    """The zip file `data`, with a member of zeros more; the directory says it has `said` bytes."""
    packed, check = zeros(megabytes)
    own = [(name, *_deflated(content), 0) for name, content in parts(data).items()]
    return raw_zip([*own, ("bomb.xml", packed, check, megabytes * MEGABYTE if said is None else said, 0)])


def _deflated(content: bytes) -> tuple[bytes, int, int]:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush(), zlib.crc32(content), len(content)


def overlapping(data: bytes) -> bytes:
    """The zip file `data`, whose directory names its first member twice."""
    target = BytesIO(data)
    with ZipFile(target, "a") as package:
        first = package.infolist()[0]
        twin = ZipInfo("twin.xml")
        for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
            setattr(twin, name, getattr(first, name))
        package.filelist.append(twin)
        package.NameToInfo[twin.filename] = twin
        package.writestr("last", b"")
    return target.getvalue()


def locked(data: bytes) -> bytes:
    """The zip file `data`, whose members are said to be encrypted."""
    return raw_zip([(name, *_deflated(content), 1) for name, content in parts(data).items()])


def squeezed(data: bytes) -> bytes:
    """The zip file `data` in a method of compression that office software does not use."""
    return zipped(parts(data), ZIP_BZIP2)


LAUGHS = (
    b'<!DOCTYPE lol [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (name, b"&%c;" % (name - 1) * 10) for name in range(ord("b"), ord("l")))
    + b"]>"
)
"""Entities that grow to 20 GB; ``&k;`` is the largest."""


def declared(data: bytes, name: str, start: bytes, doctype: bytes, entity: bytes) -> bytes:
    """The zip file `data`, a member of it beginning with `doctype` and having `entity` behind the first `start`."""

    def change(content: bytes) -> bytes:
        head, _, rest = content.partition(b"?>")
        assert start in rest
        return head + b"?>" + doctype + rest.replace(start, start + entity, 1)

    return with_part(data, name, change)


PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>endobj
4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
5 0 obj<</Length 44>>stream
BT /F 12 Tf 20 100 Td (2023 report) Tj ET % -
endstream endobj
trailer<</Root 1 0 R>>
"""
LOCKED_PDF = PDF.replace(
    b"trailer<<",
    b"6 0 obj<</Filter/Standard/V 1/R 2/Length 40/P -4/O<" + b"00" * 32 + b">/U<" + b"11" * 32 + b">>>endobj\n"
    b"trailer<</Encrypt 6 0 R/ID[<00><00>]",
)


class Hostile(NamedTuple):
    """A file: what it is called, its content, and what must be said of it (nothing: it is read)."""

    name: str
    make: Callable[[], bytes]
    said: str
