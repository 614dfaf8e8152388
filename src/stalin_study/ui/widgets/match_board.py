"""Two columns of things to match, and lines between those that are."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QGridLayout, QWidget

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.line_button import place_after
from stalin_study.ui.widgets.match_side import (
    LETTERS,
    MARK_ROLES,
    NUMBERS,
    MatchSide,
    Place,
    matches_of,
)

_COLUMN = 190  # the least width of a column, in pixels at 100 %
_GAP = 56
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_ERASE = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_SIDEWAYS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class MatchBoard(QWidget):
    """Four to six things on either side; `chosen_changed(tuple)` with the right side of each left.

    -1 stands for none. Keys: 1 to 6 pick a left side, a to f give it a right one; Enter picks,
    arrows move, Backspace takes a match back, Escape drops what is picked. `completed` when the
    last side without a match has got one.
    """

    chosen_changed = Signal(object)
    completed = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._words: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._chosen: tuple[int, ...] = ()
        self._marks: tuple[str, ...] = ()
        self._picked: Place | None = None
        self._sides: tuple[list[MatchSide], list[MatchSide]] = ([], [])
        self._is_stacked = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        appearance.look_changed.connect(self._arrange)

    @property
    def chosen(self) -> tuple[int, ...]:
        """The number of the right side of each left one, -1 for none."""
        return self._chosen

    def show_pairs(
        self,
        lefts: tuple[str, ...],
        rights: tuple[str, ...],
        chosen: tuple[int, ...],
        marks: tuple[str, ...] = (),
    ) -> None:
        """Show both sides and what is matched; `marks` go by left side. Marked ones stay."""
        words = (lefts, rights)
        if (words, chosen, marks) == (self._words, self._chosen, self._marks):
            return
        is_new = words != self._words
        self._words, self._chosen, self._marks = words, chosen, marks
        if is_new or marks:
            self._picked = None
        if is_new:
            self._build()
        self._show()

    def focus_start(self) -> None:
        """Put the keyboard on the first left side without a match, or else on the first."""
        if self._sides[0]:
            self._sides[0][self._next_left(0)].setFocus()

    def pick_left(self, number: int) -> bool:
        """Pick a left side with the keyboard elsewhere on the page; False if there is none."""
        if self._marks or not 0 <= number < len(self._sides[0]):
            return False
        self._press((False, number))
        self._sides[0][number].setFocus()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys as the class says; others go to the page."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        place = self._focused()
        is_done = False
        if held == Qt.KeyboardModifier.NoModifier and place is not None:
            key = event.key()
            is_done = self._walk(key, place) or (
                not self._marks and (self._change(key, place) or self._name(event.text()))
            )
        if not is_done:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room for two columns they stand one below the other."""
        super().resizeEvent(event)
        if self._wants_stack() != self._is_stacked:
            self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a line from each left side to its match."""
        if self._is_stacked:
            return
        look = self._appearance.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for left, right in enumerate(self._chosen):
            if right < 0:
                continue
            one, other = self._sides[0][left], self._sides[1][right]
            start = QPointF(one.mapTo(self, QPoint(one.width(), one.height() // 2)))
            end = QPointF(other.mapTo(self, QPoint(0, other.height() // 2)))
            bend = QPointF((end.x() - start.x()) / 2, 0)
            path = QPainterPath(start)
            path.cubicTo(start + bend, end - bend, end)
            mark = self._marks[left] if self._marks else ""
            painter.setPen(QPen(look.colour(MARK_ROLES[mark]), 2))
            painter.drawPath(path)

    # What the pupil does

    def _walk(self, key: int, place: Place) -> bool:
        """Move the keyboard; False when the key means something else."""
        is_right, number = place
        to = place_after(key, number, len(self._sides[is_right]))
        if to is None and key in _SIDEWAYS:
            is_right = key == Qt.Key.Key_Right
            to = min(number, len(self._sides[is_right]) - 1)
        if to is None:
            return False
        self._sides[is_right][to].setFocus()
        return True

    def _change(self, key: int, place: Place) -> bool:
        """Pick, match or take back; False when the key means something else."""
        if key in _ENTER:
            self._enter(place)
        elif key in _ERASE:
            self._unmatch(place)
        elif key == Qt.Key.Key_Escape and self._picked is not None:
            self._pick(None)
        else:
            return False
        return True

    def _name(self, sign: str) -> bool:
        """Follow the number of a left side or the letter of a right one."""
        if len(sign) != 1 or self.pick_left(NUMBERS.find(sign)):
            return len(sign) == 1
        letter = LETTERS.find(sign.lower())
        if not 0 <= letter < len(self._sides[1]):
            return False
        focused = self._focused()
        if self._picked is None and focused is not None and not focused[0]:
            self._picked = focused
        self._press((True, letter))
        return True

    def _enter(self, place: Place) -> None:
        is_right, number = place
        is_pair = self._pair_with(place) is not None
        self._press(place)
        if is_pair:
            return
        if is_right:
            self._sides[0][self._next_left(0)].setFocus()
        else:
            own = self._chosen[number]
            free = (n for n in range(len(self._sides[1])) if n not in self._chosen)
            self._sides[1][own if own >= 0 else next(free, 0)].setFocus()

    def _click(self, place: Place) -> None:
        """The mouse and a screen reader press: again on the same side drops it."""
        if self._marks:
            return
        if place == self._picked:
            self._pick(None)
        elif (pair := self._pair_with(place)) is not None and self._chosen[pair[0]] == pair[1]:
            self._unmatch(place)
        else:
            self._press(place)

    def _press(self, place: Place) -> None:
        """Match with what is picked on the other side, or else pick."""
        pair = self._pair_with(place)
        if pair is None:
            self._pick(place)
            return
        left, right = pair
        self._picked = None
        chosen = [-1 if taken == right else taken for taken in self._chosen]
        chosen[left] = right
        is_last = -1 in self._chosen and -1 not in chosen
        self._take_up(tuple(chosen), f"{left + 1} matched with {LETTERS[right]}")
        self._sides[0][self._next_left(left)].setFocus()
        if is_last:
            self.completed.emit()

    def _pair_with(self, place: Place) -> tuple[int, int] | None:
        """The left and right numbers of a place and what is picked on the other side."""
        if self._picked is None or self._picked[0] == place[0]:
            return None
        (_, left), (_, right) = sorted((place, self._picked))
        return left, right

    def _pick(self, place: Place | None) -> None:
        self._picked = place
        self._show()

    def _unmatch(self, place: Place) -> None:
        is_right, number = place
        self._picked = None
        gone = number if is_right else self._chosen[number]
        left = self._chosen.index(gone) if gone in self._chosen else number
        chosen = tuple(-1 if taken == gone else taken for taken in self._chosen)
        self._take_up(chosen, f"{left + 1} not matched")

    def _take_up(self, chosen: tuple[int, ...], said: str) -> None:
        is_other = chosen != self._chosen
        self._chosen = chosen
        self._show()
        if is_other:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
            self.chosen_changed.emit(chosen)

    # What is shown

    def _build(self) -> None:
        for side in (*self._sides[0], *self._sides[1]):
            self._grid.removeWidget(side)
            side.hide()
            side.deleteLater()
        self._sides = ([], [])
        for is_right, words in enumerate(self._words):
            for number in range(len(words)):
                side = MatchSide(self._appearance)
                place = (bool(is_right), number)
                side.clicked.connect(lambda _, p=place: self._click(p))
                self._sides[is_right].append(side)
        self._arrange()
        for side in (*self._sides[0], *self._sides[1]):
            side.show()  # or the keyboard could not go there before the next event

    def _arrange(self) -> None:
        look = self._appearance.look
        self._is_stacked = self._wants_stack()
        beside, below = (0, len(self._sides[0]) + 1) if self._is_stacked else (2, 0)
        for number, side in enumerate(self._sides[0]):
            self._grid.addWidget(side, number, 0)
        for number, side in enumerate(self._sides[1]):
            self._grid.addWidget(side, below + number, beside)
        gap = look.space(_GAP)
        self._grid.setVerticalSpacing(look.space(8))
        self._grid.setHorizontalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnMinimumWidth(1, 0 if self._is_stacked else gap)
        self._grid.setColumnStretch(2, 0 if self._is_stacked else 1)
        for row in range(self._grid.rowCount()):
            is_between = self._is_stacked and row == len(self._sides[0])
            self._grid.setRowMinimumHeight(row, look.space(16) if is_between else 0)
        self._show()

    def _show(self) -> None:
        shown = matches_of(*self._words, self._chosen, self._marks, self._picked)
        for side, match in zip((*self._sides[0], *self._sides[1]), shown, strict=True):
            side.show_match(match)
        self.update()

    def _wants_stack(self) -> bool:
        look = self._appearance.look
        return self.width() < 2 * look.px(_COLUMN) + look.space(_GAP)

    def _focused(self) -> Place | None:
        for is_right, sides in enumerate(self._sides):
            for number, side in enumerate(sides):
                if side.hasFocus():
                    return bool(is_right), number
        return None

    def _next_left(self, after: int) -> int:
        """The next left side without a match, from the one after; `after` itself when all have."""
        count = len(self._sides[0])
        places = ((after + step) % count for step in range(count))
        return next((place for place in places if self._chosen[place] < 0), after)
