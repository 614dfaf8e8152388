from stalin_study.domain.card import Card, CardFile, Point, Section
from stalin_study.domain.card_text import BlockKind, Opened, answer_blocks, prompt_blocks
from stalin_study.domain.deck import Term

TERM = Term(id="troika", term="Troika", meaning="A group of three", cards=("c",))
CARD = Card.of(
    CardFile(
        id="c",
        source_card=1,
        title="Title",
        prompt="Why?",
        aim=4,
        sections=(
            Section(
                "First",
                (
                    Point("c01p01", "The **Troika**.", ("S1",), key=True, note="Disputed."),
                    Point("c01p02", "More.", ("S1",)),
                ),
            ),
            Section("Second", (Point("c01p03", "Last.", ("S1",)),)),
        ),
    )
)


def keys(blocks):
    return [block.key for block in blocks]


def test_only_key_points_are_shown_and_headings_without_one_are_left_out():
    assert keys(answer_blocks(CARD, every_point=False)) == ["heading-0", "c01p01"]


def test_all_points_come_in_order_with_their_headings():
    expected = ["heading-0", "c01p01", "c01p02", "heading-1", "c01p03"]
    assert keys(answer_blocks(CARD)) == expected


def test_an_opened_note_and_meaning_follow_their_point():
    opened = Opened(frozenset({"c01p01"}), frozenset({("c01p01", "troika")}))
    blocks = answer_blocks(CARD, every_point=False, opened=opened, terms=(TERM,))
    assert keys(blocks) == ["heading-0", "c01p01", "c01p01-troika", "c01p01-note"]
    assert [block.text.text for block in blocks[2:]] == [
        "Troika: A group of three.",
        "Note: Disputed.",
    ]


def test_a_note_of_a_point_without_one_opens_nothing():
    opened = Opened(notes=frozenset({"c01p02"}))
    assert keys(answer_blocks(CARD, opened=opened)) == keys(answer_blocks(CARD))


def test_a_hint_gives_the_headings_away_and_nothing_else():
    front = prompt_blocks(CARD, with_hint=True)
    assert [(block.kind, block.text.text) for block in front] == [
        (BlockKind.PROMPT, "Why?"),
        (BlockKind.HINT, "First"),
        (BlockKind.HINT, "Second"),
    ]
    assert prompt_blocks(CARD) == front[:1]
