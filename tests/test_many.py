"""Many reports at once: the same findings as one by one, whoever reads them, and little memory."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import subprocess
import sys
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import ASPECTS, any_report, busy_report, cell, changed, hybrid, without
from hostile import named_in_gbk
from nianbao.check import Checked, check, check_figures
from nianbao.commands.files import find_files, read_files
from nianbao.commands.judging import check_files
from nianbao.commands.many import DEEPLY, QUICKLY, How, checked_in
from nianbao.errors import InputError
from nianbao.formfile import EDITIONS
from nianbao.importing.files import read_sheets
from nianbao.packed import Packed, packed, slim
from nianbao.reading import Reading
from nianbao.report import Report
from nianbao.reportjson import to_data
from nianbao.rules import balance_ids
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents

BROKEN = changed(busy_report(), {"requests/received/total": 99})
GOVERNED = busy_report()._replace(texts={"overview": f"某某局认真落实（文字描述）。{ASPECTS}"})
FIGURES = balance_ids() | {"R03", "S02", "S04", "V01", "V02", "V04", "V05", "V06", "V14", "B04", "B05", "X01"}
"""The rules that a merge must know: what they find is wrong with the figures, not only odd."""
FORKS = multiprocessing.get_start_method() == "fork"
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


def file(folder: Path, name: str, report: Report) -> None:
    (folder / name).write_bytes(build_workbook(Contents(report)))


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder: two workbooks, one with a leftover text, a JSON file, an archive, and two that cannot be read."""
    folder = tmp_path_factory.mktemp("many") / "交来"
    (folder / "乡镇").mkdir(parents=True)
    file(folder, "甲局.xlsx", busy_report())
    file(folder, "乙局.xlsx", BROKEN)
    file(folder / "乡镇", "丙镇.xlsx", GOVERNED)
    (folder / "丁局.json").write_text(json.dumps(to_data(Reading("x", hybrid(busy_report())))), "utf-8")
    (folder / "戊局.zip").write_bytes(named_in_gbk("戊局.xlsx", build_workbook(Contents(busy_report("2019")))))
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "空.docx").write_bytes(b"")
    return folder


def gist(found: list[Checked]) -> list[tuple[object, ...]]:
    """Everything of what was found but the places."""
    return [
        (each.file, each.findings, each.digest, each.reading and each.reading._replace(places={})) for each in found
    ]


@pytest.mark.parametrize("processes", [1, 2])
def test_many_are_read_and_checked_as_one_by_one(handed_in: Path, processes: int) -> None:
    found = checked_in([handed_in], DEEPLY, processes=processes)
    assert gist(found) == gist(check_files([handed_in]))


def test_texts_are_checked_only_if_that_is_asked_for(handed_in: Path) -> None:
    quick, deep = (
        {each.file.name: {finding.rule for finding in each.findings} for each in checked_in([handed_in], how)}
        for how in (QUICKLY, DEEPLY)
    )
    assert (quick["丙镇.xlsx"], deep["丙镇.xlsx"]) == (set(), {"V12"})
    assert quick["乙局.xlsx"] == deep["乙局.xlsx"] != set()


@given(st.sampled_from(EDITIONS).flatmap(any_report))
def test_figures_are_checked_alike_with_texts_and_without(report: Report) -> None:
    reading = Reading("x", report)
    assert list(check_figures(reading)) == [each for each in check(reading) if each.rule in FIGURES]


@pytest.mark.parametrize("processes", [1, 2])
def test_whoever_waits_hears_of_every_file(handed_in: Path, processes: int) -> None:
    heard: list[int] = []
    checked_in([handed_in], told=heard.append, processes=processes)
    assert heard == [*range(1, len(find_files([handed_in])) + 1)]


@pytest.mark.parametrize("processes", [1, 2])
def test_nothing_but_what_cannot_be_read_is_refused(handed_in: Path, processes: int) -> None:
    bad = [handed_in / "坏.xlsx", handed_in / "空.docx"]
    with pytest.raises(InputError) as one:
        read_files(bad)
    with pytest.raises(InputError) as many:
        checked_in(bad, processes=processes)
    assert str(many.value) == str(one.value)


