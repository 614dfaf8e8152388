import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.marking import EMPTY, mark, names_of
from stalin_study.domain.review_log import Verdict
from stalin_study.paths import find_paths
from stalin_study.services.library import load_deck

DECK = load_deck(find_paths().deck).deck
NAMES = names_of(DECK)
QUESTIONS = {question_id: pair[1] for question_id, pair in DECK.questions_by_id.items()}
TABLE = tomllib.loads(Path(__file__).with_name("marking_answers.toml").read_text("utf-8"))


def verdict(question_id, answer):
    return mark(QUESTIONS[question_id], answer, NAMES).verdict


def rows(kind):
    return [(qid, answer) for qid, answers in TABLE.items() for answer in answers.get(kind, ())]


def test_the_table_is_large_enough():
    assert len(TABLE) >= 40
    assert len(rows("right")) + len(rows("close")) + len(rows("wrong")) >= 160
    assert len(rows("wrong")) >= 70


@pytest.mark.parametrize(("question_id", "answer"), rows("right"))
def test_right_answers_however_they_are_written(question_id, answer):
    assert verdict(question_id, answer) is Verdict.CORRECT


@pytest.mark.parametrize(("question_id", "answer"), rows("close"))
def test_slips_are_close_and_say_what_was_off(question_id, answer):
    marking = mark(QUESTIONS[question_id], answer, NAMES)
    assert marking.verdict is Verdict.CLOSE
    assert marking.why.startswith("Nearly: it is spelt “")


@pytest.mark.parametrize(("question_id", "answer"), rows("wrong"))
def test_wrong_answers_are_never_taken(question_id, answer):
    marking = mark(QUESTIONS[question_id], answer, NAMES)
    assert marking.verdict is Verdict.WRONG
    assert marking.why


def test_no_distractor_of_the_deck_is_taken_and_every_accepted_answer_is():
    asked = [
        (question_id, answer, is_right)
        for question_id, question in QUESTIONS.items()
        for answers, is_right in ((question.accepted, True), (question.distractors, False))
        for answer in answers
    ]
    found = {
        (question_id, answer)
        for question_id, answer, is_right in asked
        if verdict(question_id, answer) is not (Verdict.CORRECT if is_right else Verdict.WRONG)
    }
    assert found == set()


@given(
    st.sampled_from(sorted(QUESTIONS)),
    st.sampled_from([str.upper, str.lower, str.title, str.swapcase]),
    st.sampled_from(["", " ", "  ", "the ", "It was ", "I think it was the "]),
    st.sampled_from(["", ".", "!", " ", "...", "?"]),
)
def test_case_spaces_articles_and_punctuation_do_not_matter(question_id, cased, before, after):
    answer = f"{before}{cased(QUESTIONS[question_id].answer)}{after}"
    assert verdict(question_id, answer) is Verdict.CORRECT


@given(st.sampled_from(sorted(QUESTIONS)), st.integers(1850, 2000))
def test_no_other_year_is_ever_taken(question_id, year):
    answer = QUESTIONS[question_id].answer
    if answer.isdigit() and str(year) not in QUESTIONS[question_id].accepted:
        assert verdict(question_id, str(year)) is Verdict.WRONG


@given(st.sampled_from(sorted(QUESTIONS)))
def test_a_negation_turns_a_right_answer_wrong(question_id):
    question = QUESTIONS[question_id]
    if not any(text.startswith(("no", "yes")) for text in question.accepted):
        assert verdict(question_id, f"not {question.answer}") is Verdict.WRONG


@given(st.text(max_size=300), st.sampled_from(["c01q01", "c01q03", "c05q01"]))
def test_any_text_at_all_gets_a_verdict(answer, question_id):
    assert verdict(question_id, answer) in list(Verdict)


def test_an_empty_answer_is_asked_for_words():
    assert mark(QUESTIONS["c01q01"], "  \n", NAMES).why == EMPTY


def test_ten_megabytes_are_not_read():
    marking = mark(QUESTIONS["c01q01"], "Troika " * 1_500_000, NAMES)
    assert marking.verdict is Verdict.WRONG
    assert marking.why == "That is very long. A few words are enough."


def test_a_wrong_year_says_which_it_was():
    assert mark(QUESTIONS["c01q06"], "1929", NAMES).why == "The year is 1927."
