"""Match sets: people with their parts, key terms with their meanings, events with their dates."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from stalin_study.domain.answers.spelling import spelling_key
from stalin_study.domain.answers.text import answer_text
from stalin_study.domain.card import Card, Question
from stalin_study.domain.deck import Deck, Person, Term, TimelineEvent
from stalin_study.domain.review_log import Way
from stalin_study.domain.self_test.gaps import GAP
from stalin_study.domain.self_test.tasks import Matching, Pair, Shuffling, Task
from stalin_study.domain.when import When, parse_when

FEWEST_PAIRS, PAIRS, MOST_PAIRS = 4, 5, 6  # in a set; PAIRS where there are enough
LONGEST_SIDE = 110  # characters that are read at a glance

# Of so many, in the order of chance, the best are taken.
_LOOKED_AT = 200
# How alike a question and a pair have to be, 0 to 100, to be about the same.
_ALIKE_ENTITY, _ALIKE_EVENT = 45, 55
_FEWEST_SHARED_WORDS = 2
# Share of words in common from which two right sides can be taken for each other.
_CONFUSING = 0.7
_MOST_MASKED = 2
_SHORTEST_STEM, _SHORTEST_PART = 5, 4
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_YEAR = re.compile(r"\b[12]\d{3}\b")
_SEVERAL_ANSWERS = re.compile(r"name (?:one|an?|any)\b", re.IGNORECASE)


class MatchKind(StrEnum):
    """What is matched with what."""

    PEOPLE = "people"
    TERMS = "terms"
    EVENTS = "events"


_PROMPTS = {
    MatchKind.PEOPLE: "Match each person with who they were.",
    MatchKind.TERMS: "Match each key term with its meaning.",
    MatchKind.EVENTS: "Match each event with its date.",
}
_Entity = Person | Term | TimelineEvent
_Questions = Mapping[str, Sequence[tuple[Card, Question]]]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A pair with what tells whether it can stand beside another."""

    pair: Pair
    left: frozenset[str]
    right: frozenset[str]
    when: When | None = field(default=None)

    def can_stand_beside(self, other: _Candidate) -> bool:
        """Whether neither left side fits the other right side, and each has a review of its own."""
        if self.pair.subject_id and self.pair.subject_id == other.pair.subject_id:
            return False
        if self.when is not None and other.when is not None:
            return self.when.last < other.when.first or other.when.last < self.when.first
        fewest = min(len(self.right), len(other.right))
        return not (
            self.left <= other.left
            or other.left <= self.left
            or self.left <= other.right
            or other.left <= self.right
            or len(self.right & other.right) >= _CONFUSING * fewest
        )


def match_kinds(deck: Deck, cards: Sequence[Card]) -> tuple[MatchKind, ...]:
    """The kinds of match set that these cards have enough good pairs for."""
    return tuple(set_counts(deck, cards))


