import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.card import Card, CardFile, Point, Question, Section
from stalin_study.domain.deck import Deck, Person, Term, TimelineEvent, Topic
from stalin_study.domain.review_log import Way
from stalin_study.domain.self_test.gaps import GAP
from stalin_study.domain.self_test.match_sets import (
    LONGEST_SIDE,
    MatchKind,
    make_match,
    match_kinds,
)
from stalin_study.domain.when import parse_when
from stalin_study.paths import find_paths
from stalin_study.services.library import load_deck

DECK = load_deck(find_paths().deck).deck
SEEDS = range(40)
# What a pair of the deck reviews, as judged by eye; nothing for the last of each kind.
NEAREST = {
    "Nikolai Bukharin": "c02q09",
    "Sergei Kirov": "c03q07",
    "Leonid Nikolaev": "c04q04",
    "Genrikh Yagoda": "c04q05",
    "Lavrenti Beria": "c06q09",
    "Maxim Gorky": "c11q04",
    "Joseph Stalin": "",
    "Leon Trotsky": "",
    "Alexei Rykov": "",
    "Kolkhoz": "c15q01",
    "Permanent revolution": "c01q10",
    "Wreckers": "c08q05",
    "Great Terror": "",
    "Special settlements": "",
    "Trotsky joins the Bolshevik Party": "c01q03",
    "Moscow Metro opens": "c12q03",
    "Grain crisis: state purchases fall to about half": "c14q01",
    "Kirov is murdered; emergency decree on 'terrorism'": "c04q03",
    "Stakhanov's record of 102 tonnes of coal": "",
    "Trotsky is exiled to Alma-Ata": "",
}


def matches_of(cards, kind, size=6, deck=DECK, seeds=SEEDS):
    made = [make_match(deck, cards, kind, size, random.Random(seed)) for seed in seeds]
    return [task for task in made if task is not None]


def pairs_of_the_deck():
    """A pair of nearly every person, term and event, made from small choices of cards."""
    found = {}
    for card in DECK.cards:
        for kind in match_kinds(DECK, [card]):
            for task in matches_of([card], kind):
                found |= {pair.left: pair for pair in task.body.pairs}
    for kind in MatchKind:
        for task in matches_of(DECK.cards, kind):
            found |= {pair.left: pair for pair in task.body.pairs}
    return found


PAIRS = pairs_of_the_deck()


def make_question(number, prompt, answer, kind="short", because="So it was."):
    return Question(f"c1q{number}", kind, prompt, answer, ("x", "y", "z"), "p1", because)


def make_card(card_id="one", *questions):
    sections = (Section("Heading", (Point("p1", "Text.", ()),)),)
    return Card.of(CardFile(card_id, 1, "Title", "How?", 1, sections, questions))


def deck_of(*cards, people=(), terms=(), timeline=()):
    return Deck(
        "small", "Small", "14", "CC", (), (Topic("t", "T", "s", cards),), timeline, people, terms
    )


def people_of(*roles, cards=("one",)):
    names = ("Ann Archer", "Ben Baker", "Cid Carter", "Dot Dyer", "Eve Elder", "Fay Fisher")
    pairs = zip(names, roles, strict=False)
    return tuple(Person(name, name, "1900-50", role, "Died", cards) for name, role in pairs)


ROLES = ("Ruled the north", "Painted ships", "Wrote long novels", "Drove a train")


@pytest.mark.parametrize("kind", MatchKind)
@pytest.mark.parametrize("cards", [DECK.cards, DECK.cards[:3], [DECK.cards_by_id["show-trials"]]])
def test_every_set_of_the_deck_can_be_matched_in_one_way_only(kind, cards):
    ids = {card.id for card in cards}
    tasks = matches_of(cards, kind)
    assert tasks
    for task in tasks:
        pairs, shown = task.body.pairs, task.body.shown
        assert (task.way, task.subject_id) == (Way.MATCH, f"match-{kind}")
        assert 4 <= len(pairs) <= 6
        assert sorted(shown) == list(range(len(pairs)))
        assert list(shown) != sorted(shown)
        assert {pair.card_id for pair in pairs} <= ids
        counts = [pair.card_id for pair in pairs]
        assert counts.count(task.card_id) == max(map(counts.count, counts))
        assert len({pair.left for pair in pairs}) == len({pair.right for pair in pairs})
        assert len({pair.right for pair in pairs}) == len(pairs)
        assert all(len(side) <= LONGEST_SIDE for pair in pairs for side in (pair.left, pair.right))


def test_no_two_events_of_a_set_can_be_of_the_same_day():
    for task in matches_of(DECK.cards, MatchKind.EVENTS):
        for one, other in combinations([parse_when(pair.right) for pair in task.body.pairs], 2):
            assert one.last < other.first or other.last < one.first


def test_a_right_side_does_not_name_its_left_side():
    assert len(PAIRS) >= 100
    for pair in PAIRS.values():
        right = pair.right.casefold().split()
        telling = {word for word in pair.left.casefold().split() if len(word) > 4}
        assert not telling & set(right), pair


