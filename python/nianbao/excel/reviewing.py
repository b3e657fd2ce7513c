"""Shows what a check found in the workbook itself, walks through it, and takes over what people say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from ..check import check
from ..errors import InputError
from ..places import SheetPlace
from ..report import Explanation
from ..workbook.cellmap import words
from ..workbook.layout import EXPLANATIONS
from ..workbook.names import COVER, FUNCTIONS, RESULTS
from ..workbook.names import EXPLANATIONS as EXPLANATIONS_SHEET
from .dialogs import Cancelled
from .openbook import Found
from .pages import Entry
from .results import Problem, given, key, named, page, problems, step
from .session import Session
from .state import Typed, keep, kept

_FIRST_ASK = "请先点“全部审核”"
_MESSAGE = 5
"""The column of a problem that says what it is."""


def show_results(session: Session, found: Found) -> None:
    """Check the workbook and list everything on 审核结果; reasons already written there stay."""
    waiting, findings = given(problems(session.sheets())), check(found.reading)
    lost = waiting.keys() - {key(found.reading, finding) for finding in findings}
    reasons = "、".join(f"“{waiting[each]}”" for each in lost)
    if lost and not session.confirm(
        f"写好的原因{reasons}，对应的问题现在没有了，或数已改动。重新审核会去掉这些原因，继续吗？"
    ):
        raise Cancelled
    session.put(page(found.reading, findings, _now("%Y年%m月%d日 %H:%M"), waiting), COVER)


def frozen(session: Session, found: Found) -> Mapping[SheetPlace, Entry]:
    """What the cells that call the add-in show, if people want them fixed so; an error is no value to be fixed."""
    sheets = session.sheets() if found.functions else None
    shown = {place: sheets.at(place) for place in found.functions} if sheets else {}
    fixed = {place: value if isinstance(value, float) else words(value) for place, value in shown.items()}
    values = {place: Typed(what) for place, what in fixed.items() if not str(what).startswith("#")}
    question = (
        f"有 {len(values)} 格用了加载项的函数（{FUNCTIONS} 开头），在没有装加载项的电脑上会显示 #NAME?。"
        "要固定为现在的数值吗？（可以撤销）"
    )
    return values if values and session.confirm(question) else {}


def walk(session: Session, listed: Sequence[Problem], at: int, direction: int) -> None:
    """Take the person from problem number `at` to the next one that has to be dealt with, or (-1) to the one before."""
    problem = step(listed, at, direction)
    if problem is None:
        session.status("")
        session.tell("没有发现需要处理的问题。" + (f"其余说明见“{RESULTS}”。" if listed else ""))
        return
    keep(session.key, kept(session.key)._replace(at=problem.number))
    shown = problem.place is not None and session.can_show(problem.place)
    session.select(problem.place if problem.place and shown else SheetPlace(RESULTS, problem.row, _MESSAGE))
    session.status(f"第 {problem.number} 处，共 {len(listed)} 处　{problem.grade} {problem.key[0]}　{problem.message}")


def results(session: Session) -> tuple[tuple[Problem, ...], int]:
    """What the last check found, and the number of the problem people are at; InputError if nothing was checked."""
    sheets = session.sheets()
    if RESULTS not in sheets.names:
        raise InputError(session.name, "还没有审核过", _FIRST_ASK)
    listed, selected = problems(sheets), session.selected()
    pointed = [each.number for each in listed if (RESULTS, each.row) == selected[:2]]
    return listed, pointed[0] if pointed else kept(session.key).at


def explained(found: Found, listed: Sequence[Problem]) -> tuple[list[Explanation], list[str]]:
    """The explanations that people's reasons make, and why others make none."""
    findings = {key(found.reading, finding): finding for finding in check(found.reading)}
    by, made, refused = found.reading.report.particulars.get("preparer", ""), [], []
    for problem in (each for each in listed if each.reason and each.is_open):
        finding = findings.get(problem.key)
        if finding is None:
            refused.append(f"第 {problem.number} 条：数已改动，说明没有采用。请再点“全部审核”后重写。")
        elif not named(finding):
            refused.append(f"第 {problem.number} 条（{finding.rule}）：这类问题只能改正，不能说明。")
        else:
            made.append(Explanation(named(finding), problem.reason, by, _now("%Y-%m-%d")))
    return made, refused


def entered(found: Found, explanations: Sequence[Explanation]) -> Mapping[SheetPlace, Entry]:
    """Where `explanations` go on the sheet 出错说明; InputError if there is no room."""
    first = found.ours.find("explanations")
    if first is None:
        raise InputError(f"工作表“{EXPLANATIONS_SHEET}”", "找不到了", "请用模板重新填写")
    beside = first._replace(column=first.column + 1)
    reasons = [words(value) for value in found.ours.below(beside)]
    rows = [words(value) for value in found.ours.below(first)][:EXPLANATIONS]
    rows += [""] * (EXPLANATIONS - len(rows))
    free = [n for n, about in enumerate(rows) if not about and not "".join(reasons[n : n + 1])]
    entries: dict[SheetPlace, Entry] = {}
    for explanation in explanations:
        if explanation.about not in rows and not free:
            raise InputError(f"工作表“{EXPLANATIONS_SHEET}”", f"已写满 {EXPLANATIONS} 条", "请先删去已失效的说明")
        number = rows.index(explanation.about) if explanation.about in rows else free.pop(0)
        place = first._replace(row=first.row + number)
        entries |= {place._replace(column=place.column + n): text for n, text in enumerate(explanation)}
    return entries


def _now(pattern: str) -> str:
    return datetime.now(UTC).astimezone().strftime(pattern)
