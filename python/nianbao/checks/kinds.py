"""Whether an office calls itself what it is: a text taken over from another office names another kind of unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..findings import Finding, Severity
from ..form import SIGNATURE, Form
from ..reading import Reading
from .prose import Sentence, said, sentences, told


class Word(NamedTuple):
    """A word by which a unit of one kind speaks of itself: not behind nor before some characters, which make it another.

    `behind` and `before`, where given, are what it must stand behind (a character, or the beginning) and before.
    """

    text: str
    not_behind: str = ""
    not_before: str = ""
    behind: str = ""
    before: tuple[str, ...] = ()


_STAFF = (
    "各",
    "上下",
    "干部",
    "职工",
    "人员",
    "党员",
    "系统",
    "工作人员",
    "科室",
    "政务公开",
    "政府信息公开",
    "信息公开",
)
"""What 全局 is about where it means all of an office: alone it is the whole picture."""
_HEADS = ("任", "为", "担任", "亲自任", "亲自担任", "和各", "、副局长")
_OPEN = "，,。；;、：:（(以由"
_SAYS = {
    "局": (
        Word("我局", "自", "势面部限"),
        Word("本局", "基日根样原剧版成", "势面部限"),
        Word("全局", "大展略作革理筹眼务关立怀握谋顾响康", before=_STAFF),
        Word("局长", behind=_OPEN, before=_HEADS),
        Word("副局长", behind=_OPEN, before=_HEADS),
    ),
    "委": (Word("我委", "自", "托派任屈员婉"), Word("本委", "村党居常基根", "托派任屈员")),
    "中心": (Word("我中心", "自", "城镇区地工任思"), Word("本中心", "基根", "城镇区地工任思")),
    "院": (Word("我院", "自"), Word("本院", "基根", "落校")),
    "馆": (Word("我馆", "自"), Word("本馆", "基根")),
    "所": (Word("我所", "自为", "在有谓需以能指知见说做想学认用"),),
    "站": (Word("我站", "自", "在起上出着"),),
    "镇": (Word("我镇", "自", "定"), Word("本镇", "基根")),
    "乡": (Word("我乡", "自", "村镇亲愁音土下"), Word("本乡", "基根", "村镇亲愁音土")),
    "街道": (Word("我街道", "自"), Word("本街道", "基根")),
    "校": (Word("我校", "自", "对正验"), Word("本校", "基根文", "对正验")),
    "公司": (Word("我公司", "自"), Word("本公司", "基根"), Word("我司", "自", "法机")),
}
"""By the kind of unit: how nobody but such a unit speaks of itself."""
_BESIDE = {"局": ("局长", "局办公室", "局党组", "局党委", "局机关", "局领导", "局属")}
"""Words that tell nothing alone, since they may be the superior's, but are told with the others."""
_KINDS = (*_SAYS, "厅", "集团", "队", "处", "部", "办", "署", "社")
_SAME = {"校": "学校院园", "院": "学校院", "公司": ("公司", "集团", "厂", "社", "行"), "馆": ("馆", "中心")}
"""Where one kind of unit calls itself another, too: a 学院 is 我校, a 集团 我公司."""
_GOVERNMENTS = ("政府", "管委会", "管理委员会", *"省市县区旗州盟镇乡")
"""How names end, or what stands in them, whose reports speak for units of every kind."""
_TWO_NAMES = (
    "挂牌",
    "加挂",
    "牌子",
    "合署",
    "两块牌",
    "一套班子",
    "一套人马",
    "简称局",
    "简称“局",
    "简称我局",
    "简称本局",
)
_OTHERS = "《[^《》]*》|“[^“”]{0,40}”"
"""Words of others: titles and quotations."""


def n20_other_kind(reading: Reading, form: Form) -> Iterator[Finding]:
    """单位自称（我局、本中心、我镇等）与单位名称是同一类单位。"""
    agency = reading.report.agency.strip()
    names = agency + reading.report.texts.get(SIGNATURE[0], "")
    speaks_for_all = agency.endswith(_GOVERNMENTS) or "政府" in agency
    if speaks_for_all or not any(kind in names for kind in _KINDS):
        return
    texts = [said(reading, key) for key in form.text_keys]
    if any(word in text for text in texts for word in _TWO_NAMES):
        return
    spoken = [(kind, word) for kind, word in _others(names) if any(word.text in text for text in texts)]
    words: dict[str, None] = {}
    first: tuple[Sentence, int] | None = None
    for sentence in sentences(reading, form) if spoken else ():
        own = re.sub(_OTHERS, lambda other: "“" * len(other[0]), sentence.text)
        for kind, word in spoken:
            if (at := _find(own, word)) is not None:
                first = first or (sentence, at)
                words |= {word.text: None} | dict.fromkeys(each for each in _BESIDE.get(kind, ()) if each in own)
    if first is not None:
        what = f"单位名称是“{agency}”，文字里却自称“{'”“'.join(words)}”，像是从别的单位的报告里带过来的。请核对，改成本单位的称呼。"
        yield told("N20", Severity.WARNING, first[0], what, first[1])


def _others(names: str) -> Iterator[tuple[str, Word]]:
    """What units of other kinds than `names` say of themselves."""
    for kind, words in _SAYS.items():
        if not any(each in names for each in (kind, *_SAME.get(kind, ()))):
            yield from ((kind, word) for word in words)


def _find(sentence: str, word: Word) -> int | None:
    """Where `word` stands in a sentence; None where it only seems to."""
    at = sentence.find(word.text)
    while at >= 0:
        behind, rest = sentence[max(0, at - 1) : at], sentence[at + len(word.text) :]
        is_other = (behind and behind in word.not_behind) or (rest[:1] and rest[:1] in word.not_before)
        fits = (not word.behind or behind in word.behind) and (not word.before or rest.startswith(word.before))
        if fits and not is_other:
            return at
        at = sentence.find(word.text, at + 1)
    return None
