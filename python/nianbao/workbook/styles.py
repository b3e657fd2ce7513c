"""How the cells of a workbook look; one format object for each look of one book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

ENTRY, COMPUTED, HEAD, WRONG, NOTE = "#FFFDE7", "#EDEDED", "#F7F7F7", "#FFC7CE", "#595959"
"""Background of entry cells, of computed cells, of printed labels, of what does not balance; colour of notes."""

_TEXT = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
_BOXED = _TEXT | {"border": 1}
_OPEN = {"locked": False, "bg_color": ENTRY}
_WRONG = {"bg_color": WRONG, "font_color": "#9C0006", "bold": True}
_DOUBTFUL = {"bg_color": "#FFEB9C", "font_color": "#7F6000"}
_CULPRIT = {"bg_color": "#C00000", "font_color": "#FFFFFF", "bold": True}
_REPORT = {"font_name": "仿宋", "font_size": 14, "text_wrap": True}
_SMALL_BOXED = {"font_name": "仿宋", "font_size": 10, "text_wrap": True, "border": 1, "valign": "vcenter"}
_DOTTED = {"border": 4, "border_color": "#7F7F7F"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"},
    "heading": {"font_name": "黑体", "font_size": 14, "align": "center", "valign": "vcenter"},
    "note": _TEXT | {"font_color": NOTE, "font_size": 9, "indent": 1},
    "text": _TEXT,
    "name": _TEXT | {"bold": True},
    "list_title": {"font_name": "黑体", "font_size": 14, "valign": "vcenter"},
    "label": _BOXED,
    "head": _BOXED | {"align": "center"},
    "block": _BOXED | {"align": "center", "bold": True, "bg_color": "#DCE6F1"},
    "row": _BOXED | {"font_size": 9, "valign": "top"},
    "listed": _BOXED | {"font_size": 9},
    "verdict": _BOXED | {"font_size": 9, "align": "center"},
    "column": _BOXED | {"align": "center", "bold": True, "bg_color": HEAD},
    "entry": _BOXED | _OPEN | {"align": "center", "shrink": True, "text_wrap": False},
    "given": _BOXED | {"align": "center", "shrink": True, "text_wrap": False, "bg_color": COMPUTED},
    "field": _BOXED | _OPEN | {"align": "left", "num_format": "@"},
    "choice": _BOXED | _OPEN | {"align": "left"},
    "day": _BOXED | _OPEN | {"align": "left", "num_format": "yyyy-mm-dd"},
    "paragraph": _TEXT | _OPEN | {"valign": "top", "num_format": "@", "border": 1, "border_color": "#D9D9D9"},
    "caption": _TEXT | {"font_size": 9, "align": "right", "text_wrap": False},
    "told": _TEXT | {"bold": True, "shrink": True, "text_wrap": False, "indent": 1},
    "side": _TEXT | {"font_size": 9, "font_color": NOTE, "align": "center"},
    "register": _TEXT | {"locked": False, "align": "center", "shrink": True, "text_wrap": False, **_DOTTED},
    "before": _TEXT | {"align": "center", "shrink": True, "text_wrap": False, "bg_color": COMPUTED, **_DOTTED},
    "remark": _TEXT | {"font_size": 9, "align": "left"},
    "below": _TEXT | {"font_size": 9, "align": "center"},
    "hidden": {"font_color": "#FFFFFF", "font_size": 8, "num_format": ";;;"},
    "red": _TEXT | {"font_color": "#C00000", "bold": True, "align": "center"},
    "status": _BOXED | {"bold": True, "font_size": 12, "bg_color": COMPUTED},
    "told_small": _BOXED | {"font_size": 9, "align": "center", "bold": True},
    "draft": _TEXT | {"font_name": "黑体", "font_color": "#C00000", "align": "center", "bold": True},
    "report_title": {"font_name": "方正小标宋简体", "font_size": 22, "align": "center", "valign": "vcenter"},
    "report_heading": {"font_name": "黑体", "font_size": 16, "valign": "vcenter", "indent": 2},
    "report_text": _REPORT | {"align": "left", "valign": "top"},
    "report_signature": _REPORT | {"align": "right", "indent": 2},
    "report_block": _SMALL_BOXED | {"align": "center", "bold": True},
    "report_head": _SMALL_BOXED | {"align": "center"},
    "report_label": _SMALL_BOXED,
    "figure": _SMALL_BOXED | {"align": "center", "shrink": True, "text_wrap": False},
    "copy": {"font_name": "宋体", "font_size": 12, "text_wrap": True, "valign": "top", "font_color": "#7F7F7F"},
    "small": {"font_name": "宋体", "font_size": 9},
    "legend_entry": _BOXED | {"bg_color": ENTRY},
    "legend_given": _BOXED | {"bg_color": COMPUTED},
    "legend_wrong": _BOXED | _WRONG,
    "legend_culprit": _BOXED | _CULPRIT,
    "legend_doubtful": _BOXED | _DOUBTFUL,
    "link": _TEXT | {"font_color": "#0563C1", "underline": 1},
    "listed_link": _BOXED | {"font_size": 9, "font_color": "#0563C1", "underline": 1},
    "wrong": _WRONG,
    "doubtful": _DOUBTFUL,
    "culprit": _CULPRIT,
    "explained": {"font_color": "#1F4E79", "bold": True},
    "wanted": {"bg_color": ENTRY},
    "right": {"font_color": "#006100"},
    "blank": {"font_color": "#7F6000"},
}


class Styles(dict[str, "Format"]):
    """The formats of one book, made when first asked for."""

    def __init__(self, book: Workbook) -> None:
        super().__init__()
        self._book = book

    def __missing__(self, name: str) -> Format:
        return self.setdefault(name, self._book.add_format(_LOOKS[name]))
