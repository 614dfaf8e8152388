"""Started twice, one window stays; started after a power cut, it opens; open elsewhere, it asks."""

from __future__ import annotations

import signal
import subprocess
from contextlib import contextmanager

import pytest

from e2e_steps import past_the_welcome, reviews

pytestmark = pytest.mark.e2e
ELSEWHERE = "4711\nstalin-study\nPC-12\nanother-machine\nanother-boot\n"
TURNED = "#DDF2E7"  # of the button for a card that was known


def begin_again(program) -> subprocess.Popen[str]:
    """Start it once more, as a second double-click does."""
    command = [*program.command, "--data-dir", str(program.data)]
    pipe, environment = subprocess.PIPE, program.environment
    return subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True)


def start_again(program) -> tuple[int, str, str]:
    """Its exit code and what it said."""
    again = begin_again(program)
    told, errors = again.communicate(timeout=30)
    return again.returncode, told, errors


def windows(program) -> set[str]:
    """Ids of the windows that can be seen."""
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "^Stalin Study$"],
        env=program.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return set(found.stdout.split())


def rate_a_card(program) -> None:
    """Turn the card on show, and say that it was known."""
    program.press("ctrl+2")
    program.until_still()
    program.press("space")
    program.until(lambda: program.screen.blocks_of(TURNED), "the card does not turn")
    program.until_still()
    program.press("2")


def lock_of(program):
    return program.data / "open.lock"


def wait_for_window(program, left: set[str]) -> None:
    """Until there is a window that is none of those that are left behind."""
    program.until(lambda: bool(windows(program) - left), "no window opens")
    (program.window,) = windows(program) - left
    program._do("windowfocus", "--sync", program.window)
    program.until_still()


@contextmanager
def open_elsewhere(program):
    """The question that a start asks while another computer has the progress open."""
    program.data.mkdir(exist_ok=True)
    lock_of(program).write_text(ELSEWHERE)
    program.start()
    question = {program.window}
    yield
    wait_for_window(program, question)


def test_a_second_start_brings_the_window_to_the_front(program):
    program.start()
    assert start_again(program) == (0, "", "")
    assert program.process.poll() is None
    assert program.close() == 0
    assert not lock_of(program).exists()
    program.start()
    assert program.close() == 0
    assert program.told_errors() == ""


def test_a_power_cut_leaves_nothing_in_the_way(program):
    program.start()
    program.kill()
    assert lock_of(program).exists()
    program.start()
    assert start_again(program)[0] == 0
    assert program.close() == 0


def test_a_window_that_hangs_is_told_of(program):
    program.start()
    program.process.send_signal(signal.SIGSTOP)
    left = windows(program)
    again = begin_again(program)
    program.until(lambda: bool(windows(program) - left), "nothing is told")
    program._do("windowfocus", "--sync", *(windows(program) - left))
    program.until_still()
    program.press("Return")
    _, errors = again.communicate(timeout=30)
    assert again.returncode == 1
    assert errors.startswith("Stalin Study is open already, but it does not answer.")
    program.process.send_signal(signal.SIGCONT)
    assert program.close() == 0


@pytest.mark.timeout(120)
def test_only_looking_saves_nothing_and_leaves_the_claim_of_the_other(program):
    past_the_welcome(program)
    rate_a_card(program)
    program.until(lambda: reviews(program) == 1, "the rating is not kept")
    assert program.close() == 0
    with open_elsewhere(program):
        program.press("Return")  # Only look
    rate_a_card(program)
    program.until_still()
    assert reviews(program) == 1
    assert lock_of(program).read_text() == ELSEWHERE
    assert program.close() == 0
    assert lock_of(program).read_text() == ELSEWHERE
    lock_of(program).unlink()
    program.start()
    program.until(lambda: reviews(program) == 2, "what was answered meanwhile is not added")
    assert program.close() == 0


@pytest.mark.timeout(120)
def test_used_here_until_the_other_takes_it_back(program):
    past_the_welcome(program)
    assert program.close() == 0
    with open_elsewhere(program):
        program.press("Tab", "Return")  # Use it here
    assert lock_of(program).read_text().startswith(f"{program.process.pid}\n")
    rate_a_card(program)
    program.until(lambda: reviews(program) == 1, "the rating is not kept")
    taken = program.data / "taken"
    taken.write_text(ELSEWHERE)
    taken.replace(lock_of(program))
    rate_a_card(program)
    program.until_still()
    assert reviews(program) == 1
    assert program.close() == 0
    assert lock_of(program).read_text() == ELSEWHERE
    assert len(list(program.data.glob("unsaved-answers-*.jsonl"))) == 1
