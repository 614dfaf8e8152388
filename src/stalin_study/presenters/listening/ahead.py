"""Has sentences rendered before they are needed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.utterances import Utterance
from stalin_study.presenters.listening.tape import Place
from stalin_study.services.rendering import Rendering
from stalin_study.services.speech import SpeechService


class RenderingAhead(QObject):
    """Asks for the sentences at some places and holds what comes, by place.

    Signals: a place whose rendering is there; a place that cannot be rendered, and why.
    """

    rendered = Signal(object)
    failed = Signal(object, str)

    def __init__(self, speech: SpeechService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._reading = 0
        self._asked: dict[str, Place] = {}
        self._ready: dict[Place, Rendering] = {}
        speech.rendered.connect(self._take_rendering)
        speech.failed.connect(self._take_failure)

    def get(self, place: Place) -> Rendering | None:
        """The sentence at a place, if it is there already."""
        return self._ready.get(place)

    def want(self, wanted: Mapping[Place, Utterance], voice: str, speed: float) -> None:
        """Ask for what is not there and not asked for yet; let go of the rest."""
        for place in self._ready.keys() - wanted.keys():
            del self._ready[place]
        asked = set(self._asked.values())
        for place, utterance in wanted.items():
            if place not in self._ready and place not in asked:
                utterance_id = f"{self._reading}:{place.track}:{place.step}"
                self._asked[utterance_id] = place
                self._speech.render(utterance_id, utterance.text, voice, speed)

    def forget(self, place: Place) -> None:
        """Let go of one sentence, so that it can be asked for anew."""
        self._ready.pop(place, None)

    def drop(self) -> None:
        """Let go of everything; what was asked for is not waited for."""
        self._speech.cancel()
        self._asked.clear()
        self._ready.clear()
        self._reading += 1

    def _take_rendering(self, rendering: Rendering) -> None:
        place = self._asked.pop(rendering.utterance_id, None)
        if place is not None:
            self._ready[place] = rendering
            self.rendered.emit(place)

    def _take_failure(self, utterance_id: str, sentence: str) -> None:
        place = self._asked.pop(utterance_id, None)
        if place is not None:
            self.failed.emit(place, sentence)
