"""The reading on a real session bus, as another program sees it."""

import logging
import re
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QProcess
from PySide6.QtDBus import QDBusConnection

from fakes_speech import FakePlayer, FakeSpeech
from stalin_study.domain.card_text import Block, BlockKind
from stalin_study.domain.markup import plain
from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.listening.remote import ReadingRemote
from stalin_study.services.mpris import NAME, MprisPlayer, has_session_bus
from stalin_study.services.mpris_adaptors import PATH, PLAYER, PROPERTIES, track_path
from stalin_study.services.now_playing import LONGEST_STEP_US, NowPlaying, has_jumped

ROOT = "org.mpris.MediaPlayer2"
CARD = NowPlaying(
    status="Playing",
    track="1:card:rivals",
    title="His rivals",
    album="Rise to power",
    sentence=2,
    position_us=3_000_000,
    length_us=90_000_000,
    volume=0.8,
    can_go_next=True,
    can_seek=True,
)

needs_a_bus = pytest.mark.skipif(
    not all(map(shutil.which, ("dbus-daemon", "dbus-send", "dbus-monitor"))),
    reason="needs dbus-daemon, dbus-send and dbus-monitor (Debian: apt install dbus)",
)


class FakeRemote:
    """Writes down what is asked of it."""

    def __init__(self):
        self.asked: list[tuple] = []

    def __getattr__(self, verb):
        return lambda *arguments: self.asked.append((verb, *arguments))


class Ear:
    """Another program that hears what a player tells: one line for each signal."""

    def __init__(self, address):
        self._heard = b""
        self._monitor = QProcess()
        rule = f"type='signal',path='{PATH}'"
        self._monitor.start("dbus-monitor", ["--address", address, rule])

    def hears(self):
        """Whether it listens yet: the bus then takes its name away."""
        self._heard += bytes(self._monitor.readAllStandardOutput())
        return b"member=NameLost" in self._heard

    @property
    def told(self):
        self.hears()
        told = re.split(r"(?m)^signal ", self._heard.decode())
        return [" ".join(one.partition("member=")[2].split()) for one in told if PATH in one]

    def leave(self):
        self._monitor.kill()
        self._monitor.waitForFinished()


def start_daemon():
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    return daemon, daemon.stdout.readline().strip()


def end_daemon(daemon):
    daemon.kill()
    daemon.wait()
    daemon.stdout.close()


@pytest.fixture(scope="module")
def address():
    daemon, address = start_daemon()
    yield address
    end_daemon(daemon)


@pytest.fixture
def make_player(qapp):
    """Makes players that leave the bus at the end; each has a connection of its own if it must.

    A connection is never closed: its thread would call Python while a call on the bus waits.
    """
    made = []

    def make(address, remote=None, raise_window=lambda: None, connection="a player"):
        player = MprisPlayer(
            remote or FakeRemote(),
            raise_window,
            lambda: QDBusConnection.connectToBus(address, f"{connection} at {address}"),
        )
        made.append(player)
        return player

    yield make
    for player in made:
        player.close()
        player.deleteLater()


@pytest.fixture
def send(qtbot, address):
    """Calls a method as another program; what it prints, on one line."""

    def call(method, *arguments, to=NAME, path=PATH):
        process = QProcess()
        command = [f"--bus={address}", "--print-reply", f"--dest={to}", path, method, *arguments]
        with qtbot.waitSignal(process.finished, timeout=20_000):
            process.start("dbus-send", command)
        printed = process.readAllStandardOutput() + process.readAllStandardError()
        return " ".join(bytes(printed).decode().split())

    return call


@pytest.fixture
def ear(qtbot, address):
    made = Ear(address)
    qtbot.waitUntil(made.hears, timeout=20_000)
    yield made
    made.leave()


def names_on_the_bus(send):
    printed = send(
        "org.freedesktop.DBus.ListNames", to="org.freedesktop.DBus", path="/org/freedesktop/DBus"
    )
    return {name for name in re.findall(r'string "(.*?)"', printed) if name.startswith(NAME)}


@needs_a_bus
def test_it_is_on_the_bus_while_there_is_something_to_play(make_player, send, address):
    player = make_player(address)
    player.show_now(NowPlaying(title="There is nothing to read aloud here."))
    assert (player.name, names_on_the_bus(send)) == ("", set())
    for _ in range(2):
        player.show_now(CARD)
        player.show_now(replace(CARD, status="Paused"))
        assert (player.name, names_on_the_bus(send)) == (NAME, {NAME})
        player.show_now(NowPlaying())
        assert (player.name, names_on_the_bus(send)) == ("", set())
    player.show_now(CARD)
    player.close()
    player.show_now(CARD)
    assert names_on_the_bus(send) == set()


@needs_a_bus
def test_a_second_window_takes_a_name_of_its_own(make_player, send, address):
    first, second = make_player(address), make_player(address, connection="another")
    first.show_now(CARD)
    second.show_now(CARD)
    assert re.fullmatch(re.escape(NAME) + r"\.instance\d+", second.name)
    assert names_on_the_bus(send) == {NAME, second.name}


