"""What is changed in xlwings' macros: replacements of pieces that must each stand there exactly once.

As it comes, the module believes whatever stands in, or beside, the workbook that happens to be open: a sheet or a file
``nianbao.conf`` could name any program as the interpreter, a folder ``nianbao`` would be imported, and parts of a file
name end up as commands of a shell.  Annual reports come by mail and chat.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import xlwings
from pyopenvba.vba import normalize_class_source

_NOTE = """\
' changed for nianbao:
' * the configuration is read from the add-in's own sheet and from the user's file, never from the active
'   workbook nor from its folder, which may have come by mail and could name any program as interpreter;
' * neither the folder of a workbook nor the current one is on the path that Python imports from, and the full
'   name of a workbook is not passed on the command line, where a shell would act on characters in it;
' * there is no default interpreter; cmd.exe is the one that the system names;
' * code in sheets called *.py is not looked for, frozen executables are not run;
' * messages are in Chinese, say what to do, and end with the last line of an error at most.
"""


class Change(NamedTuple):
    """What replaces a piece of the module: `start`, which stands there once, up to and with the next `end`, if that is given."""

    start: str
    now: str
    end: str = ""


_RAISE = "Err.Raise 1002, Description:=NianbaoText.NotConfigured()"
CHANGES = (
    Change(f"'Version: {version('xlwings')}\n", f"'Version: {version('xlwings')}\n'\n{_NOTE}"),
    Change('PROJECT_NAME As String = "myaddin"', 'PROJECT_NAME As String = "nianbao"'),
    # RunPython
    Change(
        '        \' Legacy\n        interpreter = GetConfig("INTERPRETER", "python")\n',
        """\
        NianbaoMessage.Tell NianbaoText.NotConfigured()
        RunPython = -1
        Exit Function
    End If
    PYTHONPATH = ImportPath()
""",
        '& GetConfig("SHAREPOINT_WIN") & ";" & GetConfig("PYTHONPATH")\n    #End If\n',
    ),
    Change("    ' PythonCommand with embedded code\n", "", "        End If\n    End If\n\n"),
    Change('Application.StatusBar = "Running..."', "Application.StatusBar = NianbaoText.Running()"),
    Change(
        "Sub ExecuteMac(",
        """\
' What Python is told to import from, in the form that xlwings.utils.prepare_sys_path takes: never a workbook's folder.
Private Function ImportPath() As String
    ImportPath = "false"
    If GetConfig("PYTHONPATH") <> "" Then ImportPath = "false;;;;;;" & GetConfig("PYTHONPATH")
End Function

Sub ExecuteMac(""",
    ),
    Change(
        """MsgBox "To enable RunPython, please run 'xlwings runpython install' in a terminal once and try again.", vbCritical""",
        "NianbaoMessage.Tell NianbaoText.ScriptMissing()",
    ),
    Change(
        'MsgBox "Could not find Interpreter!", vbCritical\n',
        "NianbaoMessage.Tell NianbaoText.InterpreterMissing(PYTHON_WIN)\n            ExecuteWindows = -1\n",
    ),
    Change('PythonInterpreter & " -B -c ', 'PythonInterpreter & " -B -P -c '),
    Change('WScript.Run("cmd.exe /C "', 'WScript.Run(Environ("ComSpec") & " /C "'),
    Change("Public Function RunFrozenPython(", "", "End Function\n\n"),
    # Worksheet functions
    Change("    ' Automatically add embedded code sheets\n", "", "    Next\n\n"),
    Change(
        '    AddExcelDir = GetConfig("ADD_WORKBOOK_TO_PYTHONPATH", "true")\n\n    \' The first 6 args',
        "    PYTHONPATH = ImportPath()\n\n",
        '& GetConfig("SHAREPOINT_WIN") & ";" & GetConfig("PYTHONPATH")\n    #End If\n\n',
    ),
    Change(
        """\
        ' Legacy
        PYTHON_WIN = GetConfig("INTERPRETER", "pythonw")
    End If
    DEBUG_UDFS""",
        f"        {_RAISE}\n    End If\n    DEBUG_UDFS",
    ),
    Change(
        """\
        ' Legacy
        PYTHON_WIN = GetConfig("INTERPRETER", "pythonw")
    End If
    CondaPath""",
        f"        {_RAISE}\n    End If\n    CondaPath",
    ),
    Change(
        'PYTHON_WIN = "cmd.exe " & ConsoleSwitch & " /K " & CondaCmd',
        'PYTHON_WIN = Environ("ComSpec") & " " & ConsoleSwitch & " /K " & CondaCmd',
    ),
    Change(
        'PYTHON_WIN = "cmd.exe " & ConsoleSwitch & " /K " & Chr(34)',
        'PYTHON_WIN = Environ("ComSpec") & " " & ConsoleSwitch & " /K " & Chr(34)',
    ),
    Change('tail = " -B -c ', 'tail = " -B -P -c '),
    # Configuration
    Change("Function GetDirectoryConfigFilePath()", "", "End Function\n\n"),
    Change('In Range(sht.Range("A1"), lastCell)', 'In sht.Range(sht.Range("A1"), lastCell)'),
    Change("            'Workbook Sheet Config\n", "", "            End If\n    \n"),
    Change("    ' Directory Config\n", "    ' User Config\n", "    ' User Config\n"),
    # Messages
    Change(
        "    Dim Content As String\n    Dim ErrorSheet As Worksheet\n",
        """\
    If Message = "" Then
        NianbaoMessage.TellPythonError ReadFile(FileName)
    Else
        NianbaoMessage.TellPythonError Message
    End If
End Sub
""",
        "End Sub\n",
    ),
    Change(
        'MsgBox "Your Conda version seems to be too old for the Conda settings. Use the Interpreter setting instead."',
        "NianbaoMessage.Tell NianbaoText.NotConfigured()",
    ),
)


def changed_module() -> str:
    """The module of xlwings for add-ins of one's own, which works on the active workbook, with all changes made."""
    source = _shipped("xlwings_custom_addin.bas")
    for change in CHANGES:
        source = replaced(source, change)
    return source


def dictionary() -> str:
    """The class that stands in for a dictionary on a Mac, as xlwings ships it, in the form of a project's stream."""
    source: str = normalize_class_source(_shipped("addin/Dictionary.cls"))
    return source.replace("\r\n", "\n")


def _shipped(name: str) -> str:
    return (Path(xlwings.__file__).parent / name).read_text("utf-8-sig").replace("\r\n", "\n")


def replaced(source: str, change: Change) -> str:
    """`source` with one change made; a LookupError where it does not fit exactly once."""
    before, start, rest = source.partition(change.start)
    _, end, after = rest.partition(change.end) if change.end else ("", "", rest)
    if not start or change.start in rest or end != change.end:
        raise LookupError(f"xlwings is not what these changes were made for: {change.start!r}")
    return before + change.now + after
