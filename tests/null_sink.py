"""A sound server of its own whose only loudspeaker is a recorder: PulseAudio with a null sink."""

from __future__ import annotations

import array
import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

RATE = 22_050  # as espeak-ng renders: nothing is resampled on its way
LOUD = 300  # of 32,767
SETTLED_AFTER = 2 * RATE  # samples: a recorder that has just begun gets its first second late
_PATIENCE_S = 15


@dataclass(frozen=True)
class Recording:
    """Samples of one channel; `begun_at` is when the first one sounded, by `time.monotonic`."""

    samples: array.array[int]
    begun_at: float

    def first_sound_after(self, at: float) -> float | None:
        """When it was first loud after a moment; None if it never was."""
        start = max(int((at - self.begun_at) * RATE), 0)
        for place in range(start, len(self.samples)):
            if abs(self.samples[place]) > LOUD:
                return self.begun_at + place / RATE
        return None

    def last_sound_before(self, at: float) -> float | None:
        """When it was last loud before a moment."""
        end = min(int((at - self.begun_at) * RATE), len(self.samples))
        for place in range(end - 1, -1, -1):
            if abs(self.samples[place]) > LOUD:
                return self.begun_at + place / RATE
        return None

    def loudest(self, since: float, until: float) -> int:
        """The greatest sample between two moments."""
        start, end = (max(int((at - self.begun_at) * RATE), 0) for at in (since, until))
        return max(map(abs, self.samples[start:end]), default=0)


class NullSink:
    """The server; `environment` leads programs to it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        self._socket = folder / "sound"
        self.environment = {
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_RUNTIME_PATH": str(folder),
        }
        self._own = {**os.environ, **self.environment, "HOME": str(folder)}
        self._log = (folder / "pulseaudio.log").open("wb")
        self._recorder: subprocess.Popen[bytes] | None = None
        self._server = subprocess.Popen(
            [
                "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
                "--realtime=no", "--high-priority=no", "--disable-shm=yes",
                "-L", f"module-null-sink sink_name=null rate={RATE} channels=1",
                "-L", f"module-native-protocol-unix socket={self._socket} auth-anonymous=1",
            ],
            env=self._own,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )  # fmt: skip
        self._until_it_answers()

    def record(self) -> None:
        """Begin to record; returns when sound is coming in."""
        self._chunks: list[tuple[float, int, bytes]] = []
        self._is_running = threading.Event()
        self._recorder = subprocess.Popen(
            [
                "parec", "--device=null.monitor", "--format=s16le", "--channels=1",
                f"--rate={RATE}", "--latency-msec=5", "--raw",
            ],
            env=self._own,
            stdout=subprocess.PIPE,
            stderr=self._log,
        )  # fmt: skip
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        if not self._is_running.wait(_PATIENCE_S):
            raise RuntimeError("nothing is recorded")

    def recorded(self) -> Recording:
        """What was heard so far."""
        chunks = list(self._chunks)
        samples = array.array("h")
        samples.frombytes(b"".join(chunk for _, _, chunk in chunks))
        # What came soonest was delayed least.
        begun_at = min(at - total / RATE for at, total, _ in chunks)
        return Recording(samples, begun_at)

    def is_loud(self, within_s: float = 0.1) -> bool:
        """Whether there was a sound just now."""
        now = time.monotonic()
        latest = b"".join(chunk for at, _, chunk in self._chunks[-400:] if now - at < within_s)
        samples = array.array("h")
        samples.frombytes(latest)
        return max(map(abs, samples), default=0) > LOUD

    def unplug(self) -> None:
        """Take the loudspeaker away, and the recorder with it."""
        self._control("unload-module", "module-null-sink")

    def plug_in(self) -> None:
        """Bring a loudspeaker back."""
        options = ("sink_name=null", f"rate={RATE}", "channels=1")
        self._control("load-module", "module-null-sink", *options)

    def stop_recording(self) -> None:
        """End the recorder."""
        if self._recorder is not None:
            self._recorder.terminate()
            self._recorder.wait(_PATIENCE_S)
            self._thread.join(_PATIENCE_S)
            self._recorder = None

    def close(self) -> None:
        """End recorder and server."""
        self.stop_recording()
        self._server.terminate()
        self._server.wait(_PATIENCE_S)
        self._log.close()

    def _listen(self) -> None:
        recorder = self._recorder
        if recorder is None or recorder.stdout is None:
            return
        total, rest = 0, b""
        while content := os.read(recorder.stdout.fileno(), 65_536):
            now = time.monotonic()
            content = rest + content
            whole = len(content) // 2 * 2
            content, rest = content[:whole], content[whole:]
            total += whole // 2
            self._chunks.append((now, total, content))
            if total > SETTLED_AFTER:
                self._is_running.set()
        recorder.stdout.close()

    def _control(self, *words: str) -> str | None:
        done = subprocess.run(
            ["pactl", *words],
            env=self._own,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=False,
        )
        return done.stdout if done.returncode == 0 else None

    def _until_it_answers(self) -> None:
        end = time.monotonic() + _PATIENCE_S
        while self._control("info") is None:
            if time.monotonic() > end or self._server.poll() is not None:
                self.close()
                raise RuntimeError("the sound server did not start")
