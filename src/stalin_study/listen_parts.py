"""Makes the Listen page and what belongs to it, when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from stalin_study.domain.deck import Deck
from stalin_study.presenters.audio_export import AudioExportPresenter
from stalin_study.presenters.listening.hands_free import HandsFreePresenter
from stalin_study.presenters.listening.listen import ListenPresenter
from stalin_study.presenters.listening.voices import VoicesPresenter, VoicesState
from stalin_study.services.audio_export import AudioExport
from stalin_study.services.jobs import Jobs
from stalin_study.services.listening_places import ListeningPlaces
from stalin_study.services.speech import SpeechService
from stalin_study.study_app import ListenParts, StudyApp
from stalin_study.ui.pages.listen_page import ListenPage


def make_listen(
    app: StudyApp,
    deck: Deck,
    places: ListeningPlaces,
    make_speech: Callable[[], SpeechService],
    make_jobs: Callable[[], Jobs],
    now: Callable[[], datetime],
) -> ListenParts:
    """The page with its presenters, connected with the rest of the app."""
    listening, settings, owner = app.listening, app.settings, app.window
    listen = ListenPresenter(deck, settings, listening, places, parent=owner)
    hands_free = HandsFreePresenter(deck, app.reviews, settings, listening, now, parent=owner)
    voices = VoicesPresenter(app.speech, settings, listening, parent=owner)
    export = AudioExportPresenter(
        deck,
        settings,
        AudioExport(make_speech, make_jobs, parent=owner),
        lambda: now().astimezone().date(),
        music_folder(),
        lambda voice: voice_title(voices.state, voice),
        owner,
    )
    page = ListenPage(app.appearance)

    def tell_export(sentence: str) -> None:
        if app.dialogs.dialog is None:  # else it says so itself
            app.window.banner.add(sentence)

    parts = ListenParts(listen, hands_free, voices, export, page)
    _connect_listen(app, parts)
    _connect_hands_free(parts)
    export.ended.connect(tell_export)
    return parts


def voice_title(state: VoicesState, voice: str) -> str:
    """What the pupil knows a voice as; the usual one, and one that is not listed, by its kind."""
    return next((c.label for c in state.choices if voice and c.id == voice), "a computer voice")


def music_folder() -> Path:
    """Where sound files are first offered to go."""
    locations = QStandardPaths.StandardLocation
    found = QStandardPaths.writableLocation(locations.MusicLocation)
    return Path(found) if found and Path(found).is_dir() else Path.home()


def _connect_listen(app: StudyApp, parts: ListenParts) -> None:
    page, listen, listening = parts.page, parts.listen, app.listening
    page.playlist.playlist_chosen.connect(listen.choose_playlist)
    page.playlist.track_chosen.connect(listen.play_track)
    page.playlist.contents_chosen.connect(listen.choose_contents)
    page.playlist.word_chosen.connect(listen.seek_word)
    page.playlist.toggle_requested.connect(listen.toggle)
    page.playlist.from_start_requested.connect(listen.play_from_start)
    page.previous_sentence_requested.connect(listening.previous_sentence)
    page.next_sentence_requested.connect(listening.next_sentence)
    page.previous_track_requested.connect(listening.previous_track)
    page.next_track_requested.connect(listening.next_track)
    page.export_requested.connect(
        lambda: app.dialogs.open_export(parts.export, listen.state.playlist)
    )
    page.options_requested.connect(
        lambda: app.dialogs.open_listening(parts.voices, app.reading_choices, listening)
    )
    listen.state_changed.connect(page.render_state)
    page.render_state(listen.state)


def _connect_hands_free(parts: ListenParts) -> None:
    page, hands_free = parts.page, parts.hands_free
    page.choices.scope_chosen.connect(hands_free.choose_scope)
    page.choices.thinking_chosen.connect(hands_free.set_thinking)
    page.choices.start_requested.connect(lambda: hands_free.start())
    page.choices.undo_requested.connect(hands_free.undo)
    page.asking.knew_requested.connect(hands_free.knew)
    page.asking.not_yet_requested.connect(hands_free.not_yet)
    page.asking.toggle_requested.connect(hands_free.toggle)
    page.asking.skip_requested.connect(hands_free.skip)
    page.asking.undo_requested.connect(hands_free.undo)
    page.asking.stop_requested.connect(hands_free.stop)
    hands_free.state_changed.connect(page.render_hands_free)
    page.render_hands_free(hands_free.state)
