"""The sheet 决定 of a summary: what the office has to decide, and what it has decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..findings import Finding
from ..workbook.contents import Entry, Listing
from ..workbook.names import DECISIONS
from .board import Position, not_handed_in
from .decisions import DIGEST, HEADS, Choice, Decision
from .handed import Handed

_WIDTHS = (34, 60, 14, 28, 34, 10, 13, 16)
_SPARE = 20
_QUESTION = HEADS.index("问题")


def questions(handed: Sequence[Handed], found: Sequence[Position], decisions: Sequence[Decision]) -> Listing:
    """决定: the decisions there are, then a row for each file and each unit that still needs one."""
    rows = [*map(_decided, decisions), *_open(handed, found)]
    opened = {column: () for column, head in enumerate(HEADS) if column != _QUESTION}
    return Listing(
        DECISIONS,
        "要决定的事",
        "在“决定”列选一种，写明原因，存盘后重新汇总就会照办；“属于该单位”还要写单位名称。文件换过以后，原来的决定失效。",
        (HEADS,),
        _WIDTHS,
        tuple(rows),
        frozen=1,
        opened=opened | {HEADS.index("决定"): tuple(Choice)},
        spare=_SPARE,
    )


def _decided(decision: Decision) -> tuple[Entry, ...]:
    file, unit, choice, reason, by, day, digest = decision
    return (file, "", choice.value, unit, reason, by, day, digest)


def _open(handed: Sequence[Handed], found: Sequence[Position]) -> Iterator[tuple[Entry, ...]]:
    for each in handed:
        if each.problem is not None and each.problem.is_open_error:
            digest = each.checked.digest[:DIGEST]
            yield (each.name, _question(each.problem), "", each.member.name if each.member else "", "", "", "", digest)
    for member in not_handed_in(found):
        yield ("", "没有收到这个单位的报表。", "", member.name, "", "", "", "")


def _question(problem: Finding) -> str:
    return f"{problem.rule} {problem.message}"
