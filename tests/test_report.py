from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.report import Report, clean_text

NAMES = [
    ("示例市示例局", 2023, "示例市示例局 2023 年度"),
    ("", 2023, "（未填单位） 2023 年度"),
    ("示例市示例局", None, "示例市示例局 （未填年份） 年度"),
]
TEXTS = [
    ("", ""),
    ("一段。", "一段。"),
    ("　　一段。\r\n　　二段。\r三段。 ", "一段。\n二段。\n三段。"),
    ("\n\n一段。\n\n二段。\n\n", "一段。\n\n二段。"),
    ("一\t二", "一 二"),
    ("一\x00\x07\ufffe二\ud800", "一二"),
    ("=1+1", "=1+1"),
    ("{{ 单位 }}", "{{ 单位 }}"),
    ("𠮷野家", "𠮷野家"),
]


@pytest.mark.parametrize(("agency", "year", "name"), NAMES)
def test_a_report_is_called_by_agency_and_year(agency: str, year: int | None, name: str) -> None:
    assert Report("2021", year, agency).name == name


@pytest.mark.parametrize(("raw", "kept"), TEXTS)
def test_texts_are_kept_clean(raw: str, kept: str) -> None:
    assert clean_text(raw) == kept


@given(st.text())
def test_a_clean_text_is_clean_and_can_be_written_anywhere(raw: str) -> None:
    kept = clean_text(raw)
    assert clean_text(kept) == kept
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert not {"\r", "\t", "\x00"} & set(kept)
