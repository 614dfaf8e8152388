"""Backups and copies: what is listed, asked and told, over real files."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import CountingIds, FakeClock, InlineJobs, ManualJobs
from stalin_study.__main__ import main
from stalin_study.domain.annotations import AnnotationKind
from stalin_study.domain.date_words import moment
from stalin_study.domain.merging import Comparison
from stalin_study.domain.review_log import Rating, Way
from stalin_study.presenters.safekeeping import (
    ADDING,
    CAN_GO,
    NO_BACKUP,
    NONE,
    NOT_REACHED,
    PUT_AWAY,
    READING,
    SafekeepingPresenter,
)
from stalin_study.presenters.safekeeping_words import (
    adding,
    backup_words,
    first_upper,
    going_back,
    size_words,
)
from stalin_study.services.backing_up import BackingUp
from stalin_study.services.backups import BackupContents
from stalin_study.services.progress_copy import NOT_OURS, copy_name
from stalin_study.services.recent_answers import Folders
from stalin_study.services.reviews import Reviews
from stalin_study.services.safekeeping import NOT_PUT_AWAY, Safekeeping
from stalin_study.services.store import open_store
from stalin_study.services.store_problems import FOLDER_GONE, LOOK_ONLY, StoreProblem
from stalin_study.services.study_tallies import tallies

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


class Pupil:
    """A pupil's progress in a folder, and the presenter over it."""

    def __init__(self, folder: Path, new_id: CountingIds, jobs=None) -> None:
        folder.mkdir(exist_ok=True)
        self.folder, self.now, self.jobs = folder, FakeClock(AT), jobs or InlineJobs()
        self.reviews = Reviews(
            lambda **more: open_store(folder, self.now, **more),
            self.jobs,
            self.now,
            new_id,
            lambda: Folders(folder),
        )
        backing_up = BackingUp(self.reviews, self.now)
        keeping = Safekeeping(self.reviews, backing_up, folder, {"c01"}, self.now)
        self.presenter = SafekeepingPresenter(keeping, self.reviews, self.now)
        self.states = []
        self.presenter.state_changed.connect(self.states.append)
        self.reviews.open()

    @property
    def state(self):
        return self.presenter.state

    def answer(self, count: int, subject: str = "c01") -> None:
        for _ in range(count):
            self.now.advance(minutes=1)
            self.reviews.record(subject, Way.TYPED, Rating.GOOD)

    def count(self) -> int:
        found = []
        self.reviews.ask(lambda store: len(store.entries()), found.append)
        return found[0]

    def save_copy(self, file: Path) -> Path:
        self.presenter.save_copy(str(file))
        return file


@pytest.fixture
def make(tmp_path, qapp):
    made, new_id = [], CountingIds()

    def pupil(name="school", jobs=None):
        made.append(Pupil(tmp_path / name, new_id, jobs))
        return made[-1]

    yield pupil
    for one in made:
        one.reviews.close()
        if isinstance(one.jobs, ManualJobs):
            one.jobs.drain()


@pytest.fixture
def pupil(make):
    return make()


def test_a_second_click_says_that_nothing_has_changed(pupil):
    pupil.answer(3)
    pupil.presenter.back_up()
    pupil.now.advance(hours=2)
    pupil.presenter.back_up()
    assert pupil.state.message == "Nothing has changed since the last backup, today at 09:03."
    assert len(pupil.state.backups) == 1


def test_nothing_is_there_at_first(pupil):
    assert (pupil.state.backups, pupil.state.copies) == (None, None)
    pupil.presenter.open()
    assert (pupil.state.backups, pupil.state.copies, pupil.state.message) == ((), (), "")
    assert pupil.state.offered_name == copy_name(AT)
    assert pupil.state.last_backup == NO_BACKUP


def test_a_backup_is_made_and_listed_with_what_it_holds(pupil):
    pupil.answer(3)
    pupil.reviews.annotate("c01", AnnotationKind.NOTE, "Kirov?")
    pupil.presenter.open()
    pupil.presenter.back_up()
    [line] = pupil.state.backups
    assert line.title == "Today at 09:03"
    assert line.words == "Made when you asked · 3 answers and 1 note until today at 09:03"
    assert line.answers == 3
    assert pupil.state.message == "A backup is made."
    assert (pupil.state.doing, pupil.state.is_problem) == ("", False)
    assert pupil.state.last_backup == "Last backup: today at 09:03."


