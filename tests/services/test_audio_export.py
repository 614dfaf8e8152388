"""An export: what is made, how it is told of, and how it ends when something goes wrong."""

import errno
import os
import shutil
import sys
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal

from fakes import InlineJobs, ManualJobs
from fakes_speech import BAD_WORKER
from fakes_study import make_deck
from sounds import decoded, id3_frames, longest_silence_ms, tone, wav_levels, write_wav
from stalin_study.domain.audio_names import COVER_FILE, AudioFormat, Cover
from stalin_study.domain.audio_tracks import AudioTrack, asking_tracks, reading_tracks
from stalin_study.domain.playlists import DECK, Contents, card_playlist, playlist_of
from stalin_study.domain.reading_steps import Rest, Say
from stalin_study.paths import find_paths
from stalin_study.services import audio_folder
from stalin_study.services.audio_export import AHEAD, VOICE_STOPPED, AudioExport, ExportPlan
from stalin_study.services.audio_folder import export_problem
from stalin_study.services.jobs import ThreadJobs
from stalin_study.services.library import load_deck
from stalin_study.services.rendering import Rendering
from stalin_study.services.speech import NO_ANSWER, NO_ENGINE, SpeechService
from stalin_study.speech_worker.protocol import NO_ROOM

DECK_FOLDER = find_paths().deck
SMALL = make_deck()
MADE_ON = date(2026, 11, 24)
RATE = 22050
GAP_MS = 400


def plan_of(folder, tracks=None, audio_format=AudioFormat.WAV, title="All cards", **more):
    tracks = tracks or reading_tracks(SMALL, playlist_of(SMALL, DECK), Contents.EVERY_POINT, GAP_MS)
    cover = Cover(title, "Read aloud.", "A small deck", "CC BY 4.0", "a voice", MADE_ON)
    return ExportPlan(cover, tracks, folder, audio_format, **more)


class ToneSpeech(QObject):
    """Renders each sentence as a tone of 10 ms a word, when the test says so."""

    rendered = Signal(object)
    failed = Signal(str, str)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.asked: dict[str, str] = {}
        self.most_asked = 0
        self.texts: list[str] = []
        self.wishes: set[tuple[str, float]] = set()
        self.is_closed = False

    def render(self, utterance_id: str, text: str, voice: str = "", speed: float = 1.0) -> None:
        assert not self.is_closed
        assert utterance_id not in self.asked
        self.asked[utterance_id] = text
        self.most_asked = max(self.most_asked, len(self.asked))
        self.texts.append(text)
        self.wishes.add((voice, speed))

    def close(self) -> None:
        self.is_closed = True
        self.asked.clear()

    def answer(self, file: Path | None = None, notice: str = "") -> None:
        utterance_id = next(iter(self.asked))
        words = len(self.asked.pop(utterance_id).split())
        if file is None:
            self._folder.mkdir(exist_ok=True)
            file = write_wav(self._folder / f"{words}.wav", tone(10 * words))
        self.rendered.emit(Rendering(utterance_id, file, (), 10 * words, True, notice=notice))

    def fail(self, sentence: str) -> None:
        utterance_id = next(iter(self.asked))
        del self.asked[utterance_id]
        self.failed.emit(utterance_id, sentence)


class Desk:
    """An export with fakes around it, and all that it told."""

    def __init__(self, folder: Path, jobs) -> None:
        self.folder = folder
        self.jobs = jobs
        self.speeches: list[ToneSpeech] = []
        self.made_jobs = 0
        self.export = AudioExport(self.make_speech, self.make_jobs)
        self.progress: list[tuple[int, int, str]] = []
        self.ends: list[tuple] = []
        self.export.progress_changed.connect(lambda *told: self.progress.append(told))
        self.export.finished.connect(lambda report: self.ends.append(("finished", report)))
        self.export.cancelled.connect(lambda report: self.ends.append(("cancelled", report)))
        self.export.failed.connect(lambda text, report: self.ends.append((text, report)))

    def make_speech(self) -> ToneSpeech:
        self.speeches.append(ToneSpeech(self.folder.parent / "speech"))
        return self.speeches[-1]

    def make_jobs(self):
        self.made_jobs += 1
        return self.jobs

    @property
    def speech(self) -> ToneSpeech:
        return self.speeches[-1]

    @property
    def end(self) -> str:
        """How the only export ended, for the pupil."""
        assert len(self.ends) == 1
        return self.ends[0][0]

    @property
    def report(self):
        return self.ends[-1][-1]

    def start(self, plan=None, **more) -> bool:
        return self.export.start(plan or plan_of(self.folder, **more))

    def say(self, count: int = 100_000) -> None:
        """Answer so many sentences, as long as there are any."""
        for _ in range(count):
            if not self.speech.asked:
                return
            self.speech.answer()

    def files(self, name: str = "All cards") -> list[str]:
        folder = self.folder / name
        return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "music"
    made.mkdir()
    return made


