"""Started twice, one window stays; started after a power cut, it opens."""

from __future__ import annotations

import subprocess
import sys


def start_again(program) -> subprocess.CompletedProcess[str]:
    """Start it once more, as a second double-click does."""
    command = [sys.executable, "-m", "stalin_study", "--data-dir", str(program.data)]
    environment = program.environment
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=30, check=False
    )


def test_a_second_start_brings_the_window_to_the_front(program):
    program.start()
    done = start_again(program)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert program.process.poll() is None
    assert program.close() == 0
    assert not (program.data / "open.lock").exists()
    program.start()
    assert program.close() == 0
    assert program.told_errors() == ""


def test_a_power_cut_leaves_nothing_in_the_way(program):
    program.start()
    program.kill()
    assert (program.data / "open.lock").exists()
    program.start()
    assert start_again(program).returncode == 0
    assert program.close() == 0
