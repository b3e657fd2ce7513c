"""Every workbook of a report stays small: a city collects hundreds of them by mail and messenger."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from builders import YEARS, blank_report, busy_report, compared, zero_report
from nianbao.form import INTRO, SIGNATURE
from nianbao.formfile import EDITIONS, load_form
from nianbao.reading import Reading
from nianbao.report import PARTICULARS, Explanation, Fee, Filling, Report, Totals
from nianbao.workbook.build import blank_workbook, build_workbook
from nianbao.workbook.contents import Contents, of_reading
from nianbao.workbook.verdicts import standings

KB = 1024
BARE, WITH_TEXT, HEAVIEST = 74 * KB, 80 * KB, 100 * KB
"""Bytes of a workbook without texts, with the usual ones, and with all that anybody would write."""
USUAL, LONG = (9, 4, 2), (40, 40, 40)
"""Paragraphs of chapters one, five and six: as offices write them; and as many as anybody would."""
LETTERS = {USUAL: 110, LONG: 40}
"""Characters of a paragraph."""
_WORDS = """
政府信息公开 主动公开 依申请公开 条例 规定 平台 建设 监督 保障 工作 机制 制度 流程 培训 会议 群众 企业 关切 回应 解读 政策
文件 清理 目录 更新 发布 审查 保密 时限 答复 登记 受理 渠道 窗口 热线 网站 新媒体 公众号 公报 专栏 重点 领域 财政 预算 决算
民生 教育 医疗 就业 住房 环境 安全 质量 服务 便民 效率 水平 能力 人员 力量 领导 小组 部门 单位 乡镇 街道 社区 全年 累计 开展
组织 召开 印发 修订 完善 健全 落实 推进 加强 提升 规范 细化 优化 拓展 强化 确保 及时 准确 全面 有效 进一步 不断 持续 严格 认真
仍然 存在 不足 差距 不够 有待 下一步 今后 我们 将 对 并 和 与 的 在 按照 围绕 通过 针对
"""
WORDS = _WORDS.split()
"""Words of the field; chosen at random they compress to about as much as the prose of reports: a byte for a character."""


def sentence(chance: random.Random, letters: int) -> str:
    said = ""
    while len(said) < letters:
        said += chance.choice(WORDS) + chance.choice(["", "", "", "，", "、", str(chance.randint(2, 999))])
    return said[: letters - 1] + "。"


def written(edition: str, paragraphs: tuple[int, int, int]) -> dict[str, str]:
    """All texts of a report."""
    chance = random.Random(20240131)
    chapters = load_form(edition).chapters
    notes = {each.key: sentence(chance, 100) for each in chapters if each.tables}
    texts = {
        each.key: "\n".join(sentence(chance, LETTERS[paragraphs]) for _ in range(count))
        for each, count in zip((each for each in chapters if not each.tables), paragraphs, strict=True)
    }
    return {INTRO: sentence(chance, 200), **notes, **texts, **{key: sentence(chance, 20) for key in SIGNATURE}}


def usual(edition: str) -> Report:
    """A report that balances, with as much text as offices write."""
    texts = {key: text for key, text in written(edition, USUAL).items() if key != INTRO}
    last = dict.fromkeys(compared(edition), Decimal(4))
    return busy_report(edition)._replace(texts=texts, last=last, particulars=dict.fromkeys(PARTICULARS, "示例"))


def heaviest(edition: str) -> Report:
    """Nothing adds up and all is explained, nothing is 0, and every chapter is long."""
    form, chance = load_form(edition), random.Random(20240131)
    report = Report(
        edition,
        YEARS[edition],
        sentence(chance, 20),
        {key: Decimal(chance.randint(1000, 99999)) for key in form.cells},
        written(edition, LONG),
        particulars={key: sentence(chance, 20) for key in PARTICULARS},
        fee=Fee(charged=True, pieces=Decimal(3), yuan=Decimal("120.5")) if edition == "2021" else Fee(),
        last={key: Decimal(chance.randint(1000, 99999)) for key in compared(edition)},
    )
    broken = [standing.about for standing in standings(form, report) if standing.about]
    return report._replace(explanations=tuple(Explanation(about, sentence(chance, 30)) for about in broken))


def bare(edition: str) -> dict[str, bytes]:
    """Workbooks of all kinds without texts."""
    busy = busy_report(edition)
    closed = {each.key: Filling.REST_ZERO for each in load_form(edition).chapters if each.tables}
    reports = {
        "blank": blank_report(edition),
        "zero": zero_report(edition),
        "typed totals": busy,
        "computed totals": busy._replace(totals=Totals.AUTOMATIC),
        "closed": busy._replace(filling=closed),
    }
    built = {name: build_workbook(Contents(report)) for name, report in reports.items()}
    return {"template": blank_workbook(edition), **built}


def too_large(workbooks: dict[str, bytes], limit: int) -> dict[str, int]:
    return {name: len(workbook) for name, workbook in workbooks.items() if len(workbook) >= limit}


@pytest.mark.parametrize("edition", EDITIONS)
def test_workbooks_without_texts_are_small(edition: str) -> None:
    assert too_large(bare(edition), BARE) == {}


@pytest.mark.parametrize("edition", EDITIONS)
def test_workbooks_with_the_usual_texts_are_small(edition: str) -> None:
    report = usual(edition)
    imported = build_workbook(of_reading(Reading("原件.docx", report)))
    assert too_large({"filled in": build_workbook(Contents(report)), "imported": imported}, WITH_TEXT) == {}


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_heaviest_workbook_is_not_much_larger(edition: str) -> None:
    report = heaviest(edition)
    assert len(report.explanations) > 50
    assert too_large({"heaviest": build_workbook(Contents(report))}, HEAVIEST) == {}
