"""What an office sets otherwise: read, applied, told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nianbao.errors import InputError
from nianbao.findings import Finding, Severity
from nianbao.settings import UNSET, read_settings
from nianbao.thresholds import STANDARD

ALL = """
off = ["N13", "A08"]
[severity]
C01 = "warning"
A02 = "说明"
[thresholds]
moved_times = 5
other_share = 0.25
[aliases]
"示例市发展和改革委员会" = ["发改委", "市物价局"]
"""


def finding(rule: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(rule, severity, "某处：不对。")


def test_all_that_can_be_set_is_read_and_told() -> None:
    settings = read_settings(ALL.encode(), "设置.toml")
    assert settings.off == {"N13", "A08"}
    assert dict(settings.severities) == {"A02": Severity.INFO, "C01": Severity.WARNING}
    assert settings.thresholds == STANDARD._replace(moved_times=Decimal(5), other_share=Decimal("0.25"))
    assert settings.names("示例市发展和改革委员会") == settings.names("发改委") == ("发改委", "市物价局")
    assert settings.names("别的局") == ()
    assert settings.told == (
        "按 设置.toml 的设置：不检查 A08、N13；A02 按“说明”；C01 按“提醒”；moved_times = 5；other_share = 0.25；另认 1 个单位的简称。",
    )


def test_what_was_found_is_told_as_the_office_has_it() -> None:
    settings = read_settings(ALL.encode(), "设置.toml")
    found = settings.applied([finding("N13"), finding("C01"), finding("B01")])
    assert [(each.rule, each.severity) for each in found] == [("C01", Severity.WARNING), ("B01", Severity.ERROR)]


def test_where_nothing_is_set_nothing_is_said() -> None:
    assert UNSET.told == ()
    assert UNSET.applied([finding("B01")]) == (finding("B01"),)
    assert read_settings(b"", "空.toml").told == ("按 空.toml 的设置：没有改动任何规则。",)


REFUSED = [
    ("off = [", "不是能读的 TOML 文件"),
    ("on = []", "没有“on”这一项。可以写 off、severity、thresholds、aliases。"),
    ('off = "N13"', "写法不对"),
    ('off = ["N99"]', "没有规则“N99”。规则编号见 nianbao rules。"),
    ('off = ["R02"]', "R02 说的是读不出来的内容，不能关掉，也不能改程度"),
    ('[severity]\nR03 = "info"', "R03 说的是读不出来的内容"),
    ('[severity]\nB01 = "轻"', "程度写的是“轻”。请写 error、warning、info 之一。"),
    ("severity = 1", "“severity”的写法不对"),
    ("[thresholds]\nmuch = 2", "没有“much”这一项"),
    ("[thresholds]\nmoved_times = -1", "写的是“-1”。请写一个大于 0 的数。"),
    ("[thresholds]\nmoved_times = true", "写的是“True”。请写一个大于 0 的数。"),
    ('[aliases]\n"某局" = "局"', "写法不对"),
]


@pytest.mark.parametrize(("text", "told"), REFUSED)
def test_what_cannot_be_set_is_refused_in_one_line(text: str, told: str) -> None:
    with pytest.raises(InputError, match=r"设置\.toml") as refused:
        read_settings(text.encode(), "设置.toml")
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)
