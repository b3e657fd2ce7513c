"""What the tool does, one function a verb.

A command reads its inputs, does its work in memory, and writes at the very end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from .check import Checked, check, check_source, open_errors
from .checks.reading import r01_unreadable
from .errors import InputError, OutputError
from .figures import show
from .findings import Finding
from .form import LAST_YEAR, CellKey
from .formfile import EDITIONS, edition_for, load_form
from .importing.files import LOOKED_AT, READABLE, SheetReader, read_file, read_sheets, read_sheets_closely
from .opening import open_year
from .outputs import write_files
from .reading import Reading
from .report import Report, Totals, clean_name
from .totals import Filled, fill
from .wording import cell_name

ROSTER_NAME = "单位名册.xlsx"


class Output(NamedTuple):
    """Where a command writes, a file or a folder, and whether it may replace what is there."""

    target: Path
    force: bool = False

    def file(self, suffix: str) -> Path:
        """The target as a file of one kind; OutputError if its name says another."""
        if self.target.suffix.lower() != suffix and not self.target.is_dir():
            raise OutputError(self.target, f"扩展名应为 {suffix}", "请改文件名")
        return self.target

    def write(self, files: Mapping[Path, bytes], inputs: Iterable[Path] = ()) -> list[Path]:
        """Write every file or none; never over one of `inputs`."""
        write_files(files, list(inputs), force=self.force)
        return list(files)


class Done(NamedTuple):
    """What a command wrote, what it found in each file, what it found in the whole, and what else it has to say."""

    written: list[Path]
    checked: Sequence[Checked] = ()
    findings: tuple[Finding, ...] = ()
    told: tuple[str, ...] = ()


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and in the folders named every file that may hold a report; InputError if a folder has none."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(each for each in path.rglob("*") if _may_hold_report(each))
        if not inside:
            raise InputError(path, "文件夹里没有工作簿或报表文件", f"请检查文件夹；能读 {' '.join(READABLE)} 文件")
        found += inside
    return list(dict.fromkeys(found))


def _may_hold_report(path: Path) -> bool:
    # Office leaves `~$…` locks beside open files, and file managers leave hidden ones.
    return path.suffix.lower() in LOOKED_AT and not path.name.startswith(("~$", ".")) and path.is_file()


def read_files(paths: Sequence[Path], sheets: SheetReader = read_sheets) -> list[Checked]:
    """Every report in `paths` with the reader's findings; InputError if none can be read at all."""
    checked: list[Checked] = []
    first: InputError | None = None
    for path in paths:
        try:
            checked += [Checked(path, reading, reading.findings) for reading in read_file(path, sheets)]
        except InputError as error:
            first = first or error
            checked.append(Checked(path, None, (r01_unreadable(error),)))
    if first is not None and not any(each.reading for each in checked):
        raise first
    return checked


def read_sources(paths: Iterable[Path]) -> list[Checked]:
    """Every report in the files and folders named, with what the R rules find."""
    return [
        each._replace(findings=check_source(each.reading)) if each.reading else each
        for each in read_files(find_files(paths))
    ]


def check_files(paths: Iterable[Path], sheets: SheetReader = read_sheets_closely) -> list[Checked]:
    """Check every report in the files and folders named."""
    return [
        each._replace(findings=check(each.reading)) if each.reading else each
        for each in read_files(find_files(paths), sheets)
    ]


def templates(editions: Sequence[str]) -> dict[str, bytes]:
    """The blank workbooks of `editions`, and the blank roster of units, by file name."""
    from .workbook.build import blank_workbook
    from .workbook.roster import blank_roster

    return {template_name(each): blank_workbook(each) for each in editions} | {ROSTER_NAME: blank_roster()}


def write_templates(editions: Sequence[str], output: Output) -> Done:
    """The blank templates, in the folder named."""
    return Done(output.write({output.target / name: data for name, data in templates(editions).items()}))


def template_name(edition: str) -> str:
    """``年报填报模板（2021年度起适用）.xlsx``."""
    form = load_form(edition)
    years = f"{form.first_year}-{form.last_year}年度" if form.last_year else f"{form.first_year}年度起适用"
    return f"年报填报模板（{years}）.xlsx"