def test_the_last_backup_is_known_without_opening_any(pupil):
    pupil.answer(1)
    pupil.presenter.back_up()
    [line] = pupil.state.backups
    line.file.write_bytes(b"no backup any more")
    pupil.now.advance(days=1)
    pupil.presenter.look_at_last_backup()
    assert pupil.state.last_backup == "Last backup: yesterday at 09:01."


def test_going_back_is_asked_and_then_done(pupil):
    pupil.answer(2)
    pupil.presenter.open()
    pupil.presenter.back_up()
    pupil.answer(3)
    pupil.presenter.open()
    [line] = pupil.state.backups
    pupil.presenter.ask_to_go_back(line.file)
    assert pupil.state.asked == line.file
    assert pupil.state.question == (
        "You would go back from 5 answers to 2. What you have now is kept as a backup."
    )
    assert pupil.count() == 5
    pupil.presenter.go_back()
    assert pupil.count() == 2
    assert (pupil.state.asked, pupil.state.question, pupil.state.is_problem) == (None, "", False)
    assert "2 answers" in pupil.state.message
    assert "before you went back · 5 answers" in " ".join(one.words for one in pupil.state.backups)


def test_going_back_can_be_left(pupil):
    pupil.answer(2)
    pupil.presenter.open()
    pupil.presenter.back_up()
    pupil.answer(1)
    pupil.presenter.ask_to_go_back(pupil.state.backups[0].file)
    pupil.presenter.cancel()
    assert (pupil.state.asked, pupil.state.question) == (None, "")
    pupil.presenter.go_back()
    assert (pupil.count(), pupil.state.doing) == (3, "")


def test_a_backup_that_cannot_be_read_says_so_and_is_not_asked_about(pupil):
    pupil.answer(1)
    pupil.presenter.back_up()
    pupil.state.backups[0].file.write_bytes(b"no backup any more")
    pupil.presenter.open()
    [line] = pupil.state.backups
    assert (line.words, line.answers) == ("This backup cannot be read.", None)
    pupil.presenter.ask_to_go_back(line.file)
    assert pupil.state.asked is None


@pytest.mark.logs_warnings
def test_a_backup_that_went_bad_meanwhile_changes_nothing(pupil):
    pupil.answer(1)
    pupil.presenter.open()
    pupil.presenter.back_up()
    pupil.answer(1)
    [line] = pupil.state.backups
    pupil.presenter.ask_to_go_back(line.file)
    line.file.write_bytes(b"no backup any more")
    pupil.presenter.go_back()
    assert pupil.count() == 2
    assert pupil.state.is_problem
    assert pupil.state.message.startswith("This backup cannot be read.")
    assert pupil.state.doing == ""
    assert pupil.state.backups[-1].answers is None


def test_answers_are_counted_alike_everywhere(make, tmp_path, capsys):
    """Each rating that was not taken back is one: five of a match that are right are five."""
    school, home = make("school"), make("home")
    school.answer(3)
    match = [(subject, Rating.GOOD) for subject in ("c01", "c02", "c03", "c04", "c05")]
    school.reviews.record_answer(match, Way.MATCH)
    wrong = [school.reviews.record("c01", Way.TYPED, Rating.AGAIN) for _ in range(4)]
    school.reviews.undo([entry.uuid for entry in wrong])
    school.presenter.back_up()
    assert school.state.backups[0].words.startswith("Made when you asked · 8 answers until")
    school.presenter.ask_to_go_back(school.state.backups[0].file)
    assert school.state.question.startswith("This backup holds as many answers as you have now, 8.")
    copy = school.save_copy(tmp_path / "mine.stalinstudy")
    assert school.state.message == "A copy with 8 answers is saved as mine.stalinstudy."
    school.reviews.ask(lambda store: sum(one.reviews for one in tallies(store).values()), print)
    main(["progress", "--json", "--data-dir", str(school.folder)])
    tallied, told = capsys.readouterr().out.splitlines()
    assert (tallied, json.loads(told)["reviews"]) == ("8", 8)
    home.presenter.look_into(copy)
    assert home.state.preview.lines[0].startswith("This copy would add 8 new answers, from")
    home.presenter.add()
    assert home.state.message == "8 answers were added."
    home.presenter.look_into(copy)
    assert home.state.preview.lines == ("Everything in this copy is here already.",)


