"""Words beside a right answer of which it is known whether they do harm."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from stalin_study.domain.answers.asked import Asked, keys_of
from stalin_study.domain.answers.match import Match, is_year, may_be_slip
from stalin_study.domain.answers.names import Names
from stalin_study.domain.answers.other_words import OTHER_WORDS
from stalin_study.domain.answers.slips import distance, is_fumbled, is_slip
from stalin_study.domain.answers.spelling import spelling_key
from stalin_study.domain.answers.text import AnswerText, Kind, Token
from stalin_study.domain.answers.words import (
    COUNTRIES,
    HARMLESS,
    KINDS,
    LIGHT,
    MONTHS,
    PARTS_OF_YEAR,
    RELATIONS,
    TURNING,
    WEEKDAYS,
    unit_of,
)

_PREPOSITIONS = frozenset("in at by of from near to under during with".split())
OPEN_LATER = _PREPOSITIONS | RELATIONS
"""Words of some content after which a new thought begins."""

_OTHER_PLACE = frozenset("new north south east west".split())  # Mexico is not New Mexico
_CLAUSE = frozenset("because cos coz cus cuz becuase becasue becos who which where when".split())
_INITIALS = 2  # letters, at most, of a first name and a father's name
_FATHERS_NAME = ("ovich", "evich", "ovna", "evna")
# Small words that fingers fumble.
_SMALL = frozenset(
    """the of to was for from with them they that it in is by and about nearly almost around think
    called their""".split()
)


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer beside the right answer that it fits, with what of it is taken."""

    given: AnswerText
    right: AnswerText
    match: Match
    asked: Asked
    names: Names

    def is_free(self, place: int) -> bool:
        """Whether a token is none of the right answer."""
        return place not in self.match.used

    def at(self, place: int) -> Token | None:
        """The token at a place; None beyond the ends."""
        tokens = self.given.tokens
        return tokens[place] if 0 <= place < len(tokens) else None


def is_known_harmless(reading: Reading, place: int) -> bool | None:
    """Whether a word is known to do no harm; None when nothing is known of it."""
    word = reading.given.tokens[place].text
    key = spelling_key(word)
    if key in reading.asked.right_keys and (known := _is_of_same_right(reading, place, key)):
        return known
    if reading.right.negations and key in reading.asked.right_keys:
        return False
    if _is_akin_to_right(word, key, reading):
        return True
    if word in RELATIONS:
        return reading.is_free(_after_light(reading, place + 1))
    if word in TURNING and key not in reading.asked.prompt_keys:
        return False
    for told in (_calendar(word, key, reading), _unit(word, reading, place)):
        if told is not None:
            return told
    if key in reading.names.keys:
        return _is_harmless_name(reading, place, key)
    return _is_common(word, key, reading, place)


def is_told(reading: Reading, place: int, known: Set[str]) -> bool:
    """Whether a word or number is in `known`, and told in passing: in 1937, by Stalin."""
    before = reading.at(place - 1)
    is_passing = before is not None and before.text in _PREPOSITIONS
    return is_passing and spelling_key(reading.given.tokens[place].text) in known


def belongs_to_following(reading: Reading, place: int) -> bool:
    """Whether a word is said to be of a right one: wife of Kirov."""
    following = reading.at(place + 1)
    is_within = place > 0 and not reading.is_free(place - 1)
    if following is None or following.text != "of" or is_within:
        return False
    after = _after_light(reading, place + 2)
    return reading.at(after) is not None and not reading.is_free(after)


def _after_light(reading: Reading, place: int) -> int:
    while (token := reading.at(place)) is not None and token.kind is Kind.LIGHT:
        if not reading.is_free(place):
            break
        place += 1
    return place


def _is_common(word: str, key: str, reading: Reading, place: int) -> bool | None:
    """A word of the prompt, a father's name, or a word that is harmless anywhere."""
    if key in reading.asked.prompt_keys or word.endswith(_FATHERS_NAME):
        return True
    is_before_right = reading.at(place + 1) is not None and not reading.is_free(place + 1)
    if word in _OTHER_PLACE and is_before_right and key not in reading.asked.prompt_keys:
        return False
    if word in COUNTRIES and key not in reading.asked.prompt_keys and _is_joined(reading, place):
        return False
    if word in HARMLESS:
        before = reading.at(place - 1)
        if before is not None and not reading.is_free(place - 1) and is_year(before.text):
            return False
        return word in KINDS or not belongs_to_following(reading, place)
    return True if _is_misspelt_harmless(word, reading.asked) else None


