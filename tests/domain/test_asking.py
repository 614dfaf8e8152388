"""What is read of a question and of its answer."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes_study import make_card, rewritten
from stalin_study.domain.asking import answer_blocks_of, question_blocks
from stalin_study.domain.card import Point, Question, TrueFalse
from stalin_study.domain.card_text import BlockKind
from stalin_study.domain.utterances import utterances

CARD = make_card(1)
POINT = CARD.points[0]


def short(**changed):
    question = Question(
        "c01q01",
        "short",
        "Who led the right wing?",
        "Bukharin",
        ("Trotsky",),
        POINT.id,
        "He backed Stalin until 1928.",
    )
    return msgspec.structs.replace(question, **changed)


def either(prompt, answer="the state", other="the peasants"):
    return short(kind="either_or", prompt=prompt, answer=answer, distractors=(other,))


def with_point(text):
    section = msgspec.structs.replace(
        CARD.sections[0], points=(Point(POINT.id, text, ("EK",)), *CARD.sections[0].points[1:])
    )
    return rewritten(CARD, sections=(section, *CARD.sections[1:]))


def texts(blocks):
    return [block.text.text for block in blocks]


def test_a_short_question_is_its_prompt():
    [block] = question_blocks(CARD, short())
    assert (block.text.text, block.kind) == ("Who led the right wing?", BlockKind.PROMPT)


def test_a_statement_is_asked_as_true_or_false():
    statement = TrueFalse("c01t01", "Trotsky led the right wing", False, "He did not.", POINT.id)
    asked = question_blocks(CARD, statement)
    assert texts(asked) == ["True or false? Trotsky led the right wing."]
    assert [one.text for one in utterances(asked)] == [
        "True or false?",
        "Trotsky led the right wing.",
    ]


@pytest.mark.parametrize(
    "prompt",
    [
        "Who owned the land: the state or the peasants?",
        "Who owned the land: **The State**, or 'the peasants'?",
    ],
)
def test_choices_that_the_prompt_names_are_not_read_again(prompt):
    assert len(question_blocks(CARD, either(prompt))) == 1


@pytest.mark.parametrize(
    "prompt", ["Who owned the land?", "Was it the state?", "Which statement is right?"]
)
def test_choices_that_the_prompt_does_not_name_are_read_after_it(prompt):
    asked = question_blocks(CARD, either(prompt))
    assert texts(asked) == [prompt, "The peasants, or the state?"]
    assert len({block.key for block in asked}) == 2


def test_a_part_of_a_word_does_not_name_a_choice():
    asked = question_blocks(CARD, either("Did the nose rise?", "no", "rise"))
    assert texts(asked)[1] == "No, or rise?"


@pytest.mark.parametrize(
    ("answer", "other"), [("the state", "the peasants"), ("the peasants", "the state")]
)
def test_the_order_of_the_choices_does_not_tell_the_answer(answer, other):
    asked = question_blocks(CARD, either("Who owned the land?", answer, other))
    assert texts(asked)[1] == "The peasants, or the state?"


def test_an_answer_has_its_reason_and_its_point():
    card = with_point("In **1927** the Politburo still had nine members.")
    answered = answer_blocks_of(card, short())
    assert texts(answered) == [
        "Bukharin.",
        "He backed Stalin until 1928.",
        "In 1927 the Politburo still had nine members.",
    ]
    assert [block.kind for block in answered] == [
        BlockKind.HEADING,
        BlockKind.POINT,
        BlockKind.POINT,
    ]


@pytest.mark.parametrize(
    "point",
    [
        "**Bukharin** led the right wing.",
        "Bukharin, who led the right wing, backed Stalin until 1928.",
    ],
)
def test_a_point_that_says_nothing_new_is_left_out(point):
    assert len(answer_blocks_of(with_point(point), short())) == 2


@pytest.mark.parametrize("point", ["It was 1926.", "It was 48."])
def test_another_number_is_something_new(point):
    assert len(answer_blocks_of(with_point(point), short())) == 3


def test_a_point_that_the_card_has_not_is_left_out():
    assert len(answer_blocks_of(CARD, short(point="gone"))) == 2


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("about 700,000", "About 700,000."),
        ("1917", "1917."),
        ("Forward!", "Forward!"),
        ("'Who, whom?'", "'Who, whom?'"),
    ],
)
def test_an_answer_is_a_sentence(answer, said):
    assert texts(answer_blocks_of(CARD, short(answer=answer)))[0] == said


@pytest.mark.parametrize(("answer", "said"), [(True, "True."), (False, "False.")])
def test_a_statement_is_answered_by_true_or_false(answer, said):
    statement = TrueFalse("c01t01", "It rained.", answer, "", POINT.id)
    assert texts(answer_blocks_of(CARD, statement))[0] == said


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=60)


@given(TEXTS, TEXTS, TEXTS, TEXTS, st.sampled_from(["short", "either_or"]))
def test_whatever_is_asked_its_blocks_have_keys_of_their_own(prompt, answer, other, because, kind):
    subject = short(kind=kind, prompt=prompt, answer=answer, distractors=(other,), because=because)
    blocks = (*question_blocks(CARD, subject), *answer_blocks_of(CARD, subject))
    keys = [block.key for block in blocks]
    assert len(keys) == len(set(keys))
    assert keys[0] == "question"
    assert "answer" in keys
