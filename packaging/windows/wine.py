"""Windows programs run under wine: a Windows of its own, a screen of its own, and stand-ins.

The stand-ins are for DLLs of Windows that wine lacks; they never leave the wine folder.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

COMPILER = "x86_64-w64-mingw32-gcc"
# What Qt6Core takes of Windows' own icuuc.dll. Only text in old code pages needs it.
ICU = """
UCNV_FROM_U_CALLBACK_SUBSTITUTE UCNV_TO_U_CALLBACK_SUBSTITUTE ucnv_cbFromUWriteUChars
ucnv_cbToUWriteUChars ucnv_close ucnv_countAvailable ucnv_fromUCountPending ucnv_fromUnicode
ucnv_getAvailableName ucnv_getFromUCallBack ucnv_getMaxCharSize ucnv_getName ucnv_getStandardName
ucnv_getToUCallBack ucnv_reset ucnv_setFromUCallBack ucnv_setToUCallBack ucnv_toUCountPending
ucnv_toUnicode
"""
ICU_UNSUPPORTED = 16


@dataclass(frozen=True, slots=True)
class Done:
    """How a program ended, and what it said."""

    code: int
    said: str


class Wine:
    """A Windows in `prefix`; a context, which ends every program in it when it is left."""

    def __init__(self, prefix: Path) -> None:
        self.prefix = prefix
        self.drive = prefix / "drive_c"
        self._screen: subprocess.Popen[str] | None = None
        self._display = ""

    def __enter__(self) -> Wine:
        command = ("Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp")
        silent = subprocess.DEVNULL
        self._screen = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=silent, text=True, start_new_session=True
        )
        assert self._screen.stdout is not None
        self._display = f":{self._screen.stdout.readline().strip()}"
        if not (self.drive / "windows" / "system32" / "icuuc.dll").exists():
            self._make()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end_all()
        if self._screen is not None:
            self._screen.terminate()
            self._screen.wait()

    @property
    def environment(self) -> dict[str, str]:
        """For wine itself; what begins with QT_ does not reach the program."""
        own = {"WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all", "DISPLAY": self._display}
        # Neither a browser nor a .NET is wanted, and asking for them would open a window.
        own |= {"WINEDLLOVERRIDES": "mscoree,mshtml=", "WINEARCH": "win64", "LC_ALL": "C.UTF-8"}
        return {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | own

    def run(
        self,
        *command: str | Path,
        environment: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        timeout: float = 300,
    ) -> Done:
        """Run a Windows program to its end. subprocess.TimeoutExpired if it takes longer."""
        process = self.start(*command, environment=environment, cwd=cwd)
        try:
            said, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            self.end_all()
            process.kill()
            process.communicate()
            raise
        return Done(process.returncode, said)

    def start(
        self,
        *command: str | Path,
        environment: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> subprocess.Popen[str]:
        """Start a Windows program. Its standard streams are pipes: wine's files confuse Python."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            ("wine", *command),
            env=self.environment | dict(environment or {}),
            cwd=cwd,
            stdin=pipe,
            stdout=pipe,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )

    def end_all(self) -> None:
        """End every program of this Windows."""
        subprocess.run(("wineserver", "-k"), env=self.environment, check=False)
        subprocess.run(("wineserver", "-w"), env=self.environment, check=False, timeout=60)

    def path(self, windows_path: str) -> Path:
        """Where wine keeps what Windows programs call by this absolute path of drive C."""
        return self.drive / windows_path.removeprefix("C:\\").replace("\\", "/")

    def _make(self) -> None:
        self.prefix.mkdir(parents=True, exist_ok=True)
        self._tool("wineboot", "--init")
        self._tool("winecfg", "-v", "win10")
        compile_icu(self.drive / "windows" / "system32")

    def _tool(self, *command: str) -> None:
        subprocess.run(
            command, env=self.environment, check=True, timeout=300, stdout=subprocess.DEVNULL
        )


def compile_icu(folder: Path) -> None:
    """A stand-in for icuuc.dll whose every call says that it cannot."""
    refusals = [f"long long {name}(void) {{ return 0; }}" for name in ICU.split()]
    opening = (
        f"void *ucnv_open(const char *name, int *error) {{ *error = {ICU_UNSUPPORTED}; return 0; }}"
    )
    entry = "int __stdcall DllMain(void *a, unsigned b, void *c) { return 1; }"
    source = folder / "icuuc.c"
    source.write_text("\n".join([entry, opening, *refusals, ""]), "ascii")
    subprocess.check_call((COMPILER, "-shared", "-s", "-o", folder / "icuuc.dll", source))
    source.unlink()


def windows_path(path: Path) -> str:
    """A path of this Linux as wine's programs see it, on drive Z."""
    return "Z:" + str(path.absolute()).replace("/", "\\")
