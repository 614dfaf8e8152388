"""Rules that a card must keep beyond its shape, looking at nothing but the card."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from stalin_study.domain.card import Card, ExamQuestion, OrderSet, Question, TrueFalse
from stalin_study.domain.markup import plain
from stalin_study.domain.when import parse_when

Fault = tuple[str, str]
"""A field, such as `question[3].answer` (places from 1), and what was expected there."""

Accepts = Callable[[Question, str], bool]
"""Whether an answer to a question would be marked as right."""

_WithId = Question | TrueFalse | OrderSet | ExamQuestion
_WithPoint = Question | TrueFalse

KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
DISTRACTORS = {"short": 3, "either_or": 1}
_NOT_INLINE = (
    (re.compile(r"</?[A-Za-z][^>]*>|&\w+;"), "no HTML"),
    (re.compile(r"https?:|www\.|\w\]\("), "no web address or link"),
    (re.compile(r"!\[|`|^#+ |^[-*+] |^\d+\. |\n|\t"), "inline Markdown only, bold and italic"),
)


def card_faults(card: Card, accepts: Accepts) -> Iterator[Fault]:
    """Every rule that `card` breaks."""
    yield from _id_faults(card)
    yield from _size_faults(card)
    yield from _length_faults(card)
    yield from _text_faults(card)
    yield from _point_faults(card)
    for place, question in enumerate(card.questions, 1):
        yield from _question_faults(f"question[{place}]", question, accepts)
    for place, order in enumerate(card.order_sets, 1):
        yield from _order_faults(f"order[{place}]", order)


def point_places(card: Card) -> Iterator[str]:
    """The fields of a card's points, in the order of `card.points`."""
    for number, section in enumerate(card.sections, 1):
        for place in range(1, len(section.points) + 1):
            yield f"section[{number}].point[{place}]"


def ids_of(card: Card) -> Iterator[tuple[str, str, str]]:
    """Field, id and the letter that such ids have, of everything on the card that has an id."""
    for field, point in zip(point_places(card), card.points, strict=True):
        yield f"{field}.id", point.id, "p"
    kinds: tuple[tuple[str, str, Sequence[_WithId]], ...] = (
        ("question", "q", card.questions),
        ("true_false", "t", card.true_false),
        ("order", "o", card.order_sets),
        ("exam", "e", card.exam_questions),
    )
    for name, letter, holders in kinds:
        for place, holder in enumerate(holders, 1):
            yield f"{name}[{place}].id", holder.id, letter


def texts_of(card: Card) -> Iterator[tuple[str, str]]:
    """Field and text of all that a pupil may read on the card, but for other accepted answers."""
    yield "title", card.title
    yield "prompt", card.prompt
    for number, section in enumerate(card.sections, 1):
        yield f"section[{number}].heading", section.heading
    for field, point in zip(point_places(card), card.points, strict=True):
        yield f"{field}.text", point.text
        yield f"{field}.note", point.note
    for place, question in enumerate(card.questions, 1):
        field = f"question[{place}]"
        yield f"{field}.prompt", question.prompt
        yield f"{field}.answer", question.answer
        yield f"{field}.because", question.because
        yield from _numbered(f"{field}.distractors", question.distractors)
    for place, statement in enumerate(card.true_false, 1):
        yield f"true_false[{place}].statement", statement.statement
        yield f"true_false[{place}].because", statement.because
    for place, order in enumerate(card.order_sets, 1):
        yield f"order[{place}].title", order.title
        for number, event in enumerate(order.events, 1):
            yield f"order[{place}].events[{number}].text", event.text
    for place, exam in enumerate(card.exam_questions, 1):
        yield f"exam[{place}].prompt", exam.prompt
        yield from _numbered(f"exam[{place}].mark_scheme", exam.mark_scheme)
        yield from _numbered(f"exam[{place}].model", exam.model)


@lru_cache(maxsize=4096)
def normal_form(answer: str) -> str:
    """An answer without case, accents, punctuation and articles."""
    bare = unicodedata.normalize("NFKD", answer.casefold())
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    words = re.sub(r"[^\w\s]", "", re.sub(r"[-‐‑–—/]", " ", bare)).split()
    return " ".join(word for word in words if word not in ("a", "an", "the"))


def same_answer(question: Question, answer: str) -> bool:
    """Whether `answer` is an accepted one, case, accents, punctuation and articles forgiven."""
    return normal_form(answer) in {normal_form(accepted) for accepted in question.accepted}


