"""Qt for Python's support of signatures as files, so that a start need not unpack and compile it.

It is a zip within a library; where there is a folder `files.dir` beside it, that is used instead.
"""

from __future__ import annotations

import py_compile
import shutil
from pathlib import Path

SLIM = Path(__file__).with_name("slim_signatures.py")
# What loads all the others; ours takes its place.
LOADER = "shibokensupport/signature/loader.py"
# It only writes type stubs.
LEFT_OUT = "shibokensupport/signature/lib/pyi_generator.py"


def write_support(folder: Path) -> Path:
    """Write the compiled modules into a folder, which is made anew, and return it."""
    import PySide6.QtCore  # noqa: F401 - it unpacks the zip
    import shibokensupport

    shutil.rmtree(folder, ignore_errors=True)
    archive = shibokensupport.__loader__.zfile
    for name in archive.namelist():
        if not name.startswith("shibokensupport/") or not name.endswith(".py") or name == LEFT_OUT:
            continue
        source = folder / name
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_bytes(SLIM.read_bytes() if name == LOADER else archive.read(name))
        py_compile.compile(
            str(source),
            cfile=str(source.with_suffix(".pyc")),
            dfile=name,
            doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
        source.unlink()
    return folder
