"""The report for a teacher: one page, its text and figures, in any font and with any figures."""

from __future__ import annotations

import re
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF

from fakes_study import make_deck
from pupils import six_weeks
from stalin_study.domain.deck import Deck, Topic
from stalin_study.domain.exam_forecast import forecast
from stalin_study.domain.exam_subjects import exam_subjects
from stalin_study.domain.memory import rebuild
from stalin_study.domain.printed_report import PrintedReport
from stalin_study.domain.progress_report import ExamOutlook, make_report
from stalin_study.domain.review_log import Rating, ReviewEntry, Way
from stalin_study.domain.study_day import exam_moment
from stalin_study.domain.study_history import DayTally, History
from stalin_study.paths import find_paths
from stalin_study.services.library import load_deck
from stalin_study.services.themes import ThemeShelf
from stalin_study.ui.printing.paper import Paper, PaperLook
from stalin_study.ui.printing.report import draw_report
from stalin_study.ui.theme.fonts import FontShelf

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
COLOURS = ThemeShelf(RESOURCES / "themes").take("light").colours
AT = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
TODAY = AT.date()
EXAM = date(2027, 1, 4)
DECK = load_deck(find_paths().deck).deck


def look(name="lexend"):
    font = FontShelf(RESOURCES / "fonts").take(name)
    return PaperLook(font.family, font.factor, COLOURS)


def printed(deck=DECK, log=(), days=None, *, pupil="", exam=EXAM):
    states, subjects = rebuild(log), exam_subjects(deck)
    outlook = None
    if exam is not None:
        expectation = forecast(subjects, states, AT, exam_moment(exam), 10)
        outlook = ExamOutlook(exam, (exam - TODAY).days, expectation)
    history = History(days or {}, is_known=True)
    report = make_report(deck, subjects, states, history, AT, outlook)
    return PrintedReport(report, deck.title, pupil, TODAY)


@pytest.fixture
def drawn(qapp, monkeypatch):
    """Draws a report; its texts as they were set, whole, and whether each had room."""
    texts, cut = [], []
    caption = Paper.caption

    def spy(paper, rect, text, points, **more):
        font = paper.font(points, more.get("weight", 400))
        metrics = QFontMetricsF(font, paper.writer)
        texts.append(text)
        if metrics.horizontalAdvance(text) > rect.width() + 1:
            cut.append(text)
        caption(paper, rect, text, points, **more)

    monkeypatch.setattr(Paper, "caption", spy)

    def draw(report, font="lexend"):
        return draw_report(report, look(font)), texts, cut

    return draw


def days_of(log):
    return {one.reviewed_at.date(): DayTally(20, 300.0, 14, 2, 4) for one in log}


def test_it_is_one_page_of_a4_with_its_fonts_in_it(drawn):
    log = six_weeks(DECK, AT)
    content, _, cut = drawn(printed(log=log, days=days_of(log), pupil="Ada Lovelace"))
    assert content.count(b"/Type /Page\n") == 1
    assert re.search(rb"/MediaBox \[0 0 595[.0]* 842[.0]*\]", content)
    assert content.count(b"/FontFile2") >= 2
    assert b"Study Lexend" in content or b"StudyLexend" in content
    assert cut == []


def test_it_says_who_what_and_when(drawn):
    log = six_weeks(DECK, AT)
    _, texts, _ = drawn(printed(log=log, days=days_of(log), pupil="Ada Lovelace"))
    said = "\n".join(texts)
    for part in (
        "Ada Lovelace",
        DECK.title,
        "Made on 25 November 2026",
        "Exam on 4 January 2027, in 40 days",
        "Expected recall on exam day",
        "Study days, the last 12 weeks",
        "Marked answers",
        "Weakest cards",
        *(topic.title for topic in DECK.topics),
    ):
        assert part in said
    assert re.search(r"\d+ correct, about \d+ %", said)


def test_nobody_is_told_of_weak_cards_before_any_was_met(drawn):
    _, texts, _ = drawn(printed(exam=None))
    assert "No card and no question was met yet." in texts
    assert not any("remember" in text for text in texts)


