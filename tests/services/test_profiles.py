"""Several pupils: any name, a folder of their own, nothing ever deleted."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stalin_study.services.folder_claim import FolderClaim
from stalin_study.services.profiles import (
    FILE,
    FIRST,
    FOLDER,
    GONE,
    IS_OPEN,
    LAST_ONE,
    LONGEST_NAME,
    NO_NAME,
    NOT_SAVED,
    Profiles,
)
from stalin_study.services.store_problems import StoreProblem


def test_off_until_asked_for(tmp_path):
    profiles = Profiles(tmp_path)
    assert not profiles.is_in_use
    assert (profiles.current, profiles.folder) == (FIRST, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_second_pupil_has_a_folder_of_their_own(tmp_path):
    profiles = Profiles(tmp_path)
    mia = profiles.add("  Mia   O’Neill ")
    profiles.rename(FIRST, "Zoë")
    profiles.choose(mia.id)
    again = Profiles(tmp_path)
    assert [one.name for one in again.all] == ["Zoë", "Mia O’Neill"]
    assert again.is_in_use
    assert again.folder == tmp_path / FOLDER / "mia-oneill"
    with pytest.raises(StoreProblem, match=GONE):
        again.choose("nobody")
    assert again.current == mia.id


@pytest.mark.parametrize("name", ["", "   ", "\n\t", "\u200b\u202e"])
def test_a_name_is_needed(tmp_path, name):
    with pytest.raises(StoreProblem) as problem:
        Profiles(tmp_path).add(name)
    assert str(problem.value) == NO_NAME


@settings(suppress_health_check=list(HealthCheck), max_examples=80)
@given(st.text(min_size=1, max_size=300))
def test_any_name_makes_a_harmless_folder(tmp_path_factory, name):
    root = tmp_path_factory.mktemp("names")
    profiles = Profiles(root)
    try:
        made = profiles.add(name)
    except StoreProblem:
        return
    folder = profiles.folder_of(made.id)
    assert folder.parent == root / FOLDER
    assert len(made.name) <= LONGEST_NAME
    folder.mkdir(parents=True)
    assert Profiles(root).all == profiles.all


@pytest.mark.parametrize("name", ["../../etc", "a/b\\c", "CON", "nul.", "🎓🎓", "x" * 300, "first"])
def test_names_that_are_no_folder_names(tmp_path, name):
    profiles = Profiles(tmp_path)
    folder = profiles.folder_of(profiles.add(name).id)
    folder.mkdir(parents=True)
    assert folder.parent == tmp_path / FOLDER
    assert folder.name not in {"con", "nul", "first", ".."}


def test_no_two_have_one_name_or_folder(tmp_path):
    profiles = Profiles(tmp_path)
    first = profiles.add("Mia")
    with pytest.raises(StoreProblem, match="There is a MIA already"):
        profiles.add("MIA")
    assert profiles.add("Mía!").id != first.id


def test_one_that_is_removed_is_put_aside(tmp_path):
    profiles = Profiles(tmp_path)
    mia = profiles.add("Mia")
    profiles.choose(mia.id)
    profiles.folder.mkdir(parents=True)
    (profiles.folder / "progress.sqlite3").write_text("hers")
    aside = profiles.remove(mia.id)
    assert (aside / "progress.sqlite3").read_text() == "hers"
    assert (profiles.current, profiles.is_in_use) == (FIRST, False)
    with pytest.raises(StoreProblem, match=LAST_ONE):
        profiles.remove(FIRST)


def test_one_that_is_open_is_not_removed(tmp_path, qapp):
    profiles = Profiles(tmp_path)
    mia = profiles.add("Mia")
    folder = profiles.folder_of(mia.id)
    claim = FolderClaim(folder)
    assert claim.claim().outcome == "ours"
    (folder / "progress.sqlite3").write_text("hers")
    with pytest.raises(StoreProblem) as problem:
        profiles.remove(mia.id)
    assert str(problem.value) == IS_OPEN.format(name="Mia")
    assert (folder / "progress.sqlite3").exists()
    assert Profiles(tmp_path).is_in_use
    claim.release()
    assert (profiles.remove(mia.id) / "progress.sqlite3").exists()


def test_two_windows_do_not_undo_what_the_other_one_did(tmp_path):
    one, other = Profiles(tmp_path), Profiles(tmp_path)
    mia = one.add("Mia")
    tom = other.add("Tom")
    other.choose(tom.id)
    one.rename(mia.id, "Mia O.")
    one.remove(tom.id)
    assert [pupil.name for pupil in Profiles(tmp_path).all] == ["Me", "Mia O."]
    assert one.current == FIRST
    with pytest.raises(StoreProblem, match=GONE):
        other.choose(tom.id)


@pytest.mark.logs_warnings
@pytest.mark.parametrize("content", [b"no json", b"[]", b"\xff", b" " * 200_000])
def test_a_damaged_file_finds_the_folders(tmp_path, content):
    made = Profiles(tmp_path).add("Mia")
    (tmp_path / FOLDER / made.id).mkdir(parents=True)
    (tmp_path / FOLDER / "removed-tom-20261125-090000").mkdir()
    (tmp_path / FILE).write_bytes(content)
    assert [one.name for one in Profiles(tmp_path).all] == ["Me", "Mia"]


def test_a_forged_id_leads_nowhere(tmp_path):
    (tmp_path / FILE).write_text(
        '{"profiles": [{"id": "../..", "name": "Eve"}], "current": "../.."}'
    )
    profiles = Profiles(tmp_path)
    assert [one.id for one in profiles.all] == [FIRST]
    assert profiles.folder == tmp_path


@pytest.mark.logs_warnings
def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    profiles = Profiles(tmp_path / "file")
    with pytest.raises(StoreProblem) as problem:
        profiles.add("Mia")
    assert str(problem.value) == NOT_SAVED
    assert not profiles.is_in_use


@pytest.mark.logs_warnings
def test_names_of_a_damaged_file_are_kept_when_another_is_written(tmp_path):
    Profiles(tmp_path).add("Mia")
    (tmp_path / FILE).write_bytes(b'{"profiles": [{"id": "mia", "name": "Mia O')
    found = Profiles(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    found.add("Tom")
    found.add("Zoë")
    [aside] = tmp_path.glob("profiles-damaged-*.json")
    assert b"Mia O" in aside.read_bytes()
    assert [one.name for one in Profiles(tmp_path).all] == ["Me", "Tom", "Zoë"]


@pytest.mark.logs_warnings
def test_a_file_out_of_reach_is_not_written_over(tmp_path):
    (tmp_path / FILE).mkdir()
    profiles = Profiles(tmp_path)
    with pytest.raises(StoreProblem) as problem:
        profiles.add("Mia")
    assert str(problem.value) == NOT_SAVED
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_file_that_is_gone_finds_the_folders(tmp_path):
    made = Profiles(tmp_path).add("Mia")
    (tmp_path / FOLDER / made.id).mkdir(parents=True)
    for other in (".hidden", "Not ours", FIRST):
        (tmp_path / FOLDER / other).mkdir()
    (tmp_path / FILE).unlink()
    assert [one.id for one in Profiles(tmp_path).all] == [FIRST, "mia"]


def test_a_name_like_a_removed_one_is_found_again(tmp_path):
    made = Profiles(tmp_path).add("Removed Ron")
    (tmp_path / FOLDER / made.id).mkdir(parents=True)
    (tmp_path / FILE).unlink()
    assert [one.id for one in Profiles(tmp_path).all] == [FIRST, made.id]


@pytest.mark.logs_warnings
def test_one_that_cannot_be_removed_stays(tmp_path):
    profiles = Profiles(tmp_path)
    mia = profiles.add("Mia")
    (tmp_path / FOLDER / mia.id).mkdir(parents=True)
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()
    with pytest.raises(StoreProblem, match="could not be saved"):
        profiles.remove(mia.id)
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == [mia.id]
    assert profiles.all[-1] == mia


@pytest.mark.parametrize("stranger", ["..", "../..", "nobody", ""])
def test_who_is_not_known_is_neither_removed_nor_renamed(tmp_path, stranger):
    root = tmp_path / "root"
    (root / FOLDER).mkdir(parents=True)
    profiles = Profiles(root)
    for act in (profiles.remove, lambda one: profiles.rename(one, "Eve")):
        with pytest.raises(StoreProblem) as problem:
            act(stranger)
        assert str(problem.value) == GONE
    assert [path.name for path in tmp_path.rglob("*")] == ["root", FOLDER]


def test_one_name_written_in_two_ways_is_one_name(tmp_path):
    profiles = Profiles(tmp_path)
    profiles.add("Zoe\u0308")
    with pytest.raises(StoreProblem, match="There is a Zoë already"):
        profiles.add("Zo\u00eb")


def test_names_of_a_forged_file_fit_on_the_screen(tmp_path):
    (tmp_path / FILE).write_text(
        '{"profiles": [{"id": "eve", "name": "E\\u202eve' + "x" * 90 + '"},'
        ' {"id": "bob", "name": " "}, {"id": "bob", "name": "Bob"}]}'
    )
    first, eve, bob = Profiles(tmp_path).all
    assert (first.id, bob.name) == (FIRST, "Bob")
    assert eve.name.startswith("E vex")
    assert len(eve.name) == LONGEST_NAME


def test_removing_the_same_name_again_in_one_second_keeps_both(tmp_path):
    profiles = Profiles(tmp_path)
    kept = set()
    for _ in range(3):
        made = profiles.add("Mia")
        (tmp_path / FOLDER / made.id).mkdir(parents=True)
        kept.add(profiles.remove(made.id))
    assert len(kept) == 3
    assert all(folder.is_dir() for folder in kept)
