"""Opens the dialogs over the window, one at a time; each is loaded when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from stalin_study.domain.deck import Card, Deck
from stalin_study.paths import AppPaths
from stalin_study.services.settings import PupilSettings
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton

if TYPE_CHECKING:
    from stalin_study.presenters.audio_export import AudioExportPresenter
    from stalin_study.presenters.listening.presenter import ListeningPresenter
    from stalin_study.presenters.listening.reading_choices import ReadingChoices
    from stalin_study.presenters.listening.voices import VoicesPresenter


class DialogDesk:
    """Makes settings, help, sources and listening options, and shows them over the window."""

    def __init__(
        self,
        appearance: Appearance,
        window: QWidget,
        settings: PupilSettings,
        paths: AppPaths,
        today: Callable[[], date],
        problem_report: Callable[[], str],
    ) -> None:
        self._appearance = appearance
        self._window = window
        self._settings = settings
        self._paths = paths
        self._today = today
        self._problem_report = problem_report
        self._open: QDialog | None = None

    @property
    def dialog(self) -> QDialog | None:
        """The dialog that is open."""
        return self._open

    def open_settings(self) -> None:
        """Show the settings."""
        from stalin_study.ui.dialogs.settings_dialog import SettingsDialog

        dialog = SettingsDialog(
            self._appearance,
            self._settings.settings,
            self._today(),
            str(self._paths.data),
            self._window,
        )
        dialog.setting_chosen.connect(lambda name, value: self._settings.change(**{name: value}))
        self._settings.settings_changed.connect(dialog.render_settings)
        dialog.finished.connect(
            lambda: self._settings.settings_changed.disconnect(dialog.render_settings)
        )
        self._show(dialog)

    def open_listening(
        self, voices: VoicesPresenter, choices: ReadingChoices, listening: ListeningPresenter
    ) -> None:
        """Show the voices and how they read."""
        from stalin_study.ui.dialogs.listening_dialog import ListeningDialog

        settings = self._settings
        dialog = ListeningDialog(self._appearance, self._window)
        dialog.speed_chosen.connect(choices.choose_speed)
        dialog.volume_chosen.connect(choices.choose_volume)
        dialog.repeat_chosen.connect(choices.choose_repeat)
        dialog.sleep_chosen.connect(listening.set_sleep)
        dialog.voice_chosen.connect(voices.choose)
        dialog.sample_requested.connect(voices.sample)
        dialog.setting_chosen.connect(lambda name, value: settings.change(**{name: value}))
        facts = (
            (voices.state_changed, dialog.render_voices),
            (listening.state_changed, dialog.render_listening),
            (settings.settings_changed, dialog.render_settings),
        )
        for changed, render in facts:
            changed.connect(render)

        def leave() -> None:
            for changed, render in facts:
                changed.disconnect(render)
            voices.stop_sample()

        dialog.finished.connect(leave)
        dialog.render_listening(listening.state)
        dialog.render_settings(settings.settings)
        dialog.render_voices(voices.state)
        dialog.focus_start()
        voices.refresh()
        self._show(dialog)

    def open_export(self, export: AudioExportPresenter, playlist: str) -> None:
        """Show what can be exported, beginning with a playlist, or how the export goes."""
        from stalin_study.ui.dialogs.export_dialog import ExportDialog

        export.open(playlist)
        dialog = ExportDialog(self._appearance, export.state, self._window)
        dialog.playlist_chosen.connect(export.choose_playlist)
        dialog.mode_chosen.connect(export.choose_mode)
        dialog.contents_chosen.connect(export.choose_contents)
        dialog.thinking_chosen.connect(export.choose_thinking)
        dialog.format_chosen.connect(export.choose_format)
        dialog.folder_chosen.connect(export.choose_folder)
        dialog.export_requested.connect(export.export)
        dialog.cancel_requested.connect(export.cancel)
        export.state_changed.connect(dialog.render_state)
        dialog.finished.connect(lambda: export.state_changed.disconnect(dialog.render_state))
        self._show(dialog)

    def open_help(self, deck: Deck | None) -> None:
        """Show the keys, and about the app."""
        from stalin_study.ui.dialogs.help_dialog import help_paragraphs
        from stalin_study.ui.dialogs.text_dialog import TextDialog

        copy = PushButton(self._appearance, "Copy problem report", "outline", "clipboard-check")
        copy.clicked.connect(lambda: self._copy_report(copy))
        paragraphs = help_paragraphs(deck, str(self._paths.data))
        self._show(TextDialog(self._appearance, "Help", paragraphs, self._window, (copy,)))

    def open_sources(self, card: Card, deck: Deck) -> None:
        """Show where the facts of a card come from."""
        from stalin_study.ui.dialogs.sources_dialog import source_paragraphs
        from stalin_study.ui.dialogs.text_dialog import TextDialog

        paragraphs = source_paragraphs(card, deck)
        self._show(TextDialog(self._appearance, "Sources", paragraphs, self._window))

    def _copy_report(self, button: PushButton) -> None:
        QGuiApplication.clipboard().setText(self._problem_report())
        button.setText("Copied")

    def _show(self, dialog: QDialog) -> None:
        if self._open is not None:
            self._open.reject()
        self._open = dialog
        dialog.finished.connect(lambda: self._forget(dialog))
        dialog.setModal(True)
        dialog.open()

    def _forget(self, dialog: QDialog) -> None:
        if self._open is dialog:
            self._open = None
        dialog.deleteLater()
