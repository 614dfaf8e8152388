"""What is exported: rests, questions with time to think, and how long it will last."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes_study import make_card, make_deck, rewritten
from stalin_study.domain.audio_tracks import (
    BETWEEN_QUESTIONS_MS,
    LONGEST_GAP_MS,
    asking_tracks,
    card_asking_steps,
    estimated_ms,
    reading_tracks,
)
from stalin_study.domain.card import TrueFalse
from stalin_study.domain.playlists import DECK, TERMS, Contents, playlist_of
from stalin_study.domain.reading_steps import Rest, Say

SMALL = make_deck()
CARDS = playlist_of(SMALL, DECK)
STATEMENT = TrueFalse("c01t01", "The NEP was new", True, "It replaced war communism.", "c01p01")


def said(steps):
    return [step.utterance.text for step in steps if isinstance(step, Say)]


def rests(steps):
    return [step.ms for step in steps if isinstance(step, Rest)]


def test_reading_says_each_track_from_its_prompt_to_its_last_point():
    tracks = reading_tracks(SMALL, CARDS, Contents.KEY_POINTS, 400)
    assert [track.title for track in tracks] == [card.title for card in SMALL.cards]
    first = said(tracks[0].steps)
    assert first[:2] == ["What happened on card 1?", "First part"]
    assert len(first) == 1 + 2 + 2 * 4
    more = reading_tracks(SMALL, CARDS, Contents.WITH_NOTES, 400)
    assert any("disputed" in text for text in said(more[0].steps))


@given(st.integers(0, 5000))
def test_no_rest_of_a_reading_sounds_like_the_end(gap_ms):
    steps = reading_tracks(SMALL, CARDS, Contents.EVERY_POINT, gap_ms)[0].steps
    assert set(rests(steps)) == ({min(gap_ms, LONGEST_GAP_MS)} if gap_ms else set())


def test_a_question_is_followed_by_time_to_think_and_its_answer():
    card = rewritten(make_card(1), true_false=(STATEMENT,))
    steps = card_asking_steps(card, 6000)
    texts = said(steps)
    assert texts[0] == "Which year goes with card 1?"
    assert texts[1] == "1921."
    assert "True or false? The NEP was new." in " ".join(texts)
    assert rests(steps) == [6000, BETWEEN_QUESTIONS_MS, 6000]
    thinks = [step.is_thinking for step in steps if isinstance(step, Rest)]
    assert thinks == [True, False, True]


def test_a_card_of_suffering_has_its_word_first():
    card = rewritten(make_card(1), care="This card is about great suffering.")
    steps = card_asking_steps(card, 1000)
    assert said(steps)[0] == "This card is about great suffering."
    assert rests(steps) == [BETWEEN_QUESTIONS_MS, 1000]
    assert card_asking_steps(rewritten(card, questions=()), 1000) == ()


def test_what_has_no_questions_makes_no_files():
    assert asking_tracks(SMALL, playlist_of(SMALL, TERMS), 1000) == ()
    assert len(asking_tracks(SMALL, CARDS, 1000)) == 3
    terms = playlist_of(SMALL, TERMS)
    gone = replace(terms, tracks=(replace(terms.tracks[0], id="term:gone"),))
    assert reading_tracks(SMALL, gone, Contents.EVERY_POINT, 400) == ()


def test_speed_shortens_speech_and_not_the_time_to_think():
    slow = asking_tracks(SMALL, CARDS, 0)
    speech_ms = estimated_ms(slow, 1.0) - 0
    assert estimated_ms(slow, 2.0) == pytest.approx(speech_ms / 2, abs=1)
    thinking = asking_tracks(SMALL, CARDS, 5000)
    assert estimated_ms(thinking, 2.0) - estimated_ms(slow, 2.0) == 3 * 5000
