"""One program for a data folder; a claim that nobody holds any more gives way by itself."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLockFile, QSysInfo

from fakes import InlineJobs
from stalin_study.services.folder_claim import (
    FILE,
    NONSENSE_SECONDS,
    STALE_SECONDS,
    Claim,
    FolderClaim,
    Holder,
    named_in,
    this_process,
)

HOST = QSysInfo.machineHostName()
HERE = this_process()
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
KEEP_FLOCK = """
import fcntl, sys
with open(sys.argv[1]) as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    print("kept", flush=True)
    sys.stdin.read()
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


def put_claim(folder: Path, holder: Holder, seconds: float = 0.0) -> None:
    """Put the claim of a process there, renewed so long ago."""
    lines = (holder.pid, "stalin-study", holder.host, holder.machine, holder.boot)
    (folder / FILE).unlink(missing_ok=True)
    (folder / FILE).write_text("".join(f"{line}\n" for line in lines))
    let_age(folder, seconds)


def let_age(folder: Path, seconds: float) -> None:
    file = folder / FILE
    at = file.stat().st_mtime - seconds
    os.utime(file, (at, at))


def gone_pid() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


ELSEWHERE = Holder(1, "PC-12", "another-machine", "another-boot")
# Of a copied installation: Windows says nothing of its boots.
COPIED = Holder(99_999_999, "PC-12", HERE.machine, "")


def test_a_second_window_of_this_computer_is_told_so(tmp_path, qapp, holder):
    claim = FolderClaim(tmp_path)
    assert claim.claim() == Claim("here", HOST)
    claim.release()
    assert FolderClaim(tmp_path).claim().outcome == "here"


def test_a_killed_window_leaves_nothing_in_the_way(tmp_path, qapp, holder):
    holder.kill()
    holder.wait()
    assert (tmp_path / FILE).exists()
    claim = FolderClaim(tmp_path)
    assert claim.claim() == Claim("ours")
    assert claim.holds()
    claim.release()
    assert not (tmp_path / FILE).exists()


def test_a_number_that_was_given_out_again_is_not_taken_for_the_window(tmp_path, qapp):
    put_claim(tmp_path, Holder(os.getppid(), HOST, HERE.machine, HERE.boot))
    claim = FolderClaim(tmp_path)
    assert claim.claim() == Claim("ours")
    claim.release()


def test_a_claim_from_before_the_computer_was_started_anew_is_void(tmp_path, qapp):
    put_claim(tmp_path, Holder(os.getpid(), HOST, HERE.machine, "another-boot"))
    claim = FolderClaim(tmp_path)
    assert claim.claim() == Claim("ours")
    claim.release()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_stopped_window_still_has_the_folder(tmp_path, qapp, holder):
    holder.send_signal(signal.SIGSTOP)
    assert FolderClaim(tmp_path).claim().outcome == "here"
    holder.send_signal(signal.SIGCONT)


@pytest.mark.skipif(os.name != "posix", reason="flock of POSIX")
@pytest.mark.parametrize(
    "gone",
    [Holder(0, HOST, HERE.machine, HERE.boot), Holder(1, HOST, HERE.machine, "another-boot")],
    ids=["killed", "power cut"],
)
def test_a_file_server_that_keeps_the_lock_of_a_dead_process_is_no_obstacle(tmp_path, qapp, gone):
    put_claim(tmp_path, Holder(gone.pid or gone_pid(), gone.host, gone.machine, gone.boot))
    server = started(KEEP_FLOCK, tmp_path / FILE)
    assert server.stdout is not None
    assert server.stdout.readline() == "kept\n"
    claim = FolderClaim(tmp_path)
    assert claim.claim() == Claim("ours")
    claim.release()
    server.communicate("")


@pytest.mark.parametrize(
    "other",
    [ELSEWHERE, COPIED, Holder(99_999_999, HOST, "another-machine", "another-boot")],
    ids=["another", "copied installation", "same name"],
)
def test_another_computer_is_named_until_its_claim_is_old(tmp_path, qapp, other):
    put_claim(tmp_path, other, seconds=40)
    claimed = FolderClaim(tmp_path).claim()
    assert (claimed.outcome, claimed.host) == ("elsewhere", other.host)
    assert 39 < claimed.seconds < STALE_SECONDS
    let_age(tmp_path, STALE_SECONDS)
    claim = FolderClaim(tmp_path)
    assert claim.claim() == Claim("ours")
    claim.release()


def test_a_computer_that_changed_its_name_is_still_this_one(tmp_path, qapp, holder):
    if not HERE.boot:
        pytest.skip("this system does not say when it was started")
    file = tmp_path / FILE
    pid, program, _, *more = file.read_text().split("\n")
    file.write_text("\n".join([pid, program, "old-name", *more]))
    assert FolderClaim(tmp_path).claim().outcome == "here"


@pytest.mark.logs_warnings
def test_what_another_computer_took_over_is_left_to_it(tmp_path, qapp, qtbot):
    claim = FolderClaim(tmp_path)
    assert claim.claim() == Claim("ours")
    put_claim(tmp_path, ELSEWHERE)
    assert not claim.holds()
    with qtbot.waitSignal(claim.lost) as lost:
        claim.renew()
    assert lost.args == ["PC-12"]
    claim.release()
    del claim
    gc.collect()  # QLockFile's destructor would remove the file
    assert named_in((tmp_path / FILE).read_bytes()) == ELSEWHERE


