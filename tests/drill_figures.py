"""The figures and texts of the drill: many balanced reports that add up to a published table.  Drawn, about invented units."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from builders import Values
from nianbao.demo.family import draw
from nianbao.form import CellKey, Form
from nianbao.formfile import load_form
from nianbao.report import Report
from nianbao.totals import computed

SEED = 20240220


def shares(city: Report, count: int, idle: Collection[int] = ()) -> list[Values]:
    """The figures of `count` balanced reports that add up to `city` in every cell; those of `idle` had no applications."""
    form = load_form(city.edition)
    return [settled(each, form) for each in draw(city, count, random.Random(SEED), idle)]


def settled(values: Mapping[CellKey, Decimal | None], form: Form) -> Values:
    """`values` with the totals that follow from the rest, in the order of the form."""
    found = {**values, **computed(values, form)}
    return {cell: found[cell] for cell in form.cells}


_OVERVIEW = (
    (
        "（一）主动公开。围绕群众关心的事项及时公开政府信息，规划、预算和办事指南都能在网上查到。",
        "（一）主动公开。按目录公开政府信息，政策文件印发后随即发布，并配发解读。",
        "（一）主动公开。梳理应公开的事项，补齐历年缺漏，公开政府信息的范围比往年宽。",
    ),
    (
        "（二）依申请公开。申请统一登记，专人办理，答复前由法制人员把关。",
        "（二）依申请公开。完善受理台账，与申请人多沟通，按期答复。",
        "（二）依申请公开。规范答复格式，疑难申请集体研究。",
    ),
    (
        "（三）政府信息管理。先审查后公开，发布后定期清理失效文件。",
        "（三）政府信息管理。落实三审制度，文件拟稿时同步确定公开属性。",
        "（三）政府信息管理。公开目录动态调整，过期信息及时归档。",
    ),
    (
        "（四）平台建设。网站公开专栏改版，常用栏目移到首页。",
        "（四）平台建设。网站与新媒体同步发布，查阅点配备了查询设备。",
        "（四）平台建设。公开专栏由专人维护，错链和错字随时改正。",
    ),
    (
        "（五）监督保障。纳入年度考核，接受社会评议，全年没有发生责任追究的情形。",
        "（五）监督保障。开展业务培训，定期督查并通报，考核和社会评议结果较好，没有责任追究情形。",
        "（五）监督保障。领导小组听取汇报，考核、评议发现的问题限期整改，没有责任追究情形。",
    ),
)
_PROBLEMS = (
    "有的栏目更新不够及时，解读的形式单一。下一步明确各栏目的责任人，多用图表讲清政策。",
    "经办人员变动较多，业务不够熟练。下一步建立带教办法，编印办理手册。",
    "公开内容与群众需求还有差距。下一步根据咨询和申请的热点调整公开重点。",
    "依申请公开的答复说理不足。下一步收集典型案例，统一说理的要点。",
    "公开目录划分偏粗，查找不便。下一步细化分类，改进站内搜索。",
)
_OTHER = ("没有其他需要报告的事项。", "其他需要报告的事项：年内没有机构变动。", "本年度没有其他需要说明的事项。")


def texts(number: int) -> Mapping[str, str]:
    """What the unit with this number wrote in chapters 一, 五 and 六: no names, no figures."""
    overview = "\n".join(_pick(choice, number + at * (number % 5)) for at, choice in enumerate(_OVERVIEW))
    return {"overview": overview, "problems": _pick(_PROBLEMS, number), "other": _pick(_OTHER, number)}


def _pick(choices: Sequence[str], number: int) -> str:
    return choices[number % len(choices)]
