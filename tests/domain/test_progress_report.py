"""The progress report: what is expected, what comes back, what is weak, and its words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes_study import make_deck
from stalin_study.domain.date_words import ago, date_of, day_of, full_date, short_date
from stalin_study.domain.exam_forecast import Expectation, TopicExpectation
from stalin_study.domain.exam_subjects import exam_subjects
from stalin_study.domain.memory import MemoryState, review
from stalin_study.domain.printed_report import PrintedReport
from stalin_study.domain.progress_report import (
    ExamOutlook,
    Expected,
    TopicFigure,
    WeakCard,
    coming_days,
    make_report,
    weakest_cards,
)
from stalin_study.domain.progress_wording import (
    NO_ANSWERS,
    NO_COMING,
    NO_DATE,
    NO_DAYS,
    NO_WEAK,
    NO_WEAK_YET,
    WEAK,
    Figure,
    answers_words,
    calendar_words,
    coming_words,
    day_words,
    expected_words,
    headline,
    now_words,
    short_time,
    time_figures,
    time_words,
    topic_words,
    weak_words,
    weakest_line,
)
from stalin_study.domain.review_log import Rating
from stalin_study.domain.study_history import DayTally, History

DECK = make_deck()
SUBJECTS = exam_subjects(DECK)
AT = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
TODAY = AT.date()
EXAM = date(2026, 12, 4)
DAY = timedelta(days=1)


def state(subject_id, *, stability=10.0, due=AT + DAY, seen=AT - DAY):
    return MemoryState(subject_id, "review", None, stability, 5.0, due, seen, 1, 0)


def states(*all_of):
    return {one.subject_id: one for one in all_of}


def outlook(now=0.62, followed=0.83, seen=2):
    topics = (
        TopicExpectation("first", 0.7, 0.9, seen, 2),
        TopicExpectation("second", 0, 0.6, 0, 1),
    )
    return ExamOutlook(EXAM, 9, Expectation(now, followed, 0.05, seen, 3, topics))


def report(known=(), days=None, plan=None, hard=()):
    history = History(days or {}, is_known=True)
    return make_report(DECK, SUBJECTS, states(*known), history, AT, plan, hard)


# What is expected


def test_with_an_exam_the_plans_figures_stand():
    made = report(plan=outlook()).expected
    assert (made.exam, made.days, made.now, made.followed) == (EXAM, 9, 0.62, 0.83)
    assert made.topics[0] == TopicFigure("First topic", 0.7, 0.9, 2, 2)
    assert headline(made) == (
        Figure("about 60 %", "expected on exam day if you stop now"),
        Figure("about 85 %", "if you keep to the plan"),
    )
    words = expected_words(made, TODAY)
    assert words.title == "Expected on exam day, Friday 4 December"
    assert words.headings == ("Topic", "Now", "With the plan", "Questions met")
    assert words.rows == (
        ("First topic", "about 70 %", "about 90 %", "2 of 2"),
        ("Second topic", "not met yet", "about 60 %", "0 of 1"),
    )
    assert topic_words(made.topics[1]) == "not met yet, about 60 % with the plan"


def test_before_anything_was_met_only_the_plan_has_a_figure():
    made = report(plan=outlook(0.0, 0.83, 0)).expected
    assert headline(made) == (Figure("about 85 %", "expected on exam day if you keep to the plan"),)


def test_without_an_exam_it_is_what_would_be_known_today():
    made = report([state("c01q01", seen=AT)]).expected
    assert (made.exam, made.followed, made.seen, made.total) == (None, None, 1, 3)
    assert made.now == pytest.approx(1 / 3)
    assert headline(made) == (Figure("about 35 %", "of the questions you would know today"),)
    words = expected_words(made, TODAY)
    assert words.summary == f"You have met 1 of 3 questions. {NO_DATE}"
    assert words.rows[0] == ("First topic", "about 50 %", "1 of 2")
    assert topic_words(made.topics[0]) == "about 50 % now"


def test_nothing_met_and_no_exam_is_no_figure_and_no_table():
    made = report().expected
    assert headline(made) == ()
    assert expected_words(made, TODAY).rows == ()


# What comes back


def test_coming_days_count_by_study_day_and_overdue_is_today():
    known = states(
        state("card-1", due=AT - 3 * DAY),
        state("c01q01", due=datetime(2026, 11, 26, 3, 59, tzinfo=UTC)),  # still today
        state("c02q01", due=datetime(2026, 11, 26, 4, 0, tzinfo=UTC)),
        state("card-3", due=AT + 13 * DAY),
        state("c03q01", due=AT + 14 * DAY),  # beyond
        state("gone", due=AT),
    )
    assert coming_days(DECK, known, AT) == (2, 1, *[0] * 11, 1)


def test_what_is_in_doubt_since_its_card_was_not_known_comes_today():
    unknown = review(None, "card-1", Rating.AGAIN, AT - timedelta(minutes=30))
    known = states(unknown, state("c01q01", due=AT + 5 * DAY))
    assert coming_days(DECK, known, AT)[0] == 2


@given(st.lists(st.integers(-40, 40), max_size=6))
def test_nothing_comes_twice(days):
    ids = ["card-1", "c01q01", "card-2", "c02q01", "card-3", "c03q01"]
    known = states(
        *(state(one, due=AT + ahead * DAY) for one, ahead in zip(ids, days, strict=False))
    )
    assert sum(coming_days(DECK, known, AT)) == sum(ahead < 14 for ahead in days)


def test_coming_days_in_words():
    words = coming_words((3, 1, 0), TODAY)
    assert words.rows == (("Today", "3"), ("Tomorrow", "1"), ("Friday 27 November", "0"))
    assert words.summary == "3 questions and cards to look at today, 1 more in the 2 days after it."
    assert coming_words((1, 0), TODAY).summary.startswith("1 question or card to look at today, no")
    assert coming_words((0, 0), TODAY).summary == NO_COMING


# What is weak


def test_the_worst_remembered_cards_come_first_and_well_known_ones_not_at_all():
    known = states(
        state("card-1", stability=2, seen=AT - 30 * DAY),
        state("c01q01", stability=400),
        state("c02q01", stability=1, seen=AT - 9 * DAY),
        state("card-3", stability=400),
    )
    weak = weakest_cards(DECK, known, AT, hard={"card-2"})
    assert [(one.card_id, one.is_hard, one.last_seen) for one in weak] == [
        ("card-2", True, TODAY - 9 * DAY),
        ("card-1", False, TODAY - DAY),
    ]
    assert weak[0].chance < weak[1].chance < 0.925
    assert weak_words(weak[0], TODAY).endswith("last seen 9 days ago, marked as hard")
    assert len(weakest_cards(DECK, known, AT, most=1)) == 1


def answered(subject_id, *ratings):
    known = None
    for rating in ratings:
        known = review(known, subject_id, rating, AT - timedelta(minutes=5))
    return known


def test_a_wrong_answer_is_not_known_until_it_is_right_again():
    card = DECK.cards[0]
    flipped, wrong = answered(card.id, Rating.GOOD), answered("c01q01", Rating.AGAIN)
    [weak] = weakest_cards(DECK, states(flipped, wrong), AT)
    assert (weak.chance, weak.right, weak.asked) == (pytest.approx(0.5, abs=0.01), 0, 1)
    assert weak_words(weak, TODAY) == "about 50 %, 0 of 1 right lately, last seen today"
    again = answered("c01q01", Rating.AGAIN, Rating.HARD)
    assert weakest_cards(DECK, states(flipped, again), AT) == ()
    made = report([wrong], {TODAY: DayTally(1, 5.0, wrong=1)})
    assert weakest_line(made) == WEAK
    assert made.expected.now == 0
    assert PrintedReport(made, "A deck", "", TODAY).report.weakest


@given(st.lists(st.lists(st.sampled_from(Rating), max_size=4), min_size=6, max_size=6))
def test_nothing_looks_weak_only_if_nothing_is(log):
    ids = ["card-1", "c01q01", "card-2", "c02q01", "card-3", "c03q01"]
    known = [answered(one, *ratings) for one, ratings in zip(ids, log, strict=True) if ratings]
    made = report(known)
    last_wrong = {
        int(one[-1]) if "-" in one else int(one[1:3])
        for one, ratings in zip(ids, log, strict=True)
        if ratings and ratings[-1] is Rating.AGAIN
    }
    assert {f"card-{number}" for number in last_wrong} == {one.card_id for one in made.weakest}
    assert (weakest_line(made) in (NO_WEAK, NO_WEAK_YET)) is not last_wrong


def test_what_is_guessed_from_cards_is_said_to_be():
    known = [answered(card.id, Rating.GOOD) for card in DECK.cards]
    made = report([*known, answered("c01q01", Rating.AGAIN)])
    assert (made.expected.seen, made.expected.guessed) == (1, 2)
    assert headline(made.expected) == (
        Figure("about 35 %", "of the questions you would know today, mostly guessed"),
    )
    words = expected_words(made.expected, TODAY)
    assert words.summary.startswith(
        "You have met 1 of 3 questions. For 2 others it is guessed from the card, or from"
    )
    second = made.expected.topics[1]
    assert words.rows[1] == ("Second topic", "about 50 %, guessed", "0 of 1")
    assert topic_words(second) == (
        "about 50 % now (guessed from your cards: no question of it answered yet)"
    )
    assert now_words(TopicFigure("T", 0.0, None, 0, 9)) == "not met yet"


def test_no_right_answer_is_no_share():
    words = answers_words(report(days={TODAY: DayTally(8, 9.0, wrong=8)}).weeks)
    assert words.summary == "0 of 8 answers were right or close."
    assert words.rows[0][-1] == "none"


def test_a_review_from_the_future_was_seen_today():
    known = states(
        state("card-1", stability=1, seen=AT - 50 * DAY), state("c01q01", seen=AT + 5 * DAY)
    )
    [weak] = weakest_cards(DECK, known, AT)
    assert weak.last_seen == TODAY


def test_the_list_of_weak_cards_says_what_it_is():
    assert weakest_line(report()) == NO_WEAK_YET
    assert weakest_line(report([state("card-1", stability=400)], {TODAY: DayTally(1, 5.0)})) == (
        NO_WEAK
    )
    weak = report([state("card-1", stability=1, seen=AT - 50 * DAY)])
    assert weakest_line(weak).startswith("What you know least well")


# Days, weeks, time


def test_days_in_words():
    days = {TODAY - 8 * DAY: DayTally(24, 540.0), TODAY: DayTally(1, 20.0)}
    calendar = report(days=days, plan=outlook()).calendar
    said = {day: day_words(calendar, day) for day in (TODAY - 8 * DAY, TODAY - DAY, TODAY, EXAM)}
    assert said == {
        TODAY - 8 * DAY: "Tuesday 17 November: 24 answers, 9 minutes",
        TODAY - DAY: "Tuesday 24 November: no study",
        TODAY: "Wednesday 25 November: today, 1 answer, under a minute",
        EXAM: "Friday 4 December: your exam",
    }
    assert day_words(calendar, TODAY + DAY) == "Thursday 26 November: still to come"
    assert day_words(report().calendar, TODAY) == "Wednesday 25 November: today, nothing yet"


def test_the_calendar_in_words_has_the_newest_day_first():
    made = report(days={TODAY - DAY: DayTally(1, 300.0), TODAY: DayTally(7, 65.0)}, plan=outlook())
    words = calendar_words(made.calendar, made.time)
    assert words.rows[0] == ("25 November 2026", "7", "1 minute")
    assert words.summary == "You studied on 2 days since 24 November 2026. Exam in 9 days."
    assert calendar_words(report().calendar, report().time).summary == NO_DAYS


def test_answers_in_words():
    days = {TODAY - 7 * DAY: DayTally(9, 9.0, 5, 1, 3), TODAY: DayTally(4, 9.0, 4, 0, 0)}
    words = answers_words(report(days=days).weeks)
    assert words.rows[0] == ("16 November 2026", "5", "1", "3", "about 65 %")
    assert words.summary == (
        "10 of 13 answers were right or close, about 75 %; this week 4 of 4, over 95 %."
    )
    assert answers_words(()).summary == NO_ANSWERS
    gap = {TODAY - 14 * DAY: DayTally(1, 9.0, 1), TODAY: DayTally(1, 9.0, 1)}
    assert answers_words(report(days=gap).weeks).rows[1][-1] == "no answers"


@pytest.mark.parametrize(
    ("seconds", "words", "short"),
    [
        (0, "0 minutes", "0 min"),
        (20, "under a minute", "under 1 min"),
        (540, "9 minutes", "9 min"),
        (7200, "2 hours", "2 h"),
        (7500, "2 hours 5 minutes", "2 h 5 min"),
        (3570, "1 hour", "1 h"),
    ],
)
def test_time_in_words(seconds, words, short):
    assert (time_words(seconds), short_time(seconds)) == (words, short)


def test_time_figures_are_there_once_there_was_some():
    spent = report(days={TODAY: DayTally(3, 600.0)}).time
    assert [one.words for one in time_figures(spent)] == ["10 min", "10 min", "10 min", "1 day"]
    assert time_figures(report().time) == ()


def test_dates_are_english_and_say_how_long_ago():
    day = date(2026, 2, 3)
    assert (date_of(day), short_date(day)) == ("3 February", "3 Feb")
    assert (full_date(day), day_of(day)) == ("3 February 2026", "Tuesday 3 February")
    told = [ago(day, day + days * DAY) for days in (-2, 0, 1, 2, 20, 21, 36)]
    assert told == [
        *("today", "today", "yesterday", "2 days ago", "20 days ago", "3 weeks ago", "5 weeks ago"),
    ]


@given(st.floats(0, 1), st.none() | st.floats(0, 1), st.integers(0, 9))
def test_no_share_is_told_sharper_than_5_percent(now, followed, seen):
    topic = TopicFigure("T", now, followed, seen, 9)
    made = Expected(now, followed, seen, 9, (topic,), EXAM, 3)
    words = expected_words(made, TODAY)
    told = " ".join((*(one.words for one in headline(made)), *words.rows[0], topic_words(topic)))
    told += weak_words(WeakCard("c", "C", now, TODAY), TODAY)
    shares = [
        int(part)
        for part, sign in zip(told.split(), told.split()[1:], strict=False)
        if sign.startswith("%")
    ]
    assert shares
    assert all(share % 5 == 0 for share in shares)


# On paper


def test_the_printed_report_has_twelve_weeks_and_the_totals_of_all():
    days = {TODAY - 200 * DAY: DayTally(5, 300.0, 2, 1, 2), TODAY: DayTally(3, 60.0, 1, 1, 1)}
    printed = PrintedReport(report(days=days, plan=outlook()), "A deck", "Ada", TODAY)
    assert printed.title == "Progress report of Ada, 25 November 2026"
    assert (printed.calendar.weeks, list(printed.calendar.days)) == (12, [TODAY])
    assert printed.calendar.last == date(2026, 11, 29)
    assert printed.totals == (
        ("2 days", "studied"),
        ("6 min", "spent in all"),
        ("8", "answers and cards"),
        ("5 of 8", "marked right or close"),
    )
