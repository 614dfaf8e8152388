from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.date_words import full_date, short_date
from stalin_study.domain.typed_date import FARTHEST, NO_DATE, NO_SUCH_DAY, read_date

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "text",
    [
        "15/12/2026",
        "15.12.26",
        "15-12-2026",
        "15 12 2026",
        "2026-12-15",
        "15 December 2026",
        "15 december",
        "15 Dec",
        "15dec26",
        " 15th of December, 2026 ",
        "Tuesday 15 Dec. 2026",
        "December 15 2026",
        "Dec 15",
        "15/12",
        "Tue, 15th Dec",
        "15 december '26",
        "15 dec ’26",
        "15/12/'26",
        "151226",
        "15122026",
        "20261215",
    ],
)
def test_many_ways_to_write_a_date(text):
    assert read_date(text, TODAY).day == date(2026, 12, 15)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "15",
        "15 Foo 2026",
        "1512",
        "15122",
        "1512202",
        "151226151226",
        "15/12/2026 9 am",
        "15 De",
        "15/12/202",
        "15/12/12345",
        "-",
        "15:12",
        "15 Sept Dec",
        "0/0/0/0",
        "²/12/2026",
    ],
)
def test_nonsense_gets_a_sentence_that_says_what_to_write(text):
    assert read_date(text, TODAY).problem == NO_DATE


@pytest.mark.parametrize(
    "text", ["31/11/2026", "30 Feb", "12/15/2026", "0/1/2027", "1/1/0", "310227", "20272027"]
)
def test_days_that_are_in_no_calendar(text):
    read = read_date(text, TODAY)
    assert read.day is None
    assert read.problem == NO_SUCH_DAY or "gone by" in read.problem


def test_a_day_gone_by_and_one_too_far_away_are_named():
    assert read_date("24/11/2026", TODAY).problem == (
        "24 November 2026 has gone by. Please give a day that is still to come."
    )
    assert read_date("1/6/2062", TODAY).problem.startswith("1 June 2062 is more than three years")
    assert read_date("25/11/2026", TODAY).day == TODAY


def test_without_a_year_it_is_the_next_such_day():
    assert read_date("24 Nov", TODAY).day == date(2027, 11, 24)
    assert read_date("29 Feb", TODAY).day == date(2028, 2, 29)


@given(st.dates(TODAY, TODAY + FARTHEST))
def test_what_the_app_writes_it_reads(day):
    for text in (full_date(day), day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d.%m.%y}"):
        assert read_date(text, TODAY).day == day
    if day < TODAY + timedelta(days=365):
        assert read_date(short_date(day), TODAY).day == day


@given(st.text(max_size=20))
def test_any_text_gives_a_day_to_come_or_a_sentence(text):
    read = read_date(text, TODAY)
    assert (read.day is None) == bool(read.problem)
    assert read.day is None or read.day >= TODAY
