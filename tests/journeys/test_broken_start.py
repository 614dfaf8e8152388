"""The app opens whatever lies where its files should be, and says in a sentence what is wrong."""

from __future__ import annotations

import json
import logging
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from ruins import KINDS, ruin
from stalin_study.app import NO_DECK, NO_OTHER_DECK
from stalin_study.domain.review_log import Rating, Way
from stalin_study.paths import find_paths
from stalin_study.policy_file import find_policy
from stalin_study.services.deck_cache import DeckCache
from stalin_study.services.folder_claim import FILE as LOCK
from stalin_study.services.folder_claim import FolderClaim
from stalin_study.services.library import load_deck
from stalin_study.services.listening_places import FILE as PLACES
from stalin_study.services.profiles import FILE as PROFILES
from stalin_study.services.profiles import UNREAD as NAMES_UNREAD
from stalin_study.services.profiles import Profiles
from stalin_study.services.session_file import FILE as SESSION
from stalin_study.services.session_file import UNREAD as SESSION_UNREAD
from stalin_study.services.settings_file import FILE as SETTINGS
from stalin_study.services.third_party import ThirdPartyShelf
from stalin_study.startup import LOG_FILE, start_log
from stalin_study.study_pages import end_welcome
from stalin_study.ui.dialogs.licences_dialog import NONE as NO_LICENCES
from stalin_study.ui.main_window import PAGES
from stalin_study.ui.pages.problem_page import ProblemPage
from stalin_study.ui.theme.appearance import DAMAGED
from study_window import TestApp, parsed_deck

OWN = find_paths()
SETTINGS_UNREAD = "Your settings could not be read, so the usual ones hold"
DECK_FILES = [
    "deck.toml",
    "1-struggle-for-power/topic.toml",
    "1-struggle-for-power/01-rivals-mistakes.toml",
    "people.toml",
    "terms.toml",
    "timeline.toml",
    "figures.toml",
    "claims.toml",
    "sources.toml",
    "lexicon.toml",
]
NOTHING_THERE = ("missing", "dangling link")  # which files that may be missing are not told of


@pytest.fixture
def paths(qapp, tmp_path):
    """Folders of the program and of a pupil that may be damaged."""
    for part in ("fonts", "icons", "themes", "licences"):
        shutil.copytree(OWN.resources / part, tmp_path / "resources" / part)
    made = replace(find_paths(tmp_path / "data"), resources=tmp_path / "resources")
    made.data.mkdir()
    (made.data / SETTINGS).write_text('{"is_welcomed": true, "exam_date": "2027-05-20"}')
    return made


@pytest.fixture
def with_deck(paths, tmp_path):
    """The same, with a deck that may be damaged."""
    cards = tmp_path / "cards"
    shutil.copytree(OWN.deck, cards / OWN.deck.name)
    return replace(paths, cards=cards, deck=cards / OWN.deck.name)


@pytest.fixture
def open_app(paths):
    opened: list[TestApp] = []

    def start(**more) -> TestApp:
        opened.append(TestApp(paths.data, welcomed=False, **{"paths": paths, **more}))
        opened[-1].show()
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def told(study: TestApp) -> list[str]:
    return study.window.banner.text.splitlines()


def use(study: TestApp) -> None:
    """Go through every page, and save an answer."""
    for segment in PAGES:
        study.window.show_page(segment.name)
    study.app.reviews.record("rivals-mistakes", Way.FLIP, Rating.GOOD)
    assert "rivals-mistakes" in study.app.reviews.memory_states


@pytest.mark.logs_warnings
@pytest.mark.parametrize("kind", KINDS)
def test_everything_at_once(open_app, paths, kind):
    of_the_program = [
        *(paths.resources / "themes").iterdir(),
        *(paths.resources / "fonts").glob("*.ttf"),
        *(paths.resources / "icons").glob("*.svg"),
        *(paths.resources / "licences").iterdir(),
    ]
    of_the_pupil = [paths.data / name for name in (SETTINGS, SESSION, PLACES, PROFILES)]
    for file in (*of_the_program, *of_the_pupil):
        ruin(file, kind)
    study = open_app()
    if study.window.page == "welcome":
        end_welcome(study.app)
    use(study)
    if kind in NOTHING_THERE:  # as at a first start
        assert told(study) == [DAMAGED]
    else:
        assert told(study)[0].startswith(SETTINGS_UNREAD)
        assert set(told(study)[1:]) == {DAMAGED, SESSION_UNREAD}
    study.app.dialogs.open_licences()
    study.app.settings.change(theme="dark")
    assert study.app.appearance.look.theme.is_dark
    study.close()
    again = open_app()
    assert again.app.settings.settings.theme == "dark"
    assert not [line for line in told(again) if line.startswith(SETTINGS_UNREAD)]


@pytest.mark.logs_warnings
@pytest.mark.parametrize(
    "where", ["themes/light.toml", "themes/style.qss", "fonts/lexend-regular.ttf", "icons/x.svg"]
)
def test_one_damaged_file_of_the_program_is_told_of_once(open_app, paths, where):
    ruin(paths.resources / where, "cut short")
    study = open_app()
    assert told(study) == [DAMAGED]
    use(study)
    assert told(study).count(DAMAGED) == 1


@pytest.mark.logs_warnings
@pytest.mark.parametrize("kind", ["missing", "empty", "dangling link", "link to itself", "pipe"])
@pytest.mark.parametrize("part", ["themes", "fonts", "icons", "licences", ""])
def test_a_folder_of_the_program_that_is_none(open_app, paths, part, kind, caplog):
    if kind not in KINDS:
        pytest.skip("not on this system")
    ruin(paths.resources / part if part else paths.resources, kind)
    study = open_app()
    assert told(study) == ([] if part == "licences" else [DAMAGED])
    study.app.dialogs.open_licences()
    if part in ("", "licences"):
        assert ThirdPartyShelf(paths.resources / "licences").parts() == ()
        assert NO_LICENCES.startswith("The list cannot be read.")
        logging.getLogger("stalin_study").warning("the mark of this test asks for one")


