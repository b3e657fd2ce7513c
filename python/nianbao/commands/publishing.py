"""What leaves the office: the documents of reports, each read back before it is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..check import Checked, open_errors
from ..findings import Finding
from ..importing.files import bytes_of
from ..reading import Reading
from .files import Done, Output, find_files, targets
from .judging import check_files
from .lastyear import Before, last_reports

if TYPE_CHECKING:
    from ..document.article import Article
    from ..document.facts import Unit
    from ..document.template import Template

_DOCX, _HTML, _PDF = ".docx", ".html", ".pdf"


class Wanted(NamedTuple):
    """How documents are made, and in which further forms.

    `template`: the Word file that gives the styles; `narrative`: the file that words the sentences.  `last`: a file or a
    folder with last year's reports.  `html`, `pdf`: where pages and PDFs go, files or folders as the output is.  `annex`:
    what the office explained is told at the end of the last chapter.
    """

    template: Path | None = None
    narrative: Path | None = None
    last: Path | None = None
    html: Path | None = None
    pdf: Path | None = None
    annex: bool = False

    @property
    def given(self) -> list[Path]:
        """The files that it names: inputs, which nothing may overwrite."""
        last = find_files([self.last]) if self.last else []
        return [*filter(None, (self.template, self.narrative)), *last]

    def places(self, output: Path) -> Mapping[str, Path]:
        """Where each form of the documents goes, by its suffix, the Word files to `output`."""
        places = {_DOCX: output, _HTML: self.html, _PDF: self.pdf}
        return {suffix: place for suffix, place in places.items() if place}


class Draft(NamedTuple):
    """A file with its document, None if it could not be read.

    `lacking` is what keeps the document from going out; `told` what else is to be said.
    """

    checked: Checked
    article: Article | None = None
    lacking: tuple[Finding, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether the document may go out."""
        return self.article is not None and not open_errors((*self.checked.findings, *self.lacking))


def write_reports(paths: Iterable[Path], wanted: Wanted, output: Output) -> Done:
    """The documents of all reports that are complete and free of errors."""
    drafts = draw_up(check_files(_sources(paths, wanted, output)), wanted)
    return _publish(drafts, {at for at, draft in enumerate(drafts) if draft.is_ready}, wanted, output)


def write_drafts(paths: Iterable[Path], wanted: Wanted, output: Output) -> Done:
    """The documents of all reports as far as they have come, holes marked."""
    drafts = draw_up(check_files(_sources(paths, wanted, output)), wanted)
    return _publish(drafts, set(range(len(drafts))), wanted, output)


def write_problems_page(checked: Sequence[Checked], output: Output, told: Sequence[str] = ()) -> list[Path]:
    """What was found in many files as a web page, to be gone through and sent back; `told` says how it was checked."""
    from ..document.problems import write_problems

    page = write_problems(checked, "年报校验结果", told=told)
    return output.write({output.file(".html"): page}, [each.file for each in checked])


def write_problems_list(checked: Sequence[Checked], output: Output, told: Sequence[str] = ()) -> list[Path]:
    """What was found in many files as a list to filter, and to write reasons into; `told` says how it was checked."""
    from ..document.problemsheet import write_list

    return output.write({output.file(".xlsx"): write_list(checked, "".join(told))}, [each.file for each in checked])


def write_document(draft: Draft, output: Output) -> Done:
    """One document, whatever is still wrong with its report."""
    return _publish([draft], {0}, Wanted(), output)


def draw_up(checked: Sequence[Checked], wanted: Wanted) -> list[Draft]:
    """The document of every report, in the words of `wanted`."""
    before = last_reports(wanted.last, len(checked))
    return [_drawn_up(each, wanted, before) for each in checked]


def _drawn_up(checked: Checked, wanted: Wanted, before: Before) -> Draft:
    from ..document.annex import annex
    from ..document.article import compose
    from ..document.facts import Background, known_numbers
    from ..document.parity import invented, unwritten
    from ..workbook.contents import carried

    if checked.reading is None:
        return Draft(checked)
    report = carried(checked.reading.report)
    last = before.of(report)
    background = Background(carried(last) if last else None, *_units(checked.file, checked.reading))
    notes = annex(checked.reading.report, checked.findings) if wanted.annex else ()
    article = compose(report, background, wanted.narrative, notes)
    lacking = (*unwritten(article), *invented(article, known_numbers(report, background)))
    missing = f"{checked.file.name}：--last 里没有这个单位上一年度的报告，没有写与上年的比较。"
    return Draft(checked, article, lacking, (missing,) if wanted.last and last is None else ())


def _units(file: Path, reading: Reading) -> tuple[tuple[Unit, ...], int | None]:
    """The units that a summary adds up, and how many it should; nothing of any other report."""
    if not (reading.summary and reading.ours and file.is_file()):
        return (), None
    from ..city.units import expected_in, units_of
    from ..workbook.sheets import open_sheets

    sheets = open_sheets(file.read_bytes(), file.name)
    return units_of(sheets, reading.form), expected_in(sheets)


def _sources(paths: Iterable[Path], wanted: Wanted, output: Output) -> list[Path]:
    """The files that hold reports: not what an earlier run left in a folder for outputs, inside that of the inputs."""
    named = list(paths)
    folders = {place.resolve() for place in wanted.places(output.target).values()} - {path.resolve() for path in named}
    return [path for path in find_files(named) if folders.isdisjoint(path.resolve().parents)]


def _publish(drafts: Sequence[Draft], chosen: Collection[int], wanted: Wanted, output: Output) -> Done:
    """Write the documents at `chosen`, those left out that do not say what their report says."""
    checked = [draft.checked for draft in drafts]
    places = wanted.places(output.target)
    paths = [targets(checked, output._replace(target=place), suffix) for suffix, place in places.items()]
    rows = iter([dict(zip(places, row, strict=True)) for row in zip(*paths, strict=True)])
    template, files, told = template_of(wanted), dict[Path, bytes](), list[Checked]()
    for at, draft in enumerate(drafts):
        found = draft.lacking
        if draft.article:
            row = next(rows)
            made, differing = _made(draft.article, template, row) if at in chosen else ({}, ())
            files |= {} if differing else made
            found += differing
        told.append(draft.checked._replace(findings=(*draft.checked.findings, *found)))
    inputs = [*wanted.given, *(each.file for each in checked)]
    notes = tuple(note for draft in drafts for note in draft.told)
    return Done(output.write(files, inputs) if files else [], told, told=notes)


def template_of(wanted: Wanted) -> Template | None:
    """The office's own template, None for the one that is shipped; InputError if it is none."""
    if wanted.template is None:
        return None
    from ..document.template import read_template

    return read_template(bytes_of(wanted.template), wanted.template.name)


def _made(
    article: Article, template: Template | None, paths: Mapping[str, Path]
) -> tuple[dict[Path, bytes], tuple[Finding, ...]]:
    """The files of one document, and what they say otherwise than the report."""
    from ..document.docx import write_docx
    from ..document.parity import docx_differences

    document = write_docx(article, template)
    made, found = {paths[_DOCX]: document}, docx_differences(article, document, paths[_DOCX].name)
    if _HTML in paths:
        from ..document.html import write_html
        from ..document.parity import html_differences

        page = write_html(article)
        made[paths[_HTML]] = page
        found += html_differences(article, page, paths[_HTML].name)
    if _PDF in paths and not found:
        from ..document.pdf import write_pdf

        made[paths[_PDF]] = write_pdf(document, paths[_DOCX].name)
    return made, found
