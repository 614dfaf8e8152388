from hypothesis import given
from hypothesis import strategies as st

from stalin_study.services.play_clock import LAG_MS, MOST_AHEAD_MS, PlayClock


class Clock:
    def __init__(self):
        self.ms = 0.0

    def __call__(self):
        return self.ms


def test_it_stands_until_the_first_report_and_goes_on_between_reports():
    clock = Clock()
    play = PlayClock(clock)
    play.start(500, 1.0)
    clock.ms = 90
    assert play.read(500) == 500
    assert play.read(550) == 550 + LAG_MS
    clock.ms = 120
    assert play.read(550) == 580 + LAG_MS
    clock.ms = 140
    assert play.read(600) == 600 + LAG_MS


def test_it_goes_as_fast_as_the_sound():
    clock = Clock()
    play = PlayClock(clock)
    play.start(0, 2.0)
    play.read(100)
    clock.ms = 30
    assert play.read(100) == 100 + 2 * (LAG_MS + 30)


def test_it_does_not_run_away_from_a_sound_that_hangs():
    clock = Clock()
    play = PlayClock(clock)
    play.start(0, 1.0)
    play.read(50)
    clock.ms = 10_000
    assert play.read(50) == 50 + LAG_MS + MOST_AHEAD_MS


@given(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 5000)), max_size=40))
def test_it_never_goes_back(steps):
    clock = Clock()
    play = PlayClock(clock)
    play.start(0, 1.0)
    told = []
    for passed, report in steps:
        clock.ms += passed
        told.append(play.read(report))
    assert told == sorted(told)
