"""What kind of file something is, whatever it is called."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import (
    BOOK,
    DOCUMENT,
    EXE,
    LOCKED_BOOK,
    LOCKED_DOCUMENT,
    PDF,
    PNG,
    RAR,
    SEVEN_ZIP,
    compound,
    docx,
    odf,
    ods,
    parts,
    swapped,
    xlsx,
)
from markup import zipped
from nianbao.importing.refusals import refusal
from nianbao.importing.sniff import Kind, decoded, kind

TEXT = "某某局2023年政府信息公开工作年度报告\r\n一、总体情况\r\n共收到 3 件。\r\n"
TYPES = "[Content_Types].xml"
MAIN = b"application/vnd.openxmlformats-officedocument."
HTML = "<html><body><table><tr><td>规章</td></tr></table></body></html>"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
MHTML = "From: <Saved by Windows>\r\nSubject: =?gb2312?B?xOqxqA==?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n--x"


def named(*names: str) -> bytes:
    return zipped(dict.fromkeys(names, b"x"))


KINDS = [
    (xlsx(), Kind.XLSX),
    (
        swapped(
            xlsx(),
            TYPES,
            MAIN + b"spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
        Kind.XLSX,
    ),
    (
        swapped(
            xlsx(),
            TYPES,
            MAIN + b"spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.binary.macroEnabled.main",
        ),
        Kind.XLSB,
    ),
    (
        swapped(
            xlsx(),
            "_rels/.rels",
            b"http://schemas.openxmlformats.org/officeDocument/2006",
            b"http://purl.oclc.org/ooxml/officeDocument",
        ),
        Kind.STRICT_XLSX,
    ),
    (docx(), Kind.DOCX),
    (
        swapped(
            docx(),
            "_rels/.rels",
            b"http://schemas.openxmlformats.org/officeDocument/2006",
            b"http://purl.oclc.org/ooxml/officeDocument",
        ),
        Kind.STRICT_DOCX,
    ),
    (swapped(docx(), TYPES, b"wordprocessingml.document.main", b"presentationml.presentation.main"), Kind.SLIDES),
    (zipped({name: part for name, part in parts(docx()).items() if name != TYPES}), Kind.DOCX),
    (ods(), Kind.ODS),
    (odf("text", ""), Kind.ODT),
    (odf("presentation", ""), Kind.SLIDES),
    (odf("chart", ""), Kind.UNKNOWN),
    (named("OFD.xml", "Doc_0/Document.xml"), Kind.OFD),
    (named("word/notes.txt", "某局.docx"), Kind.ZIP),
    (docx()[:-100], Kind.DAMAGED),
    (b"PK\x05\x06" + bytes(18), Kind.ZIP),
    (compound({"Workbook": BOOK}), Kind.XLS),
    (compound({"Book": BOOK}), Kind.XLS),
    (compound({"\x05SummaryInformation": b"", "ETExtData": b"", "Workbook": BOOK}), Kind.XLS),
    (compound({"Workbook": LOCKED_BOOK}), Kind.ENCRYPTED),
    (compound({"WordDocument": DOCUMENT, "1Table": b""}), Kind.DOC),
    (compound({"WordDocument": LOCKED_DOCUMENT}), Kind.ENCRYPTED),
    (compound({"EncryptionInfo": b"", "EncryptedPackage": b""}), Kind.ENCRYPTED),
    (compound({"PowerPoint Document": b""}), Kind.SLIDES),
    (compound({"\x01CompObj": b""}), Kind.DAMAGED),
    (compound({"Workbook": BOOK})[:700], Kind.DAMAGED),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), Kind.ENCRYPTED),
    (b"\x09\x02\x06\x00\0\0\x10\0\0\0" + bytes(30), Kind.OLD_XLS),
    (PDF, Kind.PDF),
    (b"\0\0junk\xff\r\n" + PDF, Kind.PDF),
    (HTML.encode(), Kind.HTML),
    (HTML.encode("utf-16"), Kind.HTML),
    (f"\ufeff\r\n<!-- saved from url=(0021)http://x/ -->\n<!DOCTYPE HTML>{HTML}".encode("gb18030"), Kind.HTML),
    (f"{XML}<html xmlns:x='urn:schemas-microsoft-com:office:excel'>{HTML}".encode(), Kind.HTML),
    (f"<div class='main'>{HTML}".encode(), Kind.HTML),
    (MHTML.encode(), Kind.MHTML),
    (f'{XML}<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:x">'.encode(), Kind.XML_SHEET),
    (f'{XML}<?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="urn:x">'.encode(), Kind.XML_WORD),
    (f'{XML}<pkg:package xmlns:pkg="urn:x">'.encode(), Kind.XML_WORD),
    (f'{XML}<office:document xmlns:office="urn:x">'.encode(), Kind.FLAT_ODF),
    (f"{XML}<config/>".encode(), Kind.XML),
    (b"{\\rtf1\\ansi\\ansicpg936", Kind.RTF),
    (b'{"edition": "2021"}', Kind.JSON),
    (b'\xef\xbb\xbf [\n{"edition": "2021"}]', Kind.JSON),
    ("[bookmark: _Toc1]某某局".encode(), Kind.TEXT),
    ("{一}说明".encode(), Kind.TEXT),
    ("<注>本年数\t3".encode(), Kind.TEXT),
    (TEXT.encode(), Kind.TEXT),
    (TEXT.encode("utf-8-sig"), Kind.TEXT),
    (TEXT.encode("gb18030"), Kind.TEXT),
    (TEXT.encode("utf-16"), Kind.TEXT),
    (TEXT.encode("utf-16-le"), Kind.TEXT),
    (TEXT.encode("utf-16-be"), Kind.TEXT),
    ("单位,件数\n甲局,3\n".encode("gb18030"), Kind.TEXT),
    (PNG, Kind.PICTURE),
    (b"\xff\xd8\xff\xe0\0\x10JFIF\0", Kind.PICTURE),
    (b"GIF89a\x01\0", Kind.PICTURE),
    (b"II*\0\x08\0\0\0", Kind.PICTURE),
    (b"BM" + struct.pack("<IHHI", 70, 0, 0, 54) + bytes(56), Kind.PICTURE),
    (b"RIFF\x24\0\0\0WEBPVP8 \xff\0", Kind.PICTURE),
    (RAR, Kind.RAR),
    (SEVEN_ZIP, Kind.SEVEN_ZIP),
    (b"\x1f\x8b\x08\0\0\0\0\0", Kind.GZIP),
    (EXE, Kind.PROGRAM),
    (b"\x7fELF\x02\x01\x01\0", Kind.PROGRAM),
    (b"", Kind.EMPTY),
    (b"\xef\xbb\xbf\r\n \t", Kind.EMPTY),
    (bytes(1000), Kind.EMPTY),
    (bytes(range(256)) * 4, Kind.UNKNOWN),
    ("政府信息\0公开".encode(), Kind.UNKNOWN),
]


@pytest.mark.parametrize(("data", "expected"), KINDS, ids=[f"{at} {each[1]}" for at, each in enumerate(KINDS)])
def test_the_content_tells_the_kind(data: bytes, expected: Kind) -> None:
    assert kind(data) is expected


def test_every_kind_is_in_the_table_but_none_twice_by_chance() -> None:
    assert {expected for _, expected in KINDS} == set(Kind)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_reads_the_same_in_every_encoding(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding)) == TEXT


def test_what_lies_inside_an_embedded_object_does_not_count() -> None:
    assert kind(compound({"WordDocument": DOCUMENT + "Workbook".encode("utf-16-le")})) is Kind.DOC


def test_circles_in_a_compound_file_end() -> None:
    whole = bytearray(compound({"WordDocument": DOCUMENT, "1Table": b"", "2": b"", "3": b"", "4": b""}))
    whole[512 + 8 : 512 + 12] = struct.pack("<I", 1)  # the directory's second sector leads to its first
    whole[1024 + 128 + 68 : 1024 + 128 + 76] = struct.pack("<II", 1, 1)  # an entry is its own sibling
    assert kind(bytes(whole)) is Kind.DOC


@given(data=st.binary(max_size=2000), start=st.sampled_from([data[:1500] for data, _ in KINDS]))
def test_any_bytes_are_of_some_kind(data: bytes, start: bytes) -> None:
    assert kind(data) in Kind
    assert kind(start + data) in Kind


@given(data=st.data())
def test_damaged_compound_files_are_of_some_kind(data: st.DataObject) -> None:
    whole = bytearray(compound({"Workbook": BOOK, "WordDocument": DOCUMENT, "1Table": b"", "a": b"", "b": b""}))
    for at in data.draw(st.lists(st.integers(28, len(whole) - 1), max_size=20)):
        whole[at] = data.draw(st.integers(0, 255))
    assert kind(bytes(whole)) in Kind


@pytest.mark.parametrize("each", Kind)
def test_every_refusal_is_one_chinese_sentence_and_what_to_do(each: Kind) -> None:
    what, remedy = refusal(each)
    assert what != remedy
    assert not {*"。\n："} & {*(what + remedy)}
    assert remedy.startswith("请")
