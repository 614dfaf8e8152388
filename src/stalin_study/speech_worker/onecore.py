"""Windows voices that pyttsx3 does not list: those in the registry under Speech_OneCore.

SpVoice takes their tokens as it takes its own. Not run on any Windows machine yet.
"""

from __future__ import annotations

import locale
import logging
from collections.abc import Callable
from typing import Any

from stalin_study.speech_worker.protocol import Voice

log = logging.getLogger(__name__)
CATEGORY = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Speech_OneCore\Voices"

CreateObject = Callable[[str], Any]


def create_object(name: str) -> Any:
    """A COM object by its name; ImportError or OSError where there is none."""
    import comtypes.client

    return comtypes.client.CreateObject(name)


def onecore_tokens(create: CreateObject = create_object) -> dict[str, Any]:
    """Voice tokens by id; none where they cannot be reached."""
    try:
        category = create("SAPI.SpObjectTokenCategory")
        category.SetId(CATEGORY, False)
        return {str(token.Id): token for token in category.EnumerateTokens()}
    except Exception as error:
        log.info("OneCore voices cannot be reached: %s", error)
        return {}


def onecore_voice(token: Any, driver: str) -> Voice | None:
    """What a token says of itself; None where it does not say enough."""
    try:
        # Hexadecimal; several are set apart by semicolons.
        language_id = int(str(token.GetAttribute("Language")).split(";")[0], 16)
        language = locale.windows_locale.get(language_id, "").replace("_", "-").lower()
        return Voice(str(token.Id), str(token.GetDescription()), language, driver)
    except Exception as error:
        log.info("A OneCore voice is left out: %s", error)
        return None
