"""A table of phrases of the deck, and what is said for them."""

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import msgspec
import pytest

from stalin_study.domain.markup import plain
from stalin_study.domain.pronunciations import Dialect
from stalin_study.domain.spoken_text import spoken_text
from stalin_study.services.library import load_deck

DECK = Path(__file__).parents[2] / "cards" / "stalin-1924-41"
TABLE = tomllib.loads(Path(__file__).with_name("spoken_phrases.toml").read_text(encoding="utf-8"))
IN_PHONEMES = TABLE.pop("espeak")
PHRASES = [(shown, said) for kind in TABLE.values() for shown, said in kind.items()]


@cache
def deck():
    loaded = load_deck(DECK).deck
    assert loaded is not None
    return loaded


@cache
def shown_texts():
    """All that the app shows of the deck, a line each, without its emphasis marks."""
    shown = ("title", "ages", "courses", "topics", "timeline", "people", "terms", "figures")
    parts = [
        msgspec.to_builtins(getattr(deck(), name), enc_hook=lambda card: card.file)
        for name in shown
    ]
    return "\n".join(plain(text).text for text in _strings(parts))


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)


@pytest.mark.parametrize(("shown", "said"), PHRASES)
def test_a_phrase_is_said_as_a_teacher_says_it(shown, said):
    assert spoken_text(shown, deck().lexicon, Dialect.PLAIN).text == said


@pytest.mark.parametrize(("shown", "said"), IN_PHONEMES.items())
def test_a_phrase_is_said_in_phonemes(shown, said):
    assert spoken_text(shown, deck().lexicon, Dialect.ESPEAK).text == said


def test_every_phrase_stands_in_the_deck_word_for_word():
    phrases = [*(shown for shown, _ in PHRASES), *IN_PHONEMES]
    missing = [
        phrase
        for phrase in phrases
        if not re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", shown_texts())
    ]
    assert missing == []


def test_the_table_is_long_and_says_nothing_twice():
    assert len(PHRASES) >= 130
    assert [shown for shown, n in Counter(shown for shown, _ in PHRASES).items() if n > 1] == []
    assert set(IN_PHONEMES) <= {shown for shown, _ in PHRASES}
    assert min(len(kind) for kind in TABLE.values()) >= 4
