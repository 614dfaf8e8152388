"""All that the Self-test page shows, and what there is to be tested on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from stalin_study.domain.deck import Card, Deck
from stalin_study.domain.markup import PlainText
from stalin_study.domain.memory import MemoryState
from stalin_study.domain.review_log import Verdict, Way
from stalin_study.domain.self_test import How, Scope, Summary, questions_in

HEADLINES = {
    Verdict.CORRECT: "Right",
    Verdict.CLOSE: "Nearly: counts as right",
    Verdict.WRONG: "Not yet",
}
LENGTHS = (5, 10, 20, 0)
Phase = Literal["choosing", "asking", "answered", "finished"]
Saving = Literal["", "saving", "saved", "failed"]


@dataclass(frozen=True, slots=True)
class ScopeChoice:
    """Something to be tested on; `id` is a scope, a topic's id or a card's id."""

    scope: Scope
    id: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class SelfTestState:
    """All that the page shows. Texts of a phase that is not on show are empty."""

    phase: Phase
    scopes: tuple[ScopeChoice, ...]
    scope: ScopeChoice
    how: How = How.MIXED
    length: int = 10
    question_id: str = ""
    card_id: str = ""
    card_title: str = ""
    prompt: str = ""
    way: Way = Way.TYPED
    choices: tuple[str, ...] = ()
    number: int = 0
    total: int = 0
    is_repeat: bool = False
    verdict: Verdict | None = None
    headline: str = ""
    given: str = ""
    expected: str = ""
    why: str = ""
    because: str = ""
    point: PlainText | None = None
    saving: Saving = ""
    summary: Summary | None = None

    @property
    def can_start(self) -> bool:
        """Whether the scope holds a question."""
        return self.scope.count > 0


def scope_choices(
    deck: Deck, card_id: str, states: Mapping[str, MemoryState], at: datetime
) -> tuple[ScopeChoice, ...]:
    """What there is to be tested on now, a card first if one is named."""

    def choice(scope: Scope, scope_id: str, title: str, cards: tuple[Card, ...]) -> ScopeChoice:
        count = len(questions_in(cards, scope, states, at))
        return ScopeChoice(scope, scope_id, title, count)

    cards = deck.cards
    choices = [choice(Scope.EVERYTHING, "everything", "Everything", cards)]
    card = deck.cards_by_id.get(card_id)
    if card is not None:
        choices.insert(0, choice(Scope.CARD, card.id, f"Card: {card.title}", (card,)))
    choices.append(choice(Scope.DUE, "due", "What is due", cards))
    choices.append(choice(Scope.WEAKEST, "weakest", "My weakest", cards))
    choices += (choice(Scope.TOPIC, topic.id, topic.title, topic.cards) for topic in deck.topics)
    return tuple(choices)


def cards_of(deck: Deck, scope: ScopeChoice) -> tuple[Card, ...]:
    """The cards whose questions a scope may ask."""
    if scope.scope is Scope.CARD:
        return (deck.cards_by_id[scope.id],)
    for topic in deck.topics:
        if scope.scope is Scope.TOPIC and topic.id == scope.id:
            return topic.cards
    return deck.cards