@pytest.mark.parametrize("left", NEAREST)
def test_a_pair_reviews_the_question_that_asks_the_same(left):
    assert PAIRS[left].subject_id == NEAREST[left]


def test_what_a_pair_reviews_has_its_left_or_right_side_as_the_answer():
    reviewed = [pair for pair in PAIRS.values() if pair.subject_id]
    assert len(reviewed) >= 60
    assert len({pair.subject_id for pair in reviewed}) == len(reviewed)
    for pair in reviewed:
        card, question = DECK.questions_by_id[pair.subject_id]
        assert card.id == pair.card_id
        assert question.kind == "short"


def test_pairs_that_review_a_question_come_first():
    for task in matches_of(DECK.cards, MatchKind.TERMS, 5):
        assert all(pair.subject_id for pair in task.body.pairs)


def test_the_kinds_are_those_that_can_be_made():
    for card in DECK.cards:
        made = tuple(kind for kind in MatchKind if matches_of([card], kind, seeds=[1]))
        assert match_kinds(DECK, [card]) == made
    assert match_kinds(DECK, []) == ()


def test_the_order_is_that_of_chance():
    tasks = matches_of(DECK.cards, MatchKind.PEOPLE)
    assert len({task.body.pairs for task in tasks}) > 10
    assert len({task.body.shown for task in tasks}) > 10
    again = make_match(DECK, DECK.cards, MatchKind.PEOPLE, 6, random.Random(0))
    assert again == tasks[0]


class Unmoved:
    """A chance that leaves everything where it is."""

    def shuffle(self, x):
        assert x is not None


def test_the_right_sides_never_stand_beside_their_left_sides_all():
    task = make_match(DECK, DECK.cards, MatchKind.PEOPLE, 4, Unmoved())
    assert task.body.shown == (1, 2, 3, 0)


def test_three_good_pairs_are_too_few():
    card = make_card()
    deck = deck_of(card, people=people_of(*ROLES[:3]))
    assert match_kinds(deck, [card]) == ()
    assert make_match(deck, [card], MatchKind.PEOPLE, 4, random.Random(1)) is None
    deck = deck_of(card, people=people_of(*ROLES))
    assert match_kinds(deck, [card]) == (MatchKind.PEOPLE,)
    assert make_match(deck, [card], MatchKind.PEOPLE, 4, random.Random(1)) is not None


def test_only_people_of_the_cards_are_asked_about():
    here, there = make_card("one"), make_card("two")
    elsewhere = Person("gus", "Gus Gray", "1900", "Baked bread for kings", "Died", ("two",))
    deck = deck_of(here, there, people=(elsewhere, *people_of(*ROLES)))
    for task in matches_of([here], MatchKind.PEOPLE, deck=deck):
        assert len(task.body.pairs) == 4
        assert "Gus Gray" not in {pair.left for pair in task.body.pairs}


@pytest.mark.parametrize(
    "role",
    [
        "Ruled the north",
        "ruled the North",
        "Ruled the far north",
        "x" * (LONGEST_SIDE + 1),
        "The",
    ],
)
def test_a_right_side_that_is_too_like_or_too_long_is_left_out(role):
    card = make_card()
    deck = deck_of(card, people=people_of(*ROLES[:3], role))
    assert match_kinds(deck, [card]) == ()


@pytest.mark.parametrize(
    ("left", "meaning", "right"),
    [
        ("Show trial", "A public trial for fear", f"A public {GAP} for fear"),
        ("Russification", "Making men speak Russian", f"Making men speak {GAP}"),
        ("Blacklist", "A list of villages", f"A {GAP} of villages"),
        ("Twenty-Five Thousanders", "Over 25,000 workers", f"Over {GAP} workers"),
        ("Real wages", "What real wages buy", f"What {GAP} buy"),
        ("Cheka and OGPU", "Cheka first, OGPU next, the Cheka last", None),
        ("Show trial", "Trial", None),
        ("Kulak", "A peasant with two cows", "A peasant with two cows"),
    ],
)
def test_words_that_give_a_term_away_are_left_out(left, meaning, right):
    card = make_card()
    others = ("Alpha", "Beta", "Gamma")
    meanings = ("Sleeping under bridges", "Counting yellow birds", "Drinking cold milk")
    pairs = [*zip(others, meanings, strict=True), (left, meaning)]
    deck = deck_of(card, terms=tuple(Term(name, name, said, ("one",)) for name, said in pairs))
    task = make_match(deck, [card], MatchKind.TERMS, 4, random.Random(1))
    found = {pair.left: pair.right for pair in task.body.pairs} if task else {}
    assert found.get(left) == right


def event(text, date, number=0):
    return TimelineEvent(f"e{number}", date, "1928", text, "power", "one", ())


@pytest.mark.parametrize("date", ["1931", "June 1931", "spring 1930", "1929-32", "some day"])
def test_events_whose_dates_overlap_do_not_stand_together(date):
    card = make_card()
    texts = ("A dam opens", "A king dies", "A war ends")
    dates = ("2 March 1930", "14 June 1931", "May 1932")
    events = [event(*pair) for pair in zip(texts, dates, strict=True)]
    deck = deck_of(card, timeline=(*events, event("A town burns", date)))
    assert match_kinds(deck, [card]) == ()
    deck = deck_of(card, timeline=(*events, event("A town burns", "1933")))
    assert match_kinds(deck, [card]) == (MatchKind.EVENTS,)


