"""封面: who, which year, how far the report has come, and where everything is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..form import LAST_YEAR, Form
from ..places import SheetPlace
from ..report import Report, Totals
from .checksheet import FIRST_PROBLEM
from .contents import Entry
from .layout import AGENCY, FIELDS, MODE, YEAR, reference
from .lists import LEGEND
from .names import ADJUSTMENTS, CHARTS, CHECKS, COVER, EXPLANATIONS, FAIR, GUIDE, TODO
from .page import Page
from .status import STATUS, status

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_CONTENTS_COLUMN = 5
LEVELS = ("省级政府", "市级政府", "县级政府", "乡镇政府、街道办事处", "政府部门", "其他单位")
RULEMAKING = ("有", "没有")


class _Field(NamedTuple):
    """One line of the cover: its label, what helps to fill it, and how its cell looks."""

    label: str
    hint: str
    style: str = "field"


def _fields(form: Form) -> dict[str, _Field]:
    example = form.last_year or 2023
    modes = f"“{Totals.AUTOMATIC}”由表格算出；“{Totals.TYPED}”按台账填核对数，用来查错。"
    return {
        "agency": _Field("单位名称", "必填。填全称，与公章一致。"),
        "year": _Field("报告年度", f"必填。四位年份，如 {example}。", "choice"),
        "code": _Field("单位代码", "统一社会信用代码，或主管部门给的编号。"),
        "level": _Field("单位级别", "从下拉列表里选。", "choice"),
        "rulemaking": _Field("规章制定权", "省、自治区、直辖市和设区的市、自治州政府，国务院部门选“有”。", "choice"),
        "contact": _Field("对外联系方式", "印在报告开头：地址、邮编、电话、邮箱。"),
        "preparer": _Field("填报人", "不印在报告里。"),
        "reviewer": _Field("审核人", "不印在报告里。"),
        "head": _Field("负责人", "不印在报告里。"),
        "filled_on": _Field("填报日期", f"如 {example + 1}年1月15日。"),
        "round": _Field("报送轮次", "第一次报送填 1，退回修改后再报的填 2、3……"),
        "totals": _Field("合计方式", modes, "choice"),
        "signature": _Field("落款单位", "不填则报告末尾不落款。"),
        "date": _Field("成文日期", f"如 {example + 1}年1月20日。"),
    }


def add_cover(page: Page) -> None:
    """The sheet 封面."""
    sheet, report = page.book.add_worksheet(COVER), page.contents.report
    for column, width in enumerate((2, 14, 44, 46, 2, 14, 50)):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 40)
    page.across(sheet, (0, 1, 0, 3), page.form.title, "title")
    version = f"版式：{page.form.edition}（{page.form.authority}），{_years(page.form)}报告使用"
    page.across(sheet, (1, 1, 1, 3), version, "note")
    _add_status(page, sheet)
    entries = _entries(report)
    for name, field in _fields(page.form).items():
        place = FIELDS[name]
        sheet.set_row(place.row - 1, 26)
        page.write(sheet, place._replace(column=2), field.label, "column")
        page.write(sheet, place, entries[name], field.style)
        page.write(sheet, place._replace(column=4), field.hint, "note")
    _validate_cover(sheet, page)
    _contents_list(sheet, page)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.set_selection(AGENCY.a1)


def _entries(report: Report) -> dict[str, Entry]:
    said: dict[str, Entry] = {**dict.fromkeys(FIELDS), **report.particulars}
    said |= {key: report.texts.get(key) for key in ("signature", "date")}
    return said | {"agency": report.agency, "year": report.year, "totals": report.totals.value}


def _add_status(page: Page, sheet: Worksheet) -> None:
    """How far the report has come, and the way to the first problem."""
    said = str(status(page.form, page.contents.report, page.standings))
    sheet.set_row(2, 30)
    place = SheetPlace(COVER, 3, 2)
    page.write(sheet, place, "填报情况", "column")
    page.compute(sheet, place._replace(column=3), f"={reference(STATUS, COVER)}", said, "status")
    address = f"{CHECKS}!{FIRST_PROBLEM.absolute}"
    link = f'=IF({address}="","",HYPERLINK("#"&{address},"转到第一处问题："&{address}))'
    page.compute(sheet, place._replace(column=4), link, "", "link")
    for start, style in (("齐全", "right"), ("", "wrong")):
        text = {"type": "text", "criteria": "begins with" if start else "not containing", "value": "齐全"}
        sheet.conditional_format("C3", text | {"format": page.styles[style]})


def _years(form: Form) -> str:
    return f"供 {form.first_year}、{form.last_year} 年度" if form.last_year else f"供 {form.first_year} 年度起的"


def _validate_cover(sheet: Worksheet, page: Page) -> None:
    form = page.form
    wrong_year = f"请填四位年份。本版式供 {form.first_year} 至 {form.last_year or '今后各'} 年度使用。"
    years = {"validate": "integer", "criteria": "between", "minimum": form.first_year}
    years |= {"maximum": form.last_year or LAST_YEAR, "error_title": "报告年度", "error_message": wrong_year}
    sheet.data_validation(YEAR.a1, years)
    choices = {FIELDS["level"]: LEVELS, FIELDS["rulemaking"]: RULEMAKING, MODE: tuple(Totals)}
    for place, options in choices.items():
        rule = {"validate": "list", "source": list(options), "error_message": "请从下拉列表里选一种。"}
        sheet.data_validation(place.a1, rule)


def _contents_list(sheet: Worksheet, page: Page) -> None:
    notes = {chapter.sheet: chapter.heading for chapter in page.form.chapters}
    notes |= {
        CHECKS: "每一条勾稽关系：两边各是多少、差多少、✓ ✗ 或未填",
        EXPLANATIONS: "确实不平、又没有填错的，在这里写明原因",
        FAIR: "按各表自动生成的全文，可打印、可复制",
        GUIDE: "怎么填、颜色是什么意思、各条规则",
    }
    if page.contents.adjusting is not None:
        notes[ADJUSTMENTS] = "规章、规范性文件的核定数，各格的调整数"
    notes |= {listing.sheet: listing.title for listing in page.contents.listings}
    if page.contents.charts:
        notes[CHARTS] = "办理结果、申请人、收到申请最多的单位等"
    if page.contents.notes.items:
        notes[TODO] = "退回修改的问题，逐条列出，点击转到"
    sheet.write_string(2, _CONTENTS_COLUMN, "目录（点击转到）", page.styles["name"])
    for row, (name, note) in enumerate(notes.items(), start=FIELDS["agency"].row - 1):
        sheet.write_url(row, _CONTENTS_COLUMN, f"internal:'{name}'!A1", page.styles["link"], name)
        sheet.write_string(row, _CONTENTS_COLUMN + 1, note, page.styles["text"])
    row = FIELDS["date"].row + 1
    sheet.write_string(row - 1, 1, "颜色", page.styles["name"])
    for offset, (text, style) in enumerate(LEGEND):
        page.across(sheet, (row + offset, 1, row + offset, 2), text, style)
