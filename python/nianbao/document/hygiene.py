"""What no output may hold of the template that it was made from: who wrote it, when, with what, and what they hid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.oxml.ns import qn

from .ooxml import OFF, Element, is_on, path, remove, unwrap, value, w
from .revisions import accept_revisions

_GONE = tuple(
    w(name)
    for name in (
        *("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"),
        *("permStart", "permEnd", "proofErr", "lastRenderedPageBreak", "rsid", "printerSettings"),
        *("dataBinding", "placeholder", "smartTagPr", "customXmlPr", "entryMacro", "exitMacro"),
        *("embedRegular", "embedBold", "embedItalic", "embedBoldItalic"),
    )
)
_WRAPPERS = (w("smartTag"), w("customXml"))
_PERSONAL = frozenset({"author", "initials", "paraId", "textId", "dateUtc", "presenceInfo", "userId"})
_LOCAL = re.compile(r"file:|(?<![a-z])[a-z]:[\\/]|\\\\\w", re.IGNORECASE)
_SHAPES = "{urn:schemas-microsoft-com:vml}"
# Where the picture of an old shape came from.
_FETCHED = frozenset({"src", "{urn:schemas-microsoft-com:office:office}href"})
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_LINK, _EMBEDDED = qn("r:link"), qn("r:embed")

# What a document does: all that its settings may say.
_SETTINGS = frozenset(
    map(
        w,
        (
            *("view", "zoom", "mirrorMargins", "alignBordersAndEdges", "gutterAtTop", "displayBackgroundShape"),
            *("bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "defaultTabStop", "autoHyphenation"),
            *("consecutiveHyphenLimit", "hyphenationZone", "doNotHyphenateCaps", "evenAndOddHeaders"),
            *("bookFoldRevPrinting", "bookFoldPrinting", "bookFoldPrintingSheets", "defaultTableStyle"),
            *("drawingGridHorizontalSpacing", "drawingGridVerticalSpacing", "displayHorizontalDrawingGridEvery"),
            *("displayVerticalDrawingGridEvery", "doNotUseMarginsForDrawingGridOrigin"),
            *("drawingGridHorizontalOrigin", "drawingGridVerticalOrigin", "doNotShadeFormData"),
            *("noPunctuationKerning", "characterSpacingControl", "printTwoOnOne", "strictFirstAndLastChars"),
            *("noLineBreaksAfter", "noLineBreaksBefore", "updateFields", "hdrShapeDefaults", "footnotePr"),
            *("endnotePr", "compat", "themeFontLang", "clrSchemeMapping", "shapeDefaults", "decimalSymbol"),
            "listSeparator",
        ),
    )
) | {"{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr"}

# Fields that show the document's own pages and words, or the day.
_FIELDS = frozenset(
    (
        *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "NOTEREF", "REF", "STYLEREF", "TOC", "TC", "SEQ"),
        *("EQ", "=", "IF", "QUOTE", "SYMBOL", "ADVANCE", "HYPERLINK", "LISTNUM", "AUTONUM", "DATE", "TIME"),
        *("TITLE", "SUBJECT", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN"),
    )
)


def tidy(root: Element, hidden: frozenset[str]) -> None:
    """Take out of `root` what its reader does not see and what says who made it; `hidden`: styles that hide text."""
    for element in [each for each in root.iter() if not isinstance(each.tag, str)]:
        remove(element)  # comments that XML has
    accept_revisions(root)
    for element in list(root.iter(*_GONE)):
        remove(element)
    for element in list(root.iter(*_WRAPPERS)):
        unwrap(element)
    _show(root, hidden)
    for picture in list(root.iter(_SVG)):
        remove(next(picture.iterancestors(), picture))
    for element in root.iter():
        _strip(element)


def _show(root: Element, hidden: frozenset[str]) -> None:
    """Take out hidden text, and the paragraphs of which nothing else is left."""
    for run in list(root.iter(w("r"))):
        if _is_hidden(run, hidden):
            remove(run)
    for paragraph in list(root.iter(w("p"))):
        nothing_left = all(each.tag == w("pPr") for each in paragraph)
        if is_on(paragraph, "pPr/rPr/vanish") and nothing_left and not _is_needed(paragraph):
            remove(paragraph)
    for element in list(root.iter(w("vanish"), w("specVanish"))):
        if next(element.iterancestors(w("style")), None) is None:
            remove(element)


def _is_hidden(run: Element, hidden: frozenset[str]) -> bool:
    direct = value(run, "rPr/vanish")
    if direct is not None:
        return direct not in OFF
    paragraph = next(run.iterancestors(w("p")), None)
    return value(run, "rPr/rStyle") in hidden or value(paragraph, "pPr/pStyle") in hidden


def _is_needed(paragraph: Element) -> bool:
    """Whether a paragraph must stay though it is empty: it ends a section, or a cell."""
    return paragraph.find(path("pPr/sectPr")) is not None or paragraph.getnext() is None


def _strip(element: Element) -> None:
    """Take from the attributes of `element` editing sessions, persons and places on somebody's disk."""
    if _LINK in element.attrib and _EMBEDDED in element.attrib:
        del element.attrib[_LINK]
    for name, text in list(element.attrib.items()):
        if _tells(str(name), is_shape=str(element.tag).startswith(_SHAPES)):
            del element.attrib[name]
        elif _LOCAL.search(text):
            element.set(name, "")


def _tells(name: str, *, is_shape: bool) -> bool:
    space, _, local = name.rpartition("}")
    return local in _PERSONAL or (space in w("") and local.startswith("rsid")) or (is_shape and name in _FETCHED)


def tidy_settings(settings: Element) -> None:
    """Leave of the settings what lays the document out."""
    for element in list(settings):
        if element.tag not in _SETTINGS:
            settings.remove(element)


def foreign_fields(root: Element) -> Iterator[str]:
    """The names of the fields that fetch, run or tell something that is no part of the document."""
    for instruction in _instructions(root):
        name = (instruction.split() or [""])[0].upper()
        if (name not in _FIELDS and not name.startswith("=")) or _LOCAL.search(instruction):
            yield name or "空白域"


def _instructions(root: Element) -> Iterator[str]:
    """The instructions of the fields, complex ones put together again."""
    yield from (simple.get(w("instr"), "") for simple in root.iter(w("fldSimple")))
    open_fields: list[str] = []
    for each in root.iter(w("fldChar"), w("instrText")):
        kind = each.get(w("fldCharType"))
        if kind == "begin":
            open_fields.append("")
        elif kind is None and open_fields:
            open_fields[-1] += each.text or ""
        elif kind == "end" and open_fields:
            yield open_fields.pop()
    yield from open_fields
