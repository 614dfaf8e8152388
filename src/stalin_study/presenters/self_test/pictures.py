"""What the page shows of a session at a moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from stalin_study.domain.deck import Deck
from stalin_study.domain.markup import PlainText, plain
from stalin_study.domain.memory import MemoryState, next_due
from stalin_study.domain.review_log import Rating, Verdict, Way
from stalin_study.domain.self_test.blurt import recognised
from stalin_study.domain.self_test.judging import given_text
from stalin_study.domain.self_test.ratings import rating_for
from stalin_study.domain.self_test.session import SelfTest
from stalin_study.domain.self_test.summary import moves, subjects_reviewed, summary
from stalin_study.domain.self_test.tasks import Answered, Recalling, Task
from stalin_study.domain.wording import comes_back
from stalin_study.presenters.rating_choices import RatingChoice, rating_choices
from stalin_study.presenters.self_test.state import SelfTestState, headline
from stalin_study.services.reviews import Reviews
from stalin_study.services.settings import PupilSettings


class Pictures:
    """Makes states of sessions; knows the memory as it was before the session and the answer."""

    def __init__(
        self, deck: Deck, reviews: Reviews, settings: PupilSettings, now: Callable[[], datetime]
    ) -> None:
        self._deck = deck
        self._reviews = reviews
        self._settings = settings
        self._now = now
        self._at_start: Mapping[str, MemoryState] = {}
        self._before: Mapping[str, MemoryState] = {}

    def begin(self) -> None:
        """A session begins: what moves is told from here."""
        self._at_start = self._reviews.memory_states

    def remember(self) -> None:
        """An answer is about to be recorded: when it comes back is told from here."""
        self._before = self._reviews.memory_states

    def of(self, session: SelfTest, hint: str) -> SelfTestState:
        """The state for a session; what the presenter alone knows is left out."""
        task = session.task
        if task is None:
            return self._finished(session)
        shown = SelfTestState(
            phase=session.phase,
            task=task,
            card_title=self._deck.cards_by_id[task.card_id].title,
            number=session.number,
            total=session.total,
            hint=hint,
            streak=_streak(session),
            suggested=_recognised(session, task),
        )
        return shown if session.last is None else self._with_verdict(shown, session.last)

    def _with_verdict(self, state: SelfTestState, last: Answered) -> SelfTestState:
        task, outcome = last.task, last.outcome
        earned = rating_for(task, outcome.verdict, last.took_ms)
        rating = Rating(last.rating) if last.rating else earned
        is_rated = task.way is not Way.MATCH
        given = given_text(task, last.answer)
        return replace(
            state,
            answer=last.answer,
            given=given,
            outcome=outcome,
            headline=headline(task, outcome),
            point=self._point(task),
            ratings=self._ratings(task) if is_rated else (),
            comes_back=self._comes_back(task, rating) if is_rated else "",
            is_own_rating=bool(last.rating),
            may_claim=(
                outcome.verdict is Verdict.WRONG
                and task.way in (Way.TYPED, Way.GAP)
                and bool(given)
            ),
        )

    def _finished(self, session: SelfTest) -> SelfTestState:
        return SelfTestState(
            phase="finished",
            summary=summary(session),
            moves=moves(
                subjects_reviewed(session),
                self._at_start,
                self._reviews.memory_states,
                self._now(),
            ),
            can_go_on=bool(session.queue),
        )

    def _point(self, task: Task) -> PlainText | None:
        points = self._deck.cards_by_id[task.card_id].points
        return next((plain(one.text) for one in points if one.id == task.point_id), None)

    def _ratings(self, task: Task) -> tuple[RatingChoice, ...]:
        known = self._before.get(task.subject_id)
        count = self._settings.settings.ratings
        return rating_choices(known, task.subject_id, self._now(), count)

    def _comes_back(self, task: Task, rating: Rating) -> str:
        at = self._now()
        known = self._before.get(task.subject_id)
        return comes_back(next_due(known, task.subject_id, rating, at) - at)


def _streak(session: SelfTest) -> int:
    count = 0
    for answered in reversed(session.done):
        if answered.outcome.verdict is Verdict.WRONG:
            break
        count += 1
    return count


def _recognised(session: SelfTest, task: Task) -> frozenset[int]:
    """The points that the written text has, while the pupil goes through them."""
    if session.written is None or not isinstance(task.body, Recalling):
        return frozenset()
    return recognised(task.body.points, session.written.text)
