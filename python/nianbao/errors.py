"""Exceptions: what stops the program.  What is wrong with a report is a Finding.

The text of each is what the user reads: one Chinese line saying where, what, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence

LOCKED = ("文件加了打开密码", "请去掉密码后另存")
"""What is said of a file with a password, whatever library meets it, and what to do."""


class NianbaoError(Exception):
    """Base class; its text is shown to the user as it stands."""


class UserError(NianbaoError):
    """Something the user can mend: where it is, what it is, what to do."""

    def __init__(self, where: object, what: str, remedy: str) -> None:
        super().__init__(f"{where}：{what}。{remedy}。")
        self.what = what
        self.remedy = remedy


class InputError(UserError):
    """A file or folder the user named cannot be used."""


class NotOursError(InputError):
    """A workbook was not made by this tool."""


class NoTablesError(InputError):
    """A document has no statutory table; `paragraphs` are its texts, which may be all that is wanted of it."""

    def __init__(self, where: object, paragraphs: Sequence[str] = ()) -> None:
        super().__init__(where, "没有找到法定表格", "请确认这是政府信息公开工作年度报告，表格是文字而不是图片")
        self.paragraphs = tuple(paragraphs)


class OutputError(UserError):
    """An output cannot be written, or would replace something."""


class FormFileError(NianbaoError):
    """A form or rules file of the package is wrong; says file, table and key."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"表式文件有误（{where}）：{what}。")
