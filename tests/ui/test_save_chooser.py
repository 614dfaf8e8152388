"""Where to save a file: what is there is replaced only if the pupil has agreed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from stalin_study.ui.dialogs.save_chooser import ReplaceDialog, SaveChooser
from study_window import TestApp


class Desk:
    """A pupil who types names, one after another, and may agree to replace a file."""

    def __init__(self, folder: Path, *typed: str, agrees: bool = False) -> None:
        self.folder, self.typed = folder, list(typed)
        self.agrees, self.asked, self.proposed = agrees, [], []
        self.choose = SaveChooser(None, self.ask, self.may_replace)

    def ask(self, _parent, _title, proposed, _kinds):
        self.proposed.append(Path(proposed).name)
        typed = self.typed.pop(0)
        return str(self.folder / typed) if typed else ""

    def may_replace(self, _, name):
        self.asked.append(name)
        return self.agrees

    @property
    def chosen(self):
        found = self.choose(None, "Save", str(self.folder / "Report.pdf"), "PDF (*.pdf)")
        return Path(found).name if found else ""


@pytest.mark.parametrize("typed", ["25.11", "25.11.pdf", "report", "report.PDF", ".pdf"])
def test_a_new_name_gets_its_ending(tmp_path, typed):
    desk = Desk(tmp_path, typed)
    wanted = {"25.11": "25.11.pdf", "report": "report.pdf", ".pdf": ".pdf.pdf"}
    assert (desk.chosen, desk.asked) == (wanted.get(typed, typed), [])


@pytest.mark.parametrize("typed", ["25.11", "essay.docx", "report"])
def test_a_file_that_only_the_ending_hits_is_asked_about(tmp_path, typed):
    (tmp_path / f"{typed}.pdf").touch()
    desk = Desk(tmp_path, typed, "")
    assert (desk.chosen, desk.asked) == ("", [f"{typed}.pdf"])
    assert desk.proposed == ["Report.pdf", f"{typed}.pdf"], "the pupil can choose another name"
    agreeing = Desk(tmp_path, typed, agrees=True)
    assert (agreeing.chosen, agreeing.asked) == (f"{typed}.pdf", [f"{typed}.pdf"])


def test_what_the_system_has_asked_about_is_not_asked_again(tmp_path):
    (tmp_path / "25.11.pdf").touch()
    desk = Desk(tmp_path, "25.11.pdf")
    assert (desk.chosen, desk.asked) == ("25.11.pdf", [])


@pytest.mark.parametrize("agrees", [True, False])
def test_the_question_by_keyboard(qtbot, tmp_path, agrees):
    """The keyboard begins where nothing is lost."""
    study = TestApp(tmp_path / "data")
    study.show()
    (tmp_path / "25.11.pdf").touch()
    answers = [str(tmp_path / "25.11"), ""]
    choose = SaveChooser(study.app.appearance, lambda *_: answers.pop(0))
    seen = []

    def answer():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReplaceDialog)
        seen.append(dialog.focusWidget() is dialog.other)
        if agrees:
            dialog.focusNextChild()
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)

    QTimer.singleShot(0, answer)
    found = choose(study.window, "Save", "x.pdf", "PDF (*.pdf)")
    assert (found, seen) == (str(tmp_path / "25.11.pdf") if agrees else "", [True])
    study.close()
