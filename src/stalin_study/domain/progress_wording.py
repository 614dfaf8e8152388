"""The figures of the Progress page in words and as tables. Shares are told to the nearest 5 %."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from stalin_study.domain.date_words import ago, day_of, full_date
from stalin_study.domain.exam_wording import about, guess
from stalin_study.domain.progress_report import Expected, ProgressReport, TopicFigure, WeakCard
from stalin_study.domain.study_figures import Answers, StudyCalendar, TimeSpent
from stalin_study.domain.study_history import DayTally
from stalin_study.domain.wording import count_of, exam_countdown

ESTIMATE = "It is an estimate: people differ, by 10 % or so either way."
NO_DATE = "Give the date of your exam in Settings to see what you will remember on the day."
NO_ANSWERS = "Each week of self-tests will get a column here, from your first test on."
NO_COMING = "What you answer comes back after some days: how much and when will show here."
WEAK = (
    "What you know least well of the cards that you have met. A wrong answer counts until it is"
    " right again."
)
NO_WEAK_YET = "The cards that you remember worst will be listed here once you have met some."
NO_WEAK = "Nothing looks weak: you remember about 95 % or more of every card that you have met."
NO_TIME = "The minutes that you study will be added up here."
NO_DAYS = "Each day that you study will be filled in here, today first."


@dataclass(frozen=True, slots=True)
class ChartWords:
    """What a chart shows, in words: title, summary, and a table with a text for each heading."""

    title: str
    summary: str
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in words, and what it is a figure of."""

    words: str
    caption: str


def time_words(seconds: float) -> str:
    """ "9 minutes", "2 hours", "2 hours 5 minutes"; some seconds are "under a minute"."""
    if seconds <= 0:
        return "0 minutes"
    minutes = round(seconds / 60)
    if not minutes:
        return "under a minute"
    hours, rest = divmod(minutes, 60)
    parts = [count_of(hours, "hour")] * (hours > 0) + [count_of(rest, "minute")] * (rest > 0)
    return " ".join(parts)


def short_time(seconds: float) -> str:
    """ "9 min", "2 h", "2 h 5 min"."""
    if 0 < seconds < 30:
        return "under 1 min"
    hours, rest = divmod(round(seconds / 60), 60)
    parts = [f"{hours:,} h"] * (hours > 0) + [f"{rest} min"] * (rest > 0 or not hours)
    return " ".join(parts)


def headline(expected: Expected) -> tuple[Figure, ...]:
    """The figures that matter most: now, and with the plan. Nothing before anything was met."""
    if not expected.seen and expected.exam is None:
        return ()
    guess = ", mostly guessed" if expected.guessed > expected.seen else ""
    if expected.exam is None:
        return (Figure(about(expected.now), f"of the questions you would know today{guess}"),)
    followed = "" if expected.followed is None else about(expected.followed)
    if not expected.seen and followed:
        return (Figure(followed, "expected on exam day if you keep to the plan"),)
    figures = [Figure(about(expected.now), f"expected on exam day if you stop now{guess}")]
    if followed:
        figures.append(Figure(followed, "if you keep to the plan"))
    return tuple(figures)


def expected_words(expected: Expected, today: date) -> ChartWords:
    """Recall by topic."""
    rows = tuple(
        _topic_row(topic, has_plan=expected.followed is not None) for topic in _met(expected)
    )
    headings: tuple[str, ...] = ("Topic", "Now", "With the plan", "Questions met")
    if expected.followed is None:
        headings = ("Topic", "Now", "Questions met")
    if expected.exam is None:
        told = f"{_seen(expected)} {NO_DATE}"
        return ChartWords("What you would know today", told, headings, rows)
    summary = f"{_seen(expected)} Memories fade until the exam. {ESTIMATE}"
    return ChartWords(f"Expected on exam day, {day_of(expected.exam)}", summary, headings, rows)


def topic_words(topic: TopicFigure) -> str:
    """ "about 40 % now, about 80 % with the plan"; without a plan the first half."""
    now = now_words(topic)
    if topic.seen:
        now = f"{now} now"
    elif topic.guessed:
        now = f"{about(topic.now)} now (guessed from your cards: no question of it answered yet)"
    return now if topic.followed is None else f"{now}, {about(topic.followed)} with the plan"


def now_words(topic: TopicFigure) -> str:
    """ "about 40 %", perhaps "guessed" from cards alone, or that it was not met yet."""
    if not topic.seen and topic.guessed:
        return f"{about(topic.now)}, guessed"
    return about(topic.now) if topic.seen else "not met yet"


def day_words(calendar: StudyCalendar, day: date) -> str:
    """ "Tuesday 17 November: 24 answers, 9 minutes"."""
    told = []
    if day == calendar.exam:
        told.append("your exam")
    if day == calendar.today:
        told.append("today")
    tally = calendar.tally(day)
    if tally.reviews:
        told += [_answers(tally), time_words(tally.seconds)]
    elif day <= calendar.today:
        told.append("nothing yet" if day == calendar.today else "no study")
    elif day != calendar.exam:
        told.append("still to come")
    return f"{day_of(day)}: {', '.join(told)}"


