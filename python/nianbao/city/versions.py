"""Which of several reports of one unit is the one to use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

from ..reading import Reading
from ..report import Fee, Report

_ROUND = re.compile(r"\d{1,3}", re.ASCII)


def round_of(report: Report) -> int:
    """How often the report has been handed in (报送轮次), 0 if it does not say."""
    said = normalize("NFKC", report.particulars.get("round", "")).strip()
    return int(said) if _ROUND.fullmatch(said) else 0


def differ(several: Sequence[Reading]) -> bool:
    """Whether the figures of what one unit has are not all the same; fees that a report does not tell are no others."""
    fees = {each.report.fee for each in several} - {Fee()}
    return len(fees) > 1 or any(each.report.values != several[0].report.values for each in several)


def newest(several: Sequence[Reading]) -> Reading | None:
    """The one to use of what one unit has: of the highest round, never of the latest date; None if nothing decides."""
    if not differ(several):
        return max(several, key=_worth)
    rounds = [round_of(each.report) for each in several]
    last = [each for each, number in zip(several, rounds, strict=True) if number == max(rounds)]
    return None if 0 in rounds or differ(last) else max(last, key=_worth)


def _worth(reading: Reading) -> tuple[int, bool, int]:
    """Of reports with the same figures the latest, a workbook of ours before others, the one that says more."""
    return round_of(reading.report), reading.ours, sum(map(len, reading.report.texts.values()))
