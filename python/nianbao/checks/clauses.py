"""What an office says of itself and of its whole year: clauses of a sentence, without what only names the two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..report import shortens
from .prose import Sentence

# Sets of three Chinese characters or more take a millisecond each to compile; alternatives of other lengths take nothing.
_PARTING = str.maketrans(dict.fromkeys("，,：:。；;！？", "，"))
_PLACES = "省市县区旗州盟镇乡"
_WHOLE = (*_PLACES, "街道", "政府", "管委会", "管理委员会")
"""How names end whose reports are about all offices of a place: what “本机关” did is only a part of them."""
_UNIT = "(?:单位|机关|部门|街道|中心|公司|集团|局|委|办|厅|院|馆|所|站|处|校|部|队|会|署)"
_NUMERAL = r"(?:\d\d?|十一|十二|一|二|三|四|五|六|七|八|九|十)"
_OPENS = (
    rf"[（(]?{_NUMERAL}(?:、|\.(?!\d(?!\d\d\d年))|）|\)|．)|第?{_NUMERAL}是|\d{{4}}年度?|本年度?|今年|全年|年内|一年来|报告期内?|统计期内?|期间"
    "|共|均|也|并|都|总共|同时|此外|另外|其间|“|”"
)
"""Words that change nothing at the beginning of a clause."""
_OF_PLACE, _OF_UNIT = "|(?:我|全)(?:街道|省|市|县|区|旗|州|盟|镇|乡)", f"|(?:我们?|本|全){_UNIT}"
_NARROWS = (
    r"上年|去年|往年|上半年|下半年|季度|\d{1,2}月(?!31日)|其中|除|结转"
    "|(?:方面|渠道|方式|形式|途径|平台|系统|窗口)中?$"
)
"""What keeps a clause that follows from being about the whole."""
_YEAR = re.compile(r"(\d{4})年")
_SPACE = re.compile(r"\s+")
_LONG, _ENDLESS = 200, 2000
"""Characters of a clause, and of a sentence, that no person reads as one."""


class Clause(NamedTuple):
    """What an office says of its whole year: the words left, and where they begin in the sentence."""

    text: str
    at: int


def is_whole(agency: str) -> bool:
    """Whether a report of `agency` is about all offices of a place."""
    return agency.endswith(_WHOLE)


def tight(sentence: Sentence) -> Sentence:
    """`sentence` without spaces."""
    return sentence._replace(text=_SPACE.sub("", sentence.text))


def parts(text: str) -> list[str]:
    """The clauses of `text`, and "" between two marks."""
    return text.translate(_PARTING).split("，")


def own_clauses(text: str, agency: str, year: int | None) -> Iterator[Clause]:
    """The clauses of a sentence in which nothing narrows what is said to a part of the office or of the year.

    What names the office or the year at the beginning is left out of them.
    """
    opening = f"(?:{_OPENS}{_OF_PLACE if is_whole(agency) else _OF_UNIT})*"
    at, narrowed = 0, False
    for said in parts(text) if len(text) < _ENDLESS else ():
        years = {int(each) for each in _YEAR.findall(said)}
        if years or said.startswith(("本年", "今年")):
            narrowed = bool(years) and years != {year}
        if said and len(said) < _LONG and not narrowed and (begins := re.match(opening, said)):
            yield Clause(said[begins.end() :], at + begins.end())
        narrowed = narrowed or re.search(_NARROWS, said) is not None
        at += len(said) + 1


def is_own(before: str, agency: str) -> bool:
    """Whether what stands before a verb is nothing, or short for the office."""
    return not before or (len(before) > 1 and shortens(before, agency))
