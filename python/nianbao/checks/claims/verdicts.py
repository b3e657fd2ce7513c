"""What a sentence says, held against every figure that it may mean; it is wrong only where it is none of them."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ...figures import show
from ...findings import Finding, Severity
from ...form import Form
from ...wording import cell_name, cells_name
from ..prose import Sentence, told
from .numbers import Number
from .passages import Part

_OTHERS = 2
"""Figures named besides the first that a claim may mean."""


class Claim(NamedTuple):
    """That there are `number` of `what`; `may_mean` are the figures of the tables that this can be, the likeliest first.

    `at_most`: the sentence may speak of a part, so that only a larger number is wrong.
    """

    rule: str
    what: str
    number: Number
    measure: str
    at: int
    may_mean: tuple[Part, ...]
    at_most: bool = False

    @property
    def is_wrong(self) -> bool:
        """Whether it is none of the figures that it may mean; no claim is where one of these is not known."""
        values = [part.value for part in self.may_mean if part.value is not None]
        if len(values) < len(self.may_mean) or not values:
            return False
        if self.at_most:
            return self.number.value - self.number.slack > max(values)
        return not any(map(self.number.is_that, values))


def verdict(claim: Claim, sentence: Sentence, form: Form) -> Finding:
    """The finding that a wrong claim is."""
    first, *rest = claim.may_mean
    right = first.value or Decimal(0)
    others = [part for part in rest if part.name and part.value not in {None, right}][:_OTHERS]
    also = "".join(f"，{part.name}是 {show(part.value)} {claim.measure}" for part in others)
    what = (
        f"写的{claim.what}是 {show(claim.number.value)} {claim.measure}，"
        f"而{_named(form, first)}是 {show(right)} {claim.measure}{also}，"
        f"文字{'比表格多' if claim.at_most else '与表格对不上'}。请核对后改正文字或表格；口径不同的，请在文字里写明。"
    )
    finding = told(claim.rule, Severity.WARNING, sentence, what, claim.at)
    cells = {cell for part in (first, *others) for cell in part.cells if cell in form.order}
    known = tuple(sorted(cells, key=form.order.__getitem__))
    return finding._replace(cells=known, left=claim.number.value, right=right)


def _named(form: Form, part: Part) -> str:
    if len(part.cells) == 1:
        return cell_name(form, part.cells[0])
    return f"{cells_name(form, part.cells)}合计"
