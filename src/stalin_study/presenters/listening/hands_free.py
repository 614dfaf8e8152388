"""The hands-free test: a question, time to think, its answer, and did the pupil know it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.deck import Deck
from stalin_study.domain.playlists import DECK, card_playlist, playlist_of, topic_playlist
from stalin_study.domain.review_log import Rating, Way
from stalin_study.domain.self_test.choosing import Asked
from stalin_study.domain.wording import count_of
from stalin_study.presenters.listening.hands_free_state import (
    COUNTED,
    TAKEN_BACK,
    HandsFreeState,
    QuestionScope,
    Stage,
)
from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.listening.questions import (
    DUE,
    asking_reading,
    blocks_of,
    question_count,
    question_queue,
    track_of,
)
from stalin_study.presenters.listening.state import ListeningState
from stalin_study.services.reviews import Reviews
from stalin_study.services.settings import PupilSettings

LONGEST_MS = 60_000  # then the pupil was doing something else


@dataclass(frozen=True, slots=True)
class _Rated:
    rating: Rating
    entry_id: str


class HandsFreePresenter(QObject):
    """Asks aloud through the app's one reading, and records what the pupil says they knew.

    It ends with the last answer, with `stop()`, or when something else is read. The reading may be
    paused, or go back and forward, by anybody. `state_changed(state)`.
    """

    state_changed = Signal(object)

    def __init__(
        self,
        deck: Deck,
        reviews: Reviews,
        settings: PupilSettings,
        listening: ListeningPresenter,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._deck = deck
        self._reviews = reviews
        self._settings = settings
        self._listening = listening
        self._now = now
        self._card_id = ""
        self._queue: dict[str, Asked] = {}
        self._given_s: Mapping[str, int] = {}
        self._rated: dict[str, _Rated] = {}
        self._thought: set[str] = set()
        self._track = ""
        self._thinking_since: datetime | None = None
        self._told = ""
        self._is_starting = False
        self.state = HandsFreeState(
            scopes=self._scopes(), chosen_thinking_s=settings.settings.thinking_s
        )
        listening.state_changed.connect(self._take_listening)
        settings.settings_changed.connect(
            lambda changed: self._swap(replace(self.state, chosen_thinking_s=changed.thinking_s))
        )
        reviews.study_changed.connect(lambda *_: self._count_again())

    def choose_scope(self, scope: str) -> None:
        """Be asked about this: the id of a playlist of cards, or "due"."""
        if any(one.id == scope for one in self.state.scopes):
            self._swap(replace(self.state, scope=scope))

    def offer_card(self, card_id: str) -> None:
        """Have one card among what can be chosen, in place of the one before."""
        if card_id in self._deck.cards_by_id:
            self._card_id = card_id
            scopes = self._scopes()
            is_there = any(one.id == self.state.scope for one in scopes)
            scope = self.state.scope if is_there or self.state.is_going_on else DECK
            self._swap(replace(self.state, scopes=scopes, scope=scope))

    def set_thinking(self, seconds: int) -> None:
        """Have so long to think, 1 to 60, or 0 for as long as it takes; remembered for later.

        Questions that are made ready already, the next one perhaps among them, keep their time.
        """
        if seconds in range(61):
            self._settings.change(thinking_s=seconds)

    def start(self, scope: str = "") -> None:
        """Ask, whatever was being read; of the scope that is chosen when none is given."""
        scope = scope or self.state.scope
        queue = question_queue(self._deck, scope, self._reviews.memory_states, self._now())
        settings = self._settings.settings
        if not queue:
            return
        self._queue = {track_of(one): one for one in queue}
        reading, self._given_s = asking_reading(
            queue, lambda: self._settings.settings.thinking_s, settings.reading_gap_ms
        )
        self._is_starting = True
        self._listening.play(reading)
        self._is_starting = False
        self._begin(scope)
        self._take_listening(self._listening.state)

    def toggle(self) -> None:
        """Pause or go on; while there is time to think, hear the answer."""
        if self.state.is_going_on:
            self._listening.toggle()

    def skip(self) -> None:
        """Go to the next question; after the last one the test is over."""
        if self.state.number == self.state.total:
            self.stop()
        elif self.state.is_going_on:
            self._listening.next_track()

    def stop(self) -> None:
        """End the test; what was counted stays."""
        if self.state.is_going_on:
            self._listening.stop()

    def knew(self) -> None:
        """Count the question as known."""
        self._rate(Rating.GOOD)

    def not_yet(self) -> None:
        """Count the question as not known yet."""
        self._rate(Rating.AGAIN)

    def undo(self) -> None:
        """Take the last rating back."""
        if not self._rated:
            return
        _, rated = self._rated.popitem()
        self._reviews.undo((rated.entry_id,))
        self._told = TAKEN_BACK
        if self.state.stage == "finished":
            self._told = f"{TAKEN_BACK} {self._summary()}"
        self._swap(self._counted(replace(self.state, message=self._told)))

    def _rate(self, rating: Rating) -> None:
        if not self.state.may_rate:
            return
        asked, track = self._queue[self._track], self._track
        took_ms = 0
        if self._thinking_since is not None:
            took_ms = round((self._now() - self._thinking_since).total_seconds() * 1000)
        entry = self._reviews.record(
            asked.id,
            Way.HANDS_FREE,
            rating,
            took_ms=min(max(took_ms, 0), LONGEST_MS),
        )
        self._rated[track] = _Rated(rating, entry.uuid)
        self._told = COUNTED[rating]
        self._swap(self._counted(replace(self.state, message=self._told)))
        if self._listening.state.phase == "thinking":
            self._listening.toggle()

    def _begin(self, scope: str) -> None:
        self._rated.clear()
        self._thought.clear()
        self._track, self._thinking_since, self._told = "", None, ""
        started = replace(self._fresh("asking"), scope=scope, total=len(self._queue))
        self._swap(started)

    def _take_listening(self, listening: ListeningState) -> None:
        if self._is_starting:
            return
        is_ours = listening.subject in self._queue and listening.phase != "idle"
        if not is_ours:
            if self.state.is_going_on:
                self._end()
            return
        if self.state.stage == "finished":
            # Play, after the end, asks the same questions once more.
            self._begin(self.state.scope)
        if self.state.is_going_on:
            self._follow(listening)

    def _follow(self, listening: ListeningState) -> None:
        is_next = listening.subject != self._track
        self._track = listening.subject
        asked = self._queue[self._track]
        question, answer = blocks_of(asked)
        stage: Stage = "asking" if is_next else self.state.stage
        if listening.phase == "thinking":
            stage = "thinking"
        elif listening.sentence is not None:
            is_answer = any(one.key == listening.sentence.block for one in answer)
            stage = "answering" if is_answer else "asking"
        if is_next:
            self._thinking_since, self._told = None, ""
        if stage == "thinking" and (is_next or self.state.stage != "thinking"):
            self._thinking_since = self._now()
            self._thought.add(self._track)
        self._swap(
            self._counted(
                replace(
                    self.state,
                    stage=stage,
                    is_paused=listening.phase == "paused",
                    number=listening.track_number,
                    title=listening.title,
                    blocks=(*question, *answer) if stage == "answering" else question,
                    sentence=listening.sentence,
                    word=listening.word,
                    thinking_s=self._given_s.get(self._track, 0),
                    thinking_left_s=listening.thinking_left_s,
                    message=self._message(listening),
                )
            )
        )

    def _message(self, listening: ListeningState) -> str:
        """Why it stands still, if it does; else what was counted."""
        if listening.phase == "paused":
            return listening.message or self._told
        return self._told or listening.message

    def _counted(self, state: HandsFreeState) -> HandsFreeState:
        ratings = [one.rating for one in self._rated.values()]
        rated = self._rated.get(self._track) if state.is_going_on else None
        has_thought = state.is_going_on and self._thinking_since is not None
        return replace(
            state,
            may_rate=has_thought and rated is None,
            rating=rated.rating if rated is not None else None,
            may_undo=bool(ratings),
            known=ratings.count(Rating.GOOD),
            not_yet=ratings.count(Rating.AGAIN),
            asked=len(self._thought),
        )

    def _end(self) -> None:
        self._thinking_since = None
        ended = replace(self._fresh("finished"), total=self.state.total, message=self._summary())
        self._swap(self._counted(ended))

    def _fresh(self, stage: Stage) -> HandsFreeState:
        """Nothing asked, with what is chosen."""
        return HandsFreeState(
            scopes=self._scopes(),
            scope=self.state.scope,
            chosen_thinking_s=self.state.chosen_thinking_s,
            stage=stage,
        )

    def _summary(self) -> str:
        ratings = [one.rating for one in self._rated.values()]
        known, not_yet = ratings.count(Rating.GOOD), ratings.count(Rating.AGAIN)
        left = len(self._thought) - len(ratings)
        return (
            f"{count_of(len(self._thought), 'question')}:"
            f" {known} known, {not_yet} not yet, {left} not rated."
        )

    def _count_again(self) -> None:
        if not self.state.is_going_on:
            self._swap(replace(self.state, scopes=self._scopes()))

    def _scopes(self) -> tuple[QuestionScope, ...]:
        deck, at = self._deck, self._now()
        choices = [(DECK, "All cards"), (DUE, "What is due")]
        choices += ((topic_playlist(topic.id), topic.title) for topic in deck.topics)
        if self._card_id:
            card = card_playlist(self._card_id)
            playlist = playlist_of(deck, card)
            choices.insert(0, (card, f"Card: {playlist.title}" if playlist else ""))
        states = self._reviews.memory_states
        return tuple(
            QuestionScope(scope, title, question_count(deck, scope, states, at))
            for scope, title in choices
        )

    def _swap(self, state: HandsFreeState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
