"""What the program asks of the Linux that it runs on: libraries, and how old they may be."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# What Ubuntu 22.04 has, the oldest system that the program promises to run on.
OLDEST = {"GLIBC": (2, 35), "GLIBCXX": (3, 4, 30), "CXXABI": (1, 3, 13), "GCC": (12, 0, 0)}

# Library -> Debian package. Those of glibc itself share one.
GLIBC = "libc6 (>= 2.35)"
GLIBC_LIBRARIES = (
    "ld-linux-x86-64.so.2 libc.so.6 libdl.so.2 libm.so.6 libpthread.so.0 libresolv.so.2"
)
PACKAGES = {
    **dict.fromkeys(GLIBC_LIBRARIES.split(), GLIBC),
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libXext.so.6": "libxext6",
    "libXrandr.so.2": "libxrandr2",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libbz2.so.1": "libbz2-1.0",
    "libbz2.so.1.0": "libbz2-1.0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libffi.so.8": "libffi8",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "liblzma.so.5": "liblzma5",
    "libpulse.so.0": "libpulse0",
    "libsqlite3.so.0": "libsqlite3-0",
    "libstdc++.so.6": "libstdc++6 (>= 11)",
    "libuuid.so.1": "libuuid1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}

_VERSION = re.compile(r"\b(GLIBC|GLIBCXX|CXXABI|GCC)_([0-9.]+)\b")


class TooNew(Exception):
    """The program would not run on the oldest system; the message says which file and why."""


@dataclass
class Asked:
    """What the files of a folder ask of the system."""

    libraries: dict[str, Path] = field(default_factory=dict)  # name -> a file that asks for it
    versions: dict[str, tuple[tuple[int, ...], Path]] = field(default_factory=dict)


def elf_files(folder: Path) -> Iterator[Path]:
    """The programs and libraries below a folder, sorted."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as opened:
                if opened.read(4) == b"\x7fELF":
                    yield file


def asked_by(folder: Path) -> Asked:
    """What the folder needs and does not hold."""
    asked = Asked()
    held = {file.name for file in folder.rglob("*.so*")}
    for file in elf_files(folder):
        told = subprocess.run(
            ["objdump", "-p", file], capture_output=True, text=True, check=True
        ).stdout
        for name in re.findall(r"^\s*NEEDED\s+(\S+)", told, re.MULTILINE):
            if name not in held:
                asked.libraries.setdefault(name, file)
        for name, number in _VERSION.findall(told.partition("Version References:")[2]):
            version = tuple(int(part) for part in number.split("."))
            if name not in asked.versions or version > asked.versions[name][0]:
                asked.versions[name] = (version, file)
    return asked


def check_age(asked: Asked) -> None:
    """Raise TooNew if anything asks for more than the oldest system has."""
    for name, (version, file) in sorted(asked.versions.items()):
        if version > OLDEST[name]:
            raise TooNew(
                f"{file.name} asks for {name} {dotted(version)}; the oldest system that should do"
                f" has {dotted(OLDEST[name])}."
            )


def packages_for(asked: Asked) -> list[str]:
    """The Debian packages that hold what is asked for, sorted; KeyError names an unknown one."""
    return sorted({PACKAGES[name] for name in asked.libraries})


def dotted(version: tuple[int, ...]) -> str:
    """A version as people write it."""
    return ".".join(map(str, version))
