"""What a Linux desktop wants to know of a program: menu entry, icons, description, man page."""

from __future__ import annotations

import gzip
import re
import shutil
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
APP_ID = "io.github.stalin_study.StalinStudy"
MAINTAINER = "Stalin Study maintainers <stalin-study@users.noreply.github.com>"
PRIVATE_LIBRARIES = "usr/lib/stalin-study"


def add_desktop_files(root: Path, version: str, moment: int) -> None:
    """Put the menu entry, the icons and the description below `root`/usr/share."""
    share = root / "usr" / "share"
    put(HERE / "stalin-study.desktop", share / "applications" / "stalin-study.desktop")
    metainfo = (HERE / "metainfo.xml").read_text("utf-8")
    day = time.strftime("%Y-%m-%d", time.gmtime(moment))
    filled = metainfo.replace("@VERSION@", version).replace("@DAY@", day)
    write(share / "metainfo" / f"{APP_ID}.metainfo.xml", filled.encode())
    icons = share / "icons" / "hicolor"
    put(ROOT / "resources" / "icons" / "app.svg", icons / "scalable/apps/stalin-study.svg")
    for picture in (ROOT / "build" / "icons").glob("app-*.png"):
        size = picture.stem.removeprefix("app-")
        put(picture, icons / f"{size}x{size}" / "apps" / "stalin-study.png")


def add_manual(root: Path, version: str, moment: int) -> None:
    """Put the man page, the changelog and the copyright below `root`/usr/share."""
    share = root / "usr" / "share"
    day = time.strftime("%Y-%m-%d", time.gmtime(moment))
    page = (HERE / "stalin-study.1").read_text("utf-8")
    page = page.replace("@VERSION@", version).replace("@DAY@", day)
    write(share / "man/man1/stalin-study.1.gz", packed(page))
    link = share / "man/man1/stalin-study-gui.1.gz"
    link.symlink_to("stalin-study.1.gz")
    documents = share / "doc" / "stalin-study"
    put(HERE / "copyright", documents / "copyright")
    changes = debian_changelog((ROOT / "CHANGELOG.md").read_text("utf-8"), moment)
    write(documents / "changelog.gz", packed(changes))


def debian_changelog(text: str, moment: int) -> str:
    """The project's changelog, whose versions are headings, in the shape that Debian reads."""
    date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(moment))
    told = []
    for version, body in re.findall(r"^## (\d\S*?)[, ].*?\n(.*?)(?=^## |\Z)", text, re.M | re.S):
        lines = [
            f"  * {line[2:]}" if line.startswith("- ") else f"    {line.strip()}"
            for line in body.splitlines()
            if line.strip()
        ]
        head = f"stalin-study ({version}) stable; urgency=medium"
        told.append("\n".join([head, "", *lines, "", f" -- {MAINTAINER}  {date}", ""]))
    return "\n".join(told)


def packed(text: str) -> bytes:
    """Text as gzip without a name or time in it."""
    return gzip.compress(text.encode(), 9, mtime=0)


def put(source: Path, target: Path) -> None:
    """Copy a file to a place whose folders need not exist yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def write(target: Path, content: bytes) -> None:
    """Write a file in a place whose folders need not exist yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
