"""Help and usage errors in Chinese, each command with an example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click


class Command(click.Command):
    """A command whose help is 用法, what it does, 选项 and 例子; `example` is a command line that runs."""

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - click's own arguments
        super().__init__(*args, **kwargs)
        self.options_metavar = "[选项]"
        self.example = example

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """``--help`` with a Chinese text."""
        return _help_option(ctx)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the whole help page."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "用法：")
        self.format_help_text(ctx, formatter)
        _write_options(self, ctx, formatter)
        if self.example:
            with formatter.section("例子"):
                formatter.write(f"  {self.example}\n")


class Group(click.Group):
    """A group of commands; `shown` are the words after its name that its help gives as an example."""

    command_class = Command

    def __init__(self, *args: Any, shown: str, **kwargs: Any) -> None:  # noqa: ANN401 - click's own arguments
        super().__init__(*args, **kwargs)
        self.shown = shown

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """``--help`` with a Chinese text."""
        return _help_option(ctx)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the whole help page."""
        formatter.write_usage(ctx.command_path, "命令 …", "用法：")
        self.format_help_text(ctx, formatter)
        with formatter.section("命令"):
            formatter.write_dl([(name, command.get_short_help_str(60)) for name, command in self.commands.items()])
        _write_options(self, ctx, formatter)
        with formatter.section("例子"):
            formatter.write(f"  {ctx.command_path} {self.shown}\n  {ctx.command_path} {self.shown.split()[0]} --help\n")


def _help_option(ctx: click.Context) -> click.Option:
    def show(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's own signature
        if wanted:
            click.echo(ctx.get_help())
            ctx.exit()

    return click.Option(
        ctx.help_option_names, is_flag=True, expose_value=False, is_eager=True, callback=show, help="显示这一页"
    )


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = [each for each in command.get_params(ctx) if isinstance(each, click.Option)]
    records = [record for each in options if (record := each.get_help_record(ctx))]
    with formatter.section("选项"):
        formatter.write_dl([(names, text.replace("[required]", "（必填）")) for names, text in records])


def usage_error(error: click.UsageError, group: click.Group, words: Sequence[str]) -> str:
    """One line: what is wrong with the `words` of the command line, and an example that is right."""
    # click leaves the command out of some errors
    command = error.ctx.command if error.ctx else group.commands.get(next(iter(words), ""))
    example = getattr(command, "example", "") or f"{error.ctx.command_path if error.ctx else group.name} --help"
    return f"{_what(error)}。例如：{example}"


def _what(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"没有“{error.option_name}”这个选项"
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"没有“{error.command_name}”这个命令"
    if isinstance(error, click.BadOptionUsage):
        return f"选项“{error.option_name}”后面缺少内容，或多了内容"
    if isinstance(error, click.MissingParameter):
        return f"缺少{_parameter(error.param)}"
    if isinstance(error, click.BadParameter):
        return f"{_parameter(error.param)}的内容不对（{_choices(error.param)}）"
    return "命令写得不对，或多了内容"


def _parameter(parameter: click.Parameter | None) -> str:
    if isinstance(parameter, click.Option):
        return f"选项“{max(parameter.opts, key=len)}”"
    return f"“{parameter.metavar or parameter.name}”" if isinstance(parameter, click.Argument) else "参数"


def _choices(parameter: click.Parameter | None) -> str:
    if parameter is not None and isinstance(parameter.type, click.Choice):
        return f"可用 {'、'.join(map(str, parameter.type.choices))}"
    return "应为整数" if parameter is not None and parameter.type is click.INT else "请看 --help"