def new_workbook(year: int, agency: str, last: Path | None, output: Output) -> Done:
    """A workbook to fill for `year`, its opening figures taken from last year's report."""
    edition = edition_for(year)
    if not clean_name(agency):
        raise InputError("--agency", "没有写单位名称", "请写单位全称")
    if edition is None:
        what = "早于统一格式" if year < LAST_YEAR else "不像一个年份"
        raise InputError(f"{year} 年度", what, f"本工具用于 {EDITIONS[0]} 年度及以后的年报")
    if last is None:
        report = Report(edition, year, clean_name(agency), totals=Totals.AUTOMATIC)
        return Done(output.write({output.file(".xlsx"): _workbook(report)}))
    checked = read_files([last])
    opened = open_year(one_of(checked, last).report, load_form(edition), year, last.name)
    report = Report(edition, year, clean_name(agency), opened.values, totals=Totals.AUTOMATIC, last=opened.last)
    written = output.write({output.file(".xlsx"): _workbook(report)}, [last])
    return Done(written, checked, opened.findings)


def import_files(paths: Sequence[Path], output: Output) -> Done:
    """Turn each report into a workbook: one file, or a folder of them.

    A workbook of ours that was altered, or is of another edition than its year asks for, comes out as new; what was done is
    in its 导入记录.
    """
    from .workbook.build import build_workbook
    from .workbook.contents import of_reading

    checked = [_healed(each) for each in read_files(find_files(paths), read_sheets_closely)]
    readings = [(each.file, each.reading._replace(findings=each.findings)) for each in checked if each.reading]
    single = len(checked) == 1 and not output.target.is_dir() and output.target.suffix
    names = [output.file(".xlsx")] if single else [output.target / name for name in _names(readings)]
    if len(set(names)) < len(names):
        raise OutputError(output.target, "有输入文件同名，转换后会互相覆盖", "请先改名，或分开导入")
    if not single and output.target.suffix.lower() == ".xlsx":
        raise OutputError(output.target, f"有 {len(checked)} 份报表，一个工作簿放不下", "请写一个文件夹")
    files = {name: build_workbook(of_reading(reading)) for name, (_, reading) in zip(names, readings, strict=True)}
    return Done(output.write(files, [each.file for each in checked]), checked)


def _healed(checked: Checked) -> Checked:
    """A report as it goes into a new workbook: altered layouts are mended by that, so they are told but no error."""
    from .checks.tampering import mended
    from .migration import Migrated, migrated

    if checked.reading is None:
        return checked
    moved = migrated(checked.reading.report) if checked.reading.ours else Migrated(checked.reading.report)
    reading = checked.reading._replace(report=moved.report)
    found = [mended(finding) for finding in check_source(reading)]
    return checked._replace(reading=reading, findings=(*moved.findings, *found))


def import_texts(path: Path, into: Path, output: Output) -> Done:
    """The chapters of one document in a copy of a workbook, whose figures and other texts stay."""
    from .comparison import TEXTS
    from .importing.texts import texts_in
    from .workbook.build import build_workbook
    from .workbook.contents import of_reading

    checked = read_sources([into])
    reading = one_of(checked, into)
    texts = texts_in(path, reading.form)
    report = reading.report._replace(texts={**reading.report.texts, **texts})
    headings = {chapter.key: chapter.heading for chapter in reading.form.chapters}
    chapters = "、".join(headings.get(key, TEXTS.get(key, key)) for key in texts)
    workbook = build_workbook(of_reading(reading._replace(report=report, findings=checked[0].findings)))
    written = output.write({output.file(".xlsx"): workbook}, [path, into])
    return Done(written, checked, told=(f"从 {path.name} 取了文字：{chapters}。其余各章和数字没有改动。",))


def compare_files(one: Path, other: Path) -> tuple[tuple[Reading, Reading], tuple[Finding, ...]]:
    """Both reports, and every difference between them: of a workbook and something else the texts as they would be published."""
    from .comparison import compare

    readings = [one_of(read_files([path]), path) for path in (one, other)]
    first, second = (_published(reading) if reading.ours else reading for reading in readings)
    if all(reading.ours for reading in readings):
        first, second = readings
    return (first, second), compare(first, second)


