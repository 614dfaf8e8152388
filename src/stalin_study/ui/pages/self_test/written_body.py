"""Where a blurt or an exam answer is written, and then marked by the pupil."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel

from stalin_study.domain.markup import plain
from stalin_study.domain.self_test.tasks import Answer, Recalling, Writing
from stalin_study.domain.wording import count_of
from stalin_study.presenters.self_test.state import SelfTestState
from stalin_study.ui.pages.self_test.bodies import Body
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.number_field import NumberField
from stalin_study.ui.widgets.tick_list import TickList
from stalin_study.ui.widgets.writing_field import WritingField

_TELL = {
    True: "Write all you remember, in any order. Notes will do; spelling does not matter."
    " Or say it aloud, and go on.",
    False: "Write your answer. You can stop at any time: what you wrote is kept.",
}
_TICK = {
    True: "Tick every point that you had. Those found in your text are ticked: correct them.",
    False: "Read your answer again, and tick what it has. Then give yourself the marks.",
}


class WrittenBody(Body):
    """A field to write in; then the points or the mark scheme to tick."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._tell = QLabel()
        self._tell.setProperty("tone", "muted")
        self._field = WritingField(appearance)
        self._ticks = TickList(appearance)
        self._ticks.setAccessibleName("Points to tick")
        self._marks_label = QLabel()
        self._marks_label.setProperty("type", "strong")
        self._marks = NumberField()
        self._marks_label.setBuddy(self._marks)
        self._model_title, self._model = QLabel(), QLabel()
        self._model_title.setProperty("type", "strong")
        self._is_touched = False
        self._lines = 0
        self._is_blurt = False
        self._phase = ""
        for label in (self._tell, self._model_title, self._model):
            label.setWordWrap(True)
        self._lay_out()
        self._field.text_changed.connect(self._write)
        self._field.submitted.connect(lambda _: self.answer_submitted.emit(self.answer()))
        self._ticks.ticks_changed.connect(self._suggest_marks)
        self._marks.valueChanged.connect(self._touch)

    def show_state(self, state: SelfTestState, *, is_new: bool) -> None:
        """Show the field, and beside what was written what to tick."""
        body = state.task.body if state.task is not None else None
        if not isinstance(body, Recalling | Writing):
            return
        is_blurt = self._is_blurt = isinstance(body, Recalling)
        is_open = state.phase == "asking"
        is_turn = is_new or state.phase != self._phase
        self._phase = state.phase
        name = "All you remember" if is_blurt else "Your answer"
        self._field.set_name(name)
        self._field.set_placeholder(f"{name}…")
        if is_new:
            self._field.set_text(state.draft or state.given)
        self._field.set_read_only(is_read_only=not is_open)
        self._field.set_fewest_lines(12 if is_open else 1)
        self._field.setVisible(is_open or bool(self._field.text.strip()))
        self._tell.setText(_TELL[is_blurt] if is_open else _TICK[is_blurt])
        self._tell.setVisible(not state.has_verdict)
        self._show_scheme(body, state, is_turn=is_turn)

    def answer(self) -> Answer:
        """What is written; later, what is ticked."""
        if self._phase != "self_marking":
            return Answer(text=self._field.text)
        marks = 0 if self._is_blurt else self._marks.value()
        return Answer(text=self._field.text, ticks=tuple(sorted(self._ticks.ticks)), marks=marks)

    def focus_start(self) -> None:
        """Begin to write, or to tick."""
        (self._field if self._phase == "asking" else self._ticks).focus_start()

    def _show_scheme(
        self, body: Recalling | Writing, state: SelfTestState, *, is_turn: bool
    ) -> None:
        is_marking = state.phase != "asking"
        is_exam = isinstance(body, Writing)
        for widget in (self._marks, self._marks_label, self._model_title, self._model):
            widget.setVisible(is_marking and is_exam)
        self._ticks.setVisible(is_marking)
        if not is_marking or not is_turn:
            return
        if isinstance(body, Writing):
            lines, headings = body.exam.mark_scheme, {0: "Mark scheme"}
            most = body.exam.marks
            self._marks_label.setText(f"Marks you give yourself, out of {count_of(most, 'mark')}")
            self._marks.setRange(0, most)
            self._marks.setValue(state.answer.marks)
            steps = "\n".join(
                f"{n}.  {plain(line).text}" for n, line in enumerate(body.exam.model, 1)
            )
            self._model_title.setText(f"How to build a full answer: {body.exam.style}")
            self._model.setText(steps)
        else:
            lines, headings = tuple(plain(point.text).text for point in body.points), {}
        self._lines = len(lines)
        self._is_touched = False
        chosen = frozenset(state.answer.ticks) if state.has_verdict else state.suggested
        self._ticks.show_lines(lines, chosen, headings, state.suggested)
        self._ticks.setEnabled(not state.has_verdict)
        self._marks.setEnabled(not state.has_verdict)

    def _write(self, text: str) -> None:
        if self._phase == "asking":
            self.draft_changed.emit(text)

    def _suggest_marks(self, ticks: frozenset[int]) -> None:
        if not self._is_touched and self._lines:
            self._marks.blockSignals(True)
            self._marks.setValue(round(self._marks.maximum() * len(ticks) / self._lines))
            self._marks.blockSignals(False)

    def _touch(self) -> None:
        self._is_touched = self._marks.hasFocus()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._marks_label)
        row.addWidget(self._marks)
        row.addStretch(1)
        for widget in (self._tell, self._field, self._ticks):
            self.column.addWidget(widget)
        self.column.addLayout(row)
        self.column.addWidget(self._model_title)
        self.column.addWidget(self._model)
