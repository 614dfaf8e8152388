from fakes import CountingIds, FakeClock, InlineJobs
from stalin_study.domain.annotations import AnnotationKind
from stalin_study.presenters.card_annotations import CardAnnotating
from stalin_study.services.reviews import Reviews
from stalin_study.services.saved_annotations import saved_text
from stalin_study.services.store import open_store


def test_what_is_on_disk_is_the_newest_of_its_card_and_kind(tmp_path):
    now = FakeClock()
    reviews = Reviews(lambda **_: open_store(tmp_path, now), InlineJobs(), now, CountingIds())
    reviews.open()
    annotating = CardAnnotating(reviews)
    saved = []
    annotating.annotation_saved.connect(lambda *told: saved.append(told))
    found = []

    def look(card_id, kind):
        reviews.ask(lambda store: saved_text(store, card_id, kind), found.append)

    look("one", AnnotationKind.NOTE)
    annotating.write_note("one", "first")
    now.advance(seconds=1)
    annotating.write_note("one", "second")
    annotating.mark_hard("one", is_hard=True)
    annotating.mark_hard("one", is_hard=True)
    look("one", AnnotationKind.NOTE)
    look("one", AnnotationKind.HARD)
    look("two", AnnotationKind.NOTE)
    assert found == [None, "second", "yes", None]
    assert saved == [
        ("one", AnnotationKind.NOTE, "first"),
        ("one", AnnotationKind.NOTE, "second"),
        ("one", AnnotationKind.HARD, "yes"),
    ]
    reviews.close()
