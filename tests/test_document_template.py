from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from lxml import etree

from builders import any_report, busy_report, zero_report
from hostile import compound, locked
from markup import p, r, zipped
from nianbao.document.article import compose
from nianbao.document.blank import FILE_NAME, blank_document
from nianbao.document.docx import write_docx
from nianbao.document.placeholders import PARTS, marked
from nianbao.document.signature import signed
from nianbao.document.template import read_template
from nianbao.errors import InputError
from nianbao.figures import show
from nianbao.importing.docx import read_docx
from nianbao.report import Report
from shell import spawn
from word_templates import (
    DOCUMENT,
    NAMESPACES,
    SPACES,
    STYLES,
    Part,
    Relation,
    all_places,
    files_of,
    image,
    picture,
    place,
    template,
)

W = f"{{{NAMESPACES['w']}}}"
ROOT = Path(__file__).parents[1]
WIDE = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1000" w:right="1000" '
    'w:bottom="1000" w:left="1000" w:header="800" w:footer="800" w:gutter="0"/></w:sectPr>'
)
HEADER = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"


def filled(report: Report | None = None) -> Report:
    """A report with a text in each chapter."""
    report = report or busy_report()
    texts = {
        key: f"{key}的文字。" for key in ("intro", "overview", "disclosure", "requests", "review", "problems", "other")
    }
    return report._replace(texts={**texts, "signature": "示例市示例局", "date": "2024年1月8日"})


def written(data: bytes, report: Report | None = None) -> bytes:
    return write_docx(compose(report or filled()), read_template(data, "单位模板.docx"))


def body(content: bytes) -> etree._Element:
    found = etree.fromstring(files_of(content)[DOCUMENT]).find(f"{W}body")
    assert found is not None
    return found


