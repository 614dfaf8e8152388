"""What a technician has set for all pupils, and how a folder is written in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from stalin_study.domain.choices import FontChoice, MinutesADay, TextPercent, ThemeChoice

_EXPECTED = {
    "data_folder": "a folder in quotes",
    "theme": "system, light, dark, cream or contrast",
    "font": "lexend, atkinson or opendyslexic",
    "text_percent": "100, 125, 150, 175 or 200",
    "exam_date": "a date such as 2027-05-20",
    "minutes_a_day": "a whole number from 1 to 240",
}
_LONGEST_NAME = 40
# Texts, compiled only where there is a policy: this is loaded at every start.
_CONTROL = r"[\x00-\x1f\x7f]"
# ~ at the start, {user}, %HOMESHARE%. A lone brace or % stands for itself.
_PLACE = r"(?a)^~(?=[/\\]|$)|\{[^{}]*\}|%(?P<variable>[A-Za-z_][\w() ]*)%"


class Policy(msgspec.Struct, frozen=True):
    """What is set for all pupils; None where nothing is. The names are the keys of the file.

    `data_folder` is as written: see `expanded`. All others are what holds for pupils who have
    chosen nothing themselves.
    """

    data_folder: str | None = None
    theme: ThemeChoice | None = None
    font: FontChoice | None = None
    text_percent: TextPercent | None = None
    exam_date: date | None = None
    minutes_a_day: MinutesADay | None = None

    @property
    def choices(self) -> dict[str, Any]:
        """What is set of the pupil's choices, by the names of the settings."""
        found = msgspec.structs.asdict(self)
        return {
            name: value
            for name, value in found.items()
            if name != "data_folder" and value is not None
        }


class PlaceUnusable(Exception):
    """A folder that cannot be meant as it is written; the message says why."""


def policy_of(found: Mapping[str, object]) -> tuple[Policy, tuple[str, ...]]:
    """What can be used of a policy file, and what is wrong with the rest, each in a few words."""
    good: dict[str, Any] = {}
    wrong: list[str] = []
    fields = {field.name: field.type for field in msgspec.structs.fields(Policy)}
    for name, value in found.items():
        if name not in fields:
            wrong.append(f"“{re.sub(_CONTROL, ' ', name)[:_LONGEST_NAME]}” is no setting")
            continue
        try:
            # None cannot be written in TOML, so that the type may allow it.
            good[name] = msgspec.convert(value, fields[name])
        except msgspec.ValidationError:
            wrong.append(f"{name} must be {_EXPECTED[name]}")
    return Policy(**good), tuple(wrong)


def gone_by(policy: Policy, today: date) -> str:
    """What to tell of an exam that nobody can study for any more; empty if there is none."""
    exam = policy.exam_date
    return f"exam_date, {exam}, has gone by" if exam is not None and exam < today else ""


def expanded(text: str, places: Mapping[str, str], variables: Mapping[str, str]) -> str:
    """A folder with everything filled in: `{name}` and ~ from `places`, `%NAME%` from `variables`.

    What is filled in is not looked at again, but {user} must be a name and no path. Raises
    PlaceUnusable.
    """
    if not text.strip():
        raise PlaceUnusable("it is empty")
    if re.search(_CONTROL, text):
        raise PlaceUnusable(r"a folder with \ must stand in single quotes")

    def fill(match: re.Match[str]) -> str:
        written, variable = match[0], match["variable"]
        if variable is not None:
            value = variables.get(variable, "")
            if not value:
                raise PlaceUnusable(f"{written} is not set here")
            return value
        value = places.get("~" if written == "~" else written[1:-1], "")
        if not value:
            raise PlaceUnusable(f"{written[:_LONGEST_NAME]} is not known here")
        if written == "{user}" and (value in (".", "..") or re.search(r"[/\\:]", value)):
            raise PlaceUnusable("the name of the user is no name for a folder")
        return value

    return re.sub(_PLACE, fill, text.strip())
