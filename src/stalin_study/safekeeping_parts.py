"""Makes what looks after backups, copies and profiles, when the settings are first opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from stalin_study.domain.deck import Deck
from stalin_study.presenters.profiles import ProfilesPresenter
from stalin_study.presenters.safekeeping import SafekeepingPresenter
from stalin_study.services.profiles import Profiles
from stalin_study.services.safekeeping import Safekeeping
from stalin_study.study_app import StudyApp


def make_safekeeping(
    app: StudyApp, deck: Deck, folder: Path, now: Callable[[], datetime]
) -> SafekeepingPresenter:
    """What the dialog about progress shows and does."""
    subjects = deck.cards_by_subject.keys()
    keeping = Safekeeping(app.reviews, app.backing_up, folder, subjects, now, app.window)
    return SafekeepingPresenter(keeping, app.reviews, now, app.window)


def make_profiles(app: StudyApp, profiles: Profiles) -> ProfilesPresenter:
    """What the dialog about who studies shows and does."""
    made = ProfilesPresenter(profiles, app.jobs[-1], app.window)
    made.profile_chosen.connect(lambda chosen: app.profile_chosen(chosen))
    return made
