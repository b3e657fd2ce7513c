"""Enumerations in the texts that are to add up to the number before them (N10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ...figures import show
from ...findings import Finding, Severity
from ..prose import Sentence, told
from .numbers import NUMBER, number

_MEASURE = r"(?:件次|人次|件|条|份|宗|起|个|项|例|篇|次|期|场|家|万元|元)"
_HEAD = rf"(?<![\d.])(?P<n>{NUMBER})(?P<unit>{_MEASURE})[，,：:；;。（(]?(?P<lead>其中|分别(?:为|是)|包括|包含)[：:，,]?(?:有|了|为)?"
_ITEM = rf"(?P<label>[^\d，,、；;。：:（()）]*?)(?P<n>{NUMBER})(?P<unit>{_MEASURE})"
_REMARK = r"[（(][^（()）]*[）)]|[，,]?占比?[^\d，,。；;]{0,8}\d+(?:\.\d+)?%"
_PARTED = r"[，,、]|(?<=[件条份宗起个项例篇次期场家元])(?:和|及|以及)"
_REST = r"^其[他它余]"
_VAGUE = r"约|近|超|逾|多|余|以上|不足|左右|至少"
_KINDS = (
    r"网|平台|微信|微博|公众号|新媒体|公报|报刊|电视|广播|栏|信函|邮|当面|现场|传真|窗口|线上|线下|电话|系统|途径|渠道|方式",
    r"自然人|公民|个人|群众|商业企业|法人|科研机构|服务机构|公益组织|律师",
    r"新收|新增|上年|去年",
    r"专栏|专题|首次|修订|重点",
    r"^(?:发布|公开|推送|转载|更新|回复|回应|收到|编发|刊发|报送|制发|制作|组织|开展|召开|开设|整改|接受|转)",
    r"已|完成|满意|采纳|落实|涉及|原创",
)
"""Ways to part the same things: a list that mixes two of them counts some things twice, and need not add up."""
_RESULTS = r"予以|公开$|不予|无法|提供|处理|答复|办结|办理|结转|撤回|补正|受理"
_FEWEST = 2


_Items = list[tuple[str, Decimal]]
"""The parts, each by what it is called."""


def wrong_sums(sentence: Sentence) -> Iterator[Finding]:
    """The enumerations of a passage that plainly do not add up to the number that they part."""
    text = sentence.text
    for head in re.finditer(_HEAD, text):
        whole = number(head["n"])
        items = _items(text[head.end() :], head["unit"])
        if (
            whole is None
            or whole.slack
            or items is None
            or re.search(_VAGUE, text[max(0, head.start() - 2) : head.start()])
        ):
            continue
        total = _sum(items)
        must = head["lead"].startswith("分别") or bool(re.match(_REST, items[-1][0]))
        if (total > whole.value or (must and total != whole.value)) and _is_of_one_kind(items):
            yield _told(sentence, head, whole.value, items)


def _items(after: str, unit: str) -> _Items | None:
    """The parts that are listed, None where something in the list is no part of the same measure."""
    listed = re.sub(_REMARK, "", after).rstrip("。！？；;")
    if re.search(_VAGUE, listed) or "其中" in listed or "。" in listed:
        return None
    pieces = [[each for each in re.split(_PARTED, part) if each] for part in re.split("[；;]", listed)]
    # A list parted by semicolons has one part between two of them; of another list, they are the end.
    found = [_item(piece, unit) for part in (pieces if len(pieces[0]) == 1 else pieces[:1]) for piece in part]
    items = [each for each in found if each is not None]
    if len(items) < max(len(found), _FEWEST) or len({label for label, _ in items}) < len(items):
        return None
    return items


def _item(piece: str, unit: str) -> tuple[str, Decimal] | None:
    found = re.fullmatch(_ITEM, piece)
    said = found and number(found["n"])
    return (found["label"], said.value) if found and said and not said.slack and found["unit"] == unit else None


def _is_of_one_kind(items: _Items) -> bool:
    """Whether the parts are parted in one way, and are no results of applications.

    Of those, there are more than came in where some are from last year, and fewer where some are still open.
    """
    labels = [label for label, _ in items if not re.match(_REST, label)]
    kinds = {tuple(bool(re.search(kind, label)) for kind in _KINDS) for label in labels}
    return len(kinds) == 1 and not any(re.search(_RESULTS, label) for label, _ in items)


def _sum(items: _Items) -> Decimal:
    return sum((value for _, value in items), Decimal(0))


def _told(sentence: Sentence, head: re.Match[str], whole: Decimal, items: _Items) -> Finding:
    total, unit = _sum(items), head["unit"]
    sums = "＋".join(show(value) for _, value in items)
    what = (
        f"写的总数是 {show(whole)} {unit}，后面各项相加（{sums}）是 {show(total)} {unit}，"
        f"相差 {show(abs(whole - total))} {unit}。请核对后改正总数或各项；有交叉重复的，请写明。"
    )
    return told("N10", Severity.WARNING, sentence, what, head.start())._replace(left=whole, right=total)
