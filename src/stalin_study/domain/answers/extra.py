"""What an answer says besides the right answer, and whether that spoils it."""

from __future__ import annotations

from stalin_study.domain.answers.asked import Asked, keys_of
from stalin_study.domain.answers.harmless import (
    OPEN_LATER,
    Reading,
    belongs_to_following,
    is_known_harmless,
    is_told,
)
from stalin_study.domain.answers.match import Match, is_year, same_number, same_word
from stalin_study.domain.answers.names import Names
from stalin_study.domain.answers.slips import is_slip
from stalin_study.domain.answers.spelling import spelling_key
from stalin_study.domain.answers.text import AnswerText, Kind, Token
from stalin_study.domain.answers.words import HARMLESS, MONTHS, OPENING

_MOST_UNKNOWN = 8  # words beside the right answer that neither it nor the prompt explains
_JOINTS = (Kind.AND, Kind.OR)
_WHO = frozenset("who that which whom".split())


def spoiling(
    given: AnswerText, right: AnswerText, match: Match, asked: Asked, names: Names
) -> str | None:
    """The first word or number that says something else, or None.

    Harmless are words of the prompt and of other right answers, first names and titles, and what
    stands in a clause of its own. Another name, date, number or unit, a second answer, and a word
    that belongs to a right word ("Lenin's wife", "tractor drivers") are not.
    """
    reading = Reading(given, right, match, asked, names)
    distractor = _distractor(reading)
    if distractor is not None:
        return distractor
    unknown, asides = 0, _asides(given.tokens)
    for place, token in enumerate(given.tokens):
        if not reading.is_free(place):
            continue
        if token.kind is Kind.NUMBER and not (
            _is_harmless_number(reading, place)
            or (place in asides and _is_by_the_way(reading, place))
        ):
            return token.text
        if token.kind is Kind.WORD:
            known = is_known_harmless(reading, place)
            unknown += known is None
            if known is False or (
                known is None and place not in asides and _belongs_to_right(reading, place)
            ):
                return token.text
    return None if unknown <= _MOST_UNKNOWN else given.words[-1]


def _asides(tokens: tuple[Token, ...]) -> set[int]:
    """The places within brackets after something else: Bukharin (until 1929)."""
    inside, depth = set(), 0
    for place, token in enumerate(tokens):
        if token.kind is Kind.STOP and token.text in "([":
            depth += place > 0
        elif token.kind is Kind.STOP and token.text in ")]":
            depth = max(0, depth - 1)
        elif depth:
            inside.add(place)
    return inside


def _is_by_the_way(reading: Reading, place: int) -> bool:
    """Whether a number in brackets is no answer: of a kind that is not asked for, or a count."""
    token, after = reading.given.tokens[place], reading.at(place + 1)
    if token.text in reading.asked.wrong_numbers:
        return False
    is_count = len(token.text) <= 2 and after is not None and after.kind is Kind.WORD
    return not reading.right.numbers or is_count


def _distractor(reading: Reading) -> str | None:
    """A wrong answer that is all there, but for what it shares with the right one."""
    right_keys = keys_of(reading.right)
    free = [
        token
        for place, token in enumerate(reading.given.tokens)
        if reading.is_free(place) and token.kind in (Kind.WORD, Kind.NUMBER)
    ]
    for wrong in reading.asked.wrong:
        words = [word for word in wrong.words if spelling_key(word) not in right_keys]
        numbers = [number for number in wrong.numbers if number not in reading.right.numbers]
        if not words and not numbers:
            continue
        are_said = all(any(_says(token, word, reading) for token in free) for word in words)
        if are_said and all(any(token.text == number for token in free) for number in numbers):
            return " ".join((*words, *numbers))
    return None


def _says(token: Token, word: str, reading: Reading) -> bool:
    if token.kind is not Kind.WORD:
        return False
    if same_word(token.text, word, reading.names):
        return True
    return spelling_key(token.text) not in reading.asked.right_keys and is_slip(token.text, word)


