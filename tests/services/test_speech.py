import os
import signal
import sys
import wave

import pytest

from fakes_speech import BAD_WORKER, make_narration
from stalin_study.domain.deck import LexiconEntry
from stalin_study.services.rendering import Rendering
from stalin_study.services.speech import NO_ANSWER, NO_ENGINE, SpeechService
from stalin_study.speech_worker.protocol import NO_ROOM

TROTSKY = LexiconEntry(("Trotsky",), "TROT-skee", "ˈtrɒtski")
NO_ROOM_AT_ALL = 'ulimit -f 8; exec "$0" -m stalin_study.speech_worker.worker'
REAL = ["-m", "stalin_study.speech_worker.worker"]


class Heard:
    """Gathers what a service signals."""

    def __init__(self, service):
        self.rendered: list[Rendering] = []
        self.failed: list[tuple[str, str]] = []
        service.rendered.connect(self.rendered.append)
        service.failed.connect(lambda *failure: self.failed.append(failure))

    def has_answers(self, count):
        return lambda: len(self.rendered) + len(self.failed) >= count


@pytest.fixture
def start(tmp_path, qapp):
    """Makes services that are closed at the end; "" is the real worker, else a bad one."""
    services = []

    def make(way="", patience_ms=5000, program=sys.executable, **more):
        bad = ["-c", BAD_WORKER, way, str(tmp_path / "flag")]
        arguments = more.pop("arguments", bad if way else REAL)
        cache = more.pop("cache", tmp_path / "speech")
        service = SpeechService(
            program, arguments, cache, (TROTSKY,), patience_ms=patience_ms, **more
        )
        services.append(service)
        return service, Heard(service)

    yield make
    for service in services:
        service.close()
        assert service.worker_id == 0


def is_running(process_id):
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def test_sentences_are_rendered_in_order(start, qtbot):
    service, heard = start()
    assert service.worker_id == 0
    service.render("1-0", "In 1929 Trotsky left.")
    service.render("1-1", "Then he wrote.")
    qtbot.waitUntil(heard.has_answers(2))
    first, second = heard.rendered
    assert (first.utterance_id, second.utterance_id) == ("1-0", "1-1")
    assert [(word.start, word.end) for word in first.words] == [(0, 2), (3, 7), (8, 15), (16, 20)]
    assert first.is_exact
    with wave.open(str(first.file)) as sound:
        assert abs(1000 * sound.getnframes() / sound.getframerate() - first.duration_ms) < 2
    assert second.file.exists()


def test_closing_ends_the_worker(start, qtbot, tmp_path):
    service, heard = start()
    service.render("a", "Hello.")
    qtbot.waitUntil(heard.has_answers(1))
    worker = service.worker_id
    assert is_running(worker)
    service.close()
    assert not is_running(worker)
    assert {file.suffix for file in (tmp_path / "speech").iterdir()} == {".wav", ".json"}
    service.close()


@pytest.mark.skipif(os.name == "nt", reason="a process cannot be halted there")
def test_closing_does_not_wait_for_a_worker_that_hangs(start, qtbot):
    service, heard = start()
    service.render("a", "Hello.")
    qtbot.waitUntil(heard.has_answers(1))
    worker = service.worker_id
    os.kill(worker, signal.SIGSTOP)
    service.render("b", "Hello again.")
    service.close()
    assert not is_running(worker)


@pytest.mark.logs_warnings
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")
def test_a_worker_killed_between_sentences_is_replaced(start, qtbot):
    service, heard = start()
    service.render("a", "Hello.")
    qtbot.waitUntil(heard.has_answers(1))
    killed = service.worker_id
    os.kill(killed, signal.SIGKILL)
    service.render("b", "Hello again.")
    qtbot.waitUntil(heard.has_answers(2))
    assert [rendering.utterance_id for rendering in heard.rendered] == ["a", "b"]
    assert service.worker_id != killed


@pytest.mark.logs_warnings
@pytest.mark.skipif(os.name == "nt", reason="a process cannot be halted there")
@pytest.mark.parametrize("ends", [True, False], ids=["killed", "hangs"])
def test_a_worker_lost_within_a_sentence_is_replaced_and_the_sentence_tried_again(
    start, qtbot, ends
):
    service, heard = start(patience_ms=5000 if ends else 200)
    service.render("a", "Hello.")
    qtbot.waitUntil(heard.has_answers(1))
    lost = service.worker_id
    os.kill(lost, signal.SIGSTOP)
    service.render("b", "Hello again.")
    service.render("c", "And again.")
    if ends:
        os.kill(lost, signal.SIGKILL)
    qtbot.waitUntil(heard.has_answers(3))
    assert [rendering.utterance_id for rendering in heard.rendered] == ["a", "b", "c"]
    assert heard.failed == []
    assert not is_running(lost)


@pytest.mark.logs_warnings
def test_a_sentence_that_kills_every_worker_fails_alone(start, qtbot):
    service, heard = start("dies-on-bad")
    for name, text in (("a", "good"), ("b", "bad"), ("c", "good")):
        service.render(name, text)
    qtbot.waitUntil(heard.has_answers(3))
    assert [rendering.utterance_id for rendering in heard.rendered] == ["a", "c"]
    assert heard.failed == [("b", NO_ANSWER)]


@pytest.mark.logs_warnings
def test_a_sentence_that_hangs_every_worker_fails_alone(start, qtbot):
    service, heard = start("hangs-on-bad", patience_ms=300)
    service.render("a", "bad")
    service.render("b", "good")
    qtbot.waitUntil(heard.has_answers(2))
    assert heard.failed == [("a", NO_ANSWER)]
    assert [rendering.utterance_id for rendering in heard.rendered] == ["b"]


