"""A pupil's first evening, with real keys and clicks on the real program."""

import json
import os
import signal
import sqlite3
import subprocess
from contextlib import closing

import pytest

from e2e_steps import PRIMARY, past_the_welcome, reviews, settings

pytestmark = pytest.mark.e2e
WORD = "#FFD966"
GOOD = "#DDF2E7"


def log_of(program):
    return (program.data / "stalin-study.log").read_text(encoding="utf-8")


def notes(program):
    """What the pupil wrote on cards, as it is on disk."""
    uri = f"file:{program.data / 'progress.sqlite3'}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as db:
        found = db.execute("select text from annotation_log where kind = 'note'")
        return [text for (text,) in found]


@pytest.mark.timeout(120)
def test_flip_rate_test_listen_close_and_find_it_all_again(program):
    past_the_welcome(program)

    front = program.screen.picture()
    program.press("space")
    program.until(lambda: program.screen.blocks_of(GOOD), "the card does not turn")
    program.until_still()
    assert program.screen.picture() != front
    program.press("n")
    program.until_still()
    program.write("hello 1 2")
    program.press("Escape")
    program.until(lambda: notes(program) == ["hello 1 2"], "the note is not kept")
    assert reviews(program) == 0, "letters of a note rate nothing"
    program.press("2")
    program.until(lambda: reviews(program) == 1, "the rating is not kept")

    program.click_on(PRIMARY)  # Show answer, by mouse
    program.until(lambda: program.screen.blocks_of(GOOD), "the card does not turn by mouse")
    program.until_still()
    program.press("1")
    program.until(lambda: reviews(program) == 2, "the second rating is not kept")

    program.press("ctrl+3")
    program.until_still()
    program.press("shift+Tab", "shift+Tab", "Right")  # multiple choice
    program.until_still()
    program.press("Tab", "Tab", "Return")  # Start
    for answered in range(1, 6):
        program.until_still()
        program.press("1")
        program.until(lambda n=answered: reviews(program) == 2 + n, "an answer is not kept")
        program.until_still()
        program.press("Return")  # Next

    program.press("ctrl+2")
    program.until_still()
    program.press("l")
    program.until(lambda: program.screen.blocks_of(WORD), "no word lights up")
    program.press("Escape")
    program.until(lambda: not program.screen.blocks_of(WORD), "the reading does not stop")

    assert program.close() == 0
    assert settings(program)["last_card"] == "party-machine"

    program.start()
    assert reviews(program) == 7
    assert settings(program)["is_welcomed"]
    assert program.close() == 0


@pytest.mark.timeout(120)
def test_kill_at_any_moment_keeps_every_answer_that_was_shown_as_saved(program):
    past_the_welcome(program)
    for saved in range(1, 4):
        program.press("space")
        program.until_still()
        program.press("2")
        program.until(lambda n=saved: reviews(program) >= n, "the rating is not kept")
        program.press("space", "1", "space")
        at_least = reviews(program)
        program.kill()
        assert reviews(program) >= at_least >= saved
        program.start()
    assert program.close() == 0


@pytest.mark.timeout(120)
def test_a_killed_voice_goes_on_after_a_short_pause(program):
    past_the_welcome(program)
    program.press("space")
    program.until_still()
    program.press("l")
    program.until(lambda: program.screen.blocks_of(WORD), "no word lights up")
    [worker] = program.children()
    os.kill(worker, signal.SIGKILL)
    seen = program.screen.picture()
    program.until(lambda: program.children() not in ([], [worker]), "no new voice is started")
    program.until(
        lambda: program.screen.blocks_of(WORD) and program.screen.picture() != seen,
        "the reading does not go on",
    )
    assert program.close() == 0


@pytest.mark.timeout(120)
def test_a_damaged_progress_file_is_set_aside_and_the_app_goes_on(program):
    program.data.mkdir()
    (program.data / "progress.sqlite3").write_bytes(b"this is no database at all" * 100)
    past_the_welcome(program)
    program.until(
        lambda: list(program.data.glob("progress-damaged-*.sqlite3")), "it is not set aside"
    )
    program.press("space")
    program.until_still()
    program.press("2")
    program.until(lambda: reviews(program) == 1, "the rating is not kept")
    assert program.close() == 0


@pytest.mark.timeout(60)
def test_smoke_tries_everything_and_says_so(program):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [*program.command, "--smoke"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"], told["cards"], told["stored"]) == (0, True, 20, 1)
    assert told["spoken_words"] > 10
    assert told["asked"].startswith("c")
    assert told["first_paint_ms"] > 0
