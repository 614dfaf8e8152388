import pytest

from fakes import FakeClock, ManualJobs
from fakes_study import FakeReviews, make_deck
from stalin_study.domain.annotations import AnnotationKind, CardAnnotations
from stalin_study.domain.memory import Mark
from stalin_study.domain.review_log import Rating, Way
from stalin_study.presenters.topic_tree import LOOKING, TopicTreePresenter


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def reviews(clock):
    return FakeReviews(clock)


@pytest.fixture
def tree(clock, reviews):
    return TopicTreePresenter(make_deck(), reviews, clock)


def marks(tree):
    return [card.progress.mark for topic in tree.state.topics for card in topic.cards]


def test_everything_begins_new(tree):
    assert marks(tree) == [Mark.NEW] * 3
    assert [topic.progress.mark for topic in tree.state.topics] == [Mark.NEW, Mark.NEW]


def test_a_review_shows_at_once_and_a_due_one_is_counted(tree, reviews, clock):
    reviews.record("card-1", Way.FLIP, Rating.AGAIN)
    assert marks(tree)[0] is Mark.LEARNING
    clock.advance(minutes=30)
    tree.refresh()
    assert tree.state.topics[0].cards[0].progress.due == 1
    assert tree.state.topics[0].progress.due == 1
    assert tree.state.topics[1].progress.due == 0


def test_a_card_known_only_by_its_questions_is_still_being_learned(tree, reviews, clock):
    for _ in range(6):
        reviews.record("c03q01", Way.TYPED, Rating.EASY)
        clock.advance(days=30)
    tree.refresh()
    assert marks(tree)[2] is Mark.LEARNING


def test_a_card_learned_over_weeks_is_secure(tree, reviews, clock):
    for days in (1, 4, 10, 25):
        reviews.record("card-3", Way.FLIP, Rating.GOOD)
        clock.advance(days=days)
    reviews.record("card-3", Way.FLIP, Rating.GOOD)
    assert marks(tree)[2] is Mark.SECURE
    assert tree.state.topics[1].progress.mark is Mark.SECURE


def test_search_narrows_and_says_when_nothing_is_found(tree):
    tree.search("3?")
    assert [topic.id for topic in tree.state.topics] == ["second"]
    tree.search("zzz")
    assert tree.state.topics == ()
    assert tree.state.message == "No card mentions “zzz”."
    tree.search("")
    assert len(tree.state.topics) == 2
    assert tree.state.message == ""


def test_only_known_cards_can_be_chosen(tree):
    chosen = []
    tree.card_chosen.connect(chosen.append)
    tree.choose("card-2")
    tree.choose("nowhere")
    assert chosen == ["card-2"]


def hard(tree):
    return [card.id for topic in tree.state.topics for card in topic.cards if card.is_hard]


def test_a_card_marked_as_hard_shows_at_once_and_can_be_asked_for(tree, reviews):
    reviews.annotate("card-2", AnnotationKind.HARD, "yes")
    reviews.annotate("gone", AnnotationKind.HARD, "yes")
    assert (hard(tree), tree.state.hard) == (["card-2"], 1)
    tree.show_only_hard(True)
    assert [[card.id for card in topic.cards] for topic in tree.state.topics] == [["card-2"]]
    tree.search("3?")
    assert tree.state.message == "No hard card mentions “3?”."
    tree.search("")
    reviews.annotate("card-2", AnnotationKind.HARD, "")
    assert tree.state.topics == ()
    assert tree.state.message == "No card is marked as hard. Press M on a card to mark it."
    tree.show_only_hard(False)
    assert len(tree.state.topics) == 2
    assert tree.state.message == ""


def test_notes_are_found_also_those_that_come_with_the_progress_file(tree, reviews):
    reviews.annotate("card-3", AnnotationKind.NOTE, "zebra")
    tree.search("zebra")
    assert [topic.id for topic in tree.state.topics] == ["second"]
    reviews.annotations = {"card-1": CardAnnotations("zebra")}
    reviews.annotations_changed.emit("")
    assert [topic.id for topic in tree.state.topics] == ["first"]


def test_what_is_looked_for_before_the_search_is_ready_is_found_then(tree):
    jobs = ManualJobs()
    tree.prepare_search(jobs)
    tree.search("2?")
    assert (tree.state.message, len(marks(tree))) == (LOOKING, 3)
    tree.search("")
    assert tree.state.message == ""
    tree.search("2?")
    jobs.drain()
    assert (tree.state.message, len(marks(tree))) == ("", 1)


@pytest.mark.logs_warnings
def test_a_search_that_could_not_be_made_ready_is_made_when_it_is_wanted(tree, monkeypatch):
    jobs = ManualJobs()
    with monkeypatch.context() as broken:
        broken.setattr(tree._search, "prepare", lambda: 1 / 0)
        tree.prepare_search(jobs)
        jobs.drain()
    tree.search("2?")
    assert len(marks(tree)) == 1
