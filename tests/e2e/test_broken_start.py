"""The real program opens with everything broken at once, and waits for nothing."""

from __future__ import annotations

import shutil

import pytest

from e2e_steps import reviews, settings
from ruins import ruin
from stalin_study.paths import this_installation

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]
OF_THE_PUPIL = ["settings.json", "self-test.json", "listening.json", "profiles.json"]
OF_THE_PUPIL += ["stalin-study.log", "open.lock", "cache"]


@pytest.mark.parametrize("kind", ["pipe", "random"])
def test_it_opens_and_saves_an_answer(program, tmp_path, kind):
    root = this_installation().root
    for part in ("src", "cards", "resources"):
        shutil.copytree(root / part, tmp_path / "program" / part)
    for file in (tmp_path / "program" / "resources").glob("*/*"):
        ruin(file, kind)
    program.data.mkdir()
    for name in OF_THE_PUPIL:
        ruin(program.data / name, kind)
    program.environment["PYTHONPATH"] = str(tmp_path / "program" / "src")
    program.start()
    program.press("Return")  # past the welcome
    program.until(lambda: settings(program).get("is_welcomed"), "the welcome stays")
    program.press("ctrl+2")
    program.until_still()
    program.press("space")
    program.until_still()
    program.press("2")
    program.until(lambda: reviews(program) == 1, "the rating is not kept")
    assert program.close() == 0
