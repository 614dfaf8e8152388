"""The pupil's choices: in force at once, saved in the background."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from stalin_study.services.jobs import Jobs
from stalin_study.services.settings_file import (
    FILE,
    LoadedSettings,
    Settings,
    changed,
    load_settings,
    save_settings,
)

__all__ = ["PupilSettings", "Settings"]
log = logging.getLogger(__name__)
NOT_SAVED = "Your settings could not be saved, so they hold until you close Stalin Study."


class PupilSettings(QObject):
    """Owns the settings of one data folder; read when made, in about a millisecond.

    `usual` holds wherever the pupil has chosen nothing; only what was chosen is saved. `notice` is
    a sentence about how reading went, or empty. `saving_failed(sentence)`, once until that is no
    longer so: `problem_passed(sentence)`.
    """

    settings_changed = Signal(object)
    saving_failed = Signal(str)
    problem_passed = Signal(str)

    def __init__(
        self,
        folder: Path,
        jobs: Jobs,
        usual: Settings | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._jobs = jobs
        self._usual = usual
        loaded = load_settings(folder, usual)
        self._settings = loaded.settings
        self._chosen = loaded.chosen
        self.notice = loaded.notice
        self._is_file_known = loaded.is_found
        self._older: LoadedSettings | None = None
        self._is_save_waiting = False
        self._has_failed = False

    @property
    def settings(self) -> Settings:
        """What holds now."""
        return self._settings

    def change(self, **changes: object) -> None:
        """Change fields by name. Raises TypeError for a name, ValidationError for a value."""
        settings = changed(self._settings, changes)
        if settings == self._settings:
            return
        self._settings = settings
        self._chosen |= changes.keys()
        # A save that still waits will take this change along.
        if not self._is_save_waiting:
            self._is_save_waiting = True
            self._jobs.run(self._save, self._saved, self._failed)
        self.settings_changed.emit(settings)

    def _save(self) -> LoadedSettings | None:
        """Save what was chosen; what an older file holds besides, if one has come up meanwhile."""
        self._is_save_waiting = False
        if not self._is_file_known and (self._folder / FILE).exists():
            self._older = load_settings(self._folder, self._usual)
        settings, chosen = _above(self._older, self._settings, self._chosen)
        save_settings(self._folder, settings, chosen)
        self._is_file_known = True
        return self._older

    def _saved(self, older: LoadedSettings | None) -> None:
        if self._has_failed:
            self._has_failed = False
            self.problem_passed.emit(NOT_SAVED)
        settings, self._chosen = _above(older, self._settings, self._chosen)
        if settings != self._settings:
            self._settings = settings
            self.settings_changed.emit(settings)

    def _failed(self, error: Exception) -> None:
        trace = None if isinstance(error, OSError) else error
        log.error("Settings could not be saved: %s", error, exc_info=trace)
        if not self._has_failed:
            self._has_failed = True
            self.saving_failed.emit(NOT_SAVED)


def _above(
    older: LoadedSettings | None, settings: Settings, chosen: frozenset[str]
) -> tuple[Settings, frozenset[str]]:
    """What was chosen just now, and beneath it what the file held: its folder was out of reach."""
    if older is None:
        return settings, chosen
    fields = msgspec.structs.asdict(settings)
    newer = {name: fields[name] for name in chosen}
    return msgspec.structs.replace(older.settings, **newer), older.chosen | chosen
