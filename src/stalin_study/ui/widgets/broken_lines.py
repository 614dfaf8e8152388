"""Words broken into lines by hand, where Qt would not break them."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics


def broken(text: str, metrics: QFontMetrics, width: int, most: int) -> tuple[str, ...]:
    """A text in at most so many lines, broken between words; the last takes what is left."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and (len(lines) == most or fits(longer, metrics, width)):
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def fits(line: str, metrics: QFontMetrics, width: int) -> bool:
    """Whether a line is whole in a width."""
    # Advances are rounded, but not where a text is elided.
    return metrics.horizontalAdvance(line) < width
