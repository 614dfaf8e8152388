import os
import time
import wave
from pathlib import Path

import pytest

from stalin_study.speech_worker.cache import NEWEST_KEPT, SpeechCache, clear, sweep
from stalin_study.speech_worker.drivers import Sound


class Rendering:
    """Writes a short WAV and counts how often."""

    def __init__(self, error: Exception | None = None):
        self.times = 0
        self.error = error

    def __call__(self, file: Path) -> Sound:
        self.times += 1
        if self.error is not None:
            file.write_bytes(b"half a file")
            raise self.error
        with wave.open(str(file), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(8000)
            sound.writeframes(bytes(1600))
        return Sound(100, ((0, 0), (50, 6)))


def test_the_same_words_are_rendered_once(tmp_path):
    cache, render = SpeechCache((tmp_path,)), Rendering()
    file, sound = cache.sound("hello there", "espeak", "en", 165, render)
    assert file.is_file()
    assert cache.sound("hello there", "espeak", "en", 165, render) == (file, sound)
    assert SpeechCache((tmp_path,)).sound("hello there", "espeak", "en", 165, render) == (
        file,
        sound,
    )
    assert render.times == 1


@pytest.mark.parametrize(
    "other",
    [
        ("hello here", "espeak", "en", 165),
        ("hello there", "sapi5", "en", 165),
        ("hello there", "espeak", "en-gb", 165),
        ("hello there", "espeak", "en", 200),
    ],
)
def test_another_voice_speed_or_text_is_another_sound(tmp_path, other):
    cache, render = SpeechCache((tmp_path,)), Rendering()
    file, _ = cache.sound("hello there", "espeak", "en", 165, render)
    assert cache.sound(*other, render)[0] != file
    assert render.times == 2


def test_what_is_damaged_or_gone_is_rendered_again(tmp_path):
    cache, render = SpeechCache((tmp_path,)), Rendering()
    file, sound = cache.sound("hello", "espeak", "en", 165, render)
    for damage in (
        file.unlink,
        lambda: file.write_bytes(b""),
        file.with_suffix(".json").unlink,
        lambda: file.with_suffix(".json").write_bytes(b"{"),
    ):
        damage()
        assert cache.sound("hello", "espeak", "en", 165, render) == (file, sound)
        assert file.stat().st_size > 1600
    assert render.times == 5


def test_a_failure_leaves_nothing_behind(tmp_path):
    cache = SpeechCache((tmp_path,))
    with pytest.raises(RuntimeError, match="no voice"):
        cache.sound("hello", "espeak", "en", 165, Rendering(RuntimeError("no voice")))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.logs_warnings
def test_a_folder_that_cannot_be_written_gives_way_to_the_next(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache, render = SpeechCache((tmp_path / "file", tmp_path / "passing")), Rendering()
    file, _ = cache.sound("hello", "espeak", "en", 165, render)
    assert file.parent == tmp_path / "passing"
    assert cache.sound("hello", "espeak", "en", 165, render)[0] == file
    assert render.times == 1
    cache.close()
    assert not (tmp_path / "passing").exists()


@pytest.mark.logs_warnings
def test_a_full_disk_gets_back_what_the_cache_took(tmp_path):
    cache = SpeechCache((tmp_path,))
    cache.sound("hello", "espeak", "en", 165, Rendering())
    with pytest.raises(OSError, match="No space left"):
        cache.sound("more", "espeak", "en", 165, Rendering(OSError(28, "No space left on device")))
    assert list(tmp_path.iterdir()) == []


def test_it_stays_small_by_what_was_used_longest_ago(tmp_path):
    cache, render = SpeechCache((tmp_path,)), Rendering()
    files = [cache.sound(f"text {n}", "espeak", "en", 165, render)[0] for n in range(30)]
    for age, file in enumerate(files):
        at = time.time() - 3600 + age
        os.utime(file, (at, at))
    cache.sound("text 0", "espeak", "en", 165, render)  # used again
    sweep(tmp_path, most_bytes=20 * files[0].stat().st_size)
    kept = [number for number, file in enumerate(files) if file.exists()]
    assert kept == [0, *range(11, 30)]
    assert all(file.with_suffix(".json").exists() == file.exists() for file in files)
    sweep(tmp_path, most_bytes=0)
    assert len(list(tmp_path.glob("*.wav"))) == NEWEST_KEPT


def test_it_is_swept_while_it_grows(tmp_path):
    cache, render = SpeechCache((tmp_path,), most_bytes=10_000), Rendering()
    for number in range(100):
        cache.sound(f"text {number}", "espeak", "en", 165, render)
    assert len(list(tmp_path.glob("*.wav"))) < 35


def test_old_drafts_go_and_strangers_stay(tmp_path):
    old, new, other = tmp_path / "a.part", tmp_path / "b.part", tmp_path / "notes.txt"
    for file in (old, new, other):
        file.write_text("x")
    os.utime(old, (0, 0))
    sweep(tmp_path, most_bytes=0)
    assert {file.name for file in tmp_path.iterdir()} == {"b.part", "notes.txt"}
    clear(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {"notes.txt"}
    clear(tmp_path / "nowhere")