def _is_joined(reading: Reading, place: int) -> bool:
    """Whether "and" or "or" stands beside a word."""
    around = (reading.at(place - 1), reading.at(place + 1))
    return any(token is not None and token.kind in (Kind.AND, Kind.OR) for token in around)


def _is_of_same_right(reading: Reading, place: int, key: str) -> bool:
    """Whether a word of a right answer goes with what is taken; state farms are not the state."""
    if reading.right.negations:
        around = (reading.at(place - 1), reading.at(place + 1))
        return any(token is not None and token.kind is Kind.AND for token in around)
    taken = {spelling_key(reading.given.tokens[at].text) for at in reading.match.used}
    of_right = (keys for text in reading.asked.right if key in (keys := keys_of(text)))
    return any(len(keys) == 1 or keys & taken for keys in of_right)


def _is_akin_to_right(word: str, key: str, reading: Reading) -> bool:
    """The first name of somebody who is a right answer, or a slip of a word of one."""
    surnames = [k for k in reading.asked.right_keys if k in reading.names.first_names]
    first = {name for surname in surnames for name in reading.names.first_names[surname]}
    if key in first or any(_is_first_name(word, name, reading.names) for name in first):
        return True
    words = [other for text in reading.asked.right for other in text.words]
    if len(word) <= _INITIALS:
        return any(other[0] == word[0] and other != word for other in words)
    return any(may_be_slip(word, other, reading.asked, reading.names) for other in words)


def _is_first_name(word: str, name: str, names: Names) -> bool:
    if len(word) <= _INITIALS:
        return word[0] == name[0]
    return spelling_key(word) not in names.keys and is_slip(word, name)


def _calendar(word: str, key: str, reading: Reading) -> bool | None:
    """Whether a month, weekday or part of a year agrees with what is asked; None for others."""
    asked = reading.asked
    if word in MONTHS:
        return key in asked.prompt_keys
    if word in WEEKDAYS:
        return not any(other in WEEKDAYS for text in asked.right for other in text.words)
    if word not in PARTS_OF_YEAR or not any(is_year(number) for number, _ in asked.right_numbers):
        return None
    return key in asked.prompt_keys or bool(asked.months & set(PARTS_OF_YEAR[word]))


def _unit(word: str, reading: Reading, place: int) -> bool | None:
    """Whether a unit after a number is the one that is asked for; None for other words."""
    unit, before = unit_of(word), reading.at(place - 1)
    if not unit:
        return None
    return before is None or before.kind is not Kind.NUMBER or unit in reading.asked.units


def _is_harmless_name(reading: Reading, place: int, key: str) -> bool:
    token, asked = reading.given.tokens[place], reading.asked
    before, after = reading.at(place - 1), reading.at(place + 1)
    owns_right = token.is_owner and after is not None and not reading.is_free(place + 1)
    if owns_right and key not in asked.prompt_owners:
        return False
    if key in asked.prompt_keys:
        around = [None if t is None else t.kind for t in (before, after)]
        is_second = Kind.AND in around and not token.is_owner
        is_alone = around[0] is Kind.STOP and around[1] in (None, Kind.STOP)
        return not is_second and (not is_alone or key in asked.prompt_places)
    if any(at > place for at in reading.match.used):
        return False
    return (
        is_told(reading, place, asked.because_keys)
        or _is_in_clause(reading, place)
        or _is_doer(reading, place)
    )


def _is_doer(reading: Reading, place: int) -> bool:
    """Whether a name only says by whom, and the right answer is no name."""
    before = reading.at(place - 1)
    if before is None or before.text != "by":
        return False
    taken = (spelling_key(reading.given.tokens[at].text) for at in reading.match.used)
    return not any(key in reading.names.keys for key in taken)


def _is_in_clause(reading: Reading, place: int) -> bool:
    """Whether a word stands in a clause after the right answer: "because Stalin wanted it"."""
    last = max(reading.match.used, default=-1)
    return any(token.text in _CLAUSE for token in reading.given.tokens[last + 1 : place])


def _is_misspelt_harmless(word: str, asked: Asked) -> bool:
    """Whether a word is a slip of a word of the prompt, or of one that does no harm."""
    if word not in OTHER_WORDS and any(is_fumbled(word, known) for known in _SMALL):
        return True
    return len(word) > 4 and any(
        abs(len(known) - len(word)) < 2 and known[0] == word[0] and distance(word, known) <= 1
        for words in (asked.prompt_keys, HARMLESS, LIGHT)
        for known in words
    )
