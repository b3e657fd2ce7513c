"""What the workbook's own formulas say, calculated by LibreOffice, is what Python says."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from lo import NEVER, convert, needs_office

from builders import busy_report, compared
from nianbao.check import Checked
from nianbao.city.merge import merge
from nianbao.city.summary import build_summary
from nianbao.demo import published_city
from nianbao.demo.family import draw_family
from nianbao.explanations import broken_now
from nianbao.figures import read_figure
from nianbao.form import CellKey
from nianbao.formfile import load_form
from nianbao.reading import Reading
from nianbao.report import Explanation, Filling, Report, Totals, clean_part, declared
from nianbao.totals import computed
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents
from nianbao.workbook.names import CHECKS
from nianbao.workbook.read import read_workbook
from nianbao.workbook.sheets import open_sheets
from nianbao.workbook.verdicts import BROKEN, EXPLAINED, HINT, HOLDS, NO_LAST_YEAR, UNFILLED, standings

pytestmark = [needs_office, pytest.mark.office]
BOOKS = 24
TEXTS = (
    "2023年，本局受理申请3件。",
    "（一）主动公开\n公开 ABC 信息 1,234 条；\n\n隔一行 <b>&amp;</b> “引号” 𠮷",
    "=1+1\n-2\n@x {{7*7}}",
)


class Shown(NamedTuple):
    """A row of 勾稽校验: its outcome and both sides."""

    word: str
    left: Decimal | None
    right: Decimal | None


def drawn(edition: str, chance: random.Random) -> Report:
    """A report of small figures, some blank, some declared zero, some explained, in either mode of totals."""
    form = load_form(edition)
    blank = chance.choice([0, 0, 0.01, 0.05])
    values: dict[CellKey, Decimal | None] = {
        cell: None if chance.random() < blank else Decimal(chance.choice([0, 0, 0, 1, 2, 3])) for cell in form.cells
    }
    filling = {each.key: Filling.REST_ZERO for each in form.chapters if each.tables and chance.random() < 0.2}
    values = dict(declared(values, filling, form))
    mode = chance.choice(list(Totals))
    if mode is Totals.AUTOMATIC or chance.random() < 0.7:
        values |= computed(values, form)
    if mode is Totals.TYPED:
        values[chance.choice(form.cells)] = Decimal(chance.randint(0, 9))
    texts = {key: clean_part(key, chance.choice(TEXTS)) for key in form.text_keys if chance.random() < 0.5}
    last = {cell: Decimal(chance.randint(0, 3)) for cell in compared(edition) if chance.random() < 0.5}
    report = Report(edition, 2023, "示例局 A&B", values, texts, mode, filling, last=last)
    broken = sorted(broken_now(form, report))
    return report._replace(explanations=tuple(Explanation(about, "机构划转") for about in broken[:2]))


def poisoned(workbook: bytes) -> bytes:
    """`workbook` with 999 stored beside every formula."""
    source, target = ZipFile(BytesIO(workbook)), BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as out:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(?:t=\"str\")?><f>([^<]*)</f><v>[^<]*</v>", rb"><f>\1</f><v>999</v>", data)
            out.writestr(name, data)
    return target.getvalue()


def verdicts(path: Path) -> list[Shown]:
    """The rows of 勾稽校验 as they stand in a saved file."""
    rows = open_sheets(path.read_bytes(), path.name)[CHECKS][3:]
    return [
        Shown(str(row[8]), read_figure(row[5], "change").value, read_figure(row[6], "change").value) for row in rows
    ]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Report, Path]]:
    """Random workbooks of both editions with poisoned stored values, after LibreOffice recalculated and saved them."""
    folder = tmp_path_factory.mktemp("books")
    chance = random.Random(20240131)
    reports = [drawn(edition, chance) for edition in ("2019", "2021") for _ in range(BOOKS)]
    files = [folder / f"{number}.xlsx" for number in range(len(reports))]
    for report, file in zip(reports, files, strict=True):
        file.write_bytes(poisoned(build_workbook(Contents(report))))
    return list(zip(reports, convert(files, "xlsx", folder), strict=True))


def test_verdicts_are_pythons(books: list[tuple[Report, Path]]) -> None:
    seen = set()
    for report, saved in books:
        found = standings(load_form(report.edition), report)
        expected = [Shown(each.shown, each.verdict.left, each.verdict.right) for each in found]
        assert verdicts(saved) == expected
        seen |= {shown.word for shown in expected}
    assert len(books) >= 40
    assert seen == {HOLDS, BROKEN, HINT, UNFILLED, NO_LAST_YEAR, EXPLAINED}


def test_what_libreoffice_saved_reads_as_it_was(books: list[tuple[Report, Path]]) -> None:
    for report, saved in books:
        reading = read_workbook(saved.read_bytes(), saved.name)
        assert (reading.report, reading.findings) == (report, ())


def test_a_summary_recalculates_to_the_published_table(tmp_path: Path) -> None:
    published = published_city()
    units = [Checked(Path(each.agency), Reading("x", each), ()) for each in draw_family(published)]
    file = tmp_path / "summary.xlsx"
    file.write_bytes(poisoned(build_summary(merge(units, "示例市"))))
    (saved,) = convert([file], "xlsx", tmp_path)
    assert read_workbook(saved.read_bytes(), saved.name).report.values == published.values


def test_without_recalculation_the_poison_stays(tmp_path: Path) -> None:
    """The trap that the other tests would fall into: LibreOffice believes what is stored."""
    file = tmp_path / "poisoned.xlsx"
    file.write_bytes(poisoned(build_workbook(Contents(busy_report()))))
    (saved,) = convert([file], "xlsx", tmp_path, recalculate=NEVER)
    assert {verdict.left for verdict in verdicts(saved)} == {Decimal(999)}
