"""The files of the drill are what they claim to be: what has to come out of them can be relied on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from lo import needs_office

from drill import LOCKS, Drill
from drill_making import LABEL
from drill_reports import SHIFT, returned
from drill_units import CODES, FAULTY, UNITS, YEAR, Fault
from nianbao.check import Checked
from nianbao.city.members import By, Roster
from nianbao.city.roster import read_roster
from nianbao.commands.judging import check_files
from nianbao.findings import Severity
from nianbao.importing.archives import files_in
from nianbao.reading import Reading
from nianbao.report import Report
from nianbao.workbook.cellmap import CellMap
from nianbao.workbook.names import TEMPLATE_VERSION
from nianbao.workbook.sheets import open_sheets
from oldbooks import NEWEST, OLDEST

pytestmark = [needs_office, pytest.mark.office]
Found = Mapping[str, Checked]
TOLD = {
    Fault.WRONG_EDITION: {"S02"},
    Fault.ENCRYPTED: {"R01"},
    Fault.TRUNCATED: {"R01"},
    Fault.TAMPERED: {"S03"},
    Fault.UNBALANCED: {"B01"},
    Fault.SCAN: {"R01"},
}
"""The errors that a file has by itself, whatever the others are."""
FORMS = {"old": OLDEST, "new": NEWEST, "book": TEMPLATE_VERSION, "saved": TEMPLATE_VERSION, "ods": TEMPLATE_VERSION}
REMARKS = {"old": {"R06", "F01"}, "new": {"R06"}, "docx": {"M04"}, "html": {"M04"}, "pdf": {"M04"}}
"""What files of a form lack: templates of old ask for no processing fee, and no document here has an address."""
STARTS = {"docx": b"PK", "pdf": b"%PDF", "html": b"<!DOCTYPE html>", "xls": b"\xd0\xcf\x11\xe0", "ods": b"PK"}


@pytest.fixture(scope="module")
def found(drill: Drill) -> Found:
    """What is read from each file, by its name."""
    return {each.file.relative_to(drill.folder).as_posix(): each for each in check_files([drill.folder])}


@pytest.fixture(scope="module")
def data(drill: Drill) -> Mapping[str, bytes]:
    """The bytes of each file, those in the archive among them, by its name."""
    files = {path.relative_to(drill.folder).as_posix(): path.read_bytes() for path in drill.folder.rglob("*.*")}
    inside = {
        f"{name}/{member}": data
        for name in files
        if name.endswith(".zip")
        for member, data in files_in(files[name], name).items()
    }
    return files | inside


@pytest.fixture(scope="module")
def listed(drill: Drill) -> Roster:
    return read_roster(drill.roster.read_bytes(), drill.roster.name)


def reading(found: Found, file: str) -> Reading:
    """What a readable file says."""
    held = found[file].reading
    assert held is not None, found[file].findings
    return held


def only(drill: Drill, found: Found, fault: Fault) -> Reading:
    """What the one file of a fault says."""
    (file,) = drill.faults[fault]
    return reading(found, file)


def errors(checked: Checked) -> set[str]:
    return {each.rule for each in checked.findings if each.severity is Severity.ERROR}


def test_sixty_files_of_every_form_came_in_for_fifty_seven_units(
    drill: Drill, found: Found, data: Mapping[str, bytes]
) -> None:
    names = {each.file for each in drill.sent}
    assert len(names) == len(drill.sent) == len(found) == 60
    assert set(found) == names
    assert set(data) - names == {*LOCKS, "部门报送.zip"}
    assert len(UNITS) == 57
    assert set(drill.faults) == set(FAULTY) == set(Fault)
    assert len(set(FAULTY.values())) == len(Fault) == 14
    forms = Counter(each.form for each in drill.sent)
    assert all(forms[form] >= 2 for form in ("book", "old", "new", "saved", "ods", "xls", "docx", "html", "pdf"))


def test_every_file_is_read_as_it_was_written(drill: Drill, found: Found) -> None:
    for sent in drill.sent:
        held = found[sent.file].reading
        assert (held is None) == (sent.report is None), sent
        if held and sent.report:
            assert held.report[:4] == sent.report[:4], sent.file
            for key in ("overview", "problems", "other"):
                assert sent.report.texts[key] in held.report.texts[key], sent.file


def test_workbooks_of_today_keep_code_round_fee_and_what_was_declared(drill: Drill, found: Found) -> None:
    for sent in drill.sent:
        if sent.report and sent.form in {"book", "new", "saved", "summary", "ods", "xls"}:
            assert reading(found, sent.file).report == sent.report, sent.file


def test_only_the_faulty_files_have_errors(drill: Drill, found: Found) -> None:
    due = {file: rules for fault, rules in TOLD.items() for file in drill.faults[fault]}
    assert {name: told for name, each in found.items() if (told := errors(each))} == due


def test_other_remarks_are_of_old_and_new_templates_and_of_documents_alone(drill: Drill, found: Found) -> None:
    for sent in drill.sent:
        rules = {each.rule for each in found[sent.file].findings}
        due = REMARKS.get(sent.form, set()) if sent.report else set()
        # Shares that are drawn at random may have many others (B08).
        assert rules - errors(found[sent.file]) - {"B08"} == due, sent.file


def test_the_counted_files_add_up_to_the_published_table_but_for_what_does_not_balance(
    drill: Drill, found: Found
) -> None:
    assert len(drill.counted) == 50
    sums = {
        key: sum((reading(found, file).report.values[key] or Decimal(0) for file in drill.counted), Decimal(0))
        for key in drill.published
    }
    assert sums == drill.expected
    assert {key: sums[key] - (value or 0) for key, value in drill.published.items() if sums[key] != value} == drill.off
    fees = [reading(found, file).report.fee for file in drill.counted]
    charged = [fee for fee in fees if fee.charged]
    assert len(charged) == 3
    assert sum(fee.pieces or 0 for fee in charged) == drill.fee.pieces
    assert sum(fee.yuan or 0 for fee in charged) == drill.fee.yuan


def test_every_unit_counts_once_but_for_the_faults(drill: Drill) -> None:
    units = Counter(drill.of(file).unit for file in drill.counted)
    out = {unit.name for unit in UNITS} - set(units)
    assert set(units.values()) == {1}
    assert out == {
        FAULTY[fault]
        for fault in (
            Fault.MISSING,
            Fault.WRONG_YEAR,
            Fault.WRONG_EDITION,
            Fault.ENCRYPTED,
            Fault.TRUNCATED,
            Fault.VERTICAL,
            Fault.SCAN,
        )
    }


def test_the_roster_is_complete_and_knows_every_file_but_one(drill: Drill, found: Found, listed: Roster) -> None:
    assert listed.findings == ()
    assert [each.name for each in listed.members] == [unit.name for unit in UNITS]
    assert [each.code for each in listed.members] == [CODES.get(unit.name, "") for unit in UNITS]
    assert all(each.deadline and each.contact and each.telephone for each in listed.members)
    by = Counter[By]()
    for sent in drill.sent:
        held = found[sent.file].reading
        if held:
            match = listed.match(held.report)
            by[match.by] += 1
            assert (match.member.name if match.member else FAULTY[Fault.STRANGER]) == sent.unit, sent.file
    assert (by[By.ALIAS], by[By.NOTHING]) == (1, 1)
    assert min(by[By.CODE], by[By.NAME]) > 10


def test_nothing_came_from_the_missing_unit(drill: Drill) -> None:
    assert drill.faults[Fault.MISSING] == ()


def test_the_duplicate_is_the_same_file(drill: Drill, data: Mapping[str, bytes]) -> None:
    digests = Counter(sha256(data[each.file]).hexdigest() for each in drill.sent)
    assert [count for count in digests.values() if count > 1] == [2]
    one, other = drill.faults[Fault.DUPLICATE]
    assert data[one] == data[other]


def test_the_older_round_has_other_figures_and_the_later_date(drill: Drill, found: Found) -> None:
    old, new = drill.faults[Fault.NEWER]
    first, second = (reading(found, file).report for file in (old, new))
    assert (first.particulars["round"], second.particulars["round"]) == ("1", "2")
    assert _differing(first, second) == 4
    assert (drill.folder / old).stat().st_mtime > (drill.folder / new).stat().st_mtime


def test_equal_rounds_have_other_figures(drill: Drill, found: Found) -> None:
    first, second = (reading(found, file).report for file in drill.faults[Fault.EQUAL])
    assert first.particulars == second.particulars
    assert _differing(first, second) == 4


def _differing(one: Report, other: Report) -> int:
    return sum(one.values[key] != value for key, value in other.values.items())


def test_wrong_years_and_editions_are_wrong_in_that_alone(drill: Drill, found: Found) -> None:
    wrong = (only(drill, found, fault).report[:2] for fault in (Fault.WRONG_YEAR, Fault.WRONG_EDITION))
    assert list(wrong) == [("2021", YEAR - 1), ("2019", YEAR)]
    periods = Counter(each.reading.report[:2] for each in found.values() if each.reading)
    assert sorted(periods.values()) == [1, 1, len(found) - 5]


@pytest.mark.parametrize(
    ("fault", "words"),
    [(Fault.ENCRYPTED, "打开密码"), (Fault.TRUNCATED, "文件不完整"), (Fault.SCAN, "扫描件")],
)
def test_what_cannot_be_read_says_why(drill: Drill, found: Found, fault: Fault, words: str) -> None:
    (file,) = drill.faults[fault]
    (finding,) = found[file].findings
    assert words in finding.message


def test_the_tampered_workbook_has_a_row_more_and_another_label(drill: Drill, found: Found) -> None:
    messages = " ".join(each.message for each in only(drill, found, Fault.TAMPERED).findings)
    assert "插入了第 11 行" in messages
    assert f"“{LABEL[0]}”被改成“{LABEL[1]}”" in messages


def test_the_alias_is_a_former_name_without_a_code(drill: Drill, found: Found, listed: Roster) -> None:
    report = only(drill, found, Fault.ALIAS).report
    assert report.agency != FAULTY[Fault.ALIAS]
    assert "code" not in report.particulars
    assert listed.match(report).by is By.ALIAS


def test_the_vertical_unit_is_not_added(drill: Drill, found: Found, listed: Roster) -> None:
    member = listed.match(only(drill, found, Fault.VERTICAL).report).member
    assert member
    assert not member.added
    assert sum(not each.added for each in listed.members) == 1


def test_one_column_does_not_balance_and_the_totals_with_it(drill: Drill, found: Found) -> None:
    (file,) = drill.faults[Fault.UNBALANCED]
    told = [(each.rule, (each.left or 0) - (each.right or 0)) for each in found[file].findings]
    assert told == [("B01", SHIFT)] * 2


def test_the_stranger_is_named_almost_like_a_unit_that_sent_its_own(drill: Drill, found: Found, listed: Roster) -> None:
    match = listed.match(only(drill, found, Fault.STRANGER).report)
    assert match.member is None
    assert "示例市文化广电和旅游局" in [each.name for each in match.near]
    assert "示例市文化广电和旅游局" in {drill.of(file).unit for file in drill.counted}


def test_workbooks_are_of_three_template_versions(drill: Drill, data: Mapping[str, bytes]) -> None:
    for sent in drill.sent:
        if sent.form in FORMS:
            assert CellMap(open_sheets(data[sent.file], sent.file), sent.file).version == FORMS[sent.form], sent.file


def test_old_workbooks_have_another_layout(drill: Drill, data: Mapping[str, bytes]) -> None:
    old, today = (
        openpyxl.load_workbook(BytesIO(next(data[each.file] for each in drill.sent if each.form == form)))
        for form in ("old", "book")
    )
    assert {"正式报告", "出错说明"} <= set(today.sheetnames) - set(old.sheetnames)
    assert old["封面"]["C4"].value in {unit.name for unit in UNITS}
    assert old["封面"]["C4"].value != today["封面"]["C4"].value


def test_files_are_what_their_forms_say(drill: Drill, data: Mapping[str, bytes]) -> None:
    for sent in drill.sent:
        assert data[sent.file].startswith(STARTS.get(sent.form, b"")), sent.file
        if sent.form in {"saved", "tampered"}:
            with ZipFile(BytesIO(data[sent.file])) as package:
                assert b"LibreOffice" in package.read("docProps/app.xml"), sent.file


def test_the_archive_names_its_files_in_gbk_and_does_not_say_so(drill: Drill) -> None:
    with ZipFile(drill.folder / "部门报送.zip") as package:
        raw = [each.filename.encode("cp437").decode("gbk") for each in package.infolist()]
        assert not any(each.flag_bits & 0x800 for each in package.infolist())
    names = (*(each.file for each in drill.sent), *LOCKS)
    assert {f"部门报送.zip/{name}" for name in raw} == {name for name in names if name.startswith("部门报送.zip/")}


def test_people_stand_in_the_roster_alone(found: Found, listed: Roster) -> None:
    texts = " ".join(text for each in found.values() if each.reading for text in each.reading.report.texts.values())
    assert not any(word in texts for each in listed.members for word in (each.contact, each.telephone))


def test_the_same_every_time(drill: Drill) -> None:
    assert returned() == drill.sent
