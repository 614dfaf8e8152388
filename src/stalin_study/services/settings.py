"""The pupil's choices: in force at once, saved in the background."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stalin_study.services.jobs import Jobs
from stalin_study.services.settings_file import (
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

    `notice` is a sentence about how reading went, or empty. `saving_failed(sentence)`, once until
    that is no longer so: `problem_passed(sentence)`.
    """

    settings_changed = Signal(object)
    saving_failed = Signal(str)
    problem_passed = Signal(str)

    def __init__(self, folder: Path, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._jobs = jobs
        loaded = load_settings(folder)
        self._settings = loaded.settings
        self.notice = loaded.notice
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
        # A save that still waits will take this change along.
        if not self._is_save_waiting:
            self._is_save_waiting = True
            self._jobs.run(self._save, self._saved, self._failed)
        self.settings_changed.emit(settings)

    def _save(self) -> None:
        self._is_save_waiting = False
        save_settings(self._folder, self._settings)

    def _saved(self, _: None) -> None:
        if self._has_failed:
            self._has_failed = False
            self.problem_passed.emit(NOT_SAVED)

    def _failed(self, error: Exception) -> None:
        trace = None if isinstance(error, OSError) else error
        log.error("Settings could not be saved: %s", error, exc_info=trace)
        if not self._has_failed:
            self._has_failed = True
            self.saving_failed.emit(NOT_SAVED)
