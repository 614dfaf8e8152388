from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.pronunciations import Dialect
from stalin_study.domain.spoken_text import spoken_text
from stalin_study.domain.word_times import WordTime, word_times


def test_events_become_times_of_shown_words():
    shown = "In 1937 he left."
    spoken = spoken_text(shown, (), Dialect.PLAIN)
    assert spoken.text == "In nineteen thirty-seven he left."
    events = [(0, 0), (150, 3), (500, 12), (600, 19), (1000, 25), (1200, 28)]
    assert word_times(spoken, events, 1800) == (
        WordTime(0, 0, 2),
        WordTime(150, 3, 7),
        WordTime(1000, 8, 10),
        WordTime(1200, 11, 15),
    )


def test_a_word_that_the_engine_passed_over_lies_between_its_neighbours():
    spoken = spoken_text("It was the plan", (), Dialect.PLAIN)
    times = word_times(spoken, [(0, 0), (100, 3), (400, 11)], 900)
    assert [word.start_ms for word in times] == [0, 100, 250, 400]


def test_an_event_on_a_gap_belongs_to_the_next_word_and_a_second_one_does_not_count():
    spoken = spoken_text("one two three", (), Dialect.PLAIN)
    times = word_times(spoken, [(0, 0), (200, 3), (300, 4), (500, 8), (700, 99)], 1000)
    assert [word.start_ms for word in times] == [0, 200, 500]


def test_without_events_longer_words_and_pauses_take_longer():
    spoken = spoken_text("No, collectivisation was hard", (), Dialect.PLAIN)
    times = [word.start_ms for word in word_times(spoken, (), 2000)]
    lengths = [after - before for before, after in zip(times, [*times[1:], 2000], strict=True)]
    assert times[0] == 0
    assert lengths[1] == max(lengths)
    assert lengths[0] > lengths[2]
    assert sum(lengths) == 2000


def test_a_date_lights_up_once_for_all_that_is_said():
    shown = "On 8 October 1923."
    spoken = spoken_text(shown, (), Dialect.PLAIN)
    assert spoken.text == "On the eighth of October nineteen twenty-three."
    times = word_times(spoken, [(0, 0), (100, 3), (200, 7), (300, 14), (400, 17), (700, 25)], 1400)
    assert times == (
        WordTime(0, 0, 2),
        WordTime(100, 3, 4),
        WordTime(400, 5, 12),
        WordTime(700, 13, 17),
    )


def test_no_words_have_no_times():
    assert word_times(spoken_text("?!", (), Dialect.PLAIN), [(0, 0), (5, 1)], 100) == ()


@given(
    st.text(max_size=80),
    st.lists(st.tuples(st.integers(0, 5000), st.integers(-2, 120)), max_size=30),
    st.integers(0, 5000),
)
def test_times_ascend_whatever_the_engine_says(shown, events, duration_ms):
    spoken = spoken_text(shown, (), Dialect.PLAIN)
    words = word_times(spoken, events, duration_ms)
    assert all(before.start_ms <= after.start_ms for before, after in pairwise(words))
    assert all(before.end <= after.start for before, after in pairwise(words))
    assert {(word.start, word.end) for word in words} == {(w.start, w.end) for w in spoken.map}
