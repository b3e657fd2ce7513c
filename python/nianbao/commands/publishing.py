"""What leaves the office: the document, and whether what was published is what the workbook says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..check import open_errors
from ..findings import Finding
from ..reading import Reading
from .files import Done, Output, check_files, one_of, read_files


def compare_files(one: Path, other: Path) -> tuple[tuple[Reading, Reading], tuple[Finding, ...]]:
    """Both reports, and every difference between them: of a workbook and something else the texts as they would be published."""
    from ..comparison import compare

    readings = [one_of(read_files([path]), path) for path in (one, other)]
    first, second = (_published(reading) if reading.ours else reading for reading in readings)
    if all(reading.ours for reading in readings):
        first, second = readings
    return (first, second), compare(first, second)


def _published(reading: Reading) -> Reading:
    """What was read of a workbook, with its texts as its document has them: with the sentences that come from the figures."""
    from ..document.article import compose
    from ..document.docx import write_docx
    from ..importing.docx import read_docx
    from ..workbook.contents import carried

    published = read_docx(write_docx(compose(carried(reading.report))), reading.source)
    return reading._replace(report=reading.report._replace(texts=published.report.texts))


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
    from ..document.article import compose
    from ..document.docx import write_docx
    from ..workbook.contents import carried

    return output.write({output.file(".docx"): write_docx(compose(carried(reading.report)))}, inputs)
