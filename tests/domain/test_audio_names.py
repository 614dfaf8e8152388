"""Names that every system takes, and the texts beside exported files."""

import unicodedata
from datetime import date
from pathlib import PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stalin_study.domain.audio_names import (
    COVER_FILE,
    LONGEST,
    AudioFile,
    AudioFormat,
    Cover,
    cover_text,
    playlist_file,
    playlist_text,
    safe_name,
    track_file,
)

TITLES = st.text(st.characters(exclude_categories=()), max_size=200) | st.text(
    'aé中😀<>:"/\\|?*. \u0338\t\n\u200b\ud800', max_size=90
)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Collectivisation", "Collectivisation"),
        ("Why did Stalin win?", "Why did Stalin win"),
        ("Trotsky: the fall", "Trotsky - the fall"),
        ('"Socialism in one country"', "-Socialism in one country-"),
        ("AC/DC 1924\\41 <b>|*", "AC-DC 1924-41 -b--"),
        ("  two\tlines\nand \u200bnothing  ", "two lines and nothing"),
        ("ends in dots...", "ends in dots"),
        ("...hidden", "hidden"),
        ("cafe\u0301", "café"),
        ("nul", "_nul"),
        ("Con.txt", "_Con.txt"),
        ("COM¹", "_COM¹"),
        ("Console", "Console"),
        ("??", "Untitled"),
        ("", "Untitled"),
        ("\ud800", "Untitled"),
    ],
)
def test_a_title_becomes_a_name(title, name):
    assert safe_name(title) == name


def test_a_long_title_is_cut_between_words():
    name = safe_name("How far did Stalin’s policies help women and the family in the Soviet Union?")
    assert name == "How far did Stalin’s policies help women and the family in"
    assert safe_name("x" * 100) == "x" * LONGEST
    assert len(safe_name("😀" * 100).encode()) <= 180


@given(TITLES)
@example("con")
@example("a" * 59 + " . b")
@example("<\u0338")
def test_a_name_is_taken_by_every_system(title):
    name = safe_name(title)
    assert 0 < len(name) <= LONGEST
    assert len(name.encode()) <= 180
    assert not set(name) & set('<>:"/\\|?*')
    assert all(unicodedata.category(char)[0] != "C" for char in name)
    assert name == name.strip(" .")
    assert not PureWindowsPath(name).is_reserved()
    assert unicodedata.is_normalized("NFC", name)
    assert safe_name(name) == name


@given(TITLES, st.integers(1, 120), st.integers(1, 120))
def test_tracks_sort_in_the_order_of_reading(title, one, other):
    names = [track_file(number, 120, title, AudioFormat.MP3) for number in (one, other)]
    assert (names[0] < names[1]) == (one < other)


def test_names_of_files():
    assert track_file(3, 20, "Rise: 1924", AudioFormat.MP3) == "03 Rise - 1924.mp3"
    assert track_file(1, 1, "Rise", AudioFormat.WAV) == "01 Rise.wav"
    assert track_file(7, 120, "Rise", AudioFormat.WAV) == "007 Rise.wav"
    assert playlist_file("Key terms?") == "Key terms.m3u8"
    assert safe_name(COVER_FILE) == COVER_FILE


FILES = (
    AudioFile("01 Rise.mp3", "Rise", 61_600),
    AudioFile("02 Fall.mp3", "Fall\nof Trotsky", 60_400),
)


def test_the_playlist_names_every_file_with_its_seconds():
    assert playlist_text("All\r\ncards", FILES).splitlines() == [
        "#EXTM3U",
        "#PLAYLIST:All cards",
        "#EXTINF:62,Rise",
        "01 Rise.mp3",
        "#EXTINF:60,Fall of Trotsky",
        "02 Fall.mp3",
    ]


def test_the_text_says_what_the_files_are():
    cover = Cover(
        "Terror",
        "The key points of each card, read aloud.",
        "Stalin",
        "CC BY 4.0",
        "a British voice",
        date(2026, 11, 24),
    )
    assert cover_text(cover, FILES).splitlines() == [
        "Terror",
        "",
        "The key points of each card, read aloud. 2 files, 2 minutes.",
        "",
        "The text is from “Stalin”, licence CC BY 4.0: you may share and change it if you say"
        " where it comes from.",
        "Read by a British voice.",
        "Made with Stalin Study on 24 November 2026.",
    ]
