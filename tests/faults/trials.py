"""Trials: something bad happens to progress, then it is opened. Each gives what it found."""

from __future__ import annotations

import gc
import os
import random
import resource
import select
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from faults.pupils import Acknowledged, AutomaticPupil, Tried, faults_of, is_one_sentence
from stalin_study.services.backups import backups_in
from stalin_study.services.progress_copy import read_copy, write_copy
from stalin_study.services.recent_answers import FILE as RECENT
from stalin_study.services.store import FILE, open_store
from stalin_study.services.study_store import Added

ROUNDS = 8  # so often a pupil is hit in one folder before the next begins


def kill_trial(folder: Path, seed: int, acknowledged: Acknowledged) -> Tried:
    """Killed by SIGKILL at a random moment; `acknowledged` grows from one trial to the next."""
    rng = random.Random(seed)
    acts, delay = rng.randrange(0, 30), rng.random() * 0.008

    def work(told: int) -> None:
        pupil = AutomaticPupil(folder, seed, told)
        while True:
            pupil.act()

    before = len(acknowledged)
    acknowledged |= _acknowledged(_killed(work, acts, delay))
    faults, notice = faults_of(folder, acknowledged)
    # Nothing was damaged: there is nothing to tell of.
    told = [f"told: {notice}"] if notice else []
    return Tried(faults + told, len(acknowledged) - before, notice)


def recovery_kill_trial(folder: Path, seed: int) -> Tried:
    """A start finds the progress file damaged, and is killed while it makes it again."""
    rng = random.Random(seed)
    pupil = AutomaticPupil(folder, seed)
    while len(pupil.acknowledged) < 20:
        pupil.act()
    pupil.leave()
    harm(folder / FILE, seed, rng)

    def work(told: int) -> None:
        os.write(told, b"begun\n")
        open_store(folder, pupil.now).store.close()
        os.write(told, b"opened\n")
        signal.pause()

    told = _killed(work, 1, rng.random() * 0.02)
    faults, notice = faults_of(folder, pupil.acknowledged)
    if notice and b"opened" in told:
        faults.append(f"told twice: {notice}")
    if notice and not is_one_sentence(notice):
        faults.append(f"not one sentence: {notice}")
    again, silent = faults_of(folder, pupil.acknowledged)
    faults += again + ([f"told twice: {silent}"] if silent else [])
    return Tried(faults, len(pupil.acknowledged), notice)


def full_disk_trial(folder: Path, seed: int, *, on_tmpfs: bool) -> Tried:
    """The disk is full at a random moment, then there is room again."""
    rng = random.Random(seed)
    if on_tmpfs:
        folder.mkdir(parents=True, exist_ok=True)
        size = f"size={rng.randrange(64, 700)}k"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=True)

    def work(told: int) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        pupil = AutomaticPupil(folder, seed, told)
        if not on_tmpfs:
            for _ in range(rng.randrange(12)):
                pupil.act()
            limit = rng.randrange(1, 60_000) + (folder / FILE).stat().st_size // 2
            hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        acts = 0
        while pupil.problems < 6 and acts < 400:
            pupil.act()
            acts += 1
        if rng.random() < 0.5:
            os._exit(0)  # a log-off does not wait
        pupil.leave()
        os._exit(0)

    try:
        pid, reading = _forked(work)
        acknowledged = _acknowledged(_read(reading))
        os.close(reading)
        os.waitpid(pid, 0)
        if on_tmpfs:
            subprocess.run(["mount", "-o", "remount,size=64m", folder], check=True)
        # As the app starts: what was kept aside is added, and told.
        again = AutomaticPupil(folder, seed + 1)
        notice = again.report.notice
        again.leave()
        faults, silent = faults_of(folder, acknowledged)
        if notice and not is_one_sentence(notice):
            faults.append(f"not one sentence: {notice}")
        faults += [f"told twice: {silent}"] if silent else []
        return Tried(faults, len(acknowledged), notice)
    finally:
        if on_tmpfs:
            subprocess.run(["umount", folder], check=True)


def flip_bits(content: bytearray, rng: random.Random) -> None:
    """One to eight bits, anywhere."""
    for _ in range(rng.randint(1, 8)):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)


def flip_in_header(content: bytearray, rng: random.Random) -> None:
    """A bit of the first hundred bytes."""
    content[rng.randrange(100)] ^= 1 << rng.randrange(8)


def cut_off(content: bytearray, rng: random.Random) -> None:
    """The end is missing."""
    del content[rng.randrange(len(content)) :]


