"""Buttons of the listening bar that do more than a button does."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu

from stalin_study.presenters.listening.state import Repeat
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import BODY
from stalin_study.ui.widgets.buttons import IconButton
from stalin_study.ui.widgets.slider import Slider

REPEATS: dict[Repeat, str] = {"off": "Off", "track": "This card", "playlist": "Everything"}
SLEEPS = {0: "Off", **{minutes: f"{minutes} minutes" for minutes in (10, 20, 30, 45, 60)}}
_REPEAT_ICONS: dict[Repeat, str] = {"off": "repeat", "track": "repeat-1", "playlist": "repeat"}


class PlayButton(IconButton):
    """The round button: what it does depends on what goes on."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance, "play", "Play", kind="round")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click plays, and does not pause at once."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key held down counts once."""
        if not event.isAutoRepeat():
            super().keyPressEvent(event)


class RepeatButton(IconButton):
    """Goes from off to this card to everything: `repeat_chosen(repeat)`."""

    repeat_chosen = Signal(str)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance, "repeat", "Repeat: off")
        self._repeat: Repeat = "off"
        self.clicked.connect(self._choose_next)

    def show_repeat(self, repeat: Repeat) -> None:
        """Show what holds."""
        self._repeat = repeat
        self.set_icon(_REPEAT_ICONS[repeat])
        self.set_name(f"Repeat: {REPEATS[repeat].lower()}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dot below the icon when anything is repeated."""
        super().paintEvent(event)
        if self._repeat != "off":
            look = self._appearance.look
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("primary"))
            radius = look.px(5) / 2
            painter.drawEllipse(
                QPointF(self.width() / 2, self.height() - radius - 3), radius, radius
            )

    def _choose_next(self) -> None:
        repeats = get_args(Repeat)
        self.repeat_chosen.emit(repeats[(repeats.index(self._repeat) + 1) % len(repeats)])


class SleepButton(IconButton):
    """Opens a list of times: `sleep_chosen(minutes)`, 0 for off. Shows the minutes left."""

    sleep_chosen = Signal(int)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance, "moon", "Sleep timer: off")
        self._menu = QMenu(self)
        for minutes, title in SLEEPS.items():
            action = self._menu.addAction(title)
            action.triggered.connect(lambda _, m=minutes: self.sleep_chosen.emit(m))
        self.clicked.connect(self._open)

    def show_minutes(self, minutes: int) -> None:
        """Show the minutes left; 0 is off."""
        style = Qt.ToolButtonStyle
        self.setText(f"{minutes} min" if minutes else "")
        self.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if minutes else style.ToolButtonIconOnly
        )
        self.set_name(f"Sleep timer: pauses in {minutes} min" if minutes else "Sleep timer: off")

    def sizeHint(self) -> QSize:
        """A square, longer by the text."""
        hint = super().sizeHint()
        if self.text():
            room = QFontMetrics(self._appearance.look.font(BODY)).horizontalAdvance(self.text())
            hint.setWidth(hint.width() + room)
        return hint

    def _open(self) -> None:
        height = self._menu.sizeHint().height()
        self._menu.popup(self.mapToGlobal(QPoint(0, -height)))


class VolumeButton(IconButton):
    """Opens a slider above itself: `volume_chosen(percent)`. M mutes, and gives back what was."""

    volume_chosen = Signal(int)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance, "volume-2", "Volume")
        self._volume = self._loud = 100
        self.panel = VolumePanel(appearance, self)
        self.panel.slider.value_chosen.connect(self.volume_chosen)
        self.panel.mute_requested.connect(self.toggle_mute)
        self.clicked.connect(self.panel.open)

    def show_volume(self, volume: int) -> None:
        """Show what holds, 0 to 100."""
        self._volume = volume
        self._loud = volume or self._loud
        self.set_icon("volume-x" if not volume else "volume-1" if volume < 50 else "volume-2")
        self.set_name(f"Volume: {volume} %" if volume else "Volume: off", "Volume (M mutes)")
        self.panel.show_volume(volume)

    def toggle_mute(self) -> None:
        """Be silent, or as loud as before."""
        self.volume_chosen.emit(0 if self._volume else self._loud)


class VolumePanel(QFrame):
    """The slider in a small window of its own, which a click elsewhere or Escape closes."""

    mute_requested = Signal()

    def __init__(self, appearance: Appearance, button: IconButton) -> None:
        super().__init__(button, Qt.WindowType.Popup)
        self._appearance = appearance
        self._button = button
        # Else the click on the button that closes it would open it again.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)
        self.setAccessibleName("Volume")
        self.slider = Slider(appearance, "Volume", step=5, page=20)
        self._mute = IconButton(appearance, "volume-2", "Mute")
        self._percent = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self._mute)
        row.addWidget(self.slider)
        row.addWidget(self._percent)
        self._mute.clicked.connect(self.mute_requested)

    def show_volume(self, volume: int) -> None:
        """Show what holds."""
        self.slider.show_value(volume)
        self._percent.setText(f"{volume} %")
        self._mute.set_icon("volume-2" if volume else "volume-x")
        self._mute.set_name("Mute" if volume else "Sound on")

    def open(self) -> None:
        """Come up above the button, within the window."""
        look = self._appearance.look
        self._percent.setMinimumWidth(QFontMetrics(look.font(BODY)).horizontalAdvance("100 %") + 4)
        self.adjustSize()
        window, button = self._button.window(), self._button
        place = button.mapTo(window, QPoint(0, -self.height() - 4))
        place.setX(min(place.x(), window.width() - self.width() - 4))
        self.move(window.mapToGlobal(place))
        self.show()
        self.slider.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """M mutes here as well."""
        if event.key() == Qt.Key.Key_M and not event.modifiers():
            self.mute_requested.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A surface with an outline."""
        painter = QPainter(self)
        look = self._appearance.look
        painter.setPen(look.colour("control"))
        painter.setBrush(look.colour("surface"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
