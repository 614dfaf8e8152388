"""`stalin-study speak`: a card as sound files, with the time of every word."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stalin_study.domain.card import Card
    from stalin_study.domain.deck import Deck
    from stalin_study.domain.utterances import Utterance
    from stalin_study.speech_worker.protocol import Failed, Rendered

TIMEOUT_S = 120
NO_ENGINE = "The voice stopped working, so the card could not be read. Try again."


def add_to(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `speak`; a parsed command has `run(options) -> exit code`."""
    parser = subparsers.add_parser("speak", help="write a card as sound files with word times")
    parser.add_argument("card", metavar="CARD_ID", help="the card to read")
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FOLDER",
        help="where to write 001.wav, 002.wav, ... and words.json",
    )
    parser.add_argument("--deck", type=Path, metavar="FOLDER", help="another deck's folder")
    parser.add_argument("--voice", default="", help="the id of a voice (default: the best one)")
    parser.add_argument(
        "--rate", type=_rate, default=165, metavar="WPM", help="words a minute, 80 to 450"
    )
    parser.set_defaults(run=_speak)


def _rate(written: str) -> int:
    try:
        rate = int(written)
    except ValueError:
        rate = 0
    if not 80 <= rate <= 450:
        raise argparse.ArgumentTypeError(f"expected 80 to 450 words a minute, found {written!r}")
    return rate


def _speak(options: argparse.Namespace) -> int:
    from stalin_study.domain.card_text import answer_blocks, prompt_blocks
    from stalin_study.domain.utterances import utterances
    from stalin_study.paths import find_paths
    from stalin_study.services.library import load_deck

    loaded = load_deck(options.deck or find_paths().deck)
    if loaded.deck is None:
        return _complain(str(loaded.problems[0]), 1)
    card = loaded.deck.cards_by_id.get(options.card)
    if card is None:
        return _complain(_unknown(options.card, loaded.deck), 2)
    folder: Path = options.out.absolute()
    if problem := _cannot_write(folder):
        return _complain(problem, 1)
    sentences = utterances((*prompt_blocks(card), *answer_blocks(card)))
    replies = _replies(sentences, loaded.deck, folder, options)
    if len(replies) < len(sentences):
        return _complain(NO_ENGINE, 1)
    return _write(card, sentences, replies, folder, options)


def _unknown(card_id: str, deck: Deck) -> str:
    from rapidfuzz import process

    found = process.extract(card_id, list(deck.cards_by_id), limit=3, score_cutoff=50)
    near = " or ".join(name for name, *_ in found)
    return f"There is no card {card_id!r}." + (f" Did you mean {near}?" if near else "")


def _cannot_write(folder: Path) -> str:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        reason = error.strerror or str(error)
        return f"Cannot write to {str(folder)!r} ({reason}). Choose another folder with --out."


def _replies(
    sentences: Sequence[Utterance], deck: Deck, folder: Path, options: argparse.Namespace
) -> list[Rendered | Failed]:
    """One reply a sentence, in order; fewer when the worker was lost."""
    from stalin_study.speech_worker.protocol import Render, encode, worker_command

    requests = b"".join(
        encode(
            Render(
                sentence.id,
                sentence.text,
                str(folder / f"{number:03}.wav"),
                deck.lexicon,
                options.voice,
                options.rate,
            )
        )
        for number, sentence in enumerate(sentences, 1)
    )
    program, arguments = worker_command(
        sys.executable, is_frozen=bool(getattr(sys, "frozen", False))
    )
    try:
        worker = subprocess.run(
            [program, *arguments],
            input=requests,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return list(_answers(worker.stdout))


def _answers(lines: bytes) -> Iterator[Rendered | Failed]:
    from msgspec import MsgspecError

    from stalin_study.speech_worker.protocol import Failed, Rendered, reply_from

    for line in lines.splitlines():
        try:
            reply = reply_from(line)
        except MsgspecError:  # cut off when the worker was lost
            return
        if isinstance(reply, Rendered | Failed):
            yield reply


def _write(
    card: Card,
    sentences: Sequence[Utterance],
    replies: Sequence[Rendered | Failed],
    folder: Path,
    options: argparse.Namespace,
) -> int:
    import msgspec

    from stalin_study.domain.wording import count_of
    from stalin_study.speech_worker.protocol import Failed

    told: list[dict[str, object]] = []
    notices: set[str] = set()
    milliseconds = failures = 0
    for number, (sentence, reply) in enumerate(zip(sentences, replies, strict=False), 1):
        if isinstance(reply, Failed):
            failures += 1
            _complain(f"Sentence {number}: {reply.error}", 1)
            continue
        told.append(_sentence(sentence, reply))
        notices.add(reply.notice)
        milliseconds += reply.duration_ms
    content = {
        "card": card.id,
        "title": card.title,
        "rate_wpm": options.rate,
        "sentences": told,
    }
    try:
        (folder / "words.json").write_bytes(msgspec.json.format(msgspec.json.encode(content)))
    except OSError as error:
        return _complain(f"Cannot write words.json ({error.strerror}). Free some space.", 1)
    for notice in filter(None, notices):
        _complain(notice, 0)
    count = count_of(len(told), "sentence")
    print(f"{count}, {milliseconds / 1000:.1f} seconds of speech, in {folder}")
    return 1 if failures else 0


def _sentence(sentence: Utterance, reply: Rendered) -> dict[str, object]:
    """Offsets are code points within the plain text of the block."""
    span = sentence.span
    return {
        "block": span.block,
        "start": span.start,
        "end": span.end,
        "text": sentence.text,
        "spoken": reply.spoken,
        "file": Path(reply.file).name,
        "duration_ms": reply.duration_ms,
        "exact": reply.exact,
        "words": [
            {
                "start_ms": start_ms,
                "start": span.start + start,
                "end": span.start + end,
                "word": sentence.text[start:end],
            }
            for start_ms, start, end in reply.words
        ],
    }


def _complain(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
