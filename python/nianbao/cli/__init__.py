"""The command line.  Exit: 0 done, 1 errors are open, 2 could not run."""

from __future__ import annotations

import gc
import sys
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from .. import __version__
from ..check import Checked, open_errors
from ..commands.comparing import compare_files
from ..commands.files import Done, Output, find_files, read_sources
from ..commands.gathering import Merging
from ..commands.judging import judge_files
from ..commands.merging import merge_files, trace_figure
from ..commands.publishing import Wanted, write_drafts, write_problems_list, write_problems_page, write_reports
from ..commands.workbooks import (
    count_of_totals,
    fill_totals,
    import_files,
    import_texts,
    issue_workbooks,
    new_workbook,
    told_of_totals,
    write_templates,
)
from ..coverage import told_of_coverage
from ..errors import InputError, NianbaoError
from ..formfile import EDITIONS
from .addin import addin
from .chinese import Command, Group, usage_error
from .lines import counted_up, finding_line, print_checked, print_counts, print_files, print_findings, print_lines

gc.set_threshold(100_000)  # nearly all that a run makes lives until it ends: looking for waste is a tenth of a check

PATH = click.Path(path_type=Path)
_files = click.argument("files", nargs=-1, required=True, type=PATH, metavar="文件或文件夹…")
_file = click.argument("file", type=PATH, metavar="文件")
_output = click.option("-o", "--output", required=True, type=PATH, metavar="路径", help="写到哪里")
_force = click.option("--force", is_flag=True, help="已有同名文件时覆盖")
_template = click.option(
    "--template", type=PATH, metavar="文件", help="本单位的 Word 样式文件，由 nianbao template 给出的 report.docx 改成"
)
_narrative = click.option("--narrative", type=PATH, metavar="文件", help="本单位的文字模板，由 narrative-*.md.j2 改成")
_last = click.option(
    "--last", type=PATH, metavar="路径", help="上年年报（文件或文件夹，任何可读的格式），文字里与上年比较"
)
_rules = click.option(
    "--rules", type=PATH, metavar="文件", help="本单位的校验设置（TOML）：不检查的规则、程度、界限、单位简称"
)
_edition = click.option("--edition", type=click.Choice(EDITIONS), metavar="版式", help="2019 或 2021，不写为全部")


@click.group(cls=Group, shown="check 某局2023.xlsx", help="政府信息公开工作年度报告：模板、导入、校验、汇总、成文。")
@click.version_option(__version__, "--version", message="nianbao %(version)s", help="显示版本")
def nianbao() -> None:
    """The group of all commands."""


@nianbao.command(
    cls=Command,
    example="nianbao template -o 模板",
    help="生成空白的锁定模板（一个版式一个文件）、空白的单位名册，以及报告的 Word 样式文件和文字模板。",
)
@_output
@_edition
@_force
def template(output: Path, edition: str | None, *, force: bool) -> None:
    """Write the blank templates."""
    _finish(write_templates((edition,) if edition else EDITIONS, Output(output, force)))


@nianbao.command(
    cls=Command,
    example="nianbao new --year 2024 --agency 某某局 --last 某某局2023.xlsx -o 某某局2024.xlsx",
    help="生成一份待填的工作簿，或按单位名册给每个单位一份（下发）；给出上年年报时，带入上年结转等年初数。",
)
@click.option("--year", required=True, type=int, metavar="年份", help="报告年度")
@click.option("--agency", metavar="名称", help="单位全称")
@click.option("--roster", type=PATH, metavar="名册", help="单位名册（.xlsx 或 .csv）：每个单位一份，写到一个文件夹里")
@click.option("--last", type=PATH, metavar="路径", help="上年年报，任何可读的格式；下发时是放上年年报的文件夹")
@_output
@_force
def new(  # noqa: PLR0913 - one for each option
    year: int, agency: str | None, roster: Path | None, last: Path | None, output: Path, *, force: bool
) -> None:
    """Write a workbook to fill, or one for every unit of a roster."""
    if roster is not None and agency is not None:
        raise InputError("--roster", "不能和 --agency 一起用", "下发给各单位用 --roster，只给一个单位用 --agency")
    if roster is not None:
        _finish(issue_workbooks(year, roster, last, Output(output, force)))
    if agency is None:
        context = click.get_current_context()
        raise click.MissingParameter(
            ctx=context, param=next(each for each in context.command.params if each.name == "agency")
        )
    _finish(new_workbook(year, agency, last, Output(output, force)))


