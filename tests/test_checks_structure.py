"""S rules, and the list of all rules that are functions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import nianbao
from builders import busy_report, hybrid, zero_report
from nianbao.checks import CHECKS, MEASURED
from nianbao.checks.register import REGISTER
from nianbao.checks.structure import s02_edition, s04_hybrid
from nianbao.findings import Finding
from nianbao.formfile import load_form
from nianbao.reading import Reading
from nianbao.rulebook import entries


def findings(edition: str, year: int | None) -> list[Finding]:
    report = zero_report(edition)._replace(year=year)
    return list(s02_edition(Reading("某", report), load_form(edition)))


@pytest.mark.parametrize(("edition", "year"), [("2019", 2019), ("2019", 2020), ("2021", 2021), ("2021", 2023)])
def test_s02_is_content_with_the_edition_of_the_year(edition: str, year: int) -> None:
    assert findings(edition, year) == []


@pytest.mark.parametrize(
    ("edition", "year", "severity", "message"),
    [
        (
            "2021",
            2020,
            "error",
            "2020 年度应使用 2019 版式（国办公开办函〔2019〕60号），现为 2021 版式。请核对年度，或改用对应的模板。",
        ),
        (
            "2021",
            2019,
            "warning",
            "2019 年度应使用 2019 版式（国办公开办函〔2019〕60号），现为 2021 版式。请核对年度，或改用对应的模板。",
        ),
        (
            "2019",
            2021,
            "error",
            "2021 年度应使用 2021 版式（国办公开办函〔2021〕30号），现为 2019 版式。请核对年度，或改用对应的模板。",
        ),
        ("2019", 2018, "error", "2018 年度早于统一格式（2019 年度起），不能用本表填报。请核对年度。"),
        ("2021", 2008, "error", "2008 年度早于统一格式（2019 年度起），不能用本表填报。请核对年度。"),
        ("2021", None, "error", "没有填写报告年度，无法判断应使用的版式。请填写四位年份。"),
    ],
)
def test_s02_says_which_edition_the_year_asks_for(edition: str, year: int | None, severity: str, message: str) -> None:
    (finding,) = findings(edition, year)
    assert (finding.rule, finding.severity.value, finding.message) == ("S02", severity, message)


def test_every_function_of_a_rule_is_listed_once_with_its_id_and_its_sentence() -> None:
    names = [listed.function.__name__ for listed in REGISTER]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]\d\d_[a-z_0-9]+", name) for name in names)
    assert all((listed.function.__doc__ or "").endswith("。") for listed in REGISTER)
    drivers = {"numbers_in_texts", "processing_fee"}  # each of them calls several rules
    assert {check.__name__ for check in (*CHECKS, *MEASURED)} <= {*names, *drivers}


def test_every_rule_that_the_source_raises_is_in_the_rule_table() -> None:
    package = Path(nianbao.__file__).parent
    source = "".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    raised = set(re.findall(r'(?:Finding|_left_out|_misfit|_blanks)\(\s*"([A-Z]\d\d)"', source))
    assert len(raised) > 15
    assert raised <= {entry.id for entry in entries()}


def test_the_rule_table_keeps_to_an_edition() -> None:
    assert "V05" not in {entry.id for entry in entries(("2021",))}
    assert "S04" not in {entry.id for entry in entries(("2019",))}
    lines = [entry.tables for entry in entries() if entry.id in {"C01", "C02", "C03"}]
    assert lines == [f"四、复议诉讼“{name}”部分" for name in ("行政复议", "未经复议直接起诉", "复议后起诉")]


def test_a_hybrid_is_told_once() -> None:
    reading = Reading("某", hybrid(busy_report()))
    (finding,) = s04_hybrid(reading, reading.form)
    assert (finding.rule, finding.severity.value, len(finding.cells)) == ("S04", "error", 7)
    assert finding.message.startswith("三、依申请公开：“（六）其他处理”只有一行，2021 版式应分开填报。")
    assert not list(s04_hybrid(Reading("某", busy_report()), load_form("2021")))