def test_answers_that_were_taken_back_elsewhere_are_told(make, tmp_path):
    school, home = make("school"), make("home")
    school.answer(2)
    entry = school.reviews.record("c01", Way.TYPED, Rating.AGAIN)
    home.presenter.look_into(school.save_copy(tmp_path / "a.stalinstudy"))
    home.presenter.add()
    school.reviews.undo([entry.uuid])
    home.presenter.look_into(school.save_copy(tmp_path / "b.stalinstudy"))
    assert home.state.preview.lines == (
        "1 answer that is here would no longer count, being taken back in this copy.",
    )
    home.presenter.add()
    assert home.state.message == (
        "0 answers were added; 2 had been here already. 1 answer was taken back."
    )
    assert home.presenter._present == 2


@pytest.mark.logs_warnings
@pytest.mark.parametrize("had_backup", [True, False])
def test_in_a_folder_that_is_gone_nobody_says_that_there_are_no_backups(pupil, had_backup):
    pupil.answer(1)
    if had_backup:
        pupil.presenter.back_up()
    pupil.folder.rename(pupil.folder.with_name("aside"))
    pupil.presenter.look_at_last_backup()
    assert pupil.state.last_backup == NOT_REACHED
    pupil.presenter.open()
    assert (pupil.state.backups, pupil.state.no_backups) == ((), NOT_REACHED)
    assert pupil.state.message == FOLDER_GONE.format(pupil.folder)
    pupil.folder.with_name("aside").rename(pupil.folder)
    pupil.presenter.open()
    assert len(pupil.state.backups) == had_backup
    assert (pupil.state.no_backups, pupil.state.message) == (NONE, "")


def test_a_copy_is_saved_looked_into_and_added(make, tmp_path):
    school, home = make("school"), make("home")
    school.answer(3)
    school.reviews.annotate("c01", AnnotationKind.NOTE, "Kirov?")
    school.presenter.save_copy(str(tmp_path / "mine"))
    file = tmp_path / "mine.stalinstudy"
    assert school.state.message == "A copy with 3 answers is saved as mine.stalinstudy."
    home.now.advance(minutes=30)
    home.presenter.look_into(file)
    shown = home.state.preview
    assert shown.title == "mine.stalinstudy"
    assert shown.lines == (
        "This copy would add 3 new answers and 1 note, from today at 09:01 to today at 09:03.",
    )
    assert (shown.agree, shown.is_found, home.count()) == ("Add them", False, 0)
    home.presenter.add()
    assert (home.state.preview, home.count()) == (None, 3)
    assert home.state.message == "3 answers and 1 note were added."
    assert home.state.backups[0].words.startswith("Made before a copy was added")


def test_adding_can_be_left(make, tmp_path):
    school, home = make("school"), make("home")
    school.answer(1)
    home.presenter.look_into(school.save_copy(tmp_path / "a.stalinstudy"))
    home.presenter.cancel()
    home.presenter.add()
    assert (home.state.preview, home.count(), home.state.message) == (None, 0, "")


def test_what_is_here_already_is_not_added(pupil, tmp_path):
    pupil.answer(2)
    pupil.presenter.look_into(pupil.save_copy(tmp_path / "a.stalinstudy"))
    shown = pupil.state.preview
    assert (shown.lines, shown.agree) == (("Everything in this copy is here already.",), "")
    pupil.presenter.add()
    assert pupil.state.preview == shown


