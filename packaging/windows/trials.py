"""Setup, the MSI package and the zip, tried under wine as a technician and a pupil use them."""

from __future__ import annotations

import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable

from alone import SENTENCE
from trial_steps import APP, PATIENCE_S, PROGRAM, VOICE, Steps, TrialFailed, expect, wait_until

# Linux keeps eight bits of an exit code.
OPEN, NO_ROOM, TOO_LONG, NEWER, TWICE, OTHER = 32, 112, 206, 1638 & 255, 1618 & 255, 183


class Trials(Steps):
    """The trials in one Windows; each leaves it as it was."""

    def run_all(self) -> int:
        """Run each and say how it went; the number that failed."""
        failures = 0
        trials: dict[str, Callable[[], None]] = {
            "Setup for one user: install, start, upgrade, uninstall": self.try_setup,
            "Setup for all users, with a shortcut on the desktop": self.try_setup_for_all,
            "Setup refuses what cannot go well": self.try_refusals,
            "Setup started twice at once": self.try_twice,
            "The program double-clicked twice at once": self.try_double_click,
            "MSI package: install, start, upgrade, uninstall": self.try_msi,
            "MSI package and Setup side by side": self.try_both,
            "Zip: unpacked, keeps progress beside itself": self.try_zip,
            "Zip: one program without its folder": self.try_alone,
        }
        for name, trial in trials.items():
            shutil.rmtree(self.progress, ignore_errors=True)
            began = time.monotonic()
            try:
                trial()
                verdict = "passed"
            except (TrialFailed, subprocess.TimeoutExpired) as failure:
                failures += 1
                verdict = f"FAILED: {failure}"
                self.wine.end_all()
            print(f"{time.monotonic() - began:6.1f} s  {name}: {verdict}", flush=True)
        return failures

    def try_setup(self) -> None:
        """The way of a pupil without rights."""
        place = self.local / "Programs" / APP
        shortcut = self.menu(self.roaming)
        expect(self.setup("/CURRENTUSER").code == 0, "Setup failed")
        expect(shortcut.exists(), "no shortcut in the start menu")
        expect(self.value("HKCU", "DisplayVersion") == self.artefacts.version, "wrong version")
        self.smoke(place)
        with self.open_window(place):
            done = self.setup("/CURRENTUSER")
            expect(done.code == OPEN, f"installed over an open program: {done.code}")
            expect("is open" in self.sentence(), "the sentence does not say that it is open")
            self.wine.run(place / "uninstall.exe", "/S")
            # It goes on as a copy of itself, which nobody waits for.
            wait_until(lambda: "uninstall again" in self.sentence(), "it was not refused")
            expect((place / PROGRAM).exists(), "an open program was uninstalled")
        stale = place / "_internal" / "of_the_old_version.txt"
        stale.write_text("old", "ascii")
        self.keep_progress()
        expect(self.setup("/CURRENTUSER", is_next=True).code == 0, "the upgrade failed")
        expect(not stale.exists(), "a file of the old version is left")
        expect(not (place / "_earlier").exists(), "the old version is left")
        newer = self.value("HKCU", "DisplayVersion")
        expect(newer == self.artefacts.next_version, f"after the upgrade it is {newer}")
        expect(self.setup("/CURRENTUSER").code == NEWER, "installed over a newer version")
        expect(self.setup("/CURRENTUSER", "/DOWNGRADE").code == 0, "/DOWNGRADE was refused")
        self.smoke(place)
        self.uninstall(place)
        expect(not shortcut.exists(), "the shortcut is left")
        expect(not self.value("HKCU", "DisplayVersion"), "the registry entry is left")
        expect((self.progress / "kept.txt").exists(), "progress is gone")
        expect(self.setup("/CURRENTUSER").code == 0, "Setup failed")
        self.uninstall(place, "/DELETEPROGRESS")
        expect(not self.progress.exists(), "progress is left though it was to go")

    def try_setup_for_all(self) -> None:
        """The way of a technician; whoever runs wine is an administrator."""
        place = self.wine.path(rf"C:\Program Files\{APP}")
        everyone = self.wine.path(r"C:\ProgramData")
        desktop = self.wine.path(rf"C:\users\Public\Desktop\{APP}.lnk")
        expect(self.setup("/ALLUSERS", "/DESKTOP").code == 0, "Setup failed")
        expect(self.menu(everyone).exists(), "no shortcut in everybody's start menu")
        expect(desktop.exists(), "no shortcut on everybody's desktop")
        expect(self.value("HKLM", "InstallLocation") == self.windows(place), "wrong place")
        self.smoke(place)
        self.uninstall(place)
        expect(not desktop.exists() and not self.menu(everyone).exists(), "a shortcut is left")
        expect(not self.value("HKLM", "InstallLocation"), "the registry entry is left")

    def try_refusals(self) -> None:
        """One sentence each, and nothing written."""
        deep = "C:\\" + "\\".join(["a" * 49] * 4)
        done = self.setup("/CURRENTUSER", f"/D={deep}")
        expect(done.code == TOO_LONG, f"a path of {len(deep)} characters gave {done.code}")
        expect("at most" in self.sentence(), "the sentence does not say how long it may be")
        expect(not self.wine.path(deep).exists(), "a folder is left")
        longest = "C:\\" + "b" * 120
        expect(self.setup("/CURRENTUSER", f"/D={longest}").code == 0, "120 characters refused")
        self.smoke(self.wine.path(longest))
        self.uninstall(self.wine.path(longest))
        other = self.wine.path(r"C:\other")
        (other / "_internal").mkdir(parents=True)
        (other / "_internal" / "of_it.txt").write_text("of another program", "ascii")
        expect(self.setup("/CURRENTUSER", r"/D=C:\other").code == OTHER, "over another program")
        shutil.rmtree(other)
        small = self.wine.path(r"C:\small")
        small.mkdir(exist_ok=True)
        mount = ("mount", "-t", "tmpfs", "-o", "size=50m", "tmpfs", small)
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            print("          (a small disk needs root: not tried)")
            return
        try:
            done = self.setup("/CURRENTUSER", r"/D=C:\small\program")
            expect(done.code == NO_ROOM, f"a disk of 50 MB gave {done.code}")
            expect("not enough room" in self.sentence(), "the sentence does not speak of room")
            expect(not list(small.iterdir()), "something is left on the small disk")
        finally:
            subprocess.check_call(("umount", small))
            small.rmdir()

    def try_twice(self) -> None:
        """One of the two installs, the other says so."""
        command = (self.artefacts.setup, "/S", "/CURRENTUSER")
        both = [self.wine.start(*command), self.wine.start(*command)]
        for one in both:
            one.communicate()
        codes = sorted(one.returncode for one in both)
        expect(codes == [0, TWICE], f"they ended with {codes}")
        self.uninstall(self.local / "Programs" / APP)

    def try_double_click(self) -> None:
        """One window, whichever of the starts opens it, and however late another one comes."""
        expect(self.setup("/CURRENTUSER").code == 0, "Setup failed")
        place = self.local / "Programs" / APP
        starts = [self.wine.start(place / PROGRAM) for _ in range(2)]
        try:
            expect(bool(self.wait_for_window(APP)), "no window came up")
            wait_until(lambda: any(one.poll() is not None for one in starts), "both stay")
            later = self.wine.run(place / PROGRAM, timeout=PATIENCE_S)
            expect(later.code == 0, f"a later start ended with {later.code}")
            expect(any(one.poll() is None for one in starts), "none stays")
            self.wine.run("taskkill", "/IM", PROGRAM)
            for one in starts:
                one.communicate(timeout=PATIENCE_S)
        finally:
            for one in starts:
                one.kill()
                one.communicate()
        codes = [one.returncode for one in starts]
        expect(codes == [0, 0], f"they ended with {codes}")
        self.uninstall(place)

    def try_msi(self) -> None:
        """As Group Policy installs it."""
        place = self.wine.path(rf"C:\Program Files\{APP}")
        # Windows has it in the start menu of all, wine in that of the one who installs.
        menus = [self.menu(self.wine.path(r"C:\ProgramData")), self.menu(self.roaming)]
        expect(self.msi("/i", self.artefacts.msi).code == 0, "msiexec failed")
        expect(any(menu.exists() for menu in menus), "no shortcut in the start menu")
        self.smoke(place)
        with self.open_window(place):
            pass
        self.keep_progress()
        gone = place / "_internal" / "of_the_old_version.txt"
        expect(self.msi("/i", self.artefacts.next_msi).code == 0, "the upgrade failed")
        expect(not gone.exists() and (place / PROGRAM).exists(), "the upgrade is not whole")
        said = self.wine.run("reg", "query", rf"HKLM\Software\{APP}", "/v", "InstalledByMsi").said
        expect(self.artefacts.next_version in said, f"after the upgrade: {said.strip()}")
        self.smoke(place)
        expect(self.msi("/i", self.artefacts.msi).code != 0, "installed over a newer version")
        expect((place / PROGRAM).exists(), "the refused package removed the program")
        expect(self.msi("/x", self.artefacts.next_msi).code == 0, "msiexec /x failed")
        expect(not (place / PROGRAM).exists(), "the program is left")
        expect(not any(menu.exists() for menu in menus), "the shortcut is left")
        expect((self.progress / "kept.txt").exists(), "progress is gone")
        shutil.rmtree(place, ignore_errors=True)

    def try_both(self) -> None:
        """The two would write into one folder, so each refuses where the other is."""
        expect(self.msi("/i", self.artefacts.msi).code == 0, "msiexec failed")
        done = self.setup("/ALLUSERS")
        expect(done.code == OTHER, f"Setup over the MSI package gave {done.code}")
        expect(self.msi("/x", self.artefacts.msi).code == 0, "msiexec /x failed")
        expect(self.setup("/ALLUSERS").code == 0, "Setup failed")
        expect(self.msi("/i", self.artefacts.msi).code != 0, "the MSI package over Setup")
        self.uninstall(self.wine.path(rf"C:\Program Files\{APP}"))

    def try_zip(self) -> None:
        """On a stick whose folders have spaces and other letters."""
        stick = self.wine.path("C:\\Übungs Ordner\\Сталин")
        with zipfile.ZipFile(self.artefacts.portable) as archive:
            archive.extractall(stick)
        place = stick / APP
        self.smoke(place)
        with self.open_window(place):
            pass
        expect((place / "Stalin Study progress").is_dir(), "progress is not beside the program")
        expect(not self.progress.exists(), "something is in the user's folder")
        shutil.rmtree(stick.parent)

    def try_alone(self) -> None:
        """Windows unpacks only the program that is double-clicked inside a zip: it must say so."""
        place = self.user / "Temp" / "zip"
        place.mkdir(parents=True)
        with zipfile.ZipFile(self.artefacts.portable) as archive:
            for name in (PROGRAM, VOICE):
                (place / name).write_bytes(archive.read(f"{APP}/{name}"))
        said = self.wine.run(place / VOICE).said
        expect(SENTENCE.strip() in said, f"it says: {said}")
        (place / VOICE).unlink()
        process = self.wine.start(place / PROGRAM)
        try:
            expect(bool(self.wait_for_window("Error|Stalin")), "no message came")
            subprocess.run(("xdotool", "key", "Return"), env=self.wine.environment, check=False)
            process.communicate(timeout=PATIENCE_S)
        finally:
            process.kill()
            process.communicate()
        expect(process.returncode != 0, "it ended as if all were well")
        shutil.rmtree(place)
