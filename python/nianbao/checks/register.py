"""Every rule that is a function: how grave it is, which editions it holds for, what it rests on, whether it is on trial."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ..findings import Severity
from ..formfile import EDITIONS
from . import (
    FIGURE_CHECKS,
    applicants,
    claims,
    fees,
    headings,
    kinds,
    leftovers,
    meaning,
    merging,
    overview,
    papers,
    parts,
    period,
    persons,
    publication,
    reading,
    statements,
    structure,
    tampering,
    values,
    writing,
    yearly,
)


class Listed(NamedTuple):
    """A rule that is a function, as the rule table shows it; one in `beta` is on trial, and its findings are told apart."""

    function: Callable[..., Any]
    severities: tuple[Severity, ...]
    editions: tuple[str, ...] = EDITIONS
    beta: bool = False

    @property
    def cites(self) -> str:
        """What the rule rests on; "" where it is what anybody would expect."""
        return CITES.get(self.id, "")

    @property
    def id(self) -> str:
        """``R01``."""
        return self.function.__name__[:3].upper()


_FORMS = "国办公开办函〔2021〕30号、〔2019〕60号所附格式"
_FEE = "条例第四十二条；国办函〔2020〕109号"
CITES = {
    "S01": _FORMS,
    "S02": _FORMS,
    "S03": _FORMS,
    "S04": _FORMS,
    "S05": _FORMS,
    "M03": "条例第五十条",
    "M05": "条例第四十九条；国办公开办函〔2021〕30号",
    "M08": _FORMS,
    "A03": "条例第二十条第（一）项",
    "A04": "立法法关于部门规章、地方政府规章制定权的规定",
    "A06": "条例第二十条第（一）项",
    "A11": "条例第二十条第（五）项",
    "A12": "条例第二十条第（五）（六）项",
    "A15": "条例第二十条第（九）项",
    "A16": "国办公开办函〔2019〕60号所附格式没有印单位",
    "B04": "表三“总计”栏",
    "B05": "表三“申请人情况”栏",
    "B08": "国办公开办函〔2019〕60号：“其他”数量偏高的要了解情况",
    "V06": "表二第二十条第（八）项：单位万元",
    "V07": "表二第二十条第（八）项：单位万元",
    "V13": "表二第二十条第（八）项：单位万元",
    "N13": "国办公开办函〔2021〕30号：原则上不超过 1000 字",
    "N14": _FORMS,
    "N18": "条例第十五条；个人信息保护法",
    "F01": _FEE,
    "F02": _FEE,
    "F03": _FEE,
    "F05": _FEE,
    "G02": "联合制发的只计一次",
    "G08": "垂直管理的单位另行汇总",
}
"""What rules rest on, by id."""
_E, _W, _I = (Severity.ERROR,), (Severity.WARNING,), (Severity.INFO,)
REGISTER = (
    Listed(reading.r01_unreadable, _E),
    Listed(reading.r02_refused, _E),
    Listed(reading.r03_missing, _E),
    Listed(reading.r04_converted, _I),
    Listed(reading.r05_stored_total, _W),
    Listed(reading.r06_not_current, _W),
    Listed(publication.s01_unwritten, _E),
    Listed(headings.s01_missing, _E),
    Listed(headings.s01_worded, _W),
    Listed(structure.s02_edition, _E + _W),
    Listed(structure.s02_moved, _I),
    Listed(structure.s02_left_behind, _W),
    Listed(tampering.s03_label, _W),
    Listed(tampering.s03_lines, _E),
    Listed(headings.s03_worded, _W),
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
    Listed(meaning.v07_yuan, _W, ("2021",), beta=True),
    Listed(meaning.v13_finer_than_fen, _W, ("2021",), beta=True),
    Listed(yearly.a03_repealed, _W, ("2021",), beta=True),
    Listed(meaning.a04_regulation, _E + _W),
    Listed(meaning.a06_only_this_year, _W, ("2021",), beta=True),
    Listed(meaning.a11_items_for_decisions, _W, ("2019",)),
    Listed(meaning.a12_decisions_without_items, _W, ("2019",), beta=True),
    Listed(yearly.a14_moved_much, _W),
    Listed(meaning.a15_procurement, _W, ("2019",), beta=True),
    Listed(meaning.a16_unit_of_amount, _W, ("2019",)),
    Listed(applicants.b04_no_total, _W),
    Listed(applicants.b05_no_breakdown, _E + _W),
    Listed(applicants.b08_many_others, _W),
    Listed(yearly.y03_requests_moved, _W),
    Listed(yearly.y04_same_table, _W, beta=True),
    Listed(values.x01_lapsed, _W),
    Listed(structure.b07_left_behind, _W),
    Listed(leftovers.m02_other_year, _E),
    Listed(papers.m02_file_name, _W),
    Listed(leftovers.m03_other_period, _E),
    Listed(period.m03_days, _E + _W),
    Listed(period.m03_no_date, _E),
    Listed(period.m03_unstated, _I),
    Listed(papers.m04_no_contact, _I),
    Listed(papers.m05_late, _W, beta=True),
    Listed(leftovers.m06_other_agency, _E),
    Listed(papers.m07_plan, _W, beta=True),
    Listed(papers.m08_ground, _W, beta=True),
    Listed(parts.m09_parts, _W),
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
    Listed(claims.n01_received, _W, beta=True),
    Listed(claims.n02_concluded, _W, beta=True),
    Listed(claims.n03_result, _W, beta=True),
    Listed(claims.n04_carried, _W, beta=True),
    Listed(claims.n05_documents, _W),
    Listed(claims.n06_powers, _W, beta=True),
    Listed(claims.n07_disputes, _W, beta=True),
    Listed(claims.n09_percentage, _W, beta=True),
    Listed(claims.n10_parts, _W),
    Listed(statements.n08_claims, _E + _W, beta=True),
    Listed(writing.n12_no_number, _E, beta=True),
    Listed(overview.n13_too_long, _W, ("2021",)),
    Listed(overview.n14_missing_aspect, _W),
    Listed(writing.n17_mistyped, _I),
    Listed(persons.n18_personal, _W, beta=True),
    Listed(kinds.n20_other_kind, _W),
    Listed(fees.f01_not_told, _W, ("2021",)),
    Listed(fees.f02_contradicted, _E, ("2021",), beta=True),
    Listed(fees.f03_not_tens, _W, ("2021",), beta=True),
    Listed(fees.f05_in_table, _W, ("2021",), beta=True),
    Listed(publication.p02_figure, _E),
    Listed(publication.p02_missing, _E),
    Listed(publication.p02_text, _E),
    Listed(publication.p02_lost, _E),
    Listed(publication.p02_number, _E),
)
"""Every rule that is a function."""
BETA = frozenset(listed.id for listed in REGISTER if listed.beta)
"""The rules on trial."""
OTHERS = frozenset(listed.id for listed in REGISTER) - {each.__name__[:3].upper() for each in FIGURE_CHECKS}
"""The rules that are functions but look at more than figures, or at what is unusual only."""
