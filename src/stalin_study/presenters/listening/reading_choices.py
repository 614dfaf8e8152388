"""How the pupil likes to be read to: in force at once, and remembered."""

from __future__ import annotations

from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.listening.state import Repeat
from stalin_study.services.settings import PupilSettings


class ReadingChoices:
    """What bar and dialog choose alike."""

    def __init__(self, listening: ListeningPresenter, settings: PupilSettings) -> None:
        self._listening = listening
        self._settings = settings

    def restore(self) -> None:
        """Have it as it was remembered."""
        settings, listening = self._settings.settings, self._listening
        listening.set_speed(settings.speech_speed)
        listening.set_volume(settings.speech_volume)
        listening.set_voice(settings.voice)
        listening.set_repeat(settings.reading_repeat)

    def choose_speed(self, speed: float) -> None:
        """Speak so fast, 0.5 to 2."""
        self._listening.set_speed(speed)
        self._settings.change(speech_speed=speed)

    def choose_volume(self, percent: int) -> None:
        """0 to 100; what is muted is not so at the next start."""
        self._listening.set_volume(percent)
        if percent:
            self._settings.change(speech_volume=percent)

    def choose_repeat(self, repeat: Repeat) -> None:
        """Repeat nothing, the track or the playlist."""
        self._listening.set_repeat(repeat)
        self._settings.change(reading_repeat=repeat)
