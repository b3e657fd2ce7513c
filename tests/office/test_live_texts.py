"""All that the formulas of a workbook show, calculated by LibreOffice, is what Python stored beside them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import isclose
from pathlib import Path

import pytest
from stored import Value, poisoned, stored
from uno_office import Book, Office, needs_bridge

from builders import APPLICANTS, YEARS, busy_report, changed, zero_report
from nianbao.form import CellKey, Form, this_year
from nianbao.formfile import load_form
from nianbao.places import SheetPlace
from nianbao.report import Explanation, Fee, Filling, Report, Totals, clean_part, declared
from nianbao.totals import computed
from nianbao.workbook.build import build_workbook
from nianbao.workbook.checksheet import FIRST_PROBLEM
from nianbao.workbook.contents import Contents
from nianbao.workbook.culprits import HELPERS
from nianbao.workbook.layout import lay_out
from nianbao.workbook.names import CHECKS, COVER
from nianbao.workbook.read import read_workbook
from nianbao.workbook.remarks import CHECKS_FIRST
from nianbao.workbook.verdicts import standings

pytestmark = [needs_bridge, pytest.mark.office]

DRAWN = 10
TEXTS = (
    "2023年，本局主动公开信息3条，依申请公开1件；加强信息管理、公开平台建设，开展监督检查。",
    "（一）主动公开\n公开 ABC　信息 1,234 条；\n\n隔一行 <b>&amp;</b> “引号” 𠮷",
    "=1+1\n-2\n@x {{7*7}}\n不间断\u00a0空格",
    "本年度未收取信息处理费。",
    "培训考核" * 260,
)
NOTES = (TEXTS[0], "（一）主动公开\n公开 ABC　信息 1,234 条；", TEXTS[2], TEXTS[3])
AMOUNTS = ("429.1", "75.394432", "0.000001", "0.1", "12")
FEES = (Fee(), Fee(charged=False), Fee(True, Decimal(3), Decimal("120.5")), Fee(True, Decimal(3)))  # noqa: FBT003


def drawn(edition: str, chance: random.Random) -> Report:
    """A report with something of everything: blanks, slips, declared zeros, last year's figures, texts."""
    form = load_form(edition)
    blank = chance.choice([0, 0, 0.02, 0.3])
    sparse = chance.random() < 0.3
    values: dict[CellKey, Decimal | None] = {
        cell: None if chance.random() < blank else _figure(form, cell, chance, sparse=sparse) for cell in form.cells
    }
    filling = {
        each.key: chance.choice(list(Filling)) for each in form.chapters if each.tables and chance.random() < 0.6
    }
    filling = {key: state for key, state in filling.items() if state is not Filling.OPEN}
    values = dict(declared(values, filling, form))
    totals = chance.choice(list(Totals))
    if totals is Totals.AUTOMATIC or chance.random() < 0.8:
        values |= computed(values, form)
    if totals is Totals.TYPED and chance.random() < 0.7:
        values[chance.choice(form.cells)] = Decimal(chance.randint(0, 9))
    last = {this_year(cell): Decimal(chance.randint(0, 3)) for cell in lay_out(form).last if chance.random() < 0.7}
    report = Report(
        edition,
        chance.choice([YEARS[edition], YEARS[edition], None]),
        chance.choice(["示例市示例局", "示例局 A&B", ""]),
        values,
        dict(_texts(form, chance)),
        totals,
        filling,
        {"contact": "示例局办公室"} if chance.random() < 0.5 else {},
        chance.choice(FEES) if any(each.fee for each in form.chapters) else Fee(),
        last,
    )
    return report._replace(explanations=tuple(_explanations(form, report, chance)))


def chosen(edition: str) -> list[Report]:
    """What a draw seldom comes to: nothing wrong, one wrong figure, many of them, a long text."""
    busy = busy_report(edition)
    rows = [row.key for row in load_form(edition).tables["requests"].rows[:10:2]]
    wrong = {f"requests/{row}/{column}": 44 for row, column in zip(rows, APPLICANTS, strict=False)}
    long = busy._replace(texts={"overview": TEXTS[-1]}, fee=FEES[2])
    return [busy, zero_report(edition), changed(long, {"requests/received/total": 71}), changed(busy, wrong)]


