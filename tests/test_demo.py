"""The demonstration: it runs, it may be run again, and it touches nothing of others."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from zipfile import ZipFile

from nianbao.commands.files import find_files
from nianbao.demo import data_files
from nianbao.formfile import load_form
from nianbao.importing.files import read_bytes
from nianbao.workbook.read import read_workbook
from shell import Shell


def held(folder: Path) -> dict[Path, bytes]:
    """What every file in a folder holds."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_demonstration_may_be_repeated(shell: Shell, demonstration: Path, tmp_path: Path) -> None:
    folder = copytree(demonstration, tmp_path / "demo")
    ran = shell("demo", "-o", folder)
    assert (ran.code, ran.err) == (0, "")
    assert "200 格全部相同" in ran.out
    assert "填入 4 个空着的合计" in ran.out
    assert held(folder) == held(demonstration)


def test_what_it_leaves(demonstration: Path) -> None:
    counts = {folder.name: len(list(folder.iterdir())) for folder in demonstration.iterdir() if folder.is_dir()}
    assert counts == {
        "1-原始数据": 5,
        "2-空白模板": 6,
        "3-工作簿": 5,
        "4-补合计": 1,
        "5-各单位": 12,
        "6-汇总": 1,
        "7-报告": 6,
    }
    for path in (demonstration / "7-报告").iterdir():
        assert "word/document.xml" in ZipFile(path).namelist()


def test_figures_of_the_five_reports_arrive(demonstration: Path) -> None:
    for path in find_files([demonstration / "3-工作簿"]):
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


def test_what_was_changed_after_a_demonstration_is_left_alone(
    shell: Shell, demonstration: Path, tmp_path: Path
) -> None:
    folder = copytree(demonstration, tmp_path / "demo")
    (folder / "我的笔记.txt").write_text("mine", "utf-8")
    before = held(folder)
    ran = shell("demo", "-o", folder)
    assert ran.code == 2
    assert "我的笔记.txt：不是演示生成的" in ran.err
    assert held(folder) == before
