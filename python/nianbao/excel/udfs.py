"""The worksheet functions as Excel calls them, through xlwings on Windows.

Made by `addin/build.py` of `functions.FUNCTIONS`; do not edit.
"""

# ruff: noqa: N802 - the names are those of functions in Excel

from __future__ import annotations

import xlwings as xw

from ..workbook.sheets import Rows
from . import functions
from .session import around


@xw.func(category="政务公开年报")
@xw.arg(
    "table",
    "default",
    ndim=2,
    err_to_str=True,
    doc="表格所在的区域，连同行名和表头一起选。",
)
@xw.ret("default")
def NB_CHECK(table: Rows) -> object:
    """检查一张法定表格，说出哪里不平、哪里没填；没有问题时显示“平衡”。"""
    return functions.check_table(table)


@xw.func(category="政务公开年报")
@xw.arg(
    "table",
    "default",
    ndim=2,
    err_to_str=True,
    doc="表格所在的区域，连同行名和表头一起选。",
)
@xw.arg(
    "column",
    "default",
    doc="哪一列：表头上的名称，如“总计”，或从左数第几列数。",
)
@xw.ret("default")
def NB_BALANCE(table: Rows, column: object) -> object:
    """一列数是否平衡：显示“平衡”“未填”，或两边各是多少、差多少。"""
    return functions.balance(table, column)


@xw.func(category="政务公开年报", volatile=True)
@xw.arg(
    "cell",
    "range",
    doc="表格里的一格。",
)
@xw.ret("default")
def NB_EXPECTED(cell: xw.Range) -> object:
    """按勾稽关系，这一格应当是多少。"""
    return functions.expected(*around(cell))
