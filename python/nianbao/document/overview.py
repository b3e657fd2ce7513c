"""Chapter one where the office wrote none: what the notice asks it to speak of, aspect by aspect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..report import Report
from ..sentences import one_line
from .facts import Background

_GOVERNMENT = "人民政府"


class Section(NamedTuple):
    """One aspect: the blocks of a template that speak of it, and what somebody has to write where they say nothing."""

    blocks: tuple[str, ...]
    missing: str
    missing_of_government: str = ""

    def hole(self, *, of_government: bool) -> str:
        """The mark where a text is missing."""
        missing = self.missing_of_government if of_government else ""
        return f"【待填写：{missing or self.missing}】"


SECTIONS: Mapping[str, Section] = {
    "主动公开": Section(("overview_disclosure",), "主动公开情况，如公开信息的条数、重点领域、政策解读"),
    "依申请公开": Section(
        ("overview_requests", "overview_units"), "依申请公开情况，如受理渠道、答复程序、是否按期办结"
    ),
    "政府信息管理": Section(("overview_management",), "政府信息管理情况，如公开前审查、公开目录更新、文件清理和归档"),
    "政府信息公开平台建设": Section(
        ("overview_platforms",), "政府信息公开平台建设情况，如政府网站专栏、政务新媒体、公报和查阅场所"
    ),
    "监督保障": Section(
        ("overview_supervision",),
        "监督保障情况，如机构和人员、业务培训、监督检查",
        "监督保障情况，如机构和人员、业务培训，以及工作考核、社会评议和责任追究结果",
    ),
}
"""By the name that the form gives the aspect."""


def is_government(report: Report, background: Background) -> bool:
    """Whether the report is one of a government, which also tells of assessment and accountability (条例 art. 50)."""
    return bool(background.units) or one_line(report.agency).endswith(_GOVERNMENT)
