"""What was parsed from the files of a deck, kept so that they need no parsing again."""

from __future__ import annotations

import hashlib
import logging
import os
import stat
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from zlib import crc32

import msgspec

from stalin_study.domain.card import Card, CardFile, Shape
from stalin_study.domain.problems import Problem
from stalin_study.services.deck_files import ShapeT, read_bytes, to_shape
from stalin_study.small_file import check_small

log = logging.getLogger(__name__)
# A file may be changed twice within one tick of its clock; that of a memory stick has two seconds.
TICK_NS = 2_000_000_000
# At the start of a cache: length and checksum of its table.
HEAD = 12
_MOST_BYTES = 500_000_000
UNREAD = "This card could not be read. Please close Stalin Study and open it again."


class KeptFile(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How a file is known again, by size and time or else by its digest, and its shape.

    `changed_ns` is 0 for a file that was quite new. The shape of a card is `length` bytes `at` a
    place behind the table, and `subject_ids` are a line each; others are in the table.
    """

    size: int
    changed_ns: int
    digest: bytes
    shape: bytes = b""
    title: str = ""
    subject_ids: str = ""
    at: int = 0
    length: int = 0
    checksum: int = 0


Table = dict[str, KeptFile]


class DeckCache:
    """One file of shapes by the names of the TOML files that they were parsed from.

    Its table is read at once, a card when it is looked at. A cache that is missing, damaged, or of
    other shapes is the same as an empty one: it can be deleted at any time and is never needed.
    """

    def __init__(self, folder: Path, deck_folder: Path) -> None:
        name = hashlib.blake2b(os.fsencode(deck_folder.resolve()), digest_size=8).hexdigest()
        self._file = folder / f"deck-{name}.msgpack"
        self._deck_folder = deck_folder
        self._shapes = _fingerprint()
        self._cards_at = 0
        self._kept = self._load()
        self._used: Table = {}
        self._new_cards: dict[str, bytes] = {}
        self._has_new = False

    def read(self, name: str, shape: type[ShapeT]) -> ShapeT | Problem:
        """Like `PlainFiles.read`, from the cache where the file is unchanged."""
        kept = self._unchanged(name, self._status(name))
        if kept is None:
            return self._parsed(name, shape)
        return msgspec.msgpack.decode(kept.shape, type=shape)

    def card(self, name: str, status: os.stat_result | None) -> Card | Problem:
        """A card's file, not read yet where it is unchanged; `status` as its folder tells it."""
        kept = self._unchanged(name, status)
        if kept is None:
            file = self._parsed(name, CardFile)
            return file if isinstance(file, Problem) else Card.of(file)
        subject_ids = tuple(kept.subject_ids.split("\n"))
        return Card(kept.title, subject_ids, partial(self._unpacked, name, kept))

    def save(self) -> None:
        """Keep what this reading used, if any of it is new. A cache that cannot be written is
        logged and otherwise ignored.
        """
        if not self._has_new:
            return
        new = self._file.with_suffix(f".{os.getpid()}")
        try:
            cards = [self._packed(name, kept) for name, kept in self._used.items()]
            table = msgspec.msgpack.encode((self._shapes, _placed(self._used, cards)))
            head = len(table).to_bytes(8, "big") + crc32(table).to_bytes(4, "big")
            self._file.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(b"".join((head, table, *cards)))
            new.replace(self._file)
        except OSError as error:
            log.info("The cache of the deck was not written: %s", error)
            with suppress(OSError):
                new.unlink(missing_ok=True)
        self._new_cards.clear()

    def _status(self, name: str) -> os.stat_result | None:
        try:
            return (self._deck_folder / name).stat()
        except (OSError, ValueError):
            return None

    def _unchanged(self, name: str, status: os.stat_result | None) -> KeptFile | None:
        kept = self._kept.get(name)
        if kept is None or status is None or not stat.S_ISREG(status.st_mode):
            return None
        if (kept.size, kept.changed_ns) != (status.st_size, status.st_mtime_ns):
            return None
        self._used[name] = kept
        return kept

    def _parsed(self, name: str, shape: type[ShapeT]) -> ShapeT | Problem:
        """Read the file; what it holds is parsed unless the cache has it from the same bytes."""
        status = self._status(name)
        content = read_bytes(self._deck_folder / name, name)
        if isinstance(content, Problem):
            return content
        digest = hashlib.blake2b(content, digest_size=16).digest()
        kept = self._kept.get(name)
        found: ShapeT | Problem | None = None
        if kept is not None and kept.digest == digest:
            with suppress(OSError, msgspec.MsgspecError):
                found = msgspec.msgpack.decode(self._packed(name, kept) or kept.shape, type=shape)
        if found is None:
            found = to_shape(content, name, shape)
        if not isinstance(found, Problem):
            self._keep(name, found, status, digest)
        return found

    def _keep(self, name: str, shape: Shape, status: os.stat_result | None, digest: bytes) -> None:
        packed = msgspec.msgpack.encode(shape)
        changed = status.st_mtime_ns if status is not None else 0
        is_new = changed > time.time_ns() - TICK_NS
        size, changed = (0, 0) if status is None or is_new else (status.st_size, changed)
        if isinstance(shape, CardFile):
            ids = "\n".join(shape.subject_ids)
            kept = KeptFile(size, changed, digest, b"", shape.title, ids, 0, len(packed))
            self._new_cards[name] = packed
        else:
            kept = KeptFile(size, changed, digest, packed)
        before = self._kept.get(name)
        self._has_new |= before is None or (before.digest, before.changed_ns) != (digest, changed)
        self._used[name] = kept

    def _packed(self, name: str, kept: KeptFile) -> bytes:
        """A card's shape; nothing for another file. Raises OSError where it is not as it was."""
        packed = self._new_cards.get(name)
        if packed is not None or not kept.length:
            return packed or b""
        with self._file.open("rb") as stream:
            stream.seek(self._cards_at + kept.at)
            packed = stream.read(kept.length)
        if crc32(packed) != kept.checksum:
            raise OSError("the cache of the deck is damaged, or another one by now")
        return packed

    def _unpacked(self, name: str, kept: KeptFile) -> CardFile:
        try:
            return msgspec.msgpack.decode(self._packed(name, kept), type=CardFile)
        except (OSError, msgspec.MsgspecError) as error:
            log.info("A card is parsed again: %s", error)
        content = read_bytes(self._deck_folder / name, name)
        file = content if isinstance(content, Problem) else to_shape(content, name, CardFile)
        if isinstance(file, Problem):
            log.warning("A card could not be read: %s", file)
            return CardFile(kept.subject_ids.split("\n")[0], 0, kept.title, UNREAD, 0, ())
        return file

    def _load(self) -> Mapping[str, KeptFile]:
        try:
            check_small(self._file, _MOST_BYTES)
            with self._file.open("rb") as stream:
                head = stream.read(HEAD)
                length = int.from_bytes(head[:8], "big")
                table = stream.read(min(length, os.fstat(stream.fileno()).st_size))
            if len(head) < HEAD or crc32(table) != int.from_bytes(head[8:], "big"):
                raise msgspec.DecodeError("its checksum is wrong")
            shapes, kept = msgspec.msgpack.decode(table, type=tuple[bytes, Table])
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.MsgspecError) as error:
            log.info("The cache of the deck was not read: %s", error)
            return {}
        self._cards_at = HEAD + len(table)
        return kept if shapes == self._shapes else {}


def _placed(used: Table, cards: list[bytes]) -> Table:
    """The table, with the places at which the cards lie one after another."""
    placed, at = {}, 0
    for (name, kept), packed in zip(used.items(), cards, strict=True):
        placed[name] = kept
        if packed:
            changes = {"at": at, "length": len(packed), "checksum": crc32(packed)}
            placed[name] = msgspec.structs.replace(kept, **changes)
            at += len(packed)
    return placed


def _fingerprint() -> bytes:
    """Changes when a shape gains, loses or renames a field, so that no old cache is believed."""
    shapes: list[type[msgspec.Struct]] = [KeptFile, *_shapes(Shape)]
    names = sorted((shape.__name__, *shape.__struct_encode_fields__) for shape in shapes)
    return hashlib.blake2b(repr(names).encode(), digest_size=16).digest()


def _shapes(base: type[Shape]) -> list[type[Shape]]:
    direct = base.__subclasses__()
    return direct + [shape for one in direct for shape in _shapes(one)]
