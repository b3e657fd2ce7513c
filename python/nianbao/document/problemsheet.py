"""What was found in many files as a list to filter: one row a finding; with its reasons filled in, a file of explanations."""

from __future__ import annotations

from collections.abc import Sequence

from ..check import Checked
from ..explanations import ABOUT, BY, DATE, FILE, REASON, UNIT, name_of, reasons
from ..report import Explanation
from ..wording import chapter_name
from ..workbook.contents import Entry, Listing
from ..workbook.lists import list_workbook
from .problemlist import Item, Unit, units_of

_COLUMNS = (
    (FILE, 26),
    (UNIT, 24),
    ("年度", 7),
    ("程度", 7),
    ("规则", 7),
    ("表或章", 16),
    ("位置", 20),
    ("问题和怎么办", 70),
    ("左边的数", 11),
    ("右边的数", 11),
    ("差额", 10),
    ("可能填错的格", 30),
    ("状态", 16),
    (ABOUT, 40),
    (REASON, 30),
    (BY, 10),
    (DATE, 12),
)
_TONES = {"错误": "wrong", "提醒": "doubtful"}


def write_list(checked: Sequence[Checked], note: str) -> bytes:
    """The workbook with the list; `note` says what was checked."""
    heads = tuple(head for head, _ in _COLUMNS)
    units = units_of(checked)
    rows = tuple(_row(unit, item) for unit in units for item in unit.items)
    listing = Listing(
        "问题清单",
        "年报校验问题清单",
        note,
        (heads,),
        tuple(width for _, width in _COLUMNS),
        rows,
        frozen=2,
        filtered=True,
        opened={heads.index(head): () for head in (REASON, BY, DATE)},
        tones=_TONES,
    )
    return list_workbook(listing)


def _row(unit: Unit, item: Item) -> tuple[Entry, ...]:
    finding, report = item.finding, unit.reading.report if unit.reading else None
    about = name_of(finding, report.values if report else {})
    said = reasons(report).get(about, Explanation(about, "")) if report else Explanation(about, "")
    return (
        unit.file,
        report.agency if report else "",
        report.year if report and report.year else "",
        finding.severity.label,
        finding.rule,
        chapter_name(unit.reading.form, finding.cells) if unit.reading and finding.cells else "",
        item.place,
        item.message,
        finding.left,
        finding.right,
        finding.difference,
        "\n".join(unit.suspected(finding)),
        unit.state(finding).partition("：")[0],
        said.about,
        said.reason,
        said.by,
        said.date,
    )
