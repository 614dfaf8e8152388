"""Who uses this: what is listed, asked and told of several pupils at one computer."""

from pathlib import Path

import pytest

from fakes import InlineJobs, ManualJobs
from stalin_study.presenters.profiles import (
    REMOVED,
    SAVING,
    SWITCHING,
    ProfileLine,
    ProfilesPresenter,
)
from stalin_study.services.profiles import NO_NAME, Profiles
from stalin_study.services.store_problems import UNEXPECTED, StoreProblem


class Refusing(Profiles):
    """The real ones, until they are told to refuse."""

    problem: Exception | None = None

    def _save(self, known) -> None:
        if self.problem is not None:
            raise self.problem
        super()._save(known)


class Desk:
    """The presenter over the profiles of a folder."""

    def __init__(self, folder: Path, *names: str, jobs=None) -> None:
        self.profiles = Refusing(folder)
        for name in names:
            self.profiles.add(name)
        self.presenter = ProfilesPresenter(self.profiles, jobs or InlineJobs())
        self.states, self.chosen = [], []
        self.presenter.state_changed.connect(self.states.append)
        self.presenter.profile_chosen.connect(self.chosen.append)
        self.presenter.open()

    @property
    def state(self):
        return self.presenter.state

    @property
    def names(self):
        return [line.name for line in self.state.lines]


@pytest.fixture
def desk(tmp_path, qapp):
    return Desk(tmp_path, "Mia", "Zoë")


def test_alone_nobody_is_named(tmp_path, qapp):
    state = Desk(tmp_path).state
    assert state.lines == (ProfileLine("first", "Me", is_current=True),)
    assert (state.is_in_use, state.current_name) == (False, "")


def test_the_first_and_the_one_that_studies_cannot_be_removed(desk):
    desk.presenter.choose("mia")
    assert desk.state.lines == (
        ProfileLine("first", "Me"),
        ProfileLine("mia", "Mia", is_current=True),
        ProfileLine("zoe", "Zoë", can_remove=True),
    )
    for kept in ("first", "mia", "nobody"):
        desk.presenter.ask_to_remove(kept)
        assert desk.state.removing is None
    assert desk.state.current_name == "Mia"


def test_another_pupil_is_added(tmp_path, qapp):
    desk = Desk(tmp_path)
    desk.presenter.add("Mia")
    assert desk.names == ["Me", "Mia"]
    assert desk.state.message == "Mia can study here now, with progress of their own."
    assert desk.state.is_in_use
    desk.presenter.open()
    assert desk.state.message == ""


def test_a_name_that_will_not_do_is_told_and_can_be_put_right(desk):
    desk.presenter.add(" ")
    assert (desk.state.problem, desk.state.doing) == (NO_NAME, "")
    desk.presenter.ask_to_rename("mia")
    assert (desk.state.renaming, desk.state.problem) == ("mia", "")
    desk.presenter.rename("")
    assert (desk.state.renaming, desk.state.problem) == ("mia", NO_NAME)
    desk.presenter.rename("Maya")
    assert (desk.state.renaming, desk.state.problem) == (None, "")
    assert desk.names == ["Me", "Maya", "Zoë"]
    assert desk.state.message == "The new name is saved."


def test_removing_is_asked_and_puts_progress_aside(desk):
    folder = desk.profiles.folder_of("mia")
    folder.mkdir(parents=True)
    desk.presenter.ask_to_remove("mia")
    assert desk.state.question == (
        "Remove Mia? The progress would be put aside in the folder “profiles”, not deleted, and"
        " could be brought back."
    )
    assert desk.names == ["Me", "Mia", "Zoë"]
    desk.presenter.remove()
    assert desk.names == ["Me", "Zoë"]
    [aside] = folder.parent.iterdir()
    place = f"profiles/{aside.name}"
    assert desk.state.message == REMOVED.format(name="Mia", place=place)
    assert (desk.state.removing, desk.state.question) == (None, "")


def test_who_never_studied_has_nothing_to_put_aside(desk):
    desk.presenter.ask_to_remove("zoe")
    desk.presenter.remove()
    assert (desk.names, desk.state.message) == (["Me", "Mia"], "Zoë is removed.")


def test_what_is_asked_can_be_left(desk):
    desk.presenter.ask_to_remove("mia")
    desk.presenter.ask_to_rename("zoe")
    assert (desk.state.removing, desk.state.question, desk.state.renaming) == (
        None,
        "",
        "zoe",
    )
    desk.presenter.cancel()
    desk.presenter.rename("Nobody")
    desk.presenter.remove()
    assert (desk.state.renaming, desk.names) == (None, ["Me", "Mia", "Zoë"])


def test_another_pupil_is_chosen_once_it_is_saved(tmp_path, qapp):
    jobs = ManualJobs()
    desk = Desk(tmp_path, "Mia", jobs=jobs)
    desk.presenter.choose("mia")
    assert (desk.state.doing, desk.chosen) == (SWITCHING, [])
    desk.presenter.choose("first")
    desk.presenter.add("Zoë")
    desk.presenter.ask_to_rename("mia")
    desk.presenter.cancel()
    assert (jobs.waiting, desk.state.doing, desk.state.renaming) == (1, SWITCHING, None)
    jobs.drain()
    assert (desk.chosen, desk.state.doing, desk.state.current_name) == (["mia"], "", "Mia")


def test_the_one_that_studies_already_is_not_chosen_anew(desk):
    desk.presenter.choose("first")
    desk.presenter.choose("nobody")
    assert (desk.chosen, desk.states) == ([], [])


def test_a_folder_that_cannot_be_written_is_told(desk):
    told = "Nothing can be saved there."
    desk.profiles.problem = StoreProblem(told)
    desk.presenter.ask_to_remove("mia")
    desk.presenter.remove()
    assert (desk.state.message, desk.state.is_problem, desk.state.removing) == (told, True, "mia")
    desk.presenter.cancel()
    desk.presenter.choose("zoe")
    assert (desk.state.message, desk.state.is_problem, desk.chosen) == (told, True, [])
    desk.presenter.open()
    assert (desk.state.message, desk.state.is_problem) == ("", False)


@pytest.mark.logs_warnings
def test_what_nobody_thought_of_is_told_and_logged(desk):
    desk.profiles.problem = ZeroDivisionError()
    desk.presenter.add("Ben")
    assert (desk.state.problem, desk.state.doing) == (UNEXPECTED, "")


def test_a_state_is_told_once(tmp_path, qapp):
    jobs = ManualJobs()
    desk = Desk(tmp_path, jobs=jobs)
    desk.presenter.add("Mia")
    desk.presenter.open()  # opened again meanwhile
    assert [state.doing for state in desk.states] == [SAVING]
    jobs.drain()
    assert [state.doing for state in desk.states] == [SAVING, ""]