def calendar_words(calendar: StudyCalendar, time: TimeSpent) -> ChartWords:
    """The study days, the newest first in the table."""
    days = sorted((day for day, tally in calendar.days.items() if tally.reviews), reverse=True)
    rows = tuple(
        (
            full_date(day),
            f"{calendar.days[day].reviews:,}",
            time_words(calendar.days[day].seconds),
        )
        for day in days
    )
    summary = NO_DAYS
    if days:
        summary = f"You studied on {count_of(len(days), 'day')} since {full_date(days[-1])}."
    countdown = exam_countdown(calendar.exam, calendar.today)
    if countdown:
        summary += f" {countdown.removesuffix('.')}."
    return ChartWords("Study days", summary, ("Day", "Answers", "Time"), rows)


def coming_words(coming: tuple[int, ...], today: date) -> ChartWords:
    """What comes back on the coming days."""
    title, headings = "Coming days", ("Day", "Come back")
    if not any(coming):
        return ChartWords(title, NO_COMING, headings)
    rows = tuple(
        (_named(place, today + timedelta(days=place)), f"{count:,}")
        for place, count in enumerate(coming)
    )
    first = f"{count_of(coming[0], 'question or card', 'questions and cards')} to look at today"
    later = f"{sum(coming[1:]):,}" if any(coming[1:]) else "nothing"
    summary = f"{first}, {later} more in the {len(coming) - 1} days after it."
    return ChartWords(title, summary, headings, rows)


def answers_words(weeks: tuple[Answers, ...]) -> ChartWords:
    """The marked answers by week, and what share of them was right."""
    title = "Answers over time"
    headings = ("Week from", "Correct", "Close", "Wrong", "Right")
    if not weeks:
        return ChartWords(title, NO_ANSWERS, headings)
    rows = tuple(
        (
            full_date(week.since),
            f"{week.correct:,}",
            f"{week.close:,}",
            f"{week.wrong:,}",
            _share(week) if week.total else "no answers",
        )
        for week in weeks
    )
    return ChartWords(title, _answers_summary(weeks), headings, rows)


def weak_words(card: WeakCard, today: date) -> str:
    """ "about 45 %, 2 of 5 right lately, last seen 3 days ago"."""
    lately = f", {card.right} of {card.asked} right lately" if card.asked else ""
    hard = ", marked as hard" if card.is_hard else ""
    return f"{about(card.chance)}{lately}, last seen {ago(card.last_seen, today)}{hard}"


def weakest_line(report: ProgressReport) -> str:
    """What the list of weakest cards is."""
    if report.weakest:
        return WEAK
    return NO_WEAK if report.expected.seen or report.time.reviews else NO_WEAK_YET


def time_figures(time: TimeSpent) -> tuple[Figure, ...]:
    """The time spent: this week, in all, on a study day; and the longest streak."""
    if not time.days:
        return ()
    return (
        Figure(short_time(time.week_seconds), "this week"),
        Figure(short_time(time.all_seconds), f"in all, on {count_of(time.days, 'day')}"),
        Figure(short_time(time.a_day), "on a day that you study"),
        Figure(count_of(time.longest, "day"), "longest streak"),
    )


def _met(expected: Expected) -> tuple[TopicFigure, ...]:
    """The topics, if there is anything to say of them."""
    return expected.topics if expected.seen or expected.exam is not None else ()


def _topic_row(topic: TopicFigure, *, has_plan: bool) -> tuple[str, ...]:
    met = f"{topic.seen} of {topic.total}"
    if not has_plan:
        return (topic.title, now_words(topic), met)
    followed = topic.now if topic.followed is None else topic.followed
    return (topic.title, now_words(topic), about(followed), met)


def _seen(expected: Expected) -> str:
    if not expected.seen:
        met = f"You have not met any of the {expected.total} questions yet."
    else:
        met = f"You have met {expected.seen} of {expected.total} questions."
    return f"{met} {guess(expected.guessed, expected.seen)}" if expected.guessed else met


def _answers(tally: DayTally) -> str:
    return count_of(tally.reviews, "answer")


def _named(place: int, day: date) -> str:
    return {0: "Today", 1: "Tomorrow"}.get(place, day_of(day))


def _answers_summary(weeks: tuple[Answers, ...]) -> str:
    total, right = sum(week.total for week in weeks), sum(week.right for week in weeks)
    this = weeks[-1]
    summary = f"{right:,} of {count_of(total, 'answer')} were right or close"
    summary += f", {about(right / total)}" if right else ""
    if len(weeks) > 1 and this.total:
        summary += f"; this week {this.right:,} of {this.total:,}"
        summary += f", {_share(this)}" if this.right else ""
    return f"{summary}."


def _share(week: Answers) -> str:
    return about(week.right / week.total) if week.right else "none"
