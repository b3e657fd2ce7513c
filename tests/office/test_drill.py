"""The drill: what a city office gets back in February becomes its summary, with ten decisions, and next year's workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from shutil import copytree
from typing import NamedTuple

import pytest
from lo import needs_office

from builders import cell
from drill import Drill
from drill_reports import TWICE
from drill_units import FAULTY, UNITS, Fault
from nianbao.check import open_errors
from nianbao.city.decisions import FILE_NAME
from nianbao.city.previous import Previous, read_previous
from nianbao.city.trace import trace
from nianbao.commands.files import Done, Output, read_files
from nianbao.commands.gathering import Merging
from nianbao.commands.judging import check_files
from nianbao.commands.merging import merge_files
from nianbao.commands.publishing import Wanted, write_drafts
from nianbao.commands.workbooks import issue_workbooks
from nianbao.findings import Severity
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import of_reading

pytestmark = [needs_office, pytest.mark.office]
TODAY = date(2024, 2, 20)
TOLD = {
    Fault.MISSING: "G03",
    Fault.DUPLICATE: "G03",
    Fault.NEWER: "G03",
    Fault.EQUAL: "G03",
    Fault.WRONG_YEAR: "G05",
    Fault.WRONG_EDITION: "G05",
    Fault.ENCRYPTED: "R01",
    Fault.TRUNCATED: "R01",
    Fault.TAMPERED: "S03",
    Fault.VERTICAL: "G08",
    Fault.UNBALANCED: "B01",
    Fault.STRANGER: "G03",
    Fault.SCAN: "R01",
}
"""The rule that names each fault; the unit under a former name is no problem, and told by the list of files."""
LEAVE = (Fault.WRONG_YEAR, Fault.WRONG_EDITION, Fault.ENCRYPTED, Fault.TRUNCATED, Fault.SCAN, Fault.STRANGER)
ACCEPT = (Fault.TAMPERED, Fault.UNBALANCED)


class City(NamedTuple):
    """The drill before and after the decisions: what was told, and the summaries."""

    drill: Drill
    first: Done
    second: Done
    before: Previous
    after: Previous
    summary: Path


@pytest.fixture(scope="module")
def city(drill: Drill, tmp_path_factory: pytest.TempPathFactory) -> City:
    folder = tmp_path_factory.mktemp("drill")
    drill = drill._replace(folder=copytree(drill.folder, folder / drill.folder.name))
    summary = folder / "汇总.xlsx"
    first = merged(drill.folder, drill, summary)
    before = read_previous(summary.read_bytes(), summary.name)
    (folder / FILE_NAME).write_text("\n".join(decisions(drill)), "utf-8")
    second = merged(drill.folder, drill, summary)
    return City(drill, first, second, before, read_previous(summary.read_bytes(), summary.name), summary)


def merged(reports: Path, drill: Drill, summary: Path) -> Done:
    return merge_files([reports], Merging("示例市", drill.roster), Output(summary, force=True), TODAY)


def decisions(drill: Drill) -> list[str]:
    """Ten decisions in the words of the office."""
    said = [decision("不用报", unit=FAULTY[Fault.MISSING], reason="已撤并")]
    said += [decision("用这一份", file=drill.faults[Fault.EQUAL][1])]
    said += [decision("不计入", file=drill.faults[each][0], unit=FAULTY[each], reason="催了三次") for each in LEAVE]
    return said + [decision("照原数计入", file=drill.faults[each][0], reason="已电话核实") for each in ACCEPT]


def decision(choice: str, **said: str) -> str:
    lines = [f'{key} = "{text}"' for key, text in {"choice": choice, **said}.items()]
    return "\n".join(["[[decision]]", *lines, ""])


def names(done: Done, drill: Drill) -> Mapping[str, set[str]]:
    """The rules that were told of each file."""
    return {
        each.file.relative_to(drill.folder).as_posix(): {finding.rule for finding in each.findings}
        for each in done.checked
    }


@pytest.mark.parametrize("fault", [each for each in TOLD if each is not Fault.MISSING])
def test_every_fault_is_named_with_its_file(city: City, fault: Fault) -> None:
    told = names(city.first, city.drill)
    wrong = city.drill.faults[fault]
    assert any(TOLD[fault] in told[file] for file in wrong)
    if fault is Fault.EQUAL:
        assert all(TOLD[fault] in told[file] for file in wrong)


def test_who_is_missing_is_named(city: City) -> None:
    told = next(each for each in city.first.findings if each.message.startswith("还有"))
    assert f"{FAULTY[Fault.MISSING]}（逾期 31 天）" in told.message


def test_a_former_name_is_recognised_and_told(city: City) -> None:
    (file,) = city.drill.faults[Fault.ALIAS]
    assert FAULTY[Fault.ALIAS] in {row.agency for row in city.before.rows if row.file == file and row.added}


def test_every_file_is_accounted_for(city: City) -> None:
    assert set(city.before.digests) == {each.file for each in city.drill.sent} == set(names(city.first, city.drill))
    assert all(len(digest) == 64 for digest in city.before.digests.values())


def test_ten_decisions_settle_everything(city: City) -> None:
    assert len(city.after.decisions) == len(decisions(city.drill)) == 10
    assert open_errors(city.first.findings) + sum(open_errors(each.findings) for each in city.first.checked) > 10
    assert open_errors(city.second.findings) + sum(open_errors(each.findings) for each in city.second.checked) == 0


def test_every_sum_is_right(city: City) -> None:
    report = city.after.reading.report
    assert {key: report.values[key] for key in city.drill.expected} == dict(city.drill.expected)
    assert report.fee == city.drill.fee
    assert {key for key, value in city.drill.published.items() if report.values[key] != value} == set(city.drill.off)


def test_the_units_are_those_that_count(city: City) -> None:
    twice = {file for fault in TWICE for file in city.drill.faults[fault]}
    added = {row.file for row in city.after.rows if row.added}
    assert added - twice == set(city.drill.counted) - twice
    assert [row.agency for row in city.after.rows if not row.added] == [FAULTY[Fault.VERTICAL]]


def test_every_figure_can_be_traced(city: City) -> None:
    for key in city.drill.expected:
        found = trace(city.after, key)
        assert found.due == found.total == city.drill.expected[key]
        assert len(found.shares) == len(city.drill.counted)


def test_the_summary_says_what_is_wrong_with_it_and_why(city: City) -> None:
    (checked,) = check_files([city.summary])
    told = {(each.rule, each.state.value) for each in checked.findings if each.severity is Severity.ERROR}
    assert told == {("B01", "explained")}


def test_the_document_can_be_drawn_up(city: City, tmp_path: Path) -> None:
    done = write_drafts([city.summary], Wanted(), Output(tmp_path / "报告.docx"))
    assert {each.rule for each in done.checked[0].findings if each.is_open_error} <= {"S01"}
    assert (tmp_path / "报告.docx").stat().st_size > 8_000


def test_after_one_file_changed_it_is_told_what_moved_and_why(city: City, tmp_path: Path) -> None:
    reports = tmp_path / city.drill.folder.name
    copytree(city.drill.folder, reports)
    summary = tmp_path / city.summary.name
    summary.write_bytes(city.summary.read_bytes())
    file = next(each for each in city.drill.counted if each.endswith(".xlsx") and "/" not in each)
    (checked,) = check_files([reports / file])
    assert checked.reading
    key = cell("review/reconsideration/pending")
    values = dict(checked.reading.report.values)
    moved = [key, key._replace(column="total")]
    values |= {each: (values[each] or Decimal(0)) + 2 for each in moved}
    changed = checked.reading._replace(report=checked.reading.report._replace(values=values), findings=())
    (reports / file).write_bytes(build_workbook(of_reading(changed)))
    done = merged(reports, city.drill, summary)
    agency = checked.reading.report.agency
    assert done.told[0] == "与上次汇总相比：1 个单位的数不同，汇总表变了 2 格（见“变动”）。"
    assert done.told[1].startswith(f"  {agency}：文件 {file} 换过，指纹 {city.after.digests[file][:12]} → ")
    new = read_previous(summary.read_bytes(), summary.name).reading.report.values
    old = city.after.reading.report.values
    assert {each for each in old if new[each] != old[each]} == set(moved)


def test_the_same_files_again_move_nothing(city: City, tmp_path: Path) -> None:
    summary = tmp_path / "汇总.xlsx"
    summary.write_bytes(city.summary.read_bytes())
    wanted = Merging("示例市", city.drill.roster)
    done = merge_files([city.drill.folder], wanted, Output(summary, force=True), TODAY)
    assert done.told == ("与上次汇总相比：没有变化。",)


def test_next_years_workbooks_are_issued_from_it(city: City, tmp_path: Path) -> None:
    done = issue_workbooks(2024, city.drill.roster, city.summary, Output(tmp_path / "下发"))
    assert len(done.written) == len(UNITS) == 57
    issued = {each.reading.report.agency: each.reading.report for each in read_files(done.written) if each.reading}
    carried, brought = cell("requests/carried_forward/natural_person"), cell("requests/brought_forward/natural_person")
    for row in city.after.rows:
        assert issued[row.agency].values[brought] == row.values[carried]
