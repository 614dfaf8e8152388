"""What the end-to-end tests do again and again."""

from __future__ import annotations

import json

PRIMARY = "#3D4FD1"  # of the filled button, light theme


def reviews(program):
    return program.progress()["reviews"]


def settings(program):
    file = program.data / "settings.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else {}


def past_the_welcome(program):
    program.start()
    program.press("Return")
    program.until(lambda: settings(program).get("is_welcomed"), "the welcome stays")
    program.press("ctrl+2")  # Cards
    program.until_still()
