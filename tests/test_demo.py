"""The demonstration: it runs, it may be run again, and it touches nothing of others."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from nianbao.commands import find_files
from nianbao.demo import data_files
from nianbao.formfile import load_form
from nianbao.importing.files import read_bytes
from nianbao.workbook.read import read_workbook
from shell import Shell


def test_the_demonstration_runs_and_may_be_repeated(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    first = shell("demo", "-o", folder)
    assert (first.code, first.err) == (0, "")
    assert "200 格全部相同" in first.out
    assert "填入 4 个空着的合计" in first.out
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    again = shell("demo", "-o", folder)
    assert again.out == first.out
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_what_it_leaves(shell: Shell, tmp_path: Path) -> None:
    shell("demo", "-o", tmp_path / "demo")
    counts = {folder.name: len(list(folder.iterdir())) for folder in (tmp_path / "demo").iterdir() if folder.is_dir()}
    assert counts == {
        "1-原始数据": 5,
        "2-空白模板": 3,
        "3-工作簿": 5,
        "4-补合计": 1,
        "5-各单位": 12,
        "6-汇总": 1,
        "7-报告": 6,
    }
    for path in (tmp_path / "demo" / "7-报告").iterdir():
        assert "word/document.xml" in ZipFile(path).namelist()


def test_figures_of_the_five_reports_arrive(shell: Shell, tmp_path: Path) -> None:
    shell("demo", "-o", tmp_path / "demo")
    for path in find_files([tmp_path / "demo" / "3-工作簿"]):
        report = read_workbook(path.read_bytes(), path.name).report
        (source,) = [read_bytes(data, name) for name, data in data_files().items() if name.startswith(path.stem)]
        assert report.values == {key: source[0].report.values.get(key) for key in load_form(report.edition).cells}
        assert report.texts == source[0].report.texts


def test_a_folder_of_others_is_left_alone(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    ran = shell("demo", "-o", tmp_path)
    assert ran.code == 2
    assert "不是演示生成的，或演示后改动过，演示不会动它。请移走它，或用 -o 指定一个新文件夹。" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_what_was_changed_after_a_demonstration_is_left_alone(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    shell("demo", "-o", folder)
    (folder / "我的笔记.txt").write_text("mine", "utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    ran = shell("demo", "-o", folder)
    assert ran.code == 2
    assert "我的笔记.txt：不是演示生成的" in ran.err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
