"""What a program says that was started without its folder, as out of a zip that is not unpacked.

PyInstaller's starter would speak of a Python DLL. Its words are replaced in place, which a sentence
of that length at most allows; the same is true when a file was lost after the installation.
"""

from __future__ import annotations

from pathlib import Path

OF_THE_STARTER = "Failed to load Python DLL '%ls'.\n"
SENTENCE = "Unzip it all, or install again.\n"


class OtherStarter(Exception):
    """This PyInstaller says it in other words; the message asks to look at them."""


def explain(program: Path) -> None:
    """Have a program say what to do. Before it is signed."""
    from PyInstaller.utils.win32.winutils import update_exe_pe_checksum

    content = program.read_bytes()
    if says_it(content):
        return
    program.write_bytes(explained(content))
    update_exe_pe_checksum(str(program))


def says_it(content: bytes) -> bool:
    """Whether a program has the sentence, and not the words of the starter."""
    return _wide(SENTENCE) in content and _wide(OF_THE_STARTER) not in content


def explained(content: bytes) -> bytes:
    """A program with the sentence; not a byte of it moves."""
    old, new = _wide(OF_THE_STARTER), _wide(SENTENCE)
    if content.count(old) != 1:
        raise OtherStarter("PyInstaller's starter has other words: set OF_THE_STARTER in alone.py.")
    return content.replace(old, new.ljust(len(old), b"\0"))


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")
