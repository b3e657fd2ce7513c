"""Every formula of every workbook keeps to what Excel 2010, WPS and LibreOffice all calculate.

Functions are older than Excel 2010 and stand in an explicit list, `FUNCTIONS`; formulas keep to Excel's limits; references
lead to cells that the workbook has.  What a formula says is tested elsewhere, with LibreOffice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from io import BytesIO
from typing import NamedTuple
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import range_boundaries

from cities import busy_summary
from nianbao.formfile import EDITIONS
from written import WORKBOOKS

_BY_USE = {
    "texts": {"CHAR", "FIND", "LEFT", "LEN", "MID", "SEARCH", "SUBSTITUTE"},
    "conditions": {"AND", "IF", "IFERROR", "ISERROR", "ISNUMBER", "NOT", "OR"},
    "numbers": {"COUNT", "COUNTA", "COUNTIF", "INT", "MAX", "N", "ROUND", "SUM", "SUMIF", "SUMPRODUCT"},
    "places": {"COLUMN", "HYPERLINK", "INDEX", "MATCH", "ROW"},
}
FUNCTIONS = frozenset[str]().union(*_BY_USE.values())
"""What formulas may call: in Excel since 2007 or before, in WPS and in LibreOffice; none is volatile."""
IN_LISTS = FUNCTIONS | {"OFFSET"}
"""What the source of a drop-down list may call: Excel reckons it when somebody opens the list, so volatile does no harm."""
OPERATORS = frozenset({"+", "-", "*", "/", "&", "=", "<>", "<", ">", "<=", ">="})
OPERANDS = frozenset({Token.RANGE, Token.TEXT, Token.NUMBER, Token.LOGICAL})

LONGEST, LONGEST_IN_VALIDATION, LONGEST_TEXT, DEEPEST, MOST_ARGUMENTS = 8192, 255, 255, 64, 255
"""Excel's limits: of a formula, of one in a data validation, of a text in a formula, of functions in one another."""
LARGEST = 16384
"""Excel's limit of a formula as Excel keeps it, in bytes."""

CELL, FORMAT, NAME, LINK = "f", "formula", "definedName", "hyperlink"
VALIDATIONS = frozenset({"formula1", "formula2"})
HOLDERS = VALIDATIONS | {CELL, FORMAT, NAME}
_REFERENCE = re.compile(r"(?:(?:'([^'\[\]]+)'|([^\W\d][\w.]*))!)?(\$?[A-Z]+\$?\d+|[$A-Z\d]+:[$A-Z\d]+)")
"""A cell, an area, whole rows or whole columns; never another workbook, a table's column, or a name."""

_PICKED = re.compile(r"(?<=\bINDEX\(){-?\d+(?:,-?\d+)*}")
_OPERATIONS = frozenset({Token.OP_PRE, Token.OP_IN, Token.OP_POST, Token.WSPACE})
_BRACES = frozenset({Token.ARRAY, "ARRAYROW"})


class Sheet(NamedTuple):
    """The cells that stand on a sheet, by column and row, and the columns and the rows in which any does."""

    cells: frozenset[tuple[int, int]]
    columns: frozenset[int]
    rows: frozenset[int]


class Formula(NamedTuple):
    """A formula, the element that holds it with that element's attributes, and its sheet ("" for the workbook)."""

    text: str
    element: str
    attributes: tuple[str, ...]
    sheet: str


class Book(NamedTuple):
    """The formulas of a workbook, and its sheets by name."""

    formulas: tuple[Formula, ...]
    sheets: Mapping[str, Sheet]


BOOKS: Mapping[str, Callable[[], bytes]] = {
    **WORKBOOKS,
    **{f"full summary {edition}": partial(busy_summary, edition) for edition in EDITIONS},
}
TWO_CELLS = {"表": Sheet(frozenset({(1, 1), (1, 2)}), frozenset({1}), frozenset({1, 2}))}


class Call(NamedTuple):
    """A function in a formula, among how many others (and parentheses) it stands, and how many arguments it takes."""

    name: str
    depth: int
    arguments: int


