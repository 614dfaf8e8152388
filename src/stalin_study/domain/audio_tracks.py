"""What is exported as sound: the steps of each file, and how long they will last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stalin_study.domain.asking import answer_blocks_of, question_blocks
from stalin_study.domain.card import Card, Question, TrueFalse
from stalin_study.domain.card_text import Block, BlockKind
from stalin_study.domain.deck import Deck
from stalin_study.domain.markup import plain
from stalin_study.domain.playlists import Contents, Playlist, card_of, track_blocks
from stalin_study.domain.reading_steps import Rest, Say, Step, asking_steps, reading_steps

# With the silence at the end of a sentence, well below the three seconds that sound like the end.
LONGEST_GAP_MS = 2000
BETWEEN_QUESTIONS_MS = 1200
# Of the bundled voice at normal speed, over 168 sentences; others differ by a fifth.
_MS_A_CHAR, _MS_A_SENTENCE = 65, 465


@dataclass(frozen=True, slots=True)
class AudioTrack:
    """One file to be made. A rest without an end (`ms` None) is none."""

    title: str
    steps: tuple[Step, ...]


def reading_tracks(
    deck: Deck, playlist: Playlist, contents: Contents, gap_ms: int
) -> tuple[AudioTrack, ...]:
    """The tracks of a playlist, read with a rest of at most two seconds between points."""
    gap_ms = min(gap_ms, LONGEST_GAP_MS)
    made = (
        AudioTrack(track.title, reading_steps(track_blocks(deck, track.id, contents), gap_ms))
        for track in playlist.tracks
    )
    return tuple(track for track in made if track.steps)


def asking_tracks(deck: Deck, playlist: Playlist, thinking_ms: int) -> tuple[AudioTrack, ...]:
    """For each card of a playlist its questions, time to think, and the answers."""
    cards = (card_of(deck, track.id) for track in playlist.tracks)
    made = (AudioTrack(card.title, card_asking_steps(card, thinking_ms)) for card in cards if card)
    return tuple(track for track in made if track.steps)


def card_asking_steps(card: Card, thinking_ms: int) -> tuple[Step, ...]:
    """All questions of a card and its statements to judge, with a rest between one and the next."""
    steps: list[Step] = []
    subjects: tuple[Question | TrueFalse, ...] = (*card.questions, *card.true_false)
    if card.care and subjects:
        steps += reading_steps((Block("care", BlockKind.NOTE, plain(card.care)),))
    for subject in subjects:
        if steps:
            steps.append(Rest(BETWEEN_QUESTIONS_MS))
        question, answer = question_blocks(card, subject), answer_blocks_of(card, subject)
        steps += asking_steps(question, answer, thinking_ms)
    return tuple(steps)


def estimated_ms(tracks: Iterable[AudioTrack], speed: float) -> int:
    """How long the files will last together, roughly; `speed` 1 is normal."""
    speech_ms = rest_ms = 0
    for step in (step for track in tracks for step in track.steps):
        if isinstance(step, Say):
            speech_ms += _MS_A_SENTENCE + _MS_A_CHAR * len(step.utterance.text)
        else:
            rest_ms += step.ms or 0
    return round(speech_ms / speed) + rest_ms
