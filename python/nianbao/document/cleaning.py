"""A template's package copied part by part: only what a document shows is taken along, and nothing is fetched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.package import Package

from ..errors import InputError
from .hygiene import foreign_fields, tidy, tidy_settings
from .ooxml import Element, parsed, remove, unwrap, w
from .package import MACROS, damaged, relate
from .pictures import SHOWN, bare
from .stylesheet import Stylesheet

# What belongs to a document without its text saying so.
_IMPLIED = frozenset({"styles", "settings", "fontTable", "numbering", "theme", "footnotes", "endnotes"})
_MENTIONED = frozenset({"header", "footer"})
_MACROS = frozenset({"vbaProject", "wordVbaData"})
_WEB = ("http://", "https://", "mailto:")
_NAMES = {
    "image": "链接到文件以外的图片，或 Word 不能直接显示的图片",
    "oleObject": "嵌入或链接的对象",
    "package": "嵌入或链接的对象",
    "chart": "图表",
    "chartEx": "图表",
    "aFChunk": "插入的外部文件",
    "subDocument": "子文档",
    "control": "控件",
}
_NAMES |= dict.fromkeys(
    ("diagramData", "diagramLayout", "diagramColors", "diagramQuickStyle", "diagramDrawing"), "SmartArt 图形"
)
_NAMES |= dict.fromkeys(("video", "audio", "media"), "音频或视频")
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OLD_RELATION = "{urn:schemas-microsoft-com:office:office}relid"
_HYPERLINKS = (w("hyperlink"), qn("a:hlinkClick"), "{http://schemas.openxmlformats.org/drawingml/2006/main}hlinkHover")


class _Related(NamedTuple):
    """A relationship: its id, its kind, and the part or the address that it is to."""

    key: str
    kind: str
    whole: str
    part: Part | None
    address: str


class _Copier(NamedTuple):
    where: str
    package: Package
    hidden: frozenset[str]
    done: dict[str, Part]


def cleaned(package: Package, where: str) -> Package:
    """`package` with nothing in it but what a reader sees; InputError if it has what cannot be kept, or is damaged."""
    main = package.main_document_part
    styles = next((each.part for each in _related(main) if each.kind == "styles" and each.part), None)
    hidden = Stylesheet.of(_root(styles, where)).hidden() if styles else frozenset()
    copier = _Copier(where, Package(), hidden, {})
    return relate(copier.package, _copied(main, copier))


def roots_of(package: Package) -> Mapping[str, list[Element]]:
    """The roots of the text of a cleaned package, called ``document``, and of what it is related to, by kind."""
    main = package.main_document_part
    found = [("document", main), *((each.kind, each.part) for each in _related(main))]
    roots: defaultdict[str, list[Element]] = defaultdict(list)
    for kind, part in found:
        if isinstance(part, XmlPart):
            roots[kind].append(part.element)
    return roots


def _related(part: Part) -> list[_Related]:
    return [
        _Related(
            key,
            each.reltype.rpartition("/")[2],
            each.reltype,
            None if each.is_external else each.target_part,
            each.target_ref if each.is_external else "",
        )
        for key, each in part.rels.items()
    ]


def _copied(part: Part, copier: _Copier) -> Part:
    """A copy of `part`, and of all that it needs."""
    name = PackURI(part.partname)
    if name in copier.done:
        return copier.done[name]
    if not part.content_type.endswith("xml"):
        return copier.done.setdefault(name, Part(name, part.content_type, bare(part.blob), copier.package))
    is_main, related, root = not copier.done, _related(part), _root(part, copier.where)
    if any(each.kind in _MACROS for each in related):
        raise InputError(copier.where, *MACROS)
    _tidy(root, part, related, copier)
    copy = XmlPart(name, CT.WML_DOCUMENT_MAIN if is_main else part.content_type, root, copier.package)
    copier.done[name] = copy
    for each in _kept(root, related, copier.where, is_main=is_main):
        copy.load_rel(each.whole, _copied(each.part, copier) if each.part else each.address, each.key, not each.part)
    return copy


def _root(part: Part, where: str) -> Element:
    try:
        root = part.element if isinstance(part, XmlPart) else parsed(part.blob)
    except (SyntaxError, ValueError) as error:
        raise damaged(where) from error
    if root.getroottree().docinfo.doctype:
        raise InputError(where, "里面有不该有的文档类型声明", "请用 Word 或 WPS 打开后另存为 .docx")
    return root


def _tidy(root: Element, part: Part, related: list[_Related], copier: _Copier) -> None:
    if part.content_type == CT.WML_SETTINGS:
        tidy_settings(root)
    tidy(root, copier.hidden)
    unsafe = {each.key for each in related if each.kind == "hyperlink" and not _is_web(each)}
    for element in list(root.iter(*_HYPERLINKS)):
        if element.get(f"{_RELATIONS}id") in unsafe:
            (unwrap if element.tag == w("hyperlink") else remove)(element)
    if fields := list(dict.fromkeys(foreign_fields(root))):
        what = f"里面有会取用外部内容或带出个人信息的域：{'、'.join(fields)}"
        raise InputError(copier.where, what, "请在 Word 里选中它，按 Ctrl+Shift+F9 变成普通内容，或删掉")


def _kept(root: Element, related: list[_Related], where: str, *, is_main: bool) -> Iterator[_Related]:
    """The relationships that a part keeps; InputError for one that it needs and that cannot be kept."""
    used = set(_mentions(root))
    lost = [each for each in related if each.key in used and not _may_stay(each)]
    if lost:
        named = "、".join(dict.fromkeys(_NAMES.get(each.kind, f"外部或嵌入的内容（{each.kind}）") for each in lost))
        raise InputError(where, f"里面有{named}，不能带进年报", "请在 Word 里换成普通文字或插入的图片（PNG、JPG）")
    for each in related:
        if (each.key in used and _may_stay(each)) or (is_main and each.kind in _IMPLIED and each.part):
            yield each


def _may_stay(each: _Related) -> bool:
    if each.kind == "image":
        return each.part is not None and each.part.content_type.lower() in SHOWN
    if each.kind == "hyperlink":
        return each.part is None and _is_web(each)
    return each.kind in _MENTIONED and each.part is not None


def _is_web(each: _Related) -> bool:
    return each.address.lower().startswith(_WEB)


def _mentions(root: Element) -> Iterator[str]:
    """The ids of the relationships that something in `root` is of."""
    for element in root.iter():
        for name, key in element.attrib.items():
            if str(name).startswith(_RELATIONS) or name == _OLD_RELATION:
                yield key
