import pytest

from fakes import InlineJobs, ManualJobs
from stalin_study.services.listening_places import FILE, MOST_PLACES, KeptPlace, ListeningPlaces

HERE = KeptPlace("card:a", "p1", 12)


def test_places_are_there_in_the_next_run(tmp_path):
    (tmp_path / "data").mkdir()
    places = ListeningPlaces(tmp_path / "data", InlineJobs())
    assert places.latest is None
    places.keep("deck", HERE)
    places.keep("people", KeptPlace("person:x", "name", 0))
    again = ListeningPlaces(tmp_path / "data", InlineJobs())
    assert again.place("deck") == HERE
    assert again.latest == ("people", KeptPlace("person:x", "name", 0))
    again.keep("people", None)
    assert again.latest == ("deck", HERE)
    assert ListeningPlaces(tmp_path / "data", InlineJobs()).place("people") is None


def test_one_save_takes_all_that_waits(tmp_path):
    jobs = ManualJobs()
    places = ListeningPlaces(tmp_path, jobs)
    for offset in range(5):
        places.keep("deck", KeptPlace("card:a", "p1", offset))
    assert jobs.drain() == 1
    kept = ListeningPlaces(tmp_path, jobs).place("deck")
    assert kept is not None
    assert kept.offset == 4


def test_it_does_not_grow_for_ever(tmp_path):
    places = ListeningPlaces(tmp_path, InlineJobs())
    for number in range(MOST_PLACES + 5):
        places.keep(f"card:{number}", HERE)
    assert places.place("card:4") is None
    assert places.place("card:5") == HERE


@pytest.mark.parametrize(
    "content", [b"", b"{", b"null", b'{"version": 2, "places": {}}', b"[" * 100_000]
)
def test_what_makes_no_sense_is_forgotten(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)
    places = ListeningPlaces(tmp_path, InlineJobs())
    assert places.place("deck") is None
    places.keep("deck", HERE)
    assert ListeningPlaces(tmp_path, InlineJobs()).place("deck") == HERE


def test_where_nothing_can_be_saved_it_holds_for_this_run(tmp_path):
    (tmp_path / "file").write_text("in the way")
    places = ListeningPlaces(tmp_path / "file", InlineJobs())
    places.keep("deck", HERE)
    assert places.place("deck") == HERE