def test_copies_beside_the_progress_are_found_and_put_away(make, tmp_path):
    school, home = make("school"), make("home")
    school.answer(2)
    name = "progress (Mia's conflicted copy 2026-11-24).sqlite3"
    beside = home.folder / name
    beside.write_bytes((school.folder / "progress.sqlite3").read_bytes())
    os.utime(beside, (AT.timestamp(), (AT - timedelta(days=8)).timestamp()))
    home.presenter.open()
    [copy] = home.state.copies
    assert (copy.file, copy.name) == (beside, name)
    assert copy.words == "Changed Tuesday 17 November at 09:00"
    home.presenter.look_into(copy.file)
    assert (home.state.preview.is_found, home.state.preview.agree) == (True, "Add them")
    home.presenter.add()
    assert (home.count(), home.state.copies, beside.exists()) == (2, (), False)


def test_a_found_copy_without_anything_new_can_be_put_away(pupil):
    pupil.answer(2)
    beside = pupil.save_copy(pupil.folder / "old.stalinstudy")
    pupil.presenter.look_into(beside)
    assert pupil.state.preview.agree == "Put it away"
    pupil.presenter.add()
    assert (pupil.state.message, pupil.state.copies) == (PUT_AWAY, ())
    assert (pupil.count(), beside.exists()) == (2, False)
    assert [one.name for one in (pupil.folder / "backups").glob("added-*")] == [
        "added-old.stalinstudy"
    ]


@pytest.mark.logs_warnings
@pytest.mark.parametrize(
    ("content", "problem"), [(b"Dear diary", NOT_OURS), (b"SQLite format 3\0", NOT_OURS)]
)
def test_what_a_service_left_and_is_no_use_can_be_put_away(pupil, content, problem):
    pupil.answer(2)
    beside = pupil.folder / "progress (Mia's conflicted copy).sqlite3"
    beside.write_bytes(content)
    pupil.presenter.open()
    pupil.presenter.look_into(beside)
    shown = pupil.state.preview
    assert (shown.lines, shown.agree, shown.is_found) == ((problem, CAN_GO), "Put it away", True)
    pupil.presenter.cancel()
    pupil.presenter.add()
    assert (beside.exists(), len(pupil.state.copies)) == (True, 1)
    pupil.presenter.look_into(beside)
    pupil.presenter.add()
    assert (beside.exists(), pupil.state.copies, pupil.state.preview) == (False, (), None)
    assert (
        pupil.state.message == f"“{beside.name}” is put away among the backups. Nothing was added."
    )
    [kept] = (pupil.folder / "backups").glob("unread-*")
    assert (kept.read_bytes(), pupil.count()) == (content, 2)


@pytest.mark.logs_warnings
def test_what_cannot_be_put_away_is_told(pupil):
    beside = pupil.folder / "progress (1).sqlite3"
    beside.write_bytes(b"Dear diary")
    (pupil.folder / "backups").write_text("in the way")
    pupil.presenter.open()
    pupil.presenter.look_into(beside)
    pupil.presenter.add()
    assert (pupil.state.message, pupil.state.is_problem) == (NOT_PUT_AWAY, True)
    assert beside.exists()


@pytest.mark.logs_warnings
def test_a_file_of_something_else_is_refused_in_one_sentence(pupil, tmp_path):
    other = tmp_path / "holiday.jpg"
    other.write_bytes(b"\xff\xd8 a picture")
    pupil.presenter.look_into(other)
    assert (pupil.state.message, pupil.state.is_problem) == (NOT_OURS, True)
    assert (pupil.state.preview, pupil.state.doing) == (None, "")
    pupil.presenter.open()
    assert (pupil.state.message, pupil.state.is_problem) == ("", False)


@pytest.mark.logs_warnings
def test_what_cannot_be_listed_is_told(make, monkeypatch):
    pupil = make()

    def refuse(*_):
        raise StoreProblem(LOOK_ONLY)

    pupil.answer(1)
    monkeypatch.setattr(Safekeeping, "look_around", refuse)
    pupil.presenter.open()
    assert (pupil.state.copies, pupil.state.message) == ((), LOOK_ONLY)
    assert pupil.state.is_problem


