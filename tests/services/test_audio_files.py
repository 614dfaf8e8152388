"""Sound files: what is read of a sentence, and how a track is written."""

from array import array
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sounds import decoded, id3_frames, longest_silence_ms, tone, wav_levels, write_wav
from stalin_study.domain.audio_names import AudioFormat
from stalin_study.services.audio_files import (
    MP3_BITS_PER_SECOND,
    Pcm,
    SoundError,
    Tags,
    TrackFile,
    id3_tag,
    read_pcm,
)

TAGS = Tags("Purges: Ежов and the “trials” 🎧", "Stalin: Terror", "Stalin Study", 3, 20)
FORMATS = list(AudioFormat)
RATE = 22050


def make(folder, audio_format=AudioFormat.WAV):
    return TrackFile(folder / f"01 Terror.{audio_format}", audio_format, TAGS)


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def test_a_wav_is_what_was_added(tmp_path):
    track, sounds = make(tmp_path), [Pcm(RATE, tone(ms)) for ms in (700, 300)]
    track.rest(5000)
    track.add(sounds[0])
    track.rest(200)
    track.rest(300)
    track.add(sounds[1])
    track.rest(400)
    assert names(tmp_path) == ["01 Terror.wav.part"]
    assert track.finish()
    assert names(tmp_path) == ["01 Terror.wav"]
    rate, levels = wav_levels(tmp_path / "01 Terror.wav")
    assert rate == RATE
    assert levels.tobytes() == sounds[0].samples + bytes(RATE) + sounds[1].samples
    assert track.duration_ms == 1500


@pytest.mark.qt_log_ignore("pipewire-0.3", extend=True)
def test_an_mp3_sounds_as_long_as_what_was_added(tmp_path, qtbot):
    track = make(tmp_path, AudioFormat.MP3)
    for _ in range(5):
        track.add(Pcm(RATE, tone(2000, peak=29_000)))
        track.rest(1000)
    assert track.finish()
    file = tmp_path / "01 Terror.mp3"
    rate, levels = decoded(qtbot, file)
    assert len(levels) / rate == pytest.approx(14, rel=0.02)
    assert track.duration_ms == 14_000
    assert longest_silence_ms(rate, levels, 0.01) == pytest.approx(1000, abs=50)
    assert 0.8 < max(map(abs, levels)) < 1
    bits = 8 * (file.stat().st_size - id3_frames(file.read_bytes())[1])
    assert bits / 14 == pytest.approx(MP3_BITS_PER_SECOND, rel=0.03)


@pytest.mark.qt_log_ignore("pipewire-0.3", extend=True)
def test_the_last_word_of_an_mp3_is_not_cut_off(tmp_path, qtbot):
    track = make(tmp_path, AudioFormat.MP3)
    track.add(Pcm(RATE, tone(200)))
    track.finish()
    rate, levels = decoded(qtbot, tmp_path / "01 Terror.mp3")
    heard = [level for level in levels if abs(level) > 0.02]
    assert len(heard) / rate == pytest.approx(0.2, abs=0.03)


def test_an_mp3_says_what_it_is(tmp_path):
    track = make(tmp_path, AudioFormat.MP3)
    track.add(Pcm(RATE, tone(100)))
    track.finish()
    content = (tmp_path / "01 Terror.mp3").read_bytes()
    frames, sound = id3_frames(content)
    assert frames == {
        "TIT2": TAGS.title,
        "TALB": TAGS.album,
        "TPE1": TAGS.artist,
        "TRCK": "3/20",
        "TCON": "Speech",
    }
    assert content[sound] == 0xFF
    assert content[sound + 1] & 0xE0 == 0xE0  # the mark at which sound begins


@given(st.text(st.characters(exclude_categories=()), max_size=3000))
def test_any_title_makes_a_whole_tag(title):
    frames, size = id3_frames(id3_tag(replace(TAGS, title=title)))
    readable = title.encode("utf-16-le", "replace").decode("utf-16-le").rstrip("\0")
    assert frames["TIT2"].lstrip("\ufeff") == readable.lstrip("\ufeff")
    assert size == len(id3_tag(replace(TAGS, title=title)))


