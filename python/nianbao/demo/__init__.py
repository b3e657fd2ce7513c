"""Shows the whole tool at work on published figures, offline, in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from ..check import Checked, counted
from ..commands.files import Output, find_files
from ..commands.gathering import Merging
from ..commands.judging import check_files
from ..commands.merging import merge_files
from ..commands.publishing import Wanted, write_drafts
from ..commands.workbooks import fill_totals, import_files, write_templates
from ..errors import OutputError
from ..findings import Severity
from ..form import CellKey
from ..formfile import EDITIONS
from ..outputs import write_files
from ..report import Report
from ..reportjson import parse
from ..wording import width
from ..workbook.build import build_workbook
from ..workbook.contents import Contents
from .family import UNITS, draw_family

CITY = "示例市"
PUBLISHED = "宿迁市人民政府2023"
"""The report whose table the drawn family adds up to."""
_MARK = ".nianbao-demo"
_SOURCES, _TEMPLATES, _WORKBOOKS, _TOTALS, _UNITS, _SUMMARY, _REPORTS = (
    "1-原始数据",
    "2-空白模板",
    "3-工作簿",
    "4-补合计",
    "5-各单位",
    "6-汇总",
    "7-报告",
)


def run(folder: Path) -> Iterator[str]:
    """Do everything once in `folder`; yields what happened, line by line.

    OutputError if `folder` holds anything that an earlier demo did not make.
    """
    _clear(folder)
    yield "1. 五份真实年报的数字（文字是演示用的）→ 锁定的工作簿"
    yield from _templates_and_workbooks(folder)
    yield "2. 校验工作簿"
    checked = check_files([folder / _WORKBOOKS])
    yield from _findings(checked)
    yield "3. 补合计"
    yield from _totals(folder)
    yield f"4. 汇总：{CITY} {len(UNITS)} 个虚构单位（数字由程序按公布的总表随机拆分）→ 汇总表"
    yield from _merge(folder)
    yield "5. 成文"
    yield from _reports(folder, checked)
    yield ""
    yield from _table([*checked, *check_files([_summary(folder)])])
    _mark(folder)
    yield f"全部结果在 {folder} 文件夹里，可以直接打开看。"


def _clear(folder: Path) -> None:
    """Remove what an earlier demo made; OutputError, and nothing removed, for anything else or anything changed."""
    if not folder.exists():
        return
    made = (folder / _MARK).read_text("utf-8").splitlines() if (folder / _MARK).is_file() else []
    found = (
        [path for path in folder.rglob("*") if not path.is_dir() and path.name != _MARK]
        if folder.is_dir()
        else [folder]
    )
    for path in found:
        if not path.is_file() or _stamp(path, folder) not in made:
            raise OutputError(
                path, "不是演示生成的，或演示后改动过，演示不会动它", "请移走它，或用 -o 指定一个新文件夹"
            )
    for path in (*found, folder / _MARK):
        path.unlink(missing_ok=True)


def _mark(folder: Path) -> None:
    """Note what was made, so that the next demo may remove it."""
    made = [_stamp(path, folder) for path in sorted(folder.rglob("*")) if path.is_file() and path.name != _MARK]
    write_files({folder / _MARK: "\n".join(made).encode()}, (), force=True)


def _stamp(path: Path, folder: Path) -> str:
    return f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}"


def data_files() -> dict[str, bytes]:
    """The reports that come with the package, by file name."""
    found = (each for each in files(__package__).joinpath("data").iterdir() if each.name.endswith((".json", ".txt")))
    return {each.name: each.read_bytes() for each in sorted(found, key=lambda each: each.name)}


def published_city() -> Report:
    """The published city report that the family adds up to."""
    (reading,) = parse(data_files()[f"{PUBLISHED}.json"].decode(), PUBLISHED)
    return reading.report


def _templates_and_workbooks(folder: Path) -> Iterator[str]:
    sources = {folder / _SOURCES / name: data for name, data in data_files().items() if not name.startswith(PUBLISHED)}
    write_files(sources, (), force=False)
    write_templates(EDITIONS, Output(folder / _TEMPLATES))
    done = import_files([folder / _SOURCES], Output(folder / _WORKBOOKS))
    yield from _findings(done.checked)


def _totals(folder: Path) -> Iterator[str]:
    for path in find_files([folder / _WORKBOOKS]):
        filled, _, done = fill_totals(path, Output(folder / _TOTALS / path.name))
        if filled.written:
            yield f"   {path.name}：填入 {len(filled.written)} 个空着的合计"
        else:
            done.written[0].unlink()


def _merge(folder: Path) -> Iterator[str]:
    published = published_city()
    family = draw_family(published)
    units = {folder / _UNITS / f"{unit.agency}{unit.year}.xlsx": build_workbook(Contents(unit)) for unit in family}
    write_files(units, (), force=False)
    merge_files([folder / _UNITS], Merging(CITY), Output(_summary(folder)), date(2024, 2, 1))
    (summary,) = check_files([_summary(folder)])
    yield f"   与公布的宿迁市 {published.year} 年度表格逐格比较：{_compared(summary, published)}"


def _summary(folder: Path) -> Path:
    return folder / _SUMMARY / f"{CITY}{published_city().year}年汇总.xlsx"


def _compared(summary: Checked, published: Report) -> str:
    values = summary.reading.report.values if summary.reading else {}
    differing: list[CellKey] = [cell for cell, value in published.values.items() if values.get(cell) != value]
    return f"{len(published.values)} 格全部相同" if not differing else f"有 {len(differing)} 格不同：{differing[0]} 等"


def _reports(folder: Path, checked: Sequence[Checked]) -> Iterator[str]:
    for path in (*(each.file for each in checked), _summary(folder)):
        target = folder / _REPORTS / f"{path.stem}.docx"
        write_drafts([path], Wanted(), Output(target))
        yield f"   {target.name}"


def _findings(checked: Sequence[Checked]) -> Iterator[str]:
    for each in checked:
        yield f"   {each.file.name}：{'没有发现问题' if not each.findings else ''}"
        yield from (f"     {finding.severity.label} {finding.rule} {finding.message}" for finding in each.findings)


def _table(checked: Sequence[Checked]) -> Iterator[str]:
    """File, findings, where the outputs are."""
    rows = [("文件", *(severity.label for severity in Severity), "产出")]
    for each in checked:
        counts = counted(each.findings)
        outputs = f"{each.file.parent.name}/{each.file.name}　{_REPORTS}/{each.file.stem}.docx"
        rows.append((each.file.stem, *(str(counts[severity]) for severity in Severity), outputs))
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(text + " " * (most - width(text)) for text, most in zip(row, widths, strict=True)).rstrip()
