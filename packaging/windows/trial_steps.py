"""What the trials do over and over: install, start, look, close, uninstall."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wine import Done, Wine

APP = "Stalin Study"
PROGRAM, VOICE = "Stalin Study.exe", "stalin-study.exe"
UNINSTALL_KEY = rf"Software\Microsoft\Windows\CurrentVersion\Uninstall\{APP}"
PATIENCE_S = 120


class TrialFailed(Exception):
    """What did not happen that should have."""


@dataclass(frozen=True, slots=True)
class Artefacts:
    """What is tried: each made twice, as the version to be released and as the next one."""

    setup: Path
    next_setup: Path
    msi: Path
    next_msi: Path
    portable: Path
    version: str
    next_version: str


class Steps:
    """Steps on one computer with Windows, which is wine."""

    def __init__(self, wine: Wine, artefacts: Artefacts) -> None:
        self.wine = wine
        self.artefacts = artefacts
        self.user = wine.drive / "users" / os.environ.get("USER", "root")
        self.roaming = self.user / "AppData" / "Roaming"
        self.local = self.user / "AppData" / "Local"
        self.progress = self.roaming / APP

    def setup(self, *switches: str, is_next: bool = False) -> Done:
        """Run Setup silently."""
        setup = self.artefacts.next_setup if is_next else self.artefacts.setup
        return self.wine.run(setup, "/S", *switches)

    def msi(self, action: str, package: Path) -> Done:
        """Run msiexec silently."""
        return self.wine.run("msiexec", action, package, "/qn")

    def uninstall(self, place: Path, *switches: str) -> None:
        """Run the uninstaller silently, until its folder is gone."""
        done = self.wine.run(place / "uninstall.exe", "/S", *switches)
        expect(done.code == 0, f"the uninstaller ended with {done.code}")
        wait_until(lambda: not place.exists(), "the folder of the program is left")

    def smoke(self, place: Path) -> None:
        """Both programs try themselves; the window's has no console to speak on."""
        done = self.wine.run(place / VOICE, "--smoke")
        expect(done.code == 0 and '"ok": true' in done.said, f"--smoke: {done.said[-300:]}")
        done = self.wine.run(place / PROGRAM, "--smoke")
        expect(done.code == 0, f"--smoke of the window's program ended with {done.code}")

    @contextmanager
    def open_window(self, place: Path) -> Iterator[None]:
        """The program as it is started from its shortcut, closed as a pupil closes it."""
        process = self.wine.start(place / PROGRAM)
        try:
            expect(bool(self.wait_for_window(APP)), "no window came up")
            yield
            self.wine.run("taskkill", "/IM", PROGRAM)
            process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            raise TrialFailed("the window did not close") from None
        finally:
            process.kill()
            process.communicate()
        expect(process.returncode == 0, f"the program ended with {process.returncode}")

    def wait_for_window(self, title: str) -> str:
        """The ids of the windows with that in their title; empty if none comes."""
        command = ("xdotool", "search", "--onlyvisible", "--name", title)
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            found = subprocess.run(
                command, env=self.wine.environment, capture_output=True, text=True, check=False
            )
            if found.stdout.strip():
                return found.stdout.strip()
            time.sleep(0.3)
        return ""

    def keep_progress(self) -> None:
        """Have something of the pupil in the data folder."""
        self.progress.mkdir(parents=True, exist_ok=True)
        (self.progress / "kept.txt").write_text("of the pupil", "ascii")

    def sentence(self) -> str:
        """What a silent Setup wrote last about why it did not install."""
        return (self.user / "Temp" / "StalinStudy-Setup.log").read_text("utf-16")

    def value(self, root: str, name: str) -> str:
        """A value of the uninstall key; empty if there is none."""
        said = self.wine.run("reg", "query", rf"{root}\{UNINSTALL_KEY}", "/v", name).said
        return said.split("REG_SZ")[1].strip() if "REG_SZ" in said else ""

    def menu(self, folder: Path) -> Path:
        """The shortcut in the start menu of a user, or of all."""
        return folder / "Microsoft" / "Windows" / "Start Menu" / "Programs" / f"{APP}.lnk"

    def windows(self, place: Path) -> str:
        """A folder of drive C as Windows writes it."""
        return "C:\\" + str(place.relative_to(self.wine.drive)).replace("/", "\\")


def expect(is_so: bool, otherwise: str) -> None:
    """TrialFailed with the words unless it is so."""
    if not is_so:
        raise TrialFailed(otherwise)


def wait_until(is_so: Callable[[], bool], otherwise: str) -> None:
    """TrialFailed if it does not come to be so."""
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        expect(time.monotonic() < end, otherwise)
        time.sleep(0.2)