@pytest.mark.parametrize("audio_format", FORMATS)
def test_a_new_track_replaces_an_old_one_only_when_it_is_whole(tmp_path, audio_format):
    track = make(tmp_path, audio_format)
    final = tmp_path / f"01 Terror.{audio_format}"
    final.write_bytes(b"old")
    track.add(Pcm(RATE, tone(200)))
    assert final.read_bytes() == b"old"
    track.finish()
    assert final.stat().st_size > 400


@pytest.mark.parametrize("audio_format", FORMATS)
def test_a_dropped_track_leaves_nothing(tmp_path, audio_format):
    track = make(tmp_path, audio_format)
    track.drop()
    track.add(Pcm(RATE, tone(200)))
    track.drop()
    track.drop()
    assert names(tmp_path) == []


@pytest.mark.parametrize("audio_format", FORMATS)
def test_a_track_without_a_sound_makes_no_file(tmp_path, audio_format):
    track = make(tmp_path, audio_format)
    track.rest(500)
    track.add(Pcm(RATE, b""))
    assert not track.finish()
    track.drop()
    assert names(tmp_path) == []
    assert track.duration_ms == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk here")
@pytest.mark.parametrize("audio_format", FORMATS)
def test_a_full_disk_is_an_error_and_leaves_nothing(tmp_path, audio_format):
    (tmp_path / f"01 Terror.{audio_format}.part").symlink_to("/dev/full")
    track = make(tmp_path, audio_format)
    track.add(Pcm(RATE, tone(50)))
    with pytest.raises(OSError, match="No space left"):
        track.finish()
    track.drop()
    assert names(tmp_path) == []


def test_sounds_of_other_rates_are_brought_to_that_of_the_first(tmp_path):
    track = make(tmp_path)
    track.add(Pcm(RATE, tone(1000)))
    track.add(Pcm(16_000, tone(1000, rate=16_000)))
    track.finish()
    _, levels = wav_levels(tmp_path / "01 Terror.wav")
    assert len(levels) == 2 * RATE
    # The tone goes on: from its start in the second half it is the same again.
    assert all(abs(levels[n] - levels[RATE + n]) < 200 for n in range(RATE - 2))


@given(
    st.lists(st.integers(-32768, 32767), max_size=300),
    st.integers(1, 48_000),
    st.integers(1, 48_000),
)
def test_a_change_of_rate_keeps_the_length_and_never_clips(levels, rate, other):
    rate = max(rate, other // 100)
    sound = Pcm(rate, array("h", levels).tobytes()).at(other)
    made = array("h", sound.samples)
    assert sound.rate == other
    assert len(made) == round(len(levels) * other / rate)
    assert not made or (min(levels) <= min(made) and max(made) <= max(levels))


def test_a_sentence_is_read_in_one_channel_of_16_bits(tmp_path):
    levels = array("h", [0, 1000, -1000, 32767, -32768])
    plain = write_wav(tmp_path / "plain.wav", levels.tobytes())
    assert read_pcm(plain) == Pcm(RATE, levels.tobytes())
    both = array("h", [value for level in levels for value in (level, 0)])
    stereo = write_wav(tmp_path / "stereo.wav", both.tobytes(), channels=2)
    assert list(array("h", read_pcm(stereo).samples)) == [0, 500, -500, 16383, -16384]
    coarse = write_wav(tmp_path / "coarse.wav", bytes([128, 129, 127, 255, 0]), 8000, 1)
    assert list(array("h", read_pcm(coarse).samples)) == [0, 256, -256, 32512, -32768]
    assert read_pcm(coarse).rate == 8000
    assert Pcm(8000, bytes(16_000)).duration_ms == 1000


def test_what_is_no_sentence_is_an_error(tmp_path):
    (tmp_path / "empty.wav").touch()
    (tmp_path / "text.wav").write_text("RIFF, but no sound at all in this file")
    write_wav(tmp_path / "deep.wav", bytes(9), width=3)
    for name in ("gone.wav", "empty.wav", "text.wav", "deep.wav"):
        with pytest.raises(SoundError, match=name):
            read_pcm(tmp_path / name)
    cut = write_wav(tmp_path / "cut.wav", tone(100))
    cut.write_bytes(cut.read_bytes()[:-1001])
    assert 2 * RATE * 0.07 < len(read_pcm(cut).samples) < 2 * RATE * 0.1
