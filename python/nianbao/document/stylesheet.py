"""The styles of a template, by the names that its users see: Word gives them other ids as it pleases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .ooxml import HALF_POINTS, OFF, TWIPS, Element, path, value, w
from .styles import NEEDED

_DEFAULT_SIZE = 10 * HALF_POINTS
_KINDS = {"paragraph": "段落样式", "character": "字符样式"}
_AT_RIGHT = frozenset({"right", "end"})


class TextStyle(NamedTuple):
    """What the writer must know of a style: its id, the size of its type in half-points, and how it sets it.

    `tracking`: between characters, in twips.
    """

    key: str
    half_points: int
    tracking: int
    at_right: bool

    @property
    def pitch(self) -> int:
        """From one Chinese character to the next, in twips."""
        return max(self.half_points * TWIPS // HALF_POINTS + self.tracking, 1)


class Stylesheet(NamedTuple):
    """``styles.xml``: every style by its id, and what holds where none says otherwise."""

    styles: Mapping[str, Element]
    default: Element | None = None

    @classmethod
    def of(cls, root: Element) -> Stylesheet:
        """The styles in `root`."""
        styles = {style.get(w("styleId"), ""): style for style in root.iterchildren(w("style"))}
        return cls(styles, root.find(path("docDefaults/rPrDefault")))

    def effective(self, key: str, names: str) -> str | None:
        """What the style `key`, or the next below it that says anything, has at ``a/b``."""
        seen: set[str] = set()
        while key in self.styles and key not in seen:
            seen.add(key)
            if (found := value(self.styles[key], names)) is not None:
                return found
            key = value(self.styles[key], "basedOn") or ""
        return value(self.default, names) if self.default is not None else None

    def hidden(self) -> frozenset[str]:
        """The ids of the styles that hide their text."""
        return frozenset(key for key in self.styles if self.effective(key, "rPr/vanish") not in {None, *OFF})

    def text_styles(self) -> Mapping[str, TextStyle]:
        """The styles that a report is written in, by what they are for; those that are missing are left out."""
        keys = {use: self._key(name, kind) for use, (name, kind) in NEEDED.items()}
        return {use: self._text_style(key) for use, key in keys.items() if key is not None}

    def faults(self) -> Iterator[str]:
        """What is missing of the styles that a report is written in."""
        lacking = [(name, kind) for name, kind in NEEDED.values() if self._key(name, kind) is None]
        named = {value(style, "name") for style in self.styles.values()}
        if missing := [f"“{name}”" for name, _ in lacking if name not in named]:
            yield f"缺少样式{'、'.join(missing)}"
        for name, kind in lacking:
            if name in named:
                yield f"样式“{name}”不是{_KINDS[kind]}"

    def _key(self, name: str, kind: str) -> str | None:
        """The id of the style that users see as `name`."""
        return next((key for key, style in self.styles.items() if _is_called(style, name, kind)), None)

    def _text_style(self, key: str) -> TextStyle:
        size = _number(self.effective(key, "rPr/sz"), _DEFAULT_SIZE)
        tracking = _number(self.effective(key, "rPr/spacing"), 0)
        return TextStyle(key, size, tracking, self.effective(key, "pPr/jc") in _AT_RIGHT)


def _is_called(style: Element, name: str, kind: str) -> bool:
    return value(style, "name") == name and style.get(w("type")) == kind


def _number(text: str | None, default: int) -> int:
    try:
        return default if text is None else int(text)
    except ValueError:
        return default
