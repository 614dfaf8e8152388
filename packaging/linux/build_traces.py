"""Looks for paths of the building machine, in files and inside the packed Python modules."""

from __future__ import annotations

import marshal
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

from PyInstaller.archive.readers import CArchiveReader

ROOT = Path(__file__).resolve().parent.parent.parent
PYC_HEADER = 16
PROGRAMS = ("stalin-study", "stalin-study-gui")


def machine_words() -> list[str]:
    """Paths that only this machine has: the project, its Python, the home folder."""
    # Wheels are built as root in containers, so that home says nothing of this machine.
    home = [] if Path.home() == Path("/root") else [str(Path.home())]
    prefix = [] if sys.base_prefix == "/usr" else [sys.base_prefix]
    return [str(ROOT), *prefix, *home]


def traces_below(folder: Path, words: list[str]) -> Iterator[tuple[Path, str]]:
    """Each file below a folder that tells of the machine, and what it tells."""
    for file in sorted(folder.rglob("*")):
        if file.is_symlink():
            told = str(file.readlink())
            if told.startswith("/") or any(word in told for word in words):
                yield file, f"links to {told}"
        elif file.is_file():
            content = file.read_bytes()
            yield from ((file, word) for word in words if word.encode() in content)
            for code in codes_in(file):
                yield from ((file, told) for told in traces_in(code, words))


def codes_in(file: Path) -> Iterator[CodeType]:
    """The Python modules in a program or in base_library.zip."""
    if file.name == "base_library.zip":
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                if name.endswith(".pyc"):
                    yield marshal.loads(archive.read(name)[PYC_HEADER:])
    elif file.name in PROGRAMS and file.stat().st_size > 0 and file.open("rb").read(1) == b"\x7f":
        program = CArchiveReader(str(file))
        for name, (*_, kind) in program.toc.items():
            if kind in "ms":
                yield marshal.loads(program.extract(name))
        modules = program.open_embedded_archive("PYZ.pyz")
        for name in modules.toc:
            code = modules.extract(name)
            if code is not None:
                yield code


def traces_in(code: CodeType, words: list[str]) -> Iterator[str]:
    """File names that are not relative, and strings with one of the words."""
    if code.co_filename.startswith("/"):
        yield f"{code.co_name} comes from {code.co_filename}"
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from traces_in(constant, words)
        else:
            told = repr(constant)
            yield from (f"{code.co_filename} says {word}" for word in words if word in told)