@pytest.fixture
def desk(qapp, folder):
    return Desk(folder, InlineJobs())


def sentences(track: AudioTrack) -> list[str]:
    return [step.utterance.text for step in track.steps if isinstance(step, Say)]


def length_ms(track: AudioTrack) -> int:
    """How long a track of tones is."""
    rests = sum(step.ms for step in track.steps if isinstance(step, Rest))
    return rests + sum(10 * len(text.split()) for text in sentences(track))


def test_every_track_is_a_file_of_its_sentences_and_rests(desk, folder):
    plan = plan_of(folder, voice="gmw/en", speed=1.5)
    assert desk.start(plan)
    desk.say()
    assert desk.end == "finished"
    assert desk.report == audio_folder.ExportReport(folder / "All cards", 3, 3)
    assert desk.files() == [
        "01 Card number 1.wav",
        "02 Card number 2.wav",
        "03 Card number 3.wav",
        "About these files.txt",
        "All cards.m3u8",
    ]
    assert desk.speech.texts == [text for track in plan.tracks for text in sentences(track)]
    assert desk.speech.wishes == {("gmw/en", 1.5)}
    for number, track in enumerate(plan.tracks, 1):
        rate, levels = wav_levels(folder / "All cards" / f"0{number} Card number {number}.wav")
        assert len(levels) / rate * 1000 == pytest.approx(length_ms(track), abs=30)
    assert desk.speech.is_closed
    assert not desk.export.is_running


def test_what_goes_with_the_files_names_them(desk, folder):
    desk.start()
    desk.say()
    listed = (folder / "All cards" / "All cards.m3u8").read_text(encoding="utf-8").splitlines()
    assert [line for line in listed if not line.startswith("#")] == desk.files()[:3]
    told = (folder / "All cards" / COVER_FILE).read_bytes()
    assert b"Read by a voice.\r\nMade with Stalin Study on 24 November 2026.\r\n" in told


def test_progress_goes_from_nothing_to_all(desk, folder):
    plan = plan_of(folder)
    desk.start(plan)
    total = sum(len(sentences(track)) for track in plan.tracks)
    assert desk.progress == [(0, total, "Card number 1")]
    desk.say()
    assert [done for done, _, _ in desk.progress] == list(range(total + 1))
    assert {of for _, of, _ in desk.progress} == {total}
    titles = [title for _, _, title in desk.progress]
    assert list(dict.fromkeys(titles)) == [track.title for track in plan.tracks]


def test_only_a_few_sentences_are_rendered_ahead(desk):
    desk.start()
    desk.say()
    assert desk.speech.most_asked == AHEAD


def test_a_voice_that_runs_ahead_of_the_disk_waits(qapp, folder):
    desk = Desk(folder, ManualJobs())
    desk.start()
    desk.say()
    assert len(desk.speech.texts) == AHEAD
    assert desk.jobs.waiting == 1
    desk.jobs.run_next()
    assert len(desk.speech.texts) == AHEAD + 1
    desk.export.close()


def test_sentences_are_written_in_order_however_they_come(desk, folder):
    steps = plan_of(folder).tracks[0].steps[:5]
    desk.start(plan_of(folder, (AudioTrack("One", steps),)))
    texts = sentences(AudioTrack("One", steps))
    asked = list(desk.speech.asked)
    for utterance_id in reversed(asked):
        desk.speech.asked = {utterance_id: texts[int(utterance_id)]}
        desk.speech.answer()
    assert desk.end == "finished"
    _, levels = wav_levels(folder / "All cards" / "01 One.wav")
    first = len(texts[0].split()) * 10 * RATE // 1000
    assert levels[:first].tobytes() == tone(10 * len(texts[0].split()))


