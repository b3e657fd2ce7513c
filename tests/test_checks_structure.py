"""S rules, and the list of all rules that are functions."""

from __future__ import annotations

import re

import pytest

from builders import zero_report
from nianbao.checks import CHECKS, FUNCTIONS
from nianbao.checks.structure import s02_edition
from nianbao.findings import Finding
from nianbao.formfile import load_form
from nianbao.reading import Reading


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
    names = [function.__name__ for function in FUNCTIONS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]\d\d_[a-z_]+", name) for name in names)
    assert all((function.__doc__ or "").endswith("。") for function in FUNCTIONS)
    assert {check.__name__ for check in CHECKS} <= set(names)
