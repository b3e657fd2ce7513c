from __future__ import annotations

import datetime as dt
import math
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import MOST
from nianbao.figures import Flag, read_figure, show, tidy
from nianbao.form import Kind

KINDS: tuple[Kind, ...] = ("count", "change", "amount")

EVERYWHERE = [
    ("0", "0"),
    ("　0", "0"),
    ("0 ", "0"),
    ("\u00a07\u00a0", "7"),
    ("\u200b7\ufeff", "7"),
    ("１２３", "123"),
    ("1,234", "1234"),
    ("１，２３４", "1234"),
    ("1,234,567", "1234567"),
    ("1,234.50", "1234.5"),
    ("12.0", "12"),
    ("396442278", "396442278"),
    ("+2", "2"),
    ("-33", "-33"),
    ("−33", "-33"),
    ("－33", "-33"),
    ("- 33", "-33"),
    ("-0", "0"),
    ("75.4394325200", "75.43943252"),
    (3, "3"),
    (3.0, "3"),
    (-33, "-33"),
    (0.1, "0.1"),
    (429.1, "429.1"),
    (24252.311082, "24252.311082"),
    (1e15, "1000000000000000"),
    (123456789012345.0, "123456789012345"),
    (10**17, "100000000000000000"),
    (Decimal("1.50"), "1.5"),
    (Decimal("1E+3"), "1000"),
]
CONVERTED: list[tuple[Kind, str, str]] = [
    ("count", "3件", "3"),
    ("count", "１２ 项", "12"),
    ("count", "1,234条", "1234"),
    ("change", "3件", "3"),
    ("change", "-3项", "-3"),
    ("change", "减33", "-33"),
    ("change", "减 33 项", "-33"),
    ("change", "减少5", "-5"),
    ("change", "下降5", "-5"),
    ("change", "减0", "0"),
    ("change", "增2", "2"),
    ("change", "增加2项", "2"),
    ("change", "新增1,234", "1234"),
    ("amount", "429.1万", "429.1"),
    ("amount", "429.1 万元", "429.1"),
    ("amount", "75394432.52元", "7539.443252"),
    ("amount", "75,394,432.52 元", "7539.443252"),
    ("amount", "1.5亿元", "15000"),
    ("amount", "２亿", "20000"),
    ("amount", "0元", "0"),
]
PLACEHOLDERS = [
    "/",
    "／",
    "\\",
    "-",
    "—",
    "——",
    "－",
    "--",
    "*",
    "无",
    " 无 ",
    "无数据",
    "暂无",
    "不涉及",
    "未涉及",
    "/ /",
]
BLANKS = [None, "", " ", "　", "\n", "\u00a0\u200b\ufeff", "\t\r\n"]
REFUSED: list[object] = [
    "1 2",
    "1\n2",
    "1\u30002",
    "1\u200b2",
    "1 234",
    "000",
    "00",
    "07",
    "1,23",
    "12,34",
    "1,2345",
    "0,123",
    ",123",
    "1, 234",
    "1 ,234",
    "1.2.3",
    "1. 5",
    "1.",
    ".5",
    "--5",
    "5-",
    "+-5",
    "1e5",
    "0x10",
    "1_000",
    "1/2",
    "3-5",
    "约5",
    "5余件",
    "5%",
    "¥5",
    "(5)",
    "三",
    "nan",
    "inf",
    "Infinity",
    "3件4件",
    "3件 4件",
    "3/4",
    "×",
    "共3",
    math.nan,
    math.inf,
    -math.inf,
    Decimal("NaN"),
    Decimal("Infinity"),
    True,
    False,
    dt.date(2023, 1, 1),
    dt.datetime(2023, 1, 1, tzinfo=dt.UTC),
    dt.time(1, 2),
    "#REF!",
    b"5",
]
OF_ANOTHER_KIND: list[tuple[Kind, str]] = [
    ("count", "减33"),
    ("count", "增2"),
    ("count", "429.1万"),
    ("count", "5元"),
    ("change", "5元"),
    ("change", "5万"),
    ("change", "减-33"),
    ("change", "33减"),
    ("amount", "3件"),
    ("amount", "减33"),
    ("amount", "5万件"),
]
# Footnote marks, powers and list numbers beside a figure are digits to NFKC, but not the figure's.
DIGITS_OF_OTHER_USE = ["5²", "12①", "⒈2", "③", "5₂", "㊿", "1½", "⑴5", "5㎡"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("raw", "value"), EVERYWHERE)
def test_a_number_is_read_in_every_cell(raw: object, value: str, kind: Kind) -> None:
    figure = read_figure(raw, kind)
    assert (figure.value, show(figure.value), figure.flag, figure.raw) == (Decimal(value), value, Flag.PLAIN, str(raw))


def test_a_computed_number_of_a_spreadsheet_is_what_the_spreadsheet_shows() -> None:
    assert read_figure(0.1 + 0.2, "amount").value == Decimal("0.3")
    assert read_figure(1.1 * 1.1, "amount").value == Decimal("1.21")