def test_a_rest_without_an_end_is_none(desk, folder):
    one, two = [step for step in plan_of(folder).tracks[0].steps if isinstance(step, Say)][:2]
    endless = Rest(None, is_thinking=True)
    steps = (Rest(900), one, Rest(60), endless, Rest(40), two, Rest(900))
    desk.start(plan_of(folder, (AudioTrack("One", steps),)))
    desk.say()
    rate, levels = wav_levels(folder / "All cards" / "01 One.wav")
    words = sum(len(step.utterance.text.split()) for step in (one, two))
    assert len(levels) / rate * 1000 == pytest.approx(100 + 10 * words, abs=5)


def test_a_cancelled_export_keeps_what_is_whole(desk, folder):
    plan = plan_of(folder)
    desk.start(plan)
    desk.say(len(sentences(plan.tracks[0])) + 2)
    assert desk.files() == ["01 Card number 1.wav", "02 Card number 2.wav.part"]
    desk.export.cancel()
    assert desk.end == "cancelled"
    assert (desk.report.files, desk.report.count) == (1, 3)
    assert desk.files() == ["01 Card number 1.wav"]
    assert desk.speech.is_closed
    desk.export.cancel()
    assert len(desk.ends) == 1


def test_cancelled_at_once_it_leaves_nothing(desk):
    desk.start()
    desk.export.cancel()
    assert desk.report.files == 0
    assert list(desk.folder.iterdir()) == []
    desk.start()
    desk.say(2)
    desk.export.cancel()
    assert list(desk.folder.iterdir()) == []


def test_cancelling_from_within_the_progress(qapp, folder):
    desk = Desk(folder, ManualJobs())
    desk.export.progress_changed.connect(lambda done, *_: done == 5 and desk.export.cancel())
    desk.start()
    while not desk.ends:
        desk.say()  # more is rendered than is written
        desk.jobs.run_next()
    assert desk.end == "cancelled"
    assert desk.progress[-1][0] == 5
    assert desk.jobs.waiting == 0
    assert list(folder.iterdir()) == []


def test_an_empty_folder_of_that_name_stays(desk):
    (desk.folder / "All cards").mkdir()
    desk.start()
    desk.say(2)
    desk.export.cancel()
    assert [file.name for file in desk.folder.iterdir()] == ["All cards"]
    assert desk.files() == []


def test_there_is_one_export_at_a_time(qapp, folder):
    desk = Desk(folder, ManualJobs())
    assert desk.start()
    assert desk.export.is_running
    assert not desk.start()
    desk.speech.answer()
    desk.export.cancel()
    assert desk.export.is_running  # until what was begun is cleared away
    assert not desk.start()
    desk.jobs.drain()
    assert not desk.export.is_running
    assert desk.end == "cancelled"
    assert [done for done, _, _ in desk.progress] == [0]
    assert desk.start()
    desk.say(1)
    desk.jobs.drain()
    desk.export.close()
    assert (len(desk.speeches), desk.made_jobs) == (2, 1)


def test_what_goes_wrong_after_cancelling_is_not_told(qapp, folder):
    desk = Desk(folder, ManualJobs())
    desk.start()
    desk.say(1)
    folder.rmdir()
    desk.export.cancel()
    desk.jobs.drain()
    assert desk.end == "cancelled"


def test_what_says_nothing_is_not_begun(desk, folder):
    assert not desk.start(plan_of(folder, (AudioTrack("Silence", (Rest(500),)),)))
    assert desk.speeches == []
    assert not desk.export.is_running


def test_closing_stops_without_a_word(qapp, folder):
    desk = Desk(folder, ManualJobs())
    desk.start()
    desk.say(1)
    desk.jobs.run_next()
    assert desk.files() == ["01 Card number 1.wav.part"]
    desk.export.close()
    assert desk.jobs.is_closed
    assert desk.speech.is_closed
    assert desk.ends == []
    assert list(folder.iterdir()) == []
    assert not desk.start()
    desk.export.close()


@pytest.mark.parametrize("ends", ["cancelled", "failed"])
def test_closing_while_the_end_is_being_told(qapp, folder, ends):
    desk = Desk(folder, ManualJobs())
    desk.start()
    desk.say(1)
    desk.jobs.run_next()
    if ends == "cancelled":
        desk.export.cancel()
    else:
        desk.speech.fail(NO_ROOM)
    desk.export.close()
    assert desk.ends == []
    assert list(folder.iterdir()) == []


