"""Numbers of reconsiderations and lawsuits in the texts (N07).

What was filed, accepted, newly received and concluded are different numbers, and table four has only one of them: a claim
is read only where it says plainly that the office itself was the other side because of disclosure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .passages import Clause, Part, Report, minus, plus
from .scope import Office, is_whole
from .verdicts import Claim

# Over the letters of `words`; 因 is one that narrows elsewhere.
_FIRST = re.compile(r"(.*?)(?:[Vi][Io]|I)[fHb]*([YZ])[fb]*#u")
_NEXT = re.compile(r"(?:[Vi][Io])?[fHb]*([YZ])[fb]*#u")
_ROWS = {"行政复议": ("reconsideration",), "行政诉讼": ("litigation.direct", "litigation.reviewed")}


def dispute_claims(passage: tuple[Clause, ...], report: Report, who: Office) -> Iterator[Claim]:
    """What a passage says of disputes about disclosure; one of the two follows the other."""
    aside, went_on = "", False
    for clause in passage:
        said = clause.letters
        found = _FIRST.fullmatch(said)
        is_plain = found is not None and is_whole(clause.words[: found.end(1)], aside, who)
        went_on = is_plain or (went_on and _NEXT.fullmatch(said) is not None)
        if not went_on:
            aside += f"，{clause.text}"
        elif (number := clause.number) and number.value:  # that there were none is N08
            what = clause.text_of("YZ")
            yield Claim("N07", what, number, clause.measure, clause.at, tuple(_cases(what, report)))


def _cases(what: str, report: Report) -> Iterator[Part]:
    """All cases of the year, without those that are open, or without those that last year's report had open."""
    totals = [report.cell(f"review/{row}/total") for row in _ROWS[what]]
    pending = [report.cell(f"review/{row}/pending") for row in _ROWS[what]]
    whole = plus(*totals)
    yield whole
    yield minus(whole, plus(*pending))._replace(name="扣除“尚未审结”")
    for each, open_ in zip(totals, pending, strict=True) if len(totals) > 1 else ():
        yield each
        yield minus(each, open_)
    known = sum(value for part in pending if (value := report.last.get(part.cells[0])) is not None)
    if known:
        yield whole._replace(value=None if whole.value is None else whole.value - known)
