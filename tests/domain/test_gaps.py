import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from stalin_study.domain.card import Card, CardFile, Point, Question, Section
from stalin_study.domain.marking import mark, names_of
from stalin_study.domain.markup import plain
from stalin_study.domain.review_log import Verdict
from stalin_study.domain.self_test.gaps import GAP, gap_question
from stalin_study.paths import find_paths
from stalin_study.services.library import load_deck

DECK = load_deck(find_paths().deck).deck
NAMES = names_of(DECK)
GAPS = {
    question.id: gap
    for card in DECK.cards
    for question in card.questions
    if (gap := gap_question(card, question)) is not None
}
QUESTIONS = {question_id: pair[1] for question_id, pair in DECK.questions_by_id.items()}
POINTS = {point.id: plain(point.text).text for card in DECK.cards for point in card.points}


def make_question(answer, *accept, prompt="What was it?", kind="short"):
    return Question("q1", kind, prompt, answer, ("x", "y", "z"), "p1", "So it was.", accept)


def make_card(text, *questions):
    points = (Point("p0", "Before.", ()), Point("p1", text, ()))
    sections = (Section("Heading", points),)
    return Card.of(CardFile("card", 1, "Title", "How?", 1, sections, questions))


def gap_of(text, answer, *accept, **fields):
    question = make_question(answer, *accept, **fields)
    return gap_question(make_card(text, question), question)


def prompt_of(text, answer, *accept, **fields):
    gap = gap_of(text, answer, *accept, **fields)
    return None if gap is None else gap.prompt


def test_most_short_questions_of_the_deck_have_a_gap():
    short = [question for question in QUESTIONS.values() if question.kind == "short"]
    assert len(GAPS) >= 0.75 * len(short)
    assert set(GAPS) <= {question.id for question in short}


@pytest.mark.parametrize("question_id", sorted(GAPS))
def test_a_gap_reviews_its_question(question_id):
    gap, question = GAPS[question_id], QUESTIONS[question_id]
    kept = replace(gap, prompt=question.prompt, answer=question.answer, accept=question.accept)
    assert kept == question
    assert GAP in gap.prompt
    assert gap.answer in POINTS[question.point]
    assert set(gap.accept) <= set(question.accepted)
    if gap.prompt.count(GAP) == 1:
        assert gap.prompt.replace(GAP, gap.answer) == POINTS[question.point]


@pytest.mark.parametrize("question_id", sorted(GAPS))
def test_what_is_left_out_is_marked_right_and_the_distractors_wrong(question_id):
    gap = GAPS[question_id]
    right = {answer: mark(gap, answer, NAMES).verdict for answer in gap.accepted}
    assert set(right.values()) == {Verdict.CORRECT}, right
    wrong = {answer: mark(gap, answer, NAMES).verdict for answer in gap.distractors}
    assert set(wrong.values()) == {Verdict.WRONG}, wrong


@pytest.mark.parametrize("question_id", sorted(GAPS))
def test_the_answer_cannot_be_read_in_the_prompt(question_id):
    gap = GAPS[question_id]
    answer = re.escape(gap.answer.casefold())
    assert not re.search(rf"(?<!\w){answer}(?!\w)", gap.prompt.casefold())


@pytest.mark.parametrize(
    ("text", "answers", "prompt"),
    [
        ("In **August 1928** it began.", ("1928",), "In August ______ it began."),
        ("On **1 May 1928** it began.", ("1 May 1928",), "On ______ it began."),
        ("It cost **ten years** of work.", ("10",), None),
        ("Building took **ten years** of work.", ("10",), "Building took ______ years of work."),
        ("About **93%** of them stayed.", ("93%",), "About ______% of them stayed."),
        ("Farms grew **1.8 million tonnes**.", ("1.8 million",), "Farms grew ______ tonnes."),
        ("**Kulaks'** land was taken.", ("kulaks",), "______' land was taken."),
        ("Many feared **Kirov's** men.", ("Kirov",), "Many feared ______'s men."),
        ("**Kirov**, **Rykov** and **Tomsky** came.", ("Rykov",), "Kirov, ______ and Tomsky came."),
        ("They shot Sergei **Kirov** there.", ("Kirov", "Sergei Kirov"), None),
        ("Men shot Sergei **Kirov** there.", ("Kirov", "Sergei Kirov"), "Men shot ______ there."),
        ("Men shot Sergei **Kirov**.", ("Kirov", "Sergei Kirov", "Kirov"), "Men shot ______."),
        ("His paper was **'Pravda'**.", ("Pravda",), None),
        ("The paper was '**Pravda**'.", ("Pravda",), "The paper was '______'."),
        ("Lenin ran **The Party**.", ("the party",), "Lenin ran The ______."),
    ],
)
def test_what_is_left_out(text, answers, prompt):
    assert prompt_of(text, *answers) == prompt


