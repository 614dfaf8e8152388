"""How the words and numbers of an answer fit those of one right answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from stalin_study.domain.answers.asked import Asked
from stalin_study.domain.answers.names import Names
from stalin_study.domain.answers.slips import allowed_slips, distance, is_slip
from stalin_study.domain.answers.spelling import spelling_key, stem
from stalin_study.domain.answers.text import AnswerText, Kind, Token
from stalin_study.domain.answers.words import unit_of

_SHORTEST_SQUASHED = 10  # letters from which words without spaces may have slips
_ASKING = frozenset("which what who whom whose where when how".split())
_MANY_WORDS = 5  # of so many words one may be missing


@dataclass(frozen=True, slots=True)
class Match:
    """The places of an answer's tokens that are taken, and the slips: as given, as right."""

    used: frozenset[int]
    slips: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Fitting:
    given: AnswerText
    right: AnswerText
    asked: Asked
    names: Names
    used: set[int] = field(default_factory=set)
    slips: list[tuple[str, str]] = field(default_factory=list)

    def free(self, kind: Kind) -> Iterator[tuple[int, Token]]:
        return (
            (place, token)
            for place, token in enumerate(self.given.tokens)
            if token.kind is kind and place not in self.used
        )


def match(given: AnswerText, right: AnswerText, asked: Asked, names: Names) -> Match | None:
    """How an answer fits; None when a word, number or negation of the right one is missing."""
    found = _squashed(given, right) or _fitted(given, right, asked, names)
    return None if found is None or _only_repeats(found, given, right, asked) else found


def _fitted(given: AnswerText, right: AnswerText, asked: Asked, names: Names) -> Match | None:
    if not right.has_content or given.negations != right.negations:
        return None
    if _chooses(given, right, asked) or not _is_same_share(given, right):
        return None
    fitting = _Fitting(given, right, asked, names)
    if not _fit_numbers(fitting) or not _fit_words(fitting) or not _denies_the_same(fitting):
        return None
    if not _are_strokes_within(fitting):
        return None
    return Match(frozenset(fitting.used), tuple(fitting.slips))


def same_word(one: str, other: str, names: Names) -> bool:
    """Whether two words are forms of one: another spelling, number, tense."""
    if one == other or spelling_key(one) == spelling_key(other):
        return True
    if stem(one) != stem(other) or (one in (f"{other}e", other[:-1]) and other[-1:] != "s"):
        return False
    return spelling_key(one) not in names.keys and spelling_key(other) not in names.keys


def may_be_slip(
    given: str, word: str, asked: Asked, names: Names, *, in_phrase: bool = False
) -> bool:
    """Whether `given` can only be a misspelt `word`: no name, nor a word of the prompt."""
    key = spelling_key(given)
    is_known = key in names.keys or key in asked.prompt_keys
    return not is_known and is_slip(given, word, in_phrase=in_phrase)


def same_number(given: Token, right: Token, asked: Asked) -> bool:
    """Whether two numbers are one, percent and millions as the prompt has them."""
    if given.bound != right.bound:
        return False
    if _is_share(given, right) or _is_share(right, given):
        return True
    if given.is_percent != right.is_percent and not asked.is_percent:
        return False
    if given.text == right.text:
        return True
    if not asked.is_in_millions:
        return False
    one, other = _reckoned(given.text), _reckoned(right.text)
    return one * 10**6 == other or one == other * 10**6


def _is_share(percent: Token, fraction: Token) -> bool:
    """Whether 66 or 67 % stands for 2/3."""
    if not percent.is_percent or "/" not in fraction.text or fraction.bound != percent.bound:
        return False
    top, under = map(int, fraction.text.split("/"))
    return abs(100 * top / under - _reckoned(percent.text)) < 1


def _reckoned(number: str) -> float:
    return float(number) if number.replace(".", "", 1).isdigit() else -1.0


def _squashed(given: AnswerText, right: AnswerText) -> Match | None:
    """A match of the whole, however it is divided into words: Nep men, almaata."""
    everything = frozenset(range(len(given.tokens)))
    one, other = given.squashed, right.squashed
    if not one or _marks(given) != _marks(right):
        return None
    if one == other or spelling_key(one) == spelling_key(other):
        return Match(everything)
    bare, right_bare = "".join(given.words), "".join(right.words)
    if given.numbers or given.negations or not bare:
        return None
    if spelling_key(bare) == spelling_key(right_bare):
        return Match(everything)
    is_joined = len(given.tokens) < len(right.tokens) and len(other) >= _SHORTEST_SQUASHED
    if is_joined and one[0] == other[0] and distance(one, other) <= min(2, allowed_slips(other)):
        return Match(everything, ((one, " ".join(right.words)),))
    return None


def _marks(text: AnswerText) -> list[Token]:
    """All but the words: numbers, "or" and negations have to agree in any case."""
    kinds = (Kind.NUMBER, Kind.OR, Kind.NOT)
    return [token for token in text.tokens if token.kind in kinds]


def _chooses(given: AnswerText, right: AnswerText, asked: Asked) -> bool:
    """Whether the answer says "or" where the right one, such as 50 or 100, does not.

    A stroke may also stand for "and".
    """
    if asked.has_or and len(right.numbers) != 1:
        return False
    joints = {token.text for token in given.tokens if token.kind is Kind.OR}
    return bool(joints - {"/"} if len(right.words) > 1 else joints)


