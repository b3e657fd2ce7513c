"""``nianbao addin``: the Excel add-in on this machine."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from .chinese import Command, Group

if TYPE_CHECKING:
    from ..addin.machine import Machine

_NEXT = """下一步：退出 Excel 再打开，功能区会多出“政务公开年报”一页。
没有出现：在 Excel 里看“文件 → 选项 → 信任中心 → 信任中心设置”，“受信任位置”里应有加载项所在的文件夹；宏被单位统一禁用的，请联系管理员，或用模板和命令行，它们不用宏。
提示宏被阻止：右击上面的 nianbao.xlam，在“属性”里勾选“解除锁定”，再打开 Excel。"""


@click.group("addin", cls=Group, shown="install", help="Excel 加载项：安装、卸载、检查（仅 Windows 和 macOS）。")
def addin() -> None:
    """The group of what can be done with the add-in."""


@addin.command(
    "install",
    cls=Command,
    example="nianbao addin install",
    help="安装加载项，按钮将使用运行这个命令的 Python。不需要管理员权限。",
)
@click.pass_obj
def install_(machine: Machine | None) -> None:
    """Install the add-in for the person who runs this."""
    from ..addin.install import install
    from ..addin.machine import shipped, this_machine

    machine = machine or this_machine()
    done = install(machine, shipped())
    for path in done.written:
        click.echo(f"已写入 {path}")
    if done.replaced:
        click.echo("原有的 nianbao.xlam 与这一版不同，已经换成这一版。")
    click.echo(f"按钮使用的 Python：{machine.python}")
    if not done.excel_seen:
        click.echo(
            "注意：没有见到 Excel 的个人文件夹，本机可能没有装 Excel，或还没有打开过。只有 WPS 的，请用模板和命令行。"
        )
    click.echo(_NEXT)


@addin.command("uninstall", cls=Command, example="nianbao addin uninstall", help="卸载加载项，只删除安装时写的文件。")
@click.pass_obj
def uninstall_(machine: Machine | None) -> None:
    """Remove the add-in."""
    from ..addin.install import uninstall
    from ..addin.machine import shipped, this_machine

    removed = uninstall(machine or this_machine(), shipped())
    for path in removed:
        click.echo(f"已删除 {path}")
    if not removed:
        click.echo("没有安装加载项，没有删除任何文件。")


@addin.command(
    "status",
    cls=Command,
    example="nianbao addin status",
    help="检查加载项装在哪里、是不是这一版、用的是哪个 Python。有问题时退出码为 1。",
)
@click.pass_obj
def status_(machine: Machine | None) -> None:
    """Say what is installed, and leave with 1 unless all is well."""
    from ..addin.machine import shipped, this_machine
    from ..addin.status import status

    parts = status(machine or this_machine(), shipped())
    for part in parts:
        click.echo(f"{part.what}：{part.found}" + (f"　{part.wrong}。" if part.wrong else ""))
    sound = not any(part.wrong for part in parts)
    click.echo("加载项可以使用。" if sound else "加载项还不能使用，请按上面说的处理。")
    sys.exit(0 if sound else 1)
