from __future__ import annotations

from msgspec.structs import replace

from fakes_study import rewritten
from stalin_study.domain.card import (
    Card,
    CardFile,
    ExamQuestion,
    OrderEvent,
    OrderSet,
    Point,
    Question,
    Section,
    TrueFalse,
)
from stalin_study.domain.deck import Claim, Deck, LexiconEntry, Person, Source, Term, Topic
from stalin_study.domain.deck_check import check_deck

POINTS = tuple(
    Point(f"c01p0{number}", text, ("S1",), ("1.1",), key=True)
    for number, text in enumerate(
        ("Stalin joined Zinoviev.", "Trotsky was feared.", "Lenin died.", "Stalin won."), 1
    )
)
QUESTION = Question(
    id="c01q01",
    kind="short",
    prompt="What was the alliance called?",
    answer="Troika",
    distractors=("Politburo", "Comintern", "Gosplan"),
    point="c01p01",
    because="It means a group of three.",
    accept=("the Triumvirate",),
)
ORDER = OrderSet(
    "c01o1",
    "The fall of Trotsky",
    tuple(
        OrderEvent(f"Step {when}", when)
        for when in ("January 1925", "October 1926", "winter 1927-28", "early 1929")
    ),
)
CARD = Card.of(
    CardFile(
        id="rivals",
        source_card=1,
        title="His rivals",
        prompt="How did his rivals help Stalin?",
        aim=4,
        sections=(Section("Allies", POINTS[:2]), Section("Mistakes", POINTS[2:])),
        questions=(QUESTION,),
        true_false=tuple(
            TrueFalse(f"c01t0{number}", "Trotsky came.", number == 1, "He did not.", "c01p02")
            for number in (1, 2, 3)
        ),
        order_sets=(ORDER,),
        exam_questions=(
            ExamQuestion("c01e1", "Explain", 12, "Why?", ("a", "b", "c", "d"), ("e", "f", "g")),
        ),
    )
)
DECK = Deck(
    id="small",
    title="A small deck",
    ages="14-16",
    licence="CC BY 4.0",
    courses=(),
    topics=(Topic("power", "Power", "Who led.", (CARD,)),),
    people=(Person("zinoviev", "Grigory Zinoviev", "1883-1936", "Ally", "Shot", ("rivals",)),),
    terms=(Term("troika", "Troika", "A group of three", ("rivals",)),),
    lexicon=(LexiconEntry(("Tukhachevsky",), "tookh", "tʊx"),),
    claims=(Claim("1.1", "A claim"),),
    sources={"S1": Source("A book")},
)


def with_card(card: Card) -> Deck:
    return replace(DECK, topics=(replace(DECK.topics[0], cards=(card,)),))


def with_question(question: Question) -> Deck:
    return with_card(rewritten(CARD, questions=(question,)))


def with_text(text: str) -> Deck:
    first = replace(POINTS[0], text=text)
    return with_card(
        rewritten(CARD, sections=(Section("Allies", (first, POINTS[1])), CARD.sections[1]))
    )


def faults(deck: Deck) -> list[str]:
    return [f"{problem.field}: {problem.message}" for problem in check_deck(deck)]


def test_a_good_deck_has_no_problems() -> None:
    assert check_deck(DECK) == ()


def test_a_problem_names_the_file_of_its_card() -> None:
    deck = with_card(rewritten(CARD, aim=5))

    [problem] = check_deck(deck, {"rivals": "1-power/01-rivals.toml"})

    assert str(problem) == (
        "1-power/01-rivals.toml: aim: expected 5 key points, as many as the aim, found 4"
    )


def test_distractors_like_an_accepted_answer_are_found() -> None:
    for wrong in ("TROIKA", "the troika.", "tróika", "A triumvirate!"):
        deck = with_question(replace(QUESTION, distractors=("Politburo", wrong, "Gosplan")))
        message = f"expected a wrong answer, but {wrong!r} would be marked as right"
        assert faults(deck) == [f"question[1].distractors[2]: {message}"]


def test_the_marking_that_is_handed_in_is_asked() -> None:
    def accepts(question: Question, answer: str) -> bool:
        return question.id == "c01q01" and answer == "Gosplan"

    [problem] = check_deck(DECK, accepts=accepts)

    assert problem.field == "question[1].distractors[3]"
    assert problem.message == "expected a wrong answer, but 'Gosplan' would be marked as right"


