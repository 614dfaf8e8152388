from fakes_study import make_deck
from stalin_study.domain.annotations import CardAnnotations
from stalin_study.domain.printed_cards import PaperUse, Which, pdf_name, print_plan

DECK = make_deck()
SAID = {"card-2": CardAnnotations("Mine", is_hard=True), "gone": CardAnnotations("", is_hard=True)}


def plan(which, use=PaperUse.TO_CUT):
    return print_plan(DECK, which, use, DECK.cards[0], SAID)


def ids(which):
    return [one.card.id for one in plan(which).cards]


def test_each_choice_has_its_cards_in_the_order_of_the_deck():
    assert ids(Which.CARD) == ["card-1"]
    assert ids(Which.TOPIC) == ["card-1", "card-2"]
    assert ids(Which.HARD) == ["card-2"]
    assert ids(Which.ALL) == ["card-1", "card-2", "card-3"]


def test_a_card_brings_its_topic_and_the_pupils_note():
    [card] = plan(Which.HARD).cards
    assert (card.topic_title, card.own_note) == ("First topic", "Mine")


def test_a_file_is_named_for_what_is_in_it():
    assert pdf_name(plan(Which.TOPIC)) == "First topic - cards to cut out.pdf"
    assert pdf_name(plan(Which.ALL, PaperUse.NOTES)) == "A small deck - notes.pdf"