def blank_page(content: bytearray, rng: random.Random) -> None:
    """A page is all zeros."""
    start = 4096 * rng.randrange(max(1, len(content) // 4096))
    content[start : start + 4096] = bytes(len(content[start : start + 4096]))


def torn_page(content: bytearray, rng: random.Random) -> None:
    """Half a page, by sectors, is another page's."""
    pages = max(1, len(content) // 4096)
    to, source = 4096 * rng.randrange(pages), 4096 * rng.randrange(pages)
    content[to + 512 : to + 2560] = content[source + 512 : source + 2560]


def random_tail(content: bytearray, rng: random.Random) -> None:
    """The end is noise."""
    start = rng.randrange(len(content))
    content[start:] = rng.randbytes(len(content) - start)


DAMAGES = (flip_bits, flip_in_header, cut_off, blank_page, torn_page, random_tail)


def harm(file: Path, seed: int, rng: random.Random) -> None:
    """Damage a file, in the way of that number."""
    content = bytearray(file.read_bytes())
    if content:
        DAMAGES[seed % len(DAMAGES)](content, rng)
        file.write_bytes(content)


def damage_trial(
    folder: Path, seed: int, *, harm_copy: bool = False, without_copies: bool = False
) -> Tried:
    """The progress file is damaged; or, with `harm_copy`, its newest backup or second copy is.

    `without_copies`: they are gone too, to see that what is lost is seen.
    """
    rng = random.Random(seed)
    pupil = AutomaticPupil(folder, seed)
    for _ in range(rng.randrange(1, 60)):
        pupil.act()
    pupil.leave()
    harmed = folder / FILE
    if harm_copy:
        backups = [one.file for one in backups_in(folder)][:1]
        harmed = rng.choice([folder / RECENT, *backups])
    harm(harmed, seed, rng)
    if without_copies:
        (folder / RECENT).unlink(missing_ok=True)
        shutil.rmtree(folder / "backups", ignore_errors=True)
    faults, notice = faults_of(folder, pupil.acknowledged)
    if notice and not is_one_sentence(notice):
        faults.append(f"not one sentence: {notice}")
    if not notice and any(folder.glob("progress-damaged-*")):
        faults.append("a recovery that is not told of")
    if notice and harm_copy:
        faults.append(f"told, though the progress is sound: {notice}")
    again, silent = faults_of(folder, pupil.acknowledged)
    # Where nothing was left to recover, the next start may find nothing again.
    faults += again + ([f"told twice: {silent}"] if silent and pupil.acknowledged else [])
    return Tried(faults, len(pupil.acknowledged), notice)


def merge_trial(folder: Path, seed: int) -> Tried:
    """Two copies go apart, and each takes in the other."""
    rng = random.Random(seed)
    first, second = folder / "school", folder / "home"
    pupil = AutomaticPupil(first, seed)
    for _ in range(rng.randrange(20)):
        pupil.act()
    pupil.leave()
    acknowledged = dict(pupil.acknowledged)
    shutil.copytree(first, second)
    for place, number in ((first, 1), (second, 2)):
        alone = AutomaticPupil(place, seed * 3 + number)
        for _ in range(rng.randrange(1, 30)):
            alone.act()
        alone.leave()
        acknowledged |= alone.acknowledged
    copies = []
    for place in (first, second):
        opened = open_store(place, pupil.now)
        copies.append(folder / f"{place.name}.stalinstudy")
        write_copy(opened.store, copies[-1], pupil.now())
        opened.store.close()
    logs = []
    for place, copy in ((first, copies[1]), (second, copies[0])):
        opened = open_store(place, pupil.now)
        read = read_copy(copy, place)
        opened.store.add_entries(read.entries, read.annotations)
        again = replace(opened.store.add_entries(read.entries, read.annotations), known=0)
        states = opened.store.memory_states()
        logs.append((set(opened.store.entries()), set(opened.store.annotations()), states, again))
        opened.store.close()
    faults = [fault for place in (first, second) for fault in faults_of(place, acknowledged)[0]]
    if logs[0] != logs[1]:
        faults.append("the two differ")
    if logs[0][3] != Added():
        faults.append("what was there was added again")
    return Tried(faults, len(acknowledged))


def clock_trial(folder: Path, seed: int) -> Tried:
    """The clock jumps by up to ten years between answers, forwards and back.

    With every second number the progress file is gone in the end, so that the copies that were made
    at those times must do.
    """
    pupil = AutomaticPupil(folder, seed)
    for _ in range(40):
        pupil.act(jumps=True)
    pupil.leave()
    if seed % 2:
        (folder / FILE).unlink()
    faults, notice = faults_of(folder, pupil.acknowledged)
    if bool(notice) != bool(seed % 2) or (notice and not is_one_sentence(notice)):
        faults.append(f"told: {notice or 'nothing'}")
    return Tried(faults, len(pupil.acknowledged), notice)


def _killed(work: Callable[[int], None], lines: int, delay: float) -> bytes:
    """What a child told that was killed so many seconds after so many lines."""
    pid, reading = _forked(work)
    told = _read(reading, lines)
    select.select([], [], [], delay)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    told += _read(reading)
    os.close(reading)
    return told


def _forked(work: Callable[[int], None]) -> tuple[int, int]:
    """A child with everything loaded already; it tells through the pipe."""
    reading, telling = os.pipe()
    gc.freeze()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        with suppress(BaseException):
            work(telling)
        os._exit(1)
    os.close(telling)
    return pid, reading


def _read(reading: int, lines: int | None = None) -> bytes:
    """What comes through the pipe: so many lines, or all."""
    content = b""
    while lines is None or content.count(b"\n") < lines:
        more = os.read(reading, 65536)
        if not more:
            break
        content += more
    return content


def _acknowledged(told: bytes) -> Acknowledged:
    """By its whole lines: one that was cut off was told to nobody."""
    lines = [line.split() for line in told.decode().split("\n")[:-1]]
    return {one: int(checksum) for one, checksum in lines}
