"""The Listen page in the app's window: by keyboard, by mouse, as it is heard, and at every size."""

from __future__ import annotations

import pytest
from audit import cut_off, unnamed, unreached
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel

from fakes import InlineJobs
from stalin_study.domain.card_text import Block, BlockKind
from stalin_study.domain.markup import plain
from stalin_study.domain.playlists import Contents, card_playlist
from stalin_study.domain.review_log import Rating, Way
from stalin_study.presenters.listening.hands_free import HandsFreePresenter
from stalin_study.presenters.listening.listen import ListenPresenter
from stalin_study.services.listening_places import ListeningPlaces
from stalin_study.ui.pages.listen_page import ListenPage
from stalin_study.ui.widgets.asking_view import WAITS, YOUR_TURN
from stalin_study.ui.widgets.card_text import CardText
from stalin_study.ui.widgets.playlist_view import CHOOSE, FIRST_STEP, SHOW_TEXT
from stalin_study.ui.widgets.track_list import TrackList
from study_window import TestApp

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SIZES = [(1280, 800, 100), (1024, 600, 100), (1280, 800, 200), (1024, 600, 200)]


class ListenStudy(TestApp):
    """The app with a Listen page of its own in view."""

    __test__ = False

    def __init__(self, folder) -> None:
        super().__init__(folder)
        app = self.app
        app.settings.change(reading_gap_ms=0)
        places = ListeningPlaces(folder / "places", InlineJobs())
        self.listen = ListenPresenter(app.deck, app.settings, app.listening, places)
        self.hands_free = HandsFreePresenter(
            app.deck, app.reviews, app.settings, app.listening, self.now
        )
        self.page = ListenPage(app.appearance)
        self.wishes = []
        self._connect()
        self.window.pages["listen"] = self.page
        self.window._stack.addWidget(self.page)
        self.window._stack.setCurrentWidget(self.page)

    def hear(self, sentences=1):
        """Hear so many sentences or rests to their end, and the next one begun."""
        for _ in range(sentences):
            self.speech.answer_all()
            self.player.end()
        self.speech.answer_all()
        self.player.position_changed.emit(150)
        settle()

    def to_thinking(self):
        while self.hands_free.state.stage != "thinking":
            self.hear()

    def labels(self):
        return [one.text() for one in self.page.findChildren(QLabel) if one.isVisible()]

    def button(self, name):
        """The button in view with that text or name."""
        found = [
            one
            for one in self.page.findChildren(QAbstractButton)
            if one.isVisible() and name in (one.text(), one.accessibleName())
        ]
        assert len(found) == 1, (name, [one.text() for one in found])
        return found[0]

    def click(self, name):
        QTest.mouseClick(self.button(name), LEFT)
        settle()

    def combo(self, name):
        [found] = [one for one in self.page.findChildren(QComboBox) if one.accessibleName() == name]
        return found

    @property
    def text(self):
        [found] = [one for one in self.page.findChildren(CardText) if one.isVisible()]
        return found

    @property
    def tracks(self):
        return self.page.findChild(TrackList)

    @property
    def reading(self):
        return self.app.listening.state

    def _connect(self):
        page, listen, hands_free = self.page, self.listen, self.hands_free
        playlist, choices, asking = page.playlist, page.choices, page.asking
        listening = self.app.listening
        playlist.playlist_chosen.connect(listen.choose_playlist)
        playlist.track_chosen.connect(listen.play_track)
        playlist.contents_chosen.connect(listen.choose_contents)
        playlist.word_chosen.connect(listen.seek_word)
        playlist.toggle_requested.connect(listen.toggle)
        playlist.from_start_requested.connect(listen.play_from_start)
        page.previous_sentence_requested.connect(listening.previous_sentence)
        page.next_sentence_requested.connect(listening.next_sentence)
        page.previous_track_requested.connect(listening.previous_track)
        page.next_track_requested.connect(listening.next_track)
        page.export_requested.connect(lambda: self.wishes.append("export"))
        page.options_requested.connect(lambda: self.wishes.append("options"))
        choices.scope_chosen.connect(hands_free.choose_scope)
        choices.thinking_chosen.connect(hands_free.set_thinking)
        choices.start_requested.connect(hands_free.start)
        choices.undo_requested.connect(hands_free.undo)
        asking.knew_requested.connect(hands_free.knew)
        asking.not_yet_requested.connect(hands_free.not_yet)
        asking.toggle_requested.connect(hands_free.toggle)
        asking.skip_requested.connect(hands_free.skip)
        asking.undo_requested.connect(hands_free.undo)
        asking.stop_requested.connect(hands_free.stop)
        listen.state_changed.connect(page.render_state)
        hands_free.state_changed.connect(page.render_hands_free)
        page.render_state(listen.state)
        page.render_hands_free(hands_free.state)


