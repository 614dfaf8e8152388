"""The bar that steers the reading, and the slider in it."""

from dataclasses import replace

import pytest
from audit import cut_off, unnamed, unreached
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget

from stalin_study.domain.card_text import TextSpan
from stalin_study.domain.reading_steps import MS_A_CODE_POINT
from stalin_study.presenters.listening.state import ListeningState
from stalin_study.ui.widgets.buttons import IconButton
from stalin_study.ui.widgets.listening_bar import ListeningBar
from stalin_study.ui.widgets.listening_buttons import RepeatButton, SleepButton, VolumeButton
from stalin_study.ui.widgets.reading_place import ReadingPlace, place_forms
from stalin_study.ui.widgets.seek_bar import PAGE, SENTENCE, SeekBar, time_left

# Of the offscreen platform, for every small window that comes up over another.
over_the_window = pytest.mark.qt_log_ignore(
    "does not support (raise|grabbing the keyboard)", extend=True
)
PLAYING = ListeningState(
    phase="playing",
    title="Collectivisation",
    subject="card-7",
    playlist="all",
    playlist_title="Everything",
    number=4,
    count=31,
    track_number=3,
    track_count=20,
    heard=600,
    length=3000,
)
THINKING = replace(PLAYING, phase="thinking", thinking_left_s=4)
COMPLAINT = "The voice stopped working on this sentence. Try again, or go to the next one."
FULL = replace(PLAYING, sleep_minutes=12, repeat="track", volume=30, speed=1.75)


@pytest.fixture
def bar(study, qtbot):
    """A bar of its own, 900 pixels wide."""
    made = ListeningBar(study.app.appearance)
    qtbot.addWidget(made)
    made.resize(900, 90)
    made.render_state(PLAYING)
    QApplication.processEvents()
    return made


def settle():
    for _ in range(5):
        QApplication.processEvents()


def button(bar, name):
    """The button of that name, if it is in view."""
    found = [b for b in bar.findChildren(IconButton) if b.accessibleName() == name]
    return next((b for b in found if b.isVisible()), None)


def listen(signal):
    heard = []
    signal.connect(lambda *values: heard.append(values[0] if values else True))
    return heard


def seek_of(bar):
    return bar.findChild(SeekBar)


def point_of(seek, share):
    groove = seek._groove()
    return QPoint(round(groove.left() + share * groove.width()), seek.height() // 2)


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("Card before", "previous_track_requested"),
        ("Sentence before", "previous_requested"),
        ("Pause", "toggle_requested"),
        ("Next sentence", "next_requested"),
        ("Next card", "next_track_requested"),
        ("Listening options", "options_requested"),
        ("Stop reading", "stop_requested"),
    ],
)
def test_every_button_sends_its_wish(bar, name, signal):
    wishes = listen(getattr(bar, signal))
    QTest.mouseClick(button(bar, name), Qt.MouseButton.LeftButton)
    assert len(wishes) == 1


def test_nothing_is_shown_while_nothing_is_read_and_nothing_said(bar):
    bar.render_state(ListeningState())
    assert not bar.isVisible()
    bar.render_state(ListeningState(message="That was the last one."))
    assert bar.isVisible()


def test_card_buttons_are_there_for_several_cards_only(bar):
    bar.render_state(replace(PLAYING, track_number=1, track_count=1))
    assert button(bar, "Next card") is None
    assert bar.findChild(ReadingPlace).text() == "Sentence 4 of 31"
    bar.render_state(PLAYING)
    assert button(bar, "Next card") is not None
    assert bar.findChild(ReadingPlace).text() == "Everything · 3 of 20 · sentence 4 of 31"


