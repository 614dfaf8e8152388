"""The pupil's choices and their file. No Qt: they are read before the first window."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from stalin_study.domain.playlists import Contents
from stalin_study.services.whole_file import write_whole

log = logging.getLogger(__name__)
_UNREAD = "Your settings could not be read, so the usual ones hold."
FILE = "settings.json"
_MOST_BYTES = 1_000_000


class Settings(msgspec.Struct, frozen=True):
    """What the pupil has chosen. `speech_speed` is a factor; `text_percent` 100 to 200 by 25.

    `thinking_s` is the time to think in a hands-free test; 0 waits for a key. `finished_on` is the
    last study day whose work was done.
    """

    theme: Literal["system", "light", "dark", "cream", "contrast"] = "system"
    font: Literal["lexend", "atkinson", "opendyslexic"] = "lexend"
    text_percent: Literal[100, 125, 150, 175, 200] = 100
    motion: Literal["system", "on", "off"] = "system"
    ratings: Literal[2, 4] = 2
    exam_date: date | None = None
    minutes_a_day: Annotated[int, msgspec.Meta(ge=1, le=240)] = 10
    extra_time: Literal["none", "quarter", "half", "untimed"] = "none"
    voice: Annotated[str, msgspec.Meta(max_length=500)] = ""
    speech_speed: Annotated[float, msgspec.Meta(ge=0.5, le=2.0)] = 1.0
    speech_volume: Annotated[int, msgspec.Meta(ge=0, le=100)] = 100
    reading_gap_ms: Annotated[int, msgspec.Meta(ge=0, le=5000)] = 400
    reading_contents: Contents = Contents.EVERY_POINT
    reading_repeat: Literal["off", "track", "playlist"] = "off"
    thinking_s: Annotated[int, msgspec.Meta(ge=0, le=60)] = 6
    last_card: Annotated[str, msgspec.Meta(max_length=500)] = ""
    shows_every_point: bool = False
    is_welcomed: bool = False
    celebrated_on: date | None = None
    finished_on: date | None = None


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings as read; `notice` is a sentence for the pupil, or empty."""

    settings: Settings
    notice: str = ""


def load_settings(folder: Path) -> LoadedSettings:
    """Read the settings; never raises.

    A bad value gives way to its default, an unknown field is left out, a file that is no settings
    file is set aside under another name.
    """
    file = folder / FILE
    try:
        with file.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
        if not content:
            return LoadedSettings(Settings())
        if len(content) > _MOST_BYTES:
            raise ValueError("too big for settings")
        found = json.loads(content)
        if not isinstance(found, dict):
            raise ValueError("settings are a JSON object")
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except OSError:
        log.exception("Settings could not be read")
        return LoadedSettings(Settings(), _UNREAD)
    except (ValueError, RecursionError):
        log.exception("Settings are damaged")
        return LoadedSettings(Settings(), _set_aside(file))
    return LoadedSettings(_settings_of(found))


def changed(settings: Settings, changes: dict[str, object]) -> Settings:
    """`settings` with some fields changed. Raises TypeError or msgspec.ValidationError."""
    return msgspec.convert(msgspec.structs.asdict(settings) | _known(changes), Settings)


def save_settings(folder: Path, settings: Settings) -> None:
    """Replace the file in one step, so that it is the old or the new one. Raises OSError."""
    write_whole(folder / FILE, msgspec.json.format(msgspec.json.encode(settings)))


def _known(changes: dict[str, object]) -> dict[str, object]:
    unknown = changes.keys() - set(Settings.__struct_fields__)
    if unknown:
        raise TypeError(f"no such setting: {', '.join(sorted(unknown))}")
    return changes


def _settings_of(found: dict[str, Any]) -> Settings:
    good: dict[str, Any] = {}
    for field in msgspec.structs.fields(Settings):
        if field.name in found:
            try:
                good[field.name] = msgspec.convert(found[field.name], field.type)
            except msgspec.ValidationError as error:
                log.warning("Setting %s: %s", field.name, error)
    return Settings(**good)


def _set_aside(file: Path) -> str:
    number, aside = 1, file.with_name("settings-damaged.json")
    while aside.exists():
        number += 1
        aside = file.with_name(f"settings-damaged-{number}.json")
    try:
        file.rename(aside)
    except OSError:
        log.exception("Damaged settings could not be set aside")
        return _UNREAD
    return f"{_UNREAD[:-1]}; the old file is kept as {aside.name}."