def settle():
    for _ in range(4):
        QApplication.processEvents()


def press(*keys, held=NO_KEYS):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, held)
    settle()


@pytest.fixture
def study(qtbot, tmp_path):
    made = ListenStudy(tmp_path)
    made.app.reviews.open()
    made.show()
    settle()
    made.page.focus_start()
    yield made
    made.close()


# Every state, as it is heard, reached and seen


def idle(study):
    study.app.listening.stop()
    study.page.show_mode("listen")
    study.listen.choose_playlist("deck")


def left_in_the_middle(study):
    idle(study)
    study.listen.play_track(4)
    study.app.listening.stop()


def playing(study):
    idle(study)
    study.listen.play()
    study.hear(4)


def paused(study):
    playing(study)
    study.listen.toggle()


def timeline(study):
    idle(study)
    study.listen.choose_playlist("timeline")
    study.listen.play()
    study.hear(3)


def one_card(study):
    idle(study)
    card_id = study.app.deck.cards[-1].id
    study.listen.offer_card(card_id)
    study.listen.choose_playlist(card_playlist(card_id))


def other_is_chosen(study):
    playing(study)
    study.listen.choose_playlist("people")


def choosing_a_test(study):
    idle(study)
    study.page.show_mode("hands_free")


def nothing_due(study):
    choosing_a_test(study)
    study.hands_free.choose_scope("due")


def asking(study):
    choosing_a_test(study)
    study.hands_free.set_thinking(6)
    study.hands_free.start("deck")
    study.hear(0)


def thinking(study):
    asking(study)
    study.to_thinking()


def waiting(study):
    choosing_a_test(study)
    study.hands_free.set_thinking(0)
    study.hands_free.start("deck")
    study.to_thinking()


def rated(study):
    thinking(study)
    study.hands_free.knew()
    study.hear(0)


def paused_question(study):
    rated(study)
    study.hands_free.toggle()


def finished(study):
    rated(study)
    study.hands_free.stop()


STATES = [
    idle,
    left_in_the_middle,
    playing,
    paused,
    timeline,
    one_card,
    other_is_chosen,
    choosing_a_test,
    nothing_due,
    asking,
    thinking,
    waiting,
    rated,
    paused_question,
    finished,
]


@pytest.mark.parametrize("go", STATES, ids=lambda go: go.__name__)
def test_a_state_can_be_heard_and_reached(study, go):
    go(study)
    settle()
    assert unnamed(study.window) == []
    assert unreached(study.window) == []


@pytest.mark.parametrize(("width", "height", "percent"), SIZES)
def test_nothing_is_cut_off(study, width, height, percent):
    study.app.settings.change(text_percent=percent)
    study.window.resize(width, height)
    found = {}
    for go in STATES:
        go(study)
        settle()
        if cut := cut_off(study.window):
            found[go.__name__] = cut
        # The window must not have to grow.
        assert (study.window.width(), study.window.height()) == (width, height), go.__name__
    assert found == {}


def test_every_font_fits_as_well(study):
    study.app.settings.change(text_percent=200)
    study.window.resize(1024, 600)
    for font in ("atkinson", "opendyslexic"):
        study.app.settings.change(font=font)
        for go in STATES:
            go(study)
            settle()
            assert cut_off(study.window) == [], (font, go.__name__)


@pytest.mark.parametrize(("width", "height", "percent"), SIZES)
def test_the_words_that_are_read_are_in_view(study, width, height, percent):
    study.app.settings.change(text_percent=percent)
    study.window.resize(width, height)
    playing(study)
    seen = []
    for _ in range(12):
        study.hear()
        lights = study.text.extraSelections()
        cursor = QTextCursor(lights[-1].cursor)
        cursor.setPosition(cursor.selectionEnd())
        line = study.text.cursorRect(cursor)
        seen.append(study.text.viewport().rect().adjusted(0, -2, 0, 2).contains(line))
    assert seen == [True] * len(seen)


# Listening