@nianbao.command(
    "import",
    cls=Command,
    example="nianbao import 某某局2020.txt -o 某某局2020.xlsx",
    help="把已有的年报（Word、网页、PDF、纯文本、各种工作簿、报表 JSON）转成工作簿，或用 --json 输出数据；改坏了的工作簿转成新的。",
)
@_files
@click.option("-o", "--output", type=PATH, metavar="路径", help="工作簿（一份时）或文件夹")
@click.option("--json", "as_json", is_flag=True, help="把数据按报表 JSON 输出，不写文件")
@click.option("--into", type=PATH, metavar="工作簿", help="只取各章文字，放进这份工作簿的副本，数字不变")
@_force
def import_(files: tuple[Path, ...], output: Path | None, into: Path | None, *, as_json: bool, force: bool) -> None:
    """Turn reports into workbooks or JSON."""
    if (output is None) != as_json:
        context = click.get_current_context()
        given = next(each for each in context.command.params if each.name == "output")
        raise click.MissingParameter(ctx=context, param=given) if output is None else click.UsageError("", context)
    if into is not None and output is not None:
        if len(files) > 1:
            raise InputError("--into", f"给了 {len(files)} 个文件", "一次只能从一个文件取文字")
        _finish(import_texts(files[0], into, Output(output, force)))
    if output is not None:
        _finish(import_files(files, Output(output, force)))
    from .data import reports_json

    checked = read_sources(files)
    click.echo(reports_json(checked))
    for each in checked:
        if each.reading is None:
            click.echo(f"{each.file}　{each.findings[0].message}", err=True)
    sys.exit(_code(open_errors(finding for each in checked for finding in each.findings)))


@nianbao.command(
    cls=Command,
    example="nianbao compare 某某局2023.xlsx 某某局2023年报（已公布）.docx",
    help="比较两份报告：工作簿与公布的网页、PDF、Word 文件，逐格比数字，逐章比文字。有不同时退出码为 1。",
)
@click.argument("one", type=PATH, metavar="文件")
@click.argument("other", type=PATH, metavar="另一份")
@_template
@_narrative
@_last
def compare(one: Path, other: Path, template: Path | None, narrative: Path | None, last: Path | None) -> None:
    """Compare two reports."""
    from ..comparison import cells_compared

    (first, second), differences = compare_files(one, other, Wanted(template, narrative, last))
    unread = [Checked(path, each, each.findings) for path, each in ((one, first), (other, second)) if each.findings]
    print_files(unread)
    for finding in differences:
        click.echo(f"  {finding_line(finding, first)}")
    click.echo(f"比较了 {cells_compared(first, second)} 格和各章文字：不同 {len(differences)} 处。")
    sys.exit(_code(open_errors([*differences, *(finding for each in unread for finding in each.findings)])))


