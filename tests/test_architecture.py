"""The layers of the package, and which part may use which library."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import xlwings

PACKAGE = Path(__file__).parents[1] / "python" / "nianbao"
# Lowest first.  A part imports from layers below its own; the members of the first also from one another.
LAYERS = (
    "__init__ errors figures form places",
    "formfile report equation printed resources outputs thresholds",
    "findings",
    "reading rules wording",
    "totals reportjson explanations fees sentences packed",
    "checks suspects",
    "check comparison migration opening rulebook",
    "settings coverage",
    "workbook",
    "importing",
    "document",
    "city",
    "commands addin",
    "demo",
    "cli excel",
    "__main__",
)
LEVEL = {part: level for level, parts in enumerate(LAYERS) for part in parts.split()}
HOMES = {
    "xlsxwriter": ("workbook",),
    "openpyxl": ("workbook",),
    "python_calamine": ("workbook",),
    "docx": ("document", "importing"),
    "jinja2": ("document",),
    "pdfminer": ("importing",),
    "pdfplumber": ("importing",),
    "lxml": ("importing",),
    "pandas": ("city",),
    "xlwings": ("excel",),
    "click": ("cli",),
    "rich": ("cli",),
}


class Import(NamedTuple):
    """One import, at the top of a module or inside a function: a part of the package, or a library."""

    module: str
    line: int
    part: str
    name: str
    ours: bool

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.name}"


def imports(package: Path) -> Iterator[Import]:
    """Every import in the modules of `package`."""
    for path in sorted(package.rglob("*.py")):
        place = path.relative_to(package)
        folders = (package.name, *place.parent.parts)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for name in _names(node, folders):
                root, *inner = name.split(".")
                ours = root == package.name
                target = (inner or ["__init__"])[0] if ours else root
                if ours and not _is_part(package, target):
                    target = "__init__"  # a name that the package itself defines
                yield Import(
                    place.as_posix(), node.__dict__["lineno"], place.parts[0].removesuffix(".py"), target, ours
                )


def _names(node: ast.AST, folders: tuple[str, ...]) -> list[str]:
    """The full names that `node` imports, if it is an import of a module in `folders`."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = folders[: len(folders) - node.level + 1] if node.level else ()
    stem = ".".join([*base, *(node.module or "").split(".")]).strip(".")
    return [stem] if "." in stem else [f"{stem}.{alias.name}" for alias in node.names]


def _is_part(package: Path, name: str) -> bool:
    return (package / f"{name}.py").exists() or (package / name).is_dir()


def upward(package: Path) -> list[str]:
    """The imports that do not point downwards, and the parts that have no layer."""
    found = [each for each in imports(package) if each.ours and each.part != each.name]
    homeless = {part for each in found for part in (each.part, each.name) if part not in LEVEL}
    return [f"{part} has no layer" for part in sorted(homeless)] + [
        f"{each}, which is not below it"
        for each in found
        if not {each.part, each.name} & homeless and LEVEL[each.name] >= max(LEVEL[each.part], 1)
    ]


def strays(package: Path) -> list[str]:
    """The libraries that are imported outside their homes; below `workbook`, the standard library only."""
    foreign = [each for each in imports(package) if not each.ours and each.name not in sys.stdlib_module_names]
    return [
        f"{each}; only {' and '.join(HOMES.get(each.name, ('nobody',)))} may"
        for each in foreign
        if each.part not in HOMES.get(each.name, ())
    ]


def test_an_import_never_points_upward() -> None:
    assert upward(PACKAGE) == []


def test_each_library_stays_in_its_home() -> None:
    assert strays(PACKAGE) == []


def test_the_core_uses_the_standard_library_only() -> None:
    core = {part for part, level in LEVEL.items() if level < LEVEL["workbook"]}
    assert {each.name for each in imports(PACKAGE) if each.part in core and not each.ours} <= sys.stdlib_module_names


def test_nothing_of_the_part_of_xlwings_that_is_not_free_is_used() -> None:
    assert not xlwings.__pro__
    sources = [*PACKAGE.rglob("*.py"), *(PACKAGE.parents[1] / "addin").rglob("*")]
    texts = {path: path.read_text("utf-8") for path in sources if path.suffix in {".py", ".bas", ".cls", ".xml"}}
    assert len(texts) > 100
    assert [path for path, text in texts.items() if "xlwings.pro" in text or "LICENSE_KEY" in text] == []


def test_the_package_is_read_at_all() -> None:
    found = {(each.module, each.name) for each in imports(PACKAGE)}
    assert {("check.py", "checks"), ("checks/values.py", "totals"), ("figures.py", "form")} <= found


SOURCES = [
    # module, its source, what is wrong with it (nothing: "")
    ("checks/a.py", "from ..rules import Rule", ""),
    ("checks/a.py", "from .values import x", ""),
    ("errors.py", "from .form import CellKey", ""),
    ("cli/a.py", "from .. import __version__", ""),
    ("rules.py", "from .check import check", "rules.py:1 imports check, which is not below it"),
    ("rules.py", "def f():\n    from .check import check", "rules.py:2 imports check, which is not below it"),
    ("rules.py", "from . import check", "rules.py:1 imports check, which is not below it"),
    ("rules.py", "import nianbao.check", "rules.py:1 imports check, which is not below it"),
    ("rules.py", "from nianbao.check import check", "rules.py:1 imports check, which is not below it"),
    ("rules.py", "from nianbao import check", "rules.py:1 imports check, which is not below it"),
    ("rules.py", "from .wording import x", "rules.py:1 imports wording, which is not below it"),
    ("checks/a.py", "from ..check import x", "checks/a.py:1 imports check, which is not below it"),
    ("errors.py", "from .findings import x", "errors.py:1 imports findings, which is not below it"),
    ("novelty.py", "from .form import x", "novelty has no layer"),
    ("workbook/a.py", "import xlsxwriter", ""),
    ("importing/a.py", "from docx import Document", ""),
    ("check.py", "import json.decoder", ""),
    ("cli/a.py", "import pandas as pd", "cli/a.py:1 imports pandas; only city may"),
    ("importing/a.py", "import python_calamine", "importing/a.py:1 imports python_calamine; only workbook may"),
    (
        "city/a.py",
        "def f():\n    from docx.shared import Pt",
        "city/a.py:2 imports docx; only document and importing may",
    ),
    ("check.py", "import numpy", "check.py:1 imports numpy; only nobody may"),
]


@pytest.mark.parametrize(("module", "source", "wrong"), SOURCES)
def test_both_laws_can_be_broken(tmp_path: Path, module: str, source: str, wrong: str) -> None:
    package = tmp_path / "nianbao"
    for name in (
        *(f"{part}.py" for part in ("rules", "check", "form", "wording", "findings")),
        "checks/values.py",
        module,
    ):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(source if name == module else "", "utf-8")
    assert upward(package) + strays(package) == [wrong] * bool(wrong)