@needs_a_bus
def test_everything_has_the_type_that_mpris_wants(make_player, send, address):
    make_player(address).show_now(replace(CARD, repeat="playlist", speed=1.25))
    player = send(f"{PROPERTIES}.GetAll", f"string:{PLAYER}")
    for entry in (
        '"PlaybackStatus" variant string "Playing"',
        '"Position" variant int64 3000000',
        '"Rate" variant double 1.25',
        '"MinimumRate" variant double 0.5',
        '"MaximumRate" variant double 2',
        '"Volume" variant double 0.8',
        '"LoopStatus" variant string "Playlist"',
        '"CanGoNext" variant boolean true',
        '"CanGoPrevious" variant boolean false',
        '"CanPlay" variant boolean true',
        '"CanPause" variant boolean true',
        '"CanSeek" variant boolean true',
        '"CanControl" variant boolean true',
        '"mpris:trackid" variant object path "/io/github/stalin_study/tracks/1_3acard_3arivals"',
        '"mpris:length" variant int32 90000000',
        '"xesam:title" variant string "His rivals"',
        '"xesam:album" variant string "Rise to power"',
    ):
        assert f"dict entry( string {entry} )" in player
    program = send(f"{PROPERTIES}.GetAll", f"string:{ROOT}")
    for entry in (
        '"CanQuit" variant boolean false',
        '"CanRaise" variant boolean true',
        '"HasTrackList" variant boolean false',
        '"Identity" variant string "Stalin Study"',
        '"DesktopEntry" variant string "stalin-study"',
        '"SupportedUriSchemes" variant array [ ]',
        '"SupportedMimeTypes" variant array [ ]',
    ):
        assert f"dict entry( string {entry} )" in program


@needs_a_bus
@pytest.mark.parametrize(
    ("call", "asked"),
    [
        (["PlayPause"], ("toggle",)),
        (["Play"], ("play",)),
        (["Pause"], ("pause",)),
        (["Stop"], ("stop",)),
        (["Next"], ("go_next",)),
        (["Previous"], ("go_previous",)),
        (["Seek", "int64:-5000000"], ("seek_by", -5_000_000)),
        (
            ["SetPosition", f"objpath:{track_path(CARD.track)}", "int64:7000000"],
            ("seek_to", CARD.track, 7_000_000),
        ),
    ],
)
def test_a_method_asks_the_remote(make_player, send, address, call, asked):
    remote = FakeRemote()
    make_player(address, remote).show_now(CARD)
    method, *arguments = call
    assert "method return" in send(f"{PLAYER}.{method}", *arguments)
    assert remote.asked == [asked]


@needs_a_bus
@pytest.mark.parametrize(
    ("name", "value", "asked"),
    [
        ("Volume", "double:0.25", [("set_volume", 0.25)]),
        ("Rate", "double:1.5", [("set_speed", 1.5)]),
        ("LoopStatus", "string:Track", [("set_repeat", "track")]),
        ("LoopStatus", "string:None", [("set_repeat", "off")]),
        ("LoopStatus", "string:Backwards", []),
        ("Position", "int64:5", []),
    ],
)
def test_setting_a_property_asks_the_remote(make_player, send, address, name, value, asked):
    remote = FakeRemote()
    make_player(address, remote).show_now(CARD)
    send(f"{PROPERTIES}.Set", f"string:{PLAYER}", f"string:{name}", f"variant:{value}")
    assert remote.asked == asked


@needs_a_bus
def test_a_place_of_a_track_that_is_over_is_left_alone(make_player, send, address):
    remote = FakeRemote()
    make_player(address, remote).show_now(CARD)
    over = f"objpath:{track_path('1:card:before')}"
    assert "method return" in send(f"{PLAYER}.SetPosition", over, "int64:7000000")
    assert remote.asked == []


@needs_a_bus
def test_the_window_is_brought_up_and_not_closed(make_player, send, address):
    remote, raised = FakeRemote(), []
    player = make_player(address, remote, lambda: raised.append(True))
    player.show_now(CARD)
    send(f"{ROOT}.Raise")
    assert "method return" in send(f"{ROOT}.Quit")
    assert "method return" in send(f"{PLAYER}.OpenUri", "string:file:card")
    assert (raised, remote.asked, player.name) == ([True], [], NAME)


@needs_a_bus
def test_what_changes_is_told_and_nothing_else(make_player, ear, qtbot, address):
    player = make_player(address)
    player.show_now(CARD)
    player.show_now(replace(CARD, position_us=3_400_000))
    player.show_now(replace(CARD, position_us=3_400_000, status="Paused", volume=0.5))
    qtbot.waitUntil(lambda: bool(ear.told))
    assert ear.told == [
        f'PropertiesChanged string "{PLAYER}" array ['
        ' dict entry( string "PlaybackStatus" variant string "Paused" )'
        ' dict entry( string "Volume" variant double 0.5 ) ] array [ ]'
    ]