def _are_strokes_within(fitting: _Fitting) -> bool:
    """Whether every stroke stands between two words of the right answer: Nazi/Soviet Pact."""
    strokes = (p for p, t in enumerate(fitting.given.tokens) if t.text == "/")
    return fitting.asked.has_or or all({p - 1, p + 1} <= fitting.used for p in strokes)


def _is_same_share(given: AnswerText, right: AnswerText) -> bool:
    """Of a number of another, such as 3 of 5, the order matters."""
    has_of = any(token.text == "of" for token in right.tokens)
    if not has_of or len(right.numbers) != 2 or right.words:
        return True
    return given.numbers == right.numbers and any(token.text == "of" for token in given.tokens)


def _denies_the_same(fitting: _Fitting) -> bool:
    """Where the right answer denies, such as "no sleep", the denial comes before its words."""
    if not fitting.right.negations:
        return True
    kinds = [token.kind for token in fitting.given.tokens]
    return kinds.index(Kind.NOT) < min(fitting.used, default=0)


def _fit_numbers(fitting: _Fitting) -> bool:
    wanted = [token for token in fitting.right.tokens if token.kind is Kind.NUMBER]
    shorts = [token for _, token in fitting.free(Kind.NUMBER)]
    years = len(wanted) > 1 and all(is_year(token.text) for token in wanted)
    in_short = years and len(shorts) > 1 and all(len(token.text) == 2 for token in shorts)
    for right in wanted:
        found = next(
            (
                place
                for place, token in fitting.free(Kind.NUMBER)
                if same_number(token, right, fitting.asked)
                or (in_short and f"19{token.text}" == right.text and not token.is_percent)
            ),
            None,
        )
        if found is None:
            return False
        fitting.used.add(found)
    return True


def is_year(number: str) -> bool:
    """Whether a number, as figures, is a year of the last two centuries."""
    return len(number) == 4 and number[:2] in ("18", "19") and number.isdigit()


def _fit_words(fitting: _Fitting) -> bool:
    """Find each word, first as it is, then as a slip; some may be missing."""
    missing: list[tuple[int, Token]] = []
    tokens = fitting.right.tokens
    for place, token in enumerate(tokens):
        if token.kind is Kind.WORD and not _take(fitting, token.text):
            missing.append((place, token))
    missing = [(place, token) for place, token in missing if not _take_joined(fitting, token.text)]
    in_phrase = len(missing) == 1 < len(fitting.right.words)
    missing = [
        (place, token)
        for place, token in missing
        if not _take_slip(fitting, token.text, in_phrase=in_phrase)
    ]
    missing = [(p, token) for p, token in missing if not _is_unit(tokens, p)]
    return not missing or _may_be_left_out([token.text for _, token in missing], fitting)


def _take(fitting: _Fitting, word: str) -> bool:
    for place, token in fitting.free(Kind.WORD):
        if token.text == word:
            fitting.used.add(place)
            return True
    for place, token in fitting.free(Kind.WORD):
        if same_word(token.text, word, fitting.names):
            fitting.used.add(place)
            return True
    return False


def _take_joined(fitting: _Fitting, word: str) -> bool:
    """Magnito gorsk is Magnitogorsk."""
    free = [place for place, _ in fitting.free(Kind.WORD)]
    tokens = fitting.given.tokens
    for place in free:
        if place + 1 not in free:
            continue
        joined = tokens[place].text + tokens[place + 1].text
        if spelling_key(joined) == spelling_key(word):
            fitting.used |= {place, place + 1}
            return True
    return False


def _take_slip(fitting: _Fitting, word: str, *, in_phrase: bool) -> bool:
    near = [
        (distance(token.text, word), place, token.text)
        for place, token in fitting.free(Kind.WORD)
        if may_be_slip(token.text, word, fitting.asked, fitting.names, in_phrase=in_phrase)
    ]
    if not near:
        return False
    _, place, given = min(near)
    fitting.used.add(place)
    fitting.slips.append((given, word))
    return True


def _is_unit(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether a word only names the unit of the number before it."""
    follows = place > 0 and tokens[place - 1].kind is Kind.NUMBER
    return follows and unit_of(tokens[place].text) != ""


def _may_be_left_out(missing: list[str], fitting: _Fitting) -> bool:
    """First names; what the prompt has said; one word of many."""
    words, names = fitting.right.words, fitting.names
    last = spelling_key(words[-1])
    found = [word for word in words if word not in missing]
    if last in names.first_names and words[-1] in found:
        first = names.first_names[last]
        if all(spelling_key(word) in first for word in missing):
            return True
    new = [word for word in found if spelling_key(word) not in fitting.asked.prompt_keys]
    if all(spelling_key(word) in fitting.asked.prompt_keys for word in missing):
        return len(new) > 1 and not any(True for _ in fitting.free(Kind.WORD))
    is_minor = spelling_key(missing[0]) not in names.keys
    return len(missing) == 1 and len(words) >= _MANY_WORDS and is_minor


def _only_repeats(found: Match, given: AnswerText, right: AnswerText, asked: Asked) -> bool:
    """Whether all that is right was in the prompt, and more of the prompt is with it."""
    if asked.is_choice or right.numbers or right.negations:
        return False
    words = [(p, t.text) for p, t in enumerate(given.tokens) if t.kind is Kind.WORD]
    if not all(spelling_key(word) in asked.prompt_keys for p, word in words if p in found.used):
        return False
    asks = any(token.text in _ASKING for token in given.tokens)
    return bool(words) and (asks or any(p not in found.used for p, _ in words))
