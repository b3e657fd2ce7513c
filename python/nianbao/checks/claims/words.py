"""The words that claims are made of, each with a letter; a clause is read as the letters of its words.

Grammars over these letters are short and quickly compiled, and a word that nobody listed is a `?` in them: what is not
known is never skipped.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import NamedTuple

UNKNOWN, YEAR, DATE, NUMBER = "?", "y", "m", "#"
_OFFICES = "局 委 办 厅 院 所 站 馆 处 队 会 社 镇 乡 街道 街 办事处 中心 单位 部门 机关 行政机关 办公室 公司 学校 省 市 县 区 旗 州 盟 政府"
_LIST = {
    # what says nothing that would change what is counted
    "f": "共 共计 总共 一共 合计 总计 总 实际 依法 依规 依法依规 规范 认真 妥善 及时 已 均 全部 同时 此外 另外 期间 经统计 据统计 有 共有 并 且"
    " 为 是 达 达到 的 了 过 数量 总数 总量 量 件数 一是 二是 三是 四是 五是 六是 “ ” 类 属于 作出决定 决定 各类 有效 提出的 提交的 工作 答复书"
    " 方面 事项 行为 问题 案件 案 公民、法人或其他组织 公民、法人和其他组织 公民、法人或者其他组织 公民、法人及其他组织",
    "k": "累计",
    "t": "全年 全年度 本年 本年度 今年 今年以来 今年来 年内 年度内 本年度内 一年来 报告期内 本报告期内 年底 目前",
    "z": "自 从 起 至 到 止 在 入",
    "c": "截至 截止 截至到 截止到",
    "n": "新",
    "a": "各级 各部门 各单位 行政机关 政府及其部门 及其部门 政务公开单位 政府信息公开单位",
    "g": "收到 接收 接收到 接到 收 受理 收到并受理 收到和受理 收到受理 收到并登记",
    "w": "新收 新收到 新接收 新受理 新收到并受理",
    "d": "办理 处理 答复 回复 办理答复 收到并办理 收到并处理 收到和处理 收到和办理 收到并办结 收到并答复 受理并办理 受理并办结 受理并答复 受理办理"
    " 受理办结 办理并答复 办理和答复",
    "e": "办结 办理完毕 办结答复 办结并答复",
    "b": "申请 申请件",
    "h": "结转 顺延 转结 转",
    "l": "下年 下年度 下一年 下一年度 次年 次年度 明年 下年度继续 下年继续 次年继续 次年度继续 下一年继续 下一年度继续 明年继续",
    "v": "继续",
    "q": "上年 上年度 上一年 上一年度 去年 去年度",
    "i": "其中 包括 包含 含 加上 另有 尚有 尚 另 还有 还 剩余 涉及 因 因本",
    "j": "按期 按时 按规定 在法定期限内 法定期限内 在规定期限内 规定期限内 在规定时限内 当场 延期 逾期 严格按照规定",
    "D": "规范性文件 行政规范性文件 规章 政府规章",
    "M": "制定 制发 出台 印发 新制定 新出台 新制发 制定出台 制定印发",
    "P": "公开 公布 发布 集中公开 集中发布 集中统一公开 清理 保留 更新 动态更新 集中 统一",
    "K": "现行有效",
    "R": "废止 宣布废止 清理废止",
    "A": "作出 做出",
    "B": "行政许可 行政处罚 行政强制",
    "E": "行政许可决定 行政处罚决定 行政强制决定 行政许可处理决定 行政处罚处理决定 行政强制处理决定",
    "F": "行政事业性收费 行政事业性收费收入 行政事业性收费金额 行政事业性收费总额 行政事业性收费总金额",
    "C": "收取 收缴 征收",
    "Q": "采购金额 采购总金额 集中采购金额 集中采购总金额 政府集中采购金额 政府集中采购总金额",
    "J": "采购项目 集中采购项目 政府集中采购项目",
    "V": "由 因为 涉及到",
    "I": "政府信息公开 信息公开 政务信息公开 政府信息依申请公开",
    "H": "引起 引发 产生 导致 发生 被 提起 提出 起诉 被申请 被提起 而",
    "Y": "行政复议",
    "Z": "行政诉讼",
    "x": "自然人 商业企业 科研机构 社会公益组织 法律服务机构",
    "u": "件 条 份 宗 起 个 项 例 篇 部 次",
    "$": "元",
    # what is counted otherwise, and what makes a number one of several
    "!": "件次 人次 条次 余 多 来 左右 以上 以下 余件 多件 余条 多条 近 约 超 超过 逾 不足 至少 元/件",
}
_ASKED = (
    ("政府信息公开", "信息公开", "政务信息公开", "政务公开"), ("申请", "的申请", "依申请"), ("", "件", "事项", "办件", "案件", "表", "书"),
), (
    ("依申请公开", "政府信息依申请公开", "政务信息依申请公开", "信息依申请公开", "申请公开", "公开"),
    ("", "政府信息", "信息", "政务信息", "政府信息的", "信息的"), ("", "申请", "的申请", "件", "事项", "办件", "申请件", "申请事项", "申请表"),
), (("依申请信息公开", "依申请政府信息公开"), ("", "申请", "件", "事项"))  # fmt: skip
RESULTS = {
    "both": "予以公开及部分公开 予以公开和部分公开 予以公开或部分公开 予以公开与部分公开 予以公开、部分公开 公开及部分公开 公开和部分公开 予以公开或者部分公开 予以公开及予以部分公开",
    "outcome.partly_granted": "部分公开 予以部分公开 部分予以公开 同意部分公开",
    "outcome.granted": "予以公开 同意公开 予以全部公开 全部予以公开",
    "outcome.denied": "不予公开 不同意公开",
    "outcome.unavailable": "无法提供",
    "outcome.declined": "不予处理",
    "outcome.other": "其他处理 其它处理",
    "outcome.unavailable.not_held": "不掌握相关政府信息 本机关不掌握相关政府信息 不掌握相关信息 本机关不掌握相关信息",
    "outcome.unavailable.to_make": "没有现成信息需要另行制作",
    "outcome.declined.repeated": "重复申请",
}
"""What texts call the results of applications, by row or group of rows; `both` is two of them."""
_NUMERAL = r"[零〇○一二两三四五六七八九十百千万]+(?=[件条份宗起个项例篇部次])"
_FIGURES = re.compile(
    r"(?P<y>\d{4}年(?:度|全年|内|以来|来|期间|底|末)?)|(?P<m>\d{1,2}月(?:\d{1,2}日|底|末)?)"
    rf"|(?P<n>(?:\d{{1,3}}(?:'\d{{3}})+|\d+)(?:\.\d+)?[万亿]?|{_NUMERAL})"
)
_KINDS = {"y": YEAR, "m": DATE, "n": NUMBER}


class Word(NamedTuple):
    """A word of a clause, its letter, and where it begins."""

    letter: str
    text: str
    at: int


def read(clause: str) -> tuple[Word, ...]:
    """The words of `clause`, the longest first."""
    lexicon, longest = _lexicon()
    words: list[Word] = []
    at = unknown = 0
    while at < len(clause):
        found = _FIGURES.match(clause, at)
        size = len(found[0]) if found else _length(clause, at, lexicon, longest)
        if size:
            if unknown < at:
                words.append(Word(UNKNOWN, clause[unknown:at], unknown))
            text = clause[at : at + size]
            words.append(Word(_KINDS[str(found.lastgroup)] if found else lexicon[text], text, at))
        at += size or 1
        unknown = at if size else unknown
    return (*words, Word(UNKNOWN, clause[unknown:], unknown)) if unknown < len(clause) else tuple(words)


def letters(words: tuple[Word, ...]) -> str:
    """The letters of `words`."""
    return "".join(word.letter for word in words)


@cache
def result(text: str) -> str:
    """The row, or group of rows, that `text` names."""
    return next(key for key, names in RESULTS.items() if text in names.split())


def _length(clause: str, at: int, lexicon: dict[str, str], longest: dict[str, int]) -> int:
    most = min(longest.get(clause[at], 0), len(clause) - at)
    return next((size for size in range(most, 0, -1) if clause[at : at + size] in lexicon), 0)


@cache
def _lexicon() -> tuple[dict[str, str], dict[str, int]]:
    """The letter of every word, and the length of the longest by its first character."""
    known = {word: letter for letter, words in _LIST.items() for word in words.split()}
    known |= {f"{whose}{office}": "s" for whose, office in product("我本全", _OFFICES.split())}
    known |= {"".join(parts): "o" for lists in _ASKED for parts in product(*lists)}
    known |= {"公开": "P", "公开件": "?"}
    known |= {word: "r" for words in RESULTS.values() for word in words.split()}
    longest: dict[str, int] = {}
    for word in known:
        longest[word[0]] = max(len(word), longest.get(word[0], 0))
    return known, longest
