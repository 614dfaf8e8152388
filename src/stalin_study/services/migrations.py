"""The tables of the progress file, step by step."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from stalin_study.domain.annotations import Annotation
from stalin_study.domain.memory import MemoryState
from stalin_study.domain.review_log import ReviewEntry
from stalin_study.services.row_checks import COLUMN, checksum_of
from stalin_study.services.store_problems import NEWER, DamagedFile, StoreProblem

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

MIGRATION_SET = "progress"
# "StSt", in the file's header: a SQLite file with another id is not a progress file.
APPLICATION_ID = 0x53745374


def first_tables(db: Database) -> None:
    """The log, which the file itself keeps append-only, and the states made from it."""
    db.table("review_log").create(
        {
            "uuid": str,
            "subject_id": str,
            "reviewed_at": str,
            "way": str,
            "rating": int,
            "answer": str,
            "verdict": str,
            "took_ms": int,
            "session_id": str,
            "undoes": str,
        },
        pk="uuid",
        not_null={
            "subject_id",
            "reviewed_at",
            "way",
            "answer",
            "took_ms",
            "session_id",
            "undoes",
        },
    ).create_index(["subject_id"])
    for change in ("update", "delete"):
        db.execute(
            f"create trigger review_log_no_{change} before {change} on review_log"
            " begin select raise(abort, 'the review log is append-only'); end"
        )
    db.table("memory_state").create(
        {
            "subject_id": str,
            "phase": str,
            "step": int,
            "stability": float,
            "difficulty": float,
            "due_at": str,
            "last_reviewed_at": str,
            "reviews": int,
            "lapses": int,
        },
        pk="subject_id",
        not_null={
            "phase",
            "stability",
            "difficulty",
            "due_at",
            "last_reviewed_at",
            "reviews",
            "lapses",
        },
    )
    db.execute(f"pragma application_id = {APPLICATION_ID}")
    db.execute("pragma user_version = 1")


def more_ways(db: Database) -> None:
    """The log may now hold true/false, gaps, order, matches, blurts, exam answers, speed rounds."""
    db.execute("pragma user_version = 2")


def hands_free(db: Database) -> None:
    """The log may now hold questions answered in a hands-free test."""
    db.execute("pragma user_version = 3")


def annotations_and_checksums(db: Database) -> None:
    """What a pupil says of cards, and a checksum in each row."""
    for change in ("update", "delete"):
        db.execute(f"drop trigger if exists review_log_no_{change}")
    for table in ("review_log", "memory_state"):
        db.execute(f"alter table {table} add column {COLUMN} integer not null default 0")
        _fill_checksums(db, table)
    db.table("annotation_log").create(
        {"uuid": str, "card_id": str, "kind": str, "text": str, "made_at": str, COLUMN: int},
        pk="uuid",
        not_null={"card_id", "kind", "text", "made_at", COLUMN},
    )
    for table in ("review_log", "annotation_log"):
        _keep_append_only(db, table)
    db.execute("pragma user_version = 4")


def _fill_checksums(db: Database, table: str) -> None:
    first = -1
    while rows := list(
        db.query(f"select rowid, * from {table} where rowid > ? order by rowid limit 5000", [first])
    ):
        first = rows[-1]["rowid"]
        sums = [(checksum_of(_without_rowid(row)), row["rowid"]) for row in rows]
        db.conn.executemany(f"update {table} set {COLUMN} = ? where rowid = ?", sums)


def _without_rowid(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "rowid"}


def _keep_append_only(db: Database, table: str) -> None:
    for change in ("update", "delete"):
        db.execute(
            f"create trigger {table}_no_{change} before {change} on {table}"
            " begin select raise(abort, 'the log is append-only'); end"
        )


# Add, never change. Each step raises user_version by one, also a step that changes no table but
# lets the log hold a new kind of value (a new `Way`): older versions must then leave it alone.
STEPS = (first_tables, more_ways, hands_free, annotations_and_checksums)
CHECKED_FROM = 4
# Files from this version on have the tables of today, and can be read as they are.
READABLE_FROM = 1


def migrations() -> Migrations:
    """The steps for sqlite-utils to apply, each in a transaction of its own."""
    from sqlite_utils import Migrations

    found = Migrations(MIGRATION_SET)
    for step in STEPS:
        found()(step)
    return found


def check_maker(db: Database) -> None:
    """Raise DamagedFile unless this app made the file so, StoreProblem if a later version did."""
    (application,) = db.execute("pragma application_id").fetchone()
    (version,) = db.execute("pragma user_version").fetchone()
    if application not in (0, APPLICATION_ID):
        raise DamagedFile("another program's file")
    if application == 0 and set(db.table_names()) - {"_sqlite_migrations"}:
        raise DamagedFile("some other program's tables")
    applied = [migration.name for migration in migrations().applied(db)]
    # Each step changes both, so one of them alone was changed by damage.
    if len(applied) != version:
        raise DamagedFile(f"version {version} after {len(applied)} steps")
    if version > len(STEPS):
        raise StoreProblem(NEWER)
    if applied != [step.__name__ for step in STEPS[:version]]:
        raise DamagedFile("unknown steps")
    if version >= READABLE_FROM:
        _check_tables(db, has_checksums=version >= CHECKED_FROM)


def is_readable(db: Database) -> bool:
    """Whether the tables of today are there, though steps may be left to take."""
    (version,) = db.execute("pragma user_version").fetchone()
    return bool(version >= READABLE_FROM)


def is_up_to_date(db: Database) -> bool:
    """Whether there is no step left to take."""
    (version,) = db.execute("pragma user_version").fetchone()
    return bool(version == len(STEPS))


def _check_tables(db: Database, *, has_checksums: bool) -> None:
    kinds: list[tuple[str, type]] = [("review_log", ReviewEntry), ("memory_state", MemoryState)]
    if has_checksums:
        kinds.append(("annotation_log", Annotation))
    for table, kind in kinds:
        columns = {column.name for column in db.table(table).columns}
        if columns - ({COLUMN} if has_checksums else set()) != {f.name for f in fields(kind)}:
            raise DamagedFile(f"the columns of {table} are {columns}")
