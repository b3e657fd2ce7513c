"""The document as the command line writes it: complete or not at all, in all the forms that are asked for."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from builders import ASPECTS, busy_report, changed, zero_report
from cities import summary_of, summed
from nianbao.commands.judging import check_files
from nianbao.importing.files import read_file
from nianbao.report import Explanation, Report
from nianbao.resources import template_path
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents
from shell import Ran, Shell

TEXTS = {
    "overview": f"认真落实各项要求。{ASPECTS}",
    "problems": "公开不够及时。将加强培训。",
    "other": "本年度未收取信息处理费。",
}


def put(path: Path, report: Report) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(build_workbook(Contents(report)))
    return path


def whole(agency: str = "示例市甲局", year: int = 2023) -> Report:
    """A report that nothing is wrong with."""
    return busy_report()._replace(agency=agency, year=year, texts=TEXTS)


def lines(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


def ran(shell: Shell, code: int, *words: object) -> Ran:
    done = shell("report", *words)
    assert done.code == code, done
    return done


def test_document_and_page_say_what_the_workbook_says(shell: Shell, here: Path) -> None:
    put(here / "甲.xlsx", whole())
    said = ran(shell, 0, "甲.xlsx", "-o", "甲.docx", "--html", "甲.html")
    assert said.out == "已写入 甲.docx\n已写入 甲.html\n"
    for name in ("甲.docx", "甲.html"):
        (reading,) = read_file(here / name)
        assert reading.report.values == whole().values
        assert {key: reading.report.texts[key] for key in TEXTS} == TEXTS
        compared = shell("compare", "甲.xlsx", name)
        assert (compared.code, compared.out) == (0, "比较了 200 格和各章文字：不同 0 处。\n")


def test_what_is_not_written_yet_is_named_and_nothing_is_written(shell: Shell, here: Path) -> None:
    put(here / "甲.xlsx", whole()._replace(texts={}))
    said = ran(shell, 1, "甲.xlsx", "-o", "甲.docx", "--html", "甲.html")
    assert "错误 S01　“一、总体情况”：还没有写（" in said.out
    assert "错误 S01　“五、存在的主要问题及改进情况”：还没有写" in said.out
    assert "没有生成文档" in said.out
    assert [path.name for path in here.iterdir()] == ["甲.xlsx"]
    ran(shell, 1, "甲.xlsx", "-o", "甲.docx", "--draft")
    assert any("【待填写：" in line for line in lines(here / "甲.docx"))


def test_leftovers_keep_a_report_back(shell: Shell, here: Path) -> None:
    put(here / "甲.xlsx", whole()._replace(texts=TEXTS | {"overview": "公开信息XX条。"}))
    assert "V12　" in ran(shell, 1, "甲.xlsx", "-o", "甲.docx").out
    assert not (here / "甲.docx").exists()


def test_a_folder_of_workbooks_becomes_a_folder_of_documents(shell: Shell, here: Path) -> None:
    for name in ("甲", "乙"):
        put(here / "各局" / f"{name}.xlsx", whole(f"示例市{name}局"))
    put(here / "各局" / "丙.xlsx", changed(whole("示例市丙局"), {"requests/received/company": 5}))
    (here / "各局" / "丁.xlsx").write_bytes(b"PK")
    said = ran(shell, 1, "各局", "-o", "文档", "--html", "网页")
    assert "有 2 份还有错误，没有生成文档。" in said.out
    assert sorted(path.name for path in (here / "文档").iterdir()) == ["乙.docx", "甲.docx"]
    assert sorted(path.name for path in (here / "网页").iterdir()) == ["乙.html", "甲.html"]
    assert lines(here / "文档" / "乙.docx")[0].startswith("示例市乙局2023年")


def test_several_reports_do_not_fit_one_file(shell: Shell, here: Path) -> None:
    for name in ("甲", "乙"):
        put(here / "各局" / f"{name}.xlsx", whole())
    said = ran(shell, 2, "各局", "-o", "都.docx")
    assert said.err == "都.docx：有 2 份报表，一个文件放不下。请写一个文件夹。\n"


def test_last_year_is_compared_with_and_matched_by_office(shell: Shell, here: Path) -> None:
    put(here / "甲.xlsx", whole())
    put(
        here / "去年" / "甲.xlsx",
        changed(whole(year=2022), {"requests/received/company": 4, "requests/received/total": 20}),
    )
    put(here / "去年" / "乙.xlsx", whole("示例市乙局", 2022))
    ran(shell, 0, "甲.xlsx", "-o", "甲.docx", "--last", "去年")
    assert any("比上年减少" in line for line in lines(here / "甲.docx"))
    assert shell("compare", "甲.xlsx", "甲.docx").code == 1
    assert shell("compare", "甲.xlsx", "甲.docx", "--last", "去年/甲.xlsx").code == 0
    said = ran(shell, 2, "甲.xlsx", "-o", "再.docx", "--last", "甲.xlsx")
    assert said.err == "--last：是 2023 年度的报告，不是 2022 年度。请指定上一年度的报告。\n"


def test_many_offices_each_have_their_own_last_year(shell: Shell, here: Path) -> None:
    for name in ("甲", "乙"):
        put(here / "各局" / f"{name}.xlsx", whole(f"示例市{name}局"))
    put(here / "去年.xlsx", changed(whole("示例市甲局", 2022), {"requests/received/total": 20}))
    said = ran(shell, 0, "各局", "-o", "各局/文档", "--last", "去年.xlsx")
    assert "乙.xlsx：--last 里没有这个单位上一年度的报告，没有写与上年的比较。" in said.out
    assert "甲.xlsx：" not in said.out
    compared = {name: "比上年" in "".join(lines(here / "各局" / "文档" / f"{name}.docx")) for name in ("甲", "乙")}
    assert compared == {"甲": True, "乙": False}


def test_a_folder_for_documents_inside_that_of_the_workbooks_is_no_input(shell: Shell, here: Path) -> None:
    put(here / "各局" / "甲.xlsx", whole())
    ran(shell, 0, "各局", "-o", "各局/文档")
    assert "已经存在" in ran(shell, 2, "各局", "-o", "各局/文档").err
    ran(shell, 0, "各局", "-o", "各局/文档", "--force")
    put(here / "各局" / "别处" / "甲.xlsx", whole())
    said = ran(shell, 2, "各局", "-o", "文档")
    assert "有输入文件同名（" in said.err
    assert "甲.xlsx 和 " in said.err


def test_last_years_reports_are_never_overwritten(shell: Shell, here: Path) -> None:
    put(here / "甲.xlsx", whole())
    old = put(here / "去年" / "甲.docx", whole(year=2022))
    before = old.read_bytes()
    ran(shell, 2, "甲.xlsx", "-o", "去年/甲.docx", "--last", "去年", "--force")
    assert old.read_bytes() == before


def test_a_template_may_have_another_order_but_not_another_year(shell: Shell, here: Path) -> None:
    put(here / "甲.xlsx", whole())
    style = Document(str(template_path("report.docx")))
    places = {paragraph.text: paragraph._p for paragraph in style.paragraphs}  # noqa: SLF001 - python-docx moves nothing
    places["{{引言}}"].addprevious(places["{{署名}}"])
    style.save(str(here / "样式.docx"))
    ran(shell, 0, "甲.xlsx", "-o", "甲.docx", "--template", "样式.docx")
    style.paragraphs[0].insert_paragraph_before("示例市甲局2021年政府信息公开工作年度报告")
    style.save(str(here / "旧封面.docx"))
    said = ran(shell, 1, "甲.xlsx", "-o", "乙.docx", "--template", "旧封面.docx")
    assert "标题（年度）" in said.out
    assert not (here / "乙.docx").exists()


def test_compare_knows_how_the_document_was_made(shell: Shell, here: Path) -> None:
    put(here / "甲.xlsx", whole())
    (here / "话.md.j2").write_text("{% block review %}复议{{ reconsideration }}件。{% endblock %}", "utf-8")
    ran(shell, 0, "甲.xlsx", "-o", "甲.docx", "--narrative", "话.md.j2")
    assert shell("compare", "甲.xlsx", "甲.docx").code == 1
    assert shell("compare", "甲.xlsx", "甲.docx", "--narrative", "话.md.j2").code == 0


def test_an_office_may_have_its_own_template_and_words(shell: Shell, here: Path) -> None:
    put(here / "甲.xlsx", whole())
    style = Document(str(template_path("report.docx")))
    style.paragraphs[0].insert_paragraph_before("红头文件")
    style.save(str(here / "样式.docx"))
    (here / "话.md.j2").write_text("{% block review %}复议{{ reconsideration }}件。{% endblock %}", "utf-8")
    ran(shell, 0, "甲.xlsx", "-o", "甲.docx", "--template", "样式.docx", "--narrative", "话.md.j2")
    found = lines(here / "甲.docx")
    assert found[0] == "红头文件"
    assert any(line.startswith("复议") for line in found)
    (here / "话.md.j2").write_text("{% block review %}复议98件。{% endblock %}", "utf-8")
    said = ran(shell, 1, "甲.xlsx", "-o", "乙.docx", "--narrative", "话.md.j2")
    assert "“98”不是由表格得出的" in said.out
    (here / "空.docx").write_bytes(b"")
    said = ran(shell, 2, "甲.xlsx", "-o", "乙.docx", "--template", "空.docx")
    assert said.err.startswith("模板“空.docx”：文件是空的。")
    assert not (here / "乙.docx").exists()


def test_inputs_are_never_overwritten(shell: Shell, here: Path) -> None:
    put(here / "甲.xlsx", whole())
    style = here / "样式.docx"
    style.write_bytes(template_path("report.docx").read_bytes())
    ran(shell, 2, "甲.xlsx", "-o", "样式.docx", "--template", "样式.docx", "--force")
    assert style.read_bytes() == template_path("report.docx").read_bytes()


def test_a_summary_names_its_units(shell: Shell, here: Path) -> None:
    put(here / "各局" / "甲.xlsx", whole("示例市甲局"))
    put(here / "各局" / "乙.xlsx", zero_report()._replace(agency="示例市乙局", texts=TEXTS))
    summary = summary_of(summed(check_files([here / "各局"]), "示例市"))
    (here / "汇总.xlsx").write_bytes(summary)
    ran(shell, 1, "汇总.xlsx", "-o", "汇总.docx", "--draft")
    (told,) = [line for line in lines(here / "汇总.docx") if "报送" in line]
    assert "2个单位" in told
    assert "示例市甲局" in told


def test_what_was_explained_is_told_at_the_end_if_wanted(shell: Shell, here: Path) -> None:
    about = "C01 四、复议诉讼“行政复议”部分：8 对 6"
    wrong = changed(whole(), {"review/reconsideration/total": 8})
    put(here / "甲.xlsx", wrong._replace(explanations=(Explanation(about, "按旧口径统计", "办公室"),)))
    heading, told = "有关数据的说明", "1.四、复议诉讼“行政复议”部分（8 与 6）：按旧口径统计。"
    ran(shell, 0, "甲.xlsx", "-o", "甲.docx")
    assert not {heading, told} & set(lines(here / "甲.docx"))
    ran(shell, 0, "甲.xlsx", "-o", "乙.docx", "--annex", "--html", "乙.html")
    assert {heading, told} <= set(lines(here / "乙.docx"))
    assert told in (here / "乙.html").read_text("utf-8")
