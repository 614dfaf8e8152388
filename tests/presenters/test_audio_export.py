"""Exporting: what is chosen, what is asked for, and what is said of it."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as changed
from PySide6.QtCore import QObject, Signal

from fakes_study import FakeSettings, make_deck, rewritten
from stalin_study.domain.audio_names import AudioFormat
from stalin_study.domain.playlists import DECK, TERMS, Contents, card_playlist, topic_playlist
from stalin_study.domain.reading_steps import Rest, Say
from stalin_study.presenters.audio_export import (
    BUSY,
    NOTHING,
    AudioExportPresenter,
    ExportMode,
)
from stalin_study.services.audio_folder import DISK_FULL, ExportReport

SMALL = make_deck()
MUSIC = Path("Music")


class FakeExport(QObject):
    """Remembers what it was asked for."""

    progress_changed = Signal(int, int, str)
    finished = Signal(object)
    cancelled = Signal(object)
    failed = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.plans = []
        self.is_running = self.is_closed = False
        self.cancels = 0

    def start(self, plan) -> bool:
        if self.is_running or self.is_closed:
            return False
        self.plans.append(plan)
        self.is_running = True
        self.progress_changed.emit(0, 40, plan.tracks[0].title)
        return True

    def cancel(self) -> None:
        self.cancels += 1

    def close(self) -> None:
        self.is_closed = True

    def end(self, signal, *told) -> None:
        self.is_running = False
        signal.emit(*told)


class Desk:
    """The presenter with fakes around it."""

    def __init__(self, deck=SMALL, **given) -> None:
        self.settings = FakeSettings(**given)
        self.export = FakeExport()
        self.presenter = AudioExportPresenter(
            deck,
            self.settings,
            self.export,
            lambda: date(2026, 11, 24),
            MUSIC,
            lambda voice: f"the voice {voice}",
        )
        self.states, self.ends = [], []
        self.presenter.state_changed.connect(self.states.append)
        self.presenter.ended.connect(self.ends.append)
        self.presenter.open()

    @property
    def state(self):
        return self.presenter.state

    def plan(self):
        self.presenter.export()
        return self.export.plans[-1]


@pytest.fixture
def desk(qapp):
    return Desk()


def report(files, **more):
    return ExportReport(MUSIC / "All cards", files, 3, **more)


def test_at_first_the_whole_deck_is_chosen_as_the_settings_have_it(qapp):
    desk = Desk(reading_contents=Contents.KEY_POINTS, thinking_s=9)
    state = desk.state
    assert (state.playlist, state.contents, state.thinking_s) == (DECK, Contents.KEY_POINTS, 9)
    assert (state.audio_format, state.mode) == (AudioFormat.MP3, ExportMode.READING)
    assert (state.phase, state.folder) == ("choosing", MUSIC)
    assert [title for _, title in state.choices] == [
        "All cards",
        "First topic",
        "Second topic",
        "Key terms",
    ]
    assert Desk(thinking_s=0).state.thinking_s == 6  # the app waits for a key; a file cannot


def test_a_card_joins_the_choices_while_it_is_chosen(desk):
    desk.presenter.open(card_playlist("card-2"))
    assert desk.state.choices[0] == ("card:card-2", "Card: Card number 2")
    assert desk.state.playlist == "card:card-2"
    desk.presenter.choose_playlist(TERMS)
    assert desk.state.playlist == TERMS
    assert desk.state.choices[0][0] == DECK
    desk.presenter.choose_playlist(card_playlist("card-3"))
    assert desk.plan().cover.title == "Card number 3"


def test_what_is_not_in_the_deck_is_not_chosen(desk):
    before = desk.state
    desk.presenter.choose_playlist("topic:gone")
    assert desk.state == before


def test_questions_are_asked_only_where_there_are_cards(desk):
    desk.presenter.choose_mode(ExportMode.ASKING)
    desk.presenter.choose_playlist(topic_playlist("first"))
    assert (desk.state.mode, desk.state.can_ask, desk.state.has_points) == (
        ExportMode.ASKING,
        True,
        True,
    )
    desk.presenter.choose_playlist(TERMS)
    assert (desk.state.mode, desk.state.can_ask, desk.state.has_points) == (
        ExportMode.READING,
        False,
        False,
    )
    desk.presenter.choose_mode(ExportMode.ASKING)
    assert desk.state.mode is ExportMode.READING


def test_the_plan_is_what_was_chosen(qapp):
    desk = Desk(voice="george", speech_speed=1.5, reading_gap_ms=700)
    presenter = desk.presenter
    presenter.choose_format(AudioFormat.WAV)
    presenter.choose_contents(Contents.KEY_POINTS)
    presenter.choose_folder("Phone")
    presenter.choose_folder("")
    plan = desk.plan()
    assert (plan.folder, plan.audio_format) == (Path("Phone"), AudioFormat.WAV)
    assert (plan.voice, plan.speed) == ("george", 1.5)
    assert [track.title for track in plan.tracks] == [card.title for card in SMALL.cards]
    cover = plan.cover
    assert cover.title == "All cards"
    assert cover.contents == "The key points of each card, read aloud."
    assert (cover.deck_title, cover.licence) == ("A small deck", "CC BY 4.0")
    assert (cover.voice, cover.made_on) == ("the voice george", date(2026, 11, 24))
    assert {step.ms for step in plan.tracks[0].steps if isinstance(step, Rest)} == {700}


def test_the_plan_of_questions_has_time_to_think(desk):
    desk.presenter.choose_mode(ExportMode.ASKING)
    desk.presenter.choose_thinking(0)
    assert desk.state.thinking_s == 1
    desk.presenter.choose_thinking(99)
    assert desk.state.thinking_s == 60
    desk.presenter.choose_thinking(5)
    plan = desk.plan()
    assert plan.cover.title == "All cards - questions"
    assert plan.cover.contents == "Questions, each with 5 seconds to think before its answer."
    thinking = [s.ms for s in plan.tracks[0].steps if isinstance(s, Rest) and s.is_thinking]
    assert thinking == [5000]


def test_other_lists_are_read_as_they_are(desk):
    desk.presenter.choose_playlist(TERMS)
    plan = desk.plan()
    assert plan.cover.contents == "Read aloud from start to end."
    assert [step.utterance.text for step in plan.tracks[0].steps if isinstance(step, Say)] == [
        "NEP",
        "The New Economic Policy.",
    ]


def test_the_estimate_follows_what_is_chosen(desk):
    presenter = desk.presenter
    every = desk.state.estimate
    assert every == "3 files, about 2 minutes, 1 MB."
    presenter.choose_format(AudioFormat.WAV)
    assert desk.state.estimate == "3 files, about 2 minutes, 4 MB."
    presenter.choose_playlist(TERMS)
    assert desk.state.estimate == "1 file, about 3 seconds, 1 MB."
    desk.settings.change(speech_speed=0.5)
    presenter.open(TERMS)
    assert desk.state.estimate == "1 file, about 6 seconds at 0.5× speed, 1 MB."


def test_an_export_from_start_to_end(desk):
    desk.presenter.export()
    assert (desk.state.phase, desk.state.done, desk.state.total) == ("exporting", 0, 40)
    desk.export.progress_changed.emit(7, 40, "Card number 2")
    assert (desk.state.done, desk.state.title) == (7, "Card number 2")
    desk.export.end(desk.export.finished, report(3))
    state = desk.state
    assert (state.phase, state.made_in) == ("done", MUSIC / "All cards")
    assert state.message == "3 files are in “All cards”."
    assert desk.ends == [state.message]


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (report(1), "1 file is in “All cards”."),
        (
            report(3, left_out=1),
            "3 files are in “All cards”. 1 sentence could not be read aloud and is left out.",
        ),
        (
            report(3, left_out=2),
            "3 files are in “All cards”. 2 sentences could not be read aloud and are left out.",
        ),
        (report(3, notice="Another one reads."), "3 files are in “All cards”. Another one reads."),
    ],
)
def test_the_end_says_what_was_made(desk, made, message):
    desk.presenter.export()
    desk.export.end(desk.export.finished, made)
    assert desk.state.message == message


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (0, "Cancelled. No file was made."),
        (1, "Cancelled. 1 file of 3 is whole and kept."),
        (2, "Cancelled. 2 files of 3 are whole and kept."),
    ],
)
def test_cancelled_it_says_what_is_kept(desk, files, message):
    desk.presenter.export()
    desk.presenter.cancel()
    assert desk.export.cancels == 1
    assert desk.state.phase == "exporting"  # until it is cleared away
    desk.export.end(desk.export.cancelled, report(files))
    assert (desk.state.phase, desk.state.message) == ("cancelled", message)
    assert (desk.state.made_in is not None) == (files > 0)


def test_what_goes_wrong_is_said_and_can_be_tried_again(desk):
    desk.presenter.export()
    desk.export.end(desk.export.failed, DISK_FULL, report(1))
    assert (desk.state.phase, desk.state.message) == ("failed", DISK_FULL)
    assert desk.state.made_in == MUSIC / "All cards"
    desk.presenter.export()
    assert (desk.state.phase, desk.state.message, desk.state.made_in) == ("exporting", "", None)
    assert len(desk.export.plans) == 2


def test_a_second_export_is_refused_with_a_sentence(desk):
    desk.presenter.export()
    desk.presenter.export()
    assert len(desk.export.plans) == 1
    assert (desk.state.phase, desk.state.message) == ("exporting", BUSY)


def test_nothing_changes_while_it_exports(desk):
    desk.presenter.export()
    before = desk.state
    desk.presenter.choose_format(AudioFormat.WAV)
    desk.presenter.choose_folder("Elsewhere")
    desk.presenter.open(TERMS)
    assert desk.state == before


def test_a_choice_puts_the_last_end_away(desk):
    desk.presenter.export()
    desk.export.end(desk.export.finished, report(3))
    desk.presenter.choose_format(AudioFormat.WAV)
    assert (desk.state.phase, desk.state.message, desk.state.made_in) == ("choosing", "", None)


def test_nothing_to_export_is_a_sentence(qapp):
    empty = Desk(changed(SMALL, topics=(), terms=()))
    assert empty.state.choices == ()
    empty.presenter.export()
    assert (empty.state.phase, empty.state.message) == ("failed", NOTHING)
    unasked = tuple(
        changed(topic, cards=tuple(rewritten(card, questions=()) for card in topic.cards))
        for topic in SMALL.topics
    )
    desk = Desk(changed(SMALL, topics=unasked))
    desk.presenter.choose_mode(ExportMode.ASKING)
    assert desk.state.estimate == ""
    desk.presenter.export()
    assert (desk.state.message, desk.export.plans) == (NOTHING, [])


def test_after_closing_nothing_is_begun(desk):
    desk.presenter.close()
    assert desk.export.is_closed
    desk.presenter.export()
    assert desk.state.phase == "failed"


WISHES = st.one_of(
    st.tuples(st.just("choose_playlist"), st.sampled_from([DECK, TERMS, "card:card-1", "gone"])),
    st.tuples(st.just("choose_mode"), st.sampled_from(list(ExportMode))),
    st.tuples(st.just("choose_format"), st.sampled_from(list(AudioFormat))),
    st.tuples(st.just("choose_contents"), st.sampled_from(list(Contents))),
    st.tuples(st.just("choose_thinking"), st.integers(-5, 100)),
    st.tuples(st.just("export")),
    st.tuples(st.just("open")),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WISHES, max_size=12), st.booleans())
def test_whatever_is_chosen_the_choices_stand(qapp, wishes, ends):
    desk = Desk()
    for name, *value in wishes:
        getattr(desk.presenter, name)(*value)
        if ends and desk.export.is_running:
            desk.export.end(desk.export.finished, report(3))
        state = desk.state
        assert state.playlist in dict(state.choices)
        assert state.can_ask or state.mode is ExportMode.READING
        assert 1 <= state.thinking_s <= 60
        assert (state.phase == "exporting") == desk.export.is_running
        assert state.estimate
    assert all(plan.tracks for plan in desk.export.plans)
