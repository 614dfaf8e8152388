"""One thing of a match board: a left side with its number, or a right side with its letter."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import CAPTION
from stalin_study.ui.widgets.line_button import BADGE, LineButton

Place = tuple[bool, int]  # whether it is on the right, and its number from 0
NUMBERS, LETTERS = "123456", "abcdef"
MARK_ROLES = {"right": "good", "wrong": "bad", "": "primary"}
_MARK_ICONS = {"right": "circle-check", "wrong": "circle-x"}
_SIGN = 20


@dataclass(frozen=True, slots=True)
class Match:
    """How a side stands: its own sign, the sign and words it is matched with, and a mark."""

    sign: str
    words: str
    badge: str
    partner: str = ""
    mark: str = ""
    is_picked: bool = False
    is_fixed: bool = False


class MatchSide(LineButton):
    """A button with a badge that it shares with its match. It leaves every key to the board."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._match = Match("", "", "")

    def show_match(self, match: Match) -> None:
        """Show it, and say it."""
        if match == self._match:
            return
        self._match = match
        self.setAccessibleName(_said(match))
        self.setCursor(
            Qt.CursorShape.ArrowCursor if match.is_fixed else Qt.CursorShape.PointingHandCursor
        )
        if match.mark:
            kind = MARK_ROLES[match.mark]
        elif match.is_picked:
            kind = "picked"
        else:
            kind = "matched" if match.partner else "choice"
        self.show_words(match.words, kind)

    def ends(self) -> tuple[int, int]:
        """The badge on the left; an icon or the letter on the right."""
        look = self._appearance.look
        edge = look.space(12)
        return 2 * edge + look.px(BADGE), 2 * edge + look.px(_SIGN)

    def paint_signs(self, painter: QPainter) -> None:
        """Draw the badge, and what the end tells."""
        look, match = self._appearance.look, self._match
        edge, side = look.space(12), look.px(_SIGN)
        end = self.width() - edge - side
        back, front = "surface2", "text"
        if match.partner or match.is_picked:
            back = MARK_ROLES[match.mark]
            front = "surface" if match.mark else "on_primary"
        self.paint_badge(painter, edge, match.badge, back, front)
        if match.mark:
            icon = _MARK_ICONS[match.mark]
            self.paint_icon(painter, end, icon, MARK_ROLES[match.mark], _SIGN)
        elif match.is_picked:
            self.paint_icon(painter, end, "circle-dot", "primary", _SIGN)
        elif match.badge != match.sign:
            painter.setPen(look.colour("muted"))
            painter.setFont(look.font(CAPTION))
            room = QRectF(end, 0, side, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, match.sign)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The board knows what a key means."""
        event.ignore()


def matches_of(
    lefts: tuple[str, ...],
    rights: tuple[str, ...],
    chosen: tuple[int, ...],
    marks: tuple[str, ...],
    picked: Place | None,
) -> tuple[Match, ...]:
    """How every side stands, the left ones first. `chosen` and `marks` go by left side."""
    is_fixed = bool(marks)
    found = []
    for left, words in enumerate(lefts):
        right = chosen[left]
        partner = f"{LETTERS[right]}: {rights[right]}" if right >= 0 else ""
        mark = marks[left] if is_fixed else ""
        sign = NUMBERS[left]
        found.append(Match(sign, words, sign, partner, mark, picked == (False, left), is_fixed))
    for right, words in enumerate(rights):
        left = chosen.index(right) if right in chosen else -1
        partner = f"{NUMBERS[left]}: {lefts[left]}" if left >= 0 else ""
        mark = marks[left] if is_fixed and left >= 0 else ""
        sign = LETTERS[right]
        badge = NUMBERS[left] if left >= 0 else sign
        found.append(Match(sign, words, badge, partner, mark, picked == (True, right), is_fixed))
    return tuple(found)


def _said(match: Match) -> str:
    said = [f"{match.sign}: {match.words}"]
    if match.is_picked:
        said.append("picked")
    said.append(f"matched with {match.partner}" if match.partner else "not matched")
    if match.mark:
        said.append(match.mark)
    return ", ".join(said)