def set_counts(
    deck: Deck,
    cards: Sequence[Card],
    kinds: Iterable[MatchKind] = MatchKind,
    matched: Collection[str] = (),
) -> dict[MatchKind, int]:
    """How many sets of a kind fill a test, of the kinds with enough good pairs of these cards."""
    counts = {}
    for kind in kinds:
        entities = _entities(deck, cards, kind, matched)
        if len(_chosen(_candidates(entities, cards), FEWEST_PAIRS)) == FEWEST_PAIRS:
            counts[kind] = max(1, len(entities) // PAIRS)
    return counts


def can_match(deck: Deck, kind: MatchKind, matched: Collection[str]) -> bool:
    """Whether these people, terms or events make a match set."""
    return bool(matched) and kind in set_counts(deck, deck.cards, (kind,), matched)


def make_match(
    deck: Deck,
    cards: Sequence[Card],
    kind: MatchKind,
    size: int,
    rng: Shuffling,
    matched: Collection[str] = (),
) -> Task | None:
    """A match set of `size` pairs (4 to 6) that belong to these cards; fewer where there are fewer.

    Of `matched` people, terms or events alone, if any are given. Pairs that review a question come
    before others. None when there are fewer than 4 good ones.
    """
    size = min(max(size, FEWEST_PAIRS), MOST_PAIRS)
    entities = _entities(deck, cards, kind, matched)
    some = list(entities)
    rng.shuffle(some)
    questions = _questions_by_answer(cards)
    candidates = list(_candidates(some[:_LOOKED_AT], cards, questions))
    candidates.sort(key=lambda candidate: not candidate.pair.subject_id)
    pairs = _chosen(candidates, size)
    if len(pairs) < FEWEST_PAIRS:
        pairs = _chosen(_candidates(entities, cards, questions), size)
    if len(pairs) < FEWEST_PAIRS:
        return None
    shown = list(range(len(pairs)))
    rng.shuffle(shown)
    if shown == sorted(shown):
        shown = [*shown[1:], shown[0]]
    ((card_id, _),) = Counter(pair.card_id for pair in pairs).most_common(1)
    body = Matching(pairs, tuple(shown))
    return Task(Way.MATCH, f"match-{kind}", card_id, _PROMPTS[kind], body)


def _entities(
    deck: Deck, cards: Sequence[Card], kind: MatchKind, matched: Collection[str]
) -> list[_Entity]:
    ids = {card.id for card in cards}
    of_kind: Mapping[MatchKind, Sequence[_Entity]] = {
        MatchKind.PEOPLE: deck.people,
        MatchKind.TERMS: deck.terms,
        MatchKind.EVENTS: deck.timeline,
    }
    found = [entity for entity in of_kind[kind] if not ids.isdisjoint(_card_ids(entity))]
    return [entity for entity in found if entity.id in matched] if matched else found


def _card_ids(entity: _Entity) -> tuple[str, ...]:
    return (entity.card,) if isinstance(entity, TimelineEvent) else entity.cards


def _candidates(
    entities: Iterable[_Entity], cards: Sequence[Card], questions: _Questions | None = None
) -> Iterator[_Candidate]:
    """The entities that make a good pair; with `questions`, each with its nearest."""
    by_id = {card.id: card for card in cards}
    for entity in entities:
        left, right = _sides(entity)
        when = parse_when(entity.date) if isinstance(entity, TimelineEvent) else None
        if isinstance(entity, TimelineEvent):
            masked = None if when is None or _YEAR.search(left) else right
        else:
            masked = _masked(right, left)
        if masked is None or max(len(left), len(right)) > LONGEST_SIDE:
            continue
        nearest = _nearest(entity, by_id, questions) if questions is not None else None
        first = next(card_id for card_id in _card_ids(entity) if card_id in by_id)
        card_id, subject_id = (nearest[0].id, nearest[1].id) if nearest else (first, "")
        pair = Pair(left, masked, card_id, subject_id)
        yield _Candidate(pair, _keys(left), _keys(right), when)


def _sides(entity: _Entity) -> tuple[str, str]:
    match entity:
        case Person():
            return entity.name, entity.role
        case Term():
            return entity.term, entity.meaning
        case TimelineEvent():
            return entity.text, entity.date


def _chosen(candidates: Iterable[_Candidate], size: int) -> tuple[Pair, ...]:
    """The first candidates that can all stand beside each other."""
    chosen: list[_Candidate] = []
    for candidate in candidates:
        if all(candidate.can_stand_beside(other) for other in chosen):
            chosen.append(candidate)
        if len(chosen) == size:
            break
    return tuple(candidate.pair for candidate in chosen)


def _masked(right: str, left: str) -> str | None:
    """A right side without the words that give its left side away; None if too little is left."""
    telling = [word.casefold() for word in _WORD.findall(left) if _keys(word)]
    numbers = [number for number in answer_text(left).numbers if len(number) > 1]
    spans: list[tuple[int, int]] = []
    for match in _WORD.finditer(right):
        word = match.group().casefold().replace(",", "")
        if not _tells(word, telling, numbers):
            continue
        is_next = bool(spans) and not right[spans[-1][1] : match.start()].strip()
        start = spans.pop()[0] if is_next else match.start()
        spans.append((start, match.end()))
    if len(spans) > _MOST_MASKED:
        return None
    for start, end in reversed(spans):
        right = right[:start] + GAP + right[end:]
    return right if _keys(right) else None


def _tells(word: str, telling: Iterable[str], numbers: Iterable[str]) -> bool:
    if word[0].isdigit():
        return any(word.startswith(number) for number in numbers)
    return bool(_keys(word)) and any(_are_related(word, other) for other in telling)


def _are_related(one: str, other: str) -> bool:
    """Whether one of two words in lower case comes of the other, as Russian and Russify do."""
    if spelling_key(one) == spelling_key(other):
        return True
    short, long = sorted((one.removesuffix("s"), other.removesuffix("s")), key=len)
    if len(short) >= _SHORTEST_PART and short in long:
        return True
    return len(short) >= _SHORTEST_STEM and long.startswith(short[:_SHORTEST_STEM])


def _questions_by_answer(cards: Iterable[Card]) -> _Questions:
    """The short questions with one right answer, by that answer."""
    found: dict[str, list[tuple[Card, Question]]] = defaultdict(list)
    for card in cards:
        for question in card.questions:
            if question.kind == "short" and not _SEVERAL_ANSWERS.match(question.prompt):
                found[_answer_key(question.answer)].append((card, question))
    return found


def _answer_key(text: str) -> str:
    return text.casefold().removeprefix("the ").removesuffix("s")


def _nearest(
    entity: _Entity, by_id: Mapping[str, Card], questions: _Questions
) -> tuple[Card, Question] | None:
    if isinstance(entity, TimelineEvent):
        found = [(by_id[entity.card], one) for one in _of_its_date(entity, by_id)]
        least = _ALIKE_EVENT
    else:
        ids = _card_ids(entity)
        forms = dict.fromkeys(map(_answer_key, _forms(entity)))
        found = [pair for form in forms for pair in questions.get(form, ()) if pair[0].id in ids]
        least = _ALIKE_ENTITY
    likeness = [(_likeness(entity, question), n) for n, (_, question) in enumerate(found)]
    (best, _), place = max(likeness, default=((0.0, 0.0), 0), key=lambda one: sum(one[0]))
    return found[place] if found and best >= least else None


def _forms(entity: Person | Term) -> tuple[str, ...]:
    if isinstance(entity, Term):
        return entity.term, *entity.also
    return entity.name, entity.name.rpartition(" ")[2]


def _of_its_date(event: TimelineEvent, by_id: Mapping[str, Card]) -> Iterator[Question]:
    """The short questions of an event's card whose answer is its date, or the year of it."""
    when = parse_when(event.date)
    for question in by_id[event.card].questions:
        asked = parse_when(question.answer) if question.kind == "short" else None
        if (
            when is None
            or asked is None
            or not asked.first <= when.first <= when.last <= asked.last
        ):
            continue
        if len(_keys(event.text) & _keys(question.prompt)) >= _FEWEST_SHARED_WORDS:
            yield question


def _likeness(entity: _Entity, question: Question) -> tuple[float, float]:
    """How alike they are, 0 to 100, at best and by the question's words alone."""
    from rapidfuzz.fuzz import token_set_ratio

    said = _compared(entity.text if isinstance(entity, TimelineEvent) else _sides(entity)[1])
    asked = token_set_ratio(said, _compared(question.prompt))
    if isinstance(entity, TimelineEvent):
        return asked, asked
    return max(asked, token_set_ratio(said, _compared(question.prompt, question.because))), asked


def _keys(text: str) -> frozenset[str]:
    of = answer_text(text)
    return frozenset((*map(spelling_key, of.words), *of.numbers))


def _compared(*texts: str) -> str:
    return " ".join(sorted(key for text in texts for key in _keys(text)))
