"""Questions for a hands-free test: which, in what order, and how they are asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from stalin_study.domain.asking import answer_blocks_of, question_blocks
from stalin_study.domain.card import Question, TrueFalse
from stalin_study.domain.card_text import Block
from stalin_study.domain.deck import Deck
from stalin_study.domain.memory import MemoryState, retrievability
from stalin_study.domain.playlists import DECK, Track, card_of, playlist_of
from stalin_study.domain.reading_steps import asking_steps
from stalin_study.domain.self_test.choosing import Asked, How, Scope, askable, in_scope
from stalin_study.presenters.listening.tape import LoadedTrack, Reading

DUE = "due"
TITLE = "Hands-free test"
_TRACK = "asking:"


def question_queue(
    deck: Deck, scope: str, states: Mapping[str, MemoryState], at: datetime
) -> tuple[Asked, ...]:
    """The questions of a playlist of cards, or all that are due for the scope "due".

    Those that are due come first, then what was never seen in the order of the deck, then the rest
    with the weakest first.
    """
    asked = _asked_of(deck, scope)
    due = in_scope(asked, Scope.DUE, states, at)
    if scope == DUE:
        return tuple(due)
    due_ids = {one.id for one in due}
    unseen = [one for one in asked if one.id not in states]
    rest = [one for one in asked if one.id in states and one.id not in due_ids]
    rest.sort(key=lambda one: retrievability(states[one.id], at))
    return (*due, *unseen, *rest)


def question_count(deck: Deck, scope: str, states: Mapping[str, MemoryState], at: datetime) -> int:
    """How many questions the queue of a scope holds."""
    asked = _asked_of(deck, scope)
    return len(in_scope(asked, Scope.DUE, states, at)) if scope == DUE else len(asked)


def asking_reading(
    queue: Sequence[Asked], thinking_s: Callable[[], int], gap_ms: int
) -> tuple[Reading, Mapping[str, int]]:
    """The questions as tracks, and by track the seconds to think of those that are made ready.

    `thinking_s` is asked when a question is made ready, shortly before its turn; 0 waits for the
    pupil. The place in such a reading is not remembered.
    """
    by_track = {track_of(one): one for one in queue}
    given: dict[str, int] = {}

    def load(track: Track) -> LoadedTrack:
        question, answer = blocks_of(by_track[track.id])
        seconds = given[track.id] = thinking_s()
        thinking_ms = 1000 * seconds if seconds else None
        return LoadedTrack(
            (*question, *answer), asking_steps(question, answer, thinking_ms, gap_ms)
        )

    tracks = tuple(
        Track(track_id, one.card.title, "Question") for track_id, one in by_track.items()
    )
    return Reading("", TITLE, tracks, load), given


def track_of(asked: Asked) -> str:
    """The id of a question's track."""
    return f"{_TRACK}{asked.id}"


def blocks_of(asked: Asked) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """What is read as the question and as the answer; nothing for what cannot be asked aloud."""
    card, subject = asked.card, asked.subject
    if not isinstance(subject, Question | TrueFalse):
        return (), ()
    return question_blocks(card, subject), answer_blocks_of(card, subject)


def _asked_of(deck: Deck, scope: str) -> list[Asked]:
    playlist = playlist_of(deck, DECK if scope == DUE else scope)
    found = (card_of(deck, one.id) for one in playlist.tracks) if playlist is not None else ()
    # As in a speed round: all that has a short answer.
    return askable((card for card in found if card is not None), How.SPEED)
