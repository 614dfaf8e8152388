"""The log of the program."""

from __future__ import annotations

import logging

import pytest

from stalin_study.startup import LOG_FILE, MOST_BYTES, OLDER_FILES, LogFile


@pytest.fixture
def log_file(tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr("faulthandler.enable", lambda stream: told.append(stream.fileno()))
    monkeypatch.setattr("faulthandler.disable", told.clear)
    handler = LogFile(tmp_path / LOG_FILE)
    handler.crashes_go_to = told
    yield handler
    handler.close()


def line(words: str) -> logging.LogRecord:
    return logging.LogRecord("stalin_study", logging.INFO, "", 0, words, (), None)


def test_it_begins_anew_when_it_is_big_and_keeps_two_older_ones(log_file, tmp_path):
    for number in range(4 * MOST_BYTES // 1000):
        log_file.emit(line(f"{number:999}"))
    names = [LOG_FILE, *(f"{LOG_FILE}.{n + 1}" for n in range(OLDER_FILES))]
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(names)
    assert all((tmp_path / name).stat().st_size <= MOST_BYTES + 1000 for name in names)
    lines = [
        int(found) for name in reversed(names) for found in (tmp_path / name).read_text().split()
    ]
    assert lines == list(range(lines[0], 4 * MOST_BYTES // 1000)), "in order, none left out"


def test_crashes_are_reported_to_the_file_that_is_open(log_file):
    assert log_file.crashes_go_to == [log_file.stream.fileno()]
    log_file.emit(line("x" * MOST_BYTES))
    log_file.emit(line("next"))
    assert log_file.crashes_go_to == [log_file.stream.fileno()]


def test_a_log_that_cannot_be_put_aside_grows_on(log_file, tmp_path):
    (tmp_path / f"{LOG_FILE}.1").mkdir()
    (tmp_path / f"{LOG_FILE}.1" / "in-use").touch()
    log_file.emit(line("x" * MOST_BYTES))
    log_file.emit(line("next"))
    assert (tmp_path / LOG_FILE).read_text().endswith("next\n")


def test_an_older_log_goes_on_being_filled(log_file, tmp_path):
    log_file.emit(line("x" * MOST_BYTES))
    log_file.close()
    again = LogFile(tmp_path / LOG_FILE)
    again.emit(line("next"))
    again.close()
    assert (tmp_path / LOG_FILE).read_text() == "next\n"
