"""One program for a data folder; a claim that nobody holds any more gives way by itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSysInfo

from stalin_study.services.folder_claim import FILE, STALE_SECONDS, Claim, FolderClaim
from stalin_study.services.open_window import OpenWindow, bring_to_front, socket_name

HOST = QSysInfo.machineHostName()
HOLD = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from stalin_study.services.folder_claim import FolderClaim
application = QCoreApplication([])
claim = FolderClaim(Path(sys.argv[1]))
print(claim.claim().outcome, flush=True)
sys.stdin.read()
"""
ASK = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from stalin_study.services.open_window import bring_to_front
application = QCoreApplication([])
print(bring_to_front(Path(sys.argv[1]), int(sys.argv[2])))
"""


def started(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def holder(tmp_path):
    """Another process that has the folder."""
    process = started(HOLD, tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline() == "ours\n"
    yield process
    process.kill()
    process.communicate()


def move_elsewhere(folder: Path, host: str = "PC-12", seconds: float = 0.0) -> None:
    """Make the claim one of another computer, renewed so long ago."""
    file = folder / FILE
    pid, program, _, *more = file.read_text().split("\n")
    file.write_text("\n".join([pid, program, host, *more]))
    at = file.stat().st_mtime - seconds
    os.utime(file, (at, at))


def test_a_second_window_of_this_computer_is_told_so(tmp_path, qapp, holder):
    claim = FolderClaim(tmp_path)
    assert claim.claim() == Claim("here", HOST)
    claim.release()
    assert FolderClaim(tmp_path).claim().outcome == "here"


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_killed_window_leaves_nothing_in_the_way(tmp_path, qapp, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert (tmp_path / FILE).exists()
    claim = FolderClaim(tmp_path)
    assert claim.claim() == Claim("ours")
    assert claim.holds()
    claim.release()
    assert not (tmp_path / FILE).exists()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_stopped_window_still_has_the_folder(tmp_path, qapp, holder):
    holder.send_signal(signal.SIGSTOP)
    assert FolderClaim(tmp_path).claim().outcome == "here"
    holder.send_signal(signal.SIGCONT)


def test_another_computer_is_named_until_its_claim_is_old(tmp_path, qapp, holder):
    move_elsewhere(tmp_path, seconds=40)
    claimed = FolderClaim(tmp_path).claim()
    assert (claimed.outcome, claimed.host) == ("elsewhere", "PC-12")
    assert 39 < claimed.seconds < STALE_SECONDS
    move_elsewhere(tmp_path, seconds=STALE_SECONDS)
    claim = FolderClaim(tmp_path)
    assert claim.claim() == Claim("ours")
    claim.release()


def test_what_is_taken_over_is_lost_to_the_other(tmp_path, qapp, qtbot):
    first, second = FolderClaim(tmp_path, "PC-12"), FolderClaim(tmp_path, "PC-13")
    assert first.claim() == Claim("ours")
    first.renew()
    assert first.holds()
    move_elsewhere(tmp_path)
    first._content = (tmp_path / FILE).read_bytes()
    assert second.claim().outcome == "elsewhere"
    assert second.take_over()
    assert second.holds()
    # Both are this process; what differs in earnest is the computer's name.
    move_elsewhere(tmp_path, "PC-13")
    second._content = (tmp_path / FILE).read_bytes()
    assert not first.holds()
    with qtbot.waitSignal(first.lost) as lost, pytest.MonkeyPatch.context() as patched:
        patched.setattr("stalin_study.services.folder_claim.log.warning", lambda *_: None)
        first.renew()
    assert lost.args == ["PC-13"]
    first.release()
    assert second.holds()
    assert (tmp_path / FILE).exists()
    second.release()


@pytest.mark.logs_warnings
@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="may write everywhere")
def test_a_folder_that_cannot_be_written_is_not_claimed(tmp_path, qapp):
    tmp_path.chmod(0o500)
    assert FolderClaim(tmp_path).claim() == Claim("unclaimed")
    tmp_path.chmod(0o700)


@pytest.mark.logs_warnings
def test_a_folder_that_cannot_be_made_is_not_claimed(tmp_path, qapp):
    (tmp_path / "file").write_text("")
    claim = FolderClaim(tmp_path / "file" / "data")
    assert claim.claim() == Claim("unclaimed")
    assert claim.holds()
    claim.release()


def test_a_lock_file_that_makes_no_sense_gives_way(tmp_path, qapp):
    (tmp_path / FILE).write_bytes(b"\xff\x00 nonsense")
    assert FolderClaim(tmp_path).claim().outcome == "here"
    os.utime(tmp_path / FILE, (0, 0))
    claim = FolderClaim(tmp_path)
    assert claim.claim() == Claim("ours")
    claim.release()


def test_a_later_start_brings_the_window_to_the_front(tmp_path, qtbot):
    window = OpenWindow(tmp_path)
    with qtbot.waitSignal(window.show_requested):
        later = started(ASK, tmp_path, 5000)
    qtbot.waitUntil(lambda: later.poll() is not None)
    assert later.communicate()[0] == "True\n"
    window.close()


def test_nobody_answers(tmp_path, qapp):
    assert not bring_to_front(tmp_path, patience_ms=1)


def test_folders_have_sockets_of_their_own(tmp_path):
    assert socket_name(tmp_path / "a") != socket_name(tmp_path / "b")
    assert socket_name(tmp_path / "a") == socket_name(tmp_path / "c" / ".." / "a")