@pytest.mark.logs_warnings
def test_what_another_computer_took_over_and_left_is_lost_all_the_same(tmp_path, qapp):
    claim = FolderClaim(tmp_path, jobs=InlineJobs())
    claim.claim()
    (tmp_path / FILE).unlink()
    assert not claim.holds()
    told: list[str] = []
    claim.lost.connect(told.append)
    claim.renew()
    claim.renew()
    assert told == [""]
    claim.release()


def test_a_folder_out_of_reach_is_not_taken_over(tmp_path, qapp):
    (tmp_path / "share").mkdir()
    claim = FolderClaim(tmp_path / "share", jobs=InlineJobs())
    claim.claim()
    (tmp_path / "share").rename(tmp_path / "unplugged")
    assert claim.holds()
    claim.renew()
    (tmp_path / "unplugged").rename(tmp_path / "share")
    assert claim.holds()
    claim.release()
    assert not (tmp_path / "share" / FILE).exists()


def test_a_pupil_can_use_it_here(tmp_path, qapp):
    put_claim(tmp_path, ELSEWHERE)
    claim = FolderClaim(tmp_path)
    assert claim.claim().outcome == "elsewhere"
    assert claim.take_over()
    assert claim.holds()
    named = named_in((tmp_path / FILE).read_bytes())
    assert named is not None
    assert named.pid == os.getpid()
    claim.release()


def test_it_is_renewed_by_the_clock_of_the_file_server(tmp_path, qapp, monkeypatch):
    """A computer whose own clock is wrong by years does not look as if it had left."""
    claim = FolderClaim(tmp_path, jobs=InlineJobs())
    claim.claim()
    at_server = 946_684_800_000_000_000  # 2000
    monkeypatch.setattr(FolderClaim, "_time_there", lambda _: at_server)
    claim.renew()
    assert (tmp_path / FILE).stat().st_mtime_ns == at_server
    claim.release()


def test_renewing_leaves_nothing_behind(tmp_path, qapp):
    claim = FolderClaim(tmp_path, jobs=InlineJobs())
    claim.claim()
    let_age(tmp_path, 90)
    before = (tmp_path / FILE).stat().st_mtime
    claim.renew()
    assert (tmp_path / FILE).stat().st_mtime > before + 80
    assert [file.name for file in tmp_path.iterdir()] == [FILE]
    claim.release()


@pytest.mark.logs_warnings
@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="may write everywhere")
def test_a_folder_that_cannot_be_written_is_not_claimed(tmp_path, qapp):
    tmp_path.chmod(0o500)
    assert FolderClaim(tmp_path).claim() == Claim("unclaimed")
    tmp_path.chmod(0o700)


@pytest.mark.logs_warnings
def test_where_nothing_can_be_written_another_claim_is_no_question(tmp_path, qapp, monkeypatch):
    put_claim(tmp_path, ELSEWHERE, seconds=STALE_SECONDS + 1)
    monkeypatch.setattr(FolderClaim, "_time_there", lambda _: None)
    assert FolderClaim(tmp_path).claim() == Claim("unclaimed")
    assert named_in((tmp_path / FILE).read_bytes()) == ELSEWHERE


@pytest.mark.logs_warnings
def test_a_folder_that_cannot_be_made_is_not_claimed(tmp_path, qapp):
    (tmp_path / "file").write_text("")
    claim = FolderClaim(tmp_path / "file" / "data")
    assert claim.claim() == Claim("unclaimed")
    assert claim.holds()
    claim.release()


@pytest.mark.logs_warnings
def test_a_claim_that_cannot_be_removed_stays(tmp_path, qapp, monkeypatch):
    """As on Windows, while the other computer has the file open."""
    put_claim(tmp_path, ELSEWHERE, seconds=STALE_SECONDS + 1)

    def refuse(*_, **__):
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refuse)
    claim = FolderClaim(tmp_path)
    claimed = claim.claim()
    assert (claimed.outcome, claimed.host) == ("elsewhere", "PC-12")
    assert not claim.take_over()


@pytest.mark.parametrize("content", [b"", b"\xff\x00 nonsense"])
def test_a_lock_file_that_makes_no_sense_gives_way(tmp_path, qapp, content):
    (tmp_path / FILE).write_bytes(content)
    assert FolderClaim(tmp_path).claim().outcome == "here"  # it may just be written
    let_age(tmp_path, NONSENSE_SECONDS + 1)
    claim = FolderClaim(tmp_path)
    assert claim.claim() == Claim("ours")
    claim.release()


@given(st.binary())
def test_any_content_is_read(content):
    named = named_in(content)
    assert named is None or (named.pid >= 0 and named.host)


WORDS = st.sampled_from(["", "a", "b"])
HOLDERS = st.builds(Holder, st.just(1), st.sampled_from(["PC-1", "PC-2"]), WORDS, WORDS)


@given(HOLDERS, HOLDERS)
def test_two_are_on_one_computer_or_not(one, other):
    assert one.is_on(other) == other.is_on(one)
    assert one.is_on(one)
    if one.is_on(other) and one.host != other.host:
        assert one.boot == other.boot != ""
    if one.machine and other.machine and one.machine != other.machine:
        assert not one.is_on(other) or one.boot == other.boot


def test_this_computer_has_the_name_that_the_lock_file_has(tmp_path):
    lock = QLockFile(str(tmp_path / "lock"))
    assert lock.lock()
    name = (tmp_path / "lock").read_text("utf-8").splitlines()[2]
    assert (this_process().host, this_process("other").host) == (name, "other")
    lock.unlock()