def _texts(form: Form, chance: random.Random) -> Iterator[tuple[str, str]]:
    for key in form.text_keys:
        if chance.random() < 0.7:
            yield key, clean_part(key, chance.choice(NOTES if key in lay_out(form).notes else TEXTS))


def _figure(form: Form, cell: CellKey, chance: random.Random, *, sparse: bool) -> Decimal:
    if sparse and chance.random() < 0.9:
        return Decimal(0)
    if form.kind(cell) == "amount":
        return Decimal(chance.choice(AMOUNTS))
    if chance.random() < 0.01:
        return Decimal(-4)
    return Decimal(chance.randint(-2, 2) if form.kind(cell) == "change" else chance.choice([0, 0, 1, 2, 3, 17]))


def _explanations(form: Form, report: Report, chance: random.Random) -> Iterator[Explanation]:
    """Explanations that hold, lack a reason, have lapsed."""
    broken = [standing.about for standing in standings(form, report) if standing.about]
    for about in chance.sample(broken, min(len(broken), 3)):
        yield chance.choice(
            [
                Explanation(about, "机构划转"),
                Explanation(about, "文件清理", "填报人", "2024年1月9日"),
                Explanation(about, ""),
                Explanation(f"{about}0", "后来改了数"),
            ]
        )


UNREADABLE = ("三件", "/", "=1+1", "1O", "约5", "—") * 2
"""What people write into cells of figures."""
MUST_OCCUR = (
    "齐全",
    "未填 ",
    "；提示 ",
    "；已说明 ",
    "已填齐",
    "空格按 0 计",
    "格填了数，请改正",
    "格未填",
    "✗ 总计 ",
    "✗ 17≠",
    "\n差 ",
    "已说明 ",
    "无上年数",
    "疑似只填错一格：",
    "请核对：",
    " 行 与 ",
    "已失效：数已改动",
    "请写明原因",
    "✓ 已写到",
    "○ 未见",
)
ONLY = {
    "2019": ("提示 上一年项目数量 ", "提示 对外公开总数量 "),
    "2021": ("提示 现行有效 ", "（已超过）", "本年度未收取信息处理费。", "件，共120.5元。"),
}
"""Without these among what is shown, the draw would leave texts untried."""
LINK = SheetPlace(COVER, 3, 4)
_RUNNING, _OPEN = 12, 13
"""Hidden columns of 勾稽校验: the number of each problem that is not explained yet, and these problems in a list."""


def shown(book: Book) -> dict[SheetPlace, Value]:
    """What every cell of the workbook shows that shows something."""
    return {SheetPlace(sheet, *place): value for sheet in book.sheets for place, value in book.values(sheet).items()}


def is_stored(place: SheetPlace) -> bool:
    """Whether a file has more than a blank beside the formula; only of hidden cells, and of a link, it has not."""
    hidden = place in HELPERS or (place.column in {_RUNNING, _OPEN} and place.row >= CHECKS_FIRST)
    return place != LINK and not (place.sheet == CHECKS and hidden)


def differing(
    expected: Mapping[SheetPlace, Value], found: Mapping[SheetPlace, Value]
) -> dict[str, tuple[Value, Value]]:
    """Where `found` is not as `expected`: both, by place."""
    pairs = {place: (value, found.get(place, "")) for place, value in expected.items() if is_stored(place)}
    return {str(place): pair for place, pair in pairs.items() if not _same(*pair)}


def _same(left: Value, right: Value) -> bool:
    """Equal but for what binary arithmetic adds."""
    if isinstance(left, str) or isinstance(right, str):
        return left == right
    return isclose(left, right, rel_tol=1e-12, abs_tol=1e-9)


def calculated(office: Office, workbook: bytes, folder: Path) -> dict[SheetPlace, Value]:
    """What LibreOffice shows of `workbook`, whose stored values are made wrong first."""
    path = folder / "poisoned.xlsx"
    path.write_bytes(poisoned(workbook))
    with office.opened(path) as book:
        return shown(book)


