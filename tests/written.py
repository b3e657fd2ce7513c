"""Every kind of file that the tool writes, each with something of everything that such a file may hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from itertools import product
from pathlib import Path

from builders import YEARS, blank_report, busy_report, changed, compared
from cities import summary_of, summed
from nianbao.check import Checked, check_source
from nianbao.demo import data_files
from nianbao.document.article import compose
from nianbao.document.docx import write_docx
from nianbao.explanations import broken_now
from nianbao.formfile import EDITIONS, load_form
from nianbao.importing.files import read_bytes
from nianbao.reading import Reading
from nianbao.report import PARTICULARS, Explanation, Fee, Filling, Report, Totals, clean_part
from nianbao.workbook.build import blank_workbook, build_workbook
from nianbao.workbook.contents import Contents, carried, of_reading

_TEXT = "（一）主动公开\n公开 <b>&amp;</b> 信息 1,234 条；“引号” 𠮷\n=1+1"
_PLAIN_TEXT = "丽水市科学技术局2020.txt"


def full(edition: str, totals: Totals = Totals.TYPED) -> Report:
    """A report that does not balance and has something of everything."""
    form = load_form(edition)
    report = changed(busy_report(edition), {"requests/outcome.granted/company": 3, "requests/received/law_firm": None})
    report = report._replace(
        totals=totals,
        texts={key: clean_part(key, _TEXT) for key in form.text_keys},
        filling={"review": Filling.REST_ZERO},
        particulars=dict.fromkeys(PARTICULARS, "示例"),
        fee=Fee(charged=True, pieces=Decimal(3), yuan=Decimal("12.5")) if _asks_for_fee(edition) else Fee(),
        last=dict.fromkeys(compared(edition), Decimal(5)),
    )
    reasons = (Explanation(about, "机构划转", "示例", "1月31日") for about in sorted(broken_now(form, report))[:3])
    return report._replace(explanations=tuple(reasons))


def _asks_for_fee(edition: str) -> bool:
    return any(chapter.fee for chapter in load_form(edition).chapters)


def _full_workbook(edition: str, totals: Totals) -> bytes:
    return build_workbook(Contents(full(edition, totals)))


def _imported() -> bytes:
    (reading,) = read_bytes(data_files()[_PLAIN_TEXT], _PLAIN_TEXT)
    return build_workbook(of_reading(reading._replace(findings=check_source(reading))))


def _summary(edition: str) -> bytes:
    units = (full(edition)._replace(agency=name, year=YEARS[edition]) for name in ("甲局", "乙局"))
    return summary_of(summed([Checked(Path(f"{each.agency}.xlsx"), Reading("x", each), ()) for each in units], "某市"))


def _document(make: Callable[[str], Report], edition: str) -> bytes:
    return write_docx(compose(carried(make(edition))))


WORKBOOKS: Mapping[str, Callable[[], bytes]] = {
    **{f"blank {edition}": partial(blank_workbook, edition) for edition in EDITIONS},
    **{
        f"{totals.name.lower()} {edition}": partial(_full_workbook, edition, totals)
        for edition, totals in product(EDITIONS, Totals)
    },
    "imported": _imported,
    **{f"summary {edition}": partial(_summary, edition) for edition in EDITIONS},
}
DOCUMENTS: Mapping[str, Callable[[], bytes]] = {
    **{f"report {edition}": partial(_document, full, edition) for edition in EDITIONS},
    **{f"draft {edition}": partial(_document, blank_report, edition) for edition in EDITIONS},
}
