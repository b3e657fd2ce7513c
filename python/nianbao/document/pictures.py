"""Pictures without what cameras and editors write into them: places, names, files they were made from."""

from __future__ import annotations

from collections.abc import Iterator

from docx.opc.constants import CONTENT_TYPE as CT

SHOWN = frozenset({CT.PNG, CT.JPEG, "image/jpg", CT.GIF, CT.BMP, CT.TIFF, "image/emf", "image/wmf", CT.X_EMF, CT.X_WMF})
"""The kinds of pictures that a document may have: none of them can fetch anything."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    {b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs", b"hIST", b"sPLT", b"cICP"}
)
_CHUNK = 12
_JPEG = b"\xff\xd8"
_SCAN, _COMMENT, _FIRST_APP, _LAST_APP = 0xDA, 0xFE, 0xE0, 0xEF
# How its colours are meant.
_JPEG_KEPT = {0xE0: b"JF", 0xE2: b"ICC_PROFILE", 0xEE: b"Adobe"}


def bare(picture: bytes) -> bytes:
    """`picture` without text, tags and thumbnails, if it is PNG or JPEG; else, or if it is damaged, as it is."""
    if picture.startswith(_PNG):
        return _PNG + b"".join(chunk for chunk in _chunks(picture) if chunk[4:5].isupper() or chunk[4:8] in _PNG_KEPT)
    if picture.startswith(_JPEG):
        return _JPEG + b"".join(segment for segment in _segments(picture) if not _tells(segment))
    return picture


def _chunks(picture: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at < len(picture):
        end = at + _CHUNK + int.from_bytes(picture[at : at + 4], "big")
        yield picture[at:end]
        if picture[at + 4 : at + 8] == b"IEND":
            return
        at = end


def _segments(picture: bytes) -> Iterator[bytes]:
    """The segments of a JPEG file, all from the first scan on as one."""
    at = len(_JPEG)
    while picture[at : at + 1] == b"\xff" and picture[at + 1 : at + 2] != bytes([_SCAN]) and at + 4 <= len(picture):
        end = at + 2 + max(int.from_bytes(picture[at + 2 : at + 4], "big"), 2)
        yield picture[at:end]
        at = end
    yield picture[at:]


def _tells(segment: bytes) -> bool:
    """Whether a segment says something that is not needed to show the picture."""
    kind = segment[1] if len(segment) > 1 else 0
    if kind in _JPEG_KEPT:
        return not segment[4:].startswith(_JPEG_KEPT[kind])
    return kind == _COMMENT or _FIRST_APP <= kind <= _LAST_APP
