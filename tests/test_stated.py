"""What a report says of itself."""

from __future__ import annotations

import pytest

from nianbao.importing.grid import Cell
from nianbao.importing.stated import stated
from nianbao.places import LinePlace

PERIODS = [
    ("本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。", "2023年1月1日至2023年12月31日"),
    ("数据统计时限为2022年1月1日至2022年12月31日。", "2022年1月1日至2022年12月31日"),
    ("报告中所列数据统计期限自 2023 年 1 月 1 日\n起至 2023 年 12 月 31 日止。", "2023年1月1日至2023年12月31日"),
    ("从2020年1月1日到2020年12月31日。", "2020年1月1日至2020年12月31日"),
    ("统计期限为2023年1月1日至12月31日。", "2023年1月1日至12月31日"),
    ("2023年1月1日起施行。", None),
    ("2023年，本机关加强公开。", None),
]
CONTACTS = [
    ("如有疑问，请与某局办公室联系（地址：示例路1号，邮编：100000，电话：010-00000000）。", True),
    ("联系电话：010-00000000；电子邮箱：a@example.cn。", True),
    ("全年通过电话答复 3 件。", False),
    ("开通热线电话，公布邮箱。", False),
]


@pytest.mark.parametrize(("text", "period"), PERIODS)
def test_the_period(text: str, period: str | None) -> None:
    found = stated([Cell("前言。", LinePlace(1)), Cell(text, LinePlace(2))])
    assert found.get("period") == (None if period is None else Cell(period, LinePlace(2)))


@pytest.mark.parametrize(("text", "said"), CONTACTS)
def test_the_contact(text: str, said: bool) -> None:  # noqa: FBT001 - what is expected
    found = stated([Cell("前言。" + text, LinePlace(2))])
    assert found.get("contact") == (Cell(text, LinePlace(2)) if said else None)
