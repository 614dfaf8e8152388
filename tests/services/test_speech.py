import os
import signal
import sys
import wave

import pytest

from fakes_speech import BAD_WORKER
from stalin_study.domain.deck import LexiconEntry
from stalin_study.services.speech import NO_ANSWER, NO_ENGINE, Rendering, SpeechService
from stalin_study.speech_worker.protocol import NO_ROOM

TROTSKY = LexiconEntry(("Trotsky",), "TROT-skee", "ˈtrɒtski")
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

    def make(way="", patience_ms=5000, folder=tmp_path / "speech", program=sys.executable):
        arguments = ["-c", BAD_WORKER, way, str(tmp_path / "flag")] if way else REAL
        service = SpeechService(program, arguments, folder, (TROTSKY,), patience_ms=patience_ms)
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
    service.forget("1-0")
    assert not first.file.exists()
    assert second.file.exists()
    service.forget("never rendered")


def test_closing_ends_the_worker_and_removes_every_file(start, qtbot, tmp_path):
    service, heard = start()
    service.render("a", "Hello.")
    qtbot.waitUntil(heard.has_answers(1))
    worker = service.worker_id
    assert is_running(worker)
    service.close()
    assert not is_running(worker)
    assert list((tmp_path / "speech").iterdir()) == []
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
    assert list((tmp_path / "speech").glob("*/*.wav")) == [heard.rendered[0].file]


def test_voices(start, qtbot):
    service, _ = start()
    with qtbot.waitSignal(service.voices_listed) as listed:
        service.list_voices()
    assert "gmw/en" in [voice.id for voice in listed.args[0]]


@pytest.mark.logs_warnings
def test_no_folder_for_files_is_one_sentence(start, qtbot, tmp_path):
    (tmp_path / "file").write_text("in the way")
    service, heard = start(folder=tmp_path / "file")
    service.render("a", "text")
    assert heard.failed == []
    qtbot.waitUntil(heard.has_answers(1))
    assert heard.failed == [("a", NO_ROOM)]


def test_what_a_run_left_behind_is_removed_but_not_what_another_uses(start, qtbot, tmp_path):
    left = tmp_path / "speech" / "reading-left"
    left.mkdir(parents=True)
    (left / "1.wav").write_bytes(b"old")
    other, others = start("fine")
    other.render("a", "text")
    qtbot.waitUntil(others.has_answers(1))
    assert not left.exists()
    service, heard = start("fine")
    service.render("b", "text")
    qtbot.waitUntil(heard.has_answers(1))
    assert others.rendered[0].file.exists()
    assert heard.rendered[0].file.exists()
