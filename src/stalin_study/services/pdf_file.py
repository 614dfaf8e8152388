"""Why a PDF could not be saved, in a sentence for the pupil."""

from __future__ import annotations

import errno
from pathlib import Path

DISK_FULL = "The disk is full. Free some space, then save the PDF again."
FOLDER_GONE = "The folder is not there any more. Choose another one for the PDF."
IN_THE_WAY = "“{}” cannot be replaced. Close the program that has it open, then save again."
NOT_WRITABLE = "The PDF cannot be saved there. Choose another folder."
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
_WINDOWS_NO_ROOM = {39, 112}  # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL


def pdf_problem(error: Exception, file: Path) -> str:
    """Why it could not be saved, as a sentence for the pupil."""
    code = error.errno if isinstance(error, OSError) else None
    if code in _NO_ROOM or getattr(error, "winerror", None) in _WINDOWS_NO_ROOM:
        return DISK_FULL
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FOLDER_GONE
    # The draft was written, but could not take the place of what is there.
    blocked = getattr(error, "filename2", None)
    if blocked is not None and file.exists():
        return IN_THE_WAY.format(file.name)
    return NOT_WRITABLE
