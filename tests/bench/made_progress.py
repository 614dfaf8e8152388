"""Progress of a pupil who studied for so many days, as files that the program opens."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from stalin_study.domain.deck import Deck
from stalin_study.domain.review_log import Rating, ReviewEntry, Verdict, Way
from stalin_study.services.backups import make_backup
from stalin_study.services.row_checks import with_checksum
from stalin_study.services.store import FILE, open_store
from stalin_study.services.store_rows import entry_row

VERDICTS = (
    (Rating.GOOD, Verdict.CORRECT),
    (Rating.HARD, Verdict.CLOSE),
    (Rating.AGAIN, Verdict.WRONG),
)


def reviews(deck: Deck, count: int, a_day: int, until: datetime) -> Iterator[ReviewEntry]:
    """So many answers a day, ten seconds apart, on all the deck, up to the day before."""
    rng = random.Random(1)
    subjects = [subject.id for card in deck.cards for subject in card.subjects]
    for number in range(count):
        day, place = divmod(number, a_day)
        at = until - timedelta(days=count // a_day - day) + timedelta(seconds=10 * place)
        rating, verdict = rng.choices(VERDICTS, (7, 1, 2))[0]
        subject = rng.choice(subjects)
        answer = "Kamenev and Zinoviev"
        yield ReviewEntry(f"e{number}", subject, at, Way.TYPED, rating, answer, verdict, 9000, "s")


def fill(folder: Path, entries: Iterator[ReviewEntry], at: datetime) -> None:
    """Make a progress file of these answers, backed up at that time so that no backup is due."""
    opened = open_store(folder, lambda: at)
    db = Database(folder / FILE)
    with db.atomic():
        db.table("review_log").insert_all(with_checksum(entry_row(one)) for one in entries)
    db.close()
    opened.store.rebuild_memory()
    make_backup(opened.store, folder, at, "daily")
    opened.store.close()
