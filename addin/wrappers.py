"""The worksheet functions: the Python module that gives them to xlwings, and the macros that call it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from io import StringIO
from types import ModuleType, SimpleNamespace
from typing import Any

import xlwings

from nianbao.excel.functions import Function
from texts import CATEGORY

MODULE = "nianbao.excel.udfs"
_WINDOWS_ONLY = ("pythoncom", "pywintypes", "win32com", "win32com.client")
_HEAD = '''\
"""The worksheet functions as Excel calls them, through xlwings on Windows.

Made by `addin/build.py` of `functions.FUNCTIONS`; do not edit.
"""

# ruff: noqa: N802 - the names are those of functions in Excel

from __future__ import annotations

import xlwings as xw

from ..workbook.sheets import Rows
from . import functions
from .session import around
'''
# xlwings takes a type hint for the name of a converter unless one is named, and knows few types.
_FUNCTION = '''

@xw.func(category="{category}"{volatile})
{arguments}
@xw.ret("default")
def {function.name}({signature}) -> object:
    """{function.help}"""
    return functions.{function.call}({given})
'''
_ARGUMENT = """\
@xw.arg(
    "{argument.name}",
    "{converter}",{options}
    doc="{argument.help}",
)"""


def udfs_module(functions: Sequence[Function]) -> str:
    """The source of `nianbao.excel.udfs`."""
    return _HEAD + "".join(map(_function, functions))


def _function(function: Function) -> str:
    names = [argument.name for argument in function.arguments]
    types = ["xw.Range" if function.of_cell else "Rows" if name == "table" else "object" for name in names]
    converters = ["range" if function.of_cell else "default" for _ in names]
    return _FUNCTION.format(
        category=CATEGORY,
        # A cell's argument is that cell alone: Excel would not know that the rest of the table matters.
        volatile=", volatile=True" if function.of_cell else "",
        function=function,
        arguments="\n".join(
            _ARGUMENT.format(
                argument=argument,
                converter=converter,
                options="\n    ndim=2,\n    err_to_str=True," if argument.name == "table" else "",
            )
            for argument, converter in zip(function.arguments, converters, strict=True)
        ),
        signature=", ".join(f"{name}: {kind}" for name, kind in zip(names, types, strict=True)),
        given=f"*around({names[0]})" if function.of_cell else ", ".join(names),
    )


def functions_module() -> str:
    """The source of NianbaoFunctions: macros that hand each worksheet function over to `nianbao.excel.udfs`."""
    udfs = _udfs_of_windows()
    module = import_module(MODULE)
    _verify_converters(module)
    written = StringIO()
    written.write('Attribute VB_Name = "NianbaoFunctions"\n')
    written.write("' Made by addin/build.py of nianbao.excel.functions, with xlwings' own generator.\n")
    written.write('#Const App = "Microsoft Excel"\n')
    udfs.generate_vba_wrapper(MODULE, module, written, SimpleNamespace(Name="nianbao.xlam"))
    return written.getvalue()


def _verify_converters(module: ModuleType) -> None:
    """Stop the build at an argument that xlwings would not know how to convert, and would fail at on Windows only."""
    known = import_module("xlwings.conversion").accessors
    for function in (each.__xlfunc__ for each in vars(module).values() if hasattr(each, "__xlfunc__")):
        for converted in (*function["args"], function["ret"]):
            if converted["options"].get("convert") not in known:
                raise LookupError(f"{function['name']}: xlwings does not convert {converted}")


def _udfs_of_windows() -> Any:  # noqa: ANN401 - a module without types
    """The module of xlwings for worksheet functions, with its decorators in force, as they are on Windows only."""
    sys.modules.update({name: _stub(name) for name in _WINDOWS_ONLY})
    udfs: Any = import_module("xlwings.udfs")
    xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
    return udfs


def _stub(name: str) -> ModuleType:
    module: Any = ModuleType(name)
    module.CoInitialize = module.Dispatch = None
    module.com_error = OSError
    return module  # type: ignore[no-any-return]