def test_closing_what_was_never_used(desk):
    desk.export.close()
    assert (desk.made_jobs, desk.speeches) == (0, [])


def test_a_sentence_that_cannot_be_read_is_left_out_and_counted(desk):
    desk.start()
    desk.say(2)
    for _ in range(3):
        desk.speech.fail(NO_ANSWER)
        desk.speech.fail(NO_ANSWER)
        desk.say(1)
    desk.say()
    assert desk.end == "finished"
    assert (desk.report.left_out, desk.report.files) == (6, 3)


def test_the_last_sentence_of_a_track_may_fail(desk, folder):
    steps = plan_of(folder).tracks[0].steps[:3]
    desk.start(plan_of(folder, (AudioTrack("One", steps),)))
    while len(desk.speech.asked) > 1:
        desk.speech.answer()
    desk.speech.fail(NO_ANSWER)
    assert desk.report.left_out == 1
    assert "01 One.wav" in desk.files()


@pytest.mark.parametrize(
    ("spoken", "failures", "sentence"),
    [
        (0, [NO_ENGINE], NO_ENGINE),
        (0, [NO_ANSWER], VOICE_STOPPED),
        (4, [NO_ROOM], NO_ROOM),
        (4, [NO_ANSWER] * 3, VOICE_STOPPED),
    ],
)
def test_a_voice_that_does_not_work_ends_the_export(desk, spoken, failures, sentence):
    desk.start()
    desk.say(spoken)
    for failure in failures:
        desk.speech.fail(failure)
    assert desk.end == sentence
    assert list(desk.folder.iterdir()) == []
    assert desk.speech.is_closed


def test_a_sound_that_is_gone_is_asked_for_once_more(desk, tmp_path):
    desk.start()
    desk.say(2)
    text = next(iter(desk.speech.asked.values()))
    desk.speech.answer(tmp_path / "swept away.wav")
    assert desk.speech.texts.count(text) == 2
    # It is answered after those that were asked for before.
    desk.say()
    assert desk.end == "finished"
    assert desk.report.left_out == 0


def test_sounds_that_nobody_can_read_end_the_export(desk, tmp_path):
    (tmp_path / "not sound.wav").write_text("none")
    desk.start()
    while desk.speech.asked:
        desk.speech.answer(tmp_path / "not sound.wav")
    assert desk.end == VOICE_STOPPED
    assert list(desk.folder.iterdir()) == []


def test_another_voice_is_told_of(desk):
    desk.start()
    desk.speech.answer(notice="Another voice reads.")
    desk.say()
    assert desk.report.notice == "Another voice reads."


def test_an_export_in_place_of_another_one(desk, folder):
    desk.start()
    desk.say()
    before = {name: (folder / "All cards" / name).stat().st_ino for name in desk.files()}
    other = folder / "All cards" / "Homework.txt"
    other.write_text("mine")
    desk.start()
    desk.say(3)
    assert set(before) < set(desk.files())
    desk.say()
    assert [end for end, _ in desk.ends] == ["finished"] * 2
    assert other.read_text() == "mine"
    assert len(desk.files()) == len(before) + 1


def test_a_folder_that_is_not_there(desk):
    desk.folder.rmdir()
    desk.start()
    desk.say()
    assert desk.end == audio_folder.FOLDER_GONE
    assert not desk.folder.exists()


def test_a_folder_that_vanishes_on_the_way(desk, folder):
    plan = plan_of(folder)
    desk.start(plan)
    desk.say(len(sentences(plan.tracks[0])) + 2)
    shutil.rmtree(folder)
    desk.say()
    assert desk.end == audio_folder.FOLDER_GONE
    assert desk.speech.is_closed


def test_a_file_where_the_folder_should_be(desk, folder):
    (folder / "All cards").write_text("mine")
    desk.start()
    desk.say()
    assert desk.end == audio_folder.IN_THE_WAY.format("All cards")
    assert (folder / "All cards").read_text() == "mine"


@pytest.mark.parametrize("audio_format", list(AudioFormat))
def test_a_name_that_cannot_be_replaced(desk, folder, audio_format):
    """As with a file that another program holds open on Windows."""
    name = f"02 Card number 2.{audio_format}"
    blocked = folder / "All cards" / name
    blocked.mkdir(parents=True)
    desk.start(audio_format=audio_format)
    desk.say()
    assert desk.end == audio_folder.IN_THE_WAY.format(name)
    assert desk.files() == [f"01 Card number 1.{audio_format}", name]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk here")
