"""Stand-ins for progress, settings and the voice, and a small deck to show."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import msgspec
from PySide6.QtCore import QObject, Signal

from stalin_study.domain.annotations import NONE, Annotation, AnnotationKind, with_annotation
from stalin_study.domain.card import Card, CardFile, Point, Question, Section
from stalin_study.domain.deck import Deck, Term, Topic
from stalin_study.domain.memory import rebuild
from stalin_study.domain.review_log import ReviewEntry, StudyChanges
from stalin_study.presenters.listening.state import ListeningState
from stalin_study.services.settings import Settings


def make_card(number: int, points: int = 6) -> Card:
    """A card with four key points, a note on its first point and one question."""
    made = tuple(
        Point(
            f"c{number:02d}p{place:02d}",
            f"Fact {place} of card {number}: in **19{20 + place}** the NEP changed. It was new.",
            ("EK",),
            key=place <= 4,
            note="The figure is disputed." if place == 1 else "",
        )
        for place in range(1, points + 1)
    )
    question = Question(
        f"c{number:02d}q01",
        "short",
        f"Which year goes with card {number}?",
        f"19{20 + number}",
        ("1901", "1902", "1903"),
        made[0].id,
        "Because it says so.",
    )
    return Card.of(
        CardFile(
            f"card-{number}",
            number,
            f"Card number {number}",
            f"What happened on card {number}?",
            4,
            (Section("First part", made[:3]), Section("Second part", made[3:])),
            (question,),
        )
    )


def rewritten(card: Card, **changes: object) -> Card:
    """A card as if its file had these fields."""
    return Card.of(msgspec.structs.replace(card.file, **changes))


def make_deck() -> Deck:
    """Two topics, three cards, one term."""
    cards = [make_card(number) for number in (1, 2, 3)]
    return Deck(
        id="small",
        title="A small deck",
        ages="14-16",
        licence="CC BY 4.0",
        courses=(),
        topics=(
            Topic("first", "First topic", "About it.", tuple(cards[:2])),
            Topic("second", "Second topic", "About that.", (cards[2],)),
        ),
        terms=(Term("nep", "NEP", "The New Economic Policy", ("card-1",)),),
    )


class FakeReviews(QObject):
    """Keeps reviews in a list; saved at once, or when `save` is called."""

    study_changed = Signal(object, object)
    saved = Signal(str)
    saving_failed = Signal(str)
    opened = Signal(str)
    annotations_changed = Signal(str)

    def __init__(self, now) -> None:
        super().__init__()
        self._now = now
        self.annotations = {}
        self.annotated: list[tuple[str, AnnotationKind, str]] = []
        self.waiting = []
        self.entries: list[ReviewEntry] = []
        self.given_states = {}
        self.memory_states = {}
        self.undone: list[ReviewEntry] = []
        self._count = 0
        self.pending = 0
        self.problem = ""
        self.saves_at_once = True

    def record(self, subject_id, way, rating, **more) -> ReviewEntry:
        return self.record_answer([(subject_id, rating)], way, **more)[0]

    def record_answer(self, ratings, way, *, initiator=None, **more) -> tuple[ReviewEntry, ...]:
        at, recorded = self._now(), []
        for subject_id, rating in ratings:
            self._count += 1
            entry = ReviewEntry(f"r{self._count}", subject_id, at, way, rating, **more)
            recorded.append(entry)
            self.entries.append(entry)
            self.pending += 1
            if self.saves_at_once:
                self.save(entry)
        self._tell(recorded, initiator)
        return tuple(recorded)

    def save(self, entry) -> None:
        """Tell that an entry is on disk."""
        self.pending -= 1
        self.saved.emit(entry.uuid)

    def undo(self, entry_ids, initiator=None) -> None:
        undone = [entry for entry in self.entries if entry.uuid in entry_ids]
        self.entries = [entry for entry in self.entries if entry not in undone]
        self.undone += undone
        self._tell(undone, initiator)

    def annotate(self, card_id, kind, text) -> None:
        self.annotated.append((card_id, kind, text))
        made = Annotation(f"a{len(self.annotated)}", card_id, kind, text, self._now())
        held = with_annotation(self.annotations.get(card_id, NONE), made)
        self.annotations = {**self.annotations, card_id: held}
        self.annotations_changed.emit(card_id)

    def ask(self, question, on_answer, on_problem=None) -> None:
        self.waiting.append((question, on_answer, list(self.annotated)))
        if self.saves_at_once:
            self.answer_all()

    def answer_all(self, *, is_saved=True) -> None:
        """Answer what was asked, with what was annotated until then, or with nothing saved."""
        waiting, self.waiting = self.waiting, []
        for question, on_answer, said in waiting:
            on_answer(question(_store_with(said if is_saved else [])))

    def seconds_since(self, at) -> float:
        return sum(entry.took_ms for entry in self.entries if entry.reviewed_at >= at) / 1000

    @property
    def times(self) -> tuple:
        return tuple((entry.reviewed_at, entry.took_ms) for entry in self.entries)

    def _tell(self, entries, initiator) -> None:
        self.memory_states = {**self.given_states, **rebuild(self.entries)}
        subjects = frozenset(entry.subject_id for entry in entries)
        self.study_changed.emit(StudyChanges(subjects), initiator)


def _store_with(said):
    def query(_sql, values):
        found = [text for card_id, kind, text in said if (card_id, kind.value) == values]
        return [{"text": found[-1]}] if found else []

    return SimpleNamespace(query=query)


class FakeSettings(QObject):
    """Settings that are not saved."""

    settings_changed = Signal(object)
    saving_failed = Signal(str)

    def __init__(self, **given) -> None:
        super().__init__()
        self.settings = Settings(**given)

    def change(self, **changes) -> None:
        settings = Settings(
            **{
                name: changes.get(name, getattr(self.settings, name))
                for name in Settings.__struct_fields__
            }
        )
        if settings != self.settings:
            self.settings = settings
            self.settings_changed.emit(settings)


class FakeListening(QObject):
    """Remembers what it was asked to read."""

    state_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.state = ListeningState()
        self.read_blocks: list[tuple] = []
        self.is_closed = False

    def read(self, subject, title, blocks) -> None:
        self.read_blocks.append((subject, tuple(block.key for block in blocks)))
        self.state = replace(self.state, phase="playing", subject=subject, title=title)
        self.state_changed.emit(self.state)

    def stop(self) -> None:
        self.state = ListeningState()
        self.state_changed.emit(self.state)

    def close(self) -> None:
        self.is_closed = True
