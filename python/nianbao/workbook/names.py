"""What the sheets of a workbook are called, and the stamp that makes one ours."""

from __future__ import annotations

COVER = "封面"
CHECKS = "勾稽校验"
GUIDE = "填表说明"
RECORD = "导入记录"
META = "_meta"
UNITS = "分单位"
FILES = "文件清单"

STAMP = "nianbao"
TEMPLATE_VERSION = "1"
PASSWORD = "nianbao"  # noqa: S105 - public: locking prevents accidents, not people

REPORT = "report"
SUMMARY = "summary"