@pytest.mark.parametrize("name", ["02 Card number 2.wav", "All cards.m3u8", COVER_FILE])
def test_a_full_disk(desk, folder, name):
    (folder / "All cards").mkdir()
    (folder / "All cards" / f"{name}.part").symlink_to("/dev/full")
    desk.start()
    desk.say()
    assert desk.end == audio_folder.DISK_FULL
    assert not any(file.endswith(".part") for file in desk.files())
    assert name not in desk.files()
    assert desk.report.files == (1 if name.startswith("02") else 3)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may write everywhere")
def test_a_folder_that_cannot_be_written(desk, folder):
    folder.chmod(0o500)
    desk.start()
    desk.say()
    folder.chmod(0o700)
    assert desk.end == audio_folder.NOT_WRITABLE


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "full", "x"), audio_folder.DISK_FULL),
        (OSError(errno.EDQUOT, "quota", "x"), audio_folder.DISK_FULL),
        (OSError(errno.EFBIG, "too big", "x"), audio_folder.DISK_FULL),
        (PermissionError(errno.EACCES, "no", "x"), audio_folder.NOT_WRITABLE),
        (OSError(errno.EROFS, "read only", "x"), audio_folder.NOT_WRITABLE),
        (NotADirectoryError(errno.ENOTDIR, "no", "x"), audio_folder.FOLDER_GONE),
        (OSError(errno.EIO, "broken", "x"), audio_folder.GONE_WRONG),
        (RuntimeError("a fault of our own"), audio_folder.GONE_WRONG),
        (
            PermissionError(errno.EACCES, "open", "a.part", None, __file__),
            audio_folder.IN_THE_WAY.format(Path(__file__).name),
        ),
    ],
)
def test_what_goes_wrong_is_one_sentence(error, sentence):
    assert export_problem(error) == sentence


# With the real worker, a thread, and Qt's decoder.


@pytest.fixture(scope="module")
def deck():
    return load_deck(DECK_FOLDER).deck


class Studio:
    """An export as in the app; `spoken_ms` is how long its sentences are together."""

    def __init__(self, folder: Path, lexicon=(), arguments=()) -> None:
        self.spoken_ms = 0
        self.services: list[SpeechService] = []
        self._arguments = arguments or ["-m", "stalin_study.speech_worker.worker"]
        self._cache, self._lexicon = folder.parent / "speech", lexicon
        self.export = AudioExport(self.make_speech, partial(ThreadJobs, "export"))

    def make_speech(self) -> SpeechService:
        service = SpeechService(sys.executable, self._arguments, self._cache, self._lexicon)
        service.rendered.connect(self._count)
        self.services.append(service)
        return service

    def _count(self, rendering: Rendering) -> None:
        self.spoken_ms += rendering.duration_ms


@pytest.fixture
def studio(qapp, folder, deck):
    made = Studio(folder, deck.lexicon)
    yield made
    made.export.close()


def check_sound(rate, levels, spoken_ms, longest_ms):
    assert len(levels) / rate * 1000 == pytest.approx(spoken_ms, rel=0.02)
    assert longest_silence_ms(rate, levels, 0.01) <= longest_ms
    assert 0.3 < max(map(abs, levels)) < 1


@pytest.mark.qt_log_ignore("pipewire-0.3", extend=True)
@pytest.mark.parametrize("contents", [Contents.KEY_POINTS, Contents.WITH_NOTES])
def test_an_mp3_of_a_card_plays(studio, qtbot, folder, deck, contents):
    card = playlist_of(deck, card_playlist(deck.cards[0].id))
    tracks = reading_tracks(deck, card, contents, GAP_MS)
    with qtbot.waitSignal(studio.export.finished, timeout=60_000) as finished:
        studio.export.start(plan_of(folder, tracks, AudioFormat.MP3, card.title))
    report = finished.args[0]
    file = next(report.folder.glob("*.mp3"))
    rests_ms = sum(step.ms for step in tracks[0].steps if isinstance(step, Rest))
    check_sound(*decoded(qtbot, file), studio.spoken_ms + rests_ms, 2999)
    assert id3_frames(file.read_bytes())[0]["TIT2"] == deck.cards[0].title


