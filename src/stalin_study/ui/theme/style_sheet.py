"""The one style sheet: resources/themes/style.qss, filled in from the look in force."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from string import Template

from PySide6.QtGui import QFontMetrics

from stalin_study.small_file import read_small
from stalin_study.ui.theme.look import BODY, CAPTION, LEAD, PROMPT, TITLE, Look

log = logging.getLogger(__name__)
END = "/* This line tells that the file is whole. */"
_MOST_BYTES = 500_000


def read_template(file: Path) -> str:
    """The style sheet before it is filled in; empty where it cannot be used."""
    try:
        template = read_small(file, _MOST_BYTES).decode()
    except (OSError, ValueError) as error:
        log.error("The style sheet cannot be read: %s", error)
        return ""
    # Where a disk lost what was written last, there are zeros.
    if not template.rstrip().endswith(END) or "\0" in template:
        log.error("The style sheet is not whole")
        return ""
    return template


def style_sheet(template: str, look: Look, picture: Callable[[str], str]) -> str:
    """The style sheet, empty where the template makes no sense; `picture` gives the value for a
    picture of that name.
    """
    shade = "dark" if look.theme.is_dark else "light"
    on_primary = "light" if look.theme_name in ("dark", "contrast") else "dark"
    colours = look.theme.colours
    named = {role: getattr(colours, role) for role in colours.__struct_fields__}
    is_contrast = look.theme_name == "contrast"
    named |= {
        "focus_on": colours.focus,
        "primary_hover": look.colour("primary").darker(112).name(),
        "segment_line": f"1px solid {colours.border}" if is_contrast else "none",
        "segment_checked": colours.primary if is_contrast else colours.surface,
        "chevron": picture(f"chevron-{shade}"),
        "chevron_up": picture(f"chevron-up-{shade}"),
        "check": picture(f"check-{on_primary}"),
    }
    sizes = {f"r{radius}": look.space(radius) for radius in (6, 10, 14, 20)}
    sizes |= {f"s{space}": look.space(space) for space in (8, 12, 16, 17, 24, 32)}
    dot_in = 2 * (look.px(7) // 2) + look.px(14) % 2
    sizes |= {
        "target": look.px(36),  # with padding and border a target of 40 px
        "segment": look.px(34),
        "icon": look.px(16),
        "pill": look.px(26) // 2,
        "round": look.px(40) // 2 + 2,
        "round_box": look.px(40),
        "dot": look.px(14),
        "dot_half": (look.px(14) + 4) // 2,
        "dot_ring": (look.px(14) + 4 - dot_in) // 2,
        "dot_in": dot_in,
    }
    sizes["two_lines"] = sum(
        QFontMetrics(font).height() for font in (look.font(BODY, 600), look.font(CAPTION))
    ) + look.space(14)
    types = {"caption": CAPTION, "body": BODY, "lead": LEAD, "title": TITLE, "prompt": PROMPT}
    sizes |= {f"t_{name}": look.font(size).pixelSize() for name, size in types.items()}
    try:
        return Template(template).substitute(named | sizes)
    except (KeyError, ValueError) as error:
        log.error("The style sheet cannot be filled in: %s", error)
        return ""
