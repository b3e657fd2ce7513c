"""Reads the sentences file for one form; refuses what it does not know, and what nothing uses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple, get_args

from ..errors import FormFileError
from ..form import CellKey, Form, Table
from ..formfile import EDITIONS, Field, parse_toml, refuse_repetition, take
from .language import Among, Breakdown, Clause, Hole, Item, Listing, Number, Part, Phrase, Quantity, Sentence, Word

TOLD = ("agency", "year", "contact")
"""The words that a report gives; the others are the form's, or made of these."""

FILE = {"words": Field(dict, {}, dict), "quantities": Field(dict, {}, dict), "sentences": Field(list, of=dict)}
QUANTITIES = {"every": Field(dict, {}), **{edition: Field(dict, {}) for edition in EDITIONS}}
WORD = {"word": Field(str), "after": Field(str, ""), "otherwise": Field(str, "")}
SENTENCE = {
    "text": Field(str),
    "editions": Field(list, EDITIONS),
    "given": Field(str, ""),
    "when_some": Field(str, ""),
    "when_zero": Field(str, ""),
}
SAYING = SENTENCE | {"says": Field(str)}
JOINING = SENTENCE | {"begin": Field(str, ""), "joined": Field(str, "，"), "clauses": Field(list, of=dict)}
CLAUSE = {"tests": Field(str), "zero": Field(str, ""), "some": Field(str, ""), "less": Field(str, "")}
LISTING = {
    "items": Field(dict),
    "are": Field(str, "some"),
    "begin": Field(str, ""),
    "each": Field(str, "{item}"),
    "end": Field(str, ""),
}
BREAKDOWN = LISTING | {"of": Field(str), "one": Field(str), "all": Field(str)}

STOP = "。"
_HOLE = re.compile(r"(\{[^{}]*\})")


class Script(NamedTuple):
    """What the sentences file says of one form: quantities and words by name, sentences by text key."""

    quantities: Mapping[str, Quantity]
    words: Mapping[str, Word | str]
    texts: Mapping[str, tuple[Sentence, ...]]


def parse_sentences(text: str, where: str, form: Form) -> Script:
    """The sentences of a sentences file that `form` uses; FormFileError for what it may not say."""
    data = take(parse_toml(text, where), FILE, where)
    groups = take(data["quantities"], QUANTITIES, where)
    parts = [groups["every"], groups[form.edition]]
    refuse_repetition((name for names in (*parts, _form_words(form), data["words"]) for name in names), where)
    definitions = {**parts[0], **parts[1]}
    names = Script(_quantities(definitions, form, where), _words(data["words"], form, where), {})
    texts: dict[str, tuple[Sentence, ...]] = {}
    for number, entry in enumerate(data["sentences"], start=1):
        place = f"{where}，第 {number} 句"
        key, sentence = _sentence(entry, names, form, place)
        if sentence is not None:
            texts[key] = (*texts.get(key, ()), sentence)
    _refuse_unused(names._replace(texts=texts), definitions, where)
    return names._replace(texts=texts)


def _form_words(form: Form) -> Mapping[str, Word | str]:
    headings = "；".join(chapter.heading for chapter in form.chapters)
    return {name: Word(name) for name in TOLD} | {"authority": form.authority, "headings": headings}


def _words(entries: Mapping[str, Any], form: Form, where: str) -> Mapping[str, Word | str]:
    found = dict(_form_words(form))
    for name, entry in entries.items():
        data = take(entry, WORD, f"{where}，词 {name}")
        _look_up(data["word"], TOLD, f"{where}，词 {name}")
        found[name] = Word(data["word"], data["after"], data["otherwise"])
    return found


def _quantities(definitions: Mapping[str, str], form: Form, where: str) -> Mapping[str, Quantity]:
    found: dict[str, Quantity] = {}
    for name, definition in definitions.items():
        place, cells = f"{where}，数 {name}", list[CellKey]()
        for term in definition.split(" + "):
            cells += _cells(term, form, place) if "/" in term else found[_look_up(term, found, place)].cells
        found[name] = Quantity(name, tuple(cells))
    return found


def _cells(term: str, form: Form, where: str) -> list[CellKey]:
    name, _, rest = term.partition("/")
    row, _, column = rest.partition("/")
    table = form.tables.get(name)
    if table is None or column not in {line.key for line in table.columns} or not (rows := _rows(row, table)):
        raise FormFileError(where, f"{form.edition} 版式没有“{term}”")
    return [CellKey(name, key, column) for key in rows]


def _rows(row: str, table: Table) -> list[str]:
    keys = [line.key for line in table.rows]
    stem = row.removesuffix(".*")
    under = [key for key in keys if row != stem and key.startswith(f"{stem}.") and key != f"{stem}.total"]
    return under or [key for key in keys if key == stem]


