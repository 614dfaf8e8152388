"""Marks a typed answer: forgives how it is written, never what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stalin_study.domain.answer_text import AnswerText, answer_text, is_month, spelling_key
from stalin_study.domain.deck import Deck, Question
from stalin_study.domain.markup import plain
from stalin_study.domain.review_log import Verdict

EMPTY = "Type an answer, or choose “I don’t know”."
TOO_LONG = 2_000  # characters: nobody's short answer
MOST_EXTRA_WORDS = 8


@dataclass(frozen=True, slots=True)
class PartMarking:
    """What marking says of one required part of a right answer."""

    expected: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Marking:
    """What marking says: `why` is a sentence for the pupil, empty when simply correct.

    `parts` are the required parts of the right answer, empty when it is of one part.
    """

    verdict: Verdict
    expected: str
    why: str = ""
    parts: tuple[PartMarking, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Words that name something in the deck, by spelling key, and first names by surname."""

    keys: frozenset[str]
    first_names: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Match:
    """How an answer fits one right answer: the words that were slips, and the words left over."""

    slips: tuple[tuple[str, str], ...]
    extra: tuple[str, ...]


def names_of(deck: Deck) -> Names:
    """Every name in the deck: people, terms, lexicon, and proper answers and distractors."""
    texts: list[str] = []
    for term in deck.terms:
        texts += term.term, *term.also
    for entry in deck.lexicon:
        texts += entry.written
    for card in deck.cards:
        for question in card.questions:
            texts += (t for t in (*question.accepted, *question.distractors) if t[:1].isupper())
    named = [answer_text(text).words for text in texts]
    # Of names of several words, such as New Economic Policy, each word alone names nothing.
    keys = {spelling_key(words[0]) for words in named if len(words) == 1}
    for person in deck.people:
        keys |= {spelling_key(word) for word in answer_text(person.name).words}
    first_names: dict[str, frozenset[str]] = {}
    for person in deck.people:
        *first, last = map(spelling_key, answer_text(person.name).words)
        first_names[last] = first_names.get(last, frozenset()) | frozenset(first)
    return Names(frozenset(keys), first_names)


def mark(question: Question, answer: str, names: Names) -> Marking:
    """Mark `answer` against the right answers of `question`.

    Correct: the same words and numbers in any order, whatever the case, punctuation, accents,
    articles, plural, number words, date form or Latin spelling. Close: the same but for slips of
    the pen in proportion to the length of each word. Wrong: another name, year or number, a
    negation, an answer of a distractor, right and wrong together, or too little.
    """
    expected = question.answer
    if not answer.strip():
        return Marking(Verdict.WRONG, expected, EMPTY)
    if len(answer) > TOO_LONG:
        why = "That is very long. A few words are enough."
        return Marking(Verdict.WRONG, expected, why)
    given = answer_text(answer)
    if _is_distractor(question, given):
        return Marking(Verdict.WRONG, expected, _why_wrong(question, given))
    best: _Match | None = None
    for accepted in question.accepted:
        match = _match(given, answer_text(accepted), names)
        if match is not None and _extra_is_harmless(match, given, question, names):
            if not match.slips:
                return Marking(Verdict.CORRECT, expected)
            if best is None or len(match.slips) < len(best.slips):
                best = match
    if best is not None and not _is_nearer_to_a_distractor(question, given, best):
        written = ", ".join(f"“{_as_written(right, question)}”" for _, right in best.slips)
        return Marking(Verdict.CLOSE, expected, f"Nearly: it is spelt {written}.")
    return Marking(Verdict.WRONG, expected, _why_wrong(question, given))


def _match(given: AnswerText, accepted: AnswerText, names: Names) -> _Match | None:
    """How the answer fits; None when a word or number is missing, or a number is too many."""
    if given.negations != accepted.negations or not _same_numbers(given, accepted):
        return None
    if len(given.words) > 0 and _run_together(given.words) == _run_together(accepted.words):
        return _Match((), ())
    left = list(given.words)
    slips: list[tuple[str, str]] = []
    for word in accepted.words:
        found, is_slip = _find(word, left, names)
        if found is None:
            if _may_be_left_out(word, accepted, names):
                continue
            return None
        left.remove(found)
        if is_slip:
            slips.append((found, word))
    return _Match(tuple(slips), tuple(left))


def _run_together(words: Iterable[str]) -> str:
    """Nep men is Nepmen, and almaata Alma-Ata."""
    return spelling_key("".join(words))