@cache
def book(name: str) -> Book:
    """The workbook called `name`, as its XML has it."""
    with ZipFile(BytesIO(BOOKS[name]())) as package:
        parts = {part: etree.fromstring(package.read(part)) for part in package.namelist()}
    names = [str(sheet.get("name")) for sheet in parts["xl/workbook.xml"].iterfind(".//{*}sheet")]
    # XlsxWriter numbers the parts in the order of the sheets.
    sheets = {f"xl/worksheets/sheet{number}.xml": name for number, name in enumerate(names, start=1)}
    formulas = (formula for part, root in parts.items() for formula in _formulas(root, sheets.get(part, "")))
    return Book(tuple(formulas), {name: _sheet(parts[part]) for part, name in sheets.items()})


def _formulas(root: etree._Element, sheet: str) -> Iterator[Formula]:
    for element in root.iter():
        tag = etree.QName(element).localname
        text = element.get("location") if tag == LINK else element.text if tag in HOLDERS else None
        if text:
            yield Formula(text, tag, tuple(map(str, element.attrib)), sheet)


def _sheet(root: etree._Element) -> Sheet:
    ends = (range_boundaries(str(cell.get("r"))) for cell in root.iterfind(".//{*}c"))
    cells = frozenset((column, row) for column, row, *_ in ends)
    return Sheet(cells, frozenset(column for column, _ in cells), frozenset(row for _, row in cells))


@cache
def tokens(text: str) -> tuple[Token, ...]:
    """What a formula is made of."""
    return tuple(Tokenizer(f"={text}").items)


@cache
def calls(text: str) -> tuple[Call, ...]:
    """The functions of a formula, each where it ends; parentheses and arrays go without a name."""
    open_: list[Call] = []
    ended: list[Call] = []
    for token in tokens(text):
        if token.subtype == Token.OPEN:
            open_.append(Call(token.value.rstrip("({"), len(open_) + 1, 1))
        elif token.type == Token.SEP:
            open_[-1] = open_[-1]._replace(arguments=open_[-1].arguments + 1)
        elif token.subtype == Token.CLOSE:
            ended.append(open_.pop())
    return tuple(ended)


def size(text: str) -> int:
    """At most how many bytes Excel keeps for a formula."""
    return sum(map(_size, tokens(text)))


def _size(token: Token) -> int:
    if token.type == Token.OPERAND:
        # Two bytes a letter, the quotation marks left out; an area with its sheet; a cell with its sheet, or a number.
        return 2 * len(token.value) - 1 if token.subtype == Token.TEXT else 15 if ":" in token.value else 9
    # A function with its jump (IF has one for every argument).
    return {Token.FUNC: 8, Token.SEP: 4}.get(token.type, 1) if token.subtype != Token.CLOSE else 0


def faults(formula: Formula, sheets: Mapping[str, Sheet]) -> Iterator[str]:
    """What some program would not take of a formula."""
    yield from _unknown(formula)
    yield from _beyond(formula)
    yield from _arrays(formula)
    for token in tokens(formula.text):
        if token.subtype == Token.RANGE and not _leads(formula, token.value, sheets):
            yield f"no such place: {token.value}"


def _unknown(formula: Formula) -> Iterator[str]:
    functions = IN_LISTS if formula.element in VALIDATIONS else FUNCTIONS
    # Print titles, which are rows and columns, are joined by a comma.
    operators = OPERATORS | {","} if formula.element == NAME else OPERATORS
    yield from (f"function: {call.name}" for call in calls(formula.text) if call.name not in functions | {""})
    for token in tokens(formula.text):
        # A blank between two areas is their intersection.
        if token.type in _OPERATIONS and token.value not in operators:
            yield f"operator: {token.value!r}"
        if token.type == Token.OPERAND and token.subtype not in OPERANDS:
            yield f"operand: {token.value}"


def _beyond(formula: Formula) -> Iterator[str]:
    texts = (token.value[1:-1] for token in tokens(formula.text) if token.subtype == Token.TEXT)
    found = {
        "length": (len(formula.text), LONGEST_IN_VALIDATION if formula.element in VALIDATIONS else LONGEST),
        "size": (size(formula.text), LARGEST),
        "text": (max((len(text.replace('""', '"')) for text in texts), default=0), LONGEST_TEXT),
        "depth": (max((call.depth for call in calls(formula.text)), default=0), DEEPEST),
        "arguments": (max((call.arguments for call in calls(formula.text)), default=0), MOST_ARGUMENTS),
    }
    yield from (f"{what}: {number} > {most}" for what, (number, most) in found.items() if number > most)


