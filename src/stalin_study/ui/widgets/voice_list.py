"""The voices to choose from, each with a button that plays a sample of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stalin_study.presenters.listening.voices import VoiceChoice
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import IconButton, PushButton
from stalin_study.ui.widgets.option_row import OptionRow


class VoiceRows(OptionRow[str]):
    """Options in a column, with samples beside them; Tab comes to the sample of what holds."""

    sample_requested = Signal(str)

    def __init__(self, appearance: Appearance, labels: dict[str, str]) -> None:
        self._samples: dict[str, IconButton] = {}
        super().__init__(labels, columns=1)
        self._grid.setColumnStretch(0, 1)
        self.setAccessibleName("Voice")
        for row, (voice, label) in enumerate(labels.items()):
            sample = IconButton(appearance, "play", f"Play a sample: {label}")
            sample.clicked.connect(lambda _=False, v=voice: self.sample_requested.emit(v))
            self._grid.addWidget(sample, row, 1)
            self._samples[voice] = sample
        self._set_stop()

    def bring_up(self, voice: str, *, is_shown: bool) -> None:
        """Show a voice, or leave it out of view."""
        self._buttons[voice].setVisible(is_shown)
        self._samples[voice].setVisible(is_shown)
        self.enable(voice, is_enabled=is_shown)

    def _set_stop(self) -> None:
        super()._set_stop()
        for voice, sample in self._samples.items():
            is_stop = self._buttons[voice] is self._stop
            policy = Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus
            sample.setFocusPolicy(policy)


class VoiceList(QWidget):
    """`voice_chosen(id)` and `sample_requested(id)`; voices from elsewhere come up on demand."""

    voice_chosen = Signal(str)
    sample_requested = Signal(str)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._choices: tuple[VoiceChoice, ...] = ()
        self._has_all = False
        self.rows: VoiceRows | None = None
        self._more = PushButton(appearance, "More voices", "ghost", "chevron-down")
        self._more.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._more.clicked.connect(self._bring_up_all)

    def show_choices(self, choices: tuple[VoiceChoice, ...]) -> None:
        """Show these voices and the one that holds."""
        names = {choice.id: choice.label for choice in choices}
        if names != {choice.id: choice.label for choice in self._choices}:
            self._make_rows(names)
        self._choices = choices
        if self.rows is None:
            return
        # A choice that holds is never out of view.
        self._has_all = self._has_all or any(c.is_chosen and not c.is_british for c in choices)
        for choice in choices:
            if choice.is_chosen:
                self.rows.show_option(choice.id)
        self._fold()

    def _make_rows(self, names: dict[str, str]) -> None:
        had_keyboard = self.rows is not None and self.rows.isAncestorOf(self.focusWidget())
        if self.rows is not None:
            self.rows.hide()
            self._column.removeWidget(self.rows)
            self.rows.deleteLater()
        self.rows = VoiceRows(self._appearance, names) if names else None
        if self.rows is not None:
            self.rows.option_chosen.connect(self.voice_chosen.emit)
            self.rows.sample_requested.connect(self.sample_requested)
            self._column.insertWidget(0, self.rows)
            self.setTabOrder(self.rows, self._more)
            if had_keyboard:
                self.rows.focus()

    def _fold(self) -> None:
        others = [choice.id for choice in self._choices if not choice.is_british]
        if self.rows is not None:
            for voice in others:
                self.rows.bring_up(voice, is_shown=self._has_all)
        self._more.setText(f"More voices ({len(others)})")
        self._more.setVisible(bool(others) and not self._has_all)

    def _bring_up_all(self) -> None:
        self._has_all = True
        self._fold()
        if self.rows is not None:
            self.rows.focus()
