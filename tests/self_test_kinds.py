"""Opens self-tests of every kind in the whole app, and answers them wrongly or rightly."""

from __future__ import annotations

from stalin_study.domain.self_test.choosing import How
from stalin_study.domain.self_test.tasks import (
    Answer,
    Choosing,
    Matching,
    Ordering,
    Recalling,
    Task,
    Typing,
    Writing,
)
from study_window import TestApp


def to_choosing(study: TestApp) -> None:
    """The choices, with no session going on."""
    study.window.show_page("self_test")
    study.app.self_test.stop()
    study.app.self_test.new_session()


def begin(study: TestApp, how: How, length: int = 5, scope: str = "everything") -> Task:
    """A session of one kind, at its first question."""
    to_choosing(study)
    choosing = study.app.choosing
    choosing.choose_how(how)
    choosing.choose_scope(scope)
    choosing.choose_length(length)
    choosing.start()
    return study.app.self_test.state.task


def right_answer(task: Task) -> Answer:
    """What makes it right; of what the pupil marks, all points."""
    match task.body:
        case Choosing(right=right):
            return Answer(text=right)
        case Typing(question=question):
            return Answer(text=question.answer)
        case Ordering(events=events):
            return Answer(places=tuple(range(len(events))))
        case Matching(pairs=pairs):
            return Answer(places=tuple(range(len(pairs))))
        case Recalling(points=points):
            return Answer(text="All.", ticks=tuple(range(len(points))))
        case Writing(exam=exam):
            return Answer(text="All.", marks=exam.marks)


def wrong_answer(task: Task) -> Answer:
    """What makes it wrong."""
    match task.body:
        case Choosing(choices=choices, right=right):
            return Answer(text=next(one for one in choices if one != right))
        case Typing():
            return Answer(text="1066 and all that")
        case Ordering(events=events):
            return Answer(places=tuple(reversed(range(len(events)))))
        case Matching(pairs=pairs):
            return Answer(places=(*range(1, len(pairs)), 0))
        case _:
            return Answer(text="Nothing much.", ticks=())


def answer(study: TestApp, given: Answer) -> None:
    """Answer the question on show; what is written is then marked too."""
    test = study.app.self_test
    test.submit(given)
    if test.state.phase == "self_marking":
        test.submit(given)