def _look_up(name: str, known: Collection[str], where: str) -> str:
    if name not in known:
        raise FormFileError(where, f"未知的“{name}”")
    return name


def _sentence(entry: Mapping[str, Any], names: Script, form: Form, where: str) -> tuple[str, Sentence | None]:
    data = take(entry, SAYING if "says" in entry else JOINING, where)
    key = _look_up(data["text"], form.text_keys, where)
    for edition in data["editions"]:
        _look_up(edition, EDITIONS, where)
    if form.edition not in data["editions"]:
        return key, None
    sentence = _saying(data, names, where) if "says" in data else _joining(data, names, where)
    return key, sentence._replace(
        given=Word(_look_up(data["given"], TOLD, where)) if data["given"] else None,
        when_some=_quantity(data["when_some"], names, where) if data["when_some"] else None,
        when_zero=_quantity(data["when_zero"], names, where) if data["when_zero"] else None,
    )


def _saying(data: Mapping[str, Any], names: Script, where: str) -> Sentence:
    return Sentence((_phrase(data["says"], names, where),))


def _joining(data: Mapping[str, Any], names: Script, where: str) -> Sentence:
    if not data["clauses"]:
        raise FormFileError(where, "字段“clauses”不能为空")
    parts = tuple(_part(clause, names, where) for clause in data["clauses"])
    return Sentence(parts, _phrase(data["begin"], names, where), data["joined"], STOP)


def _quantity(name: str, names: Script, where: str) -> Quantity:
    return names.quantities[_look_up(name, names.quantities, where)]


def _part(entry: Mapping[str, Any], names: Script, where: str) -> Part:
    if "items" in entry:
        return _listing(entry, names, where)
    data = take(entry, CLAUSE, where)
    tests = _quantity(data["tests"], names, where)
    if not (data["zero"] or data["some"]) or (data["less"] and not data["some"]):
        raise FormFileError(where, "分句要有“zero”或“some”，有“less”的还要有“some”")
    zero, some, less = (
        _phrase(data[sign], names, where, tests.cells) if data[sign] else None for sign in ("zero", "some", "less")
    )
    return Clause(tests, zero, some, less)


def _listing(entry: Mapping[str, Any], names: Script, where: str) -> Listing:
    data = take(entry, BREAKDOWN if "of" in entry else LISTING, where)
    if not data["items"]:
        raise FormFileError(where, "字段“items”不能为空")
    if data["are"] not in get_args(Among) or ("of" in data and data["are"] != "some"):
        raise FormFileError(where, f"字段“are”不能是“{data['are']}”")
    items = []
    for name, label in data["items"].items():
        quantity = _quantity(name, names, where)
        each = data["each"].replace("{item}", label).replace("{number}", f"{{{name}}}")
        items.append(Item(label, quantity, _phrase(each, names, where, quantity.cells)))
    of = Breakdown(_quantity(data["of"], names, where), data["one"], data["all"]) if "of" in data else None
    return Listing(tuple(items), data["are"], data["begin"], data["end"], of)


def _phrase(text: str, names: Script, where: str, tested: tuple[CellKey, ...] = ()) -> Phrase:
    parts = tuple(_hole(part, names, where) for part in _HOLE.split(text) if part)
    for part in parts:
        if isinstance(part, Number) and not set(part.quantity.cells) <= set(tested):
            raise FormFileError(where, f"“{part.quantity.name}”可能未填，只能写在检验它的分句里")
    return Phrase(parts)


def _hole(part: str, names: Script, where: str) -> Hole:
    name = part[1:-1]
    if not _HOLE.fullmatch(part):
        if "{" in part or "}" in part:
            raise FormFileError(where, f"括号不成对：{part}")
        return part
    if name in names.words:
        return names.words[name]
    return Number(_quantity(name.removeprefix("-"), names, where), -1 if name.startswith("-") else 1)


def _refuse_unused(script: Script, definitions: Mapping[str, str], where: str) -> None:
    nodes = set(_walk(tuple(script.texts.values())))
    terms = {term for definition in definitions.values() for term in definition.split(" + ")}
    idle = [name for name, quantity in script.quantities.items() if quantity not in nodes and name not in terms]
    idle += [
        name for name, word in script.words.items() if isinstance(word, Word) and name not in TOLD and word not in nodes
    ]
    if idle:
        raise FormFileError(where, f"“{idle[0]}”没有用到")


def _walk(node: object) -> Iterator[object]:
    yield node
    if isinstance(node, tuple):
        for part in node:
            yield from _walk(part)
