"""The exam plan in a pupil's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stalin_study.domain.deck import Deck
from stalin_study.domain.wording import count_of
from stalin_study.services.exam_planner import Plan

if TYPE_CHECKING:
    from stalin_study.domain.exam_forecast import TopicExpectation

# From this share of days on nobody is told of the days that were missed.
MOST_DAYS = 0.85
OVER = "The date of your exam has passed. Settings has room for the next one."
NO_DATE = "Give the date of your exam in Settings to see what you will remember on the day."


@dataclass(frozen=True, slots=True)
class TopicRecall:
    """What is expected of one topic: a share from 0 to 1, and words such as "about 80 % now"."""

    title: str
    now: float
    words: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """What the page says of the plan; all empty before it is made. `today` is the day's work."""

    headline: str = ""
    now: str = ""
    if_followed: str = ""
    today: str = ""
    why: tuple[str, ...] = ()
    topics: tuple[TopicRecall, ...] = ()


NO_PLAN = PlanView()


def plan_view(plan: Plan, deck: Deck) -> PlanView:
    """The plan in words."""
    if plan.day is None:
        return NO_PLAN
    if plan.exam is None or plan.expectation is None:
        return PlanView(OVER if plan.is_over else NO_DATE, today=_today(plan))
    # Loaded with the plan, which is made after the first paint.
    from stalin_study.domain.exam_wording import about, why

    expectation = plan.expectation
    titles = {topic.id: topic.title for topic in deck.topics}
    return PlanView(
        headline=_days(plan.days),
        now=about(expectation.now),
        if_followed=about(expectation.if_followed or expectation.now),
        today=_today(plan),
        why=(*why(expectation, plan.minutes_a_day), *_skipped(plan)),
        topics=tuple(
            _topic(titles.get(topic.topic_id, topic.topic_id), topic)
            for topic in expectation.by_topic
        ),
    )


def _topic(title: str, topic: TopicExpectation) -> TopicRecall:
    from stalin_study.domain.exam_wording import about

    followed = topic.now if topic.if_followed is None else topic.if_followed
    met = f"{topic.seen} of {topic.total} met"
    guess = " (guessed from your cards)" if topic.guessed and not topic.seen else ""
    words = f"{about(topic.now)} now{guess}, {about(followed)} with the plan; {met}"
    return TopicRecall(title, topic.now, words)


def _skipped(plan: Plan) -> tuple[str, ...]:
    if plan.kept >= MOST_DAYS:
        return ()
    return (f"You have studied on {round(10 * plan.kept)} days of 10: the plan counts on that.",)


def sidebar_line(plan: Plan) -> str:
    """The line below the tree: "Exam in 40 days, about 80 % expected".

    Empty before the first question was met: there is nothing to expect yet.
    """
    if plan.exam is None or plan.expectation is None or not plan.expectation.seen:
        return ""
    from stalin_study.domain.exam_wording import about

    return f"{_days(plan.days)}, {about(plan.expectation.now)} expected"


def _days(days: int) -> str:
    if days <= 0:
        return "Exam today"
    return "Exam tomorrow" if days == 1 else f"Exam in {count_of(days, 'day')}"


def _today(plan: Plan) -> str:
    if plan.day is None or not plan.day.subject_ids:
        return "Today’s work is done. Anything more is extra."
    return f"Today: {plan.amount}"
