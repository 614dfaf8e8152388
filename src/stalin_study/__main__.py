"""Start: the window, the command line, or the speech worker."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

COMMANDS = {"deck", "mark", "speak", "progress", "-h", "--help", "--version"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the arguments ask for; without a command, open the window. Returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    given = _command_first(given)
    first = given[0] if given else ""
    if first == "--speech-worker":
        from stalin_study.speech_worker.worker import main as work

        return work()
    if first in COMMANDS or (first and not first.startswith("-")):
        from stalin_study.command_line import main as run_command

        return run_command(given)
    from stalin_study.plain_imports import import_plainly

    import_plainly()
    # Until the window is there (program.py): nothing of a start is rubbish.
    gc.disable()
    try:
        from stalin_study.program import run

        return run(given)
    finally:
        gc.enable()


def _command_first(given: list[str]) -> list[str]:
    """The data folder may be named before the command, as it is for the window."""
    if not given or given[0].partition("=")[0] != "--data-dir":
        return given
    length = 1 if "=" in given[0] else 2
    named, more = given[:length], given[length:]
    return [more[0], *named, *more[1:]] if more and more[0] in COMMANDS else given


if __name__ == "__main__":
    sys.exit(main())
