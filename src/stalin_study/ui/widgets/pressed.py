"""How a quiet button looks while what it stands for holds."""

from __future__ import annotations

from stalin_study.ui.widgets.buttons import PushButton


def show_pressed(button: PushButton, *, is_pressed: bool) -> None:
    """Frame a ghost button that is on; its checked state tells a screen reader the same."""
    kind = "picked" if is_pressed else "ghost"
    if button.property("kind") != kind:
        button.setProperty("kind", kind)
        button.style().unpolish(button)
        button.style().polish(button)
