"""The voices to choose from, and a sample of each."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from stalin_study.domain.card_text import Block, BlockKind
from stalin_study.domain.markup import plain
from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.listening.state import ListeningState
from stalin_study.presenters.listening.tape import Reading
from stalin_study.services.listening_places import KeptPlace
from stalin_study.services.settings import PupilSettings, Settings
from stalin_study.services.speech import SpeechService
from stalin_study.speech_worker.protocol import Voice

SAMPLE = "voice-sample"
SAMPLE_TITLE = "Voice sample"
SAMPLE_TEXT = "In 1924 Lenin died, and Stalin, Trotsky and Bukharin fought over who would lead."

NOT_LISTED = "The voices could not be listed. Close this and open it again to try once more."
NO_VOICE = "No voice was found on this computer, so nothing can be read aloud."
GONE = "The voice you chose is not on this computer, so another one reads meanwhile."
ONLY_BUILT_IN = "Only the built-in voice is here."
MORE_VOICES = {
    "win32": "Windows Settings > Time & language > Speech > Add voices (English, United Kingdom).",
    "darwin": "System Settings > Accessibility > Spoken Content > System voice > Manage voices.",
}
BUILT_IN = "espeak_bundled"
_REQUEST = "voices"  # the id of the request for the list
_ENGINES = {"sapi5": "Windows voice", "nsss": "Mac voice"}
_ACCENTS = {
    "en": "English",
    "en-029": "Caribbean",
    "en-au": "Australian",
    "en-ca": "Canadian",
    "en-gb": "British",
    "en-gb-scotland": "Scottish",
    "en-gb-x-gbclan": "Lancaster",
    "en-gb-x-gbcwmd": "West Midlands",
    "en-gb-x-rp": "Received Pronunciation",
    "en-ie": "Irish",
    "en-in": "Indian",
    "en-nz": "New Zealand",
    "en-us": "American",
    "en-us-nyc": "New York",
    "en-za": "South African",
}


@dataclass(frozen=True, slots=True)
class VoiceChoice:
    """A voice in plain words; an empty `id` leaves the choice to the app."""

    id: str
    label: str
    is_chosen: bool = False
    is_british: bool = True


@dataclass(frozen=True, slots=True)
class VoicesState:
    """`choices` in the order to show, British ones first; `message` is a sentence or empty.

    `usual` is the label of the voice that reads when none is chosen, empty while not known.
    """

    choices: tuple[VoiceChoice, ...] = ()
    usual: str = ""
    is_listing: bool = False
    message: str = ""


class VoicesPresenter(QObject):
    """Lists voices, changes the pupil's, and lets one read a sample.

    A sample takes the place of what is read, which then waits, paused. Its voice lasts until
    something else is read, or nothing, and the settings stay as they are.
    """

    state_changed = Signal(object)

    def __init__(
        self,
        speech: SpeechService,
        settings: PupilSettings,
        listening: ListeningPresenter,
        platform: str = sys.platform,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._speech = speech
        self._settings = settings
        self._listening = listening
        self._platform = platform
        self._voices: tuple[Voice, ...] | None = None
        self._sampled: str | None = None
        self._interrupted: tuple[Reading, KeptPlace] | None = None
        self.state = VoicesState()
        speech.voices_listed.connect(self._take_voices)
        speech.failed.connect(self._take_failure)
        settings.settings_changed.connect(self._take_settings)
        listening.state_changed.connect(self._watch_sample)

    def refresh(self) -> None:
        """Ask for the voices, also again: one may have been added meanwhile."""
        if not self.state.is_listing:
            self._swap(replace(self.state, is_listing=True, message=""))
            self._speech.list_voices()

    def choose(self, voice: str) -> None:
        """Have a voice read from now on; empty for the usual one."""
        if self._sampled != voice:
            self.stop_sample()
        self._settings.change(voice=voice)
        self._listening.set_voice(voice)

    def sample(self, voice: str) -> None:
        """Have a voice read a sentence, in place of what is read now, without choosing it."""
        listening = self._listening
        if self._sampled is None:
            self._interrupted = listening.left_off()
        listening.stop()  # else what was read would go on in this voice for a moment
        listening.set_voice(voice)
        block = Block(SAMPLE, BlockKind.POINT, plain(SAMPLE_TEXT))
        listening.read(SAMPLE, SAMPLE_TITLE, (block,))
        self._sampled = voice

    def stop_sample(self) -> None:
        """End the sample, if it is what is read."""
        if self._sampled is not None:
            self._listening.stop()

    def _watch_sample(self, state: ListeningState) -> None:
        is_on = state.subject == SAMPLE and state.phase != "idle"
        if self._sampled is None or is_on:
            return
        self._sampled = None
        # At once, before the first sentence of the next reading is asked for.
        self._listening.set_voice(self._settings.settings.voice)
        # Later: a state sent from within another would reach those who listen before it.
        QTimer.singleShot(0, self, self._clear_sample)

    def _clear_sample(self) -> None:
        """Play does not read the sample again; what it interrupted waits at its place."""
        listening = self._listening
        if self._sampled is not None:
            return
        if listening.state.subject == SAMPLE:
            listening.stop()
        interrupted, self._interrupted = self._interrupted, None
        if interrupted is not None and listening.state.phase == "idle":
            reading, kept = interrupted
            listening.play(reading, kept=kept)
            listening.pause()

    def _take_voices(self, voices: tuple[Voice, ...]) -> None:
        self._voices = voices
        self._swap(self._listed())

    def _take_failure(self, request: str, _: str) -> None:
        if request == _REQUEST:
            self._swap(replace(self.state, is_listing=False, message=NOT_LISTED))

    def _take_settings(self, _: Settings) -> None:
        if self._voices is not None:
            self._swap(replace(self._listed(), is_listing=self.state.is_listing))

    def _listed(self) -> VoicesState:
        voices = self._voices or ()
        if not voices:
            return VoicesState(message=NO_VOICE)
        chosen = self._settings.settings.voice
        labels = voice_labels(voices)
        usual = voices[0]
        title = "The best British voice here" if _is_british(usual) else "The best voice here"
        first = VoiceChoice("", title, not chosen)
        choices = [
            VoiceChoice(
                voice.id, labels[voice.id], voice.id.lower() == chosen.lower(), _is_british(voice)
            )
            for voice in sorted(voices, key=lambda voice: not _is_british(voice))
        ]
        message = self._only_built_in(voices)
        if chosen and not any(choice.is_chosen for choice in choices):
            choices.append(
                VoiceChoice(chosen, "The voice you chose (not on this computer)", is_chosen=True)
            )
            message = GONE
        return VoicesState((first, *choices), labels[usual.id], message=message)

    def _only_built_in(self, voices: Iterable[Voice]) -> str:
        if any(voice.driver != BUILT_IN for voice in voices):
            return ""
        where = MORE_VOICES.get(self._platform)
        return f"{ONLY_BUILT_IN} To get a more natural one: {where}" if where else ONLY_BUILT_IN

    def _swap(self, state: VoicesState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def voice_labels(voices: Iterable[Voice]) -> dict[str, str]:
    """What to call each voice, by id; no two the same."""
    labels: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for voice in voices:
        label = _label(voice)
        seen[label] += 1
        labels[voice.id] = label if seen[label] == 1 else f"{label} {seen[label]}"
    return labels


def _label(voice: Voice) -> str:
    accent = _accent(voice.language)
    if voice.driver == BUILT_IN:
        return f"Built-in voice, {accent}"
    name = re.sub(r"^Microsoft | Desktop$", "", voice.name.split(" - ")[0]).strip()
    engine = _ENGINES.get(voice.driver, "voice of this computer")
    return f"{name or 'No name'} ({accent}), {engine}"


def _accent(language: str) -> str:
    """The longest beginning of a language's name that is known: "en-gb-x-new" is British."""
    parts = language.lower().split("-")
    names = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((_ACCENTS[name] for name in names if name in _ACCENTS), "English")


def _is_british(voice: Voice) -> bool:
    return voice.language.lower().startswith("en-gb")
