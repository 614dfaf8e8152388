"""The program with its window: folders, log, screen, and the app until it is closed."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from stalin_study.app import build, make_appearance
from stalin_study.paths import AppPaths, find_paths, log_faults
from stalin_study.services.folder_claim import Claim, FolderClaim
from stalin_study.services.profiles import Profiles
from stalin_study.services.settings_file import Settings, load_settings, usual_settings
from stalin_study.services.store_problems import TAKEN_OVER, StoreProblem
from stalin_study.small_file import is_small
from stalin_study.startup import catch_errors, start_log
from stalin_study.study_app import Later, StudyApp
from stalin_study.ui.dialogs.elsewhere_dialog import (
    CLOSE,
    LOOK,
    NO_ANSWER,
    STAYS,
    TAKE_OVER,
    ElsewhereDialog,
    elsewhere_words,
)

if TYPE_CHECKING:
    from stalin_study.end_requests import EndRequests

log = logging.getLogger(__name__)
CANNOT_OPEN = (
    "Stalin Study cannot open. Your progress is safe: start the computer anew and try again; if it"
    " stays so, ask whoever installed Stalin Study to install it again."
)
_MOST_ICON_BYTES = 200_000
# How long the window waits for another thread, each time that both have something to do.
SWITCH_SECONDS = 0.0005
# A claim of this computer that makes no sense is void after a while: see `folder_claim`.
_PATIENCE_MS = 6_000, 4_000
NO_SCREEN = (
    "There is no screen to open the window on. Without one, use a command: stalin-study --help"
)


def run(arguments: Sequence[str]) -> int:
    """Open the window and stay until it is closed. Returns the exit code."""
    options = _parse(arguments)
    paths = find_paths(options.data_dir)
    if options.deck is not None:
        paths = replace(paths, deck=options.deck)
    start_log(paths.data, paths.cache)
    log.info("Progress: %s (%s); policy: %s", paths.data, paths.data_by, paths.policy_file)
    log_faults(paths, date.today())
    if not _has_screen(os.environ):
        print(NO_SCREEN, file=sys.stderr)
        return 1
    sys.setswitchinterval(SWITCH_SECONDS)
    application = QApplication(["stalin-study"])
    application.setApplicationName("Stalin Study")
    application.setDesktopFileName("stalin-study")
    catch_errors(lambda _: None)  # until there is a window that could tell
    icon = paths.resources / "icons" / "app.svg"
    if is_small(icon, _MOST_ICON_BYTES):
        application.setWindowIcon(QIcon(str(icon)))
    if options.smoke:
        from stalin_study.smoke import smoke

        return smoke(application, paths, build)
    try:
        return _open(application, paths)
    except Exception:
        # Nothing less will do: what is not foreseen must not end in silence.
        log.critical("The window cannot be opened", exc_info=True)
        print(CANNOT_OPEN, file=sys.stderr)
        QMessageBox.critical(None, "Stalin Study", CANNOT_OPEN)
        return 1


def _open(application: QApplication, paths: AppPaths) -> int:
    """Find out who studies, and have them study until they close the window."""
    profiles = Profiles(paths.data)
    if profiles.is_in_use and not _choose_profile(application, paths, profiles):
        return 0
    code: int | None = None
    while code is None:
        code = _study(application, replace(paths, data=profiles.folder), profiles)
    return code


def _study(application: QApplication, paths: AppPaths, profiles: Profiles) -> int | None:
    """One pupil studies until the window is closed: the exit code; None if another one is next."""
    claim = FolderClaim(paths.data)
    claimed = claim.claim()
    for patience_ms in _PATIENCE_MS:
        if claimed.outcome == "here":
            if _is_brought_up(paths, patience_ms):
                return 0
            claimed = claim.claim()
    if claimed.outcome == "here":
        return _tell_no_answer(application, paths)
    is_read_only = False
    if claimed.outcome == "elsewhere":
        choice = _ask(application, paths, claimed, claim)
        if choice == CLOSE:
            return 0
        is_read_only = choice == LOOK
    app = build(
        application,
        paths,
        may_write=claim.holds,
        is_read_only=is_read_only,
        profiles=profiles,
    )
    next_pupil: list[str] = []

    def switch(profile_id: str) -> None:
        next_pupil.append(profile_id)
        app.window.close()

    app.profile_chosen = switch
    if app.leaving is not None:
        app.leaving.stayed.connect(next_pupil.clear)
    catch_errors(app.window.banner.add)
    claim.lost.connect(lambda _: app.window.banner.add(TAKEN_OVER))
    if not is_read_only:
        app.window.first_painted.connect(lambda: _hear_later_starts(app, paths))
    code = _stay_until_closed(application, app, claim, next_pupil)
    return None if next_pupil else code


def _stay_until_closed(
    application: QApplication, app: StudyApp, claim: FolderClaim, next_pupil: list[str]
) -> int:
    """Show the window, and end when it is closed or the system wants it. Returns the exit code."""
    # The second is all that Windows leaves time for at its shutdown.
    logging_off = (
        application.commitDataRequest.connect(lambda _: app.close()),
        application.aboutToQuit.connect(lambda: app.close()),
    )
    end_requests = Later(lambda: _hear_end_requests(application, app, next_pupil))
    app.window.first_painted.connect(end_requests.get)
    app.window.first_painted.connect(_collect_rubbish_again)
    app.window.show()
    code = application.exec()
    app.close()
    claim.release()
    for connection in logging_off:
        application.disconnect(connection)
    if end_requests.made is not None:
        end_requests.made.close()
    app.window.deleteLater()
    return code


def _collect_rubbish_again() -> None:
    """Look for rubbish from now on, but not among what the start has made: most of it stays."""
    if not gc.isenabled():  # later windows begin beside what the first one leaves
        gc.freeze()
        gc.enable()


def _hear_end_requests(
    application: QApplication, app: StudyApp, next_pupil: list[str]
) -> EndRequests:
    """End as closing does, but without a question: nobody may be there to answer it."""
    from stalin_study.end_requests import EndRequests

    def end() -> None:
        next_pupil.clear()
        if app.leaving is not None:
            app.leaving.leave_anyway()
        application.exit()

    requests = EndRequests()
    requests.asked.connect(end)
    return requests


def _choose_profile(application: QApplication, paths: AppPaths, profiles: Profiles) -> bool:
    """Ask who is studying; False if the question was closed."""
    from stalin_study.ui.dialogs.profile_dialog import choose_profile

    settings = _settings(replace(paths, data=profiles.folder))
    appearance = make_appearance(application, paths, settings)
    chosen = choose_profile(appearance, profiles.all, profiles.current)
    appearance.deleteLater()  # else it would follow the system's theme in another pupil's window
    if chosen is None:
        return False
    with suppress(StoreProblem):  # it only would not be remembered
        profiles.choose(chosen)
    return True


def _hear_later_starts(app: StudyApp, paths: AppPaths) -> None:
    """Come to the front when the program is started once more."""
    from stalin_study.services.open_window import OpenWindow
    from stalin_study.ui.media_keys import bring_up

    open_window = OpenWindow(paths.data, app.window)
    open_window.show_requested.connect(lambda: bring_up(app.window))
    app.window.closing.connect(open_window.close)


def _is_brought_up(paths: AppPaths, patience_ms: int) -> bool:
    """Have the window that is open come up; False if it does not answer."""
    from stalin_study.services.open_window import bring_to_front

    return bring_to_front(paths.data, patience_ms)


def _tell_no_answer(application: QApplication, paths: AppPaths) -> int:
    """The window that is open does not answer. Returns the exit code."""
    appearance = make_appearance(application, paths, _settings(paths))
    print(NO_ANSWER, file=sys.stderr)
    ElsewhereDialog(appearance, NO_ANSWER, asks=False).exec()
    return 1


def _ask(application: QApplication, paths: AppPaths, claimed: Claim, claim: FolderClaim) -> str:
    """What to do about progress that is open on another computer."""
    appearance = make_appearance(application, paths, _settings(paths))
    dialog = ElsewhereDialog(appearance, elsewhere_words(claimed.host, claimed.seconds))
    dialog.exec()
    choice = dialog.choice
    if choice == TAKE_OVER and not claim.take_over():
        ElsewhereDialog(appearance, STAYS.format(host=claimed.host), asks=False).exec()
        choice = CLOSE
    appearance.deleteLater()
    return choice


def _settings(paths: AppPaths) -> Settings:
    usual = usual_settings(paths.policy)
    return load_settings(paths.data, usual, may_set_aside=False).settings


def _has_screen(environ: Mapping[str, str]) -> bool:
    """Whether a window can be opened: Qt ends the program on a Linux without a screen."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(environ.get(name) for name in names)


@dataclass(frozen=True)
class Options:
    """What the command line may ask of the window."""

    data_dir: Path | None = None
    deck: Path | None = None
    smoke: bool = False


def _parse(arguments: Sequence[str]) -> Options:
    if not arguments:
        return Options()  # as it is double-clicked: the first paint need not wait for a parser
    import argparse

    parser = argparse.ArgumentParser(prog="stalin-study", add_help=False)
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--deck", type=Path)
    parser.add_argument("--smoke", action="store_true")
    return Options(**vars(parser.parse_args(arguments)))