@pytest.mark.parametrize(
    ("state", "name", "place"),
    [
        (replace(PLAYING, phase="paused"), "Play", "Everything · 3 of 20 · sentence 4 of 31"),
        (replace(PLAYING, phase="preparing"), "Pause", "Everything · 3 of 20 · sentence 4 of 31"),
        (THINKING, "Hear the answer", "Your turn: 4 s"),
        (
            replace(THINKING, thinking_left_s=None),
            "Hear the answer",
            "Your turn: press Space to go on",
        ),
    ],
)
def test_the_round_button_says_what_it_will_do(bar, state, name, place):
    bar.render_state(state)
    assert button(bar, name) is not None
    assert bar.findChild(ReadingPlace).text() == place


def test_the_place_is_shorter_where_there_is_little_room(bar):
    place = bar.findChild(ReadingPlace)
    seen = []
    for width in (400, 220, 130, 60, 10):
        place.resize(width, 20)
        seen.append(place.drawn)
    assert seen == [
        "Everything · 3 of 20 · sentence 4 of 31",
        "3 of 20 · sentence 4 of 31",
        "Sentence 4 of 31",
        "4 of 31",
        "4 of 31",
    ]
    assert place.text() == seen[0]


@pytest.mark.parametrize("phase", ["idle", "preparing", "playing", "paused", "thinking"])
@pytest.mark.parametrize("tracks", [0, 1, 9])
def test_forms_of_the_place_become_shorter(phase, tracks):
    forms = place_forms(replace(PLAYING, phase=phase, track_count=tracks))
    assert sorted(forms, key=len, reverse=True) == list(forms)


def test_a_double_click_plays_and_does_not_pause_at_once(bar):
    toggles, skips = listen(bar.toggle_requested), listen(bar.next_requested)
    for name in ("Pause", "Next sentence"):
        QTest.mouseClick(button(bar, name), Qt.MouseButton.LeftButton)
        QTest.mouseDClick(button(bar, name), Qt.MouseButton.LeftButton)  # the second press
        QTest.mouseRelease(button(bar, name), Qt.MouseButton.LeftButton)
    assert len(toggles) == 1
    assert len(skips) == 2


def test_a_key_held_down_toggles_once(bar):
    toggles = listen(bar.toggle_requested)
    for is_repeated in (False, True, True):
        key = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_Return,
            Qt.KeyboardModifier.NoModifier,
            "\r",
            is_repeated,
        )
        QApplication.sendEvent(button(bar, "Pause"), key)
    assert len(toggles) == 1


def test_a_click_on_the_slider_jumps_there_once(bar):
    seek, wishes = seek_of(bar), listen(bar.seek_requested)
    QTest.mouseClick(seek, Qt.MouseButton.LeftButton, pos=point_of(seek, 0.5))
    assert len(wishes) == 1
    assert abs(wishes[0] - 1500) <= 5


def test_dragging_is_not_disturbed_and_asks_once_at_its_end(bar):
    seek, wishes = seek_of(bar), listen(bar.seek_requested)
    QTest.mousePress(seek, Qt.MouseButton.LeftButton, pos=point_of(seek, 0.2))
    for share in (0.4, 0.6, 0.9):
        QTest.mouseMove(seek, point_of(seek, share))
        bar.render_state(replace(PLAYING, heard=700))
    assert abs(seek.value() - 2700) <= 5
    assert wishes == []
    QTest.mouseRelease(seek, Qt.MouseButton.LeftButton, pos=point_of(seek, 0.9))
    assert len(wishes) == 1
    assert abs(wishes[0] - 2700) <= 5


def test_a_wish_that_comes_to_nothing_lets_the_handle_go_back(bar):
    seek = seek_of(bar)
    QTest.mouseClick(seek, Qt.MouseButton.LeftButton, pos=point_of(seek, 0.9))
    assert seek.value() == PLAYING.heard
    assert seek.words == "about 3 min left"