@needs_a_bus
@pytest.mark.parametrize("readings", [1, 3])
def test_another_track_and_a_jump_are_told_once(make_player, ear, qtbot, address, readings):
    player = make_player(address)
    for _ in range(readings):
        player.show_now(NowPlaying())
        player.show_now(CARD)
    other = replace(CARD, track="2:card:terror", title="The Terror", album="", position_us=0)
    player.show_now(other)
    player.show_now(replace(other, position_us=40_000_000, sentence=9))
    player.show_now(replace(other, position_us=0, sentence=1))
    qtbot.waitUntil(lambda: ear.told[-1:] == ["Seeked int64 0"])
    changed, *jumps = ear.told
    assert changed.startswith(f'PropertiesChanged string "{PLAYER}" array [ dict entry(')
    assert changed.count("dict entry( string") == 1 + len(("trackid", "length", "title"))
    assert '"xesam:title" variant string "The Terror"' in changed
    assert jumps == ["Seeked int64 40000000", "Seeked int64 0"]


@needs_a_bus
def test_a_bus_that_ends_takes_nothing_with_it(make_player, qtbot):
    daemon, address = start_daemon()
    player = make_player(address)
    player.show_now(CARD)
    bus = QDBusConnection(f"a player at {address}")
    assert (player.name, bus.isConnected()) == (NAME, True)
    end_daemon(daemon)
    qtbot.waitUntil(lambda: not bus.isConnected())
    player.show_now(replace(CARD, status="Paused"))
    player.show_now(NowPlaying())
    player.show_now(CARD)
    assert player.name == ""


@needs_a_bus
def test_a_real_reading_is_worked_from_the_bus(make_player, send, address):
    speech, sound = FakeSpeech(), FakePlayer()
    listening = ListeningPresenter(speech, sound, lambda: None)
    remote = ReadingRemote(listening)
    player = make_player(address, remote)
    remote.now_playing_changed.connect(player.show_now)
    block = Block("a", BlockKind.POINT, plain("Stalin had many rivals. He beat them all."))
    listening.read("rivals", "His rivals", [block])
    speech.answer_all()
    assert sound.is_playing
    send(f"{PLAYER}.PlayPause")
    assert (listening.state.phase, sound.is_playing) == ("paused", False)
    assert 'string "Paused"' in send(
        f"{PROPERTIES}.Get", f"string:{PLAYER}", "string:PlaybackStatus"
    )
    send(f"{PLAYER}.Next")
    assert (listening.state.number, listening.state.phase) == (2, "paused")
    assert "method return" in send(f"{PLAYER}.Stop")
    assert (listening.state.phase, player.name) == ("idle", "")
    listening.close()


def test_without_a_bus_nothing_happens(qapp, caplog):
    asked = []
    player = MprisPlayer(FakeRemote(), lambda: None, lambda: asked.append(True))
    with caplog.at_level(logging.INFO):
        player.show_now(CARD)
        player.show_now(replace(CARD, status="Paused"))
    player.close()
    assert (player.name, asked) == ("", [True])
    assert [record.levelno for record in caplog.records] == [logging.INFO]


def test_qtdbus_is_not_loaded_before_something_is_read():
    code = (
        "import sys; from PySide6.QtCore import QCoreApplication; app = QCoreApplication([]);"
        "from stalin_study.services.mpris import MprisPlayer;"
        "from stalin_study.services.now_playing import NowPlaying;"
        "player = MprisPlayer(None, None); player.show_now(NowPlaying()); player.close();"
        "print('PySide6.QtDBus' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("False\n", "")


def test_a_bus_is_looked_for_only_where_one_is_said_to_be(tmp_path):
    assert has_session_bus({"DBUS_SESSION_BUS_ADDRESS": "unix:path=bus"})
    assert not has_session_bus({})
    assert not has_session_bus({"XDG_RUNTIME_DIR": str(tmp_path)})
    (tmp_path / "bus").touch()
    assert has_session_bus({"XDG_RUNTIME_DIR": str(tmp_path)})


@given(st.lists(st.text(), unique=True, max_size=5))
def test_a_track_becomes_an_object_path_of_its_own(tracks):
    paths = {track_path(track) for track in tracks}
    assert len(paths) == len(tracks)
    assert all(re.fullmatch(r"(/[A-Za-z0-9_]+)+", path) for path in paths)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (CARD, False),
        (replace(CARD, position_us=3_500_000), False),
        (replace(CARD, position_us=3_000_000 + LONGEST_STEP_US), False),
        (replace(CARD, position_us=3_000_001 + LONGEST_STEP_US), True),
        (replace(CARD, position_us=2_999_999), True),
        (replace(CARD, sentence=3), True),
        (replace(CARD, track="2:card:terror", position_us=0), False),
    ],
)
def test_a_jump_is_what_nobody_would_expect(now, expected):
    assert has_jumped(CARD, now) is expected
    assert not has_jumped(NowPlaying(), NowPlaying(sentence=1))