def test_a_name_that_comes_again_is_left_out_there_too():
    text = "Sergei **Kirov** led the city. After Kirov died, others led it."
    gap = gap_of(text, "Kirov", "Sergei Kirov")
    assert gap.prompt == "______ led the city. After ______ died, others led it."
    assert gap.answer == "Sergei Kirov"


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("**Stakhanovites** were named after Stakhanov.", ("Stakhanov",)),
        ("**Stakhanov** made men Stakhanovites.", ("Stakhanov",)),
        ("A **show trial** is one for show.", ("show trial",)),
        ("The **Old Bolsheviks** were the first Bolsheviks.", ("Old Bolsheviks",)),
        ("From **1934-36** all was well.", ("1934",)),
        ("Pigs rose to **27.6 million**.", ("27",)),
        ("In **1931-33** many died, most in 1933.", ("1931-33",)),
        ("**Prisoners** worked: deported peasants, too.", ("peasants", "prisoners")),
        ("Nobody is in bold here: Kirov.", ("Kirov",)),
        ("An *italic Kirov* is not bold.", ("Kirov",)),
        ("**Others** were.", ("the",)),
    ],
)
def test_no_gap_where_it_would_not_be_fair(text, answers):
    assert prompt_of(text, *answers) is None


def test_no_gap_in_a_sentence_that_points_back_to_another_point():
    assert prompt_of("It began in **1928**.", "1928") is None
    assert prompt_of("It was hard. Work began in **1928**.", "1928") is not None


def test_no_gap_for_what_has_other_right_answers():
    prompt = "Name one machine that farms used."
    text = "Farms used **tractors** and ploughs."
    assert prompt_of(text, "tractors", "ploughs", "lorries", prompt=prompt) is None
    gap = gap_of(text, "tractors", "tractor", "ploughs", prompt=prompt)
    assert gap.accept == ("tractor",)


def test_an_accepted_answer_that_stands_beside_the_gap_does_not_fit_it():
    gap = gap_of("They called him a **traitor** and **spy**.", "traitor", "spy", "an enemy")
    assert gap is None
    gap = gap_of("Papers called him a **traitor** and **spy**.", "traitor", "spy", "an enemy")
    assert gap.accept == ("an enemy",)


def test_of_another_date_than_the_questions_only_that_date_fits():
    gap = gap_of("In **December 1927** grain ran short.", "1927-28", "1928", "1927", "in 1927")
    assert (gap.answer, gap.accept) == ("1927", ("in 1927",))


def test_amounts_near_enough_for_the_question_are_near_enough_for_the_gap():
    gap = gap_of("About **3.5 to 3.9 million** died.", "4", "3.5 to 3.9", "3.7")
    assert gap.answer == "3.5 to 3.9"
    assert gap.accept == ("4", "3.7")


def test_only_a_short_question_of_a_point_on_the_card_has_a_gap():
    text = "Then came **Kirov**."
    assert gap_of(text, "Kirov") is not None
    assert gap_of(text, "Kirov", kind="either_or") is None
    strange = replace(make_question("Kirov"), point="p9")
    assert gap_question(make_card(text), strange) is None


WORDS = st.lists(
    st.sampled_from(["**", "Kirov", "1928", "of 1928-29", "ten", "'s", "It", ".", "Sergei", "2.5"]),
    max_size=12,
).map(" ".join)


@given(st.one_of(WORDS, st.text(max_size=60)), st.one_of(WORDS, st.text(max_size=20)))
def test_any_text_has_a_gap_that_can_be_filled_or_none(text, answer):
    gap = gap_of(f"Here **{answer}** and {text}", answer, "Sergei Kirov")
    if gap is not None:
        assert GAP in gap.prompt
        shown = plain(f"Here **{answer}** and {text}").text
        assert gap.answer in shown
        assert len(gap.prompt.replace(GAP, "")) < len(shown)
