"""Checks the Windows program in dist/stalin-study without running it; on Windows or Linux.

Needs PyInstaller and pefile, which requirements/package.lock names.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pefile
from alone import says_it
from make_installers import FOLDER, ROOT, program_version
from PyInstaller.archive.readers import CArchiveReader, ZlibArchiveReader

sys.path.append(str(ROOT / "packaging"))

from build_traces import machine_paths, traces_below

PROGRAMS = {"Stalin Study.exe": 2, "stalin-study.exe": 3}  # subsystem: window, console
AMD64 = 0x8664
WINE_MARKS = (b"Wine builtin DLL", b"Wine placeholder DLL")
MANIFEST_WORDS = ("asInvoker", "PerMonitorV2", "longPathAware", "UTF-8")
# DLLs of each Windows 10 from version 1809, that a program may ask for.
WINDOWS_DLLS = set(
    """
    advapi32 authz avrt bcrypt cfgmgr32 combase comctl32 comdlg32 crypt32 d2d1 d3d11 d3d12 d3d9
    dcomp dnsapi dwmapi dwrite dxgi dxva2 evr gdi32 icuuc imm32 iphlpapi kernel32 mf mfplat
    mfreadwrite mpr ncrypt netapi32 ntdll ole32 oleacc oleaut32 opengl32 powrprof propsys psapi
    rpcrt4 secur32 setupapi shcore shell32 shlwapi ucrtbase uiautomationcore urlmon user32
    userenv usp10 uxtheme version wevtapi winhttp winmm winspool.drv wintrust wldap32 ws2_32
    wtsapi32
    """.split()
)
# Speech by Windows' own voices is made by these, which nothing imports by name.
HIDDEN = {"comtypes.tools.tlbparser", "pyttsx3.drivers.sapi5", "pythoncom"}
# Qt loads these by name; without them there is no window, no icon, no sound.
PLUGINS = {
    "platforms/qwindows.dll", "iconengines/qsvgicon.dll", "imageformats/qsvg.dll",
    "multimedia/ffmpegmediaplugin.dll", "multimedia/windowsmediaplugin.dll",
}  # fmt: skip


def main() -> int:
    """Say what is wrong, a line each; 1 if anything is."""
    wrong = list(problems(FOLDER, program_version()))
    print(*wrong, sep="\n")
    print(f"{len(wrong)} problems in {FOLDER.relative_to(ROOT)}")
    return 1 if wrong else 0


def problems(folder: Path, version: str) -> Iterator[str]:
    """All that is wrong with the program in a folder."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    own = {file.name.lower() for file in files}
    for file in files:
        content = file.read_bytes()
        name = file.relative_to(folder).as_posix()
        if content[:2] == b"MZ":
            yield from (f"{name}: {wrong}" for wrong in library_problems(content, own))
    for name, subsystem in PROGRAMS.items():
        wrong_things = program_problems(folder / name, subsystem, version)
        yield from (f"{name}: {wrong}" for wrong in wrong_things)
        yield from (f"{name}: {wrong}" for wrong in lacking_modules(folder / name))
    plugins = folder / "_internal" / "PySide6" / "plugins"
    yield from (f"lacks the plug-in {one}" for one in PLUGINS if not (plugins / one).is_file())
    yield from traces_below(folder, machine_paths())


def library_problems(content: bytes, own: set[str]) -> Iterator[str]:
    """Of one PE file: made for something else, wine's, or in need of what is not there."""
    if any(mark in content[:256] for mark in WINE_MARKS):
        yield "belongs to wine"
    library = pefile.PE(data=content, fast_load=True)
    if library.FILE_HEADER.Machine != AMD64:
        yield f"is for machine {library.FILE_HEADER.Machine:#x}"
    entries = pefile.DIRECTORY_ENTRY
    tables = {"IMPORT": "IMAGE_DIRECTORY_ENTRY_IMPORT"}
    tables["DELAY_IMPORT"] = "IMAGE_DIRECTORY_ENTRY_DELAY_IMPORT"
    library.parse_data_directories([entries[table] for table in tables.values()])
    imports = [getattr(library, f"DIRECTORY_ENTRY_{name}", []) for name in tables]
    for entry in chain(*imports):
        needed = entry.dll.decode("ascii").lower()
        of_windows = needed.startswith(("api-ms-win-", "ext-ms-win-"))
        if not of_windows and needed not in own and not is_of_windows(needed):
            yield f"needs {needed}"


def is_of_windows(name: str) -> bool:
    """Whether a DLL comes with Windows."""
    return name.removesuffix(".dll") in WINDOWS_DLLS


def program_problems(file: Path, subsystem: int, version: str) -> Iterator[str]:
    """Of a program: subsystem, manifest, version and icon."""
    program = pefile.PE(str(file))
    if program.OPTIONAL_HEADER.Subsystem != subsystem:
        yield f"has subsystem {program.OPTIONAL_HEADER.Subsystem}"
    if not says_it(file.read_bytes()):
        yield "does not say what to do when its folder is missing"
    image = program.get_memory_mapped_image()
    entries = {entry.id: entry for entry in program.DIRECTORY_ENTRY_RESOURCE.entries}
    if pefile.RESOURCE_TYPE["RT_GROUP_ICON"] not in entries:
        yield "has no icon"
    manifest = entries[pefile.RESOURCE_TYPE["RT_MANIFEST"]].directory.entries[0]
    place = manifest.directory.entries[0].data.struct
    words = image[place.OffsetToData : place.OffsetToData + place.Size].decode("utf-8")
    yield from (f"says nothing of {word}" for word in MANIFEST_WORDS if word not in words)
    said = {
        key.decode(): value.decode()
        for table in getattr(program, "FileInfo", [[]])[0]
        for strings in getattr(table, "StringTable", [])
        for key, value in strings.entries.items()
    }
    wanted = {"ProductName": "Stalin Study", "ProductVersion": version}
    if wanted.items() - said.items() or not said.get("CompanyName"):
        yield f"says of itself {said}"


def lacking_modules(program: Path) -> Iterator[str]:
    """Modules that nothing imports by name and that are missing in a program."""
    modules = CArchiveReader(str(program)).open_embedded_archive("PYZ.pyz")
    assert isinstance(modules, ZlibArchiveReader)
    yield from (f"lacks the module {name}" for name in sorted(HIDDEN - set(modules.toc)))


if __name__ == "__main__":
    sys.exit(main())
