"""What was parsed from the files of a deck, kept by content so that they need no parsing again."""

from __future__ import annotations

import hashlib
import logging
import os
from contextlib import suppress
from pathlib import Path

import msgspec

from stalin_study.domain.deck import Shape
from stalin_study.domain.problems import Problem
from stalin_study.services.deck_files import ShapeT, to_shape

log = logging.getLogger(__name__)


class DeckCache:
    """One file of shapes by the digest of the TOML that they were parsed from.

    A file that is missing, damaged, or of other shapes is the same as an empty one: the cache can
    be deleted at any time and is never needed.
    """

    def __init__(self, folder: Path, deck_folder: Path) -> None:
        name = hashlib.blake2b(os.fsencode(deck_folder.resolve()), digest_size=8).hexdigest()
        self._file = folder / f"deck-{name}.msgpack"
        self._shapes = _fingerprint()
        self._kept = self._load()
        self._used: dict[bytes, msgspec.Raw] = {}
        self._has_new = False

    def to_shape(self, content: bytes, name: str, shape: type[ShapeT]) -> ShapeT | Problem:
        """Like `deck_files.to_shape`, from the cache where it has this content."""
        key = hashlib.blake2b(content, digest_size=16, person=shape.__name__.encode()).digest()
        kept = self._kept.get(key)
        if kept is not None:
            try:
                found = msgspec.msgpack.decode(kept, type=shape)
            except msgspec.MsgspecError:
                log.info("The cache of the deck is damaged: %s", self._file)
            else:
                self._used[key] = kept
                return found
        parsed = to_shape(content, name, shape)
        if not isinstance(parsed, Problem):
            self._used[key] = msgspec.Raw(msgspec.msgpack.encode(parsed))
            self._has_new = True
        return parsed

    def save(self) -> None:
        """Keep what this reading used, if any of it is new. A cache that cannot be written is
        logged and otherwise ignored.
        """
        if not self._has_new:
            return
        content = msgspec.msgpack.encode((self._shapes, self._used))
        new = self._file.with_suffix(f".{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(content)
            new.replace(self._file)
        except OSError as error:
            log.info("The cache of the deck was not written: %s", error)
            with suppress(OSError):
                new.unlink(missing_ok=True)

    def _load(self) -> dict[bytes, msgspec.Raw]:
        try:
            content = self._file.read_bytes()
            shapes, kept = msgspec.msgpack.decode(
                content, type=tuple[bytes, dict[bytes, msgspec.Raw]]
            )
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.MsgspecError) as error:
            log.info("The cache of the deck was not read: %s", error)
            return {}
        return kept if shapes == self._shapes else {}


def _fingerprint() -> bytes:
    """Changes when a shape gains, loses or renames a field, so that no old cache is believed."""
    names = sorted((shape.__name__, *shape.__struct_encode_fields__) for shape in _shapes(Shape))
    return hashlib.blake2b(repr(names).encode(), digest_size=16).digest()


def _shapes(base: type[Shape]) -> list[type[Shape]]:
    direct = base.__subclasses__()
    return direct + [shape for one in direct for shape in _shapes(one)]
