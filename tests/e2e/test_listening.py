"""The real program reads aloud into a sound server whose loudspeaker records."""

import json
import os
import signal
import time
import wave

import pytest

from e2e_steps import past_the_welcome, settings
from null_sink import LOUD

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(150)]
WORD = "#FFD966"  # of the word that is read, light theme
PAUSE_S = 0.1


@pytest.fixture
def listener(program, sink):
    """The program on its Listen page, not reading yet."""
    program.use_sound(sink)
    past_the_welcome(program)
    program.press("ctrl+4")
    program.until_still()
    return program


def word_at(program):
    """Where the word that is read is lit, or None."""
    blocks = program.screen.blocks_of(WORD)
    return blocks[0] if blocks else None


def until_read(program, other_than=None):
    """Where a word is lit, another one than that; waited for."""
    found = []

    def is_lit():
        word = word_at(program)
        if word not in (None, other_than):
            found.append(word)
        return bool(found)

    program.until(is_lit, "no other word lights up")
    return found[0]


def sounding_s(folder):
    """The first and last loud moment of the only file in the cache, in seconds."""
    [file] = folder.glob("*.wav")
    with wave.open(str(file)) as sound:
        samples = memoryview(sound.readframes(sound.getnframes())).cast("h")
        loud = [n for n, sample in enumerate(samples) if abs(sample) > LOUD]
        return (loud[-1] - loud[0]) / sound.getframerate()


def test_play_pause_resume_next_seek_and_stop(listener, sink):
    program = listener
    program.press("space")
    program.until(sink.is_loud, "nothing is heard")
    until_read(program)

    # Pause, in the middle of a sentence: the sound stops within 100 ms of the key.
    until_read(program, word_at(program))
    paused_at = time.monotonic()
    program.press("space")
    pressed_s = time.monotonic() - paused_at
    program.until(lambda: not sink.is_loud(), "it does not fall silent")
    program.until_still()
    assert sink.recorded().loudest(paused_at + pressed_s + PAUSE_S, time.monotonic()) <= LOUD
    there = word_at(program)
    assert there is not None

    # Resume: at the same word.
    program.press("space")
    resumed_at = time.monotonic()
    program.until(sink.is_loud, "it does not go on")
    now = until_read(program)
    assert (now.y(), abs(now.x() - there.x()) < 300) == (there.y(), True)
    first = sink.recorded().first_sound_after(resumed_at)
    assert first is not None

    # The next sentence, and the next card.
    program.press("Right")
    until_read(program, there)
    program.until(sink.is_loud, "the next sentence is not heard")
    place = kept_place(program)
    program.press("ctrl+Right")
    program.until(lambda: kept_place(program)["track"] != place["track"], "no other card")
    until_read(program)
    program.until(sink.is_loud, "the next card is not heard")

    # Seek: the word that is clicked is the word that is read.
    until_read(program, word_at(program))
    program.press("space")
    program.until_still()
    here = word_at(program)
    assert here is not None
    program.click(here.right() + 120, here.center().y())
    program.until_still()
    program.press("space")
    assert until_read(program, here).x() > here.x()
    program.until(sink.is_loud, "it is not heard from there")

    # Stop.
    program.press("Escape")
    program.until(lambda: not sink.is_loud(), "it does not stop")
    program.until_still()
    assert word_at(program) is None
    assert program.close() == 0


def kept_place(program):
    file = program.data / "listening.json"
    places = json.loads(file.read_text("utf-8"))["places"] if file.exists() else {}
    return places.get("deck", {"track": ""})


def test_paused_and_resumed_speech_is_whole(program, sink):
    """What sounds before the pause and after it is as long as the sentence: nothing is lost."""
    program.use_sound(sink)
    past_the_welcome(program)
    started_at = time.monotonic()
    program.press("l")
    program.until(sink.is_loud, "nothing is heard")
    until_read(program, word_at(program))
    program.press("ctrl+p")
    program.until(lambda: not sink.is_loud(0.3), "it does not pause")
    program.press("ctrl+p")
    resumed_at = time.monotonic()
    program.until(sink.is_loud, "it does not go on")
    program.until(lambda: not sink.is_loud(0.6), "it does not end")
    recording = sink.recorded()
    first = recording.first_sound_after(started_at)
    last_before = recording.last_sound_before(resumed_at)
    first_after = recording.first_sound_after(resumed_at)
    last = recording.last_sound_before(time.monotonic())
    heard = (last_before - first) + (last - first_after)
    whole = sounding_s(program.data / "cache" / "speech")
    # The pause may fall between two words; half a syllable may be heard twice.
    assert whole - 0.25 < heard < whole + 0.25
    assert program.close() == 0


def test_the_loudspeaker_goes_and_comes_back(listener, sink):
    program = listener
    program.press("space")
    program.until(sink.is_loud, "nothing is heard")
    until_read(program)
    sink.unplug()
    until_read(program, word_at(program))
    until_read(program, word_at(program))
    sink.stop_recording()
    sink.plug_in()
    sink.record()
    program.until(sink.is_loud, "the sound does not come back")
    until_read(program, word_at(program))
    assert program.close() == 0


def test_a_voice_that_hangs_or_dies_is_replaced_while_it_reads(listener, sink):
    program = listener
    program.press("space")
    program.until(sink.is_loud, "nothing is heard")
    [voice] = program.children()
    os.kill(voice, signal.SIGSTOP)
    program.press("ctrl+Right")  # what is not rendered yet is needed now
    program.until(lambda: program.children() not in ([], [voice]), "no new voice is started")
    program.until(sink.is_loud, "it does not go on")
    until_read(program)
    [other] = program.children()
    os.kill(other, signal.SIGKILL)
    program.press("ctrl+Right")
    program.until(lambda: program.children() not in ([], [other]), "no new voice is started")
    program.until(sink.is_loud, "it does not go on")
    assert program.close() == 0


def test_closing_while_it_reads_leaves_no_voice_behind(listener, sink):
    program = listener
    program.press("space")
    program.until(sink.is_loud, "nothing is heard")
    [voice] = program.children()
    assert program.close() == 0
    program.until(lambda: not is_running(voice), "the voice is still there")
    program.until(lambda: not sink.is_loud(), "it is still heard")
    assert settings(program)["is_welcomed"]
    left = {file.suffix for file in (program.data / "cache" / "speech").iterdir()}
    assert left == {".wav", ".json"}

    # The next run goes on where this one was left.
    place = kept_place(program)
    assert place["track"]
    program.start()
    program.press("ctrl+4")
    program.until_still()
    program.press("space")
    program.until(sink.is_loud, "nothing is heard")
    assert kept_place(program)["track"] == place["track"]
    assert program.close() == 0


def is_running(process_id):
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True
