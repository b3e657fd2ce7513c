"""Gathers what a Windows machine without internet needs: python addin/bundle.py [folder].

Built for CPython 3.13: every dependency has wheels for it, and it runs on Windows 10 and later.  Its embeddable zip,
which only python.org hands out, is added by the office.  Nothing here has been run on a real Windows.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
PINS = HERE / "bundle.txt"
TARGET = ROOT / "dist" / "nianbao-win64"
PYTHON = "3.13"
WHERE_PYTHON = f"""请把 Python 的“嵌入式”压缩包放进这个文件夹，不要解压，不要改名。

文件名：python-{PYTHON}.x-embed-amd64.zip（x 是任何一个数字，用最新的）
从哪里下载：https://www.python.org/downloads/windows/
  在 Python {PYTHON} 的各版本里，找 Windows embeddable package (64-bit)。
  只能用 {PYTHON}，因为 wheels 文件夹里的组件是为它准备的。

放好后，双击上一层文件夹里的 install.cmd，选 1。

本安装包在 Linux 上制作，没有在真正的 Windows 上试过。
"""


def gather(folder: Path) -> None:
    """Fill the empty `folder` with the bundle."""
    wheels = folder / "wheels"
    _run("-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels))
    _download(wheels)
    shutil.copy(HERE / "nianbao.xlam", folder)
    told = re.sub(r"\[([^]]+)\]\([^#)][^)]*\)", r"\1", (HERE / "README.md").read_text("utf-8"))
    (folder / "说明.md").write_bytes(_for_windows(told, "utf-8-sig"))
    shutil.copytree(ROOT / "templates", folder / "templates")
    (folder / "python").mkdir()
    (folder / "python" / "说明.txt").write_bytes(_for_windows(WHERE_PYTHON, "utf-8-sig"))
    # GB2312 proper: no byte of a Chinese character is a character that cmd gives a meaning to.
    (folder / "install.cmd").write_bytes(_for_windows((HERE / "install.cmd").read_text("utf-8"), "gb2312"))
    (folder / "SHA256SUMS.txt").write_text(sums(folder), "utf-8")


def sums(folder: Path) -> str:
    """One line a file of the bundle, as sha256sum writes it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "".join(
        f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files
    )


def _download(wheels: Path) -> None:
    """The pinned wheels, each with the hash on record, whatever the system that this runs on."""
    windows = ("--platform", "win_amd64", "--python-version", PYTHON, "--only-binary", ":all:")
    _run("-m", "pip", "download", "-q", "--no-deps", *windows, "--require-hashes", "-r", str(PINS), "-d", str(wheels))


def _run(*words: str) -> None:
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True)


def _for_windows(text: str, encoding: str) -> bytes:
    return text.replace("\n", "\r\n").encode(encoding)


def main(target: Path) -> None:
    """Replace `target` by a new bundle once that is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as passing:
        made = Path(passing) / target.name
        made.mkdir()
        gather(made)
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)
    print(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else TARGET)
