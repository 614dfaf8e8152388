import gc
import os
import subprocess
import sys

import pytest


def start(*arguments, **environment):
    kept = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    kept.pop("DISPLAY", None)
    kept.pop("WAYLAND_DISPLAY", None)
    return subprocess.run(
        [sys.executable, "-m", "stalin_study", *arguments],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_unknown_command_names_the_known_ones():
    done = start("frobnicate")
    assert done.returncode == 2
    assert "frobnicate" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can lack a screen")
def test_without_a_screen_one_sentence_says_so(tmp_path):
    done = start("--data-dir", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "There is no screen to open the window on. Without one, use a command: stalin-study --help"
    ]


def test_what_nobody_foresaw_ends_in_a_sentence(tmp_path):
    code = (
        "import sys, stalin_study.program as program\n"
        "def build(*_, **__): raise LookupError('unforeseen')\n"
        "program.build = build\n"
        "program.QMessageBox.critical = lambda *words: print(words[-1])\n"
        f"sys.exit(program.run(['--data-dir', {str(tmp_path)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, done.stderr)
    assert done.stdout.startswith("Stalin Study cannot open. Your progress is safe")
    assert "LookupError: unforeseen" in (tmp_path / "stalin-study.log").read_text("utf-8")


@pytest.mark.parametrize("equals", [True, False])
def test_the_folder_may_be_named_before_the_command(tmp_path, equals):
    named = [f"--data-dir={tmp_path}"] if equals else ["--data-dir", str(tmp_path)]
    done = start(*named, "progress", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert '"reviews": 0' in done.stdout


def test_version_and_help():
    assert start("--version").stdout == "Stalin Study 0.1.0\n"
    assert "deck" in start("--help").stdout


def test_only_the_first_window_sets_apart_what_is_there():
    """Else what a window leaves that was closed for another pupil would stay for ever."""
    from stalin_study.program import _collect_rubbish_again

    before = gc.get_freeze_count()
    _collect_rubbish_again()
    assert (gc.get_freeze_count(), gc.isenabled()) == (before, True)
