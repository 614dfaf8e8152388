import builtins
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtMultimedia import QMediaPlayer

from stalin_study.services.playback import (
    NO_DEVICE,
    NO_PROGRESS,
    NO_SOUND,
    SOUND_IS_BACK,
    STALLED_AFTER_TICKS,
    MultimediaPlayer,
    loudness,
)
from stalin_study.services.player import SilentPlayer

Status = QMediaPlayer.MediaStatus
FILE = Path("/sounds/1.wav")


class Clock:
    def __init__(self):
        self.ms = 0

    def __call__(self):
        return self.ms


class Heard:
    def __init__(self, player):
        self.positions: list[int] = []
        self.finished = 0
        self.notices: list[str] = []
        player.position_changed.connect(self.positions.append)
        player.finished.connect(self._finish)
        player.notice.connect(self.notices.append)

    def _finish(self):
        self.finished += 1


class FakeQMediaPlayer(QObject):
    mediaStatusChanged = Signal(object)
    errorOccurred = Signal(object, str)

    def __init__(self):
        super().__init__()
        self.calls: list[str] = []
        self.url = QUrl()
        self.at = 0
        self.rate = 1.0
        self.status = Status.NoMedia
        self.is_slow = False

    def source(self):
        return self.url

    def setSource(self, url):
        self.url = url
        self.at = 0
        if url.isEmpty():
            self.status = Status.NoMedia
        else:
            self.status = Status.LoadingMedia if self.is_slow else Status.LoadedMedia

    def load(self):
        self.status = Status.LoadedMedia
        self.mediaStatusChanged.emit(self.status)

    def setPlaybackRate(self, rate):
        self.rate = rate

    def position(self):
        return self.at

    def setPosition(self, at):
        self.at = at

    def mediaStatus(self):
        return self.status

    def play(self):
        self.calls.append("play")

    def pause(self):
        self.calls.append("pause")

    def stop(self):
        self.calls.append("stop")


class FakeDevices(QObject):
    audioOutputsChanged = Signal()


class FakeMedia:
    def __init__(self):
        self.player = FakeQMediaPlayer()
        self.devices = FakeDevices()
        self.device = "speakers"
        self.used: list[str] = []

    def has_device(self):
        return bool(self.device)

    def use_default_device(self):
        self.used.append(self.device)

    def set_volume(self, percent):
        self.volume = percent


@pytest.fixture
def silent(qapp):
    clock = Clock()
    player = SilentPlayer(elapsed_ms=clock)
    yield player, clock, Heard(player)
    player.close()


@pytest.fixture
def sounding(qapp):
    media = FakeMedia()
    player = MultimediaPlayer(load=lambda: media)
    yield player, media, Heard(player)
    player.close()


def test_silence_keeps_the_time_of_the_file(silent):
    player, clock, heard = silent
    player.play(FILE, 1000)
    for clock.ms in (0, 400, 999, 1000, 1500):
        player.tick()
    assert heard.positions == [0, 400, 999, 1000]
    assert heard.finished == 1


def test_silence_pauses_resumes_and_stops(silent):
    player, clock, heard = silent
    player.play(FILE, 1000)
    clock.ms = 300
    player.pause()
    clock.ms = 5000
    player.tick()
    assert heard.positions == []
    player.resume()
    clock.ms = 5100
    player.tick()
    assert heard.positions == [400]
    player.stop()
    clock.ms = 9000
    player.tick()
    assert (heard.positions, heard.finished) == ([400], 0)


def test_silence_changes_speed_on_its_way(silent):
    player, clock, heard = silent
    player.play(FILE, 1000)
    clock.ms = 200
    player.set_speed(2.0)
    clock.ms = 300
    player.tick()
    player.set_speed(0.5)
    clock.ms = 500
    player.tick()
    assert heard.positions == [400, 500]


def test_silence_ticks_by_itself(qtbot):
    player = SilentPlayer()
    heard = Heard(player)
    with qtbot.waitSignal(player.finished, timeout=2000):
        player.play(FILE, 60)
    assert heard.positions[-1] == 60


def test_nothing_is_loaded_before_it_is_needed(qapp):
    loads = []
    player = MultimediaPlayer(load=lambda: loads.append(1) or FakeMedia())
    player.set_speed(1.5)
    player.stop()
    player.pause()
    assert loads == []
    player.prepare()
    player.prepare()
    assert loads == [1]
    player.close()


