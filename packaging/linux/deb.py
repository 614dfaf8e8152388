"""The Debian package: the program in a folder of its own, and what a desktop knows of it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from linux.libraries import asked_by, packages_for
from linux.shared_files import HERE, MAINTAINER, PRIVATE_LIBRARIES, add_desktop_files, add_manual

# Libraries of the system that the portable program brings along; here the system's own are used.
FROM_THE_SYSTEM = ("libsqlite3.so*", "libxkbcommon*.so*", "libxcb-*.so*")
SCRIPTS = ("preinst", "postinst", "postrm")
CONTROL = """\
Package: stalin-study
Version: {version}
Section: education
Priority: optional
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {size}
Depends: {depends}
Recommends: pulseaudio | pipewire-pulse
Description: revision cards, self-tests and read-aloud for a history exam
 Stalin Study teaches "Stalin's Dictatorship, USSR 1924-41": twenty cards to
 flip, questions to test yourself with, a plan until the day of the exam, and
 a voice that reads every card aloud.
 .
 It works without the internet and keeps progress in the pupil's own folder.
"""


def build_deb(program: Path, target: Path, version: str, moment: int) -> Path:
    """Build the package of the program's folder; `moment` is the time of every file in it."""
    architecture = told_by("dpkg", "--print-architecture")
    package = target / f"stalin-study_{version}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "root"
        lay_out(program, root, version, moment)
        add_control(root, version, architecture)
        set_modes_and_times(root, moment)
        # More than one thread would make the packed bytes depend on the machine.
        options = ["--root-owner-group", "-Zxz", "-z6"]
        environment = os.environ | {
            "SOURCE_DATE_EPOCH": str(moment),
            "DPKG_DEB_THREADS_MAX": "1",
        }
        command = ["dpkg-deb", *options, "--build", root, package]
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return package


def lay_out(program: Path, root: Path, version: str, moment: int) -> None:
    """Put every file where it will be, below `root`."""
    # Each version has its own folder, so that one that is open outlives an upgrade (see preinst).
    home = root / PRIVATE_LIBRARIES / version
    shutil.copytree(program, home, symlinks=True)
    for pattern in FROM_THE_SYSTEM:
        for library in (home / "_internal").glob(pattern):
            library.unlink()
    (root / "usr" / "bin").mkdir(parents=True)
    for name in ("stalin-study", "stalin-study-gui"):
        link = root / "usr" / "bin" / name
        link.symlink_to(f"../lib/stalin-study/{version}/{name}")
    add_desktop_files(root, version, moment)
    add_manual(root, version, moment)
    overrides = (HERE / "lintian-overrides").read_bytes()
    place = root / "usr/share/lintian/overrides/stalin-study"
    place.parent.mkdir(parents=True)
    place.write_bytes(overrides)


def add_control(root: Path, version: str, architecture: str) -> None:
    """Write what dpkg knows of the package, and its scripts."""
    files = sorted(file for file in root.rglob("*") if file.is_file() and not file.is_symlink())
    sums = [f"{md5(file)}  {file.relative_to(root)}\n" for file in files]
    size = sum(file.stat().st_size for file in files) // 1024
    depends = packages_for(asked_by(root / PRIVATE_LIBRARIES))
    control = root / "DEBIAN"
    control.mkdir()
    filled = CONTROL.format(
        version=version,
        architecture=architecture,
        maintainer=MAINTAINER,
        size=size,
        depends=", ".join(depends),
    )
    (control / "control").write_text(filled, encoding="utf-8")
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")
    for name in SCRIPTS:
        script = (HERE / name).read_text("utf-8").replace("@VERSION@", version)
        (control / name).write_text(script, encoding="utf-8")


def set_modes_and_times(root: Path, moment: int) -> None:
    """Readable by all, written by root alone; only programs and scripts can be started."""
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            is_script = path.parent.name == "DEBIAN" and path.name in SCRIPTS
            is_program = path.suffix == "" and path.name.startswith("stalin-study")
            is_program = is_program and path.parent.parent == root / PRIVATE_LIBRARIES
            path.chmod(0o755 if path.is_dir() or is_script or is_program else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)


def md5(file: Path) -> str:
    """The checksum that dpkg keeps, against damage and not against deceit."""
    return hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()


def told_by(*command: str) -> str:
    """What a program prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
