"""Reading files that may be anything: a pipe that never ends, a link to itself, gigabytes."""

from __future__ import annotations

import errno
import os
import stat
from io import FileIO
from pathlib import Path

# What `read_small` and a look at it fail with when waiting does not help.
USELESS = (errno.EISDIR, errno.EINVAL, errno.EFBIG, errno.ELOOP)


def read_small(file: Path, most_bytes: int) -> bytes:
    """The content of an ordinary file. Raises OSError for what is none, and for a larger one."""
    check_small(file, most_bytes)
    with FileIO(file) as stream:
        return stream.readall()


def is_small(file: Path, most_bytes: int) -> bool:
    """Whether it is an ordinary file that is no larger, so that others may be let read it."""
    try:
        check_small(file, most_bytes)
    except OSError:
        return False
    return True


def is_ordinary(file: Path) -> bool:
    """Whether this is, or could be made, an ordinary file: a pipe would wait for ever."""
    try:
        return stat.S_ISREG(file.stat().st_mode)
    except FileNotFoundError:
        return True
    except OSError:
        return False


def check_small(file: Path, most_bytes: int) -> None:
    """Raises OSError for what is no ordinary file, and for a larger one."""
    found = file.stat()
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is no ordinary file", str(file))
    if found.st_size > most_bytes:
        raise OSError(errno.EFBIG, "it is too long", str(file))