def text(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def lines(content: bytes) -> list[str]:
    """The paragraphs of a document, tables as ``表``."""
    return ["表" if each.tag == f"{W}tbl" else text(each) for each in body(content) if each.tag != f"{W}sectPr"]


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read_template(data, "单位模板.docx")
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith("模板“单位模板.docx”：")
    return message


def test_the_committed_template_is_current() -> None:
    committed = (ROOT / "templates" / FILE_NAME).read_bytes()
    assert files_of(committed) == files_of(blank_document()), "run `make templates`"
    assert blank_document() == blank_document()


MADE = """
import sys
from hashlib import sha256
from pathlib import Path
from nianbao.document.article import compose
from nianbao.document.blank import blank_document
from nianbao.document.docx import write_docx
from nianbao.document.template import read_template
from nianbao.report import Report

template = read_template(Path(sys.argv[1]).read_bytes(), "单位模板.docx")
article = compose(Report("2021", 2023, "示例局"))
for made in (blank_document(), write_docx(article), write_docx(article, template)):
    print(sha256(made).hexdigest())
"""
STRANGE = "from lxml.etree import register_namespace\n" + "\n".join(
    f"register_namespace('x{prefix}', '{space}')" for prefix, space in NAMESPACES.items()
)


@pytest.mark.parametrize("before", ["import openpyxl", STRANGE])
def test_what_else_was_imported_makes_no_difference(tmp_path: Path, before: str) -> None:
    path = tmp_path / "单位模板.docx"
    inside = p(
        f"<w:smartTag>{picture()}</w:smartTag>", '<w:hyperlink r:id="rId91"><w:r><w:t>甲</w:t></w:r></w:hyperlink>'
    )
    links = [
        Relation("rId90", "image", "media/image1.png"),
        Relation("rId91", "hyperlink", "https://example.org/", external=True),
    ]
    path.write_bytes(template(all_places(标题=place("标题", picture())) + inside, parts=[image()], relations=links))
    alone = spawn(path, code=MADE)
    assert len(alone.out.split()) == 3, alone.err
    assert spawn(path, code=f"{before}\n{MADE}") == alone
    in_between = MADE.replace("import sys\n", f"import sys\nimport nianbao.document.docx\n{before}\n")
    assert spawn(path, code=in_between) == alone


def test_the_template_looks_like_the_report() -> None:
    document = docx.Document(io.BytesIO(blank_document()))
    assert [each.text for each in document.paragraphs] == [marked(name) for name in PARTS]
    looks = {each.text: each.style.name for each in document.paragraphs if each.style}
    report = docx.Document(io.BytesIO(written(blank_document())))
    assert looks["{{标题}}"] == report.paragraphs[0].style.name == "公文标题"  # type: ignore[union-attr]
    assert looks["{{第一章}}"] == "一级标题"
    assert looks["{{署名}}"] == report.paragraphs[-1].style.name == "公文落款"  # type: ignore[union-attr]
    named = {each.name for each in document.styles}
    assert {
        "公文正文",
        "二级标题",
        "三级标题",
        "法定表文字（小）",
        "法定表项目（小）",
        "法定表数字（小）",
        "公文页码",
    } <= named


def test_an_untouched_template_is_the_default() -> None:
    assert written(blank_document()) == write_docx(compose(filled()))
    assert written(blank_document(), busy_report("2019")) == write_docx(compose(busy_report("2019")))


def test_an_office_may_add_and_reorder() -> None:
    order = ["署名", *PARTS[:-1]]
    content = written(template(p("红头文件") + "".join(place(name) for name in order) + p("抄送：示例")))
    found = lines(content)
    assert found[:4] == ["红头文件", "示例市示例局", "2024年1月8日", "示例市示例局2023年政府信息公开工作年度报告"]
    assert found[-1] == "抄送：示例"
    assert found.count("表") == 3
    assert not any("{{" in line for line in found)


SPLIT = [
    (
        '<w:p><w:pPr><w:pStyle w:val="title"/></w:pPr><w:proofErr w:type="spellStart"/><w:r><w:t>{</w:t></w:r><w:r><w:t>{标</w:t>'
        '</w:r><w:proofErr w:type="spellEnd"/><w:bookmarkStart w:id="1" w:name="a"/><w:r><w:t>题}</w:t></w:r>'
        '<w:bookmarkEnd w:id="1"/><w:r><w:t xml:space="preserve">} </w:t></w:r></w:p>'
    ),
    p("｛｛标题｝｝"),
    p("{{ 标题 }}"),
    p("　{{标题}}"),
    f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{place('标题')}</w:sdtContent></w:sdt>",
    p(f"<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>{r('{{标题}}')}</w:sdtContent></w:sdt>"),
    p(
        '<w:ins w:id="5" w:author="甲"><w:r><w:t>{{标题</w:t></w:r></w:ins>',
        '<w:del w:id="6" w:author="甲"><w:r><w:delText>章</w:delText></w:r></w:del>',
        "}}",
    ),
    p('<w:hyperlink w:anchor="a"><w:r><w:t>{{标题}}</w:t></w:r></w:hyperlink>'),
    p('<w:bookmarkStart w:id="1" w:name="a"/>', "{{标题}}") + p('<w:bookmarkEnd w:id="1"/>'),
]


@pytest.mark.parametrize("title", SPLIT)
def test_a_placeholder_however_word_stores_it(title: str) -> None:
    content = written(template(all_places(标题=title)))
    assert lines(content)[0] == "示例市示例局2023年政府信息公开工作年度报告"
    assert list(body(content).iter(f"{W}sdt", f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}proofErr")) == []


def test_a_placeholder_in_a_cell() -> None:
    def cell(name: str) -> str:
        return (
            '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="6216"/></w:tblGrid><w:tr><w:tc><w:tcPr>'
            f'<w:tcW w:w="6216" w:type="dxa"/></w:tcPr>{place(name)}</w:tc></w:tr></w:tbl>'
        )

    report = filled()._replace(texts={})
    content = written(template(all_places(表三=cell("表三"), 署名=cell("署名"), 标题=cell("标题"))), report)
    outer = [each for each in body(content).iterchildren(f"{W}tbl") if each.find(f".//{W}tc/{W}tbl") is not None]
    (inner,) = outer[0].iter(f"{W}tc").__next__().iterchildren(f"{W}tbl")
    assert sum(int(each.get(f"{W}w", "")) for each in inner.iter(f"{W}gridCol")) == 6000
    for each in body(content).iter(f"{W}tc"):
        assert each[-1].tag == f"{W}p"
    for each in body(content).iter(f"{W}tbl"):
        following = each.getnext()
        assert following is not None
        assert following.tag == f"{W}p"


def test_tables_side_by_side_stay_apart() -> None:
    order = [name for name in PARTS if not name.startswith("表")] + ["表二", "表三", "表四"]
    content = written(template("".join(map(place, order))))
    assert lines(content)[-6:] == ["表", "", "表", "", "表", ""]
    read = read_docx(content, "年报.docx").report
    assert {key: value for key, value in read.values.items() if value is not None} == {
        key: value for key, value in busy_report().values.items() if value is not None
    }


FAULTS = [
    (all_places(表二="", 署名=""), "缺少占位符{{表二}}、{{署名}}"),
    (all_places() + place("标题"), "占位符{{标题}}出现了 2 次"),
    (all_places() + p("{{单位名称}}"), "不认识占位符{{单位名称}}"),
    (all_places() + p("{{第七章}}"), "不认识占位符{{第七章}}"),
    (all_places(标题=p("关于{{标题}}的报告")), "占位符{{标题}}没有单独成段"),
    (all_places(标题=p("{{标题}}{{引言}}"), 引言=""), "占位符{{标题}}没有单独成段；占位符{{引言}}没有单独成段"),
    (
        all_places(标题=p("{{标题}}", '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>')),
        "占位符{{标题}}没有单独成段",
    ),
    (all_places(标题=p("{{标题")), "缺少占位符{{标题}}；“{{标题”的大括号不成对"),
    (all_places(标题=p("{{标题") + p("}}")), "缺少占位符{{标题}}；“{{标题”的大括号不成对；“}}”的大括号不成对"),
    (
        all_places(
            标题=p(
                f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{place('标题')}</w:txbxContent></v:textbox>"
                "</v:shape></w:pict></w:r>"
            )
        ),
        "占位符{{标题}}放在了文本框里",
    ),
    (all_places(标题=p(r("{{标题}}", "<w:vanish/>"))), "缺少占位符{{标题}}"),
    (
        all_places(标题=p('<w:del w:id="6" w:author="甲"><w:r><w:delText>{{标题}}</w:delText></w:r></w:del>')),
        "缺少占位符{{标题}}",
    ),
]


@pytest.mark.parametrize(("inside", "fault"), FAULTS)
def test_faults_are_named(inside: str, fault: str) -> None:
    message = refusal(template(inside))
    assert message.startswith(f"模板“单位模板.docx”：{fault}。")
    assert message.endswith("从随软件提供的 report.docx 改起。")


def test_all_faults_are_named_at_once() -> None:
    data = template(
        all_places(表二="") + p("{{单位}}"), change={STYLES: lambda styles: styles.replace("公文正文", "正文样式")}
    )
    assert refusal(data).split("：", 1)[1].split("。")[0] == (
        "缺少占位符{{表二}}；不认识占位符{{单位}}；缺少样式“公文正文”"
    )


@pytest.mark.parametrize(
    ("name", "called"), [("header", "页眉"), ("footer", "页脚"), ("footnotes", "脚注"), ("endnotes", "尾注")]
)
def test_placeholders_beside_the_text_are_refused(name: str, called: str) -> None:
    tag = {"header": "hdr", "footer": "ftr"}.get(name, name)
    inside = p("{{标题}}") if tag in {"hdr", "ftr"} else f'<w:{name[:-1]} w:id="1">{p("{{标题}}")}</w:{name[:-1]}>'
    part = Part(f"word/{name}9.xml", HEADER.replace("header", name), f"<w:{tag} {SPACES}>{inside}</w:{tag}>")
    reference = f'<w:p><w:pPr><w:sectPr><w:{name}Reference w:type="default" r:id="rId90"/></w:sectPr></w:pPr></w:p>'
    text_body = all_places(标题="") + (reference if tag in {"hdr", "ftr"} else "")
    data = template(text_body, parts=[part], relations=[Relation("rId90", name, f"{name}9.xml")])
    assert f"占位符{{{{标题}}}}放在了{called}里。" in refusal(data)


def test_a_style_must_be_of_its_kind() -> None:
    data = template(change={STYLES: lambda styles: styles.replace("段内标题", "段内").replace("公文标题", "段内标题")})
    assert "缺少样式“公文标题”；样式“段内标题”不是字符样式。" in refusal(data)


def swapped_byte(data: bytes, name: bytes) -> bytes:
    """`data` with a member that is called otherwise than the directory says."""
    at = data.index(name)
    return data[:at] + name.upper() + data[at + len(name) :]


OTHERS = [
    (b"", "文件是空的"),
    (b"%PDF-1.7\n%...", "不是 Word 文件"),
    ("年报".encode(), "不是 Word 文件"),
    (b"<html><body><p>x</p></body></html>", "不是 Word 文件"),
    (b"{\\rtf1 x}", "是 RTF 文件"),
    (blank_document()[:900], "文件不完整或已损坏"),
    (zipped({"a.txt": b"x"}), "不是 Word 文件"),
    (template(change={"_rels/.rels": lambda text: text.replace("schemas.openxmlformats.org/officeDocument/2006", "purl.oclc.org/ooxml/officeDocument")}),
     "是 Strict Open XML 格式的 Word 文件"),
    (template(change={"[Content_Types].xml": lambda types: types.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml")}), "里面有宏"),
    (template(parts=[Part("word/vbaProject.bin", "application/vnd.ms-office.vbaProject", b"x")],
              relations=[Relation("rId90", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin")]),
     "里面有宏"),
    (template(change={DOCUMENT: lambda text: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + text.split("?>")[-1]}),
     "里面有不该有的文档类型声明"),
    (template(change={DOCUMENT: lambda text: text[:-20]}), "文件不完整或已损坏"),
    (template(relations=[Relation("rId90", "header", "missing.xml")]), "文件不完整或已损坏"),
    (template(relations=[Relation("", "header", "styles.xml")]), "文件不完整或已损坏"),
    (swapped_byte(blank_document(), b"word/styles.xml"), "文件不完整或已损坏"),
    (template(change={"[Content_Types].xml": lambda types: types.replace('Extension="xml"', 'Extension="x"')},
              parts=[Part("word/x.xml", "", "<x/>")], relations=[Relation("rId90", "x", "x.xml")]), "文件不完整或已损坏"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "said"), OTHERS)
def test_what_is_no_template(data: bytes, said: str) -> None:
    assert refusal(data).startswith(f"模板“单位模板.docx”：{said}")


@pytest.mark.parametrize("data", [locked(blank_document()), compound({"EncryptedPackage": b"x"})])
def test_a_locked_file_is_told(data: bytes) -> None:
    assert "文件加了打开密码" in refusal(data)


def test_a_word_template_serves_too() -> None:
    kind = "wordprocessingml.{}.main+xml"
    data = template(
        change={"[Content_Types].xml": lambda types: types.replace(kind.format("document"), kind.format("template"))}
    )
    content = written(data)
    assert kind.format("document").encode() in files_of(content)["[Content_Types].xml"]
    assert content == written(blank_document())


FETCHING = [
    (picture(attributes='r:link="{}"'), Relation("rId90", "image", "http://example.org/a.png", external=True), "链接到文件以外的图片"),
    ('<w:r><w:pict><v:shape><v:imagedata r:id="rId90"/></v:shape></w:pict></w:r>',
     Relation("rId90", "image", "file:///c:/a.png", external=True), "链接到文件以外的图片"),
    ('<w:r><w:object><o:OLEObject Type="Link" r:id="rId90"/></w:object></w:r>',
     Relation("rId90", "oleObject", "file:///c:/a.xls", external=True), "嵌入或链接的对象"),
    ('<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="rId90"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
     Relation("rId90", "chart", "http://example.org/chart.xml", external=True), "图表"),
    ('<w:subDoc r:id="rId90"/>', Relation("rId90", "subDocument", "b.docx", external=True), "子文档"),
    ('<w:r><w:control r:id="rId90"/></w:r>', Relation("rId90", "control", "a.xml", external=True), "控件"),
]  # fmt: skip


@pytest.mark.parametrize(("run", "relation", "said"), FETCHING)
def test_what_would_be_fetched_is_refused(run: str, relation: Relation, said: str) -> None:
    assert f"里面有{said}" in refusal(template(all_places() + p(run), relations=[relation]))


def test_an_inserted_file_is_refused() -> None:
    chunk = Part("word/chunk.html", "text/html", "<p>x</p>")
    data = template(
        f'{all_places()}<w:altChunk r:id="rId90"/>',
        parts=[chunk],
        relations=[Relation("rId90", "aFChunk", "chunk.html")],
    )
    assert "里面有插入的外部文件" in refusal(data)


def field(*instruction: str) -> str:
    codes = "".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in instruction)
    begin, part, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return p(f"{begin}{codes}{part}{r('所示')}{end}")


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        (field(' INCLUDEPICTURE "http://example.org/a.png"'), "INCLUDEPICTURE"),
        (field(" DDE", 'AUTO c:\\\\a.exe "x"'), "DDEAUTO"),
        (p('<w:fldSimple w:instr=" author \\* MERGEFORMAT">' + r("甲") + "</w:fldSimple>"), "AUTHOR"),
        (field(' HYPERLINK "file:///c:/a.docx"'), "HYPERLINK"),
        (field(" "), "空白域"),
    ],
)
def test_fields_that_fetch_or_tell_are_refused(inside: str, name: str) -> None:
    assert f"个人信息的域：{name}。" in refusal(template(all_places() + inside))


def test_fields_of_the_document_stay() -> None:
    content = written(template(all_places() + field(" PAGE ", " \\* MERGEFORMAT") + field(' TOC \\o "1-3" \\h')))
    assert [each.text for each in body(content).iter(f"{W}instrText")] == [
        " PAGE ",
        " \\* MERGEFORMAT",
        ' TOC \\o "1-3" \\h',
    ]


def test_styles_are_found_by_name() -> None:
    content = written(template(change={
        STYLES: lambda styles: styles.replace('w:styleId="', 'w:styleId="x'),
        **{f"word/footer_{side}.xml": lambda footer: footer.replace('w:val="page_number"', 'w:val="xpage_number"')
           for side in ("left", "right")},
    }))  # fmt: skip
    used = {style.get(f"{W}val", "") for style in body(content).iter(f"{W}pStyle", f"{W}rStyle")}
    assert {"xtitle", "xbody", "xheading1", "xhead", "xsmall_number", "xsignature"} <= used
    assert all(key.startswith("x") for key in used)


def widths(content: bytes) -> list[int]:
    return [
        sum(int(each.get(f"{W}w", "")) for each in table.iter(f"{W}gridCol")) for table in body(content).iter(f"{W}tbl")
    ]


GUTTER = WIDE.replace('gutter="0"', 'gutter="838"')
COLUMNS = '<w:cols w:num="2" w:space="838"/>'
SECTIONS = [
    ("", [8844, 8844, 8844]),
    (f"<w:p><w:pPr>{WIDE}</w:pPr></w:p>", [8844, 14838, 8844]),
    (f"<w:p><w:pPr>{WIDE.replace('</w:sectPr>', COLUMNS + '</w:sectPr>')}</w:pPr></w:p>", [8844, 7000, 8844]),
    (f"<w:p><w:pPr>{GUTTER}</w:pPr></w:p>", [8844, 14000, 8844]),
]


@pytest.mark.parametrize(("end", "expected"), SECTIONS)
def test_tables_are_as_wide_as_the_text_where_they_stand(end: str, expected: list[int]) -> None:
    first = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1588" w:right="1474"/></w:sectPr></w:pPr></w:p>'
    content = written(
        template(all_places(第三章=f"{first if end else ''}{place('第三章')}", 表三=f"{place('表三')}{end}"))
    )
    assert widths(content) == expected
    for table, width in zip(body(content).iter(f"{W}tbl"), expected, strict=True):
        for row in table.iter(f"{W}tr"):
            assert sum(int(cell.get(f"{W}w", "")) for cell in row.iter(f"{W}tcW")) == width


def test_a_section_that_ends_with_a_placeholder_stays() -> None:
    ends = {name: place(name, properties=WIDE) for name in ("表三", "第一章", "引言")}
    content = written(template(all_places(**ends)), filled()._replace(texts={"overview": "甲\n乙"}))
    sections = [each for each in body(content).iter(f"{W}p") if each.find(f"{W}pPr/{W}sectPr") is not None]
    assert len(sections) == 3
    assert [text(each) for each in sections][1:] == ["乙", ""]
    assert widths(content) == [14838, 14838, 8844]


def test_breaks_and_pictures_of_a_placeholder_stay() -> None:
    stay = p('<w:r><w:br w:type="page"/><w:t>{{第三章}}</w:t></w:r>', picture())
    table = place("表三", picture(), "<w:pageBreakBefore/>")
    data = template(
        all_places(第三章=stay, 表三=table, 第四章=place("第四章", properties="<w:pageBreakBefore/>")),
        parts=[image()],
        relations=[Relation("rId90", "image", "media/image1.png")],
    )
    blocks = list(body(written(data)))
    at = next(number for number, each in enumerate(blocks) if text(each) == "三、收到和处理政府信息公开申请情况")
    assert blocks[at].find(f"{W}r/{W}br") is not None
    assert blocks[at + 1].find(f"{W}r/{W}drawing") is not None
    assert blocks[at + 2].find(f"{W}pPr/{W}pageBreakBefore") is not None
    assert blocks[at + 3].tag == f"{W}tbl"
    assert blocks[at + 4].find(f"{W}r/{W}drawing") is not None
    assert blocks[at + 5].find(f"{W}pPr/{W}pageBreakBefore") is not None
    assert text(blocks[at + 5]) == "四、政府信息公开行政复议、行政诉讼情况"


def test_a_page_break_that_is_switched_off_is_none() -> None:
    off = {name: place(name, properties='<w:pageBreakBefore w:val="0"/>') for name in ("表三", "第四章")}
    assert written(template(all_places(**off))) == written(template(all_places()))


def test_headers_pictures_and_covers_stay() -> None:
    part = Part(
        "word/header9.xml",
        HEADER,
        f"<w:hdr {SPACES}>{p('示例局', picture('rId1'))}</w:hdr>",
        [Relation("rId1", "image", "media/image1.png")],
    )
    cover = (
        p("封面", picture())
        + '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rId91"/></w:sectPr></w:pPr></w:p>'
    )
    content = written(template(cover + all_places(), parts=[part, image()], relations=[
        Relation("rId90", "image", "media/image1.png"), Relation("rId91", "header", "header9.xml")]))  # fmt: skip
    document = docx.Document(io.BytesIO(content))
    assert document.sections[0].header.paragraphs[0].text == "示例局"
    assert document.sections[1].footer.paragraphs[0].text == "— 1 —"
    assert files_of(content)["word/media/image1.png"] == image().content
    assert lines(content)[:3] == ["封面", "", "示例市示例局2023年政府信息公开工作年度报告"]


def test_numbers_shrink_by_the_size_that_the_office_chose() -> None:
    report = zero_report("2021", "requests\nreceived 0 9999 0 0 0 0 0")

    def size(half_points: int) -> str | None:
        change = {STYLES: lambda styles: styles.replace('<w:sz w:val="18"/>', f'<w:sz w:val="{half_points}"/>')}
        table = list(body(written(template(change=change), report)).iter(f"{W}tbl"))[1]
        found = next(each for each in table.iter(f"{W}r") if text(each) == "9999").find(f"{W}rPr/{W}sz")
        return None if found is None else found.get(f"{W}val")

    assert (size(18), size(28), size(16)) == (None, "21", None)


SIGNATURES = [
    # agency and date, how far from the right each stands
    (("示例市示例局办公室", "2021年1月8日"), (2, 3)),
    (("示例局", "2021年1月20日"), (7.5, 2)),
    (("示例市某局", "二〇二一年"), (2, 0)),
    (("局" * 40, "2021年1月8日"), (2, 2)),
    (("甲市乙局\n甲市丙丁局", "2021年1月"), (3, 2, 0.5)),
    (("示例市示例局",), (2,)),
    (("2021年1月8日",), (2,)),
    ((), ()),
]


@pytest.mark.parametrize(("paragraphs", "right"), SIGNATURES)
def test_the_signature(paragraphs: tuple[str, ...], right: tuple[float, ...]) -> None:
    assert tuple(line.right for line in signed(paragraphs, 28)) == right


def test_the_signature_on_the_page() -> None:
    content = written(blank_document(), filled()._replace(texts={"signature": "示例局", "date": "2021年1月20日"}))
    indents = [each.find(f"{W}pPr/{W}ind") for each in list(body(content).iterchildren(f"{W}p"))[-2:]]
    assert [(each.get(f"{W}rightChars"), each.get(f"{W}right")) for each in indents if each is not None] == [
        ("750", "2400"),
        ("200", "640"),
    ]
    loose = list(body(content).iterchildren(f"{W}p"))[-1].findall(f"{W}pPr/*")
    assert [each.get(f"{W}val") for each in loose if "autoSpace" in str(each.tag)] == ["0", "0"]
    centred = template(
        change={STYLES: lambda styles: styles.replace('<w:jc w:val="right"/>', '<w:jc w:val="center"/>')}
    )
    assert list(body(written(centred)).iterchildren(f"{W}p"))[-1].find(f"{W}pPr/{W}ind") is None


def test_a_text_that_reads_like_a_placeholder_is_text() -> None:
    report = filled()._replace(
        agency="{{署名}}", texts={"intro": "{{标题}}", "overview": "{{表二}}\n{{引言}}", "other": "{{单位}}"}
    )
    found = lines(written(blank_document(), report))
    assert found[0].startswith("{{署名}}2023年")
    assert [line for line in found if line.startswith("{{")][1:] == ["{{标题}}", "{{表二}}", "{{引言}}", "{{单位}}"]
    assert found.count("表") == 3


@settings(max_examples=8)
@given(any_report("2021"))
def test_every_figure_survives_an_offices_template(report: Report) -> None:
    order = sorted(PARTS, reverse=True)
    content = written(template(p("红头") + "".join(map(place, order))), report)
    printed = [text(cell) for cell in body(content).iter(f"{W}tc")]
    for value in filter(None, report.values.values()):
        assert show(value) in printed


def test_the_same_of_both_gives_the_same_bytes() -> None:
    data = template(all_places() + p("抄送"))
    assert written(data) == written(data) != written(blank_document())
