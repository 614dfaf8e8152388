"""`stalin-study progress export` and `import`: a copy to take along, without the window."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stalin_study.services.progress_copy import ReadCopy

NO_PROGRESS = "There is no progress in {folder} yet."
IS_OPEN = "Stalin Study is open. Close its window, then try again; nothing was changed."
IS_THERE = "{file} is there already. Choose another name, or add --replace."
SKIPPED = "{lines} in it could not be read and {were} left out."


def add_to(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `export` and `import`; the parsed command has `run(options) -> exit code`."""
    exporting = subparsers.add_parser("export", help="save a copy of your progress in a file")
    exporting.add_argument("file", type=Path, metavar="FILE", help="the file to write")
    exporting.add_argument(
        "--replace", action="store_true", help="replace the file if it is there already"
    )
    exporting.set_defaults(run=_export)
    importing = subparsers.add_parser("import", help="add what a copy of your progress holds")
    importing.add_argument(
        "file", type=Path, metavar="FILE", help="a copy, or another progress.sqlite3"
    )
    importing.set_defaults(run=_import)
    for parser in (exporting, importing):
        # Suppressed: it may stand before the command's name as well.
        parser.add_argument(
            "--data-dir",
            type=Path,
            metavar="FOLDER",
            default=argparse.SUPPRESS,
            help="the folder where progress is kept",
        )


def _export(options: argparse.Namespace) -> int:
    from stalin_study.domain.wording import count_of
    from stalin_study.paths import find_paths
    from stalin_study.services.progress_copy import ENDING, write_copy
    from stalin_study.services.store import look_into_store
    from stalin_study.services.store_problems import StoreProblem
    from stalin_study.services.whole_file import named

    folder = find_paths(options.data_dir).data
    file = named(options.file, ENDING)
    _log_nothing()
    try:
        if file.exists() and not options.replace:
            raise StoreProblem(IS_THERE.format(file=file))
        opened = look_into_store(folder)
        if opened is None:
            raise StoreProblem(NO_PROGRESS.format(folder=folder))
        try:
            count = write_copy(opened.store, file, datetime.now(UTC))
        finally:
            opened.store.close()
    except StoreProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"A copy with {count_of(count, 'answer')} is saved as {file}.")
    return 0


def _import(options: argparse.Namespace) -> int:
    from stalin_study.domain.wording import count_of
    from stalin_study.paths import find_paths
    from stalin_study.services.open_folder import is_open
    from stalin_study.services.progress_copy import read_copy
    from stalin_study.services.store_problems import StoreProblem

    folder = find_paths(options.data_dir).data
    _log_nothing()
    try:
        if is_open(folder):
            raise StoreProblem(IS_OPEN)
        with tempfile.TemporaryDirectory() as work_folder:
            copy = read_copy(options.file.absolute(), Path(work_folder))
        told = _taken_in(copy, folder)
    except StoreProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    print(told)
    if copy.skipped:
        lines = count_of(copy.skipped, "answer or note", "answers or notes")
        were = "was" if copy.skipped == 1 else "were"
        print(SKIPPED.format(lines=lines, were=were), file=sys.stderr)
    return 0


def _taken_in(copy: ReadCopy, folder: Path, *, is_damaged: bool = False) -> str:
    from stalin_study.services.progress_copy import take_in
    from stalin_study.services.store import open_store
    from stalin_study.services.store_problems import OpenAnew

    def now() -> datetime:
        return datetime.now(UTC)

    opened = open_store(folder, now, is_damaged=is_damaged)
    if opened.notice:
        print(opened.notice, file=sys.stderr)
    try:
        return take_in(opened.store, copy, folder, now())
    except OpenAnew as problem:
        if is_damaged or not problem.is_damaged:
            raise
    finally:
        opened.store.close()
    # The backup before it found the damage, which the second opening puts right.
    return _taken_in(copy, folder, is_damaged=True)


def _log_nothing() -> None:
    """What goes wrong is told in a sentence; Python would print what is logged as well."""
    logging.getLogger("stalin_study").addHandler(logging.NullHandler())
