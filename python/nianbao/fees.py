"""The sentence on the processing fee that chapter six owes (国办公开办函〔2021〕30号, 国办函〔2020〕109号)."""

from __future__ import annotations

from .figures import show
from .report import Fee

FEE = "信息处理费"
NOT_CHARGED = f"本年度未收取{FEE}。"
CHARGED = (f"本年度收取{FEE}", "件，共", "元。")
"""The sentence around 件 and 元."""


def fee_sentence(fee: Fee, written: str) -> str:
    """What chapter six says of `fee` beside what the office has `written`; "" where that speaks of it, or nothing is known."""
    if fee.charged is None or FEE in written:
        return ""
    if not fee.charged:
        return NOT_CHARGED
    if fee.pieces is None or fee.yuan is None:
        return ""
    before, between, after = CHARGED
    return f"{before}{show(fee.pieces)}{between}{show(fee.yuan)}{after}"