@nianbao.command(
    cls=Command,
    example="nianbao check 某某局2023.xlsx",
    help="校验年报：勾稽关系、空格、数值、版式、文字与表格是否一致，给出上年年报时核对与上年的衔接。"
    "文件夹里的逐份校验；旁边的“出错说明.csv”写着原因的，算“已说明”。有错误时退出码为 1。",
)
@_files
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", "xlsx"]),
    default="text",
    metavar="格式",
    help="text（默认）、json、html（一个网页，可筛选、打印），或 xlsx（清单，一行一个问题）；后两种要写 -o",
)
@click.option(
    "--last", type=PATH, metavar="路径", help="上年年报（文件或文件夹，任何可读的格式），按单位对上，核对衔接"
)
@_rules
@click.option("-o", "--output", type=PATH, metavar="路径", help="网页或清单写到哪里")
@_force
def check(  # noqa: PLR0913 - one for each option
    files: tuple[Path, ...], form: str, last: Path | None, rules: Path | None, output: Path | None, *, force: bool
) -> None:
    """Check reports."""
    written = {"html": write_problems_page, "xlsx": write_problems_list}.get(form)
    if (output is None) != (written is None):
        raise InputError("-o", "只用于 --format html 和 xlsx，而且要写", "请写成 --format html -o 校验结果.html")
    checked, judged_by = judge_files(files, last, rules, output)
    told = (*told_of_coverage(checked), *judged_by)
    if form == "json":
        from .data import checked_json

        click.echo(checked_json(checked, told))
    elif written is None or output is None:
        print_checked(checked, told)
    else:
        paths = written(checked, Output(output, force), told)
        print_counts(checked)
        print_lines([*told, *(f"已写入 {path}" for path in paths)])
    sys.exit(_code(open_errors(finding for each in checked for finding in each.findings)))


@nianbao.command(
    cls=Command,
    example="nianbao fill 某某局2023.xlsx -o 某某局2023（已合计）.xlsx",
    help="算出空着的合计，写进一份干净的工作簿；已填的合计不改，与计算不符的列出来。",
)
@_file
@_output
@_force
def fill(file: Path, output: Path, *, force: bool) -> None:
    """Fill blank totals."""
    filled, reading, done = fill_totals(file, Output(output, force))
    for line in told_of_totals(filled, reading):
        click.echo(f"  {line}")
    click.echo(count_of_totals(filled))
    _finish(done)


@nianbao.command(
    cls=Command,
    example="nianbao merge 各部门 --agency 某某市 --roster 单位名册.xlsx -o 某某市汇总.xlsx",
    help="把各单位的年报相加成汇总表：每个数都能查到来源，没有计入的文件逐一说明，谁没有报一目了然。"
    "用 --force 重新汇总时，汇总表里写的决定、调整数、核定数、文字都保留，并说明哪些数变了。",
)
@_files
@click.option("--agency", default="", metavar="名称", help="汇总单位的名称，写在汇总表封面上")
@click.option("--roster", type=PATH, metavar="名册", help="单位名册（.xlsx 或 .csv）：认单位、查漏报、定哪些计入")
@click.option("--last", type=PATH, metavar="文件", help="上年的汇总表（或上年本级年报）：核对结转，与上年比较")
@click.option("--own", type=PATH, metavar="文件", help="本级自己另外统计的年报：与汇总逐格比较，写进“差额表”")
@click.option("--decisions", type=PATH, metavar="文件", help="决定（TOML）；不写时用文件夹里或旁边的 decisions.toml")
@click.option("--previous", type=PATH, metavar="文件", help="上一次的汇总表；不写时用被覆盖的那一份")
@click.option(
    "--returns", type=PATH, metavar="文件夹", help="把有问题的逐个写成退回件：标注的工作簿、退回说明、报告草稿"
)
@click.option("--html", type=PATH, metavar="路径", help="另外写一份审核结果的网页")
@_rules
@click.option("--deep", is_flag=True, help="同时检查各工作簿有没有被改动、文字有没有问题（慢一些）")
@_output
@_force
def merge(
    files: tuple[Path, ...], agency: str, output: Path, *, deep: bool, force: bool, **wanted: Path | None
) -> None:
    """Add up the reports of many units."""
    today = date.today()  # noqa: DTZ011 - the clerk's day
    with counted_up("读取报表", len(find_files(files))) as told:
        done = merge_files(files, Merging(agency, deep=deep, **wanted), Output(output, force), today, told)
    _finish(done)


@nianbao.command(
    cls=Command,
    example="nianbao trace 某某市汇总.xlsx 三、依申请公开!J7",
    help="查汇总表里一个数的来源：哪些单位、各是多少、出自哪个文件，有没有调整数。",
)
@click.argument("summary", type=PATH, metavar="汇总表")
@click.argument("cell", metavar="单元格")
def trace(summary: Path, cell: str) -> None:
    """Say where a figure comes from."""
    for line in trace_figure(summary, cell):
        click.echo(line)


