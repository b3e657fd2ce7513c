"""What is said of the cells in question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..form import CellKey, Form
from ..rules import Assertion
from ..wording import line_name
from .equations import Gaps
from .slips import Change, are_exchanged


def why_one(assertions: Iterable[Assertion], change: Change, remark: str = "") -> str:
    """``本行（B02）与本列（B03）都不平，差额相同，像是多写一位``."""
    several = list(assertions)
    broken = "都不平，差额相同" if len(several) > 1 else "不平"
    return "，".join(filter(None, [_lines(several, change.cell) + broken, remark, change.likeness.words]))


def why_two(form: Form, pair: Sequence[Change], at: int, own: Sequence[Assertion]) -> str:
    """``本列（B03）不平，要与“…”行“…”列同时改才平，两数像是对调了``."""
    one, other = pair[at], pair[1 - at]
    broken = f"{_lines(own, one.cell)}{'都' if len(own) > 1 else ''}不平" if own else ""
    together = f"要与{named(form, other.cell)}同时改才平"
    same = "差额相同" if one.meant - one.written == other.meant - other.written else ""
    remarks = ("两数像是对调了",) if are_exchanged(pair) else (same, one.likeness.words)
    return "，".join(filter(None, (broken, together, *remarks)))


def why_summed(*, summed: bool) -> str:
    """Why a cell is in question although all totals are right."""
    return "合计由公式算出，只能核到本列" if summed else "各项合计都平，若合计是后来加出的，连同合计改"


def around(broken: Gaps, gaps: Gaps, *, whole: bool = True, only: bool = False) -> str:
    """What holds around the equations of one group, and so speaks for the other cells."""
    table = next(iter(gaps)).table
    if not whole:
        return "；同行或同列有空格，不能确定"
    if len(gaps) == 1:
        return "；单改其余任何一格都平不了" if only else ""
    elsewhere = any(each.table == table and each not in gaps for each in broken)
    return "；表内另有不平处" if elsewhere else "；表内其余勾稽关系都平"


def named(form: Form, cell: CellKey) -> str:
    """``“（七）总计”行“自然人”列``."""
    table = form.tables[cell.table]
    return line_name(table, "row", form.row(cell)) + line_name(table, "column", form.column(cell))


def _lines(assertions: Iterable[Assertion], cell: CellKey) -> str:
    """``本行（B02）与本列（B01、B03）``."""
    lines: dict[str, list[str]] = {}
    for assertion in sorted(assertions, key=lambda each: each.rule.for_each != "row"):
        lines.setdefault(_this_line(assertion, cell), []).append(assertion.rule.id)
    return "与".join(f"{line}（{'、'.join(ids)}）" for line, ids in lines.items())


def _this_line(assertion: Assertion, cell: CellKey) -> str:
    if assertion.line.key not in cell:
        return line_name(assertion.table, assertion.rule.for_each, assertion.line)
    if assertion.rule.for_each == "column":
        return "本列"
    return "本部分" if assertion.table.printed == "across" else "本行"
