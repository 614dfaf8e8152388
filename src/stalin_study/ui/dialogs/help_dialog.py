"""Help: what the keys do, and about the app and its licences."""

from __future__ import annotations

from stalin_study import __version__
from stalin_study.domain.deck import Deck
from stalin_study.ui.dialogs.text_dialog import Paragraph

_KEYS = (
    ("Space", "turn the card; it never rates"),
    ("1, 2 (3, 4)", "say how well you knew it; or go to a rating with Tab and press Enter"),
    ("Left and right arrow", "card before, next card"),
    ("A", "show all points, or only the key points"),
    ("L", "read the card aloud"),
    ("S", "show the sources of the card"),
    ("T", "test me on this card"),
    ("M", "mark the card as hard, or take it back"),
    ("N", "on an answer: write your own note; Escape closes it"),
    ("P", "print cards"),
    ("F3, Shift+F3", "next place of a search on the card, place before"),
    ("Ctrl+Z", "take the last rating or answer back"),
    ("1 to 4", "in a self-test: choose an answer; once it is marked, give another rating"),
    ("Ctrl+Enter", "in a self-test: check the answer, or go on"),
    ("Alt+Up, Alt+Down", "put in order: move an event"),
    ("1 to 6, then a to f", "match: what belongs together"),
    ("Ctrl+L", "in a self-test: read the question, or the answer, aloud"),
    ("Ctrl+T", "end the self-test here; you can go on later"),
    ("Ctrl+1 to Ctrl+6", "Today, Cards, Self-test, Listen, Progress, Explore"),
    ("Space", "on the Listen page: play or pause; in a hands-free test: hear the answer"),
    ("Left and right arrow", "on the Listen page: a sentence back or forward; with Ctrl, a card"),
    ("Enter", "in a text that is read: go on reading at the word under the cursor"),
    ("K, N", "in a hands-free test: I knew it, not yet"),
    ("Ctrl+P", "pause or go on reading, on every page; media keys do as well"),
    ("M", "on the listening bar: mute"),
    ("Escape", "stop reading"),
    ("Ctrl+F", "search the cards"),
    ("F9", "topics and cards, in a narrow window"),
    ("Ctrl+comma", "settings"),
    ("F1", "this page"),
)


def help_paragraphs(deck: Deck | None, progress_folder: str) -> tuple[Paragraph, ...]:
    """The keys first, then version, folders and licences."""
    courses = [
        Paragraph(f"{course.board}, {course.title}. {course.fit}")
        for course in (deck.courses if deck else ())
    ]
    return (
        Paragraph("Keys", "title"),
        *(Paragraph(f"{key}:  {what}") for key, what in _KEYS),
        Paragraph("How it works", "heading"),
        Paragraph(
            "Try to answer before you turn a card. Then say how well you knew it. Cards that you do"
            " not know yet come back soon, cards that you know come back later."
        ),
        Paragraph(
            "On an answer, a dotted word is a key term: choose it to see what it means. “note”"
            " after a point is the editor’s: the figure is disputed, or many books get it wrong."
        ),
        *((Paragraph("Courses", "heading"), *courses) if courses else ()),
        Paragraph(f"About Stalin Study {__version__}", "title"),
        *((Paragraph(f"Deck: {deck.title}, licence {deck.licence}."),) if deck else ()),
        Paragraph(f"Your progress is kept in {progress_folder}. Nothing is ever sent anywhere."),
        Paragraph(
            "Newer versions come from where you got this copy. At school, ask your technician."
        ),
        Paragraph(
            "Stalin Study is free software under the GNU General Public License, version 3 or"
            " later: you may use, share and change it. It comes without any warranty."
        ),
        Paragraph("Made with", "heading"),
        Paragraph(
            "Python (PSF licence); Qt and PySide6 (LGPL 3), with FFmpeg (LGPL 2.1) for sound;"
            " espeak-ng (GPL 3); pyttsx3 (MPL 2.0); py-fsrs (MIT); sqlite-utils (Apache 2.0);"
            " RapidFuzz (MIT); msgspec (BSD 3); platformdirs (MIT); LAME through lameenc (LGPL 3)."
        ),
        Paragraph(
            "Fonts: Lexend, Atkinson Hyperlegible Next and a renamed OpenDyslexic (SIL Open Font"
            " License 1.1). Icons: Lucide (ISC). “Licences”, below, shows all, each in full."
        ),
    )


def problem_report(paths: str, log_tail: str, system: str) -> str:
    """What a technician needs to know, without any of the pupil's answers."""
    return f"Stalin Study {__version__}\n{system}\n{paths}\n\nLast lines of the log:\n{log_tail}\n"
