"""Suspects: the cells that, set right, would make broken balances hold again.

Every equation that can be tested is a witness.  A wrong figure breaks all equations it stands in, each by the same, and no
other; so what is broken, and by how much, says where it stands.  A correction is a set of cells with what they should be
that makes every broken equation hold and leaves the others as they are.  The smallest are looked for: one cell, else two.

*   One cell is always preferred to two.  Two hand slips would have to hit the same row and the same column by the same
    amount to look like one; in table three, where each cell is in a row and a column of its own, they cannot.  So a cell
    is `unique` if it alone mends all and at least two equations say so, each of them complete.  Where one equation is all
    there is (table four), a cell may be left over because every other would fall below zero; it is named as
    possible, not as certain: two slips could have done it.
*   Of two cells, every pair that mends all is listed, and the likelier first; none is ever left out for being unlikely.
    Two figures exchanged along a row that holds could stand in any row, and the equations cannot tell which.
*   Where the totals of rows and columns hold and only what was received does not match what was done, the totals were
    added up after the slip, by the workbook or the office.  Every figure of that column with its totals is a candidate.
*   Three cells and more are not looked for.  Then only cells are listed that several equations ask for the same.

What a hand does, and what last year's report says, ranks the candidates, and one may be named as the first to look at; it
never excludes one and never makes one unique.
"""

from __future__ import annotations

from .diagnosis import diagnose
from .equations import demanded
from .hints import hint
from .results import Diagnosis
from .slips import slip

__all__ = ["Diagnosis", "demanded", "diagnose", "hint", "slip"]
