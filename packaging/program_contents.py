"""Compares what a built program holds with what third_party.toml tells of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from licences import NATIVE, Part

OWN = {"stalin_study", "start"}
# Made by PyInstaller while it builds.
MADE = ("pyi_rth_", "pyimod", "pyiboot", "_sysconfigdata", "_pyi_rth_")


def untold(folder: Path, parts: list[Part]) -> Iterator[str]:
    """Modules and libraries that belong to no part, and versions that are not as told."""
    yield from untold_modules(top_modules(folder), parts)
    yield from untold_files(inner_folder(folder), parts)


def untold_modules(names: set[str], parts: list[Part]) -> Iterator[str]:
    """Modules that belong to no part; finding none at all is a fault, too."""
    if not names:
        yield "There is no program in that folder."
    modules = {name for part in parts for name in part.modules}
    for name in sorted(names):
        is_known = name in modules or name in OWN or name in sys.stdlib_module_names
        if not is_known and not name.startswith(MADE):
            yield f"The module {name} is in the program and belongs to nothing told."


def untold_files(inner: Path, parts: list[Part]) -> Iterator[str]:
    """Libraries that belong to no part, and versions that are not as told."""
    libraries = sorted(native_files(inner))
    for name in libraries:
        if not any(part.holds(name) for part in parts):
            yield f"The file {name} is in the program and belongs to nothing told."
    for part in parts:
        if part.proof:
            yield from disproved(part, inner, libraries)


def disproved(part: Part, inner: Path, libraries: Iterable[str]) -> Iterator[str]:
    """Say so if no library of a part holds the version that is told."""
    own = [name for name in libraries if part.holds(name)]
    if own and not any(part.proof.encode() in (inner / name).read_bytes() for name in own):
        yield f"{part.name}: none of {', '.join(own)} is of version {part.version}."


def inner_folder(folder: Path) -> Path:
    """Where PyInstaller puts the libraries."""
    for inner in (folder / "_internal", folder / "Contents" / "Frameworks"):
        if inner.is_dir():
            return inner
    return folder


def native_files(inner: Path) -> Iterator[str]:
    """Shared libraries, by their path below the folder; links are told once, by their target."""
    for file in inner.rglob("*"):
        if file.is_file() and not file.is_symlink() and NATIVE.search(file.name):
            yield file.relative_to(inner).as_posix()


def top_modules(folder: Path) -> set[str]:
    """The top names of all Python modules in the program."""
    from PyInstaller.archive.readers import CArchiveReader

    found = set()
    for name in ("stalin-study", "stalin-study.exe", "Contents/MacOS/stalin-study"):
        program = folder / name
        if program.is_file():
            archive = CArchiveReader(str(program))
            for entry in archive.toc:
                if entry.upper().startswith("PYZ"):
                    found |= set(archive.open_embedded_archive(entry).toc)
    return {name.partition(".")[0] for name in found}
