"""The command line: what it prints, what it writes, and how it leaves."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document

import excel
from builders import busy_report, changed, compared, report, zero_report
from hostile import named_in_gbk
from nianbao.document.article import compose
from nianbao.document.docx import write_docx
from nianbao.form import CellKey
from nianbao.importing.files import read_file
from nianbao.reading import Reading
from nianbao.report import Report, Totals
from nianbao.reportjson import to_data
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents
from nianbao.workbook.layout import AGENCY, FIELDS, MODE, YEAR
from nianbao.workbook.names import RECORD
from nianbao.workbook.read import read_workbook
from nianbao.workbook.sheets import open_sheets
from shell import Shell, spawn

COMMANDS = ("template", "new", "import", "compare", "check", "fill", "merge", "report", "rules", "demo")
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def put(path: Path, filled: Report) -> Path:
    """The workbook of `filled` at `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(build_workbook(Contents(filled)))
    return path


def put_json(path: Path, filled: Report) -> Path:
    """The report JSON of `filled` at `path`."""
    path.write_text(json.dumps(to_data(Reading("x", filled)), ensure_ascii=False), "utf-8")
    return path


def test_help_is_chinese_and_has_an_example(shell: Shell) -> None:
    for words in ((), *((name,) for name in COMMANDS)):
        ran = shell(*words, "--help")
        assert ran.code == 0
        assert "用法：nianbao" in ran.out
        assert "例子:\n  nianbao" in ran.out
        assert not any(word in ran.out for word in ("Usage", "Options", "Show", "required", "OPTIONS"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["chek"], "没有“chek”这个命令。例如：nianbao --help"),
        (["check"], "缺少“文件或文件夹…”。例如：nianbao check 某某局2023.xlsx"),
        (["check", "x", "--fromat"], "没有“--fromat”这个选项。例如：nianbao check 某某局2023.xlsx"),
        (
            ["check", "x", "--format", "xml"],
            "选项“--format”的内容不对（可用 text、json、html、xlsx）。例如：nianbao check 某某局2023.xlsx",
        ),
        (
            ["new", "--year", "今年", "--agency", "x", "-o", "x"],
            "选项“--year”的内容不对（应为整数）。例如：nianbao new --year 2024",
        ),
        (["new", "--year"], "选项“--year”后面缺少内容，或多了内容。例如：nianbao new"),
        (["template"], "缺少选项“--output”。例如：nianbao template -o 模板"),
        (["import", "x"], "缺少选项“--output”。例如：nianbao import"),
        (["fill", "a", "b", "-o", "c"], "命令写得不对，或多了内容。例如：nianbao fill"),
    ],
)
def test_usage_errors_are_one_chinese_line_with_an_example(shell: Shell, words: list[str], message: str) -> None:
    ran = shell(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(message)
    assert ran.err.count("\n") == 1


def test_without_a_command_the_help_is_shown(shell: Shell) -> None:
    ran = shell()
    assert ran.code == 2
    assert "命令:" in ran.err


def test_template_writes_both_editions(shell: Shell, here: Path) -> None:
    assert shell("template", "-o", "模板").code == 0
    assert {path.name for path in (here / "模板").iterdir()} == {
        "report.docx",
        "narrative-2019.md.j2",
        "narrative-2021.md.j2",
        "年报填报模板（2019-2020年度）.xlsx",
        "年报填报模板（2021年度起适用）.xlsx",
        "单位名册.xlsx",
    }


def test_new_takes_over_last_years_figures(shell: Shell, here: Path) -> None:
    put(here / "去年.xlsx", busy_report()._replace(year=2023))
    ran = shell("new", "--year", "2024", "--agency", "示例市某局", "--last", "去年.xlsx", "-o", "今年.xlsx")
    assert (ran.code, ran.out) == (0, "已写入 今年.xlsx\n")
    new = read_workbook((here / "今年.xlsx").read_bytes(), "今年.xlsx").report
    assert (new.year, new.agency, new.edition, new.totals) == (2024, "示例市某局", "2021", Totals.AUTOMATIC)
    carried = {key.column: value for key, value in new.values.items() if key.row == "brought_forward"}
    assert list(carried.values()) == [1, 0, 0, 0, 1, 0, 2]
    assert [key for key, value in new.values.items() if value is not None and key.row != "brought_forward"] == []


@pytest.mark.parametrize(("edition", "year"), [("2019", 2019), ("2021", 2023)])
def test_new_keeps_last_years_figures_to_compare_with(shell: Shell, here: Path, edition: str, year: int) -> None:
    last = busy_report(edition)._replace(year=year)
    put(here / "去年.xlsx", last)
    assert shell("new", "--year", str(year + 1), "--agency", "局", "--last", "去年.xlsx", "-o", "今年.xlsx").code == 0
    (new,) = (reading.report for reading in read_file(here / "今年.xlsx"))
    assert (new.edition, new.last) == (edition, {key: last.values[key] for key in compared(edition)})
    put(here / "今年.xlsx", busy_report(edition)._replace(year=year + 1, last=new.last))
    told = {each["rule"] for each in checked(shell, "今年.xlsx")}
    assert told == ({"B07", "A02"} if edition == "2021" else {"B07", "A09"})


def test_new_after_the_change_of_the_form_compares_what_both_editions_have(shell: Shell, here: Path) -> None:
    put(here / "去年.xlsx", busy_report("2019")._replace(year=2020))
    assert shell("new", "--year", "2021", "--agency", "局", "--last", "去年.xlsx", "-o", "今年.xlsx").code == 0
    (new,) = (reading.report for reading in read_file(here / "今年.xlsx"))
    assert {key.row for key in new.last} == {"carried_forward"}
    assert new.values[CellKey("requests", "brought_forward", "natural_person")] == 1


def test_last_years_figures_are_compared_in_a_workbook_and_in_json(shell: Shell, here: Path) -> None:
    report = busy_report()._replace(last={CellKey("requests", "carried_forward", "company"): Decimal(4)})
    told = [checked(shell, each(here / name, report).name) for name, each in (("局.xlsx", put), ("局.json", put_json))]
    assert [[each["rule"] for each in findings] for findings in told] == [["B07"], ["B07"]]
    assert [findings[0]["cells"][0]["at"] for findings in told] == ["三、依申请公开!E8", None]
    assert told[0][0]["message"] == told[1][0]["message"]


def checked(shell: Shell, file: str) -> list[dict[str, Any]]:
    """What ``check`` finds in `file`."""
    (only,) = json.loads(shell("check", file, "--format", "json").out)["files"]
    return list(only["findings"])


def test_new_across_the_change_of_the_form(shell: Shell, here: Path) -> None:
    put(here / "2020.xlsx", busy_report("2019"))
    assert shell("new", "--year", "2021", "--agency", "x", "--last", "2020.xlsx", "-o", "2021.xlsx").code == 0
    assert shell("new", "--year", "2020", "--agency", "x", "-o", "2020b.xlsx").code == 0
    new = read_workbook((here / "2021.xlsx").read_bytes(), "x").report
    assert new.edition == "2021"
    assert new.values[CellKey("requests", "brought_forward", "total")] == 2


def test_new_within_the_2019_form_takes_over_the_items(shell: Shell, here: Path) -> None:
    put(here / "2019.xlsx", busy_report("2019")._replace(year=2019))
    assert shell("new", "--year", "2020", "--agency", "x", "--last", "2019.xlsx", "-o", "2020.xlsx").code == 0
    new = read_workbook((here / "2020.xlsx").read_bytes(), "x").report
    assert new.values[CellKey("licensing", "licence", "items_last_year")] == 118


@pytest.mark.parametrize(
    ("year", "last", "message"),
    [
        ("2018", None, "2018 年度：早于统一格式"),
        ("20233", None, "20233 年度：不像一个年份"),
        ("2025", 2023, "去年.xlsx：是 2023 年度的报告，不是 2024 年度"),
    ],
)
def test_new_refuses_wrong_years(shell: Shell, here: Path, year: str, last: int | None, message: str) -> None:
    words = ["new", "--year", year, "--agency", "x", "-o", "x.xlsx"]
    if last:
        put(here / "去年.xlsx", busy_report()._replace(year=last))
        words += ["--last", "去年.xlsx"]
    ran = shell(*words)
    assert ran.code == 2
    assert ran.err.startswith(message)
    assert not (here / "x.xlsx").exists()


def test_check_says_where_what_both_sides_and_what_to_do(shell: Shell, here: Path) -> None:
    put(here / "局.xlsx", changed(busy_report(), {"requests/outcome.granted/company": 5}))
    ran = shell("check", "局.xlsx")
    assert ran.code == 1
    assert (
        "错误 B02　三、依申请公开!D9:J9　三、依申请公开“（一）予以公开”行：「总计等于自然人与各类法人或其他组织之和」不成立"
        in ran.out
    )
    assert "总计 6，六类申请人之和 10，前者比后者少 4。请核对本行各数。" in ran.out
    assert "B03" in ran.out
    assert ran.out.splitlines()[1] == "  三、依申请公开：错误 2 处"
    assert ran.out.endswith(
        "共 1 份：错误 2 处，提醒 0 处，说明 0 处。\n核对范围：勾稽关系核对了 46 条；"
        "没有上年的数，没有与上年核对（可用 --last 指定上年年报）；没有各章文字，文字没有核对。\n"
    )


def test_check_of_a_clean_report(shell: Shell, here: Path) -> None:
    put(here / "局.xlsx", busy_report())
    ran = shell("check", "局.xlsx")
    assert ran.code == 0
    assert "没有发现问题。" in ran.out


def test_check_json_is_the_public_contract(shell: Shell, here: Path) -> None:
    put(here / "局.xlsx", changed(busy_report(), {"requests/received/natural_person": 0}))
    ran = shell("check", "局.xlsx", "--format", "json")
    data = json.loads(ran.out)
    assert ran.code == 1
    assert data["summary"] == {"files": 1, "errors": 2, "warnings": 0, "infos": 0}
    (file,) = data["files"]
    assert {key: file[key] for key in ("file", "agency", "year", "edition")} == {
        "file": "局.xlsx",
        "agency": "示例市示例局",
        "year": 2023,
        "edition": "2021",
    }
    first = file["findings"][0]
    assert (first["rule"], first["severity"], first["state"]) == ("B01", "error", "open")
    assert first["cells"][0] == {"key": "requests/received/natural_person", "at": "三、依申请公开!D7"}
    assert (first["left"], first["right"], first["difference"]) == ("2", "11", "-9")
    suspect = {
        "key": "requests/received/natural_person",
        "value": "9",
        "why": "本行（B02）与本列（B01）都不平，差额相同；表内其余勾稽关系都平",
    }
    assert first["suspects"] == [suspect]


def test_findings_as_a_web_page(shell: Shell, here: Path) -> None:
    put(here / "夹" / "甲.xlsx", changed(busy_report(), {"requests/received/natural_person": 0}))
    put(here / "夹" / "乙.xlsx", busy_report())
    ran = shell("check", "夹", "--format", "html", "-o", "结果.html")
    assert ran.code == 1
    assert ran.out.endswith("已写入 结果.html\n")
    page = (here / "结果.html").read_text("utf-8")
    assert "甲.xlsx" in page
    assert "B01" in page
    for words in (["--format", "html"], ["-o", "结果.json"]):
        ran = shell("check", "夹", *words)
        assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert shell("check", "夹", "--format", "html", "-o", "结果.html").code == 2


def test_a_roster_gets_a_workbook_for_every_unit(shell: Shell, here: Path) -> None:
    put(here / "去年" / "甲.xlsx", busy_report()._replace(agency="市甲局", year=2023))
    (here / "名册.csv").write_text(
        "单位名称,曾用名/简称,类别,计入汇总\n示例市甲局,市甲局,部门,是\n示例市乙局,,部门,是\n", "gb18030"
    )
    ran = shell("new", "--year", "2024", "--roster", "名册.csv", "--last", "去年", "-o", "下发")
    assert ran.code == 0
    assert "示例市乙局：没有找到 2023 年度的报告" in ran.out
    assert "下发 2 个单位的工作簿，上年的数已带入 1 个单位。" in ran.out
    first, second = sorted((here / "下发").iterdir())
    assert [path.name[:5] for path in (first, second)] == ["示例市乙局", "示例市甲局"]
    carried_over = read_workbook(second.read_bytes(), "x").report
    assert (carried_over.agency, carried_over.year) == ("示例市甲局", 2024)
    assert carried_over.values[CellKey("requests", "brought_forward", "natural_person")] == 1
    assert not any(finding.rule == "V10" for each in read_file(second) for finding in each.findings)
    assert shell("new", "--year", "2024", "--roster", "名册.csv", "-o", "都.xlsx").code == 2
    assert shell("new", "--year", "2024", "--roster", "名册.csv", "--agency", "甲", "-o", "x").code == 2


def test_one_unreadable_file_among_several_is_a_finding(shell: Shell, here: Path) -> None:
    put(here / "夹" / "好.xlsx", busy_report())
    (here / "夹" / "坏.xlsx").write_bytes(ENCRYPTED)
    (here / "夹" / "~$好.xlsx").write_bytes(b"lock")
    ran = shell("check", "夹")
    assert ran.code == 1
    assert "错误 R01　读不出来：文件加了打开密码。请去掉密码后另存。" in ran.out
    assert "共 2 份" in ran.out


WRITERS: dict[str, Callable[[Report], bytes]] = {
    "xlsx": lambda report: build_workbook(Contents(report)),
    "docx": lambda report: write_docx(compose(report)),
}


def test_a_zip_archive_is_read_like_a_folder(shell: Shell, here: Path) -> None:
    names = {"各局/甲局.xlsx": "示例市甲局", "各局/乙局.docx": "示例市乙局"}
    with ZipFile(here / "报送.zip", "w") as archive:
        for name, agency in names.items():
            report = busy_report()._replace(agency=agency)
            archive.writestr(name, WRITERS[name[-4:]](report))
        archive.writestr("../../外面.xlsx", ENCRYPTED)
        archive.writestr("__MACOSX/._甲局.xlsx", b"x")
        archive.writestr("各局/~$甲局.xlsx", b"x")
        archive.writestr("说明.log", b"x")
    ran = shell("check", "报送.zip")
    assert "报送.zip/各局/甲局.xlsx　示例市甲局" in ran.out
    assert "报送.zip/外面.xlsx　读不出来" in ran.out
    assert "共 3 份" in ran.out
    assert shell("import", "报送.zip", "-o", "册").code == 1
    assert sorted(path.name for path in (here / "册").iterdir()) == ["乙局.xlsx", "甲局.xlsx"]
    assert sorted(path.name for path in here.iterdir()) == ["册", "报送.zip"]


def test_an_archive_without_reports_is_told(shell: Shell, here: Path) -> None:
    with ZipFile(here / "日志.zip", "w") as archive:
        archive.writestr("一.log", b"x")
    ran = shell("check", "日志.zip")
    assert ran.code == 2
    assert ran.err == "日志.zip：是 ZIP 压缩包，不是办公文件，里面有“一.log”等 1 个文件。请解压后再用。\n"


def test_names_in_an_archive_may_be_in_gbk(shell: Shell, here: Path) -> None:
    (here / "报送.zip").write_bytes(named_in_gbk("各局/甲局.xlsx", WRITERS["xlsx"](busy_report())))
    ran = shell("check", "报送.zip")
    assert ran.code == 0
    assert "报送.zip/各局/甲局.xlsx" in ran.out


BAD = {
    "文字.xlsx": ("这不是工作簿".encode(), "文字.xlsx：没有找到法定表格。"),
    "空.xlsx": (b"", "空.xlsx：文件是空的。请重新取得这份文件。"),
    "加密.xlsx": (ENCRYPTED, "加密.xlsx：文件加了打开密码。请去掉密码后另存。"),
    "截断.xlsx": (
        b"PK\x03\x04" + b"\0" * 200,
        "截断.xlsx：文件不完整或已损坏，打不开。请重新取得这份文件，或用原来的软件打开后另存。",
    ),
    "坏.json": (b'{"edition": ', "坏.json：不是有效的 JSON。请检查文件内容是否完整。"),
    "别的.json": (b"{}", "别的.json：不是报表 JSON"),
    "照片.txt": (
        b"\x89PNG\r\n\x1a\n\0\0\0\xff\xfe\xfd",
        "照片.txt：是图片，读不出数。请提供 Word、网页、工作簿或可复制文字的 PDF。",
    ),
    "无表.txt": ("今天天气很好。".encode(), "无表.txt：没有找到法定表格"),
    "文档.docx": (b"PK\x03\x04....word/document.xml", "文档.docx：文件不完整或已损坏，打不开。"),
    "扫描.pdf": (b"%PDF-1.4", "扫描.pdf：文件损坏，读不下去。"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["check", "import", "fill", "merge", "report"])
def test_bad_input_is_one_sentence_and_writes_nothing(shell: Shell, here: Path, command: str, name: str) -> None:
    data, message = BAD[name]
    (here / name).write_bytes(data)
    ran = shell(command, name, *([] if command == "check" else ["-o", "out.xlsx"]))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(message)
    assert ran.err.count("\n") == 1
    assert [path.name for path in here.iterdir()] == [name]


def test_a_workbook_that_is_not_ours(shell: Shell, here: Path) -> None:
    with ZipFile(put(here / "本工具.xlsx", busy_report())) as ours, ZipFile(here / "别家.xlsx", "w") as other:
        for name in ours.namelist():
            other.writestr(name, ours.read(name).replace(b'name="_meta"', b'name="other"'))
    data = json.loads(shell("import", "别家.xlsx", "--json").out)
    assert data["tables"] == to_data(Reading("x", busy_report()))["tables"]
    assert shell("check", "别家.xlsx").out.count("没有填写报告年度") == 1


def test_folders_and_files_that_are_not_there(shell: Shell, here: Path) -> None:
    (here / "空夹").mkdir()
    assert shell("check", "空夹").err.startswith("空夹：文件夹里没有工作簿或报表文件。")
    assert shell("check", "没有.xlsx").err.startswith("没有.xlsx：找不到这个文件。")
    assert shell("merge", "空夹", "-o", "x.xlsx").code == 2


def test_an_existing_output_is_refused_unless_forced(shell: Shell, here: Path) -> None:
    put(here / "局.xlsx", busy_report()._replace(texts=dict.fromkeys(("overview", "problems", "other"), "已写。")))
    (here / "out.docx").write_bytes(b"mine")
    ran = shell("report", "局.xlsx", "-o", "out.docx")
    assert (ran.code, ran.err) == (2, "out.docx：已经存在，没有覆盖。请换一个名字，或加 --force 覆盖。\n")
    assert (here / "out.docx").read_bytes() == b"mine"
    assert shell("report", "局.xlsx", "-o", "out.docx", "--force").code == 0
    assert (here / "out.docx").read_bytes() != b"mine"


def test_an_input_is_never_overwritten(shell: Shell, here: Path) -> None:
    before = put(here / "局.xlsx", busy_report()).read_bytes()
    ran = shell("fill", "局.xlsx", "-o", "局.xlsx", "--force")
    assert (ran.code, ran.err) == (2, "局.xlsx：输出不能盖掉输入文件。请换一个文件名。\n")
    assert (here / "局.xlsx").read_bytes() == before


def test_import_json_and_back(shell: Shell, here: Path) -> None:
    put_json(here / "a.json", busy_report())
    assert shell("import", "a.json", "-o", "a.xlsx").code == 0
    data = json.loads(shell("import", "a.xlsx", "--json").out)
    assert data == json.loads((here / "a.json").read_text("utf-8"))
    several = json.loads(shell("import", "a.json", "a.xlsx", "--json").out)
    assert [each["agency"] for each in several] == ["示例市示例局"] * 2


def test_a_dash_is_standard_input(here: Path) -> None:
    data = build_workbook(Contents(busy_report()))
    ran = spawn("check", "-", cwd=here, given=data)
    assert ran.code == 0
    assert ran.out.startswith("-　示例市示例局 2023 年度（2021 版式）\n  没有发现问题。")


def test_import_of_several_goes_to_a_folder(shell: Shell, here: Path) -> None:
    put_json(here / "a.json", busy_report())
    put_json(here / "b.json", zero_report("2019"))
    assert shell("import", "a.json", "b.json", "-o", "册").code == 0
    assert sorted(path.name for path in (here / "册").iterdir()) == ["a.xlsx", "b.xlsx"]
    put(here / "a.xlsx", busy_report())
    assert "同名" in shell("import", "a.json", "a.xlsx", "-o", "册二").err


def test_fill_lists_what_it_wrote_and_what_differs(shell: Shell, here: Path) -> None:
    gaps = {"requests/received/total": None, "review/reconsideration/total": None, "requests/carried_forward/total": 9}
    put(here / "局.xlsx", changed(busy_report(), gaps))
    ran = shell("fill", "局.xlsx", "-o", "补.xlsx")
    assert ran.code == 0
    assert "填入　三、依申请公开!J7　三、依申请公开“一、本年新收政府信息公开申请数量”行“总计”列：17" in ran.out
    assert "四、复议诉讼“行政复议”部分“总计”列：6" in ran.out
    assert "填的是 9，应为 2，没有改动" in ran.out
    assert "填入合计 2 处，与计算不符 1 处。" in ran.out
    filled = read_workbook((here / "补.xlsx").read_bytes(), "x").report
    assert filled.values[CellKey("requests", "received", "total")] == 17
    assert filled.values[CellKey("requests", "carried_forward", "total")] == 9


def test_merge_names_every_file_it_does_not_count(shell: Shell, here: Path) -> None:
    for number, agency in enumerate(("甲局", "甲局", "乙局")):
        report = zero_report() if number == 1 else busy_report()
        put(here / "夹" / f"{number}.xlsx", report._replace(agency=agency))
    (here / "夹" / "坏.xlsx").write_bytes(ENCRYPTED)
    ran = shell("merge", "夹", "--agency", "示例市", "-o", "汇总.xlsx")
    assert ran.code == 1
    lines = ran.out.splitlines()
    for name, other in (("0.xlsx", "1.xlsx"), ("1.xlsx", "0.xlsx")):
        at = next(number for number, line in enumerate(lines) if line.startswith(str(Path("夹") / name)))
        assert lines[at + 1] == "  全文和各章文字：错误 1 处"
        assert lines[at + 2].startswith(f"    错误 G03　没有计入汇总：“甲局”另外还交来 {other}，数不相同")
    assert any("坏.xlsx　读不出来" in line for line in lines)
    assert not any("2.xlsx" in line for line in lines)
    assert lines[-2:] == ["共 4 份：错误 3 处，提醒 1 处，说明 1 处。", "已写入 汇总.xlsx"]


@pytest.mark.parametrize(
    ("typed", "year"), [("2023年", 2023), ("2023", 2023), (2023, 2023), ("去年", None), (23, None)]
)
def test_a_year_is_four_digits(here: Path, typed: object, year: int | None) -> None:
    book = openpyxl.load_workbook(put(here / "局.xlsx", busy_report()))
    book[YEAR.sheet][YEAR.a1] = typed
    book.save(here / "改.xlsx")
    (reading,) = read_file(here / "改.xlsx")
    assert reading.report.year == year
    assert [finding.rule for finding in reading.findings] == ([] if year else ["S02"])


def test_rules_lists_every_rule(shell: Shell) -> None:
    table = shell("rules").out
    for rule in (
        "A01",
        "A07",
        "A10",
        "B01",
        "B02",
        "B03",
        "C01",
        "C02",
        "C03",
        "S02",
        *(f"R0{n}" for n in range(1, 7)),
        *(f"V0{n}" for n in range(1, 7)),
    ):
        assert f"\n| {rule} |" in table
    entries = json.loads(shell("rules", "--edition", "2021", "--format", "json").out)
    assert "A07" not in {entry["id"] for entry in entries}


def test_output_is_utf8_whatever_the_terminal(here: Path) -> None:
    put(here / "局.xlsx", zero_report())
    ran = spawn("check", "局.xlsx", cwd=here)
    assert ran.code == 0
    assert "没有发现问题" in ran.out


def test_checking_a_workbook_imports_no_library_it_does_not_need(here: Path) -> None:
    put(here / "局.xlsx", busy_report())
    code = """
import sys
from nianbao.cli import main
sys.argv = ["nianbao", "check", "局.xlsx"]
try:
    main()
finally:
    heavy = {"pandas", "numpy", "openpyxl", "xlsxwriter", "docx", "jinja2", "xlwings", "lxml", "rich", "tempfile", "subprocess", "random", "json"}
    print(sorted(heavy & set(sys.modules)))
"""
    ran = spawn(cwd=here, code=code)
    assert ran.out.splitlines()[-1] == "[]", ran


def test_an_unforeseen_fault_is_one_line(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("nianbao.cli.judge_files", broken)
    ran = shell("check", "x")
    assert ran.code == 2
    assert ran.err.startswith("程序内部出错（ZeroDivisionError：oops）")
    assert ran.err.count("\n") == 1


def test_a_report_of_only_some_rows(shell: Shell, here: Path) -> None:
    put_json(here / "半份.json", report("requests\nreceived 1 0 0 0 0 0 1"))
    ran = shell("check", "半份.json")
    assert ran.code == 1
    assert "错误 R03" in ran.out


def test_no_document_while_errors_are_open(shell: Shell, here: Path) -> None:
    put(here / "局.xlsx", changed(busy_report(), {"requests/received/total": 99}))
    ran = shell("report", "局.xlsx", "-o", "局.docx")
    assert ran.code == 1
    assert "还有错误，没有生成文档。" in ran.out
    assert not (here / "局.docx").exists()
    ran = shell("report", "局.xlsx", "-o", "局.docx", "--draft")
    assert ran.code == 1
    assert (here / "局.docx").exists()


def test_import_tells_what_the_source_lacks_and_records_it(shell: Shell, here: Path) -> None:
    put_json(here / "半份.json", report("requests\nreceived 1 0 0 0 0 0 1"))
    ran = shell("import", "半份.json", "-o", "半份.xlsx")
    assert ran.code == 1
    assert "错误 R03　来源里缺少二、主动公开 第二十条第（一）项整张表。" in ran.out
    assert (here / "半份.xlsx").exists()
    recorded = open_sheets((here / "半份.xlsx").read_bytes(), "x")[RECORD]
    assert [row[0] for row in recorded[3:]] == ["R03"] * 6
    data = json.loads(shell("import", "半份.json", "--json").out)
    assert {finding["rule"] for finding in data["findings"]} == {"R03"}


def test_an_array_gives_a_workbook_for_each_report(shell: Shell, here: Path) -> None:
    reports = [to_data(Reading("x", busy_report()._replace(agency=name))) for name in "甲乙丙"]
    (here / "三份.json").write_text(json.dumps(reports), "utf-8")
    assert shell("import", "三份.json", "-o", "册").code == 0
    read = [read_file(path)[0].report.agency for path in sorted((here / "册").iterdir())]
    assert read == ["甲", "乙", "丙"]
    assert "一个文件放不下" in shell("import", "三份.json", "-o", "册.xlsx").err


def test_a_folder_hides_nothing(shell: Shell, here: Path) -> None:
    put(here / "夹" / "甲.xlsx", busy_report())
    (here / "夹" / "乙.docx").write_bytes(b"PK\x03\x04....word/document.xml")
    (here / "夹" / "丙.pdf").write_bytes(b"%PDF-1.4")
    ran = shell("merge", "夹", "-o", "汇总.xlsx")
    assert ran.code == 1
    assert "乙.docx　读不出来" in ran.out
    assert "丙.pdf　读不出来" in ran.out
    assert "共 3 份" in ran.out


def test_a_damaged_cell_map_stops_one_file_only(shell: Shell, here: Path) -> None:
    book = openpyxl.load_workbook(put(here / "坏.xlsx", busy_report()))
    next(row[1] for row in book["_meta"].iter_rows() if row[0].value == "agency").value = "封面!xx"
    book.save(here / "坏.xlsx")
    put(here / "好.xlsx", busy_report())
    ran = shell("check", "坏.xlsx", "好.xlsx")
    assert ran.code == 1
    assert "R01　读不出来：单元格对照表里“agency”的地址不对" in ran.out
    assert "没有发现问题。" in ran.out


def test_fill_tells_what_it_could_not_read(shell: Shell, here: Path) -> None:
    book = openpyxl.load_workbook(put(here / "局.xlsx", busy_report()))
    book["三、依申请公开"]["D7"] = "三件"
    book.save(here / "局.xlsx")
    ran = shell("fill", "局.xlsx", "-o", "补.xlsx")
    assert ran.code == 1
    assert "R02　三、依申请公开!D7" in ran.out
    assert "原文“三件”" in open_sheets((here / "补.xlsx").read_bytes(), "x")[RECORD][3][3]


def test_new_says_which_totals_it_left_behind(shell: Shell, here: Path) -> None:
    only = changed(
        busy_report(), {f"requests/carried_forward/{column}": None for column in ("natural_person", "company")}
    )
    put(here / "去年.xlsx", only)
    ran = shell("new", "--year", "2024", "--agency", "局", "--last", "去年.xlsx", "-o", "今年.xlsx")
    assert ran.code == 0
    assert "提醒 B07　三、依申请公开“二、上年结转政府信息公开申请数量”行“总计”列：上年报告的总计是 2" in ran.out
    assert read_file(here / "今年.xlsx")[0].report.totals is Totals.AUTOMATIC


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["report", "局.xlsx", "-o", "x.xlsx"], "x.xlsx：扩展名应为 .docx。请改文件名。"),
        (["fill", "局.xlsx", "-o", "x.docx"], "x.docx：扩展名应为 .xlsx。请改文件名。"),
        (["template", "-o", "局.xlsx"], "路径中间有一段是文件，不是文件夹。请换一个位置。"),
        (["import", "局.xlsx", "--json", "-o", "x.xlsx"], "命令写得不对，或多了内容。例如：nianbao import"),
        (["new", "--year", "2024", "--agency", " ", "-o", "x.xlsx"], "--agency：没有写单位名称。请写单位全称。"),
    ],
)
def test_targets_and_options_that_make_no_sense(shell: Shell, here: Path, words: list[str], message: str) -> None:
    put(here / "局.xlsx", busy_report())
    ran = shell(*words)
    assert ran.code == 2
    assert message in ran.err
    assert ran.err.count("\n") == 1
    assert [path.name for path in here.iterdir()] == ["局.xlsx"]


def test_what_a_spreadsheet_makes_of_typed_text(here: Path) -> None:
    book = openpyxl.load_workbook(put(here / "局.xlsx", busy_report()))
    entries = {AGENCY: "某\n\u200b局", MODE: "手工", FIELDS["date"]: date(2024, 1, 20)}
    for place, entry in entries.items():
        book[place.sheet][place.a1] = entry
    book["五、问题及改进"]["A7"] = 2023
    book.save(here / "局.xlsx")
    (reading,) = read_file(here / "局.xlsx")
    assert reading.report.agency == "某局"
    assert reading.report.texts == {"date": "2024年1月20日", "problems": "2023"}
    assert "原文“手工”不是自动合计、手工填报之一" in reading.findings[0].message


def test_a_total_typed_over_its_formula_is_told_even_if_it_cannot_be_computed(here: Path) -> None:
    report = changed(busy_report(), {"requests/received/natural_person": None})._replace(totals=Totals.AUTOMATIC)
    book = openpyxl.load_workbook(put(here / "局.xlsx", report))
    book["三、依申请公开"]["J7"] = 99
    book.save(here / "局.xlsx")
    (reading,) = read_file(here / "局.xlsx")
    messages = [finding.message for finding in reading.findings if len(finding.cells) == 1]
    assert any(
        "文件里保存的是 99，但明细或核对数还没有填全，按公式应为空，没有采用。" in message for message in messages
    )


def test_a_damaged_old_workbook_is_refused_quietly(here: Path) -> None:
    (here / "坏.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 40)
    ran = spawn("check", "坏.xls", cwd=here)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "坏.xls：文件不完整或已损坏，打不开。请重新取得这份文件，或用原来的软件打开后另存。\n"


def test_a_name_that_is_too_long(shell: Shell, here: Path) -> None:
    put(here / "局.xlsx", busy_report())
    ran = shell("fill", "局.xlsx", "-o", "长" * 300 + ".xlsx")
    assert (ran.code, ran.err) == (2, ".：文件名太长。请换一个短一些的文件名。\n")


def test_a_total_typed_over_its_formula_is_told_under_typed_totals_too(here: Path) -> None:
    book = openpyxl.load_workbook(put(here / "局.xlsx", busy_report()))
    book["三、依申请公开"]["J7"] = 99
    book.save(here / "局.xlsx")
    (reading,) = read_file(here / "局.xlsx")
    (finding,) = reading.findings
    assert (finding.rule, finding.left, finding.right) == ("R05", Decimal(99), Decimal(17))


def test_a_workbook_equals_the_document_made_of_it(shell: Shell, here: Path, edition: str) -> None:
    texts = {"overview": "本年度加强政府信息公开工作。\n（一）主动公开。", "problems": "不够及时。", "other": "无。"}
    put(here / "局.xlsx", busy_report(edition)._replace(texts=texts))
    shell("report", "局.xlsx", "-o", "局.docx", "--draft")
    ran = shell("compare", "局.xlsx", "局.docx")
    cells = len(busy_report(edition).values)
    assert (ran.code, ran.out) == (0, f"比较了 {cells} 格和各章文字：不同 0 处。\n")
    put(
        here / "改.xlsx",
        changed(busy_report(edition), {"requests/received/company": 5})._replace(texts=texts | {"other": "有。"}),
    )
    ran = shell("compare", "改.xlsx", "局.docx")
    assert ran.code == 1
    text, figure, last = ran.out.splitlines()
    assert figure.startswith("  错误 P02　三、依申请公开!E7　")
    assert "改.xlsx是 5，局.docx是 1，相差 4" in figure
    assert "“六、其他需要报告的事项”的文字" in text
    assert last.endswith("不同 2 处。")


def test_chapters_written_in_word_go_into_a_workbook(shell: Shell, here: Path) -> None:
    put(here / "局.xlsx", busy_report()._replace(texts={"other": "旧的。"}))
    document = Document()
    for line in ("一、总体情况", "本年度加强工作。", "五、存在的主要问题及改进情况", "不够及时。"):
        document.add_paragraph(line)
    document.save(str(here / "文字.docx"))
    ran = shell("import", "文字.docx", "--into", "局.xlsx", "-o", "新.xlsx")
    assert ran.code == 0
    assert "从 文字.docx 取了文字：“一、总体情况”、“五、存在的主要问题及改进情况”。其余各章和数字没有改动。" in ran.out
    data = json.loads(shell("import", "新.xlsx", "--json").out)
    assert data["texts"] == {"overview": "本年度加强工作。", "problems": "不够及时。", "other": "旧的。"}
    assert data["tables"] == to_data(Reading("x", busy_report()))["tables"]


def test_a_document_without_chapters_has_no_texts_to_take(shell: Shell, here: Path) -> None:
    put(here / "局.xlsx", busy_report())
    (here / "说明.txt").write_text("今天天气很好。", "utf-8")
    ran = shell("import", "说明.txt", "--into", "局.xlsx", "-o", "新.xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("说明.txt：没有找到各章的标题。")
    assert not (here / "新.xlsx").exists()


def test_a_mangled_workbook_comes_out_whole(shell: Shell, here: Path) -> None:
    put(here / "局.xlsx", busy_report())
    book = openpyxl.load_workbook(here / "局.xlsx")
    excel.insert(book, "三、依申请公开", "row", 9)
    book["三、依申请公开"]["A4"] = "情况"
    book.save(here / "乱.xlsx")
    assert shell("check", "乱.xlsx").code == 1
    ran = shell("import", "乱.xlsx", "-o", "新.xlsx")
    assert "说明 S03" in ran.out or "说明 V10" in ran.out
    assert shell("check", "新.xlsx").out.count("没有发现问题") == 1
    rows = open_sheets((here / "新.xlsx").read_bytes(), "新.xlsx")[RECORD]
    assert any("插入" in str(row[3]) for row in rows if len(row) > 3)


def test_a_workbook_of_the_wrong_edition_goes_over(shell: Shell, here: Path) -> None:
    put(here / "旧版.xlsx", busy_report("2019")._replace(year=2022))
    ran = shell("import", "旧版.xlsx", "-o", "新.xlsx")
    assert "说明 S02　原是 2019 版式，已按年度转入 2021 版式" in ran.out
    assert "没有带过去" in ran.out
    data = json.loads(shell("import", "新.xlsx", "--json").out)
    assert (data["edition"], data["year"]) == ("2021", 2022)
    assert data["tables"]["requests"]["received"]["total"] == "17"