def test_importing_playback_does_not_load_qtmultimedia():
    code = (
        "import sys, stalin_study.services.playback; print('PySide6.QtMultimedia' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_file_is_played_to_its_end_on_the_default_device(sounding, qtbot):
    player, media, heard = sounding
    player.set_speed(1.5)
    player.play(FILE, 1000)
    assert media.player.url == QUrl.fromLocalFile(str(FILE))
    assert (media.player.calls, media.player.rate, media.used) == (["play"], 1.5, ["speakers"])
    media.player.at = 350
    qtbot.waitUntil(lambda: bool(heard.positions) and heard.positions[-1] >= 350)
    media.player.status = Status.EndOfMedia
    media.player.mediaStatusChanged.emit(Status.EndOfMedia)
    assert heard.finished == 0
    qtbot.waitUntil(lambda: heard.finished == 1)
    assert heard.notices == []


def test_the_end_of_a_file_that_was_replaced_is_not_heard(sounding, qapp):
    player, media, heard = sounding
    player.play(FILE, 1000)
    media.player.mediaStatusChanged.emit(Status.EndOfMedia)
    player.play(Path("/sounds/2.wav"), 1000)
    qapp.processEvents()
    assert heard.finished == 0
    player.stop()
    assert media.player.url.isEmpty()
    media.player.status = Status.EndOfMedia
    media.player.mediaStatusChanged.emit(Status.EndOfMedia)
    qapp.processEvents()
    assert heard.finished == 0


def test_a_file_is_played_from_a_place_in_it(sounding, qtbot):
    player, media, heard = sounding
    player.play(FILE, 1000, 700)
    assert media.player.at == 700
    qtbot.waitUntil(lambda: bool(heard.positions))
    assert heard.positions[0] == 700


@pytest.mark.parametrize("is_paused", [False, True])
def test_a_place_is_gone_to_once_the_file_is_loaded(sounding, qtbot, is_paused):
    player, media, _ = sounding
    media.player.is_slow = True
    player.play(FILE, 1000, 700)
    assert media.player.calls == []
    if is_paused:
        player.pause()
        media.player.load()
        player.resume()
    else:
        media.player.load()
    qtbot.waitUntil(lambda: "play" in media.player.calls)
    assert media.player.at == 700


def test_a_rest_is_silent_for_its_time_at_any_speed(sounding, qtbot):
    player, media, heard = sounding
    player.set_speed(0.5)
    player.rest(50)
    player.pause()
    player.resume()
    qtbot.waitUntil(lambda: heard.finished == 1)
    assert heard.positions[-1] == 50
    assert media.player.calls == []
    player.rest(1_000_000)
    player.stop()
    assert heard.finished == 1


def test_the_volume_holds_before_and_after_the_first_sound(sounding):
    player, media, _ = sounding
    player.set_volume(40)
    player.play(FILE, 1000)
    assert media.volume == 40
    player.set_volume(70)
    assert media.volume == 70


def test_half_the_volume_is_what_the_ear_calls_half():
    assert loudness(100) == pytest.approx(1.0)
    assert 0.1 < loudness(50) < 0.4
    assert loudness(0) == 0


def test_pause_holds_the_place(sounding, qapp):
    player, media, _ = sounding
    player.play(FILE, 1000)
    media.player.at = 400
    player.tick()
    player.pause()
    assert media.player.calls == ["play", "stop"]
    media.player.at = 0  # as when it is stopped
    player.pause()
    player.resume()
    assert media.player.calls == ["play", "stop", "play"]
    assert 400 <= media.player.at < 500


def test_without_a_device_the_words_go_on_in_silence(sounding, qtbot):
    player, media, heard = sounding
    media.device = ""
    player.play(FILE, 60)
    assert heard.notices == [NO_DEVICE]
    player.pause()
    player.resume()
    qtbot.waitUntil(lambda: heard.finished == 1)
    assert media.player.calls == []
    media.device = "headphones"
    player.play(FILE, 60)
    assert (media.player.calls, media.used) == (["play"], ["headphones"])


def test_a_device_removed_while_playing(sounding, qtbot):
    player, media, heard = sounding
    player.play(FILE, 400)
    media.player.at = 350
    media.device = "other speakers"
    media.devices.audioOutputsChanged.emit()
    qtbot.waitUntil(lambda: media.used == ["speakers", "other speakers"])
    media.device = ""
    media.devices.audioOutputsChanged.emit()
    qtbot.waitUntil(lambda: heard.notices == [NO_DEVICE])
    qtbot.waitUntil(lambda: heard.finished == 1)
    assert min(heard.positions) >= 350
    assert heard.positions[-1] == 400


def test_a_device_that_comes_back_sounds_from_here_on(sounding, qtbot):
    player, media, heard = sounding
    player.play(FILE, 100_000)
    media.player.at = 350
    media.device = ""
    media.devices.audioOutputsChanged.emit()
    qtbot.waitUntil(lambda: bool(heard.positions) and heard.positions[-1] > 350)
    media.device = "headphones"
    media.devices.audioOutputsChanged.emit()
    qtbot.waitUntil(lambda: heard.notices == [NO_DEVICE, SOUND_IS_BACK])
    assert media.used == ["speakers", "headphones"]
    assert 350 < media.player.at < 100_000
    assert media.player.calls == ["play", "stop", "play"]


def test_a_device_that_comes_back_while_paused_stays_paused(sounding, qtbot):
    player, media, heard = sounding
    media.device = ""
    player.play(FILE, 100_000)
    player.pause()
    media.device = "headphones"
    media.devices.audioOutputsChanged.emit()
    qtbot.waitUntil(lambda: SOUND_IS_BACK in heard.notices)
    assert media.player.calls == ["play", "stop"]
    player.resume()
    assert media.player.calls == ["play", "stop", "play"]


def test_a_device_removed_while_paused(sounding, qtbot):
    player, media, heard = sounding
    player.play(FILE, 100_000)
    player.pause()
    media.device = ""
    media.devices.audioOutputsChanged.emit()
    player.resume()
    assert heard.notices == [NO_DEVICE]
    qtbot.waitUntil(lambda: bool(heard.positions))


@pytest.mark.logs_warnings
def test_a_player_that_fails_goes_on_in_silence(sounding, qtbot):
    player, media, heard = sounding
    player.play(FILE, 60)
    media.player.errorOccurred.emit(QMediaPlayer.Error.ResourceError, "cannot open")
    qtbot.waitUntil(lambda: heard.finished == 1)
    assert heard.notices == [NO_SOUND]


def test_a_sound_server_that_hangs_is_left(sounding, qtbot):
    player, media, heard = sounding
    player.play(FILE, 60)
    for _ in range(STALLED_AFTER_TICKS + 1):
        player.tick()
    assert heard.notices == [NO_PROGRESS]
    qtbot.waitUntil(lambda: heard.finished == 1)
    player.play(FILE, 100_000)  # the next sentence does not wait for it again
    assert (heard.notices, media.player.calls) == ([NO_PROGRESS] * 2, ["play", "stop"])
    qtbot.waitUntil(lambda: bool(heard.positions))
    media.devices.audioOutputsChanged.emit()
    qtbot.waitUntil(lambda: heard.notices[-1] == SOUND_IS_BACK)
    assert media.player.calls[-1] == "play"


def test_a_sound_server_that_hung_gets_another_chance_with_the_next_reading(sounding, qtbot):
    player, media, heard = sounding
    player.play(FILE, 60)
    for _ in range(STALLED_AFTER_TICKS + 1):
        player.tick()
    player.prepare()
    player.play(FILE, 60)
    assert (heard.notices, media.player.calls[-1]) == ([NO_PROGRESS], "play")


@pytest.mark.logs_warnings
def test_without_qtmultimedia_there_is_silence_and_a_sentence(qtbot, monkeypatch):
    real_import = builtins.__import__

    def no_multimedia(name, *args, **kwargs):
        if name == "PySide6.QtMultimedia":
            raise ImportError("libpulse.so.0: cannot open shared object file")
        return real_import(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", no_multimedia)
    player = MultimediaPlayer()
    heard = Heard(player)
    player.prepare()
    player.play(FILE, 40)
    qtbot.waitUntil(lambda: heard.finished == 1)
    player.play(FILE, 40)
    assert heard.notices == [NO_SOUND, NO_SOUND]
    player.close()
