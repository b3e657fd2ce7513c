"""What a built workbook has stored beside its formulas: to be read, or to be made wrong."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from nianbao.places import SheetPlace, sheet_place

Value = float | str
POISON = 999.0
_FORMULA = re.compile(r'(<c r="([A-Z]+\d+)"(?: s="\d+")?)( t="str")?(><f>[^<]*</f>)<v>([^<]*)</v>')


def stored(workbook: bytes) -> dict[SheetPlace, Value]:
    """What each formula comes to, as far as the file says."""
    with ZipFile(BytesIO(workbook)) as package:
        names = re.findall(r'<sheet name="([^"]+)"', package.read("xl/workbook.xml").decode())
        sheets = {name: package.read(f"xl/worksheets/sheet{n}.xml").decode() for n, name in enumerate(names, start=1)}
    found = {
        sheet_place(unescape(name), address): unescape(value) if text or not value else float(value)
        for name, sheet in sheets.items()
        for _, address, text, _, value in _FORMULA.findall(sheet)
    }
    assert len(found) == sum(sheet.count("<f>") + sheet.count("<f ") for sheet in sheets.values())
    return found


def poisoned(workbook: bytes) -> bytes:
    """`workbook` with POISON stored beside every formula."""
    target = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(target, "w", ZIP_DEFLATED) as out:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = _FORMULA.sub(rf"\1\4<v>{POISON}</v>", data.decode()).encode()
            out.writestr(name, data)
    return target.getvalue()
