"""Nothing that a template hides, and nobody who worked on it, shows up in a report that is written into it."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from lxml import etree

from builders import busy_report
from markup import p, r
from nianbao.document.article import compose
from nianbao.document.blank import blank_document
from nianbao.document.docx import write_docx
from nianbao.document.pictures import bare
from nianbao.document.template import read_template
from word_templates import (
    DOCUMENT,
    NAMESPACES,
    PIXEL,
    SETTINGS,
    SPACES,
    STYLES,
    Part,
    Relation,
    all_places,
    files_of,
    image,
    picture,
    template,
)

W = f"{{{NAMESPACES['w']}}}"
SECRET = "SECRET"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
WHOLE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
WHO = f'w:id="7" w:author="{SECRET}" w:date="2024-01-01T00:00:00Z"'

INSERTED = f"<w:ins {WHO}>{r('甲')}</w:ins>"


def written(data: bytes) -> bytes:
    return write_docx(compose(busy_report()), read_template(data, "模板.docx"))


def body(content: bytes) -> etree._Element:
    found = etree.fromstring(files_of(content)[DOCUMENT]).find(f"{W}body")
    assert found is not None
    return found


def texts(content: bytes) -> list[str]:
    return [
        "".join(each.text or "" for each in paragraph.iter(f"{W}t"))
        for paragraph in body(content).iterchildren(f"{W}p")
    ]


def in_settings(inside: str) -> bytes:
    # The settings' own elements have their places in the schema; these are not looked at by it.
    return template(
        change={SETTINGS: lambda _: f"<w:settings {SPACES}>{inside}<w:evenAndOddHeaders/></w:settings>"},
        parts=[
            Part("word/_rels/settings.xml.rels", "application/vnd.openxmlformats-package.relationships+xml", RELATIONS)
        ],
    )


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + str(Relation("rId1", "attachedTemplate", f"file:///C:/Users/{SECRET}/Normal.dotm", external=True))
    + str(Relation("rId2", "mailMergeSource", f"http://example.org/{SECRET}", external=True))
    + "</Relationships>"
)
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>SECRET</dc:title><dc:creator>SECRET</dc:creator>'
    "<cp:lastModifiedBy>SECRET</cp:lastModifiedBy><cp:keywords>SECRET</cp:keywords><dc:description>SECRET</dc:description>"
    "</cp:coreProperties>"
)
COMMENTS = Part(
    "word/comments.xml",
    f"{MAIN}.comments+xml",
    f'<w:comments {SPACES}><w:comment {WHO} w:initials="{SECRET}">{p(SECRET)}</w:comment></w:comments>',
)
PEOPLE = Part(
    "word/people.xml",
    f"{MAIN}.people+xml",
    f'<w15:people {SPACES}><w15:person w15:author="{SECRET}"><w15:presenceInfo w15:providerId="{SECRET}" '
    f'w15:userId="{SECRET}"/></w15:person></w15:people>',
)
MICROSOFT = "http://schemas.microsoft.com/office"

GONE = [
    f"{W}{name}"
    for name in (
        *(
            "commentRangeStart",
            "commentRangeEnd",
            "commentReference",
            "permStart",
            "permEnd",
            "proofErr",
            "printerSettings",
        ),
        *(
            "ins",
            "del",
            "moveFrom",
            "moveTo",
            "moveFromRangeStart",
            "moveFromRangeEnd",
            "rPrChange",
            "pPrChange",
            "cellMerge",
        ),
        *("vanish", "smartTag", "customXml", "dataBinding"),
    )
]
PLACES: dict[str, Callable[[], bytes]] = {
    "core": lambda: template(change={"docProps/core.xml": lambda _: CORE}),
    "app": lambda: template(
        parts=[
            Part(
                "docProps/app.xml",
                f"{MAIN}.extended-properties+xml",
                f"<Properties><Company>{SECRET}</Company></Properties>",
            )
        ],
        whole=[Relation("rId90", "extended-properties", "docProps/app.xml")],
    ),
    "custom": lambda: template(
        parts=[Part("docProps/custom.xml", f"{MAIN}.custom-properties+xml", f"<Properties>{SECRET}</Properties>")],
        whole=[Relation("rId90", "custom-properties", "docProps/custom.xml")],
    ),
    "thumbnail": lambda: template(
        parts=[Part("docProps/thumbnail.jpeg", "image/jpeg", SECRET)],
        whole=[Relation("rId90", f"{WHOLE}/thumbnail", "docProps/thumbnail.jpeg")],
    ),
    "comments": lambda: template(
        all_places()
        + p(
            '<w:commentRangeStart w:id="7"/>',
            "甲",
            '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>',
        ),
        parts=[COMMENTS, PEOPLE],
        relations=[
            Relation("rId90", "comments", "comments.xml"),
            Relation("rId91", f"{MICROSOFT}/2011/relationships/people", "people.xml"),
        ],
    ),
    "customXml": lambda: template(
        parts=[Part("customXml/item1.xml", "application/xml", f"<x>{SECRET}</x>")],
        relations=[Relation("rId90", "customXml", "../customXml/item1.xml")],
    ),
    "glossary": lambda: template(
        parts=[
            Part(
                "word/glossary/document.xml",
                f"{MAIN}.document.glossary+xml",
                f"<w:glossaryDocument {SPACES}>{SECRET}</w:glossaryDocument>",
            )
        ],
        relations=[Relation("rId90", "glossaryDocument", "glossary/document.xml")],
    ),
    "printer": lambda: template(
        all_places() + '<w:p><w:pPr><w:sectPr><w:printerSettings r:id="rId90"/></w:sectPr></w:pPr></w:p>',
        parts=[Part("word/printerSettings1.bin", f"{MAIN}.printerSettings", SECRET)],
        relations=[Relation("rId90", "printerSettings", "printerSettings1.bin")],
    ),
    "web settings": lambda: template(
        parts=[
            Part("word/webSettings.xml", f"{MAIN}.webSettings+xml", f"<w:webSettings {SPACES}>{SECRET}</w:webSettings>")
        ],
        relations=[Relation("rId90", "webSettings", "webSettings.xml")],
    ),
    "fonts": lambda: template(
        change={
            "word/fontTable.xml": lambda text: text.replace(
                "<w:charset", f'<w:embedRegular w:fontKey="{SECRET}"/><w:charset', 1
            )
        }
    ),
    "attached template": lambda: in_settings('<w:attachedTemplate r:id="rId1"/>'),
    "mail merge": lambda: in_settings(
        f'<w:mailMerge><w:query w:val="{SECRET}"/><w:dataSource r:id="rId2"/></w:mailMerge>'
    ),
    "variables": lambda: in_settings(f'<w:docVars><w:docVar w:name="{SECRET}" w:val="x"/></w:docVars>'),
    "session ids": lambda: in_settings('<w:rsids><w:rsidRoot w:val="00SECRET"/></w:rsids>'),
    "document ids": lambda: in_settings(f'<w14:docId w14:val="{SECRET}"/><w15:docId w15:val="{SECRET}"/>'),
    "protection": lambda: in_settings(
        f'<w:documentProtection w:edit="readOnly" w:hash="{SECRET}"/><w:trackRevisions w:val="{SECRET}"/>'
    ),
    "insertion": lambda: template(all_places() + p(f"<w:ins {WHO}>{r('甲')}</w:ins>")),
    "deletion": lambda: template(
        all_places() + p(f'<w:del w:id="7"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>')
    ),
    "moved": lambda: template(
        all_places()
        + p(
            f'<w:moveFromRangeStart w:name="{SECRET}" {WHO}/><w:moveFrom {WHO}>{r(SECRET)}</w:moveFrom><w:moveFromRangeEnd w:id="7"/>'
        )
    ),
    "format changes": lambda: template(
        all_places()
        + f"<w:p><w:pPr><w:rPr><w:ins {WHO}/></w:rPr><w:pPrChange {WHO}><w:pPr/></w:pPrChange></w:pPr>"
        + f"<w:r><w:rPr><w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange></w:rPr><w:t>甲</w:t></w:r></w:p>"
    ),
    "deleted row": lambda: template(
        f"{all_places()}<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:trPr><w:del {WHO}/></w:trPr><w:tc>{p(SECRET)}</w:tc></w:tr>"
        f"<w:tr><w:trPr><w:ins {WHO}/></w:trPr><w:tc><w:tcPr><w:cellMerge {WHO}/></w:tcPr>{p('甲')}</w:tc></w:tr></w:tbl>{p('乙')}"
    ),
    "hidden": lambda: template(all_places() + p("甲", r(SECRET, "<w:vanish/>"))),
    "hidden by a style": lambda: template(
        all_places() + p(r(SECRET, '<w:rStyle w:val="below"/>')),
        change={
            STYLES: lambda text: text.replace(
                "</w:styles>",
                '<w:style w:type="character" w:styleId="hidden"><w:name w:val="a"/><w:rPr><w:vanish/></w:rPr></w:style>'
                '<w:style w:type="character" w:styleId="below"><w:name w:val="b"/><w:basedOn w:val="hidden"/></w:style></w:styles>',
            )
        },
    ),
    "permission": lambda: template(
        all_places() + p(f'<w:permStart w:id="7" w:ed="{SECRET}"/>', "甲", '<w:permEnd w:id="7"/>')
    ),
    "smart tag": lambda: template(
        all_places()
        + p(
            f'<w:smartTag w:uri="{SECRET}" w:element="x"><w:smartTagPr><w:attr w:name="{SECRET}" w:val="x"/></w:smartTagPr>{r("甲")}</w:smartTag>'
        )
    ),
    "custom XML": lambda: template(
        f'{all_places()}<w:customXml w:uri="{SECRET}" w:element="x">{p("甲")}</w:customXml>'
    ),
    "binding": lambda: template(
        f'{all_places()}<w:sdt><w:sdtPr><w:dataBinding w:xpath="{SECRET}" w:storeItemID="x"/><w:placeholder><w:docPart w:val="{SECRET}"/>'
        f"</w:placeholder></w:sdtPr><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt>"
    ),
    "XML comment": lambda: template(f"<!-- {SECRET} -->{all_places()}<?{SECRET} x?>"),
    "picture's file": lambda: template(
        all_places() + p(picture(name=f"C:\\Users\\{SECRET}\\logo.png")),
        parts=[image()],
        relations=[Relation("rId90", "image", "media/image1.png")],
    ),
    "picture's link": lambda: template(
        all_places() + p(picture(attributes='r:embed="{}" r:link="rId91"')),
        parts=[image()],
        relations=[
            Relation("rId90", "image", "media/image1.png"),
            Relation("rId91", "image", f"file:///C:/{SECRET}.png", external=True),
        ],
    ),
    "old picture's address": lambda: template(
        all_places()
        + p(
            f'<w:r><w:pict><v:shape><v:imagedata r:id="rId90" src="http://example.org/{SECRET}" o:href="http://example.org/{SECRET}"/></v:shape></w:pict></w:r>'
        ),
        parts=[image()],
        relations=[Relation("rId90", "image", "media/image1.png")],
    ),
    "local hyperlink": lambda: template(
        all_places() + p(f'<w:hyperlink r:id="rId90">{r("甲")}</w:hyperlink>'),
        relations=[Relation("rId90", "hyperlink", f"file:///C:/{SECRET}.docx", external=True)],
    ),
    "footnote": lambda: template(
        parts=[
            Part(
                "word/footnotes.xml",
                f"{MAIN}.footnotes+xml",
                f'<w:footnotes {SPACES}><w:footnote w:id="1">{p(INSERTED)}</w:footnote></w:footnotes>',
            )
        ],
        relations=[Relation("rId90", "footnotes", "footnotes.xml")],
    ),
    "unrelated": lambda: template(parts=[Part("word/left.xml", "application/xml", f"<x>{SECRET}</x>")]),
}


@pytest.mark.parametrize("where", PLACES)
def test_no_secret_gets_out(where: str) -> None:
    data = PLACES[where]()
    assert any(SECRET.encode() in content for content in files_of(data).values())
    content = written(data)
    leaks = [name for name, part in files_of(content).items() if SECRET.encode() in part or SECRET in name]
    assert leaks == []
    assert [etree.QName(each).localname for each in body(content).iter(*GONE)] == []
    assert docx.Document(io.BytesIO(content)).paragraphs
    # What is not secret stays.
    assert ("甲" in "".join(body(content).itertext())) == ("甲" in files_of(data)[DOCUMENT].decode())


def test_only_title_subject_and_language_are_told() -> None:
    content = written(PLACES["core"]())
    properties = etree.fromstring(files_of(content)["docProps/core.xml"])
    assert {etree.QName(each).localname: each.text for each in properties} == {
        "title": "示例市示例局2023年政府信息公开工作年度报告",
        "subject": "政府信息公开工作年度报告",
        "language": "zh-CN",
    }
    assert content == write_docx(compose(busy_report()))


def test_session_ids_of_every_paragraph_go() -> None:
    body_xml = all_places().replace(
        "<w:p>", '<w:p w:rsidR="00AB12CD" w:rsidRPr="00AB12CD" w14:paraId="11AB12CD" w14:textId="77777777">'
    )
    content = written(
        template(
            body_xml
            + '<w:p w:rsidR="00AB12CD" w14:paraId="11AB12CD"><w:r w:rsidRPr="00AB12CD"><w:t>甲</w:t></w:r></w:p>'
        )
    )
    assert not any(b"AB12CD" in part for part in files_of(content).values())


REVISIONS = [
    (
        p("甲", f"<w:ins {WHO}>{r('乙')}</w:ins>", f"<w:del {WHO}><w:r><w:delText>丙</w:delText></w:r></w:del>"),
        ["甲乙"],
    ),
    (p(f"<w:moveTo {WHO}>{r('甲')}</w:moveTo>") + p(f"<w:moveFrom {WHO}>{r('甲')}</w:moveFrom>"), ["甲", ""]),
    (p(f"<w:ins {WHO}>{r('甲')}<w:ins {WHO}>{r('乙')}</w:ins><w:del {WHO}>{r('丙')}</w:del></w:ins>"), ["甲乙"]),
    (f"<w:p><w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr>{r('甲')}</w:p>{p('乙')}", ["甲乙"]),
    (f"<w:p><w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr>{r('甲')}</w:p>" * 2 + p("乙"), ["甲甲乙"]),
    (f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{r('甲', '<w:vanish/>')}</w:p>{p('乙')}", ["乙"]),
    (p(r("甲", '<w:vanish w:val="0"/>')), ["甲"]),
]


@pytest.mark.parametrize(("inside", "left"), REVISIONS)
def test_what_is_left_of_revisions(inside: str, left: list[str]) -> None:
    content = written(template(f"{p('始')}{inside}{p('终')}{all_places()}"))
    seen = texts(content)
    assert seen[seen.index("始") + 1 : seen.index("终")] == left
    assert not list(body(content).iter(f"{W}ins", f"{W}del", f"{W}moveTo", f"{W}moveFrom", f"{W}vanish"))


def test_web_addresses_stay() -> None:
    link = Relation("rId90", "hyperlink", "https://www.example.gov.cn/", external=True)
    content = written(
        template(all_places() + p(f'<w:hyperlink r:id="rId90">{r("网站")}</w:hyperlink>'), relations=[link])
    )
    assert b"https://www.example.gov.cn/" in files_of(content)["word/_rels/document.xml.rels"]


def test_the_layout_in_the_settings_stays() -> None:
    kept = f"<w:settings {SPACES}><w:mirrorMargins/><w:trackRevisions/><w:evenAndOddHeaders/></w:settings>"
    settings = etree.fromstring(files_of(written(template(change={SETTINGS: lambda _: kept})))[SETTINGS])
    assert [etree.QName(each).localname for each in settings] == ["mirrorMargins", "evenAndOddHeaders"]


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    start = b"".join(bytes([0xFF, kind]) + (len(inside) + 2).to_bytes(2, "big") + inside for kind, inside in segments)
    return b"\xff\xd8" + start + b"\xff\xda\x00\x02picture\xff\xd9"


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    more = b"".join(len(inside).to_bytes(4, "big") + kind + inside + bytes(4) for kind, inside in chunks)
    return PIXEL[:33] + more + PIXEL[33:]


JFIF, ICC, ADOBE = (0xE0, b"JFIF\x00x"), (0xE2, b"ICC_PROFILE\x00x"), (0xEE, b"Adobe\x00")
PICTURES = [
    (
        jpeg(JFIF, (0xE1, b"Exif\x00SECRET"), ICC, (0xED, b"SECRET"), ADOBE, (0xFE, b"SECRET"), (0xDB, b"q")),
        jpeg(JFIF, ICC, ADOBE, (0xDB, b"q")),
    ),
    (png((b"tEXt", b"Author\x00SECRET"), (b"pHYs", bytes(9)), (b"eXIf", b"SECRET")), png((b"pHYs", bytes(9)))),
    (PIXEL, PIXEL),
    (PIXEL + b"SECRET", PIXEL),
    (b"GIF89a", b"GIF89a"),
    (b"\xff\xd8\xff", b"\xff\xd8\xff"),
]


@pytest.mark.parametrize(("picture", "left"), PICTURES)
def test_pictures_are_bare(picture: bytes, left: bytes) -> None:
    assert bare(picture) == left


def test_pictures_of_a_template_are_bare() -> None:
    part = image(png((b"tEXt", b"Author\x00SECRET")))
    content = written(
        template(all_places() + p(picture()), parts=[part], relations=[Relation("rId90", "image", "media/image1.png")])
    )
    assert files_of(content)["word/media/image1.png"] == PIXEL
    assert len(docx.Document(io.BytesIO(content)).inline_shapes) == 1


def test_nothing_of_the_clerk_gets_in() -> None:
    private = {
        "preparer": "填报人甲",
        "reviewer": "审核人乙",
        "head": "负责人丙",
        "filled_on": "2024-01-05",
        "code": "代码丁",
    }
    content = write_docx(
        compose(busy_report()._replace(particulars=private)), read_template(blank_document(), "report.docx")
    )
    everything = b"".join(files_of(content).values()).decode()
    assert [each for each in private.values() if each in everything] == []
