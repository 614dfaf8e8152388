"""Looks for paths of the building machine, in files and inside the packed Python modules."""

from __future__ import annotations

import marshal
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).resolve().parent.parent
PYC_HEADER = 16
PROGRAMS = ("stalin-study", "stalin-study-gui", "Stalin Study")
EXECUTABLE_MARKS = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
SHORTEST = 7  # shorter paths, such as that of root's home, stand in too many files by chance
# Where Python is on many machines, so that the path says nothing of this one.
COMMON_PLACES = ("/usr", "/Library/Frameworks/Python.framework")


def machine_paths() -> list[str]:
    """Paths that only this machine has: the project, its Python, the home folder."""
    told = [str(ROOT), str(Path.home())]
    if not sys.base_prefix.startswith(COMMON_PLACES):
        told.append(sys.base_prefix)
    return [path for path in told if len(path) >= SHORTEST]


def traces_below(folder: Path, paths: Iterable[str]) -> Iterator[str]:
    """Each file below a folder that tells of the machine, and what it tells."""
    written = ways_of_writing(paths)
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_symlink():
            target = str(file.readlink())
            if target.startswith("/") or told_in(target, written):
                yield f"{name}: links to {target}"
        elif file.is_file():
            content = file.read_bytes()
            yield from (f"{name}: holds {path}" for path in told_by(content, written))
            for code in codes_in(file, content[:4]):
                yield from (f"{name}: {told}" for told in traces_in(code, written))


def ways_of_writing(paths: Iterable[str]) -> list[str]:
    """Paths with either kind of slash, as the same file is called under Windows and Linux."""
    ways = [(path, path.replace("\\", "/"), path.replace("/", "\\")) for path in paths]
    return sorted({written for way in ways for written in way})


def told_by(content: bytes, written: Iterable[str]) -> list[str]:
    """The paths that bytes hold, in letters of one byte or of two."""
    encodings = ("utf-8", "utf-16-le")
    return [path for path in written if any(path.encode(one) in content for one in encodings)]


def told_in(text: str, written: Iterable[str]) -> list[str]:
    """The paths that a text holds."""
    return [path for path in written if path in text]


def codes_in(file: Path, mark: bytes) -> Iterator[CodeType]:
    """The Python modules in a program, in base_library.zip or in a file of their own."""
    if file.suffix == ".pyc":
        yield marshal.loads(file.read_bytes()[PYC_HEADER:])
    elif file.name == "base_library.zip":
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                if name.endswith(".pyc"):
                    yield marshal.loads(archive.read(name)[PYC_HEADER:])
    elif file.name.removesuffix(".exe") in PROGRAMS and mark.startswith(EXECUTABLE_MARKS):
        yield from packed_codes(file)


def packed_codes(program: Path) -> Iterator[CodeType]:
    """The Python modules that PyInstaller put into a program."""
    from PyInstaller.archive.readers import CArchiveReader, ZlibArchiveReader

    archive = CArchiveReader(str(program))
    for name, (*_, kind) in archive.toc.items():
        if kind in "ms":
            yield marshal.loads(archive.extract(name))
    modules = archive.open_embedded_archive("PYZ.pyz")
    assert isinstance(modules, ZlibArchiveReader)
    codes = (modules.extract(name) for name in modules.toc)
    yield from (code for code in codes if isinstance(code, CodeType))


def traces_in(code: CodeType, written: Iterable[str]) -> Iterator[str]:
    """File names that are not relative, and constants that hold a path."""
    if re.match(r"/|[A-Za-z]:", code.co_filename):
        yield f"{code.co_name} comes from {code.co_filename}"
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from traces_in(constant, written)
        else:
            told = repr(constant).replace("\\\\", "\\")
            yield from (f"{code.co_filename} says {path}" for path in told_in(told, written))
