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
    assert len(TABLE) >= 200
    assert len(rows("right")) + len(rows("close")) >= 2_000
    assert len(rows("wrong")) >= 2_500


def test_nearly_all_right_answers_are_taken_however_they_are_written():
    right = [*rows("right"), *rows("close")]
    missed = [row for row in right if verdict(*row) is Verdict.WRONG]
    assert len(missed) <= 0.01 * len(right), missed


def test_slips_are_close_and_say_what_was_off():
    for question_id, answer in rows("close"):
        marking = mark(QUESTIONS[question_id], answer, NAMES)
        assert marking.verdict is Verdict.CLOSE, (question_id, answer)
        assert marking.why.startswith("Nearly: it is spelt “")


@pytest.mark.parametrize("question_id", sorted(TABLE))
def test_wrong_answers_are_never_taken(question_id):
    for answer in TABLE[question_id].get("wrong", ()):
        marking = mark(QUESTIONS[question_id], answer, NAMES)
        assert marking.verdict is Verdict.WRONG, answer
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


NAMED = [
    (question_id, question.answer)
    for question_id, question in sorted(QUESTIONS.items())
    if question.answer.isalpha() and len(question.answer) >= 6
]


@given(st.sampled_from(NAMED), st.integers(1, 40), st.sampled_from(["drop", "double", "swap"]))
def test_one_slip_in_a_long_word_is_never_taken_for_another_answer(named, place, slip):
    _, answer = named
    at = 1 + place % (len(answer) - 2)
    typed = {
        "drop": answer[:at] + answer[at + 1 :],
        "double": answer[:at] + answer[at] + answer[at:],
        "swap": answer[:at] + answer[at + 1] + answer[at] + answer[at + 2 :],
    }[slip]
    for other_id, other in QUESTIONS.items():
        is_same = any(one.casefold() == answer.casefold() for one in other.accepted)
        if answer in other.distractors and not is_same:
            assert verdict(other_id, typed) is Verdict.WRONG, (other_id, typed)


@given(
    st.sampled_from(sorted(QUESTIONS)), st.sampled_from([" or ", " and ", " / ", ", "]), st.data()
)
def test_a_right_answer_with_a_wrong_one_is_never_taken(question_id, joint, draws):
    question = QUESTIONS[question_id]
    wrong = draws.draw(st.sampled_from(question.distractors))
    assert verdict(question_id, f"{question.answer}{joint}{wrong}") is Verdict.WRONG
    assert verdict(question_id, f"{wrong}{joint}{question.answer}") is Verdict.WRONG


def test_what_a_pupil_says_instead_is_what_counts():
    assert verdict("c01q08", "Mexico, no wait, Turkey") is Verdict.WRONG
    assert verdict("c01q08", "Mexico, i mean Mexico City") is Verdict.CORRECT
    assert verdict("c01q08", "New Mexico") is Verdict.WRONG


def parts_of(question_id, answer):
    marking = mark(QUESTIONS[question_id], answer, NAMES)
    return marking, {part.expected: part.verdict is not Verdict.WRONG for part in marking.parts}


def several():
    return [
        question_id
        for question_id, question in sorted(QUESTIONS.items())
        if mark(question, question.answer, NAMES).parts
    ]


def test_answers_of_several_parts_are_marked_part_by_part():
    assert several()
    for question_id in several():
        answer = QUESTIONS[question_id].answer
        whole, parts = parts_of(question_id, answer)
        assert whole.verdict is Verdict.CORRECT
        assert all(parts.values())
        names = list(parts)
        turned = " ".join(reversed(names))
        assert verdict(question_id, turned) is Verdict.CORRECT
        one, found = parts_of(question_id, names[0])
        assert one.verdict is Verdict.WRONG
        assert found == {name: name == names[0] for name in names}
        assert names[0] in one.why
        assert "missing" in one.why
