"""Your progress: where it is kept, its backups, a copy to take along, and copies found here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from stalin_study.presenters.safekeeping import CopyLine, CopyPreview, SafekeepingState
from stalin_study.services.progress_copy import ENDING
from stalin_study.ui.dialogs.save_chooser import AskFile, SaveChooser
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.action_row import ActionRow
from stalin_study.ui.widgets.backup_list import BackupList
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.confirm_panel import ConfirmPanel
from stalin_study.ui.widgets.scroll_column import ScrollColumn
from stalin_study.ui.widgets.spoken_line import SpokenLine, breakable

WHERE = "Your answers are kept on this computer, in this folder. They are never sent anywhere."
BACKUPS = "A backup is made by itself each day that you study, and before anything big changes."
TAKE_ALONG = (
    "To use another computer, save a copy on a memory stick, and add it there. Adding keeps what"
    " both have: nothing is replaced."
)
FOUND = (
    "These lie beside your progress. A cloud folder makes them when two computers change the same"
    " file: look at one to see whether it has answers that are not here."
)
_COPY = f"Copies of progress (*{ENDING})"
_COPIES = f"Copies of progress (*{ENDING} *.sqlite3);;All files (*)"
_WIDTH, _HEIGHT = 740, 760  # pixels at 100 %


def ask_for_copy(parent: QWidget) -> str:
    """The copy that the pupil picks; empty if none."""
    return QFileDialog.getOpenFileName(parent, "Add a copy of your progress", "", _COPIES)[0]


class ProgressDialog(QDialog):
    """Shows what there is and sends wishes; `file_chosen` is a copy to look into."""

    backup_requested = Signal()
    going_back_requested = Signal(object)
    going_back_agreed = Signal()
    save_chosen = Signal(str)
    file_chosen = Signal(str)
    adding_agreed = Signal()
    cancel_requested = Signal()

    def __init__(
        self,
        appearance: Appearance,
        state: SafekeepingState,
        parent: QWidget,
        ask_save: AskFile | None = None,
        ask_copy: Callable[[QWidget], str] = ask_for_copy,
        open_url: Callable[[QUrl], object] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._state = state
        self._ask_save = ask_save or SaveChooser(appearance)
        self._ask_copy, self._open_url = ask_copy, open_url
        self._left: PushButton | None = None
        self.setWindowTitle("Your progress")
        self._folder = QLabel(breakable(str(state.folder)))
        self._folder.setAccessibleName(str(state.folder))
        self._copy_name = PushButton(appearance, "Copy its name", "ghost", "copy")
        self._open = PushButton(appearance, "Open folder", "outline", "folder-open")
        self._back_up = PushButton(appearance, "Back up now", "outline", "database-backup")
        self._backups = BackupList(appearance)
        self._save = PushButton(appearance, "Save a copy…", "outline", "download")
        self._add = PushButton(appearance, "Add a copy…", "outline", "upload")
        self._preview = ConfirmPanel(appearance, "surface")
        self._found = QWidget()
        self._found_rows = QVBoxLayout(self._found)
        self._found_preview = ConfirmPanel(appearance, "surface")
        self._copies: tuple[CopyLine, ...] = ()
        self._looks: list[tuple[ActionRow, PushButton]] = []
        self._message = SpokenLine()
        self._close = PushButton(appearance, "Close", "filled")
        self._lay_out()
        self._connect()
        appearance.look_changed.connect(self._draw)
        self.render_state(state)
        self._draw()
        self._close.setFocus()

    def render_state(self, state: SafekeepingState) -> None:
        """Show what there is, what is asked, and what goes on."""
        was, self._state = self._state, state
        is_busy = bool(state.doing)
        if is_busy and not was.doing:
            self._leave()
        self._show_copies(state.copies or ())
        for button in (self._back_up, self._save, self._add, *(look for _, look in self._looks)):
            button.setEnabled(not is_busy)
        self._backups.show_backups(state.backups, state.no_backups)
        self._backups.show_question(state.asked, state.question, can_ask=not is_busy)
        self._show_preview(state.preview, is_new=state.preview != was.preview)
        if state.doing:
            self._message.say(state.doing)
        else:
            self._message.say(state.message, "bad" if state.is_problem else "good")
        if was.doing and not is_busy:
            self._come_back()

    def _show_preview(self, preview: CopyPreview | None, *, is_new: bool) -> None:
        for panel, is_found in ((self._preview, False), (self._found_preview, True)):
            if preview is None or preview.is_found != is_found:
                if panel.isAncestorOf(self.focusWidget()):
                    (self._looks[0][1] if is_found and self._looks else self._add).setFocus()
                panel.hide()
                continue
            decline = "Cancel" if preview.agree else "Close this"
            panel.ask("\n".join(preview.lines), preview.agree, decline, preview.title)
            if is_new:
                first = panel.agree if preview.agree else panel.decline
                first.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_copies(self, copies: tuple[CopyLine, ...]) -> None:
        self._found.setVisible(bool(copies))
        if copies == self._copies:
            return
        self._copies = copies
        for row, _ in self._looks:
            row.hide()
            self._found_rows.removeWidget(row)
            row.deleteLater()
        self._looks = []
        for copy in copies:
            look = PushButton(self._appearance, "Look at it", "outline", "eye")
            look.setAccessibleName(f"Look at {copy.name}")
            look.clicked.connect(lambda _=False, file=copy.file: self._choose(file))
            row = ActionRow(self._appearance, copy.name, copy.words, (look,))
            self._found_rows.insertWidget(self._found_rows.count() - 1, row)
            self._looks.append((row, look))

    def _leave(self) -> None:
        """The keyboard waits on Close: what has it is greyed out while something goes on."""
        focused = self.focusWidget()
        lasting = (self._back_up, self._save, self._add)
        self._left = focused if isinstance(focused, PushButton) and focused in lasting else None
        self._close.setFocus()

    def _come_back(self) -> None:
        if self._close.hasFocus() and self._left is not None:
            self._left.setFocus()
        self._left = None

    def _lay_out(self) -> None:
        self._folder.setWordWrap(True)
        self._folder.setTextFormat(Qt.TextFormat.PlainText)
        self._folder.setProperty("type", "strong")
        self._found_rows.setContentsMargins(0, 0, 0, 16)
        self._found_rows.setSpacing(8)
        self._found_rows.addWidget(_heading("Copies found here"))
        self._found_rows.addWidget(_words(FOUND))
        self._found_rows.addWidget(self._found_preview)
        self._found.hide()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self._found)
        sections: tuple[tuple[str, str, tuple[QWidget, ...]], ...] = (
            ("Backups", BACKUPS, (_row(self._back_up), self._backups)),
            ("Take it with you", TAKE_ALONG, (_row(self._save, self._add), self._preview)),
            ("Where it is kept", WHERE, (self._folder, _row(self._open, self._copy_name))),
        )
        for title, words, parts in sections:
            column.addWidget(_heading(title))
            column.addWidget(_words(words))
            for part in parts:
                column.addWidget(part)
            column.addSpacing(16)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addWidget(ScrollColumn(inner), 1)
        outer.addWidget(self._message)
        outer.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)

    def _connect(self) -> None:
        self._back_up.clicked.connect(self.backup_requested)
        self._backups.going_back_requested.connect(self.going_back_requested)
        self._backups.agreed.connect(self.going_back_agreed)
        self._backups.declined.connect(self.cancel_requested)
        self._save.clicked.connect(self._choose_where)
        self._add.clicked.connect(lambda: self._choose(self._ask_copy(self)))
        for panel in (self._preview, self._found_preview):
            panel.agreed.connect(self.adding_agreed)
            panel.declined.connect(self.cancel_requested)
        self._open.clicked.connect(self._open_folder)
        self._copy_name.clicked.connect(self._copy_folder)
        self._close.clicked.connect(self.accept)

    def _choose_where(self) -> None:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        proposed = str(Path(QStandardPaths.writableLocation(documents), self._state.offered_name))
        if file := self._ask_save(self, "Save a copy of your progress", proposed, _COPY):
            self.save_chosen.emit(file)

    def _choose(self, file: str | Path) -> None:
        if file:
            self.file_chosen.emit(str(file))

    def _open_folder(self) -> None:
        self._open_url(QUrl.fromLocalFile(str(self._state.folder)))

    def _copy_folder(self) -> None:
        QGuiApplication.clipboard().setText(str(self._state.folder))
        self._message.say("The name of the folder is copied.", "good")

    def _draw(self) -> None:
        look = self._appearance.look
        room = self.parentWidget().size() if self.parentWidget() else self.size()
        width, height = look.px(_WIDTH), look.px(_HEIGHT)
        self.resize(min(width, room.width() - 24), min(height, room.height() - 24))


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("type", "heading")
    return label


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("tone", "muted")
    return label


def _row(*buttons: PushButton) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for button in buttons:
        line.addWidget(button)
    line.addStretch(1)
    return row