def _is_harmless_number(reading: Reading, place: int) -> bool:
    token, asked = reading.given.tokens[place], reading.asked
    if token.text in asked.wrong_numbers:
        return False
    if any(same_number(token, right, asked) for right in _right_numbers(asked)):
        return True
    if token.bound:
        return False
    if token.text in asked.prompt_numbers:
        return True
    if reading.right.numbers:
        return _is_day_not_asked(reading, place)
    if token.text in ("2", "4") and not reading.is_free(place + 1):  # to and for
        return True
    if is_year(token.text) and token.text in asked.because_numbers:
        return True
    return token.text in ("1", "1/2") or is_told(reading, place, asked.because_numbers)


def _right_numbers(asked: Asked) -> list[Token]:
    return [t for text in asked.right for t in text.tokens if t.kind is Kind.NUMBER]


def _is_day_not_asked(reading: Reading, place: int) -> bool:
    """Whether a number is a day, in a month that is right, of a right year."""
    number = reading.given.tokens[place].text
    if not number.isdigit() or not 1 <= int(number) <= 31:
        return False
    around = (reading.at(place - 1), reading.at(place + 1), reading.at(place + 2))
    months = [token.text for token in around if token is not None and token.text in MONTHS]
    with_days = {
        word
        for text in reading.asked.right
        if any(len(number) <= 2 for number in text.numbers)
        for word in text.words
    }
    return bool(months) and months[0] not in with_days


def _belongs_to_right(reading: Reading, place: int) -> bool:
    """Whether an unknown word changes the right one, or is a second answer."""
    if len(reading.given.tokens[place].text) <= 3 and _is_within(reading, place):
        return False
    before = _before(reading, place)
    token = reading.at(before)
    if token is not None and token.kind in _JOINTS:
        return True
    after = reading.at(place + 1)
    if after is not None and after.kind in _JOINTS:
        return True
    if token is not None and token.text in OPEN_LATER:
        return False
    if token is not None and not reading.is_free(before):
        return token.kind is Kind.WORD or is_year(token.text)
    return _changes_following(reading, place) or _is_alone(reading, place)


def _before(reading: Reading, place: int) -> int:
    """The place of what a word follows, over words that open nothing."""
    before = place - 1
    while (token := reading.at(before)) is not None and _is_plain(token):
        before -= 1
    return before


def _is_plain(token: Token) -> bool:
    return token.kind is Kind.LIGHT and token.text not in OPENING


def _is_within(reading: Reading, place: int) -> bool:
    """Whether right words stand on both sides."""
    return all(
        reading.at(at) is not None and not reading.is_free(at) for at in (place - 1, place + 1)
    )


def _changes_following(reading: Reading, place: int) -> bool:
    """Whether a word changes the right one after it: page 46, who killed Kirov, wife of Kirov."""
    before, after = reading.at(place - 1), reading.at(place + 1)
    if after is not None and not reading.is_free(place + 1):
        if after.kind is Kind.NUMBER:
            return not reading.right.words
        if before is not None and before.text in _WHO:
            return True
    return belongs_to_following(reading, place)


def _is_alone(reading: Reading, place: int) -> bool:
    """Whether only unknown words stand between two stops: a second answer in a list."""
    tokens = reading.given.tokens
    ends = (Kind.STOP, *_JOINTS)
    start, end = place, place
    while start > 0 and tokens[start - 1].kind not in ends:
        start -= 1
    while end + 1 < len(tokens) and tokens[end + 1].kind not in ends:
        end += 1
    if start == 0 and end == len(tokens) - 1:
        return False
    return all(_is_unexplained(reading, at) for at in range(start, end + 1))


def _is_unexplained(reading: Reading, place: int) -> bool:
    token = reading.given.tokens[place]
    if not reading.is_free(place):
        return False
    is_explained = token.text in HARMLESS or spelling_key(token.text) in reading.asked.prompt_keys
    return (token.kind is Kind.WORD and not is_explained) or _is_plain(token)
