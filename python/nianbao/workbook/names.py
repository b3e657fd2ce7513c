"""What the sheets of a workbook are called, and the stamp that makes one ours."""

from __future__ import annotations

COVER = "封面"
CHECKS = "勾稽校验"
EXPLANATIONS = "出错说明"
FAIR = "正式报告"
GUIDE = "填表说明"
RECORD = "导入记录"
META = "_meta"
UNITS = "分单位"
FILES = "文件清单"
RESULTS = "审核结果"
NOTICE = "下发说明"
TODO = "待办"
STATUS = "填报状态"
BY_UNIT = "审核结果（按单位）"
BY_RULE = "审核结果（按规则）"
DECISIONS = "决定"
ADJUSTMENTS = "调整数"
GAPS = "差额表"
LETTERS = "催报退回"
GATHERED = "文字汇编"
CHARTS = "图表"
CHANGES = "变动"

STAMP = "nianbao"
TEMPLATE_VERSION = "2"
FINGERPRINT = "fingerprint"
FINGERPRINTS = {"2019": "b0f09223", "2021": "a660b682"}
"""What `alteration.parts.fingerprint` makes of every workbook of an edition that nobody altered."""
PASSWORD = "nianbao"  # noqa: S105 - public: locking prevents accidents, not people

PLACES = 6
"""Decimals kept when sides are compared: finer than 0.01 元 in 万元, coarser than binary dust."""

CHARGES = {True: "已收取", False: "未收取"}
"""What the choice of the processing fee says."""

REPORT = "report"
SUMMARY = "summary"

FUNCTIONS = "NB_"
"""How the names of the add-in's worksheet functions begin."""
