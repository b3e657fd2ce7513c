"""What a reviewer would say of every real report, and nothing else: exact lists, argued where they are a judgement.

The table of how often each rule fired, in ``docs/审核规则.md``, is counted from these lists.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from builders import shared
from nianbao.check import Checked
from nianbao.checks.pending import Standing
from nianbao.commands.judging import judge_files
from nianbao.rulebook import entries

DOCS = Path(__file__).parents[1] / "docs" / "审核规则.md"
W, E, I = "warning", "error", "info"  # noqa: E741 - as in the catalogue
Told = list[tuple[str, str]]

# The PDFs of 平潭 were made into text with the figures of a row run together: such rows are refused, never guessed.
RUN_TOGETHER = ("R02", E)
EXPECTED: dict[str, Told] = {
    # A service centre has no power to make regulations (5, 5, 29 are filled in); it calls itself 全局, as a bureau does; only
    # totals are filled in table three (B05: the breakdown is owed), in table four only the last block (V02).
    "000_f5f9a0601f0a3d4f.txt": [("N20", W), ("A04", E), ("B05", W), ("V02", W)],
    # The second heading has a 的 too many; chapter one says nothing of applications.
    "001_205d0fb765df4a20.txt": [("N14", W), ("S01", W)],
    # Chapter six is missing, three and four are not numbered, five is worded otherwise; three parts are announced, five are
    # there; a centre with 局长 and 局办公室; 。。 and 条列.  Nothing on keeping information in order (政府信息管理).
    "002_d67fec3efbc2aac7.txt": [
        ("M04", I),
        ("M09", W),
        ("N14", W),
        ("N17", I),
        ("N17", I),
        ("N20", W),
        ("S01", E),
        ("S01", W),
        ("V02", W),
        ("V02", W),
    ],
    # 118 decisions = 151 items − 33: items were taken for decisions.  429.1万 in a column whose unit is not printed.
    "003_cb428742139d8fea.txt": [
        ("M03", I),
        ("M04", I),
        ("S01", W),
        ("A11", W),
        ("R04", I),
        ("A16", W),
        ("R04", I),
    ],
    # A report for 2021 with the period of 2020; table two and the first rows of table three are lost in the text, with the
    # heading of chapter three; six values in a row of seven.
    "004_48743e3f0f72e3ed.txt": [
        ("M03", E),
        ("N14", W),
        ("S01", E),
        *[("R03", E)] * 5,
        ("R02", E),
        ("V02", W),
    ],
    # （六）其他处理 in one row; two groups of table four whose totals stand at 0 beside 11 and 5.
    "hongze_2023.json": [("S04", E), ("C01", E), ("C03", E)],
    # A government owes 考核、评议、追责 (条例 art. 50); one label is mutilated in the document itself, in the PDF as in the text.
    "hongze_2023.pdf": [("N14", W), ("S03", W), ("S04", E), ("C01", E), ("C03", E)],
    # The text breaks off before table four.
    "hongze_2023.txt": [("N14", W), ("S03", W), ("S04", E), ("R03", E)],
    "pingtan_2019.json": [],
    "pingtan_2019.txt": [RUN_TOGETHER] * 9,
    # 26 results beside a total of 20.  A zone says that 7 regulations are public: nobody but an office that may make some has
    # them, and whether the zone may is not certain, so it is a warning.
    "pingtan_2020.json": [("A04", W), ("B03", E), ("B03", E)],
    "pingtan_2020.txt": [RUN_TOGETHER] * 9,
    "pingtan_2021.json": [],
    "pingtan_2021.txt": [RUN_TOGETHER] * 6,
    "pingtan_2022.json": [],
    "pingtan_2022.txt": [RUN_TOGETHER] * 5,
    "suqian_2023.json": [],
}
BESIDE: dict[str, Told] = {
    # What is carried over agrees in all three years, over the change of the form, too.
    "pingtan_2020.json": EXPECTED["pingtan_2020.json"],
    # 21 applications, then 70.
    "pingtan_2021.json": [("Y03", W)],
    # 2293 licences, then 10690; 42 coercive measures, then none.
    "pingtan_2022.json": [("A14", W), ("A14", W)],
}
"""Beside the report of the year before."""


def sources() -> dict[str, Path]:
    folders = [shared() / "data" / "seeds", shared() / "data" / "reports"]
    return {
        path.name: path
        for folder in folders
        for path in sorted(folder.iterdir())
        if folder.name == "reports" or path.suffix == ".txt"
    }


def told(checked: Checked) -> Told:
    return [(finding.rule, finding.severity.value) for finding in checked.findings]


@pytest.mark.parametrize("name", EXPECTED)
def test_exactly_what_a_reviewer_would_say(name: str) -> None:
    (checked,) = judge_files([sources()[name]]).checked
    assert told(checked) == EXPECTED[name]


@pytest.mark.parametrize("name", BESIDE)
def test_exactly_what_a_reviewer_would_say_beside_last_year(name: str) -> None:
    path = sources()[name]
    before = path.with_name(re.sub(r"\d{4}", lambda year: str(int(year[0]) - 1), name))
    (checked,) = judge_files([path], before).checked
    assert told(checked) == BESIDE[name]


def test_every_real_report_is_judged() -> None:
    assert set(sources()) == set(EXPECTED)


def test_every_sentence_says_where_and_what_to_do() -> None:
    for path in sources().values():
        for finding in judge_files([path]).checked[0].findings:
            assert finding.message.endswith(("。", "”")), finding.message
            assert "请" in finding.message or finding.rule == "M04", finding.message
            assert "None" not in finding.message


def fired() -> Counter[str]:
    """In how many of the judgements each rule spoke at least once."""
    lists = [*EXPECTED.values(), *(BESIDE[name] for name in BESIDE if BESIDE[name] != EXPECTED[name])]
    return Counter(rule for found in lists for rule in {rule for rule, _ in found})


def test_a_rule_that_counts_has_fired_rightly_or_says_why_not() -> None:
    """The table in the docs names every rule that is a function with how often it fired, and why one may count all the same."""
    counts = fired()
    text = DOCS.read_text("utf-8")
    rows = {cells[1].strip(): cells for line in text.splitlines() if (cells := line.split("|"))[1:2]}
    for entry in entries():
        assert entry.id in rows, entry.id
        _, _, standing, times, rightly, why, *_ = (cell.strip() for cell in rows[entry.id])
        assert standing == entry.standing, entry.id
        assert times == rightly == str(counts[entry.id]), entry.id
        assert counts[entry.id] or why or standing == Standing.TRIAL, entry.id
