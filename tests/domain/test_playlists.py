from pathlib import Path

import pytest

from fakes_study import make_deck
from stalin_study.domain.card_text import BlockKind
from stalin_study.domain.playlists import (
    Contents,
    card_playlist,
    playlist_of,
    playlists,
    topic_playlist,
    track_blocks,
)
from stalin_study.domain.reading_steps import Rest, Say, asking_steps, reading_steps
from stalin_study.services.library import load_deck

SHIPPED = load_deck(Path(__file__).parents[2] / "cards" / "stalin-1924-41").deck


def said(steps):
    return [step.utterance.text if isinstance(step, Say) else step for step in steps]


def test_the_shipped_deck_has_all_of_them():
    assert SHIPPED is not None
    found = playlists(SHIPPED)
    assert [playlist.id for playlist in found][:2] == ["deck", "topic:struggle-for-power"]
    assert [playlist.id for playlist in found][-3:] == ["timeline", "people", "terms"]
    assert len(found) == 1 + len(SHIPPED.topics) + 3
    by_id = {playlist.id: playlist for playlist in found}
    assert len(by_id["deck"].tracks) == 20
    assert len(by_id["people"].tracks) == len(SHIPPED.people)
    assert len(by_id["terms"].tracks) == len(SHIPPED.terms)
    years = [track.title for track in by_id["timeline"].tracks]
    assert years == sorted(set(years))
    read = [
        block.key
        for track in by_id["timeline"].tracks
        for block in track_blocks(SHIPPED, track.id, Contents.KEY_POINTS)
        if block.kind is not BlockKind.HEADING
    ]
    assert read == [event.id for event in SHIPPED.timeline]


def test_every_track_of_the_shipped_deck_says_something_with_keys_of_its_own():
    assert SHIPPED is not None
    for playlist in playlists(SHIPPED):
        assert len({track.id for track in playlist.tracks}) == len(playlist.tracks)
        for track in playlist.tracks:
            for contents in Contents:
                blocks = track_blocks(SHIPPED, track.id, contents)
                assert len({block.key for block in blocks}) == len(blocks)
                assert reading_steps(blocks), track


def test_contents_of_a_card():
    deck = make_deck()
    lengths = [
        len([b for b in track_blocks(deck, "card:card-1", contents) if b.kind is BlockKind.POINT])
        for contents in Contents
    ]
    assert lengths == [4, 6, 6]
    notes = track_blocks(deck, "card:card-1", Contents.WITH_NOTES)
    assert [block.kind for block in notes].count(BlockKind.NOTE) == 1
    assert notes[0].kind is BlockKind.PROMPT


def test_a_card_of_suffering_says_so_before_its_answer():
    assert SHIPPED is not None
    careful = [card for card in SHIPPED.cards if card.care]
    assert careful
    for card in careful:
        blocks = track_blocks(SHIPPED, f"card:{card.id}", Contents.KEY_POINTS)
        assert [block.key for block in blocks[:2]] == ["prompt", "care"]


@pytest.mark.parametrize(
    "unknown", ["", "topic:", "topic:gone", "card:gone", "gone", "timeline", "people"]
)
def test_what_the_deck_does_not_have_is_no_playlist(unknown):
    assert playlist_of(make_deck(), unknown) is None


@pytest.mark.parametrize("track", ["", "card:gone", "person:gone", "term:", "timeline:1900", "x"])
def test_a_track_that_is_gone_says_nothing(track):
    assert track_blocks(make_deck(), track, Contents.EVERY_POINT) == ()


def test_cards_and_topics_by_id():
    deck = make_deck()
    card = playlist_of(deck, card_playlist("card-2"))
    assert card is not None
    assert [track.id for track in card.tracks] == ["card:card-2"]
    topic = playlist_of(deck, topic_playlist("first"))
    assert topic is not None
    assert [track.group for track in topic.tracks] == ["First topic", "First topic"]


def test_rests_stand_between_points_and_not_between_their_sentences():
    blocks = track_blocks(make_deck(), "card:card-1", Contents.KEY_POINTS)[:3]
    assert said(reading_steps(blocks, 400)) == [
        "What happened on card 1?",
        Rest(400),
        "First part",
        Rest(400),
        "Fact 1 of card 1: in 1921 the NEP changed.",
        "It was new.",
    ]
    assert not any(isinstance(step, Rest) for step in reading_steps(blocks))


def test_a_question_leaves_time_to_think():
    prompt, *rest = track_blocks(make_deck(), "card:card-1", Contents.KEY_POINTS)[:2]
    assert said(asking_steps([prompt], rest, 5000)) == [
        "What happened on card 1?",
        Rest(5000, is_thinking=True),
        "First part",
    ]
    assert said(asking_steps([prompt], rest, None))[1] == Rest(None, is_thinking=True)
    assert asking_steps([], rest, 5000) == ()
