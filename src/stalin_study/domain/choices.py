"""Choices that a pupil has, and that a technician may make beforehand for all pupils."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

ThemeChoice = Literal["system", "light", "dark", "cream", "contrast"]
FontChoice = Literal["lexend", "atkinson", "opendyslexic"]
TextPercent = Literal[100, 125, 150, 175, 200]
MinutesADay = Annotated[int, Meta(ge=1, le=240)]