def test_at_first_it_says_what_to_do(study):
    [minutes] = [one.minutes for one in study.listen.state.playlists if one.id == "deck"]
    assert f"About {minutes} minutes. {FIRST_STEP}" in study.labels()
    assert study.button("Play").hasFocus()
    assert study.text.verticalScrollBar().value() == 0


def test_space_plays_and_pauses_wherever_the_keyboard_is(study):
    phases = []
    for widget in (study.button("Play"), study.text, study.tracks, study.button("Every point")):
        widget.setFocus()
        press(KEY.Key_Space)
        study.speech.answer_all()
        phases.append(study.reading.phase)
    assert phases == ["playing", "paused", "playing", "playing"]  # a choice is chosen with Space
    assert study.button("Pause").toolTip() == "Pause (Space)"


@pytest.mark.parametrize("where", ["button", "text", "list"])
def test_arrows_go_by_sentences_and_with_control_by_cards(study, where):
    playing(study)
    widgets = {"button": study.button("Pause"), "text": study.text, "list": study.tracks}
    widgets[where].setFocus()
    number = study.reading.number
    press(KEY.Key_Right)
    assert study.reading.number == number + 1
    press(KEY.Key_Left, KEY.Key_Left)
    assert study.reading.number == number - 1
    press(KEY.Key_Right, KEY.Key_Right, held=CONTROL)
    assert study.reading.track_number == 3
    press(KEY.Key_Left, held=CONTROL)
    assert study.reading.track_number == 2


def test_arrows_are_a_choices_own_where_it_has_the_keyboard(study):
    study.button("Every point").setFocus()
    press(KEY.Key_Right)
    assert study.app.settings.settings.reading_contents is Contents.WITH_NOTES
    assert study.button("With notes").hasFocus()
    assert study.reading.phase == "idle"


def test_keys_of_the_test_mean_nothing_while_listening(study):
    study.button("Play").setFocus()
    press(KEY.Key_K, KEY.Key_N)
    assert (study.reading.phase, dict(study.app.reviews.memory_states)) == ("idle", {})


def test_a_playlist_is_chosen_from_the_list(study):
    combo = study.combo("What to listen to")
    assert combo.itemText(0).startswith("All cards · about ")
    combo.setFocus()
    press(KEY.Key_End)
    assert study.listen.state.playlist == "terms"
    assert study.tracks.count() == len(study.app.deck.terms)


def test_a_click_on_a_track_reads_it_and_it_is_marked_not_by_colour_alone(study):
    place = study.tracks.visualItemRect(study.tracks.item(2)).center()
    QTest.mouseClick(study.tracks.viewport(), LEFT, NO_KEYS, place)
    assert (study.reading.track_number, study.reading.phase) == (3, "preparing")
    said = [study.tracks.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(4)]
    assert [one.endswith("is being read") for one in said] == [False, False, True, False]
    study.hear()
    study.click("Pause")
    assert "paused here" in study.tracks.item(2).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_track_is_read_by_enter(study):
    study.tracks.setFocus()
    press(KEY.Key_Down, KEY.Key_Return)
    assert study.reading.track_number == 2


def test_the_first_track_of_a_topic_says_so(study):
    said = study.tracks.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert study.app.deck.topics[0].title in said


def test_where_it_was_left_is_on_the_button(study):
    left_in_the_middle(study)
    settle()
    title = study.listen.state.left_title
    assert title
    play = study.button(f"Go on from “{title}”")
    QTest.mouseClick(play, LEFT)
    assert study.reading.title == title
    study.hear()
    study.click("From the start")
    assert study.reading.track_number == 1


def test_another_track_begins_at_its_top(study):
    playing(study)
    study.app.listening.seek(10_000)
    study.hear(0)
    assert study.text.verticalScrollBar().value() > 0
    study.app.listening.next_track()
    settle()
    assert study.text.verticalScrollBar().value() == 0


def point_of(text, word):
    """Where a word of the text stands, in its viewport."""
    cursor = text.document().find(word)
    assert not cursor.isNull()
    start, end = QTextCursor(cursor), QTextCursor(cursor)
    start.setPosition(cursor.selectionStart())
    end.setPosition(cursor.selectionEnd())
    rect = text.cursorRect(start).united(text.cursorRect(end))
    return rect.center()


def click_word(study, word, held=NO_KEYS):
    QTest.mouseClick(study.text.viewport(), LEFT, held, point_of(study.text, word))
    settle()


