"""Which of several files of one unit is added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ..checks.merging import g03_not_chosen, g03_older, g03_repeated, g03_same
from ..findings import Finding
from .decisions import Choice, Decided
from .handed import Handed
from .members import name_key
from .versions import differ, newest, round_of


def one_of_each(handed: Sequence[Handed], decided: Decided) -> list[Handed]:
    """`handed` with all but one file of each unit left out, all of them where nothing decides."""
    several = defaultdict[str, list[int]](list)
    for at, each in enumerate(handed):
        if each.is_added and each.member:
            several[name_key(each.member.name)].append(at)
    found = list(handed)
    for places in several.values():
        if len(places) > 1:
            group = [found[at] for at in places]
            for at, each in zip(places, _chosen(group, decided), strict=True):
                found[at] = each
    return found


def _chosen(group: Sequence[Handed], decided: Decided) -> list[Handed]:
    """The files of one unit, one of them at most to be added up."""
    wanted = [each for each in group if Choice.USE in decided.files.get(each.name, {})]
    if len(wanted) == 1:
        return [each if each is wanted[0] else each._replace(problem=g03_not_chosen(wanted[0].name)) for each in group]
    chosen = newest([each.checked.reading for each in group if each.checked.reading])
    best = next((each for each in group if each.checked.reading is chosen), None)
    if best is None:
        return [each._replace(problem=_asked(each, group)) for each in group]
    return [each if each is best else each._replace(problem=_behind(each, best)) for each in group]


def _asked(handed: Handed, group: Sequence[Handed]) -> Finding:
    rounds = sorted({round_of(each.report) for each in group if each.report})
    if 0 in rounds:
        why = "有的没有写报送轮次"
    else:
        why = f"报送轮次都是 {rounds[-1]}" if len(rounds) == 1 else f"第 {rounds[-1]} 轮有几份"
    return g03_repeated(handed.agency, [each.name for each in group if each is not handed], why)


def _behind(handed: Handed, best: Handed) -> Finding:
    one, other = handed.report, best.report
    both = [each.checked.reading for each in (handed, best) if each.checked.reading]
    if one is None or other is None or not differ(both):
        return g03_same(best.name)
    return g03_older(best.name, round_of(one), round_of(other))
