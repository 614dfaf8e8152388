"""Whether the system asks for less motion."""

from __future__ import annotations

import sys


def system_wants_motion() -> bool:
    """False when animations are switched off in Windows; elsewhere Qt 6.11 cannot tell, so True."""
    if sys.platform != "win32":
        return True
    import ctypes

    get_client_area_animation = 0x1042  # SPI_GETCLIENTAREAANIMATION
    is_on = ctypes.c_int(1)
    ctypes.windll.user32.SystemParametersInfoW(get_client_area_animation, 0, ctypes.byref(is_on), 0)
    return bool(is_on.value)
