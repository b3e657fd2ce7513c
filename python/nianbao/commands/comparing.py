"""Whether what was published is what the workbook says."""

from __future__ import annotations

from pathlib import Path

from ..check import Checked
from ..findings import Finding
from ..reading import Reading
from .files import one_of, read_files
from .publishing import Wanted, draw_up, template_of


def compare_files(one: Path, other: Path, wanted: Wanted) -> tuple[tuple[Reading, Reading], tuple[Finding, ...]]:
    """Both reports, and every difference between them: of a workbook and something else the texts as they would be published.

    `wanted`: how the published document was made.
    """
    from ..comparison import compare

    paths = (one, other)
    readings = [one_of(read_files([path]), path) for path in paths]
    if not all(reading.ours for reading in readings):
        readings = [_published(path, reading, wanted) for path, reading in zip(paths, readings, strict=True)]
    first, second = readings
    return (first, second), compare(first, second)


def _published(path: Path, reading: Reading, wanted: Wanted) -> Reading:
    """A report with the texts that its document has: in a workbook, sentences are still to be made from the figures."""
    if not reading.ours:
        return reading
    from ..document.docx import write_docx
    from ..importing.docx import read_docx

    (draft,) = draw_up([Checked(path, reading, ())], wanted)
    if draft.article is None:
        return reading
    published = read_docx(write_docx(draft.article, template_of(wanted)), reading.source)
    return reading._replace(report=reading.report._replace(texts=published.report.texts))