def test_no_file_chosen_changes_nothing(pupil):
    before = pupil.state
    pupil.presenter.save_copy("")
    pupil.presenter.look_into("")
    assert (pupil.state, pupil.states) == (before, [])


def test_one_thing_goes_on_at_a_time(make, tmp_path):
    school, home = make("school"), make("home", ManualJobs())
    home.jobs.drain()
    school.answer(1)
    file = school.save_copy(tmp_path / "a.stalinstudy")
    home.presenter.look_into(file)
    assert home.state.doing == READING
    waiting = home.jobs.waiting
    home.presenter.back_up()
    home.presenter.save_copy(str(tmp_path / "b"))
    home.presenter.add()
    home.presenter.cancel()
    assert (home.state.doing, home.jobs.waiting) == (READING, waiting)
    home.jobs.drain()
    assert (home.state.doing, home.state.preview.agree) == ("", "Add them")
    home.presenter.add()
    assert (home.state.doing, home.state.preview) == (ADDING, None)
    home.presenter.open()  # closed and opened again meanwhile
    assert home.state.doing == ADDING
    home.jobs.drain()
    assert (home.state.doing, home.state.message) == ("", "1 answer was added.")


NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 25, 16, 40, tzinfo=UTC), "today at 16:40"),
        (datetime(2026, 11, 24, 23, 59, tzinfo=UTC), "yesterday at 23:59"),
        (datetime(2026, 11, 17, 8, 12, tzinfo=UTC), "Tuesday 17 November at 08:12"),
        (datetime(2026, 6, 1, 8, 12, tzinfo=UTC), "Monday 1 June at 09:12"),  # British summer time
        (datetime(2025, 12, 31, 8, 0, tzinfo=UTC), "Wednesday 31 December 2025 at 08:00"),
        (datetime(2026, 11, 26, 8, 0, tzinfo=UTC), "Thursday 26 November at 08:00"),
        (datetime(2027, 1, 1, 8, 0, tzinfo=UTC), "Friday 1 January 2027 at 08:00"),
    ],
)
def test_times_are_told_as_people_say_them(at, words):
    assert moment(at, NOON) == words
    assert first_upper(words)[1:] == words[1:]
    assert first_upper(words)[0].isupper()


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_a_time_names_one_minute(at):
    words = moment(at, NOON)
    assert words.endswith(f"at {at.astimezone():%H:%M}")
    assert moment(at + timedelta(days=1), NOON) != words


@pytest.mark.parametrize(
    ("present", "then", "words"),
    [
        (1250, 1204, "You would go back from 1,250 answers to 1,204."),
        (1, 0, "You would go back from 1 answer to 0."),
        (1204, 1204, "This backup holds as many answers as you have now, 1,204."),
        (None, 7, "You would go back to 7 answers."),
    ],
)
def test_going_back_says_what_would_change(present, then, words):
    assert going_back(present, then) == f"{words} What you have now is kept as a backup."


def test_only_a_big_file_tells_its_size():
    contents = BackupContents(0, None, None, 0, 0, 0)
    assert backup_words("daily", contents, 9_999_999, NOON) == "Made by itself · 0 answers"
    assert backup_words("new-kind", contents, 34_400_000, NOON) == "0 answers · 34 MB"
    assert (size_words(0), size_words(1_200_000_000)) == ("", "1,200 MB")


def test_a_preview_tells_what_is_odd_about_a_copy():
    told = Comparison(37, 412, 0, 2, 1, NOON - timedelta(days=8), NOON)
    assert adding(told, 3, NOON) == (
        "This copy would add 37 new answers, from Tuesday 17 November at 12:00 to today at 12:00.",
        "412 answers in it are here already.",
        "1 answer would be kept for cards that are not in this deck.",
        "2 answers are dated in the future: check the clock of the computer where the copy was"
        " made.",
        "3 answers or notes in it cannot be read and would be left out.",
    )
    only_notes = Comparison(0, 1, 1, 0, 0, None, None, marks=1)
    assert adding(only_notes, 0, NOON) == (
        "This copy would add 1 note and 1 mark.",
        "1 answer in it is here already.",
    )
