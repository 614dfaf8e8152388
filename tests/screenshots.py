"""Writes a picture of every page and dialog in every theme: `python3 dev.py screenshots`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_FONT_DPI"] = "96"
sys.path.insert(0, str(Path(__file__).parent))

from PySide6.QtWidgets import QApplication, QWidget

from pupils import one_day, six_weeks
from self_test_kinds import answer, begin, right_answer, to_choosing, wrong_answer
from stalin_study.domain.annotations import AnnotationKind
from stalin_study.domain.review_log import Rating, Way
from stalin_study.domain.self_test.choosing import How
from stalin_study.services.themes import THEME_NAMES
from study_window import TestApp

TARGET = Path("build/screenshots")
SIZES = {"1280x800": (1280, 800, 100), "1024x600": (1024, 600, 100), "200": (1280, 800, 200)}


def main() -> None:
    """Every theme in every size, into build/screenshots."""
    application = QApplication(["stalin-study"])
    TARGET.mkdir(parents=True, exist_ok=True)
    for theme in THEME_NAMES:
        for size, (width, height, percent) in SIZES.items():
            with tempfile.TemporaryDirectory() as folder:
                study = TestApp(Path(folder))
                study.app.settings.change(theme=theme, text_percent=percent)
                study.show(width, height)
                take_all(application, study, f"{theme}-{size}")
                study.close()
                application.processEvents()
    print(f"{len(list(TARGET.glob('*.png')))} pictures in {TARGET}")


def take_all(application: QApplication, study: TestApp, name: str) -> None:
    """Go through the app as a pupil who has studied a little."""

    def take(page: str, widget: QWidget | None = None) -> None:
        for _ in range(4):
            application.processEvents()
        (widget or study.window).grab().save(str(TARGET / f"{page}-{name}.png"))

    app = study.app
    take_days(study, take)
    app.settings.change(exam_date=study.now().date().replace(year=2027, month=6, day=1))
    study.window.show_page("welcome")
    take("welcome")
    study.window.show_page("cards")
    for card, days in zip(app.deck.cards[:4], (40, 30, 9, 1), strict=True):
        study.now.advance(days=-days)
        for _ in range(3):
            app.reviews.record(card.id, Way.FLIP, Rating.GOOD)
            study.now.advance(days=days / 3)
    take("card-front")
    app.cards.show_hint()
    take("card-hint")
    app.cards.flip()
    take("card-back")
    app.cards.toggle_note("c01p12")
    app.cards.toggle_meaning("c01p05", "central-committee")
    app.cards.show_every_point(True)
    take("card-all-points")
    app.cards.show_every_point(False)
    app.cards.listen()
    study.speech.answer_all()
    study.player.position_changed.emit(300)
    take("card-reading")
    app.listening.stop()
    app.settings.change(ratings=4)
    take("card-four-ratings")
    study.window.sidebar.search.setText("famine")
    take("search")
    study.window.sidebar.search.clear()
    take_listen(study, take)
    for opening, page in (
        (app.listen.page.options_requested.emit, "listening-options"),
        (lambda: app.dialogs.open_export(app.listen.export, "deck"), "export"),
        (app.dialogs.open_settings, "settings"),
        (lambda: app.dialogs.open_help(app.deck), "help"),
        (lambda: app.dialogs.open_sources(app.cards.state.card, app.deck), "sources"),
    ):
        opening()
        take(page, app.dialogs.dialog)
        app.dialogs.dialog.reject()
    take_self_test(study, take)


def take_days(study: TestApp, take) -> None:
    """Today, Progress and Explore: of an empty log, after one day, and after six weeks."""
    app, window = study.app, study.window
    app.reviews.open()
    window.show_page("explore")
    for view in ("timeline", "figures", "people", "terms"):
        window.pages["explore"].view_chosen.emit(view)
        take(f"explore-{view}")
    for name, who in (("empty", None), ("one-day", one_day), ("six-weeks", six_weeks)):
        if who is not None:
            app.settings.change(exam_date=study.now().date().replace(year=2027, month=6, day=1))
            entries = who(app.deck, study.now())
            app.reviews.run(
                lambda writer, found=entries: writer.change(lambda s: s.add_entries(found)),
                lambda _: None,
                print,
            )
        for page in ("today", "progress"):
            window.show_page(page)
            take(f"{page}-{name}")
    app.reviews.annotate(app.deck.cards[0].id, AnnotationKind.NOTE, "Ask about the Troika.")


def take_listen(study: TestApp, take) -> None:
    """The Listen page: to choose, while it reads, and in a hands-free test."""
    app, parts = study.app, study.app.listen
    study.window.show_page("listen")
    take("listen-idle")
    parts.listen.play_track(2)
    study.speech.answer_all()
    study.player.position_changed.emit(700)
    app.listening.next_sentence()
    study.speech.answer_all()
    study.player.position_changed.emit(500)
    take("listen-reading")
    app.listening.set_sleep(20)
    app.listening.pause()
    take("listen-paused")
    app.listening.stop()
    parts.page.show_mode("hands_free")
    take("hands-free-choosing")
    parts.hands_free.start("deck")
    study.speech.answer_all()
    study.player.position_changed.emit(300)
    take("hands-free-question")
    while app.listening.state.phase != "thinking":
        study.player.end()
        study.speech.answer_all()
    take("hands-free-thinking")
    parts.hands_free.knew()
    study.speech.answer_all()
    study.player.position_changed.emit(100)
    take("hands-free-answer")
    app.listening.stop()
    take("hands-free-over")
    parts.page.show_mode("listen")
    study.window.show_page("cards")


def take_self_test(study: TestApp, take) -> None:
    """Every kind of question, asked and answered, the plan, and the summary."""
    study.app.reviews.open()
    to_choosing(study)
    take("self-test-choosing")
    for how in How:
        task = begin(study, how)
        take(f"self-test-{how.value}")
        right = right_answer(task)
        if how in (How.BLURT, How.EXAM):
            study.app.self_test.submit(right)
            take(f"self-test-{how.value}-marking")
        answer(study, wrong_answer(task) if how in (How.ORDER, How.MATCH, How.TYPED) else right)
        take(f"self-test-{how.value}-answered")
    answer(study, wrong_answer(begin(study, How.MATCH)))
    study.app.self_test.advance()
    study.app.self_test.stop()
    take("self-test-summary")
    study.app.self_test.new_session()
    take("self-test-left")


if __name__ == "__main__":
    main()
