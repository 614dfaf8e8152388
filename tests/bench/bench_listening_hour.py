"""An hour of real listening at double speed into a null sink: memory, GUI thread, files.

`MINUTES` in the environment makes it shorter. Not run with the others: name it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from null_sink import NullSink
from stalin_study.app import build
from stalin_study.domain.playlists import Contents, playlist_of
from stalin_study.paths import find_paths
from stalin_study.presenters.listening.readings import playlist_reading
from stalin_study.startup import catch_errors

MINUTES = int(os.environ.get("MINUTES", "60"))


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sink = NullSink(folder / "sound")
        os.environ.update(sink.environment)
        try:
            listen(folder)
        finally:
            sink.close()


def listen(folder: Path) -> None:
    application = QApplication(["bench"])
    catch_errors(print)
    app = build(application, find_paths(folder / "data"))
    app.settings.change(is_welcomed=True)
    app.window.show()
    app.window.show_page("cards")
    listening, gaps = app.listening, [0.0]
    since, tick = QElapsedTimer(), QTimer()
    tick.setTimerType(Qt.TimerType.PreciseTimer)
    tick.timeout.connect(lambda: gaps.append(max(gaps.pop(), since.restart())))
    listening.set_speed(2.0)
    listening.set_repeat("playlist")
    playlist = playlist_of(app.deck, "deck")
    listening.play(playlist_reading(app.deck, playlist, Contents.WITH_NOTES, 400))
    sentences = set()
    listening.state_changed.connect(lambda s: sentences.add((s.track_number, s.number)))
    for minute in range(MINUTES + 1):
        own, worker = memory(os.getpid()), memory(app.speech.worker_id)
        files = list((folder / "data" / "cache" / "speech").glob("*"))
        size = sum(file.stat().st_size for file in files)
        print(
            f"{minute:3} min: app {own / 1e6:.1f} MB, voice {worker / 1e6:.1f} MB,"
            f" {len(files)} files of {size / 1e6:.0f} MB, longest gap of the GUI thread"
            f" {gaps[0]:.0f} ms, {len(sentences)} sentences, {listening.state.phase}",
            flush=True,
        )
        gaps[0] = 0.0
        if minute == 0:
            since.start()
            tick.start(5)
        loop = QEventLoop()
        QTimer.singleShot(60_000, loop.quit)
        loop.exec()
        if minute == 0:
            gaps[0] = 0.0
    app.close()
    app.window.close()


def memory(process_id: int) -> int:
    """Bytes of its own that it has in use, without files that are mapped (Linux)."""
    if not process_id:
        return 0
    lines = Path(f"/proc/{process_id}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon:"))


if __name__ == "__main__":
    start = time.monotonic()
    main()
    print(f"{time.monotonic() - start:.0f} s")
