"""How the cells of a workbook look; one format object for each look of one book."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

ENTRY, COMPUTED, HEAD, WRONG, NOTE = "#FFFDE7", "#EDEDED", "#F7F7F7", "#FFC7CE", "#595959"
"""Background of entry cells, of computed cells, of printed labels, of what does not balance; colour of notes."""

_TEXT = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
_BOXED = _TEXT | {"border": 1}
_OPEN = {"locked": False, "bg_color": ENTRY}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"},
    "heading": {"font_name": "黑体", "font_size": 14, "align": "center", "valign": "vcenter"},
    "note": _TEXT | {"font_color": NOTE, "font_size": 9},
    "text": _TEXT,
    "name": _TEXT | {"bold": True},
    "label": _BOXED,
    "head": _BOXED | {"align": "center"},
    "block": _BOXED | {"align": "center", "bold": True, "bg_color": "#DCE6F1"},
    "listed": _BOXED | {"font_size": 9},
    "verdict": _BOXED | {"font_size": 9, "align": "center"},
    "column": _BOXED | {"align": "center", "bold": True, "bg_color": HEAD},
    "entry": _BOXED | _OPEN | {"align": "center", "shrink": True, "text_wrap": False},
    "given": _BOXED | {"align": "center", "shrink": True, "text_wrap": False, "bg_color": COMPUTED},
    "field": _BOXED | _OPEN | {"align": "left", "num_format": "@"},
    "choice": _BOXED | _OPEN | {"align": "left"},
    "paragraph": _TEXT | _OPEN | {"valign": "top", "num_format": "@", "border": 1, "border_color": "#D9D9D9"},
    "link": _TEXT | {"font_color": "#0563C1", "underline": 1},
    "wrong": {"bg_color": WRONG, "font_color": "#9C0006", "bold": True},
    "right": {"font_color": "#006100"},
    "blank": {"font_color": "#7F6000"},
}


class Styles:
    """The formats of one book, made when first asked for."""

    def __init__(self, book: Workbook) -> None:
        self._make = cache(lambda name: book.add_format(_LOOKS[name]))

    def __getitem__(self, name: str) -> Format:
        return self._make(name)
