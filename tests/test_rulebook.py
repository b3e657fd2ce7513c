"""Every rule of the catalogue is accounted for: checked, on trial, or not checked for a reason."""

from __future__ import annotations

import re

from builders import shared
from nianbao.checks.pending import PENDING, Standing
from nianbao.checks.register import REGISTER
from nianbao.rulebook import catalogue, entries, markdown


def test_every_id_of_the_catalogue_is_accounted_for() -> None:
    rules = (shared() / "design" / "RULES.md").read_text("utf-8")
    ids = set(re.findall(r"\b[RVSMABCNFYGP]\d\d\b", rules))
    assert len(ids) > 100
    assert ids <= {entry.id for entry in catalogue()}


def test_a_rule_is_either_checked_or_not() -> None:
    checked = {entry.id for entry in entries()}
    assert {each.id for each in PENDING}.isdisjoint(checked)
    assert len({each.id for each in PENDING}) == len(PENDING)


def test_what_is_not_checked_says_why() -> None:
    for entry in catalogue():
        if entry.standing not in {Standing.ACTIVE, Standing.TRIAL}:
            assert entry.says, entry
            assert entry.cites, entry


def test_all_functions_of_a_rule_are_on_trial_or_none() -> None:
    """Findings know their rule, not the function that made them."""
    trial = {each.id for each in REGISTER if each.beta}
    assert trial.isdisjoint({each.id for each in REGISTER if not each.beta})


def test_the_table_tells_standing_and_reason() -> None:
    lines = {line.split("|")[1].strip(): line for line in markdown(catalogue()).splitlines()[2:]}
    assert "| 生效 | 错误 |" in lines["B02"]
    assert "| 不能判断 |" in lines["A17"]
    assert "决算不在报告里" in lines["A17"]
