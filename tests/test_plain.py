"""Workbooks of ours are read from the few sheets that matter; whatever is not plain is read whole, to the same end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from books import edited_bytes
from builders import any_report, busy_report, cell
from hostile import parts, swapped, with_part
from markup import zipped
from nianbao.errors import InputError
from nianbao.formfile import EDITIONS, load_form
from nianbao.importing.files import read_bytes, read_sheets, read_sheets_closely
from nianbao.importing.plain import sheet_members, stamp
from nianbao.importing.reduced import reduced
from nianbao.reading import Reading
from nianbao.report import Report
from nianbao.workbook.build import build_workbook
from nianbao.workbook.cellmap import sheets_read
from nianbao.workbook.contents import Contents
from nianbao.workbook.layout import AGENCY, lay_out
from nianbao.workbook.names import COVER, FINGERPRINTS, GUIDE, TEMPLATE_VERSION
from nianbao.workbook.read import read_closely, read_workbook
from nianbao.workbook.sheets import open_sheets

DATA = build_workbook(Contents(busy_report()))
BOOK, RELATIONS, PROPERTIES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "docProps/custom.xml"
COVER_XML, GUIDE_XML = (f"xl/worksheets/sheet{number}.xml" for number in (1, 11))
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
END = b"</sheetData>"


def alike(data: bytes) -> Reading:
    """What is read of `data`, by either reader, which must be what is read of the whole file."""
    (quick,), (close,) = (read_bytes(data, "x.xlsx", sheets) for sheets in (read_sheets, read_sheets_closely))
    assert quick == read_workbook(data, "x.xlsx")
    assert close == read_closely(data, "x.xlsx")
    return quick


@given(st.sampled_from(EDITIONS).flatmap(lambda edition: any_report(edition, absent=False)))
def test_a_file_of_ours_is_read_as_if_it_were_read_whole(report: Report) -> None:
    assert alike(build_workbook(Contents(report))).report == report


@pytest.mark.parametrize(
    ("path", "entry"), [("received/company", "3件"), ("received/total", 5), ("received/law_firm", "=1+1")]
)
def test_what_people_type_is_read_as_if_it_were_read_whole(path: str, entry: object) -> None:
    alike(edited_bytes(busy_report(), lay_out(load_form("2021")).cells[cell(f"requests/{path}")], entry))


def test_only_the_sheets_that_matter_are_needed() -> None:
    few = sheets_read()
    needed = sheet_members(DATA)
    gone = {member.info.filename for name, member in needed.items() if name not in few}
    assert len(gone) == 4
    maimed = zipped({name: b"" if name in gone else content for name, content in parts(DATA).items()})
    assert read_bytes(maimed, "x.xlsx")[0].report == busy_report()


def test_properties_tell_what_a_workbook_of_ours_was_made_from() -> None:
    assert stamp(DATA) == {
        "nianbao": TEMPLATE_VERSION,
        "edition": "2021",
        "kind": "report",
        "fingerprint": FINGERPRINTS["2021"],
    }
    assert stamp(zipped({PROPERTIES: "<Properties/>"})) == stamp(b"") == {}


def test_the_map_of_another_build_is_believed_as_it_stands_in_the_file() -> None:
    ours = swapped(DATA, "xl/sharedStrings.xml", f"<t>{AGENCY}</t>".encode(), f"<t>{COVER}!B1</t>".encode())
    assert read_bytes(ours, "x.xlsx")[0].report.agency == busy_report().agency
    theirs = swapped(ours, PROPERTIES, FINGERPRINTS["2021"].encode(), b"0a0a0a0a")
    assert read_bytes(theirs, "x.xlsx")[0].report.agency == load_form("2021").title


NOT_PLAIN: dict[str, Callable[[bytes], bytes]] = {
    "a comment": lambda data: swapped(data, BOOK, b"<sheets>", b"<sheets><!-- -->"),
    "a name twice": lambda data: swapped(data, BOOK, f'name="{GUIDE}"'.encode(), f'name="{COVER}"'.encode()),
    "other quotes": lambda data: swapped(data, BOOK, b'sheetId="1"', b"sheetId='1'"),
    "an attribute twice": lambda data: swapped(data, BOOK, b'r:id="rId1"', b'r:id="rId1" r:id="rId2"'),
    "another attribute": lambda data: swapped(data, BOOK, b'r:id="rId1"', b'r:id="rId1" q:id="rId2"'),
    "an entity": lambda data: swapped(data, BOOK, f'name="{GUIDE}"'.encode(), b'name="&#65;"'),
    "a number twice": lambda data: swapped(data, RELATIONS, b'Id="rId11"', b'Id="rId12"'),
    "a number nobody has": lambda data: swapped(data, BOOK, b'r:id="rId1"', b'r:id="rId99"'),
    "a target elsewhere": lambda data: swapped(
        data, RELATIONS, b"worksheets/sheet1.xml", b"../xl/worksheets/sheet1.xml"
    ),
    "twins": lambda data: with_part(data, "XL/WORKSHEETS/SHEET1.XML", lambda _: b""),
    "nothing": lambda data: zipped({**parts(data), BOOK: b""}),
}


@pytest.mark.parametrize("case", NOT_PLAIN)
def test_where_sheets_stand_is_believed_only_if_it_is_plain(case: str) -> None:
    assert set(sheet_members(DATA)) == set(open_sheets(DATA, "x").names)
    assert sheet_members(NOT_PLAIN[case](DATA)) == {}


def test_targets_may_be_absolute() -> None:
    absolute = with_part(DATA, RELATIONS, lambda xml: xml.replace(b'"worksheets/', b'"/xl/worksheets/'))
    assert sheet_members(absolute).keys() == sheet_members(DATA).keys()
    alike(absolute)


def test_a_far_cell_is_refused_where_it_would_be_read() -> None:
    unread = swapped(DATA, GUIDE_XML, END, FAR)
    assert read_bytes(unread, "x.xlsx")[0].report == busy_report()
    with pytest.raises(InputError, match="范围太大"):
        read_bytes(swapped(DATA, COVER_XML, END, FAR), "x.xlsx")


def test_a_far_cell_is_refused_as_soon_as_all_sheets_are_looked_at() -> None:
    unread = swapped(DATA, GUIDE_XML, END, FAR)
    # A row whose name is gone is looked for on all sheets.
    renamed = with_part(unread, "xl/sharedStrings.xml", lambda xml: xml.replace("自然人".encode(), "某某人".encode()))
    with pytest.raises(InputError, match="范围太大"):
        read_bytes(renamed, "x.xlsx")


def test_a_document_of_another_kind_cannot_hide_behind_a_workbook() -> None:
    rows = '<table:table-row table:number-rows-repeated="1048576">'
    bomb = f'<office:document-content>{rows}<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    hidden = zipped({**parts(DATA), "content.xml": bomb.encode(), BOOK: b"<workbook/>"})
    with pytest.raises(InputError):
        read_bytes(hidden, "x.xlsx")


def test_formulas_and_empty_rows_are_left_out_and_values_stay() -> None:
    found = sheet_members(DATA)
    small = reduced(DATA, found, sheets_read() & found.keys(), "x")
    assert small is not None
    assert len(small) < len(DATA) * 2
    assert not any(b"<f>" in content for name, content in parts(small).items() if "worksheets" in name)
    whole, some = open_sheets(DATA, "x"), open_sheets(small, "x")
    for name in sheets_read() & set(whole.names):
        rows = [list(row) for row in whole[name]]
        kept = [list(row) for row in some[name]]
        assert kept == [row[: len(kept[0])] for row in rows[: len(kept)]]
        assert not any(value for row in rows[len(kept) :] for value in row)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<sheetData>", b"<sheetData><!-- -->"),
        (b"<worksheet ", b"<x:worksheet "),
        (b"</sheetData>", b"</x:sheetData>"),
    ],
)
def test_a_sheet_that_is_not_plain_is_not_cut(old: bytes, new: bytes) -> None:
    odd = swapped(DATA, COVER_XML, old, new)
    found = sheet_members(odd)
    assert reduced(odd, found, sheets_read() & found.keys(), "x") is None
