import io
import json
import os
import shutil
import subprocess
import sys
import wave
from pathlib import Path

import espeakng_loader
import pytest

from fakes_speech import FakeDriver
from stalin_study.domain.deck import LexiconEntry
from stalin_study.speech_worker.drivers import Drivers, preferred_drivers
from stalin_study.speech_worker.protocol import (
    NO_ROOM,
    Failed,
    ListVoices,
    Ready,
    Render,
    Rendered,
    Voices,
    encode,
    reply_from,
    request_from,
    worker_command,
)
from stalin_study.speech_worker.worker import (
    CANNOT_RENDER,
    NO_VOICE,
    NOTHING_TO_SAY,
    OTHER_VOICE,
    Caches,
    answer,
    serve,
)

TROTSKY = LexiconEntry(("Trotsky",), "TROT-skee", "ˈtrɒtski")


def run_worker(requests, **environment):
    """What the real worker answers, after its first line."""
    done = subprocess.run(
        [sys.executable, "-m", "stalin_study.speech_worker.worker"],
        input=requests if isinstance(requests, bytes) else b"".join(map(encode, requests)),
        capture_output=True,
        timeout=60,
        check=True,
        env={**os.environ, **environment},
    )
    ready, *replies = map(reply_from, done.stdout.splitlines())
    assert ready == Ready(preferred_drivers())
    return replies


