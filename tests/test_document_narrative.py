from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from builders import AGENCY, any_report, blank_report, busy_report, report, zero_report
from nianbao.document.narrative import narrate
from nianbao.errors import InputError
from nianbao.report import Report
from nianbao.resources import template_path
from nianbao.sentences import generated


def shipped(filled: Report) -> dict[str, str]:
    return narrate(filled, template_path(f"narrative-{filled.edition}.md.j2"))


def office_template(folder: Path, text: str, filled: Report | None = None) -> dict[str, str]:
    path = folder / "narrative-office.md.j2"
    path.write_text(text, "utf-8")
    return narrate(filled or busy_report(), path)


def test_the_shipped_templates_say_the_generated_sentences(edition: str) -> None:
    for filled in (zero_report(edition), busy_report(edition), blank_report(edition), Report(edition, None, "")):
        assert shipped(filled) == generated(filled)
    assert set(shipped(zero_report(edition))) == {"intro", "disclosure", "requests", "review"}


@given(any_report("2021"))
def test_they_do_so_whatever_the_figures(filled: Report) -> None:
    assert shipped(filled) == generated(filled)


def test_the_agency_is_data() -> None:
    name = "{{ 7*7 }}{% raw %}&<b>局"
    assert f"，{name}编制" in shipped(Report("2021", 2023, name))["intro"]


def test_an_office_may_write_its_own_template(tmp_path: Path) -> None:
    text = "{% block requests %}\n{{ period }}共{{ received }}件，\n  收费{{ charged }}万元。\n{% endblock %}"
    assert office_template(tmp_path, text) == {"requests": "2023年共17件，收费429.1万元。"}


def test_an_office_may_add_to_what_is_generated(tmp_path: Path) -> None:
    text = "{% block review %}{{ said.review }}{% if disputes %}均已依法办理。{% endif %}{% endblock %}"
    assert office_template(tmp_path, text)["review"].endswith("尚未审结1件。均已依法办理。")
    assert office_template(tmp_path, text, zero_report())["review"].endswith("行政复议和行政诉讼。")


def test_a_blank_figure_is_none(tmp_path: Path) -> None:
    text = "{% block requests %}{{ '不详' if received is none else received }}，{{ received }}件。{% endblock %}"
    blank = report("requests\nreceived 5 0 0 0 0 0 .")
    assert office_template(tmp_path, text, blank) == {"requests": "不详，【未填】件。"}


@pytest.mark.parametrize(
    "trick",
    [
        "agency.__class__.__mro__",
        "received.__class__",
        "said.__class__.__base__.__subclasses__()",
        "received.adjusted.__func__.__globals__",
        "''.__class__",
        "said.clear()",
        "said.update(other=1)",
        "self.__init__.__globals__",
        "cycler.__init__",
        "range(10)",
        "lipsum()",
        "'{0.__class__}'.format(agency)",
    ],
)
def test_the_sandbox_refuses_tricks(tmp_path: Path, trick: str) -> None:
    with pytest.raises(InputError, match="narrative-office"):
        office_template(tmp_path, f"{{% block requests %}}{{{{ {trick} }}}}{{% endblock %}}")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("{{ no_such_fact }}", "no_such_fact"),
        ("{{ said.no_such_text }}", "no_such_text"),
        ("{{ received / 0 }}", "无法生成文字"),
        ("{% include '../secret' %}", "无法生成文字"),
        ("\n{{ received", "第 2 行写法有误"),
        ("{{ received + agency }}", "无法生成文字"),
    ],
)
def test_a_faulty_template_is_named(tmp_path: Path, fault: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        office_template(tmp_path, f"{{% block requests %}}{fault}{{% endblock %}}")


def test_a_template_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "narrative-office.md.j2"
    path.write_bytes("{% block requests %}申请{% endblock %}".encode("gbk"))
    with pytest.raises(InputError, match="无法生成文字"):
        narrate(busy_report(), path)


def test_a_template_that_is_not_shipped_is_named() -> None:
    with pytest.raises(InputError, match="narrative-1999"):
        template_path("narrative-1999.md.j2")


def test_what_an_office_typed_is_one_line(tmp_path: Path) -> None:
    text = "{% block intro %}{{ agency }}（{{ contact }}）{% endblock %}"
    filled = Report("2021", 2023, f" {AGENCY}\n办公室 ", particulars={"contact": "0571-00000000\n传真同号"})
    assert office_template(tmp_path, text, filled) == {"intro": f"{AGENCY} 办公室（0571-00000000 传真同号）"}