def test_cards_alone_are_a_guess_and_none_is_no_share(drawn):
    log = [
        ReviewEntry(f"r{card.id}", card.id, AT - timedelta(hours=1), Way.FLIP, Rating.GOOD)
        for card in DECK.cards
    ]
    report = printed(log=log, days={TODAY: DayTally(28, 90.0, 0, 0, 8, 20)}, exam=None)
    assert report.report.expected.guessed > 0
    _, texts, cut = drawn(report)
    assert texts.count("about 50 %, guessed") == len(DECK.topics)
    assert any(text.startswith("Guessed: from cards alone") for text in texts)
    assert {"0 correct", "0 close", "8 wrong, over 95 %"} <= set(texts)
    assert cut == []


def test_without_a_name_there_is_a_line_for_it_and_without_an_exam_today_counts(drawn):
    _, texts, _ = drawn(printed(exam=None))
    assert {"Name", "No exam date given", "Expected recall today", "None yet."} <= set(texts)
    assert not any("plan" in text for text in texts)


@pytest.mark.parametrize(("days", "told"), [(0, "today"), (1, "tomorrow"), (9, "in 9 days")])
def test_an_exam_that_is_near_is_told_in_words(drawn, days, told):
    exam = TODAY + timedelta(days=days)
    report = printed(make_deck(), exam=EXAM)
    expected = report.report.expected
    object.__setattr__(expected, "exam", exam)
    object.__setattr__(expected, "days", days)
    _, texts, _ = drawn(report)
    assert any(text.startswith("Exam on") and text.endswith(told) for text in texts)


@pytest.mark.parametrize("font", ["lexend", "atkinson", "opendyslexic"])
def test_any_font_of_the_pupil_fits(drawn, font):
    log = six_weeks(DECK, AT)
    _, _, cut = drawn(printed(log=log, days=days_of(log), pupil="Ada"), font)
    assert cut == []


def test_many_topics_leave_room_for_the_rest(drawn):
    topics = tuple(Topic(f"t{n}", f"Topic {n}", "", (card,)) for n, card in enumerate(DECK.cards))
    deck = Deck(DECK.id, DECK.title, DECK.ages, DECK.licence, (), topics)
    log = six_weeks(deck, AT)
    content, texts, _ = drawn(printed(deck, log, days_of(log)))
    assert f"and {len(topics) - 10} topics more" in texts
    assert content.count(b"/Type /Page\n") == 1


def test_nothing_stands_below_the_page(qapp, monkeypatch):
    lowest = []
    caption = Paper.caption

    def spy(paper, rect, *more, **named):
        lowest.append(rect.top() / paper.dots(1))
        caption(paper, rect, *more, **named)

    monkeypatch.setattr(Paper, "caption", spy)
    log = six_weeks(DECK, AT)
    draw_report(printed(log=log, days=days_of(log)), look())
    assert max(lowest) < 268


def test_the_text_can_be_copied_out_of_it(qapp):
    """Real text, not pictures of it: a ToUnicode map for each font, and no image."""
    content = draw_report(printed(), look())
    assert content.count(b"/ToUnicode") >= 2
    assert b"/Subtype /Image" not in content
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    shown = []
    for stream in streams:
        try:
            shown.append(zlib.decompress(stream))
        except zlib.error:
            shown.append(stream)
    assert any(b" Tj" in part or b" TJ" in part for part in shown)
    assert any(b"beginbfrange" in part or b"beginbfchar" in part for part in shown)


def test_its_title_is_in_the_file(qapp):
    content = draw_report(printed(pupil="Ada"), look())
    title = "Progress report of Ada, 25 November 2026"
    assert title.encode() in content or title.encode("utf-16-be") in content


def test_it_can_be_drawn_on_another_thread(qapp):
    log = six_weeks(DECK, AT)
    report = printed(log=log, days=days_of(log))
    with ThreadPoolExecutor(1) as thread:
        content = thread.submit(draw_report, report, look()).result()
    assert content.count(b"/FontFile2") >= 2
    assert content.count(b"/Type /Page\n") == 1
