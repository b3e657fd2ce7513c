"""What keeps a document from going out, and what was published against what the office has."""

from __future__ import annotations

from decimal import Decimal

from ..figures import show
from ..findings import Finding, Severity
from ..form import CellKey, Form
from ..places import Place
from ..wording import cell_name

_SHOWN = 40
"""Characters quoted from where two texts begin to differ."""
_BEFORE = 8


def s01_unwritten(where: str, what: str) -> Finding:
    """各章都有文字，没有留着待填写的地方。"""
    return Finding("S01", Severity.ERROR, f"{where}：还没有写（{what}）。请在工作簿里写好，再生成正式报告。")


def p02_figure(
    cell: CellKey,
    figures: tuple[Decimal | None, Decimal | None],
    names: tuple[str, str],
    form: Form,
    place: Place | None,
) -> Finding:
    """公布的与工作簿逐格一致。"""
    left, right = figures
    said = "，".join(f"{name}是 {show(figure) or '空格'}" for name, figure in zip(names, figures, strict=True))
    gap = "" if left is None or right is None else f"，相差 {show(left - right)}"
    message = f"{cell_name(form, cell)}：{said}{gap}。请核对哪一处对，改正另一处。"
    known = (left, right) if gap else (None, None)
    return Finding("P02", Severity.ERROR, message, (cell,), *known, place=place)


def p02_missing(cells: tuple[CellKey, ...], where: str, missing: str, name: str) -> Finding:
    """公布的与工作簿有同样的格。"""
    return Finding("P02", Severity.ERROR, f"{where}：{missing}里没有，{name}里有。请核对。", cells)


def p02_text(chapter: str, texts: tuple[str, str], names: tuple[str, str], place: Place | None) -> Finding:
    """公布的与工作簿文字一致（不计空格和分段）。"""
    at = next((n for n, (one, other) in enumerate(zip(*texts, strict=False)) if one != other), min(map(len, texts)))
    quotes = (_quoted(text, at) for text in texts)
    said = "，".join(f"{name}是{quote}" for name, quote in zip(names, quotes, strict=True))
    return Finding("P02", Severity.ERROR, f"{chapter}的文字从第 {at + 1} 个字起不同：{said}。请核对。", place=place)


def p02_lost(text: str, name: str) -> Finding:
    """生成的文档与工作簿逐段一致。"""
    return Finding("P02", Severity.ERROR, f"{name}：这一段不在里面，或与工作簿不同：{_quoted(text, 0)}。文档没有写出。")


def p02_number(number: str, text: str) -> Finding:
    """由数字生成的句子里，每个数都来自表格。"""
    at = text.find(number)
    message = f"生成的文字里的“{number}”不是由表格得出的：{_quoted(text, at)}。请检查文字模板。"
    return Finding("P02", Severity.ERROR, message)


def _quoted(text: str, at: int) -> str:
    """What stands in a text around position `at`."""
    if not text:
        return "空的"
    start, end = max(0, at - _BEFORE), at + _SHOWN
    return f"“{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}”"
