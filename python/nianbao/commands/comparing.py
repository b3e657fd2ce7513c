"""Whether what was published is what the workbook says."""

from __future__ import annotations

from pathlib import Path

from ..check import Checked
from ..findings import Finding
from ..reading import Reading
from .files import one_of, read_files
from .publishing import Wanted, draw_up


def compare_files(
    one: Path, other: Path, last: Path | None = None
) -> tuple[tuple[Reading, Reading], tuple[Finding, ...]]:
    """Both reports, and every difference between them: of a workbook and something else the texts as they would be published.

    `last`: last year's report, where the published sentences compare with it.
    """
    from ..comparison import compare

    paths = (one, other)
    readings = [one_of(read_files([path]), path) for path in paths]
    if all(reading.ours for reading in readings):
        first, second = readings
    else:
        first, second = (_published(path, reading, last) for path, reading in zip(paths, readings, strict=True))
    return (first, second), compare(first, second)


def _published(path: Path, reading: Reading, last: Path | None) -> Reading:
    """A report with the texts that its document has: in a workbook, sentences are still to be made from the figures."""
    from ..document.docx import write_docx
    from ..importing.docx import read_docx

    (draft,) = draw_up([Checked(path, reading, ())], Wanted(last=last))
    if not reading.ours or draft.article is None:
        return reading
    published = read_docx(write_docx(draft.article), reading.source)
    return reading._replace(report=reading.report._replace(texts=published.report.texts))