@pytest.mark.qt_log_ignore("pipewire-0.3", extend=True)
def test_questions_have_time_to_think_and_no_other_silence(studio, qtbot, folder, deck):
    card = playlist_of(deck, card_playlist(deck.cards[0].id))
    (track,) = asking_tracks(deck, card, 4000)
    steps = track.steps[:24]
    with qtbot.waitSignal(studio.export.finished, timeout=60_000) as finished:
        studio.export.start(plan_of(folder, (AudioTrack("Asked", steps),), AudioFormat.MP3))
    rate, levels = decoded(qtbot, finished.args[0].folder / "01 Asked.mp3")
    rests = [step for step in steps if isinstance(step, Rest)]
    check_sound(rate, levels, studio.spoken_ms + sum(step.ms for step in rests), 4999)
    thinking = sum(step.is_thinking for step in rests)
    assert thinking > 2
    assert silences(rate, levels, 3000) == thinking


def silences(rate, levels, least_ms):
    """How many silences last as long as that."""
    count = quiet = 0
    for level in levels:
        quiet = quiet + 1 if abs(level) <= 0.01 else 0
        count += quiet == least_ms * rate // 1000
    return count


@pytest.mark.qt_log_ignore("pipewire-0.3", extend=True)
def test_the_whole_deck(studio, qtbot, folder, deck):
    tracks = reading_tracks(deck, playlist_of(deck, DECK), Contents.KEY_POINTS, GAP_MS)
    told = []
    studio.export.progress_changed.connect(lambda *progress: told.append(progress))
    with qtbot.waitSignal(studio.export.finished, timeout=100_000) as finished:
        studio.export.start(plan_of(folder, tracks, AudioFormat.MP3))
    report = finished.args[0]
    assert (report.files, report.left_out) == (len(deck.cards), 0)
    total = sum(len(sentences(track)) for track in tracks)
    assert [done for done, _, _ in told] == list(range(total + 1))
    files = sorted(report.folder.glob("*.mp3"))
    assert len(files) == len(deck.cards)
    assert not list(report.folder.glob("*.part"))
    rests_ms = sum(step.ms for track in tracks for step in track.steps if isinstance(step, Rest))
    sound_bytes = sum(file.stat().st_size - id3_frames(file.read_bytes())[1] for file in files)
    assert sound_bytes * 8 / 48 == pytest.approx(studio.spoken_ms + rests_ms, rel=0.02)


def test_a_whole_deck_that_is_cancelled_leaves_nothing_broken(studio, qtbot, folder, deck):
    tracks = reading_tracks(deck, playlist_of(deck, DECK), Contents.KEY_POINTS, GAP_MS)
    stop_at = len(sentences(tracks[0])) + 3
    studio.export.progress_changed.connect(
        lambda done, *_: done == stop_at and studio.export.cancel()
    )
    with qtbot.waitSignal(studio.export.cancelled, timeout=60_000) as cancelled:
        studio.export.start(plan_of(folder, tracks, AudioFormat.MP3))
    report = cancelled.args[0]
    assert report.files == 1
    assert [file.suffix for file in report.folder.iterdir()] == [".mp3"]
    assert studio.services[0].worker_id == 0
    with qtbot.waitSignal(studio.export.finished, timeout=60_000):
        assert studio.export.start(plan_of(folder, tracks[:1], AudioFormat.MP3))


def test_closing_the_app_while_it_exports(studio, qtbot, folder, deck):
    tracks = reading_tracks(deck, playlist_of(deck, DECK), Contents.KEY_POINTS, GAP_MS)
    with qtbot.waitSignal(
        studio.export.progress_changed, check_params_cb=lambda done, *_: done == 4
    ):
        studio.export.start(plan_of(folder, tracks, AudioFormat.MP3))
    studio.export.close()
    assert studio.services[0].worker_id == 0
    assert list(folder.iterdir()) == []


@pytest.mark.logs_warnings
def test_a_worker_that_dies_for_good_ends_the_export(qapp, qtbot, folder):
    studio = Studio(folder, arguments=["-c", BAD_WORKER, "always-dies", ""])
    with qtbot.waitSignal(studio.export.failed) as failed:
        studio.export.start(plan_of(folder))
    studio.export.close()
    assert failed.args[0] == VOICE_STOPPED
    assert list(folder.iterdir()) == []
