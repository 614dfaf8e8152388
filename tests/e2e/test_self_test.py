"""Each way to answer, by keyboard alone on the real program; journeys play every kind."""

import sqlite3
from contextlib import closing

import pytest

from e2e_steps import PRIMARY, past_the_welcome, reviews
from stalin_study.domain.self_test.choosing import How

pytestmark = pytest.mark.e2e
HOWS = list(How)
TIMED = (How.EXAM, How.SPEED)
# Of those that are answered in the same way, one; choosing by number is in the other test as well.
PLAYED = (How.TYPED, How.ORDER, How.MATCH, How.BLURT, How.EXAM, How.SPEED)


def ways(program):
    """How often each way of asking is in the review log of the running program."""
    uri = f"file:{program.data / 'progress.sqlite3'}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as db:
        rows = db.execute("select way, count(*) from review_log group by way").fetchall()
    return dict(rows)


def answered(program, before):
    program.until(lambda: reviews(program) > before, "the answer is not kept")


def play(program, how):
    """Answer the question on show by keys that make sense for its kind."""
    before = reviews(program)
    if how is How.TYPED:
        program.write("Trotsky in 1927")
        program.press("Return")
    elif how is How.ORDER:
        program.press("alt+Down", "Down", "alt+Up", "ctrl+Return")
    elif how is How.MATCH:
        program.press("1", "a", "2", "b", "3", "c", "4", "d", "5", "e", "ctrl+Return")
    elif how in (How.BLURT, How.EXAM):
        program.write("Stalin used the Troika against Trotsky in 1924.")
        program.press("ctrl+Return")
        program.until_still()
        program.press("space", "Down", "space", "ctrl+Return")
    else:
        program.press("1")
    return before


def start_on_choices(program):
    past_the_welcome(program)
    program.press("ctrl+3")
    program.until_still()


@pytest.mark.timeout(180)
def test_true_or_false_and_this_or_that_take_turns(program):
    past_the_welcome(program)
    program.press("t")  # the first card has five statements, and one question of this or that
    program.until_still()
    program.press("shift+Tab", "shift+Tab", *["Right"] * HOWS.index(How.TRUE_FALSE))
    program.press("Tab", "Tab")
    program.until_still()
    program.press("Return")
    for number in range(12):  # wrong ones come back in between
        program.until_still()
        program.press("1")
        program.until(lambda n=number: reviews(program) == n + 1, "the answer is not kept")
        if set(ways(program)) == {"true_false", "either_or"}:
            break
        program.press("Return")
    assert set(ways(program)) == {"true_false", "either_or"}
    assert program.close() == 0


@pytest.mark.timeout(180)
@pytest.mark.parametrize("how", PLAYED, ids=lambda how: how.value)
def test_a_kind_is_played_by_keyboard_alone(program, how):
    start_on_choices(program)
    program.press("shift+Tab", "shift+Tab", *["Right"] * HOWS.index(how))
    program.until_still()
    program.press(*["Tab"] * (3 if how in TIMED else 2))
    chosen = program.screen.picture()
    program.press("Return")
    if how in TIMED:  # a clock never stands still
        program.until(lambda: program.screen.picture() != chosen, "no question comes up")
    else:
        program.until_still()
    before = play(program, how)
    if how is not How.MATCH:
        answered(program, before)
    program.until_still()
    assert program.screen.blocks_of(PRIMARY), "no button to go on with"
    found = set(ways(program))
    # A match without a right pair changes nothing.
    assert found == {how.value} or (how is How.MATCH and not found)
    program.press("ctrl+Return", "ctrl+t")
    program.until_still()
    assert program.close() == 0
