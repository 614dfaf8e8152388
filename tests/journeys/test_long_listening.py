"""An hour of listening at double speed, with the real voice and a player that does not wait."""

import os
import sys
from pathlib import Path

import pytest

from fakes import FakeClock
from stalin_study.domain.playlists import Contents, playlist_of
from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.listening.readings import playlist_reading
from stalin_study.services.library import load_deck
from stalin_study.services.player import Player
from stalin_study.services.speech import SpeechService

DECK = Path(__file__).parents[2] / "cards" / "stalin-1924-41"
WORKER = ["-m", "stalin_study.speech_worker.worker"]
HOUR_MS = 3_600_000
SETTLED_MS = 600_000
MOST_GROWTH = 10_000_000  # bytes
PAGE = os.sysconf("SC_PAGESIZE") if sys.platform == "linux" else 0


class FastPlayer(Player):
    """Says at once what a real player says while a file is heard: each word, then the end."""

    def __init__(self):
        super().__init__()
        self.words = ()
        self.duration_ms = 0
        self.heard_ms = 0
        self.rendered = []

    def play(self, file, duration_ms, start_ms=0):
        self.duration_ms = duration_ms

    def rest(self, duration_ms):
        self.duration_ms = duration_ms

    def pause(self):
        pass

    def resume(self):
        pass

    def stop(self):
        pass

    def set_speed(self, speed):
        assert speed == 1.0  # the voice itself is faster

    def set_volume(self, percent):
        pass


def memory(process_id):
    """Bytes in use (Linux)."""
    return int(Path(f"/proc/{process_id}/statm").read_text().split()[1]) * PAGE


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.timeout(240)
def test_an_hour_leaves_memory_files_and_place_as_they_should_be(qtbot, tmp_path):
    deck = load_deck(DECK).deck
    assert deck is not None
    speech = SpeechService(sys.executable, WORKER, tmp_path / "speech", deck.lexicon)
    player = FastPlayer()
    listening = ListeningPresenter(speech, player, FakeClock())
    listening.set_speed(2.0)
    listening.set_repeat("playlist")
    drifts, sentences = [], set()
    head = listening._head

    def hear():
        """One step: the words of a sentence light up as they sound, and it ends."""
        rendering = head._ahead.get(head.at)
        for word in rendering.words if rendering else ():
            player.position_changed.emit(word.start_ms)
            if head.word != word:
                drifts.append((head.at, word))
        if rendering:
            sentences.add(head.at)
        player.heard_ms += player.duration_ms
        player.finished.emit()

    playlist = playlist_of(deck, "deck")
    listening.play(playlist_reading(deck, playlist, Contents.WITH_NOTES, gap_ms=400))
    settled = {}
    while player.heard_ms < HOUR_MS:
        qtbot.waitUntil(lambda: head.phase == "playing", timeout=20_000)
        hear()
        if not settled and player.heard_ms > SETTLED_MS:
            settled = {os.getpid(): memory(os.getpid()), speech.worker_id: memory(speech.worker_id)}
    grown = {process: memory(process) - before for process, before in settled.items()}
    assert len(grown) == 2  # the same worker to the end
    assert max(grown.values()) < MOST_GROWTH, grown
    assert len(sentences) > 500
    # Words that begin at the same moment (espeak-ng joins some) light up as one.
    assert len(drifts) < len(sentences) / 10, drifts[:5]
    listening.close()
    assert speech.worker_id == 0
    left = {file.suffix for file in (tmp_path / "speech").iterdir()}
    assert left == {".wav", ".json"}
    assert sum(f.stat().st_size for f in (tmp_path / "speech").iterdir()) < 75_000_000