@pytest.mark.logs_warnings
def test_the_second_attempt_says_that_it_is_one(start, qtbot):
    service, heard = start("dies-once")
    service.render("a", "text")
    qtbot.waitUntil(heard.has_answers(1))
    assert [rendering.utterance_id for rendering in heard.rendered] == ["a"]


@pytest.mark.logs_warnings
def test_a_worker_that_never_comes_up_is_given_up(start, qtbot):
    service, heard = start("never-ready", patience_ms=20)
    service.render("a", "text")
    qtbot.waitUntil(heard.has_answers(1))
    assert heard.failed == [("a", NO_ENGINE)]


@pytest.mark.logs_warnings
def test_a_missing_program_is_one_sentence(start, qtbot, tmp_path):
    service, heard = start(program=str(tmp_path / "nothing here"))
    service.render("a", "text")
    qtbot.waitUntil(heard.has_answers(1))
    assert heard.failed == [("a", NO_ENGINE)]


def test_what_the_worker_says_of_a_failure_is_passed_on(start, qtbot):
    service, heard = start("fails")
    service.render("a", "text")
    qtbot.waitUntil(heard.has_answers(1))
    assert heard.failed == [("a", "No voice.")]


@pytest.mark.logs_warnings
@pytest.mark.parametrize("way", ["chatty", "cuts-lines"])
def test_what_is_not_an_answer_is_passed_over(start, qtbot, way):
    service, heard = start(way)
    service.render("a", "text")
    qtbot.waitUntil(heard.has_answers(1))
    assert [rendering.utterance_id for rendering in heard.rendered] == ["a"]


def test_cancelled_sentences_are_not_heard_of_again(start, qtbot, tmp_path):
    service, heard = start()
    for number in range(5):
        service.render(f"old-{number}", "This will not be heard.")
    service.cancel()
    service.render("new", "This will.")
    qtbot.waitUntil(heard.has_answers(1))
    assert [rendering.utterance_id for rendering in heard.rendered] == ["new"]
    service.list_voices()
    service.render("later", "This will not.")
    service.cancel()
    with qtbot.waitSignal(service.voices_listed):
        pass
    assert len(heard.rendered) == 1


def test_voices(start, qtbot):
    service, _ = start()
    with qtbot.waitSignal(service.voices_listed) as listed:
        service.list_voices()
    assert "gmw/en" in [voice.id for voice in listed.args[0]]


@pytest.mark.logs_warnings
def test_a_cache_that_cannot_be_written_is_done_without(start, qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "passing"))
    (tmp_path / "passing").mkdir()
    (tmp_path / "file").write_text("in the way")
    service, heard = start(cache=tmp_path / "file")
    service.render("a", "Hello.")
    qtbot.waitUntil(heard.has_answers(1))
    assert heard.failed == []
    assert tmp_path / "passing" in heard.rendered[0].file.parents
    service.close()
    assert list((tmp_path / "passing").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="no ulimit there")
@pytest.mark.logs_warnings
def test_no_room_for_sounds_is_one_sentence(start, qtbot):
    """No file of the worker may pass 4 KB: writing more fails as on a full disk."""
    service, heard = start(program="/bin/sh", arguments=["-c", NO_ROOM_AT_ALL, sys.executable])
    service.render("a", "Hello.")
    qtbot.waitUntil(heard.has_answers(1))
    assert heard.failed == [("a", NO_ROOM)]


def test_what_was_rendered_once_is_there_again(start, qtbot):
    service, heard = start()
    for utterance_id, speed in (("a", 1.0), ("b", 1.0), ("c", 2.0)):
        service.render(utterance_id, "In 1929 Trotsky left.", speed=speed)
    qtbot.waitUntil(heard.has_answers(3))
    first, second, faster = heard.rendered
    assert first.file == second.file
    assert first.words == second.words
    assert faster.file != first.file
    assert (first.speed, faster.speed) == (1.0, 2.0)
    assert faster.duration_ms < first.duration_ms * 0.7


def test_a_warm_worker_waits_for_the_first_sentence(start, qtbot):
    service, heard = start()
    service.warm_up()
    worker = service.worker_id
    assert is_running(worker)
    service.render("a", "Hello.")
    qtbot.waitUntil(heard.has_answers(1))
    assert service.worker_id == worker


def test_a_warm_worker_that_is_not_asked_is_left_alone(start, qtbot):
    service, heard = start(patience_ms=200)
    service.warm_up()
    worker = service.worker_id
    qtbot.waitUntil(lambda: service._is_ready)
    assert not service._watchdog.isActive()
    service.render("a", "Hello.")
    qtbot.waitUntil(heard.has_answers(1))
    assert (service.worker_id, service._watchdog.isActive()) == (worker, False)


def test_the_narration_goes_before_the_voice(start, qtbot, tmp_path):
    narration = make_narration(tmp_path / "narration", "Trotsky left.")
    service, heard = start(narration=narration)
    service.render("recorded", "Trotsky left.")
    qtbot.waitUntil(heard.has_answers(1))
    assert service.worker_id == 0
    found = heard.rendered[0]
    assert (found.utterance_id, found.duration_ms) == ("recorded", 900)
    assert [(word.start_ms, word.start, word.end) for word in found.words] == [
        (0, 0, 7),
        (500, 8, 12),
    ]
    service.render("chosen voice", "Trotsky left.", voice="gmw/en")
    service.render("other text", "Trotsky came back.")
    qtbot.waitUntil(heard.has_answers(3))
    assert service.worker_id != 0
    assert found.file not in {rendering.file for rendering in heard.rendered[1:]}
    service.render("cancelled", "Trotsky left.")
    service.cancel()
    service.render("new", "Trotsky left.")
    qtbot.waitUntil(heard.has_answers(4))
    assert heard.rendered[3].utterance_id == "new"