def _arrays(formula: Formula) -> Iterator[str]:
    """An array formula, which may spill, is told by its attributes; INDEX may pick from a row of numbers, in a cell."""
    if formula.element == CELL and formula.attributes:
        yield f"attributes: {formula.attributes}"
    rest = _PICKED.sub("", formula.text) if formula.element == CELL else formula.text
    yield from (
        f"array: {token.value}" for token in tokens(rest) if token.type in _BRACES and token.subtype == Token.OPEN
    )


def _leads(formula: Formula, reference: str, sheets: Mapping[str, Sheet]) -> bool:
    found = _REFERENCE.fullmatch(reference)
    sheet = found and sheets.get(found[1] or found[2] or formula.sheet)
    if not found or not sheet:
        return False
    left, top, right, bottom = range_boundaries(found[3])
    if formula.element in {CELL, LINK} and ":" not in found[3]:
        return (left, top) in sheet.cells
    return {left, right} - {None} <= sheet.columns and {top, bottom} - {None} <= sheet.rows


@pytest.mark.parametrize("name", BOOKS)
def test_every_formula_works_everywhere(name: str) -> None:
    formulas, sheets = book(name)
    assert {each.element for each in formulas} == HOLDERS | {LINK}
    assert len(formulas) > 1000
    told = {f"{fault} in {each.sheet}: {each.text[:60]}" for each in formulas for fault in faults(each, sheets)}
    assert sorted(told)[:9] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    {
        "_xlfn.CONCAT(A1,A2)": "function: _xlfn.CONCAT",
        "IFS(A1=1,2)": "function: IFS",
        "SUM(INDIRECT(A1))": "function: INDIRECT",
        "OFFSET(A1,1,0)": "function: OFFSET",
        "IF(A1=1,TODAY(),0)": "function: TODAY",
        "A1+#REF!": "operand: #REF!",
        "SUM(A1:A2 A2)": "operator: ' '",
        "SUM((A1,A2))": "operator: ','",
        "{1,2}*2": "array: {",
        "SUM(INDEX({1;2},A1))": "array: {",
        "@A1": "no such place: @A1",
        "A3": "no such place: A3",
        "SUM(A1:A3)": "no such place: A1:A3",
        "别处!A1": "no such place: 别处!A1",
        "[1]表!A1": "no such place: [1]表!A1",
        "'[账.xlsx]表'!A1": "no such place: '[账.xlsx]表'!A1",
        "表1[件数]": "no such place: 表1[件数]",
        "件数": "no such place: 件数",
        f'"{"字" * 256}"': "text: 256 > 255",
        f"{'-' * 8191}A1": "length: 8193 > 8192",
        "+".join(["A1"] * 1700): "size: 16999 > 16384",
        f"{'NOT(' * 65}A1{')' * 65}": "depth: 65 > 64",
        f"SUM({',' * 255})": "arguments: 256 > 255",
    }.items(),
)
def test_what_does_not_work_everywhere_is_told(text: str, fault: str) -> None:
    assert fault in set(faults(Formula(text, CELL, (), "表"), TWO_CELLS))


@pytest.mark.parametrize(
    ("element", "text", "fault"),
    [
        (CELL, "INDEX({1,-2},A1)", ""),
        (FORMAT, "INDEX({1,-2},A1)=1", "array: {"),
        ("formula1", "OFFSET(A1,1,0)", ""),
        (FORMAT, "OFFSET(A1,1,0)=1", "function: OFFSET"),
        (FORMAT, "A1" + "+A1" * 99, ""),
        ("formula1", "A1" + "+A1" * 99, "length: 299 > 255"),
        (NAME, "表!$A:$A,表!$1:$2", ""),
        (NAME, "表!$A:$B,表!$1:$2", "no such place: 表!$A:$B"),
        (LINK, "表!A3", "no such place: 表!A3"),
    ],
)
def test_what_works_depends_on_the_place(element: str, text: str, fault: str) -> None:
    assert set(faults(Formula(text, element, (), "表"), TWO_CELLS)) == {fault} - {""}


def test_array_formulas_are_told() -> None:
    formula = Formula("SUM(A1:A2)", CELL, ("t", "ref"), "表")
    assert list(faults(formula, TWO_CELLS)) == ["attributes: ('t', 'ref')"]