@pytest.mark.parametrize(
    ("key", "place"),
    [
        (Qt.Key.Key_Right, 600 + SENTENCE),
        (Qt.Key.Key_Left, 600 - SENTENCE),
        (Qt.Key.Key_PageUp, 600 + PAGE),
        (Qt.Key.Key_PageDown, 600 - PAGE),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 3000),
    ],
)
def test_keys_go_about_a_sentence_or_a_page(bar, key, place):
    wishes = listen(bar.seek_requested)
    QTest.keyClick(seek_of(bar), key)
    assert wishes == [place]


def test_a_key_starts_from_where_it_is_now(bar):
    bar.render_state(replace(PLAYING, heard=620))
    wishes = listen(bar.seek_requested)
    QTest.keyClick(seek_of(bar), Qt.Key.Key_Right)
    assert wishes == [620 + SENTENCE]


def send_key(widget, kind, key, *, is_repeated):
    event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", is_repeated)
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize("leaves", [False, True])
def test_a_key_held_down_asks_at_first_and_when_it_is_let_go(bar, study, leaves):
    seek = SeekBar(study.app.appearance)
    seek.setParent(bar)
    seek.show_place(600, 3000, 1.0)
    wishes = listen(seek.seek_requested)
    press, release = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
    send_key(seek, press, Qt.Key.Key_Right, is_repeated=False)
    for _ in range(10):
        send_key(seek, release, Qt.Key.Key_Right, is_repeated=True)
        send_key(seek, press, Qt.Key.Key_Right, is_repeated=True)
        seek.show_place(610, 3000, 1.0)
    assert wishes == [650]
    if leaves:
        QApplication.sendEvent(seek, QEvent(QEvent.Type.FocusOut))
    send_key(seek, release, Qt.Key.Key_Right, is_repeated=False)
    assert wishes == [650, 650 + 10 * SENTENCE]


