"""A folder as a .tar.xz that is the same however often, and by whomever, it is made."""

from __future__ import annotations

import tarfile
from pathlib import Path


def pack(folder: Path, target: Path, moment: int) -> Path:
    """Pack a folder: sorted, owned by nobody in particular, of one moment."""

    def neutral(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = ""
        member.mtime = moment
        member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
        if member.issym():
            member.mode = 0o777
        return member

    with tarfile.open(target, "w:xz", preset=6, format=tarfile.PAX_FORMAT) as archive:
        for path in [folder, *sorted(folder.rglob("*"))]:
            name = path.relative_to(folder.parent).as_posix()
            archive.add(path, name, recursive=False, filter=neutral)
    return target
