from stalin_study.domain.deck import Term
from stalin_study.domain.terms import TermFinder, TermUse

FINDER = TermFinder(
    (
        Term("bolsheviks", "Bolsheviks", "A party", ("c",), ("Bolshevik",)),
        Term("old-bolsheviks", "Old Bolsheviks", "Early members", ("c",)),
        Term("nep", "NEP", "A policy", ("c",), ("New Economic Policy",)),
    )
)


def test_the_longest_form_wins():
    assert FINDER.uses("Old Bolsheviks met.") == (TermUse(0, 14, "old-bolsheviks"),)


def test_a_term_inside_a_word_is_not_a_use():
    assert FINDER.uses("NEPmen and Bolshevikskaya") == ()


def test_a_term_is_linked_once():
    uses = FINDER.uses("The NEP (New Economic Policy) and the NEP", already=("bolsheviks",))
    assert uses == (TermUse(4, 7, "nep"),)
    assert FINDER.uses("A Bolshevik", already=("bolsheviks",)) == ()


def test_without_terms_nothing_is_found():
    assert TermFinder(()).uses("anything") == ()
