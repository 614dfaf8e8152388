"""Windows voices of OneCore, with stand-ins for the COM objects."""

import wave
from types import SimpleNamespace

import pytest

from fakes_speech import FakeDriver
from stalin_study.speech_worker.drivers import Drivers, Pyttsx3Driver
from stalin_study.speech_worker.onecore import CATEGORY
from stalin_study.speech_worker.protocol import ListVoices, Render, Voices
from stalin_study.speech_worker.worker import Caches, answer


class Token:
    """A voice token of Speech_OneCore."""

    def __init__(self, name, language):
        self.Id = rf"{CATEGORY}\Tokens\{name}"
        self._description = f"Microsoft {name} - English"
        self._language = language

    def GetDescription(self):
        return self._description

    def GetAttribute(self, name):
        assert name == "Language"
        if self._language is None:
            raise OSError("no such attribute")
        return self._language


class Category:
    """SpObjectTokenCategory."""

    def __init__(self, *tokens):
        self._tokens = tokens
        self._id = ""

    def SetId(self, name, create):
        assert not create
        self._id = name

    def EnumerateTokens(self):
        assert self._id == CATEGORY
        return iter(self._tokens)


class Engine:
    """A pyttsx3 engine with the SAPI5 driver: it is set to Hazel."""

    def __init__(self):
        self.tts = SimpleNamespace(Voice="hazel")
        self.proxy = SimpleNamespace(_driver=SimpleNamespace(_tts=self.tts))
        self.spoken_by = []

    def connect(self, topic, take):
        pass

    def startLoop(self, is_own):
        assert not is_own

    def iterate(self):
        pass

    def getProperty(self, name):
        if name == "voice":
            return self.tts.Voice
        return [
            SimpleNamespace(
                id="zira", name="Microsoft Zira Desktop - English", languages=["en-US"]
            ),
            SimpleNamespace(id="hedda", name="Microsoft Hedda Desktop", languages=["de-DE"]),
            SimpleNamespace(id="susan", name="Microsoft Susan", languages=["en-GB"]),
            SimpleNamespace(
                id="hazel", name="Microsoft Hazel Desktop - English", languages=["en-GB"]
            ),
        ]

    def setProperty(self, name, value):
        if name == "voice":
            self.tts.Voice = value

    def save_to_file(self, text, filename):
        self.spoken_by.append(self.tts.Voice)
        with wave.open(filename, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(bytes(1600))


GEORGE, MARK, HAZEL = Token("George", "809"), Token("Mark", "409;9"), Token("Hazel", "809")


def sapi(*tokens, create=None):
    engine = Engine()
    make = create or (lambda name: Category(*tokens))
    return engine, Pyttsx3Driver("sapi5", lambda name: engine, make)


def test_more_voices_follow_those_that_pyttsx3_knows():
    _, driver = sapi(MARK, GEORGE, HAZEL, Token("Conchita", "40a"))
    assert [(voice.id, voice.language) for voice in driver.voices()] == [
        ("hazel", "en-gb"),
        ("susan", "en-gb"),
        ("zira", "en-us"),
        (GEORGE.Id, "en-gb"),
        (MARK.Id, "en-us"),
    ]


def test_a_voice_of_onecore_speaks_and_gives_way_again(tmp_path):
    engine, driver = sapi(GEORGE)
    driver.voices()
    for voice in (GEORGE.Id, "hazel"):
        driver.render("Hello.", voice, 165, tmp_path / "a.wav")
    assert engine.spoken_by == [GEORGE, "hazel"]


@pytest.mark.parametrize("tokens", [(), (Token("Odd", "x"),), (Token("Bare", None),)])
def test_tokens_that_say_too_little_are_left_out(tokens):
    _, driver = sapi(*tokens)
    assert [voice.id for voice in driver.voices()] == ["hazel", "susan", "zira"]


def test_where_onecore_cannot_be_reached_the_plain_list_stays():
    def create(name):
        raise OSError("class not registered")

    _, driver = sapi(create=create)
    assert [voice.id for voice in driver.voices()] == ["hazel", "susan", "zira"]


def test_the_usual_voice_stays_first_after_another_one_has_read(tmp_path):
    _, driver = sapi(GEORGE)
    driver.voices()
    driver.render("Hello.", "susan", 165, tmp_path / "a.wav")
    assert driver.voices()[0].id == "hazel"


class CountingDriver(FakeDriver):
    """Counts how often it is asked for its voices; fails as often as it is told to."""

    def __init__(self, failures=0):
        super().__init__("sapi5")
        self.listings = 0
        self.failures = failures

    def voices(self):
        self.listings += 1
        if self.listings <= self.failures:
            raise OSError("busy")
        return super().voices()


def test_voices_are_listed_once_for_all_sentences_and_anew_when_asked_for():
    driver = CountingDriver()
    drivers = Drivers(["sapi5"], lambda name: driver)
    for _ in range(3):
        answer(Render("a", "Hello.", "/nowhere.wav"), drivers, Caches())
    assert driver.listings == 1
    reply = answer(ListVoices("v"), drivers, Caches())
    assert isinstance(reply, Voices)
    assert driver.listings == 2


@pytest.mark.logs_warnings
def test_a_list_that_failed_is_asked_for_again():
    driver = CountingDriver(failures=1)
    drivers = Drivers(["sapi5"], lambda name: driver)
    assert drivers.voices_of(driver) == ()
    assert [voice.id for voice in drivers.voices_of(driver)] == ["british"]