def test_an_event_that_tells_a_year_is_left_out():
    card = make_card()
    events = [event(f"The {number} bridge", f"{number}") for number in (1930, 1931, 1932, 1933)]
    assert match_kinds(deck_of(card, timeline=tuple(events)), [card]) == ()


@pytest.mark.parametrize(
    ("question", "is_nearest"),
    [
        (make_question(1, "In which year did the great dam open?", "1930"), True),
        (make_question(1, "On what date did the great dam open?", "2 March 1930"), True),
        (make_question(1, "In which year did the great dam open?", "1931"), False),
        (make_question(1, "On what date did the great dam open?", "3 March 1930"), False),
        (make_question(1, "In which year did the great king of the north die?", "1930"), False),
        (make_question(1, "In which year was the dam?", "1930"), False),
        (make_question(1, "Did the great dam open in 1930 or 1931?", "1930", "either_or"), False),
    ],
)
def test_the_nearest_question_of_an_event(question, is_nearest):
    card = make_card("one", question)
    events = (
        event("The great dam opens", "2 March 1930"),
        event("A king dies", "14 June 1931"),
        event("A war ends", "May 1932"),
        event("A town burns", "1933"),
    )
    deck = deck_of(card, timeline=events)
    task = make_match(deck, [card], MatchKind.EVENTS, 4, random.Random(1))
    found = {pair.left: pair.subject_id for pair in task.body.pairs}
    assert found.pop("The great dam opens") == ("c1q1" if is_nearest else "")
    assert set(found.values()) == {""}


def test_two_words_in_common_with_an_event_are_not_enough():
    question = make_question(1, "When did great ships bring coal down past the dam?", "1930")
    texts = ("The great dam opens after nine hard winters", "A king dies", "A war ends", "Fire")
    dates = ("2 March 1930", "14 June 1931", "May 1932", "1933")
    card = make_card("one", question)
    deck = deck_of(card, timeline=tuple(map(event, texts, dates)))
    task = make_match(deck, [card], MatchKind.EVENTS, 4, random.Random(1))
    assert {pair.subject_id for pair in task.body.pairs} == {""}


@pytest.mark.parametrize(
    ("question", "is_nearest"),
    [
        (make_question(1, "Who ruled the north?", "Archer"), True),
        (make_question(1, "Who ruled the north?", "Ann Archer"), True),
        (make_question(1, "Who ruled the north?", "Ann Archer and Ben Baker"), False),
        (make_question(1, "Who owned seventeen yellow bicycles?", "Archer"), False),
        (make_question(1, "Name one who ruled the north.", "Archer"), False),
        (make_question(1, "Who ruled the north: Archer or Baker?", "Archer", "either_or"), False),
    ],
)
def test_the_nearest_question_of_a_person(question, is_nearest):
    card = make_card("one", question)
    deck = deck_of(card, people=people_of(*ROLES))
    task = make_match(deck, [card], MatchKind.PEOPLE, 4, random.Random(1))
    found = {pair.left: pair.subject_id for pair in task.body.pairs}
    assert found.pop("Ann Archer") == ("c1q1" if is_nearest else "")
    assert set(found.values()) == {""}


def test_of_several_questions_the_most_alike_is_reviewed():
    far = make_question(1, "Who ruled the seas and the long road?", "Archer")
    near = make_question(2, "Who ruled the north?", "Archer")
    deck = deck_of(make_card("one", far, near), people=people_of(*ROLES))
    task = make_match(deck, deck.cards, MatchKind.PEOPLE, 4, random.Random(1))
    assert {pair.subject_id for pair in task.body.pairs} == {"c1q2", ""}


def test_a_question_of_another_card_is_not_reviewed():
    question = make_question(1, "Who ruled the north?", "Archer")
    deck = deck_of(make_card("one"), make_card("two", question), people=people_of(*ROLES))
    task = make_match(deck, deck.cards, MatchKind.PEOPLE, 4, random.Random(1))
    assert {pair.subject_id for pair in task.body.pairs} == {""}


TEXTS = st.text(max_size=30) | st.sampled_from(["1930", "Five-Year Plan", "The", *ROLES])


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=8), st.integers(0, 9), st.integers(0, 99))
def test_any_deck_makes_a_match_or_none(sides, size, seed):
    card = make_card("one", make_question(1, "Who ruled the north?", "The"))
    terms = tuple(Term(f"t{n}", left, right, ("one",)) for n, (left, right) in enumerate(sides))
    events = tuple(event(left, right, n) for n, (left, right) in enumerate(sides))
    people = people_of(*(right for _, right in sides))
    deck = deck_of(card, people=people, terms=terms, timeline=events)
    for kind in MatchKind:
        task = make_match(deck, [card], kind, size, random.Random(seed))
        assert task is not None or kind not in match_kinds(deck, [card])
        if task is not None:
            assert len({pair.right for pair in task.body.pairs}) == len(task.body.pairs) >= 4