def test_keys_with_ctrl_and_the_wheel_are_not_for_the_slider(bar):
    seek, wishes = seek_of(bar), listen(bar.seek_requested)
    QTest.keyClick(seek, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    place = QPointF(seek.rect().center())
    wheel = QWheelEvent(
        place,
        QPointF(seek.mapToGlobal(place)),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(seek, wheel)
    assert wishes == []
    assert not wheel.isAccepted()


def test_a_screen_reader_can_bring_the_handle_somewhere(bar):
    wishes = listen(bar.seek_requested)
    seek_of(bar).setValue(900)
    assert wishes == [900]


def test_a_screen_reader_hears_of_the_place_a_sentence_at_a_time(bar):
    seek = seek_of(bar)
    told = listen(seek.valueChanged)
    heard = []
    for place in range(600, 900, 10):
        bar.render_state(replace(PLAYING, heard=place))
        heard.append((seek.value(), seek.accessibleDescription()))
    assert told == []
    assert len(set(heard)) == 6
    assert heard[0] == (600, "about 3 min left")
    bar.render_state(replace(PLAYING, heard=0, length=100))
    assert (seek.value(), seek.accessibleDescription()) == (0, "about 10 s left")


@pytest.mark.parametrize(
    ("code_points", "speed", "words"),
    [
        (0, 1.0, ""),
        (1, 1.0, "about 5 s left"),
        (840, 1.0, "about 1 min left"),
        (1950, 1.0, "about 2 min 20 s left"),
        (1950, 2.0, "about 1 min 10 s left"),
        (20_000, 1.0, "about 24 min left"),
    ],
)
def test_time_left_in_words(code_points, speed, words):
    assert time_left(code_points, speed) == words


@given(st.integers(1, 200_000), st.sampled_from([0.5, 1.0, 1.25, 2.0]))
def test_time_left_is_never_less_than_it_takes(code_points, speed):
    parts = time_left(code_points, speed).split()[1:-1]
    seconds = sum(
        int(number) * (60 if unit == "min" else 1)
        for number, unit in zip(parts[::2], parts[1::2], strict=True)
    )
    takes = code_points * MS_A_CODE_POINT / 1000 / speed
    assert takes <= seconds + 0.001
    assert seconds < takes + max(5, 60 * (takes > 590), 10 * (takes > 55))


def test_speed_volume_and_repeat_are_shown_and_chosen(bar):
    bar.render_state(FULL)
    speed = bar.findChild(QComboBox)
    assert speed.currentData() == 1.75
    speeds = listen(bar.speed_chosen)
    QTest.keyClick(speed, Qt.Key.Key_Down)
    assert speeds == [2.0]
    bar.render_state(replace(PLAYING, speed=1.1))
    assert speed.currentText() == "1.1×"
    repeats = listen(bar.repeat_chosen)
    names = []
    for repeat in ("off", "track", "playlist"):
        bar.render_state(replace(PLAYING, repeat=repeat))
        names.append(bar.findChild(RepeatButton).accessibleName())
        bar.findChild(RepeatButton).click()
    assert names == ["Repeat: off", "Repeat: this card", "Repeat: everything"]
    assert repeats == ["track", "playlist", "off"]


def test_what_is_repeated_can_be_told_without_colour(bar):
    pictures = []
    for repeat in ("off", "track", "playlist"):
        bar.render_state(replace(PLAYING, repeat=repeat))
        picture = bar.findChild(RepeatButton).grab().toImage()
        pictures.append(picture.convertToFormat(picture.Format.Format_Grayscale8))
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]


def test_m_mutes_and_gives_back_what_was(bar):
    bar.render_state(replace(PLAYING, volume=70))
    volumes = listen(bar.volume_chosen)
    QTest.keyClick(button(bar, "Stop reading"), Qt.Key.Key_M)
    bar.render_state(replace(PLAYING, volume=0))
    assert bar.findChild(VolumeButton).accessibleName() == "Volume: off"
    bar.toggle_mute()
    assert volumes == [0, 70]


def test_sound_comes_on_even_when_it_was_off_from_the_start(bar):
    bar.render_state(replace(PLAYING, volume=0))
    volumes = listen(bar.volume_chosen)
    bar.toggle_mute()
    assert volumes == [100]


@over_the_window
def test_the_volume_has_a_slider_in_a_small_window(study):
    study.app.cards.listen()
    bar = study.window.listening_bar
    volume = bar.findChild(VolumeButton)
    volumes = listen(bar.volume_chosen)
    QTest.mouseClick(volume, Qt.MouseButton.LeftButton)
    panel = volume.panel
    settle()
    assert panel.isVisible()
    assert study.window.geometry().contains(panel.geometry())
    assert unnamed(panel) == []
    assert cut_off(panel) == []
    assert panel.slider.hasFocus()
    bar.render_state(replace(study.app.listening.state, volume=60))
    QTest.keyClick(panel.slider, Qt.Key.Key_Right)
    QTest.keyClick(panel.slider, Qt.Key.Key_M)
    assert volumes == [65, 0]
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


@over_the_window
def test_the_sleep_timer_is_set_from_a_list_and_shows_what_is_left(bar):
    sleep = bar.findChild(SleepButton)
    assert sleep.accessibleName() == "Sleep timer: off"
    chosen = listen(bar.sleep_chosen)
    sleep.click()
    actions = {action.text(): action for action in sleep._menu.actions()}
    assert list(actions) == [
        "Off",
        "10 minutes",
        "20 minutes",
        "30 minutes",
        "45 minutes",
        "60 minutes",
    ]
    actions["20 minutes"].trigger()
    sleep._menu.close()
    assert chosen == [20]
    bar.render_state(FULL)
    assert (sleep.text(), sleep.accessibleName()) == ("12 min", "Sleep timer: pauses in 12 min")


def test_a_message_is_shown_whole_and_goes(bar):
    message = next(one for one in bar.findChildren(QLabel) if one.wordWrap())
    bar.render_state(replace(PLAYING, phase="paused", message=COMPLAINT))
    assert (message.text(), message.isVisible()) == (COMPLAINT, True)
    bar.render_state(replace(PLAYING, phase="preparing"))
    assert not message.isVisible()


def test_a_notice_about_the_voice_stays_through_rests(bar):
    message = next(one for one in bar.findChildren(QLabel) if one.wordWrap())
    notice = "The voice you chose is not on this computer, so another one reads."
    span = TextSpan("p", 0, 4)
    bar.render_state(replace(PLAYING, message=notice))
    bar.render_state(replace(PLAYING, message=notice, word=span))
    bar.render_state(replace(PLAYING, phase="playing", number=5))
    bar.render_state(replace(PLAYING, phase="preparing", number=5))
    assert message.isVisible()
    bar.render_state(replace(PLAYING, number=5, word=span))
    assert not message.isVisible()
    bar.render_state(replace(PLAYING, message=notice))
    bar.render_state(replace(PLAYING, subject="card-8"))
    assert not message.isVisible()


class Watch(QObject):
    """Counts events of some types in the widgets that it watches."""

    def __init__(self, *types):
        super().__init__()
        self.types = types
        self.seen = []

    def eventFilter(self, watched, event):
        if event.type() in self.types:
            self.seen.append((type(watched).__name__, event.type().name))
        return False


def test_a_word_lays_nothing_out_and_restyles_nothing(bar):
    settle()
    kinds = QEvent.Type
    watch = Watch(kinds.LayoutRequest, kinds.StyleChange, kinds.Polish, kinds.Resize, kinds.Move)
    for widget in [bar, *bar.findChildren(QWidget)]:
        widget.installEventFilter(watch)
    for place in range(600, 700, 7):
        word = TextSpan("p", place, place + 5)
        bar.render_state(replace(PLAYING, heard=place, word=word))
        settle()
    assert watch.seen == []
    bar.render_state(replace(PLAYING, number=5))
    settle()
    assert watch.seen != [], "another sentence is other words"


def test_the_same_state_twice_looks_the_same(bar):
    for state in (PLAYING, FULL, THINKING, replace(PLAYING, message=COMPLAINT)):
        bar.render_state(state)
        settle()
        before = bar.grab().toImage()
        bar.render_state(state)
        settle()
        assert bar.grab().toImage() == before


def test_lesser_controls_give_way_and_come_back(bar):
    bar.render_state(replace(FULL, sleep_minutes=0))
    counts = []
    for width in (900, 700, 560, 460, 380, 900):
        bar.resize(width, 90)
        settle()
        counts.append(sum(b.isVisible() for b in bar.findChildren(IconButton)))
        assert cut_off(bar) == []
    assert counts[0] == counts[-1] == 10
    assert counts[:-1] == sorted(counts[:-1], reverse=True)
    assert button(bar, "Listening options") is not None
    assert bar.minimumSizeHint().width() <= 380


def test_what_is_needed_stays_in_a_bar_as_narrow_as_can_be(bar):
    bar.set_compact(True)
    bar.resize(bar.minimumSizeHint())
    settle()
    assert cut_off(bar) == []
    for name in ("Sentence before", "Pause", "Next sentence", "Listening options", "Stop reading"):
        assert button(bar, name) is not None, name


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 600)])
@pytest.mark.parametrize(
    "state",
    [FULL, THINKING, replace(FULL, phase="paused", message=COMPLAINT)],
    ids=["reading", "thinking", "message"],
)
def test_in_the_window_the_bar_is_whole(study, state, width, height, percent):
    study.app.settings.change(text_percent=percent)
    study.window.resize(width, height)
    study.app.cards.listen()
    bar = study.window.listening_bar
    bar.render_state(state)
    settle()
    assert study.window.size().toTuple() == (width, height)
    assert unnamed(study.window) == []
    assert [cut for cut in cut_off(study.window) if "outside" in cut] == []
    assert cut_off(bar) == []
    assert unreached(study.window) == []