def _published(reading: Reading) -> Reading:
    """What was read of a workbook, with its texts as its document has them: with the sentences that come from the figures."""
    from .document.article import compose
    from .document.docx import write_docx
    from .importing.docx import read_docx
    from .workbook.contents import carried

    published = read_docx(write_docx(compose(carried(reading.report))), reading.source)
    return reading._replace(report=reading.report._replace(texts=published.report.texts))


def _names(readings: Sequence[tuple[Path, Reading]]) -> list[str]:
    """The name of each workbook: its source's, numbered where one source holds several reports."""
    several = Counter(path for path, _ in readings)
    met: Counter[Path] = Counter()
    names = []
    for path, _ in readings:
        met[path] += 1
        names.append(f"{path.stem}-{met[path]}.xlsx" if several[path] > 1 else f"{path.stem}.xlsx")
    return names


def fill_totals(path: Path, output: Output) -> tuple[Filled, Reading, Done]:
    """Compute the blank totals of one report and write them in a clean workbook."""
    from .workbook.build import build_workbook
    from .workbook.contents import of_reading

    checked = read_sources([path])
    reading = one_of(checked, path)._replace(findings=checked[0].findings)
    filled = fill(reading.report, reading.form)
    workbook = build_workbook(of_reading(reading._replace(report=filled.report)))
    written = output.write({output.file(".xlsx"): workbook}, [path])
    return filled, reading, Done(written, checked)


def told_of_totals(filled: Filled, reading: Reading) -> list[str]:
    """A line on each total that was filled, and on each that stands and differs."""
    form, lines = reading.form, []
    for cell, value in filled.written.items():
        lines.append(f"填入　{_at(cell, reading)}{cell_name(form, cell)}：{show(value)}")
    for cell, (stated, due) in filled.differing.items():
        lines.append(
            f"不符　{_at(cell, reading)}{cell_name(form, cell)}：填的是 {show(stated)}，应为 {show(due)}，没有改动。"
        )
    return lines


def count_of_totals(filled: Filled) -> str:
    """How many totals were filled, and how many differ."""
    return f"填入合计 {len(filled.written)} 处，与计算不符 {len(filled.differing)} 处。"


def _at(cell: CellKey, reading: Reading) -> str:
    return f"{reading.places[cell]}　" if cell in reading.places else ""


def write_report(path: Path, output: Output) -> Done:
    """The report document of one file; nothing is written while errors are open."""
    checked = check_files([path])
    if open_errors(finding for each in checked for finding in each.findings):
        return Done([], checked)
    return Done(write_document(one_of(checked, path), output, [path]), checked)


def write_draft(path: Path, output: Output) -> Done:
    """The report document of one file as far as it has come, whatever is still wrong."""
    checked = check_files([path])
    return Done(write_document(one_of(checked, path), output, [path]), checked)


def write_document(reading: Reading, output: Output, inputs: Iterable[Path] = ()) -> list[Path]:
    """The document of what was read."""
    from .document.article import compose
    from .document.docx import write_docx
    from .workbook.contents import carried

    return output.write({output.file(".docx"): write_docx(compose(carried(reading.report)))}, inputs)


def merge_files(paths: Sequence[Path], agency: str, output: Output) -> Done:
    """Add up the workbooks of many units in one summary workbook."""
    from .city.merge import merge
    from .city.summary import build_summary

    checked = check_files(paths, read_sheets)
    merged = merge(checked, clean_name(agency))
    written = output.write({output.file(".xlsx"): build_summary(merged)}, [each.file for each in checked])
    return Done(written, merged.checked, merged.findings)


def one_of(checked: Sequence[Checked], path: Path) -> Reading:
    """The only report that was read from `path`; InputError if there are more."""
    readings = [each.reading for each in checked if each.reading]
    if len(readings) != 1:
        raise InputError(path, f"里面有 {len(readings)} 份报表，这里只能用一份", "请指定只含一份报表的文件")
    return readings[0]


def _workbook(report: Report) -> bytes:
    from .workbook.build import build_workbook
    from .workbook.contents import Contents, carried

    return build_workbook(Contents(carried(report)))