@pytest.mark.logs_warnings
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("where", DECK_FILES)
def test_a_file_of_the_deck(with_deck, where, kind):
    """Through `load_deck` alone, as the app has no more to do with it than the next test sees."""
    paths = with_deck
    _, content = parsed_deck(OWN.deck)
    ruin(paths.deck / where, kind)
    deck_cache = DeckCache(paths.cache, paths.deck)
    paths.cache.mkdir()
    deck_cache._file.write_bytes(content)
    loaded = load_deck(paths.deck, paths.cache)
    if where == "deck.toml":
        assert loaded.deck is None
    else:
        assert loaded.deck is not None
        assert len(loaded.deck.cards) >= 17
    may_miss = "/" not in where and (kind in NOTHING_THERE or kind == "empty")
    assert bool(loaded.problems) != (may_miss and where != "deck.toml")
    logging.getLogger("stalin_study").warning("the mark of this test asks for one")


@pytest.mark.logs_warnings
def test_part_of_the_deck_is_told_of(open_app, with_deck):
    ruin(with_deck.deck / DECK_FILES[2], "cut short")
    study = open_app(paths=with_deck)
    assert told(study) == [
        "Part of the deck could not be read (1 file), so some cards may be missing."
        " Ask whoever installed Stalin Study to install it again."
    ]
    assert len(study.app.deck.cards) == 19


@pytest.mark.logs_warnings
@pytest.mark.parametrize("kind", KINDS)
def test_without_a_deck_one_page_says_what_to_do(open_app, with_deck, kind):
    ruin(with_deck.deck, kind)
    study = open_app(paths=with_deck)
    assert isinstance(study.window.pages["cards"], ProblemPage)
    assert study.window.findChild(ProblemPage)._sentence.text() == NO_DECK
    assert not study.window.sidebar.search.isVisible()
    assert not study.window.header.segments.isVisible()
    study.app.dialogs.open_settings()
    study.app.dialogs.open_help(study.app.deck)
    study.app.settings.change(theme="dark")


@pytest.mark.logs_warnings
def test_a_deck_that_the_user_named_is_not_the_installer_s_fault(open_app, paths, tmp_path):
    study = open_app(paths=replace(paths, deck=tmp_path / "mine"))
    sentence = study.window.findChild(ProblemPage)._sentence.text()
    assert sentence == NO_OTHER_DECK.format(folder=tmp_path / "mine")


@pytest.mark.logs_warnings
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in NOTHING_THERE])
def test_names_of_pupils_that_cannot_be_read(open_app, paths, kind):
    Profiles(paths.data).add("Mia")
    (paths.data / "profiles" / "mia").mkdir(parents=True)
    ruin(paths.data / PROFILES, kind)
    profiles = Profiles(paths.data)
    assert [one.name for one in profiles.all] == ["Me", "Mia"]
    assert told(open_app(profiles=profiles)) == [NAMES_UNREAD]


@pytest.mark.logs_warnings
@pytest.mark.parametrize(
    ("name", "value"), [("theme", "pink"), ("exam_date", "0000-99-99"), ("text_percent", 1e99)]
)
def test_settings_that_make_no_sense_leave_the_others(open_app, paths, name, value):
    given = {"font": "atkinson", "is_welcomed": True, name: value}
    (paths.data / SETTINGS).write_text(json.dumps(given))
    study = open_app()
    assert told(study) == [
        "Some of your settings could not be read, so the usual ones hold in their place."
    ]
    assert study.app.settings.settings.font == "atkinson"


@pytest.mark.parametrize("kind", ["empty", "missing", "dangling link", "link to itself", "pipe"])
def test_a_cache_folder_that_is_none(open_app, paths, kind):
    if kind not in KINDS:
        pytest.skip("not on this system")
    ruin(paths.cache, kind)
    study = open_app()
    assert told(study) == []
    use(study)


@pytest.mark.parametrize("kind", KINDS)
def test_a_claim_that_makes_no_sense(tmp_path, kind):
    ruin(tmp_path / LOCK, kind)
    claim = FolderClaim(tmp_path)
    outcome = claim.claim().outcome
    claim.release()
    # A start of this very moment could have written something like it.
    may_be_one = ("empty", "cut short", "random", "zeros")
    assert (outcome == "ours") == (kind not in (*may_be_one, "folder"))
    assert (outcome == "here") == (kind in may_be_one) or kind == "folder"


@pytest.mark.parametrize("kind", KINDS)
def test_a_policy_that_makes_no_sense(tmp_path, kind):
    ruin(tmp_path / "policy.toml", kind)
    found = find_policy(None, {"STALIN_STUDY_POLICY": str(tmp_path / "policy.toml")})
    assert found.policy.choices == {}
    assert bool(found.problem) == (kind != "empty")


@pytest.mark.usefixtures("own_log")
class TestLog:
    @pytest.mark.parametrize("kind", KINDS)
    def test_it_is_written_where_it_can_be(self, tmp_path, kind):
        first, second = tmp_path / "data", tmp_path / "cache"
        first.mkdir()
        ruin(first / LOG_FILE, kind)
        file = start_log(first, second)
        is_in_the_way = kind in ("folder", "link to itself", "pipe", "endless")
        assert file == (second if is_in_the_way else first) / LOG_FILE
        logging.getLogger("stalin_study").info("hello")
        assert Path(file).read_text("utf-8", errors="replace").endswith("stalin_study: hello\n")
