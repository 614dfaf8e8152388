"""The pupil's choices and their file. No Qt: they are read before the first window."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from stalin_study.domain.choices import FontChoice, MinutesADay, TextPercent, ThemeChoice
from stalin_study.domain.playlists import Contents
from stalin_study.domain.policy import Policy
from stalin_study.services.whole_file import write_whole
from stalin_study.small_file import USELESS, read_small

log = logging.getLogger(__name__)
_UNREAD = "Your settings could not be read, so the usual ones hold."
_PARTLY_UNREAD = "Some of your settings could not be read, so the usual ones hold in their place."
FILE = "settings.json"
_MOST_BYTES = 1_000_000


class Settings(msgspec.Struct, frozen=True):
    """What the pupil has chosen. `speech_speed` is a factor; `text_percent` 100 to 200 by 25.

    `thinking_s` is the time to think in a hands-free test; 0 waits for a key. `finished_on` is the
    last study day whose work was done.
    """

    theme: ThemeChoice = "system"
    font: FontChoice = "lexend"
    text_percent: TextPercent = 100
    motion: Literal["system", "on", "off"] = "system"
    ratings: Literal[2, 4] = 2
    exam_date: date | None = None
    minutes_a_day: MinutesADay = 10
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
    """Settings as read; `chosen` are those that the file holds.

    `notice` is a sentence for the pupil, or empty.
    """

    settings: Settings
    notice: str = ""
    chosen: frozenset[str] = frozenset()
    is_found: bool = False


def usual_settings(policy: Policy) -> Settings:
    """What holds for a pupil who has chosen nothing."""
    return Settings(**policy.choices)


def load_settings(
    folder: Path, usual: Settings | None = None, *, may_set_aside: bool = True
) -> LoadedSettings:
    """Read the settings; what the file does not hold is as usual. Never raises.

    A bad value gives way to the usual one, an unknown field is left out, what is no settings file
    is set aside under another name.
    """
    file = folder / FILE
    usual = usual or Settings()
    try:
        content = read_small(file, _MOST_BYTES)
        if not content:
            log.warning("The settings file is empty")
            return LoadedSettings(usual, _UNREAD)
        found = json.loads(content)
        if not isinstance(found, dict):
            raise ValueError("settings are a JSON object")
    except FileNotFoundError:
        return LoadedSettings(usual)
    except (OSError, ValueError, RecursionError) as error:
        log.error("Settings could not be read: %s", error)
        # What is only out of reach stays where it is.
        is_useless = not isinstance(error, OSError) or error.errno in USELESS
        notice = _set_aside(file) if is_useless and may_set_aside else _UNREAD
        return LoadedSettings(usual, notice)
    good = _good_values(found)
    notice = _PARTLY_UNREAD if found.keys() & set(Settings.__struct_fields__) - set(good) else ""
    settings = msgspec.structs.replace(usual, **good)
    return LoadedSettings(settings, notice, frozenset(good), is_found=True)


def changed(settings: Settings, changes: dict[str, object]) -> Settings:
    """`settings` with some fields changed. Raises TypeError or msgspec.ValidationError."""
    return msgspec.convert(msgspec.structs.asdict(settings) | _known(changes), Settings)


def save_settings(
    folder: Path, settings: Settings, names: Collection[str] = Settings.__struct_fields__
) -> None:
    """Replace the file in one step, so that it is the old or the new one. Raises OSError.

    It holds only the settings of these names: for others the technician may set what is usual.
    """
    fields = msgspec.structs.asdict(settings)
    kept = {name: value for name, value in fields.items() if name in names}
    write_whole(folder / FILE, msgspec.json.format(msgspec.json.encode(kept)))


def _known(changes: dict[str, object]) -> dict[str, object]:
    unknown = changes.keys() - set(Settings.__struct_fields__)
    if unknown:
        raise TypeError(f"no such setting: {', '.join(sorted(unknown))}")
    return changes


def _good_values(found: dict[str, Any]) -> dict[str, Any]:
    good: dict[str, Any] = {}
    for field in msgspec.structs.fields(Settings):
        if field.name in found:
            try:
                good[field.name] = msgspec.convert(found[field.name], field.type)
            except msgspec.ValidationError as error:
                log.warning("Setting %s: %s", field.name, error)
    return good


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