def _same_numbers(given: AnswerText, accepted: AnswerText) -> bool:
    return sorted(given.numbers) == sorted(accepted.numbers)


def _find(word: str, among: list[str], names: Names) -> tuple[str | None, bool]:
    """The word of an answer that stands for `word`, and whether it is a slip."""
    key = spelling_key(word)
    for candidate in among:
        if candidate == word or spelling_key(candidate) == key:
            return candidate, False
    slips = [candidate for candidate in among if _is_slip(candidate, word, names)]
    return (slips[0], True) if slips else (None, False)


def _is_slip(given: str, word: str, names: Names) -> bool:
    """Whether `given` can only be a misspelt `word`: no name or word of its own."""
    if spelling_key(given) in names.keys:
        return False
    return _distance(given, word) <= _allowed_slips(word)


def _allowed_slips(word: str) -> int:
    """One slip from four letters, two from eight, three from twelve."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2 if len(word) < 12 else 3


def _distance(one: str, other: str) -> float:
    from rapidfuzz.distance import OSA

    return min(OSA.distance(one, other), OSA.distance(spelling_key(one), spelling_key(other)))


def _may_be_left_out(word: str, accepted: AnswerText, names: Names) -> bool:
    """First names: a surname alone will do."""
    last = spelling_key(accepted.words[-1])
    return last in names.first_names and word != accepted.words[-1] and len(accepted.words) == 2


def _extra_is_harmless(match: _Match, given: AnswerText, question: Question, names: Names) -> bool:
    """Whether the words beside the right ones say nothing else."""
    if len(match.extra) > MOST_EXTRA_WORDS:
        return False
    of_question = {spelling_key(word) for word in answer_text(question.prompt).words}
    of_answers = {
        spelling_key(word) for text in question.accepted for word in answer_text(text).words
    }
    first_names = {name for key in of_answers for name in names.first_names.get(key, ())}
    for word in match.extra:
        key = spelling_key(word)
        if key in of_answers or key in first_names:
            continue
        if word in given.owners and key in names.keys:
            return False
        if key in of_question:
            continue
        if key in names.keys or is_month(word) or _names_a_distractor(word, question):
            return False
    return True


def _names_a_distractor(word: str, question: Question) -> bool:
    of_answers = {spelling_key(w) for text in question.accepted for w in answer_text(text).words}
    for distractor in question.distractors:
        for other in answer_text(distractor).words:
            key = spelling_key(other)
            if key not in of_answers and _distance(word, other) <= _allowed_slips(other):
                return True
    return False


def _is_distractor(question: Question, given: AnswerText) -> bool:
    """Whether the answer is a distractor, word for word."""
    keys = sorted(map(spelling_key, given.words))
    for distractor in question.distractors:
        other = answer_text(distractor)
        if (
            keys == sorted(map(spelling_key, other.words))
            and _same_numbers(given, other)
            and given.negations == other.negations
        ):
            return not any(_is_same(given, answer_text(text)) for text in question.accepted)
    return False


def _is_same(one: AnswerText, other: AnswerText) -> bool:
    return (
        sorted(map(spelling_key, one.words)) == sorted(map(spelling_key, other.words))
        and _same_numbers(one, other)
        and one.negations == other.negations
    )


def _is_nearer_to_a_distractor(question: Question, given: AnswerText, match: _Match) -> bool:
    """Whether the slips would make a distractor with fewer changes."""
    for slip, word in match.slips:
        limit = _distance(slip, word)
        for distractor in question.distractors:
            if any(_distance(slip, other) < limit for other in answer_text(distractor).words):
                return True
    return False


def _why_wrong(question: Question, given: AnswerText) -> str:
    expected = _shown(question.answer)
    numbers = answer_text(question.answer).numbers
    if len(numbers) == 1 and len(given.numbers) == 1 and numbers != given.numbers:
        noun = "year" if len(numbers[0]) == 4 and numbers[0][:2] in ("18", "19") else "number"
        return f"The {noun} is {expected}."
    return f"The answer is {expected}."


def _as_written(word: str, question: Question) -> str:
    """A compared word as the right answers write it, with its capitals."""
    for text in question.accepted:
        for written in text.replace("-", " ").split():
            if answer_text(written).words == (word,):
                return written.strip(".,;:()'’")
    return word


def _shown(text: str) -> str:
    return plain(text).text


def counts_as_retyped(question: Question, answer: str, names: Names) -> bool:
    """Whether an answer typed again after a close one is now spelt right."""
    return mark(question, answer, names).verdict is Verdict.CORRECT