def test_a_click_on_a_word_begins_there(study):
    click_word(study, "Kamenev")
    study.hear(0)
    sentence = study.reading.sentence
    assert sentence.block == "c01p01"
    assert study.player.played[-1][1] > 0  # in the middle of its sentence
    assert not study.text.textCursor().hasSelection()


def test_enter_on_a_word_begins_there(study):
    study.text.setFocus()
    cursor = study.text.document().find("Kamenev")
    cursor.setPosition(cursor.selectionStart())
    study.text.setTextCursor(cursor)
    press(KEY.Key_Return)
    study.hear(0)
    assert study.reading.sentence.block == "c01p01"


@pytest.mark.parametrize("held", [CONTROL, SHIFT], ids=["control", "shift"])
def test_a_click_with_a_key_held_begins_nothing(study, held):
    click_word(study, "Kamenev", held)
    assert study.reading.phase == "idle"


def test_a_click_beside_the_words_begins_nothing(study):
    line = point_of(study.text, "mistakes")
    beside = QPoint(study.text.viewport().width() - 2, line.y())
    assert study.text.cursorForPosition(beside).position() < len(
        study.listen.state.blocks[0].text.text
    )
    QTest.mouseClick(study.text.viewport(), LEFT, NO_KEYS, beside)
    assert study.reading.phase == "idle"


def test_words_can_still_be_selected(study):
    start, end = point_of(study.text, "Zinoviev"), point_of(study.text, "Kamenev")
    viewport = study.text.viewport()
    QTest.mousePress(viewport, LEFT, NO_KEYS, start)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, LEFT, NO_KEYS, end)
    assert study.text.textCursor().hasSelection()
    assert study.reading.phase == "idle"


def test_only_a_text_that_can_be_gone_to_has_the_hand(study):
    hand = Qt.CursorShape.PointingHandCursor
    assert study.text.viewport().cursor().shape() is hand
    asking(study)
    settle()
    assert study.text.viewport().cursor().shape() is not hand
    words = []
    study.text.word_chosen.connect(lambda *word: words.append(word))
    click_word(study, study.text.toPlainText().split()[1])
    assert words == []


def test_a_code_point_above_the_usual_ones_is_counted_once(study):
    words = []
    text = study.text
    text.word_chosen.connect(lambda *word: words.append(word))
    blocks = (Block("one", BlockKind.POINT, plain("Far 🚂🚂 train")),)
    text.show_blocks(blocks)
    click_word(study, "train")
    [(block, offset)] = words
    assert block == "one"
    assert blocks[0].text.text[offset:] in ("train"[n:] for n in range(5))


def test_other_contents_are_chosen_by_the_mouse(study):
    study.click("Key points")
    assert study.app.settings.settings.reading_contents is Contents.KEY_POINTS
    study.listen.choose_playlist("timeline")
    settle()
    assert "Key points" not in [
        one.text() for one in study.page.findChildren(QAbstractButton) if one.isVisible()
    ]


def test_export_and_options_are_wishes(study):
    study.click("Export as audio files")
    study.click("Listening options")
    assert study.wishes == ["export", "options"]


def test_a_low_window_shows_the_choices_or_the_text(study):
    study.app.settings.change(text_percent=200)
    study.window.resize(1024, 600)
    settle()
    assert study.combo("What to listen to").isVisible()
    study.click(SHOW_TEXT)
    assert study.text.isVisible()
    study.click(CHOOSE)
    study.click("Play")
    study.hear()
    assert study.text.isVisible()
    assert not study.combo("What to listen to").isVisible()
    study.click(CHOOSE)
    assert study.combo("Where to begin").isVisible()
    study.button(SHOW_TEXT).setFocus()
    study.app.settings.change(text_percent=100)
    study.window.resize(1280, 800)
    settle()
    assert study.button("Pause").hasFocus()


def test_a_narrow_window_has_the_tracks_in_a_box(study):
    study.window.resize(1024, 600)
    settle()
    assert not study.tracks.isVisible()
    combo = study.combo("Where to begin")
    combo.setFocus()
    press(KEY.Key_Down)
    assert (study.reading.track_number, combo.currentIndex()) == (2, 1)


# The hands-free test


def to_test(study):
    study.click("Hands-free test")
    study.click("Start")


