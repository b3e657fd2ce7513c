"""Numbers of applications in the texts: received, concluded, by result, carried over (N01–N04)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .passages import Clause, Part, Report, minus, plus, with_any
from .scope import Office, is_whole
from .verdicts import Claim
from .words import RESULTS, YEAR, result

# Over the letters of `words`.  依申请公开 alone may be a kind of document: a verb must say that it came in.
_WHOLE = re.compile(r"(.*?)([gwde])[fe]*(?:(o)f*#u|f*#uf*([ob]))")
_FINISHED = re.compile(r"[ijftyczv]*e[fo]*#u")
_RESULT = re.compile(r"[if]*r[fdb]*#u|[if]*#uf*r")
_BROUGHT = re.compile(r"[if]*qhf*[ob]?f*#ub?")
_CARRIED = re.compile(r"[ift]*#ub?h[zf]*[ly]v?d?|[if]*hz*[ly]v?d?[fob]*#u")
_APPLICANT = re.compile(r"[if]*x[fb]*#u")
_BARE_SUITS = ("公开申请", "依申请", "结转")
_GOES_ON = ("其中", "办理结果", "办结", "本年度办结", "全年办结", "共办结", "已办结", "结转")
"""How a sentence begins that goes on with the applications of the one before."""
_HARMLESS = (
    "其中",
    "包括",
    "具体为",
    "具体如下",
    "办理结果",
    "答复结果",
    "均",
    "全部",
    "都",
    "已",
    "并",
    "且",
    "严格",
    "依法",
    "按",
    "占",
    "办结率",
)
_GROUPS = (
    "outcome.granted",
    "outcome.partly_granted",
    "outcome.denied",
    "outcome.unavailable",
    "outcome.declined",
    "outcome.other",
)
_MAY_HOLD = {
    "outcome.granted": ("outcome.partly_granted",),
    "outcome.denied": ("outcome.unavailable", "outcome.declined", "outcome.other"),
    "outcome.unavailable": ("outcome.denied", "outcome.declined", "outcome.other"),
    "outcome.declined": ("outcome.unavailable", "outcome.other"),
    "outcome.other": ("outcome.partly_granted", "outcome.denied", "outcome.unavailable", "outcome.declined"),
}
"""What an office may count into a result where the sentence does not name it apart."""
_APPLICANTS = {
    "自然人": "natural_person",
    "商业企业": "company",
    "科研机构": "research_institute",
    "社会公益组织": "welfare_body",
    "法律服务机构": "law_firm",
}
_RECEIVED, _BEFORE, _TOTAL, _LATER = (
    f"requests/{row}/total" for row in ("received", "brought_forward", "outcome.total", "carried_forward")
)
_WITH_BEFORE = "加上“二、上年结转”"


def request_claims(
    text: str, passage: tuple[Clause, ...], report: Report, who: Office, *, goes_on: bool
) -> Iterator[Claim | None]:
    """What a passage says of applications; a None at the end says that the next may go on with parts of the same.

    `goes_on`: the passage before ended so.  A part is understood only behind what it is a part of, with nothing between
    that is not understood.
    """
    slack = Decimal(0) if goes_on and text.startswith(_GOES_ON) else None
    aside = ""
    for clause in passage:
        claim = _whole(clause, aside, text, report, who)
        if claim is not None:
            slack = _slack(claim, report)
        elif slack is not None:
            claim = _part(clause, text, report, who, slack)
        if claim is not None:
            yield claim
            continue
        if clause.words or not clause.text.startswith(_HARMLESS) or (clause.text != "其中" and "其中" in clause.text):
            slack = None
        aside += f"，{clause.text}"
    if slack is not None:
        yield None


def _whole(clause: Clause, aside: str, text: str, report: Report, who: Office) -> Claim | None:
    """“……收到政府信息公开申请 5 件”, about all of the office and the year."""
    found = _WHOLE.fullmatch(clause.letters) if clause.words else None
    if found is None or not is_whole(clause.words[: found.end(1)], aside, who):
        return None
    if found[4] == "b" and not any(word in text for word in _BARE_SUITS):
        return None
    verb = clause.words[found.start(2)].text
    new = found[2] == "w" or found[1].endswith("n")
    may_mean = (report.cell(_RECEIVED),) if new else _received(report, found[2])
    return _claim("N02" if found[2] == "e" else "N01", f"{verb}的政府信息公开申请", clause, may_mean)


def _received(report: Report, kind: str) -> tuple[Part, ...]:
    """What a number of applications that came in (g), were dealt with (d), or were concluded (e) may be."""
    came, before, total = (report.cell(path) for path in (_RECEIVED, _BEFORE, _TOTAL))
    both = plus(came, before)._replace(name=_WITH_BEFORE)
    if kind == "g":
        return (came, both)
    of_this_year = minus(total, before)._replace(name="减去“二、上年结转”")
    if kind == "e":
        return (total, of_this_year)
    return (came, both, total._replace(name="“（七）总计”"), of_this_year._replace(name=""), *_answered(report, total))


def _answered(report: Report, total: Part) -> Iterator[Part]:
    """What was answered, where an office does not call it an answer that it no longer deals with an application."""
    other, declined = report.rows("outcome.other"), report.rows("outcome.declined")
    yield from (minus(total, other), minus(total, declined), minus(total, plus(other, declined)))


def _slack(claim: Claim, report: Report) -> Decimal:
    """How many of a result may be left out, because the sentence gives the results of this year's applications only."""
    came, before = report.cell(_RECEIVED).value, report.cell(_BEFORE).value
    if came is None or not before or not claim.number.is_that(came):
        return Decimal(0)
    return before


