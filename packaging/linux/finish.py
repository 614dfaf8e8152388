"""What is done to the Linux program after PyInstaller: stripped, made neutral, made whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
NEUTRAL_PREFIX = b"/usr"


def finish(folder: Path) -> None:
    """Strip Python, take the place where it was built out of it, and let the FFmpeg plug-in load."""
    strip_python(folder)
    prefix = sys.base_prefix.encode()
    if prefix != NEUTRAL_PREFIX:
        for library in pythons_own(folder):
            library.write_bytes(without_prefix(library.read_bytes(), prefix))
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

    Every string keeps its place: it gets shorter, and zeros fill it up. A search path that is
    compiled in becomes the library's own folder.
    """
    changed = bytearray(content)
    search_path = b"\0" + prefix + b"/lib\0"
    own_folder = b"\0$ORIGIN".ljust(len(search_path), b"\0")
    if len(own_folder) == len(search_path):
        changed[:] = changed.replace(search_path, own_folder)
    start = changed.find(prefix)
    while start >= 0:
        end = changed.index(b"\0", start)
        rest = changed[start + len(prefix) : end]
        changed[start:end] = (NEUTRAL_PREFIX + rest).ljust(end - start, b"\0")
        start = changed.find(prefix, start + 1)
    return bytes(changed)


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
