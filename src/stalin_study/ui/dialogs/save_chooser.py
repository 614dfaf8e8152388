"""Where to save a file: nothing that is there is replaced without a question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from stalin_study.services.whole_file import named
from stalin_study.ui.dialogs.question_dialog import QuestionDialog
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton

# Takes a parent, a title, the name to begin with, and the kinds of files, as QFileDialog does.
AskFile = Callable[[QWidget, str, str, str], str]


def ask_for_file(parent: QWidget, title: str, proposed: str, kinds: str) -> str:
    """The file that the pupil picks; empty if none. It asks before it is to be replaced."""
    return QFileDialog.getSaveFileName(parent, title, proposed, kinds)[0]


class SaveChooser:
    """Asks for a file of one kind, as in "PDF (*.pdf)", and hands out its whole name.

    The system asks about the name that was typed; the one with the ending may be another file.
    """

    def __init__(
        self,
        appearance: Appearance,
        ask_file: AskFile = ask_for_file,
        may_replace: Callable[[QWidget, str], bool] | None = None,
    ) -> None:
        self._appearance = appearance
        self._ask_file = ask_file
        self._may_replace = may_replace or self._ask_to_replace

    def __call__(self, parent: QWidget, title: str, proposed: str, kinds: str) -> str:
        """The file, empty if the pupil picks none."""
        ending = kinds[kinds.index("*") + 1 : kinds.index(")")]
        while picked := self._ask_file(parent, title, proposed, kinds):
            file = named(Path(picked), ending)
            was_asked = file == Path(picked)
            if was_asked or not file.exists() or self._may_replace(parent, file.name):
                return str(file)
            proposed = str(file)
        return ""

    def _ask_to_replace(self, parent: QWidget, name: str) -> bool:
        dialog = ReplaceDialog(self._appearance, name, parent)
        is_agreed = bool(dialog.exec())
        dialog.deleteLater()
        return is_agreed


class ReplaceDialog(QuestionDialog):
    """Accepted if the file may be replaced."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget) -> None:
        other = PushButton(appearance, "Choose another name", "filled")
        replace = PushButton(appearance, "Replace", "outline")
        words = f"“{name}” is there already. Replace it?"
        super().__init__(appearance, "Replace the file?", words, (other, replace), parent)
        self.other, self.replace = other, replace
        other.clicked.connect(self.reject)
        replace.clicked.connect(self.accept)
