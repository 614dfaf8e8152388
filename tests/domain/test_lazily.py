"""Values that are made when they are first asked for."""

from __future__ import annotations

import threading

from stalin_study.domain.lazily import lazily


class Card:
    def __init__(self, begun: threading.Event | None = None) -> None:
        self.made = 0
        self.begun, self.may_end = begun, threading.Event()

    @lazily
    def points(self) -> tuple[int, ...]:
        """What it says."""
        if self.begun is not None:
            self.begun.set()
            self.may_end.wait()
        self.made += 1
        return (1, 2)


def test_it_is_made_once():
    card = Card()
    assert card.made == 0
    assert card.points is card.points
    assert (card.points, card.made, Card().made) == ((1, 2), 1, 0)
    assert Card.points.__doc__ == "What it says."


def test_no_thread_waits_for_one_that_makes_another():
    slow, quick = Card(threading.Event()), Card()
    thread = threading.Thread(target=lambda: slow.points)
    thread.start()
    slow.begun.wait()
    assert quick.points == (1, 2)
    slow.may_end.set()
    thread.join()
    assert slow.made == 1
