"""Prints how long the real program takes to show its window, with an empty and a long log."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from bench_store import entries  # noqa: E402
from sqlite_utils import Database  # noqa: E402

from faults.real_program import RealProgram, until  # noqa: E402
from stalin_study.services.row_checks import with_checksum  # noqa: E402
from stalin_study.services.store import FILE, open_store  # noqa: E402
from stalin_study.services.store_rows import entry_row  # noqa: E402
from virtual_screen import Screen  # noqa: E402

RUNS = 9
REVIEWS = 200_000


def long_log(folder: Path) -> None:
    """Progress of 200,000 reviews, backed up today so that no backup is due."""
    opened = open_store(folder, lambda: datetime.now(UTC))
    db = Database(folder / FILE)
    shift = datetime.now(UTC) - timedelta(hours=1)
    with db.atomic():
        rows = []
        for number, entry in enumerate(entries(REVIEWS)):
            at = shift - timedelta(minutes=5 * (REVIEWS - number))
            row = entry_row(entry)
            row["reviewed_at"] = at.isoformat(timespec="microseconds")
            rows.append(with_checksum(row))
        db.table("review_log").insert_all(rows)
    db.close()
    opened.store.rebuild_memory()
    opened.store.close()


def started(program: RealProgram, folder: Path) -> float:
    """Milliseconds from the start until the window can be seen."""
    began = time.perf_counter()
    process = program.start(folder)
    until(lambda: bool(program.windows()))
    taken = (time.perf_counter() - began) * 1000
    until(lambda: (folder / FILE).exists())
    process.kill()
    process.communicate()
    until(lambda: not program.windows())
    return taken


def main() -> None:
    """Start with each in turns, so that both meet the same machine."""
    with tempfile.TemporaryDirectory() as place:
        folders = {"empty log": Path(place) / "empty", f"{REVIEWS:,} reviews": Path(place) / "long"}
        for folder in folders.values():
            folder.mkdir()
            settings = {"is_welcomed": True, "exam_date": "2027-06-01"}
            (folder / "settings.json").write_text(json.dumps(settings))
        long_log(folders[f"{REVIEWS:,} reviews"])
        (Path(place) / "screen").mkdir()
        screen = Screen(Path(place) / "screen")
        program = RealProgram(screen.display)
        taken: dict[str, list[float]] = {title: [] for title in folders}
        for folder in folders.values():
            started(program, folder)  # the deck is in the cache from then on
        for _ in range(RUNS):
            for title, folder in folders.items():
                taken[title].append(started(program, folder))
        screen.close()
    for title, times in taken.items():
        print(
            f"start until the window is seen, {title:<16}"
            f" median {statistics.median(times):5.0f} ms  {min(times):.0f}-{max(times):.0f}"
        )


if __name__ == "__main__":
    if not shutil.which("Xvfb") or os.name != "posix":
        raise SystemExit("This needs Xvfb.")
    main()