def seconds_and_loudest(file):
    with wave.open(str(file)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        samples = memoryview(sound.readframes(sound.getnframes())).cast("h")
        return len(samples) / sound.getframerate(), max(map(abs, samples))


def test_the_real_worker_renders_with_exact_word_times(tmp_path):
    file = tmp_path / "one.wav"
    text = "In 1937 Trotsky, was the leader."
    (reply,) = run_worker([Render("a", text, str(file), (TROTSKY,))])
    assert isinstance(reply, Rendered)
    assert (reply.id, reply.file, reply.exact, reply.notice) == ("a", str(file), True, "")
    assert reply.spoken == "In nineteen thirty-seven [[tr'0tski]], was the leader."
    assert [text[start:end] for _, start, end in reply.words] == (
        ["In", "1937", "Trotsky", "was", "the", "leader"]
    )
    times = [start_ms for start_ms, _, _ in reply.words]
    assert times == sorted(set(times))
    seconds, loudest = seconds_and_loudest(file)
    assert abs(seconds * 1000 - reply.duration_ms) < 2
    assert 1000 < times[-1] < reply.duration_ms
    assert loudest > 2000


def test_faster_is_shorter_and_the_voice_matters(tmp_path):
    text = "The Declaration complained of too little democracy in the Party."
    files = [str(tmp_path / f"{number}.wav") for number in range(3)]
    replies = run_worker(
        [
            Render("slow", text, files[0], rate_wpm=120),
            Render("fast", text, files[1], rate_wpm=300),
            Render("scots", text, files[2], rate_wpm=120, voice="gmw/en-GB-scotland"),
        ]
    )
    slow, fast, scots = replies
    assert fast.duration_ms < 0.6 * slow.duration_ms
    assert Path(scots.file).read_bytes() != Path(slow.file).read_bytes()
    assert scots.notice == ""


def test_a_missing_voice_is_replaced_with_a_word_about_it(tmp_path):
    (reply,) = run_worker([Render("a", "Hello.", str(tmp_path / "a.wav"), voice="nobody")])
    assert isinstance(reply, Rendered)
    assert reply.notice == OTHER_VOICE


def test_voices_are_english_and_british_first():
    (reply,) = run_worker([ListVoices("v")])
    assert isinstance(reply, Voices)
    languages = [voice.language for voice in reply.voices]
    assert languages[0] == "en-gb"
    assert {"en-gb-x-rp", "en-gb-scotland", "en-us"} <= set(languages)
    assert all(language.startswith("en") for language in languages)


def test_bad_input_is_answered_and_the_worker_goes_on(tmp_path):
    good = Render("good", "Hello.", str(tmp_path / "good.wav"))
    lines = [b"rubbish", b"", b"\xff\xfe", b'{"op":"dance","id":"1"}', b'{"op":"render","id":"1"}']
    replies = run_worker(b"\n".join([*lines, encode(good)]))
    assert replies[:-1] == [Failed("", CANNOT_RENDER)] * len(lines)
    assert isinstance(replies[-1], Rendered)


@pytest.mark.parametrize(
    "text",
    [
        "Пролетарии всех стран, соединяйтесь!",
        "🙂 Comrades 🚂 went 東京 by train ½",
        "x" * 10_000,
        "word " * 5000,
        "[[tr'0tski]] <speak> [[%s%n %%]] \\x00 a_b",
        "a\u0301\u200d\u202e\x00\x07b \x1b[31m 1e308",
        "a" + "-'" * 3000 + "b",
    ],
)
def test_any_text_is_rendered_or_refused_in_a_sentence(tmp_path, text):
    after = Render("after", "Still here.", str(tmp_path / "after.wav"))
    replies = run_worker([Render("odd", text, str(tmp_path / "odd.wav")), after])
    assert [reply.id for reply in replies] == ["odd", "after"]
    assert isinstance(replies[0], Rendered)
    assert isinstance(replies[1], Rendered)
    assert all(end <= len(text) for _, _, end in replies[0].words)


def test_nothing_to_say_and_nowhere_to_write(tmp_path):
    replies = run_worker(
        [
            Render("empty", "?! 🙂", str(tmp_path / "a.wav")),
            Render("nowhere", "Hello.", str(tmp_path / "missing" / "a.wav")),
        ]
    )
    assert replies == [Failed("empty", NOTHING_TO_SAY), Failed("nowhere", NO_ROOM)]


def test_espeak_starts_from_a_long_folder_with_letters_of_many_languages(tmp_path):
    folder = tmp_path / "Учебник für Schüler é" / ("long-folder-name-" * 10)
    package = folder / "espeakng_loader"
    package.mkdir(parents=True)
    assert len(str(package)) > 200
    for item in Path(espeakng_loader.__file__).parent.iterdir():
        if item.suffix == ".py":
            shutil.copy(item, package)
        elif item.name != "__pycache__":
            (package / item.name).symlink_to(item)
    file = tmp_path / "é.wav"
    (reply,) = run_worker([Render("a", "Hello, comrades.", str(file))], PYTHONPATH=str(folder))
    assert isinstance(reply, Rendered)
    assert seconds_and_loudest(file)[1] > 2000


def test_without_its_data_the_worker_says_so_and_lives(tmp_path):
    package = tmp_path / "espeakng_loader"
    (package / "espeak-ng-data").mkdir(parents=True)
    original = Path(espeakng_loader.__file__).parent
    shutil.copy(original / "__init__.py", package)
    library = Path(espeakng_loader.get_library_path())
    (package / library.name).symlink_to(library)
    request = Render("a", "Hello.", str(tmp_path / "a.wav"))
    replies = run_worker([request, request], PYTHONPATH=str(tmp_path))
    assert replies == [Failed("a", NO_VOICE)] * 2


def test_the_worker_ends_when_the_app_is_gone():
    assert run_worker(b"") == []


def test_the_worker_never_loads_qt():
    code = (
        "import io, sys, stalin_study.speech_worker.worker as w;"
        "w.serve([], io.BytesIO(), w.Drivers());"
        "print([name for name in sys.modules if 'PySide6' in name or 'sqlite' in name])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def drivers(*made):
    by_name = {driver.name: driver for driver in made if driver is not None}
    return Drivers(by_name, by_name.__getitem__)


def request(text="Hello Trotsky.", **changes):
    return Render("a", text, "/nowhere.wav", (TROTSKY,), **changes)


def test_the_system_comes_first_and_espeak_is_always_there():
    assert preferred_drivers("win32") == ("sapi5", "espeak_bundled")
    assert preferred_drivers("darwin") == ("nsss", "espeak_bundled")
    assert preferred_drivers("linux") == ("espeak_bundled",)


def test_times_are_estimated_where_the_driver_knows_none():
    reply = answer(request("Hello dear Trotsky."), drivers(FakeDriver("sapi5")), Caches())
    assert isinstance(reply, Rendered)
    assert (reply.exact, reply.driver) == (False, "sapi5")
    assert reply.spoken == "Hello dear trot-skee."
    assert [word[1:] for word in reply.words] == [(0, 5), (6, 10), (11, 18)]
    assert 0 == reply.words[0][0] < reply.words[1][0] < reply.words[2][0] < 1000


@pytest.mark.logs_warnings
def test_a_driver_that_fails_hands_over_to_the_next():
    first = FakeDriver("sapi5", error=RuntimeError("COM"))
    second = FakeDriver("espeak_bundled", events=((0, 0),))
    reply = answer(request(), drivers(first, second), Caches())
    assert isinstance(reply, Rendered)
    assert (reply.driver, reply.exact) == ("espeak_bundled", True)
    assert len(first.rendered) == 1


@pytest.mark.logs_warnings
def test_a_driver_that_cannot_be_made_is_left_out_for_good():
    asked = []
    second = FakeDriver("espeak_bundled")

    def make(name):
        asked.append(name)
        if name == "sapi5":
            raise OSError("no COM")
        return second

    both = Drivers(("sapi5", "espeak_bundled"), make)
    for _ in range(2):
        assert answer(request(), both, Caches()).driver == "espeak_bundled"
    assert asked == ["sapi5", "espeak_bundled"]


def test_a_system_without_an_english_voice_leaves_it_to_espeak():
    both = drivers(FakeDriver("sapi5", voices=()), FakeDriver("espeak_bundled"))
    assert answer(request(), both, Caches()).driver == "espeak_bundled"


def test_the_wanted_voice_decides_the_driver():
    both = drivers(FakeDriver("sapi5", ("Hazel",)), FakeDriver("espeak_bundled", ("gmw/en",)))
    reply = answer(request(voice="GMW/en"), both, Caches())
    assert (reply.driver, reply.notice) == ("espeak_bundled", "")
    reply = answer(request(voice="Gone"), both, Caches())
    assert (reply.driver, reply.notice) == ("sapi5", OTHER_VOICE)


def test_after_a_failed_attempt_the_last_resort_speaks():
    both = drivers(FakeDriver("sapi5"), FakeDriver("espeak_bundled"))
    assert answer(request(attempt=1), both, Caches()).driver == "espeak_bundled"


@pytest.mark.logs_warnings
def test_when_all_fail_one_sentence_says_so():
    failing = drivers(FakeDriver("espeak_bundled", error=RuntimeError("broken")))
    assert answer(request(), failing, Caches()) == Failed("a", CANNOT_RENDER)
    assert answer(request(), drivers(), Caches()) == Failed("a", NO_VOICE)


def test_messages_survive_the_pipe():
    for message in (request(), ListVoices("v")):
        line = encode(message)
        assert line.endswith(b"}\n")
        assert request_from(line) == message
    failed = Failed("a", "Überall “ok”")
    assert json.loads(encode(failed)) == {"op": "failed", "id": "a", "error": "Überall “ok”"}
    assert reply_from(encode(failed)) == failed


def test_replies_are_sent_at_once():
    sent = io.BytesIO()
    seen = []

    def requests():
        seen.append(sent.getvalue().count(b"\n"))
        yield encode(request())
        seen.append(sent.getvalue().count(b"\n"))

    serve(requests(), sent, drivers(FakeDriver("espeak_bundled")))
    assert seen == [1, 2]


def test_the_app_starts_itself_again():
    assert worker_command("py", is_frozen=False) == (
        "py",
        ["-m", "stalin_study", "--speech-worker"],
    )
    frozen = worker_command("Stalin Study.exe", is_frozen=True)
    assert frozen == ("stalin-study.exe", ["--speech-worker"])
