"""The command line: everything that needs no window, and so no Qt."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence

from stalin_study import __version__

Subparsers = argparse._SubParsersAction  # argparse has no public name for it
Adder = Callable[["Subparsers[argparse.ArgumentParser]"], None]


def main(argv: Sequence[str]) -> int:
    """Run a command. Returns the exit code: 0 for done, 1 for not, 2 for a wrong command line."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A Windows console may lack a letter of somebody's name: show it as its number.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        options = _parser(argv).parse_args(argv)
        code: int = options.run(options)
        sys.stdout.flush()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    except BrokenPipeError:
        # The reader, such as `head`, has gone: nothing is left to say, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="stalin-study",
        description="Revision cards on Stalin's dictatorship. Without a command, opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"Stalin Study {__version__}")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    # The command that is asked for is loaded alone; the help shows all.
    asked = [name for name in _COMMANDS if name in argv[:1]]
    for name in asked or _COMMANDS:
        _COMMANDS[name]()(subparsers)
    return parser


def _deck() -> Adder:
    from stalin_study.commands.deck_command import add_to

    return add_to


def _mark() -> Adder:
    from stalin_study.commands.mark_command import add_to

    return add_to


def _speak() -> Adder:
    from stalin_study.commands.speak_command import add_to

    return add_to


def _progress() -> Adder:
    from stalin_study.commands.progress_command import add_to

    return add_to


_COMMANDS: dict[str, Callable[[], Adder]] = {
    "deck": _deck,
    "mark": _mark,
    "speak": _speak,
    "progress": _progress,
}
