"""What the macros say, and the VBA module that says it: VBA's source is ASCII, so Chinese is made of code points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao.excel.functions import Function

CATEGORY = "政务公开年报"
TEXTS = {
    "Title": "政务公开年报",
    "Running": "年报工具正在运行……",
    "NotConfigured": "年报工具还没有接上 Python。请运行 nianbao addin install，再重新打开 Excel。",
    "InterpreterMissing": "设置里登记的 Python 已经不在原处：\n{}\n请运行 nianbao addin install 重新登记，再重新打开 Excel。",
    "ScriptMissing": "年报工具还没有装好，Excel 不能启动 Python。请在“终端”里运行 nianbao addin install，再重新打开 Excel。",
    "PythonFailed": "年报工具没有运行成功。请运行 nianbao addin install 重新安装，再重新打开 Excel；仍不行，请把下面一行交给技术人员：\n{}",
    "UnsafeName": "工作簿的文件名里有 $、|、\\、引号或反引号，不能交给年报工具处理：\n{}\n请另存为不带这些符号的文件名，再试一次。",
    "MacroFailed": "加载项出错，操作没有完成。请重新打开 Excel 再试；仍不行，请把下面一行交给技术人员：\n{}",
}
"""By the name of the VBA function that says it; ``{}`` stands for that function's argument."""
_TOGETHER = 40
"""Characters in one VBA string: a line of VBA has at most 1023 characters."""
_JOINED = " & _\n        "
_HEAD = """\
Attribute VB_Name = "NianbaoText"
Option Explicit
' Made by addin/build.py of addin/texts.py: the Chinese texts, as code points.

Private Function Chars(ByVal codes As String) As String
    Dim i As Long
    For i = 1 To Len(codes) Step 4
        Chars = Chars & ChrW(CLng("&H" & Mid(codes, i, 4) & "&"))
    Next
End Function
"""


def texts_module(functions: Sequence[Function]) -> str:
    """The source of NianbaoText."""
    return "\n".join([_HEAD, *(_said(*each) for each in TEXTS.items()), *_describing(functions)])


def _said(name: str, text: str) -> str:
    before, argument, after = text.partition("{}")
    parts = [_chars(before), *(["detail"] if argument else []), *([_chars(after)] if after else [])]
    signature = "ByVal detail As String" if argument else ""
    return f"Public Function {name}({signature}) As String\n    {name} = {_JOINED.join(parts)}\nEnd Function\n"


def _chars(text: str) -> str:
    pieces = [text[start : start + _TOGETHER] for start in range(0, len(text), _TOGETHER)]
    return _JOINED.join(f'Chars("{_codes(piece)}")' for piece in pieces)


def _codes(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _describing(functions: Sequence[Function]) -> Iterator[str]:
    yield "' What the dialog of functions says of ours; False if Excel takes no descriptions now."
    yield "Public Function DescribeFunctions() As Boolean\n    On Error GoTo Refused"
    for function in functions:
        arguments = ", _\n        ".join(_chars(argument.help) for argument in function.arguments)
        yield f'    Application.MacroOptions Macro:="{function.name}", _\n        Description:={_chars(function.help)}, _'
        yield f"        Category:={_chars(CATEGORY)}, _\n        ArgumentDescriptions:=Array({arguments})"
    yield "    DescribeFunctions = True\nRefused:\nEnd Function\n"
