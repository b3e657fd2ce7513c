"""Builds the add-in `nianbao.xlam`, and the Python module that its worksheet functions call: ``make addin``.

The same bytes every time: xlwings, XlsxWriter and pyOpenVBA are pinned, and no date is today's.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from nianbao.excel.functions import FUNCTIONS
from wrappers import udfs_module

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "python/nianbao/excel"


def build(book: Path, udfs: Path) -> dict[str, str]:
    """Write the add-in and the module; the source of each macro in it."""
    udfs.write_text(udfs_module(FUNCTIONS), "utf-8", newline="\n")
    # Some macros are made of that module: it is imported for it.
    from macros import sources, vba_project
    from package import addin

    modules = sources()
    book.write_bytes(addin((HERE / "ribbon.xml").read_text("utf-8"), vba_project(modules)))
    return modules


def build_elsewhere(folder: Path) -> None:
    """Build into one folder, with the source of each macro beside: to compare."""
    for name, source in build(folder / "nianbao.xlam", folder / "udfs.py").items():
        (folder / name).write_text(source, "ascii", newline="")


def main() -> None:
    """Build what is committed, or with ``--into FOLDER`` the same elsewhere."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, help="a folder for everything, instead of the places in the repository")
    into = parser.parse_args().into
    if into:
        build_elsewhere(into)
    else:
        build(HERE / "nianbao.xlam", PACKAGE / "udfs.py")


if __name__ == "__main__":
    main()