def _numbered(field: str, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((f"{field}[{number}]", text) for number, text in enumerate(texts, 1))


def _id_faults(card: Card) -> Iterator[Fault]:
    if not KEBAB.fullmatch(card.id):
        yield "id", f"expected small letters, digits and single hyphens, found {card.id!r}"
    last_point = 0
    for field, found, letter in ids_of(card):
        start = f"c{card.source_card:02d}{letter}"
        if not re.fullmatch(rf"{start}\d+", found):
            yield field, f"expected {start} and a number, found {found!r}"
        elif letter == "p":
            number = int(found.removeprefix(start))
            if number <= last_point:
                message = f"expected points numbered in order, found {found!r} after {last_point}"
                yield field, message
            last_point = number


def _between(field: str, count: int, least: int, most: int, what: str) -> Iterator[Fault]:
    if not least <= count <= most:
        yield field, f"expected {least} to {most} {what}, found {count}"


def _size_faults(card: Card) -> Iterator[Fault]:
    yield from _between("aim", card.aim, 4, 7, "points to aim for")
    yield from _between("section", len(card.sections), 2, 5, "sections")
    if len(card.key_points) != card.aim:
        message = (
            f"expected {card.aim} key points, as many as the aim, found {len(card.key_points)}"
        )
        yield "aim", message
    yield from _between("true_false", len(card.true_false), 3, 5, "true or false statements")
    answers = {statement.answer for statement in card.true_false}
    if len(answers) == 1:
        only = str(answers.pop()).lower()
        yield "true_false", f"expected both true and false ones, but all are {only}"
    for place, exam in enumerate(card.exam_questions, 1):
        field = f"exam[{place}]"
        yield from _between(f"{field}.mark_scheme", len(exam.mark_scheme), 4, 8, "points")
        yield from _between(f"{field}.model", len(exam.model), 3, 5, "lines")
        if exam.marks < 1:
            yield f"{field}.marks", f"expected at least 1 mark, found {exam.marks}"


def _length_faults(card: Card) -> Iterator[Fault]:
    if len(card.title) > 45:
        yield "title", f"expected 45 characters at most, found {len(card.title)}"
    limits = {"text": 30, "note": 30, "because": 25}
    for field, text in texts_of(card):
        limit = limits.get(field.rpartition(".")[2])
        words = len(plain(text).text.split())
        if limit is not None and words > limit and not field.startswith("order"):
            yield field, f"expected {limit} words at most, found {words}"


def _text_faults(card: Card) -> Iterator[Fault]:
    for field, text in texts_of(card):
        if not text.strip():
            if not field.endswith(".note"):
                yield field, "expected some text"
            continue
        if "*" in plain(text).text:
            yield field, "expected every ** and * to have its partner"
        for pattern, wanted in _NOT_INLINE:
            if match := pattern.search(text):
                yield field, f"expected {wanted}, found {match[0]!r}"


def _point_faults(card: Card) -> Iterator[Fault]:
    points = {point.id for point in card.points}
    for field, point in zip(point_places(card), card.points, strict=True):
        if not point.sources:
            yield f"{field}.sources", "expected at least one source"
    kinds: tuple[tuple[str, Sequence[_WithPoint]], ...] = (
        ("question", card.questions),
        ("true_false", card.true_false),
    )
    for name, holders in kinds:
        for place, holder in enumerate(holders, 1):
            if holder.point not in points:
                message = f"expected a point of this card, found {holder.point!r}"
                yield f"{name}[{place}].point", message


def _question_faults(field: str, question: Question, accepts: Accepts) -> Iterator[Fault]:
    wanted = DISTRACTORS[question.kind]
    if len(question.distractors) != wanted:
        found = len(question.distractors)
        yield f"{field}.distractors", f"expected {wanted} for {question.kind}, found {found}"
    seen: set[str] = set()
    for place, distractor in enumerate(question.distractors, 1):
        where = f"{field}.distractors[{place}]"
        if normal_form(distractor) in seen:
            yield where, f"expected each wrong answer once, found {distractor!r} again"
        seen.add(normal_form(distractor))
        if same_answer(question, distractor) or accepts(question, distractor):
            yield where, f"expected a wrong answer, but {distractor!r} would be marked as right"


def _order_faults(field: str, order: OrderSet) -> Iterator[Fault]:
    yield from _between(f"{field}.events", len(order.events), 4, 6, "events")
    days = [parse_when(event.when) for event in order.events]
    for place, (event, day) in enumerate(zip(order.events, days, strict=True), 1):
        if day is None:
            message = f"expected a date such as 'March 1930' or 'late 1929', found {event.when!r}"
            yield f"{field}.events[{place}].when", message
    for place, (earlier, later) in enumerate(pairwise(days), 2):
        if earlier and later and not earlier.is_before(later):
            event, before = order.events[place - 1], order.events[place - 2]
            message = f"expected a date after {before.when!r}, found {event.when!r}"
            yield f"{field}.events[{place}].when", message
