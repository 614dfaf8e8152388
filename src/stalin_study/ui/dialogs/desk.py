"""Opens the dialogs over the window, one at a time; each is loaded when it is first opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from stalin_study.domain.card import Card
from stalin_study.domain.deck import Deck
from stalin_study.paths import AppPaths
from stalin_study.services.settings import PupilSettings
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton

if TYPE_CHECKING:
    from stalin_study.presenters.audio_export import AudioExportPresenter
    from stalin_study.presenters.leaving import LeavingPresenter
    from stalin_study.presenters.listening.presenter import ListeningPresenter
    from stalin_study.presenters.listening.reading_choices import ReadingChoices
    from stalin_study.presenters.listening.voices import VoicesPresenter
    from stalin_study.presenters.profiles import ProfilesPresenter
    from stalin_study.presenters.safekeeping import SafekeepingPresenter
    from stalin_study.ui.dialogs.profile_dialog import ProfileDialog
    from stalin_study.ui.dialogs.progress_dialog import ProgressDialog
    from stalin_study.ui.dialogs.settings_dialog import SettingsDialog


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
        self._is_replacing = False
        self._safekeeping: Callable[[], SafekeepingPresenter] | None = None
        self._profiles: Callable[[], ProfilesPresenter] | None = None

    @property
    def dialog(self) -> QDialog | None:
        """The dialog that is open."""
        return self._open

    def offer_safekeeping(self, get: Callable[[], SafekeepingPresenter]) -> None:
        """Have the settings lead to backups and copies; `get` is called when they are opened."""
        self._safekeeping = get

    def offer_profiles(self, get: Callable[[], ProfilesPresenter]) -> None:
        """Have the settings lead to who uses this; `get` is called when they are opened."""
        self._profiles = get

    def open_settings(self) -> None:
        """Show the settings."""
        self._show(self._make_settings())

    def open_exam_settings(self) -> None:
        """Show the settings, at the exam date."""
        dialog = self._make_settings()
        self._show(dialog)
        dialog.focus_exam()

    def _make_settings(self) -> SettingsDialog:
        from stalin_study.ui.dialogs.settings_dialog import SettingsDialog

        dialog = SettingsDialog(
            self._appearance,
            self._settings.settings,
            self._today(),
            str(self._paths.data),
            self._window,
        )
        dialog.setting_chosen.connect(lambda name, value: self._settings.change(**{name: value}))
        facts: list[tuple[Any, Callable[..., None]]] = [
            (self._settings.settings_changed, dialog.render_settings)
        ]
        if self._safekeeping is not None:
            keeping = self._safekeeping()
            keeping.look_at_last_backup()
            facts.append((keeping.state_changed, dialog.render_safekeeping))
            dialog.render_safekeeping(keeping.state)
            dialog.progress_requested.connect(
                lambda: self._return_to_settings(
                    self.open_progress(keeping), SettingsDialog.focus_progress
                )
            )
        if self._profiles is not None:
            profiles = self._profiles()
            facts.append((profiles.state_changed, dialog.render_profiles))
            dialog.render_profiles(profiles.state)
            dialog.profiles_requested.connect(
                lambda: self._return_to_settings(
                    self.open_profiles(profiles), SettingsDialog.focus_profiles
                )
            )
        _render_until_closed(dialog, facts)
        return dialog

    def _return_to_settings(self, dialog: QDialog, focus: Callable[[SettingsDialog], None]) -> None:
        """Have the settings come back when a dialog that they opened is closed, not replaced."""

        def come_back() -> None:
            if not self._is_replacing and self._window.isVisible():
                settings = self._make_settings()
                self._show(settings)
                focus(settings)

        dialog.finished.connect(come_back)

    def open_progress(self, keeping: SafekeepingPresenter) -> ProgressDialog:
        """Show where progress is kept, its backups and copies."""
        from stalin_study.ui.dialogs.progress_dialog import ProgressDialog

        keeping.open()
        dialog = ProgressDialog(self._appearance, keeping.state, self._window)
        dialog.backup_requested.connect(keeping.back_up)
        dialog.going_back_requested.connect(keeping.ask_to_go_back)
        dialog.going_back_agreed.connect(keeping.go_back)
        dialog.save_chosen.connect(keeping.save_copy)
        dialog.file_chosen.connect(keeping.look_into)
        dialog.adding_agreed.connect(keeping.add)
        dialog.cancel_requested.connect(keeping.cancel)
        _render_until_closed(dialog, [(keeping.state_changed, dialog.render_state)])
        self._show(dialog)
        return dialog

    def open_profiles(self, profiles: ProfilesPresenter) -> ProfileDialog:
        """Show who uses this."""
        from stalin_study.ui.dialogs.profile_dialog import ProfileDialog

        profiles.open()
        dialog = ProfileDialog(self._appearance, profiles.state, self._window)
        dialog.profile_chosen.connect(profiles.choose)
        dialog.adding_requested.connect(profiles.add)
        dialog.renaming_requested.connect(profiles.ask_to_rename)
        dialog.name_submitted.connect(profiles.rename)
        dialog.removing_requested.connect(profiles.ask_to_remove)
        dialog.removing_agreed.connect(profiles.remove)
        dialog.cancel_requested.connect(profiles.cancel)
        _render_until_closed(dialog, [(profiles.state_changed, dialog.render_state)])
        self._show(dialog)
        return dialog

    def open_leaving(self, leaving: LeavingPresenter) -> None:
        """Ask about answers that could be kept nowhere."""
        from stalin_study.ui.dialogs.unsaved_dialog import UnsavedDialog

        dialog = UnsavedDialog(self._appearance, leaving.state, self._window)
        dialog.try_again_requested.connect(leaving.try_again)
        dialog.closing_agreed.connect(leaving.leave_anyway)
        dialog.rejected.connect(leaving.stay)
        facts = [(leaving.state_changed, dialog.render_state), (leaving.left, dialog.accept)]
        _render_until_closed(dialog, facts)
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
        _render_until_closed(dialog, facts)
        dialog.finished.connect(voices.stop_sample)
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
        _render_until_closed(dialog, [(export.state_changed, dialog.render_state)])
        self._show(dialog)

    def show(self, dialog: QDialog) -> None:
        """Show a dialog that was made elsewhere."""
        self._show(dialog)

    def open_help(self, deck: Deck | None) -> None:
        """Show the keys, and about the app."""
        from stalin_study.ui.dialogs.help_dialog import help_paragraphs
        from stalin_study.ui.dialogs.text_dialog import TextDialog

        copy = PushButton(self._appearance, "Copy problem report", "outline", "clipboard-check")
        copy.clicked.connect(lambda: self._copy_report(copy))
        licences = PushButton(self._appearance, "Licences", "outline", "file-text")
        licences.clicked.connect(self.open_licences)
        paragraphs = help_paragraphs(deck, str(self._paths.data))
        extra = (copy, licences)
        self._show(TextDialog(self._appearance, "Help", paragraphs, self._window, extra))

    def open_licences(self) -> None:
        """Show what others made, with its licences."""
        from stalin_study.services.third_party import ThirdPartyShelf
        from stalin_study.ui.dialogs.licences_dialog import LicencesDialog

        shelf = ThirdPartyShelf(self._paths.resources / "licences")
        self._show(LicencesDialog(self._appearance, shelf.parts(), shelf.text, self._window))

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
            self._is_replacing = True
            self._open.done(QDialog.DialogCode.Rejected)
            self._is_replacing = False
        self._open = dialog
        dialog.finished.connect(lambda: self._forget(dialog))
        dialog.setModal(True)
        dialog.open()

    def _forget(self, dialog: QDialog) -> None:
        if self._open is dialog:
            self._open = None
        dialog.deleteLater()


def _render_until_closed(dialog: QDialog, facts: Sequence[tuple[Any, Callable[..., None]]]) -> None:
    """Keep a dialog in step with signals of what lives longer than it does."""
    for changed, render in facts:
        changed.connect(render)

    def leave() -> None:
        for changed, render in facts:
            changed.disconnect(render)

    dialog.finished.connect(leave)