@pytest.mark.parametrize(("kind", "raw", "value"), CONVERTED)
def test_words_and_units_are_converted(kind: Kind, raw: str, value: str) -> None:
    figure = read_figure(raw, kind)
    assert (show(figure.value), figure.flag, figure.raw) == (value, Flag.CONVERTED, raw)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("raw", PLACEHOLDERS)
def test_a_mark_is_no_number(raw: str, kind: Kind) -> None:
    assert read_figure(raw, kind) == (None, raw, Flag.PLACEHOLDER)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("raw", BLANKS)
def test_nothing_is_blank_not_zero(raw: str | None, kind: Kind) -> None:
    assert read_figure(raw, kind) == (None, raw or "", Flag.BLANK)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("raw", REFUSED, ids=repr)
def test_what_is_not_one_number_for_certain_is_refused(raw: object, kind: Kind) -> None:
    assert read_figure(raw, kind) == (None, str(raw), Flag.REFUSED)


@pytest.mark.parametrize(("kind", "raw"), OF_ANOTHER_KIND)
def test_words_and_units_of_another_kind_are_refused(kind: Kind, raw: str) -> None:
    assert read_figure(raw, kind) == (None, raw, Flag.REFUSED)


@pytest.mark.parametrize("raw", DIGITS_OF_OTHER_USE)
def test_a_footnote_mark_does_not_become_a_digit(raw: str) -> None:
    assert read_figure(raw, "amount") == (None, raw, Flag.REFUSED)


@pytest.mark.parametrize(("raw", "value"), [("-" + "1" * 30, "-" + "1" * 30), ("减" + "1" * 30, "-" + "1" * 30)])
def test_a_figure_of_any_length_is_exact_or_refused(raw: str, value: str) -> None:
    assert show(read_figure(raw, "change").value) in {value, ""}


def test_a_long_amount_is_exact_or_refused() -> None:
    assert show(read_figure("1" * 40 + "元", "amount").value) in {"1" * 36 + ".1111", ""}


@pytest.mark.parametrize(
    "raw", [10**400, Decimal("1E+400"), Decimal("sNaN"), "9" * 6000], ids=lambda raw: str(type(raw))
)
def test_monsters_do_not_raise(raw: object) -> None:
    figure = read_figure(raw, "count")
    assert (figure.value is None) == (figure.flag is Flag.REFUSED)


digits = st.integers(0, MOST)
space = st.text(st.sampled_from(" \n\t\r\u00a0\u2009\u202f\u3000\u200b\ufeff"), max_size=2)
written_by_hand = st.text(st.sampled_from("0123456789０９,，.．+-－—/减增万元亿件项无 \n\u3000①²"), max_size=12)
exact = st.builds(
    lambda number, places: tidy(Decimal(number).scaleb(-places)), st.integers(-MOST, MOST), st.integers(0, 8)
)
FULL_WIDTH = {ord(narrow): chr(ord(narrow) + 0xFEE0) for narrow in "0123456789,.-"}


@given(st.text() | written_by_hand, st.sampled_from(KINDS))
def test_any_text_is_read_or_refused(raw: str, kind: Kind) -> None:
    figure = read_figure(raw, kind)
    assert figure.raw == raw
    assert (figure.value is None) == (figure.flag in {Flag.BLANK, Flag.PLACEHOLDER, Flag.REFUSED})
    assert figure.value is None or figure.value.is_finite()


@given(written_by_hand)
def test_a_plain_figure_has_the_digits_that_were_written(raw: str) -> None:
    figure = read_figure(raw, "change")
    if figure.flag is Flag.PLAIN:
        wrote = "".join(char for char in unicodedata.normalize("NFKC", raw) if char.isdigit() or char == ".")
        assert abs(figure.value or 0) == Decimal(wrote)
        assert all(char.isdecimal() for char in raw if char.isdigit())


@given(exact, space, space, st.booleans(), st.booleans())
def test_a_number_is_read_back_exactly(value: Decimal, before: str, after: str, grouped: bool, wide: bool) -> None:  # noqa: FBT001
    text = f"{value:,f}" if grouped else f"{value:f}"
    raw = before + (text.translate(FULL_WIDTH) if wide else text) + after
    figure = read_figure(raw, "change")
    assert (figure.value, figure.flag) == (value, Flag.PLAIN)
    assert show(figure.value) == f"{value:f}"


@given(digits, digits, space.filter(bool), st.sampled_from(KINDS))
def test_two_numbers_are_never_joined(first: int, second: int, gap: str, kind: Kind) -> None:
    assert read_figure(f"{first}{gap}{second}", kind).flag is Flag.REFUSED


@given(st.integers(-MOST, MOST), st.integers(0, 6))
def test_a_number_of_a_spreadsheet_keeps_15_digits(number: int, places: int) -> None:
    value = tidy(Decimal(number).scaleb(-places))
    assert read_figure(float(value), "amount").value == value


@given(exact)
def test_tidy_changes_the_writing_never_the_value(value: Decimal) -> None:
    loose = value * Decimal("1.000")
    assert tidy(loose) == value
    assert show(loose) == show(value) == f"{tidy(loose):f}"


def test_a_blank_is_shown_as_nothing_and_zero_as_zero() -> None:
    assert (show(None), show(Decimal("-0.00"))) == ("", "0")
