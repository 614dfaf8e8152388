"""The session that is going on, in its file."""

from __future__ import annotations

import json
import os
import random

import msgspec
import pytest

from fakes import InlineJobs, ManualJobs
from stalin_study.domain.self_test.choosing import Asked, How, askable, way_of
from stalin_study.domain.self_test.judging import judge
from stalin_study.domain.self_test.making import make_matches, make_task
from stalin_study.domain.self_test.session import SelfTest, advance, answer, hand_in
from stalin_study.domain.self_test.tasks import Answer
from stalin_study.paths import find_paths
from stalin_study.services import session_file
from stalin_study.services.library import load_deck
from stalin_study.services.session_file import FILE, VERSION, SavedSession, SessionFile

DECK = load_deck(find_paths().deck).deck


def tasks_of(how, count=2):
    rng = random.Random(1)
    if how is How.MATCH:
        return make_matches(DECK, DECK.cards[:4], count, rng)
    asked: list[Asked] = askable(DECK.cards, how)[:count]
    return tuple(make_task(one, way_of(how, one.card, one.subject, None), rng) for one in asked)


def saved(name="id-1", how=How.TYPED, draft=""):
    return SavedSession(name, SelfTest(tasks_of(how)), draft)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "data"
    made.mkdir()
    return made


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("how", list(How))
def test_a_session_comes_back_as_it_was_saved(folder, how):
    kept = saved(how=how, draft="Die Zoë’s 👩‍🎓\n\x00 ‮draft")
    SessionFile(folder, InlineJobs()).save(kept)
    assert SessionFile(folder, InlineJobs()).load() == kept
    assert names(folder) == [FILE]


def test_answers_and_what_was_written_come_back_too(folder):
    typed, blurt = tasks_of(How.TYPED, 1)[0], tasks_of(How.BLURT, 1)[0]
    given = Answer(text="no idea")
    session = answer(SelfTest((typed, blurt)), given, judge(typed, given, wrong), 4200)
    session = hand_in(advance(session), Answer(text="All of it."))
    kept = SavedSession("id-2", session, "All of it.")
    SessionFile(folder, InlineJobs()).save(kept)
    found = SessionFile(folder, InlineJobs()).load()
    assert found == kept
    assert (found.session.phase, found.session.done[0].took_ms) == ("self_marking", 4200)


def wrong(question, text):
    from stalin_study.domain.marking import mark

    return mark(question, text, {})


def test_without_a_file_there_is_no_session_and_none_is_made(folder):
    assert SessionFile(folder, InlineJobs()).load() is None
    assert names(folder) == []


def test_a_session_that_has_ended_is_forgotten(folder):
    file = SessionFile(folder, InlineJobs())
    file.clear()
    file.save(saved())
    file.clear()
    file.clear()
    assert file.load() is None
    assert names(folder) == []
    assert SessionFile(folder, InlineJobs()).load() is None


def test_the_last_one_takes_the_place_of_those_before(folder):
    file = SessionFile(folder, InlineJobs())
    for name in ("id-1", "id-2", "id-3"):
        file.save(saved(name))
    assert SessionFile(folder, InlineJobs()).load().session_id == "id-3"


def test_while_one_waits_the_last_one_goes_along_and_is_the_one_to_load(folder):
    jobs = ManualJobs()
    file = SessionFile(folder, jobs)
    for name in ("id-1", "id-2", "id-3"):
        file.save(saved(name))
    assert jobs.waiting == 1
    assert file.load().session_id == "id-3"
    assert SessionFile(folder, jobs).load() is None
    assert jobs.drain() == 1
    assert SessionFile(folder, jobs).load().session_id == "id-3"


@pytest.mark.parametrize("is_cleared", [True, False])
def test_clear_and_save_while_waiting(folder, is_cleared):
    jobs = ManualJobs()
    file = SessionFile(folder, jobs)
    file.save(saved("id-1"))
    jobs.drain()
    acts = [lambda: file.save(saved("id-2")), file.clear]
    for act in acts if is_cleared else acts[::-1]:
        act()
    expected = None if is_cleared else saved("id-2")
    assert file.load() == expected
    assert jobs.drain() == 1
    assert file.load() == expected
    assert SessionFile(folder, jobs).load() == expected


def test_while_one_is_being_written_it_is_the_one_to_load(folder, monkeypatch):
    file = SessionFile(folder, InlineJobs())
    file.save(saved("id-1"))
    found = []
    # In the middle of writing, as another thread would find it.
    monkeypatch.setattr(os, "fsync", lambda _: found.append(file.load()))
    file.save(saved("id-2"))
    assert [one.session_id for one in found] == ["id-2"]


