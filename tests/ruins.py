"""What may lie where a file should be."""

from __future__ import annotations

import os
import random
import shutil
import sys
from pathlib import Path

ENORMOUS = 3_000_000_000
KINDS = ["missing", "empty", "cut short", "random", "zeros", "enormous", "folder"]
if sys.platform != "win32":
    KINDS += ["dangling link", "link to itself", "pipe", "endless"]


def ruin(file: Path, kind: str) -> None:
    """Put what is of this kind in place of a file; most kinds need none to be there."""
    content = file.read_bytes() if file.is_file() else b'{"half": '
    if file.is_dir() and not file.is_symlink():
        shutil.rmtree(file)
    file.unlink(missing_ok=True)
    if kind == "folder":
        file.mkdir()
    elif kind == "dangling link":
        file.symlink_to(file.with_name("nothing is here"))
    elif kind == "link to itself":
        file.symlink_to(file.name)
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "endless":
        file.symlink_to("/dev/zero")
    elif kind == "enormous":
        with file.open("wb") as stream:
            stream.truncate(ENORMOUS)  # takes no room on the disk
    elif kind != "missing":
        spoilt = {
            "empty": b"",
            "cut short": content[: len(content) // 2],
            "random": random.Random(5).randbytes(4000),
            "zeros": bytes(len(content)),
        }
        file.write_bytes(spoilt[kind])