@nianbao.command(
    cls=Command,
    example="nianbao report 某某局2023.xlsx -o 某某局2023.docx",
    help="生成年度报告文档（DOCX，另可要网页、PDF）：六章文字、法定表格，写出前逐格核对。还有错误或没写完时不生成，除非加 --draft。",
)
@_files
@_output
@click.option("--html", type=PATH, metavar="路径", help="另外写一份网页")
@click.option("--pdf", type=PATH, metavar="路径", help="另外写一份 PDF（要装有 LibreOffice）")
@_template
@_narrative
@_last
@click.option("--annex", is_flag=True, help="第六章末尾加“有关数据的说明”：写明已说明的不平和原因")
@click.option("--draft", is_flag=True, help="草稿：有错误、没写完也生成，空着的地方有标记")
@_force
def report(
    files: tuple[Path, ...], output: Path, *, annex: bool, draft: bool, force: bool, **wanted: Path | None
) -> None:
    """Write the report documents."""
    done = (write_drafts if draft else write_reports)(files, Wanted(annex=annex, **wanted), Output(output, force))
    if not done.written:
        print_files(done.checked)
        click.echo("还有错误，没有生成文档。改正后再生成；要先看样子，请加 --draft。")
        sys.exit(1)
    if left := len(done.checked) - sum(path.suffix.lower() == ".docx" for path in done.written):
        click.echo(f"有 {left} 份还有错误，没有生成文档。")
    _finish(done)


@nianbao.command(
    cls=Command, example="nianbao rules --edition 2021", help="列出全部规则：检查的、试行的，和不检查的及其原因。"
)
@_edition
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    metavar="格式",
    help="markdown（默认）或 json",
)
def rules(edition: str | None, form: str) -> None:
    """List the rules."""
    import json

    from ..rulebook import catalogue, markdown

    found = catalogue((edition,) if edition else EDITIONS)
    as_json = json.dumps([entry._asdict() for entry in found], ensure_ascii=False, indent=1)
    click.echo(as_json if form == "json" else markdown(found).rstrip())


@nianbao.command(
    cls=Command, example="nianbao demo", help="演示：用真实年报的数字走一遍导入、校验、合计、汇总、成文。不需要联网。"
)
@click.option("-o", "--output", default=Path("demo"), type=PATH, metavar="文件夹", help="写到哪个文件夹，默认 demo")
def demo(output: Path) -> None:
    """Show the whole tool at work."""
    from ..demo import run

    for line in run(output):
        click.echo(line)


nianbao.add_command(addin)


def _finish(done: Done) -> NoReturn:
    """Say what was found and what was written, and leave with 1 where errors are open."""
    told = [each for each in done.checked if each.findings]
    print_files(told)
    print_findings(done.findings)
    if told or done.findings or len(done.checked) > 1:
        print_counts(done.checked, done.findings)
    for text in done.told:
        click.echo(text)
    for path in done.written:
        click.echo(f"已写入 {path}")
    found = (*done.findings, *(finding for each in done.checked for finding in each.findings))
    sys.exit(_code(open_errors(found)))


def _code(errors: int) -> int:
    return 1 if errors else 0


def main() -> None:
    """Run the command line; whatever stops it is one Chinese line on stderr."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        nianbao.main(prog_name="nianbao", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        _stop(error.ctx.get_help())
    except click.UsageError as error:
        _stop(usage_error(error, nianbao, sys.argv[1:]))
    except NianbaoError as error:
        _stop(str(error))
    except (click.Abort, KeyboardInterrupt):
        _stop("已中止。")
    except Exception as error:  # noqa: BLE001 - no traceback ever reaches a user
        what = " ".join(str(error).split())
        _stop(f"程序内部出错（{type(error).__name__}：{what}）。请把用到的文件和这一行报告给维护者。")


def _stop(message: str) -> None:
    click.secho(message, fg="red", err=True)
    sys.exit(2)
