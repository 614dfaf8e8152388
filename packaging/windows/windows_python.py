"""A Windows Python with the project's packages, put together on Linux from registries alone.

For builds and trials under wine; a release is built by python.org's own Python on Windows.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
# This wheel carries the DLL and the extension modules of CPython 3.11.9 for Windows.
CPYTHON_WHEEL = "panda3d==1.10.16"
CPYTHON_SHA256 = "37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82"
CPYTHON_LEFT_OUT = ("tcl86t.dll", "tk86t.dll", "_tkinter.pyd", "vcruntime140.dll")
BUILD_TOOLS = {"altgraph", "pefile", "pyinstaller", "pyinstaller-hooks-contrib", "pywin32-ctypes"}
MARKERS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}
FOR_WINDOWS = (
    *("--no-deps", "--only-binary", ":all:", "--platform", "win_amd64"),
    *("--implementation", "cp", "--python-version", "3.11"),
    *("--abi", "cp311", "--abi", "abi3", "--abi", "none"),
)
COMPILER = "x86_64-w64-mingw32-gcc"
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


def make_windows_python(folder: Path, downloads: Path) -> Path:
    """Assemble it in `folder`, unless it is there as the lock wants it; returns its python.exe."""
    lock = windows_lock((ROOT / "requirements" / "package.lock").read_text("utf-8"))
    stamp = folder / "assembled.txt"
    wanted = hashlib.sha256(f"{lock}{Path(__file__).read_text('utf-8')}".encode()).hexdigest()
    if not (stamp.exists() and stamp.read_text("ascii") == wanted):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        packages = folder / "Lib" / "site-packages"
        _copy_library(folder / "Lib")
        _install(lock, downloads, packages)
        _unpack_cpython(downloads, folder)
        _copy_runtime(packages / "shiboken6", folder)
        _compile_start(folder)
        _compile_stable_abi(folder)
        stamp.write_text(wanted, "ascii")
    return folder / "python.exe"


def windows_lock(lock: str) -> str:
    """What the program and its making need of a lock, as a lock for Windows without markers."""
    run = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements" / "run.lock").read_text(), re.M))
    kept = []
    for entry in re.split(r"\n(?=\S)", lock.strip()):
        line, *hashes = entry.split(" \\\n")
        requirement = Requirement(line)
        applies = requirement.marker is None or requirement.marker.evaluate(MARKERS)
        if applies and requirement.name in run | BUILD_TOOLS | {"setuptools"}:
            kept.append(" \\\n".join([line.split(" ;")[0], *hashes]))
    return "\n".join(kept) + "\n"


def _copy_library(target: Path) -> None:
    """The standard library is the same on every system, but for its extension modules."""
    left_out = ("site-packages", "__pycache__", "test", "lib-dynload", "idlelib", "tkinter")
    source = sysconfig.get_path("stdlib")
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(*left_out, "config-*"))


def _install(lock: str, downloads: Path, packages: Path) -> None:
    """Install what the lock names, and fetch the wheel with CPython; all by their hashes."""
    downloads.mkdir(parents=True, exist_ok=True)
    for name, content in (
        ("cpython.lock", f"{CPYTHON_WHEEL} --hash=sha256:{CPYTHON_SHA256}\n"),
        ("windows.lock", lock),
    ):
        (downloads / name).write_text(content, "utf-8")
    common = (*FOR_WINDOWS, "--require-hashes", "--cache-dir", downloads / "pip")
    cpython = ("--dest", downloads, "--requirement", downloads / "cpython.lock")
    subprocess.check_call((*PIP, "download", *common, *cpython))
    installed = ("--no-compile", "--target", packages, "--requirement", downloads / "windows.lock")
    subprocess.check_call((*PIP, "install", *common, *installed))


def _unpack_cpython(downloads: Path, folder: Path) -> None:
    (wheel,) = downloads.glob("panda3d-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            place, _, file = name.partition("/")
            if place == "deploy_libs" and file.lower() not in CPYTHON_LEFT_OUT:
                target = folder / "DLLs" / file if file.endswith(".pyd") else folder / file
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(archive.read(name))


def _copy_runtime(source: Path, folder: Path) -> None:
    """Microsoft's run-time library as Qt needs it, which is newer than the one with CPython."""
    for file in source.glob("vcruntime140*.dll"):
        shutil.copy(file, folder)


def _compile_start(folder: Path) -> None:
    command = (COMPILER, "-municode", "-O2", "-s", "-o", folder / "python.exe")
    subprocess.check_call((*command, Path(__file__).with_name("start_python.c")))


def _compile_stable_abi(folder: Path) -> None:
    """python3.dll, which PySide6 is linked to: every name of it leads into python311.dll."""
    listing = subprocess.check_output(
        ("x86_64-w64-mingw32-objdump", "-p", folder / "python311.dll"), text=True
    )
    table = listing[listing.index("[Ordinal/Name Pointer] Table") :]
    names = re.findall(r"^\s+\[\s*\d+\] (?:\+base\S* +\d+\] +)?(\w+)$", table, re.M)
    lines = [f"  {name}=python311.{name}" for name in names]
    definition = folder / "python3.def"
    definition.write_text("\n".join(["LIBRARY python3.dll", "EXPORTS", *lines, ""]), "ascii")
    command = (
        COMPILER,
        "-shared",
        "-nostdlib",
        "-s",
        "-Wl,--entry,0",
        "-o",
        folder / "python3.dll",
    )
    subprocess.check_call((*command, definition))
