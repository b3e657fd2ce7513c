"""封面: who, which year, how totals come about, how the checks stand, and where everything is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..form import LAST_YEAR, Form
from ..places import SheetPlace
from ..report import Totals
from .contents import Entry
from .layout import AGENCY, DATED, MODE, SIGNED, YEAR
from .names import CHECKS, COVER, GUIDE
from .page import Page, status

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def add_cover(page: Page) -> None:
    """封面: who, which year, how totals come about, how the checks stand, and where everything is."""
    sheet, report = page.book.add_worksheet(COVER), page.contents.report
    sheet.set_column(0, 0, 3)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 2, 46)
    sheet.set_column(3, 3, 58)
    sheet.set_row(0, 40)
    sheet.merge_range(0, 1, 0, 3, page.form.title, page.styles["title"])
    version = f"版式：{page.form.edition}（{page.form.authority}），{_years(page.form)}报告使用"
    sheet.merge_range(1, 1, 1, 3, version, page.styles["note"])
    texts, example = report.texts, page.form.last_year or 2023
    modes = f"“{Totals.AUTOMATIC}”：由表格算出；“{Totals.TYPED}”：按台账填在核对数格里，用来核对明细。"
    fields: tuple[tuple[str, SheetPlace, Entry, str, str], ...] = (
        ("单位名称", AGENCY, report.agency, "field", "填全称，与公章一致。"),
        ("报告年度", YEAR, report.year, "choice", f"填四位年份，如 {example}。"),
        ("合计方式", MODE, report.totals.value, "choice", modes),
        ("落款单位", SIGNED, texts.get("signature"), "field", "可不填；不填则报告末尾不落款。"),
        ("成文日期", DATED, texts.get("date"), "field", f"可不填；如 {example + 1}年1月20日。"),
    )
    for label, place, entry, style, hint in fields:
        sheet.set_row(place.row - 1, 30)
        page.write(sheet, place._replace(column=2), label, "column")
        page.write(sheet, place, entry, style)
        page.write(sheet, place._replace(column=4), hint, "note")
    _validate_cover(sheet, page)
    sheet.set_row(9, 30)
    sheet.write_string(9, 1, "校验情况", page.styles["column"])
    sheet.write_formula(9, 2, f"='{CHECKS}'!$A$2", page.styles["given"], status(page.verdicts))
    sheet.write_string(9, 3, f"逐条结果见“{CHECKS}”。", page.styles["note"])
    _contents_list(sheet, page)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.set_selection(AGENCY.a1)


def _years(form: Form) -> str:
    return f"供 {form.first_year}、{form.last_year} 年度" if form.last_year else f"供 {form.first_year} 年度起的"


def _validate_cover(sheet: Worksheet, page: Page) -> None:
    form = page.form
    last = form.last_year or LAST_YEAR
    wrong_year = f"请填四位年份。本版式供 {form.first_year} 至 {form.last_year or '今后各'} 年度使用。"
    sheet.data_validation(
        YEAR.a1,
        {
            "validate": "integer",
            "criteria": "between",
            "minimum": form.first_year,
            "maximum": last,
            "error_title": "报告年度",
            "error_message": wrong_year,
        },
    )
    modes = {
        "validate": "list",
        "source": [mode.value for mode in Totals],
        "error_title": "合计方式",
        "error_message": "请从两种方式中选一种。",
    }
    sheet.data_validation(MODE.a1, modes)


def _contents_list(sheet: Worksheet, page: Page) -> None:
    notes = {chapter.sheet: chapter.heading for chapter in page.form.chapters}
    notes |= {CHECKS: "每一条勾稽关系：两边各是多少、差多少、✓ ✗ 或未填", GUIDE: "怎么填、颜色是什么意思、各条规则"}
    notes |= {listing.sheet: listing.title for listing in page.contents.listings}
    sheet.write_string(11, 1, "目录", page.styles["column"])
    for row, (name, note) in enumerate(notes.items(), start=12):
        sheet.write_url(row, 1, f"internal:'{name}'!A1", page.styles["link"], name)
        sheet.merge_range(row, 2, row, 3, note, page.styles["text"])