def test_the_digest_is_that_of_the_bytes_that_were_read(handed_in: Path) -> None:
    found = {each.file.name: each for each in checked_in([handed_in])}
    for name in ("甲局.xlsx", "坏.xlsx", "空.docx", "丁局.json"):
        assert found[name].digest == sha256((handed_in / name).read_bytes()).hexdigest()
    assert found["戊局.xlsx"].digest == sha256(build_workbook(Contents(busy_report("2019")))).hexdigest()
    assert [each.digest for each in read_files([handed_in / "甲局.xlsx"])] == [found["甲局.xlsx"].digest]


def test_a_file_that_nobody_can_open_has_no_digest(handed_in: Path) -> None:
    found = checked_in([handed_in / "甲局.xlsx", handed_in / "没有.xlsx"])
    assert [(bool(each.reading), bool(each.digest)) for each in found] == [(True, True), (False, False)]


def test_places_are_kept_where_findings_point(handed_in: Path) -> None:
    (sound, broken) = checked_in([handed_in / "甲局.xlsx", handed_in / "乙局.xlsx"])
    assert sound.reading is not None
    assert broken.reading is not None
    assert sound.reading.places == {}
    named = {each for finding in broken.findings for each in finding.cells}
    assert set(broken.reading.places) == named != set()
    (whole,) = check_files([handed_in / "乙局.xlsx"])
    assert [broken.reading.where(each) for each in broken.findings] == [
        whole.reading.where(each) for each in whole.findings if whole.reading
    ]


SPAWNED = """
import multiprocessing, sys
from pathlib import Path
from nianbao.commands.many import checked_in

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    one, two = (checked_in([Path(sys.argv[1])], processes=processes) for processes in (1, 2))
    print(len(two), one == two)
"""


def test_processes_that_begin_from_nothing_do_the_same(handed_in: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SPAWNED, "utf-8")
    done = subprocess.run([sys.executable, script, handed_in], check=True, capture_output=True, text=True)
    assert done.stdout == "7 True\n"


def dying(data: bytes, source: str) -> Reading:
    """Takes its process down, but for the first one."""
    if multiprocessing.parent_process():
        os._exit(1)
    return read_sheets(data, source)


@pytest.mark.skipif(not FORKS, reason="other processes do not know the functions of a test")
def test_what_takes_a_process_down_is_read_all_the_same(handed_in: Path) -> None:
    how = How(dying, check_figures)
    assert gist(checked_in([handed_in], how, processes=2)) == gist(checked_in([handed_in]))


@given(st.sampled_from(EDITIONS).flatmap(any_report))
def test_what_is_packed_is_what_it_was(report: Report) -> None:
    kept = packed(report.values, report.edition)
    sent = pickle.loads(pickle.dumps(kept))
    for each in (kept, sent):
        assert isinstance(each, Packed)
        assert each == report.values
        assert dict(each) == dict(each.items()) == report.values
        assert len(each) == len(report.values)
        assert all(each[key] == value for key, value in report.values.items())


SOME_LEFT_OUT = [
    without(busy_report(), "requests/received", "fees"),
    changed(busy_report(), {"requests/received/total": None, "fees/fee/amount": "429.10"}),
    hybrid(busy_report()),
]


@pytest.mark.parametrize("report", SOME_LEFT_OUT)
def test_absent_blank_and_zero_stay_apart(report: Report) -> None:
    kept = packed(report.values, report.edition)
    for key in (cell("requests/received/total"), cell("requests/outcome.other/total"), cell("fees/fee/amount")):
        assert (key in kept, kept.get(key, "无"), str(kept.get(key))) == (
            key in report.values,
            report.values.get(key, "无"),
            str(report.values.get(key)),
        )


def test_equal_figures_are_one_object() -> None:
    values = {key: Decimal(f"{value}") for key, value in busy_report().values.items()}
    kept = [each for each in packed(values, "2021").values() if each is not None]
    assert len({id(each) for each in kept}) == len({str(each) for each in kept}) < len(kept)


def test_what_is_slim_is_sent_whole() -> None:
    reading = Reading("x", BROKEN, stated={"period": ("一月", None)})
    kept = slim(reading, check(reading))
    assert pickle.loads(pickle.dumps(kept)) == kept == reading
    assert len(pickle.dumps(slim(Reading("x", busy_report()), ()))) < 2_000
