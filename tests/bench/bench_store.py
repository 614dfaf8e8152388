"""Prints how long one durable answer and the opening of progress take: python bench_store.py."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from figures import Figure, hand_on, median_of, milliseconds, p95_of, show
from sqlite_utils import Database

from stalin_study.domain.memory import load_model, review
from stalin_study.domain.review_log import Rating, ReviewEntry, Verdict, Way
from stalin_study.services.backups import backup_steps
from stalin_study.services.recent_answers import MOST_BYTES
from stalin_study.services.row_checks import with_checksum
from stalin_study.services.store import FILE, open_store
from stalin_study.services.store_rows import entry_row

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def entries(count: int) -> Iterator[ReviewEntry]:
    """Reviews of 400 subjects, five minutes apart, the last one just now."""
    rng = random.Random(1)
    for number in range(count):
        yield ReviewEntry(
            str(uuid.uuid4()),
            f"c{rng.randrange(20):02d}q{rng.randrange(20):02d}",
            START - timedelta(minutes=5 * (count - number)),
            Way.TYPED,
            Rating(rng.randint(1, 4)),
            "Kamenev and Zinoviev",
            Verdict.CORRECT,
            4200,
            "d0f6e7a6-9a0e-4c8b-b8f1-2f9a7a1c7e55",
        )


def measure(folder: Path, count: int) -> None:
    """Open, answer and rebuild with that many reviews in the log."""
    opened = open_store(folder, lambda: START)
    if count:
        db = Database(folder / FILE)
        with db.atomic():
            db.table("review_log").insert_all(
                with_checksum(entry_row(one)) for one in entries(count)
            )
        db.close()
        show(f"rebuild all states, {count:,} reviews", milliseconds(opened.store.rebuild_memory, 1))
        os.sync()  # or the first answers wait for what was just written
    print(f"file with {count:,} reviews: {(folder / FILE).stat().st_size / 1e6:.1f} MB")
    answers = entries(300)

    def answer() -> None:
        entry = next(answers)
        state = review(None, entry.subject_id, Rating.GOOD, entry.reviewed_at)
        opened.store.append(entry, state)

    answering = milliseconds(answer, 300)
    show(f"one durable answer, {count:,} reviews", answering)
    count_of_steps = sum(1 for _ in backup_steps(opened.store, folder, START, "daily")) + 1
    steps = backup_steps(opened.store, folder, START, "daily")
    taken = milliseconds(lambda: next(steps, None), count_of_steps)
    opened.store.close()
    print(
        f"a backup, verified, {count:,} reviews: {sum(taken):.0f} ms in {len(taken)} steps,"
        f" the longest {max(taken):.0f} ms"
    )
    opening = milliseconds(lambda: reopen(folder), 20)
    show(f"open, {count:,} reviews", opening)
    hand_on(
        median_of(f"one answer on disk, {count:,} answers before", answering),
        p95_of(f"one answer on disk, 95 in 100, {count:,} answers before", answering),
        median_of(f"opening progress of {count:,} answers", opening),
        Figure(f"backup of {count:,} answers, verified", sum(taken)),
    )


def measure_fresh(folder: Path, count: int) -> None:
    """Open with as many fresh answers in the second copy as there can be."""
    opened = open_store(folder, lambda: START)
    recent = opened.store.recent
    assert recent is not None
    for entry in entries(10_000):
        if recent.size > MOST_BYTES:
            break
        opened.store.append(entry, None)
    opened.store.close()
    show(
        f"open, {count:,} reviews, {recent.size / 1e6:.1f} MB of fresh answers",
        milliseconds(lambda: reopen(folder), 20),
    )


def reopen(folder: Path) -> None:
    """What a start does."""
    open_store(folder, lambda: START).store.close()


def main() -> None:
    """Measure in a temporary folder, or in the one given: the disk matters.

    `short`: a month of answers instead of none and years of them.
    """
    load_model()
    is_short = "short" in sys.argv
    place = next((word for word in sys.argv[1:] if word != "short"), None)
    for count in (1_200,) if is_short else (0, 200_000):
        with tempfile.TemporaryDirectory(dir=place) as folder:
            measure(Path(folder), count)
            if not is_short:
                measure_fresh(Path(folder), count)


if __name__ == "__main__":
    main()
