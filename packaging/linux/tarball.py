"""The portable .tar.xz: the same bytes however often, and by whomever, it is made."""

from __future__ import annotations

import platform
import tarfile
from pathlib import Path


def build_tarball(program: Path, target: Path, version: str, moment: int) -> Path:
    """Pack the program's folder; `moment` is the time of every file, in seconds since 1970."""
    packed = target / f"stalin-study-{version}-linux-{platform.machine()}.tar.xz"
    pack(program, packed, moment)
    return packed


def pack(folder: Path, packed: Path, moment: int) -> None:
    """Pack a folder: sorted, owned by root, of one moment."""

    def neutral(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = ""
        member.mtime = moment
        member.mode = 0o755 if not member.isfile() or member.mode & 0o100 else 0o644
        return member

    with tarfile.open(packed, "w:xz", preset=6, format=tarfile.PAX_FORMAT) as archive:
        for path in [folder, *sorted(folder.rglob("*"))]:
            name = path.relative_to(folder.parent).as_posix()
            archive.add(path, name, recursive=False, filter=neutral)
