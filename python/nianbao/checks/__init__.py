"""Rules that are not equations: one small function each, named by its permanent id.

Every check of a report has the same signature and yields findings; the docstring is the sentence
that the rule table shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ..findings import Finding, Severity
from ..form import Form
from ..formfile import EDITIONS
from ..reading import Reading
from . import leftovers, merging, publication, reading, structure, tampering, values

Check = Callable[[Reading, Form], Iterator[Finding]]

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
)
"""What is checked of the figures of every report."""
CHECKS: tuple[Check, ...] = (
    *FIGURE_CHECKS,
    leftovers.v12_left_over,
    leftovers.m02_other_year,
    leftovers.m03_other_period,
    leftovers.m06_other_agency,
)
"""What is checked of every report, whatever it came from: its figures, and what was left in its texts."""


class Listed(NamedTuple):
    """A rule that is a function, as the rule table shows it."""

    function: Callable[..., Any]
    severities: tuple[Severity, ...]
    editions: tuple[str, ...] = EDITIONS

    @property
    def id(self) -> str:
        """``R01``."""
        return self.function.__name__[:3].upper()


_E, _W, _I = (Severity.ERROR,), (Severity.WARNING,), (Severity.INFO,)
REGISTER = (
    Listed(reading.r01_unreadable, _E),
    Listed(reading.r02_refused, _E),
    Listed(reading.r03_missing, _E),
    Listed(reading.r04_converted, _I),
    Listed(reading.r05_stored_total, _W),
    Listed(reading.r06_not_current, _W),
    Listed(publication.s01_unwritten, _E),
    Listed(structure.s02_edition, _E + _W),
    Listed(structure.s02_moved, _I),
    Listed(structure.s02_left_behind, _W),
    Listed(tampering.s03_label, _W),
    Listed(tampering.s03_lines, _E),
    Listed(structure.s04_hybrid, _E, ("2021",)),
    Listed(tampering.s05_table_missing, _E),
    Listed(tampering.s08_repeated, _I),
    Listed(tampering.s09_repeated, _E),
    Listed(values.v01_blank_in_disclosure, _W),
    Listed(values.v02_blank_block, _E + _W),
    Listed(values.v03_placeholder, _E + _W),
    Listed(values.v04_count, _E),
    Listed(values.v05_change, _E, ("2019",)),
    Listed(values.v06_amount, _W),
    Listed(tampering.v10_formula, _E),
    Listed(tampering.v10_merges, _E),
    Listed(tampering.v10_unlocked, _W),
    Listed(tampering.v10_unprotected, _W),
    Listed(tampering.v10_structure_unprotected, _W),
    Listed(tampering.v10_written, _W),
    Listed(tampering.v10_lines, _E),
    Listed(tampering.v10_sheet_missing, _E),
    Listed(tampering.v10_sheet_renamed, _W),
    Listed(tampering.v10_sheet_hidden, _W),
    Listed(tampering.v10_sheet_added, _I),
    Listed(tampering.v10_not_comparable, _W),
    Listed(tampering.v10_addin_function, _W),
    Listed(tampering.v10_unsaved, _W),
    Listed(leftovers.v12_left_over, _E),
    Listed(values.v14_not_zero, _E),
    Listed(values.x01_lapsed, _W),
    Listed(structure.b07_left_behind, _W),
    Listed(leftovers.m02_other_year, _E),
    Listed(leftovers.m03_other_period, _E),
    Listed(leftovers.m06_other_agency, _E),
    Listed(merging.g02_unconfirmed, _W),
    Listed(merging.g03_unnamed, _E),
    Listed(merging.g03_repeated, _E),
    Listed(merging.g03_same, _I),
    Listed(merging.g03_older, _I),
    Listed(merging.g03_not_chosen, _I),
    Listed(merging.g03_unknown, _E),
    Listed(merging.g03_decided_out, _I),
    Listed(merging.g03_not_added, _I),
    Listed(merging.g03_missing, _E),
    Listed(merging.g03_unlisted, _I),
    Listed(merging.g03_lapsed, _W),
    Listed(merging.g03_listed, _W + _I),
    Listed(merging.b07_nothing_taken, _W),
    Listed(merging.g05_not_last_year, _W),
    Listed(merging.g05_other_period, _E),
    Listed(merging.g07_no_own_office, _I),
    Listed(merging.g08_vertical, _I),
    Listed(merging.g09_own_summary, _E),
    Listed(merging.g09_under, _I),
    Listed(merging.g10_carried, _W),
    Listed(merging.g11_totals, _E),
    Listed(publication.p02_figure, _E),
    Listed(publication.p02_missing, _E),
    Listed(publication.p02_text, _E),
    Listed(publication.p02_lost, _E),
    Listed(publication.p02_number, _E),
)
"""Every rule that is a function."""
