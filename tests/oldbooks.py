"""Workbooks of other template versions than today's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from hostile import parts
from nianbao.form import INTRO, SIGNATURE, CellKey, Chapter, Form
from nianbao.formfile import load_form
from nianbao.places import SheetPlace
from nianbao.printed import grid_size, printed
from nianbao.report import Report, Totals
from nianbao.totals import definitions
from nianbao.workbook.layout import refer
from nianbao.workbook.names import META, STAMP, TEMPLATE_VERSION

COVER = "封面"
OLDEST, NEWEST = "1", str(int(TEMPLATE_VERSION) + 1)
_TABLE_ROW, _TEXT_ROW = 4, 7
_AGENCY, _YEAR, _TOTALS, _SIGNED, _DATED = (SheetPlace(COVER, row, 3) for row in range(4, 9))
_CREATED = datetime(2021, 9, 26, tzinfo=UTC).replace(tzinfo=None)
_DAY = (2024, 1, 15, 9, 0, 0)


def version_one(report: Report) -> bytes:
    """`report` in a workbook of the first template.

    It has no code, no round, no filling states and no fee; its tables, its 核对数 and its cover stand elsewhere than today, as
    its cell map says.  Left out are looks and the sheets that nobody reads: 勾稽校验 and 填表说明.
    """
    target, form = BytesIO(), load_form(report.edition)
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": form.title, "subject": report.name, "created": _CREATED})
    book.set_custom_property("nianbao.edition", form.edition)
    sheets = {name: book.add_worksheet(name) for name in (COVER, *(each.sheet for each in form.chapters), META)}
    for place, entry in _cover(report):
        sheets[COVER].write(place.row - 1, place.column - 1, entry)
    places, typed = _cells(form), _typed(form)
    for chapter in form.chapters:
        _write_chapter(sheets[chapter.sheet], chapter, report, form)
    stamp = ((STAMP, OLDEST), ("edition", form.edition), ("kind", "report"))
    for row, named in enumerate((*stamp, *_named(form, places, typed))):
        sheets[META].write_row(row, 0, named)
    sheets[META].hide()
    book.close()
    return target.getvalue()


def stamped(workbook: bytes, version: str) -> bytes:
    """A built workbook that says it was made from template `version`; all stands where its own cell map says."""
    members = parts(workbook)
    book = members["xl/workbook.xml"].decode()
    number = re.findall(r'<sheet name="([^"]+)"', book).index(META) + 1
    sheet, properties = f"xl/worksheets/sheet{number}.xml", "docProps/custom.xml"
    said = f'<c r="B1" t="inlineStr"><is><t>{version}</t></is></c>'
    members[sheet] = _replaced(members[sheet], r'<c r="B1"[^>]*><v>\d+</v></c>', said)
    members[properties] = _replaced(members[properties], rf'(name="{STAMP}"><vt:lpwstr>)[^<]*', rf"\g<1>{version}")
    return packed(members)


def _replaced(member: bytes, pattern: str, by: str) -> bytes:
    changed, count = re.subn(pattern, by, member.decode())
    assert count == 1, f"{count} places for {pattern}"
    return changed.encode()


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip archive; the same members give the same bytes."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(ZipInfo(name, _DAY), content, ZIP_DEFLATED)
    return target.getvalue()


def in_gbk(members: Mapping[str, bytes]) -> bytes:
    """A zip archive as Windows writes it: names in GBK, and nothing said of that."""
    names = {name: name.encode("gbk") for name in members}
    plain = {name: f"@{number:03}".ljust(len(raw), "@") for number, (name, raw) in enumerate(names.items())}
    data = packed({plain[name]: content for name, content in members.items()})
    for name, raw in names.items():
        assert data.count(plain[name].encode()) == 2, name
        data = data.replace(plain[name].encode(), raw)
    return data


def _cover(report: Report) -> Iterator[tuple[SheetPlace, str | int]]:
    said = (report.agency, report.year or "", str(report.totals), *(report.texts.get(key, "") for key in SIGNATURE))
    heads = ("单位名称", "报告年度", "合计方式", "落款单位", "成文日期")
    for place, head, entry in zip((_AGENCY, _YEAR, _TOTALS, _SIGNED, _DATED), heads, said, strict=True):
        yield place._replace(column=2), head
        yield place, entry


def _cells(form: Form) -> dict[CellKey, SheetPlace]:
    return {
        cell.key: SheetPlace(chapter.sheet, _TABLE_ROW + cell.row, 1 + cell.column)
        for chapter in form.chapters
        if chapter.tables
        for cell in printed(chapter)
        if cell.key
    }


def _typed(form: Form) -> dict[CellKey, SheetPlace]:
    """Where 核对数 stand: beside the tables, or below those whose rows are printed side by side."""
    places = _cells(form)
    return {cell: _beside(places[cell], cell, form) for cell in definitions(form)}


def _beside(place: SheetPlace, cell: CellKey, form: Form) -> SheetPlace:
    assertion, (rows, columns) = definitions(form)[cell], grid_size(form.chapter_of[cell.table])
    if assertion.rule.for_each == "row" and assertion.table.printed == "down":
        return place._replace(column=columns + 2)
    return place._replace(row=_TABLE_ROW + rows + 1)


def _write_chapter(sheet: Worksheet, chapter: Chapter, report: Report, form: Form) -> None:
    sheet.write(0, 0, chapter.heading)
    if not chapter.tables:
        for row, line in enumerate(report.texts.get(chapter.key, "").splitlines(), start=_TEXT_ROW - 1):
            sheet.write_string(row, 0, line)
        return
    for cell in printed(chapter):
        if cell.key is None:
            sheet.write_string(_TABLE_ROW - 1 + cell.row, cell.column, cell.text)
        else:
            _write_figure(sheet, cell.key, report, form)


def _write_figure(sheet: Worksheet, key: CellKey, report: Report, form: Form) -> None:
    """A figure, or what computes it and comes to it."""
    place, value = _cells(form)[key], report.values.get(key)
    at = (place.row - 1, place.column - 1)
    if key in definitions(form):
        typed = _typed(form)[key]
        sheet.write_formula(*at, _formula(key, form), None, "" if value is None else float(value))
        if report.totals is Totals.TYPED and value is not None:
            sheet.write_number(typed.row - 1, typed.column - 1, float(value))
    elif value is not None:
        sheet.write_number(*at, float(value))


def _formula(key: CellKey, form: Form) -> str:
    places, typed = _cells(form), _typed(form)[key].a1
    addends = definitions(form)[key].cells[1:]
    refs = ",".join(refer((places[cell] for cell in addends), places[key].sheet))
    summed = f'IF(COUNT({refs})<{len(addends)},"",ROUND(SUM({refs}),6))'
    return f'=IF(\'{COVER}\'!{_TOTALS.absolute}="{Totals.TYPED}",IF({typed}="","",{typed}),{summed})'


def _named(
    form: Form, places: Mapping[CellKey, SheetPlace], typed: Mapping[CellKey, SheetPlace]
) -> Iterator[tuple[str, str]]:
    """The cell map."""
    yield from (("agency", str(_AGENCY)), ("year", str(_YEAR)), ("totals", str(_TOTALS)))
    yield from ((str(cell), str(place)) for cell, place in places.items())
    yield from ((f"typed/{cell}", str(place)) for cell, place in typed.items())
    for chapter in form.chapters:
        row = _TABLE_ROW + grid_size(chapter)[0] + 4 if chapter.tables else _TEXT_ROW
        yield f"texts/{chapter.key}", str(SheetPlace(chapter.sheet, row, 1))
    yield f"texts/{INTRO}", str(SheetPlace(form.chapters[0].sheet, 4, 1))
    yield from ((f"texts/{key}", str(at)) for key, at in zip(SIGNATURE, (_SIGNED, _DATED), strict=True))
