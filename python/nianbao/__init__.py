"""nianbao: the 政府信息公开工作年度报告 from template to city summary."""

__version__ = "0.1.0"
