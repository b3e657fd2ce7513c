"""Rules that are not equations: one small function each, named by its permanent id.

Every check of a report has the same signature and yields findings; the docstring is the sentence
that the rule table shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..findings import Finding
from ..form import Form
from ..reading import Reading
from .reading import r01_unreadable, r02_refused, r03_missing, r04_converted, r05_stored_total, r06_not_current
from .structure import s02_edition
from .values import (
    v01_blank_in_disclosure,
    v02_blank_block,
    v03_placeholder,
    v04_count,
    v05_change,
    v06_amount,
)

Check = Callable[[Reading, Form], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    r03_missing,
    s02_edition,
    v01_blank_in_disclosure,
    v02_blank_block,
    v04_count,
    v05_change,
    v06_amount,
)
"""What is checked of every report, whatever it came from."""

FUNCTIONS = (
    r01_unreadable,
    r02_refused,
    r03_missing,
    r04_converted,
    r05_stored_total,
    r06_not_current,
    s02_edition,
    v01_blank_in_disclosure,
    v02_blank_block,
    v03_placeholder,
    v04_count,
    v05_change,
    v06_amount,
)
"""Every rule that is a function, for the rule table."""
