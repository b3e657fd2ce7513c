"""What makes workbooks: blank, for a new year, of any report, with totals, of many."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..check import Checked, check_source
from ..errors import InputError, OutputError
from ..figures import show
from ..form import CellKey
from ..formfile import load_form
from ..importing.files import bytes_of, read_sheets_closely
from ..opening import empty_report, open_year
from ..reading import Reading
from ..report import Report, clean_name
from ..resources import template_path
from ..totals import Filled, fill
from ..wording import cell_name, text_name
from .files import Done, Output, find_files, one_of, read_files, read_sources, targets

ROSTER_NAME = "单位名册.xlsx"


def templates(editions: Sequence[str]) -> dict[str, bytes]:
    """The blank workbooks of `editions`, the blank roster, and what an office may change of its documents, by file name."""
    from ..document.blank import FILE_NAME, blank_document
    from ..workbook.build import blank_workbook
    from ..workbook.roster import blank_roster

    workbooks = {template_name(each): blank_workbook(each) for each in editions}
    words = {name: template_path(name).read_bytes() for name in (f"narrative-{each}.md.j2" for each in editions)}
    return {**workbooks, ROSTER_NAME: blank_roster(), FILE_NAME: blank_document(), **words}


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
    if not clean_name(agency):
        raise InputError("--agency", "没有写单位名称", "请写单位全称")
    report = empty_report(year, clean_name(agency))
    if last is None:
        return Done(output.write({output.file(".xlsx"): _workbook(report)}))
    checked = read_files([last])
    opened = open_year(one_of(checked, last).report, load_form(report.edition), year, last.name)
    begun = report._replace(values=opened.values, last=opened.last)
    written = output.write({output.file(".xlsx"): _workbook(begun)}, [last])
    return Done(written, checked, opened.findings)


def issue_workbooks(year: int, roster: Path, last: Path | None, output: Output) -> Done:
    """下发: a prefilled workbook for every unit of a roster, in the folder named.

    `last`: last year's reports, or the summary of them.
    """
    from ..city.issuing import issued, last_reports, notice
    from ..city.roster import read_roster
    from ..workbook.build import build_workbook
    from ..workbook.contents import Contents, carried

    listed = read_roster(bytes_of(roster), roster.name)
    if output.target.suffix.lower() == ".xlsx":
        raise OutputError(output.target, f"名册里有 {len(listed.members)} 个单位，一个工作簿放不下", "请写一个文件夹")
    checked = read_files(find_files([last])) if last else []
    before = last_reports(listed, _of_units(checked), year) if last else None
    findings, files = [*listed.findings, *(before.findings if before else ())], {}
    for new in issued(listed, year, before.reports if before else None):
        files[output.target / new.file_name] = build_workbook(Contents(carried(new.report), listings=(notice(new),)))
        findings += new.findings
    told = f"下发 {len(files)} 个单位的工作簿，上年的数已带入 {len(before.reports) if before else 0} 个单位。"
    return Done(output.write(files, [roster, *(each.file for each in checked)]), checked, tuple(findings), (told,))


def _of_units(checked: Sequence[Checked]) -> list[Reading]:
    """The reports of the units: what was read, or what a summary, where nothing else was read, says of each."""
    readings = [each.reading for each in checked if each.reading]
    if len(readings) != 1 or not (readings[0].summary and readings[0].ours):
        return readings
    from ..city.units import rows_of
    from ..workbook.sheets import open_sheets

    (summary,), (file,) = readings, [each.file for each in checked if each.reading]
    rows = rows_of(open_sheets(bytes_of(file), file.name), summary.form)
    report = empty_report(summary.report.year or 0, "")
    return [
        Reading(f"{file.name}“{row.agency}”", report._replace(agency=row.agency, values=row.values)) for row in rows
    ]


def import_files(paths: Sequence[Path], output: Output) -> Done:
    """Turn each report into a workbook: one file, or a folder of them.

    A workbook of ours that was altered, or is of another edition than its year asks for, comes out as new; what was done is
    in its 导入记录.
    """
    from ..workbook.build import build_workbook
    from ..workbook.contents import of_reading

    checked = [_healed(each) for each in read_files(find_files(paths), read_sheets_closely)]
    readings = [each.reading._replace(findings=each.findings) for each in checked if each.reading]
    names = targets(checked, output, ".xlsx")
    files = {name: build_workbook(of_reading(reading)) for name, reading in zip(names, readings, strict=True)}
    return Done(output.write(files, [each.file for each in checked]), checked)


def _healed(checked: Checked) -> Checked:
    """A report as it goes into a new workbook: altered layouts are mended by that, so they are told but no error."""
    from ..checks.tampering import mended
    from ..migration import migrated

    if checked.reading is None:
        return checked
    reading = migrated(checked.reading) if checked.reading.ours else checked.reading
    return checked._replace(reading=reading, findings=tuple(map(mended, check_source(reading))))


def import_texts(path: Path, into: Path, output: Output) -> Done:
    """The chapters of one document in a copy of a workbook, whose figures and other texts stay."""
    from ..importing.texts import texts_in
    from ..workbook.build import build_workbook
    from ..workbook.contents import of_reading

    checked = read_sources([into])
    reading = one_of(checked, into)
    texts = texts_in(path, reading.form)
    report = reading.report._replace(texts={**reading.report.texts, **texts})
    chapters = "、".join(text_name(reading.form, key) for key in texts)
    workbook = build_workbook(of_reading(reading._replace(report=report, findings=checked[0].findings)))
    written = output.write({output.file(".xlsx"): workbook}, [path, into])
    return Done(written, checked, told=(f"从 {path.name} 取了文字：{chapters}。其余各章和数字没有改动。",))


def fill_totals(path: Path, output: Output) -> tuple[Filled, Reading, Done]:
    """Compute the blank totals of one report and write them in a clean workbook."""
    from ..workbook.build import build_workbook
    from ..workbook.contents import of_reading

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


def _workbook(report: Report) -> bytes:
    from ..workbook.build import build_workbook
    from ..workbook.contents import Contents, carried

    return build_workbook(Contents(carried(report)))