def open_list(found: Mapping[SheetPlace, Value]) -> list[Value]:
    """The problems that can be chosen on 出错说明."""
    inside = (place.sheet == CHECKS and place.column == _OPEN and place.row >= CHECKS_FIRST for place in found)
    return [found[place] for place, within in sorted(zip(found, inside, strict=True)) if within]


def test_every_formula_shows_what_python_says(edition: str, office: Office, tmp_path: Path) -> None:
    chance = random.Random(20240131)
    reports = [*(drawn(edition, chance) for _ in range(DRAWN)), *chosen(edition)]
    told = []
    for report in reports:
        workbook = build_workbook(Contents(report))
        expected, found = stored(workbook), calculated(office, workbook, tmp_path)
        assert differing(expected, found) == {}
        assert found.get(LINK, "") == (f"转到第一处问题：{expected[FIRST_PROBLEM]}" if expected[FIRST_PROBLEM] else "")
        still = [each.about for each in standings(load_form(edition), report) if each.about and not each.explained]
        assert open_list(found) == still
        told += [value for value in expected.values() if isinstance(value, str)]
    assert [words for words in MUST_OCCUR + ONLY[edition] if not any(words in text for text in told)] == []


@pytest.mark.parametrize("totals", Totals)
def test_cells_that_were_emptied_count_as_the_zeros_declared(
    edition: str, totals: Totals, office: Office, tmp_path: Path
) -> None:
    form, report = load_form(edition), busy_report(edition)
    closed = {each.key: Filling.REST_ZERO for each in form.chapters if each.tables}
    workbook = build_workbook(Contents(report._replace(totals=totals, filling=closed)))
    layout, expected = lay_out(form), stored(workbook)
    zeros = {
        cell: place for cell, place in layout.cells.items() if cell not in layout.typed and not report.values[cell]
    }
    path = tmp_path / "poisoned.xlsx"
    path.write_bytes(poisoned(workbook))
    with office.opened(path) as book:
        assert book.write(dict.fromkeys(zeros.values())) == []
        found = shown(book)
    for chapter in (each for each in form.chapters if each.tables):
        emptied = [place for cell, place in zeros.items() if form.chapter_of[cell.table] is chapter]
        states = [place for place in expected if place.sheet == chapter.sheet and expected[place] == "空格按 0 计"]
        assert [found[place] for place in states] == [f"空格按 0 计（有 {len(emptied)} 格被清空，打印前请补填 0）"]
        expected = {place: value for place, value in expected.items() if place not in {*emptied, *states}}
    assert differing(expected, found) == {}


@pytest.mark.parametrize("totals", Totals)
@pytest.mark.parametrize("filling", [Filling.OPEN, Filling.REST_ZERO])
def test_what_cannot_be_read_is_neither_a_figure_nor_zero(
    edition: str, filling: Filling, totals: Totals, office: Office, tmp_path: Path
) -> None:
    form, layout = load_form(edition), lay_out(load_form(edition))
    filled = busy_report(edition)._replace(
        totals=totals, filling={each.key: filling for each in form.chapters if each.tables}
    )
    path, chance = tmp_path / "filled.xlsx", random.Random(20240131)
    path.write_bytes(build_workbook(Contents(filled)))
    cells = chance.sample(form.cells, len(UNREADABLE))
    typed = {layout.typed.get(cell, layout.cells[cell]): words for cell, words in zip(cells, UNREADABLE, strict=True)}
    with office.opened(path) as book:
        assert book.write(typed) == []
        found = shown(book)
        read = read_workbook(book.saved(tmp_path / "saved.xlsx"), "saved.xlsx")
    assert {each.rule for each in read.findings} == {"R02", "V03"}
    expected = stored(build_workbook(Contents(read.report)))
    typed_into = {*typed, *map(layout.cells.__getitem__, cells), *layout.closed.values()}
    assert differing({place: value for place, value in expected.items() if place not in typed_into}, found) == {}