def test_the_same_distractor_twice() -> None:
    deck = with_question(replace(QUESTION, distractors=("Gosplan", "Politburo", "gosplan")))

    assert faults(deck) == [
        "question[1].distractors[3]: expected each wrong answer once, found 'gosplan' again"
    ]


def test_either_or_has_one_distractor() -> None:
    deck = with_question(replace(QUESTION, kind="either_or"))

    assert faults(deck) == ["question[1].distractors: expected 1 for either_or, found 3"]


def test_names_are_spelled_as_the_deck_knows_them() -> None:
    asked = "expected names spelled as in the lexicon:"
    for wrong, right in (
        ("Zinovyev", "Zinoviev"),
        ("Zinoviev's Tukhachevski", "Tukhachevsky"),
        ("Trioka", "Troika"),
    ):
        [found] = faults(with_text(f"Stalin joined {wrong}."))
        assert found.startswith(f"section[1].point[1].text: {asked}")
        assert found.endswith(f"did you mean {right!r}?")


def test_names_that_are_right_or_far_away_are_left_alone() -> None:
    for text in ("Zinoviev's Troikas", "Trotsky went to Turkey", "Tukhachevsky", "zinovyev"):
        assert faults(with_text(text)) == []
    assert faults(replace(with_text("Zinovieva wrote."), spellings=("Zinovieva",))) == []


def test_markdown_is_bold_and_italic_only() -> None:
    expected = {
        "**Stalin** *won*.": [],
        "Stalin won 2 < 3 & more.": [],
        "**Stalin won.": ["expected every ** and * to have its partner"],
        "Stalin <i>won</i>.": ["expected no HTML, found '<i>'"],
        "Stalin &amp; Co.": ["expected no HTML, found '&amp;'"],
        "See https://example.org": ["expected no web address or link, found 'https:'"],
        "See [this](x.toml).": ["expected no web address or link, found 's]('"],
        "# Stalin": ["expected inline Markdown only, bold and italic, found '# '"],
        "- Stalin": ["expected inline Markdown only, bold and italic, found '- '"],
        "Stalin\nwon": ["expected inline Markdown only, bold and italic, found '\\n'"],
        "  ": ["expected some text"],
    }
    for text, messages in expected.items():
        assert faults(with_text(text)) == [f"section[1].point[1].text: {m}" for m in messages]


def test_emphasis_marks_do_not_count_as_words() -> None:
    assert faults(with_text("**word** " * 30)) == []
    assert faults(with_text("**word** " * 31)) == [
        "section[1].point[1].text: expected 30 words at most, found 31"
    ]


def test_order_sets_have_dates_that_follow_each_other() -> None:
    events = list(ORDER.events)
    for when, message in (
        ("1926", "expected a date after 'October 1926', found '1926'"),
        ("October 1926", "expected a date after 'October 1926', found 'October 1926'"),
    ):
        events[2] = OrderEvent("Step", when)
        deck = with_card(rewritten(CARD, order_sets=(replace(ORDER, events=tuple(events)),)))
        assert faults(deck) == [f"order[1].events[3].when: {message}"]
    deck = with_card(rewritten(CARD, order_sets=(replace(ORDER, events=ORDER.events[:3]),)))
    assert faults(deck) == ["order[1].events: expected 4 to 6 events, found 3"]


def test_ids_are_used_once_in_the_whole_deck() -> None:
    other = rewritten(CARD, id="strengths")
    deck = replace(DECK, topics=(replace(DECK.topics[0], cards=(CARD, other)),))

    ids = [problem for problem in check_deck(deck) if problem.file == "strengths.toml"]

    assert len(ids) == len(POINTS) + 1 + 3 + 1 + 1
    assert ids[0].message == (
        "expected an id of its own, but 'c01p01' is section[1].point[1].id of rivals.toml too"
    )


def test_card_ids_are_kebab_case() -> None:
    for bad in ("His-rivals", "his rivals", "his--rivals", "-rivals", "rivals_1"):
        deck = replace(with_card(rewritten(CARD, id=bad)), people=(), terms=())
        assert faults(deck) == [
            f"id: expected small letters, digits and single hyphens, found {bad!r}"
        ]


def test_a_deck_without_sources_is_told_once() -> None:
    assert [str(problem) for problem in check_deck(replace(DECK, sources={}))] == [
        "sources.toml: expected a table [sources.ID] with a title for every source that is named"
    ]
