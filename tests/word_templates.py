"""Templates of offices, made by hand from the one that is shipped: as Word, WPS and people leave them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import NamedTuple
from zipfile import ZipFile

from markup import zipped
from nianbao.document.blank import blank_document
from nianbao.document.placeholders import PARTS, marked

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
}
SPACES = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in NAMESPACES.items())
DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c636000000002000148afa471"
    "0000000049454e44ae426082"
)
# The styles of the placeholders, by the ids in the template that is shipped.
STYLES_OF = {"标题": "title", "引言": "body", "署名": "signature"} | {
    name: "head" for name in PARTS if name.startswith("表")
}


class Relation(NamedTuple):
    """What a part is related to: the `kind` a name of the standard, or a whole one."""

    key: str
    kind: str
    target: str
    external: bool = False

    def __str__(self) -> str:
        kind = self.kind if "/" in self.kind else f"{_RELATIONS}/{self.kind}"
        mode = ' TargetMode="External"' if self.external else ""
        return f'<Relationship Id="{self.key}" Type="{kind}" Target="{self.target}"{mode}/>'


class Part(NamedTuple):
    """A part that the template that is shipped lacks."""

    name: str
    content_type: str
    content: str | bytes
    relations: Sequence[Relation] = ()


def files_of(data: bytes) -> dict[str, bytes]:
    """The members of a zip file."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def place(name: str, more: str = "", properties: str = "") -> str:
    """The paragraph of a placeholder, with what else is in it."""
    style = STYLES_OF.get(name, "heading1")
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr><w:r><w:t>{marked(name)}</w:t></w:r>{more}</w:p>'
    )


def all_places(**instead: str) -> str:
    """Every placeholder, or what is given in its stead."""
    return "".join(instead.get(name, place(name)) for name in PARTS)


def template(
    body: str = "",
    *,
    change: Mapping[str, Callable[[str], str]] | None = None,
    parts: Sequence[Part] = (),
    relations: Sequence[Relation] = (),
    whole: Sequence[Relation] = (),
) -> bytes:
    """The template that is shipped, its text `body`, with changes of parts, more parts, and relations to these.

    `relations` are those of the text, `whole` those of the package.
    """
    files = {name: content.decode() for name, content in files_of(blank_document()).items()}
    if body:
        section = files[DOCUMENT][files[DOCUMENT].index("<w:sectPr") : files[DOCUMENT].index("</w:body>")]
        files[DOCUMENT] = f"<w:document {SPACES}><w:body>{body}{section}</w:body></w:document>"
    for name, make in (change or {}).items():
        files[name] = make(files[name])
    for name, more in (("word/_rels/document.xml.rels", relations), ("_rels/.rels", whole)):
        files[name] = files[name].replace("</Relationships>", f"{''.join(map(str, more))}</Relationships>")
    types = "".join(f'<Override PartName="/{part.name}" ContentType="{part.content_type}"/>' for part in parts)
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace("</Types>", f"{types}</Types>")
    for part in parts:
        if part.relations:
            folder, _, name = part.name.rpartition("/")
            space = "http://schemas.openxmlformats.org/package/2006/relationships"
            inside = f'<Relationships xmlns="{space}">{"".join(map(str, part.relations))}</Relationships>'
            files[f"{folder}/_rels/{name}.rels"] = inside
    more_files = {
        part.name: part.content if isinstance(part.content, bytes) else part.content.encode() for part in parts
    }
    return zipped({name: content.encode() for name, content in files.items()} | more_files)


def picture(key: str = "rId90", attributes: str = 'r:embed="{}"', *, name: str = "图片") -> str:
    """A run with a picture."""
    blip = f"<a:blip {attributes.format(key)}/>"
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="360000" cy="360000"/>'
        f'<wp:docPr id="1" name="{name}" descr="{name}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="1" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f"<pic:blipFill>{blip}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="360000" cy="360000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def image(content: bytes = PIXEL, name: str = "word/media/image1.png", content_type: str = "image/png") -> Part:
    """A picture's part."""
    return Part(name, content_type, content)
