from stalin_study.domain.card import Card, CardFile, Point, Section
from stalin_study.domain.card_places import places_on

CARD = Card.of(
    CardFile(
        id="c",
        source_card=1,
        title="Title",
        prompt="Why the terror?",
        aim=4,
        sections=(
            Section(
                "Terror begins",
                (
                    Point("p1", "The terror of 1934.", ("S",), key=True, note="Note the terror."),
                    Point("p2", "More terror.", ("S",), note="Terror again."),
                ),
            ),
            Section("A spare terror", (Point("p3", "Nothing.", ("S",)),)),
        ),
    )
)


def test_places_come_in_the_order_of_the_card_with_what_has_to_be_opened():
    places = places_on(CARD, ("terror",), "Your terror")
    assert [(one.span.block, one.is_on_front, one.is_spare, one.note_of) for one in places] == [
        ("prompt", True, False, ""),
        ("heading-0", False, False, ""),
        ("p1", False, False, ""),
        ("p1-note", False, False, "p1"),
        ("p2", False, True, ""),
        ("p2-note", False, True, "p2"),
        ("heading-1", False, True, ""),
        ("own-note", False, False, ""),
    ]


def test_the_words_that_say_whose_note_it_is_are_no_place():
    assert [one.span.block for one in places_on(CARD, ("note",), "A note")] == [
        "p1-note",
        "own-note",
    ]
    assert places_on(CARD, ("your",), "mine") == ()


def test_without_key_points_everything_is_on_show():
    plain = Card.of(CardFile("d", 2, "T", "?", 1, (Section("S", (Point("p", "terror", ("S",)),)),)))
    [place] = places_on(plain, ("terror",))
    assert not place.is_spare


def test_no_words_no_places():
    assert places_on(CARD, (), "anything") == ()