def test_the_test_is_chosen_and_begun_by_mouse(study):
    study.click("Hands-free test")
    study.click("10 s")
    combo = study.combo("Ask me about")
    combo.setCurrentIndex(combo.findData("topic:" + study.app.deck.topics[1].id))
    combo.activated.emit(combo.currentIndex())
    study.click("Start")
    study.to_thinking()
    assert study.app.settings.settings.thinking_s == 10
    assert study.page.asking.time_bar.words == "0:10 left"
    assert study.hands_free.state.title == study.app.deck.topics[1].cards[0].title
    assert YOUR_TURN in study.labels()


def test_a_whole_test_by_keys(study):
    to_test(study)
    assert study.button("Pause").hasFocus()
    press(KEY.Key_K)  # too early: not a word of the question has been heard
    study.to_thinking()
    press(KEY.Key_K)
    study.hear(0)
    assert study.hands_free.state.stage == "answering"
    press(KEY.Key_Right)
    study.to_thinking()
    press(KEY.Key_Space)
    study.hear(0)
    assert study.hands_free.state.stage == "answering"
    press(KEY.Key_N)
    press(KEY.Key_Right, held=CONTROL)
    assert study.hands_free.state.number == 3
    study.click("Stop the test")
    states = study.app.reviews.memory_states
    questions = study.app.deck.cards[0].questions
    assert set(states) == {questions[0].id, questions[1].id}
    assert "2 questions: 1 known, 1 not yet, 0 not rated." in study.labels()
    assert study.button("Start again").hasFocus()


def test_the_keys_hold_in_the_text_of_the_question_too(study):
    to_test(study)
    study.to_thinking()
    study.text.setFocus()
    press(KEY.Key_N)
    assert study.hands_free.state.not_yet == 1
    press(KEY.Key_Right)
    assert study.hands_free.state.number == 2


def test_ratings_by_mouse_say_what_was_counted_and_can_be_taken_back(study):
    to_test(study)
    assert not study.button("I knew it (K)").isEnabled()
    study.to_thinking()
    study.click("Not yet (N)")
    assert "Counted: not yet." in study.labels()
    assert "0 known  ·  1 not yet" in study.labels()
    study.click("Undo the last rating")
    assert "0 known  ·  0 not yet" in study.labels()
    assert study.button("Not yet (N)").isEnabled()
    assert dict(study.app.reviews.memory_states) == {}


def test_the_keyboard_stays_on_the_page_after_a_rating(study):
    to_test(study)
    study.to_thinking()
    study.button("I knew it (K)").setFocus()
    press(KEY.Key_Space)
    assert study.hands_free.state.rating is Rating.GOOD
    assert study.button("Pause").hasFocus()
    study.button("Undo the last rating").setFocus()
    press(KEY.Key_Space)
    assert study.hands_free.state.rating is None
    assert study.button("Pause").hasFocus()


def test_it_waits_for_the_pupil_and_says_so(study):
    waiting(study)
    settle()
    assert WAITS in study.labels()
    assert not study.page.asking.time_bar.isVisible()
    study.click("Hear the answer")
    study.hear(0)
    assert study.hands_free.state.stage == "answering"


def test_the_answer_comes_into_view_only_when_it_is_read(study):
    to_test(study)
    answer = study.app.deck.cards[0].questions[0].answer
    study.to_thinking()
    assert answer not in study.text.toPlainText()
    study.click("Hear the answer")
    study.hear(0)
    assert answer in study.text.toPlainText()


def test_nothing_due_cannot_be_started(study):
    nothing_due(study)
    settle()
    assert not study.button("Start").isEnabled()
    study.page.focus_start()
    assert study.combo("Ask me about").hasFocus()
    study.app.reviews.record("c01q01", Way.TYPED, Rating.AGAIN)
    study.now.advance(days=1)
    study.app.reviews.record("c02q01", Way.TYPED, Rating.AGAIN)
    settle()
    assert study.button("Start").isEnabled()


def test_listening_to_something_else_ends_the_test(study):
    rated(study)
    study.page.show_mode("listen")
    study.listen.play()
    settle()
    assert study.page.mode == "listen"
    study.click("Hands-free test")
    assert "1 question: 1 known, 0 not yet, 0 not rated." in study.labels()


def test_a_test_begun_while_listening_is_on_show_comes_into_view(study):
    study.hands_free.start("deck")
    settle()
    assert study.page.mode == "hands_free"
    assert study.button("Pause").hasFocus()
