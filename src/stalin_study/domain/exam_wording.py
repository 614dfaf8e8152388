"""The exam figures in words that a pupil of fourteen understands."""

from __future__ import annotations

from stalin_study.domain.exam_forecast import Expectation
from stalin_study.domain.wording import count_of

# The model is off by about 9 points for a typical person: single points would pretend too much.
STEP = 5


def about(share: float) -> str:
    """A share from 0 to 1 as "about 80 %", to the nearest 5 %; the ends are open."""
    percent = STEP * int(max(0.0, min(share, 1.0)) * 100 / STEP + 0.5)
    if percent < STEP:
        return f"under {STEP} %"
    if percent > 100 - STEP:
        return f"over {100 - STEP} %"
    return f"about {percent} %"


def guess(guessed: int, seen: int) -> str:
    """That so many chances are guessed, besides those of questions that were seen."""
    others = count_of(guessed, "other") if seen else f"{guessed:,} of them"
    return f"For {others} it is guessed from the card, or from questions close by."


def why(expectation: Expectation, minutes_a_day: float | None = None) -> tuple[str, ...]:
    """Where the figure comes from, and what would come of it, in short sentences."""
    seen, total = expectation.seen, expectation.total
    if not total:
        return ("There is nothing to be asked yet.",)
    sentences = [_met(seen, total)]
    if expectation.guessed:
        sentences.append(guess(expectation.guessed, seen))
    elif 0 < seen < total:
        sentences.append("What you have not met hardly counts yet.")
    if seen:
        sentences.append(
            "Memories fade until the exam: with no more work you would know "
            f"{about(expectation.now)} of it then."
        )
    if minutes_a_day and expectation.if_followed is not None:
        minutes = f"{minutes_a_day:g} minute{'' if minutes_a_day == 1 else 's'} a day"
        sentences.append(f"With {minutes} you would get to {about(expectation.if_followed)}.")
    sentences.append("It is an estimate: people differ, by 10 % or so either way.")
    return tuple(sentences)


def _met(seen: int, total: int) -> str:
    if not seen:
        return f"You have not met any of the {total} questions yet."
    if seen == total:
        return f"You have met all {total} questions."
    return f"You have met {seen} of {total} questions."
