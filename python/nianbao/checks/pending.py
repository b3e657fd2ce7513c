"""The rules of the catalogue that are no function of their own, and why: covered by another, later, or not to be decided."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Standing(StrEnum):
    """What becomes of a rule."""

    ACTIVE = "生效"
    TRIAL = "试行"
    ELSEWHERE = "另有"
    """Another rule, or the tool itself, sees to it."""
    LATER = "以后"
    UNDECIDABLE = "不能判断"
    """What is in a report does not tell."""


class Pending(NamedTuple):
    """A rule of the catalogue, what it is about, and why it is not checked by itself."""

    id: str
    standing: Standing
    says: str
    why: str


_E, _L, _U = Standing.ELSEWHERE, Standing.LATER, Standing.UNDECIDABLE
PENDING = (
    Pending("V08", _E, "全角数字、千分位、空格", "读入时自动换成数字，不改变数值"),
    Pending("V09", _E, "数字后带“件”“项”等量词", "读入时去掉，由 R04 说明原文"),
    Pending("V11", _E, "一格里有两个数", "由 R02 说明，两个数都不采用"),
    Pending("S06", _L, "表三左上角的注", "不影响数字，模板和生成的文档里总有"),
    Pending("S07", _E, "表四是三组十五列", "缺的由 R03 说明，多的由 R02 说明"),
    Pending("S10", _L, "第二、三、四章只有表，没有长段文字", "通行做法不一，还没有可靠的界限"),
    Pending("M01", _E, "标题由单位名称、年度和报告名称组成", "没有年度由 S02 说明，单位不一致由 M06 说明"),
    Pending("A05", _U, "内设机构、临时机构、事业单位不制发行政规范性文件", "从报告里看不出单位的性质"),
    Pending("A13", _U, "没有许可、处罚权的单位填了件数", "从报告里看不出单位的权力清单"),
    Pending("A17", _U, "收费与财务决算一致", "决算不在报告里"),
    Pending("B06", _E, "办结数、结转数不超过新收加上年结转", "由 B01 推出"),
    Pending("B09", _L, "有逾期不缴费视为放弃的，第六章却说没有收费", "两者并不矛盾，只值得看一眼"),
    Pending("B10", _U, "有补正后仍不明确的，应有补正告知书", "告知书不在报告里"),
    Pending("B11", _L, "不予公开里的国家秘密、危及安全，请再看一眼", "数字本身没有错"),
    Pending("B12", _L, "结转比例高", "还没有可靠的界限"),
    Pending("B13", _L, "表三全为 0 而表四有数", "复议诉讼可以针对往年的申请"),
    Pending("B14", _U, "区分处理的只计入部分公开", "从合计数看不出单件怎样计"),
    Pending("C04", _U, "上年尚未审结的今年应当审结", "通知没有规定按收案还是按结案统计"),
    Pending("C05", _L, "结果纠正的比例高", "数字本身没有错"),
    Pending("C06", _U, "复议机关作共同被告的由复议机关统计", "从报告里看不出"),
    Pending("N11", _L, "分单位的数相加等于总数", "文字里的列举是否完整难以确认"),
    Pending("N15", _L, "文字与上年报告大半相同", "要有上年报告的全文，还没有试过"),
    Pending("N16", _L, "第五章有问题也有措施，且与上年不同", "没有可靠的判断办法"),
    Pending("N19", _L, "“余”后面跟着确切的列举", "只是文字上的讲究"),
    Pending("F04", _L, "信息处理费的分单位数相加等于总数", "列举是否完整难以确认"),
    Pending("Y01", _E, "上年结转与上年报告一致", "即 B07"),
    Pending("Y02", _E, "现行有效件数与上年衔接", "即 A02"),
    Pending("Y05", _L, "主要数字由有变无、由无变有", "常见而且多半正常"),
    Pending("Y06", _E, "2020 到 2021 换了版式，只比较两版都有的格", "比较时总是这样做"),
    Pending("G01", _E, "汇总数等于各单位之和", "汇总表由公式相加，来源可查"),
    Pending("G04", _E, "零报告也是报告，缺文件不是零", "没有交的由 G03 说明"),
    Pending("G06", _E, "有错误的单位不能悄悄计入", "列在“决定”和“填报状态”里"),
    Pending("G12", _E, "金额按原有小数相加", "全程用十进制小数，不取近似"),
    Pending("G13", _E, "每个数都查得到单位和文件", "nianbao trace 和“数字来源”"),
    Pending("G14", _U, "转办的申请由答复的单位统计", "从报告里看不出"),
    Pending("G15", _L, "下级不大于上级", "要知道上级报告包括哪些下级"),
    Pending("P01", _E, "按期公布", "即 M05"),
    Pending("P03", _E, "表格是文字，不是图片", "由 R01、S05 说明"),
    Pending("P04", _L, "文件名的写法", "各地要求不同"),
    Pending("P05", _U, "迟报扣分", "各地评分办法不同"),
)
"""In the order of the catalogue."""
