"""Small PDFs, written by hand: text in a font that every reader knows, lines, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from nianbao.figures import show
from nianbao.form import CellKey
from nianbao.formfile import load_form
from nianbao.printed import PrintedCell, grid_size, printed
from nianbao.report import Report

WIDTH, HEIGHT = 595, 842
LEFT, RIGHT = 42.0, 552.0
TOP, BOTTOM = 110.0, 730.0
SIZE, LEADING = 14.0, 24.0
_SMALL, ROW = 8.0, 30.0
WIDTHS = {"requests": (30.0, 70.0, 130.0, *[40.0] * 7)}


class Text(NamedTuple):
    """A line of text; `x` and `y` are its upper left corner, from the upper left one of the page."""

    x: float
    y: float
    text: str
    size: float = SIZE
    slant: bool = False

    def __str__(self) -> str:
        turned = "0.7 0.7 -0.7 0.7" if self.slant else "1 0 0 1"
        code = self.text.encode("utf-16-be").hex()
        return f"BT /F {self.size} Tf {turned} {self.x} {HEIGHT - self.y - 0.88 * self.size} Tm <{code}> Tj ET"


class Rule(NamedTuple):
    """A line."""

    x0: float
    y0: float
    x1: float
    y1: float

    def __str__(self) -> str:
        return f"{self.x0} {HEIGHT - self.y0} m {self.x1} {HEIGHT - self.y1} l S"


class Picture(NamedTuple):
    """A picture that covers the page."""

    def __str__(self) -> str:
        return f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do Q"


Mark = Text | Rule | Picture
Page = Sequence[Mark]

_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    "/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]"
    "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>]>>"
)
_IMAGE = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\nstream\n0\nendstream"
_LOCK = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'5a' * 32}>/U<{'a5' * 32}>>>/ID[<00><00>]"


def pdf(pages: Sequence[Page], *, locked: bool = False) -> bytes:
    """A PDF of `pages`; a `locked` one has a password."""
    numbers = [5 + 2 * at for at in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>", _FONT, _IMAGE]
    for number, page in zip(numbers, pages, strict=True):
        drawing = "\n".join(map(str, page))
        resources = "<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources{resources}/Contents {number + 1} 0 R>>"
        )
        objects.append(f"<</Length {len(drawing)}>>\nstream\n{drawing}\nendstream")
    data, starts = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        starts.append(len(data))
        data += f"{number} 0 obj\n{each}\nendobj\n".encode()
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    end = f"trailer\n<</Size {len(starts) + 1}/Root 1 0 R{_LOCK if locked else ''}>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {len(starts) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def text_lines(paragraphs: Iterable[str], top: float = TOP, indent: int = 2) -> Iterator[Text]:
    """Paragraphs, broken into lines as wide as the page allows; those after the first begin indented."""
    room = int((RIGHT - LEFT) / SIZE)
    for paragraph in paragraphs:
        first = room - indent
        pieces = [paragraph[:first], *(paragraph[at : at + room] for at in range(first, len(paragraph), room))]
        for number, piece in enumerate(pieces):
            yield Text(LEFT if number else LEFT + indent * SIZE, top, piece)
            top += LEADING


def boxed(x0: float, y0: float, x1: float, y1: float, text: str = "") -> list[Mark]:
    """A cell with lines around it, its text wrapped."""
    sides = [Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1)]
    room = len(text) if text.isascii() else max(1, int((x1 - x0 - 2) / _SMALL))
    lines = [
        piece
        for line in text.split("\n")
        for at in range(0, len(line), max(room, 1))
        if (piece := line[at : at + room])
    ]
    return [*sides, *(Text(x0 + 2, y0 + 2 + at * (_SMALL + 1), line, _SMALL) for at, line in enumerate(lines))]


def report_pages(report: Report, start: float = TOP) -> list[list[Mark]]:
    """A report as office software prints it, the first table `start` from the top; tables break wherever pages end."""
    pages: list[list[Mark]] = [[Text(150, 60, f"{report.agency}{report.year}年政府信息公开工作年度报告", 16)]]
    y = start
    for chapter in load_form(report.edition).chapters:
        if y > BOTTOM - 2 * LEADING:
            pages.append([])
            y = TOP
        pages[-1].append(Text(LEFT + 2 * SIZE, y, chapter.heading))
        y += LEADING
        if not chapter.tables:
            continue
        rows, columns = grid_size(chapter)
        widths = WIDTHS.get(chapter.key, tuple([(RIGHT - LEFT) / columns] * columns))
        done = 0
        while done < rows:
            fit = min(rows, done + int((BOTTOM - y) / ROW))
            pages[-1] += table_rows(printed(chapter), report.values, widths, range(done, fit), y)
            y += (fit - done) * ROW
            done = fit
            if done < rows:
                pages.append([])
                y = TOP
        y += LEADING
    for number, page in enumerate(pages, 1):
        page += [Text(280, 790, f"— {number} —"), Text(60, 50, "示例市人民政府办公室", 9)]
    return pages


def table_rows(
    cells: Iterable[PrintedCell],
    values: Mapping[CellKey, Decimal | None],
    widths: Sequence[float],
    rows: range,
    top: float,
) -> Iterator[Mark]:
    """The `rows` of a table that one page shows, from `top` on; the text of a cell stands where it begins."""
    lefts = [LEFT + sum(widths[:at]) for at in range(len(widths) + 1)]
    for cell in cells:
        first, last = max(cell.row, rows.start), min(cell.row + cell.height, rows.stop)
        if first >= last:
            continue
        value = None if cell.key is None else values.get(cell.key)
        text = cell.text if value is None else show(value)
        down = (top + (first - rows.start) * ROW, top + (last - rows.start) * ROW)
        x0, x1 = lefts[cell.column], lefts[cell.column + cell.width]
        yield from boxed(x0, down[0], x1, down[1], text if first == cell.row else "")
