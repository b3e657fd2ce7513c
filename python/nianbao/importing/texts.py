"""The texts of chapters alone, from a document that need not have the tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..errors import InputError, NoTablesError
from ..form import INTRO, Form
from .chapters import chapter_texts, read_title
from .files import read_file


def texts_in(path: Path, form: Form) -> Mapping[str, str]:
    """The texts in the file at `path` by chapter of `form`; InputError if it has no chapter's heading."""
    try:
        found = [reading.report.texts for reading in read_file(path)]
    except NoTablesError as error:
        title = read_title(error.paragraphs)
        body = [text for at, text in enumerate(error.paragraphs) if at not in title.paragraphs]
        found = [chapter_texts(body, form)]
    texts = {key: text for each in found for key, text in each.items() if key in form.text_keys}
    if not texts.keys() - {INTRO}:
        raise InputError(path, "没有找到各章的标题", "请在文件里保留“一、总体情况”这样的标题，标题单独一行")
    return texts
