"""What is done to the Linux program after PyInstaller: stripped, made neutral, made whole."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from linux.libraries import elf_files

HERE = Path(__file__).resolve().parent
NEUTRAL_PREFIX = b"/usr"


def finish(folder: Path) -> None:
    """Strip Python, take the places of building machines out, and let the FFmpeg plug-in load."""
    strip_python(folder)
    prefix = sys.base_prefix.encode()
    if prefix != NEUTRAL_PREFIX:
        for library in pythons_own(folder):
            library.write_bytes(without_prefix(library.read_bytes(), prefix))
    for library in elf_files(folder):
        changed = without_foreign_search_path(library)
        if changed != library.read_bytes():
            library.write_bytes(changed)
    add_unused_quick(folder / "_internal" / "PySide6" / "Qt" / "lib", folder.parent)


def pythons_own(folder: Path) -> list[Path]:
    """Python's library and extension modules; the rest came out of wheels as it is."""
    internal = folder / "_internal"
    modules = internal.glob("python3*/lib-dynload/*.so")
    return sorted([*internal.glob("libpython3*.so*"), *modules])


def strip_python(folder: Path) -> None:
    """Take the debug symbols out of Python; wheel libraries must stay whole: it breaks FFmpeg."""
    for library in pythons_own(folder):
        subprocess.run(["strip", "--strip-unneeded", library], check=True)


def without_prefix(content: bytes, prefix: bytes) -> bytes:
    """A library without the path that its Python was installed to.

    Every string keeps its place: it gets shorter, and zeros fill it up.
    """
    changed = bytearray(content)
    start = changed.find(prefix)
    while start >= 0:
        end = changed.index(b"\0", start)
        rest = changed[start + len(prefix) : end]
        changed[start:end] = (NEUTRAL_PREFIX + rest).ljust(end - start, b"\0")
        start = changed.find(prefix, start + 1)
    return bytes(changed)


def without_foreign_search_path(library: Path) -> bytes:
    """A library that looks for others in its own folder, not in a place of the machine that made it
    (where somebody else could have put something).
    """
    content = library.read_bytes()
    command = ["objdump", "-p", library]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for found in re.findall(r"^\s*(?:RUNPATH|RPATH)\s+(/\S+)$", told, re.MULTILINE):
        path = found.encode() + b"\0"
        content = content.replace(b"\0" + path, b"\0" + b"$ORIGIN".ljust(len(path), b"\0"))
    return content


def add_unused_quick(libraries: Path, workspace: Path) -> None:
    """Make the two small libraries that stand in for Qt Quick (see unused_quick.c)."""
    versions = workspace / "qt6.versions"
    versions.write_text("Qt_6 { *; };\n", encoding="ascii")
    options = ["-shared", "-nostdlib", "-Os", "-s", "-Wl,--build-id=none"]
    for name in ("libQt6Quick.so.6", "libQt6Qml.so.6"):
        names = [f"-Wl,-soname,{name}", f"-Wl,--version-script={versions}"]
        source = HERE / "unused_quick.c"
        command = ["gcc", *options, *names, "-o", libraries / name, source]
        subprocess.run(command, check=True)
    versions.unlink()
