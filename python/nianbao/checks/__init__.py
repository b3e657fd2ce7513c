"""Rules that are not equations: one small function each, named by its permanent id.

Every check of a report has the same signature and yields findings; the docstring is the sentence
that the rule table shows.  `register` lists them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..findings import Finding
from ..form import Form
from ..reading import Reading
from ..thresholds import Thresholds
from . import (
    applicants,
    claims,
    fees,
    headings,
    kinds,
    leftovers,
    meaning,
    overview,
    papers,
    parts,
    period,
    persons,
    reading,
    statements,
    structure,
    values,
    writing,
    yearly,
)

Check = Callable[[Reading, Form], Iterator[Finding]]
Measured = Callable[[Reading, Form, Thresholds], Iterator[Finding]]
"""A check that compares with what counts as much."""

FIGURE_CHECKS: tuple[Check, ...] = (
    reading.r03_missing,
    structure.s02_edition,
    structure.s04_hybrid,
    values.v01_blank_in_disclosure,
    values.v02_blank_block,
    values.v04_count,
    values.v05_change,
    values.v06_amount,
    values.v14_not_zero,
    applicants.b04_no_total,
    applicants.b05_no_breakdown,
)
"""What is checked of the figures of every report."""
CHECKS: tuple[Check, ...] = (
    *FIGURE_CHECKS,
    yearly.a03_repealed,
    yearly.y04_same_table,
    meaning.a04_regulation,
    meaning.a06_only_this_year,
    meaning.a11_items_for_decisions,
    meaning.a12_decisions_without_items,
    meaning.a15_procurement,
    meaning.a16_unit_of_amount,
    meaning.v13_finer_than_fen,
    leftovers.v12_left_over,
    leftovers.m02_other_year,
    leftovers.m03_other_period,
    leftovers.m06_other_agency,
    overview.n13_too_long,
    overview.n14_missing_aspect,
    claims.numbers_in_texts,
    statements.n08_claims,
    writing.n12_no_number,
    writing.n17_mistyped,
    persons.n18_personal,
    kinds.n20_other_kind,
    fees.f01_not_told,
    fees.processing_fee,
    headings.s01_missing,
    headings.s01_worded,
    headings.s03_worded,
    papers.m02_file_name,
    period.m03_days,
    period.m03_no_date,
    period.m03_unstated,
    papers.m04_no_contact,
    papers.m05_late,
    papers.m07_plan,
    papers.m08_ground,
    parts.m09_parts,
)
"""What is checked of every report, whatever it came from: its figures, and what was left in its texts."""
MEASURED: tuple[Measured, ...] = (
    yearly.a14_moved_much,
    yearly.y03_requests_moved,
    meaning.v07_yuan,
    applicants.b08_many_others,
)
"""What is checked besides of figures that are no error in themselves, but unusual."""
