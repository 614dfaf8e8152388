"""Closing the window: what is not saved yet is kept first, or the pupil is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.wording import count_of, listed
from stalin_study.services.reviews import Reviews
from stalin_study.services.store_problems import NO_SPACE

if TYPE_CHECKING:
    from stalin_study.services.writer_report import Unkept

WAIT = "Your last answers are being saved. The window closes as soon as that is done."
NO_ROOM = (
    "{} not saved: there is no room on the disk. Free some room and press Try again, or close"
    " without {}."
)
NOWHERE = (
    "{} not saved: nothing can be written on this computer just now. Press Try again when that is"
    " put right, or close without {}."
)


@dataclass(frozen=True, slots=True)
class LeavingState:
    """`question` is about answers that could be kept nowhere; empty while there are none."""

    question: str = ""
    is_trying: bool = False


class LeavingPresenter(QObject):
    """`left` when the window may close; `stayed` when the pupil would rather not.

    `asked` when there is a question, `told(sentence)` when it takes a while.
    """

    state_changed = Signal(object)
    asked = Signal()
    left = Signal()
    stayed = Signal()
    told = Signal(str)

    def __init__(self, reviews: Reviews, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reviews = reviews
        self._may_leave = self._is_deciding = False
        self.state = LeavingState()

    def leave(self) -> bool:
        """Whether the window may close at once; if not, `left` or a question comes."""
        if self._may_leave or self._reviews.is_all_kept:
            return True
        if self.state.is_trying:
            self.told.emit(WAIT)
        else:
            self._is_deciding = True
            self.try_again()
            self._is_deciding = False
        return self._may_leave

    def try_again(self) -> None:
        """Have all kept, somewhere."""
        if not self.state.is_trying:
            self._swap(is_trying=True)
            self._reviews.keep(self._take)

    def leave_anyway(self) -> None:
        """Close, though answers are lost."""
        self._may_leave = True
        self._swap(question="")
        self.left.emit()

    def stay(self) -> None:
        """Do not close: what is not saved is tried again with the next answer."""
        if self.state.question:
            self._swap(question="")
            self.stayed.emit()

    def _take(self, unkept: Unkept) -> None:
        self._may_leave = not (unkept.answers or unkept.notes)
        was_asked = bool(self.state.question)
        question = "" if self._may_leave else _question(unkept)
        self._swap(question=question, is_trying=False)
        if question and not was_asked:
            self.asked.emit()
        if self._may_leave and not self._is_deciding:
            self.left.emit()

    def _swap(self, **changes: Any) -> None:
        state = replace(self.state, **changes)
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _question(unkept: Unkept) -> str:
    counts = ((unkept.answers, "answer"), (unkept.notes, "note"))
    what = listed(count_of(count, noun) for count, noun in counts if count)
    is_one = unkept.answers + unkept.notes == 1
    sentence = NO_ROOM if unkept.problem == NO_SPACE else NOWHERE
    return sentence.format(f"{what} {'is' if is_one else 'are'}", "it" if is_one else "them")
