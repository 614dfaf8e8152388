"""The machine that figures are measured on, and the versions of what is measured."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path

import PySide6
from measurements import Machine

from stalin_study import __version__

ROOT = Path(__file__).resolve().parents[2]
KEPT_FIGURES = ("docs/measurements.md", "docs/measurements.json")


def this_machine() -> Machine:
    """What this machine is; Windows and macOS do not tell the memory or the load here."""
    has_load = hasattr(os, "getloadavg")
    return Machine(
        cpu=_cpu(),
        cores=os.cpu_count() or 1,
        memory_gb=round(_memory_bytes() / 1e9, 1),
        system=_system(),
        load=round(os.getloadavg()[0], 1) if has_load else 0.0,
    )


def these_versions() -> dict[str, str]:
    """Versions by name, the commit among them: "515c2fe+" where files differ from it."""
    return {
        "Stalin Study": __version__,
        "commit": _commit(),
        "Python": platform.python_version(),
        "PySide6": PySide6.__version__,
    }


def _cpu() -> str:
    file = Path("/proc/cpuinfo")
    lines = file.read_text("utf-8", errors="replace").splitlines() if file.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _memory_bytes() -> int:
    names = ("SC_PAGE_SIZE", "SC_PHYS_PAGES")
    if not all(name in getattr(os, "sysconf_names", ()) for name in names):
        return 0
    size, pages = map(os.sysconf, names)
    return size * pages


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (AttributeError, KeyError, OSError):
        return platform.platform(terse=True)


def _commit() -> str:
    commit = _git("rev-parse", "--short", "HEAD")
    changed = _git("status", "--porcelain", "--", ".", *(f":!{name}" for name in KEPT_FIGURES))
    return f"{commit}+" if commit and changed else commit or "unknown"


def _git(*words: str) -> str:
    try:
        done = subprocess.run(
            ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return ""
    return done.stdout.strip()
