"""The offline bundle for Windows holds all it needs, nothing else, and its script names only what is there."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from email.message import Message
from email.parser import Parser
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.tags import Tag
from packaging.utils import canonicalize_name, parse_wheel_filename

from bundle import HERE, PINS, PYTHON, WHERE_PYTHON, gather, sums

WINDOWS = {
    "os_name": "nt",
    "sys_platform": "win32",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "platform_release": "10",
    "platform_version": "10.0.19045",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
    "implementation_version": f"{PYTHON}.0",
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.0",
    "extra": "",
}
CODE = f"cp{PYTHON.replace('.', '')}"


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle, gathered for real."""
    folder = tmp_path_factory.mktemp("bundle") / "年报 离线"
    folder.mkdir()
    asked = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--retries", "0", "--timeout", "5"]
    pin = next(line.split()[0] for line in PINS.read_text("utf-8").splitlines() if line.startswith("et-xmlfile"))
    if subprocess.run([*asked, pin, "-d", folder.parent / "try"], capture_output=True, check=False).returncode:
        pytest.skip("the package registry is not reached")
    gather(folder)
    return folder


def metadata(wheel: Path) -> Message:
    """What a wheel says of itself."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
        return Parser().parsestr(archive.read(name).decode())


def needs(wheel: Path) -> list[Requirement]:
    """What a wheel needs on Windows."""
    required = [Requirement(str(line)) for line in metadata(wheel).get_all("Requires-Dist", [])]
    return [each for each in required if each.marker is None or each.marker.evaluate(WINDOWS)]


def test_the_wheels_need_one_another_and_nothing_else(bundle: Path) -> None:
    wheels = {parse_wheel_filename(path.name)[:2]: path for path in (bundle / "wheels").iterdir()}
    versions = dict(wheels.keys())
    wanted = {canonicalize_name(each.name) for path in wheels.values() for each in needs(path)}
    assert set(versions) == wanted | {"nianbao", "pip"}
    for path in wheels.values():
        for each in needs(path):
            assert each.specifier.contains(versions[canonicalize_name(each.name)]), f"{path.name}: {each}"
        python = metadata(path)["Requires-Python"]
        assert Requirement(f"python{python}").specifier.contains(f"{PYTHON}.0"), path.name


def test_the_wheels_are_the_pinned_ones_and_run_there(bundle: Path) -> None:
    pinned = set(re.findall(r"^(\S+)==(\S+)", PINS.read_text("utf-8"), re.MULTILINE))
    found = {parse_wheel_filename(path.name) for path in (bundle / "wheels").iterdir()}
    assert {(str(name), str(version)) for name, version, *_ in found if name != "nianbao"} == pinned
    fits = {Tag("py3", "none", "any"), Tag("py3", "none", "win_amd64"), Tag(CODE, CODE, "win_amd64")}
    fits |= {Tag(f"cp3{minor}", "abi3", "win_amd64") for minor in range(2, int(CODE.removeprefix("cp3")) + 1)}
    for name, _, _, tags in found:
        assert tags & fits, name


def test_our_wheel_carries_what_it_opens(bundle: Path, tmp_path: Path) -> None:
    wheel = next((bundle / "wheels").glob("nianbao-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    asked = (
        "from nianbao.resources import addin_path, template_path;"
        "print(addin_path(), template_path('narrative-2021.md.j2'))"
    )
    ran = subprocess.run(
        [sys.executable, "-P", "-c", asked],
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    addin, template = map(Path, ran.stdout.split())
    assert addin.is_relative_to(tmp_path)
    assert template.is_relative_to(tmp_path)
    assert addin.read_bytes() == (HERE / "nianbao.xlam").read_bytes() == (bundle / "nianbao.xlam").read_bytes()


def test_pip_installs_it_without_a_registry(bundle: Path, tmp_path: Path) -> None:
    """As install.cmd does, but for the platform, which pip can only be told together with a target."""
    pip = next((bundle / "wheels").glob("pip-*.whl")) / "pip"
    for_windows = (
        "--platform",
        "win_amd64",
        "--python-version",
        PYTHON,
        "--only-binary",
        ":all:",
        "--target",
        tmp_path,
    )
    offline = (
        "--no-index",
        "--find-links",
        bundle / "wheels",
        "--disable-pip-version-check",
        "--quiet",
        "--no-compile",
    )
    names = [str(parse_wheel_filename(path.name)[0]) for path in (bundle / "wheels").iterdir()]
    # All by name: left to itself, pip here would not follow what only Windows needs.
    subprocess.run([sys.executable, pip, "install", *offline, *for_windows, *names], check=True)
    # Where XLPyLoadDLL of the macros looks, and what brings pywin32's libraries in: both need `import site`.
    assert (tmp_path / "xlwings64-0.37.8.dll").is_file()
    assert "import pywin32_bootstrap" in (tmp_path / "pywin32.pth").read_text("utf-8")
    assert list((tmp_path / "pywin32_system32").glob(f"pywintypes{CODE[2:]}.dll"))


def test_every_file_is_as_its_sum_says(bundle: Path) -> None:
    lines = (bundle / "SHA256SUMS.txt").read_text("utf-8").splitlines()
    told = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    files = {path.relative_to(bundle).as_posix(): path for path in bundle.rglob("*") if path.is_file()}
    assert set(told) == set(files) - {"SHA256SUMS.txt"}
    assert {name: sha256(files[name].read_bytes()).hexdigest() for name in told} == told
    assert {"nianbao.xlam", "install.cmd", "说明.md", "python/说明.txt", "templates/narrative-2021.md.j2"} <= set(told)


def test_the_manual_points_at_nothing_that_was_left_behind(bundle: Path) -> None:
    text = (bundle / "说明.md").read_text("utf-8-sig")
    assert all(target.startswith("#") for target in re.findall(r"\]\(([^)]+)\)", text))
    assert "填报手册" in text


def test_the_sums_follow_the_names(tmp_path: Path) -> None:
    for name in ("乙", "甲", "a/b"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert [line.split("  ")[1] for line in sums(tmp_path).splitlines()] == ["a/b", "乙", "甲"]


SCRIPT = (HERE / "install.cmd").read_text("utf-8")


def test_the_script_is_one_that_cmd_reads(bundle: Path) -> None:
    data = (bundle / "install.cmd").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") == SCRIPT.count("\n")
    assert data.decode("gb2312").replace("\r\n", "\n") == SCRIPT
    before, _, after = data.partition(b"chcp 936")
    assert before.isascii()
    # Lead and trail bytes alike are above ASCII, so that nothing in a Chinese character is an operator.
    assert re.sub(rb"[\xa1-\xf7][\xa1-\xfe]", b"", after).isascii()


def test_the_script_jumps_to_labels_that_are_there() -> None:
    labels = re.findall(r"^:(\w+)$", SCRIPT, re.MULTILINE)
    assert len(labels) == len(set(labels))
    assert set(re.findall(r"goto (\w+)", SCRIPT)) == set(labels)
    # Nothing runs on into the next label.
    for label in labels[1:]:
        before = SCRIPT.partition(f"\n:{label}\n")[0].strip().splitlines()[-1]
        assert re.match(r"goto |exit /b", before), label


def test_the_menu_does_what_it_says() -> None:
    shown = re.findall(r"^echo    (\d)  (\S+)$", SCRIPT, re.MULTILINE)
    assert shown == [("1", "安装"), ("2", "卸载"), ("3", "检查"), ("0", "退出")]
    (keys,) = re.findall(r"^choice /c (\d+) ", SCRIPT, re.MULTILINE)
    assert keys == "".join(key for key, _ in shown)
    # `errorlevel n` means n or more: the highest is asked first.
    asked = re.findall(
        r"^if errorlevel (\d) (?:goto (?=install$|uninstall$|check$)|exit /b 0)(\w*)$", SCRIPT, re.MULTILINE
    )
    assert asked == [("4", ""), ("3", "check"), ("2", "uninstall"), ("1", "install")]


def test_the_script_names_only_what_the_bundle_holds(bundle: Path) -> None:
    files = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*")}
    named = {name.replace("\\", "/") for name in re.findall(r'%HERE%([^"]+)"', SCRIPT)}
    assert named == {"python/python-3.13.*-embed-amd64.zip", "wheels/pip-*.whl", "wheels"}
    assert f"python-{PYTHON}.x-embed-amd64.zip" in WHERE_PYTHON
    for name in named - {"python/python-3.13.*-embed-amd64.zip"}:
        assert any(fnmatch(each, name) for each in files), name
    assert f"python{CODE[2:]}._pth" in SCRIPT
    for name in ("templates", "python/说明.txt"):
        assert name.replace("/", "\\") in SCRIPT
        assert name in files


def test_paths_with_blanks_are_quoted() -> None:
    for line in SCRIPT.splitlines():
        if not line.startswith(("rem ", "set ", "echo ")):
            outside = "".join(line.split('"')[::2])
            assert not re.search(r"%(HERE|TARGET|PYTHON|ZIP|PIP)%", outside), line