def _part(clause: Clause, text: str, report: Report, who: Office, slack: Decimal) -> Claim | None:
    """What is a part of the claim before: concluded, one result, carried over, one kind of applicant."""
    said = clause.letters
    if not said:
        return None
    if _RESULT.fullmatch(said):
        return _result(clause, text, report, slack)
    if _FINISHED.fullmatch(said):
        claim = _claim("N02", "办结的申请", clause, _received(report, "e"))
        return claim and claim._replace(at_most="j" in said)
    if _BROUGHT.fullmatch(said):
        return _claim("N04", "上年结转的申请", clause, (report.cell(_BEFORE),))
    if _CARRIED.fullmatch(said) and clause.text_of(YEAR)[:4] in {"", str(who.year + 1)}:
        return _claim("N04", "结转下年度的申请", clause, (report.cell(_LATER),))
    return _applicant(clause, report) if _APPLICANT.fullmatch(said) else None


def _claim(rule: str, what: str, clause: Clause, may_mean: tuple[Part, ...]) -> Claim | None:
    said = clause.number
    return said and Claim(rule, what, said, clause.measure, clause.at, may_mean)


def _result(clause: Clause, text: str, report: Report, slack: Decimal) -> Claim | None:
    said = clause.text_of("r")
    may_mean = _results(result(said), text, report)
    claim = _claim("N03", f"“{said}”", clause, may_mean)
    first = may_mean[0].value
    if claim and first is not None and 0 <= first - claim.number.value <= slack:
        return claim._replace(may_mean=(*may_mean, Part("", claim.number.value, ())))
    return claim


def _results(key: str, text: str, report: Report) -> tuple[Part, ...]:
    if key == "both":
        return (plus(report.rows("outcome.granted"), report.rows("outcome.partly_granted")),)
    named = {each for each in _GROUPS if any(name in text for name in RESULTS[each].split())}
    others = tuple(report.rows(each) for each in _MAY_HOLD.get(key, ()) if each not in named)
    if key == "outcome.other" and "结转" not in text:
        others = (*others, report.cell(_LATER))
    return tuple(with_any(report.rows(key), others))


def _applicant(clause: Clause, report: Report) -> Claim | None:
    who = clause.text_of("x")
    came, before, total = (
        report.cell(f"requests/{row}/{_APPLICANTS[who]}") for row in ("received", "brought_forward", "outcome.total")
    )
    both = plus(came, before)._replace(name=_WITH_BEFORE)
    return _claim("N01", f"“{who}”的申请", clause, (came, both, total))