def test_a_save_that_comes_while_one_is_written_is_written_next(folder, monkeypatch):
    jobs = ManualJobs()
    file = SessionFile(folder, jobs)
    later = [saved("id-2")]
    monkeypatch.setattr(os, "fsync", lambda _: later and file.save(later.pop()))
    file.save(saved("id-1"))
    jobs.run_next()
    assert SessionFile(folder, jobs).load().session_id == "id-1"
    assert jobs.drain() == 1
    assert SessionFile(folder, jobs).load().session_id == "id-2"


# Faults


def test_a_folder_that_cannot_be_written_loses_no_more_than_the_session(folder):
    folder.rmdir()
    folder.write_text("a file where the folder should be", encoding="utf-8")
    jobs = InlineJobs()
    file = SessionFile(folder, jobs)
    assert file.load() is None
    file.save(saved())
    file.clear()
    assert file.load() is None
    folder.unlink()
    folder.mkdir(exist_ok=True)
    file.save(saved("id-9"))
    assert SessionFile(folder, jobs).load().session_id == "id-9"


def test_in_this_run_a_session_that_could_not_be_saved_can_still_be_gone_on_with(folder):
    folder.rmdir()
    folder.write_text("a file where the folder should be", encoding="utf-8")
    file = SessionFile(folder, InlineJobs())
    file.save(saved("id-1"))
    assert file.load().session_id == "id-1"


def test_a_write_that_breaks_off_leaves_the_old_one(folder, monkeypatch):
    file = SessionFile(folder, InlineJobs())
    file.save(saved("id-1"))

    def fail(_):
        raise OSError("No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fail)
        file.save(saved("id-2"))
    assert SessionFile(folder, InlineJobs()).load().session_id == "id-1"
    file.save(saved("id-3"))
    assert names(folder) == [FILE]
    assert SessionFile(folder, InlineJobs()).load().session_id == "id-3"


@pytest.mark.parametrize("act", ["save", "clear"])
def test_what_a_crash_left_half_written_goes_with_the_next_write(folder, act):
    folder.mkdir(exist_ok=True)
    (folder / f"{FILE}.new").write_bytes(b'{"session_id": "id-1", "ses')
    file = SessionFile(folder, InlineJobs())
    assert file.load() is None
    file.save(saved()) if act == "save" else file.clear()
    assert names(folder) == ([FILE] if act == "save" else [])


def good():
    return msgspec.json.decode(msgspec.json.encode(saved()))


def changed_json(**changes):
    return json.dumps(good() | changes).encode()


BAD = {
    "empty": b"",
    "no JSON": b"{",
    "half": msgspec.json.encode(saved())[:-200],
    "a list": b"[]",
    "null": b"null",
    "no UTF-8": b"\xff" * 50,
    "deep": b"[" * 100_000,
    "NUL": b"\x00" * 4096,
    "a number for the id": changed_json(session_id=5),
    "no session": changed_json(session=None),
    "no queue": changed_json(session={}),
    "another way": changed_json(
        session={"queue": [good()["session"]["queue"][0] | {"way": "telepathy"}]}
    ),
    "no such body": changed_json(
        session={"queue": [good()["session"]["queue"][0] | {"body": {"type": "Dancing"}}]}
    ),
    "newer": changed_json(version=VERSION + 1),
    "older": changed_json(version=0),
    "newer in another shape": changed_json(version=VERSION + 1, session="elsewhere"),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_what_makes_no_sense_is_no_session_and_stays_until_the_next(folder, content):
    folder.mkdir(exist_ok=True)
    (folder / FILE).write_bytes(content)
    file = SessionFile(folder, InlineJobs())
    assert file.load() is None
    assert (folder / FILE).read_bytes() == content
    file.save(saved("id-2"))
    assert SessionFile(folder, InlineJobs()).load().session_id == "id-2"


def test_fields_that_a_later_version_added_are_left_out(folder):
    folder.mkdir(exist_ok=True)
    (folder / FILE).write_bytes(changed_json(mood="bright"))
    assert SessionFile(folder, InlineJobs()).load() == saved()


@pytest.mark.parametrize("extra", [0, 1])
def test_a_file_over_the_limit_is_not_read(folder, monkeypatch, extra):
    folder.mkdir(exist_ok=True)
    content = msgspec.json.encode(saved())
    (folder / FILE).write_bytes(content + b" " * extra)
    monkeypatch.setattr(session_file, "_MOST_BYTES", len(content))
    found = SessionFile(folder, InlineJobs()).load()
    assert found == (None if extra else saved())


def test_a_folder_where_the_file_should_be(folder):
    (folder / FILE).mkdir(parents=True)
    file = SessionFile(folder, InlineJobs())
    assert file.load() is None
    file.save(saved())
    file.clear()
    assert (folder / FILE).is_dir()
