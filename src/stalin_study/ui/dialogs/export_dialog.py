"""Export as sound files: what to export and where to, how far it is, and where the files are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from stalin_study.domain.audio_names import AudioFormat
from stalin_study.domain.playlists import Contents
from stalin_study.presenters.audio_export import (
    LEAST_THINKING_S,
    MOST_THINKING_S,
    AudioExportState,
    ExportMode,
)
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.elided_combo import ElidedCombo
from stalin_study.ui.widgets.number_field import NumberField
from stalin_study.ui.widgets.option_row import OptionRow
from stalin_study.ui.widgets.playlist_view import CONTENTS as READ_OF_CARDS
from stalin_study.ui.widgets.scroll_column import ScrollColumn

MODES = {ExportMode.READING: "Read aloud", ExportMode.ASKING: "Question, pause, answer"}
CONTENTS = {**READ_OF_CARDS, Contents.WITH_NOTES: "Every point and notes"}
FORMATS = {AudioFormat.MP3: "MP3, small files for a phone", AudioFormat.WAV: "WAV, for any player"}
GOES_ON = "You can go on studying meanwhile. Closing Stalin Study ends the export."
_TONES = {"failed": "bad", "done": "good"}


def ask_for_folder(parent: QWidget, folder: str) -> str:
    """The folder that the pupil picks; empty if none."""
    return QFileDialog.getExistingDirectory(parent, "Where to put the sound files", folder)


class ExportDialog(QDialog):
    """Shows the choices and the progress, and sends wishes."""

    playlist_chosen = Signal(str)
    mode_chosen = Signal(object)
    contents_chosen = Signal(object)
    thinking_chosen = Signal(int)
    format_chosen = Signal(object)
    folder_chosen = Signal(str)
    export_requested = Signal()
    cancel_requested = Signal()

    def __init__(
        self,
        appearance: Appearance,
        state: AudioExportState,
        parent: QWidget,
        ask_folder: Callable[[QWidget, str], str] = ask_for_folder,
        open_url: Callable[[QUrl], object] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._ask_folder = ask_folder
        self._open_url = open_url
        self._state = state
        self.setWindowTitle("Export as sound files")
        self._what = ElidedCombo("What to export")
        self._mode = OptionRow(MODES)
        self._contents = OptionRow(CONTENTS)
        self._thinking = NumberField(LEAST_THINKING_S, MOST_THINKING_S)
        self._thinking.setKeyboardTracking(False)
        self._format = OptionRow(FORMATS)
        self._folder = QLabel()
        self._pick = PushButton(appearance, "Choose another folder", "outline", "folder-open")
        self._estimate = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of the export")
        self._words = QLabel()
        self._export = PushButton(appearance, "Export", "filled", "download")
        self._cancel = PushButton(appearance, "Cancel the export", "outline", "x")
        self._open = PushButton(appearance, "Open folder", "outline", "folder-open")
        self._close = PushButton(appearance, "Close", "outline")
        self._headings: dict[QWidget, QLabel] = {}
        self._choices = QWidget()
        self._lay_out()
        self._connect()
        appearance.look_changed.connect(self._draw)
        self.render_state(state)
        self._draw()
        self._focus(state)

    def render_state(self, state: AudioExportState) -> None:
        """Show what is chosen, how far it is, or how it ended."""
        was_exporting = self._state.phase == "exporting"
        self._state = state
        is_exporting = state.phase == "exporting"
        self._show_choices(state)
        is_turn = was_exporting != is_exporting
        if is_turn:
            self._close.setFocus()  # before what holds the keyboard is greyed out or hidden
        self._choices.setEnabled(not is_exporting)
        self._export.setVisible(not is_exporting)
        self._export.setEnabled(bool(state.estimate))
        self._cancel.setVisible(is_exporting)
        self._open.setVisible(state.made_in is not None)
        self._bar.setVisible(is_exporting)
        self._bar.setRange(0, max(state.total, 1))
        self._bar.setValue(state.done)
        self._show_words(state)
        if is_turn:
            self._focus(state)

    def _show_choices(self, state: AudioExportState) -> None:
        self._what.show_rows((title, playlist) for playlist, title in state.choices)
        self._what.setCurrentIndex(self._what.findData(state.playlist))
        is_asking = state.mode is ExportMode.ASKING
        self._mode.show_option(state.mode)
        self._contents.show_option(state.contents)
        self._format.show_option(state.audio_format)
        self._thinking.blockSignals(True)
        self._thinking.setValue(state.thinking_s)
        self._thinking.setSuffix(" second" if state.thinking_s == 1 else " seconds")
        self._thinking.blockSignals(False)
        for part, is_shown in (
            (self._mode, state.can_ask),
            (self._contents, state.has_points and not is_asking),
            (self._thinking, is_asking),
        ):
            part.setVisible(is_shown)
            self._headings[part].setVisible(is_shown)
        self._folder.setText(f"A folder with the files is made in {state.folder}")

    def _show_words(self, state: AudioExportState) -> None:
        self._estimate.setText(state.estimate)
        words, tone = state.message, _TONES.get(state.phase, "muted")
        if state.phase == "exporting":
            share = 100 * state.done // max(state.total, 1)
            words = f"{share} % done, now “{state.title}”. {state.message or GOES_ON}"
        if tone != self._words.property("tone"):
            self._words.setProperty("tone", tone)
            self._words.style().polish(self._words)
        self._words.setText(words)
        self._words.setVisible(bool(words))

    def _focus(self, state: AudioExportState) -> None:
        if state.phase == "exporting":
            self._cancel.setFocus()
        elif state.made_in is not None:
            self._open.setFocus()
        elif state.phase == "choosing":
            self._what.setFocus()
        else:
            self._close.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._choices)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        parts: tuple[tuple[str, QWidget], ...] = (
            ("What to export", self._what),
            ("How", self._mode),
            ("How much of each card", self._contents),
            ("Time to think before the answer", self._thinking),
            ("Kind of file", self._format),
            ("Where", self._folder),
        )
        for name, part in parts:
            label = QLabel(name)
            label.setProperty("type", "heading")
            label.setWordWrap(True)
            if part is not self._folder:
                part.setAccessibleName(name)
            self._headings[part] = label
            column.addWidget(label)
            column.addWidget(part)
        column.addWidget(self._pick)
        for part in (self._thinking, self._pick):
            column.setAlignment(part, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        for label in (self._folder, self._estimate, self._words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._estimate.setProperty("tone", "muted")
        buttons = QHBoxLayout()
        for button in (self._export, self._cancel, self._open):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        outer = QVBoxLayout(self)
        outer.addWidget(ScrollColumn(self._choices), 1)
        for part in (self._estimate, self._bar, self._words):
            outer.addWidget(part)
        outer.addLayout(buttons)

    def _connect(self) -> None:
        self._what.activated.connect(
            lambda row: self.playlist_chosen.emit(self._what.itemData(row))
        )
        self._mode.option_chosen.connect(self.mode_chosen)
        self._contents.option_chosen.connect(self.contents_chosen)
        self._thinking.valueChanged.connect(self.thinking_chosen)
        self._format.option_chosen.connect(self.format_chosen)
        self._pick.clicked.connect(self._choose_folder)
        self._export.clicked.connect(self.export_requested)
        self._cancel.clicked.connect(self.cancel_requested)
        self._open.clicked.connect(self._open_folder)
        self._close.clicked.connect(self.accept)

    def _choose_folder(self) -> None:
        folder = self._ask_folder(self, str(self._state.folder))
        if folder:
            self.folder_chosen.emit(folder)

    def _open_folder(self) -> None:
        if self._state.made_in is not None:
            self._open_url(QUrl.fromLocalFile(str(self._state.made_in)))

    def _draw(self) -> None:
        look = self._appearance.look
        percent = look.text_percent
        self._mode.set_columns(2 if percent <= 150 else 1)
        self._contents.set_columns(3 if percent <= 100 else 1)
        self._format.set_columns(2 if percent <= 125 else 1)
        room = self.parentWidget().size() if self.parentWidget() else self.size()
        self.resize(min(look.px(740), room.width() - 24), min(look.px(700), room.height() - 24))
