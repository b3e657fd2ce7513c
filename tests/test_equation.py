from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.equation import Equation, Term, expand, parse_equation, summed
from nianbao.errors import FormFileError

KEYS = ("received", "out.a", "out.b.x", "out.b.y", "out.other", "out.total", "outlier", "carried")
WORTH = dict(zip(KEYS, map(Decimal, (1, 2, 4, 8, 16, 32, 64, 128)), strict=True))


def written(equation: Equation) -> str:
    def side(terms: tuple[Term, ...]) -> str:
        return " ".join(f"{'+' if term.sign > 0 else '-'}{term.name}" for term in terms)

    return f"{side(equation.left)} {equation.relation} {side(equation.right)}"


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("a = b", "+a = +b"),
        ("a=b+c-d", "+a = +b +c -d"),
        ("  a  +  b  >=  c  ", "+a +b >= +c"),
        ("a <= 0", "+a <= +0"),
        ("a - b >= 12 - c", "+a -b >= +12 -c"),
        ("t.total = t.*", "+t.total = +t.*"),
        ("a_1.b_2 = c", "+a_1.b_2 = +c"),
        ("a - b = c", "+a -b = +c"),
    ],
)
def test_an_equation_is_parsed(text: str, parsed: str) -> None:
    assert written(parse_equation(text, "试")) == parsed


@pytest.mark.parametrize(
    ("text", "character"),
    [
        ("= a", 1),
        ("+ a = b", 1),
        ("a b = c", 2),
        ("a + + b = c", 4),
        ("a = = b", 4),
        ("a = b = c", 6),
        ("a = b >= c", 6),
        ("a > b", 2),
        ("a == b", 4),
        ("a * b = c", 2),
        ("2a = b", 2),
        ("a = b.*.c", 8),
        ("a = (b)", 4),
        ("a = 1.5", 6),
        ("a = .b", 4),
    ],
)
def test_an_error_says_where_it_stands(text: str, character: int) -> None:
    with pytest.raises(FormFileError) as error:
        parse_equation(text, "规则 甲")
    assert str(error.value) == f"表式文件有误（规则 甲）：第 {character} 个字符起不成公式：{text}。"


@pytest.mark.parametrize("text", ["", "  ", "a", "a + b", "a =", "a + b = c -", "a >="])
def test_half_an_equation_is_refused(text: str) -> None:
    with pytest.raises(FormFileError, match="公式不完整"):
        parse_equation(text, "试")


@pytest.mark.parametrize(
    ("text", "defined"),
    [
        ("a = b + c", "a"),
        ("t.total = t.*", "t.total"),
        ("a = 0", "a"),
        ("a + b = c", None),
        ("a >= b", None),
        ("a <= b", None),
        ("3 = a", None),
    ],
)
def test_one_name_alone_on_the_left_of_an_equals_sign_is_defined(text: str, defined: str | None) -> None:
    assert parse_equation(text, "试").defines == defined


def test_names_leave_constants_out() -> None:
    assert parse_equation("a + 3 >= b - a", "试").names == ("a", "b", "a")


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("out.total = out.*", "+out.total = +out.a +out.b.x +out.b.y +out.other"),
        ("received - out.b.* >= 3", "+received -out.b.x -out.b.y >= +3"),
        ("received = carried", "+received = +carried"),
    ],
)
def test_a_group_stands_for_the_keys_under_it_without_its_total(text: str, expanded: str) -> None:
    assert written(expand(parse_equation(text, "试"), KEYS, "试")) == expanded


@pytest.mark.parametrize("name", ["recieved", "out", "nothing.*", "carried.*", "out.b"])
def test_an_unknown_name_is_an_error_of_the_rules_file(name: str) -> None:
    with pytest.raises(FormFileError, match=rf"规则 甲）：公式里的“{name.replace('*', '[*]')}”不在表中"):
        expand(parse_equation(f"received = {name}", "规则 甲"), KEYS, "规则 甲")


@pytest.mark.parametrize(
    ("relation", "outcomes"), [("=", (False, True, False)), (">=", (False, True, True)), ("<=", (True, True, False))]
)
def test_a_relation_compares_two_sums(relation: str, outcomes: tuple[bool, ...]) -> None:
    equation = parse_equation(f"a {relation} b", "试")
    assert tuple(equation.holds(Decimal(left), Decimal(2)) for left in (1, 2, 3)) == outcomes


terms = st.lists(
    st.tuples(st.sampled_from((1, -1)), st.sampled_from((*KEYS, "out.*", "out.b.*")) | st.integers(0, 99).map(str)),
    min_size=1,
    max_size=5,
).map(lambda found: [(1, found[0][1]), *found[1:]])  # a side does not begin with a sign


def plainly(side: list[tuple[int, str]]) -> int:
    """What `side` comes to, worked out without the code under test."""
    groups = {"out.*": 2 + 4 + 8 + 16, "out.b.*": 4 + 8}
    worth = groups | {key: int(value) for key, value in WORTH.items()}
    return sum(sign * (worth[name] if name in worth else int(name)) for sign, name in side)


@given(terms, st.sampled_from(("=", ">=", "<=")), terms)
def test_evaluation_is_plain_arithmetic(
    left: list[tuple[int, str]], relation: str, right: list[tuple[int, str]]
) -> None:
    def side(terms: list[tuple[int, str]]) -> str:
        return " ".join(f"{'+' if sign > 0 else '-'} {name}" for sign, name in terms).removeprefix("+ ")

    equation = expand(parse_equation(f"{side(left)} {relation} {side(right)}", "试"), KEYS, "试")
    sums = [summed(terms, str).over(WORTH) or Decimal(0) for terms in (equation.left, equation.right)]
    assert list(map(int, sums)) == [plainly(left), plainly(right)]
    assert (
        equation.holds(*sums)
        is {
            "=": sums[0] == sums[1],
            ">=": sums[0] >= sums[1],
            "<=": sums[0] <= sums[1],
        }[relation]
    )


@given(st.text(alphabet="ab.*+-=<> 12", max_size=20))
def test_any_text_is_an_equation_or_an_error_of_the_file(text: str) -> None:
    try:
        equation = parse_equation(text, "试")
    except FormFileError as error:
        assert text in str(error)  # noqa: PT017
    else:
        assert equation.left
        assert equation.right
