"""`nianbao merge` and `nianbao trace`: folders, archives, decisions, what is written and what is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from builders import cell
from cities import idle, put, unit
from nianbao.city.previous import Previous, read_previous
from nianbao.commands.files import Done, Output
from nianbao.commands.gathering import Merging
from nianbao.commands.merging import merge_files
from nianbao.errors import InputError, OutputError
from nianbao.formfile import load_form
from nianbao.places import SheetPlace, sheet_place
from nianbao.workbook.adjusted import position
from nianbao.workbook.layout import lay_out
from nianbao.workbook.names import ADJUSTMENTS, DECISIONS
from shell import Shell

TODAY = date(2024, 2, 1)
FEE = cell("fees/fee/charged")
WRONG = {"requests/received/total": 99}
REPORTS, SUMMARY = Path("报送"), Path("汇总.xlsx")
LEAVE = '[[decision]]\nchoice = "不计入"\nfile = "乙局.json"\nreason = "另报"\n'


def merged(*paths: Path, force: bool = True, to: Path = SUMMARY, **wanted: Path) -> Done:
    how = Merging("示例市")._replace(**wanted)  # type: ignore[arg-type]
    return merge_files(paths or [REPORTS], how, Output(to, force), TODAY)


def summary(path: Path = SUMMARY) -> Previous:
    return read_previous(path.read_bytes(), path.name)


def files(of: Previous) -> list[str]:
    """The files that are added up."""
    return [row.file for row in of.rows if row.added]


def edited(path: Path, entries: Mapping[SheetPlace, object]) -> None:
    """Type into a summary, and save it with a program that computes nothing."""
    book = openpyxl.load_workbook(path)
    for place, entry in entries.items():
        book[place.sheet][place.a1] = entry
    book.save(path)


@pytest.fixture
def two(here: Path) -> Path:
    """A folder with the reports of two units."""
    put(REPORTS / "甲局.json", unit("甲局"))
    put(REPORTS / "乙局.json", idle("乙局"))
    return here


@pytest.mark.usefixtures("two")
def test_a_folder_becomes_a_summary(shell: Shell) -> None:
    done = shell("merge", REPORTS, "--agency", "示例市", "-o", SUMMARY)
    assert (done.code, done.err) == (0, "")
    assert "已写入 汇总.xlsx" in done.out
    assert "没有给单位名册：收到的 2 个单位各计一次" in done.out
    assert files(summary()) == ["乙局.json", "甲局.json"]


def test_files_are_named_by_where_they_lie_in_the_folder(here: Path) -> None:
    for at, name in enumerate(("甲局", "乙局", "丙局", "丁局")):
        put(here / f"{at}/年报.json", unit(name))
    with ZipFile(here / "0" / "部门.zip", "w") as package:
        package.write(here / "3/年报.json", "丁/年报.json")
    merged(Path("0"), Path("1"), Path("2/年报.json"))
    assert files(summary()) == ["年报.json", "部门.zip/丁/年报.json", "年报.json（2）", "年报.json（3）"]
    merged(Path(), to=here / "全部.xlsx")
    assert files(summary(here / "全部.xlsx"))[:2] == ["0/年报.json", "0/部门.zip/丁/年报.json"]


@pytest.mark.usefixtures("two")
def test_what_the_office_itself_put_into_the_folder_is_no_report() -> None:
    inside = REPORTS / "汇总.xlsx"
    (REPORTS / "~$甲局.xlsx").write_bytes(b"lock")
    (REPORTS / "名册.csv").write_text("单位名称,类别,计入汇总\n甲局,本级,是\n乙局,部门,是\n", "utf-8")
    (REPORTS / "decisions.toml").write_text("", "utf-8")
    own = put(REPORTS / "本级.json", unit("示例市"))
    page = REPORTS / "结果.html"
    for _ in range(2):
        done = merged(to=inside, own=own, roster=REPORTS / "名册.csv", html=page)
        assert sorted(files(summary(inside))) == ["乙局.json", "甲局.json"]
        assert len(done.checked) == 2
    again = merged(to=Path("另一份.xlsx"))
    (old,) = (each for each in again.checked if each.file == inside)
    assert old.findings[0].rule == "G09"


def test_a_folder_without_reports_and_one_with_broken_ones_are_told_apart(here: Path) -> None:
    REPORTS.mkdir()
    with pytest.raises(InputError, match="文件夹里没有工作簿或报表文件"):
        merged()
    (REPORTS / "甲局.xlsx").write_bytes(b"PK\x03\x04broken")
    (REPORTS / "乙局.xlsx").write_bytes(b"")
    with pytest.raises(InputError, match=r"乙局\.xlsx：文件是空的"):
        merged()
    assert not (here / SUMMARY).exists()


@pytest.mark.usefixtures("two")
def test_a_file_that_cannot_be_read_stops_nobody() -> None:
    (REPORTS / "丙局.xlsx").write_bytes(b"")
    done = merged()
    assert [each.findings[0].rule for each in done.checked if each.reading is None] == ["R01"]
    assert len(files(summary())) == 2


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("place", ["报送/decisions.toml", "decisions.toml", "别处.toml"])
def test_decisions_are_read_where_they_lie(place: str) -> None:
    Path(place).write_text(LEAVE, "utf-8-sig")
    for _ in range(2):
        done = merged(decisions=Path(place)) if place == "别处.toml" else merged()
        assert done.written == [SUMMARY]
        assert files(summary()) == ["甲局.json"]
        assert len(summary().decisions) == 1


@pytest.mark.usefixtures("two")
def test_decisions_that_cannot_be_read_are_refused_before_anything_is_written() -> None:
    (REPORTS / "decisions.toml").write_text("[[decision]]\nchoice = 不计入", "utf-8")
    with pytest.raises(InputError, match=r"decisions\.toml.*第 2 行"):
        merged()
    assert not SUMMARY.exists()


@pytest.mark.usefixtures("two")
def test_what_the_office_wrote_in_the_summary_stays() -> None:
    merged()
    form = load_form("2021")
    layout = lay_out(form)
    entries: dict[SheetPlace, object] = {
        sheet_place(ADJUSTMENTS, "A13"): position(FEE, form, layout),
        sheet_place(ADJUSTMENTS, "C13"): 3,
        sheet_place(ADJUSTMENTS, "D13"): "漏报",
        sheet_place(ADJUSTMENTS, "C14"): 9,
        sheet_place(DECISIONS, "A4"): "乙局.json",
        sheet_place(DECISIONS, "C4"): "不计入",
        sheet_place(DECISIONS, "E4"): "另报",
        layout.paragraphs["overview"]: "一年来，各单位……",
    }
    edited(SUMMARY, entries)
    done = merged()
    assert files(summary()) == ["甲局.json"]
    assert str(summary().reading.report.values[FEE]) == "432.1"
    assert summary().reading.report.texts["overview"] == "一年来，各单位……"
    assert "没有照办：调整数第14行“”：认不出位置。请在“调整数”里改好再汇总。" in done.told
    assert [str(each) for each in summary().said.unread] == ["调整数第14行“”：认不出位置"]
    again = merged()
    assert again.told[0] == "与上次汇总相比：没有变化。"
    assert (len(summary().decisions), len(summary().said.adjustments)) == (1, 1)


@pytest.mark.usefixtures("two")
def test_an_earlier_summary_may_be_named() -> None:
    (REPORTS / "decisions.toml").write_text(LEAVE, "utf-8")
    merged()
    (REPORTS / "decisions.toml").unlink()
    done = merged(to=Path("新.xlsx"), previous=SUMMARY, force=False)
    assert files(summary(Path("新.xlsx"))) == ["甲局.json"]
    assert done.told == ("与上次汇总相比：没有变化。",)


@pytest.mark.usefixtures("two")
def test_another_years_summary_is_not_the_one_before() -> None:
    for name in ("甲局", "乙局"):
        put(Path("去年") / f"{name}.json", unit(name)._replace(year=2022))
    merged(Path("去年"))
    with pytest.raises(InputError, match="是 2022 年度的汇总表，这次汇总的是 2023 年度"):
        merged()
    assert summary().reading.report.year == 2022


@pytest.mark.usefixtures("two")
def test_nothing_is_written_over_what_is_no_summary() -> None:
    SUMMARY.write_text("我的文件", "utf-8")
    with pytest.raises(InputError, match="要覆盖的文件不是汇总表"):
        merged()
    with pytest.raises(OutputError, match="已经存在"):
        merged(force=False)
    assert SUMMARY.read_text("utf-8") == "我的文件"


@pytest.mark.usefixtures("two")
def test_last_years_summary_says_which_units_did_not_carry_over() -> None:
    carried = {f"requests/carried_forward/{column}": 3 for column in ("company", "total")}
    put(Path("去年/甲局.json"), idle("甲局", carried)._replace(year=2022))
    merged(Path("去年"), to=Path("去年汇总.xlsx"))
    done = merged(last=Path("去年汇总.xlsx"))
    told = [each.message for each in done.findings if each.rule == "G10"]
    assert any("差在：甲局上年 3，今年填 1。" in each for each in told)
    with pytest.raises(InputError, match="2022"):
        merged(Path("去年"), to=Path("x.xlsx"), last=Path("去年汇总.xlsx"))


@pytest.mark.usefixtures("two")
def test_returns_and_the_page_tell_what_is_wrong_with_the_whole() -> None:
    put(REPORTS / "甲局.json", unit("甲局", WRONG))
    done = merged(returns=Path("退回"), html=Path("页.html"))
    assert done.told == ("退回 1 个单位，共 3 个文件，写在 退回",)
    assert {path.suffix for path in Path("退回/甲局").iterdir()} == {".xlsx", ".docx", ".txt"}
    page = Path("页.html").read_text("utf-8")
    assert "各单位填的合计之和 99" in page
    assert "没有给单位名册" in page
    assert summary().returned == {"甲局": summary().digests["甲局.json"][:12]}
    assert merged().told == ("与上次汇总相比：没有变化。",)
    assert summary().returned == {"甲局": summary().digests["甲局.json"][:12]}


@pytest.mark.usefixtures("two")
def test_what_goes_back_must_not_lie_among_what_came() -> None:
    with pytest.raises(OutputError, match="退回"):
        merged(returns=REPORTS / "退回")


@pytest.mark.usefixtures("two")
def test_a_page_may_not_be_called_otherwise() -> None:
    with pytest.raises(OutputError, match="扩展名应为"):
        merged(html=Path("页.xlsx"))
    with pytest.raises(OutputError, match="扩展名应为"):
        merged(to=Path("汇总.docx"))


@pytest.mark.usefixtures("two")
def test_trace_names_units_and_files(shell: Shell) -> None:
    merged()
    place = lay_out(load_form("2021")).cells[FEE]
    done = shell("trace", SUMMARY, place)
    assert done.code == 0
    assert "  甲局　429.1　甲局.json" in done.out.splitlines()
    assert shell("trace", SUMMARY, "封面!A1").code == 2
    assert "甲局.json：不是能读的工作簿" in shell("trace", REPORTS / "甲局.json", place).err


def test_a_zip_and_its_folder_are_the_same(two: Path) -> None:
    with ZipFile(two / "报送.zip", "w") as package:
        for path in REPORTS.iterdir():
            package.write(path)
    merged()
    first = summary().reading.report.values
    merged(Path("报送.zip"), to=Path("压缩.xlsx"))
    assert summary(Path("压缩.xlsx")).reading.report.values == first
    both = merged(REPORTS, Path("报送.zip"), to=Path("两样.xlsx"))
    assert summary(Path("两样.xlsx")).reading.report.values == first
    assert sum(each.findings[0].rule == "G03" for each in both.checked if each.findings) == 2
