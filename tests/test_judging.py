"""Reports are judged beside last year's, by an office's settings, with the explanations that lie beside them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from builders import busy_report, changed
from nianbao.check import Checked
from nianbao.commands.explained import CSV, TOML
from nianbao.commands.files import Output
from nianbao.commands.gathering import Merging
from nianbao.commands.judging import judge_files
from nianbao.commands.merging import merge_files
from nianbao.document.problemsheet import write_list
from nianbao.errors import InputError
from nianbao.findings import State
from nianbao.reading import Reading
from nianbao.report import Report
from nianbao.reportjson import to_data
from nianbao.workbook.names import STATUS
from nianbao.workbook.sheets import open_sheets
from shell import Shell

OLD = busy_report()._replace(year=2022)
"""Left 1 application of a natural person over, as this year's brings forward 2."""
NEW = busy_report()
WRONG = changed(NEW, {"review/reconsideration/total": 8})


def put(folder: Path, name: str, report: Report) -> Path:
    """`report` as a file that holds its figures and no more."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(json.dumps(to_data(Reading(name, report)), ensure_ascii=False), "utf-8")
    return path


def rules(checked: Iterable[Checked], state: State = State.OPEN) -> set[str]:
    return {finding.rule for each in checked for finding in each.findings if finding.state is state}


def test_last_year_is_compared_whatever_the_only_office_was_called(tmp_path: Path) -> None:
    now, before = put(tmp_path, "今年.json", NEW), put(tmp_path, "去年.json", OLD._replace(agency="原来的名称"))
    assert "B07" not in rules(judge_files([now]).checked)
    assert "B07" in rules(judge_files([now], before).checked)


def test_of_many_each_is_compared_with_its_own(tmp_path: Path) -> None:
    other = "另一个局"
    for report, name in ((NEW, "甲"), (NEW._replace(agency=other), "乙"), (NEW._replace(agency="新设的局"), "丙")):
        put(tmp_path / "今年", f"{name}.json", report)
    left = {"natural_person": 2, "company": 1, "law_firm": 0, "total": 3}
    same = changed(OLD, {f"requests/carried_forward/{column}": number for column, number in left.items()})
    for report, name in ((OLD, "一"), (same._replace(agency=other), "二")):
        put(tmp_path / "去年", f"{name}.json", report)
    checked, told = judge_files([tmp_path / "今年"], tmp_path / "去年")
    assert [("B07" in rules([each]), bool(each.reading and each.reading.report.last)) for each in checked] == [
        (False, False),
        (False, True),
        (True, True),
    ]
    assert told == ("--last 里没有这些单位上一年度的报告，没有与上年核对：新设的局。",)


def test_a_code_or_an_alias_names_an_office_that_changed_its_name(tmp_path: Path) -> None:
    code = {"code": "11000000000000001A"}
    put(tmp_path / "今年", "甲.json", NEW._replace(particulars=code))
    put(tmp_path / "今年", "乙.json", NEW._replace(agency="示例市发展和改革委员会"))
    put(tmp_path / "去年", "甲.json", OLD._replace(agency="旧名", particulars=code))
    put(tmp_path / "去年", "乙.json", OLD._replace(agency="示例市发改委"))
    settings = tmp_path / "设置.toml"
    settings.write_text('[aliases]\n"示例市发展和改革委员会" = ["示例市发改委"]\n', "utf-8")
    checked, told = judge_files([tmp_path / "今年"], tmp_path / "去年", settings)
    assert all("B07" in rules([each]) for each in checked)
    assert told == ("按 设置.toml 的设置：另认 1 个单位的简称。",)


def test_years_in_one_folder_are_compared_with_those_before(tmp_path: Path) -> None:
    for report in (NEW, OLD):
        put(tmp_path, f"{report.year}.json", report)
    checked = judge_files([tmp_path], tmp_path).checked
    assert [bool(each.reading and each.reading.report.last) for each in checked] == [False, True]


def test_across_the_change_of_the_form_only_what_both_have_is_compared(tmp_path: Path) -> None:
    before = put(tmp_path, "2020.json", busy_report("2019"))
    now = put(tmp_path, "2021.json", NEW._replace(year=2021))
    (checked,) = judge_files([now], before).checked
    assert checked.reading
    last = checked.reading.report.last
    assert last
    assert set(last) <= set(checked.reading.form.order)
    assert {each.table for each in last} >= {"requests", "review"}
    assert "documents" not in {each.table for each in last}


def test_two_reports_of_one_office_and_the_wrong_year_are_refused(tmp_path: Path) -> None:
    now = put(tmp_path / "今年", "甲.json", NEW)
    for name in ("一", "二"):
        put(tmp_path / "去年", f"{name}.json", OLD)
    with pytest.raises(InputError, match=f"里面有 2 份 {NEW.agency} 2022 年度的报告"):
        judge_files([now], tmp_path / "去年")
    with pytest.raises(InputError, match="是 2021 年度的报告，不是 2022 年度"):
        judge_files([now], put(tmp_path, "前年.json", OLD._replace(year=2021)))


def listed(checked: list[Checked]) -> list[list[object]]:
    """The rows of the list of problems, its heads first."""
    book = openpyxl.load_workbook(BytesIO(write_list(checked, "核对范围")))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=3)]


def test_the_list_with_its_reasons_filled_in_explains(tmp_path: Path) -> None:
    put(tmp_path, "甲.json", WRONG)
    heads, *rows = listed(judge_files([tmp_path]).checked)
    (row,) = (each for each in rows if each[heads.index("规则")] == "C01")
    row[heads.index("说明原因")], row[heads.index("说明人")] = "=按旧口径", "办公室"
    with (tmp_path / CSV).open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([["年报校验问题清单"], heads, row])
    checked, told = judge_files([tmp_path])
    assert "C01" in rules(checked, State.EXPLAINED)
    assert not {"C01", "X01"} & rules(checked)
    assert told == ()
    (again,) = (each for each in listed(checked)[1:] if each[heads.index("规则")] == "C01")
    assert again[heads.index("状态")] == "已说明"
    assert again[heads.index("说明原因") : heads.index("说明人") + 1] == ["=按旧口径", "办公室"]


def explain(folder: Path, **said: str) -> None:
    lines = [f'{key} = "{text}"' for key, text in said.items()]
    (folder / TOML).write_text("\n".join(["[[explanation]]", *lines]), "utf-8")


ABOUT = "C01 四、复议诉讼“行政复议”部分：8 对 6"


@pytest.mark.parametrize("named", [{"file": "甲.json"}, {"unit": NEW.agency}, {"file": "甲.json", "unit": NEW.agency}])
def test_an_explanation_names_a_file_or_a_unit(tmp_path: Path, named: dict[str, str]) -> None:
    put(tmp_path, "甲.json", WRONG)
    explain(tmp_path, about=ABOUT, reason="按旧口径", **named)
    (checked,) = judge_files([tmp_path / "甲.json"]).checked
    (finding,) = (each for each in checked.findings if each.rule == "C01")
    assert finding.state is State.EXPLAINED
    assert finding.message.endswith("已说明：按旧口径")


def test_an_explanation_lapses_with_its_figures(tmp_path: Path) -> None:
    put(tmp_path, "甲.json", changed(WRONG, {"review/reconsideration/total": 9}))
    explain(tmp_path, unit=NEW.agency, about=ABOUT, reason="按旧口径")
    assert {"C01", "X01"} <= rules(judge_files([tmp_path]).checked)


def test_an_explanation_of_nothing_at_hand_is_told(tmp_path: Path) -> None:
    put(tmp_path, "甲.json", WRONG)
    explain(tmp_path, unit="别的局", about=ABOUT, reason="按旧口径")
    checked, told = judge_files([tmp_path])
    assert "C01" in rules(checked)
    assert told == ("出错说明.toml 第 1 条：没有“别的局”这份报表，说明没有用上。请核对文件名和单位名称。",)


def test_any_finding_can_be_explained_but_what_could_not_be_read(tmp_path: Path) -> None:
    text = "公开信息XX条。"
    path = tmp_path / "甲.json"
    path.write_text(json.dumps(to_data(Reading("甲", NEW._replace(texts={"overview": text})))), "utf-8")
    heads, *rows = listed(judge_files([path]).checked)
    (about,) = (row[heads.index("问题编号")] for row in rows if row[heads.index("规则")] == "V12")
    explain(tmp_path, unit=NEW.agency, about=str(about), reason="原文如此")
    checked = judge_files([path]).checked
    assert "V12" in rules(checked, State.EXPLAINED)


def test_an_explanation_of_what_a_merge_passes_over_has_not_lapsed(tmp_path: Path) -> None:
    path = put(tmp_path, "甲.json", NEW._replace(texts={"overview": "全面落实各项制度。"}))
    heads, *rows = listed(judge_files([path]).checked)
    (about,) = (row[heads.index("问题编号")] for row in rows if row[heads.index("规则")] == "N14")
    explain(tmp_path, unit=NEW.agency, about=str(about), reason="已写在第五章")
    assert "N14" in rules(judge_files([path]).checked, State.EXPLAINED)
    done = merge_files([path], Merging("示例市"), Output(tmp_path / "汇总.xlsx"), date(2024, 2, 1))
    assert not {"N14", "X01"} & rules(done.checked)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (CSV, "文件,问题\n甲,乙\n", "没有找到表头（同一行里要有“问题编号”“说明原因”）"),
        (CSV, "文件,问题编号,说明原因\n甲.json,,核实过\n", "写了说明原因，没有写“问题编号”"),
        (TOML, "[[explanation]]\nwhy = 1", "每条先写一行 [[explanation]]"),
        (TOML, "[[", "不是能读的 TOML 文件"),
    ],
)
def test_what_is_no_file_of_explanations_is_refused(tmp_path: Path, name: str, text: str, told: str) -> None:
    put(tmp_path, "甲.json", NEW)
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(InputError) as refused:
        judge_files([tmp_path])
    assert told in str(refused.value)
    assert name in str(refused.value)


def test_a_merge_takes_explanations_and_settings_over(tmp_path: Path) -> None:
    folder, summary = tmp_path / "各单位", tmp_path / "汇总.xlsx"
    put(folder, "甲.json", WRONG)
    explain(folder, file="甲.json", about=ABOUT, reason="按旧口径")
    settings = tmp_path / "设置.toml"
    settings.write_text('off = ["G07"]\n', "utf-8")
    page = tmp_path / "审核结果.html"
    done = merge_files([folder], Merging("示例市", rules=settings, html=page), Output(summary), date(2024, 2, 1))
    assert "C01" in rules(done.checked, State.EXPLAINED)
    assert done.told == ("按 设置.toml 的设置：不检查 G07。",)
    assert done.told[0] in page.read_text("utf-8")
    board = open_sheets(summary.read_bytes(), summary.name)[STATUS]
    assert any("已说明" in row for row in board)


def test_what_an_earlier_run_left_is_no_report(tmp_path: Path) -> None:
    put(tmp_path, "甲.json", NEW)
    (tmp_path / "清单.xlsx").write_bytes(write_list([], ""))
    assert len(judge_files([tmp_path], output=tmp_path / "清单.xlsx").checked) == 1


@pytest.mark.parametrize("form", ["text", "json", "html", "xlsx"])
def test_every_form_says_by_what_it_was_judged_and_what_was_not(form: str, shell: Shell, here: Path) -> None:
    put(here, "甲.json", NEW)
    (here / "设置.toml").write_text('off = ["A08"]\n', "utf-8")
    wanted = [] if form in {"text", "json"} else ["-o", f"结果.{form}"]
    ran = shell("check", "甲.json", "--rules", "设置.toml", "--format", form, *wanted)
    if form == "html":
        said = (here / "结果.html").read_text("utf-8")
    elif form == "xlsx":
        said = str(openpyxl.load_workbook(here / "结果.xlsx").worksheets[0]["A2"].value)
    else:
        said = ran.out
    assert ran.code == 0, ran
    assert "没有上年的数，没有与上年核对（可用 --last 指定上年年报）" in said
    assert "按 设置.toml 的设置：不检查 A08。" in said
