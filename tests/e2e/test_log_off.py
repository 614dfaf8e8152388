"""The system ends the program, at log-off or shutdown: answers are kept, and nothing is asked."""

from __future__ import annotations

import os
import signal

import pytest

from e2e_steps import past_the_welcome, reviews

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(os.name != "posix", reason="signals of POSIX"),
]
TURNED = "#DDF2E7"  # of the button for a card that was known
GOOD = "2"


def rate_a_card(program) -> None:
    """Turn the card on show, and say that it was known."""
    program.press("space")
    program.until(lambda: program.screen.blocks_of(TURNED), "the card does not turn")
    program.until_still()
    program.press(GOOD)


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("number", "over"), [(signal.SIGTERM, ""), (signal.SIGHUP, "ctrl+comma")])
def test_answers_that_could_not_be_saved_are_kept(program, tmp_path, number, over):
    program.environment["TMPDIR"] = str(tmp_path)
    past_the_welcome(program)
    rate_a_card(program)
    program.until(lambda: reviews(program) == 1, "the rating is not kept")
    aside = tmp_path / "aside"
    program.data.rename(aside)
    rate_a_card(program)
    program.until_still()
    if over:
        program.press(over)
        program.until_still()
    program.process.send_signal(number)
    assert program.process.wait(30) == 0
    assert len(list(tmp_path.glob("stalin-study-unsaved-*/unsaved-answers-*.jsonl"))) == 1
    aside.rename(program.data)
    program.start()
    program.until(lambda: reviews(program) == 2, "what could not be saved is not added")
    assert program.close() == 0


def test_it_lets_go_of_its_folder(program):
    program.start()
    program.process.send_signal(signal.SIGINT)
    assert program.process.wait(30) == 0
    assert not (program.data / "open.lock").exists()
