"""What leaves the office: the documents of reports, each read back before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..check import Checked, open_errors
from ..errors import InputError
from ..findings import Finding
from ..importing.files import bytes_of
from ..reading import Reading
from ..report import Report
from .files import Done, Output, check_files, find_files, read_files, targets

if TYPE_CHECKING:
    from ..document.article import Article
    from ..document.facts import Background, Unit
    from ..document.template import Template

_DOCX, _HTML, _PDF = ".docx", ".html", ".pdf"


class Wanted(NamedTuple):
    """How documents are made, and in which further forms.

    `template`: the Word file that gives the styles; `narrative`: the file that words the sentences.  `last`: a file or a
    folder with last year's reports.  `html`, `pdf`: where pages and PDFs go, files or folders as the output is.
    """

    template: Path | None = None
    narrative: Path | None = None
    last: Path | None = None
    html: Path | None = None
    pdf: Path | None = None

    @property
    def given(self) -> list[Path]:
        """The files that it names: inputs, which nothing may overwrite."""
        return [path for path in (self.template, self.narrative, self.last) if path]


class Draft(NamedTuple):
    """A file with its document, None if it could not be read; what the document lacks is among the findings."""

    checked: Checked
    article: Article | None

    @property
    def is_ready(self) -> bool:
        """Whether nothing keeps it from going out."""
        return self.article is not None and not open_errors(self.checked.findings)


def write_reports(paths: Iterable[Path], wanted: Wanted, output: Output) -> Done:
    """The documents of all reports that are complete and free of errors."""
    drafts = draw_up(check_files(find_files(paths)), wanted)
    return _publish(drafts, [draft.is_ready for draft in drafts], wanted, output)


def write_drafts(paths: Iterable[Path], wanted: Wanted, output: Output) -> Done:
    """The documents of all reports as far as they have come, holes marked."""
    drafts = draw_up(check_files(find_files(paths)), wanted)
    return _publish(drafts, [draft.article is not None for draft in drafts], wanted, output)


def write_document(draft: Draft, output: Output) -> Done:
    """One document, whatever is still wrong with its report."""
    return _publish([draft], [True], Wanted(), output)


def draw_up(checked: Iterable[Checked], wanted: Wanted) -> list[Draft]:
    """The document of every report, in the words of `wanted`."""
    from ..document.article import compose
    from ..document.facts import known_numbers
    from ..document.parity import invented, unwritten
    from ..workbook.contents import carried

    before, drafts = _last_year(wanted.last), list[Draft]()
    for each in checked:
        if each.reading is None:
            drafts.append(Draft(each, None))
            continue
        report = carried(each.reading.report)
        background = _background(each.file, each.reading, before)
        article = compose(report, background, wanted.narrative)
        found = (*unwritten(article), *invented(article, known_numbers(report, background)))
        drafts.append(Draft(each._replace(findings=(*each.findings, *found)), article))
    return drafts


def _last_year(path: Path | None) -> Sequence[Report]:
    if path is None:
        return ()
    return [each.reading.report for each in read_files(find_files([path])) if each.reading]


def _background(file: Path, reading: Reading, before: Sequence[Report]) -> Background:
    from ..document.facts import Background
    from ..workbook.contents import carried

    last = _matching(reading, before)
    return Background(carried(last) if last else None, _units(file, reading))


def _matching(reading: Reading, before: Sequence[Report]) -> Report | None:
    """Last year's report of the same office; the only one that was named, whatever the office was called then.

    InputError if that is of another year, or several are of last year and of this office.
    """
    report = reading.report
    due = None if report.year is None else report.year - 1
    if len(before) == 1 and before[0].year != due:
        what = f"是 {before[0].year or '未填年份'} 年度的报告，不是 {due or '上一'} 年度"
        raise InputError("--last", what, "请指定上一年度的报告")
    found = [each for each in before if each.year == due and (len(before) == 1 or each.agency == report.agency)]
    if len(found) > 1:
        raise InputError("--last", f"里面有 {len(found)} 份 {report.agency} {due} 年度的报告", "请只留一份")
    return found[0] if found else None


def _units(file: Path, reading: Reading) -> tuple[Unit, ...]:
    """The units that a summary adds up; none of any other report."""
    if not (reading.summary and reading.ours and file.is_file()):
        return ()
    from ..city.units import units_of
    from ..workbook.sheets import open_sheets

    return units_of(open_sheets(file.read_bytes(), file.name), reading.form)


def _publish(drafts: Sequence[Draft], chosen: Sequence[bool], wanted: Wanted, output: Output) -> Done:
    """Write the chosen documents, those left out that do not say what their report says."""
    checked = [draft.checked for draft in drafts]
    forms = {_DOCX: output.target, _HTML: wanted.html, _PDF: wanted.pdf}
    places = {
        suffix: iter(targets(checked, output._replace(target=target), suffix))
        for suffix, target in forms.items()
        if target is not None
    }
    template, files, told = _template(wanted.template), dict[Path, bytes](), list[Checked]()
    for draft, is_chosen in zip(drafts, chosen, strict=True):
        found: tuple[Finding, ...] = ()
        if draft.article is not None:
            paths = {suffix: next(each) for suffix, each in places.items()}
            if is_chosen:
                made, found = _made(draft.article, template, paths)
                files |= {} if found else made
        told.append(draft.checked._replace(findings=(*draft.checked.findings, *found)))
    inputs = [*wanted.given, *(each.file for each in checked)]
    return Done(output.write(files, inputs) if files else [], told)


def _template(path: Path | None) -> Template | None:
    if path is None:
        return None
    from ..document.template import read_template

    return read_template(bytes_of(path), path.name)


def _made(
    article: Article, template: Template | None, paths: Mapping[str, Path]
) -> tuple[dict[Path, bytes], tuple[Finding, ...]]:
    """The files of one document, and what they say otherwise than the report."""
    from ..document.docx import write_docx
    from ..document.html import write_html
    from ..document.parity import docx_differences, html_differences
    from ..document.pdf import write_pdf

    document = write_docx(article, template)
    made, found = {paths[_DOCX]: document}, docx_differences(article, document, paths[_DOCX].name)
    if _HTML in paths:
        page = write_html(article)
        made[paths[_HTML]] = page
        found += html_differences(article, page, paths[_HTML].name)
    if _PDF in paths and not found:
        made[paths[_PDF]] = write_pdf(document, paths[_DOCX].name)
    return made, found
